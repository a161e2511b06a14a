"""The schema of the content: the fields of each kind of file. What each is for stands in ``descriptions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import field_validator

from generator.model.content import Status
from generator.read import fields
from generator.read.fields import Fields, listed


class RequestFields(Fields):
    """A request in an entry: raised there, or followed up."""

    example = "id: {id}, status: raised, title: {}"

    id: fields.Id
    status: fields.StageWord
    title: fields.Line | None = None
    target: fields.Name | None = None
    date: fields.DayField | None = None
    note: fields.Text | None = None
    handler: fields.Line | None = None
    person: fields.Name | None = None
    deadline: fields.DayField | None = None
    helped_by: fields.Names = ()
    reopened: fields.Flag = False


class CorrectionFields(Fields):
    """A correction in an entry."""

    example = "date: {day}, note: {}"

    date: fields.DayField
    note: fields.Line


class WithdrawalFields(Fields):
    """Why and when an entry was withdrawn."""

    example = "date: {day}, reason: {}"

    date: fields.DayField
    reason: fields.Line
    successor: fields.Line | None = None


class EntryFields(Fields):
    """The front matter of an entry."""

    title: fields.Line
    date: fields.SpanField
    part: fields.PartWord | None = None
    targets: fields.Names = ()
    tags: fields.Tags = ()
    place: fields.Line | None = None
    weather: fields.Line | None = None
    summary: fields.Text | None = None
    major: fields.Flag = False
    headline: fields.Line | None = None
    cover: fields.Line | None = None
    language: fields.Language | None = None
    slug: fields.Slug | None = None
    aliases: fields.Aliases = ()
    status: fields.StatusWord = Status.PUBLISHED
    publish_at: fields.Moment | None = None
    authors: fields.Names = ()
    reviewed_by: fields.Line | None = None
    counts: dict[fields.Name, fields.Counted] = {}
    requests: Annotated[tuple[RequestFields, ...], listed(RequestFields)] = ()
    policies: fields.Names = ()
    corrections: Annotated[tuple[CorrectionFields, ...], listed(CorrectionFields)] = ()
    withdrawn: WithdrawalFields | None = None
    extra: fields.Free = {}


class TargetFields(Fields):
    """The front matter of a service target."""

    name: fields.Line
    kind: fields.Name
    short_name: fields.Line | None = None
    aliases: fields.Names = ()
    parent: fields.Name | None = None
    place: fields.Line | None = None
    summary: fields.Text | None = None
    closed: fields.DayField | None = None
    pinyin: fields.Pinyin = ()
    extra: fields.Free = {}


class PolicyFields(Fields):
    """The front matter of a policy."""

    title: fields.Line
    issuer: fields.Line | None = None
    level: fields.LevelWord | None = None
    topic: fields.Line | None = None
    number: fields.Line | None = None
    date: fields.DayField | None = None
    files: fields.Lines = ()
    extra: fields.Free = {}


class PageFields(Fields):
    """The front matter of a page outside the diary."""

    title: fields.Line
    summary: fields.Text | None = None
    language: fields.Language | None = None
    aliases: fields.Aliases = ()
    status: fields.StatusWord = Status.PUBLISHED
    extra: fields.Free = {}


class PersonFields(Fields):
    """A person in people.yaml."""

    example = "id: 1, name: {}, role: private"

    id: fields.Name
    name: fields.Person
    role: fields.RoleWord
    title: fields.Line | None = None
    pseudonym: fields.Line | None = None
    aliases: fields.Persons = ()


class PeopleFields(Fields):
    """people.yaml: one list."""

    people: Annotated[tuple[PersonFields, ...], listed(PersonFields)] = ()


class CounterFields(Fields):
    """A counter in site.yaml."""

    label: fields.Line | None = None
    unit: fields.Line | None = None
    derived: fields.DerivedWord | None = None
    shared: fields.Flag = False


class MenuFields(Fields):
    """An item of the menu in site.yaml."""

    example = "title: {}, link: /"

    title: fields.Line
    link: fields.Line


class RequestSettings(Fields):
    """The settings of requests."""

    overdue_days: fields.Number = 30


class CalendarSettings(Fields):
    """The settings of the calendar."""

    gap_days: fields.Number = 7


class AllowedFields(Fields):
    """A value that may be published although it looks private, and why."""

    example = "value: {}, reason: …"

    value: fields.Line
    reason: fields.Line


class PrivacySettings(Fields):
    """The settings of the privacy scan."""

    allow: Annotated[tuple[AllowedFields, ...], listed(AllowedFields)] = ()
    hardship: fields.Names | None = None


class GovernmentSettings(Fields):
    """What a Chinese government site has to declare on every page."""

    id_code: fields.Line
    name: fields.Line | None = None
    domain: fields.Line | None = None
    column_type: fields.Line | None = None


class AssetSettings(Fields):
    """The settings of pictures and attachments."""

    allow_svg: fields.Flag = False
    originals: fields.Flag = False


class CardSettings(Fields):
    """The settings of share cards."""

    font: fields.Line | None = None


class ArchiveSettings(Fields):
    """What the archive that takes the record over has decided."""

    fonds: fields.Line | None = None
    retention: fields.Line | None = None
    category: fields.Line | None = None
    organization: fields.Line | None = None
    first_item: fields.Number | None = None
    security: fields.Line | None = None
    contact: fields.Line | None = None


class ImprintFields(Fields):
    """What site.yaml and portal.yaml say of a site and of who is behind it."""

    title: fields.Line
    description: fields.Text = ""
    language: fields.Language = "zh-CN"
    base_url: fields.Line | None = None
    timezone: fields.Line = "Asia/Shanghai"
    organization: fields.Line | None = None
    license: fields.Line | None = None
    contact: fields.Line | None = None
    icp: fields.Line | None = None
    police: fields.Line | None = None


class SiteFields(ImprintFields):
    """site.yaml."""

    kinds: dict[fields.Name, fields.Line] | None = None
    counters: dict[fields.Id, CounterFields] = {}
    menu: Annotated[tuple[MenuFields, ...], listed(MenuFields)] | None = None
    theme: fields.Slug = "default"
    per_page: fields.Number = 20
    feed_entries: fields.Number = 20
    requests: RequestSettings = RequestSettings()
    calendar: CalendarSettings = CalendarSettings()
    assets: AssetSettings = AssetSettings()
    cards: CardSettings | None = None
    pinyin: dict[fields.Name, fields.Pinyin] = {}
    search: fields.Flag = True
    qr: fields.Flag = True
    privacy: PrivacySettings = PrivacySettings()
    government: GovernmentSettings | None = None
    archive: ArchiveSettings = ArchiveSettings()
    extra: fields.Free = {}

    @field_validator("counters", mode="before")
    @classmethod
    def _counters_without_fields(cls, value: object) -> object:
        # A counter without fields of its own is written as a key without a value.
        return {key: item or {} for key, item in value.items()} if isinstance(value, dict) else value

    @field_validator("cards", mode="before")
    @classmethod
    def _cards_or_none(cls, value: object) -> object:
        if isinstance(value, dict):
            return value
        return {} if fields.flag(value) else None


class StorageFields(Fields):
    """Where a store with the interface of S3 is."""

    endpoint: fields.Line | None = None


class PortalPrivacySettings(Fields):
    """What may be published although it looks private. Of what is only likely to be private, the teams are told."""

    allow: Annotated[tuple[AllowedFields, ...], listed(AllowedFields)] = ()


class TeamFields(Fields):
    """A team, or a pattern for many."""

    example = "id: {id}, source: {}"

    id: fields.Slug | None = None
    name: fields.Line | None = None
    region: fields.Line | None = None
    source: fields.Line
    url: fields.Line | None = None


class PortalFields(ImprintFields):
    """portal.yaml."""

    kinds: dict[fields.Name, fields.Line] | None = None
    menu: Annotated[tuple[MenuFields, ...], listed(MenuFields)] | None = None
    theme: fields.Slug = "default"
    per_page: fields.Number = 20
    feed_entries: fields.Number = 20
    pinyin: dict[fields.Name, fields.Pinyin] = {}
    search: fields.Flag = True
    privacy: PortalPrivacySettings = PortalPrivacySettings()
    government: GovernmentSettings | None = None
    counters: fields.Names = ()
    storage: StorageFields = StorageFields()
    teams: Annotated[tuple[TeamFields, ...], listed(TeamFields)]


SCHEMAS: Final[Mapping[str, type[Fields]]] = {
    "entry": EntryFields,
    "target": TargetFields,
    "policy": PolicyFields,
    "page": PageFields,
    "people": PeopleFields,
    "site": SiteFields,
}
"""The schema of each kind of file of a site."""
EVERY_SCHEMA: Final[Mapping[str, type[Fields]]] = {**SCHEMAS, "portal": PortalFields}
"""That of portal.yaml, too, which stands above sites."""
