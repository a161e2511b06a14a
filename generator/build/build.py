"""The build: the whole story on one screen."""

from __future__ import annotations

import contextlib
import datetime
import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.build.links import Goal, Linked, ids_of, linked, problem
from generator.build.publish import Publication, Staged
from generator.build.workers import each
from generator.ground.errors import BuildError, Checked, Problem, in_order
from generator.ground.words import Message, say
from generator.model import urls
from generator.model.content import Source
from generator.model.options import Options
from generator.model.pages import Copy, Output, Page, Plan
from generator.model.report import Published, Report
from generator.model.settings import Settings
from generator.read import sources
from generator.read.pictures import ENDINGS as PICTURES
from generator.read.pictures import picture
from generator.read.settings import settings as read_settings
from generator.read.settings import with_base_url
from generator.render import theme as themes
from generator.render.render import render
from generator.render.templates import Templates
from generator.render.theme import Theme
from generator.site.plan import plan
from generator.site.site import Site, assemble, read_content

T = TypeVar("T")

Progress = Callable[[Message, int, int], None]
"""Told of long work: what, how much is done, of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A site, ready to be rendered."""

    site: Site
    plan: Plan
    theme: Theme
    warnings: tuple[Problem, ...]


def build(options: Options, output: Path, shown: str, progress: Progress, on_wait: Callable[[], None]) -> Report:
    """Publishes the site into ``output``. Raises BuildError, with the site that stands untouched."""
    with _uncollected():
        planned = prepare(options)
        with Publication(output, shown, on_wait) as publication:
            for staged in _render_all(planned, publication.stage, options.jobs, progress):
                publication.take(staged)
            published = publication.publish()
        return _report(planned, published)


def check(options: Options, progress: Progress) -> Report:
    """Everything that a build does but publish. Raises BuildError."""
    planned = prepare(options)
    for _ in _render_all(planned, lambda item: Staged(item.path, is_new=False), options.jobs, progress):
        pass
    return _report(planned, None)


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


def prepare(options: Options) -> Planned:
    """Reads, assembles and plans the site. Raises BuildError with every problem of its content."""
    problems: list[Problem] = []
    found = sources.read(options.folder)
    problems += found.problems
    settings = _kept(_settings(found.settings, found.problems, options), problems)
    zone = settings.zone if settings else datetime.UTC
    content = _kept(read_content(found, zone, lambda work, items: each(work, items, options.jobs)), problems)
    if settings is None or content is None:
        raise BuildError(*problems)
    theme = _kept(_theme(options.folder, settings), problems)
    site = _kept(assemble(content, found, settings, options.selection), problems)
    planned = _kept(plan(site), problems) if site else None
    if any(options.strict or not problem.is_warning for problem in problems):
        raise BuildError(*problems)
    # Without problems, every step has its value.
    assert theme is not None
    assert site is not None
    assert planned is not None
    return Planned(site=site, plan=planned, theme=theme, warnings=in_order(problems))


def _kept(checked: Checked[T], problems: list[Problem]) -> T | None:
    problems += checked.problems
    return checked.value


def _settings(source: Source | None, problems: Iterable[Problem], options: Options) -> Checked[Settings]:
    checked = read_settings(source)
    if source is None and any(problem.path == sources.SETTINGS for problem in problems):
        # It is there and could not be read, which is told already.
        checked = Checked(checked.value)
    if checked.value is None:
        return checked
    settings = replace(checked.value, portable=options.portable)
    if options.base_url is not None:
        settings = with_base_url(settings, options.base_url)
    return Checked(settings, checked.problems)


def _theme(folder: Path, settings: Settings) -> Checked[Theme]:
    try:
        return Checked(themes.load(folder, settings))
    except BuildError as error:
        return Checked(None, error.problems)
    except OSError as error:
        return Checked(None, (_unreadable("themes", error),))


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(
        path=path,
        message=say("it cannot be read: {fact}", fact=f"{error.strerror or error}: {error.filename or ''}"),
        hint=say("check that the file is there and that you may read it"),
    )


def _render_all(
    planned: Planned, stage: Callable[[Output | Copy], Staged], jobs: int, progress: Progress
) -> Iterator[Staged]:
    """Renders and stages every page and file, then checks the links. Raises BuildError."""
    settings, pages = planned.site.settings, planned.plan.pages
    templates = Templates(planned.theme, settings, standing=planned.plan.standing, has_feeds=planned.plan.has_feeds)
    by_path = {urls.output_path(page.url): page for page in pages}
    present = {*by_path, *_copied(planned)}

    def rendered(number: int) -> tuple[Staged, Linked | None]:
        output = render(pages[number], templates, settings)
        is_page = output.path.endswith(".html")
        found = linked(output.path, output.body.decode(), present) if is_page else None
        return stage(output), found

    missing: list[tuple[Page, Goal]] = []
    parts: list[tuple[Page, Goal]] = []
    for number, (staged, found) in enumerate(each(rendered, range(len(pages)), jobs)):
        progress(say("rendering pages"), number, len(pages))
        missing += [(pages[number], goal) for goal in (found.missing if found else ())]
        parts += [(pages[number], goal) for goal in (found.parts if found else ())]
        yield staged
    yield from map(stage, _copies(planned))
    ids = {goal: ids_of(render(by_path[goal], templates, settings).body.decode()) for _, (goal, _) in parts}
    missing += [(page, (goal, part)) for page, (goal, part) in parts if part not in ids[goal]]
    if missing:
        raise BuildError(*in_order(problem(page, goal, settings) for page, goal in missing))


def _copied(planned: Planned) -> Iterator[str]:
    """Where the files stand that no template makes."""
    yield urls.output_path(urls.STYLE)
    yield from (urls.output_path(urls.asset(name)) for name in planned.theme.assets)
    yield from (urls.output_path(url) for url, _ in planned.plan.files)


def _copies(planned: Planned) -> Iterator[Output | Copy]:
    """Those files: the theme's, and what entries show or hand out. Pictures go without their metadata."""
    theme = planned.theme
    yield Output(urls.output_path(urls.STYLE), theme.style.encode())
    for name, place in theme.assets.items():
        yield Copy(urls.output_path(urls.asset(name)), place)
    for url, place in planned.plan.files:
        path = urls.output_path(url)
        is_picture = place.suffix.lower() in PICTURES
        yield Output(path, picture(place.read_bytes()).body) if is_picture else Copy(path, place)


def _report(planned: Planned, published: Published | None) -> Report:
    taken = {entry.path for entry in planned.site.entries}
    shown = {page.path for page in planned.site.pages}
    waiting = [entry for entry in planned.site.content.entries if entry.path not in taken]
    left_out = [(entry.path, entry.status) for entry in waiting]
    left_out += [(page.path, page.status) for page in planned.site.content.pages if page.path not in shown]
    return Report(
        entries=len(taken),
        pages=sum(page.url.endswith(("/", ".html")) for page in planned.plan.pages),
        files=len(planned.plan.files),
        left_out=tuple(left_out),
        next_change=min((entry.publish_at for entry in waiting if entry.publish_at), default=None),
        has_base_url=planned.site.settings.base_url is not None,
        warnings=planned.warnings,
        published=published,
    )
