"""What views are made of: rows, links, calendars, figures, each a frozen slice of the site."""

from __future__ import annotations

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model.content import Correction, Part, PolicyLevel, RequestStatus
from generator.model.prose import Text


@frozen
class Link:
    """A page to go to."""

    title: str
    url: str


@frozen
class Counted:
    """A page to go to, and how many entries it holds."""

    title: str
    url: str
    count: int


@frozen
class Version:
    """A picture in one width."""

    width: int
    """In pixels."""
    url: str
    """As JPEG or PNG, which every program reads."""
    webp: str | None
    """The same as WebP; None where that is not smaller."""


@frozen(kw_only=True)
class Picture:
    """A picture as it is published."""

    url: str
    """The widest version that every program reads; a drawing (SVG) itself."""
    width: int
    """Of that, in pixels; 0 for a drawing that names no size."""
    height: int
    """As ``width``."""
    versions: tuple[Version, ...] = ()
    """From the narrowest to the widest; none for a drawing."""
    original: str | None = None
    """The URL of the original without its metadata; None where it is not published."""
    tone: str = ""
    """Its average colour, ``#8a7f70``; empty for what is seen through."""
    is_moving: bool = False
    """Whether its WebP moves."""

    @property
    def largest(self) -> str:
        """The URL of the largest of it that there is to see."""
        return self.original or self.url

    @property
    def urls(self) -> tuple[str, ...]:
        """Where its versions stand."""
        return tuple(url for one in self.versions for url in (one.webp, one.url) if url)


@frozen
class Resolved:
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
    picture: Picture | None = None
    """None for what is no picture."""


@frozen
class Body:
    """A text, whose prose is fetched when the page is rendered, and the fillings of its references, in their order."""

    text: Text
    links: tuple[Resolved, ...]


@frozen(kw_only=True)
class Row:
    """An entry in a list."""

    title: str
    url: str
    span: DateSpan
    part: Part | None
    place: str | None
    summary: str
    targets: tuple[Link, ...]
    language: str | None
    cover: Picture | None
    """Its picture; None where it has none."""
    is_draft: bool
    is_withdrawn: bool


@frozen
class Line:
    """An entry in a list that has a line for each."""

    title: str
    url: str
    span: DateSpan
    language: str | None

    @classmethod
    def of(cls, row: Row) -> Line:
        """What a line shows of a row."""
        return cls(row.title, row.url, row.span, row.language)


@frozen
class EntryRecord:
    """An entry as a record for programs."""

    url: str
    line: str
    """The record as JSON on one line."""


@frozen
class Pager:
    """Where a page stands in a list that is cut into pages."""

    number: int
    total: int
    back: str | None
    """The URL of the page before this one; None on the first."""
    on: str | None
    """The URL of the page after this one; None on the last."""


@frozen
class Cell:
    """A day of a calendar."""

    day: int
    url: str | None
    """None for a day without entries."""
    count: int


@frozen
class MonthGrid:
    """A month of a calendar: weeks from Monday, with None outside the month."""

    year: int
    month: int
    url: str | None
    """None for a month without entries."""
    weeks: tuple[tuple[Cell | None, ...], ...]
    count: int


@frozen
class YearBlock:
    """A year of the calendar."""

    year: int
    url: str
    months: tuple[MonthGrid, ...]
    count: int


@frozen(kw_only=True)
class TargetRow:
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


@frozen
class KindBlock:
    """A kind and its targets."""

    id: str
    label: str
    url: str
    targets: tuple[TargetRow, ...]


@frozen
class Beside:
    """The neighbours of an entry among those of one target."""

    target: Link
    previous: Link | None
    next: Link | None


@frozen(kw_only=True)
class RequestRow:
    """A request in a list."""

    id: str
    title: str
    url: str
    target: Link | None
    kind: Link | None
    """The kind of its target; None where nobody says whose it is."""
    state: RequestStatus
    raised: Day
    ended: Day | None
    """None while it is open."""
    days: int | None
    """Days from raising to resolution; None where it is not resolved."""
    is_overdue: bool


@frozen(kw_only=True)
class RequestStep:
    """A step in the history of a request."""

    status: RequestStatus
    date: Day
    note: str | None
    helped_by: tuple[str, ...]
    is_reopened: bool
    days: int
    """Days since the step before; 0 for the first."""
    entry: Link


@frozen(kw_only=True)
class RequestLine:
    """What an entry says of a request."""

    row: Link
    target: Link | None
    steps: tuple[RequestStep, ...]


@frozen(kw_only=True)
class RequestTotals:
    """Requests in figures."""

    total: int
    open: int
    overdue: int
    resolved: int
    share: str
    """The resolved among all, in per cent with one decimal at most; empty where there are none."""
    median: str
    """Days to resolution in the middle of all that are resolved; empty where none is."""


@frozen
class Choice:
    """A part of a list."""

    title: str
    name: str
    """By which its items name it: a stage, or the URL of the kind or target."""
    url: str
    count: int


@frozen
class Choices:
    """Ways to look at a part of a list."""

    key: str
    """What they choose by: ``state``, ``kind``, ``target``."""
    links: tuple[Choice, ...]


@frozen
class Figure:
    """A count with its label and unit."""

    label: str
    number: int
    unit: str | None
    url: str
    """The page of the entries that make it up."""


@frozen
class FileLink:
    """A file to take along."""

    name: str
    url: str


@frozen(kw_only=True)
class PolicyRow:
    """A policy in a list."""

    title: str
    url: str
    issuer: str | None
    level: PolicyLevel | None
    topic: str | None
    number: str | None
    date: Day | None
    count: int
    """The entries in which it was handed over."""


@frozen
class TopicBlock:
    """A topic and its policies, from those of the state down to the county's."""

    topic: str | None
    """None for policies without one."""
    policies: tuple[PolicyRow, ...]


@frozen
class PolicyReceipt:
    """A policy that a target received, and when first."""

    policy: Link
    day: Day
    entry: Link


@frozen
class Activity:
    """What was done in a year, by month and kind of target, for a chart and its table."""

    kinds: tuple[str, ...]
    """What the kinds are called that have any; an empty name for entries about no target comes last."""
    months: tuple[tuple[int, ...], ...]
    """Twelve months, and in each the entries of every kind; an entry about several kinds stands in each of them."""
    most: int
    """The most that a month has, all kinds together; 1 at least."""


@frozen
class Gap:
    """Days in a row without an entry."""

    first: Day
    last: Day
    days: int


@frozen(kw_only=True)
class Notice:
    """A correction or a withdrawal, as it is told."""

    date: Day
    note: str
    is_withdrawal: bool
    entry: Link
    span: DateSpan


@frozen(kw_only=True)
class ChronicleSection:
    """An entry as a section of the chronicle."""

    row: Row
    id: str
    """The id of the section; the ids in its text begin with it."""
    body: Body
    figures: tuple[Figure, ...]
    requests: tuple[RequestLine, ...]
    policies: tuple[Link, ...]
    authors: tuple[str, ...]
    weather: str | None
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None
    shows_year: bool
