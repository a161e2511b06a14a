"""What a report by period shows: figures, requests, policies and entries of a week, a month or other days."""

from __future__ import annotations

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.ground.periods import Period
from generator.model.components import Link, Picture, Row
from generator.model.record import ChronicleSection, RequestRow, RequestStep
from generator.model.settings import Counter, Derived


@frozen(kw_only=True)
class FigureRow:
    """A counter in the period, in the one before, and so far."""

    counter: Counter
    number: int
    before: int
    so_far: int
    """Until the end of the period."""


@frozen
class PartRow:
    """A kind or a target with its figures, one for each column of its table."""

    title: str
    numbers: tuple[int, ...]


@frozen(kw_only=True)
class PartTable:
    """Figures by kind or by target, in the period."""

    by: str
    """``kind`` or ``target``."""
    columns: tuple[Counter, ...]
    rows: tuple[PartRow, ...]
    sums: tuple[int, ...]
    """The figures of the whole period, by column."""
    exceeds: bool
    """Whether the parts of a column exceed its sum, as one thing may concern several of them."""


@frozen
class RequestMove:
    """A request, and its steps in the period."""

    row: RequestRow
    steps: tuple[RequestStep, ...]


@frozen(kw_only=True)
class RequestMoves:
    """What happened with requests in the period."""

    raised: int
    """How many were raised in it, whatever came of them; ``ended`` likewise."""
    ended: int
    resolved: int
    reopened: int
    """How many had ended before the period and were reopened in it: with these, the numbers add up to those open."""
    undone: int
    """How many of them had been resolved, which their counter takes back."""
    new: tuple[RequestMove, ...]
    """Raised in the period and still open at its end."""
    moved: tuple[RequestMove, ...]
    """Raised before, and with steps in the period that did not end them."""
    done: tuple[RequestMove, ...]
    """Resolved or closed in the period, those resolved first."""
    open: tuple[RequestRow, ...]
    """All that are open at its end, from the one open longest."""
    overdue: int


@frozen
class Handover:
    """A policy, and whom it was handed to in the period."""

    policy: Link
    targets: tuple[str, ...]
    times: int
    """In how many entries."""


@frozen
class EntryNote:
    """An entry in a line."""

    row: Row
    sentence: str
    """That for the list of major events, else the first of its summary; empty without text."""


@frozen(kw_only=True)
class ReportView:
    """A report by period."""

    period: Period
    before: DateSpan
    covers: tuple[str, ...]
    """The target, the kind and the tag that it is limited to; empty for the whole diary."""
    day: Day
    """The day on which it sees the requests."""
    targets: int
    """How many targets these entries are about."""
    figures: tuple[FigureRow, ...]
    parts: tuple[PartTable, ...]
    requests: RequestMoves
    overdue_days: int
    handovers: tuple[Handover, ...]
    major: tuple[EntryNote, ...]
    """The major events among the entries."""
    others: tuple[EntryNote, ...]
    pictures: tuple[tuple[Row, Picture], ...]
    sections: tuple[ChronicleSection, ...]
    """The texts of the entries; empty where they are not asked for."""

    @property
    def number(self) -> int:
        """How many entries it covers, without those that were withdrawn."""
        return len(self.major) + len(self.others) - self.withdrawn

    @property
    def withdrawn(self) -> int:
        """How many it lists that were withdrawn."""
        return sum(note.row.is_withdrawn for note in (*self.major, *self.others))

    @property
    def has_before(self) -> bool:
        """Whether anything was counted before the period."""
        return any(row.before or row.so_far != row.number for row in self.figures)

    @property
    def shows_year(self) -> bool:
        """Whether the days of its entries need their years."""
        return self.period.span.start.year != self.period.span.end.year

    @property
    def has_undone(self) -> bool:
        """Whether figures lack what counted before and was undone, so that one may be below zero."""
        numbers = [number for table in self.parts for row in table.rows for number in row.numbers]
        figures = [number for row in self.figures for number in (row.number, row.before)]
        is_told = any(row.counter.derived is Derived.RESOLVED for row in self.figures)
        return is_told and (self.requests.undone > 0 or any(number < 0 for number in (*numbers, *figures)))
