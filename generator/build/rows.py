"""What the cache knows of sources and of blocks of the search's index, a row of a table each."""

from __future__ import annotations

from typing import NamedTuple

from generator.ground.stamps import Stamp


class SourceRow(NamedTuple):
    """What is known of a source."""

    path: str
    print: bytes
    """The fingerprint of its bytes."""
    mark: bytes
    """The fingerprint of what it says beside its prose."""
    outline: bytes
    """The same without what others merely show of it."""
    is_safe: int
    """Whether the stamp was safely older than the look that noted it."""
    size: int
    mtime: int
    ctime: int
    ino: int

    @property
    def stamp(self) -> Stamp:
        """The file's stamp when it was read."""
        return self[5:9]


class Learnt(NamedTuple):
    """What was read of a source."""

    row: SourceRow
    facts: bytes | None = None
    """What it says beside its prose; None where that is known already."""
    prose: bytes | None = None
    """Likewise, or there is none."""


class BlockRow(NamedTuple):
    """What is known of a block of the search's index."""

    name: str
    size: int
    """How many documents it has."""
    mark: bytes
    """The fingerprint of what its documents are beside their texts."""
    frame: bytes
    """The fingerprint of the settings, the strings and what must not be published."""
    texts: bytes
    """The fingerprints of those texts."""
    sources: str
    """The paths of the texts, one a line; an empty one for a document without a text."""
    prints: bytes
    """The fingerprint of what it has in each shard; sealed."""
