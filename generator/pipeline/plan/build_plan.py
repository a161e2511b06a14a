"""Everything that is to be published, known but not made yet: planned from what was read, or recalled."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar, get_args

import jinja2

from generator.ground.errors import BuildError, Checked
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.options import Options
from generator.model.outputs import (
    Card,
    Copy,
    Icon,
    ImageVariant,
    Original,
    Output,
)
from generator.model.pages import SiteChrome
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.views import DataView, View
from generator.pipeline.cache.schema import PageRow, Wanted
from generator.pipeline.cache.spill import Spool
from generator.pipeline.cache.store import Cache
from generator.pipeline.make.cards import Drawing
from generator.pipeline.make.image_pipeline import Darkroom
from generator.pipeline.make.privacy_scan import Guard
from generator.pipeline.plan import search_blocks
from generator.pipeline.plan.inputs import as_asked, theme_again, theme_of
from generator.pipeline.plan.patch import Change, exchanged
from generator.pipeline.plan.pending_outputs import Thing, Things
from generator.pipeline.plan.search_blocks import Search
from generator.pipeline.plan.source_records import Originals, Readings, is_known, said_of
from generator.pipeline.snapshot import Look, Stood, done, is_same_question
from generator.read import sources
from generator.render.manifest import colours, manifest
from generator.render.templates import Elsewhere, Templates
from generator.render.theme import Theme

T = TypeVar("T")

_CARDS: Final = "cards/"
_RECALLED: Final = ("files/", "pictures/", _CARDS)
"""Where files stand that no page makes, and no theme."""

_TOUCH_SIDE: Final = 180
"""Pixels: what Apple's devices ask for."""

VIEWS: Final[Mapping[str, type]] = {view.__name__: view for view in get_args(View)}
DATA: Final = DataView.__name__
"""The view whose files depend on no template."""


@frozen(kw_only=True)
class Prepared:
    """Everything that is to be published."""

    settings: Settings
    templates: Templates
    guard: Guard
    wanted: Mapping[str, Wanted | PageRow]
    """By path from the output folder."""
    things: Things
    """What they are made of, and what pages hold, told; where they are recalled, that is in the cache."""
    frame: SiteChrome
    search: Search | None
    """None for a site that cannot be searched."""
    report: Report
    plan_key: bytes
    marks: Mapping[str, bytes]
    """The fingerprints of what files say, by path."""
    pictures: tuple[str, ...] | None = None
    """The pictures that are published in versions, by path; None where the plan is recalled."""
    drawing: Drawing


def prepared(
    options: Options, found: Look, readings: Readings, cache: Cache, darkroom: Darkroom, *, spool: Spool
) -> Prepared:
    """Assembles and plans the site. Raises BuildError with every problem of its content."""
    # What only a new plan needs is loaded for one.
    from generator.pipeline.plan.from_sources import planned

    new = planned(options, found, readings, cache, darkroom, spool=spool)
    new.things.settle()
    templates = templates_of(new.theme, new.settings, new.frame, readings, cache)
    frames = _frames(templates, new.guard)
    drawing = Drawing(new.font, colours(new.theme.style))
    files = {**_of_theme(new.theme, new.settings), **new.files}
    wanted: dict[str, Wanted | PageRow] = {one.path: one._replace(frame=frames[one.kind]) for one in new.wanted}
    wanted |= _taken(files, new.things, frames, _marked(darkroom.originals, drawing))
    return Prepared(
        settings=new.settings,
        templates=templates,
        guard=new.guard,
        wanted=wanted,
        things=new.things,
        frame=new.frame,
        search=new.search and search_blocks.framed(new.search, frames[DATA]),
        report=new.report,
        plan_key=plan_key(found, readings),
        marks=readings.marks,
        pictures=new.pictures,
        drawing=drawing,
    )


def plan_key(found: Look, readings: Readings) -> bytes:
    """The fingerprint of all that the plan is made of: what files say beside their prose, and which there are.

    What pages merely show of an entry is exchanged in a plan (``build/exchanging``).
    """
    outlines = readings.outlines
    texts = [part for path in found.sources.texts for part in (path.encode(), outlines.get(path, b""))]
    files = [f"{path} {file.stat}".encode() for path, file in found.sources.files.items()]
    return fingerprint(found.asked.encode(), fingerprint(*texts), fingerprint(*files))


