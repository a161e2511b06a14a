"""The views: for each template, the type of the data that it may show.

A view holds only its part of the site, so that an edit changes only the pages that show it.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model.components import (
    Activity,
    Author,
    Beside,
    Body,
    Choices,
    Counted,
    EntryRecord,
    Figure,
    FileLink,
    Gap,
    KindBlock,
    Line,
    Link,
    MonthGrid,
    Picture,
    PolicyReceipt,
    PolicyRow,
    Row,
    TargetRow,
    TopicBlock,
    YearBlock,
)
from generator.model.content import Correction
from generator.model.lists import (
    AuthorsView,
    AuthorView,
    ChangesView,
    KindView,
    MajorView,
    NamesView,
    Pager,
    PartsView,
    ReceivedView,
    SubscribeView,
    TagsView,
    TagView,
    TargetsView,
    YearContents,
)
from generator.model.period_report import ReportView
from generator.model.portal import PortalView
from generator.model.record import ChronicleSection, Event, Notice, RequestLine, RequestRow, RequestStep, RequestTotals


@frozen(kw_only=True)
class HomeView:
    """The home page. The later pages of its list have only rows."""

    rows: tuple[Row, ...]
    pictures: tuple[Picture | None, ...]
    """The cover of each of these entries, else the first picture in its text; None where it has neither."""
    pager: Pager
    kinds: tuple[KindBlock, ...]
    months: tuple[MonthGrid, ...]
    """The calendars of the last months with entries, the oldest first."""
    figures: tuple[Figure, ...]
    requests: tuple[RequestRow, ...]
    """Those that are open longest."""
    totals: RequestTotals | None
    """None where there are no requests."""
    events: tuple[Event, ...]
    """The last major events, the newest first."""
    entries: int
    """How many there are, without withdrawn ones, as counters have it."""
    targets: int
    """0 where a figure says how many were served."""
    span: DateSpan | None
    """From the first day to the last; None without entries."""


@frozen(kw_only=True)
class EntryView:
    """An entry's page."""

    row: Row
    weather: str | None
    authors: tuple[Author, ...]
    body: Body
    targets: tuple[TargetRow, ...]
    tags: tuple[Link, ...]
    figures: tuple[Figure, ...]
    requests: tuple[RequestLine, ...]
    policies: tuple[Link, ...]
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None
    successor: Link | None
    """The entry that takes the place of a withdrawn one."""
    previous: Line | None
    next: Line | None
    beside: tuple[Beside, ...]
    extra: Mapping[str, object]
    card: str | None = None
    """The URL of its share card; None where it has none, or the cover is used instead."""


@frozen
class DatesView:
    """The calendar of all dates."""

    years: tuple[YearBlock, ...]
    """The newest first."""
    calendars: tuple[MonthGrid, ...]
    """The months of the newest year."""
    activity: Activity | None
    """The activity of the newest year; None without entries."""
    gaps: tuple[Gap, ...]
    """The newest first."""
    gap_days: int


@frozen
class YearView:
    """A year's page."""

    block: YearBlock
    activity: Activity
    previous: Link | None
    next: Link | None


@frozen(kw_only=True)
class MonthView:
    """A month's page."""

    grid: MonthGrid
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    pager: Pager
    previous: Link | None
    next: Link | None


@frozen(kw_only=True)
class DayView:
    """A day's page."""

    day: Day
    rows: tuple[Row, ...]
    pager: Pager
    previous: Link | None
    next: Link | None


@frozen(kw_only=True)
class TargetView:
    """A target's page."""

    target: TargetRow
    kind: Link
    aliases: tuple[str, ...]
    children: tuple[TargetRow, ...]
    """The first of those whose parent it is."""
    parts: Counted | None
    """The link to all of them; None where the page shows them all."""
    body: Body
    figures: tuple[Figure, ...]
    together: tuple[str, ...]
    """The labels of figures with counts in them that were made for other targets as well."""
    requests: tuple[RequestRow, ...]
    """The first of its requests, in the order of the ledger."""
    ledger: Counted | None
    """The link to all of them; None where it raised none."""
    policies: tuple[PolicyReceipt, ...]
    """The first that it received."""
    received: Counted | None
    """The link to all of them; None where the page shows them all."""
    rows: tuple[Row, ...]
    pager: Pager
    span: DateSpan | None
    """From its first day in the diary to its last; None without entries."""
    feed: str | None
    extra: Mapping[str, object]


@frozen(kw_only=True)
class LedgerView:
    """The ledger of requests, or the requests with one state, kind or target."""

    by: str
    """The property that is filtered by: ``state``, ``kind``, ``target``; empty for the whole ledger."""
    name: str
    """The value that is filtered by: a status, ``open`` or ``overdue``, else the name of the kind or target."""
    totals: RequestTotals | None
    """None on later pages, so that a new request need not change them."""
    choices: tuple[Choices, ...]
    """The filters; only on the first page of the whole ledger."""
    rows: tuple[RequestRow, ...]
    has_handlers: bool
    """Whether any of these requests, on this page or another, says who deals with it; likewise for deadlines."""
    has_deadlines: bool
    pager: Pager
    overdue_days: int
    newest: Day | None
    """The reference day for open requests: so long have they been open, overdue or not; None where none is open."""


