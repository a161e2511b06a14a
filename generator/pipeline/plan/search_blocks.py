"""The blocks of the search's index as they are wanted: planned, or recalled."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model.search import SearchBlock, SearchPlan
from generator.pipeline.cache.schema import BlockRow
from generator.pipeline.cache.spill import Spool
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.page_serializer import Telling

NOTE = "search"
"""Under which the cache has the last plan's."""


@frozen
class Search:
    """The search that is wanted."""

    plan: SearchPlan
    """Without its blocks."""
    blocks: Mapping[str, BlockRow]
    """By name, all that decides what is in each block; without prints."""
    aside: Mapping[str, int]
    """By name, where blocks were put aside; of those that are recalled, only what is another now."""

    def block(self, name: str, cache: Cache, spool: Spool) -> bytes:
        """A block as it is kept. Raises BrokenCacheError."""
        if name in self.aside:
            return spool.get(self.aside[name])
        return cache.block(name, self.blocks[name].mark)


def planned(plan: SearchPlan | None, prints: Mapping[str, bytes], telling: Telling, spool: Spool) -> Search | None:
    """The search of a new plan, without its frame; ``prints`` are the fingerprints of texts."""
    if plan is None:
        return None
    rows = {}
    for block in plan.blocks:
        sources = "\n".join([one.body.text.path if one.body else "" for one in block.documents])
        mark = _mark(block, plan, telling)
        texts = _texts(sources, prints)
        rows[block.name] = BlockRow(block.name, len(block.documents), mark, b"", texts, sources, b"")
    return Search(replace(plan, blocks=()), rows, _aside(plan.blocks, spool))


def framed(search: Search, frame: bytes) -> Search:
    """The search with the fingerprint of what shapes all its blocks."""
    return replace(search, blocks={name: row._replace(frame=frame) for name, row in search.blocks.items()})


def recalled(
    cache: Cache, frame: bytes, prints: Mapping[str, bytes], new: Mapping[str, SearchBlock], spool: Spool
) -> Search | None:
    """The search of the last plan, which was noted, with texts and the ``new`` blocks as they are now."""
    plan = pickle.loads(cache.meta(NOTE) or b"N.")  # noqa: S301 - our own, unchanged
    if plan is None:
        return None
    telling = Telling()
    rows = {
        name: row._replace(
            mark=_mark(new[name], plan, telling) if name in new else row.mark,
            frame=frame,
            texts=_texts(row.sources, prints),
            prints=b"",
        )
        for name, row in cache.blocks().items()
    }
    return Search(plan, rows, _aside(new.values(), spool))


def _aside(blocks: Iterable[SearchBlock], spool: Spool) -> dict[str, int]:
    return {block.name: spool.put(pickle.dumps(block, 5)) for block in blocks}


def _mark(block: SearchBlock, plan: SearchPlan, telling: Telling) -> bytes:
    return fingerprint(telling.value(block), str(plan.shards).encode())


def _texts(sources: str, prints: Mapping[str, bytes]) -> bytes:
    return b"".join([prints[path] for path in sources.split("\n") if path])
