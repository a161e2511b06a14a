"""What pages show of the record: requests and their histories, corrections, sections of the chronicle."""

from __future__ import annotations

from enum import StrEnum

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model.components import Author, Body, Figure, Line, Link, Row
from generator.model.content import Correction, RequestStatus


@frozen(kw_only=True)
class RequestRow:
    """A request in a list."""

    id: str
    title: str
    url: str
    target: Link | None
    kind: Link | None
    """The kind of its target; None for a request without a target."""
    state: RequestStatus
    raised: Day
    ended: Day | None
    """None while it is open."""
    days: int | None
    """Days from raising to resolution; None where it is not resolved."""
    is_overdue: bool
    opened: Day
    """The first day of the period in which it is, or last was, open."""
    moved: Day
    """The day of its last step."""
    handler: str | None
    """The office that deals with it."""
    person: str | None
    """The public name of who is responsible."""
    deadline: Day | None

    @property
    def reopened(self) -> Day | None:
        """The day on which it was last reopened after it had ended; None where it never was."""
        return self.opened if self.opened != self.raised else None

    def days_open(self, day: Day) -> int | None:
        """How many days it has been open on ``day``, raised or reopened; None where it is not open."""
        return None if self.ended else max(0, (day - self.opened).days)


@frozen(kw_only=True)
class RequestStep:
    """A step in the history of a request."""

    status: RequestStatus
    date: Day
    note: str | None
    helped_by: tuple[str, ...]
    is_reopened: bool
    days: int
    """Days since the step before; 0 for the first step."""
    since: int
    """Days since the first step."""
    entry: Link


@frozen(kw_only=True)
class RequestLine:
    """The steps of a request that one entry reports."""

    row: Link
    target: Link | None
    steps: tuple[RequestStep, ...]


@frozen(kw_only=True)
class RequestTotals:
    """Statistics of requests."""

    total: int
    open: int
    overdue: int
    resolved: int
    share: str
    """The share of resolved requests, in per cent with at most one decimal; empty where there are no requests."""
    median: str
    """The median of the days to resolution, over all resolved requests; empty where none is resolved."""


@frozen(kw_only=True)
class Notice:
    """A correction or a withdrawal in the list of corrections."""

    date: Day
    note: str
    is_withdrawal: bool
    successor: Link | None
    """What takes the place of a withdrawn entry."""
    entry: Link
    span: DateSpan


class ChangeKind(StrEnum):
    """What may change in a record."""

    ENTRY = "entry"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    REQUEST = "request"


@frozen(kw_only=True)
class Change:
    """What changed on a day: an entry is new, was corrected or withdrawn, or a request reached a stage."""

    day: Day
    kind: ChangeKind
    subject: Link
    """The entry or the request."""
    status: RequestStatus | None = None
    """The stage that a request reached; None for an entry."""
    is_reopened: bool = False
    target: Link | None = None
    """The target of a request."""
    note: str | None = None
    """What was corrected, why an entry was withdrawn, or what is said of the step."""


@frozen
class Event:
    """A major entry in the list of major events."""

    entry: Line
    headline: str | None
    """The sentence for the list; None where the title stands there."""


@frozen(kw_only=True)
class ChronicleSection:
    """An entry as a section of the chronicle."""

    row: Row
    id: str
    """The id of the section; all ids in its text begin with it."""
    body: Body
    figures: tuple[Figure, ...]
    requests: tuple[RequestLine, ...]
    policies: tuple[Link, ...]
    authors: tuple[Author, ...]
    weather: str | None
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None
    shows_year: bool
