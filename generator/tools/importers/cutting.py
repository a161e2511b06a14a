"""A manuscript cut into entries: where each begins, what of it is title, day and weather, and what is its text."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Footnotes, Heading, Paragraph, Rule
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_words import HAS_SKY, folded
from generator.tools.importers.layout import TOLD, Marks, days_stand_below, dividers, labels_above, titles_above
from generator.tools.importers.lines import pictures, words
from generator.tools.importers.manuscript import Piece
from generator.tools.importers.marking import marks_of
from generator.tools.importers.named_years import PERIOD
from generator.tools.importers.odd_days import odd_days, without_texts
from generator.tools.importers.persons import are_names
from generator.tools.importers.shapes import is_diary_name, is_running, is_title, issue_of
from generator.tools.importers.signed import signed_off
from generator.tools.importers.strays import (
    among_sentences,
    amounts,
    asides,
    between,
    brief,
    fitting,
    of_other_years,
    strays_of,
    told_below,
    with_weather,
)

_MOST_PARTS: Final = 12
"""Parts of one chapter."""
_MANY: Final = 3
"""Times as many."""
_MEETING: Final = re.compile(r"\W*(?:会议|学习|活动|服务|培训|检查)(?:日期|时间)\s*:")
_SLASHED: Final = re.compile(r"\D*\d{1,2}/")
"""3/5, as no part of a text is numbered."""


@frozen(kw_only=True)
class Section:
    """An entry to be: pieces by their numbers in the manuscript that was spread out."""

    start: int
    line: DateLine | None
    """What is said of its day; None where nothing is."""
    heads: tuple[int, ...] = ()
    """The pieces that say day and title, and are no part of the text."""
    title_at: int | None = None
    """The piece that is its title; None where the line says the title, or nothing does."""
    body: tuple[int, ...] = ()
    """The pieces of its text."""
    run_in: int | None = None
    """The piece of which only what stands behind the day is text."""

    @property
    def starts(self) -> tuple[int, ...]:
        """The pieces by which its day is asked for and answered."""
        return (*self.heads, self.start, *(() if self.run_in is None else (self.run_in,)))


@frozen(kw_only=True)
class Cut:
    """A manuscript in sections."""

    sections: tuple[Section, ...]
    marks: tuple[tuple[int, DateLine], ...]
    """Every line that says something of a day, in the order of the text."""
    lead: tuple[int, ...] = ()
    """The pieces before the first section."""
    offers: tuple[int, ...] = ()
    """The pieces at which an entry may begin, if a person says so."""
    dividers: tuple[int, ...] = ()
    """The pieces between days that belong to neither."""
    strays: frozenset[int] = frozenset()
    """The pieces that name days which break the run of the others; an entry begins there if a person says so."""
    aside: frozenset[int] = frozenset()
    """The days that say when an afterword was written, or something within an entry: no year of the diary."""
    asks: tuple[str, ...] = ()
    """What a person has to say about the whole file, as fields of ``Choices``."""

    @property
    def idle(self) -> frozenset[int]:
        """Running text, and other lines with a day, at which nothing begins."""
        begun = {at for one in self.sections for at in (one.start, one.run_in, *one.heads)}
        dated = (Kind.ENTRY, Kind.RUN_IN, Kind.OFFER)
        # The day under a signature says the year of the whole; above all of it, it is that of a preface.
        first = min((one.start for one in self.sections), default=0)
        aside = self.strays | self.aside
        return frozenset(
            at
            for at, line in self.marks
            if line.kind in dated and at not in begun and (at in aside or at < first or not line.is_bare)
        )


@frozen(kw_only=True)
class Choices:
    """What a person said about the cuts."""

    cuts: Mapping[int, bool]
    """Of a piece, whether an entry begins there."""
    is_every: bool = False
    """Whether one begins at all offers of which nothing else was said."""
    is_every_stray: bool = False
    """The same for the days that break the run of the others."""
    days: str = ""
    """``above`` or ``below``: where the day of a text stands."""
    titles: str = ""
    """``yes`` where the lines above days are their titles."""


def cut(pieces: Sequence[Piece], choices: Choices) -> Cut:
    """The sections."""
    chosen = [at for at, is_cut in choices.cuts.items() if is_cut and 0 <= at < len(pieces)]
    marks = marks_of(pieces, chosen)
    sure = _sure(marks)
    sure -= among_sentences(marks, sure)
    days = sorted(sure or {at for at, line in marks.lines.items() if line.is_whole})
    is_below = days_stand_below(marks, days)
    asks: tuple[str, ...] = ("days",) if is_below is None else ()
    if choices.days == "below" or (is_below and choices.days != "above"):
        return _below(marks, days, choices, chosen, asks)
    if choices.days or not asks:
        sure -= _without_text(marks, sure)
    mentioned = asides(marks, sure)
    marks = replace(marks, lines={at: line for at, line in marks.lines.items() if at not in mentioned})
    odd = odd_days(marks, sure)
    sure -= odd.texts | odd.asked
    strays = strays_of(marks, sure)
    strays -= {at for at in of_other_years(marks, sure, strays) if choices.cuts.get(at, choices.is_every_stray)}
    signed = signed_off(marks, sure - strays)
    signed |= without_texts(marks, sorted(sure - strays - signed))
    sure -= strays | signed
    repeated = told_below(marks, sure)
    offered = {*_offers(marks, {*sure, *odd.texts}), *fitting(marks, sure, repeated), *brief(marks, sure)}
    offered |= between(marks, sure) | with_weather(marks, sure) | signed | odd.asked
    offers = tuple(sorted(offered - strays - repeated - amounts(marks, sure)))
    every = {*sure, *(offers if choices.is_every else ()), *(strays if choices.is_every_stray else ())}
    starts = sorted({*(at for at in every if choices.cuts.get(at, True)), *chosen})
    if not starts:
        # The day under a text is offered as its day.
        last = _without_text(marks, offers)
        offers = tuple(at for at in offers if at not in last)
        return Cut(sections=(_whole(marks),), marks=_ordered(marks), offers=offers, asks=asks)
    aside = [at for at in offers if not (at in signed and _is_of_day(marks, at, starts))]
    return replace(_between(marks, starts, choices, asks, aside), offers=offers, strays=strays)


def _between(marks: Marks, starts: Sequence[int], choices: Choices, asks: tuple[str, ...], aside: Sequence[int]) -> Cut:
    """The sections from each day with which an entry begins to the next one."""
    found, pieces = titles_above(marks, starts), marks.pieces
    asks += ("titles",) if found.is_doubtful else ()
    heads = found.above if choices.titles == "yes" or not (found.is_doubtful or choices.titles) else {}
    labelled = 0 if heads else labels_above(marks, starts)
    days = [heads.get(at, at) for at in starts]
    begins = [at - labelled for at in days]
    parted = frozenset(dividers(marks, begins, starts))
    sections = tuple(
        _with_labels(_section(marks, at, day, [one for one in range(day, end) if one not in parted]), range(begin, day))
        for at, day, begin, end in zip(starts, days, begins, [*begins[1:], len(pieces)], strict=True)
    )
    return Cut(
        lead=tuple(at for at in range(begins[0]) if at not in parted),
        sections=sections,
        marks=_ordered(marks),
        dividers=tuple(sorted(parted)),
        aside=frozenset(at for at in aside if at < starts[-1] or _is_of_afterword(marks, at, starts)),
        asks=asks,
    )


def _with_labels(section: Section, labels: Sequence[int]) -> Section:
    """The section with the lines above its day that are of its text: 编号：JL-002."""
    return replace(section, body=(*labels, *section.body))


def _offers(marks: Marks, sure: Collection[int]) -> tuple[int, ...]:
    """The pieces at which an entry may begin.

    Among days that stand on lines of their own, sentences that begin with a day are text.
    """
    found = {at: line for at, line in marks.lines.items() if at not in sure and line.kind not in TOLD}
    return tuple(at for at, line in found.items() if not sure or line.is_whole or line.kind is not Kind.OFFER)


def _below(marks: Marks, days: Sequence[int], choices: Choices, chosen: Sequence[int], asks: tuple[str, ...]) -> Cut:
    """The sections where each day stands below its text."""
    pieces = marks.pieces
    first = 1 if len(pieces) > 1 and is_title(pieces[0]) and (is_diary_name(pieces[0]) or is_title(pieces[1])) else 0
    last = next((at for at in range(len(pieces) - 1, -1, -1) if words(pieces[at].block)), -1)
    ends = [end for end in map(marks.end, days) if end <= last]
    begins = sorted(
        {first, *ends, *(at for at in chosen if at > first)} - {at for at, is_cut in choices.cuts.items() if not is_cut}
    )
    begins = begins or [first]
    # The number of an issue stands above the title.
    parted = {at for at in begins if at + 2 < len(pieces) and is_title(pieces[at + 1]) and _is_issue(pieces, at)}
    sections = []
    for above, end in zip(begins, [*begins[1:], len(pieces)], strict=True):
        begin = above + (above in parted)
        nearest = bisect_left(days, begin)
        day = days[nearest] if nearest < len(days) and days[nearest] < end else None
        own = () if day is None else tuple(range(day, marks.end(day)))
        title = (begin,) if end - begin > 1 and begin not in own and is_title(pieces[begin]) else ()
        sections.append(
            Section(
                start=begin,
                # What else stands in the line is a signature.
                line=None if day is None else replace(marks.lines[day], title=""),
                heads=(*title, *own),
                title_at=begin if title else None,
                body=tuple(at for at in range(begin, end) if at not in own and at not in title),
            )
        )
    return Cut(
        lead=tuple(range(begins[0])),
        sections=tuple(sections),
        marks=_ordered(marks),
        dividers=tuple(sorted(parted)),
        asks=asks,
    )


def _is_issue(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a line is the first one of the file but for the number in it: 简报第二期."""
    return at > 0 and issue_of(pieces[at]) == issue_of(pieces[0]) != ""


