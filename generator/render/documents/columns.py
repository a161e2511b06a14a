"""How wide the columns of a table are, and how large its text is, in a Word file and in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import display_width
from generator.render.documents.blocks import Break, Cell, Inline, Inlines, Paragraph, Picture, Table, Text
from generator.render.documents.runs import plain
from generator.render.documents.title_lines import name_lines
from generator.render.documents.walk import every, texts

MARGINS: Final = (108, 108, 57, 28)
"""Twips on either side of a cell's text, in each size of a table's text."""
_ROOM: Final = 12
"""Twips that are left free for each point of the size, since fonts differ a little."""
_WORDS: Final = ((18, 16, 14, 12), (18, 16, 14, 12, 10, 8), (14, 12, 10, 8, 6), (10, 8, 6, 4, 2))
"""Half characters of a word that is not broken, and less where room is short, in each size of a table's text."""
_DAYS: Final = 24
"""Those of days in one line; more of them may be broken behind a dash."""
_DAY: Final = re.compile(r"[\d年月日—上下午晚 ]*日[—上下午晚 ]*")
_ONE_DAY: Final = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_UNIT: Final = re.compile("(?=（)")
"""Before a unit in brackets, which may stand below its figure."""
_HEAD_LINE: Final = re.compile(r"(?=（[^（）]{1,8}）$)|(?<=、)(?=.)")
"""Where a line of a head is broken: before a unit in brackets, and between words."""
_DAY_LINE: Final = re.compile("(?<=—)(?=.)")
_NAME: Final = re.compile(r"[\u3400-\u9fff（）]{3,30}")
"""A name of Chinese characters, no sign of which stands alone on a line."""
_WHOLE_WORD: Final = 16
"""Half characters of a word of letters that is not broken, except in the smallest size."""
_LETTERS: Final = re.compile(r"[^\W\d_\u1100-\ud7ff\uf900-\uffef]+-?")
_WIDE: Final = re.compile("[—…“”‘’]")
"""Signs that are as wide as a character in a Chinese font, though other fonts have them in half of that."""
_SPACED: Final = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
"""Where there is a quarter of a character between letters of two scripts."""
_TOKEN: Final = re.compile(r"[^\s\u2e80-\uffef]+")
_FIGURE: Final = re.compile(r"[^\w\u2e80-\uffef]*\d[^A-Za-z\u2e80-\uffef]*[A-Za-z]{0,3}")
"""A number with its signs, and a unit of a few letters."""
_LONGEST_FIGURE: Final = 24
"""Its characters; what is longer is a code, or several numbers."""
_DIGIT: Final = 1.12
"""A digit in half characters: in some fonts it is wider than that."""
_PICTURE: Final = (10, 30)
"""Half characters that a picture needs, and that it would have."""


@frozen
class Columns:
    """How a table is fitted into its width."""

    widths: Sequence[int]
    """In twips."""
    size: int
    """Which of the sizes of a table's text."""
    is_loose: bool
    """Whether there is room to spare, so that no column has to give way."""

    @property
    def margin(self) -> int:
        """Twips on either side of a cell's text."""
        return MARGINS[self.size]


def fitted(table: Table, width: int, sizes: Sequence[float]) -> Columns:
    """The table in a width in twips; ``sizes`` are those of its text in points, the usual one first.

    As in a browser, each column has room for its longest word, and of what is left as much as its longest line needs.
    Texts give way to figures, which are never broken: they stand in narrower columns, then the size is reduced.
    """
    cells = [[list(_lines(cell)) for cell in column] for column in _columns(table)]
    for at, size in enumerate(sizes):
        padding = 2 * MARGINS[at] + ceil(_ROOM * size)
        # A point is 20 twips, so half a character of it 10.
        word = _WHOLE_WORD if at < len(sizes) - 1 else 0
        across = [[ceil(10 * size * cell) + padding for cell in kind] for kind in _kinds(cells, _WORDS[at], word)]
        most, *least = across
        if at == 0 and sum(most) <= width:
            return Columns(_shares(width, most), 0, sum(most) < 0.85 * width)
        for needed in least:
            if sum(needed) <= width:
                more = _shares(width - sum(needed), [max(1, one - own) for one, own in zip(most, needed, strict=True)])
                widths = [one + own for one, own in zip(more, needed, strict=True)]
                return Columns(widths, at, is_loose=False)
    return Columns(_shares(width, needed), at, is_loose=False)


