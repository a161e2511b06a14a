"""The shards of the search index: all of them made of the texts, or the published ones edited.

The index follows from the files of texts alone. After an edit, the texts of its blocks as they were published and as
they are now say what changes in which shards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Final, NamedTuple

from generator.model.search import SearchLayout, shards_for
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.schema import PlannedFile
from generator.pipeline.cache.spill import SpilledList
from generator.pipeline.make.render_stage import RenderedFile
from generator.pipeline.make.search_texts import SearchTexts, path_of, staged
from generator.pipeline.workers import PARALLEL_THRESHOLD, parallel_map
from generator.render.search_edits import IndexEdit
from generator.render.search_index import Unit, lists_of, shard_name, shards, slots_for, unit
from generator.render.search_texts import Piece

_TOGETHER: Final = 16_384
"""Shards that are made together at most, which bounds the memory that they take."""
_ALONE: Final = 64
"""So many shards are not worth a process of their own."""
_FEW: Final = 16
"""An index is edited where one in so many of its documents changed at most, and else all of it is made."""


class Shards(NamedTuple):
    """The shards of an index."""

    files: dict[str, PlannedFile]
    """All of them, by path."""
    made: list[RenderedFile]
    """Those that were made."""


def make_shards(texts: SearchTexts, before: SearchTexts, changed: AbstractSet[str]) -> Shards:
    """The shards of an index of ``texts``, of which the ``changed`` blocks were otherwise ``before``."""
    count = shards_for(texts.size())
    if not count:
        return Shards({}, [])
    made = _edited(texts, before, changed, count) if _can_be_edited(texts, before, count) else None
    if made is None:
        made = _all(texts, count)
    published = texts.context.published.rows
    new = {one.staged.path: PlannedFile(one.staged.path, "", one.content_digest, b"", b"", "") for one in made}
    paths = [path_of(shard_name(number)) for number in range(count)]
    return Shards({path: new.get(path) or published[path].planned for path in paths}, made)


def _can_be_edited(texts: SearchTexts, before: SearchTexts, count: int) -> bool:
    published = texts.context.published
    return (
        before.layout.keeps(texts.layout)
        and all(published.is_intact(path_of(shard_name(number))) for number in range(count))
        and path_of(shard_name(count)) not in published.rows
    )


def _all(texts: SearchTexts, count: int) -> list[RenderedFile]:
    """All shards. They hold nothing that is not in the texts, which are scanned; so they are not."""
    context, jobs = texts.context, texts.context.session.options.jobs
    units = _OrderedUnits(texts)
    lists = lists_of(units.blocks(), texts.layout)
    step = min(_TOGETHER, count if count <= _ALONE else -(-count // jobs))
    parts = [range(start, min(start + step, count)) for start in range(0, count, step)]

    def make(part: range) -> list[RenderedFile]:
        return [staged(context, shard_name(number), body) for number, body in shards(units, lists, count, part)]

    return [one for some in parallel_map(make, parts, jobs, weight=PARALLEL_THRESHOLD) for one in some]


class _OrderedUnits:
    """All pieces in the order of their numbers, in the spill file: in memory, each process would have a copy."""

    def __init__(self, texts: SearchTexts) -> None:
        self._texts = texts
        self._parts: dict[int, SpilledList[Unit]] = {}
        """By their part of a document, which decides first."""

    def blocks(self) -> Iterator[list[Unit]]:
        """The pieces of each block, made of its texts. Whoever goes through them all fills the list."""
        layout, spill = self._texts.layout, self._texts.context.session.spill
        for block in layout.firsts:
            units = [unit(piece, block, layout) for piece in self._texts.pieces(block)]
            for one in units:
                self._parts.setdefault(one.number // layout.room, SpilledList(spill)).append(one)
            yield units

    def __iter__(self) -> Iterator[Unit]:
        for part in sorted(self._parts):
            yield from self._parts[part]


def _edited(
    texts: SearchTexts, before: SearchTexts, changed: AbstractSet[str], count: int
) -> list[RenderedFile] | None:
    """The published shards in which something changes; None where much does, or a file is not what was published."""
    context, layout = texts.context, texts.layout

    def load(number: int) -> Unit:
        block, document, part = layout.place(number)
        return unit(texts.piece(block, document, part), block, layout)

    try:
        old, new = _documents(before, changed), _documents(texts, changed)
        differing = [number for number in old.keys() | new.keys() if old.get(number) != new.get(number)]
        if len(differing) * _FEW > sum(row.size for row in texts.rows.values()) + _FEW:
            return None
        was, now = _units(old, differing, before.layout), _units(new, differing, layout)
        edit = IndexEdit(was, now, slots_for(count), layout, load)
        made = []
        for number in edit.shards:
            body = context.published.read(path_of(shard_name(number)))
            if body is None:
                return None
            made.append(staged(context, shard_name(number), edit.edited(number, body)))
    except BrokenCacheError:
        return None
    return made


def _documents(texts: SearchTexts, blocks: AbstractSet[str]) -> dict[int, tuple[str, list[Piece]]]:
    """The block and the pieces of each document of these blocks, by the document's number."""
    return {
        texts.layout.firsts[block] + document: (block, list(pieces))
        for block in blocks & texts.rows.keys()
        for document, pieces in groupby(texts.pieces(block), key=lambda one: one.document)
    }


def _units(
    documents: Mapping[int, tuple[str, list[Piece]]], numbers: Iterable[int], layout: SearchLayout
) -> dict[int, Unit]:
    """The pieces of the documents with these numbers that are there, by their own numbers."""
    found = (documents[number] for number in numbers if number in documents)
    units = (unit(piece, block, layout) for block, pieces in found for piece in pieces)
    return {one.number: one for one in units}
