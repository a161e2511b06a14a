"""Recognises picture files and removes their metadata: what cameras and phones add to the picture itself.

Nothing is decoded. A file is parsed segment by segment, and only segments that are known to make up the picture are
copied, so its pixels stay exactly the same. Of the EXIF (CIPA DC-008) only the orientation is kept; it is written
again. So no other data reaches a decoder, and a published original loses nothing but its metadata.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say

Kind = Literal["jpeg", "png", "gif", "webp", "avif", "heic"]
Size = tuple[int, int]

ENDINGS: Final[dict[str, Kind]] = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "gif", ".webp": "webp", ".avif": "avif",
    ".heic": "heic", ".heif": "heic",
}  # fmt: skip
"""The kind of picture for each ending of a file name."""
UNCLEANED: Final = frozenset(("avif", "heic"))
"""Kinds that cannot be cleaned here. They are decoded and encoded again, and their originals are not published."""

_EXIF: Final = b"Exif\0\0"
_BYTE_ORDERS: Final[dict[bytes, Literal["little", "big"]]] = {b"II*\0": "little", b"MM\0*": "big"}
_ORIENTATION_TAG: Final = 0x0112
_SHORT: Final = 3

_AVIF_BRANDS: Final = frozenset((b"avif", b"avis"))
_HEIC_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
)


@frozen
class Picture:
    """A cleaned picture, which may be published."""

    kind: Kind
    width: int
    """In pixels, as shown: after the orientation in ``body`` is applied."""
    height: int
    """As ``width``."""
    body: bytes
    """The cleaned file; cleaning it again changes nothing."""


def kind_of(raw: bytes) -> Kind:
    """The kind of picture, from the file's content and not its name. Raises Fault where it is not a picture."""
    for start, (kind, _) in _CLEANERS.items():
        if re.match(start, raw, re.DOTALL):
            return kind
    # HEIC and AVIF are recognised by their brands (ISO/IEC 14496-12, ``ftyp``).
    if raw[4:8] == b"ftyp":
        box = raw[8 : min(int.from_bytes(raw[:4], "big"), 1024)]
        brands = {box[at : at + 4] for at in range(0, len(box), 4)}
        if brands & _AVIF_BRANDS:
            return "avif"
        if brands & _HEIC_BRANDS:
            return "heic"
    raise Fault(say("the file is no picture that can be read"), say("save it again as JPEG or PNG"))


def picture(raw: bytes) -> Picture:
    """The cleaned picture of a file whose kind is not in ``UNCLEANED``.

    Raises Fault where the file is not a picture, or cannot be parsed to its end.
    """
    kind = kind_of(raw)
    return next(cleaned(raw) for one, cleaned in _CLEANERS.values() if one == kind)


def damaged() -> Fault:
    """The fault of a picture that is incomplete or damaged."""
    return Fault(
        say("the picture is cut short or damaged"),
        say("copy it again from where it was taken, or save it again as JPEG or PNG"),
    )


def _cut(raw: bytes, at: int, size: int) -> bytes:
    """The ``size`` bytes from ``at``. Raises Fault where the file ends before."""
    if at + size > len(raw):
        raise damaged()
    return raw[at : at + size]


