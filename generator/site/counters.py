"""Counters: what entries count and what is reckoned from them, every figure traced to the entries that make it up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.ground.dates import Day
from generator.model.content import Entry, RequestStatus, Target
from generator.model.settings import Counter, Derived
from generator.site.requests import Request

K = TypeVar("K", tuple[int, int], str)


class Mark(NamedTuple):
    """One thing that was counted."""

    at: int
    """The entry that says it, by its place in the diary."""
    day: Day
    """The day on which it counts: for what an entry says in ``counts``, its first."""
    number: int
    """How many; -1 where something is taken back, such as the resolution of a request that was reopened."""
    thing: object = None
    """What was counted, where the same thing met twice counts once (a day, a target); None where all is added up."""
    target: str | None = None
    """Whom it concerns; None where that is all targets of the entry."""


class Tally(NamedTuple):
    """A figure, and the entries that make it up with what each of them counts, in the order of the diary."""

    total: int
    entries: tuple[Entry, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Counters:
    """All counters of a site."""

    declared: Mapping[str, Counter]
    entries: Sequence[Entry]
    requests: Mapping[str, Request]
    targets: Mapping[str, Target]

    @cached_property
    def marks(self) -> Mapping[str, Sequence[Mark]]:
        """By counter, all that was counted, in the order of the diary."""
        return {key: list(self._marks(key, counter)) for key, counter in self.declared.items()}

    def _marks(self, key: str, counter: Counter) -> Iterator[Mark]:
        diary = enumerate(self.entries)
        match counter.derived:
            case None:
                return (mark for at, one in diary if one.counts.get(key) for mark in _counted(at, one, key))
            case Derived.ENTRIES:
                return (Mark(at, one.span.start, 1) for at, one in diary)
            case Derived.DAYS:
                return (Mark(at, day, 1, day) for at, one in diary for day in one.span)
            case Derived.TARGETS:
                return (
                    Mark(at, one.span.start, 1, target, target)
                    for at, one in diary
                    for target in one.targets
                    if target in self.targets
                )
            case Derived.RAISED:
                asked = self.requests.values()
                return (Mark(self._at[one.steps[0].entry.path], one.raised, 1, None, one.target) for one in asked)
            case Derived.RESOLVED:
                return (mark for one in self.requests.values() for mark in self._resolutions(one))

    @cached_property
    def _at(self) -> Mapping[str, int]:
        """By an entry's path, its place in the diary."""
        return {entry.path: at for at, entry in enumerate(self.entries)}

    def _resolutions(self, request: Request) -> Iterator[Mark]:
        """A resolution counts on its day; where the request is reopened, that is taken back on the day when it is."""
        was = False
        for step in request.steps:
            is_resolved = step.note.status is RequestStatus.RESOLVED
            if is_resolved != was:
                at, number = self._at[step.entry.path], 1 if is_resolved else -1
                yield Mark(at, step.note.date, number, None, request.target)
            was = is_resolved

    @cached_property
    def whole(self) -> Mapping[str, Tally]:
        """By counter, its figure over the whole diary."""
        return {key: self._tally(marks) for key, marks in self.marks.items()}

    @cached_property
    def by_month(self) -> Mapping[tuple[int, int], Mapping[str, Tally]]:
        """By month and counter; only what counts something."""
        return self._by(lambda mark: ((mark.day.year, mark.day.month),))

    @cached_property
    def by_target(self) -> Mapping[str, Mapping[str, Tally]]:
        """By target and counter; only what counts something."""
        return self._by(self._whom)

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, Tally]]:
        """By kind and counter; only what counts something."""
        kinds = {one.id: one.kind for one in self.targets.values()}
        return self._by(lambda mark: {kinds[one] for one in self._whom(mark) if one in kinds})

    def _by(self, scopes: Callable[[Mark], Iterable[K]]) -> dict[K, dict[str, Tally]]:
        found: dict[K, dict[str, Tally]] = {}
        for key, marks in self.marks.items():
            groups: dict[K, list[Mark]] = {}
            for mark in marks:
                for scope in scopes(mark):
                    groups.setdefault(scope, []).append(mark)
            for scope, group in groups.items():
                found.setdefault(scope, {})[key] = self._tally(group)
        return found

    def until(self, key: str, day: Day | None) -> int:
        """The figure as it stood at the end of ``day``, from what had ended by then; of the whole diary for None."""
        if day is None:
            return self.whole[key].total
        days, totals = self._growth[key]
        at = bisect_right(days, day)
        return totals[at - 1] if at else 0

    @cached_property
    def _growth(self) -> Mapping[str, tuple[Sequence[Day], Sequence[int]]]:
        """By counter, the days on which its figure changed and what it was from then on."""
        return {key: self._grown(marks) for key, marks in self.marks.items()}

    def _whom(self, mark: Mark) -> Iterable[str]:
        return self.entries[mark.at].targets if mark.target is None else (mark.target,)

    def _tally(self, marks: Iterable[Mark]) -> Tally:
        parts: dict[int, int] = {}
        things: set[object] = set()
        total = 0
        for at, _, number, thing, _ in marks:
            parts[at] = parts.get(at, 0) + number
            if thing is None:
                total += number
            elif thing not in things:
                things.add(thing)
                total += number
        places = sorted(parts)
        return Tally(total, tuple(map(self.entries.__getitem__, places)), tuple(map(parts.__getitem__, places)))

    def _grown(self, marks: Iterable[Mark]) -> tuple[Sequence[Day], Sequence[int]]:
        days: list[Day] = []
        totals: list[int] = []
        things: set[object] = set()
        for day, mark in sorted(((max(one.day, self.entries[one.at].span.end), one) for one in marks), key=_day):
            number = 0 if mark.thing is not None and mark.thing in things else mark.number
            things.add(mark.thing)
            before = totals[-1] if totals else 0
            if days and days[-1] == day:
                totals[-1] = before + number
            else:
                days.append(day)
                totals.append(before + number)
        return days, totals


def _day(dated: tuple[Day, Mark]) -> Day:
    return dated[0]


def _counted(at: int, entry: Entry, key: str) -> Iterator[Mark]:
    """What an entry counts: for each target where it tells them apart, else in one for all its targets."""
    apart = entry.counts_by_target.get(key)
    if apart is None:
        yield Mark(at, entry.span.start, entry.counts[key])
    else:
        yield from (Mark(at, entry.span.start, number, None, one) for one, number in apart.items() if number)


def about(number: int, language: str) -> str:
    """The number as a newspaper rounds it down: ``14`` → ``10余``, ``107`` → ``100余``; English ``more than 10``.

    Up to 99 whole tens are given, above two figures; what is round already, and what is below 10, stays exact.
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
