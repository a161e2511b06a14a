"""Numbered lists of official documents: paragraphs that begin with 1.（1） or ①, with further lines at the margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generator.render.documents.blocks import Block, Blocks, Listing, Text
from generator.render.documents.walk import first_text

CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FORMS: Final = ("{}.", "（{}）")
"""The numbers of a list, and of one in it."""


def with_numbers(blocks: Blocks, depth: int = 0) -> Iterator[Block]:
    """The blocks, with numbered lists as such paragraphs; ``depth`` is how many of them are around these blocks."""
    for block in blocks:
        if (
            isinstance(block, Listing)
            and block.start is not None
            and all(one.is_checked is None for one in block.items)
        ):
            for at, item in enumerate(block.items, block.start):
                first, rest = first_text(item.blocks)
                yield replace(first, inlines=(Text(_number(at, depth)), *first.inlines))
                yield from with_numbers(rest, depth + 1)
        else:
            yield block


def _number(at: int, depth: int) -> str:
    if depth < len(_FORMS):
        return _FORMS[depth].format(at)
    return CIRCLED[at - 1] if 0 < at <= len(CIRCLED) else _FORMS[-1].format(at)
