"""Decodes plain text whose encoding nobody states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins, if it says so."""
_MARKS: Final = (*((mark, "utf-16") for mark in UTF_16), (b"\xef\xbb\xbf", "utf-8-sig"))
_SHORT: Final = 4096
"""Bytes of a text in UTF-16 that may have no line end, space or digit in it, which would be known by a zero."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")
"""Characters that no text holds. In UTF-8, which bytes are hardly by chance, some of them are bullets of old fonts."""


def decodings(body: bytes) -> Iterator[str]:
    """A text in the encoding of its byte order mark or in UTF-8, else in all encodings common on Chinese systems."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            yield body.decode(encoding, errors="replace")
            return
    try:
        yield body.decode()
    except UnicodeDecodeError:
        yield from _chinese(body)
        may_be_wide = len(body) < _SHORT or b"\0" in body
    else:
        may_be_wide = b"\0" in body
    if may_be_wide:
        yield from (body.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be"))


def _chinese(body: bytes) -> Iterator[str]:
    """A text in GB18030 or Big5; where it is sound in neither, in both."""
    is_sound = False
    for encoding in ("gb18030", "big5"):
        with suppress(UnicodeDecodeError):
            yield body.decode(encoding)
            is_sound = True
    if not is_sound:
        yield from (body.decode(encoding, errors="replace") for encoding in ("gb18030", "big5"))


def is_text(body: bytes) -> bool:
    """Whether bytes are text in one of those encodings."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _is_clean(body, encoding)
    encodings = ("utf-16-le", "utf-16-be") if b"\0" in body else ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
    return any(_is_clean(body, encoding) for encoding in encodings)


def _is_clean(body: bytes, encoding: str) -> bool:
    try:
        return (_CONTROL if encoding == "utf-8" else _NO_TEXT).search(body.decode(encoding)) is None
    except UnicodeDecodeError:
        return False
