"""What an import would make of a file, and what a person has to say about it first.

A review follows from the manuscript, the site and the answers alone; so to change it is to change the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from generator.ground.dates import DateSpan
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.render.documents.blocks import Block, Heading, Paragraph
from generator.tools.importers import persons
from generator.tools.importers.answers import Answers, columns_said, day_said, tables_said
from generator.tools.importers.captions import captioned
from generator.tools.importers.carried import carried, carries, is_uneven, with_addresses
from generator.tools.importers.cutting import Choices, Cut, Section, cut
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.days import Dated, Doubt, resolved
from generator.tools.importers.known import Known
from generator.tools.importers.lines import asked_tables, behind, held_parts, rejoined, spread, words
from generator.tools.importers.manuscript import LeftOut, Manuscript, Piece
from generator.tools.importers.named_years import is_period, named_years, school_year
from generator.tools.importers.nearby import Nearby, corrected
from generator.tools.importers.notes import notes_of
from generator.tools.importers.persons import Offer
from generator.tools.importers.questions import (
    Question,
    Work,
    again_questions,
    caption_question,
    cut_questions,
    day_questions,
    in_order,
    layout_questions,
    name_questions,
    open_lines,
)
from generator.tools.importers.repeats import LEAD, Again, Part, again_of
from generator.tools.importers.settling import uncalled, undescribed
from generator.tools.importers.shapes import is_title
from generator.tools.importers.texts_of import text_of
from generator.tools.importers.titles import beginning, prose_of, tidied
from generator.tools.importers.whole import Whole, whole_of
from generator.tools.importers.years import Hints

_YEAR_ALONE: Final = re.compile(r"199\d|20\d\d")
_PUBLISHER: Final = re.compile(r".{1,12}(?:网|[日晚时]报|在线|客户端|公众号|电视台|电台|新闻|融媒体?(?:中心)?)")


@frozen(kw_only=True)
class Entry:
    """A draft to be."""

    start: int
    """The piece with which it begins."""
    span: DateSpan | None
    evidence: Message | None
    title: str
    part: str
    weather: str
    place: str
    author: str
    source: str
    """The lines that say day and title, as they are written."""
    targets: tuple[str, ...]
    blocks: tuple[Block, ...]
    pieces: tuple[int, ...]
    """The pieces that stand in it, in its front matter or in its text."""
    open_lines: tuple[str, ...]
    """Lines of its text that name days of their own, of which nobody has said yet whether entries begin there."""


@frozen(kw_only=True)
class Review:
    """Everything about one file."""

    file: str
    digest: str
    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    lead: tuple[Block, ...]
    lead_title: str
    lead_source: str
    """The line that is its title, as it is written; empty where the title does not stand in the text."""
    lead_pieces: tuple[int, ...]
    lead_open_lines: tuple[str, ...]
    """As in an entry."""
    questions: tuple[Question, ...]
    offers: tuple[Offer, ...]
    notes: tuple[Message, ...]
    left_out: tuple[LeftOut, ...]
    again: Again
    answers: Mapping[str, str]

    @property
    def is_ready(self) -> bool:
        """Whether it can be written."""
        return all(one.answer or not one.is_needed for one in self.questions)


@frozen(kw_only=True)
class _Planned:
    """An entry with what is to be asked about it."""

    section: Section
    dated: Dated
    entry: Entry
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]


def review(manuscript: Manuscript, known: Known, answers: Answers, newest: int) -> Review:
    """What becomes of a manuscript. ``newest`` is the last year that is offered for a day without one."""
    tables = asked_tables(manuscript)
    pieces, heads = spread(manuscript, columns_said(answers), tables_said(answers, dict(tables)))
    undated = replace(_undated(pieces, known, answers, newest), tables=tables)
    hints = _hints(manuscript, undated)
    work = _dated(undated, hints, manuscript)
    first = _lead(manuscript, work)
    planned, again = _before(work, first, manuscript)
    if years := _years_before(planned, again, work):
        work = _dated(work, replace(hints, earlier=years), manuscript)
        planned, again = _before(work, first, manuscript)
    made = [one for one in planned if str(one.entry.start) not in again.skipped]
    lead, skipped = _Lead() if LEAD in again.skipped else first, again.pieces
    text = text_of(tuple(one.block for at, one in enumerate(pieces) if at not in skipped))
    questions = [
        *day_questions([(one.section, one.dated) for one in made], work),
        *(question for one in made for question in one.questions),
        *layout_questions(manuscript, work),
        *again_questions(again, work),
        *cut_questions(work, skipped),
        *name_questions(text, manuscript.file, work),
    ]
    return Review(
        file=manuscript.file,
        digest=manuscript.digest,
        pieces=pieces,
        entries=tuple(one.entry for one in made),
        lead=lead.blocks,
        lead_title=lead.title,
        lead_source=lead.source,
        lead_pieces=work.cut.lead if lead.blocks else (),
        lead_open_lines=open_lines(work.cut.lead, work),
        questions=in_order(questions),
        offers=tuple(persons.offers(text, known.targets)),
        notes=tuple(notes_of(manuscript, pieces)),
        left_out=(
            *manuscript.left_out,
            *heads,
            *work.whole.left_out,
            *again.left_out,
            *(left for one in made for left in one.left_out),
            *lead.left_out,
            *_divided(work),
            *uncalled((*first.blocks, *(block for one in planned for block in one.entry.blocks)), manuscript),
            *undescribed((*lead.blocks, *(block for one in made for block in one.entry.blocks)), manuscript),
        ),
        again=again,
        answers=dict(answers),
    )


def _before(work: Work, lead: _Lead, manuscript: Manuscript) -> tuple[list[_Planned], Again]:
    """The entries, and what of them was imported before."""
    planned = [_made(one, _days_of(one, work), work) for one in work.cut.sections]
    parts = _parts(planned, lead, work.cut, manuscript, work.pieces)
    return planned, again_of(parts, work.known, manuscript, work.answers)


def _years_before(planned: Sequence[_Planned], again: Again, work: Work) -> tuple[tuple[int, int], ...]:
    """The years that an earlier import gave to days of this file, by their pieces, if nothing else says the year."""
    if not any(one.dated.doubt and one.dated.doubt.is_year for one in planned):
        return ()
    found = {
        at: again.repeats[key].before.day[:4]
        for one in planned
        if (key := str(one.entry.start)) in again.repeats and again.repeats[key].is_same
        for at in one.section.starts
        if at in work.days
    }
    return tuple((at, int(year)) for at, year in found.items() if year.isdecimal())


def _undated(pieces: tuple[Piece, ...], known: Known, answers: Answers, newest: int) -> Work:
    """What a review follows from, all but the days."""
    found = cut(pieces, _choices(answers))
    return Work(
        pieces=pieces,
        parts=held_parts(pieces),
        cut=found,
        days={},
        nearby=Nearby.of((), {}, answers),
        whole=Whole(),
        known=known,
        answers=answers,
        newest=newest,
    )


def _dated(work: Work, hints: Hints, manuscript: Manuscript) -> Work:
    """The same with the days that these hints say."""
    days = _resolved(work.cut, hints)
    if (lines := corrected(work.cut, days, work.answers)) != work.cut.marks:
        days = _resolved(replace(work.cut, marks=lines), hints)
    whole = whole_of(manuscript, work.cut, hints)
    return replace(work, days=days, whole=whole, nearby=Nearby.of(work.cut.sections, days, work.answers))


def _choices(answers: Answers) -> Choices:
    return Choices(
        cuts={int(key[4:]): value != "no" for key, value in answers.items() if re.match(r"cut:\d", key)},
        is_every=answers.get("cut:all") == "yes",
        is_every_stray=answers.get("cut:odd") == "yes",
        days=answers.get("days", ""),
        titles=answers.get("titles", ""),
    )


def _resolved(found: Cut, hints: Hints) -> dict[int, Dated]:
    """The days of all lines. What a text says of other days, where nothing begins, says no year for those below it."""
    days = dict(resolved(found.marks, hints, found.strays))
    if idle := found.idle:
        days |= resolved([(at, line) for at, line in found.marks if at not in idle], hints, found.strays)
    return days


def _parts(
    planned: Sequence[_Planned], lead: _Lead, found: Cut, manuscript: Manuscript, pieces: Sequence[Piece]
) -> Iterator[Part]:
    if lead.blocks:
        yield Part.of(LEAD, LEAD, {at: pieces[at] for at in found.lead}, lead.blocks, manuscript)
    for one in (each.entry for each in planned):
        day = one.span.iso() if one.span else ""
        yield Part.of(str(one.start), day, {at: pieces[at] for at in one.pieces}, one.blocks, manuscript)


def _hints(manuscript: Manuscript, work: Work) -> Hints:
    published = frozenset(at for at, line in work.cut.marks if line.kind is Kind.PUBLISHED)
    heads = [one for at, one in enumerate(work.pieces[:3]) if at not in published]
    answers = work.answers
    lines = [words(one.block) for one in heads if is_title(one)]
    above = [words(work.pieces[at].block) for at in work.cut.lead[:3]]
    told = (line for line in above if school_year(line, 9) or is_period(line) or _YEAR_ALONE.fullmatch(line))
    head = next(told, next(iter(lines), ""))
    # Against what everybody sees, a title in a file's properties is a contradiction; alone, it says nothing.
    is_unseen = manuscript.kind == "docx" and not named_years(head)
    return Hints(
        chosen=int(answers["year"]) if answers.get("year", "").isdecimal() else None,
        published=manuscript.published,
        titles=((say("the title"), (not is_unseen and manuscript.title) or head), (say("the heading"), head)),
        names=((say("the file's name"), manuscript.file), (say("the folder's name"), manuscript.folder)),
        newest=work.newest,
        unseen=manuscript.title if is_unseen else "",
    )


def _days_of(section: Section, work: Work) -> Dated:
    own = _own_day(section, work)
    text = day_said(work.answers, section.starts)
    if not text:
        return _not_yet(own, work.newest)
    spans = work.nearby.spans(text, section.start, own.span)
    if len(spans) == 1:
        return Dated(span=spans[0], evidence=say("you said the day"))
    fact = say("you said {day}, and nothing says of which year", day=text)
    return Dated(span=None, doubt=Doubt(fact=fact, options=tuple(one.iso() for one in spans)))


def _not_yet(found: Dated, newest: int) -> Dated:
    """A day of a year that is yet to come, which most probably is a slip, in doubt."""
    if found.span is None or found.doubt or found.span.end.year <= newest:
        return found
    doubt = Doubt(fact=say("the year is yet to come"), options=(found.span.iso(),), is_needed=False)
    return replace(found, doubt=doubt)


def _own_day(section: Section, work: Work) -> Dated:
    """What the text says of an entry's day, or the file."""
    at = next((at for at in section.starts if at in work.days), None)
    if section.line is None:
        return work.whole.day
    return Dated(span=None) if at is None else work.days[at]


