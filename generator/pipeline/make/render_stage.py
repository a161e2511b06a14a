"""Making: stale files rendered or copied into the staging, and every link of every page checked."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.file_stat import File
from generator.ground.fingerprint import fingerprint, unsealed
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model import urls
from generator.model.outputs import (
    Card,
    Copy,
    Icon,
    ImageVariant,
    Original,
    Output,
)
from generator.model.pages import Page
from generator.model.views import EntryDataView
from generator.pipeline.cache.schema import PageRow
from generator.pipeline.cache.spill import Pile
from generator.pipeline.cache.store import BrokenCacheError, Cache
from generator.pipeline.make.image_pipeline import Darkroom
from generator.pipeline.make.links import Goal, Linked, Links, ids_of, problem
from generator.pipeline.make.privacy_scan import Leak
from generator.pipeline.plan.build_plan import Prepared
from generator.pipeline.plan.pending_outputs import Thing
from generator.pipeline.plan.staleness import Stale
from generator.pipeline.publish.publication import Staged
from generator.pipeline.workers import parallel_map
from generator.render.privacy import Finding
from generator.render.render import render

Progress = Callable[[Message, int, int], None]
"""Told of long work: what, how much is done, of how much."""
_TOGETHER: Final = 500
"""Pages that are kept at a time."""
Stage = Callable[[Output | Copy], Staged]


class Made(NamedTuple):
    """A file that was made."""

    staged: Staged
    print: bytes
    """The fingerprint of its bytes."""
    linked: Linked | None
    """None for what is no page."""
    found: tuple[Finding, ...]
    """Private data in it."""

    @property
    def is_remarkable(self) -> bool:
        """Whether there is private data in it, or a link that is not settled."""
        return bool(self.found or (self.linked and (self.linked.missing or self.linked.parts)))


@frozen
class Workshop:
    """What making needs."""

    ready: Prepared
    cache: Cache
    darkroom: Darkroom
    stage: Stage
    texts: Mapping[str, File]
    """The site's text files, by path."""
    is_strict: bool
    """Whether warnings stop the build."""

    def thing(self, path: str) -> Thing:
        """What the file at ``path`` is made of. Raises BrokenCacheError where nobody knows."""
        found: Thing | None = self.ready.things.get(path) or self.cache.slice(path, self.ready.wanted[path].mark)
        if found is None:
            raise BrokenCacheError
        return found

    def output(self, thing: Thing) -> Output | Copy:
        """The file itself."""
        if isinstance(thing, Page):
            return render(thing, self.ready.templates, self.ready.settings)
        if isinstance(thing, Card | Icon):
            return Output(thing.path, self.ready.drawing.drawn(thing))
        if isinstance(thing, ImageVariant):
            return Output(thing.path, self.darkroom.body(thing))
        if not isinstance(thing, Original):
            return thing
        body = self.darkroom.original(thing)
        return body or Copy(thing.path, Path(self.darkroom.originals.files[thing.source].place))


def made(
    shop: Workshop,
    todo: Sequence[Stale],
    rows: Mapping[str, PageRow],
    jobs: int,
    progress: Progress,
    *,
    before: Sequence[Made] = (),
) -> tuple[Pile[Made], tuple[Problem, ...]]:
    """Makes what is stale, and checks all links of the site and what must not be published. Raises BuildError.

    Returns what was made, and what was noticed in the whole site that stops nothing.

    ``rows`` is what is known of the files that were published, ``before`` what was made already.
    """
    present = shop.ready.wanted.keys()
    links = Links(present)
    guard = shop.ready.guard
    shop.ready.templates.load({one.wanted.kind for one in todo})

    def one(number: int) -> Made:
        path = todo[number].wanted.path
        thing = shop.thing(path)
        output = shop.output(thing)
        body = output.body if isinstance(output, Output) else output.original.read_bytes()
        new = output.new if isinstance(output, Output) and output.new is not None else body
        linked = links.of(path, body.decode()) if path.endswith(".html") and isinstance(thing, Page) else None
        return Made(shop.stage(output), fingerprint(body), linked, guard.found(path, new))

    done, remarkable = Pile[Made](shop.ready.things.spool), list[Made]()
    for found in chain(before, _kept(parallel_map(one, range(len(todo)), jobs), todo, shop, progress)):
        done.put(found)
        if found.is_remarkable:
            remarkable.append(found)
    new = {one.staged.path for one in before} | {one.wanted.path for one in todo}
    stood = [row for path, row in rows.items() if path not in new and path in shop.ready.wanted]
    problems = [*_link_problems(shop, remarkable, stood), *guard.problems(_leaks(shop, remarkable, stood), shop.texts)]
    if any(shop.is_strict or not problem.is_warning for problem in problems):
        raise BuildError(*in_order([*shop.ready.report.warnings, *problems]))
    return done, in_order(problems)


