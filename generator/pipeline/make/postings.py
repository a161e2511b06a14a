"""The postings of new blocks of the search index: what each block has in each shard, kept until the shards are made."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.ground.fingerprint import SIZE, fingerprint
from generator.pipeline.cache.spill import SpillFile


class BlockPostings(NamedTuple):
    """What one block has in all shards."""

    body: bytes
    """Its lines, one for each shard, one after the other."""
    ends: array[int]
    """Where the first of them begins, and where each ends."""
    digests: bytes
    """The digest of each line; zeros for an empty one."""

    @classmethod
    def of(cls, lines: Sequence[bytes]) -> BlockPostings:
        """The postings with these lines, by the number of the shard."""
        ends = array("I", accumulate(map(len, lines), initial=0))
        return cls(b"".join(lines), ends, b"".join([fingerprint(line) if line else bytes(SIZE) for line in lines]))


class Postings:
    """The postings of new blocks, by the name of the block. Most of them is in the spill file."""

    def __init__(self, spill: SpillFile) -> None:
        self._spill = spill
        self._ends: dict[str, array[int]] = {}
        self._numbers: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ends)

    def __contains__(self, name: str) -> bool:
        return name in self._ends

    def add(self, name: str, block: BlockPostings) -> None:
        """Adds a block. Raises BuildError on a full disk."""
        self._ends[name] = block.ends
        self._numbers[name] = self._spill.put(block.body), self._spill.put(block.digests)

    def digests(self, name: str) -> bytes:
        """The digests of what a block has in each shard."""
        return self._spill.get(self._numbers[name][1])

    def in_shards(self, shards: Sequence[int]) -> Iterator[dict[str, bytes]]:
        """For each of these shards, in ascending order, the line of each block."""
        first, last = shards[0], shards[-1] + 1
        found = [
            (name, ends, self._spill.get(self._numbers[name][0], ends[first], ends[last]))
            for name, ends in self._ends.items()
        ]
        for one in shards:
            yield {name: body[ends[one] - ends[first] : ends[one + 1] - ends[first]] for name, ends, body in found}