def _made(section: Section, found: Dated, work: Work) -> _Planned:
    line = section.line or DateLine(kind=Kind.ENTRY, written="")
    pieces = work.pieces
    kept = list(_kept(section, work))
    body = [(at, _without_day(pieces[at], line) if at == section.run_in else pieces[at]) for at in section.body]
    chosen = frozenset(at for at, _ in body if work.answers.get(f"caption:{at}") == "yes")
    figures = captioned([*kept, *rejoined(body, work.parts)], chosen)
    text, heads = text_of(figures.blocks), [one.block for _, one in kept]
    title = "" if section.title_at is None else words(pieces[section.title_at].block)
    said = [words(pieces[at].block) for at in section.heads]
    said += [line.written] if section.run_in is not None else []
    entry = Entry(
        start=section.start,
        span=found.span,
        evidence=found.evidence,
        title=work.answers.get(f"title:{section.start}")
        or work.whole.title
        or tidied(" ".join((title or line.title).split()))
        or beginning(prose_of([one for one in figures.blocks if one not in heads]), line),
        part=line.part,
        weather=line.weather.removeprefix("天气").strip(" :："),
        place=line.place,
        author=line.author,
        source=" / ".join(said),
        targets=persons.targets_in(f"{title}\n{line.title}\n{text}", work.known.targets),
        blocks=figures.blocks,
        pieces=tuple(sorted({*section.heads, *section.body})),
        open_lines=open_lines(section.body, work),
    )
    captions = [caption_question(one, work) for one in figures.offered]
    return _Planned(section=section, dated=found, entry=entry, questions=tuple(captions), left_out=figures.left_out)


