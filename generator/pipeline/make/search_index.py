"""The search's index made: only the blocks whose documents changed, and only the shards in which those differ.

A shard holds the lines of every block. What a block has in each is known by fingerprints; all blocks' together name the
shard, so a shard is written anew only where lines of it differ, from its own file and the lines of the new blocks.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from generator.ground.fingerprint import SIZE, fingerprint, sealed, unsealed
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.outputs import Output
from generator.model.search import SearchBlock
from generator.pipeline.cache.schema import BlockRow, Wanted
from generator.pipeline.cache.spill import Spool
from generator.pipeline.cache.store import BrokenCacheError, Cache
from generator.pipeline.make.postings import Block, Fragments
from generator.pipeline.make.render_stage import Made, Stage
from generator.pipeline.plan.build_plan import Prepared
from generator.pipeline.plan.search_blocks import NOTE, Search
from generator.pipeline.plan.staleness import Stale, stale
from generator.pipeline.snapshot import Stood
from generator.pipeline.workers import parallel_map
from generator.render import search_index as rendering

_TOGETHER: Final = 64
"""Shards whose lines are fetched at a time."""
WEIGHT: Final = 50
"""Making a block takes as long as that many common files."""


@frozen
class Desk:
    """What making the index needs."""

    ready: Prepared
    cache: Cache
    stood: Stood
    """Where nothing is to be published, shards need not be made."""
    stage: Stage
    jobs: int

    @property
    def spool(self) -> Spool:
        """Where something can be put aside."""
        return self.ready.things.spool


@frozen
class Index:
    """The search's files."""

    wanted: Mapping[str, Wanted]
    """All of them, by path from the output folder."""
    todo: Sequence[Stale] = ()
    """Those that were made anew, and why."""
    done: Sequence[Made] = ()
    search: Search | None = None
    fragments: Fragments | None = None
    """What the blocks that were made have in shards."""
    gone: Collection[str] = ()
    """The names of those that are wanted no longer."""

    def others(self, todo: Iterable[Stale]) -> list[Stale]:
        """What is stale and none of the search's files."""
        return [one for one in todo if one.wanted.path not in self.wanted]


class _Texts(NamedTuple):
    """What was made of the texts of blocks."""

    done: list[Made]
    """The files that are not as they were."""
    sizes: dict[str, int]
    """The bytes of all of them, by path."""


def index(desk: Desk) -> Index:
    """Makes what is stale of the search's files. Raises BrokenCacheError where what is known does not hold."""
    search = desk.ready.search
    known = desk.cache.blocks()
    if search is None:
        return Index({}, gone=known.keys())
    files = {name: dict(_texts(row)) for name, row in search.blocks.items()}
    texts = {path: one for own in files.values() for path, one in own.items()}
    todo = _stale(desk, texts)
    anew = {one.wanted.path for one in todo}
    lost = {name for name, own in files.items() if not anew.isdisjoint(own)}
    fragments = Fragments(desk.spool)
    done, sizes = _made(desk, search, _anew(desk, search, known, lost), anew, fragments)
    prints = (fragments.prints(name) if name in fragments else _prints(known[name]) for name in search.blocks)
    shards = dict(_shards(_sum(prints, _files(search))))
    wanted = {**texts, **shards}
    if desk.stood.output is not None:
        sizes = {path: desk.stood.rows[path].size for path in wanted if path in desk.stood.rows} | sizes
        of_shards = _stale(desk, shards)
        for file in _shards_made(desk, of_shards, fragments):
            sizes[file.path] = len(file.body)
            done.append(_plain(desk, file))
        head = _head(
            desk, wanted, done, [sizes[path] for path in shards], max(map(sizes.__getitem__, texts), default=0)
        )
        wanted[head.path] = Wanted(head.path, "", fingerprint(head.body), b"", b"", "")
        of_head = _stale(desk, {head.path: wanted[head.path]})
        done += [_looked_at(desk, head) for _ in of_head]
        todo += [*of_shards, *of_head]
    return Index(wanted, todo, done, search, fragments, known.keys() - search.blocks.keys())


def _stale(desk: Desk, wanted: Mapping[str, Wanted]) -> list[Stale]:
    """Those of the search's files that are not as they are wanted; none of them leads anywhere."""
    return list(
        stale(wanted, {path: desk.stood.rows[path] for path in wanted if path in desk.stood.rows}, desk.stood.stands)
    )


def _texts(row: BlockRow) -> Iterator[tuple[str, Wanted]]:
    """The files of a block's texts."""
    sources = row.sources.split("\n")
    start = 0
    for number, at in enumerate(range(0, row.size, rendering.IN_A_FILE)):
        path = urls.output_path(urls.search(rendering.text_name(row.name, number)))
        own = [source for source in sources[at : at + rendering.IN_A_FILE] if source]
        end = start + len(own) * SIZE
        mark = fingerprint(row.mark, row.texts[start:end])
        yield path, Wanted(path, "", mark, row.frame, b"", "\n".join(own))
        start = end


