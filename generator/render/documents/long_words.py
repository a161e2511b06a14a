"""Words and lines: which words a line has no room for, and which it keeps together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from generator.ground.text import is_han
from generator.render.documents.blocks import Inline
from generator.render.documents.runs import plain

_UNBROKEN: Final = r"(?:[!-/:-@\[-^`{-~]|[^\W\u1100-\u11ff\u2e80-\ud7ff\uf900-\uffef\U00020000-\U0003ffff])"
"""A sign or a letter of a script with spaces. No character is both, or a search would take for ever."""
_STRETCHING: Final = 12
"""Characters of a word that leave a line of Chinese before them about a quarter short."""
_SPREAD: Final = re.compile(r"\s*[\u4e00-\u9fff](?:[\u3000 ]+[\u4e00-\u9fff]){1,3}[：:]")
_STRETCHING_WORDS: Final = 32
"""The same, where a line is of words: it has more spaces that can be a little wider."""


_AMOUNT: Final = re.compile(
    r"(?<=\d) (?=[kMGTmcdnhμµ]?(?:Wh|Pa|Hz|VA|Ah|eq|[mgtWVALBbhsJN]|min|ha|℃)[²³]?"
    r"(?:/(?:[km]?[gmLs]|min|[a-z])[²³]?)?(?![A-Za-z0-9]))"
)
"""The space between a number and its unit, 0.42 kWh/kg."""


def whole_amounts(text: str) -> str:
    """The text, with no line end between a number and its unit."""
    return _AMOUNT.sub("\u00a0", text)


@cache
def long(most: int) -> re.Pattern[str]:
    """A part of a word of more than ``most`` characters, after which it may be broken."""
    part = max(2, most // 4)
    return re.compile(f"{_UNBROKEN}{{{part}}}(?={_UNBROKEN}{{{most - part}}})")


def stretches(inlines: Iterable[Inline]) -> bool:
    """Whether a line of this text may be far from full, as a long word behind it has no room in it.

    Such a paragraph is not justified: the few characters of that line would stand far apart. Nor is one that begins
    with a label such as 时　间：, which is as wide as those above and below it.
    """
    text = plain(inlines)
    if _SPREAD.match(text):
        return True
    most = _STRETCHING if any(map(is_han, text)) else _STRETCHING_WORDS
    return long(most).search(text) is not None
