"""Settings: site.yaml as a frozen value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from generator.ground.frozen import frozen

DEFAULT_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {"enterprise": "企业", "project": "项目", "village": "乡村", "community": "社区"},
    "en": {
        "enterprise": "Enterprises",
        "project": "Projects",
        "village": "Villages",
        "community": "Communities",
    },
}


DEFAULT_HARDSHIP: Final = ("困难户", "困难家庭", "困难群众", "低保", "患病", "重疾", "慰问")


class Derived(StrEnum):
    """What can be counted without anybody writing it down."""

    ENTRIES = "entries"
    DAYS = "days"
    """Days on duty: those that entries cover."""
    TARGETS = "targets"
    """Targets served."""
    RAISED = "raised"
    """Requests that were raised."""
    RESOLVED = "resolved"
    """Requests that were resolved."""


@frozen
class Counter:
    """Something that is counted."""

    label: str
    unit: str | None
    derived: Derived | None = None
    """What it is reckoned from; None where entries say it in ``counts``."""


@frozen
class Allowed:
    """A value that may be published though it looks like a private one."""

    value: str
    """As it is written, or ``sha256:`` and its hash."""
    reason: str


@frozen
class MenuItem:
    """An item of the site's menu."""

    title: str
    link: str
    """A URL of the site (``/about/``) or an ``https:`` address."""
    part: str = ""
    """The id of the part of the page that is meant; empty for the whole."""


@frozen
class Government:
    """What a Chinese government site says of itself on every page (国办发〔2017〕47号, 网页标签规范)."""

    name: str
    domain: str
    id_code: str
    """The code that the register of government sites gave it; never one of ours."""
    column_type: str | None
    """What kind of column its lists are, such as 工作动态; None to say nothing."""


@frozen
class Cards:
    """That a picture is drawn of each entry, for previews of links."""

    font: str | None
    """A font file, from the site's folder; None for one that is found on the machine."""


@frozen(kw_only=True)
class Settings:
    """What holds for the whole site."""

    title: str
    description: str
    language: str
    """A BCP 47 tag: ``zh-CN``, ``en``."""
    base_url: str | None
    """Where the site will stand, ending in ``/``; None where nobody said."""
    timezone: str
    """An IANA name; only ``publish_at`` and the time stamps of feeds use it."""
    organization: str | None
    """Who signs the site; None where the title must do."""
    license: str | None
    kinds: Mapping[str, str]
    """The kinds of targets, id → label, in the order in which they are shown."""
    counters: Mapping[str, Counter]
    menu: tuple[MenuItem, ...] | None
    """None for the theme's own menu."""
    theme: str
    per_page: int
    """Entries on one page of a list."""
    feed_entries: int
    overdue_days: int
    gap_days: int
    allowed: tuple[Allowed, ...]
    hardship: tuple[str, ...]
    """Words beside which a personal name is looked at twice."""
    allow_svg: bool
    originals: bool
    """Whether pictures are published as they were handed in as well, without their metadata."""
    cards: Cards | None
    """None where none are drawn."""
    search: bool
    """Whether the site can be searched."""
    government: Government | None
    """None for a site that is none of the government's."""
    extra: Mapping[str, object]
    portable: bool = False
    """Whether links name ``index.html``, so that the site works without a server."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    def moment(self, day: datetime.date) -> datetime.datetime:
        """The first moment of a civil day here, for formats that know no civil dates."""
        return datetime.datetime.combine(day, datetime.time(), tzinfo=self.zone)
