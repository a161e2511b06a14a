"""Plans the list of major events: a sentence for each major entry, a line each, by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.model import urls
from generator.model.content import Entry
from generator.model.lists import MajorView, Pager
from generator.model.pages import Page
from generator.model.record import Event
from generator.site.plan.components import Components, span_of

LINES: Final = 100
"""Events on one page: each takes a line."""


def major(components: Components) -> Iterator[Page]:
    """The list of major events, the oldest first; none without any."""
    found = major_entries(components.site.entries)
    for url, some, pager in components.cut(urls.MAJOR, found, LINES) if found else ():
        yield Page(url=url, view=_view(some, pager, components))


def major_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Those of these entries that are major events."""
    return [entry for entry in entries if entry.major]


def events(entries: Iterable[Entry], components: Components) -> tuple[Event, ...]:
    """These entries as events."""
    return tuple(Event(components.entry_lines[entry.path], entry.headline) for entry in entries)


def event_list(entries: Sequence[Entry], components: Components, title: str = "") -> Page:
    """These entries (at least one) as a list of events of any length, to be sent."""
    view = _view(entries, Pager(1, 1, urls.MAJOR), components)
    return Page(url=urls.MAJOR, own_title=title, texts=tuple(entry.path for entry in entries), view=view)


def _view(entries: Sequence[Entry], pager: Pager, components: Components) -> MajorView:
    span = span_of(entries)
    assert span is not None
    return MajorView(events(entries, components), span, pager)
