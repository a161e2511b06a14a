"""A page as planned."""

from __future__ import annotations

from dataclasses import field

from generator.ground.frozen import frozen
from generator.model.components import Link
from generator.model.outputs import Card
from generator.model.search import SearchPlan
from generator.model.views import EntryView, RedirectView, View


@frozen(kw_only=True)
class Page:
    """One file of the site to be: where it stands and everything that it may show."""

    url: str
    view: View
    own_title: str = ""
    """Empty for a page without a title, and for one that is titled after its entry."""
    language: str | None = None
    """None where it is the site's."""
    own_description: str = ""
    """Empty for a page without a description, and for an entry's, which is described by its summary."""
    source: str | None = None
    """The file that it comes from; None for a page that comes of many."""
    feed: str | None = None
    """The URL of the Atom feed that belongs to it; None where that is the whole site's."""
    texts: tuple[str, ...] = ()
    """The files whose prose it shows, which is fetched when it is rendered."""

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


@frozen(kw_only=True)
class Frame:
    """What all pages have around them."""

    standing: tuple[Link, ...] = ()
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
    frame: Frame = field(default_factory=Frame)
    search: SearchPlan | None = None
    """None for a site without a search."""
