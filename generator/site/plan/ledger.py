"""Plans the pages of requests: the ledger, whole and by state, kind and target; each request; and their data files."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from generator.model import urls
from generator.model.components import (
    Choice,
    Choices,
    Link,
)
from generator.model.content import RequestStatus
from generator.model.pages import Page
from generator.model.record import RequestRow, RequestStep, RequestTotals
from generator.model.views import DataView, LedgerView, RequestTableView, RequestView
from generator.site.plan.components import Components
from generator.site.requests import Request

Rows = Sequence[RequestRow]

EXCERPT: Final = 6
"""How many requests are listed on pages other than the ledger."""
STEPS: Final = 40
"""Steps of a request on one page."""


class LedgerPart(NamedTuple):
    """The requests of one state, kind or target; with empty ``by`` and ``name``, the whole ledger."""

    by: str
    """``state``, ``kind`` or ``target``."""
    name: str
    url: str
    rows: Rows


def requests(components: Components) -> Iterator[Page]:
    """The ledger and a page for every request; none if no request was ever raised."""
    rows = in_ledger(components.request_rows.values())
    if not rows:
        return
    some = [
        part for part in (*_by_state(rows), *_by_kind(rows, components), *_by_target(rows, components)) if part.rows
    ]
    choices = tuple(
        Choices(by, tuple(_choice(part) for part in some if part.by == by)) for by in ("state", "kind", "target")
    )
    yield from _ledger(LedgerPart("", "", urls.REQUESTS, rows), choices, components)
    for part in some:
        yield from _ledger(part, (), components)
    for one in components.site.requests.values():
        yield from _request(one, components)


def _choice(part: LedgerPart) -> Choice:
    first = part.rows[0]
    link = {"target": first.target, "kind": first.kind}.get(part.by)
    return Choice(part.name, link.url if link else part.name, part.url, len(part.rows))


def in_ledger(rows: Iterable[RequestRow]) -> list[RequestRow]:
    """The order of the ledger: open requests from the one open longest, then ended ones from the latest."""
    return sorted(rows, key=place_in_ledger)


def place_in_ledger(row: RequestRow) -> tuple[bool, int, int]:
    """By what a request has its place in that order."""
    if row.ended:
        return True, -row.ended.toordinal(), -row.raised.toordinal()
    return False, row.opened.toordinal(), row.raised.toordinal()


def totals(rows: Rows) -> RequestTotals:
    """Figures about these requests."""
    return request_totals(
        len(rows),
        open_ones=sum(not row.ended for row in rows),
        overdue=sum(row.is_overdue for row in rows),
        resolved=sum(row.state is RequestStatus.RESOLVED for row in rows),
        days=[row.days for row in rows if row.days is not None],
    )


def request_totals(total: int, *, open_ones: int, overdue: int, resolved: int, days: Collection[int]) -> RequestTotals:
    """These figures with the share of resolved requests, and the median of the ``days`` that they took."""
    # In tenths of a per cent, with halves rounded up as people do by hand.
    tenths = (2000 * resolved + total) // (2 * total) if total else 0
    return RequestTotals(
        total=total,
        open=open_ones,
        overdue=overdue,
        resolved=resolved,
        share=_plain(tenths / 10) if total else "",
        median=_plain(statistics.median(days)) if days else "",
    )


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _by_state(rows: Rows) -> Iterator[LedgerPart]:
    yield LedgerPart("state", "open", urls.ledger("state", "open"), [row for row in rows if not row.ended])
    yield LedgerPart("state", "overdue", urls.ledger("state", "overdue"), [row for row in rows if row.is_overdue])
    for state in RequestStatus:
        yield LedgerPart("state", state, urls.ledger("state", state), [row for row in rows if row.state is state])


def _by_kind(rows: Rows, components: Components) -> Iterator[LedgerPart]:
    for kind, label in components.site.settings.kinds.items():
        url = urls.kind(kind)
        yield LedgerPart(
            "kind", label, urls.ledger("kind", kind), [row for row in rows if row.kind and row.kind.url == url]
        )


def _by_target(rows: Rows, components: Components) -> Iterator[LedgerPart]:
    found: dict[Link | None, list[RequestRow]] = {}
    for row in rows:
        found.setdefault(row.target, []).append(row)
    for target, link in components.target_links.items():
        yield LedgerPart("target", link.title, urls.ledger("target", target), found.get(link, ()))


def _ledger(part: LedgerPart, choices: tuple[Choices, ...], components: Components) -> Iterator[Page]:
    by, name, url, rows = part
    figures = totals(rows)
    has_handlers = any(row.handler or row.person for row in rows)
    has_deadlines = any(row.deadline for row in rows)
    for page, found, pager in components.cut(url, rows):
        view = LedgerView(
            by=by,
            name=name,
            totals=figures if pager.number == 1 else None,
            choices=choices if pager.number == 1 else (),
            rows=tuple(found),
            has_handlers=has_handlers,
            has_deadlines=has_deadlines,
            pager=pager,
            overdue_days=components.site.settings.overdue_days,
            newest=components.site.newest if any(not row.ended for row in found) else None,
        )
        yield Page(url=page, view=view)


def _request(one: Request, components: Components) -> Iterator[Page]:
    row, first = components.request_rows[one.id], one.steps[0]
    every = components.request_steps[one.id]
    for url, steps, pager in components.cut(row.url, every, STEPS):
        view = RequestView(
            row=row,
            steps=tuple(steps),
            helped_by=tuple(dict.fromkeys(name for step in every for name in step.helped_by)),
            overdue_days=components.site.settings.overdue_days,
            pager=pager,
        )
        yield Page(
            url=url, own_title=one.title, own_description=first.note.note or "", source=first.entry.path, view=view
        )


def data(components: Components) -> Iterator[Page]:
    """The data files of requests, as JSON and as a table; none without requests."""
    if not components.request_rows:
        return
    address = partial(urls.relative, urls.REQUEST_DATA)
    records = tuple(record(one, components, address) for one in components.site.requests.values())
    yield Page(url=urls.REQUEST_DATA, view=DataView(records))
    yield Page(url=urls.REQUEST_TABLE, view=request_table(components.request_rows.values(), components))


def request_table(rows: Iterable[RequestRow], components: Components) -> RequestTableView:
    """These requests as a table."""
    return RequestTableView(tuple(rows), components.site.newest)


def record(one: Request, components: Components, address: Callable[[str], str]) -> dict[str, object]:
    """A request as data; ``address`` makes the links to pages of their URLs."""
    row = components.request_rows[one.id]
    target = components.site.targets.get(one.target or "")
    return {
        "id": one.id,
        "title": one.title,
        "url": address(row.url),
        "target": target.id if target else None,
        "kind": target.kind if target else None,
        "state": one.state.value,
        "raised": one.raised.isoformat(),
        "reopened": row.reopened.isoformat() if row.reopened else None,
        "ended": row.ended.isoformat() if row.ended else None,
        "days": row.days,
        "overdue": row.is_overdue,
        "moved": row.moved.isoformat(),
        "handler": row.handler,
        "person": row.person,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "steps": [_step_record(step, address) for step in components.request_steps[one.id]],
    }


def _step_record(step: RequestStep, address: Callable[[str], str]) -> dict[str, object]:
    fields = {
        "status": step.status.value,
        "date": step.date.isoformat(),
        "note": step.note,
        "helped_by": step.helped_by,
        "reopened": step.is_reopened,
        "entry": address(step.entry.url),
    }
    return {key: value for key, value in fields.items() if value}
