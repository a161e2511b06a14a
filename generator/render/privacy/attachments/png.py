"""What is written into PNG pictures: texts, compressed ones too, wherever they stand."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

START: Final = b"\x89PNG\r\n\x1a\n"
_MOST: Final = 4096
"""Chunks that are looked at."""
_LARGEST: Final = 1024 * 1024
"""The maximum number of bytes of one text."""


def texts(picture: bytes) -> bytes:
    """The texts of a picture, separated, or of the first one in a file, such as an icon; empty for a file without."""
    start = picture.find(START)
    return b"\0\0".join(islice(_texts(picture, start), _MOST)) if start >= 0 else b""


def _texts(picture: bytes, start: int) -> Iterator[bytes]:
    at = start + len(START)
    for _ in range(_MOST):
        size, name = int.from_bytes(picture[at : at + 4]), picture[at + 4 : at + 8]
        if not name:
            return
        body = picture[at + 8 : at + 8 + min(size, _LARGEST)]
        at += 12 + size
        if name in (b"tEXt", b"eXIf"):
            yield body
        elif name in (b"zTXt", b"iTXt"):
            yield from (body, _unpacked(name, body))


def _unpacked(name: bytes, body: bytes) -> bytes:
    """What is compressed in a chunk: behind its keyword, and in ``iTXt`` behind the language and the keyword in it."""
    rest = body.partition(b"\0")[2]
    if name == b"iTXt":
        if rest[:1] != b"\1":
            return b""
        rest = b"\0" + rest[2:].split(b"\0", 2)[-1]
    try:
        return zlib.decompressobj().decompress(rest[1:], _LARGEST)
    except zlib.error:
        return b""
