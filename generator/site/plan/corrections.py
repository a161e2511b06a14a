"""Plans the pages that list all corrections and withdrawals."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import urls
from generator.model.content import Correction, Entry
from generator.model.pages import Page
from generator.model.record import Notice
from generator.model.views import CorrectionsView
from generator.site.plan.components import Components


def corrections(components: Components) -> Iterator[Page]:
    """All corrections and withdrawals, the newest first; no page without any."""
    found = [notice for entry in components.site.entries for notice in _notices(entry, components)]
    if not found:
        return
    found.sort(key=lambda notice: notice.date, reverse=True)
    for url, some, pager in components.cut(urls.CORRECTIONS, found):
        yield Page(url=url, view=CorrectionsView(tuple(some), pager))


def _notices(entry: Entry, components: Components) -> Iterator[Notice]:
    for correction in entry.corrections:
        yield _notice(correction, entry, components, is_withdrawal=False)
    if entry.withdrawn:
        yield _notice(entry.withdrawn, entry, components, is_withdrawal=True)


def _notice(correction: Correction, entry: Entry, components: Components, *, is_withdrawal: bool) -> Notice:
    return Notice(
        date=correction.date,
        note=correction.note,
        is_withdrawal=is_withdrawal,
        successor=components.successors.get(entry.path) if is_withdrawal else None,
        entry=components.links[entry.path],
        span=entry.span,
    )
