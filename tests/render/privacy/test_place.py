"""The place in the source of private data that was found in the published text."""

from __future__ import annotations

import time

import pytest

from generator.render.privacy import Finding, Kind, Rules, Scanner
from tests.render.privacy import planted
from tests.render.privacy.planted import ANY, DIGITS, GROUPS, NAMES, SCANNER

NAME = Finding(Kind.NAME, planted.HAN)
MOBILE = Finding(Kind.MOBILE, planted.MOBILE)
EMAIL = Finding(Kind.EMAIL, planted.EMAIL)


def place_of(finding: Finding, text: str) -> tuple[int, int] | None:
    """The first place in the text; None if it is not in it."""
    return next(iter(SCANNER.places(finding, text)), None)


HEAD = "---\ntitle: 走访\ndate: 2020-03-05\n---\n上午到村里。\n\n见到了"

NAMES_WRITTEN = {
    "bold": "**张**三丰",
    "bold inside": "张**三**丰",
    "emphasis": "*张*三丰",
    "code": "`张`三丰",
    "struck": "~~张~~三丰",
    "link": "[张](a.md)三丰",
    "link with a title": '[张](a.md "标题")三丰',
    "reference": "[张][a]三丰",
    "image": "![张三丰](a.png)",
    "role": "{target}`张三丰 <a>`",
    "role after": "张{target}`三丰 <a>`",
    "hard break": "张\\\n三丰",
    "soft break": "张\n三丰",
    "quote": "张\n> 三丰",
    "cells": "张 | 三丰",
    "definition": "张\n: 三丰",
    "html": "张<span title='x'>三</span>丰",
    "comment": "张<!-- 三 -->三丰",
    "entity": "&#x5F20;三丰",
    "traditional": "張三丰",
}


@pytest.mark.parametrize("case", NAMES_WRITTEN)
def test_a_name_in_markdown(case: str) -> None:
    written = NAMES_WRITTEN[case]
    first = next(i for i, c in enumerate(written) if c in "张張&")
    assert place_of(NAME, f"{HEAD}{written}。") == (7, 4 + first)


@pytest.mark.parametrize("secret", [NAME, MOBILE, EMAIL], ids=lambda finding: finding.kind.value)
def test_any_disguise_has_a_place(secret: Finding) -> None:
    names = [name for name in ANY if not name.startswith(("every", "comment", "link"))]
    places = {name: place_of(secret, f"{HEAD}：{ANY[name](secret.value)}。") for name in names}
    assert places == dict.fromkeys(names, (7, 5))


@pytest.mark.parametrize("disguise", NAMES)
def test_a_name_in_pieces_has_a_place(disguise: str) -> None:
    assert place_of(NAME, f"{HEAD}{NAMES[disguise](planted.HAN)}") == (7, 4)


@pytest.mark.parametrize("disguise", [*DIGITS, *GROUPS])
def test_a_number_has_a_place(disguise: str) -> None:
    written = DIGITS[disguise](planted.MOBILE) if disguise in DIGITS else GROUPS[disguise]("138 1234 5678")
    assert place_of(MOBILE, f"{HEAD}：{written}。") == (7, 5)


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("**138**12345678", 6),
        ("138**1234**5678", 4),
        ("138\\-1234\\-5678", 4),
        ("[138](a)12345678", 5),
        ("+86 13812345678", 8),
        ("+8613812345678", 7),
    ],
)
def test_a_number_in_markdown(written: str, column: int) -> None:
    assert place_of(MOBILE, HEAD + written) == (7, column)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("title: 张三丰", (1, 8)),
        ('title: "\\u5f20三丰"', (1, 9)),
        ('title: "\\x41\\U00005F20三丰"', (1, 13)),
        ("title: '张三丰'", (1, 9)),
        ("summary: >\n  见到张\n  三丰", (2, 5)),
        ("summary: |\n  张三丰", (2, 3)),
        ('summary: "张\\\n  三丰"', (1, 11)),
        ("a: 1\r\nb: 张三丰\r\n", (2, 4)),
        ("tags: [走访, 张三丰]", (1, 12)),
        ("a: 张三\nb: 丰\nc: 张三丰", (3, 4)),
    ],
)
def test_a_name_in_yaml(written: str, place: tuple[int, int]) -> None:
    assert place_of(NAME, written) == place


def test_the_first_place_counts() -> None:
    assert place_of(NAME, "李\n张三丰\n张三丰") == (2, 1)


def test_an_address_in_an_autolink() -> None:
    assert place_of(EMAIL, "信箱：<zhang.san@example.org>") == (1, 5)
    assert place_of(EMAIL, "[写信](mailto:Zhang.San%40example.org)") == (1, 13)


def test_a_hardship_name_has_a_place() -> None:
    scanner = Scanner(Rules(hardship=("困难户",)))
    (finding,) = scanner.found("<p>困难户王二小家")
    assert scanner.places(finding, "走访\n困难户王**二**小家") == ((2, 4),)


@pytest.mark.parametrize("finding", [NAME, MOBILE, EMAIL, Finding(Kind.HARDSHIP, "王二小")])
def test_data_that_is_not_in_the_source_has_no_place(finding: Finding) -> None:
    assert place_of(finding, f"{HEAD}别人，电话139 1234 5678，信箱a@b.cn，身份证{planted.IDENTITY}") is None


def test_comments_without_an_end_take_no_time() -> None:
    text = "--> 见张<!-- a -->三丰" + "<!-- " * 50_000
    begin = time.process_time()
    assert place_of(NAME, text) == (1, text.index("张") + 1)
    assert time.process_time() - begin < 10
