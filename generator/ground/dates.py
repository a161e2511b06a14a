"""Civil dates: a day or an interval of days, without times and time zones.

They are parsed from ISO 8601 and EDTF, and written in Chinese or English as a newspaper writes them.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Final

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say

Day = datetime.date

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLIEST_YEAR: Final = 1900

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_END = re.compile(r"(?:(?:(\d{4})-)?(\d{2})-)?(\d{2})", re.ASCII)
_LOOSE_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:[~～—–至到]|-{1,2}|——)\s*((?:(?:\d{4}-)?\d{2}-)?\d{2})日?")
_LOOSE_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


@frozen(order=True)
class DateSpan:
    """The days that an entry covers, both ends included. A single day is its own start and end."""

    start: Day
    end: Day

    def __iter__(self) -> Iterator[Day]:
        """Every day covered, in order."""
        for ordinal in range(self.start.toordinal(), self.end.toordinal() + 1):
            yield Day.fromordinal(ordinal)

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.start == self.end

    def iso(self) -> str:
        """The interval in ISO 8601, both ends in full: ``2020-03-05/2020-03-06``; a single day once."""
        return self.start.isoformat() if self.is_day else f"{self.start}/{self.end}"


def parse_day(text: str) -> Day:
    """``2020-03-05`` as a day. Raises Fault."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise Fault(say('date "{date}" is not written as a day', date=text), _rewritten(text))
    return _day(text, *(int(part) for part in match.groups()))


def parse_span(text: str) -> DateSpan:
    """A day, or an interval whose end may omit the year and month that it shares with the start. Raises Fault.

    ``2020-03-05``, ``2020-03-05/06``, ``2020-03-30/04-02``, ``2020-12-31/2021-01-02``: ISO 8601-1,
    5.5.2, with the abbreviated end that it allows by agreement.
    """
    first, slash, last = text.partition("/")
    if not slash or _LOOSE_DAY.fullmatch(text):
        day = parse_day(text)
        return DateSpan(day, day)
    start = parse_day(first)
    match = _END.fullmatch(last)
    if match is None:
        raise Fault(
            say('the end "{end}" of date "{date}" is not a day', end=last, date=text),
            say("write an interval as 2020-03-05/06 or 2020-03-30/04-02"),
        )
    year, month, day_number = match.groups()
    end = _day(text, int(year or start.year), int(month or start.month), int(day_number))
    if end < start:
        raise Fault(
            say('date "{date}" ends before it begins', date=text),
            say("put the earlier day first; write the end's month or year where it changes"),
        )
    if (end - start).days > 366:
        raise Fault(
            say('date "{date}" covers more than a year', date=text),
            say("check the year; an entry may cover 366 days at most"),
        )
    return DateSpan(start, end)


def _day(text: str, year: int, month: int, day: int) -> Day:
    if not EARLIEST_YEAR <= year <= 9999:
        raise Fault(
            say('date "{date}" is not a day', date=text),
            say("the year must be {year} or later", year=EARLIEST_YEAR),
        )
    if not 1 <= month <= 12:
        raise Fault(say('date "{date}" is not a day', date=text), say("a month is 01 to 12"))
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise Fault(
            say('date "{date}" is not a day', date=text),
            say(
                "{month} has {days} days",
                month=Message(MONTHS[month - 1] + " {year}", (("year", year),)),
                days=days,
            ),
        )
    return Day(year, month, day)


def _rewritten(text: str) -> Message:
    """The hint for a date in another notation: the same date in the right one, where it can be recognised."""
    if span := _LOOSE_SPAN.fullmatch(text.strip()):
        return say("write {date}", date=f"{span[1]}/{span[2]}")
    match = _LOOSE_DAY.fullmatch(text.strip()) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    if match:
        year, month, day = (int(part) for part in match.groups())
        return say("write {date}", date=f"{year:04}-{month:02}-{day:02}")
    return say("write a day as 2020-03-05, an interval as 2020-03-05/06")


def written(span: DateSpan, language: str, *, year: bool = True) -> str:
    """The span as a newspaper writes it in ``language`` (``zh…``, else English).

    ``3月5日—6日``, ``3月30日—4月2日``; the year is given when asked for, and at both ends where it changes.
    """
    return "".join(written_ends(span, language, year=year))


def written_ends(span: DateSpan, language: str, *, year: bool = True) -> tuple[str, str, str]:
    """The parts of ``written``: first day, dash, last day. For a single day, the dash and the last day are empty."""
    if language.startswith("zh"):
        return _ends_in_chinese(span, year=year)
    return _ends_in_english(span, year=year)


def _ends_in_chinese(span: DateSpan, *, year: bool) -> tuple[str, str, str]:
    start, end = span.start, span.end
    changes = start.year != end.year
    first = f"{start.year}年" if year or changes else ""
    first += f"{start.month}月{start.day}日"
    if span.is_day:
        return first, "", ""
    last = f"{end.year}年" if changes else ""
    last += f"{end.month}月" if changes or start.month != end.month else ""
    return first, "—", f"{last}{end.day}日"


def _ends_in_english(span: DateSpan, *, year: bool) -> tuple[str, str, str]:
    start, end = span.start, span.end
    changes = start.year != end.year
    last = f"{end.day} {MONTHS[end.month - 1]}" + (f" {end.year}" if year or changes else "")
    if span.is_day:
        return last, "", ""
    first = f"{start.day} {MONTHS[start.month - 1]}"
    if changes:
        return f"{first} {start.year}", " – ", last
    if start.month != end.month:
        return first, " – ", last
    return str(start.day), "–", last


def written_weekday(day: Day, language: str) -> str:
    """The day of the week: ``星期四``, ``Thursday``."""
    if language.startswith("zh"):
        return "星期" + "一二三四五六日"[day.weekday()]
    return WEEKDAYS[day.weekday()]


def written_month(year: int, month: int, language: str) -> str:
    """A month with its year: ``2020年3月``, ``March 2020``."""
    if language.startswith("zh"):
        return f"{year}年{month}月"
    return f"{MONTHS[month - 1]} {year}"


def written_year(year: int, language: str) -> str:
    """A year: ``2020年``, ``2020``."""
    return f"{year}年" if language.startswith("zh") else str(year)
