"""Reads plain text: each line is a paragraph, as people type it, and what was copied out of a sheet is a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.ground.messages import say
from generator.render.documents.blocks import Cell, Paragraph, Table, Text
from generator.tools.importers.diary_tables import diary_of
from generator.tools.importers.manuscript import Piece

_EDGE = " \t\u3000\xa0"


def pieces(text: str) -> Iterator[Piece]:
    """A paragraph for each line that is not empty; a table for lines with tabs that are a diary kept in a sheet.

    Raises Fault for a sheet that is too large.
    """
    numbered = enumerate(text.split("\n"), 1)
    for is_row, group in groupby(numbered, key=lambda one: one[1].count("\t") > 0 and bool(one[1].strip(_EDGE))):
        lines = list(group)
        table = _table([line for _, line in lines]) if is_row and len(lines) > 2 else None
        if table and diary_of(table):
            yield Piece(block=table, where=say("line {line}", line=lines[0][0]))
            continue
        for number, line in lines:
            if words := line.strip(_EDGE):
                yield Piece(block=Paragraph((Text(words),)), where=say("line {line}", line=number))


def _table(lines: Sequence[str]) -> Table:
    cells = ([Cell((_paragraph(cell),) if cell.strip(_EDGE) else ()) for cell in line.split("\t")] for line in lines)
    return Table(head=(), rows=tuple(map(tuple, cells)))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text.strip(_EDGE)),))
