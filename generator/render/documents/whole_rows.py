"""How tall the rows of a table are, and which of them a PDF has on one page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import display_width
from generator.render.documents.blocks import Cell, Listing, Paragraph, Picture, Table
from generator.render.documents.runs import plain
from generator.render.documents.walk import every, texts

_SIZE: Final = 12
"""Points of a character in a table, at most."""
_MOST: Final = 15
"""Lines of a row, or of a table, that is not divided between two pages, about a third of one."""


@frozen
class Division:
    """What of a table is not divided between two pages."""

    rows: tuple[bool, ...]
    """Of each row below the head, whether it is not."""
    is_whole: bool
    """Whether all of the table is not."""
    last: int
    """How many rows at the end stand on one page, so that none stands there alone; none in a table that is whole."""


def division(table: Table, width: float) -> Division:
    """``width`` is that of a column in points."""
    rows = list(table.filled(table.rows))
    # What does not fit on a page with the head would run out of it, if it were not divided.
    above = sum(_lines(row, width) for row in table.head)
    most = min(_MOST, 2 * _MOST - above)
    heights = [_lines(row, width) for row in rows]
    is_whole = above + sum(heights) <= _MOST
    begins = not any(cell.covered == "above" for row in rows[-2:-1] for cell in row)
    is_joined = not is_whole and begins and sum(heights[-2:]) <= most
    return Division(tuple(height <= most for height in heights), is_whole, 2 if is_joined else 0)


def _lines(row: Sequence[Cell], width: float) -> float:
    """The lines of a row, at most; without end for one that holds more than text."""
    across = max(1, width / _SIZE)
    found = [list(every(cell.blocks)) for cell in row]
    inlines = [[line for block in cell for line in texts(block)] for cell in found]
    is_text = all(isinstance(one, Paragraph | Listing) for cell in found for one in cell)
    if not is_text or any(isinstance(one, Picture) for cell in inlines for line in cell for one in line):
        return inf
    return max(
        (sum(ceil(max(1, display_width(plain(line)) / 2) / across) for line in cell) for cell in inlines), default=0
    )
