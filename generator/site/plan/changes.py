"""Plans the pages of what changed last in the record, by the record's own days.

An entry is new on its last day, and is corrected and withdrawn on the days that it says; a request moves on the
days of its steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from heapq import nlargest
from operator import itemgetter
from typing import Final

from generator.ground.dates import Day
from generator.model import urls
from generator.model.components import Link
from generator.model.content import Correction, Entry
from generator.model.lists import ChangesView
from generator.model.pages import Page
from generator.model.record import Change, ChangeKind, RequestRow, RequestStep
from generator.site.plan.components import Components

MOST: Final = 100
"""Changes on all pages, which do not grow any more then."""

Dated = tuple[Day, Callable[[], Change]]
"""A change that is made once it is known to be wanted, and its day."""


def changes(components: Components) -> Iterator[Page]:
    """The pages of the last changes; none where entries were only added, which the home page lists."""
    site = components.site
    if not site.requests and not any(entry.corrections or entry.withdrawn for entry in site.entries):
        return
    # nlargest keeps the order of what has one day.
    found = nlargest(MOST + 1, _dated(components), key=itemgetter(0))
    for url, some, pager in components.cut(urls.CHANGES, found[:MOST]):
        is_told = len(found) > MOST and pager.number == pager.total
        yield Page(url=url, view=ChangesView(tuple(make() for _, make in some), pager, MOST if is_told else None))


def changes_since(day: Day, components: Components) -> list[Change]:
    """All changes from this day on, the newest first."""
    found = [one for one in _dated(components) if one[0] >= day]
    return [make() for _, make in sorted(found, key=itemgetter(0), reverse=True)]


def _dated(components: Components) -> Iterator[Dated]:
    """All changes: of entries in the order of the diary, then of requests."""
    for entry in components.site.entries:
        yield entry.span.end, partial(_entry, entry, components)
        for correction in entry.corrections:
            yield correction.date, partial(_notice, correction, ChangeKind.CORRECTION, entry, components)
        if entry.withdrawn:
            yield entry.withdrawn.date, partial(_notice, entry.withdrawn, ChangeKind.WITHDRAWAL, entry, components)
    for name, row in components.request_rows.items():
        for step in components.request_steps[name]:
            yield step.date, partial(_step, step, row)


def _entry(entry: Entry, components: Components) -> Change:
    return Change(day=entry.span.end, kind=ChangeKind.ENTRY, subject=components.links[entry.path])


def _notice(correction: Correction, kind: ChangeKind, entry: Entry, components: Components) -> Change:
    return Change(day=correction.date, kind=kind, subject=components.links[entry.path], note=correction.note)


def _step(step: RequestStep, row: RequestRow) -> Change:
    return Change(
        day=step.date,
        kind=ChangeKind.REQUEST,
        subject=Link(row.title, row.url),
        status=step.status,
        is_reopened=step.is_reopened,
        target=row.target,
        note=step.note,
    )
