"""The days around an entry: the year of a day that somebody said without one, and what a slip may have meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Self

from generator.ground.dates import DateSpan, Day, parse_span
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.tools.importers.answers import Answers, day_said
from generator.tools.importers.cutting import Cut, Section
from generator.tools.importers.date_facts import DateLine
from generator.tools.importers.days import Dated
from generator.tools.importers.years import day_of


@frozen(kw_only=True)
class Nearby:
    """The days of the entries that have one, in the order of the text."""

    starts: tuple[int, ...]
    days: tuple[Day, ...]
    chosen: int | None
    """The year that somebody said."""

    @classmethod
    def of(cls, sections: Sequence[Section], days: Mapping[int, Dated], answers: Answers) -> Self:
        """Those that lines say, or somebody said in full."""
        found = {one.start: day for one in sections if (day := _day(one, days, answers))}
        chosen = int(answers["year"]) if answers.get("year") else None
        return cls(starts=tuple(found), days=tuple(found.values()), chosen=chosen)

    def around(self, at: int) -> tuple[Day, ...]:
        """The last day before a piece and the first one behind it, as far as there are any."""
        before, behind = bisect_left(self.starts, at), bisect_right(self.starts, at)
        return (*self.days[:before][-1:], *self.days[behind : behind + 1])

    def meant(self, at: int, line: DateLine) -> Iterator[str]:
        """The days between those around a line that differ from its own by the year or the month."""
        ends = self.around(at)
        if len(ends) < 2 or line.month is None:
            return
        for year, month in dict.fromkeys(
            (one.year, month) for month in (line.month, *(e.month for e in ends)) for one in ends
        ):
            day = day_of(year, month, line.day)
            if day and min(ends) <= day <= max(ends):
                yield day.isoformat()

    def spans(self, text: str, at: int, own: DateSpan | None) -> tuple[DateSpan, ...]:
        """What somebody may have meant who said this of the day of an entry.

        Where it has no year, that is the one of the entry's own line, or of the days around it, or what somebody said.
        """
        ends = self.around(at)
        years = {one.year for one in ends}
        every = (own.start.year,) if own else range(min(years), max(years) + 1) if years else (self.chosen,)
        found = dict.fromkeys(span for year in every if (span := _span(text, year)))
        within = (one for one in found if len(ends) > 1 and min(ends) <= one.start <= max(ends))
        return tuple(within) or tuple(found)


def corrected(found: Cut, days: Mapping[int, Dated], answers: Answers) -> tuple[tuple[int, DateLine], ...]:
    """The lines, with the years of days of which a person said that they are of another one: those below go on so."""
    said = ((one, day_said(answers, one.starts)[:4]) for one in found.sections)
    years = {at: int(year) for one, year in said if year.isdecimal() for at in one.starts if at in days}
    years = {at: year for at, year in years.items() if (span := days[at].span) and span.start.year != year}
    return tuple((at, replace(line, year=years[at]) if at in years else line) for at, line in found.marks)


def _span(text: str, year: int | None) -> DateSpan | None:
    try:
        return parse_span(text, year)
    except Fault:
        return None


def _day(section: Section, days: Mapping[int, Dated], answers: Answers) -> Day | None:
    if (text := day_said(answers, section.starts)) and (span := _span(text, None)):
        return span.start
    found = next((days[at] for at in section.starts if at in days), None)
    return found.span.start if found and found.span else None
