"""How the days of a file run, forwards or backwards, and which of them break that order: plans, memories, slips."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_words import folded

_WRAP: Final = 6
"""Months: a step of more against the order of the text goes into another year; a shorter one is out of order."""
_TURN: Final = 10
"""Months: as far as this, the shorter way is over the turn of the year; no diary rests so long."""
_SURELY_OVER: Final = 9
"""Months: a step of less may be out of order just as well, as from September to February."""
_BEGUN_AGAIN: Final = 5
"""The weight that days must have which go back; less is a plan or a memory."""
_NEXT_WRITER: Final = 1
"""The same below a line of its own, where the days begin again from the first one."""
_FAR: Final = 4
"""The same for days that are far away from the others."""
_YEAR: Final = 12
"""Months."""
_MONTH_OVER: Final = 20
"""Days."""
_BARE_YEAR: Final = re.compile(r"[^㐀-鿿\w]*.{2,4}\s*年?度?[^㐀-鿿\w]*")
_NEAR: Final = 2
"""Months."""
_MOST_SET_IN: Final = 3
"""Days, one after the other; with more, a year is told."""
_REACH: Final = 40
"""Days that break the order, one after the other."""


@frozen(kw_only=True)
class Stop:
    """A day in a run, as far as it is known."""

    year: int | None
    month: int
    day: int
    weight: float = 1
    """How much of the line says that an entry begins there."""
    is_headed: bool = False
    """Whether something like a title stands above it."""

    @property
    def within(self) -> tuple[int, int]:
        """Its place in a year."""
        return self.month, self.day

    is_below_year: bool = False
    """Whether a heading with a year does, so that a long time may have gone by."""
    is_of_title: bool = False
    """Whether its year is the one that the title of the whole says."""


@frozen(kw_only=True)
class _Step:
    """From one day of a run to another one."""

    turn: int
    """Years."""
    is_back: bool
    """Whether it goes against the way of the run."""
    is_far: bool = False
    """Whether it is longer than diaries rest."""


@frozen(kw_only=True)
class _Best:
    """The weightiest run that ends with a day."""

    weight: float
    before: int | None
    """The day before it."""
    year: int | None
    first: int


def months(lines: Iterable[tuple[int, DateLine]]) -> dict[int, int]:
    """The month of each line; of a line with a day alone, that of what is above it."""
    current: int | None = None
    last = 0
    found = {}
    heading: tuple[int, int] | None = None
    for at, line in lines:
        if line.kind is Kind.PUBLISHED:
            continue
        if line.kind is Kind.MONTH:
            heading = (line.month, 0) if line.month else None
        elif heading and line.day and not line.month:
            if is_remembered(current, heading[0]) and line.day >= heading[1]:
                # The days below a heading go on.
                current, last = heading
            heading = (heading[0], line.day)
        if current and not line.month and line.day and last - line.day >= _MONTH_OVER:
            # Below 31日 follows the 1日 of the next month.
            current = current % 12 + 1
        current, last = line.month or current, line.day or (0 if line.month else last)
        if current:
            found[at] = current
    return found


def is_remembered(month: int | None, heading: int) -> bool:
    """Whether a month lies before that of the heading above it, so that those below it are of the heading's again."""
    return month is not None and (month - heading) % _YEAR > _WRAP


def year_headings(lines: Sequence[tuple[int, DateLine]]) -> frozenset[int]:
    """The headings that say the year of the days below them, which the title of the whole does not do for sure."""
    first = next((at for at, line in lines if line.kind not in (Kind.MONTH, Kind.PUBLISHED)), None)
    found = {at: line for at, line in lines if line.kind is Kind.MONTH and line.year}
    is_by_years = first is not None and any(at > first for at in found)
    return frozenset(
        at for at, line in found.items() if is_by_years or line.month or _BARE_YEAR.fullmatch(folded(line.written))
    )


def stops(lines: Sequence[tuple[int, DateLine]]) -> dict[int, Stop]:
    """The days among the lines, each with the year of its line, or of a heading right above it."""
    found: dict[int, Stop] = {}
    known, headings, heading = months(lines), year_headings(lines), None
    titled = {line.year for at, line in lines if line.kind is Kind.MONTH and at not in headings}
    for at, line in lines:
        if line.kind is Kind.MONTH:
            heading = line.year if at in headings else heading
        elif line.kind is not Kind.PUBLISHED and line.day and at in known and _can_be(line, known[at]):
            is_below = heading is not None and line.year in (None, heading)
            is_of_title = line.year is not None and line.year in titled
            found[at] = Stop(
                year=line.year or heading,
                month=known[at],
                day=line.day,
                is_below_year=is_below,
                is_of_title=is_of_title,
            )
            heading = None
    return found


