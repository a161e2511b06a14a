"""Tables of an official document that have no room on a page: they stand on pages of their own, on their sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from generator.render.documents.annex_ends import SIGNED_BELOW
from generator.render.documents.annexes import ANNEX, ANNEX_TITLE, BLANK, ENCLOSED_TITLE
from generator.render.documents.blocks import Block, Blocks, Cell, Heading, Landscape, Paragraph, Table
from generator.render.documents.columns import fitted
from generator.render.documents.placed import CAPTION, UNIT
from generator.render.documents.runs import plain
from generator.render.documents.sizes import TEXT_WIDTH
from generator.render.documents.walk import every, texts

SIZES: Final = (12, 10.5, 9)
"""Of a table's text in points: 小四 or 五号, and 小五 where it has more columns than a page has room for."""
LANDSCAPE_WIDTH: Final = 637
"""The width of the text in points where the long side of the page is at the foot: 225 mm."""
_WITH_TABLE: Final = (ANNEX, ANNEX_TITLE, BLANK, CAPTION, ENCLOSED_TITLE, UNIT)
"""What stands above a table and goes with it to its page."""
_SIGNED: Final = (BLANK, SIGNED_BELOW)
_LABELLED: Final = re.compile(r"\s*[（(*]?\s*[\u4e00-\u9fff]{1,6}\d?\s*[：:.．]")
_LONGEST: Final = 80
"""Characters of a line below a table."""
_NUMBERS: Final = re.compile(r"\s*(?:[序编]\s*号?|No\.?)\s*")
"""The head of a first column that only numbers the rows, so that the second says what they are of."""


def turned(blocks: Blocks) -> Blocks:
    """The blocks, with tables that are too wide for a page on others, where each has the size of its text at least.

    One that is too wide for these, too, is divided: below its first columns stand these again with further ones.
    """
    out: list[Block] = []
    for block in blocks:
        if out and isinstance(around := out[-1], Landscape) and _stands_below(block):
            out[-1] = Landscape((*around.blocks, block))
            continue
        if not isinstance(block, Table) or _fits(block, TEXT_WIDTH):
            out.append(block)
            continue
        start = len(out)
        while start and _goes_along(out[start - 1]):
            start -= 1
        found = (*out[start:], *_divided(block))
        del out[start:]
        if out and isinstance(above := out[-1], Landscape):
            out[-1] = Landscape((*above.blocks, *found))
        else:
            out.append(Landscape(found))
    return tuple(out)


def _goes_along(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.role in _WITH_TABLE)


def _stands_below(block: Block) -> bool:
    """Whether a line says something of the table above it: 注：, 填表人：, or signs it."""
    if not isinstance(block, Paragraph):
        return False
    text = plain(block.inlines)
    return block.role in _SIGNED or (not block.role and len(text) <= _LONGEST and _LABELLED.match(text) is not None)


def _fits(table: Table, width: int) -> bool:
    return fitted(table, 20 * width, SIZES).fits


def _divided(table: Table) -> Iterator[Table]:
    """The table in as many parts as it needs, each with the first columns, and about as many of the others."""
    kept = _kept(table)
    places = [at for at in range(kept, table.columns + 1) if _may_end(table, at)]
    if _fits(table, LANDSCAPE_WIDTH) or kept not in places:
        yield table
        return
    parts = [table]
    for number in range(2, len(places)):
        ends = [places[round(at * (len(places) - 1) / number)] for at in range(number + 1)]
        parts = [_part(table, kept, start, end) for start, end in pairwise(ends)]
        if all(_fits(one, LANDSCAPE_WIDTH) for one in parts):
            break
    yield from parts


def _kept(table: Table) -> int:
    """How many columns say what the rows are of."""
    first = [plain(line) for row in table.head for one in every(row[0].blocks) for line in texts(one)]
    return 2 if any(map(_NUMBERS.fullmatch, first)) else 1


def _may_end(table: Table, at: int) -> bool:
    """Whether no cell reaches over the beginning of a column."""
    return all(at >= len(row) or row[at].covered != "left" for row in (*table.head, *table.rows))


def _part(table: Table, kept: int, start: int, end: int) -> Table:
    """Some columns of a table, below the first ones."""

    def rows(found: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
        return tuple((*row[:kept], *row[start:end]) for row in table.filled(found))

    return replace(table, head=rows(table.head), rows=rows(table.rows))
