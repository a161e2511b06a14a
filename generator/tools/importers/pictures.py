"""A picture that was handed in with a text, by its contents."""

from __future__ import annotations

from typing import Final

from generator.ground.errors import Fault
from generator.read.pictures import kind_of
from generator.tools.importers.manuscript import Picture

_ENDINGS: Final = {"jpeg": ".jpg"}


def picture_of(name: str, body: bytes | None) -> Picture:
    """A picture by its contents; a gap where they are none that can be published."""
    try:
        kind = kind_of(body or b"")
    except Fault:
        return Picture(name=name, body=None, ending="")
    return Picture(name=name, body=body, ending=_ENDINGS.get(kind, f".{kind}"))
