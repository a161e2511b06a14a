"""The site planned from its sources: every page, serialised and recorded, so that none has to be held.

The site itself is released as soon as it is planned.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import Problem, in_order
from generator.ground.file_stat import File
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model import urls
from generator.model.content import Entry, StaticPage
from generator.model.outputs import Original, Output
from generator.model.pages import OutputSpec, Page, Plan, SiteChrome
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.views import EntryDataView
from generator.pipeline.assets.cards import card_font
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.pipeline.cache.schema import PlannedFile
from generator.pipeline.cache.spill import SpilledList
from generator.pipeline.checks.privacy_scan import Guard, guard
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.inputs import may_publish, value_adding_problems
from generator.pipeline.plan.page_serializer import Component, PageLoader, PageSerializer, differing
from generator.pipeline.plan.search_blocks import PlannedSearch, search_from_sources
from generator.pipeline.plan.sources import SourceSet
from generator.pipeline.session import Session
from generator.render import data_files
from generator.render.theme import Theme
from generator.site.plan.plan import plan
from generator.site.references import pictures_of
from generator.site.site import Site
from generator.site.unread import Unread

LARGEST: Final = 1 << 30
"""The maximum number of bytes of an attachment. Hosts of sites refuse far smaller ones, and copying takes seconds."""
HELD: Final = 20_000
"""Entries of a site whose pages are held in memory until they are rendered; those of a larger one are in the cache."""


@frozen(kw_only=True)
class SitePlan:
    """What is known of a planned site when everything that it was planned from is released."""

    settings: Settings
    theme: Theme | None
    """None where it is at fault."""
    guard: Guard
    font: Path | None
    """For cards; None where none are drawn."""
    chrome: SiteChrome
    pages: SpilledList[PlannedFile]
    """The pages to be published, without the digests of their templates, which depend on all of them."""
    specs: dict[str, OutputSpec]
    """The pages that are held, by path from the output folder."""
    components: Mapping[int, Any]
    """The components of the pages that are held, by id."""
    differences: Mapping[str, tuple[str, ...]]
    """The fields in which pages differ from those that were published, by path, where somebody asks for them."""
    files: Mapping[str, OutputSpec]
    """What is to be published apart from pages and the theme's files, by path from the output folder."""
    pictures: tuple[str, ...]
    """Those that are published in several widths, by path."""
    ids_of_names: Mapping[str, str]
    unread: Unread
    search: PlannedSearch | None
    """Likewise without digests of templates. None for a site without a search."""
    report: Report


def plan_site(session: Session, source_set: SourceSet, images: ImagePipeline) -> SitePlan:
    """Assembles and plans the site. What is wrong with its content is in the report.

    Raises BuildError where that makes it impossible to plan.
    """
    options, cache, problems = session.options, session.cache, list[Problem]()
    site, theme = assembled(options, session.snapshot, source_set, cache, problems)
    font = card_font(site.settings, options.folder, problems)
    images.encode_all(pictures_of(site), options.jobs, session.request.progress)
    measure = partial(images.measure, keeps_original=site.settings.originals)
    pages = PageRecorder(session, source_set.content_digests, is_large=len(site.entries) > HELD)
    planned = value_adding_problems(plan(site, measure, pages.add, has_cards=font is not None), problems)
    assert planned is not None
    too_large = tuple(_too_large(planned, session.snapshot.sources.files))
    problems += too_large
    is_sound = may_publish(problems, options)
    # What is not published is looked through for more problems, but not searched.
    found = planned.search if is_sound else None
    search = search_from_sources(found, source_set.content_digests, pages.serializer, session.spill)
    if is_sound or pages.is_large:
        pages.save()
    return SitePlan(
        settings=site.settings,
        theme=theme,
        guard=guard(site.content, site.settings),
        font=font,
        chrome=planned.chrome,
        pages=pages.planned,
        specs=pages.specs,
        components={} if pages.is_large else pages.serializer.values,
        differences=pages.differences,
        files=_files(planned, images, without={one.path for one in too_large}),
        pictures=planned.pictures,
        ids_of_names=site.ids_of_names,
        unread=site.unread,
        search=search,
        report=_report(site, planned, problems),
    )


