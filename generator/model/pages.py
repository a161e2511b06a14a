"""Planned pages: what the planning floor hands to the rendering floor."""

from __future__ import annotations

from dataclasses import field

from generator.ground.frozen import frozen
from generator.model.components import Link
from generator.model.outputs import Card
from generator.model.search import SearchPlan
from generator.model.views import View


@frozen(kw_only=True)
class Page:
    """A planned file of the site: its URL, and everything that its template may show."""

    url: str
    title: str
    view: View
    language: str | None = None
    """None for the site's language."""
    description: str = ""
    source: str | None = None
    """The source file; None for a page that is made from several."""
    feed: str | None = None
    """The URL of its own Atom feed; None where the feed of the whole site applies."""
    texts: tuple[str, ...] = ()
    """The paths of the source files whose prose it shows. Rendering fetches that prose."""


@frozen(kw_only=True)
class SiteChrome:
    """What all pages share around their content: the data of the menus."""

    static_pages: tuple[Link, ...] = ()
    """The pages outside the diary that the menu links to: those at the top level."""
    sections: tuple[str, ...] = ()
    """The URLs of the site's sections that the menu links to."""
    has_feeds: bool = False


@frozen
class Plan:
    """Everything to publish except the pages themselves, which are too many to keep in memory."""

    pages: int
    """The number of pages for readers."""
    files: tuple[tuple[str, str], ...]
    """Files that are published with their metadata removed: URL, and path relative to the site's folder."""
    pictures: tuple[str, ...] = ()
    """Pictures that are published in several sizes: paths relative to the site's folder."""
    cards: tuple[Card, ...] = ()
    chrome: SiteChrome = field(default_factory=SiteChrome)
    search: SearchPlan | None = None
    """None for a site without a search."""