def is_recallable(found: Look, readings: Readings, cache: Cache) -> bool:
    """Whether the plan is the last one, but for texts, what is shown of entries, the theme and the output."""
    last, rows = done(cache), cache.sources()
    return (
        last is not None
        and is_same_question(found, last)
        and not readings.problems
        and all(problem.is_warning for problem in found.sources.problems)
        and all(is_known(file, rows.get(path)) for path, file in found.sources.files.items())
        and cache.meta("plan") == plan_key(found, readings)
        and (last.theme == found.theme or not _has_cards(cache.pages()))
        and cache.meta("frame") is not None
        and cache.meta("guard") is not None
        and cache.meta("marks") is not None
        and cache.meta(search_blocks.NOTE) is not None
    )


def _has_cards(rows: Iterable[str]) -> bool:
    """Whether there are cards, which only a plan knows: they are drawn of titles, in the colours of the theme."""
    return any(path.startswith(_CARDS) for path in rows)


def recalled(
    options: Options, found: Look, readings: Readings, cache: Cache, originals: Originals, *, stood: Stood, spool: Spool
) -> Prepared | None:
    """The last plan, with texts, entries and theme as they are now; None where only a new plan can tell.

    Raises BuildError where the theme is at fault.
    """
    rows = stood.rows
    last, frame, kept_back = done(cache), cache.meta("frame"), cache.meta("guard")
    assert last is not None
    assert frame is not None
    assert kept_back is not None
    around, watch = pickle.loads(frame), Guard.of(*pickle.loads(kept_back))  # noqa: S301 - our own, unchanged
    settings = said_of(sources.SETTINGS, readings, cache).value
    settings = as_asked(settings, options)
    again = theme_again(found, last, settings, cache)
    checked = Checked(again) if again else theme_of(options.folder, settings)
    if checked.value is None:
        raise BuildError(*checked.problems)
    templates = templates_of(checked.value, settings, around, readings, cache)
    frames = _frames(templates, watch)
    new = exchanged(_changes(readings, cache), cache, frames, stood)
    if new is None or (new.things and _has_cards(rows)):
        return None
    things, drawing = Things(spool), Drawing(None, {})
    wanted = _recalled(rows, frames, readings.prints)
    wanted |= _taken(_of_theme(checked.value, settings), things, frames, _marked(originals, drawing))
    for path, thing in new.things.items():
        things.put(path, thing, new.told[path])
        wanted[path] = wanted[path]._replace(mark=fingerprint(new.told[path]))
    return Prepared(
        settings=settings,
        templates=templates,
        guard=watch,
        wanted=wanted,
        things=things,
        frame=around,
        search=search_blocks.recalled(cache, frames[DATA], readings.prints, new.blocks, spool),
        report=replace(last.report, published=None, findings=()),
        plan_key=cache.meta("plan") or b"",
        marks=readings.marks,
        drawing=drawing,
    )


def _recalled(
    rows: Mapping[str, PageRow], frames: Mapping[str, bytes], prints: Mapping[str, bytes]
) -> dict[str, Wanted | PageRow]:
    """What was published of pages and originals, to be published again as its texts are now."""
    wanted: dict[str, Wanted | PageRow] = {}
    for path, row in rows.items():
        if row.kind:
            texts = b"".join([prints[text] for text in row.sources.split("\n")]) if row.sources else b""
            frame = frames[row.kind]
            is_same = texts == row.texts and frame == row.frame
            wanted[path] = row if is_same else Wanted(path, row.kind, row.mark, frame, texts, row.sources)
        elif path.startswith(_RECALLED):
            wanted[path] = _file(path, row.mark, frames)
    return wanted


