"""The search index made: only the blocks whose documents changed, and only the shards whose lines differ.

A shard holds a line of every block. Each block's lines are known by their digests; those of all blocks together name
the shard, so a shard is written again only where lines of it differ, from its own file and the lines of new blocks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from generator.ground.fingerprint import SIZE, fingerprint, sealed, unsealed
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.outputs import Output
from generator.model.search import SearchBlock
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.schema import PlannedFile, SearchBlockRow
from generator.pipeline.make.postings import BlockPostings, Postings
from generator.pipeline.make.render_stage import RenderedFile, Stage
from generator.pipeline.plan.build_plan import BuildPlan
from generator.pipeline.plan.search_blocks import PlannedSearch
from generator.pipeline.plan.staleness import Stale, find_stale
from generator.pipeline.session import Session
from generator.pipeline.snapshot import PublishedFiles
from generator.pipeline.workers import parallel_map
from generator.render import search_index as rendering

_BATCH: Final = 64
"""Shards whose lines are loaded together."""
WEIGHT: Final = 50
"""Making a block takes as long as that many common files."""


@frozen
class SearchIndex:
    """The files of the search."""

    files: Mapping[str, PlannedFile]
    """All of them, by path from the output folder."""
    stale: Sequence[Stale] = ()
    """Those that were made, and why."""
    made: Sequence[RenderedFile] = ()
    search: PlannedSearch | None = None
    postings: Postings | None = None
    """Those of the blocks that were made."""
    gone: Collection[str] = ()
    """The names of the blocks that are planned no longer."""


@frozen
class _Context:
    """What making the index needs."""

    session: Session
    plan: BuildPlan
    search: PlannedSearch
    published: PublishedFiles
    stage: Stage

    def stale(self, files: Mapping[str, PlannedFile]) -> list[Stale]:
        """Those of the search's files that have to be made. None of them links anywhere."""
        return list(find_stale(files, self.published))

    def staged(self, file: Output) -> RenderedFile:
        """A file, staged."""
        return RenderedFile(self.stage(file), fingerprint(file.body), None, ())

    def scanned(self, file: Output) -> RenderedFile:
        """A file, staged, with the private data in it."""
        return self.staged(file)._replace(findings=self.plan.guard.found(file.path, file.body))

    @property
    def shards(self) -> int:
        """How many files of postings there are: the shards, and one that says where fields end."""
        shards = self.search.plan.shards
        return shards and shards + 1


class _MadeTexts(NamedTuple):
    """What was made of the texts of blocks."""

    files: list[RenderedFile]
    """The stale ones."""
    sizes: dict[str, int]
    """The bytes of all of them, by path."""


def make_search_index(session: Session, plan: BuildPlan, published: PublishedFiles, stage: Stage) -> SearchIndex:
    """Makes what is stale of the search's files. Raises BrokenCacheError where the cache is damaged."""
    known = session.cache.search_blocks()
    if plan.search is None:
        return SearchIndex({}, gone=known.keys())
    context, search = _Context(session, plan, plan.search, published, stage), plan.search
    by_block = {name: dict(_text_files(row)) for name, row in search.blocks.items()}
    texts = {path: one for files in by_block.values() for path, one in files.items()}
    stale = context.stale(texts)
    stale_paths = {one.planned.path for one in stale}
    lost = {name for name, files in by_block.items() if not stale_paths.isdisjoint(files)}
    postings = Postings(session.spill)
    made, sizes = _make_blocks(context, _changed_blocks(context, known, lost), stale_paths, postings)
    digests = (postings.digests(name) if name in postings else _known_digests(known[name]) for name in search.blocks)
    shards = dict(_shard_files(_sum(digests, context.shards)))
    files = {**texts, **shards}
    if session.publishes:
        rows = published.rows
        sizes = {path: rows[path].stat[0] for path in files if path in rows} | sizes
        stale_shards = context.stale(shards)
        for file in _make_shards(context, stale_shards, postings):
            sizes[file.path] = len(file.body)
            made.append(context.staged(file))
        head = _head(
            context, files, made, [sizes[one] for one in shards], max(map(sizes.__getitem__, texts), default=0)
        )
        files[head.path] = PlannedFile(head.path, "", fingerprint(head.body), plan.guard.digest, b"", "")
        stale_head = context.stale({head.path: files[head.path]})
        made += [context.scanned(head) for _ in stale_head]
        stale += [*stale_shards, *stale_head]
    return SearchIndex(files, stale, made, search, postings, known.keys() - search.blocks.keys())


def _text_files(row: SearchBlockRow) -> Iterator[tuple[str, PlannedFile]]:
    """The files with the texts of a block."""
    paths = row.text_paths.split("\n")
    start = 0
    for number, at in enumerate(range(0, row.size, rendering.TEXTS_PER_FILE)):
        path = urls.output_path(urls.search(rendering.text_name(row.name, number)))
        own = [one for one in paths[at : at + rendering.TEXTS_PER_FILE] if one]
        end = start + len(own) * SIZE
        digest = fingerprint(row.digest, row.text_digests[start:end])
        yield path, PlannedFile(path, "", digest, row.template_digest, b"", "\n".join(own))
        start = end


