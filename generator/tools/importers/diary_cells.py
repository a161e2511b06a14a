"""The cells of tables that are diaries: their words, and the days that they say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.render.documents.blocks import Anchor, Break, Cell, Heading, Paragraph, Text
from generator.render.documents.runs import plain
from generator.tools.importers import date_words
from generator.tools.importers.carried import carries
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind
from generator.tools.importers.date_lines import read

_YEARS: Final = ("年", "年份", "年度")
_MONTHS: Final = ("月", "月份")
_DAYS: Final = ("日", "日期", "号")
_DATE: Final = "日期"
_WEEK: Final = frozenset("一二三四五六")
_NUMBER: Final = re.compile(rf"\s*({date_words.NUMBER}(?:\s*[-~—–～至、]\s*{date_words.NUMBER})?)\s*[月日号]?\s*")
_YEAR: Final = re.compile(rf"\s*({date_words.YEAR}|\d\d)\s*年?\s*")
_SUM: Final = re.compile(r"\s*(?:[合总小共累]\s*计|汇\s*总|总\s*数)\s*[:：]?\s*")
"""What stands in the place of a day below the days, and is none."""
AMOUNT: Final = re.compile(r"\s*\d{1,2}[./]\d{1,2}\s*")
"""What is no day where nothing says that it is: 3.2."""
_CLOCK: Final = re.compile(r"[\d:\s~至到-]+")
_COUNTED: Final = re.compile(r"\s*([2-6]\d{4})(?:\.\d+)?\s*")
_OF_MONTH: Final = r"([1-9]|[12]\d|3[01])"
_NUMBERS: Final = re.compile(rf"{_OF_MONTH}(?:\s*([-~至到、])\s*{_OF_MONTH})?", re.ASCII)
_SEVERAL: Final = re.compile(rf"\s*{_NUMBERS.pattern}日\s*", re.ASCII)
"""Several days without their month: 8-10日."""
_FIRST_DAYS: Final = (datetime.date(1899, 12, 30), datetime.date(1904, 1, 1))
_TOO_LATE: Final = 2100
_LIKE_A_DAY: Final = re.compile(r"[\d周月日号旬节末假]|星期")
_LONGEST: Final = 60
"""Characters of a cell that says a day, or something about it."""


def cell_text(cell: Cell) -> str:
    """The text of a cell, if it is but a few words without anything else; else empty."""
    lines = [block.inlines for block in cell.blocks if isinstance(block, Paragraph | Heading)]
    is_plain = all(isinstance(one, Text | Break | Anchor) for line in lines for one in line)
    text = " ".join(filter(None, (plain(line).strip() for line in lines)))
    return text if is_plain and len(lines) == len(cell.blocks) and len(text) <= _LONGEST else ""


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing at all."""
    return all(
        isinstance(block, Paragraph | Heading)
        and all(isinstance(one, Text | Break | Anchor) for one in block.inlines)
        and not plain(block.inlines).strip()
        for block in cell.blocks
    )


def holds_more(cell: Cell) -> bool:
    """Whether a cell holds links or the like, which no field of a front matter takes."""
    return any(map(carries, cell.blocks))


def with_whole_days(grid: Sequence[list[Cell]], most: int) -> list[list[Cell]]:
    """The rows with one cell for the year, the month and the day that stand apart below their names.

    What is blank goes on.
    """
    for head, row in enumerate(grid[:most]):
        if (found := apart([cell_text(cell) for cell in row])) and len(row) > 2:
            rows = [*_merged(grid[: head + 1], *found), *_merged(grid[head + 1 :], *found)]
            # A second list may stand to the right.
            return with_whole_days(rows, most)
    return _with_units(grid, most)


def _with_units(grid: Sequence[list[Cell]], most: int) -> list[list[Cell]]:
    """The rows with a sign behind the days that are numbers below their name, whose month stands above the table."""
    for head, row in enumerate(grid[:most]):
        names = ["".join(cell_text(cell).split()) for cell in row]
        column = next((at for at, name in enumerate(names) if name in ("日", _DATE)), None)
        # In a calendar, 日 is a Sunday.
        if column is not None and not _WEEK & {*names} and _are_numbers([one[column] for one in grid[head + 1 :]]):
            rows = [_with_text(one, column, "日") for one in grid[head + 1 :]]
            return [*grid[:head], [*row[:column], _cell(_DATE), *row[column + 1 :]], *rows]
    return list(grid)


