"""Finds what cameras write into pictures and films: where they were taken, and with which camera.

No format is taken apart: EXIF (CIPA DC-008), XMP and the places of films stand in every file as they are, and so they
do in a document that holds the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, Literal

from generator.ground.messages import Message, say

PLACE: Final = say("a camera wrote into it where it was taken")
CAMERA: Final = say("a camera wrote into it which camera it was taken with")
AUTHOR: Final = say("it is written into it whose picture it is")
_TIFF: Final[Mapping[bytes, Literal["little", "big"]]] = {b"II*\0": "little", b"MM\0*": "big"}
_EXIF: Final = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}|\0{4})(?=II\*\0|MM\0\*)", re.DOTALL)
"""What stands before a TIFF structure in JPEG and HEIC, in PNG, in WebP, and in HEIC once more."""
_EXIF_SIGNS: Final = (b"Exif\0\0", b"eXIf", b"EXIF", b"\0\0\0\0II*\0", b"\0\0\0\0MM\0*")
_PLACED_SIGNS: Final = (b"exif:GPS", b"\xa9xyz", b"location.ISO6709", b"loci\0")
_CAMERA_SIGNS: Final = (b"tiff:", b"SerialNumber", b"quicktime.")
"""What each of the expressions needs: these are looked for many times faster."""
_MOST: Final = 1000
"""Structures, and tags in one, that are looked at: more than any camera writes."""
_GPS, _EXIF_TAGS = 0x8825, 0x8769
_PLACES: Final = frozenset((2, 4))
"""Latitude and longitude."""
_CAMERAS: Final = frozenset((0x010F, 0x0110, 0x927C, 0xA430, 0xA431, 0xA434, 0xA435))
"""Maker, model, the maker's own notes, owner and number of the camera, model and number of the lens."""
_AUTHORS: Final = frozenset((0x013B, 0x8298, 0x9C9D))
"""Artist, copyright, and the author as Windows writes it."""
_BY_LINE: Final = re.compile(rb"\x1c\x02[\x50\x74]\0[^\0]")
"""The by-line and the copyright of IPTC (IIM 4.2, 2:80 and 2:116), and that they are not empty."""
_CITY: Final = re.compile(rb"\x1c\x02[\x5a\x5c\x5f]\0[^\0]")
"""City, part of a city and province (2:90, 2:92 and 2:95)."""
_CREATOR: Final = re.compile(rb"<dc:creator>\s*<rdf:Seq>\s*<rdf:li[^>]*>[^<\s]")
_PLACED: Final = re.compile(
    # XMP; then films: QuickTime and MP4, Apple, 3GPP (TS 26.244).
    rb"exif:GPS(?:Latitude|Longitude)|\xa9xyz.{4}[+-][0-9]{2}|location\.ISO6709|loci\0{4}",
    re.DOTALL,
)
_CAMERA: Final = re.compile(rb"tiff:(?:Make|Model)\b|(?:aux|exifEX):\w*SerialNumber|quicktime\.(?:make|model)\b")


def trace(body: bytes, *, is_picture: bool = False) -> Message | None:
    """The most telling thing that a camera wrote into a file, or into pictures in it; None for nothing.

    Of a document, XMP says who wrote it.
    """
    starts = [match.end() for match in islice(_EXIF.finditer(body), _MOST)] if _has(body, _EXIF_SIGNS) else []
    if body[:4] in _TIFF:
        starts.insert(0, 0)
    found = {_exif(body, start) for start in starts}
    has_iptc = b"8BIM\4\4" in body
    if PLACE in found or (has_iptc and _CITY.search(body)) or (_has(body, _PLACED_SIGNS) and _PLACED.search(body)):
        return PLACE
    if CAMERA in found or (_has(body, _CAMERA_SIGNS) and _CAMERA.search(body)):
        return CAMERA
    if AUTHOR in found or (has_iptc and _BY_LINE.search(body)):
        return AUTHOR
    return AUTHOR if is_picture and b"dc:creator" in body and _CREATOR.search(body) else None


def _has(body: bytes, signs: tuple[bytes, ...]) -> bool:
    return any(sign in body for sign in signs)


def _exif(body: bytes, start: int) -> Message | None:
    """What a TIFF structure (TIFF 6.0) tells."""
    order = _TIFF[body[start : start + 4]]
    tags = dict(_tags(body, start, 4, order))
    if _GPS in tags and not _PLACES.isdisjoint(dict(_tags(body, start, tags[_GPS], order))):
        return PLACE
    known = tags.keys() | dict(_tags(body, start, tags[_EXIF_TAGS], order) if _EXIF_TAGS in tags else ()).keys()
    if _CAMERAS.isdisjoint(known):
        return None if _AUTHORS.isdisjoint(known) else AUTHOR
    return CAMERA


def _tags(body: bytes, start: int, pointer: int, order: Literal["little", "big"]) -> Iterator[tuple[int, int]]:
    """The tags of the directory to which ``pointer`` leads, each with where its own value points to."""

    def number(at: int, size: int) -> int:
        return int.from_bytes(body[start + at : start + at + size], order)

    first = number(pointer, 4)
    for at in range(first + 2, first + 2 + 12 * min(number(first, 2), _MOST), 12):
        if start + at + 12 <= len(body):
            yield number(at, 2), at + 8
