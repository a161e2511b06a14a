"""Whatever is planted is found, in every disguise and wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from urllib.parse import quote

import pytest

from generator.render.privacy import Kind, Rules, Scanner
from tests.render.privacy import planted
from tests.render.privacy.planted import ANY, CONTEXTS, DIGITS, GROUPS, NAMES, SCANNER, is_found

SECRETS = {
    "name": (Kind.NAME, planted.HAN, planted.HAN),
    "dotted name": (Kind.NAME, planted.DOTTED, planted.DOTTED),
    "name without dot": (Kind.NAME, planted.DOTTED, planted.DOTTED.replace("·", "")),
    "latin name": (Kind.NAME, planted.LATIN, planted.LATIN),
    "identity": (Kind.IDENTITY, planted.IDENTITY, planted.IDENTITY),
    "identity with x": (Kind.IDENTITY, planted.IDENTITY_X, planted.IDENTITY_X.lower()),
    "mobile": (Kind.MOBILE, planted.MOBILE, planted.MOBILE),
    "mobile with prefix": (Kind.MOBILE, planted.MOBILE, "+86" + planted.MOBILE),
    "card": (Kind.CARD, planted.CARD, planted.CARD),
    "long card": (Kind.CARD, planted.LONG_CARD, planted.LONG_CARD),
    "email": (Kind.EMAIL, planted.EMAIL, planted.EMAIL),
}

GROUPED = {
    "mobile 3-4-4": (Kind.MOBILE, "138 1234 5678"),
    "mobile 3-3-5": (Kind.MOBILE, "138 123 45678"),
    "mobile 4-4-3": (Kind.MOBILE, "1381 2345 678"),
    "mobile 3-8": (Kind.MOBILE, "138 12345678"),
    "mobile +86": (Kind.MOBILE, "+86 138 1234 5678"),
    "mobile 0086": (Kind.MOBILE, "0086 13812345678"),
    "identity 6-8-4": (Kind.IDENTITY, f"{planted.IDENTITY[:6]} {planted.IDENTITY[6:14]} {planted.IDENTITY[14:]}"),
    "identity by fours": (Kind.IDENTITY, " ".join(planted.IDENTITY[i : i + 4] for i in range(0, 18, 4))),
    "identity x apart": (
        Kind.IDENTITY,
        f"{planted.IDENTITY_X[:6]} {planted.IDENTITY_X[6:14]} {planted.IDENTITY_X[14:]}",
    ),
    "card by fours": (Kind.CARD, " ".join(planted.CARD[i : i + 4] for i in range(0, 16, 4))),
    "long card by fours": (Kind.CARD, " ".join(planted.LONG_CARD[i : i + 4] for i in range(0, 19, 4))),
}

NAMED = {
    "name": planted.HAN,
    "compound": planted.LANTERN,
    "dotted": planted.DOTTED,
    "latin": planted.LATIN,
}


def digits(text: str) -> str:
    kept = "".join(c for c in text.upper() if c in "0123456789X")
    return kept.removeprefix("00").removeprefix("86")


def missed(kind: Kind, value: str, written: str, *, among: Iterable[str] = CONTEXTS) -> list[tuple[str, str]]:
    """In which contexts the value is not found where it is written like this."""
    return [(context, written) for context in among if not is_found(kind, value, CONTEXTS[context](written))]


@pytest.mark.parametrize("secret", SECRETS)
def test_found_in_any_disguise(secret: str) -> None:
    kind, value, text = SECRETS[secret]
    missing = []
    for name, disguise in ANY.items():
        # A quotation mark ends an attribute; so there the disguise is another text.
        others = () if name == "span with attributes" else ("attribute",)
        among = ("prose", "atom", "json", "ascii json", "csv", *others)
        missing += [(name, one) for one in missed(kind, value, disguise(text), among=among)]
    assert missing == []


@pytest.mark.parametrize("secret", ["identity", "mobile", "card"])
def test_other_digits_are_digits(secret: str) -> None:
    kind, value, text = SECRETS[secret]
    assert [(name, one) for name in DIGITS for one in missed(kind, value, DIGITS[name](text))] == []


@pytest.mark.parametrize("secret", GROUPED)
def test_found_in_groups(secret: str) -> None:
    kind, text = GROUPED[secret]
    among = ("prose", "attribute", "atom", "ascii json")
    missing = [(name, one) for name in GROUPS for one in missed(kind, digits(text), GROUPS[name](text), among=among)]
    assert missing == []


@pytest.mark.parametrize("name", ["name", "compound", "dotted"])
def test_names_are_found_in_pieces(name: str) -> None:
    value = NAMED[name]
    assert [(way, one) for way in NAMES for one in missed(Kind.NAME, value, NAMES[way](value))] == []


def test_latin_names_are_words() -> None:
    first, last = planted.LATIN.split()
    gaps = ("  ", "\n", "-", "\u3000", "&nbsp;", "<br>", "_", " <b>", "</td><td>", ", ", "\u2010", "·")
    ways = product((str.upper, str.lower, str.title), gaps)
    written = [f"{case(first)}{gap}{case(last)}" for case, gap in ways]
    assert [one for text in written for one in missed(Kind.NAME, planted.LATIN, text)] == []


def test_latin_names_are_found_in_the_orders_and_letters_in_which_they_are_written() -> None:
    scanner = Scanner(Rules(names=("Maria Kowalczyk", "Łukasz Żak")))
    ways = (
        *("Kowalczyk, Maria", "KOWALCZYK Maria", "Maria A. Kowalczyk", "MariaKowalczyk.docx", "María Kowalczyk"),
        *("MARÍA KOWALCZYK", "Kowalczyk_Maria", "Kowalczyk<br>Maria", "Mari\u0301a Kowalczyk"),
    )
    found = {text: [one.value for one in scanner.found_in(text.encode())] for text in ways}
    assert found == {text: ["Maria Kowalczyk"] for text in ways}
    assert [one.value for one in scanner.found("Żak Łukasz, Zak Lukasz")] == ["Łukasz Żak"]
    others = {
        "Sean O'Kerrigan": ("Sean O\u2032Kerrigan", "Sean O\u2019Kerrigan", "O'Kerrigan Sean", "SEAN O\u2019KERRIGAN"),
        "Kim Weinsberger-Roth": ("Weinsberger–Roth, Kim", "Weinsberger-Roth，Kim", "KIM WEINSBERGER ROTH"),
        "Ludwig van Hoogen": ("van Hoogen, Ludwig", "Hoogen、Ludwig van", "Hoogen Ludwig", "Hoogen, Ludwig"),
        "Søren Ågaard": ("Soren Agaard", "ÅGAARD SØREN", "Soeren Aagaard", "AAGAARD, SOEREN"),
        "Jürgen Weißhäupter": ("Juergen Weisshaeupter", "JURGEN WEISSHAUPTER"),
    }
    scanner = Scanner(Rules(names=tuple(others)))
    found = {text: [one.value for one in scanner.found_in(text.encode())] for ways in others.values() for text in ways}
    assert found == {text: [name] for name, ways in others.items() for text in ways}
    assert scanner.found("Maria. Kowal czyk; AnnaMaria Kowal") == ()


def test_any_dot_joins_a_name() -> None:
    written = [planted.DOTTED.replace("·", dot) for dot in "·•・‧⋅-"]
    assert [one for text in written for one in missed(Kind.NAME, planted.DOTTED, text)] == []


def test_marks_of_markdown_hide_no_name() -> None:
    first, rest = planted.HAN[0], planted.HAN[1:]
    marks = ("*", "**", "__", "~~", "`", "＿", "＊", "～")
    written = [text for mark in marks for text in (mark.join(planted.HAN), f"{first}{mark}{rest}{mark}")]
    assert [one for text in written for one in missed(Kind.NAME, planted.HAN, text)] == []


def test_found_in_addresses_and_file_names() -> None:
    values = (planted.HAN, planted.DOTTED, "Li An", planted.MOBILE, planted.IDENTITY, planted.EMAIL)
    addresses = ("/tags/{}/", "https://rizhi.example/files/{}.png", "tel:{}", "mailto:{}?subject=x", "{}.jpg")
    wrong = []
    for value, address in product(values, addresses):
        for written in (value, quote(value), quote(quote(value))):
            found = [finding.value for finding in SCANNER.found(address.format(written))]
            wrong += [(value, address.format(written), found)] if found != [value] else []
    assert wrong == []


def test_numbers_in_words_of_all_kinds_and_addresses_of_old_sites_are_found() -> None:
    every = {
        "見〡〣〨〇〇〇〇〡〢〣〤": "13800001234",
        "见一3八0零0零1二3四": "13800001234",
        "https://rizhi.example/?n=" + quote(planted.HAN.encode("gb18030")): planted.HAN,
        f"见{planted.HAN[0]}\ufffc{planted.HAN[1:]}": planted.HAN,
    }
    found = {text: [finding.value for finding in SCANNER.found(text)] for text in every}
    assert found == {text: [value] for text, value in every.items()}


COMPATIBLE = {
    "kangxi radical": ("马骨", "⾺⾻"),
    "radical of the supplement": ("马青", "⻢⻘"),
    "compatibility ideograph": ("金更", "\uf90a\uf901"),
    "compatibility supplement": ("丸写", "\U0002f801写"),
    "halfwidth kana": ("カナ", "ｶﾅ"),
    "circled ideograph": ("李一", "李㊀"),
    "traditional": ("陈国龙", "陳國龍"),
    "traditional, as in 韬略": ("韬丰", "韜豐"),
    "simplified": ("陳國龍", "陈国龙"),
    "one of several": ("钟里", "鐘裡"),
    "sharp s": ("Groß An", "GROSS AN"),
    "accent": ("José An", "Jose\u0301 AN"),
    "ideograph beyond the first plane": ("张\U00020bb7", "\\u5f20\\ud842\\udfb7"),
    "struck through": ("张三", "张\u0336三\u0336"),
    "private name with a digit": ("小明2", "小明２"),
}


@pytest.mark.parametrize("case", COMPATIBLE)
def test_other_forms_of_a_character(case: str) -> None:
    name, written = COMPATIBLE[case]
    scanner = Scanner(Rules(names=(name,)))
    found = {context: [f.value for f in scanner.found(CONTEXTS[context](written))] for context in CONTEXTS}
    assert found == {context: [name] for context in CONTEXTS}


def test_a_ligature_is_its_letters() -> None:
    assert [f.value for f in Scanner(Rules(names=("Fin An",))).found("<p>ﬁn an")] == ["Fin An"]


def test_findings_are_distinct_and_in_a_fixed_order() -> None:
    secrets = [planted.EMAIL, planted.MOBILE, planted.HAN, planted.LATIN, planted.IDENTITY, planted.CARD]
    text = "，".join(secrets)
    kinds = [finding.kind for finding in SCANNER.found(f"{text}，{text}")]
    assert kinds == [Kind.NAME, Kind.NAME, Kind.IDENTITY, Kind.MOBILE, Kind.CARD, Kind.EMAIL]


def test_a_name_within_a_name_is_found_too() -> None:
    assert [f.value for f in Scanner(Rules(names=("张三", "张三丰"))).found("张三丰")] == ["张三", "张三丰"]


def test_two_numbers_in_a_row_are_two() -> None:
    assert [f.value for f in SCANNER.found("电话：138 1234 5678 139-8765-4321")] == ["13812345678", "13987654321"]


@pytest.mark.parametrize(
    "text", ["<td>丰</td>", "“丰”", "丰：来过", "a/丰.png", "<p>\n丰", '{"a": "\\n丰"}', "来过的是 丰"]
)
def test_a_single_character_is_found_alone(text: str) -> None:
    assert [f.value for f in Scanner(Rules(names=("丰",))).found(text)] == ["丰"]


def test_the_example_of_the_standard_is_an_identity_number() -> None:
    """GB 11643-1999 itself gives this one."""
    assert is_found(Kind.IDENTITY, "11010519491231002X", "11010519491231002x")
