"""Plans the pages of the diary itself: home and entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from generator.ground.dates import Day
from generator.model import urls
from generator.model.components import Beside, KindBlock, Line, Link, MonthGrid, TargetRow
from generator.model.content import Entry
from generator.model.pages import Page
from generator.model.views import EntryView, HomeView
from generator.site.indexes import Neighbours, neighbours
from generator.site.plan.authors import byline
from generator.site.plan.chronicle import entry_figures
from generator.site.plan.components import Components, counted, span_of
from generator.site.plan.ledger import in_ledger, totals
from generator.site.plan.major import events, major_entries

HOME_MONTHS: Final = 2
HOME_ENTRIES: Final = 8
HOME_REQUESTS: Final = 3
HOME_EVENTS: Final = 5
HOME_TARGETS: Final = 8
HOME_TARGETS_IN_ALL: Final = 40
"""The most that the home page shows of months, entries, open requests, major events, and targets, of each kind and of
all: it stays short, however much there is."""


def diary(components: Components, months: tuple[MonthGrid, ...], *, has_cards: bool) -> Iterator[Page]:
    """The home page with the later pages of its list, and a page for each entry."""
    yield from _home(components, months[-HOME_MONTHS:])
    yield from entry_pages(components, has_cards=has_cards)


def _home(components: Components, months: tuple[MonthGrid, ...]) -> Iterator[Page]:
    """The home page, newest entry first, and the later pages of its list."""
    site = components.site
    span, count = span_of(site.entries), counted(site.entries)
    figures = components.figures(site.counters.whole)
    requests = in_ledger(components.request_rows.values())
    still_open = tuple(row for row in requests[:HOME_REQUESTS] if not row.ended)
    newest = site.entries[::-1]
    blocks = components.kind_blocks()
    most = min(HOME_TARGETS, max(HOME_TARGETS_IN_ALL // max(len(blocks), 1), 1))
    latest = events(major_entries(newest)[:HOME_EVENTS], components)
    for url, rows, pager in components.pages(urls.HOME, newest, first=HOME_ENTRIES):
        view = HomeView(
            rows=rows,
            pictures=tuple(map(components.picture, newest[: len(rows)])) if pager.number == 1 else (),
            pager=pager,
            kinds=tuple(_newest(one, most) for one in blocks) if pager.number == 1 else (),
            months=months if pager.number == 1 else (),
            figures=figures if pager.number == 1 else (),
            requests=still_open if pager.number == 1 else (),
            totals=totals(requests) if requests and pager.number == 1 else None,
            events=latest if pager.number == 1 else (),
            entries=count,
            targets=0 if components.says_targets(site.counters.whole) else len(site.targets),
            span=span,
        )
        yield Page(url=url, own_title=site.settings.title, own_description=site.settings.description, view=view)


def _newest(kind: KindBlock, most: int) -> KindBlock:
    """A kind with the targets that had an entry last."""
    return replace(kind, targets=tuple(sorted(kind.targets, key=_last, reverse=True)[:most]))


def _last(target: TargetRow) -> Day:
    return target.last or Day.min


def entry_pages(components: Components, *, has_cards: bool) -> Iterator[Page]:
    """A page for each entry."""
    site = components.site
    overall = neighbours(site.entries)
    by_target = {target: neighbours(group) for target, group in site.indexes.by_target.items()}
    tags = {tag: Link(tag, urls.tag(tag)) for tag in site.indexes.by_tag}
    for entry in site.entries:
        row = components.rows[entry.path]
        view = EntryView(
            row=row,
            weather=entry.weather,
            authors=byline(entry, site),
            body=components.bodies[entry.path],
            targets=tuple(components.target_rows[one] for one in entry.targets if one in components.target_rows),
            tags=tuple(tags[tag] for tag in entry.tags),
            figures=entry_figures(entry, components),
            requests=components.request_lines.get(entry.path, ()),
            policies=tuple(components.policy_links[one] for one in entry.policies if one in components.policy_links),
            corrections=entry.corrections,
            withdrawn=entry.withdrawn,
            successor=components.successors.get(entry.path),
            previous=_linked(overall[entry.path].previous, components),
            next=_linked(overall[entry.path].next, components),
            beside=tuple(_beside(entry, by_target, components)),
            extra=entry.extra,
            card=urls.card(row.url) if has_cards and not row.cover else None,
        )
        yield Page(
            url=row.url,
            language=entry.language,
            source=entry.path,
            texts=(entry.path,),
            view=view,
        )


def _linked(entry: Entry | None, components: Components) -> Line | None:
    return components.entry_lines[entry.path] if entry else None


def _beside(
    entry: Entry, by_target: Mapping[str, Mapping[str, Neighbours]], components: Components
) -> Iterator[Beside]:
    for one in entry.targets:
        target = components.site.targets.get(one)
        if target is None:
            continue
        found = by_target[one][entry.path]
        if found.previous or found.next:
            yield Beside(
                components.target_links[one], _linked(found.previous, components), _linked(found.next, components)
            )
