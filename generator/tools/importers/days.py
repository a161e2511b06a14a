"""Which day each date line means: years carried on, held against weekdays and lunar days, or asked."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.dates import DateSpan, Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.lunar import lunar_day
from generator.tools.importers.years import Hints, Run, allowed_years, day_of, is_lunar, is_weekday, years_of

_WRAP: Final = 6
"""Months: a range that ends by more before its beginning ends in the next year."""
_OFFERED: Final = 4
"""Years that are offered for a day without one."""


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


def resolved(
    lines: Sequence[tuple[int, DateLine]], hints: Hints, apart: Collection[int] = frozenset()
) -> Mapping[int, Dated]:
    """The days of all entries among the lines, which are in the order of the text.

    Those ``apart`` break the order: they say nothing of the days below them.
    """
    entries = [(at, line) for at, line in lines if line.kind in (Kind.ENTRY, Kind.RUN_IN, Kind.ASK, Kind.OFFER)]
    run = Run.of(lines, entries, apart)
    years = years_of(lines, run, hints, _asked(lines, hints, apart))
    leaps = {} if hints.is_of_school else run.leaps
    found: dict[int, Dated] = {}
    for position, (at, line) in enumerate(entries):
        year = line.year or years.found.get(position)
        found[at] = _dated(line, year, run.months.get(at), None if line.year else years.evidence.get(position))
        if found[at].span and position in years.rivals and not line.year:
            options = tuple(map(str, years.rivals[position]))
            fact = say("what says the year contradicts itself: {years}", years=", ".join(options))
            found[at] = Dated(span=None, doubt=Doubt(fact=fact, options=options, is_year=True))
        elif line.year and years.slips.get(position, line.year) != line.year:
            found[at] = _slipped(found[at], years.slips[position])
        elif found[at].span and at in run.gone_back:
            found[at] = _gone_back(found[at])
        elif at in leaps and (span := found[at].span) and span.start == span.end:
            found[at] = _leapt(found[at], leaps[at])
    return _checked(run, found, hints)


def _asked(lines: Sequence[tuple[int, DateLine]], hints: Hints, apart: Collection[int]) -> Collection[int]:
    """The entries that the year is about which a person said."""
    if not hints.chosen:
        return ()
    unsaid = resolved(lines, replace(hints, chosen=None), apart)
    return frozenset(at for at, one in unsaid.items() if one.doubt and one.doubt.is_year)


def _gone_back(dated: Dated) -> Dated:
    """A day before the one above it, where the days go on from there."""
    assert dated.span is not None
    fact = say("the day comes before the one above it")
    doubt = Doubt(fact=fact, options=(dated.span.start.isoformat(),), is_needed=False)
    return Dated(span=dated.span, evidence=dated.evidence, doubt=doubt)


def _slipped(dated: Dated, year: int) -> Dated:
    """A day with a year that a person contradicted by what they said of the days around it."""
    if dated.span is None:
        return dated
    day = dated.span.start
    options = tuple(one.isoformat() for one in (day, day_of(year, day.month, day.day)) if one)
    fact = say("the year in the line is not that of the days around it")
    return replace(dated, doubt=Doubt(fact=fact, options=options, is_needed=False))


def _leapt(dated: Dated, years: int) -> Dated:
    """A day months away from the one above it, which may be of the same year, out of order."""
    assert dated.span is not None
    day = dated.span.start
    other = day_of(day.year - years, day.month, day.day)
    options = tuple(one.isoformat() for one in (day, other) if one)
    fact = say("the day may be of another year than the one above it, or of the same one")
    return replace(dated, doubt=Doubt(fact=fact, options=options, is_needed=False))


def _dated(line: DateLine, year: int | None, month: int | None, evidence: Message | None) -> Dated:
    if line.readings:
        options = tuple(_written(one) for one in line.readings)
        return Dated(span=None, doubt=Doubt(fact=say("the day can be read in more than one way"), options=options))
    if line.lunar and line.day is None:
        return Dated(span=None, doubt=Doubt(fact=say("only the lunar day is written"), options=_lunar_days(line, year)))
    if line.day is None or month is None or line.kind is Kind.ASK:
        options = _days_of_month(line, year) if line.day is None else ()
        return Dated(span=None, doubt=Doubt(fact=say("no day can be read here"), options=options))
    if not 1 <= month <= 12 or not 1 <= line.day <= (29 if month == 2 and year is None else _length(year, month)):
        return Dated(span=None, doubt=Doubt(fact=say("there is no such day"), options=()))
    if year is None:
        return Dated(span=None, doubt=Doubt(fact=say("the year is not known"), options=(), is_year=True))
    if line.is_listed and (first := day_of(year, month, line.day)):
        options = tuple(dict.fromkeys((first.isoformat(), *_whole_span(line, year, month))))
        return Dated(span=None, doubt=Doubt(fact=say("several days are named here"), options=options))
    try:
        return Dated(span=_span(line, year, month), evidence=evidence)
    except (ValueError, Fault):
        first = day_of(year, month, line.day)
        options = (first.isoformat(),) if first else ()
        return Dated(
            span=None, doubt=Doubt(fact=say("the last day is none, or comes before the first"), options=options)
        )


def _whole_span(line: DateLine, year: int, month: int) -> tuple[str, ...]:
    """From the first to the last of the days that a line names; nothing where that is none."""
    try:
        return (_span(line, year, month).iso(),)
    except (ValueError, Fault):
        return ()


def _days_of_month(line: DateLine, year: int | None) -> tuple[str, ...]:
    """The days of a month, or of a third of one, that a line says instead of a day: 2月上旬."""
    if year is None or line.month is None:
        return ()
    third = next((at for at, word in enumerate(("上旬", "中旬", "下旬")) if word in line.written), None)
    length = _length(year, line.month)
    first, last = (1, length) if third is None else (10 * third + 1, length if third == 2 else 10 * third + 10)
    return (DateSpan(Day(year, line.month, first), Day(year, line.month, last)).iso(),)


def _lunar_days(line: DateLine, year: int | None) -> tuple[str, ...]:
    """The days of a year that have the lunar day of a line."""
    if year is None or line.lunar is None:
        return ()
    every = (Day(year, 1, 1) + datetime.timedelta(at) for at in range(366))
    return tuple(day.isoformat() for day in every if day.year == year and is_lunar(day, line.lunar))


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


def _checked(run: Run, found: dict[int, Dated], hints: Hints) -> Mapping[int, Dated]:
    """The days held against weekdays and lunar days."""
    entries = run.entries
    wrong = {at for at, line in entries if (span := found[at].span) and not _agrees(line, span)}
    contrary = _contrary_years(run, found, wrong)
    is_bounded = any(line.weekday is not None or line.lunar or line.mask for _, line in entries)
    allowed = tuple(map(str, allowed_years(run, hints)[:_OFFERED] if is_bounded else hints.mentioned))
    counts = _first_days(entries, found)
    for position, (at, line) in enumerate(entries):
        dated = found[at]
        if at in counts and at not in wrong:
            fact = say("the number of the day in the line does not fit the others")
            doubt = Doubt(fact=fact, options=counts[at], is_needed=False)
            found[at] = Dated(span=dated.span, evidence=dated.evidence, doubt=doubt)
        if dated.doubt and dated.doubt.is_year and dated.doubt.options:
            continue
        if not line.year and ((dated.doubt and dated.doubt.is_year) or (at in contrary and not hints.chosen)):
            first = dated.span.start.year - run.turns[position] if dated.span else 0
            fact = say("the weekdays do not fit the year {year}", year=first) if first else say("the year is not known")
            found[at] = Dated(span=None, doubt=Doubt(fact=fact, options=allowed, is_year=True))
        elif at in wrong and dated.span:
            is_general = at in contrary and len(wrong) > 1
            doubt = (
                _mismatch_with(hints.chosen or 0)
                if is_general
                else _mismatch(line, dated.span, is_back=position > 0 and _is_back(run, found, position))
            )
            found[at] = Dated(span=dated.span, evidence=dated.evidence, doubt=doubt)
    return found


def _contrary_years(run: Run, found: Mapping[int, Dated], wrong: Collection[int]) -> frozenset[int]:
    """The entries whose lines say no year, where most weekdays and lunar days contradict the year that they have."""
    groups: list[list[tuple[int, DateLine]]] = [[]]
    evidence = None
    for at, line in run.entries:
        if line.year or found[at].evidence != evidence:
            # Something else says the year from here on.
            groups.append([])
            evidence = found[at].evidence
        if found[at].span and not line.year:
            groups[-1].append((at, line))
    return frozenset(
        at
        for group in groups
        if _is_most([one in wrong for one, line in group if line.weekday is not None or line.lunar])
        for at, _ in group
    )


def _is_most(facts: Sequence[bool]) -> bool:
    return 2 * sum(facts) > len(facts)


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


def _agrees(line: DateLine, span: DateSpan) -> bool:
    if not is_weekday(line, span.start, span.end):
        return False
    return line.lunar is None or is_lunar(span.start, line.lunar) or lunar_day(span.start) is None


def _mismatch_with(year: int) -> Doubt:
    """The weekdays of most lines, which contradict the year that a person said."""
    fact = say("most weekdays do not fit the year {year}. Is it right all the same?", year=year)
    return Doubt(fact=fact, options=("yes", "no"), is_general=True)


def _is_back(run: Run, found: Mapping[int, Dated], position: int) -> bool:
    """Whether a day comes before that of the entry above: in January, last year's is soon written."""
    above, own = (found[run.entries[one][0]].span for one in (position - 1, position))
    return above is not None and own is not None and own.start < above.start


def _mismatch(line: DateLine, span: DateSpan, *, is_back: bool = False) -> Doubt:
    """A weekday or lunar day that contradicts its date; the days near it that would fit are offered.

    Before the day above it, it may be of the next year.
    """
    near = [span.start + datetime.timedelta(days) for days in (0, -1, 1, -2, 2, -3, 3)]
    others = [day.isoformat() for day in near[1:] if _agrees(line, DateSpan(day, day))]
    fact = say("the weekday in the line is not that of {day}", day=span.start.isoformat())
    if is_weekday(line, span.start, span.end):
        fact = say("the lunar day in the line is not that of {day}", day=span.start.isoformat())
    later = day_of(span.start.year + 1, span.start.month, span.start.day) if is_back else None
    next_year = [later.isoformat()] if later and _agrees(line, DateSpan(later, later)) else []
    return Doubt(fact=fact, options=(span.start.isoformat(), *next_year, *others[:2]), is_needed=False)
