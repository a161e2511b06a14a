"""Cells of a web page's table that span others: what they say stands in the first, the others stay empty.

No table may have more cells than a person reads: one long row makes all the others as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from generator.ground.errors import Fault
from generator.ground.messages import say

_WIDEST: Final = 64
"""Columns to which a span counts."""
_LONGEST: Final = 65_534
"""Rows, as in browsers."""


MOST: Final = 200_000
"""Cells of a table, and empty ones in a page."""


def check_cells(columns: int, rows: int) -> None:
    """Raises Fault for a table with too many cells, be they empty."""
    if columns * rows > MOST:
        fact = say("a table in it has {columns} columns and {rows} rows", columns=columns, rows=rows)
        raise Fault(fact, say("copy what belongs in the log into a new file"))


def spread(table: Any, most: int) -> int:
    """Puts in the empty cells that a table's spans stand for: Markdown knows no spans, and its columns must agree.

    Gives how many. Raises Fault where they are more than ``most``.
    """
    groups: dict[Any, dict[int, int]] = defaultdict(dict)
    count = 0
    for row in _rows(table):
        # A span ends with its group of rows.
        for _ in _spread_row(row, groups[row.getparent()]):
            count += 1
            if count > most:
                raise Fault(say("cells of its tables span too many others"), say("copy its text into a new file"))
    return count


def _rows(table: Any) -> Iterator[Any]:
    for one in table:
        if one.tag == "tr":
            yield one
        elif one.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in one if row.tag == "tr")


def _spread_row(row: Any, spanned: dict[int, int]) -> Iterator[None]:
    """Fills up a row, cell by cell. ``spanned`` has the columns that cells above it span, each with the rows left."""
    below: dict[int, int] = {}
    column = 0
    for cell in [one for one in row if one.tag in ("td", "th")]:
        while column in spanned:
            yield cell.addprevious(cell.makeelement("td"))
            column += 1
        width = max(1, min(_number(cell, "colspan"), _WIDEST))
        for _ in range(width - 1):
            empty = cell.makeelement("td")
            empty.tail, cell.tail = cell.tail, None
            yield cell.addnext(empty)
        more = (_number(cell, "rowspan") or _LONGEST) - 1
        below |= dict.fromkeys(range(column, min(column + width, _WIDEST)), more)
        # Whoever reads the table next must not spread it again.
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
        column += width
    for at in list(spanned):
        spanned[at] -= 1
    spanned |= below
    for at in [at for at, rows in spanned.items() if rows <= 0]:
        del spanned[at]


def _number(cell: Any, name: str) -> int:
    """A span; 0 means all rows that are left, and what is no number means one."""
    written = (cell.get(name) or "").strip()
    return min(int(written), _LONGEST) if written.isascii() and written.isdecimal() and len(written) < 9 else 1
