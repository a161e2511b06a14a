"""The cells of tables that are diaries: their words, and the days that they say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from generator.render.documents.blocks import Anchor, Break, Cell, Heading, Paragraph, Text
from generator.render.documents.runs import plain
from generator.tools.importers import date_words
from generator.tools.importers.carried import carries
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind
from generator.tools.importers.date_lines import read

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
    if not text:
        return None
    found = read(text)
    if found and found.kind is Kind.MONTH:
        return found
    weekday = found.weekday if found else None
    is_doubtful = not _LIKE_A_DAY.search(date_words.folded(text))
    return DateLine(kind=Kind.ASK, written=text, weekday=weekday, is_doubtful=is_doubtful)
