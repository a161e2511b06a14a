"""What somebody asks for who closes a campaign, and what follows from its entries: the name and the time of the bag."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from generator.ground.dates import Day
from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import SEGMENT_BYTES, slug
from generator.model.content import Entry, Status
from generator.model.options import Options, Selection
from generator.model.settings import Settings
from generator.pipeline.session import Progress
from generator.render.privacy import Rules, Scanner
from generator.render.typefaces import Fonts

_ROOM: Final = 60
"""Bytes of a name for the date and for what is put behind it."""
_UNTITLED: Final = "rizhi"


@frozen(kw_only=True)
class Order:
    """What is asked for."""

    options: Options
    """Those of a build. Their time decides nothing of the bag, but what must not be published yet."""
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
    """The only time that is written down; ``publish_at`` is compared with it, too, and not with the clock."""
    day: Day
    """Its day in the site's time zone."""


def decided(order: Order, settings: Settings, entries: Iterable[Entry]) -> Decided:
    """The name and time of a bag, which do not depend on the clock.

    Raises Fault where no entry is published, and BuildError where one of them has yet to wait.
    """
    zone, ready = settings.zone, [one for one in entries if one.status is Status.PUBLISHED]
    moment = order.moment or (_moment(ready).replace(tzinfo=zone) if ready else None)
    published = [one for one in ready if moment and Selection(now=moment).includes(one, zone)]
    if moment is None:
        raise Fault(say("no entry is published yet, so there is nothing to archive"), say("publish one first"))
    if not published:
        raise Fault(
            say(
                "each entry waits for a publish_at that is later than the time of the bundle, {moment}",
                moment=f"{moment.astimezone(zone):%Y-%m-%d %H:%M}",
            ),
            say(
                "that is the end of the newest entry's last day, or what SOURCE_DATE_EPOCH says; if they were "
                "published meanwhile, delete publish_at, or set SOURCE_DATE_EPOCH to a later time"
            ),
        )
    if early := [one for one in published if not order.options.selection.includes(one, zone)]:
        raise BuildError(*(_early(one) for one in early))
    day = moment.astimezone(zone).date()
    title = slug(settings.title).encode()[: SEGMENT_BYTES - _ROOM].decode(errors="ignore").strip("-")
    end = f"-{day.isoformat()}{'-internal' if order.is_internal else ''}"
    # A title that ends in figures may look like a telephone number with the day behind it.
    is_fit = bool(title) and not Scanner(Rules()).found(title + end)
    return Decided(f"{title if is_fit else _UNTITLED}{end}", moment, day)


def _moment(ready: Sequence[Entry]) -> datetime.datetime:
    """The end of the newest entry's last day, in the site's time.

    An entry that waits for its time counts only if that is no later than the end of another one that counts.
    """
    moment = max(_end(one) for one in [one for one in ready if one.publish_at is None] or ready)
    while later := [end for one in ready if _is_out(one, moment) and (end := _end(one)) > moment]:
        moment = max(later)
    return moment


def _is_out(entry: Entry, moment: datetime.datetime) -> bool:
    return entry.publish_at is None or entry.publish_at <= moment


def _end(entry: Entry) -> datetime.datetime:
    return datetime.datetime.combine(entry.span.end, datetime.time(23, 59, 59))


def dated_before(plan: Decided, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A warning where the bag is dated before the newest of the entries in it."""
    newest = max(entries, key=lambda one: one.span.end)
    if newest.span.end > plan.day:
        yield Problem(
            path=newest.path,
            field=("date",),
            message=say("the bundle is dated {day}, as SOURCE_DATE_EPOCH says, and this entry is newer", day=plan.day),
            hint=say("set SOURCE_DATE_EPOCH to a later time, or do without it, and archive once more"),
            is_warning=True,
        )


def waiting(plan: Decided, zone: datetime.tzinfo, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Warnings of the entries that are left out since they wait for their time."""
    selection = Selection(now=plan.moment)
    for one in entries:
        if one.status is Status.PUBLISHED and not selection.includes(one, zone):
            yield Problem(
                path=one.path,
                field=("publish_at",),
                message=say(
                    "the bundle is without this entry, whose time is later than that of the bundle, {moment}",
                    moment=f"{plan.moment.astimezone(zone):%Y-%m-%d %H:%M}",
                ),
                hint=say("if it was published meanwhile, delete publish_at and archive once more"),
                is_warning=True,
            )


def _early(entry: Entry) -> Problem:
    return Problem(
        path=entry.path,
        field=("publish_at",),
        message=say("the bundle would publish this entry before its time"),
        hint=say("archive after that time; or make the entry a draft, with status: draft"),
    )
