"""Extracts the text of PowerPoint's binary presentations (MS-PPT), which WPS writes, too."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.attachments.png import START
from generator.render.privacy.attachments.runs import runs
from generator.render.privacy.glyphs import BLOCK, CELL

STREAM: Final = "PowerPoint Document"
PICTURES: Final = "Pictures"
USER: Final = "Current User"
_ENCRYPTED: Final = b"\xdf\xc4\xd1\xf3"
"""How a protected presentation begins its stream ``Current User``, after twelve bytes."""
_JPEG: Final = b"\xff\xd8\xff"
_CONTAINER: Final = 0xF
_WIDE: Final = (0x0FA0, 0x0FBA)
_NARROW: Final = 0x0FA8
_MARKS: Final = str.maketrans({"\r": BLOCK, "\x0b": "\n"})


def is_encrypted(user: bytes) -> bool:
    """Whether a presentation can only be opened with a password, by its stream ``Current User``."""
    return user[12:16] == _ENCRYPTED


def pictures(stream: bytes) -> Iterator[bytes]:
    """The files in the stream ``Pictures``, each behind what tells it from the others (MS-ODRAW, 2.2.23)."""
    at = 0
    while at + 8 <= len(stream):
        size = int.from_bytes(stream[at + 4 : at + 8], "little")
        body = stream[at + 8 : at + 8 + size]
        at += 8 + size
        starts = [start for sign in (_JPEG, START) if (start := body.find(sign, 0, 64)) >= 0]
        yield body[min(starts, default=0) :]


def texts(presentation: bytes) -> Iterator[str]:
    """The texts of all shapes and notes, one after the other, then what other records may say."""
    found: list[str] = []
    rest: list[bytes] = []
    at = 0
    while at + 8 <= len(presentation):
        version, kind, size = struct.unpack_from("<HHI", presentation, at)
        at += 8
        if version & _CONTAINER == _CONTAINER:
            # What a container holds follows.
            continue
        body = presentation[at : at + size]
        at += size
        if kind in _WIDE:
            found.append(body.decode("utf-16-le", errors="replace").translate(_MARKS))
        elif kind == _NARROW:
            found.append(body.decode("latin-1").translate(_MARKS))
        else:
            rest.append(body)
    # The cells of a table are shapes.
    yield CELL.join(found)
    yield from runs(b"\0\0\0".join(rest))
