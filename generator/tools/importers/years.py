"""The year of each day of a file: from its line, from one above it, from headings and names, or from the moon."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Self

from generator.ground.dates import Day
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_words import folded
from generator.tools.importers.lunar import FIRST_YEAR, lunar_day
from generator.tools.importers.named_years import named_years, school_year, spanned_year
from generator.tools.importers.runs import months, stops, turns, year_headings

_SEPTEMBER: Final = 9
_OLDEST: Final = 1990
_SOON: Final = 7
"""Days behind that of publication that are of its year: the file of a week bears its first day."""
_LATER: Final = 92
"""Days behind it as far as which its year may be meant, or the one before."""
_SOON_AFTER: Final = 3
"""Months."""
_YEARLY: Final = 365
_HALF: Final = 182
"""Days."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EARLIER: Final = say("the year of an earlier day")
Lines = Sequence[tuple[int, DateLine]]
_Said = tuple[int, Message]
"""The year of the first entry, and what says it."""


@frozen(kw_only=True)
class Hints:
    """What is known of the year apart from the lines themselves."""

    chosen: int | None
    """What a person said."""
    published: str
    """ISO 8601; empty if unknown."""
    titles: tuple[tuple[Message, str], ...]
    """What the text itself is called, and what calls it so; a year in it has to agree with the days."""
    names: tuple[tuple[Message, str], ...]
    """What its file and folder are called; a year in these only counts where the text says none."""
    newest: int
    """The last year that can be meant. It only bounds what is offered."""
    unseen: str = ""
    """A title that stands in the properties of a file only: whoever begins with last year's file leaves it there."""
    earlier: tuple[tuple[int, int], ...] = ()
    """The years that an earlier import gave to days of the same file, by their pieces."""

    @property
    def mentioned(self) -> tuple[int, ...]:
        """All that may be years in what the text and its file are called; none of them is yet to come."""
        names = (*(name for _, name in (*self.titles, *self.names)), self.unseen)
        named = (int(year) for name in names for year in _YEAR.findall(folded(name)))
        return tuple(dict.fromkeys(year for year in named if _OLDEST <= year <= self.newest))

    @property
    def is_of_school(self) -> bool:
        """Whether a name says a school year, in the middle of which the year turns."""
        return any(school_year(name, _SEPTEMBER) for _, name in (*self.titles, *self.names))


@frozen(kw_only=True)
class Run:
    """The entries of a file in the order of the text."""

    entries: Lines
    months: Mapping[int, int]
    turns: Sequence[int]
    """By how many years each is later than the first one."""
    apart: Collection[int]
    """Those that break the order, by their pieces."""
    gone_back: frozenset[int]
    """Those that come before the one above them, where the days go on from there."""
    leaps: Mapping[int, int]
    """Those that lie so many years behind the one above them, or before it in the same one."""

    @classmethod
    def of(cls, lines: Lines, entries: Lines, apart: Collection[int]) -> Self:
        """``entries`` are those of the lines with which an entry may begin."""
        days = stops(lines)
        found, gone_back, leaping = turns(
            [days.get(at) for at, _ in entries], {n for n, (at, _) in enumerate(entries) if at in apart}
        )
        back = frozenset(entries[one][0] for one in gone_back)
        leaps = {entries[one][0]: years for one, years in leaping.items()}
        return cls(entries=entries, months=months(lines), turns=found, apart=apart, gone_back=back, leaps=leaps)


@frozen(kw_only=True)
class Years:
    """The years by the positions of entries."""

    found: Mapping[int, int]
    evidence: Mapping[int, Message]
    rivals: Mapping[int, tuple[int, ...]]
    """Where what says the year contradicts itself, all that the first entry can be of."""
    slips: Mapping[int, int]
    """Of lines with a year against which a person decided, the one that the days around them have."""


