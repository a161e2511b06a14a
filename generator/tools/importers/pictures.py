"""A picture that was handed in with a text, by its contents."""

from __future__ import annotations

from typing import Final

from generator.ground.errors import Fault
from generator.read.pictures import kind_of, picture
from generator.tools.importers.manuscript import Picture

_ENDINGS: Final = {"jpeg": ".jpg"}


def is_pixel(body: bytes) -> bool:
    """Whether a picture is but a pixel, which shows nothing."""
    try:
        found = picture(body)
    except Fault:
        return False
    return (found.width, found.height) == (1, 1)


def picture_of(name: str, body: bytes | None) -> Picture:
    """A picture by its contents; a gap where they are none that can be published."""
    try:
        kind = kind_of(body or b"")
    except Fault:
        return Picture(name=name, body=None, ending="", is_unread=bool(body))
    return Picture(name=name, body=body, ending=_ENDINGS.get(kind, f".{kind}"))
