"""Lines with a day that are written otherwise than the days of the file: captions, notes in brackets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers.date_words import DATE_NAME, folded
from generator.tools.importers.layout import Marks
from generator.tools.importers.lines import pictures, words
from generator.tools.importers.shapes import is_credited
from generator.tools.importers.strays import has_texts

_BRACKETED: Final = re.compile(r"\s*[(\[【〔].*[)\]】〕][。.]?\s*")
_BRIEF: Final = 2
"""Characters."""
_LABEL: Final = re.compile(rf"\W*{DATE_NAME}\s*:")
_LABELLED: Final = re.compile(rf"{_LABEL.pattern}|[^:]*\d{{1,2}}:\d\d")
_NOTED: Final = re.compile(
    r".{0,12}?[日号\d](?:补\s*:|(?:更新|补[记充注]|追[记加]|附记|[批备附]?注|\s*[^\s,。:]{0,6}批[示复阅]|\s*阅)(?:说明)?"
    r"\s*(?:[:)\]*。!]|$))"
)
"""What stands behind the day of a note: 3月6日追记, （3月6日更新）已修好. 3月6日 补记 has a title."""
_BRIEFLY: Final = re.compile(
    r".{0,12}?[日号]\s*[^\s,。:]{0,3}?(?:补记|反馈|[回答]复|办结|截稿|更正|校[对核]|修[改订]|签?收|打印|印[发制]|定稿|[存归]档|已?阅|待办"
    r"|提醒|到期|生效|上报)(?:[:。!].*)?\s*"
)
"""What was done with a paper on a day, or has to be: 3月6日 签收. Among days that are written so, it is a title."""
_OVER_NOTE: Final = re.compile(r"\W*(?:[补追附]记|备注|更正|勘误|反馈|提醒|待办)\W*")
"""A line above the day of a note."""


@frozen(kw_only=True)
class Odd:
    """Days with which no entry begins unless a person says so."""

    texts: frozenset[int] = frozenset()
    """Those that surely are texts: captions that say whose picture stands above them, and a day below its own text."""
    asked: frozenset[int] = frozenset()


def odd_days(marks: Marks, sure: Collection[int]) -> Odd:
    """Those of the days that are written as hardly any other one is, and look like something else."""
    days = [at for at in sure if marks.pieces[at].day is None]
    texts = {at: words(marks.pieces[at].block) for at in days}
    credited = {at for at in days if is_credited(texts[at])}
    bracketed = {at for at in days if _BRACKETED.fullmatch(folded(texts[at]))}
    below = {*days} & _below_pictures(marks)
    # With a weekday, the weather or its number, a day is no caption; without a title, it tells of no picture.
    told = {at for at in below if _is_told(marks, at)}
    within = {at for at in told if marks.pieces[at].where == marks.pieces[at - 1].where}
    forms = {_form(marks, at) for at in days if at not in below}
    # Two characters name what was done, as a title does: 开会.
    brief = {at for at in told if 0 < len(marks.lines[at].title) <= _BRIEF and pictures(marks.pieces[at - 1].block)}
    titled = {at for at in told - brief if len(forms) == 1 and _form(marks, at) not in forms}
    others = (_again(marks, sorted(sure)), _announced(marks, days), _noted(marks, days, texts))
    odds = (credited, bracketed, within, titled, *others)
    found = {at for odd in odds if 2 * len(odd) <= len(days) for at in odd}
    surely = frozenset((found & credited & below) | _closing(marks, sorted(sure)))
    return Odd(texts=surely, asked=frozenset(found) - surely)


def without_texts(marks: Marks, days: Sequence[int]) -> frozenset[int]:
    """The days with a title that alone have no text, and are written as none with a text is.

    They stand last of all, or have the only years: 2023年5月30日装订成册 tells of the paper.
    """
    has_text = has_texts(marks, days) if days else {}
    for at, below in pairwise(days[:2]):
        # The title of the whole is no text of the day above it.
        has_text[at] &= any(one not in marks.lines for one in range(marks.end(at), below))
    forms = {_form(marks, at) for at in days if has_text[at]}
    years = {at for at in days if marks.lines[at].year}
    bare = {at for at in days if not has_text[at]}
    # Above the others, a day of the same kind may have its text in them.
    is_alike = any(_form(marks, at)[1:] == form[1:] for at in days[:1] for form in forms)
    is_first = days[0] in bare and is_alike and not _is_later(marks, *days[:2]) if days else True
    is_of_paper = bare in ({*days[-1:]}, {*days[:1]}) or years == bare
    is_odd = all(_is_titled(marks, at) and _form(marks, at) not in forms for at in bare)
    is_usual = 2 * len(bare) > len(days) or is_first
    return frozenset() if is_usual or not (is_of_paper and is_odd) else frozenset(bare)


def _again(marks: Marks, days: Sequence[int]) -> set[int]:
    """The days behind a label, or with a clock, within an entry of the same day: 2021-03-05 09:12 on a picture."""
    return {
        at
        for above, at in pairwise(days)
        if at > marks.end(above) and marks.lines[above].is_backed and marks.pieces[at].day is None
        if marks.lines[above].holds(marks.lines[at]) and _LABELLED.match(folded(marks.lines[at].written))
    }


def _closing(marks: Marks, days: Sequence[int]) -> set[int]:
    """The days that stand once more, bare, between their own text and the next day, as below a signature."""
    ends = {*days, len(marks.pieces)}
    return {
        at
        for above, at in pairwise(days)
        if above < at - 1 and at + 1 in ends and marks.lines[above].holds(marks.lines[at])
        if not (marks.lines[at].is_backed or _is_told(marks, at) or marks.lines[at].count or marks.lines[at].title)
        if marks.pieces[at].day is None
    }


def _announced(marks: Marks, days: Sequence[int]) -> set[int]:
    """The days behind a label without weather, as notices and minutes have them: 时间：3月8日上午9:00."""
    labelled = {at for at in days if _LABEL.match(folded(marks.lines[at].written)) and not marks.lines[at].weather}
    # Days begin so where the first one does; one of two may be written so by chance.
    return labelled if len(days) > 2 and min(days) not in labelled else set()


def _noted(marks: Marks, days: Sequence[int], texts: Mapping[int, str]) -> set[int]:
    """The days of what was noted later on the text above them."""
    bare = [at for at in days if not marks.lines[at].is_backed]
    briefly = {at for at in bare if _BRIEFLY.fullmatch(folded(texts[at]))}
    forms = {_form(marks, at) for at in days if at not in briefly}
    over = {at for at in bare if at and _OVER_NOTE.fullmatch(folded(words(marks.pieces[at - 1].block)))}
    noted = {at for at in bare if _NOTED.match(folded(texts[at]))}
    return noted | over | {at for at in briefly if _form(marks, at) not in forms}


def _is_titled(marks: Marks, at: int) -> bool:
    line = marks.lines[at]
    return bool(line.title) and not line.is_backed and marks.pieces[at].day is None


def _is_later(marks: Marks, at: int, below: int = 0) -> bool:
    """Whether a day comes after the one below it."""
    one, other = marks.lines[at], marks.lines[below]
    return (one.month or 0, one.day or 0) > (other.month or 0, other.day or 0)


def _below_pictures(marks: Marks) -> set[int]:
    """The lines below pictures, of which each may have one of its own: two pictures, and then two days."""
    found: set[int] = set()
    shown = 0
    for at, piece in enumerate(marks.pieces):
        if number := len(pictures(piece.block)):
            shown = number + (shown if at - 1 not in found else 0)
        elif shown and (at in marks.lines or piece.is_caption):
            found.add(at)
            shown -= 1
        else:
            shown = 0
    return found


def _is_told(marks: Marks, at: int) -> bool:
    """Whether words stand behind a day that may tell of a picture, and nothing that only a day of a diary has."""
    line = marks.lines[at]
    return bool(line.title or line.rest or line.place) and not line.is_backed and line.count is None


def _form(marks: Marks, at: int) -> tuple[bool, bool, bool]:
    """What a day is written with: its year, the weather or something like it, a title."""
    line = marks.lines[at]
    return bool(line.year), line.is_backed, bool(line.title or line.rest)
