"""What was corrected in an entry, which an official document has as remarks below the day."""

from __future__ import annotations

from typing import Final

from generator.render.documents.blocks import Block, Blocks, Heading, Inlines, Paragraph, Text

CORRECTION: Final = "correction"
"""The role, and the class in HTML, of what was corrected in an entry."""


def without_corrections(blocks: Blocks, brackets: str) -> tuple[Blocks, tuple[Inlines, ...]]:
    """The blocks without corrections and their heading, and these as remarks in brackets: no text has them in it."""
    left: list[Block] = []
    label: Inlines = ()
    remarks: list[Inlines] = []
    opening, between, ending = tuple(brackets)
    for block in blocks:
        if not isinstance(block, Paragraph) or block.role != CORRECTION:
            left.append(block)
            continue
        if left and isinstance(heading := left[-1], Heading):
            label = (*heading.inlines, Text(between))
            del left[-1]
        remarks.append((Text(opening), *label, *block.inlines, Text(ending)))
    return tuple(left), tuple(remarks)
