"""The parts of which views are made: rows, links, calendars, figures. Each holds only what a template shows."""

from __future__ import annotations

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model.content import Part, PolicyLevel
from generator.model.prose import Text


@frozen
class Link:
    """A link to a page."""

    title: str
    url: str


@frozen
class Counted:
    """A link to a page, with the number of its entries."""

    title: str
    url: str
    count: int


@frozen
class Author:
    """Somebody who wrote an entry."""

    name: str
    url: str | None
    """The URL of the page that lists what they wrote; None for a name that is not in people.yaml."""


@frozen
class Version:
    """A picture in one width."""

    width: int
    """In pixels."""
    url: str
    """The URL of the JPEG or PNG, which every program reads."""
    webp: str | None
    """The URL of the WebP; None where that would not be smaller."""


@frozen(kw_only=True)
class Picture:
    """A picture as it is published."""

    url: str
    """The URL of the widest JPEG or PNG; for a drawing (SVG), of the drawing itself."""
    width: int
    """The width of that file in pixels; 0 for a drawing without a size."""
    height: int
    """As ``width``."""
    versions: tuple[Version, ...] = ()
    """From the narrowest to the widest; empty for a drawing."""
    original: str | None = None
    """The URL of the original without metadata; None where it is not published."""
    tone: str = ""
    """The average colour, ``#8a7f70``; empty for a picture with transparency."""
    is_moving: bool = False
    """Whether the WebP is animated."""

    @property
    def largest(self) -> str:
        """The URL of the largest version: the original where it is published."""
        return self.original or self.url

    @property
    def urls(self) -> tuple[str, ...]:
        """The URLs of all versions."""
        return tuple(url for one in self.versions for url in (one.webp, one.url) if url)


@frozen
class Resolved:
    """The value that fills a hole of a prose: the target of a link, a picture or a role."""

    url: str
    """A URL of the site, or an external address; empty for the page that shows the prose."""
    part: str = ""
    """The fragment: the id of a part of the page; empty for the whole page."""
    is_external: bool = False
    name: str = ""
    """The name of the record that a role refers to."""
    file: str | None = None
    """The file under content/ that has to be published for the link; None for a page."""
    picture: Picture | None = None
    """None where the hole is not a picture."""
    facts: str = ""
    """The type and size of an attachment: ``PDF 1.2 MB``; empty for anything else."""


@frozen
class Body:
    """A text and the values for its references, in their order. Rendering a page fetches the prose itself."""

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
    """None for an entry without a cover."""
    is_draft: bool
    is_withdrawn: bool
    is_major: bool


@frozen
class Line:
    """An entry in a short list, with one line for each entry."""

    title: str
    url: str
    span: DateSpan
    language: str | None

    @classmethod
    def of(cls, row: Row) -> Line:
        """The line for the entry of a row."""
        return cls(row.title, row.url, row.span, row.language)


@frozen
class EntryRecord:
    """An entry as a record for programs."""

    url: str
    line: str
    """The record as JSON on one line."""


@frozen
class Cell:
    """A day of a calendar."""

    day: int
    url: str | None
    """None for a day without entries."""
    count: int

    @property
    def level(self) -> int:
        """How busy the day was, from 1 to 4."""
        return 1 + (self.count > 1) + (self.count > 3) + (self.count > 6)


@frozen
class MonthGrid:
    """A month of a calendar: weeks that begin on Monday, with None for days outside the month."""

    year: int
    month: int
    url: str | None
    """None for a month without entries."""
    weeks: tuple[tuple[Cell | None, ...], ...]
    count: int
    """The entries that begin in it, without withdrawn ones, as counters have it."""
    earlier: int
    """How many more are listed that began before it."""
    withdrawn: int
    """How many more are listed that were withdrawn."""


@frozen
class YearBlock:
    """A year of the calendar."""

    year: int
    url: str
    months: tuple[MonthGrid, ...]
    count: int
    """The sum of those of its months."""


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
    """The entries about it, without withdrawn ones, as counters have it."""
    withdrawn: int
    """How many more are listed that were withdrawn."""
    last: Day | None
    """The last day on which an entry is about it; None without entries that count."""
    closed: Day | None
    parent: Link | None


@frozen(kw_only=True)
class KindBlock:
    """A kind of service target, and its targets."""

    id: str
    label: str
    url: str
    targets: tuple[TargetRow, ...]
    """On the home page, only those that had an entry last."""
    count: int
    """The number of all its targets."""
    last: Day | None
    """The last day on which an entry is about one of them; None without entries that count."""


@frozen
class Beside:
    """The entries before and after an entry, among the entries about one of its targets."""

    target: Link
    previous: Line | None
    next: Line | None


@frozen
class Choice:
    """A link to a part of a list, such as the requests with one status."""

    title: str
    name: str
    """The value by which items match it: a status, or the URL of the kind or target."""
    url: str
    count: int


@frozen
class Choices:
    """The parts of a list by one property."""

    key: str
    """The property: ``state``, ``kind``, ``target``."""
    links: tuple[Choice, ...]


@frozen
class Figure:
    """A count with its label and unit."""

    label: str
    number: int
    unit: str | None
    url: str
    """The URL of the page that lists the counted entries."""


@frozen
class FileLink:
    """A link to a file to download."""

    name: str
    url: str
    facts: str
    """Its type and size; empty for a picture."""


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
    """The number of entries in which it was handed over."""


@frozen
class TopicBlock:
    """A topic and its policies, ordered by level from the state to the county."""

    topic: str | None
    """None for policies without a topic."""
    policies: tuple[PolicyRow, ...]


@frozen
class PolicyReceipt:
    """A policy that a target received, with the day and entry of the first time."""

    policy: Link
    day: Day
    entry: Link


@frozen
class Activity:
    """The entries of a year by month and kind of target, for a chart and its table."""

    kinds: tuple[str, ...]
    """The labels of the kinds with entries; the empty label, for entries about no target, comes last."""
    months: tuple[tuple[int, ...], ...]
    """For each of twelve months, the number of entries by kind. An entry about several kinds counts in each."""
    drawn: tuple[tuple[int, ...], ...]
    """Which kinds each colour of the chart stands for, by their places; the last one for all that are left, if many."""
    most: int
    """The largest monthly sum over all kinds; at least 1."""


@frozen
class Gap:
    """Successive days without an entry."""

    first: Day
    last: Day
    days: int
