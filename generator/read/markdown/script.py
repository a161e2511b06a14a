"""Classifies characters as Chinese or not, for delimiters of emphasis and for line breaks next to them."""

from __future__ import annotations

import re
from typing import Final

from generator.ground.text import is_han

CERTAIN: Final = re.compile("[\u3001-\u301f\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff1f]")
"""Ideographs and punctuation that are only Chinese."""

SPACED: Final = frozenset("、。，；：？！（）〈〉《》「」『』【】〔〕〖〗")
"""Full-width punctuation, which has its own space whatever its neighbours are."""

AMBIGUOUS: Final = "“”‘’—…·"
"""Punctuation that Chinese shares with Latin; its neighbours decide which it is."""

SELECTORS: Final = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Variation selectors, which choose the form of the character before them."""

_FULL_WIDTH: Final = "\ufe01"
"""The selector that makes ambiguous punctuation full-width (Unicode, StandardizedVariants.txt)."""

_MORE_CJK: Final = (
    (0x1100, 0x11FF),
    (0x3130, 0x318F),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xFE10, 0xFE1F),
    (0xFE50, 0xFE6F),
    (0xFFA0, 0xFFDF),
)
"""Hangul, which the amendment includes, and the vertical and small forms of CJK punctuation."""


def is_cjk(char: str) -> bool:
    """Whether the character is CJK in the sense of the CJK-friendly amendment (emoji are not)."""
    return is_han(char) or any(first <= ord(char) <= last for first, last in _MORE_CJK)


def cjk_before(text: str, end: int) -> bool:
    """Whether the character before ``end`` is CJK; ambiguous punctuation is what the character before it is."""
    for at in range(end - 1, -1, -1):
        char = text[at]
        if char == _FULL_WIDTH and at and text[at - 1] in AMBIGUOUS:
            return True
        if char not in AMBIGUOUS and char not in SELECTORS:
            return is_cjk(char)
    return False


def cjk_after(text: str, start: int, end: int) -> bool:
    """Whether the character at ``start`` is CJK; ambiguous punctuation is what the next one, before ``end``, is."""
    for at in range(start, end):
        char = text[at]
        if char not in AMBIGUOUS:
            return char == _FULL_WIDTH or is_cjk(char)
    return False
