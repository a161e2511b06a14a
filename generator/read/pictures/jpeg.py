"""JPEG: ITU-T T.81 annex B; JFIF is T.871, ICC profiles are ICC.1 annex B.4, Adobe's segment is T.872."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.read.pictures.parsing import (
    EXIF,
    MOST_PARTS,
    Picture,
    Stretch,
    big,
    cut,
    damaged,
    few,
    orientation,
    oriented,
    shown,
)
from generator.read.pictures.profiles import without_texts

MOST_SCANS: Final = 100
"""Programs write ten or so, and each of them has all pixels gone through once more."""

_MOST_STEPS: Final = 2_000_000_000
"""Pixels of all scans together."""
_SOI: Final = b"\xff\xd8"
_EOI: Final = 0xD9
_SOS: Final = 0xDA
_APP0: Final = 0xE0
_APP1: Final = 0xE1
_APP2: Final = 0xE2
_APP14: Final = 0xEE
_COM: Final = 0xFE
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES: Final = frozenset((0xC4, 0xCC, 0xDB, 0xDC, 0xDD))
_LEFT_OUT: Final = frozenset((*range(0xE0, 0xF0), _COM))
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
"""Markers without a segment: TEM, and RST0 to RST7 where they are misplaced outside a scan."""
_MARKER: Final = re.compile(rb"\xff[^\0\xff]")
_SCAN_END: Final = re.compile(rb"\xff[^\0\xff\xd0-\xd7]")
_PROFILE: Final = b"ICC_PROFILE\0"
_LONGEST: Final = 65519
"""Bytes of a profile in one segment."""


@frozen
class Segment:
    """A segment, with the data that follow it."""

    marker: int
    body: bytes
    """The bytes after the two bytes of its length."""
    scan: bytes = b""
    """The entropy-coded data after SOS, up to the next marker; empty for all other markers."""

    def written(self) -> bytes:
        """Its bytes in a file."""
        return bytes((0xFF, self.marker)) + (len(self.body) + 2).to_bytes(2, "big") + self.body + self.scan


def cleaned(raw: bytes, *, is_original: bool) -> Picture:
    """See ``pictures.picture``."""
    segments = few(_segments(raw))
    exif = (each.body for each in segments if each.marker == _APP1 and each.body.startswith(EXIF))
    turn = orientation(next(exif, b""))
    kept = [clean for each in segments if (clean := _cleaned(each))]
    # JFIF and EXIF both require to be first. Cameras that write both write JFIF first.
    head = [each for each in kept if each.marker == _APP0][:1]
    if turn > 1:
        head.append(Segment(_APP1, EXIF + oriented(turn)))
    others = [each for each in kept if each.marker != _APP0]
    if is_original:
        others = _without_texts(others)
    frame = next((each.body for each in kept if each.marker in _FRAMES), b"")
    scans = sum(bool(each.scan) for each in kept)
    if not scans:
        raise damaged()
    size = big(frame, 3, 2), big(frame, 1, 2)
    _check_scans(scans, size[0] * size[1])
    return shown("jpeg", size, turn, _written((*head, *others)))


def stretches(body: bytes) -> list[Stretch]:
    """The data of all scans of a cleaned picture."""
    segments = list(_segments(body))

    def within(number: int) -> Stretch:
        one = segments[number]
        before, after = segments[:number], segments[number + 1 :]
        return Stretch(one.scan, lambda data: _written((*before, Segment(one.marker, one.body, data), *after)))

    return [within(number) for number, one in enumerate(segments) if one.marker == _SOS]


def with_stretches(body: bytes, data: Iterable[bytes]) -> bytes:
    """The cleaned picture with other data in its scans."""
    new = iter(data)
    return _written(
        Segment(each.marker, each.body, next(new)) if each.marker == _SOS else each for each in _segments(body)
    )


def _written(segments: Iterable[Segment]) -> bytes:
    return b"".join((_SOI, *(each.written() for each in segments), bytes((0xFF, _EOI))))


def _check_scans(scans: int, pixels: int) -> None:
    most = min(MOST_SCANS, _MOST_STEPS // max(1, pixels))
    if scans > max(1, most):
        raise Fault(
            say("the picture is built up in {count} steps; {limit} is the most", count=scans, limit=max(1, most)),
            say("save it again as JPEG or PNG"),
        )


def _segments(raw: bytes) -> Iterator[Segment]:
    """The segments between SOI and EOI. Data after EOI (more pictures, films) is ignored.

    Stray bytes between segments are skipped, as libjpeg does. Raises Fault.
    """
    at = len(_SOI)
    for _ in range(2 * MOST_PARTS):
        at, marker = _next_marker(raw, at, _MARKER)
        if marker == _EOI:
            return
        if marker in _ALONE:
            at += 2
            continue
        size = big(raw, at + 2, 2)
        if size < 2 or marker not in _FRAMES | _TABLES | _LEFT_OUT | {_SOS}:
            raise damaged()
        body = cut(raw, at + 4, size - 2)
        at += 2 + size
        scan_end = _next_marker(raw, at, _SCAN_END)[0] if marker == _SOS else at
        yield Segment(marker, body, raw[at:scan_end])
        at = scan_end
    raise damaged()


def _next_marker(raw: bytes, at: int, pattern: re.Pattern[bytes]) -> tuple[int, int]:
    """The offset of the next marker, and the marker. Raises Fault where there is none."""
    found = pattern.search(raw, at)
    if found is None:
        raise damaged()
    return found.start(), found[0][1]


def _cleaned(segment: Segment) -> Segment | None:
    """The segment to keep, JFIF's without its thumbnail; None for one that is left out."""
    body = segment.body
    if segment.marker == _APP0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return Segment(_APP0, body[:12] + bytes(2))
    if segment.marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
        return Segment(_APP14, body[:12])
    if segment.marker == _APP2 and body.startswith(_PROFILE):
        return segment
    return None if segment.marker in _LEFT_OUT else segment


def _without_texts(segments: list[Segment]) -> list[Segment]:
    """The segments with a colour profile that holds numbers only, before all others."""
    given = sorted(each.body[len(_PROFILE) :] for each in segments if each.marker == _APP2)
    profile = without_texts(b"".join(one[2:] for one in given)) or b""
    pieces = [profile[at : at + _LONGEST] for at in range(0, len(profile), _LONGEST)]
    own = [Segment(_APP2, _PROFILE + bytes((at, len(pieces))) + one) for at, one in enumerate(pieces, 1)]
    return [*own, *(each for each in segments if each.marker != _APP2)]
