"""A page as planned."""

from __future__ import annotations

from dataclasses import field

from generator.ground.frozen import frozen
from generator.model.components import Link
from generator.model.outputs import Card
from generator.model.search import SearchPlan
from generator.model.views import View


@frozen(kw_only=True)
class Page:
    """One file of the site to be: where it stands and everything that it may show."""

    url: str
    title: str
    view: View
    language: str | None = None
    """None where it is the site's."""
    description: str = ""
    source: str | None = None
    """The file that it comes from; None for a page that comes of many."""
    feed: str | None = None
    """The URL of the Atom feed that belongs to it; None where that is the whole site's."""
    texts: tuple[str, ...] = ()
    """The files whose prose it shows, which is fetched when it is rendered."""


@frozen(kw_only=True)
class SiteChrome:
    """What all pages have around them."""

    static_pages: tuple[Link, ...] = ()
    """The pages outside the diary that a menu names: those at the top level."""
    sections: tuple[str, ...] = ()
    """The URLs of the parts of the site that a menu names."""
    has_feeds: bool = False


@frozen
class Plan:
    """Everything that is to be published beside the pages, of which there are too many to hold them all."""

    pages: int
    """How many of those show something to readers."""
    files: tuple[tuple[str, str], ...]
    """What is published as it lies, but cleaned: URL, and path from the site's folder."""
    pictures: tuple[str, ...] = ()
    """Pictures that are published in versions: paths from the site's folder."""
    cards: tuple[Card, ...] = ()
    chrome: SiteChrome = field(default_factory=SiteChrome)
    search: SearchPlan | None = None
    """None for a site without a search."""
