"""Who signs an annex: an office and a day at its end stand at the right, as those of the document do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.render.documents.annexes import BLANK
from generator.render.documents.blocks import Block, Blocks, Paragraph
from generator.render.documents.closing import at_the_right
from generator.render.documents.typed_endings import Kind, known, surely_signs, unadorned

SIGNED_BELOW: Final = "signed-below"
"""The role of such a line."""


def signed_below(blocks: Blocks) -> Iterator[Block]:
    """The text of an annex, with such lines below an empty one."""
    text, parts = known(blocks, "")
    if {one.kind for one in parts} != {Kind.OFFICE, Kind.DAY} or not surely_signs(parts, text, ""):
        yield from blocks
        return
    *offices, day = (unadorned(line) for one in parts for line in one.lines)
    yield from (*text, Paragraph((), BLANK))
    for line, right in zip((*offices, day), at_the_right(offices, day), strict=True):
        yield Paragraph(line, SIGNED_BELOW, indents=(0, right))
