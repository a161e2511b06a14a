"""The search's files made: texts of the blocks that changed, shards in which that changes something, and the head."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.pipeline.cache.schema import PlannedFile, SearchBlockRow
from generator.pipeline.make.render_stage import RenderContext, RenderedFile
from generator.pipeline.make.search_shards import make_shards
from generator.pipeline.make.search_texts import (
    SearchTexts,
    changed_blocks,
    make_blocks,
    path_of,
    scanned,
    text_files,
)
from generator.pipeline.plan.search_blocks import PlannedSearch
from generator.pipeline.plan.staleness import Stale, find_stale
from generator.pipeline.session import Session
from generator.render import search_head


@frozen
class SearchIndex:
    """The files of the search."""

    files: Mapping[str, PlannedFile]
    """All of them, by path from the output folder."""
    stale: Sequence[Stale] = ()
    """Those that were made, and why."""
    made: Sequence[RenderedFile] = ()
    search: PlannedSearch | None = None
    rows: Sequence[SearchBlockRow] = ()
    """What is known of the blocks that were made."""
    gone: Collection[str] = ()
    """The names of the blocks that are planned no longer."""


def make_search_index(context: RenderContext) -> SearchIndex:
    """Makes what is stale of the search's files. Raises BrokenCacheError where the cache is damaged."""
    session, published, search = context.session, context.published, context.plan.search
    known = session.cache.search_blocks()
    if search is None:
        return SearchIndex({}, gone=known.keys())
    gone = known.keys() - search.blocks.keys()
    new = make_blocks(context, search, changed_blocks(search, known, published))
    rows = {name: new[name].row if name in new else known[name] for name in search.blocks}
    files = {path: one for row in rows.values() for path, one in text_files(row)}
    stale = [*find_stale(files, published)]
    paths = {one.planned.path for one in stale}
    made = [one for block in new.values() for one in block.files if one.staged.path in paths]
    if session.publishes:
        texts = SearchTexts(context, rows, new)
        shards = make_shards(texts, SearchTexts(context, known, {}), new.keys() | gone)
        files |= shards.files
        stale += find_stale(shards.files, published)
        made += shards.made
        path, body = path_of(search_head.HEAD), _head(texts, search, files, made, len(shards.files))
        files[path] = PlannedFile(path, "", fingerprint(body), context.plan.guard.digest, b"", "")
        if stale_head := [*find_stale({path: files[path]}, published)]:
            stale += stale_head
            made.append(scanned(context, search_head.HEAD, body))
    return SearchIndex(files, stale, made, search, [one.row for one in new.values()], gone)


def _head(
    texts: SearchTexts,
    search: PlannedSearch,
    files: Mapping[str, PlannedFile],
    made: Iterable[RenderedFile],
    shards: int,
) -> bytes:
    """The file with which every search begins."""
    rows = texts.context.published.rows
    digests = {path: rows[path].content_digest for path in files if path in rows}
    digests |= {one.staged.path: one.content_digest for one in made}
    version = fingerprint(*(digests[path] for path in sorted(files)))
    blocks = [
        (name, first, texts.rows[name].size, texts.rows[name].files) for name, first in texts.layout.firsts.items()
    ]
    return search_head.head(search.plan, blocks, version=version, shards=shards, room=texts.layout.room)


def save_search_index(index: SearchIndex, session: Session) -> None:
    """Saves the blocks that were made, and deletes those that are gone. Within a transaction."""
    new: list[tuple[SearchBlockRow, bytes, bytes]] = []
    if index.search is not None:
        for row in index.rows:
            components, body = index.search.block(row.name, session.cache, session.spill)
            new.append((row, components.tobytes(), body))
    session.cache.save_search_blocks(new, gone=index.gone)
