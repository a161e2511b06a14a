"""Plans a portal: all its pages, its feeds, its data and its search; it takes the place of a site's plan in a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from generator.ground.dates import Day
from generator.ground.json_lines import Record
from generator.model import urls
from generator.model.pages import Page, SiteChrome
from generator.model.views import (
    DataView,
    FeedItem,
    FeedView,
    NotFoundView,
    RobotsView,
    SitemapView,
)
from generator.site.plan.feeds_and_data import SITEMAP_LIMIT
from generator.tools.portal import documents, ledger, pages
from generator.tools.portal.regions import Path
from generator.tools.portal.scene import Scene
from generator.tools.portal.team_rows import counted

SECTIONS: Final = (
    urls.HOME,
    urls.SEARCH,
    urls.REGIONS,
    urls.TEAMS,
    urls.REQUESTS,
    urls.KINDS,
    urls.FIGURES,
)
"""The URLs of the sections that a portal may have, in the order of the menu."""
TEAM_DATA: Final = "/data/teams.json"
FIGURE_DATA: Final = "/data/figures.json"
REGION_DATA: Final = "/data/regions.json"


class Planned:
    """What has to be known of the pages when all of them are planned and released."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.has_feeds = False

    def add(self, page: Page) -> None:
        """Notes what is to be known of a page."""
        self.urls.append(page.url)
        self.has_feeds |= isinstance(page.view, FeedView)

    @property
    def chrome(self) -> SiteChrome:
        """What all pages have around them."""
        known = set(self.urls)
        return SiteChrome(sections=tuple(url for url in SECTIONS if url in known), has_feeds=self.has_feeds)


def plan(scene: Scene, take: Callable[[Page], None]) -> Planned:
    """Plans every page of a portal; ``take`` receives each as it is planned. Raises LookupError."""
    planned = Planned()
    for page in _pages(scene):
        take(page)
        planned.add(page)
    shown = [url for url in planned.urls if url.endswith("/")]
    for page in _for_search_engines(scene, shown):
        take(page)
        planned.add(page)
    return planned


def _pages(scene: Scene) -> Iterator[Page]:
    yield from pages.home(scene)
    yield from pages.regions(scene)
    yield from pages.teams(scene)
    yield from ledger.ledger(scene)
    yield from pages.kinds(scene)
    yield from pages.all_figures(scene)
    yield from documents.page(scene)
    yield Page(url=urls.NOT_FOUND, view=NotFoundView())
    yield from _feeds(scene)
    yield from _data(scene)


def _for_search_engines(scene: Scene, shown: list[str]) -> Iterator[Page]:
    if scene.settings.base_url is None:
        yield Page(url=urls.ROBOTS, view=RobotsView(None))
        return
    rows: list[tuple[str, Day | None]] = [(url, None) for url in shown]
    slices = [tuple(rows[at : at + SITEMAP_LIMIT]) for at in range(0, len(rows), SITEMAP_LIMIT)]
    names = tuple(f"/sitemap-{number}.xml" for number in range(1, len(slices) + 1))
    if len(slices) == 1:
        yield Page(url=urls.SITEMAP, view=SitemapView(slices[0]))
    else:
        yield Page(url=urls.SITEMAP, view=SitemapView((), names))
        for name, one in zip(names, slices, strict=True):
            yield Page(url=name, view=SitemapView(one))
    yield Page(url=urls.ROBOTS, view=RobotsView(urls.SITEMAP))


def _feeds(scene: Scene) -> Iterator[Page]:
    """Feeds of all teams, and of each region; none without a base URL, since a feed needs absolute addresses."""
    if scene.settings.base_url is None:
        return
    for path in scene.gathered.regions:
        view = _feed(path, scene)
        if view.items:
            home = urls.region(path) if path else urls.HOME
            yield Page(url=home + urls.ATOM, own_title=view.title, view=view)
            if not path:
                yield Page(url=home + urls.JSON_FEED, own_title=view.title, view=view)


def _feed(path: Path, scene: Scene) -> FeedView:
    found = scene.region(path).newest[: scene.settings.feed_entries]
    title = scene.settings.title
    items = (
        FeedItem(
            row=scene.teams.entry(team, one),
            updated=one.updated,
            authors=(scene.teams.link(team).title,),
            tags=one.tags,
            body=None,
            corrections=(),
            withdrawn=None,
        )
        for team, one in found
    )
    return FeedView(
        title=f"{path[-1]} · {title}" if path else title,
        home=urls.region(path) if path else urls.HOME,
        items=tuple(items),
    )


def _data(scene: Scene) -> Iterator[Page]:
    """Teams, regions, figures by month, and requests, for programs."""
    yield Page(url=TEAM_DATA, view=DataView(tuple(_team_records(scene))))
    yield Page(url=REGION_DATA, view=DataView(tuple(_region_records(scene))))
    yield Page(url=FIGURE_DATA, view=DataView(tuple(_figure_records(scene))))
    if found := ledger.request_records(scene):
        yield Page(url=urls.REQUEST_DATA, view=DataView(found))


def _team_records(scene: Scene) -> Iterator[Record]:
    for one in scene.gathered.teams:
        yield {
            "id": one.team.id,
            "name": one.name,
            "region": "/".join(one.team.region),
            "site": one.address,
            "url": urls.relative(TEAM_DATA, urls.team(one.team.id)),
            "entries": one.facts.entries,
            "open": one.facts.open,
            "newest": one.facts.newest and one.facts.newest.isoformat(),
            "stale": one.is_stale,
        }


def _region_records(scene: Scene) -> Iterator[Record]:
    for path in scene.gathered.regions:
        digest = scene.region(path)
        yield {
            "region": "/".join(path),
            "teams": digest.teams,
            "entries": digest.entries,
            "targets": digest.targets,
            "requests": digest.requests,
            "open": digest.open,
            "overdue": digest.overdue,
            "resolved": digest.resolved,
            "counters": [
                {"label": label, "unit": unit, "total": number}
                for label, unit, number in counted(digest, scene.counters)
            ],
        }


def _figure_records(scene: Scene) -> Iterator[Record]:
    for path in scene.gathered.regions:
        for month, numbers in scene.region(path).months.items():
            entries, raised, resolved = numbers
            yield {
                "region": "/".join(path),
                "month": month,
                "entries": entries,
                "raised": raised,
                "resolved": resolved,
            }


def distinct(paths: Iterable[str]) -> Mapping[str, int]:
    """How often each address, in any capital letters, would be made; those that are made once are left out."""
    found: dict[str, int] = {}
    for path in paths:
        found[path.casefold()] = found.get(path.casefold(), 0) + 1
    return {path: number for path, number in found.items() if number > 1}
