"""Figures of a team, a region or all regions, added up. What is added up in parts is what is added up at once.

Every figure is a sum of figures that the teams publish themselves: nothing is reckoned a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest, nsmallest
from typing import Any, Final, TypeVar, cast

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model.content import RequestStatus
from generator.model.settings import Derived
from generator.tools.portal.team_data import TeamDigest, TeamEntry, TeamKind, TeamRequest

K = TypeVar("K", str, tuple[str, str], TeamKind)
V = TypeVar("V", bound=tuple[Any, ...])

NEWEST: Final = 50
"""Entries that are kept as the newest of a region: as many as a feed may have."""
OLDEST: Final = 10
"""Open requests that are kept as those open longest."""

_SUMMED: Final = (None, Derived.DAYS.value)
"""What counters are derived from that are added up as counters; entries, targets and requests are added up anyway."""

Of = tuple[str, TeamEntry]
"""The id of a team, and an entry of it."""


@frozen(kw_only=True)
class RegionDigest:
    """The sums of some teams, and the newest of what they have."""

    teams: int
    entries: int
    """Without withdrawn ones, as the teams' counters have it."""
    targets: int
    requests: int
    open: int
    overdue: int
    resolved: int
    days: Mapping[int, int]
    """How many requests took so many days to be resolved."""
    kinds: Mapping[TeamKind, tuple[int, int]]
    """By kind of target, as teams have it: these targets, and their requests."""
    counters: Mapping[tuple[str, str], tuple[int, int]]
    """By label and unit: the sum, and how many teams have the counter."""
    months: Mapping[str, tuple[int, int, int]]
    """By month, ``2020-03``: entries that begin in it, requests raised in it, and requests resolved in it."""
    span: DateSpan | None
    newest: Sequence[Of]
    """The newest first."""
    oldest: Sequence[tuple[str, TeamRequest]]
    """The open requests that are open longest, the oldest first."""


def of_team(team: str, one: TeamDigest) -> RegionDigest:
    """The figures of a single team."""
    open_requests = [request for request in one.requests if not request.ended]
    resolved = [request for request in one.requests if request.state is RequestStatus.RESOLVED]
    months: dict[str, list[int]] = {}

    def count(day: Day, place: int) -> None:
        months.setdefault(f"{day:%Y-%m}", [0, 0, 0])[place] += 1

    for entry in one.entries:
        if not entry.is_withdrawn:
            count(entry.span.start, 0)
    for request in one.requests:
        count(request.raised, 1)
    for request in resolved:
        if request.ended:
            count(request.ended, 2)
    return RegionDigest(
        teams=1,
        entries=one.count,
        targets=len(one.targets),
        requests=len(one.requests),
        open=len(open_requests),
        overdue=sum(request.is_overdue for request in one.requests),
        resolved=len(resolved),
        days=dict(sorted(Counter(request.days for request in one.requests if request.days is not None).items())),
        kinds=_kinds(one),
        counters=_counters(one),
        months={month: (some[0], some[1], some[2]) for month, some in sorted(months.items())},
        span=DateSpan(one.first, one.newest) if one.first and one.newest else None,
        newest=_newest((team, entry) for entry in one.entries),
        oldest=_oldest((team, request) for request in open_requests),
    )


def _counters(one: TeamDigest) -> dict[tuple[str, str], tuple[int, int]]:
    """By label and unit, which several counters of a team may share."""
    sums: Counter[tuple[str, str]] = Counter()
    for item in one.counters:
        if item.derived in _SUMMED:
            sums[item.label, item.unit or ""] += item.total
    return {key: (total, 1) for key, total in sums.items()}


def _kinds(one: TeamDigest) -> dict[TeamKind, tuple[int, int]]:
    targets = Counter(target.kind for target in one.targets)
    requests = Counter(request.kind for request in one.requests if request.kind)
    return {kind: (targets[kind], requests[kind]) for kind in sorted({*targets, *requests})}


def merged(parts: Sequence[RegionDigest]) -> RegionDigest:
    """The sums of several; of none, nothing."""
    spans = [part.span for part in parts if part.span]
    days: Counter[int] = Counter()
    for part in parts:
        days.update(part.days)
    return RegionDigest(
        teams=sum(part.teams for part in parts),
        entries=sum(part.entries for part in parts),
        targets=sum(part.targets for part in parts),
        requests=sum(part.requests for part in parts),
        open=sum(part.open for part in parts),
        overdue=sum(part.overdue for part in parts),
        resolved=sum(part.resolved for part in parts),
        days=dict(sorted(days.items())),
        kinds=_added(part.kinds for part in parts),
        counters=_added(part.counters for part in parts),
        months=_added(part.months for part in parts),
        span=DateSpan(min(one.start for one in spans), max(one.end for one in spans)) if spans else None,
        newest=_newest(one for part in parts for one in part.newest),
        oldest=_oldest(one for part in parts for one in part.oldest),
    )


def _added(maps: Iterable[Mapping[K, V]]) -> dict[K, V]:
    """The sums of what several have under one key, in the order of the keys."""
    sums: dict[K, V] = {}
    for one in maps:
        for key, numbers in one.items():
            before = sums.get(key)
            sums[key] = numbers if before is None else cast("V", tuple(map(sum, zip(before, numbers, strict=True))))
    return {key: sums[key] for key in sorted(sums)}


def _newest(found: Iterable[Of]) -> tuple[Of, ...]:
    shown = (one for one in found if not one[1].is_withdrawn)
    return tuple(nlargest(NEWEST, shown, key=lambda one: (one[1].span.end, one[1].span.start, one[0], one[1].url)))


def _oldest(found: Iterable[tuple[str, TeamRequest]]) -> tuple[tuple[str, TeamRequest], ...]:
    return tuple(nsmallest(OLDEST, found, key=lambda one: (opened(one[1]), one[0], one[1].url)))


def opened(request: TeamRequest) -> Day:
    """The day since which a request is open."""
    return request.reopened or request.raised
