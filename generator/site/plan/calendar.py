"""Plans the calendar pages: all dates, each year, month and day, and the gaps between entries."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from heapq import nlargest
from itertools import pairwise
from typing import Final

from generator.ground.dates import Day, written_day, written_month, written_year
from generator.model import urls
from generator.model.components import (
    Activity,
    Cell,
    Gap,
    Link,
    MonthGrid,
    YearBlock,
)
from generator.model.content import Entry
from generator.model.pages import Page
from generator.model.views import DatesView, DayView, MonthView, YearView
from generator.site.plan.components import Components, counted

Grids = Mapping[tuple[int, int], MonthGrid]
COLOURS: Final = 6
"""How many kinds a chart can show so that they can be told apart."""


def dates(components: Components, months: Grids) -> Iterator[Page]:
    """The pages of all dates, and of each year, month and day that has entries."""
    blocks = _years(months)
    view = DatesView(
        years=tuple(blocks[::-1]),
        calendars=blocks[-1].months if blocks else (),
        activity=_activity(blocks[-1].year, components) if blocks else None,
        gaps=tuple(_gaps(components))[::-1],
        gap_days=components.site.settings.gap_days,
    )
    yield Page(url=urls.DATES, view=view)
    language = components.site.settings.language
    links = [Link(written_year(block.year, language), block.url) for block in blocks]
    for block, (previous, following) in zip(blocks, _around(links), strict=True):
        yield Page(
            url=block.url,
            own_title=written_year(block.year, language),
            view=YearView(block, _activity(block.year, components), previous, following),
        )
    yield from _months(components, months)
    yield from _days(components)


def _months(components: Components, months: Grids) -> Iterator[Page]:
    language = components.site.settings.language
    by_month = components.site.indexes.by_month
    links = [Link(written_month(*month, language), urls.month(*month)) for month in by_month]
    for (month, found), here, around in zip(by_month.items(), links, _around(links), strict=True):
        figures = components.figures(
            components.site.counters.by_month.get(month, {}), "month", f"{month[0]:04}-{month[1]:02}"
        )
        for url, rows, pager in components.pages(here.url, found):
            view = MonthView(
                grid=months[month],
                figures=figures if pager.number == 1 else (),
                rows=rows,
                pager=pager,
                previous=around[0],
                next=around[1],
            )
            yield Page(url=url, own_title=here.title, view=view)


def _days(components: Components) -> Iterator[Page]:
    language = components.site.settings.language
    by_day = components.site.indexes.by_day
    links = [Link(written_day(day, language), urls.day(day)) for day in by_day]
    for (day, found), here, around in zip(by_day.items(), links, _around(links), strict=True):
        for url, rows, pager in components.pages(here.url, found):
            view = DayView(day=day, rows=rows, pager=pager, previous=around[0], next=around[1])
            yield Page(url=url, own_title=here.title, view=view)


def _activity(year: int, components: Components) -> Activity:
    """The number of entries of a year by month and kind, as counters have it."""
    kinds = {target.id: target.kind for target in components.site.targets.values()}
    counts = [Counter[str]() for _ in range(12)]
    for month, count in enumerate(counts, 1):
        for entry in _begun((year, month), components):
            count.update({kinds[one] for one in entry.targets if one in kinds} or {""})
    labels = {**components.site.settings.kinds, "": ""}
    shown = [kind for kind in labels if any(count[kind] for count in counts)]
    sums = [sum(count[kind] for count in counts) for kind in shown]
    return Activity(
        kinds=tuple(labels[kind] for kind in shown),
        drawn=drawn(sums),
        months=tuple(tuple(count[kind] for kind in shown) for count in counts),
        most=max(1, *(count.total() for count in counts)),
    )


def _begun(month: tuple[int, int], components: Components) -> list[Entry]:
    """The entries that count in a month: those that begin in it and were not withdrawn. So each counts once."""
    found = components.site.indexes.by_month.get(month, ())
    return [entry for entry in found if entry.withdrawn is None and _month(entry) == month]


def _month(entry: Entry) -> tuple[int, int]:
    return entry.span.start.year, entry.span.start.month


def drawn(sums: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The places of these sums by colours: each has its own, or the smallest of many share the last one."""
    places = range(len(sums))
    own = nlargest(COLOURS - (len(sums) > COLOURS), places, key=sums.__getitem__)
    others = tuple(place for place in places if place not in own)
    return tuple((place,) for place in sorted(own)) + ((others,) if others else ())


def _gaps(components: Components) -> Iterator[Gap]:
    """Periods without entries that are longer than the settings allow."""
    for before, after in pairwise(components.site.indexes.by_day):
        days = (after - before).days - 1
        if days > components.site.settings.gap_days:
            yield Gap(before + timedelta(1), after - timedelta(1), days)


def _around(links: Sequence[Link]) -> Iterator[tuple[Link | None, Link | None]]:
    """For each link, the one before and the one after it."""
    padded = (None, *links, None)
    return ((padded[number], padded[number + 2]) for number in range(len(links)))


def _years(grids: Grids) -> list[YearBlock]:
    years: dict[int, list[MonthGrid]] = {}
    for (year, _), grid in grids.items():
        years.setdefault(year, []).append(grid)
    return [
        YearBlock(year, urls.year(year), tuple(months), sum(month.count for month in months))
        for year, months in years.items()
    ]


def grids(components: Components) -> dict[tuple[int, int], MonthGrid]:
    """The calendar of every month that has entries."""
    counts = {day: counted(found) for day, found in components.site.indexes.by_day.items()}
    return {month: _grid(month, counts, components) for month in components.site.indexes.by_month}


def _grid(place: tuple[int, int], counts: Mapping[Day, int], components: Components) -> MonthGrid:
    year, month = place
    listed = components.site.indexes.by_month[place]
    count, whole = len(_begun(place, components)), counted(listed)
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    return MonthGrid(
        year=year,
        month=month,
        url=urls.month(year, month),
        weeks=tuple(tuple(_cell(year, month, day, counts) for day in week) for week in weeks),
        count=count,
        earlier=whole - count,
        withdrawn=len(listed) - whole,
    )


def _cell(year: int, month: int, day: int, counts: Mapping[Day, int]) -> Cell | None:
    if not day:
        return None
    date = Day(year, month, day)
    return Cell(day, urls.day(date) if date in counts else None, counts.get(date, 0))
