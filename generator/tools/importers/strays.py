"""The lines that name a day and begin no entry, as the whole file tells: plans, rosters, memories, slips."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile
from operator import itemgetter
from typing import Final

from generator.render.documents.blocks import Heading, Listing
from generator.tools.importers import runs
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_words import folded
from generator.tools.importers.labels import label_form
from generator.tools.importers.layout import Marks
from generator.tools.importers.lines import words
from generator.tools.importers.manuscript import Piece
from generator.tools.importers.milestones import milestones, phases
from generator.tools.importers.shapes import is_divider, is_title

_RECOMMENDED: Final = re.compile(
    r"\W*(?:往期|相关|更多|精彩|热门|延伸|推荐|猜你|上期)[㐀-鿿]{0,4}(?:推荐|回顾|阅读|文章|喜欢|链接|精彩)\W*"
)
"""What stands above the titles of other articles."""

_LONGEST_LIST: Final = 40
"""Days."""
_LONGEST_NAME: Final = 8
"""Characters."""
_BARE: Final = 0.3
_TEXT: Final = 1.2
"""What a day and its text weigh in a run; the year, and a weekday or the weather, weigh as much as 1 each."""
_BEHIND_DAY: Final = re.compile(r"^.{0,20}?\d\s*[日号]?\s*(?:[上下]午|中午|傍晚|晚上?|早上?)?\s*[,;]")
_BRIEF: Final = re.compile(r"[^,;:!?…。]{1,30}[!?…()]*")
_LONGEST_DAY: Final = 12
"""Characters."""
_ANNOUNCED: Final = re.compile(r":$|(?:计划|安排|打算|预告|日程|任务)$|^(?:明|后|大后)天\s*:")
_PLAN: Final = re.compile(r"计划|安排|打算|预告|日程|任务|^(?:明|后|大后)天\s*:")


def asides(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The lines that only mention a year or a month within a text: they say nothing of the days below them."""
    first = min(sure, default=len(marks.pieces))
    return frozenset(
        at
        for at, line in marks.lines.items()
        if line.kind is Kind.MONTH
        and at > first
        and not line.end_day
        and (line.month or at + 1 not in sure)
        and not isinstance(marks.pieces[at].block, Heading)
        and not is_divider(marks.pieces[at])
    )


