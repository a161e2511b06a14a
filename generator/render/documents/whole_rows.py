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

_MOST: Final = 15
"""Lines of a row that is not divided between two pages, about a third of one."""
_HIGHEST: Final = 28
"""Those of a row that has room on a page, with a head and who signs below it."""
_SHORT: Final = 7
"""Those of a table that is not, with its head. A longer one would leave too much of a page empty."""


@frozen
class Division:
    """What of a table is not divided between two pages."""

    rows: tuple[bool, ...]
    """Of each row below the head, whether it is not."""
    is_whole: bool
    """Whether all of the table is not."""
    first: int
    """How many rows at the beginning stand on one page, so that none is alone there; none where the table is whole."""
    last: int
    """The same at the end."""
    has_end: bool
    """Whether the last row has room on a page, so that what stands below the table may be on the page of all of it."""


def division(table: Table, widths: Sequence[float], size: float) -> Division:
    """``widths`` are those of the columns, ``size`` is that of a character, in points."""
    rows = list(table.filled(table.rows))
    # What does not fit on a page with the head would run out of it, if it were not divided.
    above = sum(_lines(row, widths, size) for row in table.head)
    most = min(_MOST, 2 * _MOST - above)
    heights = [_lines(row, widths, size) for row in rows]
    is_whole = above + sum(heights) <= _SHORT
    # Of three, the two at the end would leave one alone.
    first = 3 if len(rows) == 3 else 2
    # No cell reaches from these rows into others.
    is_begun, is_ended = (
        not is_whole and sum(pair) <= most and not any(cell.covered == "above" for row in below for cell in row)
        for pair, below in ((heights[:first], rows[first : first + 1]), (heights[-2:], rows[-2:-1]))
    )
    has_end = len(rows) > 1 and heights[-1] <= _HIGHEST - above and not any(one.covered == "above" for one in rows[-1])
    whole = tuple(height <= most for height in heights)
    return Division(whole, is_whole, first * is_begun, 2 * is_ended, has_end)


def _lines(row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    """The lines of a row, at most; without end for one that holds more than text."""
    found = [list(every(cell.blocks)) for cell in row]
    inlines = [[line for block in cell for line in texts(block)] for cell in found]
    is_text = all(isinstance(one, Paragraph | Listing) for cell in found for one in cell)
    if not is_text or any(isinstance(one, Picture) for cell in inlines for line in cell for one in line):
        return inf
    across = (max(1, sum(widths[at : at + cell.columns]) / size - 1) for at, cell in enumerate(row))
    return max(
        (
            sum(ceil(max(1, display_width(plain(line)) / 2) / wide) for line in cell)
            for cell, wide in zip(inlines, across, strict=True)
        ),
        default=0,
    )
