"""What each page may see: frozen slices of the site, one type a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import Frozen
from generator.model.content import Correction, Entry, Part, RequestStatus
from generator.model.prose import Text


@dataclass(frozen=True, slots=True)
class Link(Frozen):
    """A page to go to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Counted(Frozen):
    """A page to go to, and how many entries it holds."""

    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Resolved(Frozen):
    """What a hole in a prose is filled with."""

    url: str
    """A URL of the site, or an address elsewhere; empty for the page that the prose stands on."""
    part: str = ""
    """The id of the part of the page that is meant; empty for the whole."""
    is_external: bool = False
    name: str = ""
    """The name of what a role names."""
    file: str | None = None
    """The file under content/ that has to be published for it; None for a page."""
    size: tuple[int, int] | None = None
    """A picture's width and height in pixels; None for what is no picture, or has no size of its own."""


@dataclass(frozen=True, slots=True)
class Body(Frozen):
    """A text, whose prose is fetched when the page is rendered, and the fillings of its references, in their order."""

    text: Text
    links: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Frozen):
    """An entry in a list."""

    title: str
    url: str
    span: DateSpan
    part: Part | None
    place: str | None
    summary: str
    targets: tuple[Link, ...]
    language: str | None
    cover: str | None
    """The URL of its picture; None where it has none."""
    is_draft: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Pager(Frozen):
    """Where a page stands in a list that is cut into pages."""

    number: int
    total: int
    back: str | None
    """The URL of the page before this one; None on the first."""
    on: str | None
    """The URL of the page after this one; None on the last."""


@dataclass(frozen=True, slots=True)
class Cell(Frozen):
    """A day of a calendar."""

    day: int
    url: str | None
    """None for a day without entries."""
    count: int


@dataclass(frozen=True, slots=True)
class MonthGrid(Frozen):
    """A month of a calendar: weeks from Monday, with None outside the month."""

    year: int
    month: int
    url: str | None
    """None for a month without entries."""
    weeks: tuple[tuple[Cell | None, ...], ...]
    count: int


@dataclass(frozen=True, slots=True)
class YearBlock(Frozen):
    """A year of the calendar."""

    year: int
    url: str
    months: tuple[MonthGrid, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Frozen):
    """A service target in a list."""

    name: str
    full_name: str
    url: str
    kind: str
    place: str | None
    summary: str
    count: int
    closed: Day | None
    parent: Link | None


@dataclass(frozen=True, slots=True)
class KindBlock(Frozen):
    """A kind and its targets."""

    label: str
    url: str
    targets: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class Beside(Frozen):
    """The neighbours of an entry among those of one target."""

    target: Link
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine(Frozen):
    """What an entry says of a request."""

    id: str
    title: str
    status: RequestStatus
    date: Day
    target: Link | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Figure(Frozen):
    """A count with its label and unit."""

    label: str
    number: int
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(Frozen):
    """The home page; later pages of its list have only rows."""

    rows: tuple[Row, ...]
    pager: Pager
    kinds: tuple[KindBlock, ...]
    months: tuple[MonthGrid, ...]
    """The calendar of the last months with entries, oldest first."""
    entries: int
    targets: int
    span: DateSpan | None
    """From the first day to the last; None without entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView(Frozen):
    """An entry's page."""

    row: Row
    weather: str | None
    authors: tuple[str, ...]
    body: Body
    targets: tuple[TargetRow, ...]
    tags: tuple[Link, ...]
    figures: tuple[Figure, ...]
    requests: tuple[RequestLine, ...]
    policies: tuple[str, ...]
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None
    previous: Link | None
    next: Link | None
    beside: tuple[Beside, ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DatesView(Frozen):
    """All dates."""

    years: tuple[YearBlock, ...]


@dataclass(frozen=True, slots=True)
class YearView(Frozen):
    """A year."""

    block: YearBlock
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView(Frozen):
    """A month."""

    grid: MonthGrid
    rows: tuple[Row, ...]
    pager: Pager
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView(Frozen):
    """A day."""

    day: Day
    rows: tuple[Row, ...]
    pager: Pager
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class TargetsView(Frozen):
    """All targets, by kind."""

    kinds: tuple[KindBlock, ...]


@dataclass(frozen=True, slots=True)
class KindView(Frozen):
    """The targets of one kind."""

    block: KindBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView(Frozen):
    """A target's page."""

    target: TargetRow
    kind: Link
    aliases: tuple[str, ...]
    children: tuple[TargetRow, ...]
    body: Body
    rows: tuple[Row, ...]
    pager: Pager
    span: DateSpan | None
    """From its first day in the diary to its last; None without entries."""
    feed: str | None
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TagsView(Frozen):
    """All tags."""

    tags: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView(Frozen):
    """A tag."""

    tag: Counted
    rows: tuple[Row, ...]
    pager: Pager
    feed: str


@dataclass(frozen=True, slots=True)
class StandingView(Frozen):
    """A page outside the diary."""

    body: Body
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NotFoundView(Frozen):
    """What a server shows for an address that is not there."""


@dataclass(frozen=True, slots=True)
class RedirectView(Frozen):
    """An old address."""

    target: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem(Frozen):
    """An entry in a feed."""

    row: Row
    updated: Day
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView(Frozen):
    """A feed, newest entry first; its URL says whether it is Atom or JSON."""

    title: str
    home: str
    """The URL of the page that it belongs to."""
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class DataView(Frozen):
    """Records for programs, ready for JSON."""

    records: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class EntryDataView(Frozen):
    """All entries for programs."""

    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    """The row of each, in the same order."""
    mark: bytes
    """The fingerprint of all that the entries say."""


@dataclass(frozen=True, slots=True)
class SitemapView(Frozen):
    """All pages that search engines should know, with the day of their last change where it is told."""

    pages: tuple[tuple[str, Day | None], ...]
    parts: tuple[str, ...] = ()
    """The sitemaps of a site too large for one; then ``pages`` is empty."""


@dataclass(frozen=True, slots=True)
class RobotsView(Frozen):
    """robots.txt."""

    sitemap: str | None


View = (
    HomeView | EntryView | DatesView | YearView | MonthView | DayView
    | TargetsView | KindView | TargetView | TagsView | TagView
    | StandingView | NotFoundView | RedirectView
    | FeedView | DataView | EntryDataView | SitemapView | RobotsView
)  # fmt: skip
"""What one page may see."""
