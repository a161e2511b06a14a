"""What the formats of pictures share: reading bytes within bounds, faults, and the orientation of EXIF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, Literal, TypeVar

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say

Kind = Literal["jpeg", "png", "gif", "webp", "avif", "heic"]
Size = tuple[int, int]
T = TypeVar("T")

MOST_PARTS: Final = 100_000
"""Segments, chunks or blocks of a picture: more than any program writes into a file."""
EXIF: Final = b"Exif\0\0"
_BYTE_ORDERS: Final[dict[bytes, Literal["little", "big"]]] = {b"II*\0": "little", b"MM\0*": "big"}
_ORIENTATION_TAG: Final = 0x0112
_SHORT: Final = 3


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


@frozen
class Stretch:
    """A stretch of compressed data, whose end only a decoder knows: what follows it may be anything."""

    data: bytes
    still: Callable[[bytes], bytes]
    """A picture to be decoded with other data in the place of this."""


def damaged() -> Fault:
    """The fault of a picture that is incomplete or damaged."""
    return Fault(
        say("the picture is cut short or damaged"),
        say("copy it again from where it was taken, or save it again as JPEG or PNG"),
    )


def few(parts: Iterable[T]) -> list[T]:
    """The parts of a picture. Raises Fault where there are so many that only a trap is made of them."""
    found = list(islice(parts, MOST_PARTS + 1))
    if len(found) > MOST_PARTS:
        raise damaged()
    return found


def cut(raw: bytes, at: int, size: int) -> bytes:
    """The ``size`` bytes from ``at``. Raises Fault where the file ends before."""
    if at + size > len(raw):
        raise damaged()
    return raw[at : at + size]


def big(raw: bytes, at: int, size: int) -> int:
    """A number of ``size`` bytes, the highest first. Raises Fault."""
    return int.from_bytes(cut(raw, at, size), "big")


def little(raw: bytes, at: int, size: int) -> int:
    """A number of ``size`` bytes, the lowest first. Raises Fault."""
    return int.from_bytes(cut(raw, at, size), "little")


def shown(kind: Kind, size: Size, turn: int, body: bytes) -> Picture:
    """The picture, with width and height swapped where the orientation turns it. Raises Fault where it has no area."""
    if 0 in size:
        raise damaged()
    width, height = reversed(size) if turn >= 5 else size
    return Picture(kind, width, height, body)


# The orientation: EXIF's tag Orientation, in a TIFF 6.0 structure.


def orientation(exif: bytes) -> int:
    """The orientation, 1 to 8 (turned and mirrored); 1, unchanged, where the EXIF is missing or invalid."""
    tiff = exif.removeprefix(EXIF)
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


def oriented(turn: int) -> bytes:
    """A TIFF structure that holds the orientation and nothing else."""
    header = b"MM\0*" + (8).to_bytes(4, "big")
    tag = b"".join(number.to_bytes(2, "big") for number in (_ORIENTATION_TAG, _SHORT, 0, 1, turn, 0))
    return header + b"\0\1" + tag + bytes(4)
