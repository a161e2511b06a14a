"""The lines of a manuscript that say something of a day, read one by one and then as the whole file tells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.render.documents.blocks import Heading
from generator.tools.importers.chats import sent
from generator.tools.importers.date_facts import DateLine, Kind, extension, place_in
from generator.tools.importers.date_lines import month_behind, read
from generator.tools.importers.date_words import DATE_NAME, FIELD, WEATHER, folded, number
from generator.tools.importers.issued import issued, posted, sourced
from generator.tools.importers.layout import TOLD, Marks
from generator.tools.importers.lines import words
from generator.tools.importers.lone_days import DAY_ALONE, lone_day, names_time
from generator.tools.importers.manuscript import Piece
from generator.tools.importers.persons import are_names
from generator.tools.importers.runs import is_remembered
from generator.tools.importers.shapes import is_caption

_SENTENCE: Final = re.compile(r"[^,]{0,20}\d\s*[日号],[^,]+,[^,]|[^,]{0,20}\d\s*[日号],.*。")
_CLOCK: Final = re.compile(r"[\d日号]\s+\d{1,2}:\d\d")
_LABELLED: Final = re.compile(rf"\W*{DATE_NAME}\s*:")
_FIELD: Final = re.compile(rf"(?!作者|Author|By|来源)(?:{FIELD.pattern})", re.IGNORECASE)
_DAY: Final = re.compile("[1-9]|[12][0-9]|3[01]")
_NUMBERS: Final = "一二三四五六"
_PART: Final = re.compile("(?<=[日号])\\s*[(（]([一二三四五六日天])[)）]")
_MOST_LINES: Final = 4
"""Of a day: the weekday, the weather and the place may have lines of their own."""


def marks_of(pieces: Sequence[Piece], chosen: Collection[int]) -> Marks:
    """The lines that say something of a day, with what a few lines below a day add to it."""
    lines: dict[int, DateLine] = {}
    ends: dict[int, int] = {}
    upto = 0
    for at, piece in enumerate(pieces):
        text = words(piece.block)
        if piece.day is not None:
            # A table says in fields of their own what stands below other days.
            lines[at], ends[at] = piece.day, at + 1
        if at < upto or not _is_free(piece, text):
            continue
        line = _line(text, *map(_words, pieces[at + 1 : at + 2]))
        if line is None:
            continue
        upto = at + 1
        is_head = line.kind is Kind.ENTRY or (line.kind is Kind.ASK and not line.is_doubtful)
        while (
            is_head
            and upto < min(len(pieces), at + _MOST_LINES)
            and upto not in chosen
            and (more := extension(words(pieces[upto].block), is_among=upto > at + 1))
        ):
            line = _merged(line, more)
            upto += 1
        lines[at], ends[at] = line, upto
    for at, below, above in _weekdays_above(lines, ends):
        lines[at], ends[at] = _merged(lines.pop(below), above), ends[below]
    for at, below in _said_again(pieces, lines, ends).items():
        again = lines.pop(below)
        if again.kind is Kind.ENTRY and not again.is_measured:
            # The title may stand above the day as well: 3月28日封控记, and then 3月28日 晴.
            lines[at], ends[at] = _merged(lines[at], again), ends[below]
    for find in (_without_month, _lone, sent):
        found = find(pieces, lines, ends)
        lines = dict(sorted({**lines, **found}.items()))
        ends |= {at: at + 1 for at in found}
    lines |= _parts(lines)
    lines |= _periods(lines, ends, len(pieces))
    lines |= posted(pieces, lines)
    lines |= issued(lines, ends)
    lines |= _by_nobody(lines)
    lines |= _clocked(lines) | sourced(lines, len(pieces)) | _headings(pieces, lines)
    lines |= _sentences({at: (line, folded(words(pieces[at].block))) for at, line in lines.items()})
    lines |= _signed(lines)
    lines |= _numbered(lines, len(pieces))
    # What a table says of its days is sure.
    lines |= {at: day for at in lines if (day := pieces[at].day) is not None}
    return Marks(pieces=pieces, lines=lines, ends=ends)


def _weekdays_above(lines: Mapping[int, DateLine], ends: Mapping[int, int]) -> list[tuple[int, int, DateLine]]:
    """The lines with a weekday, and nothing that is a title, right above a day: 星期二 晴, 5月18日."""
    return [
        (at, below, above)
        for (at, line), below in zip(lines.items(), [*lines][1:], strict=False)
        if line.kind is Kind.ASK
        and line.weekday is not None
        and not (line.day or line.lunar)
        and below == ends[at]
        and lines[below].kind is Kind.ENTRY
        and lines[below].weekday in (None, line.weekday)
        and (above := extension(line.written))
    ]


def _without_month(
    pieces: Sequence[Piece], lines: Mapping[int, DateLine], ends: Mapping[int, int]
) -> dict[int, DateLine]:
    """The lines that leave their month to the one above: 3月5日 下地, and then 6日 看水."""
    found: dict[int, DateLine] = {}
    month: int | None = None
    heading: tuple[int, int] | None = None
    day, upto = 0, 0
    for at, piece in enumerate(pieces):
        upto = max(upto, ends.get(at, 0))
        line, text = lines.get(at), words(piece.block)
        if line is None and at >= upto and _is_free(piece, text) and (said := DAY_ALONE.match(folded(text))):
            first = number(said["day"])
            if heading and is_remembered(month, heading[0]) and first >= heading[1]:
                month, day = heading
            before = f"{month or 1}月{said['day']}{said['more'] or ''}日"
            known = read(before + text[said.end() :])
            if month and known and known.kind in (Kind.ENTRY, Kind.RUN_IN, Kind.OFFER) and first >= day:
                line = found[at] = replace(known, written=text[: said.end()] + known.written[len(before) :])
                if said["gap"]:
                    line = found[at] = replace(line, kind=Kind.OFFER, is_whole=True)
            elif known and known.kind is Kind.ENTRY:
                # It may be of the next month, or of none that is said.
                found[at] = DateLine(kind=Kind.OFFER, written=text, is_whole=True)
        if line and line.kind is Kind.MONTH and line.month:
            month, day = heading = line.month, 0
        elif line and line.day and (line.kind in (Kind.ENTRY, Kind.RUN_IN) or _has_clock(line)):
            month, day = line.end_month or line.month or month, line.end_day or line.day
            if heading and month == heading[0]:
                heading = month, day
    return found


def _words(piece: Piece) -> str:
    return words(piece.block)


def _line(text: str, below: str = "") -> DateLine | None:
    """What a line says of a day. In a form, a day with its hour is one: 时间：3月5日14:30, and 地点：村部 below it."""
    line = read(text)
    if line is None and DAY_ALONE.match(folded(below)):
        return month_behind(text)
    if line is None or line.kind is not Kind.PUBLISHED or not line.is_bare:
        return line
    is_of_form = _LABELLED.match(folded(text)) and _FIELD.match(folded(below))
    return replace(line, kind=Kind.ENTRY) if is_of_form else line


def _has_clock(line: DateLine) -> bool:
    """Whether a line says the hour as well: 5日 20:00."""
    return line.kind in (Kind.ENTRY, Kind.PUBLISHED) and _CLOCK.search(folded(line.written)) is not None


def _is_free(piece: Piece, text: str) -> bool:
    """Whether a piece can be read as a line about a day."""
    return bool(text) and piece.day is None and not (piece.is_within or piece.is_caption or is_caption(text))


def _lone(pieces: Sequence[Piece], lines: Mapping[int, DateLine], ends: Mapping[int, int]) -> dict[int, DateLine]:
    """The lines with a text below them that hold little else than a day, or a third of a month."""
    found: dict[int, DateLine] = {}
    has_days = any(line.day for line in lines.values())
    year: int | None = None
    upto = below = 0
    for at, piece in enumerate(pieces):
        text, line = words(piece.block), lines.get(at)
        year = line.year if line and line.year else year
        upto = max(upto, ends.get(at, 0))
        below = upto if line and line.day else below
        if (line is None and at < upto) or not _is_free(piece, text) or not _can_begin(pieces, lines, at):
            continue
        if line is None or line.kind is Kind.MONTH:
            lone = lone_day(text, year)
            named = names_time(text)
            # Right below a day it is a title.
            lone = lone or (named if line is None and has_days and at != (below or -1) else None)
            if lone and (lone.day or line is None):
                found[at] = lone
            elif line and (named or "旬" in text):
                found[at] = replace(line, kind=Kind.OFFER, is_whole=True)
    return found


def _can_begin(pieces: Sequence[Piece], lines: Mapping[int, DateLine], at: int) -> bool:
    """Whether a line has a text below it, or is a day with its title among others that have none."""
    below = lines.get(at + 1)
    if below is None and at + 1 < len(pieces):
        return bool(words(pieces[at + 1].block))
    above = lines.get(at - 1)
    is_among = above is not None and above.kind is Kind.ENTRY and above.title and (below is None or below.title)
    return bool(is_among) and " " in folded(words(pieces[at].block)).strip()


def _said_again(pieces: Sequence[Piece], lines: Mapping[int, DateLine], ends: Mapping[int, int]) -> dict[int, int]:
    """The days that the line right below says once more: what stands behind it there is the title or the text."""
    found: dict[int, int] = {}
    below_others: set[int] = set()
    for at, below, end in zip(lines, [*lines][1:], [*[*lines][2:], None], strict=False):
        line, again = lines[at], lines[below]
        is_bare = not line.title or (again.is_backed and not (again.title or again.rest or line.is_backed))
        is_open = line.kind is Kind.ENTRY and line.day is not None and is_bare and pieces[at].day is None
        is_same = (line.month, line.day, line.end_day) == (again.month, again.day, again.end_day)
        is_sure = again.kind in (Kind.ENTRY, Kind.RUN_IN) and again.year in (None, line.year)
        # 5.1 and 5.2 may number the parts of a text.
        is_part = again.is_doubtful and end is not None and lines[end].is_doubtful and lines[end].month == again.month
        if is_open and is_same and is_sure and not is_part and below == ends[at] and at not in below_others:
            found[at] = below
            below_others.add(below)
    return found


def _parts(lines: Mapping[int, DateLine]) -> dict[int, DateLine]:
    """The parts of one day, 3月5日（一） and 3月5日（二）, which look like weekdays: no day is two of them."""
    found = {at: said for at, line in lines.items() if line.day and (said := _PART.search(line.written))}
    days: dict[tuple[int | None, int | None], set[str]] = {}
    for at, said in found.items():
        days.setdefault((lines[at].month, lines[at].day), set()).add(said[1])
    are_counted = all(said == {*_NUMBERS[: len(said)]} for said in days.values())
    is_parted = are_counted and any(len(said) > 1 for said in days.values())
    return {
        at: replace(lines[at], weekday=None, title=" ".join(filter(None, (said[0], lines[at].title))))
        for at, said in found.items()
        if is_parted
    }


def _periods(lines: Mapping[int, DateLine], ends: Mapping[int, int], end: int) -> dict[int, DateLine]:
    """The lines that only say from which to which day those below them go: 第十周（3月7日—13日）."""
    found: dict[int, DateLine] = {}
    for (at, line), second in zip(lines.items(), [*[*lines.values()][2:], None, None], strict=False):
        first = lines.get(ends[at], line)
        is_period = line.end_day and first.day and line.kind is first.kind is Kind.ENTRY
        if not is_period or (later := _years_into(line, first)) is None:
            continue
        # One day with nothing below it may be a line of the text of all.
        are_several = second is not None and second.day and _years_into(line, second) is not None
        below = ends[ends[at]]
        if are_several or (not line.title and below < end and below not in lines):
            found[at] = replace(line, kind=Kind.MONTH, year=line.year + later if line.year else None, day=None)
    return found


def _years_into(line: DateLine, first: DateLine) -> int | None:
    """How many years behind the beginning of a period its first day lies; None where it lies in none of it."""
    begin, end = (line.month or 0, line.day or 0), (line.end_month or line.month or 0, line.end_day or 0)
    month = first.month or (begin[0] if (first.day or 0) >= begin[1] else end[0])
    day = month, first.day or 0
    if day == begin and first.end_day == line.end_day:
        return None
    if begin <= end:
        return 0 if begin <= day <= end else None
    return 0 if day >= begin else 1 if day <= end else None


def _headings(pieces: Sequence[Piece], lines: Mapping[int, DateLine]) -> dict[int, DateLine]:
    """The headings that are numbers below that of a month, among headings of the same rank that say days."""
    ranks = {_rank(pieces[at]) for at, line in lines.items() if line.kind is Kind.ENTRY} - {0}
    found: dict[int, DateLine] = {}
    month = 0
    for at, piece in enumerate(pieces):
        rank, line, text = _rank(piece), lines.get(at), folded(words(piece.block)).strip()
        if rank and line and line.kind is Kind.MONTH:
            month = rank if line.month else 0
        elif rank in ranks and 0 < month < rank and _DAY.fullmatch(text):
            found[at] = DateLine(kind=Kind.ENTRY, written=words(piece.block), day=int(text))
    return found


def _sentences(lines: Mapping[int, tuple[DateLine, str]]) -> dict[int, DateLine]:
    """The sentences that begin with a day and its weather, where most days stand otherwise: 12月2日，下雪，去看了."""
    weather = {
        at: line
        for at, (line, text) in lines.items()
        if (line.title or line.kind is Kind.RUN_IN)
        and line.kind in (Kind.ENTRY, Kind.RUN_IN)
        and line.weekday is None
        and line.weather
        and _SENTENCE.match(text)
    }
    others = [line for at, (line, _) in lines.items() if line.kind is Kind.ENTRY and at not in weather]
    others += [line for line, text in lines.values() if line.kind is Kind.OFFER and _SENTENCE.match(text)]
    if len(others) < len(weather):
        return {}
    return {at: replace(line, kind=Kind.OFFER) for at, line in weather.items()}


def _numbered(lines: Mapping[int, DateLine], end: int) -> dict[int, DateLine]:
    """The numbered lines with days, where each has a text below it and no other line is a day: 一、6月7日 走访."""
    found = [at for at, line in lines.items() if line.kind is Kind.OFFER and line.is_numbered and line.title]
    has_texts = all(below - at > 1 for at, below in itertools.pairwise([*found, end]))
    is_alone = all(line.kind in (*TOLD, Kind.OFFER) for line in lines.values())
    is_diary = len(found) > 1 and has_texts and is_alone
    return {at: replace(lines[at], kind=Kind.ENTRY, is_numbered=False) for at in found} if is_diary else {}


def _rank(piece: Piece) -> int:
    return piece.block.level if isinstance(piece.block, Heading) else 0


def _by_nobody(lines: Mapping[int, DateLine]) -> dict[int, DateLine]:
    """The days with a clock, or with words that may name a newspaper, that are days of the diary.

    They stand above everything, or among others with their year: 2022年3月6日 供销社.
    """
    days = [at for at, line in lines.items() if line.year and line.kind in (Kind.ENTRY, Kind.RUN_IN)]
    found = {at: line for at, line in lines.items() if line.kind is Kind.PUBLISHED}
    doubtful = [at for at, line in found.items() if line.is_doubtful]
    timed = [at for at, line in found.items() if line.is_bare]
    first = [at for at in found if at == 0 and 1 not in lines and (at in doubtful or timed == [0])]
    every = doubtful if days or len(doubtful) > 1 else first
    return {at: replace(found[at], kind=Kind.ENTRY, is_doubtful=False) for at in {*every, *first}}


def _clocked(lines: Mapping[int, DateLine]) -> dict[int, DateLine]:
    """The days of which only the clock stands behind: one above all days tells when the whole was published."""
    found = [at for at, line in lines.items() if line.kind is Kind.PUBLISHED and line.is_bare]
    if len(found) > 1 or (found and any(_has_clock(line) for line in lines.values() if line.kind is Kind.ENTRY)):
        return {at: replace(lines[at], kind=Kind.ENTRY) for at in found}
    is_within = any(line.kind in (Kind.ENTRY, Kind.RUN_IN) for at, line in lines.items() if at < max(found, default=0))
    return {at: replace(lines[at], kind=Kind.OFFER, is_whole=True) for at in found if is_within}


def _signed(lines: Mapping[int, DateLine]) -> dict[int, DateLine]:
    """The days with names of persons behind them as their authors, where these are no titles.

    They stand behind a weekday or the weather, or most days have such a name, and one comes back: who was visited
    every day is another.
    """
    lines = {at: _with_name_apart(line) for at, line in lines.items()}
    days = [line for line in lines.values() if line.kind is Kind.ENTRY]
    found = {at: line for at, line in lines.items() if line.kind is Kind.ENTRY and are_names(line.title)}
    is_usual = 2 * len(found) > len(days) and len({line.title for line in found.values()}) < len(found)
    return {
        at: replace(line, author=line.title, title="")
        for at, line in found.items()
        if not line.author and (is_usual or line.is_backed)
    }


def _with_name_apart(line: DateLine) -> DateLine:
    """The line with a name before the weather, or next to a place, as its title: 王建国 晴; 石桥村 周文斌."""
    if line.kind is not Kind.ENTRY or (line.title and line.place):
        return line
    if not line.title and line.place and not place_in(line.place) and are_names(line.place):
        return replace(line, title=line.place, place="")
    name, _, weather = line.title.partition(" ")
    for place, who in ((name, weather), (weather, name)):
        if line.is_backed and not line.place and are_names(who) and place_in(place):
            return replace(line, title=who, place=place)
    is_apart = not line.weather and WEATHER.fullmatch(folded(weather)) and are_names(name)
    return replace(line, title=name, weather=weather) if is_apart else line


def _merged(line: DateLine, more: DateLine) -> DateLine:
    return replace(
        line,
        weekday=more.weekday if line.weekday is None else line.weekday,
        lunar=line.lunar or more.lunar,
        weather=" ".join(filter(None, (line.weather, more.weather))),
        place=line.place or more.place,
        author=line.author or more.author,
        part=line.part or more.part,
        title=line.title or more.title,
        written=f"{line.written} / {more.written}",
    )
