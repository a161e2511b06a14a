"""How wide the columns of a table are, and how large its text is, in a Word file and in a PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from math import ceil, sqrt
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
_HEAD: Final = re.compile(r"[\u3400-\u9fff]{4,12}")
"""One in a head that may be in two lines."""
_EMPTY: Final = 16
"""Half characters of a column that is empty, for what somebody will write there."""
_NAME: Final = re.compile(r"[\u3400-\u9fff（）]{3,30}")
"""A name of Chinese characters, no sign of which stands alone on a line."""
_WHOLE_WORD: Final = 16
"""Half characters of a word of letters that is not broken, except in the smallest size."""
_LETTERS: Final = re.compile(r"[^\W\d_\u1100-\ud7ff\uf900-\uffef]+-?")
_WIDE: Final = re.compile("[—…“”‘’]")
"""Signs that are as wide as a character in a Chinese font, though other fonts have them in half of that."""
_SPACED: Final = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
"""Where there is a quarter of a character between letters of two scripts."""
_TOKEN: Final = re.compile(r"([（《“]?)([^\s\u2e80-\uffef]+)([）》”，、。]?)")
_FIGURE: Final = re.compile(r"[^\w\u2e80-\uffef]*[A-Za-z]{0,2}\d[^A-Za-z\u2e80-\uffef]*[A-Za-z]{0,3}")
"""A number with its signs, and before or behind it a few letters: K3+200, 35kV."""
_FROM_TO: Final = re.compile("(?<=[—～])(?=.)")
"""Where a range of numbers with letters may be broken."""
_LONGEST_FIGURE: Final = 24
"""Its characters; what is longer is a code, or several numbers."""
_DIGIT: Final = 1.16
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
    fits: bool = True
    """Whether no figure or word is torn."""

    @property
    def margin(self) -> int:
        """Twips on either side of a cell's text."""
        return MARGINS[self.size]


def fitted(table: Table, width: int, sizes: Sequence[float]) -> Columns:
    """The table in a width in twips; ``sizes`` are those of its text in points, the usual one first.

    As in a browser, each column has room for its longest word; what is left goes to those that make the table high.
    Texts give way to figures, which are never broken: they stand in narrower columns, then the size is reduced.
    """
    rows = _rows(table)
    longest, usual = zip(*(_wanted(rows, at) for at in range(table.columns)), strict=True)
    for at, size in enumerate(sizes):
        padding = 2 * MARGINS[at] + ceil(_ROOM * size)
        # A point is 20 twips, so half a character of it 10.
        half = 10 * size
        most = [ceil(half * one) + padding for one in longest]
        if at == 0 and sum(most) <= width:
            return Columns(_shares(width, most), 0, sum(most) < 0.85 * width)
        found: list[Sequence[int]] = []
        for least in _least(rows, table.columns, _WORDS[at], _WHOLE_WORD if at < len(sizes) - 1 else 0):
            needed = [ceil(half * one) + padding for one in least]
            if sum(needed) <= width:
                found += [_filled(width, needed, [half * one for one in kind], padding) for kind in (longest, usual)]
        if found:
            return Columns(min(found, key=lambda one: _height(rows, one, padding, half)), at, is_loose=False)
    return Columns(_shares(width, needed), at, is_loose=False, fits=False)


@frozen
class _Cell:
    """What stands in a cell that is in one column."""

    lines: tuple[str | Picture, ...]
    reach: tuple[float, ...]
    """Half characters of each line."""
    is_head: bool


def _rows(table: Table) -> list[dict[int, _Cell]]:
    """The cells of each row by their columns, without those in several."""
    rows = []
    for found, is_head in ((table.head, True), (table.rows, False)):
        for row in table.filled(found):
            lines = ((at, tuple(_lines(cell))) for at, cell in enumerate(row) if cell.columns == 1)
            rows.append({at: _Cell(one, tuple(map(_whole, one)), is_head) for at, one in lines})
    return rows


def _wanted(rows: Sequence[dict[int, _Cell]], at: int) -> tuple[float, float]:
    """Half characters that a column would have: those of its longest line, and what is usual in it."""
    cells = [row[at].reach for row in rows if at in row]
    reach = [max(cell) for cell in cells if cell]
    if not any(reach):
        return _EMPTY, _EMPTY
    return max(reach), sqrt(sum(one * one for one in reach) / len(reach))


