"""What writers write, as frozen values: entries, targets, requests, policies, people, pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model.prose import Text


@frozen
class Source:
    """A text file of the site."""

    path: str
    """From the site's folder, with ``/``, in NFC: ``content/entries/a.md``."""
    text: str
    """Its text, with ``\\n`` at line ends and no BOM."""


class Part(StrEnum):
    """The half of a day that an entry stands for."""

    AM = "am"
    PM = "pm"
    EVENING = "evening"


class Status(StrEnum):
    """How far an entry is on its way to readers."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class RequestStatus(StrEnum):
    """The stages of a request, in order; a request ends as resolved or as closed."""

    RAISED = "raised"
    REPORTED = "reported"
    COORDINATING = "coordinating"
    RESOLVED = "resolved"
    CLOSED = "closed"


class PersonRole(StrEnum):
    """Whether a person may be named: an official and a representative may, a private person never."""

    OFFICIAL = "official"
    REPRESENTATIVE = "representative"
    PRIVATE = "private"


class PolicyLevel(StrEnum):
    """Who issued a policy."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@frozen(kw_only=True)
class RequestNote:
    """What one entry says of a request: that it was opened, or how it went on."""

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


@frozen
class Correction:
    """What was changed in an entry after it was published, and why."""

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
    """The writer's own; None where the first paragraph serves."""
    cover: str | None
    """As written: a file beside the entry."""
    language: str | None
    """None where it is the site's."""
    aliases: tuple[str, ...]
    status: Status
    publish_at: datetime.datetime | None
    """As written, a time in the site's zone; None to publish at once."""
    authors: tuple[str, ...]
    reviewed_by: str | None
    counts: Mapping[str, int]
    """By counter, how many in all."""
    counts_by_target: Mapping[str, Mapping[str, int]]
    """By counter and target's id, where the writer told them apart."""
    requests: tuple[RequestNote, ...]
    withdrawn_requests: tuple[RequestNote, ...]
    """What a withdrawn entry said of requests: only for the problems that its withdrawal makes elsewhere."""
    policies: tuple[str, ...]
    corrections: tuple[Correction, ...]
    withdrawn: Correction | None
    """Why and when it was taken back; then its title, dates, targets and tags stand and all else is gone."""
    extra: Mapping[str, object]
    text: Text

    @property
    def order(self) -> tuple[Day, Day, int, str]:
        """The place in the diary: start, end, part of the day (the whole day first), path."""
        parts = (None, Part.AM, Part.PM, Part.EVENING)
        return (self.span.start, self.span.end, parts.index(self.part), self.path)

    @property
    def updated(self) -> Day:
        """The day of the last change that readers were told of: a correction, else the entry's last day."""
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
    """The id of the target that it belongs to; None at the top."""
    place: str | None
    summary: str | None
    closed: Day | None
    """The day on which the service ended; None while it goes on."""
    extra: Mapping[str, object]
    text: Text

    @property
    def shown_name(self) -> str:
        """The name for lists and prose: the short one where there is one."""
        return self.short_name or self.name


@frozen(kw_only=True)
class Policy:
    """A document that is handed out."""

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


@frozen(kw_only=True)
class Person:
    """Somebody whom entries speak of."""

    id: str
    name: str
    role: PersonRole
    title: str | None
    pseudonym: str | None
    """What is printed instead of a private person's name."""
    aliases: tuple[str, ...]


@frozen(kw_only=True)
class StaticPage:
    """A page outside the diary: about, method."""

    id: str
    """Its path below ``content/pages`` without the ending: ``about``."""
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
    """Everything that was read, each kind in its own order."""

    entries: tuple[Entry, ...] = ()
    targets: tuple[Target, ...] = ()
    policies: tuple[Policy, ...] = ()
    pages: tuple[StaticPage, ...] = ()
    people: tuple[Person, ...] = ()