def _kept(section: Section, work: Work) -> Iterator[tuple[int, Piece]]:
    """The lines that say title and day, where they hold what front matter cannot: they stand in the text as well."""
    for at in section.heads:
        block = work.pieces[at].block
        is_torn = at == section.title_at and (
            is_uneven(block) or words(block) not in (work.whole.title or words(block))
        )
        if isinstance(block, Paragraph | Heading) and (is_torn or carries(block)):
            yield at, replace(work.pieces[at], block=Paragraph(block.inlines))


def _without_day(piece: Piece, line: DateLine) -> Piece:
    """The piece of a run-in line without what stands in the front matter."""
    if not isinstance(piece.block, Paragraph | Heading):
        return piece
    rest = Paragraph(behind(piece.block.inlines, line.written, line.rest))
    return Piece(
        block=Paragraph(piece.block.inlines) if carried(piece.block) - carried(rest) else rest, where=piece.where
    )


def _divided(work: Work) -> Iterator[LeftOut]:
    """The lines that only part the days."""
    for at in work.cut.dividers:
        if text := with_addresses(work.pieces[at].block):
            yield LeftOut(kind=say("a line between the days"), text=text, where=work.pieces[at].where)


@frozen(kw_only=True)
class _Lead:
    """What stands before the first entry; without blocks where it is but a title."""

    title: str = ""
    source: str = ""
    blocks: tuple[Block, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def _lead(manuscript: Manuscript, work: Work) -> _Lead:
    """What stands before the first entry: the text of a page, or, if it is but a title, left out and told."""
    published = {at for at, line in work.cut.marks if line.kind in (Kind.PUBLISHED, Kind.MONTH)}
    title = _title_at(
        [at for at in work.cut.lead if at not in {*published, *work.cut.strays} and is_title(work.pieces[at])],
        manuscript,
        work,
    )
    if all(at in published or at == title for at in work.cut.lead):
        heads = [work.pieces[at] for at in work.cut.lead]
        kind = say("a title of the whole")
        return _Lead(
            left_out=tuple(LeftOut(kind=kind, text=with_addresses(one.block), where=one.where) for one in heads)
        )
    lead = [(at, work.pieces[at]) for at in work.cut.lead if at != title or carries(work.pieces[at].block)]
    figures = captioned(list(rejoined(lead, work.parts)), frozenset())
    source = "" if title is None else words(work.pieces[title].block)
    return _Lead(
        title=source or manuscript.title or PurePath(manuscript.file).stem,
        source=source,
        blocks=figures.blocks,
        left_out=figures.left_out,
    )


def _title_at(titles: Sequence[int], manuscript: Manuscript, work: Work) -> int | None:
    """The piece that is the title of the whole, among those that can be: what the file calls so, a heading, the first.

    What names a publisher is none, unless there is nothing else.
    """
    lines = {at: words(work.pieces[at].block) for at in titles}
    named = [at for at, line in lines.items() if line in manuscript.title]
    headings = [at for at in titles if isinstance(work.pieces[at].block, Heading)]
    others = [at for at, line in lines.items() if not _PUBLISHER.fullmatch(line)]
    return next(iter([*named, *headings, *others, *titles]), None)
