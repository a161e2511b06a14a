"""Counts the pages of a stranger's PDF, in time and memory that do not depend on what it says of itself."""

from __future__ import annotations

import re
import zlib
from typing import Final

MOST: Final = 64 << 20
"""Bytes of a PDF, and of what it unpacks to."""
_HEAD: Final = 4096
"""Bytes between the type of a stream and its beginning."""
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def page_count(body: bytes) -> int:
    """The number of page objects, those in compressed streams of objects too. Raises ValueError."""
    count, at, left = len(_PAGE.findall(body)), 0, MOST
    while (at := body.find(b"/ObjStm", at)) >= 0:
        start = body.find(b"stream", at, at + _HEAD)
        end = body.find(b"endstream", start) if start >= 0 else -1
        if end < 0:
            raise ValueError
        try:
            part = zlib.decompressobj().decompress(body[start + len(b"stream") : end].lstrip(b"\r\n"), left)
        except zlib.error:
            raise ValueError from None
        left -= len(part)
        if left <= 0:
            raise ValueError
        count += len(_PAGE.findall(part))
        at = end
    return count
