"""The documents that readers can search, in blocks.

The texts of each block are made on their own, so that an edit leaves most of the index unchanged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from generator.ground.dates import DateSpan
from generator.ground.frozen import frozen
from generator.model.components import Body

MAX_BLOCK_SIZE: Final = 64
"""Documents in a block at most. The texts of all of them are made again when one changes."""
FULL_SCAN_LIMIT: Final = 128 * 1024
"""Bytes of texts: up to this number, there is no index and a search scans all texts."""
SHARD_SIZE: Final = 6 * 1024
"""Bytes of texts for each shard; there may be up to twice as many."""
CAPACITY: Final = 16
"""The last block of a list has room for a multiple of so many documents, so that one more seldom gives those of others
new numbers."""
OLD_CAPACITY: Final = 4
"""The same for an old month, which seldom grows."""
_GROWTH: Final = 8
"""A list, since a long one grows more often, has room for one in so many of its documents more, or twice as many."""


@frozen
class Within:
    """The site of which a document is a page, where the search is one over many sites."""

    name: str
    url: str
    """The address of the page that shows what is known of it."""
    search: str | None
    """The address of its own search, which looks through the whole texts; None where it has none."""


@frozen(kw_only=True)
class SearchDocument:
    """A page that can be found."""

    url: str
    kind: str
    """``entry``, ``withdrawn`` (an entry), ``target``, ``policy``, ``page`` or ``request``; shown with the result."""
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
    """What stands before its text, such as the summary."""
    body: Body | None = None
    """None for a document without a text."""
    place: str | None = None
    facts: tuple[str, ...] = ()
    """What is searched behind all of it: authors, the weather, what was corrected, policies handed over, who issued
    a policy."""
    within: Within | None = None
    """None in a site, all of whose documents are its own."""


def present(*lines: str | None) -> tuple[str, ...]:
    """The given lines without those that are None or empty."""
    return tuple(line for line in lines if line)


@frozen
class SearchBlock:
    """Documents whose texts are made together."""

    name: str
    """``2020-03-000``: month and number; for documents without a date, their kind and number."""
    documents: tuple[SearchDocument, ...]


@frozen(kw_only=True)
class SearchPlan:
    """Everything that can be found."""

    blocks: tuple[SearchBlock, ...]
    kinds: tuple[tuple[str, str], ...]
    """Id and label of each kind that readers can filter by."""
    targets: tuple[tuple[str, str, str], ...]
    """Id, name and kind of each target that readers can filter by."""
    tags: tuple[str, ...]
    words: tuple[str, ...]
    """Names of the site that are worth a search, the most frequent first."""


@frozen
class SearchLayout:
    """Which numbers the documents of each block have."""

    firsts: Mapping[str, int]
    """The number of each block's first document, in ascending order."""
    room: int
    """A power of two, more than any document's number. A document's pieces are numbered in steps of it."""

    def number(self, block: str, document: int, part: int) -> int:
        """The number of a piece."""
        return part * self.room + self.firsts[block] + document

    def place(self, number: int) -> tuple[str, int, int]:
        """Block, document and part of the piece with a number."""
        part, document = divmod(number, self.room)
        firsts = [*self.firsts.values()]
        at = bisect_right(firsts, document) - 1
        return [*self.firsts][at], document - firsts[at], part

    def keeps(self, other: SearchLayout) -> bool:
        """Whether no document that both hold has another number there."""
        common = self.firsts.keys() & other.firsts.keys()
        return self.room == other.room and all(self.firsts[name] == other.firsts[name] for name in common)


def layout_of(sizes: Mapping[str, int]) -> SearchLayout:
    """The numbers of documents, from how many each block has. The newest month is last and has all the room to grow."""
    firsts, number = {}, 0
    newest = max(filter(is_dated, sizes), default="")[:7]
    lengths: dict[str, int] = defaultdict(int)
    for name, size in sizes.items():
        lengths[_list_of(name)] += size
    for name in sorted(sizes, key=lambda one: (is_dated(one), one)):
        firsts[name] = number
        if name[:7] == newest:
            step = MAX_BLOCK_SIZE
        else:
            growth = 1 << (lengths[_list_of(name)] // _GROWTH).bit_length()
            step = max(OLD_CAPACITY if is_dated(name) else CAPACITY, growth)
        number += min(MAX_BLOCK_SIZE, (sizes[name] // step + 1) * step)
    return SearchLayout(firsts, 1 << number.bit_length())


def _list_of(block: str) -> str:
    """The name of the list of which a block is a part: the documents of a month, of a day, or of a kind."""
    return block.rpartition("-")[0]


def is_dated(block: str) -> bool:
    """Whether the block with this name holds the documents of a month."""
    return block[:4].isdigit()


def shards_for(size: int) -> int:
    """The number of files of the index for so many bytes of texts: a power of two; 0 where a search scans all texts."""
    return 0 if size <= FULL_SCAN_LIMIT else 1 << (size // SHARD_SIZE | 1).bit_length() - 1
