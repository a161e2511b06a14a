"""The words of blocks: what was read into a manuscript, for the censuses."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.documents.blocks import Blocks, Box, Code, Inlines, Picture, Text
from generator.render.documents.runs import box
from generator.render.documents.walk import every, texts


def words(blocks: Blocks) -> str:
    """All text of blocks in their order, with the alternative texts of pictures; a line for each block."""
    return "\n".join(_words(blocks))


def _words(blocks: Blocks) -> Iterator[str]:
    for block in every(blocks):
        if isinstance(block, Code):
            yield block.text
        yield from map(said, texts(block))


def said(inlines: Inlines) -> str:
    """The text of inlines. The sign of a footnote is none: it is written anew."""
    return "".join(_said(inline) for inline in inlines)


def _said(inline: object) -> str:
    match inline:
        case Text():
            return inline.text
        case Picture():
            return inline.alt
        case Box():
            return box(inline)
        case _:
            return ""
