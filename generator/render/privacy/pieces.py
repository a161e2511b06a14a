"""Cuts a long text into pieces that are searched one by one, so that no text takes much memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.render.privacy.glyphs import BLOCK, CELL

PIECE: Final = 1 << 14
_OVERLAP: Final = 1 << 10
"""How much two pieces have in common: more than a name or a number, with the markup within it."""
_SEARCHED: Final = 1 << 12
_ENDS: Final = (BLOCK, "\n", CELL, "<", "。", "，", ",", " ")
"""Where a text is best cut, in this order. A number must not be cut: a part of it may look like another."""


def pieces(text: str) -> Iterator[str]:
    """The text in pieces."""
    start = 0
    while len(text) - start > PIECE + _OVERLAP:
        end = _cut(text, start + PIECE)
        yield text[start:end]
        start = end if text[end] == BLOCK else _cut(text, end - _OVERLAP)
    yield text[start:]


def _cut(text: str, place: int) -> int:
    """The best place to cut a text before ``place``."""
    for end in _ENDS:
        found = text.rfind(end, place - _SEARCHED, place)
        if found >= 0:
            return found
    return place
