"""What a team publishes under ``data/``, checked and reduced to what a portal shows: its digest.

The files are those that every site publishes: ``site.json`` with its figures, and its entries, targets and requests.
They come from elsewhere, so each field is checked, and everything is bounded.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Mapping
from typing import Annotated, Any, Final, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from generator.ground.dates import EARLIEST_YEAR, DateSpan, Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import is_windows_name, name_slug, nfc, shortened
from generator.model.content import Part, RequestStatus
from generator.read.addresses import site_address
from generator.read.fields import LANGUAGE
from generator.site.plan.site_record import SCHEMA

SITE, ENTRIES, TARGETS, REQUESTS = "data/site.json", "data/entries.json", "data/targets.json", "data/requests.json"
FILES: Final = (SITE, ENTRIES, TARGETS, REQUESTS)
"""The files that are read, by path from the output folder. A site without requests has no file of requests."""
LONGEST: Final = 300
"""Characters of a title, a summary or a note that a portal shows."""
NO_NAMES: Final = frozenset(("page", "index.html", "feed.xml", "names.js"))
"""What stands below the address of a list itself, so that nothing that it lists may be called so."""
OTHER: Final = "其他"
"""What a kind is called whose label cannot be part of an address."""
_MOST: Final = 10**12
MOST_BYTES: Final = 256 << 20
"""Of one of these files: that of 100,000 entries has 100 MB."""


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


class _Record(BaseModel):
    """A record of a data file. What a portal does not show is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


def _path(address: str) -> str:
    """``../2020/03/05/a/`` → ``/2020/03/05/a/``: data files link from their own folder, and never out of the site."""
    found = posixpath.normpath(posixpath.join("/data/", address))
    if not address.startswith("../") or not found.startswith("/"):
        message = "no address within the site"
        raise ValueError(message)
    return nfc(found + "/" * (address.endswith("/") and found != "/"))


def _line(text: str) -> str:
    return shortened(" ".join(nfc(text).split()), LONGEST)


def _site(address: str) -> str:
    return site_address(address)


def _day(date: datetime.date) -> Day:
    if date.year < EARLIEST_YEAR:
        message = f"a day before {EARLIEST_YEAR}"
        raise ValueError(message)
    return date


def kind_label(label: str) -> str:
    """The label of a kind, which is part of an address, too."""
    slug = name_slug(label)
    return label if slug and slug not in NO_NAMES and not is_windows_name(slug) else OTHER


Address = Annotated[str, AfterValidator(_path)]
SiteAddress = Annotated[str, AfterValidator(_site)]
Line = Annotated[str, AfterValidator(_line)]
Title = Annotated[str, AfterValidator(_line), StringConstraints(min_length=1)]
Kind = Annotated[str, AfterValidator(_line), AfterValidator(kind_label)]
Date = Annotated[datetime.date, AfterValidator(_day)]
Number = Annotated[int, Field(ge=-_MOST, le=_MOST)]


class _SiteRecord(_Record):
    schema_: int
    title: Title
    description: Line = ""
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] = "zh-CN"
    base_url: SiteAddress | None = None
    search: Address | None = None
    kinds: dict[str, Kind] = {}
    first: Date | None = None
    newest: Date | None = None
    listed: dict[str, Number] = {}
    entries: Number | None = None
    counters: tuple[_CounterRecord, ...] = ()

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


class _CounterRecord(_Record):
    label: Title
    unit: Line | None = None
    derived: str | None = None
    total: Number = 0


class _NoteRecord(_Record):
    date: Date
    note: Line = ""


class _EntryRecord(_Record):
    title: Title
    url: Address
    start: Date
    end: Date
    part: Part | None = None
    place: Line | None = None
    summary: Line = ""
    targets: tuple[str, ...] = ()
    tags: tuple[Line, ...] = ()
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] | None = None
    major: bool = False
    corrections: tuple[_NoteRecord, ...] = ()
    withdrawn: _NoteRecord | None = None


class _TargetRecord(_Record):
    id: str
    name: Title
    short_name: Line | None = None
    aliases: tuple[Line, ...] = ()
    kind: str
    place: Line | None = None
    summary: Line = ""
    url: Address


class _RequestRecord(_Record):
    title: Title
    url: Address
    target: str | None = None
    kind: str | None = None
    state: RequestStatus
    raised: Date
    reopened: Date | None = None
    ended: Date | None = None
    days: Number | None = None
    overdue: bool = False
    moved: Date
    handler: Line | None = None
    person: Line | None = None
    deadline: Date | None = None
    steps: tuple[_NoteRecord, ...] = ()


