"""What a person is asked about a file that is imported: first what decides about the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from generator.ground.dates import parse_span
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model.content import PersonRole
from generator.render.documents.blocks import Table
from generator.tools.importers import persons
from generator.tools.importers.answers import ROLES, Answers
from generator.tools.importers.captions import Offered
from generator.tools.importers.cutting import Cut, Section
from generator.tools.importers.date_facts import Kind
from generator.tools.importers.date_words import folded
from generator.tools.importers.day_columns import headings_of_days
from generator.tools.importers.days import Dated, Doubt
from generator.tools.importers.diary_tables import days_in, diary_of
from generator.tools.importers.known import Known
from generator.tools.importers.lines import tables_of, words
from generator.tools.importers.manuscript import Manuscript, Piece
from generator.tools.importers.named_years import PERIOD, named_years
from generator.tools.importers.nearby import Nearby
from generator.tools.importers.repeats import Again
from generator.tools.importers.texts_of import text_of
from generator.tools.importers.whole import Whole

_MANY: Final = 5
"""Lines about which one question is asked."""
_OFFERED: Final = 4
"""Years."""
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*[年./-])")
_SHOWN: Final = 3
"""Of them."""
_ORDER: Final = (
    "column",
    "table",
    "days",
    "titles",
    "cut",
    "year",
    "weekdays",
    "again",
    "date",
    "weekday",
    "caption",
    "name",
)
"""Of kinds: what decides about the rest comes first."""


@frozen(kw_only=True)
class Question:
    """Something that a person should say."""

    id: str
    kind: str
    """One of those in ``_ORDER``."""
    text: Message
    where: Message
    source: str
    """The line that it is about, or the name."""
    quote: str = ""
    """The sentence in which the name stands."""
    options: tuple[str, ...]
    """What can be answered; for days and years, others may be right too."""
    is_needed: bool
    """Whether nothing can be written before it is answered."""
    answer: str = ""


@frozen(kw_only=True)
class Work:
    """What a review follows from."""

    pieces: tuple[Piece, ...]
    parts: Mapping[int, int]
    """Into how many of them each list and quotation was spread."""
    cut: Cut
    days: Mapping[int, Dated]
    nearby: Nearby
    whole: Whole
    known: Known
    answers: Answers
    newest: int
    """The last year that can be meant."""
    tables: tuple[tuple[int, Piece], ...] = ()
    """The tables that may list something within an entry, by their numbers."""


def in_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Each question once; first those that decide about the others."""
    found: dict[str, Question] = {}
    for one in questions:
        found.setdefault(one.id, one)
    return tuple(sorted(found.values(), key=lambda one: _ORDER.index(one.kind)))


def layout_questions(manuscript: Manuscript, work: Work) -> Iterator[Question]:
    """How the whole file puts its days and titles, where only a person can tell."""
    yield from _column_questions(manuscript, work)
    yield from _table_questions(work)
    facts = {
        "days": (say("does each day stand above its text, or below it?"), ("above", "below"), True),
        "titles": (say("is the line above each day its title?"), ("yes", "no"), False),
    }
    for key in work.cut.asks:
        text, options, is_needed = facts[key]
        at = ([at for at, line in work.cut.marks if at and line.kind is Kind.ENTRY][:2] or [0])[-1]
        around = work.pieces[at - 1 : at + 1] if key == "titles" else work.pieces[at : at + 1]
        yield Question(
            id=key,
            kind=key,
            text=text,
            where=work.pieces[at].where,
            source=" / ".join(words(one.block)[:40] for one in around),
            options=options,
            is_needed=is_needed,
            answer=work.answers.get(key, ""),
        )


def _column_questions(manuscript: Manuscript, work: Work) -> Iterator[Question]:
    """Which column of a table holds the days, where several do and nothing else in the file says one."""
    is_dated = any(one.line for one in work.cut.sections)
    for number, at in tables_of(manuscript).items():
        key, piece = f"column:{number}", manuscript.pieces[at]
        if (is_dated and key not in work.answers) or not isinstance(piece.block, Table) or diary_of(piece.block):
            continue
        if headings := headings_of_days(piece.block):
            yield Question(
                id=key,
                kind="column",
                text=say("under which heading are the days of the entries? no: under none"),
                where=piece.where,
                source=" / ".join(headings),
                options=(*headings, "no"),
                is_needed=False,
                answer=work.answers.get(key, ""),
            )