def _kept(made: Iterable[Made], todo: Sequence[Stale], shop: Workshop, progress: Progress) -> Iterator[Made]:
    """What was made, while its pages are kept to be recalled."""
    pages: list[tuple[str, bytes, bytes]] = []
    for number, (found, stale) in enumerate(zip(made, todo, strict=True)):
        progress(say("rendering pages"), number, len(todo))
        path, kind, mark, *_ = stale.wanted
        # The longest is made of what stands, not of what it holds.
        if shop.cache.remembers and kind not in ("", EntryDataView.__name__) and path in shop.ready.things:
            pages.append((path, mark, shop.ready.things.pickled(path)))
        if len(pages) == _TOGETHER:
            shop.cache.keep_slices(pages)
            pages.clear()
        yield found
    shop.cache.keep_slices(pages)


def _leaks(shop: Workshop, done: Iterable[Made], stood: Iterable[PageRow]) -> Iterator[Leak]:
    """The private data in what was made, and what was noticed earlier in what stands."""
    for made in done:
        yield from _leaks_of(made.staged.path, made.found, shop)
    for row in stood:
        if row.noticed is not None:
            yield from _leaks_of(row.path, noticed(row), shop)


def _leaks_of(path: str, found: Iterable[Finding], shop: Workshop) -> Iterator[Leak]:
    thing = shop.ready.things.get(path)
    texts = shop.ready.wanted[path].sources
    sources = texts.split("\n") if texts else []
    if isinstance(thing, Page) and thing.source:
        sources.append(thing.source)
    if path.startswith(("files/", "pictures/")):
        sources.append(urls.original(path))
    return (Leak(path, tuple(sources), finding) for finding in found)


def noticed(row: PageRow) -> tuple[Finding, ...]:
    """What was noticed in a file that stands. Raises BrokenCacheError."""
    body = unsealed(row.noticed or b"")
    if body is None:
        raise BrokenCacheError
    found: tuple[Finding, ...] = pickle.loads(body)  # noqa: S301 - our own, unchanged
    return found


def _link_problems(shop: Workshop, done: Iterable[Made], stood: Iterable[PageRow]) -> Iterator[Problem]:
    """Links that lead nowhere: of what was made, and to parts of pages."""
    missing: list[tuple[str, Goal]] = []
    parts: list[tuple[str, Goal]] = []
    for found in done:
        missing += [(found.staged.path, goal) for goal in (found.linked.missing if found.linked else ())]
        parts += [(found.staged.path, goal) for goal in (found.linked.parts if found.linked else ())]
    parts += [(row.path, goal) for row in stood if row.parts is not None for goal in _parts(row)]
    ids = {goal: _ids(goal, shop) for goal in dict.fromkeys(goal for _, (goal, _) in parts)}
    missing += [(path, (goal, part)) for path, (goal, part) in parts if part not in ids[goal]]
    settings = shop.ready.settings
    for path, goal in missing:
        page = shop.thing(path)
        if isinstance(page, Page):
            yield problem(page, goal, settings)


def _parts(row: PageRow) -> Iterator[Goal]:
    body = unsealed(row.parts or b"")
    if body is None:
        raise BrokenCacheError
    yield from pickle.loads(body)  # noqa: S301 - our own, unchanged


def _ids(path: str, shop: Workshop) -> frozenset[str]:
    output = shop.output(shop.thing(path))
    return ids_of(output.body.decode(errors="replace")) if isinstance(output, Output) else frozenset()
