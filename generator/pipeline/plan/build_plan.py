"""Everything that is to be published, known but not made yet: planned from the cache, or else from the sources.

The plan comes from the cache where nothing changed that decides about other pages: then only the pages that have to be
made again are loaded.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Final, NamedTuple

from generator.ground.errors import BuildError, Checked, Fault, Problem, in_order
from generator.ground.files import file_digest
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model.content import Entry
from generator.model.outputs import Card, Copy, Icon, ImageVariant, Original, Output
from generator.model.pages import OutputSpec, Page, SiteChrome
from generator.model.report import Report
from generator.model.search import SearchPlan
from generator.model.settings import Settings
from generator.model.views import DataView, EntryDataView
from generator.pipeline.assets.asset_index import AssetIndex
from generator.pipeline.assets.cards import Painter
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.schema import PlannedFile, is_known
from generator.pipeline.cache.store import PLAN_NOTE
from generator.pipeline.checks.privacy_scan import Guard
from generator.pipeline.plan.inputs import load_theme, reporting_all, with_overrides
from generator.pipeline.plan.page_serializer import Component, PageLoader, differing
from generator.pipeline.plan.patch import ENTRY_DATA, PlanPatch, patched
from generator.pipeline.plan.search_blocks import PlannedSearch, search_from_cache, with_template_digest
from generator.pipeline.plan.sources import SourceSet, load_record
from generator.pipeline.plan.templates import (
    style_problems,
    template_digests,
    templates_of,
    theme_files,
    theme_or_default,
)
from generator.pipeline.session import Session
from generator.pipeline.snapshot import LastBuild, PublishedFiles, last_build, same_options
from generator.read import sources
from generator.render.manifest import colours
from generator.render.privacy import Rules
from generator.render.templates import Templates
from generator.render.theme import Theme
from generator.site.unread import NOTHING, Unread

_CARDS: Final = "cards/"
_NOT_REMADE: Final = ("files/", "pictures/", _CARDS)
"""The folders of pictures, attachments and cards. Where one is damaged, only a new plan knows what it is made of."""


class PlanNote(NamedTuple):
    """What the cache knows of the last plan, apart from its pages."""

    key: bytes
    """The digest of everything that the plan was made of."""
    chrome: SiteChrome
    guard: tuple[Rules, Mapping[str, str]]
    """Its rules, and the ids of private persons."""
    search: SearchPlan | None
    theme: Theme
    ids_of_names: Mapping[str, str]
    """The ids of the targets that entries call by a name, by that name."""


@frozen(kw_only=True)
class BuildPlan:
    """Everything that is to be published."""

    settings: Settings
    templates: Templates
    guard: Guard
    files: Mapping[str, PlannedFile]
    """By path from the output folder."""
    specs: Mapping[str, OutputSpec]
    """What files are made of, by path; what is missing is in the cache."""
    loader: PageLoader
    """Loads the pages that are in the cache."""
    search: PlannedSearch | None
    """None for a site without a search."""
    report: Report
    """Its warnings are errors too where the site may not be published."""
    note: PlanNote
    painter: Painter
    pictures: tuple[str, ...] | None = None
    """The pictures that are published in several widths, by path; None where the plan is from the cache."""
    components: Sequence[Component] = ()
    """Those that changed and are not in the cache yet."""
    unread: Unread = NOTHING
    """What of the content gave no value, so that nothing is planned of it."""
    differences: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """The fields in which pages differ from those that were published, by path, where that is known."""

    def spec(self, path: str) -> OutputSpec:
        """What the file at ``path`` is made of. Raises BrokenCacheError where that is not known."""
        found: OutputSpec | None = self.specs.get(path) or self.loader.page(path)
        if found is None:
            raise BrokenCacheError
        return found


def make_plan(session: Session, source_set: SourceSet, images: ImagePipeline, published: PublishedFiles) -> BuildPlan:
    """The plan of this build. Raises BuildError with every problem of the site's content."""
    is_site = session.request.planner is None
    known = _plan_from_cache(session, source_set, images.assets, published) if is_site else None
    return known or plan_from_sources(session, source_set, images)


