"""Which day each date line means: years carried on, held against weekdays and lunar days, or asked."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from generator.ground.dates import DateSpan, Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.lunar import FIRST_YEAR, lunar_day

_WRAP: Final = 6
"""Months: a step of more against the order of the text goes into another year; a shorter one is out of order."""
_TURN: Final = 10
"""Months: as far as this, the shorter way is over the turn of the year."""
_OFFERED: Final = 4
"""Years that are offered for a day without one."""
_OLDEST: Final = 1990
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@frozen(kw_only=True)
class Hints:
    """What is known of the year apart from the lines themselves."""

    chosen: int | None
    """What a person said."""
    published: str
    """ISO 8601; empty if unknown."""
    names: tuple[tuple[Message, str], ...]
    """Names in which a year may stand, and what each is the name of; the nearest first."""
    newest: int
    """The last year that can be meant. It only bounds what is offered."""


@frozen(kw_only=True)
class Doubt:
    """Something about a day that a person has to say or should look at."""

    fact: Message
    options: tuple[str, ...]
    """Days or years that can be meant."""
    is_year: bool = False
    is_needed: bool = True
    """Whether there is no day without an answer."""
    is_general: bool = False
    """Whether it is about the year that a person said, not about one line."""


@frozen(kw_only=True)
class Dated:
    """The days of one line."""

    span: DateSpan | None
    evidence: Message | None = None
    """Where the year comes from; None where the line says it."""
    doubt: Doubt | None = None


def resolved(lines: Sequence[tuple[int, DateLine]], hints: Hints) -> Mapping[int, Dated]:
    """The days of all entries among the lines, which are in the order of the text."""
    months = _months(lines)
    entries = [(at, line) for at, line in lines if line.kind in (Kind.ENTRY, Kind.RUN_IN, Kind.ASK, Kind.OFFER)]
    turns = _turns([(months.get(at), line.day) for at, line in entries])
    years, evidence = _years(lines, entries, turns, months, hints)
    found: dict[int, Dated] = {}
    for position, (at, line) in enumerate(entries):
        year = line.year or years.get(position)
        found[at] = _dated(line, year, months.get(at), None if line.year else evidence.get(position))
    return _checked(entries, found, turns, months, hints)


def _months(lines: Iterable[tuple[int, DateLine]]) -> dict[int, int]:
    """The month of each line; of a line with a day alone, that of what is above it."""
    current: int | None = None
    found = {}
    for at, line in lines:
        if line.kind is Kind.PUBLISHED:
            continue
        current = line.month or current
        if current:
            found[at] = current
    return found


def _turns(days: Sequence[tuple[int | None, int | None]]) -> list[int]:
    """By how many years each entry, of which month and day are given, is later than the first one.

    A text runs on, or back where most of its days come before the one above: diaries on the web begin with the newest.
    """
    way = -1 if _runs_back(days) else 1
    turns, turn, last = [], 0, None
    for month, _ in days:
        if month is not None and last is not None and way * (month - last) <= -_WRAP:
            turn += way
        turns.append(turn)
        last = month or last
    return turns


def _runs_back(days: Sequence[tuple[int | None, int | None]]) -> bool:
    known = [(month, day) for month, day in days if month is not None and day is not None]
    steps = [(before, after) for before, after in pairwise(known) if before != after]
    near = [after < before for before, after in steps if abs(after[0] - before[0]) < _WRAP]
    if near.count(True) != near.count(False):
        return near.count(True) > near.count(False)
    # Nothing else to go by: from January to December is rather some days back than most of a year on.
    return any(after[0] - before[0] >= _TURN for before, after in steps)


def _years(
    lines: Sequence[tuple[int, DateLine]],
    entries: Sequence[tuple[int, DateLine]],
    turns: Sequence[int],
    months: Mapping[int, int],
    hints: Hints,
) -> tuple[dict[int, int], dict[int, Message]]:
    """The year and its evidence by the position of an entry."""
    years: dict[int, int] = {}
    evidence: dict[int, Message] = {}
    anchors = dict(_anchors(lines, entries, turns))
    general = _general(lines, entries, turns, months, hints) if len(anchors) < len(entries) else None
    for position in range(len(entries)):
        before = [one for one in anchors if one <= position]
        if not before and general is None and anchors:
            before = [min(anchors)]
        if before:
            base, reason = anchors[before[-1]]
        elif general:
            base, reason = general
        else:
            continue
        years[position], evidence[position] = base + turns[position], reason
    return years, evidence


def _anchors(
    lines: Sequence[tuple[int, DateLine]], entries: Sequence[tuple[int, DateLine]], turns: Sequence[int]
) -> Iterator[tuple[int, tuple[int, Message]]]:
    """The positions from which a year is said, as the year of the first entry."""
    places = {at: position for position, (at, _) in enumerate(entries)}
    heading: DateLine | None = None
    for at, line in lines:
        if line.kind is Kind.MONTH:
            heading = line if line.year else heading
        elif at in places:
            position = places[at]
            if line.year:
                yield position, (line.year - turns[position], say("the year of an earlier day"))
                heading = None
            elif heading and heading.year:
                year = say("the heading “{line}”", line=heading.written.strip()[:40])
                yield position, (heading.year - turns[position], year)
                heading = None


def _general(
    lines: Sequence[tuple[int, DateLine]],
    entries: Sequence[tuple[int, DateLine]],
    turns: Sequence[int],
    months: Mapping[int, int],
    hints: Hints,
) -> tuple[int, Message] | None:
    """The year of the first entry, from what is said about the whole."""
    if hints.chosen:
        return hints.chosen, say("you said the year")
    if proved := _proved(entries, turns, months, hints):
        return proved, say("the lunar day proves the year")
    published = next((line for _, line in lines if line.kind is Kind.PUBLISHED), None)
    day = _published(published, hints)
    last = [
        (turns[at], months[place], line.day) for at, (place, line) in enumerate(entries) if place in months and line.day
    ]
    if day and last:
        turn, month, number = max(last)
        year = day.year - ((month, number) > (day.month, day.day))
        return year - turn, say("published on {day}", day=day.isoformat())
    for what, name in hints.names:
        # A name with two years, such as 2019-2021, says of no day which one it is.
        if len(found := {*_YEAR.findall(name)}) == 1:
            return int(found.pop()), say("{what}: {name}", what=what, name=name[:60])
    return None


def _published(line: DateLine | None, hints: Hints) -> Day | None:
    try:
        if line and line.year and line.month and line.day:
            return Day(line.year, line.month, line.day)
        return Day.fromisoformat(hints.published[:10]) if hints.published else None
    except ValueError:
        return None


def _fits(line: DateLine, year: int, month: int | None) -> bool:
    """Whether weekday, lunar day and hidden digits allow a year."""
    day = _day(year, month, line.day)
    if day is None:
        return False
    if not _is_weekday(line, day, _day(year, line.end_month or month, line.end_day)):
        return False
    if line.lunar is not None and not _is_lunar(day, line.lunar):
        return False
    return not line.mask or bool(re.fullmatch(re.sub("[xX×*]", r"\\d", line.mask), str(year)))


def _is_lunar(day: Day, lunar: tuple[int, int]) -> bool:
    if lunar[1] == 0:
        return lunar_day(day + datetime.timedelta(1)) == (1, 1)
    return lunar_day(day) == lunar


def _allowed(
    entries: Sequence[tuple[int, DateLine]], turns: Sequence[int], months: Mapping[int, int], hints: Hints
) -> list[int]:
    """The years of the first entry that nothing contradicts, the newest first."""
    open_ones = [
        (line, turn, months.get(at))
        for (at, line), turn in zip(entries, turns, strict=True)
        if not line.year and line.day
    ]
    found = range(hints.newest, _OLDEST - 1, -1)
    return [
        year for year in found if open_ones and all(_fits(line, year + turn, month) for line, turn, month in open_ones)
    ]


def _proved(
    entries: Sequence[tuple[int, DateLine]], turns: Sequence[int], months: Mapping[int, int], hints: Hints
) -> int | None:
    """The one year that lunar days allow."""
    if not any(line.lunar and not line.year for _, line in entries):
        return None
    allowed = [year for year in _allowed(entries, turns, months, hints) if year >= max(FIRST_YEAR, hints.newest - 25)]
    return allowed[0] if len(allowed) == 1 else _latest(allowed)


def _latest(allowed: Sequence[int]) -> int | None:
    """The later of two years nineteen apart: the moon comes back to the same days so late that diaries differ."""
    return allowed[0] if len(allowed) == 2 and allowed[0] - allowed[1] == 19 else None


def _day(year: int | None, month: int | None, day: int | None) -> Day | None:
    try:
        return None if year is None or month is None or day is None else Day(year, month, day)
    except ValueError:
        return None


def _dated(line: DateLine, year: int | None, month: int | None, evidence: Message | None) -> Dated:
    if line.readings:
        options = tuple(_written(one) for one in line.readings)
        return Dated(span=None, doubt=Doubt(fact=say("the day can be read in more than one way"), options=options))
    if line.lunar and line.day is None:
        return Dated(span=None, doubt=Doubt(fact=say("only the lunar day is written"), options=_lunar_days(line, year)))
    if line.day is None or month is None or line.kind is Kind.ASK:
        return Dated(span=None, doubt=Doubt(fact=say("no day can be read here"), options=()))
    if not 1 <= month <= 12 or not 1 <= line.day <= (29 if month == 2 and year is None else _length(year, month)):
        return Dated(span=None, doubt=Doubt(fact=say("there is no such day"), options=()))
    if year is None:
        return Dated(span=None, doubt=Doubt(fact=say("the year is not known"), options=(), is_year=True))
    try:
        return Dated(span=_span(line, year, month), evidence=evidence)
    except (ValueError, Fault):
        first = _day(year, month, line.day)
        options = (first.isoformat(),) if first else ()
        return Dated(
            span=None, doubt=Doubt(fact=say("the last day is none, or comes before the first"), options=options)
        )


def _lunar_days(line: DateLine, year: int | None) -> tuple[str, ...]:
    """The days of a year that have the lunar day of a line."""
    if year is None or line.lunar is None:
        return ()
    every = (Day(year, 1, 1) + datetime.timedelta(at) for at in range(366))
    return tuple(day.isoformat() for day in every if day.year == year and _is_lunar(day, line.lunar))


def _length(year: int | None, month: int) -> int:
    return calendar.monthrange(year or 2020, month)[1]


def _written(reading: tuple[int | None, int, int]) -> str:
    year, month, day = reading
    return f"{year}-{month:02}-{day:02}"


def _span(line: DateLine, year: int, month: int) -> DateSpan:
    assert line.day is not None
    start = Day(year, month, line.day)
    if line.end_day is None:
        return DateSpan(start, start)
    end_month = line.end_month or month
    end_year = line.end_year or year + (end_month < month and month - end_month >= _WRAP)
    end = Day(end_year, end_month, line.end_day)
    if not start <= end or (end - start).days > 366:
        raise ValueError
    return DateSpan(start, end)


def _checked(
    entries: Sequence[tuple[int, DateLine]],
    found: dict[int, Dated],
    turns: Sequence[int],
    months: Mapping[int, int],
    hints: Hints,
) -> Mapping[int, Dated]:
    """The days held against weekdays and lunar days."""
    wrong = [at for at, line in entries if (span := found[at].span) and not _agrees(line, span)]
    derived = [
        at for at, line in entries if found[at].span and not line.year and (line.weekday is not None or line.lunar)
    ]
    is_most_wrong = bool(derived) and 2 * len(set(wrong) & set(derived)) > len(derived)
    is_year_wrong = is_most_wrong and not hints.chosen
    is_bounded = any(line.weekday is not None or line.lunar or line.mask for _, line in entries)
    allowed = tuple(map(str, _allowed(entries, turns, months, hints)[:_OFFERED])) if is_bounded else ()
    counts = _first_days(entries, found)
    for position, (at, line) in enumerate(entries):
        dated = found[at]
        if at in counts and at not in wrong:
            fact = say("the number of the day in the line does not fit the others")
            doubt = Doubt(fact=fact, options=counts[at], is_needed=False)
            found[at] = Dated(span=dated.span, evidence=dated.evidence, doubt=doubt)
        if not line.year and ((dated.doubt and dated.doubt.is_year) or (is_year_wrong and dated.span)):
            first = dated.span.start.year - turns[position] if dated.span else 0
            fact = say("the weekdays do not fit the year {year}", year=first) if first else say("the year is not known")
            found[at] = Dated(span=None, doubt=Doubt(fact=fact, options=allowed, is_year=True))
        elif at in wrong and dated.span:
            is_general = is_most_wrong and len(wrong) > 1 and not line.year
            doubt = _mismatch_with(hints.chosen or 0) if is_general else _mismatch(line, dated.span)
            found[at] = Dated(span=dated.span, evidence=dated.evidence, doubt=doubt)
    return found


def _first_days(entries: Sequence[tuple[int, DateLine]], found: Mapping[int, Dated]) -> dict[int, tuple[str, ...]]:
    """The entries whose day, counted from the first one, is not what most of the others say; their days by that."""
    first = {
        at: span.start - datetime.timedelta(line.count - 1)
        for at, line in entries
        if line.count and (span := found[at].span)
    }
    if not first:
        return {}
    usual, times = Counter(first.values()).most_common(1)[0]
    if times == len(first):
        return {}
    counts = {at: line.count or 1 for at, line in entries}
    return {
        at: (span.start.isoformat(), (usual + datetime.timedelta(counts[at] - 1)).isoformat())
        for at, day in first.items()
        if (day != usual or times == 1) and (span := found[at].span)
    }


def _is_weekday(line: DateLine, first: Day, last: Day | None) -> bool:
    """Whether the weekday, if there is one, is that of a day; of several, the first and the last one may be meant."""
    return line.weekday in (None, first.weekday(), last.weekday() if last else None)


def _agrees(line: DateLine, span: DateSpan) -> bool:
    if not _is_weekday(line, span.start, span.end):
        return False
    return line.lunar is None or _is_lunar(span.start, line.lunar) or lunar_day(span.start) is None


def _mismatch_with(year: int) -> Doubt:
    """The weekdays of most lines, which contradict the year that a person said."""
    fact = say("most weekdays do not fit the year {year}. Is it right all the same?", year=year)
    return Doubt(fact=fact, options=("yes", "no"), is_general=True)


def _mismatch(line: DateLine, span: DateSpan) -> Doubt:
    """A weekday or lunar day that contradicts its date; the days near it that would fit are offered."""
    near = [span.start + datetime.timedelta(days) for days in (0, -1, 1, -2, 2, -3, 3)]
    others = [day.isoformat() for day in near[1:] if _agrees(line, DateSpan(day, day))]
    fact = say("the weekday in the line is not that of {day}", day=span.start.isoformat())
    if _is_weekday(line, span.start, span.end):
        fact = say("the lunar day in the line is not that of {day}", day=span.start.isoformat())
    return Doubt(fact=fact, options=(span.start.isoformat(), *others[:2]), is_needed=False)
