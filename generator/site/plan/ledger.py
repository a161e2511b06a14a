"""The pages of requests: the ledger, whole and by state, kind and target, each request, and both as data."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import urls
from generator.model.components import (
    Choice,
    Choices,
    Link,
    RequestRow,
    RequestStep,
    RequestTotals,
)
from generator.model.content import RequestStatus
from generator.model.pages import Page
from generator.model.views import DataView, LedgerView, RequestTableView, RequestView
from generator.site.plan.components import Components
from generator.site.requests import Request

Rows = Sequence[RequestRow]

BESIDE = 6
"""Requests that a page of something else shows."""


class Part(NamedTuple):
    """A part of the ledger: what was chosen by, what was chosen, where it stands."""

    by: str
    name: str
    url: str
    rows: Rows


def requests(components: Components) -> Iterator[Page]:
    """The ledger and every request; nothing where no request was ever raised."""
    rows = in_ledger(list(components.request_rows.values()))
    if not rows:
        return
    some = [
        part for part in (*_by_state(rows), *_by_kind(rows, components), *_by_target(rows, components)) if part.rows
    ]
    choices = tuple(
        Choices(by, tuple(_choice(part) for part in some if part.by == by)) for by in ("state", "kind", "target")
    )
    yield from _ledger(Part("", "", urls.REQUESTS, rows), choices, components)
    for part in some:
        yield from _ledger(part, (), components)
    yield from (_request(one, components) for one in components.site.requests.values())


def _choice(part: Part) -> Choice:
    first = part.rows[0]
    link = {"target": first.target, "kind": first.kind}.get(part.by)
    return Choice(part.name, link.url if link else part.name, part.url, len(part.rows))


def in_ledger(rows: Rows) -> list[RequestRow]:
    """Open requests first, the oldest on top; then those that came to their end, the latest on top."""
    ended = sorted((row for row in rows if row.ended), key=lambda row: (row.ended, row.raised), reverse=True)
    return [*sorted((row for row in rows if not row.ended), key=lambda row: row.raised), *ended]


def totals(rows: Rows) -> RequestTotals:
    """The requests in figures."""
    days = [row.days for row in rows if row.days is not None]
    resolved = sum(row.state is RequestStatus.RESOLVED for row in rows)
    # In tenths of a per cent, the half rounded up, as it is done by hand.
    tenths = (2000 * resolved + len(rows)) // (2 * len(rows)) if rows else 0
    return RequestTotals(
        total=len(rows),
        open=sum(not row.ended for row in rows),
        overdue=sum(row.is_overdue for row in rows),
        resolved=resolved,
        share=_plain(tenths / 10) if rows else "",
        median=_plain(statistics.median(days)) if days else "",
    )


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _by_state(rows: Rows) -> Iterator[Part]:
    yield Part("state", "open", urls.ledger("state", "open"), [row for row in rows if not row.ended])
    yield Part("state", "overdue", urls.ledger("state", "overdue"), [row for row in rows if row.is_overdue])
    for state in RequestStatus:
        yield Part("state", state, urls.ledger("state", state), [row for row in rows if row.state is state])


def _by_kind(rows: Rows, components: Components) -> Iterator[Part]:
    for kind, label in components.site.settings.kinds.items():
        url = urls.kind(kind)
        yield Part("kind", label, urls.ledger("kind", kind), [row for row in rows if row.kind and row.kind.url == url])


def _by_target(rows: Rows, components: Components) -> Iterator[Part]:
    found: dict[Link | None, list[RequestRow]] = {}
    for row in rows:
        found.setdefault(row.target, []).append(row)
    for target, link in components.target_links.items():
        yield Part("target", link.title, urls.ledger("target", target), found.get(link, ()))


def _ledger(part: Part, choices: tuple[Choices, ...], components: Components) -> Iterator[Page]:
    by, name, url, rows = part
    figures = totals(rows)
    for page, found, pager in components.cut(url, rows):
        view = LedgerView(
            by=by,
            name=name,
            totals=figures if pager.number == 1 else None,
            choices=choices if pager.number == 1 else (),
            rows=tuple(found),
            pager=pager,
            overdue_days=components.site.settings.overdue_days,
            newest=components.site.newest if figures.overdue else None,
        )
        yield Page(url=page, view=view)


def _request(one: Request, components: Components) -> Page:
    row = components.request_rows[one.id]
    steps = components.request_steps[one.id]
    first = one.steps[0]
    return Page(
        url=row.url,
        own_title=one.title,
        own_description=first.note.note or "",
        source=first.entry.path,
        view=RequestView(
            row=row,
            steps=steps,
            helped_by=tuple(dict.fromkeys(name for step in steps for name in step.helped_by)),
            overdue_days=components.site.settings.overdue_days,
        ),
    )


def data(components: Components) -> Iterator[Page]:
    """All requests as records and as a table; nothing where there are none."""
    if not components.request_rows:
        return
    records = tuple(_record(one, components) for one in components.site.requests.values())
    yield Page(url=urls.REQUEST_DATA, view=DataView(records))
    yield Page(url=urls.REQUEST_TABLE, view=RequestTableView(tuple(components.request_rows.values())))


def _record(one: Request, components: Components) -> dict[str, object]:
    row = components.request_rows[one.id]
    target = components.site.targets.get(one.target or "")
    return {
        "id": one.id,
        "title": one.title,
        "url": urls.relative(urls.REQUEST_DATA, row.url),
        "target": target.id if target else None,
        "kind": target.kind if target else None,
        "state": one.state.value,
        "raised": one.raised.isoformat(),
        "ended": row.ended.isoformat() if row.ended else None,
        "days": row.days,
        "overdue": row.is_overdue,
        "steps": [_step_record(step) for step in components.request_steps[one.id]],
    }


def _step_record(step: RequestStep) -> dict[str, object]:
    fields = {
        "status": step.status.value,
        "date": step.date.isoformat(),
        "note": step.note,
        "helped_by": step.helped_by,
        "reopened": step.is_reopened,
        "entry": urls.relative(urls.REQUEST_DATA, step.entry.url),
    }
    return {key: value for key, value in fields.items() if value}