def plan_from_sources(session: Session, source_set: SourceSet, images: ImagePipeline) -> BuildPlan:
    """A new plan. What is wrong with the site's content is in its report."""
    # Most builds use the last plan; what only a new one needs is slow to import.
    from generator.pipeline.plan.from_sources import SitePlan, plan_site

    new: SitePlan = (session.request.planner or plan_site)(session, source_set, images)
    problems = [*new.report.warnings]
    templates, own = theme_or_default(new.theme, new.settings, new.chrome, source_set, session.cache, problems=problems)
    digests = template_digests(templates, new.guard)
    painter = Painter(new.font, colours(templates.theme.style))
    files = {one.path: one._replace(template_digest=digests[one.kind]) for one in new.pages}
    others = {**own, **new.files}
    with reporting_all(problems):
        files |= _files(others, digests, images.assets, painter)
    problems += style_problems(templates.theme, files)
    search = new.search and with_template_digest(new.search, digests[DataView.__name__])
    return BuildPlan(
        settings=new.settings,
        templates=templates,
        guard=new.guard,
        files=files,
        specs={**new.specs, **others},
        loader=PageLoader(session.cache, new.components),
        search=search,
        report=replace(new.report, warnings=in_order(problems)),
        unread=new.unread,
        note=PlanNote(
            plan_key(session, source_set),
            new.chrome,
            (new.guard.rules, new.guard.ids),
            search.plan if search else None,
            templates.theme,
            new.ids_of_names,
        ),
        painter=painter,
        pictures=new.pictures,
        differences=new.differences,
    )


def plan_key(session: Session, source_set: SourceSet) -> bytes:
    """The digest of everything that a plan is made of: which files there are, and what in them decides about pages."""
    found, structures = session.snapshot.sources, source_set.structure_digests
    texts = [part for path in found.texts for part in (path.encode(), structures.get(path, b""))]
    files = [f"{path} {file.stat}".encode() for path, file in found.files.items()]
    return fingerprint(session.snapshot.options_key.encode(), fingerprint(*texts), fingerprint(*files))


def _last_plan(session: Session, source_set: SourceSet, published: PublishedFiles) -> tuple[PlanNote, LastBuild] | None:
    """The last plan, where today's is the same but for titles, places, summaries, texts and the theme; else None."""
    cache, snapshot = session.cache, session.snapshot
    last, raw = last_build(cache), cache.meta(PLAN_NOTE)
    if last is None or raw is None or not same_options(snapshot, last):
        return None
    if source_set.problems or not all(problem.is_warning for problem in snapshot.sources.problems):
        return None
    rows = cache.sources()
    if not all(is_known(file, rows.get(path)) for path, file in snapshot.sources.files.items()):
        return None
    note: PlanNote = pickle.loads(raw)  # noqa: S301 - our own, unchanged
    if any(path.startswith(_NOT_REMADE) for path in published.modified):
        return None
    # Cards are drawn of titles, in the colours of the theme.
    has_other_cards = last.theme != snapshot.theme and _has_cards(published)
    return None if note.key != plan_key(session, source_set) or has_other_cards else (note, last)


def _has_cards(published: PublishedFiles) -> bool:
    return any(path.startswith(_CARDS) for path in published.rows)


def _plan_from_cache(
    session: Session, source_set: SourceSet, assets: AssetIndex, published: PublishedFiles
) -> BuildPlan | None:
    """The last plan with what changed; None where only a new plan can tell. Raises BuildError for a faulty theme."""
    found = _last_plan(session, source_set, published)
    if found is None:
        return None
    note, last = found
    patch = patched(_edited(source_set, session, note.ids_of_names), session.cache, published)
    if patch is None or (patch.page_digests and _has_cards(published)):
        return None
    settings = with_overrides(load_record(sources.SETTINGS, source_set, session.cache).value, session.options)
    theme = _theme(session, note, last, settings)
    guard, painter = Guard.of(*note.guard), Painter(None, {})
    templates = templates_of(theme, settings, note.chrome, source_set, session.cache)
    digests = template_digests(templates, guard)
    data = published.rows.get(ENTRY_DATA)
    # The longest file is made of the published one, or from the sources.
    if data is None or data.planned.template_digest != digests[EntryDataView.__name__]:
        return None
    if not published.is_intact(ENTRY_DATA):
        return None
    others = theme_files(theme, settings)
    search = search_from_cache(
        session.cache,
        note.search,
        template_digest=digests[DataView.__name__],
        content_digests=source_set.content_digests,
        changed=patch.blocks,
        spill=session.spill,
    )
    files = _patched_files(published, digests, source_set.content_digests, patch)
    files |= _files(others, digests, assets, painter)
    return BuildPlan(
        settings=settings,
        templates=templates,
        guard=guard,
        files=files,
        specs={**others, **({ENTRY_DATA: patch.entry_data} if patch.entry_data else {})},
        loader=PageLoader(session.cache, patch.values),
        search=search,
        report=replace(last.report, warnings=_warnings(last, note, theme, files), published=None, findings=()),
        note=note._replace(theme=theme),
        painter=painter,
        components=patch.components,
        differences=_differences(session, patch) if session.explains else {},
    )


