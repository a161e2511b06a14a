"""Folding of texts for the search."""

from __future__ import annotations

import unicodedata

import pytest

from generator.ground.search_folding import foldable, folded


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("企业复工", "企业复工"),
        ("ＰＭ２．５，（ＡＢＣ）", "pm2.5,(abc)"),
        ("Straße STRASSE", "strasse strasse"),
        ("ΟΔΟΣ οδος οδοσ", "οδοσ οδοσ οδοσ"),
        ("ｶﾞｽ", "ガス"),
        ("㎡ ① ﬁ …", "m2 1 fi ..."),
        ("e\u0301", "é"),
    ],
)
def test_width_case_and_form_do_not_matter(text: str, form: str) -> None:
    assert folded(text) == form


def test_it_is_unicodes_case_folding_but_for_a_few_letters() -> None:
    others = []
    for code in range(0x110000):
        char = chr(code)
        if unicodedata.category(char) not in ("Cn", "Cs", "Co"):
            whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
            if folded(char) != whole:
                others.append(char)
    # Cherokee folds to upper case, and the Turkish dotless i is one more i here.
    assert all("CHEROKEE" in unicodedata.name(char) or char in {"ı", "\U0001d6a4"} for char in others), others


def test_folding_twice_is_folding_once() -> None:
    for code in range(0x110000):
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co"):
            assert folded(folded(chr(code))) == folded(chr(code))


@pytest.mark.parametrize("text", ["企业，复工", "ｶﾞｽ", "e\u0301", "ﷺ①", "A\u030a", "Ⅻ月"])
def test_what_is_shown_folds_letter_by_letter(text: str) -> None:
    assert "".join(map(folded, foldable(text))) == folded(text)