def strays_of(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """Those of the days with which entries seem to begin that break the run, or stand within something else."""
    if not (days := sorted(sure)):
        return frozenset()
    found = {*_held(marks, days), *_below_others(marks, days), *milestones(marks, days), *phases(marks, days)}
    found |= {*_announced(marks, [at for at in days if at not in found])}
    found |= {*_rosters(marks, [at for at in days if at not in found])}
    found |= {*_against_the_run(marks, [at for at in days if at not in found])}
    found |= {*_set_in(marks, [at for at in days if at not in found])}
    found |= {*_far_amounts(marks, [at for at in days if at not in found])}
    return frozenset(found)


def _held(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The days in lists and quotations below a day that stands free, and the points of a plan there."""
    inner = {at for at in days if _is_held(marks, at)}
    free = min((at for at in days if at not in inner), default=None)
    yield from (at for at in inner if free is not None and at > free)


def _is_held(marks: Marks, at: int) -> bool:
    line, held = marks.lines[at], marks.pieces[at].held
    # The points of a plan have days without years.
    is_point = not line.year and (line.is_numbered or isinstance(held, Listing))
    return is_point or (held is not None and not isinstance(held, Listing))


def _below_others(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The days in titles of other articles, which stand below this one."""
    at = next((at for at, one in enumerate(marks.pieces) if _RECOMMENDED.fullmatch(words(one.block))), None)
    if at is not None and days and at > days[0]:
        yield from (one for one in days if one > at)


def _form(line: DateLine) -> tuple[bool, bool]:
    """What a day is written with: its year, and something else that a day has."""
    return bool(line.year), line.is_backed


def _has_text(marks: Marks, at: int, end: int) -> bool:
    pieces = marks.pieces[marks.end(at) : end]
    return marks.lines[at].kind is Kind.RUN_IN or any(words(one.block) or _is_other(one.block) for one in pieces)


def _is_other(block: object) -> bool:
    """Whether a block is none of words alone: a picture, a table, a list."""
    return not words(block) and bool(getattr(block, "inlines", True))  # type: ignore[arg-type]


def has_texts(marks: Marks, days: Sequence[int]) -> dict[int, bool]:
    """Of each day, whether a text stands below it."""
    ends = [*days[1:], len(marks.pieces)]
    return {at: _has_text(marks, at, end) for at, end in zip(days, ends, strict=True)}


def _rosters(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The lines without texts that say less than those with texts do: a plan, a roster, the day under a notice."""
    has_text = has_texts(marks, days)
    forms = Counter(_form(marks.lines[at]) for at in days if has_text[at])
    usual, times = forms.most_common(1)[0] if forms else ((False, False), 0)
    if times < 2 or not any(usual):
        return
    lesser = {at for at in days if _is_lesser(marks, at, usual)}
    found: list[int] = []
    for is_lesser, group in groupby(days, key=lesser.__contains__):
        together = list(group)
        if not is_lesser:
            continue
        without = [at for at in together if not has_text[at]]
        if 2 * len(without) <= len(together):
            # Somebody writes days this way, too.
            return
        first = marks.lines[together[0]]
        if len(together) > 1 or together[-1] == days[-1] or first.is_bare or first.is_doubtful:
            found += together
    yield from found


def _is_lesser(marks: Marks, at: int, usual: tuple[bool, bool]) -> bool:
    own = _form(marks.lines[at])
    return (
        marks.pieces[at].day is None and own != usual and not any(a and not b for a, b in zip(own, usual, strict=True))
    )


def _against_the_run(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The days that are not in the weightiest run."""
    has_text = has_texts(marks, days)
    known = {
        at: replace(
            stop,
            weight=_weight(marks.lines[at], has_text=has_text[at]),
            is_headed=_is_headed(marks, at),
        )
        for at, stop in _stops(marks, days).items()
    }
    places = list(known)
    yield from (places[one] for one in runs.strays(list(known.values())))


def _set_in(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The days with years of their own, around which the run goes on as if they were not there."""
    known = _stops(marks, days)
    places = list(known)
    stops = [replace(stop, year=marks.lines[at].year) for at, stop in known.items()]
    yield from (places[one] for one in runs.set_in(stops))


def _weight(line: DateLine, *, has_text: bool) -> float:
    """What a day weighs in a run. Numerals alone may be anything, whatever stands below them: 3.15 晚会."""
    said = sum(_form(line))
    return _BARE + said + _TEXT * (has_text and not (line.is_doubtful and not said))


def _far_amounts(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The numbers with a measure that are months away from the day above: 7.5 个组长 below 3.6."""
    known = _stops(marks, days)
    last: runs.Stop | None = None
    for at, stop in known.items():
        if marks.lines[at].is_measured and last and (stop.month - last.month) % 12 not in (0, 1, 11):
            yield at
        else:
            last = stop


def _is_headed(marks: Marks, at: int) -> bool:
    """Whether a line that can be a title, or a name with a colon, stands above a day."""
    if at == 0 or at - 1 in marks.lines:
        return False
    above = marks.pieces[at - 1]
    text = words(above.block)
    return bool(text) and (is_title(above) or (len(text) <= _LONGEST_NAME and folded(text).endswith(":")))


def _stops(marks: Marks, days: Collection[int]) -> dict[int, runs.Stop]:
    lines = [(at, line) for at, line in sorted(marks.lines.items()) if at in days or line.kind is Kind.MONTH]
    return runs.stops(lines)


def _announced(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The days of what a line above them announces, up to the day with which the text comes back: 下一步计划：."""
    known = _stops(marks, days)
    has_text = has_texts(marks, days)
    for number, (above, at) in enumerate(pairwise(days), 1):
        said = folded(words(marks.pieces[at - 1].block))
        if at == marks.end(above) or not _ANNOUNCED.search(said) or not {above, at} <= known.keys():
            continue
        listed = [one for one in days[number : number + _LONGEST_LIST] if one in known]
        comes_back = [n for n, one in enumerate(listed) if _is_between(known, above, at, one)]
        if comes_back and not runs.is_over(known[listed[comes_back[0] - 1]], known[listed[comes_back[0]]]):
            yield from listed[: comes_back[0]]
        elif said.endswith(":") and not has_text[at]:
            # 待办：, 值班：: what each of them is about stands in its line.
            plain = [*takewhile(lambda one: not has_text[one], listed)]
            last = listed[len(plain) : len(plain) + 1]
            yield from plain
            # Below the last of them, the text may go on.
            yield from (one for one in last if marks.lines[one].title and not marks.lines[above].title)
        elif _PLAN.search(said):
            end = _section_end(marks, at - 1)
            yield from (one for one in listed if one < end)
            # What was planned stands again where it is told.
            said_at = [known[one].within for one in listed]
            yield from (one for n, one in enumerate(listed) if said_at[n] in said_at[n + 1 :])
            usual = _form(marks.lines[above])
            points = (_is_lesser(marks, one, usual) or not has_text[one] for one in listed)
            yield from (one for one, _ in takewhile(itemgetter(1), zip(listed, points, strict=True)))


def _section_end(marks: Marks, at: int) -> int:
    """Where the part of a text ends that a numbered line begins, by the next number of its kind; there if it has none.

    下周计划 may be 二、, and 三、 no plan any more.
    """
    form = label_form(words(marks.pieces[at].block))
    below = range(at + 1, len(marks.pieces))
    return next((one for one in below if form and label_form(words(marks.pieces[one].block)) == form), at)


def _is_between(known: Mapping[int, runs.Stop], above: int, first: int, at: int) -> bool:
    is_same = known[at].year in (None, known[above].year) or known[above].year is None
    return is_same and known[above].within <= known[at].within < known[first].within


def among_sentences(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The points of lists whose other points only begin with days: with none of them, or with all, entries begin."""
    lists = {id(marks.pieces[at].held) for at, line in marks.lines.items() if line.kind is Kind.OFFER}
    held = frozenset(at for at in sure if marks.pieces[at].held and id(marks.pieces[at].held) in lists)
    return held if len(held) == len(sure) else frozenset()


def fitting(marks: Marks, sure: Collection[int], repeated: Collection[int]) -> frozenset[int]:
    """The sentences that begin with a day, where they carry on the run of the sure days, and are as many as those."""
    found = frozenset(
        at
        for at, line in marks.lines.items()
        if line.kind is Kind.OFFER and line.day and at not in repeated and _BEHIND_DAY.search(folded(line.written))
    )
    is_in_line = any(marks.lines[at].kind is Kind.RUN_IN for at in sure)
    # One sentence below a day on a line of its own is text.
    least = max(len(sure), 1 if is_in_line else 2)
    if not sure or len(found) < least:
        return frozenset()
    fits = found - _breaking(marks, sure, found)
    return fits if len(fits) >= least else frozenset()


def told_below(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The lines below one that says the same day, or days around it: they are of its text."""
    order = sorted(sure)
    return frozenset(
        at
        for at, line in marks.lines.items()
        if line.kind is Kind.OFFER and line.day and not line.is_whole
        if (above := bisect(order, at)) and marks.lines[order[above - 1]].holds(line)
    )


def with_weather(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The sentences that begin with a day of the run and its weather: 12月2日，下雪，去看了."""
    found = frozenset(at for at, line in marks.lines.items() if line.kind is Kind.OFFER and line.day and line.weather)
    return found - _breaking(marks, sure, found) if sure and found else frozenset()


def brief(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The lines above texts that begin with a day of the run and are titles by their shape: 3月5日召开党员会.

    Before the first sure day, a sentence is no part of another day's text, so whatever its shape it is one of these.
    """
    first = min(sure, default=0)
    found = frozenset(
        at
        for at, line in marks.lines.items()
        if line.kind is Kind.OFFER and line.day and (at < first or _is_brief(marks.pieces[at], line))
    )
    if not (sure and found):
        return frozenset()
    has_text = has_texts(marks, sorted({*sure, *found}))
    return frozenset(at for at in found - _breaking(marks, sure, found) if has_text[at])


def _is_brief(piece: Piece, line: DateLine) -> bool:
    """Whether a line is a title by its shape, or hardly more than a day: 3月7日？."""
    text = folded(line.written)
    is_day = len(text) <= _LONGEST_DAY and not line.is_numbered
    return _BRIEF.fullmatch(text) is not None and (is_title(piece) or is_day)


def between(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The sentences that begin with a day between those of the entries around them: 8月6日水利站来人, below 8月5日."""
    found = {at for at, line in marks.lines.items() if line.kind is Kind.OFFER and line.day}
    known = _stops(marks, {*sure, *found})
    order = [at for at in known if at in sure]
    places = {at: bisect(order, at) for at in found & known.keys()}
    around = {at: (known[order[n - 1]], known[order[n]]) for at, n in places.items() if 0 < n < len(order)}
    return frozenset(
        at
        for at, (above, below) in around.items()
        if above.within < known[at].within < below.within or above.within > known[at].within > below.within
    )


def of_other_years(marks: Marks, sure: Collection[int], strays: Collection[int]) -> Iterator[int]:
    """Those of the strays that say another year than the lines above, which goes on where an entry begins with them."""
    year: int | None = None
    for at in sorted(sure):
        own = marks.lines[at].year
        if at in strays and own and own != year:
            yield at
        year = own or year


def amounts(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The numbers with a measure that break the run of the sure days: 6.5 个月."""
    found = {at for at, line in marks.lines.items() if line.is_measured and at not in sure}
    return _breaking(marks, sure, found) if sure else frozenset()


def _breaking(marks: Marks, sure: Collection[int], found: Collection[int]) -> frozenset[int]:
    """Those of the lines found that are no days, or break the run of the sure ones."""
    together = _stops(marks, {*sure, *found})
    apart = runs.strays(list(together.values()))
    return frozenset(found) - {at for number, at in enumerate(together) if number not in apart}
