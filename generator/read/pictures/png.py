"""PNG: W3C Portable Network Graphics, third edition, with its animation chunks."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from generator.read.pictures.parsing import Picture, big, cut, damaged, few, orientation, oriented, shown
from generator.read.pictures.profiles import without_texts

START: Final = b"\x89PNG\r\n\x1a\n"
_CRITICAL: Final = frozenset((b"IHDR", b"PLTE", b"IDAT"))
_LENGTHS: Final = {
    b"tRNS": (1, 256), b"gAMA": (4, 4), b"cHRM": (32, 32), b"sRGB": (1, 1), b"iCCP": (1, 1 << 31), b"cICP": (4, 4),
    b"sBIT": (1, 4), b"pHYs": (9, 9), b"bKGD": (1, 6), b"acTL": (8, 8), b"fcTL": (26, 26), b"fdAT": (4, 1 << 31),
}  # fmt: skip
"""Ancillary chunks that decide how a picture looks, and how long they may be: behind that could stand anything."""
_SEVERAL: Final = frozenset((b"IDAT", b"fcTL", b"fdAT"))
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES: Final = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Adam7: where each pass begins, and its steps, across and down."""
_LARGEST_PROFILE: Final = 4 << 20

Chunk = tuple[bytes, bytes]
"""Name and body."""


def cleaned(raw: bytes, *, is_original: bool) -> Picture:
    """See ``pictures.picture``."""
    chunks = few(_chunks(raw))
    header = chunks[0][1] if chunks else b""
    if not chunks or chunks[0][0] != b"IHDR" or len(header) != 13 or all(name != b"IDAT" for name, _ in chunks):
        raise damaged()
    turn = orientation(next((body for name, body in chunks if name == b"eXIf"), b""))
    own = [(b"eXIf", oriented(turn))] if turn > 1 else []
    kept = list(_kept(chunks[1:]))
    if is_original:
        kept = list(_without_hidden(kept, header))
    parts = [(b"IHDR", header), *own, *kept, (b"IEND", b"")]
    return shown("png", (big(header, 0, 4), big(header, 4, 4)), turn, START + b"".join(map(_written, parts)))


def _chunks(raw: bytes) -> Iterator[Chunk]:
    """The chunks up to IEND.

    Raises Fault, also for an unknown critical chunk (5.4: bit 5 of its first letter is 0): no decoder would show it.
    """
    at = len(START)
    while (name := cut(raw, at + 4, 4)) != b"IEND":
        size = big(raw, at, 4)
        if name not in _CRITICAL and not name[0] & 0x20:
            raise damaged()
        yield name, cut(raw, at + 8, size)
        at += size + 12
        cut(raw, at - 4, 4)
    cut(raw, at, big(raw, at, 4) + 12)


def _kept(chunks: list[Chunk]) -> Iterator[Chunk]:
    """The chunks that make up the picture, each of the others once."""
    seen = set[bytes]()
    for name, body in chunks:
        shortest, longest = _LENGTHS.get(name, (0, 1 << 31 if name in _CRITICAL else -1))
        if shortest <= len(body) <= longest and (name in _SEVERAL or name not in seen):
            seen.add(name)
            yield name, body


def _written(chunk: Chunk) -> bytes:
    name, body = chunk
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _without_hidden(chunks: list[Chunk], header: bytes) -> Iterator[Chunk]:
    """The chunks with a colour profile that holds numbers only, and without what follows the compressed pixels."""
    size, number, waiting = (big(header, 0, 4), big(header, 4, 4)), 0, b""
    for at, (name, body) in enumerate(chunks):
        if name == b"iCCP":
            if profile := _profile(body):
                yield name, b"icc\0\0" + zlib.compress(profile)
        elif name == b"fcTL":
            size = big(body, 4, 4), big(body, 8, 4)
            yield name, number.to_bytes(4, "big") + body[4:]
            number += 1
        elif name in (b"IDAT", b"fdAT"):
            waiting += body if name == b"IDAT" else body[4:]
            if at + 1 < len(chunks) and chunks[at + 1][0] == name:
                continue
            data = _pixels(waiting, header, size)
            yield (name, data) if name == b"IDAT" else (name, number.to_bytes(4, "big") + data)
            number += name == b"fdAT"
            waiting = b""
        else:
            yield name, body


def _profile(body: bytes) -> bytes | None:
    packed = body.partition(b"\0")[2][1:]
    try:
        return without_texts(zlib.decompressobj().decompress(packed, _LARGEST_PROFILE))
    except zlib.error:
        return None


def _pixels(packed: bytes, header: bytes, size: tuple[int, int]) -> bytes:
    """The compressed lines of a picture or frame of this size, and nothing behind them. Raises Fault."""
    rest, unpacked, most = packed, zlib.decompressobj(), _length(header, size)
    try:
        while not unpacked.eof:
            lines = unpacked.decompress(rest, 1 << 20)
            rest = unpacked.unconsumed_tail
            most -= len(lines)
            if most < 0 or not (lines or rest):
                raise damaged()
    except zlib.error:
        raise damaged() from None
    return packed[: len(packed) - len(unpacked.unused_data)]


def _length(header: bytes, size: tuple[int, int]) -> int:
    """The number of bytes of the lines of a picture or frame of this size."""
    depth, colour, is_interlaced = header[8], header[9], header[12]
    bits = depth * _CHANNELS.get(colour, 4)
    steps = _PASSES if is_interlaced else ((0, 0, 1, 1),)
    parts = (
        (-(-max(0, size[0] - left) // across), -(-max(0, size[1] - top) // down)) for left, top, across, down in steps
    )
    return sum(height * (1 + -(-width * bits // 8)) for width, height in parts if width)
