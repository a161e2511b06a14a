"""A picture that was handed in with a text, by its contents."""

from __future__ import annotations

import struct
from typing import Final

from generator.ground.errors import Fault
from generator.read.pictures import kind_of
from generator.tools.importers.manuscript import Picture

_ENDINGS: Final = {"jpeg": ".jpg"}
_SIZES: Final[dict[str, tuple[str, int]]] = {"png": (">II", 16), "gif": ("<HH", 6)}
"""How the width and the height of a picture are written, and where."""


def is_pixel(body: bytes) -> bool:
    """Whether a picture is but a pixel, which shows nothing."""
    try:
        form, at = _SIZES[kind_of(body)]
        return struct.unpack_from(form, body, at) == (1, 1)
    except (Fault, KeyError, struct.error):
        return False


def picture_of(name: str, body: bytes | None) -> Picture:
    """A picture by its contents; a gap where they are none that can be published."""
    try:
        kind = kind_of(body or b"")
    except Fault:
        return Picture(name=name, body=None, ending="", is_unread=bool(body))
    return Picture(name=name, body=body, ending=_ENDINGS.get(kind, f".{kind}"))
