"""Undoes the encodings of MIME (RFC 2045, RFC 2047): saved web pages (MHTML), e-mails, contacts (vCard).

Only encodings are undone. What parts a message has, and how they are nested, does not matter for what stands in them.
Base64 is undone in any text: in addresses that hold a file, and where nothing says what it is.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from generator.ground.patterns import deferred
from generator.read import data_uris
from generator.read.data_uris import from_base64
from generator.render.privacy.attachments.encodings import UTF_16, decodings, is_text
from generator.render.privacy.attachments.kinds import ARCHIVES, COMPOUND, GZIP

_QUOTED = re.compile(rb"quoted-printable", re.IGNORECASE)
_BASE64 = re.compile(rb"^content-transfer-encoding:[ \t]*base64", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_BOUNDARY = re.compile(rb"^--.*$", re.MULTILINE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]|^--", re.MULTILINE)
_WORD = re.compile(rb"=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([BbQq])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_SIGNS: Final = (b"quoted-printable", b"base64", b"=?", b"-----begin ", b"$ansible_vault")
_ENCRYPTED: Final = deferred(
    rb"-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE|CMS|PKCS7|ENCRYPTED PRIVATE KEY)-----|\A\$ANSIBLE_VAULT;"
    rb"|smime-type=\"?enveloped-data"
)
_DIGIT: Final = rb"[A-Za-z0-9+/_-]"
_ROW = deferred(
    rb"(?<!" + _DIGIT + rb")(?:(?>(?:" + _DIGIT + rb"{60,76}\r?\n)+)" + _DIGIT + rb"*|" + _DIGIT + rb"{8,})"
)
"""Base64 in one line, or in lines as programs break it."""
_STARTS: Final = (
    *(*ARCHIVES, COMPOUND, GZIP, b"%PDF-"),
    *(b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF", b"II*\0", b"MM\0*"),
)
_LEAST: Final = 64
"""Bytes of a file that is no text: what is shorter is an example of such an address."""
_BARE: Final = bytes(ord("0") if re.match(_DIGIT, bytes((byte,))) else ord(" ") for byte in range(256))
_MANY: Final = b"0" * 60
_LONG: Final = 16
"""Bytes that are hardly ever a text by chance."""
_TELLING: Final = deferred(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2}|[0-9]{5}|\w@\w")
_IN_GB18030: Final = deferred(rb"(?:[\xb0-\xf7][\xa1-\xfe]){3}")
_FIGURE: Final = deferred(rb"[0-9]")
_CONTROL: Final = deferred("[\x00-\x08\x0e-\x1f\x7f]")


def is_encoded(body: bytes) -> bool:
    """Whether a text may hold anything that this module undoes."""
    lower = body.lower()
    return (
        any(sign in lower for sign in _SIGNS) or next(chain(data_uris.held(body), unannounced(body)), None) is not None
    )


def is_encrypted(body: bytes) -> bool:
    """Whether a text is that of something encrypted, or holds it."""
    return _ENCRYPTED.search(body) is not None


def may_hold_files(body: bytes) -> bool:
    """Whether XML may hold a file: it says so, or has a long row of the digits of Base64."""
    return b"base64" in body or _MANY in body.translate(_BARE)


def texts(body: bytes) -> Iterator[str]:
    """The text with its quoted-printable and its encoded words undone; nothing where it has none."""
    if _QUOTED.search(body):
        # Each part may be in an encoding of its own.
        for part in _BOUNDARY.split(body):
            yield from decodings(binascii.a2b_qp(part))
    if b"=?" in body and (words := list(_WORD.finditer(body))):
        yield "".join(_decoded(*word.groups()) for word in words)


def files(body: bytes) -> Iterator[bytes]:
    """The files in it that are written in Base64, in addresses too."""
    end = 0
    for header in _BASE64.finditer(body):
        # A header without a blank line after it, or one within the last file, begins nothing.
        if header.start() < end or (blank := _BLANK_LINE.search(body, header.end())) is None:
            continue
        stop = _NOT_BASE64.search(body, blank.end())
        end = stop.start() if stop else len(body)
        yield from_base64(body[blank.end() : end])
    yield from (raw for raw in data_uris.held(body) if len(raw) >= _LEAST or _is_text(raw))


def carried(body: bytes) -> Iterator[bytes]:
    """Whatever is written in Base64 in a text."""
    yield from dict.fromkeys((*files(body), *unannounced(body)))


def unannounced(body: bytes) -> Iterator[bytes]:
    """What is written in Base64 where nothing says so: texts that may tell something, and files of known kinds.

    Long words are Base64 too, but what they stand for is neither.
    """
    for row in _ROW.finditer(body):
        raw = from_base64(row[0])
        if raw.startswith(_STARTS) or (_is_telling(raw, row[0]) and is_text(raw)):
            yield raw


def _is_telling(raw: bytes, row: bytes) -> bool:
    """Whether bytes are a text, and hardly by chance; many words stand for something in GB18030."""
    if raw.startswith(UTF_16):
        return _is_text(raw, "utf-16")
    if _is_text(raw):
        return len(raw) > _LONG or _TELLING.search(raw) is not None
    is_word = row in (row.lower(), row.upper()) or not _FIGURE.search(row)
    return not is_word and _IN_GB18030.search(raw) is not None and _is_text(raw, "gb18030")


def _is_text(raw: bytes, encoding: str = "utf-8") -> bool:
    try:
        return _CONTROL.search(raw.decode(encoding)) is None
    except UnicodeDecodeError:
        return False


def _decoded(charset: bytes, encoding: bytes, word: bytes) -> str:
    raw = from_base64(word) if encoding in b"Bb" else binascii.a2b_qp(word, header=True)
    try:
        return raw.decode(charset.decode("ascii", "replace"), errors="replace")
    except LookupError:
        return raw.decode(errors="replace")