def _big(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(_cut(raw, at, size), "big")


def _little(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(_cut(raw, at, size), "little")


def _shown(kind: Kind, size: Size, orientation: int, body: bytes) -> Picture:
    """The picture, with width and height swapped where the orientation turns it. Raises Fault where it has no area."""
    if 0 in size:
        raise damaged()
    width, height = reversed(size) if orientation >= 5 else size
    return Picture(kind, width, height, body)


# The orientation: EXIF's tag Orientation, in a TIFF 6.0 structure.


def _orientation(exif: bytes) -> int:
    """The orientation, 1 to 8 (turned and mirrored); 1, unchanged, where the EXIF is missing or invalid."""
    tiff = exif.removeprefix(_EXIF)
    order = _BYTE_ORDERS.get(tiff[:4])
    if order is None:
        return 1
    start = int.from_bytes(tiff[4:8], order) + 2
    count = int.from_bytes(tiff[start - 2 : start], order)
    for at in range(start, min(start + 12 * count, len(tiff) - 11), 12):
        tag, kind, value = (int.from_bytes(tiff[at + skip : at + skip + 2], order) for skip in (0, 2, 8))
        if tag == _ORIENTATION_TAG:
            return value if kind == _SHORT and 1 <= value <= 8 else 1
    return 1


def _tiff(orientation: int) -> bytes:
    """A TIFF structure that holds the orientation and nothing else."""
    header = b"MM\0*" + (8).to_bytes(4, "big")
    tag = b"".join(number.to_bytes(2, "big") for number in (_ORIENTATION_TAG, _SHORT, 0, 1, orientation, 0))
    return header + b"\0\1" + tag + bytes(4)


# JPEG: ITU-T T.81 annex B; JFIF is T.871, ICC profiles are ICC.1 annex B.4, Adobe's segment is T.872.

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


@frozen
class _Segment:
    marker: int
    body: bytes
    """The bytes after the two bytes of its length."""
    scan: bytes = b""
    """The entropy-coded data after SOS, up to the next marker; empty for all other markers."""

    def written(self) -> bytes:
        return bytes((0xFF, self.marker)) + (len(self.body) + 2).to_bytes(2, "big") + self.body + self.scan


def _jpeg(raw: bytes) -> Picture:
    segments = list(_segments(raw))
    exif = (each.body for each in segments if each.marker == _APP1 and each.body.startswith(_EXIF))
    orientation = _orientation(next(exif, b""))
    kept = [clean for each in segments if (clean := _cleaned_segment(each))]
    # JFIF and EXIF both require to be first. Cameras that write both write JFIF first.
    head = [each for each in kept if each.marker == _APP0][:1]
    if orientation > 1:
        head.append(_Segment(_APP1, _EXIF + _tiff(orientation)))
    frame = next((each.body for each in kept if each.marker in _FRAMES), b"")
    if not any(each.scan for each in kept):
        raise damaged()
    parts = (each.written() for each in (*head, *(each for each in kept if each.marker != _APP0)))
    size = _big(frame, 3, 2), _big(frame, 1, 2)
    return _shown("jpeg", size, orientation, b"".join((_SOI, *parts, bytes((0xFF, _EOI)))))


def _segments(raw: bytes) -> Iterator[_Segment]:
    """The segments between SOI and EOI. Data after EOI (more pictures, films) is ignored.

    Stray bytes between segments are skipped, as libjpeg does. Raises Fault.
    """
    at = len(_SOI)
    while True:
        at, marker = _next_marker(raw, at, _MARKER)
        if marker == _EOI:
            return
        if marker in _ALONE:
            at += 2
            continue
        size = _big(raw, at + 2, 2)
        if size < 2 or marker not in _FRAMES | _TABLES | _LEFT_OUT | {_SOS}:
            raise damaged()
        body = _cut(raw, at + 4, size - 2)
        at += 2 + size
        scan_end = _next_marker(raw, at, _SCAN_END)[0] if marker == _SOS else at
        yield _Segment(marker, body, raw[at:scan_end])
        at = scan_end


def _next_marker(raw: bytes, at: int, pattern: re.Pattern[bytes]) -> tuple[int, int]:
    """The offset of the next marker, and the marker. Raises Fault where there is none."""
    found = pattern.search(raw, at)
    if found is None:
        raise damaged()
    return found.start(), found[0][1]


def _cleaned_segment(segment: _Segment) -> _Segment | None:
    """The segment to keep, JFIF's without its thumbnail; None for one that is left out."""
    body = segment.body
    if segment.marker == _APP0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return _Segment(_APP0, body[:12] + bytes(2))
    if segment.marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
        return _Segment(_APP14, body[:12])
    if segment.marker == _APP2 and body.startswith(b"ICC_PROFILE\0"):
        return segment
    return None if segment.marker in _LEFT_OUT else segment


# PNG: W3C Portable Network Graphics, third edition, with its animation chunks.

_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_CRITICAL: Final = frozenset((b"IHDR", b"PLTE", b"IDAT"))
_ANCILLARY: Final = frozenset(
    (b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD", b"acTL", b"fcTL", b"fdAT")
)


def _png(raw: bytes) -> Picture:
    chunks = list(_png_chunks(raw))
    header = chunks[0][1] if chunks else b""
    if header[4:8] != b"IHDR" or len(header) != 25 or all(name != b"IDAT" for name, _ in chunks):
        raise damaged()
    orientation = _orientation(next((whole[8:-4] for name, whole in chunks if name == b"eXIf"), b""))
    exif_chunk = _png_chunk(b"eXIf", _tiff(orientation)) if orientation > 1 else b""
    kept = (whole for name, whole in chunks[1:] if name in _CRITICAL | _ANCILLARY)
    body = b"".join((_PNG_START, header, exif_chunk, *kept, _png_chunk(b"IEND", b"")))
    return _shown("png", (_big(header, 8, 4), _big(header, 12, 4)), orientation, body)


def _png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks up to IEND: the name, and the whole with length and CRC.

    Raises Fault, also for an unknown critical chunk (5.4: bit 5 of its first letter is 0): no decoder would show it.
    """
    at = len(_PNG_START)
    while (name := _cut(raw, at + 4, 4)) != b"IEND":
        size = _big(raw, at, 4) + 12
        if name not in _CRITICAL and not name[0] & 0x20:
            raise damaged()
        yield name, _cut(raw, at, size)
        at += size
    _cut(raw, at, _big(raw, at, 4) + 12)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


# GIF: CompuServe's GIF89a specification. NETSCAPE2.0 and ANIMEXTS1.0 give the number of loops of an animation.

_GRAPHIC_CONTROL: Final = b"!\xf9"
_LOOPS: Final = (b"!\xff\x0bNETSCAPE2.0", b"!\xff\x0bANIMEXTS1.0")


def _gif(raw: bytes) -> Picture:
    start = 13 + _colours(_big(raw, 10, 1))
    head = _cut(raw, 0, start)
    # No browser shows plain text extensions, and unknown extensions could contain anything.
    kept = [block for block in _blocks(raw, start) if block.startswith((b",", _GRAPHIC_CONTROL, *_LOOPS))]
    if not any(block.startswith(b",") for block in kept):
        raise damaged()
    return _shown("gif", (_little(head, 6, 2), _little(head, 8, 2)), 1, b"".join((head, *kept, b";")))


def _blocks(raw: bytes, at: int) -> Iterator[bytes]:
    """The images and extensions up to the trailer, each including its terminator. Raises Fault."""
    while (first := _cut(raw, at, 1)) != b";":
        if first == b",":
            end = at + 11 + _colours(_big(raw, at + 9, 1))
        elif first == b"!":
            end = at + 2
        else:
            raise damaged()
        while size := _big(raw, end, 1):
            end += 1 + size
        end += 1
        yield raw[at:end]
        at = end


def _colours(flags: int) -> int:
    """The length in bytes of the colour table that a packed field declares."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


# WebP: RFC 9649; the bitstreams inside are RFC 6386 (VP8) and RFC 9649 chapter 3 (VP8L).

_IMAGES: Final = frozenset((b"VP8 ", b"VP8L", b"ANMF"))
_WEBP_KEPT: Final = _IMAGES | {b"ICCP", b"ANIM", b"ALPH"}
_EXIF_FLAG: Final = 0x08
_OTHER_FLAGS: Final = 0x32
"""ICC profile, alpha and animation; without XMP and the reserved bits."""

Chunk = tuple[bytes, bytes]


def _webp(raw: bytes) -> Picture:
    chunks = list(_webp_chunks(_cut(raw, 0, 8 + _little(raw, 4, 4)), 12))
    name, first = chunks[0] if chunks else (b"", b"")
    if name == b"VP8X":
        return _extended_webp(_cut(first, 0, 10), chunks[1:])
    return _shown("webp", _bitstream_size(name, first), 1, _webp_file([(name, first)]))


def _extended_webp(header: bytes, chunks: list[Chunk]) -> Picture:
    """A picture in the extended format (section 2.7). Its EXIF is used only where the header declares it."""
    if not any(name in _IMAGES for name, _ in chunks):
        raise damaged()
    exif = (body for name, body in chunks if name == b"EXIF" and header[0] & _EXIF_FLAG)
    orientation = _orientation(next(exif, b""))
    flags = header[0] & _OTHER_FLAGS | (_EXIF_FLAG if orientation > 1 else 0)
    kept = [(name, _cleaned_frame(body) if name == b"ANMF" else body) for name, body in chunks if name in _WEBP_KEPT]
    exif_chunk = [(b"EXIF", _tiff(orientation))] if orientation > 1 else []
    size = _little(header, 4, 3) + 1, _little(header, 7, 3) + 1
    body = _webp_file([(b"VP8X", bytes((flags, 0, 0, 0)) + header[4:]), *kept, *exif_chunk])
    return _shown("webp", size, orientation, body)


def _cleaned_frame(body: bytes) -> bytes:
    """A frame of an animation, without unknown chunks. A frame is sixteen bytes, followed by chunks."""
    frame = _cut(body, 0, 16)
    return frame + _webp_written(chunk for chunk in _webp_chunks(body, 16) if chunk[0] in _WEBP_KEPT)


def _webp_chunks(raw: bytes, at: int) -> Iterator[Chunk]:
    """The name and body of each chunk to the end. Raises Fault."""
    while at < len(raw):
        size = _little(raw, at + 4, 4)
        yield _cut(raw, at, 4), _cut(raw, at + 8, size)
        at += 8 + size + size % 2


def _webp_written(chunks: Iterable[Chunk]) -> bytes:
    return b"".join(name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2) for name, body in chunks)


def _webp_file(chunks: list[Chunk]) -> bytes:
    body = b"WEBP" + _webp_written(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _bitstream_size(name: bytes, body: bytes) -> Size:
    """The size in the bitstream of a picture with one chunk. Raises Fault."""
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return _little(body, 6, 2) & 0x3FFF, _little(body, 8, 2) & 0x3FFF
    if name == b"VP8L" and body[:1] == b"\x2f":
        sides = _little(body, 1, 4)
        return (sides & 0x3FFF) + 1, (sides >> 14 & 0x3FFF) + 1
    raise damaged()


_CLEANERS: Final[dict[bytes, tuple[Kind, Callable[[bytes], Picture]]]] = {
    rb"\xff\xd8\xff": ("jpeg", _jpeg),
    re.escape(_PNG_START): ("png", _png),
    rb"GIF8[79]a": ("gif", _gif),
    rb"RIFF....WEBP": ("webp", _webp),
}
"""For each pattern of a file's first bytes: the kind, and the function that cleans it."""
