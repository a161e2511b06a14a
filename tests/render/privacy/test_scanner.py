"""The fast check misses nothing that a thorough scan finds, and no text takes long."""

from __future__ import annotations

import re
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.privacy import Rules, Scanner
from generator.render.privacy.escapes import Form
from generator.render.privacy.glyphs import PLAIN, folded, is_plain
from generator.render.privacy.markup import Marked
from generator.render.privacy.names import Names
from tests.render.privacy import planted
from tests.render.privacy.planted import ANY, CONTEXTS, DIGITS, NAMES

SCANNER = Scanner(
    Rules(
        names=("张三丰", "于明", "陈国", "丰", "阿卜杜拉·买买提", "Li An", "Ann", "José An"),
        hardship=("困难户", "慰问"),
    )
)
WHOLE = [
    *(
        "张三丰",
        "于明",
        "陳國",
        "丰",
        "阿卜杜拉",
        "买买提",
        "Li",
        "An",
        "Ann",
        "li an",
        "José",
        "困难户",
        "慰问",
        "王二小",
        "家",
    ),
    *(
        "13812345678",
        "138",
        "1234",
        "5678",
        planted.IDENTITY,
        planted.IDENTITY_X,
        planted.CARD,
        "6222",
        "86",
        "2020-03-05",
        "x",
    ),
    *("zhang@example.org", "zhang", "@", "example.org", "a", "1"),
]
PIECES = [
    *(
        "",
        " ",
        "\n",
        "\u3000",
        "\xa0",
        "-",
        ".",
        "·",
        "_",
        "+",
        ",",
        "'",
        '"',
        "，",
        "—",
        "\t",
        "\x1c",
        "\x85",
        "\u2028",
    ),
    *(
        "<b>",
        "</b>",
        "<p>",
        "</td><td>",
        "<br>",
        '<a href="x">',
        "<i title='>'>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
        "=",
    ),
    *(
        "&lt;",
        "&gt;",
        "&amp;",
        "&quot;",
        "&nbsp;",
        "&#x5F20;",
        "&#49;",
        "\\n",
        "\\u5f20",
        "\\x31",
        "\\",
        "%E5%BC%A0",
        "%20",
        "%40",
        "&",
    ),
    *("\u200b", "\xad", "\ufe0f", "\u0301", "１", "＠", "①", "٣", "⼈", "]", "\x01", "\x02"),
    *("＿", "～", "*", "**", "~~", "`", "＊"),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WHOLE), st.sampled_from(PIECES)), max_size=14).map("".join))
def test_the_fast_check_misses_nothing(text: str) -> None:
    assert SCANNER.found(text) == SCANNER.found_slowly(text) == SCANNER.found_in(text.encode())


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(
        ["张三丰", "于明", "陈国", "阿卜杜拉买买提", "13812345678", planted.IDENTITY, planted.CARD, "zhang@example.org"]
    ),
    st.lists(st.tuples(st.integers(1, 18), st.sampled_from(PIECES)), max_size=3),
    st.sampled_from(list({**ANY, **NAMES, **DIGITS}.values())),
    st.lists(st.sampled_from(list(CONTEXTS.values())), min_size=1, max_size=3),
)
def test_the_fast_check_misses_no_planted_data(
    secret: str, marks: list[tuple[int, str]], disguise: planted.Disguise, contexts: list[planted.Disguise]
) -> None:
    text = disguise(secret)
    for place, mark in marks:
        text = text[:place] + mark + text[place:]
    for context in contexts:
        text = context(text)
    assert SCANNER.found(text) == SCANNER.found_slowly(text) == SCANNER.found_in(text.encode())


ACCOUNTS = (
    *("微信", "微信号", "QQ", "qq", "WeChat", "vx", "Wx", "v信", "q<b>q</b>", "W<i></i>x", "扣扣"),
    *("号码", "账号", "id", "no.", "：", ":", "=", "是", "（", "公众号", "群", "联系"),
    *(
        "<b>",
        "</b>",
        "<td>",
        "</td>",
        "<br>",
        "<a href='x1'>",
        "<!-- x -->",
        "<!-- <b> -->",
        f"<a href='{'x' * 500}'>",
        "<![CDATA[",
        "]]>",
        '<sup class="footnote-ref"><a>[1]</a></sup>',
        "&nbsp;",
        "&#65306;",
        " ",
        "\n      ",
        "\u200b",
    ),
    *("abc_123", "zhangsan88", "123456789", "10086"),
    *("电话", "88001234", "住在", "3栋2单元501室", "车牌", "鲁F12345", "护照", "E12345678"),
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(ACCOUNTS), max_size=9).map("".join))
def test_the_fast_check_misses_no_account(text: str) -> None:
    assert SCANNER.found(text) == SCANNER.found_slowly(text) == SCANNER.found_in(text.encode())


