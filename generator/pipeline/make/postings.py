"""What new blocks of the search's index have in each of its shards, put aside until the shards are made."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.ground.fingerprint import SIZE, fingerprint
from generator.pipeline.cache.spill import Spool


class Block(NamedTuple):
    """What one block has in all shards."""

    body: bytes
    """Its lines, those in one shard behind those in another."""
    ends: array[int]
    """Where the first of them begins, and where each ends."""
    prints: bytes
    """The fingerprint of each, none for nothing."""

    @classmethod
    def of(cls, lines: Sequence[bytes]) -> Block:
        """A block that has these lines, by the number of the shard."""
        ends = array("I", accumulate(map(len, lines), initial=0))
        return cls(b"".join(lines), ends, b"".join([fingerprint(line) if line else bytes(SIZE) for line in lines]))


class Fragments:
    """The lines of new blocks, by the block's name."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._ends: dict[str, array[int]] = {}
        self._places: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ends)

    def __contains__(self, name: str) -> bool:
        return name in self._ends

    def put(self, name: str, block: Block) -> None:
        """Puts a block aside. Raises BuildError where there is no room."""
        self._ends[name] = block.ends
        self._places[name] = self._spool.put(block.body), self._spool.put(block.prints)

    def prints(self, name: str) -> bytes:
        """The fingerprints of what a block has in each shard."""
        return self._spool.get(self._places[name][1])

    def within(self, shards: Sequence[int]) -> Iterator[dict[str, bytes]]:
        """For each of these shards, in ascending order, what blocks have in it; what is between them is fetched too."""
        first, last = shards[0], shards[-1] + 1
        found = [
            (name, ends, self._spool.get(self._places[name][0], ends[first], ends[last]))
            for name, ends in self._ends.items()
        ]
        for one in shards:
            yield {name: body[ends[one] - ends[first] : ends[one + 1] - ends[first]] for name, ends, body in found}
