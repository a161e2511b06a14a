"""The pages of the diary itself: home, entries, dates."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.ground.dates import DateSpan, Day, written, written_month, written_year
from generator.model import urls
from generator.model.content import Entry, RequestNote
from generator.model.pages import Page
from generator.model.views import (
    Beside,
    Cell,
    DatesView,
    DayView,
    EntryView,
    Figure,
    HomeView,
    Link,
    MonthGrid,
    MonthView,
    RequestLine,
    YearBlock,
    YearView,
)
from generator.site.indexes import Neighbours, neighbours
from generator.site.plan.parts import Parts, span_of

HOME_MONTHS = 2
"""Months of the calendar on the home page."""

Grids = Mapping[tuple[int, int], MonthGrid]


def diary(parts: Parts) -> Iterator[Page]:
    """Home, a page for each entry, and the dates."""
    grids = _grids(parts)
    yield from _home(parts, grids)
    yield from _entries(parts)
    yield from _dates(parts, grids)


def _home(parts: Parts, grids: Grids) -> Iterator[Page]:
    """The home page, newest entry first, and the later pages of its list."""
    site = parts.site
    months = tuple(grids.values())[-HOME_MONTHS:]
    span = span_of(site.entries)
    for url, rows, pager in parts.pages(urls.HOME, site.entries[::-1]):
        view = HomeView(
            rows=rows,
            pager=pager,
            kinds=parts.kind_blocks() if pager.number == 1 else (),
            months=months if pager.number == 1 else (),
            entries=len(site.entries),
            targets=len(site.targets),
            span=span,
        )
        yield Page(url=url, title=site.settings.title, description=site.settings.description, view=view)


def _entries(parts: Parts) -> Iterator[Page]:
    """A page for each entry."""
    site = parts.site
    overall = neighbours(site.entries)
    by_target = {target: neighbours(group) for target, group in site.indexes.by_target.items()}
    policies = {policy.id: policy.title for policy in site.content.policies}
    tags = {tag: Link(tag, urls.tag(tag)) for tag in site.indexes.by_tag}
    titles = {note.id: note.title for entry in site.entries for note in entry.requests if note.title}
    for entry in site.entries:
        row = parts.rows[entry.path]
        view = EntryView(
            row=row,
            weather=entry.weather,
            authors=entry.authors,
            body=parts.bodies[entry.path],
            targets=tuple(parts.target_rows[one] for one in entry.targets if one in parts.target_rows),
            tags=tuple(tags[tag] for tag in entry.tags),
            figures=tuple(_figures(entry, parts)),
            requests=tuple(_request_line(note, titles, parts) for note in entry.requests),
            policies=tuple(title for policy, title in policies.items() if policy in entry.policies)
            if entry.policies
            else (),
            corrections=entry.corrections,
            withdrawn=entry.withdrawn,
            previous=_linked(overall[entry.path].previous, parts),
            next=_linked(overall[entry.path].next, parts),
            beside=tuple(_beside(entry, by_target, parts)),
            extra=entry.extra,
        )
        yield Page(
            url=row.url,
            title=entry.title,
            description=row.summary,
            language=entry.language,
            source=entry.path,
            texts=(entry.path,),
            view=view,
        )


def _linked(entry: Entry | None, parts: Parts) -> Link | None:
    return parts.links[entry.path] if entry else None


def _figures(entry: Entry, parts: Parts) -> Iterator[Figure]:
    counters = parts.site.settings.counters
    for key, number in entry.counts.items():
        if key in counters:
            yield Figure(counters[key].label, number, counters[key].unit)


def _request_line(note: RequestNote, titles: Mapping[str, str | None], parts: Parts) -> RequestLine:
    target = parts.site.targets.get(note.target or "")
    return RequestLine(
        id=note.id,
        title=note.title or titles.get(note.id) or note.id,
        status=note.status,
        date=note.date,
        target=parts.target_links[target.id] if target else None,
        note=note.note,
    )


def _beside(entry: Entry, by_target: Mapping[str, Mapping[str, Neighbours]], parts: Parts) -> Iterator[Beside]:
    for one in entry.targets:
        target = parts.site.targets.get(one)
        if target is None:
            continue
        found = by_target[one][entry.path]
        if found.previous or found.next:
            yield Beside(parts.target_links[one], _linked(found.previous, parts), _linked(found.next, parts))


def _dates(parts: Parts, grids: Grids) -> Iterator[Page]:
    """All dates, each year, month and day that has entries."""
    blocks = _years(grids)
    yield Page(url=urls.DATES, title="", view=DatesView(tuple(blocks[::-1])))
    language = parts.site.settings.language
    links = [Link(written_year(block.year, language), block.url) for block in blocks]
    for block, (previous, following) in zip(blocks, _around(links), strict=True):
        yield Page(url=block.url, title=written_year(block.year, language), view=YearView(block, previous, following))
    yield from _months(parts, grids)
    yield from _days(parts)


def _months(parts: Parts, grids: Grids) -> Iterator[Page]:
    language = parts.site.settings.language
    by_month = parts.site.indexes.by_month
    links = [Link(written_month(*month, language), urls.month(*month)) for month in by_month]
    for (month, found), here, around in zip(by_month.items(), links, _around(links), strict=True):
        for url, rows, pager in parts.pages(here.url, found):
            view = MonthView(grid=grids[month], rows=rows, pager=pager, previous=around[0], next=around[1])
            yield Page(url=url, title=here.title, view=view)


def _days(parts: Parts) -> Iterator[Page]:
    language = parts.site.settings.language
    by_day = parts.site.indexes.by_day
    links = [Link(_day_title(day, language), urls.day(day)) for day in by_day]
    for (day, found), here, around in zip(by_day.items(), links, _around(links), strict=True):
        for url, rows, pager in parts.pages(here.url, found):
            view = DayView(day=day, rows=rows, pager=pager, previous=around[0], next=around[1])
            yield Page(url=url, title=here.title, view=view)


def _day_title(day: Day, language: str) -> str:
    return written(DateSpan(day, day), language)


def _around(links: Sequence[Link]) -> Iterator[tuple[Link | None, Link | None]]:
    """For each link, the one before and the one after it."""
    padded = (None, *links, None)
    return ((padded[number], padded[number + 2]) for number in range(len(links)))


def _years(grids: Grids) -> list[YearBlock]:
    years: dict[int, list[MonthGrid]] = {}
    for grid in grids.values():
        years.setdefault(grid.year, []).append(grid)
    return [
        YearBlock(year, urls.year(year), tuple(months), sum(month.count for month in months))
        for year, months in years.items()
    ]


def _grids(parts: Parts) -> dict[tuple[int, int], MonthGrid]:
    """The calendar of every month that has entries."""
    counts = Counter({day: len(found) for day, found in parts.site.indexes.by_day.items()})
    return {
        (year, month): MonthGrid(
            year,
            month,
            urls.month(year, month),
            tuple(
                tuple(_cell(year, month, day, counts) for day in week)
                for week in calendar.Calendar().monthdayscalendar(year, month)
            ),
            len(found),
        )
        for (year, month), found in parts.site.indexes.by_month.items()
    }


def _cell(year: int, month: int, day: int, counts: Mapping[Day, int]) -> Cell | None:
    if not day:
        return None
    date = Day(year, month, day)
    return Cell(day, urls.day(date) if counts[date] else None, counts[date])
