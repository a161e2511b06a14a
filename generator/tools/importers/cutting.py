"""A manuscript cut into entries: where each begins, what of it is title, day and weather, and what is its text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Heading, Paragraph
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind, extension
from generator.tools.importers.date_lines import read
from generator.tools.importers.date_words import HAS_SKY, folded
from generator.tools.importers.labels import has_label
from generator.tools.importers.lines import words
from generator.tools.importers.manuscript import Piece

_ENDS_SENTENCE: Final = re.compile(r"[。！？!?；;…：:]\s*$|[，,。].*[。，]")
_CAPTION: Final = re.compile(
    r"\s*(?:图为|图片为|图中|▲|△|▼|[上下左右]图|图\s?[\d一二三四五六七八九十]|[(\[]图)|.{0,180}(?:摄|摄影)\s*[)。.]*\s*$"
)
MOST_CAPTION: Final = 200
"""Characters."""


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


@frozen(kw_only=True)
class Cut:
    """A manuscript in sections."""

    lead: tuple[int, ...]
    """The pieces before the first section."""
    sections: tuple[Section, ...]
    marks: tuple[tuple[int, DateLine], ...]
    """Every line that says something of a day, in the order of the text."""
    offers: tuple[int, ...]
    """The pieces at which an entry may begin, if a person says so."""


def is_caption(text: str) -> bool:
    """Whether a line is marked as a picture's caption."""
    return len(text) <= MOST_CAPTION and _CAPTION.match(folded(text)) is not None


def cut(pieces: Sequence[Piece], answers: Mapping[int, bool]) -> Cut:
    """The sections; ``answers`` says of a piece whether an entry begins there."""
    marks = _marks(pieces)
    sure = _sure(pieces, marks)
    offers = tuple(at for at, line in marks.items() if at not in sure and line.kind not in (Kind.PUBLISHED, Kind.MONTH))
    if sure:
        # Among days that stand on lines of their own, sentences that begin with a day are text.
        offers = tuple(at for at in offers if marks[at].kind is not Kind.OFFER)
    chosen = [at for at, is_cut in answers.items() if is_cut and 0 <= at < len(pieces)]
    starts = sorted({*(at for at in sure if answers.get(at, True)), *chosen})
    if not starts:
        return Cut(lead=(), sections=(_whole(pieces, marks),), marks=_ordered(marks), offers=offers)
    heads = _headed(pieces, starts, marks)
    begins = [heads.get(at, at) for at in starts]
    sections = tuple(
        _section(pieces, at, begin, end, marks.get(at))
        for at, begin, end in zip(starts, begins, [*begins[1:], len(pieces)], strict=True)
    )
    return Cut(lead=tuple(range(begins[0])), sections=sections, marks=_ordered(marks), offers=offers)


def _ordered(marks: Mapping[int, DateLine]) -> tuple[tuple[int, DateLine], ...]:
    return tuple(sorted(marks.items()))


def _marks(pieces: Sequence[Piece]) -> dict[int, DateLine]:
    found = {}
    for at, piece in enumerate(pieces):
        text = words(piece.block)
        if piece.day is not None:
            found[at] = piece.day
        elif piece.is_within or piece.is_caption or not text or is_caption(text):
            continue
        elif line := read(text):
            found[at] = line
    return found


def _sure(pieces: Sequence[Piece], marks: Mapping[int, DateLine]) -> set[int]:
    """The pieces with which an entry surely begins."""
    entries = {at for at, line in marks.items() if line.kind in (Kind.ENTRY, Kind.RUN_IN)}
    doubtful = {at for at in entries if marks[at].is_doubtful and not _is_backed(marks[at])}
    firm = entries - doubtful
    numbered = _counts_sections([marks[at] for at in sorted(doubtful)])
    if numbered or (not firm and (len(doubtful) == 1 or any(marks[at].author for at in doubtful))):
        doubtful = set()
    kept = firm | {at for at in doubtful if not marks[at].author}
    masked = {at for at, line in marks.items() if line.kind is Kind.ASK and not line.is_doubtful}
    kept |= masked
    last = max(kept, default=-1)
    if last > 0 and marks[last].is_bare and not any(words(piece.block) for piece in pieces[last + 1 :]):
        # The day under a signature.
        kept.discard(last)
    return kept