def _changed_blocks(context: _Context, known: Mapping[str, SearchBlockRow], lost: set[str]) -> list[str]:
    """The blocks that changed, and those ``lost`` whose texts have to be made; all where a shard is not intact."""
    blocks = context.search.blocks
    if not all(context.published.is_intact(_shard_path(number)) for number in range(context.shards)):
        return list(blocks)
    return [
        name
        for name, row in blocks.items()
        if name not in known or name in lost or known[name]._replace(postings_digests=b"") != row
    ]


def _make_blocks(context: _Context, names: Sequence[str], stale: set[str], postings: Postings) -> _MadeTexts:
    """Makes these blocks, and those of their text files that are ``stale``. Their postings are added."""
    session, plan, search = context.session, context.plan, context.search
    proses, label = plan.templates.proses, plan.templates.label

    def make(name: str) -> tuple[_MadeTexts, BlockPostings]:
        block: SearchBlock = plan.loader.loaded(*search.block(name, session.cache, session.spill))
        found = rendering.texts(block, proses, label)
        bodies = rendering.text_files(block, found, plan.settings)
        files = [Output(urls.output_path(url), body) for url, body in bodies]
        lines = rendering.postings(block, found, search.plan.shards) if search.plan.shards else []
        made = [context.scanned(file) for file in files if file.path in stale]
        return _MadeTexts(made, {file.path: len(file.body) for file in files}), BlockPostings.of(lines)

    all_made = _MadeTexts([], {})
    for name, (made, block) in zip(names, parallel_map(make, names, session.options.jobs, weight=WEIGHT), strict=True):
        all_made.files.extend(made.files)
        all_made.sizes.update(made.sizes)
        postings.add(name, block)
    return all_made


def _known_digests(row: SearchBlockRow) -> bytes:
    body = unsealed(row.postings_digests)
    if body is None:
        raise BrokenCacheError
    return body


def _sum(digests: Iterable[bytes], shards: int) -> bytes:
    """All blocks' digests of each shard as one, which changes with any of them, whatever their order."""
    total = 0
    for one in digests:
        total ^= int.from_bytes(one, "little")
    return total.to_bytes(shards * SIZE, "little")


def _shard_path(number: int) -> str:
    return urls.output_path(urls.search(rendering.shard_name(number)))


def _shard_files(digests: bytes) -> Iterator[tuple[str, PlannedFile]]:
    for number in range(len(digests) // SIZE):
        path = _shard_path(number)
        yield path, PlannedFile(path, "", digests[number * SIZE : number * SIZE + SIZE], b"", b"", "")


def _make_shards(context: _Context, stale: Sequence[Stale], postings: Postings) -> Iterator[Output]:
    """The stale shards.

    They hold single characters and where they are in the texts, which are scanned for private data on pages and in the
    files of texts; so shards are not scanned.
    """
    blocks = context.search.blocks
    for start in range(0, len(stale), _BATCH):
        some = {rendering.number_of(one.planned.path): one for one in stale[start : start + _BATCH]}
        for (number, one), new in zip(some.items(), postings.in_shards(tuple(some)), strict=True):
            lines = {**_published_lines(context, one), **new} if len(postings) < len(blocks) else new
            kept = [lines[name] for name in sorted(lines) if name in blocks]
            yield Output(one.planned.path, rendering.shard(number, kept))


def _published_lines(context: _Context, one: Stale) -> dict[str, bytes]:
    """The lines of all blocks in a published shard. Raises BrokenCacheError where it is not what was written."""
    body = context.published.read(one.planned.path)
    if body is None:
        raise BrokenCacheError
    return rendering.postings_by_block(body)


def _head(
    context: _Context,
    files: Mapping[str, PlannedFile],
    made: Iterable[RenderedFile],
    sizes: Iterable[int],
    text_size: int,
) -> Output:
    """The file with which every search begins."""
    rows, search = context.published.rows, context.search
    digests = {path: rows[path].content_digest for path in files if path in rows}
    digests |= {one.staged.path: one.content_digest for one in made}
    version = fingerprint(*(digests[path] for path in sorted(files)))
    counts = {name: row.size for name, row in search.blocks.items()}
    body = rendering.head(search.plan, counts, version=version, sizes=sizes, text_size=text_size)
    return Output(urls.output_path(urls.search(rendering.HEAD)), body)


def save_search_index(index: SearchIndex, session: Session) -> None:
    """Saves the blocks that were made, and deletes those that are gone. Within a transaction."""
    search, postings = index.search, index.postings
    new: list[tuple[SearchBlockRow, bytes, bytes]] = []
    if search is not None and postings is not None:
        for name in postings:
            components, body = search.block(name, session.cache, session.spill)
            row = search.blocks[name]._replace(postings_digests=sealed(postings.digests(name)))
            new.append((row, components.tobytes(), body))
    session.cache.save_search_blocks(new, gone=index.gone)