def _changes(readings: Readings, cache: Cache) -> list[Change]:
    """The entries that say something else than when the site was planned, whose outlines are as they were."""
    before = pickle.loads(cache.meta("marks") or pickle.dumps({}))  # noqa: S301 - our own, unchanged
    return [
        Change(said_of(path, readings, cache).value, before.get(path, b""), mark)
        for path, mark in readings.marks.items()
        if before.get(path) != mark
    ]


def templates_of(
    theme: Theme,
    settings: Settings,
    frame: SiteChrome,
    readings: Readings,
    cache: Cache,
    *,
    elsewhere: Elsewhere | None = None,
) -> Templates:
    """The theme's templates, as they show this site. Raises BuildError."""
    return Templates(
        theme,
        settings,
        sections=frame.sections,
        static_pages=frame.static_pages,
        has_feeds=frame.has_feeds,
        proses=lambda path: cache.prose(path, readings.prints[path]),
        # What filters know of addresses is compiled in as well.
        compiled=None if elsewhere else _compiled(theme, settings, cache),
        elsewhere=elsewhere,
    )


def _compiled(theme: Theme, settings: Settings, cache: Cache) -> jinja2.BytecodeCache:
    return _Compiled(cache, fingerprint(repr((settings, sorted(theme.strings.items()))).encode()))


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, in the cache.

    What a filter makes of a constant is compiled in, so ``mark`` names all that filters know: strings and settings.
    """

    def __init__(self, cache: Cache, mark: bytes) -> None:
        self._cache = cache
        self._mark = mark

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        body = self._cache.code(bucket.key)
        if body is not None and body.startswith(self._mark):
            bucket.bytecode_from_string(body[len(self._mark) :])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._cache.keep_code(bucket.key, self._mark + bucket.bytecode_to_string())


def _frames(templates: Templates, watch: Guard) -> dict[str, bytes]:
    """By view, all that such a page is shaped by and was held against; under no name, what other files were."""
    frames = {name: fingerprint(templates.template_digest(view), watch.mark) for name, view in VIEWS.items()}
    return {**frames, "": watch.mark}


def _of_theme(theme: Theme, settings: Settings) -> Mapping[str, Thing]:
    style, app = urls.output_path(urls.STYLE), urls.output_path(urls.MANIFEST)
    things: dict[str, Thing] = {style: Output(style, theme.style.encode())}
    icon = theme.assets.get("icon.png")
    sides = {urls.TOUCH_ICON: _TOUCH_SIDE}
    # A theme without an icon has none in other sizes, and nothing to put on a phone's screen. Browsers read no
    # manifest from a disk.
    if icon and not settings.portable:
        things[app] = Output(app, manifest(settings, theme.style).encode())
        sides |= {urls.icon(side): side for side in urls.ICON_SIDES}
    if icon:
        places = ((urls.output_path(url), side) for url, side in sides.items())
        things |= {path: Icon(path, icon, side) for path, side in places}
    assets = {urls.output_path(urls.asset(name)): place for name, place in theme.assets.items()}
    # A theme that brings an icon in one of these sizes knows better than to have it scaled.
    return things | {path: Copy(path, place) for path, place in assets.items()}


def _taken(
    files: Mapping[str, Thing], things: Things, frames: Mapping[str, bytes], marked: Callable[[Thing], bytes]
) -> dict[str, Wanted]:
    """Files that are no pages, put among the things."""
    for path, file in files.items():
        things.put(path, file)
    return {path: _file(path, marked(file), frames) for path, file in files.items()}


def _marked(originals: Originals, drawing: Drawing) -> Callable[[Thing], bytes]:
    """What gives the fingerprint of all that decides the bytes of a file that no page makes."""

    def mark(thing: Thing) -> bytes:
        match thing:
            case Output():
                return fingerprint(thing.body)
            case Copy():
                return fingerprint(thing.original.read_bytes())
            case Original():
                return originals.print(thing.source)
            case ImageVariant():
                return thing.digest
            case Card() | Icon():
                return drawing.mark(thing)
            case _:
                return b""

    return mark


def _file(path: str, print_: bytes, frames: Mapping[str, bytes]) -> Wanted:
    return Wanted(path, "", print_, frames[""], b"", "")
