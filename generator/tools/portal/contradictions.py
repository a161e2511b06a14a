"""What the data files of a team say of each other: where that does not agree, they are not those of one site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model.settings import Derived
from generator.tools.portal.team_records import (
    ENTRIES,
    REQUESTS,
    SITE,
    EntryRecord,
    RequestRecord,
    SiteRecord,
    TargetRecord,
    half_copied,
)


@frozen(kw_only=True)
class TeamRecords:
    """The data files of a team."""

    site: SiteRecord
    entries: Sequence[EntryRecord]
    targets: Sequence[TargetRecord]
    requests: Sequence[RequestRecord]


def refuse_contradictions(records: TeamRecords) -> None:
    """Raises Fault where a file says what another one, or another field, contradicts."""
    for found in (_sizes(records), _days(records), _unknown_targets(records), _totals(records)):
        for message in found:
            raise half_copied(message)


def _sizes(records: TeamRecords) -> Iterator[Message]:
    """Files that came in part."""
    listed = records.site.listed
    sizes = {"entries": len(records.entries), "targets": len(records.targets), "requests": len(records.requests)}
    for name, size in sizes.items():
        if size != listed.get(name, size):
            yield say(
                "site.json lists {listed} {name}, and {found} are there", listed=listed[name], name=name, found=size
            )
    said, counted = records.site.entries, sum(one.withdrawn is None for one in records.entries)
    if said not in (None, counted):
        yield say("site.json counts {listed} entries, and {found} are there", listed=said, found=counted)


def _days(records: TeamRecords) -> Iterator[Message]:
    """The first and the last day of the record, which figures are computed for."""
    site, entries = records.site, records.entries
    first, newest = min((one.start for one in entries), default=None), max((one.end for one in entries), default=None)
    for name, listed, found in (("first", site.first, first), ("newest", site.newest, newest)):
        if listed not in (None, found):
            yield _contradiction(SITE, name, listed, found)


def _unknown_targets(records: TeamRecords) -> Iterator[Message]:
    known = {one.id for one in records.targets}
    named = [(ENTRIES, f"{at}.targets", target) for at, one in enumerate(records.entries) for target in one.targets]
    named += [(REQUESTS, f"{at}.target", one.target) for at, one in enumerate(records.requests) if one.target]
    for path, field, target in named:
        if target not in known:
            yield say('{path}: {field}: there is no target "{target}"', path=path, field=field, target=target)


def _totals(records: TeamRecords) -> Iterator[Message]:
    """Counters whose total is not that of their months, or not that of the entries that a portal has."""
    shown = [one for one in records.entries if one.withdrawn is None]
    counted: Counter[str] = Counter()
    for one in shown:
        counted.update(one.counts)
    for at, counter in enumerate(records.site.counters):
        expected = [sum(counter.months.values())] if counter.months and counter.derived != Derived.TARGETS else []
        if counter.derived is None and counter.id is not None:
            expected.append(counted[counter.id])
        elif counter.derived == Derived.DAYS:
            expected.append(len(_covered(shown)))
        for found in expected:
            if found != counter.total:
                yield _contradiction(SITE, f"counters.{at}.total", counter.total, found)


def _covered(entries: Sequence[EntryRecord]) -> set[Day]:
    return {day for one in entries for day in DateSpan(one.start, one.end)}


def _contradiction(path: str, field: str, listed: Any, found: Any) -> Message:
    return say(
        "{path}: {field} is {listed}, and the rest of the data says {found}",
        path=path,
        field=field,
        listed=str(listed),
        found=str(found),
    )
