"""Lines of official documents that stand elsewhere than a paragraph: above a table, and greetings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generator.render.documents.blocks import Block, Blocks, Paragraph, Table
from generator.render.documents.runs import plain

ADDRESSEE: Final = "addressee"
"""The role of a line at the margin: that which names the offices to which a document goes, and greetings."""
CAPTION: Final = "caption"
"""That of the name of the table below it."""
UNIT: Final = "unit"
"""That of the unit of its figures, which stands between both, at the right."""
_CAPTION: Final = re.compile(r"\s*表\s*\d+[^。；]{0,60}。?\s*")
_UNIT: Final = re.compile(r"\s*[（(]?\s*(?:计量)?单\s*位\s*[：:]\s*[^\s，。；：]{1,12}\s*[)）]?\s*")
_GREETING: Final = re.compile(r"\s*敬\s*礼[！!]?\s*")
"""What stands at the margin below 此致."""


def placed(blocks: Blocks) -> Iterator[Block]:
    """The blocks, with what a writer typed above a table, 表1 or 单位：万元, as that, and greetings at the margin."""
    for at, block in enumerate(blocks):
        role = _role(block, blocks[at + 1 : at + 3])
        yield replace(block, role=role) if role and isinstance(block, Paragraph) else block


def _role(block: Block, below: Blocks) -> str:
    """The role of such a line; empty for any other block."""
    if not isinstance(block, Paragraph):
        return ""
    line = plain(block.inlines)
    if not block.role and _GREETING.fullmatch(line):
        return ADDRESSEE
    match below:
        case (Table(), *_):
            return CAPTION if _CAPTION.fullmatch(line) else UNIT if _UNIT.fullmatch(line) else ""
        case (Paragraph(inlines=unit), Table()) if _UNIT.fullmatch(plain(unit)):
            return CAPTION if _CAPTION.fullmatch(line) else ""
        case _:
            return ""
