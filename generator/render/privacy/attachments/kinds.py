"""What kind of file something is: its first bytes decide, never the ending of its name."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from generator.render.privacy.attachments.encodings import decodings, is_text


class Kind(Enum):
    """The kinds of files that are read in different ways."""

    ARCHIVE = auto()
    COMPOUND = auto()
    RICH_TEXT = auto()
    PACKED = auto()
    """One file, compressed (gzip)."""
    PDF = auto()
    XML = auto()
    """XML, except for web pages and drawings."""
    TEXT = auto()
    """Any other text."""
    DRAWING = auto()
    """Commands that draw, or settings of a printer: words stand in them as they are."""
    MEDIA = auto()
    UNKNOWN = auto()


ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP: Final = b"\x1f\x8b\x08"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS: Final = {
    **dict.fromkeys(ARCHIVES, Kind.ARCHIVE),
    COMPOUND: Kind.COMPOUND,
    GZIP: Kind.PACKED,
    b"%PDF-": Kind.PDF,
    b"{\\rtf": Kind.RICH_TEXT,
}
_MEDIA: Final = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II\xbc\x01", b"\0\0\1\0", b"8BPS",
    b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9", b"OggS", b"fLaC", b"#!AMR", b"MThd",
    b"\x1aE\xdf\xa3", b"\0\0\1\xba", b"\0\0\1\xb3", b"FLV\1", b"0&\xb2u\x8ef\xcf\x11",
)  # fmt: skip
"""How pictures, sounds and films begin. They show and sound, which no search for words can follow; as everybody
knows that of a picture, they need no warning."""
_FONTS: Final = (b"\0\1\0\0\0", b"OTTO", b"true\0", b"ttcf", b"wOFF", b"wOF2")
_CONTAINERS: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"jP  ")
_FONT_TABLES: Final = (b"glyf", b"cmap", b"head", b"hmtx")
_DRAWINGS: Final = (b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0\0\3", b"\2\0\x09\0\0\3", b"VCLMTF")
_START: Final = 4096
_MARKUP = re.compile(r"\ufeff?\s*<(?:\?xml|[A-Za-z!])")
_WEB_PAGE = re.compile(
    r"<(?:!doctype html|(?:html|svg|\w+:svg|table|body|head|meta|div|p|pre|br)[\s>/])", re.IGNORECASE
)


def kind_of(body: bytes) -> Kind:
    """The kind of a file with these bytes."""
    start = body[:_START].lstrip()
    for sign, kind in _SIGNS.items():
        if start.startswith(sign):
            return kind
    if is_text(body):
        text = next(decodings(body[:_START]))
        return Kind.XML if _MARKUP.match(text) and not _WEB_PAGE.search(text) else Kind.TEXT
    if _is_media(body):
        return Kind.MEDIA
    if _is_drawing(body):
        return Kind.DRAWING
    # Readers of PDF allow for something before it.
    return Kind.PDF if b"%PDF-" in start else Kind.UNKNOWN


def is_media(start: bytes) -> bool:
    """Whether a file that begins like this shows or sounds, or is a font."""
    return not is_text(start) and _is_media(start)


def is_font(start: bytes) -> bool:
    """Whether it is a font, which says who drew it and where to write to them."""
    return not is_text(start) and _is_font(start)


def _is_font(start: bytes) -> bool:
    # Word disguises the first bytes of the fonts that it embeds.
    return start.startswith(_FONTS) or all(table in start[32:600] for table in _FONT_TABLES)


def _is_media(body: bytes) -> bool:
    if body.startswith(_MEDIA) or body[4:8] in _CONTAINERS:
        return True
    if body[:4] in (b"RIFF", b"FORM"):
        return body[8:12] in (b"WEBP", b"WAVE", b"AVI ", b"AIFF")
    return _is_font(body)


def _is_drawing(body: bytes) -> bool:
    # EMF has its sign at 40; the settings of a printer have their version behind its name.
    return body.startswith(_DRAWINGS) or body[40:44] == b" EMF" or body[64:66] == b"\1\4"