def years_of(lines: Lines, run: Run, hints: Hints, asked: Collection[int] = frozenset()) -> Years:
    """The year of each entry whose line says none; what contradicts itself is asked, and never decided.

    What a person said holds for the entries ``asked`` about, by their pieces, and where the text says no year.
    """
    anchors = dict(_anchors(lines, run, hints))
    titles, published = tuple(_titles(lines, run, hints)), _published_years(lines, run, hints)
    others = [year for year, _ in published]
    rivals = _rivals(run, titles, anchors, others, is_of_school=hints.is_of_school) if titles else ()
    is_general = hints.chosen or len(anchors) < len(run.entries)
    general = _general(run, hints, titles, published) if is_general else None
    first = anchors[min(anchors)] if anchors else None
    later = titles[0][0] - first[0] if titles and first and not hints.chosen else 0
    if first and (general is None or (later > 0 and later in run.turns)):
        # The year of a title may be that of the days behind the turn of one.
        general = first
    if general in published:
        # Nothing but the day of publication says the year, and where that is near the turn of one, it says two.
        rivals = tuple(year for year, _ in published) if len(published) > 1 else ()
    slips: dict[int, int] = {}
    if rivals and hints.chosen and general:
        wrong = (at for at, one in anchors.items() if one[0] != hints.chosen and _goes_on(run, at))
        slips = {at: general[0] + run.turns[at] for at in wrong}
        anchors = {at: one for at, one in anchors.items() if at not in slips}
    if rivals and not anchors and not hints.chosen and len(proved := _proved_by_weekdays(rivals, run)) == 1:
        general, rivals = (proved[0], say("the weekdays say the year")), ()
    years: dict[int, int] = {}
    evidence: dict[int, Message] = {}
    said = general
    for position, (at, _) in enumerate(run.entries):
        said = anchors.get(position, said)
        if one := general if at in asked else said:
            is_later = position < min(anchors, default=0) and one[1] == _EARLIER
            years[position] = one[0] + run.turns[position]
            evidence[position] = say("the year of a later day") if is_later else one[1]
    is_open = rivals and not hints.chosen
    doubtful = range(min(filter(None, anchors), default=len(run.entries))) if is_open else ()
    return Years(found=years, evidence=evidence, rivals=dict.fromkeys(doubtful, rivals), slips=slips)


def _goes_on(run: Run, position: int) -> bool:
    """Whether an entry is in the month of the one above it, or in one next to that; another year is a slip there."""
    above, own = (run.months.get(run.entries[at][0]) for at in (position - 1, position))
    return position > 0 and above is not None and own is not None and (own - above) % 12 in (0, 1, 11)


def _rivals(
    run: Run, titles: Sequence[_Said], anchors: Mapping[int, _Said], published: Collection[int], *, is_of_school: bool
) -> tuple[int, ...]:
    """The years of the first entry, where a title says another one than the rest, or most days lie in none of it."""
    titled = tuple(dict.fromkeys(year for year, _ in titles))
    if len(titled) > 1 and not anchors:
        # Whoever begins with last year's file leaves its title in the properties of the new one.
        return titled
    title = titled[0]
    turned = Counter(turn for turn, (at, _) in zip(run.turns, run.entries, strict=True) if at not in run.apart)
    contrary = [anchors[min(anchors)][0]] if anchors else []
    contrary += [year for year in published if title not in published]
    contrary = [year for year in contrary if title - year not in turned]
    if contrary and not {title} & {year for year, _ in anchors.values()}:
        return tuple(dict.fromkeys((title, *contrary)))
    later = title - anchors[min(anchors)][0] if anchors else 0
    if later and turned[later] and 2 * turned[later] <= turned.total() and not is_of_school:
        # By the day that says the year, most days lie in the one before that of the title.
        return title, title - later
    if anchors or not turned or 2 * turned[0] > turned.total() or is_of_school:
        # Most days of a school year lie in its second half.
        return ()
    most = max(turned.values())
    return tuple(dict.fromkeys((title, *(title - turn for turn, times in turned.items() if times == most))))


