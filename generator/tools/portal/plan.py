"""Plans a portal: all its pages, its feeds, its data and its search; it takes the place of a site's plan in a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.model import urls
from generator.model.pages import Page, SiteChrome
from generator.model.views import (
    FeedItem,
    FeedView,
    NotFoundView,
)
from generator.site.plan.feeds_and_data import found_by_search_engines
from generator.tools.portal import documents, ledger, pages
from generator.tools.portal.regions import Path
from generator.tools.portal.scene import Scene

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
    for page in found_by_search_engines(scene.settings, [(url, None) for url in planned.urls]):
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
