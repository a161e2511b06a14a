"""Undoes the encodings of MIME (RFC 2045, RFC 2047): saved web pages (MHTML), e-mails, contacts (vCard).

Only encodings are undone. What parts a message has, and how they are nested, does not matter for what stands in them.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.attachments.encodings import decodings

_QUOTED = re.compile(rb"quoted-printable", re.IGNORECASE)
_BASE64 = re.compile(rb"^content-transfer-encoding:[ \t]*base64", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_BOUNDARY = re.compile(rb"^--.*$", re.MULTILINE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]|^--", re.MULTILINE)
_WORD = re.compile(rb"=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([BbQq])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_SIGNS: Final = (b"quoted-printable", b"base64", b"=?")


def is_encoded(body: bytes) -> bool:
    """Whether a text may hold anything that this module undoes."""
    lower = body.lower()
    return any(sign in lower for sign in _SIGNS)


def texts(body: bytes) -> Iterator[str]:
    """The text with its quoted-printable and its encoded words undone; nothing where it has none."""
    if _QUOTED.search(body):
        # Each part may be in an encoding of its own.
        for part in _BOUNDARY.split(body):
            yield from decodings(binascii.a2b_qp(part))
    if b"=?" in body and (words := list(_WORD.finditer(body))):
        yield "".join(_decoded(*word.groups()) for word in words)


def files(body: bytes) -> Iterator[bytes]:
    """The files in it that are written in Base64."""
    end = 0
    for header in _BASE64.finditer(body):
        # A header without a blank line after it, or one within the last file, begins nothing.
        if header.start() < end or (blank := _BLANK_LINE.search(body, header.end())) is None:
            continue
        stop = _NOT_BASE64.search(body, blank.end())
        end = stop.start() if stop else len(body)
        yield _from_base64(body[blank.end() : end])


def _decoded(charset: bytes, encoding: bytes, word: bytes) -> str:
    raw = _from_base64(word) if encoding in b"Bb" else binascii.a2b_qp(word, header=True)
    try:
        return raw.decode(charset.decode("ascii", "replace"), errors="replace")
    except LookupError:
        return raw.decode(errors="replace")


def _from_base64(text: bytes) -> bytes:
    """The bytes; as many of them as are whole where the end is missing."""
    digits = b"".join(text.replace(b"=", b"").split())
    return binascii.a2b_base64(digits[: len(digits) // 4 * 4] + _last(digits[len(digits) // 4 * 4 :]))


def _last(rest: bytes) -> bytes:
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""
