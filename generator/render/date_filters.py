"""Dates as templates write them, in the language of the site."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import timedelta

from markupsafe import Markup

from generator.ground import dates
from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen


@frozen
class DateFilters:
    """The filters for dates."""

    language: str

    def when(self, span: DateSpan | Day, *, year: bool = True) -> Markup:
        """A date as ``<time>``: one for a day, and one at each end of an interval."""
        first, last = (span.start, span.end) if isinstance(span, DateSpan) else (span, span)
        return _elements(self.language, first, last, year)

    def date(self, span: DateSpan | Day, *, year: bool = True) -> str:
        """A date as words."""
        span = span if isinstance(span, DateSpan) else DateSpan(span, span)
        return dates.written(span, self.language, year=year)

    def weekday(self, day: Day) -> str:
        """The name of a weekday."""
        return dates.written_weekday(day, self.language)

    def weekday_names(self, short_names: str) -> tuple[Mapping[str, str], ...]:
        """The names of the week's days from Monday on, long and short; ``short_names`` has a character for each.

        Raises ValueError where these are not seven.
        """
        monday = Day(2020, 3, 2)
        week = [self.weekday(monday + timedelta(number)) for number in range(7)]
        if len(short_names) != len(week):
            wrong = "weekdays must have seven characters"
            raise ValueError(wrong)
        return tuple({"long": long, "short": short} for long, short in zip(week, short_names, strict=True))

    def month(self, year: int, month: int) -> str:
        """A month of a year."""
        return dates.written_month(year, month, self.language)

    def year(self, year: int) -> str:
        """A year."""
        return dates.written_year(year, self.language)


@functools.lru_cache(maxsize=4096)
def _elements(language: str, start: Day, end: Day, year: bool) -> Markup:  # noqa: FBT001 - a cache is asked by position
    """A date as elements; the same one stands on many pages."""
    span = DateSpan(start, end)
    first, dash, last = dates.written_ends(span, language, year=year)
    text = f'<time datetime="{start}">{first}</time>'
    if not span.is_day:
        text += f'{dash}<time datetime="{end}">{last}</time>'
    return Markup(text)  # noqa: S704 - made of figures and our own words
