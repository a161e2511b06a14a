"""What somebody asks for who closes a campaign, and what follows from its entries: the name and the time of the bag."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from generator.ground.dates import Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import SEGMENT_BYTES, slug
from generator.model.content import Entry, Status
from generator.model.options import Options
from generator.model.settings import Settings
from generator.pipeline.session import Progress
from generator.render.typefaces import Fonts

_ROOM: Final = 60
"""Bytes of a name for the date and for what is put behind it."""


@frozen(kw_only=True)
class Order:
    """What is asked for."""

    options: Options
    """Those of a build. Their time decides only what is published already."""
    output: Path
    """The folder that gets the bag."""
    moment: datetime.datetime | None
    """The time to write down, of SOURCE_DATE_EPOCH; None for that of the newest entry."""
    is_internal: bool = False
    """Whether everything goes in, what is not public too."""
    is_zipped: bool = False
    """Whether a zip of the bag is made too."""
    fonts: Fonts | None
    """Those of PDF files; None for a bundle without any."""
    progress: Progress = lambda _what, _done, _total: None


@frozen
class Decided:
    """What follows from the entries."""

    name: str
    """The bag's folder."""
    moment: datetime.datetime
    """The only time that is written down; ``publish_at`` is compared with it, too."""
    day: Day
    """Its day in the site's time zone."""


def decided(order: Order, settings: Settings, entries: Iterable[Entry]) -> Decided:
    """The name and time of a bag. Raises Fault where no entry is published.

    Nothing depends on the clock except whether a scheduled entry is published already.
    """
    zone = settings.zone
    published = [
        one for one in entries if one.status is Status.PUBLISHED and order.options.selection.includes(one, zone)
    ]
    if not published:
        raise Fault(say("no entry is published yet, so there is nothing to archive"), say("publish one first"))
    ends = [datetime.datetime.combine(one.span.end, datetime.time(23, 59, 59)) for one in published]
    times = [one.publish_at for one in published if one.publish_at]
    moment = order.moment or max([*ends, *times]).replace(tzinfo=zone)
    day = moment.astimezone(zone).date()
    title = slug(settings.title).encode()[: SEGMENT_BYTES - _ROOM].decode(errors="ignore").strip("-") or "rizhi"
    return Decided(f"{title}-{day.isoformat()}{'-internal' if order.is_internal else ''}", moment, day)