@frozen(kw_only=True)
class RequestView:
    """A request's page."""

    row: RequestRow
    steps: tuple[RequestStep, ...]
    helped_by: tuple[str, ...]
    """All helpers, in the order of the steps."""
    overdue_days: int
    pager: Pager


@frozen
class PoliciesView:
    """The compendium of policies by topic and level."""

    topics: tuple[TopicBlock, ...]
    pager: Pager


@frozen(kw_only=True)
class PolicyView:
    """A policy's page."""

    policy: PolicyRow
    body: Body
    files: tuple[FileLink, ...]
    rows: tuple[Row, ...]
    """The entries in which it was handed over."""
    pager: Pager
    extra: Mapping[str, object]


@frozen
class CountersView:
    """The page of all counters."""

    figures: tuple[Figure, ...]
    kinds: tuple[tuple[Link, tuple[Figure, ...]], ...]
    """The figures of each kind."""
    exceeds: bool
    """Whether the figures of kinds add up to more: something stands in full with several of them."""


@frozen(kw_only=True)
class CounterView:
    """A counter's page, for the whole diary or for one month, kind or target."""

    figure: Figure
    counts_once: bool
    """Whether a day or a target that several entries share counts once."""
    exceeds: bool
    """Whether the figures by kind add up to more than the whole."""
    is_together: bool
    """Whether counts are in it that were made for other targets as well."""
    is_whole: bool
    """Whether the figure is shown. Only the first page has it, so that a new entry need not change the others."""
    scope: Link | None
    """The month, kind or target; None for the whole diary."""
    whole: Link
    rows: tuple[Line, ...]
    """The counted entries."""
    numbers: tuple[int, ...]
    """The number that each entry adds, in the same order."""
    pager: Pager
    kinds: tuple[Figure, ...]
    """The figures by kind, each labelled with the kind; only for the whole diary."""
    months: tuple[Figure, ...]
    """The figures by month, likewise."""


@frozen(kw_only=True)
class ChronicleView:
    """The whole campaign as one article, or one month of it."""

    span: DateSpan
    month: tuple[int, int] | None
    """None where the whole campaign is on one page, and on the page of contents."""
    contents: tuple[YearContents, ...]
    """The months of a chronicle with a page for each month; the page of contents has no sections."""
    sections: tuple[ChronicleSection, ...]
    pager: Pager
    previous: Link | None
    next: Link | None


@frozen
class CorrectionsView:
    """All corrections and withdrawals, the newest first."""

    notices: tuple[Notice, ...]
    pager: Pager


@frozen
class StaticPageView:
    """A page outside the diary."""

    body: Body
    extra: Mapping[str, object]


@frozen
class SearchView:
    """The search page. Its script loads the results."""


@frozen
class NotFoundView:
    """The page that a server shows for an unknown address."""


@frozen
class RedirectView:
    """A redirect from an old address."""

    target: Link


@frozen(kw_only=True)
class FeedItem:
    """An entry in a feed."""

    row: Row
    updated: Day
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    body: Body | None
    """None where only its summary is known."""
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None


@frozen(kw_only=True)
class FeedView:
    """A feed, newest entry first. Its URL decides whether it is Atom or JSON."""

    title: str
    home: str
    """The URL of the page that it belongs to."""
    items: tuple[FeedItem, ...]


@frozen
class DataView:
    """A record for programs, or several, ready for JSON."""

    records: Mapping[str, object] | tuple[Mapping[str, object], ...]


@frozen
class RequestTableView:
    """All requests as a table for spreadsheets."""

    rows: tuple[RequestRow, ...]
    newest: Day | None
    """The reference day for open requests."""


@frozen
class EntryDataView:
    """All entries for programs."""

    records: tuple[EntryRecord, ...]


@frozen
class SitemapView:
    """All pages for search engines, with the day of the last change; None where that is not known."""

    pages: tuple[tuple[str, Day | None], ...]
    parts: tuple[str, ...] = ()
    """The URLs of the sitemaps of a site that is too large for one; ``pages`` is then empty."""


@frozen
class RobotsView:
    """robots.txt."""

    sitemap: str | None


View = (
    HomeView | EntryView | DatesView | YearView | MonthView | DayView
    | TargetsView | KindView | TargetView | PartsView | ReceivedView | TagsView | TagView | AuthorsView | AuthorView
    | LedgerView | RequestView | PoliciesView | PolicyView | CountersView | CounterView
    | ChronicleView | MajorView | CorrectionsView | ChangesView | SubscribeView | StaticPageView | SearchView
    | NotFoundView | RedirectView | ReportView | FeedView | NamesView | DataView | RequestTableView | EntryDataView
    | SitemapView | RobotsView | PortalView
)  # fmt: skip
"""The view of any page."""
