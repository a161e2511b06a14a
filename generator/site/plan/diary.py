"""The pages of the diary itself: home and entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import urls
from generator.model.content import Entry
from generator.model.pages import Page
from generator.model.slices import Beside, Link, MonthGrid
from generator.model.views import EntryView, HomeView
from generator.site.indexes import Neighbours, neighbours
from generator.site.plan.chronicle import entry_figures
from generator.site.plan.ledger import BESIDE, in_ledger, totals
from generator.site.plan.parts import Parts, span_of

HOME_MONTHS = 2
"""Months of the calendar on the home page."""


def diary(parts: Parts, months: tuple[MonthGrid, ...], *, has_cards: bool) -> Iterator[Page]:
    """Home, and a page for each entry."""
    yield from _home(parts, months[-HOME_MONTHS:])
    yield from _entries(parts, has_cards=has_cards)


def _home(parts: Parts, months: tuple[MonthGrid, ...]) -> Iterator[Page]:
    """The home page, newest entry first, and the later pages of its list."""
    site = parts.site
    span = span_of(site.entries)
    figures = parts.figures(site.counters.whole)
    requests = in_ledger(list(parts.request_rows.values()))
    still_open = tuple(row for row in requests[:BESIDE] if not row.ended)
    for url, rows, pager in parts.pages(urls.HOME, site.entries[::-1]):
        view = HomeView(
            rows=rows,
            pager=pager,
            kinds=parts.kind_blocks() if pager.number == 1 else (),
            months=months if pager.number == 1 else (),
            figures=figures if pager.number == 1 else (),
            requests=still_open if pager.number == 1 else (),
            totals=totals(requests) if requests and pager.number == 1 else None,
            entries=len(site.entries),
            targets=len(site.targets),
            span=span,
        )
        yield Page(url=url, title=site.settings.title, description=site.settings.description, view=view)


def _entries(parts: Parts, *, has_cards: bool) -> Iterator[Page]:
    """A page for each entry."""
    site = parts.site
    overall = neighbours(site.entries)
    by_target = {target: neighbours(group) for target, group in site.indexes.by_target.items()}
    tags = {tag: Link(tag, urls.tag(tag)) for tag in site.indexes.by_tag}
    for entry in site.entries:
        row = parts.rows[entry.path]
        view = EntryView(
            row=row,
            weather=entry.weather,
            authors=entry.authors,
            body=parts.bodies[entry.path],
            targets=tuple(parts.target_rows[one] for one in entry.targets if one in parts.target_rows),
            tags=tuple(tags[tag] for tag in entry.tags),
            figures=entry_figures(entry, parts),
            requests=parts.request_lines.get(entry.path, ()),
            policies=tuple(parts.policy_links[one] for one in entry.policies if one in parts.policy_links),
            corrections=entry.corrections,
            withdrawn=entry.withdrawn,
            previous=_linked(overall[entry.path].previous, parts),
            next=_linked(overall[entry.path].next, parts),
            beside=tuple(_beside(entry, by_target, parts)),
            extra=entry.extra,
            card=urls.card(row.url) if has_cards and not row.cover else None,
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


def _beside(entry: Entry, by_target: Mapping[str, Mapping[str, Neighbours]], parts: Parts) -> Iterator[Beside]:
    for one in entry.targets:
        target = parts.site.targets.get(one)
        if target is None:
            continue
        found = by_target[one][entry.path]
        if found.previous or found.next:
            yield Beside(parts.target_links[one], _linked(found.previous, parts), _linked(found.next, parts))
