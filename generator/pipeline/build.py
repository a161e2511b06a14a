"""The build: the whole story on one screen."""

from __future__ import annotations

import contextlib
import gc
import pickle
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.ground.fingerprint import sealed
from generator.ground.frozen import frozen
from generator.ground.messages import Message
from generator.model.options import Options
from generator.model.outputs import Copy, Output
from generator.model.pages import Page
from generator.model.report import Report
from generator.pipeline.cache.schema import PageRow, Wanted
from generator.pipeline.cache.spill import Pile, Spool, no_room
from generator.pipeline.cache.store import BrokenCacheError, Cache
from generator.pipeline.make.image_pipeline import Darkroom
from generator.pipeline.make.image_store import Store
from generator.pipeline.make.render_stage import Made, Progress, Workshop, made
from generator.pipeline.make.search_index import Desk, Index, index, remember
from generator.pipeline.plan.build_plan import is_recallable, prepared, recalled
from generator.pipeline.plan.inputs import THEME, theme_note
from generator.pipeline.plan.page_serializer import differing
from generator.pipeline.plan.source_records import Originals, Reading, read
from generator.pipeline.plan.staleness import Stale, explained, stale
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.publish.publication import Publication, Staged
from generator.pipeline.snapshot import (
    Look,
    Seen,
    Stood,
    note,
    restamped,
    seen,
)

T = TypeVar("T")

Explain = Callable[[Message], None]
"""Told of each file that is made anew, and why."""


@frozen(kw_only=True)
class Order:
    """A build that is asked for."""

    options: Options
    found: Look
    output: Path
    shown: str
    """The output as the user calls it, for problems."""
    progress: Progress = lambda _what, _done, _total: None
    on_wait: Callable[[], None] = lambda: None
    """Called once when another build holds the output."""
    explain: Explain | None = None
    seen: Callable[[], Seen] | None = None
    """What a look at the output found that was begun already, if one was."""
    begun: Callable[[], list[Reading]] | None = None
    """What of the sources is being read already."""
    is_private: bool = False
    """Whether nobody else writes into the output, so that what stands there need not be looked at."""


def build(order: Order, cache: Cache) -> Report:
    """Publishes the site. Raises BuildError, with the site that stands untouched."""
    return unless_broken(partial(_build, order), cache)


def check(order: Order, cache: Cache) -> Report:
    """Everything that a build does but publish. Raises BuildError."""
    return unless_broken(partial(_check, order), cache)


def unless_broken(work: Callable[[Cache], T], cache: Cache) -> T:
    """The work done with the cache, or where that is broken with an empty one."""
    with _uncollected():
        try:
            return work(cache)
        except BrokenCacheError:
            with cache.anew() as empty:
                return _told_if_broken(work, empty)


def _told_if_broken(work: Callable[[Cache], T], cache: Cache) -> T:
    """The work done with an empty cache. Raises BuildError where not even that can be written."""
    try:
        return work(cache)
    except BrokenCacheError as error:
        raise no_room(error) from error


def _build(order: Order, cache: Cache) -> Report:
    with Store.of(order.options, STATE) as store, Spool(cache.place.parent) as spool:
        return _published(order, cache, store, spool)


def _published(order: Order, cache: Cache, store: Store, spool: Spool) -> Report:
    options, found, output = order.options, order.found, order.output
    # What was begun with another cache than this one tells of changes that this one does not know.
    begun = order.begun if cache.sources() else None
    readings = read(found.sources, cache, options.jobs, found.moment, begun=begun)
    originals = Originals(found.sources.files, cache, found.moment)
    darkroom = Darkroom(originals, store)
    plan = partial(prepared, options, found, readings, cache, darkroom, spool=spool)
    ready = None if is_recallable(found, readings, cache) else plan()
    with Publication(output, order.shown, order.on_wait) as publication:
        rows = cache.pages()
        fallen = _fallen(order, cache, publication) if rows else frozenset()
        standing = {path: path not in fallen for path in rows}
        publication.adopt(path for path, is_standing in standing.items() if is_standing)
        stood = Stood(rows, standing, output)
        ready = ready or recalled(options, found, readings, cache, originals, stood=stood, spool=spool) or plan()
        searched = index(Desk(ready, cache, stood, publication.stage, options.jobs))
        todo = searched.others(stale({**ready.wanted, **searched.wanted}, rows, standing, cache.goals))
        if not all(one.wanted.path in ready.things or cache.slice(one.wanted.path, one.wanted.mark) for one in todo):
            ready = plan()
            todo = searched.others(stale({**ready.wanted, **searched.wanted}, rows, standing, cache.goals))
        ready = replace(ready, wanted={**ready.wanted, **searched.wanted})
        shop = Workshop(ready, cache, darkroom, publication.stage, found.sources.texts, options.strict)
        if order.explain is not None:
            for one in (*todo, *searched.todo):
                order.explain(explained(one, _changed(one, shop)))
        with cache.writing():
            cache.keep_told(filter(ready.things.is_told, (one.wanted.path for one in todo)), ready.things.told)
        done, told = made(shop, todo, rows, options.jobs, order.progress, before=searched.done)
        publication.keep(ready.wanted.keys() - {one.wanted.path for one in (*todo, *searched.todo)})
        for new in done:
            publication.take(new.staged)
        report = replace(ready.report, findings=told, published=publication.publish())
        if cache.is_lasting and ready.pictures is not None:
            darkroom.prune(ready.pictures)
        if cache.remembers:
            _remember(order, shop, done, rows, report, searched=searched)
    return report