def _is_backed(line: DateLine) -> bool:
    """Whether something besides its numbers says that a line is a day."""
    return bool(line.weekday is not None or line.weather or line.lunar or HAS_SKY.search(line.title))


def _counts_sections(lines: Sequence[DateLine]) -> bool:
    """Whether ``1.1``, ``1.2``, ``2.1`` number the parts of a text."""
    pairs = [(line.month or 0, line.day or 0) for line in lines]
    if len(pairs) <= 1 or pairs[0][1] != 1:
        return False
    return all(later in ((month, day + 1), (month + 1, 1)) for (month, day), later in itertools.pairwise(pairs))


def is_title(piece: Piece) -> bool:
    """Whether a piece can be the title of what follows it."""
    text = words(piece.block)
    if piece.is_within:
        return False
    if isinstance(piece.block, Heading):
        return 0 < len(text) <= 2 * LONGEST_TITLE
    if has_label(text):
        # The first of several points.
        return False
    return 0 < len(text) <= LONGEST_TITLE and not _ENDS_SENTENCE.search(text) and not is_caption(text)


def _headed(pieces: Sequence[Piece], starts: Sequence[int], marks: Mapping[int, DateLine]) -> dict[int, int]:
    """The headings that stand above the days of their entries, by the start of the entry."""
    bare = [at for at in starts if at in marks and not marks[at].title]
    above = {
        at: at - 1
        for at in bare
        if at and isinstance(pieces[at - 1].block, Heading) and at - 1 not in marks and at - 1 not in starts
    }
    return above if len(above) > 1 or (len(starts) == 1 and above) else {}


def _whole(pieces: Sequence[Piece], marks: Mapping[int, DateLine]) -> Section:
    """Everything as one entry, whose day nothing says."""
    title = 0 if pieces and is_title(pieces[0]) and len(pieces) > 1 and 0 not in marks else None
    return Section(
        start=0,
        line=None,
        heads=() if title is None else (0,),
        title_at=title,
        body=tuple(range(0 if title is None else 1, len(pieces))),
    )


def _section(pieces: Sequence[Piece], at: int, begin: int, end: int, line: DateLine | None) -> Section:
    if line is None or line.kind is Kind.OFFER or (line.kind is Kind.ASK and line.is_doubtful):
        return Section(start=begin, line=line, body=tuple(range(begin, end)))
    if line.kind is Kind.RUN_IN:
        above = tuple(range(begin, at))
        title = begin if above else None
        return Section(start=begin, line=line, heads=above, title_at=title, body=tuple(range(at, end)), run_in=at)
    heads = [*range(begin, at), at]
    title = begin if begin < at else None
    upto = at + 1
    if pieces[at].day is not None:
        # A table says in fields of their own what stands below other days.
        return Section(start=begin, line=line, heads=tuple(heads), title_at=title, body=tuple(range(upto, end)))
    while upto < min(end, at + 3) and (more := extension(words(pieces[upto].block))):
        line = _merged(line, more)
        heads.append(upto)
        upto += 1
    if title is None and not line.title and upto + 1 < end and is_title(pieces[upto]) and _goes_on(pieces[upto + 1]):
        title = upto
        heads.append(upto)
        upto += 1
    return Section(start=begin, line=line, heads=tuple(heads), title_at=title, body=tuple(range(upto, end)))


def _goes_on(piece: Piece) -> bool:
    """Whether running text or a picture follows what may be a title."""
    return not isinstance(piece.block, Paragraph) or len(words(piece.block)) != 0 or bool(piece.block.inlines)


def _merged(line: DateLine, more: DateLine) -> DateLine:
    return replace(
        line,
        weekday=more.weekday if line.weekday is None else line.weekday,
        lunar=line.lunar or more.lunar,
        weather=" ".join(filter(None, (line.weather, more.weather))),
        place=line.place or more.place,
        author=line.author or more.author,
        written=f"{line.written} / {more.written}",
    )