def _theme(session: Session, note: PlanNote, last: LastBuild, settings: Settings) -> Theme:
    """The theme: that of the last plan where none of its files changed. Raises BuildError."""
    if last.theme_trusted and last.theme == session.snapshot.theme:
        return note.theme
    checked: Checked[Theme] = load_theme(session.options.folder, settings)
    if checked.value is None:
        raise BuildError(*checked.problems)
    return checked.value


def _warnings(last: LastBuild, note: PlanNote, theme: Theme, files: Mapping[str, PlannedFile]) -> tuple[Problem, ...]:
    """The warnings of the last build, with today's about the style sheet."""
    if theme is note.theme:
        return last.report.warnings
    others = (one for one in last.report.warnings if one.path not in note.theme.sheets)
    return in_order([*others, *style_problems(theme, files)])


def _edited(source_set: SourceSet, session: Session, ids_of_names: Mapping[str, str]) -> list[Entry]:
    """The entries whose record changed since the last plan. A change in another kind of record is one of structure."""
    planned = session.cache.planned_digests()
    changed = [path for path, digest in source_set.record_digests.items() if planned.get(path) != digest]
    values: list[Entry] = [load_record(path, source_set, session.cache).value for path in changed]
    if not ids_of_names:
        return values
    from generator.site.target_names import entry_with_ids

    return [entry_with_ids(value, ids_of_names) for value in values]


def _patched_files(
    published: PublishedFiles, digests: Mapping[str, bytes], content_digests: Mapping[str, bytes], patch: PlanPatch
) -> dict[str, PlannedFile]:
    """The published pages, pictures and attachments, as they are to be published today."""
    files: dict[str, PlannedFile] = {}
    for path, row in published.rows.items():
        planned = row.planned
        if planned.kind:
            paths = planned.text_paths
            text_digests = b"".join([content_digests[one] for one in paths.split("\n")]) if paths else b""
            page, template = patch.page_digests.get(path, planned.page_digest), digests[planned.kind]
            if (page, template, text_digests) != (planned.page_digest, planned.template_digest, planned.text_digests):
                # Only a row that differs is another object, by which ``staleness`` knows it quickly.
                planned = PlannedFile(path, planned.kind, page, template, text_digests, paths)
            files[path] = planned
        elif path.startswith(_NOT_REMADE):
            files[path] = planned
    return files


def _differences(session: Session, patch: PlanPatch) -> dict[str, tuple[str, ...]]:
    before, now = PageLoader(session.cache), PageLoader(session.cache, patch.values)
    paths = patch.page_digests.keys() - {ENTRY_DATA}
    return {path: tuple(differing(before.page(path), now.page(path))) for path in paths}


def _files(
    specs: Mapping[str, OutputSpec], digests: Mapping[str, bytes], assets: AssetIndex, painter: Painter
) -> dict[str, PlannedFile]:
    """Files without a page, to be published."""
    return {
        path: PlannedFile(path, "", _spec_digest(spec, assets, painter), digests[""], b"", "")
        for path, spec in specs.items()
    }


def _spec_digest(spec: OutputSpec, assets: AssetIndex, painter: Painter) -> bytes:
    """The digest of everything that decides the bytes of a file without a page."""
    match spec:
        case Output():
            return fingerprint(spec.body)
        case Copy():
            return file_digest(spec.original)
        case Original():
            try:
                return assets.content_digest(spec.source)
            except (OSError, Fault) as error:
                raise BuildError(sources.unreadable(spec.source, error)) from error
        case ImageVariant():
            return spec.content_digest
        case Card() | Icon():
            return painter.digest(spec)
        case Page():
            return b""


def save_patch_and_note(session: Session, plan: BuildPlan) -> None:
    """Saves the components that changed, and what the next build has to know of this plan. Within a transaction."""
    session.cache.save_plan((), plan.components)
    session.cache.set_meta(PLAN_NOTE, pickle.dumps(plan.note))
