"""How a whole file puts its days, its titles and its texts: what one line alone does not say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Heading
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind, is_fact
from generator.tools.importers.date_words import DATE_NAME, folded
from generator.tools.importers.labels import label_form, label_number, without_label
from generator.tools.importers.lines import words
from generator.tools.importers.manuscript import Piece
from generator.tools.importers.shapes import (
    is_bold,
    is_diary_name,
    is_divider,
    is_page,
    is_running,
    is_title,
    issue_of,
    names_part,
)

TOLD: Final = (Kind.PUBLISHED, Kind.MONTH)
"""Lines that say something of a day with which no entry begins."""
_LABELLED: Final = re.compile(rf"\W*{DATE_NAME}\s*:")
_ENDED: Final = re.compile("[。!?;]$")
_LONGEST_SIGNATURE: Final = 20
"""Characters."""


@frozen(kw_only=True)
class Marks:
    """The lines of a file that say something of a day."""

    pieces: Sequence[Piece]
    lines: Mapping[int, DateLine]
    """By the number of the piece; what the lines below a day add to it is in it."""
    ends: Mapping[int, int]
    """The first piece that adds nothing more to it."""

    def end(self, at: int) -> int:
        """The piece behind a day and the lines that belong to it."""
        return self.ends.get(at, at + 1)


@frozen(kw_only=True)
class Titles:
    """The titles that stand above days."""

    above: Mapping[int, int]
    """Their pieces by those of the days."""
    is_doubtful: bool = False
    """Whether they may be the last lines of the texts above."""


def days_stand_below(marks: Marks, days: Sequence[int]) -> bool | None:
    """Whether each day stands below its text, as under a letter; None where only a person can tell."""
    pieces = marks.pieces
    if len(days) < 2 or any(pieces[at].day for at in days) or unlabelled(marks, days):
        return False
    before = [_signature(pieces[at - 1]) for at in days]
    is_signed = all(before) and len(set(before)) < len(before)
    is_open = any(words(piece.block) for piece in pieces[marks.end(days[-1]) :])
    above = [piece for piece in pieces[: days[0]] if words(piece.block)]
    # Below a signature, where it was written may stand as well.
    if not all(_is_bare(marks.lines[at], is_signed=is_signed) for at in days):
        # With a text above the first one and none below the last, they may stand there with another word: 晚, 记.
        are_apart = all(marks.end(at) < below for at, below in pairwise(days))
        return None if are_apart and not is_open and any(map(is_running, above)) else False
    if not any(map(is_running, above)):
        # Letters whose lines are left without full stops, or days below a name, the last of them empty.
        return None if is_signed and not is_open and len(above) > 1 else False
    if is_open:
        return None if is_signed else False
    is_headed = all(isinstance(pieces[marks.end(at)].block, Heading) for at in days[:-1])
    if is_signed or is_headed:
        return True
    # Under a whole feature stands one day more, and who wrote it.
    return False if before[-1] and not any(before[:-1]) else None


def unlabelled(marks: Marks, days: Sequence[int]) -> frozenset[int]:
    """The days alone in their lines below others with a label: 时间：3月5日, and 3月7日 under the minutes."""
    labelled = [at for at in days if _LABELLED.match(folded(marks.lines[at].written))]
    if not labelled or labelled[0] != days[0]:
        return frozenset()
    known = frozenset(labelled)
    return frozenset(
        at
        for at, below in pairwise([*days, len(marks.pieces)])
        if at not in known and marks.lines[at].is_bare and (below in known or below == len(marks.pieces))
        if not any(map(_is_text, marks.pieces[marks.end(at) : below]))
    )


def _is_text(piece: Piece) -> bool:
    return not is_title(piece) and not isinstance(piece.block, Heading)


def _is_bare(line: DateLine, *, is_signed: bool) -> bool:
    is_said = line.title or line.weather or (line.place and not is_signed)
    return line.is_whole or (line.kind is Kind.ENTRY and not is_said)


def _signature(piece: Piece) -> str:
    """A line that may be a signature; empty for any other."""
    text = "" if isinstance(piece.block, Heading) else words(piece.block)
    return text if len(text) <= _LONGEST_SIGNATURE and is_title(piece) else ""


def titles_above(marks: Marks, starts: Sequence[int]) -> Titles:
    """The titles above the days with which entries begin."""
    if numbered := _numbered(marks, starts):
        return Titles(above=numbered)
    above = _candidates(marks, starts)
    headings = {at: title for at, title in above.items() if isinstance(marks.pieces[title].block, Heading)}
    if len(starts) == 1:
        is_alone = starts[0] == 1 and not is_diary_name(marks.pieces[0])
        return Titles(above=above if is_alone else headings)
    others = [at for at in starts[1:] if at in above]
    texts = [words(marks.pieces[title].block) for title in above.values()]
    if len(set(texts)) == 1 or 2 * len({words(marks.pieces[above[at]].block) for at in others}) <= len(others):
        # Who wrote each, or the name of the form.
        return Titles(above={})
    if len(others) == len(starts) - 1:
        heads = _heads(marks, starts[0])
        ends = [_end_above(marks, above[at], heads) for at in others]
        if all(end < above[at] - 1 for at, end in zip(others, ends, strict=True)):
            return Titles(above=above)
        if all(is_bold(marks.pieces[above[at]]) and not is_bold(marks.pieces[above[at] - 1]) for at in others):
            return Titles(above=above)
        closed = [end for end in ends if is_running(marks.pieces[end])]
        is_alike = is_title(marks.pieces[-1]) or _has_titles_below(marks, starts)
        if starts[0] in above and len(closed) == len(others) and not is_alike:
            return Titles(above=above)
        if 2 * len(closed) > len(others) and len(headings) < 2:
            return Titles(above=above, is_doubtful=True)
    return Titles(above=headings if len(headings) > 1 else {})


def _numbered(marks: Marks, starts: Sequence[int]) -> dict[int, int]:
    """The lines above days that number them, if all are numbered one after the other: 一、到村, 二、入户."""
    found = {at: at - 1 for at in starts if at and at - 1 not in marks.lines}
    texts = [words(marks.pieces[title].block) for title in found.values()]
    is_plain = all(len(text) <= LONGEST_TITLE and without_label(text)[-1:] not in "。；：" for text in texts)
    is_counted = [label_number(text) for text in texts] == [*range(1, len(starts) + 1)]
    return found if len(starts) > 1 and is_plain and is_counted and len(set(map(label_form, texts))) == 1 else {}


def _end_above(marks: Marks, at: int, heads: Collection[str]) -> int:
    """The piece with which the text ends above a title and the lines over it."""
    return next(one for one in range(at - 1, -2, -1) if one < 0 or not _is_head(marks.pieces[one], heads))


def _candidates(marks: Marks, starts: Sequence[int]) -> dict[int, int]:
    """The lines directly above days without a title that can be one."""
    taken = {one for at in starts for one in range(at, marks.end(at))}
    bare = [
        at
        for at in starts
        if at in marks.lines and not marks.lines[at].title and marks.lines[at].kind is not Kind.OFFER
    ]
    found = {at: at - 1 for at in bare if at and at - 1 not in marks.lines and at - 1 not in taken}
    found = {at: title for at, title in found.items() if not is_page(marks.pieces[title])}
    first, below = starts[0], dict(pairwise(starts))
    parts = {at for at, title in found.items() if names_part(marks.pieces[title])}
    return {
        at: title
        for at, title in found.items()
        if is_title(marks.pieces[title])
        # A part above several days is the title of none.
        and (not is_divider(marks.pieces[title]) or {at, below.get(at, at)} <= parts)
        and not _is_over(marks.pieces[title], marks.pieces[at])
        and not (at == first and is_diary_name(marks.pieces[title]))
        # A text has to be left for the day above.
        and (at == first or title - 1 not in taken or getattr(marks.lines.get(title - 1), "kind", None) is Kind.RUN_IN)
    }


def _is_over(above: Piece, below: Piece) -> bool:
    """Whether a heading is that of several days: those are headings of a lower rank."""
    both = isinstance(above.block, Heading) and isinstance(below.block, Heading)
    return both and above.block.level < below.block.level  # type: ignore[union-attr]


def _has_titles_below(marks: Marks, starts: Sequence[int]) -> bool:
    """Whether most days have a line below them that can be a title as well."""
    pieces = marks.pieces
    below = [at for at in starts if marks.end(at) + 1 < len(pieces) and is_title(pieces[marks.end(at)])]
    return 2 * len(below) > len(starts)


def _heads(marks: Marks, first: int) -> frozenset[str]:
    """The lines above the first day that may come back above others, with other numbers in them: 驻企简报, 第1期."""
    pieces = (piece for at, piece in enumerate(marks.pieces[:first]) if at not in marks.lines and is_title(piece))
    return frozenset(issue_of(piece) or words(piece.block) for piece in pieces)


def _is_head(piece: Piece, heads: Collection[str]) -> bool:
    return is_divider(piece) or (issue_of(piece) or words(piece.block)) in heads


def labels_above(marks: Marks, starts: Sequence[int]) -> int:
    """How many lines with the same labels stand right above each day, the first one, too: they are of what is below.

    Where the last text has such a line as well, they end what is above: 记录人：江南雁.
    """
    taken = {one for at in starts for one in range(at, marks.end(at))}
    above = [[*_labels(marks, at, taken)] for at in starts]
    found = [one[0] for one in takewhile(lambda one: len({*one}) == 1, zip(*above, strict=False))]
    ends = {_label(marks.pieces[at]) for at in range(marks.end(starts[-1]), len(marks.pieces))}
    return len(found) if len(starts) > 1 and ends.isdisjoint(found) else 0


def _labels(marks: Marks, at: int, taken: Collection[int]) -> Iterator[str]:
    """The labels of the lines above a day, from below, which are no part of another one."""
    for one in range(at - 1, -1, -1):
        label = "" if one in taken or one in marks.lines else _label(marks.pieces[one])
        if not label:
            break
        yield label


def _label(piece: Piece) -> str:
    """What stands in front of the value of a field; empty where a line is none."""
    text = folded(words(piece.block)).strip()
    label, colon, value = text.partition(":")
    is_field = colon and value and len(text) <= LONGEST_TITLE and is_fact(text)
    return label if is_field and not _ENDED.search(text) else ""


def _is_period(marks: Marks, at: int) -> bool:
    """Whether a line says from which to which day those below it go."""
    line = marks.lines.get(at)
    return line is not None and line.kind is Kind.MONTH and line.end_day is not None


def dividers(marks: Marks, begins: Sequence[int], starts: Sequence[int]) -> tuple[int, ...]:
    """The pieces that only part days: headings of months, parts and periods, and lines that come back above days."""
    last = [words(marks.pieces[begin - 1].block) for begin in begins if begin]
    is_alike = len(last) == len(begins) > 1 and len(set(last)) == 1
    taken = {one for at in starts for one in range(at, marks.end(at))}
    heads = _heads(marks, starts[0])
    found: list[int] = []
    for begin in begins:
        at = begin - 1
        # What stands first of all is the title of the whole.
        while at >= (begin == begins[0]) and at not in taken:
            piece = marks.pieces[at]
            # A heading right below a day is all that there is of that day; those above the first are the whole's.
            is_empty = isinstance(piece.block, Heading) and at - 1 not in taken and at > starts[0]
            is_rank = is_empty and not _is_over(marks.pieces[begin], piece)
            is_head = _is_head(piece, heads if begin != begins[0] else ()) or _is_period(marks, at)
            if not (is_rank or is_head or (is_alike and at == begin - 1 and last[0])):
                break
            found.append(at)
            at -= 1
    return tuple(found)
