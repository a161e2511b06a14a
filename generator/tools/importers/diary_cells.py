"""The cells of tables that are diaries: their words, and the days that they say."""

from __future__ import annotations

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

_MONTHS: Final = ("月", "月份")
_DAYS: Final = ("日", "日期", "号")
_DATE: Final = "日期"
_NUMBER: Final = re.compile(rf"\s*({date_words.NUMBER}(?:\s*[-~—–～至、]\s*{date_words.NUMBER})?)\s*[月日号]?\s*")
_SUM: Final = re.compile(r"\s*(?:[合总小共累]\s*计|汇\s*总|总\s*数)\s*[:：]?\s*")
"""What stands in the place of a day below the days, and is none."""
_CLOCK: Final = re.compile(r"[\d:\s~至到-]+")
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
    """The rows with one cell for the month and the day that stand in two, below their names; what is blank goes on."""
    for head, row in enumerate(grid[:most]):
        names = ["".join(cell_text(cell).split()) for cell in row]
        at = next((n for n in range(len(names) - 1) if names[n] in _MONTHS and names[n + 1] in _DAYS), None)
        if at is not None and len(row) > 2:
            return [*_merged(grid[: head + 1], at), *_merged(grid[head + 1 :], at)]
    return list(grid)


def _merged(rows: Sequence[list[Cell]], at: int) -> Iterator[list[Cell]]:
    month = ""
    for row in rows:
        found, day = _NUMBER.fullmatch(cell_text(row[at])), _NUMBER.fullmatch(cell_text(row[at + 1]))
        month = found[1] if found else month if is_empty(row[at]) else ""
        blocks = (*row[at].blocks, *row[at + 1].blocks)
        if month and day:
            blocks = (Paragraph((Text(f"{month}月{day[1]}日"),)),)
        elif not found and not day and cell_text(row[at]) in _MONTHS:
            blocks = (Paragraph((Text(_DATE),)),)
        yield [*row[:at], Cell(blocks), *row[at + 2 :]]


def day_of_cell(cell: Cell) -> DateLine | None:
    """What a cell says of a day, if it says nothing that goes on."""
    line = read(cell_text(cell))
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
    found = read(text)
    if found and found.kind is Kind.MONTH:
        return found
    weekday = found.weekday if found else None
    is_doubtful = not _LIKE_A_DAY.search(date_words.folded(text))
    return DateLine(kind=Kind.ASK, written=text, weekday=weekday, is_doubtful=is_doubtful)