class PageRecorder:
    """Takes the pages of a plan, one after the other."""

    def __init__(self, session: Session, content_digests: Mapping[str, bytes], *, is_large: bool) -> None:
        cache = self._cache = session.cache
        self.planned = SpilledList[PlannedFile](session.spill)
        self.specs: dict[str, OutputSpec] = {}
        self.differences: dict[str, tuple[str, ...]] = {}
        self._content_digests = content_digests
        self.is_large = is_large
        # Without a later build there is nothing to compare with, and what is held needs no other form.
        self._is_saved = is_large or (cache.remembers and session.publishes)
        self._is_serialized = is_large or cache.remembers
        self._known_pages = cache.form_digests() if self._is_saved else {}
        self._known_components = cache.component_digests() if self._is_saved else {}
        self._changed_pages = SpilledList[tuple[str, bytes, bytes, bytes]](session.spill)
        self._changed_components = SpilledList[Component](session.spill)
        noted = partial(_note_changed, self._known_components, self._changed_components)
        self.serializer = PageSerializer(noted) if self._is_saved else PageSerializer()
        self._published = cache.published() if session.explains else None
        self._loader = PageLoader(cache)

    def add(self, page: Page) -> None:
        """Takes a page."""
        path, kind = urls.output_path(page.url), type(page.view).__name__
        digest = self._serialize(path, page) if self._is_serialized else b""
        text_digests = b"".join([self._content_digests[one] for one in page.texts])
        self.planned.append(PlannedFile(path, kind, digest, b"", text_digests, "\n".join(page.texts)))
        if isinstance(page.view, EntryDataView):
            # It holds the whole site, so it is made while all of that is in memory.
            self.specs[path] = Output(path, data_files.data(page.view).encode(errors="replace"))
        elif not self.is_large:
            self.specs[path] = page

    def _serialize(self, path: str, page: Page) -> bytes:
        one = self.serializer.serialized(page)
        if self._is_saved:
            known, form_digest = self._known_pages.pop(path, None), one.form_digest
            if known != form_digest:
                self._changed_pages.append((path, form_digest, one.components.tobytes(), one.body))
        row = self._published.get(path) if self._published else None
        if row is not None and row.planned.page_digest != one.digest and not isinstance(page.view, EntryDataView):
            before = self._loader.page(path)
            self.differences[path] = tuple(differing(before, page)) if isinstance(before, Page) else ()
        return one.digest

    def save(self) -> None:
        """Saves the plan. Until a build with it ends well, the last plan cannot be used again."""
        gone_pages, gone_components = self._known_pages, self._known_components
        if self._changed_pages or self._changed_components or gone_pages or gone_components:
            with self._cache.transaction():
                self._cache.forget_plan()
                self._cache.save_plan(self._changed_pages, self._changed_components)
                self._cache.delete_planned(gone_pages, gone_components)


def _note_changed(known: dict[int, bytes], changed: SpilledList[Component], component: Component) -> None:
    """Takes a component out of those that are ``known`` by their digests, and notes it where it has another."""
    if known.pop(component.id, None) != component.digest:
        changed.append(component)


def _files(planned: Plan, images: ImagePipeline, *, without: Container[str]) -> dict[str, OutputSpec]:
    files: dict[str, OutputSpec] = {card.path: card for card in planned.cards}
    files.update((variant.path, variant) for path in planned.pictures for variant in images.variants(path))
    attachments = ((urls.output_path(url), path) for url, path in planned.files if path not in without)
    return files | {output: Original(output, path) for output, path in attachments}


def _too_large(planned: Plan | None, files: Mapping[str, File]) -> Iterator[Problem]:
    """The attachments that are too large to be published, known by their stats: none of them is opened."""
    for _, path in planned.files if planned else ():
        size, limit = files[path].stat[0] >> 20, LARGEST >> 20
        if size > limit:
            yield Problem(
                path=path,
                message=say("the file has {size} MB; at most {limit} MB are published", size=size, limit=limit),
                hint=say("make it smaller, or put it on a site for large files and link to it there"),
            )


def _report(site: Site, planned: Plan, problems: list[Problem]) -> Report:
    """What is published of the content, and what is not yet and why."""
    taken = {entry.path for entry in site.entries} | {page.path for page in site.pages}
    every: list[Entry | StaticPage] = [*site.content.entries, *site.content.pages]
    waiting = [one for one in every if one.path not in taken]
    times = [one.publish_at for one in waiting if isinstance(one, Entry) and one.publish_at]
    return Report(
        entries=len(site.entries),
        pages=planned.pages,
        files=len({*planned.pictures, *(path for _, path in planned.files)}),
        left_out=tuple((one.path, one.status) for one in waiting),
        next_change=min((time.replace(tzinfo=site.settings.zone) for time in times), default=None),
        has_base_url=site.settings.base_url is not None,
        warnings=in_order(problems),
    )
