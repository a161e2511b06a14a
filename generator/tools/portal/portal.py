"""A portal built: the whole story on one screen.

The teams are gathered (``gathering``), and the pages planned from them go the way of a site's pages: rendered where
they are stale, links and privacy checked, staged, and published in one step.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Fault, Problem, in_order
from generator.ground.file_stat import File
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.temporary import temporary_folder
from generator.model.options import Options
from generator.model.report import PortalReport, Report
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.pipeline.plan.from_sources import PageRecorder, SitePlan
from generator.pipeline.plan.inputs import load_theme, may_publish, value_adding_problems, with_overrides
from generator.pipeline.plan.search_blocks import search_from_sources
from generator.pipeline.plan.sources import SourceSet
from generator.pipeline.publish.lock import locked_output
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.run import run_build, run_check
from generator.pipeline.session import BuildRequest, Progress, Session
from generator.pipeline.snapshot import Snapshot, snapshot_of
from generator.read.sources import CONTENT, SETTINGS, Sources
from generator.render import theme as themes
from generator.site.unread import NOTHING
from generator.tools.portal import documents
from generator.tools.portal.cluster import opened_engine
from generator.tools.portal.engine import Engine
from generator.tools.portal.gathering import GATHERED, Gathered, gather, key_of
from generator.tools.portal.places import Place
from generator.tools.portal.plan import plan
from generator.tools.portal.privacy import portal_guard
from generator.tools.portal.regions import LostResultError
from generator.tools.portal.rendering import render_on
from generator.tools.portal.scene import Scene
from generator.tools.portal.settings import PEOPLE, PORTAL, Portal, read_portal
from generator.tools.portal.store import Store
from generator.tools.portal.tables import tables
from generator.tools.portal.upload import Upload

HELD: Final = 20_000
"""Teams of a portal whose pages are held in memory until they are rendered; those of a larger one are in the cache."""


@frozen(kw_only=True)
class PortalOrder:
    """What is asked of a portal."""

    options: Options
    output: Path
    shown: str
    """The output as the user calls it, for problems."""
    scheduler: str | None = None
    """The address of a Dask scheduler; None for this machine."""
    address: str | None = None
    """That of a store into which the output is published; None for a portal that stays in the folder."""
    store: str | None = None
    """Where results are kept; None for a folder next to portal.yaml."""
    keeps_going: bool = False
    """Whether teams that cannot be read are shown as they were last."""
    progress: Progress = lambda _what, _done, _total: None
    on_wait: Callable[[], None] = lambda: None
    explain: Callable[[Message], None] | None = None


def output_of(written: str | None, folder: Path) -> tuple[Path, str | None]:
    """The folder that a portal is built into, and the address of the store in which it is published, if any."""
    if written is None:
        return folder / "output", None
    place = written.removeprefix("file://")
    if "://" not in place:
        return Path(place), None
    return folder / STATE / f"for-{fingerprint(place.rstrip('/').encode()).hex()[:16]}", place


def build_portal(order: PortalOrder) -> PortalReport:
    """Publishes a portal. Raises BuildError, with the published portal untouched."""
    return _done(order, run_build)


def check_portal(order: PortalOrder) -> PortalReport:
    """Does everything that a build does, except publishing. Raises BuildError where it cannot even be planned."""
    return _done(order, run_check)


def _done(order: PortalOrder, work: Callable[[BuildRequest], Report]) -> PortalReport:
    try:
        return _gathered_and_done(order, work)
    except BuildError as error:
        raise type(error)(*map(_of_portal, error.problems)) from error


def _of_portal(problem: Problem) -> Problem:
    """A problem that what is shared with sites found, with the portal's settings in place of a site's."""
    path = PORTAL if problem.path == SETTINGS else problem.path
    hint = problem.hint
    if hint:
        values = tuple((name, PORTAL if value == SETTINGS else value) for name, value in hint.values)
        hint = replace(hint, values=values)
    return replace(problem, path=path, hint=hint)


def _gathered_and_done(order: PortalOrder, work: Callable[[BuildRequest], Report]) -> PortalReport:
    state = (order.options.folder / STATE / "portal").absolute()
    portal = read_portal(order.options.folder)
    with contextlib.ExitStack() as ending:
        if not order.options.uses_cache:
            state = ending.enter_context(temporary_folder())
        own = Store(Place(str(state)))
        store = Store(Place.of(order.store, order.options.folder, portal.endpoint)) if order.store else own
        ending.enter_context(_telling(store))
        if work is run_build:
            _refuse_output(order, portal)
        means = _Means(ending.enter_context(opened_engine(order.scheduler, order.options.jobs)), store, own)
        upload = _upload(order, portal) if order.address and work is run_build else None
        try:
            gathered, problems, report = _done_once(order, work, portal, means)
        except LostResultError:
            # What is gone or damaged is made again, once.
            store.forget_damaged()
            gathered, problems, report = _done_once(order, work, portal, means)
        if upload is not None and report.published is not None:
            with locked_output(order.output, order.shown, order.on_wait):
                report = replace(report, published=upload.publish(report.published))
    shown = {one.team.id for one in gathered.teams}
    return PortalReport(
        report=report,
        teams=len(gathered.teams),
        stale=tuple(one.team.id for one in gathered.teams if one.is_stale),
        missing=tuple(one.id for one in portal.teams if one.id not in shown),
        problems=problems,
    )


def _refuse_output(order: PortalOrder, portal: Portal) -> None:
    """Raises Fault where publishing would overwrite the portal's own files, or what a team has published."""
    folder, output = order.options.folder.resolve(), order.output.resolve()
    hint = say("publish into another folder with --output")
    themes_folder = folder / "themes"
    if folder.is_relative_to(output) or output.is_relative_to(themes_folder):
        raise Fault(say("{output} holds the portal's own files", output=order.shown), hint)
    for team in portal.teams:
        if order.address is not None:
            one, other = f"{order.address.rstrip('/')}/", f"{team.place.address.rstrip('/')}/"
            is_taken = one.startswith(other) or other.startswith(one)
        else:
            is_taken = team.place.is_local and _is_taken(output, team.place.path.resolve())
        if is_taken:
            raise Fault(say('{output} holds the site of team "{team}"', output=order.shown, team=team.id), hint)