def _ordered(marks: Marks) -> tuple[tuple[int, DateLine], ...]:
    return tuple(sorted(marks.lines.items()))


def _sure(marks: Marks) -> set[int]:
    """The pieces with which an entry surely begins."""
    lines = marks.lines
    entries = {at for at, line in lines.items() if line.kind in (Kind.ENTRY, Kind.RUN_IN)}
    doubtful = {at for at in entries if lines[at].is_doubtful and not _is_backed(lines[at])}
    firm = entries - doubtful
    # 20.3.5 among days in full is a version, or anything else.
    doubtful -= {at for at in doubtful if firm and lines[at].year}
    numbered = _counts_sections([lines[at] for at in sorted(doubtful)])
    if numbered or (not firm and (len(doubtful) == 1 or any(lines[at].author for at in doubtful))):
        doubtful = set()
    if len(firm) > 1 and all(lines[at].year for at in firm):
        # Among days in full, 5.9 is hardly one.
        doubtful = set()
    doubtful -= _odd_numbers(lines, firm, doubtful)
    measured = {at for at in doubtful if lines[at].is_measured}
    if not any(lines[at].is_doubtful for at in entries - measured):
        # Only other days in numerals say that these are some.
        doubtful -= measured
    kept = firm | {at for at in doubtful if not lines[at].author}
    masked = {at for at, line in lines.items() if line.kind is Kind.ASK and not line.is_doubtful}
    return (kept - _odd_labels(lines, kept)) | masked


