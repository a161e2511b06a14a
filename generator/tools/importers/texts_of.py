"""The words of blocks: what was read into a manuscript, for the censuses."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.documents.blocks import Blocks, Box, Break, Code, Inlines, Picture, Text
from generator.render.documents.runs import box
from generator.render.documents.walk import every, texts


def text_of(blocks: Blocks) -> str:
    """All text of blocks in their order, with the alternative texts of pictures; a line for each block."""
    return "\n".join(_texts(blocks))


def _texts(blocks: Blocks) -> Iterator[str]:
    for block in every(blocks):
        if isinstance(block, Code):
            yield block.text
        yield from map(text_of_inlines, texts(block))


def text_of_inlines(inlines: Inlines) -> str:
    """The text of inlines. The sign of a footnote is none: another is written for it."""
    return "".join(_text_of(inline) for inline in inlines)


def _text_of(inline: object) -> str:
    match inline:
        case Text():
            return inline.text
        case Picture():
            return inline.alt
        case Break():
            return "\n"
        case Box():
            return box(inline)
        case _:
            return ""