def _anew(desk: Desk, search: Search, known: Mapping[str, BlockRow], lost: set[str]) -> list[str]:
    """The blocks that are not as they were; all of them where a shard is lost that the others' lines are in.

    ``lost`` are those that have a file of texts that has to be made.
    """
    shards = (_shard_path(number) for number in range(_files(search)))
    is_whole = all(desk.stood.stands.get(path, False) for path in shards)
    return [
        name
        for name, row in search.blocks.items()
        if not is_whole or name not in known or name in lost or known[name]._replace(prints=b"") != row
    ]


def _made(desk: Desk, search: Search, names: Sequence[str], anew: set[str], fragments: Fragments) -> _Texts:
    """Makes these blocks. What they have in shards goes to ``fragments``.

    ``anew`` are the files of texts that have to be made.
    """
    proses, label = desk.ready.templates.proses, desk.ready.templates.label

    def one(name: str) -> tuple[_Texts, Block]:
        block: SearchBlock = pickle.loads(search.block(name, desk.cache, desk.spool))  # noqa: S301 - our own, unchanged
        found = rendering.texts(block, proses, label)
        bodies = rendering.text_files(block, found, desk.ready.settings)
        files = [Output(urls.output_path(url), body) for url, body in bodies]
        own = rendering.fragments(block, found, search.plan.shards) if search.plan.shards else []
        done = [_looked_at(desk, file) for file in files if file.path in anew]
        return _Texts(done, {file.path: len(file.body) for file in files}), Block.of(own)

    made = _Texts([], {})
    for name, (texts, block) in zip(names, parallel_map(one, names, desk.jobs, weight=WEIGHT), strict=True):
        made.done.extend(texts.done)
        made.sizes.update(texts.sizes)
        fragments.put(name, block)
    return made


def _looked_at(desk: Desk, file: Output) -> Made:
    """A file staged, and what in it must not be published."""
    return _plain(desk, file)._replace(found=desk.ready.guard.found(file.path, file.body))


def _plain(desk: Desk, file: Output) -> Made:
    return Made(desk.stage(file), fingerprint(file.body), None, ())


def _prints(row: BlockRow) -> bytes:
    body = unsealed(row.prints)
    if body is None:
        raise BrokenCacheError
    return body


def _sum(prints: Iterable[bytes], shards: int) -> bytes:
    """All blocks' fingerprints of each shard as one: it changes with any of them, whatever their order."""
    total = 0
    for one in prints:
        total ^= int.from_bytes(one, "little")
    return total.to_bytes(shards * SIZE, "little")


def _files(search: Search) -> int:
    """How many shards there are, with the one that says where fields end."""
    return search.plan.shards and search.plan.shards + 1


def _shard_path(number: int) -> str:
    return urls.output_path(urls.search(rendering.shard_name(number)))


def _shards(marks: bytes) -> Iterator[tuple[str, Wanted]]:
    for number in range(len(marks) // SIZE):
        path = _shard_path(number)
        yield path, Wanted(path, "", marks[number * SIZE : number * SIZE + SIZE], b"", b"", "")


def _shards_made(desk: Desk, todo: Sequence[Stale], fragments: Fragments) -> Iterator[Output]:
    """The shards that are not as they were.

    They hold nothing but single characters and where they stand in texts that are looked through on pages and in the
    files of texts; so they are not looked through for what must not be published.
    """
    search = desk.ready.search
    assert search is not None
    for start in range(0, len(todo), _TOGETHER):
        some = {rendering.number_of(one.wanted.path): one for one in todo[start : start + _TOGETHER]}
        for (number, one), new in zip(some.items(), fragments.within(tuple(some)), strict=True):
            every = {**_standing_lines(desk, one), **new} if len(fragments) < len(search.blocks) else new
            kept = [every[name] for name in sorted(every) if name in search.blocks]
            yield Output(one.wanted.path, rendering.shard(number, kept))


def _standing_lines(desk: Desk, one: Stale) -> dict[str, bytes]:
    """What all blocks have in a shard that stands. Raises BrokenCacheError where it is not what was written."""
    body = desk.stood.read(one.wanted.path)
    if body is None:
        raise BrokenCacheError
    return rendering.lines_of(body)


def _head(
    desk: Desk, wanted: Mapping[str, Wanted], done: Iterable[Made], sizes: Iterable[int], text_size: int
) -> Output:
    """The file that every search begins with."""
    search = desk.ready.search
    assert search is not None
    prints = {path: desk.stood.rows[path].print for path in wanted if path in desk.stood.rows}
    prints |= {one.staged.path: one.print for one in done}
    version = fingerprint(*(prints[path] for path in sorted(wanted)))
    counts = {name: row.size for name, row in search.blocks.items()}
    body = rendering.head(search.plan, counts, version=version, sizes=sizes, text_size=text_size)
    return Output(urls.output_path(urls.search(rendering.HEAD)), body)


def remember(index: Index, cache: Cache, spool: Spool) -> None:
    """Keeps what is known of the blocks that were made, and forgets those that are gone."""
    search, fragments = index.search, index.fragments
    new: Iterable[tuple[BlockRow, bytes]] = ()
    if search is not None and fragments is not None:
        rows = (search.blocks[name]._replace(prints=sealed(fragments.prints(name))) for name in fragments)
        new = ((row, search.block(row.name, cache, spool)) for row in rows)
    cache.keep_blocks(new, gone=index.gone)
    cache.note({NOTE: pickle.dumps(search.plan if search else None)})
