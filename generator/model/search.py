"""The documents that readers can search, in blocks.

Each block is indexed on its own, so that an edit leaves most of the index unchanged.
"""

from __future__ import annotations

from typing import Final

from generator.ground.dates import DateSpan
from generator.ground.frozen import frozen
from generator.model.components import Body

MAX_BLOCK_SIZE: Final = 64
"""Documents in a block at most. All of them are indexed again when one changes."""
FULL_SCAN_LIMIT: Final = 192
"""Documents with a text: up to this number, there is no index and a search scans all texts."""
SHARD_SIZE: Final = 16
"""Documents with a text for each shard; there may be up to twice as many."""


@frozen(kw_only=True)
class SearchDocument:
    """A page that can be found."""

    url: str
    kind: str
    """``entry``, ``target``, ``policy``, ``page`` or ``request``; shown with the result."""
    title: str
    names: tuple[str, ...] = ()
    """All names of the targets that it is about."""
    targets: tuple[str, ...] = ()
    """The ids of those targets."""
    kinds: tuple[str, ...] = ()
    """The ids of the kinds of those targets."""
    tags: tuple[str, ...] = ()
    span: DateSpan | None = None
    """The days that it covers; None for a document without a date."""
    lines: tuple[str, ...] = ()
    """Further text to search, such as place and summary."""
    body: Body | None = None
    """None for a document without a text."""


def present(*lines: str | None) -> tuple[str, ...]:
    """The given lines without those that are None or empty."""
    return tuple(line for line in lines if line)


@frozen
class SearchBlock:
    """Documents that are indexed together."""

    name: str
    """``2020-03-000``: month and number; for documents without a date, their kind and number."""
    documents: tuple[SearchDocument, ...]


@frozen(kw_only=True)
class SearchPlan:
    """Everything that can be found."""

    blocks: tuple[SearchBlock, ...]
    shards: int
    """The number of files of the index, a power of two; 0 where a search scans all texts."""
    kinds: tuple[tuple[str, str], ...]
    """Id and label of each kind that readers can filter by."""
    targets: tuple[tuple[str, str, str], ...]
    """Id, name and kind of each target that readers can filter by."""
    tags: tuple[str, ...]


def shards_for(documents: int) -> int:
    """The number of files of the index for this number of documents with a text."""
    return 0 if documents <= FULL_SCAN_LIMIT else 1 << (documents // SHARD_SIZE).bit_length() - 1