def _can_be(line: DateLine, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= (line.day or 0) <= calendar.monthrange(line.year or 2020, month)[1]


def strays(days: Sequence[Stop]) -> frozenset[int]:
    """The places of the days that break the run: the weightiest run is the one that holds."""
    if any(not any(step.is_back or step.is_far for step in _steps(days, way)) for way in (1, -1)):
        return frozenset()
    forth, back = _run(days, 1), _run(days, -1)
    return frozenset(range(len(days))).difference((back if back[0] > forth[0] else forth)[1])


def set_in(days: Sequence[Stop]) -> frozenset[int]:
    """The places of days with their years between days without, which go on below them as if they were not there.

    10月12日, 2021年8月15日, 10月22日: what somebody remembers, or a plan; no year has gone by.
    """
    found: set[int] = set()
    open_at = [at for at, day in enumerate(days) if day.year is None]
    for above, below in pairwise(open_at):
        a, c = days[above], days[below]
        within = range(above + 1, below)
        is_on = a.within <= c.within and c.month - a.month < _NEAR
        if is_on and 0 < len(within) <= _MOST_SET_IN:
            found |= {at for at in within if all(abs(days[at].month - one.month) >= _NEAR for one in (a, c))}
    return frozenset(found)


def is_over(last: Stop, day: Stop) -> bool:
    """Whether a day without a year lies in the next one rather than before the one above it."""
    return last.month - day.month >= _WRAP


def turns(days: Sequence[Stop | None], apart: Collection[int]) -> tuple[list[int], frozenset[int], dict[int, int]]:
    """By how many years each day is later than the first one; where the run goes back; where it may leap, by a year.

    A text runs on, or back where most of its days come before the one above: diaries on the web begin with the newest.
    Of a day that is ``apart``, the nearest one is meant, and the run goes on as if it were not there.
    """
    way = -1 if _runs_back([day for at, day in enumerate(days) if day and at not in apart]) else 1
    found: list[int] = []
    gone_back: set[int] = set()
    leaps: dict[int, int] = {}
    turn, last, year = 0, None, None
    for at, day in enumerate(days):
        if day is None:
            found.append(turn)
        elif at in apart:
            found.append(turn + (_nearest(last, day) if last else 0))
        else:
            if last is not None:
                step = _step(last, day, year, way)
                gone_back |= {at} if step.is_back else set()
                if step.turn and day.year is None and abs(last.month - day.month) < _SURELY_OVER:
                    leaps[at] = step.turn
                turn += step.turn
                year = None if year is None else year + step.turn
            last, year = day, day.year or year
            found.append(turn)
    return found, frozenset(gone_back), leaps


def _nearest(last: Stop, day: Stop) -> int:
    apart = day.month - last.month
    return 1 if apart < -_WRAP else -1 if apart > _WRAP else 0


def _step(last: Stop, day: Stop, year: int | None, way: int) -> _Step:
    """From a day, the year of which may be known, to another one."""
    is_on = (day.within >= last.within) if way > 0 else (day.within <= last.within)
    if day.year and year:
        turn = day.year - year
        is_far = not day.is_below_year and abs(turn * 12 + day.month - last.month) >= _YEAR
        return _Step(turn=turn, is_back=way * turn < 0 or (turn == 0 and not is_on), is_far=is_far)
    if is_on:
        return _Step(turn=0, is_back=False, is_far=abs(day.month - last.month) >= _TURN)
    # A year that is written says that the run goes on, however near the days are, unless it is that of all of them.
    is_over = (day.year is not None and not day.is_of_title) or way * (last.month - day.month) >= _WRAP
    is_far = _YEAR - way * (last.month - day.month) > _TURN
    return _Step(turn=way if is_over else 0, is_back=not is_over, is_far=is_over and is_far)


def _run(days: Sequence[Stop], way: int) -> tuple[float, list[int]]:
    """The weightiest run that goes one way, and its weight."""
    best: list[_Best] = []
    # A chronicle of many years has nothing but steps that are long.
    steps = list(_steps(days, way))
    is_far = 2 * sum(step.is_far for step in steps) > len(steps) > 1
    is_even = is_far and all(day.year for day in days) and not any(step.is_back for step in steps)
    for at, day in enumerate(days):
        found = _Best(weight=day.weight, before=None, year=day.year, first=at)
        for one in range(max(0, at - _REACH), at):
            last = best[one]
            step = _step(days[one], day, last.year, way)
            weight = last.weight + day.weight - _FAR * (step.is_far and not is_even)
            weight -= step.is_back * (_NEXT_WRITER if _begins_over(days[last.first], day, way) else _BEGUN_AGAIN)
            if weight > found.weight:
                year = day.year or (None if last.year is None else last.year + step.turn)
                found = _Best(weight=weight, before=one, year=year, first=last.first)
        best.append(found)
    # Of two that weigh the same, the days come back to the later one.
    end = max(range(len(days)), key=lambda at: (best[at].weight, at if best[at].before is not None else -at))
    chain = [end]
    while (before := best[chain[-1]].before) is not None:
        chain.append(before)
    return best[end].weight, chain


def _begins_over(first: Stop, day: Stop, way: int) -> bool:
    """Whether a day below a line of its own is as early as the first one of a run, and near it."""
    is_early = day.within <= first.within if way > 0 else day.within >= first.within
    # Whoever writes no years signs a letter with one.
    is_same = not day.is_of_title if first.year is None else day.year in (None, first.year)
    return day.is_headed and is_early and is_same and abs(day.month - first.month) <= _NEAR


def _runs_back(days: Sequence[Stop]) -> bool:
    forth, back = (sum(one.is_back + one.is_far for one in _steps(days, way)) for way in (1, -1))
    return back < forth


def _steps(days: Sequence[Stop], way: int) -> Iterator[_Step]:
    year = None
    for last, day in pairwise(days):
        year = last.year or year
        step = _step(last, day, year, way)
        year = None if year is None else year + step.turn
        yield step
