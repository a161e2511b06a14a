"""How large pictures are, and what follows for the lines that they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Final

from PIL import Image

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Anchor, Break, Inline, Picture, Text
from generator.render.pictures import is_large

TEXT_WIDTH: Final = 442
"""The width of the text on A4 in points: 21 cm less margins of 28 and 26 mm."""
INDENT: Final = 48
"""What a level of nesting takes of it at most: a quotation has two characters on both sides."""
TALLEST: Final = 400
"""The height in points up to which a picture leaves room for its caption and some text."""
_FORMATS: Final = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}


@frozen
class Size:
    """What a picture's file says of it."""

    ending: str
    width: int
    """In pixels, as the height."""
    height: int

    @property
    def is_large(self) -> bool:
        """Whether it is more than a sign within a line."""
        return is_large(self.width, self.height)


def measured(content: bytes | None) -> Size | None:
    """The size of a picture; None for what is none of JPEG, PNG, GIF and WebP."""
    if not content:
        return None
    try:
        with Image.open(BytesIO(content), formats=list(_FORMATS)) as image:
            return Size(_FORMATS[image.format or ""], *image.size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def set_apart(inlines: Iterable[Inline], stands_apart: Callable[[Picture], bool]) -> Iterator[Inline]:
    """The inlines, with a line end between text and a large picture.

    Where a line ends because a picture has no room in it, its few words would be stretched over all of its width.
    """
    before: Inline | None = None
    was_large = False
    for inline in inlines:
        if not isinstance(inline, Anchor) and not (isinstance(inline, Text) and not inline.text.strip()):
            large = isinstance(inline, Picture) and stands_apart(inline)
            if before and large != was_large and not isinstance(inline, Break) and not isinstance(before, Break):
                yield Break()
            before, was_large = inline, large
        yield inline