def _proved_by_weekdays(rivals: Sequence[int], run: Run) -> Sequence[int]:
    """Those of several years that the weekdays allow; all of them where no line says any."""
    if all(line.year or line.weekday is None for _, line in run.entries):
        return rivals
    return _fitting(rivals, run)


def _anchors(lines: Lines, run: Run, hints: Hints) -> Iterator[tuple[int, _Said]]:
    """The positions from which a year is said, as the year of the first entry."""
    places = {at: position for position, (at, _) in enumerate(run.entries)}
    heading: DateLine | None = None
    headings, earlier = year_headings(lines), dict(hints.earlier)
    for at, line in lines:
        if line.kind is Kind.MONTH:
            heading = line if at in headings else heading
        elif at in places and at not in run.apart:
            position = places[at]
            if line.year:
                yield position, (line.year - run.turns[position], _EARLIER)
            elif heading and heading.year and heading.year <= hints.newest and _is_near(heading, run.months.get(at)):
                year = say("the heading “{line}”", line=heading.written.strip()[:40])
                yield position, (heading.year - run.turns[position], year)
            elif at in earlier:
                yield position, (earlier[at] - run.turns[position], say("an earlier import"))
            else:
                continue
            heading = None


def _is_near(heading: DateLine, month: int | None) -> bool:
    """Whether a month is that of a heading, if it has one, or one soon after: a preface was signed in any other."""
    return heading.month is None or month is None or (month - heading.month) % 12 < _SOON_AFTER


def _titles(lines: Lines, run: Run, hints: Hints) -> Iterator[_Said]:
    """The years that the title of the whole says."""
    headings = year_headings(lines)
    for at, line in lines:
        if line.kind is Kind.MONTH and line.year and at not in headings and line.year <= hints.newest:
            yield line.year, say("the heading “{line}”", line=line.written.strip()[:40])
    yield from _named(hints.titles, run, hints)


def _named(names: Sequence[tuple[Message, str]], run: Run, hints: Hints) -> Iterator[_Said]:
    first = next((run.months[at] for at, _ in run.entries if at in run.months and at not in run.apart), None)
    for what, name in names:
        found = named_years(name)
        told = (school_year(name, first) or spanned_year(name, first, is_turned=max(run.turns) == 1)) if first else None
        year = told or (max(found) if len(found) == 1 else None)
        if year and year <= hints.newest:
            yield year, say("{what}: {name}", what=what, name=name[:60])


def _general(run: Run, hints: Hints, titles: Sequence[_Said], published: Sequence[_Said]) -> _Said | None:
    """The year of the first entry, from what is said about the whole."""
    if hints.chosen:
        return hints.chosen, _chosen(hints.chosen, run, titles, published)
    if titles:
        return titles[0]
    if any(line.year for at, line in run.entries if at not in run.apart):
        return next(_named(hints.names, run, hints), None)
    if proved := _proved(run, hints):
        return proved, say("the lunar day proves the year")
    return next(iter(published), None) or next(_named(hints.names, run, hints), None)


def _chosen(chosen: int, run: Run, titles: Sequence[_Said], published: Sequence[_Said]) -> Message:
    """That a person said the year; and what in the file says another one."""
    others = {year - turn: what for year, what in titles for turn in run.turns} or dict(published)
    if not others or chosen in others:
        return say("you said the year")
    return say("you said the year, against what the file says: {evidence}", evidence=next(iter(others.values())))