def _odd_numbers(lines: Mapping[int, DateLine], firm: Collection[int], doubtful: Collection[int]) -> frozenset[int]:
    """The few numbers with words behind them among days that are all written otherwise: 3-6 号楼, 3.6 工程概况."""
    odd = frozenset(at for at in doubtful if lines[at].title or lines[at].rest or lines[at].place)
    is_usual = any(lines[at].is_doubtful for at in firm) or len(odd) < len(doubtful)
    return frozenset() if is_usual or len(firm) < max(2, _MANY * len(odd)) else odd


def _odd_labels(lines: Mapping[int, DateLine], sure: Collection[int]) -> frozenset[int]:
    """The one day behind a label of a meeting among days without: 会议时间：3月6日上午9点. It may be announced."""
    odd = frozenset(at for at in sure if _MEETING.match(folded(lines[at].written)))
    return odd if len(odd) == 1 and len(sure) > 2 else frozenset()


def _without_text(marks: Marks, days: Collection[int]) -> set[int]:
    """The day under a signature: the last one, with nothing behind it."""
    last = max(days, default=0)
    is_bare = last > 0 and (marks.lines[last].is_bare or marks.lines[last].is_whole)
    return {last} if is_bare and not any(map(_says, marks.pieces[marks.end(last) :])) else set()


