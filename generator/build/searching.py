"""The blocks of the search's index as they are wanted: planned, or recalled."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace

from generator.build.cache import Cache
from generator.build.rows import BlockRow
from generator.build.telling import Telling
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model.search import SearchBlock, SearchPlan

NOTE = "search"
"""Under which the cache has the last plan's."""


@frozen
class Search:
    """The search that is wanted."""

    plan: SearchPlan
    """Without its blocks."""
    blocks: Mapping[str, BlockRow]
    """By name, all that decides what is in each block; without prints."""
    documents: Mapping[str, SearchBlock]
    """The blocks themselves, by name; of those that are recalled, only what is another now."""


def planned(plan: SearchPlan | None, frame: bytes, prints: Mapping[str, bytes], telling: Telling) -> Search | None:
    """The search of a new plan. ``frame`` is the fingerprint of what shapes all blocks, ``prints`` those of texts."""
    if plan is None:
        return None
    rows = {}
    for block in plan.blocks:
        sources = "\n".join([one.body.text.path if one.body else "" for one in block.documents])
        mark = _mark(block, plan, telling)
        rows[block.name] = BlockRow(
            block.name, len(block.documents), mark, frame, _texts(sources, prints), sources, b""
        )
    return Search(replace(plan, blocks=()), rows, {block.name: block for block in plan.blocks})


def recalled(cache: Cache, frame: bytes, prints: Mapping[str, bytes], new: Mapping[str, SearchBlock]) -> Search | None:
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
    return Search(plan, rows, new)


def _mark(block: SearchBlock, plan: SearchPlan, telling: Telling) -> bytes:
    return fingerprint(telling.value(block), str(plan.shards).encode())


def _texts(sources: str, prints: Mapping[str, bytes]) -> bytes:
    return b"".join([prints[path] for path in sources.split("\n") if path])
