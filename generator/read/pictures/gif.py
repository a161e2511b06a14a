"""GIF: CompuServe's GIF89a specification. NETSCAPE2.0 and ANIMEXTS1.0 give the number of loops of an animation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from generator.read.pictures.parsing import Picture, Stretch, big, cut, damaged, few, little, shown

_CONTROL: Final = b"!\xf9\x04"
_LOOPS: Final = (b"!\xff\x0bNETSCAPE2.0", b"!\xff\x0bANIMEXTS1.0")
_LENGTHS: Final = {_CONTROL: 8, **dict.fromkeys(_LOOPS, 19)}
"""The extensions that decide how a picture runs, and how long they are: behind that could stand anything."""
_MOST_PIECES: Final = 1_000_000
"""Pieces of at most 255 bytes in which all data are kept."""
_LONGEST: Final = 255


def cleaned(raw: bytes) -> Picture:
    """See ``pictures.picture``."""
    head = _head(raw)
    # No browser shows plain text extensions, and unknown extensions could contain anything.
    kept = [clean for block in few(_blocks(raw, len(head))) if (clean := _cleaned(block))]
    if not any(block.startswith(b",") for block in kept):
        raise damaged()
    return shown("gif", (little(head, 6, 2), little(head, 8, 2)), 1, b"".join((head, *kept, b";")))


def stretches(body: bytes) -> list[Stretch]:
    """The data of all images of a cleaned picture."""
    head = _head(body)

    def of(block: bytes) -> Stretch:
        start, data = _data(block)
        return Stretch(data, lambda new: b"".join((head, block[:start], _pieces(new), b";")))

    return [of(block) for block in _blocks(body, len(head)) if block.startswith(b",")]


def with_stretches(body: bytes, data: Iterable[bytes]) -> bytes:
    """The cleaned picture with other data in its images."""
    head, new = _head(body), iter(data)
    blocks = (
        block[: _data(block)[0]] + _pieces(next(new)) if block.startswith(b",") else block
        for block in _blocks(body, len(head))
    )
    return b"".join((head, *blocks, b";"))


def _head(raw: bytes) -> bytes:
    """The screen and its colours."""
    return cut(raw, 0, 13 + _colours(big(raw, 10, 1)))


def _cleaned(block: bytes) -> bytes:
    """The block to keep, an extension without what follows it; empty for one that is left out."""
    if block.startswith(b","):
        return block
    size = next((size for start, size in _LENGTHS.items() if block.startswith(start)), 0)
    return block[: size - 1] + b"\0" if size and len(block) >= size else b""


def _blocks(raw: bytes, at: int) -> Iterator[bytes]:
    """The images and extensions up to the trailer, each including its terminator. Raises Fault."""
    pieces = 0
    while (first := cut(raw, at, 1)) != b";":
        if first == b",":
            end = at + 11 + _colours(big(raw, at + 9, 1))
        elif first == b"!":
            end = at + 2
        else:
            raise damaged()
        while size := big(raw, end, 1):
            end += 1 + size
            pieces += 1
            if pieces > _MOST_PIECES:
                raise damaged()
        end += 1
        yield raw[at:end]
        at = end


def _data(block: bytes) -> tuple[int, bytes]:
    """Where the data of an image begin in its block, and the data."""
    start = at = 11 + _colours(block[9])
    pieces = []
    while size := block[at]:
        pieces.append(block[at + 1 : at + 1 + size])
        at += 1 + size
    return start, b"".join(pieces)


def _pieces(data: bytes) -> bytes:
    pieces = (data[at : at + _LONGEST] for at in range(0, len(data), _LONGEST))
    return b"".join(bytes((len(piece),)) + piece for piece in pieces) + b"\0"


def _colours(flags: int) -> int:
    """The length in bytes of the colour table that a packed field declares."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
