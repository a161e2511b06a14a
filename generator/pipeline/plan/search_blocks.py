"""The blocks of the search index: planned from the sources, or from the cache."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model.search import SearchBlock, SearchPlan
from generator.pipeline.cache.schema import SearchBlockRow
from generator.pipeline.cache.spill import SpillFile
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.page_serializer import PageSerializer


@frozen
class PlannedSearch:
    """The search index to be published."""

    plan: SearchPlan
    """Without its blocks."""
    blocks: Mapping[str, SearchBlockRow]
    """By name, what decides about each block; without its files."""
    spilled: Mapping[str, tuple[int, bytes]]
    """The blocks that are not in the cache as they are: number in the spill file, and component ids."""

    def block(self, name: str, cache: Cache, spill: SpillFile) -> tuple[array[int], bytes]:
        """A block: the ids of its components, and its serialised structure. Raises BrokenCacheError."""
        if name not in self.spilled:
            return cache.search_block(name)
        number, components = self.spilled[name]
        return array("q", components), spill.get(number)


def search_from_sources(
    plan: SearchPlan | None,
    content_digests: Mapping[str, bytes],
    serializer: PageSerializer,
    spill: SpillFile,
) -> PlannedSearch | None:
    """The index of a new plan, without the digests of templates; None for a site without a search."""
    if plan is None:
        return None
    rows, spilled = {}, {}
    for block in plan.blocks:
        rows[block.name], spilled[block.name] = _planned(block, content_digests, serializer, spill)
    return PlannedSearch(replace(plan, blocks=()), rows, spilled)


def search_from_cache(
    cache: Cache,
    plan: SearchPlan | None,
    *,
    template_digest: bytes,
    content_digests: Mapping[str, bytes],
    changed: Iterable[SearchBlock],
    spill: SpillFile,
) -> PlannedSearch | None:
    """The index of the last ``plan``, with the ``changed`` blocks and the texts as they are now."""
    if plan is None:
        return None
    rows = {
        name: row._replace(
            template_digest=template_digest,
            text_digests=_digests(row.text_paths, content_digests),
            files="",
        )
        for name, row in cache.search_blocks().items()
    }
    serializer, spilled = PageSerializer(), {}
    for block in changed:
        row, spilled[block.name] = _planned(block, content_digests, serializer, spill)
        rows[block.name] = row._replace(template_digest=template_digest)
    return PlannedSearch(plan, rows, spilled)


def _planned(
    block: SearchBlock,
    content_digests: Mapping[str, bytes],
    serializer: PageSerializer,
    spill: SpillFile,
) -> tuple[SearchBlockRow, tuple[int, bytes]]:
    one = serializer.serialized(block)
    paths = "\n".join([document.body.text.path if document.body else "" for document in block.documents])
    digest, size = fingerprint(one.digest), len(block.documents)
    row = SearchBlockRow(block.name, size, digest, b"", _digests(paths, content_digests), paths, "")
    return row, (spill.put(one.body), one.components.tobytes())


def with_template_digest(search: PlannedSearch, digest: bytes) -> PlannedSearch:
    """The index with the digest of what shapes all its blocks."""
    blocks = {name: row._replace(template_digest=digest) for name, row in search.blocks.items()}
    return replace(search, blocks=blocks)


def _digests(paths: str, content_digests: Mapping[str, bytes]) -> bytes:
    return b"".join([content_digests[path] for path in paths.split("\n") if path])