def _table_questions(work: Work) -> Iterator[Question]:
    """Whether entries begin at the rows of tables, or list something of the entries in which they stand."""
    each = {f"table:{number}": [piece] for number, piece in work.tables}
    asked = {"table:all": [piece for _, piece in work.tables]} if len(each) > 1 else {}
    if not asked or work.answers.get("table:all") == "each" or each.keys() & work.answers.keys():
        asked |= each
    for key, tables in asked.items():
        n = len(tables)
        row = say("does an entry begin at each row of this table? no: it belongs to the text above it")
        rows = say("does an entry begin at each row of these {n} tables? no: they belong to the texts above them", n=n)
        yield Question(
            id=key,
            kind="table",
            text=rows if key == "table:all" else row,
            where=tables[0].where,
            source=_in_one_line(tables[0])[:60],
            options=("yes", "no", "each") if key == "table:all" else ("yes", "no"),
            is_needed=False,
            answer=work.answers.get(key, ""),
        )


def cut_questions(work: Work, skipped: Collection[int]) -> Iterator[Question]:
    """Where an entry may begin. Whether it does at all of many lines is one question."""
    lines = dict(work.cut.marks)
    offers = [one for one in work.cut.offers if one not in skipped]
    if work.whole.day.span and len(offers) == 1 and offers[0] and not lines[offers[0]].is_whole:
        # One sentence about another day, in a file that says its own: 5月13日会再来。
        offers = []
    strays = [one for one in sorted(work.cut.strays) if one not in skipped]
    if len(offers) >= _MANY:
        yield _of_all("cut:all", say("does an entry begin at each of these {n} lines?", n=len(offers)), offers, work)
    # What is said of all of them is not asked of each.
    of_all = work.answers.get("cut:all", "each" if len(offers) < _MANY else "")
    each = [at for at in offers if of_all == "each" or f"cut:{at}" in work.answers]
    yield from (_cut_question(at, say("does an entry begin here?"), (), work) for at in each)
    if len(strays) > 1:
        fact = say(
            "the days of these {n} lines do not fit those around them: does an entry begin at each of them?",
            n=len(strays),
        )
        yield _of_all("cut:odd", fact, strays, work)
    if len(strays) == 1 or work.answers.get("cut:odd") == "each":
        fact = say("the day of this line does not fit those around it: does an entry begin here?")
        yield from (_cut_question(at, fact, work.nearby.meant(at, lines[at]), work) for at in strays)


def _of_all(key: str, text: Message, lines: Sequence[int], work: Work) -> Question:
    shown = " / ".join(words(work.pieces[at].block)[:20] for at in lines[:_SHOWN])
    return Question(
        id=key,
        kind="cut",
        text=text,
        where=work.pieces[lines[0]].where,
        source=f"{shown} …" if len(lines) > _SHOWN else shown,
        options=("yes", "no", "each"),
        is_needed=False,
        answer=work.answers.get(key, ""),
    )


def _cut_question(at: int, text: Message, days: Iterable[str], work: Work) -> Question:
    return Question(
        id=f"cut:{at}",
        kind="cut",
        text=text,
        where=work.pieces[at].where,
        source=words(work.pieces[at].block)[:60],
        options=("yes", "no", *days),
        is_needed=False,
        answer=work.answers.get(f"cut:{at}", ""),
    )


def open_lines(pieces: Iterable[int], work: Work) -> tuple[str, ...]:
    """Those that name days of their own, and nobody has said whether entries begin there."""
    tables = [one for number, one in work.tables if f"table:{number}" not in work.answers]
    tables = tables if work.answers.get("table:all", "each") == "each" else []
    found = (work.pieces[at] for at in pieces if _is_open(at, work) or work.pieces[at] in tables)
    return tuple(map(_in_one_line, found))


def _in_one_line(piece: Piece) -> str:
    return words(piece.block) or " / ".join(text_of((piece.block,)).split("\n"))


def _is_open(at: int, work: Work) -> bool:
    """Whether a line names a day at which another entry may begin."""
    is_stray = at in work.cut.strays
    is_offered = at in work.cut.offers and any(one.line for one in work.cut.sections)
    is_left = work.answers.get("cut:odd" if is_stray else "cut:all", "each") == "each"
    return (is_stray or is_offered) and is_left and f"cut:{at}" not in work.answers


def again_questions(again: Again, work: Work) -> Iterator[Question]:
    """About what may stand twice: only a person knows whether a draft was corrected, or is another entry of its day."""
    for key, one in again.repeats.items():
        part = again.parts[key]
        if one.is_same and one.is_there:
            continue
        gone = say("{path} was made of it and is gone. Write it once more?", path=one.path)
        changed = say("{path} was made of it, and it was changed since. Write it beside that?", path=one.path)
        if one.can_go:
            changed = say("{path} was made of it, and it was changed since. Is it to replace that?", path=one.path)
        yield Question(
            id=f"again:{key}",
            kind="again",
            text=gone if one.is_same else changed,
            where=part.where,
            source=part.text.strip().partition("\n")[0][:60],
            options=("replace", "yes", "no") if one.can_go else ("yes", "no"),
            is_needed=not one.is_same,
            answer=work.answers.get(f"again:{key}", ""),
        )


