"""What surrounds a text of a PDF."""

from __future__ import annotations

from typing import Final

from generator.ground.frozen import frozen

PADDING: Final = 12
"""What each level of nesting takes of the width of a page, about, in points."""
NARROWEST: Final = 20
"""What it leaves."""


@frozen
class Room:
    """What surrounds a text: the page, or a cell of a table."""

    width: float
    """In points."""
    depth: int
    """How deep it is nested itself."""
    half: float
    """The width of half a character in a cell; 0 on the page."""
