"""Plans the chronicle: the whole campaign as one article, with a page for each month once it is long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generator.ground.dates import DateSpan, written_month
from generator.model import urls
from generator.model.components import Figure, Link
from generator.model.content import Entry
from generator.model.lists import MonthLink, Pager, YearContents
from generator.model.pages import Page
from generator.model.record import ChronicleSection
from generator.model.views import ChronicleView
from generator.site.plan.authors import byline
from generator.site.plan.components import Components, counted, span_of
from generator.site.plan.pagination import cut_by_weight

LONGEST: Final = 60
"""What a page holds: an entry is one, and one more for each full thousand of characters."""


def chronicle(components: Components) -> Iterator[Page]:
    """The pages of the chronicle; none without entries."""
    entries = components.site.entries
    if not entries:
        return
    whole = span_of(entries)
    assert whole is not None
    if sum(map(_weight, entries)) <= LONGEST:
        yield from _pages(urls.CHRONICLE, None, entries, components, whole=whole)
        return
    language = components.site.settings.language
    months: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        months.setdefault((entry.span.start.year, entry.span.start.month), []).append(entry)
    years: dict[int, list[MonthLink]] = {}
    for (year, number), found in months.items():
        years.setdefault(year, []).append(MonthLink(number, urls.chronicle(year, number), counted(found)))
    contents = tuple(YearContents(year, tuple(links)) for year, links in years.items())
    yield from _pages(urls.CHRONICLE, None, (), components, whole=whole, contents=contents)
    links = [None, *(Link(written_month(*month, language), urls.chronicle(*month)) for month in months), None]
    for number, (month, found) in enumerate(months.items()):
        url, previous, following = urls.chronicle(*month), links[number], links[number + 2]
        yield from _pages(url, month, found, components, whole=whole, previous=previous, following=following)


def _pages(
    url: str,
    month: tuple[int, int] | None,
    entries: Sequence[Entry],
    components: Components,
    *,
    whole: DateSpan,
    contents: tuple[YearContents, ...] = (),
    previous: Link | None = None,
    following: Link | None = None,
) -> Iterator[Page]:
    span = span_of(entries) or whole
    for page, found, pager in cut_by_weight(url, entries, LONGEST, _weight):
        view = ChronicleView(
            span=span,
            month=month,
            contents=contents,
            sections=sections(found, whole, components),
            pager=pager,
            previous=previous,
            next=following,
        )
        title = written_month(*month, components.site.settings.language) if month else ""
        yield Page(url=page, own_title=title, texts=tuple(entry.path for entry in found), view=view)


def _weight(entry: Entry) -> int:
    return 1 + entry.text.thousands


def article(entries: Sequence[Entry], components: Components, title: str = "") -> Page:
    """These entries (at least one) as one article of any length; ``title`` is given for a part of the chronicle."""
    span = span_of(entries)
    assert span is not None
    view = ChronicleView(
        span=span,
        month=None,
        contents=(),
        sections=sections(entries, span, components),
        pager=Pager(1, 1, urls.CHRONICLE),
        previous=None,
        next=None,
    )
    return Page(url=urls.CHRONICLE, own_title=title, texts=tuple(entry.path for entry in entries), view=view)


def sections(entries: Sequence[Entry], whole: DateSpan, components: Components) -> tuple[ChronicleSection, ...]:
    """Entries as sections of one article, which covers ``whole``."""
    shows_year = whole.start.year != whole.end.year
    return tuple(_section(entry, components, shows_year=shows_year) for entry in entries)


def _section(entry: Entry, components: Components, *, shows_year: bool) -> ChronicleSection:
    return ChronicleSection(
        row=components.rows[entry.path],
        # Slugs hold no slash, so ids of different sections never collide.
        id=f"{entry.span.start}-{entry.slug}",
        body=components.bodies[entry.path],
        figures=entry_figures(entry, components),
        requests=components.request_lines.get(entry.path, ()),
        policies=tuple(components.policy_links[one] for one in entry.policies if one in components.policy_links),
        authors=byline(entry, components.site),
        weather=entry.weather,
        corrections=entry.corrections,
        withdrawn=entry.withdrawn,
        shows_year=shows_year,
    )


def entry_figures(entry: Entry, components: Components) -> tuple[Figure, ...]:
    """The figures that an entry counts."""
    declared = components.site.settings.counters
    return tuple(
        Figure(declared[key].label, number, declared[key].unit, urls.counter(key))
        for key, number in entry.counts.items()
        if number and key in declared
    )
