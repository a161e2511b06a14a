"""Tables of official documents: heads, and columns of short texts and figures, stand in the middle of their cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from generator.ground.text import display_width
from generator.render.documents.blocks import Cell, Paragraph, Table
from generator.render.documents.runs import plain

_SHORT: Final = 16
"""Half characters of a text that stands in the middle."""


def centred(table: Table) -> Table:
    """The table with that, except where its writer aligned a column."""
    rows = list(table.filled(table.rows))
    short = {at for at in range(table.columns) if all(_is_short(row[at]) for row in rows)}
    head = tuple(tuple(map(_centred, row)) for row in table.head)
    return Table(
        head, tuple(tuple(_centred(one) if at in short else one for at, one in enumerate(row)) for row in rows)
    )


def _centred(cell: Cell) -> Cell:
    return cell if cell.align else replace(cell, align="center")


def _is_short(cell: Cell) -> bool:
    return all(isinstance(one, Paragraph) and display_width(plain(one.inlines)) <= _SHORT for one in cell.blocks)