def _are_numbers(cells: Sequence[Cell]) -> bool:
    """Whether cells are days of a month one after the other, without any sign."""
    said = [cell_text(cell) for cell in cells if not is_empty(cell)]
    found = [_NUMBERS.fullmatch(date_words.folded(text)) for text in said]
    days = [int(one[1]) for one in found if one]
    # Where all are several, 3-4 may be a month and its day.
    is_single = any(one and not one[2] for one in found)
    return len(days) == len(said) > 1 and days == sorted(days) and is_single


def _with_text(row: list[Cell], column: int, sign: str) -> list[Cell]:
    text = cell_text(row[column])
    return [*row[:column], _cell(f"{text}{sign}"), *row[column + 1 :]] if text else row


def _cell(text: str) -> Cell:
    return Cell((Paragraph((Text(text),)),))


def apart(headings: Sequence[str]) -> tuple[int, int] | None:
    """From where to where columns for the year, the month and the day stand next to each other."""
    names = ["".join(one.split()) for one in headings]
    at = next((n for n in range(len(names) - 1) if names[n] in _MONTHS and names[n + 1] in _DAYS), None)
    return None if at is None else (at - (at > 0 and names[at - 1] in _YEARS), at + 2)


def _merged(rows: Sequence[list[Cell]], first: int, end: int) -> Iterator[list[Cell]]:
    patterns, units = (_YEAR, _NUMBER, _NUMBER)[first - end :], "年月日"[first - end :]
    kept = [""] * len(units)
    for row in rows:
        cells = row[first:end]
        said = [pattern.fullmatch(cell_text(cell)) for pattern, cell in zip(patterns, cells, strict=True)]
        kept = [
            found[1] if found else before if is_empty(cell) else ""
            for found, before, cell in zip(said, kept, cells, strict=True)
        ]
        blocks = tuple(block for cell in cells for block in cell.blocks)
        if said[-1] and kept[-2] and all(found or is_empty(cell) for found, cell in zip(said, cells, strict=True)):
            day = "".join(f"{number}{unit}" for number, unit in zip(kept, units, strict=True) if number)
            blocks = _cell(day).blocks
        elif not any(said) and cell_text(cells[-2]) in _MONTHS:
            blocks = _cell(_DATE).blocks
        yield [*row[:first], Cell(blocks), *row[end:]]


def day_of_cell(cell: Cell) -> DateLine | None:
    """What a cell says of a day, if it says nothing that goes on."""
    text = cell_text(cell)
    several = _SEVERAL.fullmatch(date_words.folded(text))
    line = read(f"{several[1]}日{several[2]}{several[3]}日" if several and several[2] else text)
    if line is None or line.is_measured or (line.kind is Kind.ASK and line.is_doubtful):
        return None
    if line.kind is Kind.PUBLISHED and line.day:
        # In a table the clock behind a day is that of the work.
        line = replace(line, kind=Kind.ENTRY, title="")
    if line.kind is Kind.RUN_IN and len(line.rest) <= LONGEST_TITLE:
        line = replace(line, kind=Kind.ENTRY, title=line.rest, rest="")
    if _CLOCK.fullmatch(date_words.folded(line.title)):
        line = replace(line, title="")
    is_day = line.kind in (Kind.ENTRY, Kind.ASK)
    return replace(line, written=cell_text(cell), is_doubtful=False, is_bare=False) if is_day else None


def unread_day(text: str) -> DateLine | None:
    """What stands in the place of a day and cannot be read: 周末. A remark only may begin an entry."""
    if not text or _SUM.fullmatch(text):
        return None
    if counted := counted_day(text):
        return counted
    found = read(text)
    if found and found.kind is Kind.MONTH:
        return found
    weekday = found.weekday if found else None
    is_doubtful = not _LIKE_A_DAY.search(date_words.folded(text))
    return DateLine(kind=Kind.ASK, written=text, weekday=weekday, is_doubtful=is_doubtful)


def counted_day(text: str) -> DateLine | None:
    """What a sheet that shows its days as numbers may mean by one: counted from 1900, or from 1904 on old Macs."""
    found = _COUNTED.fullmatch(date_words.folded(text))
    days = [] if found is None else [first + datetime.timedelta(int(found[1])) for first in _FIRST_DAYS]
    readings = tuple((day.year, day.month, day.day) for day in days if day.year < _TOO_LATE)
    return DateLine(kind=Kind.ASK, written=text, readings=readings) if readings else None
