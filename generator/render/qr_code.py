"""QR codes (ISO/IEC 18004) of addresses: byte mode, level M, one mask, as small black-and-white PNGs.

The library segno takes 1 to 14 ms for one, as long as the rest of an entry's page; this takes a tenth of that, because
what all codes of one size have in common is made once. The tests read them with another library.
"""

from __future__ import annotations

import base64
import functools
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import compress, zip_longest
from typing import Final

from generator.ground.frozen import frozen

QUIET: Final = 4
"""Modules of white around a code."""
_BLOCKS: Final = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16)
_CORRECTION: Final = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26)
"""By version, from 1: how many blocks the data is cut into at level M, and the bytes of correction for each."""
_SMALL_COUNT: Final = 9
"""The last version whose number of bytes is one byte."""
_DARK: Final = ord("0")
_LIGHT: Final = ord("1")
_AS_NUMBERS: Final = bytes.maketrans(b"01", b"\0\1")


@frozen
class _Symbol:
    """What all codes of one version have in common."""

    side: int
    """Modules on a side, with the white around them."""
    raster: bytes
    """The picture of a code whose bits of data and correction are all 0: a character for each bit of each row."""
    places: tuple[int, ...]
    """Where each of these bits stands."""
    data: int
    """Bytes of data, before correction."""


def data_uri(address: str) -> str | None:
    """The code of an ASCII address as the address of a picture; None where it is too long for a phone to read."""
    version = _version(len(address))
    if version is None:
        return None
    symbol = _symbol(version)
    words = _corrected(_data(address.encode("ascii"), version, symbol.data), version)
    bits = f"{int.from_bytes(words, 'big'):0{8 * len(words)}b}".encode().translate(_AS_NUMBERS)
    raster = bytearray(symbol.raster)
    for place in compress(symbol.places, bits):
        raster[place] ^= 1
    return "data:image/png;base64," + base64.b64encode(_png(symbol.side, raster)).decode()


def side(address: str) -> int:
    """The width of its picture in modules, with the white around it; 0 where there is none."""
    version = _version(len(address))
    return _symbol(version).side if version else 0


@functools.lru_cache(maxsize=1024)
def _version(length: int) -> int | None:
    """The smallest version that holds so many bytes; None where they are too many."""
    return next((one for one in range(1, len(_BLOCKS) + 1) if length <= _data_words(one) - _head(one)), None)


def _head(version: int) -> int:
    """Bytes for the mode and the number of bytes; half a byte of it lies at the end."""
    return 2 if version <= _SMALL_COUNT else 3


def _words(version: int) -> int:
    """Bytes of data and correction."""
    free = (16 * version + 128) * version + 64
    if version > 1:
        rows = version // 7 + 2
        free -= (25 * rows - 10) * rows - 55
    return (free - (36 if version > 6 else 0)) // 8


def _data_words(version: int) -> int:
    return _words(version) - _BLOCKS[version - 1] * _CORRECTION[version - 1]


def _data(text: bytes, version: int, room: int) -> bytes:
    """Mode, number of bytes, the bytes themselves, and what fills the rest."""
    count = len(text).to_bytes(_head(version) - 1, "big")
    number = int.from_bytes(b"\x04" + count + text, "big") << 4
    head = number.to_bytes(len(count) + len(text) + 2, "big")[1:]
    filling = b"\xec\x11" * room
    return head + filling[: room - len(head)]


def _corrected(data: bytes, version: int) -> bytes:
    """The data in blocks, each with its correction, woven into each other."""
    count, width = _BLOCKS[version - 1], _CORRECTION[version - 1]
    short, longer = len(data) // count, len(data) % count
    blocks, at = [], 0
    for number in range(count):
        end = at + short + (number >= count - longer)
        blocks.append(data[at:end])
        at = end
    woven = [word for words in zip_longest(*blocks) for word in words if word is not None]
    corrections = zip(*(_correction(block, width) for block in blocks), strict=True)
    return bytes((*woven, *(word for words in corrections for word in words)))


def _correction(block: bytes, width: int) -> bytes:
    """What is left when the block is divided by the generator of so many bytes (Reed and Solomon)."""
    multiples, top, rest = _multiples(width), 8 * (width - 1), 0
    low = (1 << top) - 1
    for word in block:
        rest = (rest & low) << 8 ^ multiples[word ^ rest >> top]
    return rest.to_bytes(width, "big")