_SITE: Final = TypeAdapter(_SiteRecord)
_LISTS: Final[Mapping[str, TypeAdapter[Any]]] = {
    ENTRIES: TypeAdapter(tuple[_EntryRecord, ...]),
    TARGETS: TypeAdapter(tuple[_TargetRecord, ...]),
    REQUESTS: TypeAdapter(tuple[_RequestRecord, ...]),
}


def team_digest(files: Mapping[str, bytes]) -> TeamDigest:
    """The digest of a team from its data files, by path. Raises Fault."""
    site: _SiteRecord = _read(_SITE, SITE, files)
    if site.schema_ > SCHEMA:
        raise Fault(
            say("its data is of schema {found}, and this version knows {known}", found=site.schema_, known=SCHEMA),
            say("install a newer version of rizhi for the portal"),
        )
    entries, targets, requests = (_read(one, path, files) for path, one in _LISTS.items())
    sizes = {"entries": len(entries), "targets": len(targets), "requests": len(requests)}
    for name, size in sizes.items():
        if size != site.listed.get(name, size):
            raise _half(
                say(
                    "site.json lists {listed} {name}, and {found} are there",
                    listed=site.listed[name],
                    name=name,
                    found=size,
                ),
            )
    named = {one.id: (one.short_name or one.name, one.url) for one in targets}
    kinds, shown = site.kinds, tuple(_entry(one, named, site.language) for one in entries)
    counted = sum(not one.is_withdrawn for one in shown)
    if site.entries not in (None, counted):
        raise _half(say("site.json counts {listed} entries, and {found} are there", listed=site.entries, found=counted))
    return TeamDigest(
        title=site.title,
        description=site.description,
        language=site.language,
        base_url=site.base_url,
        search=site.search,
        first=site.first,
        newest=site.newest,
        count=counted,
        counters=tuple(TeamCounter(**dict(one)) for one in site.counters),
        entries=shown,
        targets=tuple(_target(one, kinds) for one in targets),
        requests=tuple(_request(one, named, site) for one in requests),
    )


def _read(adapter: TypeAdapter[Any], path: str, files: Mapping[str, bytes]) -> Any:
    if path not in files:
        if path == REQUESTS:
            return ()
        raise _half(say("{path} is missing", path=path))
    try:
        return adapter.validate_json(files[path])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _half(
            say("{path} cannot be read: {fact}", path=path, fact=f"{where}: {first['msg']}".lstrip(": "))
        ) from None


def _half(message: Message) -> Fault:
    return Fault(message, say("it may have been copied in part, or changed: publish the team's site again, all of it"))


def _entry(one: _EntryRecord, named: Mapping[str, tuple[str, str]], language: str) -> TeamEntry:
    notes = [*(note.date for note in one.corrections), *([one.withdrawn.date] if one.withdrawn else [])]
    return TeamEntry(
        title=one.title,
        url=one.url,
        span=DateSpan(one.start, max(one.start, one.end)),
        part=one.part,
        place=one.place,
        summary=one.summary,
        targets=tuple(named[target] for target in one.targets if target in named),
        tags=one.tags,
        language=one.language or language,
        is_major=one.major,
        is_withdrawn=one.withdrawn is not None,
        updated=max([one.end, *notes]),
    )


def _kind(found: str, kinds: Mapping[str, str]) -> TeamKind:
    """The kind with this id, which may be missing among the team's ``kinds``."""
    return TeamKind(_line(found), kinds.get(found) or kind_label(_line(found)))


def _target(one: _TargetRecord, kinds: Mapping[str, str]) -> TeamTarget:
    names = dict.fromkeys((one.short_name or one.name, one.name, *one.aliases))
    return TeamTarget(
        names=tuple(names),
        url=one.url,
        kind=_kind(one.kind, kinds),
        place=one.place,
        summary=one.summary,
    )


def _request(one: _RequestRecord, named: Mapping[str, tuple[str, str]], site: _SiteRecord) -> TeamRequest:
    return TeamRequest(
        title=one.title,
        url=one.url,
        target=named.get(one.target or ""),
        kind=_kind(one.kind, site.kinds) if one.kind else None,
        state=one.state,
        raised=one.raised,
        reopened=one.reopened and one.reopened,
        ended=one.ended and one.ended,
        days=one.days,
        is_overdue=one.overdue,
        moved=one.moved,
        handler=one.handler,
        person=one.person,
        deadline=one.deadline and one.deadline,
        language=site.language,
        notes=tuple(step.note for step in one.steps if step.note),
    )
