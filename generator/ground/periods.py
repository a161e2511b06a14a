"""Periods that a report covers: a week, a month, a year, or the days from one to another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import timedelta
from enum import StrEnum
from typing import Final

from generator.ground.dates import EARLIEST_YEAR, DateSpan, Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.patterns import deferred
from generator.ground.text import normal

_WEEK: Final = deferred(r"(\d{4})\s*(?:-?\s*W|年\s*第)\s*(\d{1,2})\s*周?")
_MONTH: Final = deferred(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
_YEAR: Final = deferred(r"(\d{4})\s*年?")


class PeriodKind(StrEnum):
    """How a period was named."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DAYS = "days"


@frozen
class Period:
    """Days from the first to the last, both included."""

    kind: PeriodKind
    span: DateSpan

    @property
    def name(self) -> str:
        """Its name in file names: ``2025-W12`` as in ISO 8601, ``2025-03``, ``2025``, ``2025-03-17-2025-03-20``."""
        start, end = self.span.start, self.span.end
        match self.kind:
            case PeriodKind.WEEK:
                return f"{start.isocalendar().year:04}-W{start.isocalendar().week:02}"
            case PeriodKind.MONTH:
                return f"{start.year:04}-{start.month:02}"
            case PeriodKind.YEAR:
                return f"{start.year:04}"
            case PeriodKind.DAYS:
                return f"{start}-{end}"

    def before(self) -> Period:
        """The week, month or year before it; of other days, as many before them."""
        last = self.span.start - timedelta(days=1)
        match self.kind:
            case PeriodKind.MONTH:
                return _month(last.year, last.month)
            case PeriodKind.YEAR:
                return _year(last.year)
            case _:
                length = self.span.end.toordinal() - self.span.start.toordinal()
                return Period(self.kind, DateSpan(Day.fromordinal(max(1, last.toordinal() - length)), last))


def parse_week(text: str) -> Period:
    """``2025-W12``, also ``2025年第12周``: a week from Monday to Sunday (ISO 8601). Raises Fault."""
    year, week = _numbers(_WEEK, text, say("write the year and the number of the week, as in 2025-W12"))
    try:
        span = DateSpan(Day.fromisocalendar(year, week, 1), Day.fromisocalendar(year, week, 7))
    except ValueError:
        hint = say("the weeks of a year are numbered from 01 to 52, in some years to 53")
        raise Fault(say('there is no week "{week}"', week=text), hint) from None
    return Period(PeriodKind.WEEK, span)


def parse_month(text: str) -> Period:
    """``2025-03``, also ``2025年3月``. Raises Fault."""
    year, month = _numbers(_MONTH, text, say("write the year and the month, as in 2025-03"))
    if not 1 <= month <= 12:
        raise Fault(say('there is no month "{month}"', month=text), say("a month is 01 to 12"))
    return _month(year, month)


def parse_year(text: str) -> Period:
    """``2025``, also ``2025年``. Raises Fault."""
    (year,) = _numbers(_YEAR, text, say("write the year in four digits, as in 2025"))
    return _year(year)


def around(kind: PeriodKind, day: Day) -> Period:
    """The week, month or year that a day is in; for days, that day alone."""
    match kind:
        case PeriodKind.WEEK:
            start = day.toordinal() - day.weekday()
            return Period(kind, DateSpan(Day.fromordinal(start), Day.fromordinal(start + 6)))
        case PeriodKind.MONTH:
            return _month(day.year, day.month)
        case PeriodKind.YEAR:
            return _year(day.year)
        case PeriodKind.DAYS:
            return Period(kind, DateSpan(day, day))


def days(first: Day, last: Day) -> Period:
    """The days from one to another. Raises Fault where they are the wrong way round."""
    if last < first:
        fact = say("the period ends on {last}, before it begins on {first}", last=last, first=first)
        raise Fault(fact, say("give the earlier day with --from and the later one with --to"))
    return Period(PeriodKind.DAYS, DateSpan(first, last))


def _month(year: int, month: int) -> Period:
    return Period(PeriodKind.MONTH, DateSpan(Day(year, month, 1), Day(year, month, monthrange(year, month)[1])))


def _year(year: int) -> Period:
    return Period(PeriodKind.YEAR, DateSpan(Day(year, 1, 1), Day(year, 12, 31)))


def _numbers(pattern: re.Pattern[str], text: str, hint: Message) -> tuple[int, ...]:
    """The numbers of a period, the year first, which is 1900 or later. Raises Fault."""
    match = pattern.fullmatch(normal("NFKC", text).strip().upper())
    if match is None:
        raise Fault(say('"{period}" is not written as a period', period=text), hint)
    numbers = tuple(map(int, match.groups()))
    if numbers[0] < EARLIEST_YEAR:
        fact = say('"{period}" is too long ago', period=text)
        raise Fault(fact, say("the year must be {year} or later", year=EARLIEST_YEAR))
    return numbers