@functools.cache
def _multiples(width: int) -> tuple[int, ...]:
    """The generator's coefficients, after the first, times each byte."""
    generator, root = [1], 1
    for _ in range(width):
        shifted = [*generator, 0]
        generator = [one ^ _times(other, root) for one, other in zip(shifted, (0, *generator), strict=True)]
        root = _times(root, 2)
    table = [0]
    for bit in range(8):
        # What two bytes give together is what each of them gives, added.
        multiple = int.from_bytes(bytes(_times(one, 1 << bit) for one in generator[1:]), "big")
        table += [one ^ multiple for one in table]
    return tuple(table)


def _times(one: int, other: int) -> int:
    """The product in the field of 256 elements."""
    product = 0
    for bit in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * 0x11D ^ (other >> bit & 1) * one
    return product


@functools.cache
def _symbol(version: int) -> _Symbol:
    size = 17 + 4 * version
    side = size + 2 * QUIET
    # Each row begins with a byte for its filter, none, and ends with a whole byte.
    row = 8 + -(-side // 8) * 8
    raster = bytearray((b"0" * 8 + b"1" * (row - 8)) * side)
    fixed = _fixed(version, size)
    places = []
    for x, y in _path(size):
        place = (y + QUIET) * row + 8 + QUIET + x
        # The mask: every other module that is not fixed is turned over.
        raster[place] = _DARK if fixed.get((x, y), (x + y) % 2 == 0) else _LIGHT
        if (x, y) not in fixed:
            places.append(place)
    for y in range(size):
        raster[(y + QUIET) * row + 8 + QUIET + 6] = _DARK if fixed[6, y] else _LIGHT
    return _Symbol(side, bytes(raster), tuple(places[: 8 * _words(version)]), _data_words(version))


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The modules in the order of the bits: in columns of two, up and down, from the right."""
    for right in range(size - 1, 0, -2):
        column = right - 1 if right <= 6 else right
        rows = range(size - 1, -1, -1) if (column + 1) & 2 == 0 else range(size)
        yield from ((x, y) for y in rows for x in (column, column - 1))


def _fixed(version: int, size: int) -> dict[tuple[int, int], bool]:
    """The modules that hold no data, and whether they are dark."""
    fixed = {(6, at): at % 2 == 0 for at in range(size)} | {(at, 6): at % 2 == 0 for at in range(size)}
    centres = _centres(version, size)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for x, y in ((x, y) for x in centres for y in centres if (x, y) not in corners):
        fixed |= _rings(x, y, 2, size, light=(1,))
    for x, y in ((3, 3), (3, size - 4), (size - 4, 3)):
        fixed |= _rings(x, y, 4, size, light=(2, 4))
    return fixed | _notes(version, size)


def _rings(x: int, y: int, reach: int, size: int, *, light: Sequence[int]) -> dict[tuple[int, int], bool]:
    """Squares around a centre, dark but for those at the distances ``light``."""
    span = range(-reach, reach + 1)
    return {
        (x + right, y + down): max(abs(right), abs(down)) not in light
        for right in span
        for down in span
        if 0 <= x + right < size and 0 <= y + down < size
    }


def _centres(version: int, size: int) -> list[int]:
    """The columns, and rows, of the small squares."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    return [6, *(size - 7 - number * step for number in range(count - 1))]


def _notes(version: int, size: int) -> dict[tuple[int, int], bool]:
    """The notes of level, mask and version, each of which is there twice."""
    level = _checked(0, 10, 0x537) ^ 0x5412
    up = [(8, at) for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [(at, 8) for at in (7, 5, 4, 3, 2, 1, 0)]
    across = [(size - 1 - at, 8) for at in range(8)] + [(8, at) for at in range(size - 7, size)]
    notes = {place: bool(level >> bit & 1) for places in (up, across) for bit, place in enumerate(places)}
    notes[8, size - 8] = True
    if version > 6:
        bits = _checked(version, 12, 0x1F25)
        for bit in range(18):
            far, near = size - 11 + bit % 3, bit // 3
            notes[far, near] = notes[near, far] = bool(bits >> bit & 1)
    return notes


def _checked(number: int, width: int, divisor: int) -> int:
    """The number with so many bits behind it by which it can be checked."""
    rest = number
    for _ in range(width):
        rest = rest << 1 ^ (rest >> width - 1) * divisor
    return number << width | rest


def _png(side: int, raster: bytearray) -> bytes:
    """The picture: a bit for each module, dark ones 0. It is not packed, as not every zlib packs alike."""
    raw = int(raster, 2).to_bytes(len(raster) // 8, "big")
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(raw), len(raw) ^ 0xFFFF) + raw
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", stored + struct.pack(">I", zlib.adler32(raw))),
        (b"IEND", b""),
    )
    written = (struct.pack(">I", len(body)) + kind + body + _crc(kind + body) for kind, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def _crc(body: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(body))