def _fallen(order: Order, cache: Cache, publication: Publication) -> AbstractSet[str]:
    """What does not stand as it was published."""
    if order.is_private:
        return frozenset()
    found = order.seen() if order.seen else None
    if found is None or found.state != publication.state:
        # Somebody has published since that look, or there was none.
        found = seen(cache, order.output)
    return found.fallen


def _check(order: Order, cache: Cache) -> Report:
    options, found = order.options, order.found
    readings = read(found.sources, cache, options.jobs, found.moment)
    with Store.of(options, STATE) as store, Spool(cache.place.parent) as spool:
        darkroom = Darkroom(Originals(found.sources.files, cache, found.moment), store)
        ready = prepared(options, found, readings, cache, darkroom, spool=spool)
        rows = cache.pages()
        standing = dict.fromkeys(rows, True)
        searched = index(Desk(ready, cache, Stood(rows, standing, None), _staged_nowhere, options.jobs))
        ready = replace(ready, wanted={**ready.wanted, **searched.wanted})
        todo = searched.others(stale(ready.wanted, rows, standing, cache.goals))
        shop = Workshop(ready, cache, darkroom, _staged_nowhere, found.sources.texts, options.strict)
        _, told = made(shop, todo, rows, options.jobs, order.progress, before=searched.done)
    return replace(ready.report, findings=told)


def _staged_nowhere(item: Output | Copy) -> Staged:
    return Staged(item.path, is_new=False)


def _changed(one: Stale, shop: Workshop) -> Iterator[str]:
    """The parts of a page that are not as they were, where that can be said."""
    path, before = one.wanted.path, shop.cache.told(one.row) if one.row else None
    things = shop.ready.things
    if before is not None and things.is_told(path) and isinstance(thing := things.get(path), Page):
        yield from differing(before, things.told(path), thing)


def _remember(
    order: Order, shop: Workshop, done: Pile[Made], rows: Mapping[str, PageRow], report: Report, *, searched: Index
) -> None:
    """Keeps what was made, and how it stands now."""
    found, output = order.found, order.output
    cache, wanted = shop.cache, shop.ready.wanted
    new = {one.staged.path: _row(wanted[one.staged.path], one) for one in done}
    unsure = {path: row for path, row in rows.items() if path in wanted and path not in new and not row.is_safe}
    goals = ((one.staged.path, one.linked.goals if one.linked else b"") for one in done)
    with cache.writing():
        cache.keep(restamped(unsure | new, output), goals, gone=rows.keys() - wanted.keys())
        shop.darkroom.originals.remember()
        remember(searched, cache, shop.ready.things.spool)
        ready, guard = shop.ready, shop.ready.guard
        cache.note(
            {
                "done": note(found, cache, report),
                "plan": ready.plan_key,
                "marks": pickle.dumps(dict(ready.marks)),
                "frame": pickle.dumps(ready.frame),
                "guard": pickle.dumps((guard.rules, guard.ids)),
                THEME: theme_note(ready.templates.theme, ready.settings),
            }
        )


def _row(wanted: Wanted | PageRow, made: Made) -> PageRow:
    parts = sealed(pickle.dumps(made.linked.parts)) if made.linked and made.linked.parts else None
    noticed = sealed(pickle.dumps(made.found)) if made.found else None
    # A row begins with what was wanted.
    return PageRow(*wanted[:6], made.print, 0, 0, 0, 0, 0, parts, noticed)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: values here form no circles, and a build keeps nearly all that it makes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