def _least(rows: Sequence[dict[int, _Cell]], columns: int, limits: Sequence[int], word: int) -> Iterator[list[float]]:
    """Half characters that each column has at least by each limit, with heads whole, and in more and more lines."""
    for limit, divided in product(limits, (_as_written, _in_two, _in_three)):
        yield [
            max((_needed_in(row[at], limit, word, divided) for row in rows if at in row), default=0) or 2
            for at in range(columns)
        ]


def _needed_in(cell: _Cell, limit: int, word: int, divided: Callable[[str], Iterable[str]]) -> float:
    parts = (
        part
        for line in cell.lines
        for part in (divided(line) if cell.is_head and not isinstance(line, Picture) else (line,))
    )
    return max((_across(part, limit, word) for part in parts), default=0)


def _as_written(line: str) -> Iterable[str]:
    return (line,)


def _in_two(line: str) -> Iterable[str]:
    """A line of a head; one of several words, without a unit below it, as two lines."""
    middle = 2 * ceil(len(line) / 4) if _HEAD.fullmatch(line) else 0
    return (line[:middle], line[middle:]) if middle else (line,)


def _in_three(line: str) -> Iterable[str]:
    """The same, and one with a unit as three."""
    return (one for part in _HEAD_LINE.split(line) for one in _in_two(part))


def _filled(width: int, needed: Sequence[int], texts: Sequence[float], padding: int) -> list[int]:
    """Columns that have what they need, and the others so much that the texts in all of them have as many lines."""
    low, high = 0.0, 1.0
    for _ in range(20):
        part = (low + high) / 2
        fits = sum(max(own, part * text + padding) for own, text in zip(needed, texts, strict=True)) <= width
        low, high = (part, high) if fits else (low, part)
    found = [max(own, int(low * text + padding)) for own, text in zip(needed, texts, strict=True)]
    return [one + more for one, more in zip(found, _shares(width - sum(found), found), strict=True)]


def _height(rows: Sequence[dict[int, _Cell]], widths: Sequence[int], padding: int, half: float) -> int:
    """The lines of all rows."""
    rooms = [max(1, (width - padding) / half) for width in widths]
    return sum(
        max((sum(ceil(one / rooms[at]) for one in cell.reach) for at, cell in row.items()), default=1) for row in rows
    )


def lined(table: Table, columns: Columns, size: float) -> Table:
    """The table with line ends where a unit or a word of its head, or a day or a name in it, would be torn."""
    padding = 2 * columns.margin + ceil(_ROOM * size)

    def cell(found: Cell, at: int, *, is_head: bool) -> Cell:
        match found.blocks:
            case (Paragraph(inlines=(Text(text, style),)) as paragraph,):
                width = sum(columns.widths[at : at + found.columns])
                # A Chinese character is as wide in every font.
                room, in_chinese = ((width - space) / (10 * size) for space in (padding, 2 * columns.margin))
                lines = [text]
                if _DAY.fullmatch(text):
                    lines = _DAY_LINE.split(text)
                elif is_head:
                    lines = [one for part in _HEAD_LINE.split(text) for one in _short(part, in_chinese)]
                elif _NAME.fullmatch(text):
                    lines = name_lines(text, in_chinese)
                if _reach(text) <= room or max(map(_reach, lines)) > in_chinese:
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


def _whole(line: str | Picture) -> float:
    return _PICTURE[1] if isinstance(line, Picture) else _reach(line)


def _across(line: str | Picture, limit: int, word: int) -> float:
    return _PICTURE[0] if isinstance(line, Picture) else max(_needed(line, limit), _longest_word(line, word))


def _short(part: str, room: float) -> list[str]:
    """A part of a head in lines of words, where it has no room in one."""
    name = part.rstrip("、")
    if not _NAME.fullmatch(name) or _reach(part) <= room:
        return [part]
    *above, last = name_lines(name, room - display_width(part[len(name) :]))
    return [*above, last + part[len(name) :]]


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
    unbroken = [*_ONE_DAY.findall(part), *_figures(part)]
    return max(*map(_reach, unbroken), *(min(_reach(one), limit) for one in part.split()), 0, 0)


def _figures(text: str) -> Iterator[str]:
    """The numbers in a text, each with the signs that go with it to another line."""
    for before, word, behind in _TOKEN.findall(text):
        if is_figure(word):
            yield before + word + behind
        elif len(parts := _FROM_TO.split(word)) > 1 and all(map(is_figure, parts)):
            yield from (before + parts[0], *parts[1:-1], parts[-1] + behind)


def is_figure(word: str) -> bool:
    """Whether a word is a number that no line break may tear."""
    return len(word) <= _LONGEST_FIGURE and _FIGURE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
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
