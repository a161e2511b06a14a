"""Tables that only lay out pictures, each with its caption below it, as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generator.render.documents.blocks import Block, Cell, Figure, Inlines, Paragraph, Table
from generator.tools.importers.lines import pictures, words
from generator.tools.importers.shapes import is_caption

_SHORT: Final = 30
"""Characters of an unmarked caption."""


def figures_of(block: Block) -> tuple[Block, ...]:
    """The figures of a table that holds pictures and captions alone, row by row; any other block as it is.

    A table of one column is none: there, a line below a picture may be the text that goes on.
    """
    if not isinstance(block, Table) or block.columns < 2:
        return (block,)
    rows = [row for row in (*block.head, *block.rows) if any(cell.blocks for cell in row)]
    found: list[Block] = []
    while rows:
        above, *rows = rows
        below = rows.pop(0) if rows and _are_captions(rows[0]) else ()
        made = [*_row(above, below)]
        if not made:
            return (block,)
        found += made
    return tuple(found)


def _row(above: Sequence[Cell], below: Sequence[Cell]) -> Iterator[Block]:
    """The figures of a row of pictures and the captions below; nothing where a cell holds anything else."""
    shown = [_shown(cell) for cell in above]
    said = [_blocks(cell) for cell in below]
    if None in shown or not any(shown) or len(said) not in (0, len(shown)):
        return
    found = [one or ((), ()) for one in shown]
    every = tuple(one for line, _ in found for one in line)
    if any(cell.columns > 1 for cell in below) and sum(map(bool, said)) == 1:
        # One caption across all of them.
        yield Figure(every, next(filter(None, said)))
        return
    if not any(said) and not any(own for _, own in found):
        # Lines below the table may be their captions.
        yield Paragraph(every)
        return
    for (line, own), caption in zip(found, said or [()] * len(found), strict=True):
        if line or caption or own:
            yield Figure(line, (*own, *caption)) if own or caption else Paragraph(line)


def _shown(cell: Cell) -> tuple[Inlines, tuple[Block, ...]] | None:
    """The pictures of a cell, and the captions that it holds itself; None for any other cell."""
    first, *rest = _blocks(cell) or (Paragraph(()),)
    if not isinstance(first, Paragraph) or not (pictures(first) or not first.inlines):
        return None
    return (first.inlines, tuple(rest)) if all(map(_is_short, rest)) and (first.inlines or not rest) else None


def _are_captions(row: Sequence[Cell]) -> bool:
    said = [one for cell in row for one in _blocks(cell)]
    return bool(said) and all(map(_is_short, said)) and all(len(_blocks(cell)) < 2 for cell in row)


def _is_short(block: Block) -> bool:
    text = words(block)
    return is_caption(text) or (0 < len(text) <= _SHORT and not text.endswith(("。", "！", "？", "；", "：")))


def _blocks(cell: Cell) -> tuple[Block, ...]:
    return tuple(one for one in cell.blocks if not isinstance(one, Paragraph) or one.inlines)
