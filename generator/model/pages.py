"""Planned pages: what the planning floor hands to the rendering floor."""

from __future__ import annotations

from dataclasses import field

from generator.ground.frozen import frozen
from generator.model.components import Link
from generator.model.outputs import Card, Copy, Icon, ImageVariant, Original, Output
from generator.model.search import SearchPlan
from generator.model.views import EntryView, RedirectView, View


@frozen(kw_only=True)
class Page:
    """A planned file of the site: its URL, and everything that its template may show."""

    url: str
    view: View
    own_title: str = ""
    """Empty for a page without a title, and for one that is titled after its entry."""
    language: str | None = None
    """None where it is the site's."""
    own_description: str = ""
    """Empty for a page without a description, and for an entry's, which is described by its summary."""
    source: str | None = None
    """The source file; None for a page that is made from several."""
    feed: str | None = None
    """The URL of its own Atom feed; None where the feed of the whole site applies."""
    texts: tuple[str, ...] = ()
    """The paths of the source files whose prose it shows. Rendering fetches that prose."""

    @property
    def title(self) -> str:
        """Its title: that of the entry that it shows or redirects to, else its own."""
        match self.view:
            case EntryView():
                return self.view.row.title
            case RedirectView():
                return self.view.target.title
        return self.own_title

    @property
    def description(self) -> str:
        """Its description for search engines: the summary of the entry that it shows, else its own."""
        return self.view.row.summary if isinstance(self.view, EntryView) else self.own_description


OutputSpec = Page | Output | Copy | Original | ImageVariant | Card | Icon
"""What a published file is made of."""


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
