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
from generator.ground.patterns import deferred
from generator.ground.text import normal

Day = datetime.date

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLIEST_YEAR: Final = 1900
LONGEST_SPAN: Final = 366
"""Days from the first one of an interval to the last."""

_START: Final = r"""
    (?: (?P<year>\d{4}) \s*[-./年]\s* (?P<month>\d{1,2}) \s*[-./月] | (?P<only_month>\d{1,2}) \s*月 )
    \s*(?P<day>\d{1,2}) \s*[日号]?
"""
_END: Final = r"""
    (?: (?: (?P<end_year>\d{4}) \s*[-./年]\s* )? (?P<end_month>\d{1,2}) \s*[-./月]\s* )?
    (?P<end_day>\d{1,2}) \s*[日号]?
"""
_DAY = deferred(rf"{_START} | (?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}})", re.ASCII | re.VERBOSE)
_SPAN = deferred(rf"{_START} \s* (?: / | 至 | 到 | [-–—~]{{1,2}} ) \s* {_END}", re.ASCII | re.VERBOSE)
_WITHIN = deferred(rf"(?<!\d){_START}(?!\d)", re.ASCII | re.VERBOSE)
_HALVES: Final = {"上午": "am", "早上": "am", "下午": "pm", "中午": "pm", "晚上": "evening", "傍晚": "evening"}
_WEEKDAY = deferred(r"[\s,.;()]*(?:(?:星期|周|礼拜)[一二三四五六日天])?[\s,.;()]*")


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
    """``2020-03-05`` as a day, also where people write ``2020年3月5日`` or ``2020.3.5``. Raises Fault."""
    folded = _folded(text)
    match = _DAY.fullmatch(folded)
    if match is None:
        raise _not_a_day(text, folded)
    return _start(text, match, None)


def parse_span(text: str, year: int | None = None) -> DateSpan:
    """A day, or an interval whose end may omit the year and month that it shares with the start. Raises Fault.

    ``2020-03-05``, ``2020-03-05/06``, ``2020-03-30/04-02``, ``2020-12-31/2021-01-02``: ISO 8601-1,
    5.5.2, with the abbreviated end that it allows by agreement; and as people write, ``2020年3月5日—6日``.
    ``year`` is that of ``3月5日``; None where nothing says it.
    """
    folded = _folded(text)
    if match := _DAY.fullmatch(folded):
        day = _start(text, match, year)
        return DateSpan(day, day)
    match = _SPAN.fullmatch(folded)
    if match is None:
        raise _not_a_day(text, folded)
    start = _start(text, match, year)
    end_year, end_month = match["end_year"] or start.year, match["end_month"] or start.month
    end = _day(text, int(end_year), int(end_month), int(match["end_day"]))
    if end < start:
        raise Fault(
            say('date "{date}" ends before it begins', date=text),
            say("put the earlier day first; write the end's month or year where it changes"),
        )
    if (end - start).days > LONGEST_SPAN:
        raise Fault(
            say('date "{date}" covers more than a year', date=text),
            say("check the year; an entry may cover 366 days at most"),
        )
    return DateSpan(start, end)


def _folded(text: str) -> str:
    """The text with half-width digits and signs, as an input method may have left it."""
    return normal("NFKC", text).strip()


def _start(text: str, match: re.Match[str], default_year: int | None) -> Day:
    found = match.groupdict()
    if found.get("y"):
        return _day(text, int(found["y"]), int(found["m"]), int(found["d"]))
    month, day = int(found["month"] or found["only_month"]), int(found["day"])
    year = int(found["year"]) if found["year"] else default_year
    if year is None:
        raise Fault(
            say('date "{date}" has no year', date=text),
            say("write the year too, as in {date}", date=f"2020-{month:02}-{day:02}"),
        )
    return _day(text, year, month, day)


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


def _not_a_day(text: str, folded: str) -> Fault:
    """The fault of a date among other words: the hint is the date alone, where it can be recognised."""
    fact = say('date "{date}" is not written as a day', date=text)
    match = _WITHIN.search(folded)
    if match is None or not match["year"]:
        return Fault(fact, say("write a day as 2020-03-05, an interval as 2020-03-05/06"))
    date = f"{int(match['year']):04}-{int(match['month']):02}-{int(match['day']):02}"
    word = next((word for word in _HALVES if word in folded), "")
    # Only the day of the week follows from the date.
    is_all = _WEEKDAY.fullmatch((folded[: match.start()] + folded[match.end() :]).replace(word, "", 1)) is not None
    if not word:
        return Fault(fact, say("write {date}", date=date), right=date if is_all else None)
    return Fault(
        fact,
        say("write {date}, and a line part: {part}", date=date, part=_HALVES[word]),
        right=f"{date}\npart: {_HALVES[word]}" if is_all else None,
    )


def written(span: DateSpan, language: str, *, year: bool = True) -> str:
    """The span as a newspaper writes it in ``language`` (``zh…``, else English).

    ``3月5日—6日``, ``3月30日—4月2日``; the year is given when asked for, and at both ends where it changes.
    """
    return "".join(written_ends(span, language, year=year))


def written_day(day: Day, language: str) -> str:
    """A day with its year: ``2020年3月5日``, ``5 March 2020``."""
    return written(DateSpan(day, day), language)


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
