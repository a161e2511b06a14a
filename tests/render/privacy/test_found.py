"""Planted private data is found in every disguise and in every context."""

from __future__ import annotations

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
    "old identity": (Kind.IDENTITY, planted.OLD_IDENTITY, planted.OLD_IDENTITY),
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


@pytest.mark.parametrize("context", ["prose", "attribute", "atom", "json", "ascii json", "csv"])
@pytest.mark.parametrize("disguise", ANY)
@pytest.mark.parametrize("secret", SECRETS)
def test_found_in_any_disguise(secret: str, disguise: str, context: str) -> None:
    if disguise == "span with attributes" and context == "attribute":
        # A quotation mark ends an attribute; so there the disguise is another text.
        context = "prose"
    kind, value, text = SECRETS[secret]
    assert is_found(kind, value, CONTEXTS[context](ANY[disguise](text)))


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("disguise", DIGITS)
@pytest.mark.parametrize("secret", ["identity", "old identity", "mobile", "card"])
def test_other_digits_are_digits(secret: str, disguise: str, context: str) -> None:
    kind, value, text = SECRETS[secret]
    assert is_found(kind, value, CONTEXTS[context](DIGITS[disguise](text)))


@pytest.mark.parametrize("context", ["prose", "attribute", "atom", "ascii json"])
@pytest.mark.parametrize("disguise", GROUPS)
@pytest.mark.parametrize("secret", GROUPED)
def test_found_in_groups(secret: str, disguise: str, context: str) -> None:
    kind, text = GROUPED[secret]
    assert is_found(kind, digits(text), CONTEXTS[context](GROUPS[disguise](text)))


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("disguise", NAMES)
@pytest.mark.parametrize("name", ["name", "compound", "dotted"])
def test_names_are_found_in_pieces(name: str, disguise: str, context: str) -> None:
    assert is_found(Kind.NAME, NAMED[name], CONTEXTS[context](NAMES[disguise](NAMED[name])))


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(
    "gap", ["  ", "\n", "-", "\u3000", "&nbsp;", "<br>", "_", " <b>", "</td><td>", ", ", "\u2010", "·"]
)
@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_latin_names_are_words(gap: str, case: type[str], context: str) -> None:
    first, last = planted.LATIN.split()
    assert is_found(Kind.NAME, planted.LATIN, CONTEXTS[context](f"{case(first)}{gap}{case(last)}"))


@pytest.mark.parametrize("dot", "·•・‧⋅-")
@pytest.mark.parametrize("context", CONTEXTS)
def test_any_dot_joins_a_name(dot: str, context: str) -> None:
    assert is_found(Kind.NAME, planted.DOTTED, CONTEXTS[context](planted.DOTTED.replace("·", dot)))


@pytest.mark.parametrize("mark", ["*", "**", "__", "~~", "`", "＿", "＊", "～"])
@pytest.mark.parametrize("context", CONTEXTS)
def test_delimiters_of_markdown_hide_no_name(mark: str, context: str) -> None:
    assert is_found(Kind.NAME, planted.HAN, CONTEXTS[context](mark.join(planted.HAN)))
    assert is_found(Kind.NAME, planted.HAN, CONTEXTS[context](f"{planted.HAN[0]}{mark}{planted.HAN[1:]}{mark}"))


@pytest.mark.parametrize(
    "value", [planted.HAN, planted.DOTTED, "Li An", planted.MOBILE, planted.IDENTITY, planted.EMAIL]
)
@pytest.mark.parametrize(
    "address", ["/tags/{}/", "https://rizhi.example/files/{}.png", "tel:{}", "mailto:{}?subject=x", "{}.jpg"]
)
def test_found_in_addresses_and_file_names(value: str, address: str) -> None:
    for written in (value, quote(value), quote(quote(value))):
        assert [finding.value for finding in SCANNER.found(address.format(written))] == [value]


COMPATIBLE = {
    "kangxi radical": ("马骨", "⾺⾻"),
    "radical of the supplement": ("马青", "⻢⻘"),
    "compatibility ideograph": ("金更", "\uf90a\uf901"),
    "compatibility supplement": ("丸写", "\U0002f801写"),
    "halfwidth kana": ("カナ", "ｶﾅ"),
    "circled ideograph": ("李一", "李㊀"),
    "traditional": ("陈国龙", "陳國龍"),
    "simplified": ("陳國龍", "陈国龙"),
    "one of several": ("钟里", "鐘裡"),
    "sharp s": ("Groß An", "GROSS AN"),
    "accent": ("José An", "Jose\u0301 AN"),
    "ideograph beyond the first plane": ("张\U00020bb7", "\\u5f20\\ud842\\udfb7"),
    "struck through": ("张三", "张\u0336三\u0336"),
    "private name with a digit": ("小明2", "小明２"),
}


@pytest.mark.parametrize("case", COMPATIBLE)
@pytest.mark.parametrize("context", CONTEXTS)
def test_other_forms_of_a_character(case: str, context: str) -> None:
    name, written = COMPATIBLE[case]
    assert [f.value for f in Scanner(Rules(names=(name,))).found(CONTEXTS[context](written))] == [name]


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
    """The example number of GB 11643-1999."""
    assert is_found(Kind.IDENTITY, "11010519491231002X", "11010519491231002x")
