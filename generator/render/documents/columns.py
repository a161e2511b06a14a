"""How wide the columns of a table in a Word file are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from typing import Final

from generator.ground.text import display_width
from generator.render.documents.blocks import Break, Cell, Inline, Inlines, Table
from generator.render.documents.runs import plain
from generator.render.documents.walk import every, texts

_PADDING: Final = 340
"""Twips beside the text of a cell: its margins and some room."""
_WORDS: Final = (18, 12, 8)
"""Half characters of a word that is not broken: those of a day with its year, and less where room is short."""
_SPACED: Final = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
"""Where Word leaves a quarter of a character between letters of two scripts."""


def widths(table: Table, width: int, half: int) -> list[int]:
    """The width of each column in twips; ``half`` is that of half a character.

    As in a browser, each column has room for its longest word, and of what is left as much as its longest line needs.
    """
    most, least = [_padded(0, half)] * table.columns, [[_padded(0, half)] * table.columns for _ in _WORDS]
    for row in (*table.head, *table.rows):
        for at, cell in enumerate(row):
            if cell.columns > 1:
                continue
            for line in _lines(cell):
                most[at] = max(most[at], _padded(_reach(line), half))
                longest = max(map(_reach, line.split()), default=0)
                for tried, limit in zip(least, _WORDS, strict=True):
                    tried[at] = max(tried[at], _padded(min(longest, limit), half))
    if sum(most) <= width:
        return _shares(width, most)
    needed = next((one for one in least if sum(one) <= width), None)
    if needed is None:
        return _shares(width, least[-1])
    more = _shares(width - sum(needed), [one - own for one, own in zip(most, needed, strict=True)])
    return [one + own for one, own in zip(more, needed, strict=True)]


def _shares(width: int, parts: list[int]) -> list[int]:
    return [width * one // sum(parts) for one in parts]


def _reach(text: str) -> int:
    """Half characters of a text in one line."""
    return display_width(text) + ceil(len(_SPACED.findall(text)) / 2)


def _lines(cell: Cell) -> Iterator[str]:
    for block in every(cell.blocks):
        for inlines in texts(block):
            yield from (plain(line) for line in _broken(inlines))


def _broken(inlines: Inlines) -> Iterator[list[Inline]]:
    """The lines of a text that somebody broke."""
    line: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Break):
            yield line
            line = []
        else:
            line.append(inline)
    yield line


def _padded(cells: int, half: int) -> int:
    """The width in twips of ``cells`` characters that are ``half`` twips wide, with padding."""
    return half * max(cells, 2) + _PADDING
