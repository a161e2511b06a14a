"""Who signs an annex or one of several texts: an office and a day at its end stand at the right, as a document's do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from generator.render.documents.annexes import BLANK
from generator.render.documents.blocks import Block, Blocks, Footnotes, Heading, Listing, Paragraph
from generator.render.documents.closing import at_the_right
from generator.render.documents.runs import plain
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


def each_signed(blocks: Blocks) -> Iterator[Block]:
    """The texts of a document of several, each up to the next heading, with what ``signed_below`` puts there."""
    for is_text, part in groupby(blocks, lambda one: not isinstance(one, Heading | Footnotes)):
        text = [*part]
        # A list of what was counted stands below a text that somebody signed.
        end = len(text)
        while is_text and end and isinstance(text[end - 1], Listing):
            end -= 1
        yield from (*(signed_below(tuple(text[:end])) if is_text else text[:end]), *text[end:])


def ends_signed(blocks: Blocks, day: str) -> bool:
    """Whether the last of several texts is signed, on this ``day``: nobody signs again below that."""
    last = blocks[-1] if blocks else None
    return isinstance(last, Paragraph) and last.role == SIGNED_BELOW and plain(last.inlines) == day