def _is_taken(output: Path, place: Path) -> bool:
    """Whether an output would come over a team's site. A site's folder may hold the folder of a portal, too."""
    own = [place / name for name in (CONTENT, "themes", "output")] if (place / CONTENT).is_dir() else [place]
    return place.is_relative_to(output) or any(map(output.is_relative_to, own))


@frozen
class _Means:
    """By what a portal is built."""

    engine: Engine
    store: Store
    """Results, which all workers reach."""
    own: Store
    """What was gathered, kept on this machine for the plan."""


def _done_once(
    order: PortalOrder, work: Callable[[BuildRequest], Report], portal: Portal, means: _Means
) -> tuple[Gathered, tuple[Problem, ...], Report]:
    """Gathers the teams, and does it. Raises LostResultError where the store lost something."""
    now, store, own = order.options.selection.now, means.store, means.own
    gathered, problems = gather(
        portal, store, means.engine, now, keeps_going=order.keeps_going, progress=order.progress
    )
    if _last(own) != gathered:
        own.put(key_of(GATHERED), gathered)
    request = BuildRequest(
        options=order.options,
        output=order.output,
        shown=order.shown,
        publishes=work is run_build,
        progress=order.progress,
        on_wait=order.on_wait,
        explain=order.explain,
        scan=partial(_scan, own.place.path),
        planner=partial(_planned, portal, store, own),
        renders=partial(render_on, means.engine, store) if order.scheduler else None,
    )
    return gathered, problems, work(request)


def _upload(order: PortalOrder, portal: Portal) -> Upload:
    place = Place.of(order.address or "", order.options.folder, portal.endpoint)
    return Upload(order.output, place, order.progress, trusts_manifest=order.options.uses_cache)


