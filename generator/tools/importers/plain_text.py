"""Reads plain text: each line is a paragraph, as people type it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.messages import say
from generator.render.documents.blocks import Paragraph, Text
from generator.tools.importers.manuscript import Piece

_EDGE = " \t\u3000\xa0"


def pieces(text: str) -> Iterator[Piece]:
    """A paragraph for each line that is not empty."""
    for number, line in enumerate(text.split("\n"), 1):
        if words := line.strip(_EDGE):
            yield Piece(block=Paragraph((Text(words),)), where=say("line {line}", line=number))
