"""The third stage: stale pages rendered by the workers of a cluster, in batches, and staged here.

What all pages need lies in the store while they are rendered, and each worker fetches it once.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Final, NoReturn

from generator.ground.errors import BuildError, Fault
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.pages import Page, SiteChrome
from generator.model.settings import Settings
from generator.pipeline.checks.links import Links
from generator.pipeline.checks.privacy_scan import Guard
from generator.pipeline.make.render_stage import Examined, RenderContext, RenderedFile, examined, rendered_here
from generator.pipeline.plan.staleness import Stale
from generator.render.privacy import Rules
from generator.render.render import render
from generator.render.templates import Templates
from generator.render.theme import Theme
from generator.tools.portal.engine import Engine, LostWorkerError
from generator.tools.portal.store import Store

FEW: Final = 100
"""So many pages are rendered here: until a worker knows the theme, they are done."""
BATCH: Final = 20
"""Pages that a worker takes at a time."""
TOGETHER: Final = 100
"""Batches that are under way at once."""


@frozen
class Kit:
    """What all pages need."""

    theme: Theme
    settings: Settings
    chrome: SiteChrome
    rules: Rules
    paths: tuple[str, ...]
    """The output paths of all files to be published, to which links may lead."""


@frozen
class PageTask:
    """Pages that have to be rendered."""

    store: Store
    kit: str
    """Its key in the store."""
    pages: tuple[Page, ...]


class _Tools(threading.local):
    """What a thread of a worker made of a kit."""

    kit = ""
    made: tuple[Templates, Settings, Links, Guard]


_TOOLS: Final = _Tools()


def render_pages(task: PageTask) -> list[Examined | BuildError] | None:
    """The pages rendered and looked through; None where the kit is gone. Any worker may do this."""
    if _TOOLS.kit != task.kit:
        try:
            kit: Kit = task.store.get(task.kit)
        except LookupError:
            return None
        _TOOLS.made, _TOOLS.kit = _tools(kit), task.kit
    return [_rendered(page, *_TOOLS.made) for page in task.pages]


def _tools(kit: Kit) -> tuple[Templates, Settings, Links, Guard]:
    chrome = kit.chrome
    templates = Templates(
        kit.theme,
        kit.settings,
        sections=chrome.sections,
        static_pages=chrome.static_pages,
        has_feeds=chrome.has_feeds,
        proses=_no_prose,
    )
    return templates, kit.settings, Links(frozenset(kit.paths)), Guard.of(kit.rules, {})


def _no_prose(path: str) -> NoReturn:
    # A portal shows no text of its teams.
    raise LookupError(path)


def _rendered(
    page: Page, templates: Templates, settings: Settings, links: Links, guard: Guard
) -> Examined | BuildError:
    try:
        return examined(render(page, templates, settings), links, guard)
    except BuildError as error:
        return error


class _Batches(Sequence[PageTask]):
    """The pages of stale files, batch by batch; each is loaded when it is sent."""

    def __init__(self, store: Store, kit: str, context: RenderContext, stale: Sequence[Stale]) -> None:
        self._store, self._kit, self._context = store, kit, context
        self.parts = [stale[at : at + BATCH] for at in range(0, len(stale), BATCH)]

    def __len__(self) -> int:
        return len(self.parts)

    def __getitem__(self, number: Any) -> Any:
        specs = (self._context.plan.spec(one.planned.path) for one in self.parts[number] if one.planned.kind)
        return PageTask(self._store, self._kit, tuple(spec for spec in specs if isinstance(spec, Page)))


def render_on(
    engine: Engine, store: Store, context: RenderContext, stale: Sequence[Stale], links: Links
) -> Iterator[RenderedFile | BuildError]:
    """The stale files in their order: their pages are rendered by the engine, what is no page is made here.

    Raises Fault where the engine is lost.
    """
    if len(stale) <= FEW:
        yield from rendered_here(context, stale, links)
        return
    plan = context.plan
    kit = Kit(plan.templates.theme, plan.settings, plan.note.chrome, plan.guard.rules, tuple(plan.files))
    key = f"{fingerprint(pickle.dumps(kit, 5)).hex()}-kit"
    store.put(key, kit)
    try:
        batches = _Batches(store, key, context, stale)
        results = engine.run(render_pages, batches, lambda _: None, together=TOGETHER)
        for part, made in zip(batches.parts, results, strict=True):
            if isinstance(made, LostWorkerError):
                raise Fault(
                    say("whatever renders {path} dies each time", path=part[0].planned.path),
                    say("a worker may have too little memory for it"),
                )
            if made is None:
                yield from rendered_here(context, part, links)
            else:
                yield from _staged(context, part, made, links)
    finally:
        store.forget((key,))


def _staged(
    context: RenderContext, part: Sequence[Stale], made: Sequence[Examined | BuildError], links: Links
) -> Iterator[RenderedFile | BuildError]:
    pages = iter(made)
    for one in part:
        if not one.planned.kind:
            yield context.rendered(one.planned.path, links)
            continue
        page = next(pages)
        yield page if isinstance(page, BuildError) else context.staged(page)
