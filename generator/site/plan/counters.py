"""Plans the pages of counters: each figure with the entries that make it up, over all and by month, kind and target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from generator.ground.dates import written_month
from generator.model import urls
from generator.model.components import Figure, Link
from generator.model.lists import Pager
from generator.model.pages import Page
from generator.model.settings import Counter, Derived
from generator.model.views import CountersView, CounterView
from generator.read.sources import SETTINGS
from generator.site.counters import Tally
from generator.site.plan.components import Components

LINES: Final = 100
"""Entries on one page: each takes a line."""


class Scope(NamedTuple):
    """One kind, month or target, with its figures."""

    by: str
    """``kind``, ``month`` or ``target``."""
    name: str
    """Its part of the URL."""
    link: Link
    """Its own page."""
    tallies: Mapping[str, Tally]


def counters(components: Components) -> Iterator[Page]:
    """The list of counters, and the pages of each; none if no counter has entries."""
    figures = components.figures(components.site.counters.whole)
    if not figures:
        return
    scopes = list(_scopes(components))
    kinds = tuple((one.link, components.figures(one.tallies, one.by, one.name)) for one in scopes if one.by == "kind")
    exceeds = any(_exceed(key, tally, scopes) for key, tally in components.site.counters.whole.items())
    yield Page(url=urls.COUNTERS, view=CountersView(figures, kinds, exceeds))
    for key, counter in components.site.settings.counters.items():
        tally = components.site.counters.whole[key]
        if not tally.entries:
            continue
        yield from _counter(key, counter, tally, scopes, components)
        for scope in scopes:
            if key in scope.tallies:
                yield from _scoped(key, counter, scope, components)


def _scopes(components: Components) -> Iterator[Scope]:
    site, language = components.site, components.site.settings.language
    by_kind, by_target = site.counters.by_kind, site.counters.by_target
    for kind, label in site.settings.kinds.items():
        if kind in by_kind:
            yield Scope("kind", kind, Link(label, urls.kind(kind)), by_kind[kind])
    for month, tallies in sorted(site.counters.by_month.items()):
        # A request may be resolved in a month without an entry.
        url = urls.month(*month) if month in site.indexes.by_month else urls.DATES
        yield Scope("month", f"{month[0]:04}-{month[1]:02}", Link(written_month(*month, language), url), tallies)
    for target, link in components.target_links.items():
        if target in by_target:
            yield Scope("target", target, link, by_target[target])


def _exceed(key: str, whole: Tally, scopes: Iterable[Scope]) -> bool:
    """Whether a counter's figures of all kinds add up to more than the whole, as something concerns several of them."""
    return sum(one.tallies[key].total for one in scopes if one.by == "kind" and key in one.tallies) > whole.total


def _counter(
    key: str, counter: Counter, tally: Tally, scopes: Sequence[Scope], components: Components
) -> Iterator[Page]:
    """The counter over the whole diary."""
    figure = Figure(counter.label, tally.total, counter.unit, urls.counter(key))
    ways: dict[str, list[Figure]] = {"kind": [], "month": []}
    exceeds = _exceed(key, tally, scopes)
    for by, name, link, tallies in scopes:
        if key in tallies and by in ways:
            ways[by].append(Figure(link.title, tallies[key].total, counter.unit, urls.counter(key, by, name)))
    for url, some, pager in components.cut(figure.url, range(len(tally.entries)), LINES):
        view = CounterView(
            figure=_first(figure, pager),
            counts_once=counter.derived in (Derived.DAYS, Derived.TARGETS),
            exceeds=exceeds and pager.number == 1,
            is_together=False,
            is_whole=pager.number == 1,
            scope=None,
            whole=Link(counter.label, figure.url),
            rows=tuple(components.entry_lines[tally.entries[at].path] for at in some),
            numbers=tuple(tally.numbers[at] for at in some),
            pager=pager,
            kinds=tuple(ways["kind"]) if pager.number == 1 else (),
            months=tuple(ways["month"]) if pager.number == 1 else (),
        )
        yield Page(url=url, own_title=counter.label, source=SETTINGS, view=view)


def _scoped(key: str, counter: Counter, scope: Scope, components: Components) -> Iterator[Page]:
    """The counter for one month, kind or target."""
    tally, url = scope.tallies[key], urls.counter(key, scope.by, scope.name)
    for page, some, pager in components.cut(url, range(len(tally.entries)), LINES):
        view = CounterView(
            figure=_first(Figure(counter.label, tally.total, counter.unit, url), pager),
            counts_once=counter.derived in (Derived.DAYS, Derived.TARGETS),
            exceeds=False,
            is_together=components.site.counters.is_together(key, tally) and pager.number == 1,
            is_whole=pager.number == 1,
            scope=scope.link,
            whole=Link(counter.label, urls.counter(key)),
            rows=tuple(components.entry_lines[tally.entries[at].path] for at in some),
            numbers=tuple(tally.numbers[at] for at in some),
            pager=pager,
            kinds=(),
            months=(),
        )
        yield Page(url=page, own_title=f"{counter.label} · {scope.link.title}", source=SETTINGS, view=view)


def _first(figure: Figure, pager: Pager) -> Figure:
    """The figure for one page of its list. Only the first page shows its number, so that others need not change."""
    return figure if pager.number == 1 else replace(figure, number=0)
