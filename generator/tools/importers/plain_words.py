"""The text of blocks without any markup: what a person reads, and what a census counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.render.documents.blocks import Block, Code
from generator.render.documents.runs import plain
from generator.render.documents.walk import inside, texts


def text_of(blocks: Iterable[Block]) -> str:
    """The text of blocks, a line for each, with the alternative texts of pictures."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Code):
        yield block.text
    for inlines in texts(block):
        if line := plain(inlines):
            yield line
    for blocks in inside(block):
        for inner in blocks:
            yield from _lines(inner)
