"""Display widths, slugs, and shortening at the end of a sentence."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ground.text import (
    FORBIDDEN,
    SEGMENT_BYTES,
    display_width,
    folded,
    is_windows_name,
    normal,
    shortened,
    slug,
)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日志", 4), ("“日”", 4), ("é", 1), ("e\u0301", 1), ("：", 2), ("\u200b", 0), ("👍", 2)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("进企业、进村居、进项目", "进企业-进村居-进项目"),
        ("  Hello, World!  ", "hello-world"),
        ("3月5日—6日", "3月5日-6日"),
        ("“四进”", "四进"),
        ("C++", "c"),
        ("……", ""),
        ("e\u0301", "é"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_one_segment_that_fits_and_does_not_change_again(text: str) -> None:
    made = slug(text)
    assert len(made.encode(errors="surrogatepass")) <= SEGMENT_BYTES
    assert not set(made) & set("/\\?#% .:\n")
    assert slug(made) == made or len(made.encode(errors="surrogatepass")) > SEGMENT_BYTES - 12


@given(st.text())
def test_folding_forgets_case_and_form(text: str) -> None:
    assert folded(text) == folded(unicodedata.normalize("NFD", text))
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=60), st.integers(2, 50))
def test_shortened_fits_and_is_a_beginning(text: str, limit: int) -> None:
    cut = shortened(text, limit)
    assert len(cut) <= limit
    assert text.startswith(cut.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("甲乙丙。丁戊己。庚辛", 9, "甲乙丙。丁戊己。"),
        ("他说：“甲乙丙。”丁戊己庚辛", 9, "他说：“甲乙丙。”"),
        ("甲乙丙丁戊己庚辛", 5, "甲乙丙丁…"),
        ("One two three four", 12, "One two…"),
        ("The figure is 3.5 and more of it", 20, "The figure is 3.5…"),
    ],
)
def test_shortened(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


@pytest.mark.parametrize("name", ["con", "CON.md", "nul", "com1.txt", "aux ", "a.", "a:b", "lpt¹"])
def test_windows_names(name: str) -> None:
    assert is_windows_name(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", ".con", "日志.md", "a b"])
def test_other_names(name: str) -> None:
    assert not is_windows_name(name)


def test_what_xml_and_html_refuse() -> None:
    refused = {code for code in range(0x110000) if FORBIDDEN.search(chr(code))}
    controls = {*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, "\t\n"))
    noncharacters = {*range(0xFDD0, 0xFDF0), *(code for code in range(0x110000) if code & 0xFFFE == 0xFFFE)}
    assert refused == controls | set(range(0xD800, 0xE000)) | noncharacters
    assert FORBIDDEN.sub("-", "a\0b\U0001fffe𠮷\U00020000") == "a-b-𠮷\U00020000"


def test_signs_upon_a_letter_are_put_into_order_in_pieces_where_no_script_has_so_many() -> None:
    """Python takes as long as their number squared: minutes for half a megabyte."""
    for size in (1, 30, 64):
        text = "e" + "\u0301\u0323" * (size // 2) + "e\u0301"
        assert normal("NFC", text) == unicodedata.normalize("NFC", text)
    marks = "\u0301\u0323" * 200_000
    start = time.process_time()
    found = normal("NFC", f"说e{marks}e\u0301")
    assert time.process_time() - start < 5
    assert (found[0], found[-1], sorted(found[2:-1]), len(found)) == (
        "说",
        "\u00e9",
        sorted(marks)[:-1],
        2 + len(marks),
    )
    signs = "……" * 100 + "ﬁ"
    assert normal("NFKC", signs) == unicodedata.normalize("NFKC", signs)
