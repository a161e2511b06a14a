"""Counters add up what entries count, or derive figures from the entries and requests themselves.

Every figure keeps the entries that make it up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.ground.dates import Day
from generator.model.content import Entry, RequestStatus, Target
from generator.model.settings import Counter, Derived
from generator.site.requests import Request

K = TypeVar("K", tuple[int, int], str)


class Tick(NamedTuple):
    """One thing that was counted."""

    at: int
    """The index in the diary of the entry that counts it."""
    day: Day
    """The day on which it counts; for ``counts`` of an entry, the entry's first day."""
    number: int
    """How many; -1 undoes an earlier tick, such as the resolution of a request that was reopened."""
    thing: object = None
    """What was counted, if it counts only once however often it occurs (a day, a target); None if every tick counts."""
    target: str | None = None
    """The id of the target that it concerns; empty where it concerns none, None for all targets of the entry."""


class Tally(NamedTuple):
    """A figure, the entries that make it up and the number that each contributes, in the order of the diary."""

    total: int
    entries: tuple[Entry, ...]
    numbers: tuple[int, ...]
    is_shared: bool = False
    """Whether something in it stands in full in the figures of others, too: of other targets, or of other kinds."""


def _always(_counter: Counter, _tick: Tick) -> bool:
    return True


@dataclass(frozen=True)
class Counters:
    """All counters of a site."""

    declared: Mapping[str, Counter]
    entries: Sequence[Entry]
    requests: Mapping[str, Request]
    targets: Mapping[str, Target]
    counts: Callable[[Counter, Tick], bool] = _always
    """Which ticks of a counter count."""

    @cached_property
    def ticks(self) -> Mapping[str, Sequence[Tick]]:
        """The ticks by counter, in the order of the diary."""
        return {
            key: [tick for tick in self._ticks(key, counter) if self.counts(counter, tick)]
            for key, counter in self.declared.items()
        }

    def _ticks(self, key: str, counter: Counter) -> Iterator[Tick]:
        diary = enumerate(self.entries)
        match counter.derived:
            case None:
                return (tick for at, one in diary if one.counts.get(key) for tick in _counted(at, one, key))
            case Derived.ENTRIES:
                return (Tick(at, one.span.start, 1) for at, one in diary)
            case Derived.DAYS:
                return (Tick(at, day, 1, day) for at, one in diary for day in one.span)
            case Derived.TARGETS:
                return (
                    Tick(at, one.span.start, 1, target, target)
                    for at, one in diary
                    for target in one.targets
                    if target in self.targets
                )
            case Derived.RAISED:
                found = self.requests.values()
                return (Tick(self._at[one.steps[0].entry.path], one.raised, 1, None, one.target or "") for one in found)
            case Derived.RESOLVED:
                return (tick for one in self.requests.values() for tick in self._resolutions(one))

    @cached_property
    def _at(self) -> Mapping[str, int]:
        """The index of each entry in the diary, by its path."""
        return {entry.path: at for at, entry in enumerate(self.entries)}

    def _resolutions(self, request: Request) -> Iterator[Tick]:
        """A resolution counts on its day. Reopening the request undoes it on the day of the reopening."""
        was = False
        for step in request.steps:
            is_resolved = step.note.status is RequestStatus.RESOLVED
            if is_resolved != was:
                at, number = self._at[step.entry.path], 1 if is_resolved else -1
                yield Tick(at, step.note.date, number, None, request.target or "")
            was = is_resolved

    @cached_property
    def whole(self) -> Mapping[str, Tally]:
        """Each counter's figure over the whole diary."""
        return {key: self._tally(ticks) for key, ticks in self.ticks.items()}

    @cached_property
    def by_month(self) -> Mapping[tuple[int, int], Mapping[str, Tally]]:
        """Figures by month and counter, without those that have no ticks."""
        return self._by(lambda tick: ((tick.day.year, tick.day.month),), self.ticks)

    @cached_property
    def by_target(self) -> Mapping[str, Mapping[str, Tally]]:
        """Figures by target and counter, without those that have no ticks. That it is one target says nothing of it."""
        ticks = {key: found for key, found in self.ticks.items() if self.declared[key].derived is not Derived.TARGETS}
        return self._by(self.targets_of, ticks)

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, Tally]]:
        """Figures by kind of target and counter, without those that have no ticks."""
        kinds = {one.id: one.kind for one in self.targets.values()}
        return self._by(lambda tick: {kinds[one] for one in self.targets_of(tick) if one in kinds}, self.ticks)

    def together(self, tallies: Mapping[str, Tally]) -> tuple[str, ...]:
        """The labels of those of these figures that hold a count made for several, which nobody divided."""
        return tuple(self.declared[key].label for key, one in tallies.items() if self.is_together(key, one))

    def is_together(self, key: str, tally: Tally) -> bool:
        """Whether a counter's figure holds a count made for several. An entry or a day belongs to each of them."""
        return tally.is_shared and self.declared[key].derived is None

    def _by(
        self, scopes: Callable[[Tick], Collection[K]], counted: Mapping[str, Sequence[Tick]]
    ) -> dict[K, dict[str, Tally]]:
        found: dict[K, dict[str, Tally]] = {}
        for key, ticks in counted.items():
            groups: dict[K, list[Tick]] = {}
            shared: set[K] = set()
            for tick in ticks:
                several = scopes(tick)
                for scope in several:
                    groups.setdefault(scope, []).append(tick)
                if len(several) > 1:
                    shared.update(several)
            for scope, group in groups.items():
                found.setdefault(scope, {})[key] = self._tally(group, is_shared=scope in shared)
        return found

    def until(self, key: str, day: Day | None) -> int:
        """The figure at the end of ``day``, from entries that had ended by then; for None, of the whole diary."""
        if day is None:
            return self.whole[key].total
        days, totals = self._growth[key]
        at = bisect_right(days, day)
        return totals[at - 1] if at else 0

    @cached_property
    def _growth(self) -> Mapping[str, tuple[Sequence[Day], Sequence[int]]]:
        """By counter, the days on which its figure changed, and its value from each of these days on."""
        return {key: self._running_totals(ticks) for key, ticks in self.ticks.items()}

    def targets_of(self, tick: Tick) -> Collection[str]:
        """The ids of the targets that something counted concerns."""
        if tick.target is None:
            return self.entries[tick.at].targets
        return (tick.target,) if tick.target else ()

    def _tally(self, ticks: Iterable[Tick], *, is_shared: bool = False) -> Tally:
        parts: dict[int, int] = {}
        things: set[object] = set()
        total = 0
        for at, _, number, thing, _ in ticks:
            parts[at] = parts.get(at, 0) + number
            if thing is None:
                total += number
            elif thing not in things:
                things.add(thing)
                total += number
        places = sorted(parts)
        return Tally(
            total, tuple(map(self.entries.__getitem__, places)), tuple(map(parts.__getitem__, places)), is_shared
        )

    def _running_totals(self, ticks: Iterable[Tick]) -> tuple[Sequence[Day], Sequence[int]]:
        days: list[Day] = []
        totals: list[int] = []
        things: set[object] = set()
        for day, tick in sorted(((max(one.day, self.entries[one.at].span.end), one) for one in ticks), key=_day):
            number = 0 if tick.thing is not None and tick.thing in things else tick.number
            things.add(tick.thing)
            before = totals[-1] if totals else 0
            if days and days[-1] == day:
                totals[-1] = before + number
            else:
                days.append(day)
                totals.append(before + number)
        return days, totals