@contextlib.contextmanager
def _telling(store: Store) -> Iterator[None]:
    """What keeps the engine, the store or a library from being used is a problem of the portal."""
    try:
        yield
    except LostResultError:
        raise BuildError(
            Problem(
                path=PORTAL,
                message=say("what was made of the teams is not in {folder}", folder=store.place.address),
                hint=say("give a --store that this machine and all workers can reach, such as s3://bucket/state"),
            )
        ) from None
    except Fault as fault:
        raise BuildError(Problem(path=PORTAL, message=fault.message, hint=fault.hint)) from None


def _last(store: Store) -> Gathered | None:
    try:
        found: Gathered = store.get(key_of(GATHERED))
    except LookupError:
        return None
    return found


def _scan(state: Path, options: Options) -> Snapshot:
    """What the pages of a portal depend on: its own files, and what was gathered."""
    moment = time.time_ns()
    places = {
        PORTAL: options.folder / PORTAL,
        PEOPLE: options.folder / PEOPLE,
        f"{STATE}/portal/{GATHERED}": state / key_of(GATHERED),
    }
    files = {path: _known_by_content(place) for path, place in places.items() if place.is_file()}
    return snapshot_of(Sources(files=files), options, moment)


def _known_by_content(place: Path) -> File:
    """A small file that was just written, perhaps: its contents stand where others have their times."""
    body = place.read_bytes()
    return File(str(place), (len(body), 0, 0, int.from_bytes(fingerprint(body)[:7], "big")))


def _planned(
    portal: Portal, store: Store, own: Store, session: Session, source_set: SourceSet, _images: ImagePipeline
) -> SitePlan:
    """The portal as a build plans it. Raises BuildError, and LostResultError where the store lost something."""
    try:
        return _plan(portal, store, own, session, source_set)
    except LookupError as error:
        raise LostResultError from error


def _plan(portal: Portal, store: Store, own: Store, session: Session, source_set: SourceSet) -> SitePlan:
    gathered = _last(own)
    if gathered is None:
        raise LostResultError
    problems: list[Problem] = []
    settings = with_overrides(portal.settings, session.options)
    theme = value_adding_problems(load_theme(session.options.folder, settings), problems)
    words = (theme or themes.default(settings)).strings
    scene = Scene(settings, portal.counters, words, gathered, store)
    problems += _unknown_counters(portal, {label for label, _ in scene.region(()).counters})
    pages = PageRecorder(session, source_set.content_digests, is_large=len(gathered.teams) > HELD)
    planned = plan(scene, pages.add)
    is_sound = may_publish(problems, session.options)
    found = documents.search(scene) if is_sound else None
    search = search_from_sources(found, source_set.content_digests, pages.serializer, session.spill)
    if is_sound or pages.is_large:
        pages.save()
    return SitePlan(
        settings=settings,
        theme=theme,
        guard=portal_guard(replace(portal, settings=settings), session.options.folder),
        font=None,
        chrome=planned.chrome,
        pages=pages.planned,
        specs=pages.specs,
        components={} if pages.is_large else pages.serializer.values,
        differences=pages.differences,
        files={one.path: one for one in tables(scene)},
        pictures=(),
        ids_of_names={},
        unread=NOTHING,
        search=search,
        report=Report(
            entries=scene.region(()).entries,
            pages=sum(url.endswith(("/", ".html")) for url in planned.urls),
            files=0,
            left_out=(),
            next_change=None,
            has_base_url=settings.base_url is not None,
            warnings=in_order(problems),
        ),
    )


def _unknown_counters(portal: Portal, known: Collection[str]) -> Iterator[Problem]:
    """A warning for each counter that portal.yaml names and no team has."""
    for number, label in enumerate(portal.counters):
        if label not in known:
            yield Problem(
                path=PORTAL,
                field=("counters", number),
                message=say('no team has a counter "{label}" that is added up', label=label),
                hint=say(
                    "write the label of a counter as the teams' pages show it; entries, targets and requests are added "
                    "up anyway"
                ),
                is_warning=True,
            )
