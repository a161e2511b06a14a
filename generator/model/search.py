"""What the search of the site looks through: documents, in blocks that an edit leaves as they are."""

from __future__ import annotations

from typing import Final

from generator.ground.dates import DateSpan
from generator.ground.frozen import frozen
from generator.model.components import Body

MAX_BLOCK_SIZE: Final = 64
"""Documents in a block at most: what is made anew when one of them changes."""
FULL_SCAN_LIMIT: Final = 192
"""Documents with a text of their own; where there are no more, a search looks through all of them."""
SHARD_SIZE: Final = 16
"""As many such documents as there are shards, or twice as many."""


@frozen(kw_only=True)
class SearchDocument:
    """A page that can be found, as readers may see it."""

    url: str
    kind: str
    """``entry``, ``target``, ``policy``, ``page`` or ``request``: what results call it."""
    title: str
    names: tuple[str, ...] = ()
    """What the targets are called that it is about, in all ways."""
    targets: tuple[str, ...] = ()
    """Their ids."""
    kinds: tuple[str, ...] = ()
    """The ids of their kinds."""
    tags: tuple[str, ...] = ()
    span: DateSpan | None = None
    """The days that it is about; None for what has no date."""
    lines: tuple[str, ...] = ()
    """What it says beside its text."""
    body: Body | None = None
    """Its text; None where it has none."""


def present(*lines: str | None) -> tuple[str, ...]:
    """The lines of a document that there are."""
    return tuple(line for line in lines if line)


@frozen
class SearchBlock:
    """Documents whose part of the index is made together."""

    name: str
    """``2020-03-000``: month and number; what has no date goes by its kind."""
    documents: tuple[SearchDocument, ...]


@frozen(kw_only=True)
class SearchPlan:
    """Everything that can be found."""

    blocks: tuple[SearchBlock, ...]
    shards: int
    """Into how many files the index is cut, a power of two; 0 where a search looks through all texts."""
    kinds: tuple[tuple[str, str], ...]
    """Id and label of the kinds that readers can choose from."""
    targets: tuple[tuple[str, str, str], ...]
    """Id, name and kind of the targets."""
    tags: tuple[str, ...]


def shards_for(documents: int) -> int:
    """Into how many files the index of so many documents with texts is cut."""
    return 0 if documents <= FULL_SCAN_LIMIT else 1 << (documents // SHARD_SIZE).bit_length() - 1
