"""Raised and lowered signs: Markdown knows none, so those that Unicode has are written instead."""

from __future__ import annotations

from typing import Final

from generator.ground.messages import say

FORMATTING: Final = say("raised or lowered signs, now on the line")
_SIGNS: Final = "0123456789+-()n"
_WIDE: Final = str.maketrans("０１２３４５６７８９＋－（）−", "0123456789+-()-")
_FORMS: Final = {
    "superscript": dict(zip(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", strict=True)),
    "subscript": dict(zip(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ", strict=True)),
}
FOLDED: Final = {ord(form): sign for forms in _FORMS.values() for sign, form in forms.items()} | _WIDE
"""Both forms as plain signs, for the censuses."""


def moved(text: str, place: str) -> str | None:
    """The text as ``superscript`` or ``subscript``; None where Unicode has not all of its signs there."""
    forms = _FORMS[place]
    made = [one if one.isspace() or one in forms.values() else forms.get(one) for one in text.translate(_WIDE)]
    return None if None in made else "".join(filter(None, made))
