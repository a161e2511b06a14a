"""What a team publishes under ``data/``, checked and reduced to what a portal shows: its digest.

The files are those that every site publishes: ``site.json`` with its figures, and its entries, targets and requests.
They come from elsewhere, so each field is checked, and everything is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.ground.dates import DateSpan, Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.content import Part, RequestStatus
from generator.site.plan.site_record import SCHEMA
from generator.tools.portal.contradictions import TeamRecords, refuse_contradictions
from generator.tools.portal.team_records import (
    EntryRecord,
    RequestRecord,
    SiteRecord,
    TargetRecord,
    entry_records,
    kind_label,
    line,
    request_records,
    site_record,
    target_records,
)


class TeamKind(NamedTuple):
    """A kind of target, as a team has it. Another team may give it another id, or another label."""

    id: str
    label: str


@frozen(kw_only=True)
class TeamEntry:
    """An entry of a team. Addresses are paths from the root of the team's site."""

    title: str
    url: str
    span: DateSpan
    part: Part | None
    place: str | None
    summary: str
    targets: tuple[tuple[str, str], ...]
    """Name and address of each target."""
    tags: tuple[str, ...]
    language: str
    is_major: bool
    is_withdrawn: bool
    updated: Day
    """The day of its last correction or of its withdrawal, else its own."""


@frozen(kw_only=True)
class TeamTarget:
    """A service target of a team."""

    names: tuple[str, ...]
    """The shown name first."""
    url: str
    kind: TeamKind
    place: str | None
    summary: str


@frozen(kw_only=True)
class TeamRequest:
    """A request that a team deals with."""

    title: str
    url: str
    target: tuple[str, str] | None
    """Name and address; None where it belongs to no target."""
    kind: TeamKind | None
    """The kind of its target."""
    state: RequestStatus
    raised: Day
    reopened: Day | None
    ended: Day | None
    days: int | None
    """From raising to resolution; None where it is not resolved."""
    is_overdue: bool
    moved: Day
    handler: str | None
    person: str | None
    deadline: Day | None
    language: str
    """The team's."""
    notes: tuple[str, ...]


@frozen(kw_only=True)
class TeamCounter:
    """A counter of a team's site."""

    label: str
    unit: str | None
    derived: str | None
    """What the site derives it from; None where entries count it."""
    total: int


@frozen(kw_only=True)
class TeamDigest:
    """All that a portal knows of a team."""

    title: str
    description: str
    language: str
    base_url: str | None
    """The public address of the team's site; None where it gives none."""
    search: str | None
    """The address of its search; None for a site without one."""
    first: Day | None
    newest: Day | None
    """The last day that an entry covers, used in place of today; None without entries."""
    count: int
    """Its entries without withdrawn ones, as its counters have it."""
    counters: tuple[TeamCounter, ...]
    entries: tuple[TeamEntry, ...]
    """In the order of the diary."""
    targets: tuple[TeamTarget, ...]
    requests: tuple[TeamRequest, ...]


def team_digest(files: Mapping[str, bytes]) -> TeamDigest:
    """The digest of a team from its data files, by path. Raises Fault."""
    site = site_record(files)
    if site.schema_ > SCHEMA:
        raise Fault(
            say("its data is of schema {found}, and this version knows {known}", found=site.schema_, known=SCHEMA),
            say("install a newer version of rizhi for the portal"),
        )
    entries, targets, requests = entry_records(files), target_records(files), request_records(files)
    refuse_contradictions(TeamRecords(site=site, entries=entries, targets=targets, requests=requests))
    named = {one.id: (one.short_name or one.name, one.url) for one in targets}
    shown = tuple(_entry(one, named, site.language) for one in entries)
    return TeamDigest(
        title=site.title,
        description=site.description,
        language=site.language,
        base_url=site.base_url,
        search=site.search,
        first=site.first,
        newest=site.newest,
        count=sum(not one.is_withdrawn for one in shown),
        counters=tuple(
            TeamCounter(label=one.label, unit=one.unit, derived=one.derived, total=one.total) for one in site.counters
        ),
        entries=shown,
        targets=tuple(_target(one, site.kinds) for one in targets),
        requests=tuple(_request(one, named, site) for one in requests),
    )


def _entry(one: EntryRecord, named: Mapping[str, tuple[str, str]], language: str) -> TeamEntry:
    notes = [*(note.date for note in one.corrections), *([one.withdrawn.date] if one.withdrawn else [])]
    return TeamEntry(
        title=one.title,
        url=one.url,
        span=DateSpan(one.start, one.end),
        part=one.part,
        place=one.place,
        summary=one.summary,
        targets=tuple(named[target] for target in one.targets),
        tags=one.tags,
        language=one.language or language,
        is_major=one.major,
        is_withdrawn=one.withdrawn is not None,
        updated=max([one.end, *notes]),
    )


def _kind(found: str, kinds: Mapping[str, str]) -> TeamKind:
    """The kind with this id, which may be missing among the team's ``kinds``."""
    return TeamKind(line(found), kinds.get(found) or kind_label(line(found)))


def _target(one: TargetRecord, kinds: Mapping[str, str]) -> TeamTarget:
    names = dict.fromkeys((one.short_name or one.name, one.name, *one.aliases))
    return TeamTarget(
        names=tuple(names),
        url=one.url,
        kind=_kind(one.kind, kinds),
        place=one.place,
        summary=one.summary,
    )


def _request(one: RequestRecord, named: Mapping[str, tuple[str, str]], site: SiteRecord) -> TeamRequest:
    return TeamRequest(
        title=one.title,
        url=one.url,
        target=named[one.target] if one.target else None,
        kind=_kind(one.kind, site.kinds) if one.kind else None,
        state=one.state,
        raised=one.raised,
        reopened=one.reopened,
        ended=one.ended,
        days=one.days,
        is_overdue=one.overdue,
        moved=one.moved,
        handler=one.handler,
        person=one.person,
        deadline=one.deadline,
        language=site.language,
        notes=tuple(step.note for step in one.steps if step.note),
    )
