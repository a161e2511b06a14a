"""What the cache knows of sources, of published files and of blocks of the search's index, a row of a table each."""

from __future__ import annotations

from typing import NamedTuple

from generator.ground.file_stat import FileStat


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
    def stamp(self) -> FileStat:
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


class Wanted(NamedTuple):
    """A file that is to be published, by all that decides what is in it."""

    path: str
    kind: str
    """The name of its page's view; empty for a file that no template makes."""
    mark: bytes
    """The fingerprint of what its page holds, or of the bytes that it is made of."""
    frame: bytes
    """The fingerprint of its template, the settings and what must not be published."""
    texts: bytes
    """The fingerprints of the texts that it shows."""
    sources: str
    """The paths of those texts, one a line."""


class PageRow(NamedTuple):
    """What is known of a published file: what was ``Wanted``, whose fields are its first, and what came of it."""

    path: str
    kind: str
    mark: bytes
    frame: bytes
    texts: bytes
    sources: str
    print: bytes
    """The fingerprint of the file's bytes."""
    is_safe: int
    """Whether the stamp was safely older than the look that noted it."""
    size: int
    mtime: int
    ctime: int
    ino: int
    parts: bytes | None
    """The parts of other pages that it links to, sealed; None for none."""
    noticed: bytes | None
    """What in it is worth a warning, sealed; None for nothing."""

    @property
    def stamp(self) -> FileStat:
        """The file's stamp when it was published."""
        return self[8:12]


class StampRow(NamedTuple):
    """By what a published file is known again."""

    path: str
    print: bytes
    is_safe: int
    stamp: FileStat
