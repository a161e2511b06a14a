"""WebP: RFC 9649; the bitstreams inside are RFC 6386 (VP8) and RFC 9649 chapter 3 (VP8L)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from generator.read.pictures.parsing import (
    Picture,
    Size,
    Stretch,
    cut,
    damaged,
    few,
    little,
    orientation,
    oriented,
    shown,
)
from generator.read.pictures.profiles import without_texts

_IMAGES: Final = frozenset((b"VP8 ", b"VP8L", b"ANMF"))
_KEPT: Final = _IMAGES | {b"ICCP", b"ANIM", b"ALPH"}
_ALPHA: Final = b"ALPH"
_IN_FRAME: Final = frozenset((b"VP8 ", b"VP8L", _ALPHA))
_ALPHA_FLAG: Final = 0x10
_EXIF_FLAG: Final = 0x08
_PROFILE_FLAG: Final = 0x20
_OTHER_FLAGS: Final = 0x32
"""ICC profile, alpha and animation; without XMP and the reserved bits."""
_FRAME: Final = 16
_LOOPS: Final = 6
"""The length of ANIM."""

Chunk = tuple[bytes, bytes]


def cleaned(raw: bytes, *, is_original: bool) -> Picture:
    """See ``pictures.picture``."""
    chunks = _all(raw)
    name, first = chunks[0] if chunks else (b"", b"")
    if name == b"VP8X":
        return _extended(cut(first, 0, 10), chunks[1:], is_original=is_original)
    return shown("webp", _size(name, first), 1, _file([(name, first)]))


def stretches(body: bytes) -> list[Stretch]:
    """The data of all images of a cleaned picture, a frame's as those of a picture of its own."""
    return _stretches(_all(body))


def _stretches(chunks: list[Chunk]) -> list[Stretch]:
    def within(number: int) -> list[Stretch]:
        name, body = chunks[number]
        before, after = chunks[:number], chunks[number + 1 :]
        if name == b"ANMF":
            return _stretches([(b"VP8X", bytes((_ALPHA_FLAG, 0, 0, 0)) + body[6:12]), *_chunks(body, _FRAME)])
        is_image = name in _IMAGES or name == _ALPHA
        return [Stretch(body, lambda data: _file([*before, (name, data), *after]))] if is_image else []

    return [one for number in range(len(chunks)) for one in within(number)]


def with_stretches(body: bytes, data: Iterable[bytes]) -> bytes:
    """The cleaned picture with other data in its images."""
    new = iter(data)

    def filled(name: bytes, old: bytes) -> bytes:
        if name == b"ANMF":
            return old[:_FRAME] + _written([(inner, filled(inner, one)) for inner, one in _chunks(old, _FRAME)])
        return next(new) if name in _IMAGES or name == _ALPHA else old

    return _file([(name, filled(name, old)) for name, old in _all(body)])


def _extended(header: bytes, chunks: list[Chunk], *, is_original: bool) -> Picture:
    """A picture in the extended format (section 2.7). Its EXIF is used only where the header declares it."""
    if not any(name in _IMAGES for name, _ in chunks):
        raise damaged()
    exif = (body for name, body in chunks if name == b"EXIF" and header[0] & _EXIF_FLAG)
    turn = orientation(next(exif, b""))
    kept = [(name, _cleaned(name, body)) for name, body in chunks if name in _KEPT]
    if is_original:
        kept = [(name, new) for name, body in kept if (new := without_texts(body) if name == b"ICCP" else body)]
    flags = header[0] & _OTHER_FLAGS | (_EXIF_FLAG if turn > 1 else 0)
    if not any(name == b"ICCP" for name, _ in kept):
        flags &= ~_PROFILE_FLAG
    exif_chunk = [(b"EXIF", oriented(turn))] if turn > 1 else []
    size = little(header, 4, 3) + 1, little(header, 7, 3) + 1
    body = _file([(b"VP8X", bytes((flags, 0, 0, 0)) + header[4:]), *kept, *exif_chunk])
    return shown("webp", size, turn, body)


def _cleaned(name: bytes, body: bytes) -> bytes:
    """A chunk without what may hide in it. A frame of an animation is sixteen bytes, followed by chunks."""
    if name == b"ANIM":
        return body[:_LOOPS]
    if name != b"ANMF":
        return body
    frame = cut(body, 0, _FRAME)
    return frame + _written(chunk for chunk in few(_chunks(body, _FRAME)) if chunk[0] in _IN_FRAME)


def _all(raw: bytes) -> list[Chunk]:
    return few(_chunks(cut(raw, 0, 8 + little(raw, 4, 4)), 12))


def _chunks(raw: bytes, at: int) -> Iterator[Chunk]:
    """The name and body of each chunk to the end. Raises Fault."""
    while at < len(raw):
        size = little(raw, at + 4, 4)
        yield cut(raw, at, 4), cut(raw, at + 8, size)
        at += 8 + size + size % 2


def _written(chunks: Iterable[Chunk]) -> bytes:
    return b"".join(name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2) for name, body in chunks)


def _file(chunks: list[Chunk]) -> bytes:
    body = b"WEBP" + _written(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _size(name: bytes, body: bytes) -> Size:
    """The size in the bitstream of a picture with one chunk. Raises Fault."""
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return little(body, 6, 2) & 0x3FFF, little(body, 8, 2) & 0x3FFF
    if name == b"VP8L" and body[:1] == b"\x2f":
        sides = little(body, 1, 4)
        return (sides & 0x3FFF) + 1, (sides >> 14 & 0x3FFF) + 1
    raise damaged()
