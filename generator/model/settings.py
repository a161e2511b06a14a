"""The settings of a site: site.yaml as an immutable value."""

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
    """What a counter can compute from the entries themselves."""

    ENTRIES = "entries"
    DAYS = "days"
    """Days that entries cover."""
    TARGETS = "targets"
    """Targets served."""
    RAISED = "raised"
    """Raised requests."""
    RESOLVED = "resolved"
    """Resolved requests."""


@frozen
class Counter:
    """A counter of the site."""

    label: str
    unit: str | None
    derived: Derived | None = None
    """What it is computed from; None where entries give the numbers in ``counts``."""


@frozen
class Allowed:
    """A value that may be published although it looks private."""

    value: str
    """As it appears, or ``sha256:`` and its hash."""
    reason: str


@frozen
class MenuItem:
    """An item of the site's menu."""

    title: str
    link: str
    """A URL of the site (``/about/``) or an ``https:`` address."""
    part: str = ""
    """The fragment: the id of a part of the page; empty for the whole page."""


@frozen
class Government:
    """What a Chinese government site has to declare on every page (国办发〔2017〕47号, 网页标签规范)."""

    name: str
    domain: str
    id_code: str
    """The code from the register of government sites; it is never generated."""
    column_type: str | None
    """The type of its lists, such as 工作动态; None to declare none."""


@frozen
class Cards:
    """The settings of share cards, the pictures that link previews show for entries."""

    font: str | None
    """A font file, relative to the site's folder; None for one that is installed on the machine."""


@frozen(kw_only=True)
class Settings:
    """The settings of the whole site."""

    title: str
    description: str
    language: str
    """A BCP 47 tag: ``zh-CN``, ``en``."""
    base_url: str | None
    """The public address of the site, ending in ``/``; None where it is not set."""
    timezone: str
    """An IANA name; only ``publish_at`` and the timestamps of feeds use it."""
    organization: str | None
    """The organization behind the site; None where the title is used."""
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
    """Words of hardship: the privacy scan reports a personal name next to one of them."""
    allow_svg: bool
    originals: bool
    """Whether original pictures are published too, without their metadata."""
    cards: Cards | None
    """None where no cards are drawn."""
    search: bool
    """Whether the site has a search."""
    government: Government | None
    """None for a site that is not a government's."""
    extra: Mapping[str, object]
    portable: bool = False
    """Whether links contain ``index.html``, so that the site works without a server."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    def moment(self, day: datetime.date) -> datetime.datetime:
        """The first moment of a day in the site's time zone, for formats without civil dates."""
        return datetime.datetime.combine(day, datetime.time(), tzinfo=self.zone)
