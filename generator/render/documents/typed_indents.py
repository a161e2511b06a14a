"""Lines of an official document that ASCII spaces set in: Markdown has code there, a writer an indent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.ground.text import is_han
from generator.render.documents.blocks import Block, Blocks, Code, Paragraph, Text

_WORDS: Final = re.compile(r"\s*[\u4e00-\u9fff\d（(《“【〔\[][^{}=<>;|\\]*")
"""A line of a text."""


def without_indents(blocks: Blocks) -> Iterator[Block]:
    """The blocks, with code that is nothing but lines of Chinese text as paragraphs."""
    for block in blocks:
        if isinstance(block, Code) and _is_text(block):
            yield from (Paragraph((Text(line.strip()),)) for line in block.text.splitlines() if line.strip())
        else:
            yield block


def _is_text(block: Code) -> bool:
    lines = [line for line in block.text.splitlines() if line.strip()]
    return not block.language and all(_WORDS.fullmatch(line) and any(map(is_han, line)) for line in lines)
