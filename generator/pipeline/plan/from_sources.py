"""The site planned: its pages put among the things, and what is to be known of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from generator.ground.errors import Problem, in_order
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.content import Entry, StaticPage
from generator.model.options import Options
from generator.model.outputs import Original
from generator.model.pages import Page, Plan, SiteChrome
from generator.model.report import Report
from generator.model.settings import Settings
from generator.pipeline.cache.schema import Wanted
from generator.pipeline.cache.spill import Pile, Spool
from generator.pipeline.cache.store import Cache
from generator.pipeline.make.cards import card_font
from generator.pipeline.make.image_pipeline import Darkroom
from generator.pipeline.make.privacy_scan import Guard, guard
from generator.pipeline.plan import search_blocks
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.inputs import kept, stop_at
from generator.pipeline.plan.page_serializer import Telling
from generator.pipeline.plan.pending_outputs import AT_HAND, Thing, Things
from generator.pipeline.plan.search_blocks import Search
from generator.pipeline.plan.source_records import Readings
from generator.pipeline.snapshot import Look
from generator.render.theme import Theme
from generator.site.plan import plan
from generator.site.references import pictures_of
from generator.site.site import Site


@frozen(kw_only=True)
class Planned:
    """What is known of a planned site when all that it was planned from is gone."""

    settings: Settings
    theme: Theme
    guard: Guard
    font: Path | None
    """For cards; None where none are drawn."""
    frame: SiteChrome
    things: Things
    """With all pages."""
    wanted: Pile[Wanted]
    """The pages to be published, without their frames, which nobody knew before all were planned."""
    files: Mapping[str, Thing]
    """What is to be published beside pages and the theme's files, by path from the output folder."""
    pictures: tuple[str, ...]
    """Those that are published in versions, by path."""
    search: Search | None
    """Likewise without frames. None for a site that cannot be searched."""
    report: Report


def planned(
    options: Options, found: Look, readings: Readings, cache: Cache, darkroom: Darkroom, *, spool: Spool
) -> Planned:
    """Assembles and plans the site. Raises BuildError with every problem of its content."""
    problems: list[Problem] = []
    site, theme = assembled(options, found, readings, cache, problems)
    font = card_font(site.settings, options.folder, problems)
    darkroom.develop(pictures_of(site), options.jobs)
    measure = partial(darkroom.measure, keeps_original=site.settings.originals)
    things, wanted = Things(spool, is_large=len(site.entries) > AT_HAND), Pile[Wanted](spool)
    telling, is_sound = Telling(), all(problem.is_warning for problem in problems)

    def take(page: Page) -> None:
        # Where nothing is kept, there is nothing to compare with; and what is not sound is not published.
        if is_sound:
            path, told = urls.output_path(page.url), telling.page(page) if cache.remembers else b""
            things.put(path, page, told)
            wanted.put(_wanted(path, page, told, readings.prints))

    made = kept(plan(site, measure, take, has_cards=font is not None), problems)
    stop_at(problems, options)
    # Without problems, every step has its value.
    assert theme is not None
    assert made is not None
    return Planned(
        settings=site.settings,
        theme=theme,
        guard=guard(site.content, site.settings),
        font=font,
        frame=made.chrome,
        things=things,
        wanted=wanted,
        files=_files(made, darkroom),
        pictures=made.pictures,
        search=search_blocks.planned(made.search, readings.prints, telling, spool),
        report=_report(site, made, problems),
    )


def _wanted(path: str, page: Page, told: bytes, prints: Mapping[str, bytes]) -> Wanted:
    texts = b"".join([prints[text] for text in page.texts])
    mark = fingerprint(told) if told else b""
    return Wanted(path, type(page.view).__name__, mark, b"", texts, "\n".join(page.texts))


def _files(made: Plan, darkroom: Darkroom) -> dict[str, Thing]:
    files: dict[str, Thing] = {card.path: card for card in made.cards}
    files.update((sheet.path, sheet) for path in made.pictures for sheet in darkroom.files(path))
    return files | {urls.output_path(url): Original(urls.output_path(url), path) for url, path in made.files}


def _report(site: Site, made: Plan, problems: list[Problem]) -> Report:
    """What is published of the content, and what is not yet and why."""
    taken = {entry.path for entry in site.entries} | {page.path for page in site.pages}
    every: list[Entry | StaticPage] = [*site.content.entries, *site.content.pages]
    waiting = [one for one in every if one.path not in taken]
    times = [one.publish_at for one in waiting if isinstance(one, Entry) and one.publish_at]
    return Report(
        entries=len(site.entries),
        pages=made.pages,
        files=len({*made.pictures, *(path for _, path in made.files)}),
        left_out=tuple((one.path, one.status) for one in waiting),
        next_change=min((time.replace(tzinfo=site.settings.zone) for time in times), default=None),
        has_base_url=site.settings.base_url is not None,
        warnings=in_order(problems),
    )