def day_questions(entries: Sequence[tuple[Section, Dated]], work: Work) -> Iterator[Question]:
    """About the days of entries."""
    doubts = [one.doubt for _, one in entries]
    # What the whole text says is looked up once.
    years = _years_said(work) if any(one and one.is_year and not one.options for one in doubts) else ()
    guesses = _guesses(work) if any(one.doubt is None and one.span is None for _, one in entries) else ()
    for section, found in entries:
        if found.doubt is None and found.span is None:
            nothing = Doubt(fact=say("nothing says the day"), options=guesses)
            yield _day_question(section, found, nothing, work)
        elif found.doubt is not None and found.doubt.is_general:
            yield _year_question(section, found.doubt, work)
        elif found.doubt is not None:
            options = found.doubt.options or (years if found.doubt.is_year else ())
            yield _day_question(section, found, replace(found.doubt, options=options), work)


def _year_question(section: Section, doubt: Doubt, work: Work) -> Question:
    """Whether a year that somebody said is right although the weekdays contradict it."""
    return Question(
        id="weekdays",
        kind="weekdays",
        text=doubt.fact,
        where=work.pieces[section.start].where,
        source=section.line.written if section.line else "",
        options=doubt.options,
        is_needed=True,
        answer=work.answers.get("weekdays", ""),
    )


def _day_question(section: Section, found: Dated, doubt: Doubt, work: Work) -> Question:
    at = section.start
    return Question(
        id="year" if doubt.is_year else f"date:{at}",
        kind="year" if doubt.is_year else "weekday" if found.span else "date",
        text=doubt.fact,
        where=work.pieces[at].where if work.pieces else say("line {line}", line=1),
        source=section.line.written.rstrip(" :：,，") if section.line else "",
        options=doubt.options,
        is_needed=found.span is None,
        # What was said of a day and did not settle it is no answer.
        answer=work.answers.get("year", "") if doubt.is_year else "",
    )


def _years_said(work: Work) -> tuple[str, ...]:
    """The years that the text names, the most frequent first."""
    found = Counter(year for one in work.pieces for year in _YEAR.findall(folded(words(one.block))))
    return tuple(year for year, _ in found.most_common() if int(year) <= work.newest)[:_OFFERED]


def _guesses(work: Work) -> tuple[str, ...]:
    """The days that the text mentions, for an entry that has none."""
    found = [span.iso() for one in work.days.values() if (span := one.span)]
    found += [day for one in work.days.values() if one.doubt and not one.doubt.is_year for day in one.doubt.options]
    cells = (line for one in work.pieces if isinstance(one.block, Table) for line in days_in(one.block))
    published = (line for _, line in work.cut.marks if line.kind is Kind.PUBLISHED)
    found += _of_title(work)
    for line in (*published, *cells):
        if line.year and line.month and line.day:
            found.append(f"{line.year}-{line.month:02}-{line.day:02}")
    return tuple(dict.fromkeys(found))[:6]


def _of_title(work: Work) -> Iterator[str]:
    """The days that stand behind the title of the whole, in the year that it says."""
    title = folded(words(work.pieces[0].block)).strip() if work.pieces else ""
    if (period := PERIOD.search(title)) and len(years := named_years(title)) == 1:
        try:
            yield parse_span(period["days"], *years).iso()
        except Fault:
            return


def caption_question(offered: Offered, work: Work) -> Question:
    """Whether a line is a caption."""
    at = offered.at
    piece = work.pieces[at]
    return Question(
        id=f"caption:{at}",
        kind="caption",
        text=offered.question,
        where=piece.where,
        source=words(piece.block),
        options=("yes", "no"),
        is_needed=False,
        answer=work.answers.get(f"caption:{at}", ""),
    )


def name_questions(text: str, file: str, work: Work) -> Iterator[Question]:
    """About probable names of persons; also in the name of the file, which becomes that of a folder."""
    authors = "".join(f"\n作者：{line.author}" for _, line in work.cut.marks if line.author)
    text = f"{text}\n{PurePath(file).stem}{authors}"
    known, answers = work.known, work.answers
    titles = [said for _, line in work.cut.marks for said in (line.title, line.author, line.place)]
    titles += [words(work.pieces[one.title_at].block) for one in work.cut.sections if one.title_at is not None]
    private = [one.name for one in known.people if one.role is PersonRole.PRIVATE]
    private += [key[5:] for key, role in answers.items() if key.startswith("name:") and role == PersonRole.PRIVATE]
    registered = {name for one in known.people for name in (one.name, *one.aliases)}
    called = (one for one in persons.familiar(text, private) if one not in registered)
    for name in (*persons.names(text, known.people, known.targets, known.hardship, titles), *called):
        fact = say("is {name} an official, a representative or a private person?", name=name)
        yield Question(
            id=f"name:{name}", kind="name", text=fact, where=say("the text"), source=name, options=ROLES,
            is_needed=False, answer=answers.get(f"name:{name}", ""), quote=persons.sentence_with(text, name),
        )  # fmt: skip