def _day(dated: tuple[Day, Tick]) -> Day:
    return dated[0]


def _counted(at: int, entry: Entry, key: str) -> Iterator[Tick]:
    """The ticks of one entry: one for each target if it counts by target, else one for all its targets."""
    by_target = entry.counts_by_target.get(key)
    if by_target is None:
        yield Tick(at, entry.span.start, entry.counts[key])
    else:
        yield from (Tick(at, entry.span.start, number, None, one) for one, number in by_target.items() if number)


def about(number: int, language: str) -> str:
    """The number as a newspaper rounds it down: ``14`` → ``10余``, ``107`` → ``100余``; English ``more than 10``.

    Below 100 it is rounded to tens, above to two significant digits. Round numbers and those below 10 stay exact.
    """
    scale = 10 ** max(len(str(number)) - 2, 1)
    rounded = number - number % scale
    if number < 10 or rounded == number:
        return _written(number, language)
    if language.startswith("zh"):
        return f"{_written(rounded, language)}余"
    return f"more than {_written(rounded, language)}"


def _written(number: int, language: str) -> str:
    """``12000`` → ``1.2万``, ``12,000``; below ten thousand plain digits."""
    if number < 10_000 or number % 1000:
        return str(number)
    if not language.startswith("zh"):
        return f"{number:,}"
    return f"{number // 10_000}万" if number % 10_000 == 0 else f"{number / 10_000:.1f}万"