def _is_of_day(marks: Marks, at: int, starts: Sequence[int]) -> bool:
    """Whether a day is that of the entry in which it stands: a notice of the day is signed with its year."""
    place = bisect_left(starts, at)
    own, above = marks.lines[at], marks.lines.get(starts[place - 1]) if place else None
    return above is not None and own.day is not None and (own.month, own.day) == (above.month, above.day)


def _is_of_afterword(marks: Marks, at: int, starts: Sequence[int]) -> bool:
    """Whether a title and a text stand between the text of the entry above and a day, and no other text has a title."""

    def parts(begin: int, end: int) -> bool:
        inner = range(marks.end(begin) + 1, end - 1)
        return any(is_title(marks.pieces[one]) and is_running(marks.pieces[one + 1]) for one in inner)

    place = bisect_left(starts, at)
    return place > 0 and parts(starts[place - 1], at) and not any(itertools.starmap(parts, itertools.pairwise(starts)))


def _says(piece: Piece) -> bool:
    """Whether a piece holds words, or a list, a table, a picture."""
    is_other = not isinstance(piece.block, Paragraph | Heading | Rule | Footnotes)
    return bool(words(piece.block) or pictures(piece.block)) or is_other


def _is_backed(line: DateLine) -> bool:
    """Whether something besides its numbers says that a line is a day."""
    return line.is_backed or HAS_SKY.search(line.title) is not None


def _counts_sections(lines: Sequence[DateLine]) -> bool:
    """Whether ``1.1``, ``1.2``, ``2.1`` number the parts of a text."""
    pairs = [(line.month or 0, line.day or 0) for line in lines if not _SLASHED.match(folded(line.written))]
    most = max(Counter(month for month, _ in pairs).values(), default=0)
    if len(pairs) <= 1 or pairs[0][1] != 1 or most > _MOST_PARTS:
        return False
    return all(later in ((month, day + 1), (month + 1, 1)) for (month, day), later in itertools.pairwise(pairs))


def _whole(marks: Marks) -> Section:
    """Everything as one entry, whose day nothing says."""
    pieces = marks.pieces
    is_said = 0 in marks.lines and not PERIOD.search(folded(marks.lines[0].written).strip())
    title = 0 if pieces and is_title(pieces[0]) and len(pieces) > 1 and not is_said else None
    return Section(
        start=0,
        line=None,
        heads=() if title is None else (0,),
        title_at=title,
        body=tuple(range(0 if title is None else 1, len(pieces))),
    )


def _section(marks: Marks, at: int, begin: int, own: Sequence[int]) -> Section:
    """The section of the pieces ``own``, which begins at one of them and has its day at one of them."""
    pieces, line = marks.pieces, marks.lines.get(at)
    is_text = line is not None and line.kind is Kind.OFFER and not (line.is_whole and line.title)
    if line is None or is_text or (line.kind is Kind.ASK and line.is_doubtful):
        return Section(start=begin, line=line, body=tuple(own))
    above = tuple(range(begin, at))
    title = begin if above else None
    if line.kind is Kind.RUN_IN:
        return Section(
            start=begin, line=line, heads=above, title_at=title, body=tuple(one for one in own if one >= at), run_in=at
        )
    upto = marks.end(at)
    heads, body = tuple(range(begin, upto)), tuple(one for one in own if one >= upto)
    is_open = (
        pieces[at].day is None and title is None and not line.title and len(body) > 1 and body[0] not in marks.lines
    )
    if (
        is_open
        and is_title(pieces[body[0]])
        and not are_names(words(pieces[body[0]].block))
        and _goes_on(pieces[body[1]])
    ):
        title, heads, body = body[0], (*heads, body[0]), body[1:]
    return Section(start=begin, line=line, heads=heads, title_at=title, body=body)


def _goes_on(piece: Piece) -> bool:
    """Whether running text or a picture follows what may be a title."""
    return not isinstance(piece.block, Paragraph) or len(words(piece.block)) != 0 or bool(piece.block.inlines)
