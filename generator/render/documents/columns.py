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
_WORDS: Final = (18, 16, 14, 12, 10, 8)
"""Half characters of a word that is not broken, and less where room is short."""
_DAYS: Final = 24
"""Those of days in one line; more of them may be broken behind a dash."""
_DAY: Final = re.compile(r"[\d年月日—上下午晚 ]*日[—上下午晚 ]*")
_UNIT: Final = re.compile("(?=（)")
"""Before a unit in brackets, which may stand below its figure."""
_WIDE: Final = re.compile("[—…“”‘’]")
"""Signs that are as wide as a character in a Chinese font, though other fonts have them in half of that."""
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
                for tried, limit in zip(least, _WORDS, strict=True):
                    tried[at] = max(tried[at], _padded(_needed(line, limit), half))
    if sum(most) <= width:
        return _shares(width, most)
    needed = next((one for one in least if sum(one) <= width), None)
    if needed is None:
        return _shares(width, least[-1])
    more = _shares(width - sum(needed), [one - own for one, own in zip(most, needed, strict=True)])
    return [one + own for one, own in zip(more, needed, strict=True)]


def _shares(width: int, parts: list[int]) -> list[int]:
    return [width * one // sum(parts) for one in parts]


def _needed(line: str, limit: int) -> int:
    """Half characters of what is not broken in a line: all of it up to ``limit``, days, words up to ``limit``."""
    return max(_needed_of(part, limit) for part in _UNIT.split(line))


def _needed_of(part: str, limit: int) -> int:
    whole, is_day = _reach(part), _DAY.fullmatch(part)
    if whole <= (_DAYS if is_day else limit):
        return whole
    words = re.split("(?<=—)", part) if is_day else part.split()
    return max((_reach(one) if _DAY.fullmatch(one) else min(_reach(one), limit) for one in words), default=0)


def _reach(text: str) -> int:
    """Half characters of a text in one line."""
    return display_width(text) + len(_WIDE.findall(text)) + ceil(len(_SPACED.findall(text)) / 2)


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
