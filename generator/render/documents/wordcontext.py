"""What surrounds a paragraph of a Word file."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen

NARROWEST: Final = 480
"""The width in twips that the deepest text is left."""


@frozen(kw_only=True)
class Context:
    """What surrounds a paragraph: its indent, width, lists, style and box."""

    left: int = 0
    """The indent from the margin, in twips."""
    width: int
    """In twips."""
    level: int = 0
    """How many lists it is nested in."""
    style: str = ""
    """The style of paragraphs here; empty for the article's own text."""
    is_boxed: bool = False
    stays: bool = False
    """Whether it stays on the page of what follows."""

    def inside(self, indent: int, named: str = "") -> Context:
        """The context of a paragraph that is indented further by ``indent`` twips, in the style ``named``."""
        return replace(self, left=self.left + indent, width=max(NARROWEST, self.width - indent), style=named)
