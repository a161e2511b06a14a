"""Reads plain text: each line is a paragraph, as people type it; what was saved or copied out of a sheet is a table."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from generator.ground.messages import say
from generator.render.documents.blocks import Cell, Paragraph, Table, Text
from generator.tools.importers.day_columns import has_several, names_day
from generator.tools.importers.diary_cells import apart
from generator.tools.importers.diary_tables import diary_of
from generator.tools.importers.manuscript import LeftOut, Piece

_EDGE: Final = " \t\u3000\xa0"
_OF_SHEETS: Final = ',"'
"""What parts the cells of a sheet that was saved as text."""


def read_text(text: str) -> tuple[tuple[Piece, ...], tuple[LeftOut, ...]]:
    """What a text says, and the signs of a sheet that was saved as one. Raises Fault for a sheet that is too large."""
    where = say("line {line}", line=1)
    if not (table := _sheet(text)):
        return tuple(_pieces(text)), ()
    kept = "".join(one.text for row in table.rows for cell in row for block in cell.blocks for one in block.inlines)  # type: ignore[union-attr]
    signs = Counter(one for one in text if one in _OF_SHEETS) - Counter(kept)
    left_out = LeftOut(kind=say("the signs between the cells of a sheet"), text="".join(signs.elements()), where=where)
    return (Piece(block=table, where=where),), (left_out,)


def _sheet(text: str) -> Table | None:
    """A diary that was saved as a sheet with commas between its cells; None for any other text."""
    try:
        first = next(csv.reader(text.lstrip().splitlines()[:1]), [])
        if len(first) < 2 or not (any(map(_names_day, first)) or apart(first)):
            return None
        rows = [row for row in csv.reader(text.splitlines(keepends=True)) if any(map(str.strip, row))]
    except csv.Error:
        return None
    if len(rows) < 2 or len({*map(len, rows)}) > 1:
        return None
    table = Table(head=(), rows=tuple(tuple(map(_cell, row)) for row in rows))
    return table if _is_kept(table) else None


def _names_day(heading: str) -> bool:
    return names_day(heading) or heading.strip(_EDGE).endswith(("日期", "时间"))


def _is_kept(table: Table) -> bool:
    """Whether a table is a diary, or nobody but a person knows which of its days are those of the work."""
    return bool(diary_of(table)) or has_several(table)


def _pieces(text: str) -> Iterator[Piece]:
    """A paragraph for each line that is not empty; a table for lines with tabs that are a diary kept in a sheet.

    Raises Fault for a sheet that is too large.
    """
    numbered = enumerate(text.split("\n"), 1)
    for is_row, group in groupby(numbered, key=lambda one: one[1].count("\t") > 0 and bool(one[1].strip(_EDGE))):
        lines = list(group)
        table = _table([line for _, line in lines]) if is_row and len(lines) > 1 else None
        if table and (_is_kept(table) if len(lines) > 2 else has_several(table)):
            yield Piece(block=table, where=say("line {line}", line=lines[0][0]))
            continue
        for number, line in lines:
            if words := line.strip(_EDGE):
                yield Piece(block=Paragraph((Text(words),)), where=say("line {line}", line=number))


def _table(lines: Sequence[str]) -> Table:
    return Table(head=(), rows=tuple(tuple(map(_cell, line.split("\t"))) for line in lines))


def _cell(text: str) -> Cell:
    return Cell(tuple(Paragraph((Text(line.strip(_EDGE)),)) for line in text.split("\n") if line.strip(_EDGE)))