def _published_years(lines: Lines, run: Run, hints: Hints) -> tuple[_Said, ...]:
    """The year of the first entry, of which the last one hardly came after all was published; both where that is near.

    A day of publication is set before the last day is written as well: above the file of a week stands its first day.
    """
    begun = [at for at, _ in run.entries if at not in run.apart]
    # Between two days, it is that of something else: what somebody quoted.
    around = (line for at, line in lines if not begun or not begun[0] < at < begun[-1])
    published = next((line for line in around if line.kind is Kind.PUBLISHED), None)
    day = _published(published, hints)
    last = [
        (run.turns[at], run.months[place], line.day)
        for at, (place, line) in enumerate(run.entries)
        if 1 <= run.months.get(place, 0) <= 12 and line.day and place not in run.apart
    ]
    if day is None or not last:
        return ()
    turn, month, number = max(last)
    behind = (Day(day.year, month, min(number, calendar.monthrange(day.year, month)[1])) - day).days
    if published and published.is_changed and abs((behind + _HALF) % _YEARLY - _HALF) > _SOON:
        # A text may be changed years after, at the same time of the year, too.
        return tuple((year - turn, say("changed on {day}", day=day.isoformat())) for year in (day.year, day.year - 1))
    years = [day.year - 1] if behind > _LATER else [day.year, day.year - 1] if behind > _SOON else [day.year]
    return tuple((year - turn, say("published on {day}", day=day.isoformat())) for year in years)


def _published(line: DateLine | None, hints: Hints) -> Day | None:
    try:
        if line and line.year and line.month and line.day:
            return Day(line.year, line.month, line.day)
        return Day.fromisoformat(hints.published[:10]) if hints.published else None
    except ValueError:
        return None


def _fits(line: DateLine, year: int, month: int | None) -> bool:
    """Whether weekday, lunar day and hidden digits allow a year."""
    day = day_of(year, month, line.day)
    if day is None:
        return False
    if not is_weekday(line, day, day_of(year, line.end_month or month, line.end_day)):
        return False
    if line.lunar is not None and not is_lunar(day, line.lunar):
        return False
    return not line.mask or bool(re.fullmatch(re.sub("[xX×*]", r"\\d", line.mask), str(year)))


def is_lunar(day: Day, lunar: tuple[int, int]) -> bool:
    """Whether a day is that of the lunar calendar."""
    if lunar[1] == 0:
        return lunar_day(day + datetime.timedelta(1)) == (1, 1)
    found = lunar_day(day)
    return found is not None and found[1] == lunar[1] and lunar[0] in (0, found[0])


def is_weekday(line: DateLine, first: Day, last: Day | None) -> bool:
    """Whether the weekday, if there is one, is that of a day; of several, the first and the last one may be meant."""
    return line.weekday in (None, first.weekday(), last.weekday() if last else None)


def allowed_years(run: Run, hints: Hints) -> list[int]:
    """The years of the first entry that nothing contradicts, the newest first."""
    return _fitting(range(hints.newest, _OLDEST - 1, -1), run)


def _fitting(years: Iterable[int], run: Run) -> list[int]:
    """Those of the years of the first entry that nothing contradicts; none where every line says its own."""
    open_ones = [
        (line, turn, run.months.get(at))
        for (at, line), turn in zip(run.entries, run.turns, strict=True)
        if not line.year and line.day and at not in run.apart
    ]
    return [
        year for year in years if open_ones and all(_fits(line, year + turn, month) for line, turn, month in open_ones)
    ]


def _proved(run: Run, hints: Hints) -> int | None:
    """The one year that lunar days allow."""
    if not any(line.lunar and not line.year for _, line in run.entries):
        return None
    allowed = [year for year in allowed_years(run, hints) if year >= max(FIRST_YEAR, hints.newest - 25)]
    return allowed[0] if len(allowed) == 1 else _latest(allowed)


def _latest(allowed: Sequence[int]) -> int | None:
    """The later of two years nineteen apart: the moon comes back to the same days so late that diaries differ."""
    return allowed[0] if len(allowed) == 2 and allowed[0] - allowed[1] == 19 else None


def day_of(year: int | None, month: int | None, day: int | None) -> Day | None:
    """The day of these numbers; None where there is none."""
    try:
        return None if year is None or month is None or day is None else Day(year, month, day)
    except ValueError:
        return None
