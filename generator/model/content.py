"""The content of a site as immutable values: entries, targets, requests, policies, people, pages.

The reading floor makes them from the files under ``content/``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.ground.pinyin import Reading
from generator.model.prose import Text


@frozen
class Source:
    """A text file of the site, decoded."""

    path: str
    """Relative to the site's folder, with ``/``, in NFC: ``content/entries/a.md``."""
    text: str
    """Its text, with ``\\n`` at line ends and no BOM."""


class Part(StrEnum):
    """The part of a day that an entry covers."""

    AM = "am"
    PM = "pm"
    EVENING = "evening"


class Status(StrEnum):
    """The publication status of an entry or a page."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class RequestStatus(StrEnum):
    """The stages of a request, in order. A request ends as resolved or closed."""

    RAISED = "raised"
    REPORTED = "reported"
    COORDINATING = "coordinating"
    RESOLVED = "resolved"
    CLOSED = "closed"


class PersonRole(StrEnum):
    """The role of a person. It decides whether the name may be published: a private person's never is."""

    OFFICIAL = "official"
    REPRESENTATIVE = "representative"
    PRIVATE = "private"


class PolicyLevel(StrEnum):
    """Who issued a policy."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


@frozen(kw_only=True)
class RequestNote:
    """A step of a request that one entry reports: the request was raised, or it made progress."""

    id: str
    status: RequestStatus
    date: Day
    title: str | None = None
    """None in a follow-up that leaves it unchanged."""
    target: str | None = None
    """None in a follow-up that leaves it unchanged."""
    note: str | None = None
    helped_by: tuple[str, ...] = ()
    reopened: bool = False
    handler: str | None = None
    """The office that deals with it; None in a follow-up that leaves it unchanged."""
    person: str | None = None
    """The id or the name of who is responsible; None in a follow-up that leaves it unchanged."""
    deadline: Day | None = None
    """The day by which it is to be settled; None in a follow-up that leaves it unchanged."""


@frozen
class Correction:
    """A change to an entry after its publication, or its withdrawal, with the reason."""

    date: Day
    note: str


@frozen(kw_only=True)
class Entry:
    """One entry of the diary."""

    path: str
    title: str
    span: DateSpan
    part: Part | None
    slug: str
    targets: tuple[str, ...]
    tags: tuple[str, ...]
    place: str | None
    weather: str | None
    summary: str | None
    """The writer's own; None where the first paragraph is used."""
    major: bool
    """Whether it stands in the list of major events."""
    headline: str | None
    """The sentence for that list; None where its title stands there."""
    cover: str | None
    """As written: the path of a picture, relative to the entry's file."""
    language: str | None
    """None for the site's language."""
    former_slug: str | None
    """The slug that its title once gave to its address, of an entry called by its date alone; else None."""
    aliases: tuple[str, ...]
    status: Status
    publish_at: datetime.datetime | None
    """A time in the site's time zone, without a zone itself; None to publish at once."""
    authors: tuple[str, ...]
    reviewed_by: str | None
    counts: Mapping[str, int]
    """Totals by counter."""
    counts_by_target: Mapping[str, Mapping[str, int]]
    """Counts by counter and target id, where the writer gave them by target."""
    requests: tuple[RequestNote, ...]
    withdrawn_requests: tuple[RequestNote, ...]
    """The request steps of a withdrawn entry; they only serve to report problems that the withdrawal causes."""
    policies: tuple[str, ...]
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None
    """When and why the entry was withdrawn. Only its title, dates, targets and tags are then kept."""
    successor: str | None
    """As written: the path of the entry that takes the place of a withdrawn one; None where nothing does."""
    extra: Mapping[str, object]
    text: Text

    @property
    def order(self) -> tuple[Day, Day, int, str]:
        """The sort key in the diary: start, end, part of the day (the whole day first), path."""
        parts = (None, Part.AM, Part.PM, Part.EVENING)
        return (self.span.start, self.span.end, parts.index(self.part), self.path)

    @property
    def updated(self) -> Day:
        """The day of the last correction or withdrawal; without one, the entry's last day."""
        days = [correction.date for correction in self.corrections]
        days += [self.withdrawn.date] if self.withdrawn else []
        return max([self.span.end, *days])


@frozen(kw_only=True)
class Target:
    """A service target: an enterprise, a project, a village, a community."""

    id: str
    path: str
    name: str
    kind: str
    short_name: str | None
    aliases: tuple[str, ...]
    parent: str | None
    """The id of the target that it belongs to; None for a target of its own."""
    place: str | None
    summary: str | None
    closed: Day | None
    """The day on which the service ended; None while it continues."""
    pinyin: Reading
    """How the shown name is read; empty where the usual reading is right."""
    extra: Mapping[str, object]
    text: Text

    @property
    def shown_name(self) -> str:
        """The name for lists and prose: the short name where there is one."""
        return self.short_name or self.name


@frozen(kw_only=True)
class Policy:
    """A policy document that is handed out to targets."""

    id: str
    path: str
    title: str
    issuer: str | None
    level: PolicyLevel | None
    topic: str | None
    number: str | None
    date: Day | None
    files: tuple[str, ...]
    extra: Mapping[str, object]
    text: Text


WITHHELD: Final = "Namewithheld"
"""Stands for the name of a private person in the sources of a public bundle, so that they can be built; no secret."""


@frozen(kw_only=True)
class Person:
    """A person who is mentioned in entries."""

    id: str
    name: str
    role: PersonRole
    title: str | None
    pseudonym: str | None
    """The name that is published instead of a private person's; None where none is given."""
    aliases: tuple[str, ...]


@frozen(kw_only=True)
class StaticPage:
    """A page outside the diary: about, method."""

    id: str
    """Its path relative to ``content/pages``, without the ending: ``about``."""
    path: str
    title: str
    summary: str | None
    language: str | None
    aliases: tuple[str, ...]
    status: Status
    extra: Mapping[str, object]
    text: Text


@frozen(kw_only=True)
class Content:
    """All records of the site by type, each in its own order."""

    entries: tuple[Entry, ...] = ()
    targets: tuple[Target, ...] = ()
    policies: tuple[Policy, ...] = ()
    pages: tuple[StaticPage, ...] = ()
    people: tuple[Person, ...] = ()