def lined(table: Table, columns: Columns, size: float) -> Table:
    """The table with line ends where a unit or a word of its head, or a day or a name in it, would be torn."""
    padding = 2 * columns.margin + ceil(_ROOM * size)

    def cell(found: Cell, at: int, *, is_head: bool) -> Cell:
        match found.blocks:
            case (Paragraph(inlines=(Text(text, style),)) as paragraph,):
                width = sum(columns.widths[at : at + found.columns])
                lines = [text]
                if is_head or _DAY.fullmatch(text):
                    lines = _HEAD_LINE.split(text) if is_head else _DAY_LINE.split(text)
                elif _NAME.fullmatch(text):
                    lines = name_lines(text, (width - 2 * columns.margin) / (10 * size))
                room = (width - padding) / (10 * size)
                if _reach(text) <= room or max(map(_reach, lines)) > room:
                    return found
                ended = [one for line in lines for one in (Break(), Text(line, style))][1:]
                return replace(found, blocks=(replace(paragraph, inlines=tuple(ended)),))
            case _:
                return found

    head, rows = (
        tuple(tuple(cell(one, at, is_head=is_head) for at, one in enumerate(row)) for row in rows)
        for rows, is_head in ((table.head, True), (table.rows, False))
    )
    return Table(head, rows)


def _columns(table: Table) -> list[list[Cell]]:
    """The cells of each column that stand in no other."""
    rows = [row for rows in (table.head, table.rows) for row in table.filled(rows)]
    return [[row[at] for row in rows if row[at].columns == 1] for at in range(table.columns)]


def _kinds(
    columns: Sequence[Sequence[Sequence[str | Picture]]], limits: Sequence[int], word: int
) -> Iterator[list[float]]:
    """Half characters of each column: those of its longest line, then what it needs by each limit."""
    for limit in (None, *limits):
        yield [
            max((_across(line, limit, word) for lines in cells for line in lines), default=0) or 2 for cells in columns
        ]


def _across(line: str | Picture, limit: int | None, word: int) -> float:
    if isinstance(line, Picture):
        return _PICTURE[limit is None]
    return _reach(line) if limit is None else max(_needed(line, limit), _longest_word(line, word))


def _longest_word(line: str, most: int) -> float:
    """Half characters of the longest word of letters, of those up to a length."""
    return max((reach for one in _LETTERS.findall(line) if (reach := _reach(one)) <= most), default=0)


def _shares(width: int, parts: list[int]) -> list[int]:
    return [width * one // sum(parts) for one in parts]


def _needed(line: str, limit: int) -> float:
    """Half characters of what is not broken in a line: all of it up to ``limit``, days, figures, words up to that."""
    return max(_needed_of(part, limit) for part in _UNIT.split(line))


def _needed_of(part: str, limit: int) -> float:
    whole, is_day = _reach(part), _DAY.fullmatch(part)
    if whole <= (_DAYS if is_day else limit):
        return whole
    if is_day:
        words = _DAY_LINE.split(part)
        return max((_reach(one) if _DAY.fullmatch(one) else min(_reach(one), limit) for one in words), default=0)
    unbroken = [*_ONE_DAY.findall(part), *filter(is_figure, _TOKEN.findall(part))]
    return max(*map(_reach, unbroken), *(min(_reach(one), limit) for one in part.split()), 0, 0)


def is_figure(word: str) -> bool:
    """Whether a word is a number that no line break may tear."""
    return len(word) <= _LONGEST_FIGURE and _FIGURE.fullmatch(word) is not None


def _reach(text: str) -> float:
    """Half characters of a text in one line."""
    digits = sum(char.isdigit() for char in text)
    return display_width(text) + (_DIGIT - 1) * digits + len(_WIDE.findall(text)) + len(_SPACED.findall(text)) / 2


def _lines(cell: Cell) -> Iterator[str | Picture]:
    for block in every(cell.blocks):
        for inlines in texts(block):
            yield from (one for one in inlines if isinstance(one, Picture))
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
