"""What pages hold, told, kept together by the hundred: so all of it is fetched and searched in a moment."""

from __future__ import annotations

import pickle
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Final

from generator.ground.fingerprint import fingerprint, sealed, unsealed
from generator.ground.frozen import frozen

SHELVES: Final = 256
"""With some ten thousand pages, an edit of one writes a few of them, and all are few to fetch."""


def shelf_of(path: str) -> int:
    """The number of the shelf on which a page's telling stands, by its path from the output folder."""
    return zlib.crc32(path.encode()) % SHELVES


@frozen
class Shelf:
    """What some pages hold, one told behind the other."""

    marks: Mapping[str, bytes]
    """By path, the fingerprint of each."""
    ends: tuple[int, ...]
    """Where each ends in the body."""
    body: bytes

    @classmethod
    def of(cls, told: Mapping[str, bytes]) -> Shelf:
        """A shelf with these tellings, by path."""
        marks = {path: fingerprint(one) for path, one in told.items()}
        return cls(marks, tuple(accumulate(map(len, told.values()))), b"".join(told.values()))

    @classmethod
    def opened(cls, head: object, body: object) -> Shelf | None:
        """The shelf that was ``packed`` so; None where it is not what it was."""
        known = unsealed(head) if isinstance(head, bytes) else None
        if known is None or not isinstance(body, bytes):
            return None
        marks, ends, check = pickle.loads(known)  # noqa: S301 - our own, unchanged
        return cls(marks, ends, body) if zlib.crc32(body) == check else None

    @property
    def packed(self) -> tuple[bytes, bytes]:
        """The shelf as it is kept: what stands on it, and that itself.

        All bodies together are long, so a checksum that is fast has to do, which any damage by chance changes.
        """
        return sealed(pickle.dumps((dict(self.marks), self.ends, zlib.crc32(self.body)), 5)), self.body

    @property
    def told(self) -> dict[str, bytes]:
        """All tellings, by path."""
        starts = (0, *self.ends)
        return {path: self.body[start:end] for path, start, end in zip(self.marks, starts, self.ends, strict=False)}

    def altered(self, told: Mapping[str, bytes | None]) -> Shelf:
        """The shelf with other tellings, and without those that are None now."""
        return self.of({path: one for path, one in {**self.told, **told}.items() if one is not None})

    def holding(self, sign: bytes) -> Iterator[str]:
        """The paths of the pages in whose telling the sign stands."""
        paths, at = list(self.marks), self.body.find(sign)
        while at >= 0:
            number = bisect_right(self.ends, at)
            is_whole = at + len(sign) <= self.ends[number]
            if is_whole:
                yield paths[number]
            at = self.body.find(sign, self.ends[number] if is_whole else at + 1)