@pytest.mark.parametrize("hidden", ["<!-- <b> -->", "<![CDATA[", "<br>]]>", "<sup class='footnote-ref'>[1]</sup>"])
@pytest.mark.parametrize(("word", "secret"), [("微信", "zhangsan88"), ("wechat", "zhangsan88"), ("电话", "88001234")])
def test_what_is_not_shown_parts_no_word_from_what_it_is_about(word: str, secret: str, hidden: str) -> None:
    text = f"<!doctype html><p>{word}{hidden}{secret}。".replace("'", '"')
    assert [one.value for one in SCANNER.found(text, Form.MARKUP)] == [secret]
    assert SCANNER.found_in(text.encode(), Form.MARKUP) == SCANNER.found_slowly(text, Form.MARKUP)


def test_words_about_accounts_with_none_are_scanned_fast() -> None:
    text = "<p>用 WeChat 办公，微信群里发了3条通知，QQ 邮箱改为 e.org。WeChat 好用，v信也好。</p>"
    assert SCANNER.found_and_effort(text) == ((), len(text))


def test_a_sign_and_a_line_end_with_an_indent_hide_no_number() -> None:
    text = f"{planted.IDENTITY[:7]}]{planted.IDENTITY[7:9]}\n{' ' * 9}{planted.IDENTITY[9:]}"
    assert [one.value for one in SCANNER.found(text)] == [planted.IDENTITY]


@pytest.mark.parametrize("context", ["{}", "<p>见到{}。", '<img alt="{}">'])
@pytest.mark.parametrize(
    "secret", ["张三丰", "于明", "阿卜杜拉买买提", "Li An", "138 12345678", planted.CARD, "zhang@example.org"]
)
def test_the_fast_check_misses_nothing_with_any_sign_anywhere(secret: str, context: str) -> None:
    for place in range(len(secret) + 1):
        for mark in PIECES:
            text = context.format(secret[:place] + mark + secret[place:])
            assert SCANNER.found(text) == SCANNER.found_slowly(text), text


def test_plain_characters_are_what_they_seem() -> None:
    plain = re.compile(f"[{PLAIN}]")
    signs = re.compile(r"[\w@+·•・‧\x00\x01\x02-]")
    for char in filter(plain.match, map(chr, range(sys.maxunicode + 1))):
        assert unicodedata.category(char) not in ("Cf", "Mn", "Me", "Cs"), ascii(char)
        assert char.isascii() or unicodedata.digit(char, None) is None, ascii(char)
        again = unicodedata.normalize("NFKC", char.casefold())
        assert again == char.casefold() or again in ("\u2010", " ", "_") or not signs.search(again), ascii(char)


def test_invisible_characters_are_removed() -> None:
    for code in [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]:
        if unicodedata.category(chr(code)) == "Cf" and not code >= 0xE0000:
            assert folded(f"a{chr(code)}b") == "ab", hex(code)


def test_each_decimal_digit_is_one() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        if char.isdigit():
            assert folded(char) == str(unicodedata.digit(char)), ascii(char)
            assert char.isascii() or not is_plain(char)


HOSTILE = {
    "less than": "<",
    "tags": "<a",
    "open tags": "<a ",
    "attributes": '<a b="',
    "quotes": "<a b='\"",
    "comments": "<!--",
    "comments and ends": "<!-->",
    "digits": "1",
    "digits apart": "1 ",
    "fours": "6222 ",
    "threes and fours": "138-1234 ",
    "hexadecimal": "1a2b3c4d5e6f13812345678",
    "ampersands": "&",
    "entities": "&amp;",
    "noughts": "&#0",
    "per cent": "%",
    "octets": "%25",
    "backslashes": "\\",
    "hex escapes": "\\3",
    "at signs": "@",
    "addresses": "a@a.",
    "dots": "a.",
    "spaces": " ",
    "names' first": "张",
    "names apart": "张 ",
    "hyphens": "张-",
    "words of hardship": "困难户",
    "people in hardship": "困难户王二小、",
    "latin": "li ",
    "zero width": "\u200b",
    "marks": "a\u0301",
    "full width": "１",
    "rooms": "室",
    "numbered rooms": "3室",
    "units": "单元2",
    "homes": "家住",
    "telephones": "电话：",
    "numbers of one address": "/13800001234",
    "address with numbers": "http://a/13800001234",
    "names with signs": "张，",
    "names with slashes": "张/三/",
    "blocks of a name": "<li>张</li>",
    "digits in words": "一三八〇",
    "digits in words apart": "一 ",
    "odd signs": "1/3，",
    "brackets": "1(",
    "punycode": "xn--a",
    "rows": "<tr><td>张</td></tr>",
    "amounts": "18612345678元",
    "serials": "批号18612345678",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_text_takes_long(case: str) -> None:
    piece = HOSTILE[case]
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    SCANNER.found(text)
    # With linear time, 60 KB take some tenths of a second at worst; with quadratic time, a minute.
    assert time.process_time() - start < 2


def test_leading_zeros_of_entities_cost_no_time() -> None:
    assert [f.value for f in planted.SCANNER.found("&#" + "0" * 50_000 + "24352;三丰")] == ["张三丰"]
    assert [f.value for f in planted.SCANNER.found("张三" + " " * 50_000 + "丰")] == ["张三丰"]


def test_names_without_letters_are_ignored() -> None:
    assert Scanner(Rules(names=("", " ", "·", "-"))).found("a·b - c") == ()
    assert not Names(("",)).may_be_in(Marked.of("a"), "a")
