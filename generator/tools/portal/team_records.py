"""The schema of the data files that a team publishes under ``data/``.

They come from elsewhere, so each field is checked as a site checks what its writers write, and everything is bounded.
What no site would publish is refused: it was damaged, or is not of ours.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Mapping
from typing import Annotated, Any, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from generator.ground.dates import EARLIEST_YEAR, LONGEST_SPAN, Day
from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.ground.text import FORBIDDEN, is_windows_name, name_slug, nfc, shortened, visible
from generator.model.content import Part, RequestStatus
from generator.read.addresses import site_address
from generator.read.fields import LANGUAGE
from generator.read.yaml_parser import MAX_BYTES
from generator.site.requests import ENDS

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


def _text(text: str) -> str:
    """A text as a site reads one: without what nobody sees. Raises Fault for what a site refuses."""
    if len(text) > MAX_BYTES:
        raise Fault(say("the text is longer than any that a site has"))
    found = visible(text)
    if FORBIDDEN.search(found):
        raise Fault(say("the value holds a control character"))
    return found


def _path(address: str) -> str:
    """``../2020/03/05/a/`` → ``/2020/03/05/a/``: data files link from their own folder, and never out of the site."""
    found = posixpath.normpath(posixpath.join("/data/", address))
    if not address.startswith("../") or not found.startswith("/"):
        raise Fault(say("this is no address within the site"))
    return nfc(found + "/" * (address.endswith("/") and found != "/"))


def line(text: str) -> str:
    """A text on one line, no longer than a portal shows it."""
    return shortened(" ".join(nfc(text).split()), LONGEST)


def _site(address: str) -> str:
    return site_address(address)


def _day(date: datetime.date) -> Day:
    if date.year < EARLIEST_YEAR:
        raise Fault(say("the year must be {year} or later", year=EARLIEST_YEAR))
    return date


def kind_label(label: str) -> str:
    """The label of a kind, which is part of an address, too."""
    slug = name_slug(label)
    return label if slug and slug not in NO_NAMES and not is_windows_name(slug) else OTHER


Text = Annotated[str, AfterValidator(_text)]
"""Every text of a data file is one of these."""
Address = Annotated[Text, AfterValidator(_path)]
SiteAddress = Annotated[Text, AfterValidator(_site)]
Line = Annotated[Text, AfterValidator(line)]
Title = Annotated[Line, StringConstraints(min_length=1)]
Kind = Annotated[Line, AfterValidator(kind_label)]
Language = Annotated[Text, StringConstraints(pattern=LANGUAGE)]
Date = Annotated[datetime.date, AfterValidator(_day)]
Number = Annotated[int, Field(ge=0, le=_MOST)]
"""How many. A month's figure alone may be less than 0: what is reopened in it was resolved before."""
Change = Annotated[int, Field(ge=-_MOST, le=_MOST)]


