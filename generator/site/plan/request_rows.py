"""Requests as pages show them: rows, steps, and the lines of each entry that tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.ground.dates import Day
from generator.model import urls
from generator.model.components import Link
from generator.model.content import Entry
from generator.model.record import RequestLine, RequestRow, RequestStep
from generator.site.requests import Request, responsible
from generator.site.roles import shown_name
from generator.site.site import Site


class RequestComponents(NamedTuple):
    """The components of requests."""

    rows: Mapping[str, RequestRow]
    steps: Mapping[str, tuple[RequestStep, ...]]
    lines: Mapping[str, tuple[RequestLine, ...]]
    """By the entry's path."""


def request_components(site: Site, links: Mapping[str, Link], target_links: Mapping[str, Link]) -> RequestComponents:
    """The components of all requests, by id and by the entries that tell of them."""
    kinds = kind_links(site)
    rows = {one.id: request_row(one, target_links, kinds, site, site.newest) for one in site.requests.values()}
    steps = {one.id: _steps(one, links, site) for one in site.requests.values()}
    lines = {entry.path: _request_lines(entry, site, steps, rows) for entry in site.entries if entry.requests}
    return RequestComponents(rows, steps, lines)


def kind_links(site: Site) -> dict[str, Link]:
    """The links to the kinds of targets, by id."""
    return {kind: Link(label, urls.kind(kind)) for kind, label in site.settings.kinds.items()}


def _steps(one: Request, links: Mapping[str, Link], site: Site) -> tuple[RequestStep, ...]:
    """A request's history, with the days between its steps and from the first."""
    days = [step.note.date for step in one.steps]
    return tuple(
        RequestStep(
            status=step.note.status,
            date=step.note.date,
            note=step.note.note,
            helped_by=tuple(_display_name(name, site) for name in step.note.helped_by),
            is_reopened=step.note.reopened,
            days=(step.note.date - before).days,
            since=(step.note.date - days[0]).days,
            entry=links[step.entry.path],
        )
        for step, before in zip(one.steps, [days[0], *days], strict=False)
    )


def _request_lines(
    entry: Entry, site: Site, steps: Mapping[str, tuple[RequestStep, ...]], rows: Mapping[str, RequestRow]
) -> tuple[RequestLine, ...]:
    """The steps of each request that an entry records, in the order in which it first names the requests."""
    lines = []
    for name in dict.fromkeys(note.id for note in entry.requests if note.id in rows):
        every = zip(site.requests[name].steps, steps[name], strict=True)
        own = tuple(shown for step, shown in every if step.entry is entry)
        lines.append(RequestLine(row=Link(rows[name].title, rows[name].url), target=rows[name].target, steps=own))
    return tuple(lines)


def _display_name(name: str, site: Site) -> str:
    """The name to show for an id of people.yaml; any other text is a name itself."""
    person = site.people.get(name)
    return shown_name(person, site.settings.language) if person else name


def request_row(
    one: Request, targets: Mapping[str, Link], kinds: Mapping[str, Link], site: Site, day: Day | None
) -> RequestRow:
    """The row of a request; whether it is overdue is seen on ``day``, None on a site without entries."""
    target = site.targets.get(one.target or "")
    person = responsible(site.people, one.person) if one.person else None
    return RequestRow(
        id=one.id,
        title=one.title,
        url=urls.request(one.id),
        target=targets[target.id] if target else None,
        kind=kinds.get(target.kind) if target else None,
        state=one.state,
        raised=one.raised,
        ended=one.ended,
        days=one.days,
        is_overdue=one.is_overdue(day, site.settings.overdue_days),
        opened=one.opened,
        moved=one.steps[-1].note.date,
        handler=one.handler,
        person=shown_name(person, site.settings.language) if person else None,
        deadline=one.deadline,
    )
