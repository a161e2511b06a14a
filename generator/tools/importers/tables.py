"""Tables that only lay out a page, unfolded: a diary in a frame is read as text, one in rows stays a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generator.render.documents.blocks import Block, Blocks, Cell, Inline, Paragraph, Table, Text
from generator.tools.importers.diary_tables import diary_of
from generator.tools.importers.texts_of import text_of

_LONG: Final = 200
"""Characters from which the text of a cell with several paragraphs is no entry of a table."""


def laid_out(table: Table) -> Blocks:
    """A diary in rows or forms as it is, since its cells say what belongs to which day; any other table unfolded."""
    return (table,) if diary_of(table) else unfolded(table)


def unfolded(table: Table) -> Blocks:
    """The table; or what is in it, row by row, if Markdown could not write it as one without losing paragraphs."""
    rows = [*table.head, *table.rows]
    cells = [cell for row in rows for cell in row]
    if table.columns > 1 and not any(map(_is_layout, cells)):
        return (table,)
    return tuple(block for row in rows for block in _row(row))


def _is_layout(cell: Cell) -> bool:
    others = [block for block in cell.blocks if not isinstance(block, Paragraph)]
    return bool(others) or (len(cell.blocks) > 1 and len(text_of(cell.blocks)) > _LONG)


def _row(row: Sequence[Cell]) -> Iterator[Block]:
    """The blocks of a row; cells of one short paragraph that stand side by side become one line."""
    line: list[Inline] = []
    for cell in row:
        match cell.blocks:
            case (Paragraph(inlines=inlines),) if len(text_of(cell.blocks)) < _LONG:
                line += [*([Text(" ")] if line else []), *inlines]
            case _:
                if line:
                    yield Paragraph(tuple(line))
                line = []
                for block in cell.blocks:
                    yield from laid_out(block) if isinstance(block, Table) else (block,)
    if line:
        yield Paragraph(tuple(line))