class _Record(BaseModel):
    """A record of a data file. What a portal does not show is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, defer_build=True)


class CounterRecord(_Record):
    """A counter in site.json."""

    id: Text | None = None
    label: Title
    unit: Line | None = None
    derived: Text | None = None
    total: Number = 0
    months: dict[Text, Change] = {}


class SiteRecord(_Record):
    """site.json."""

    schema_: Annotated[int, Field(ge=1)]
    title: Title
    description: Line = ""
    language: Language = "zh-CN"
    base_url: SiteAddress | None = None
    search: Address | None = None
    kinds: dict[Text, Kind] = {}
    first: Date | None = None
    newest: Date | None = None
    listed: dict[Text, Number] = {}
    entries: Number | None = None
    counters: tuple[CounterRecord, ...] = ()

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


class NoteRecord(_Record):
    """What was said on a day: a correction, a withdrawal, a step of a request."""

    date: Date
    note: Line = ""


class EntryRecord(_Record):
    """An entry in entries.json."""

    title: Title
    url: Address
    start: Date
    end: Date
    part: Part | None = None
    place: Line | None = None
    summary: Line = ""
    targets: tuple[Text, ...] = ()
    tags: tuple[Line, ...] = ()
    language: Language | None = None
    major: bool = False
    counts: dict[Text, Number] = {}
    corrections: tuple[NoteRecord, ...] = ()
    withdrawn: NoteRecord | None = None

    @model_validator(mode="after")
    def _is_span(self) -> Self:
        if self.end < self.start:
            raise Fault(say("{one} is before {other}", one="end", other="start"))
        if (self.end - self.start).days > LONGEST_SPAN:
            raise Fault(say('date "{date}" covers more than a year', date=f"{self.start}/{self.end}"))
        return self


class TargetRecord(_Record):
    """A service target in targets.json."""

    id: Text
    name: Title
    short_name: Line | None = None
    aliases: tuple[Line, ...] = ()
    kind: Text
    place: Line | None = None
    summary: Line = ""
    url: Address


class RequestRecord(_Record):
    """A request in requests.json."""

    title: Title
    url: Address
    target: Text | None = None
    kind: Text | None = None
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
    steps: tuple[NoteRecord, ...] = ()

    @model_validator(mode="after")
    def _is_history(self) -> Self:
        for name in ("reopened", "ended", "moved"):
            day: Day | None = getattr(self, name)
            if day is not None and day < self.raised:
                raise Fault(say("{one} is before {other}", one=name, other="raised"))
        is_over, opened = self.state in ENDS, self.reopened or self.raised
        days = (self.ended - opened).days if self.ended and self.state is RequestStatus.RESOLVED else None
        for name, agrees in (
            ("ended", (self.ended is not None) == is_over),
            ("days", self.days in (None, days)),
            ("overdue", not (self.overdue and is_over)),
        ):
            if not agrees:
                raise Fault(
                    say(
                        "{field} does not agree with the other fields of a request that is {state}",
                        field=name,
                        state=self.state.value,
                    )
                )
        return self


_SITE: Final = TypeAdapter(SiteRecord)
_ENTRIES: Final = TypeAdapter(tuple[EntryRecord, ...])
_TARGETS: Final = TypeAdapter(tuple[TargetRecord, ...])
_REQUESTS: Final = TypeAdapter(tuple[RequestRecord, ...])


def site_record(files: Mapping[str, bytes]) -> SiteRecord:
    """The record of a team's site among its data files. Raises Fault."""
    found: SiteRecord = _read(_SITE, SITE, files)
    return found


def entry_records(files: Mapping[str, bytes]) -> tuple[EntryRecord, ...]:
    """Its entries. Raises Fault."""
    found: tuple[EntryRecord, ...] = _read(_ENTRIES, ENTRIES, files)
    return found


def target_records(files: Mapping[str, bytes]) -> tuple[TargetRecord, ...]:
    """Its targets. Raises Fault."""
    found: tuple[TargetRecord, ...] = _read(_TARGETS, TARGETS, files)
    return found


def request_records(files: Mapping[str, bytes]) -> tuple[RequestRecord, ...]:
    """Its requests; none where there is no such file. Raises Fault."""
    found: tuple[RequestRecord, ...] = _read(_REQUESTS, REQUESTS, files) if REQUESTS in files else ()
    return found


def _read(adapter: TypeAdapter[Any], path: str, files: Mapping[str, bytes]) -> Any:
    if path not in files:
        raise half_copied(say("{path} is missing", path=path))
    try:
        return adapter.validate_json(files[path])
    except ValidationError as error:
        raise half_copied(say("{path} cannot be read: {fact}", path=path, fact=_fact(error))) from None


def _fact(error: ValidationError) -> Message:
    """The first thing that is wrong, with its field."""
    first = error.errors(include_url=False, include_input=False)[0]
    fault = first.get("ctx", {}).get("error")
    unlike = say("this is nothing that a site writes ({fact})", fact=first["msg"])
    fact = fault.message if isinstance(fault, Fault) else unlike
    # A key may be anything.
    where = ".".join(line(FORBIDDEN.sub("\ufffd", str(one))) for one in first["loc"])
    return say("{place}: {fact}", place=where, fact=fact) if where else fact


def half_copied(message: Message) -> Fault:
    """That data cannot be what a site published."""
    return Fault(message, say("it may have been copied in part, or changed: publish the team's site again, all of it"))
