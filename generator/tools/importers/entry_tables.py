"""Tables with days that stand within entries: rosters, plans, lists of what was handled. Only a person knows which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine
from generator.tools.importers.date_words import folded
from generator.tools.importers.diary_tables import Diary

_HALF_A_YEAR: Final = 6 * 31


@frozen(kw_only=True)
class Within:
    """The tables of a manuscript that stay tables unless a person says otherwise, by their pieces."""

    listing: frozenset[int] = frozenset()
    """Those that surely list something within an entry: whom one has visited, or days of which the first is earlier."""
    asked: frozenset[int] = frozenset()
    """Those that may do so: most days of the file stand in lines."""


def tables_within(diaries: Mapping[int, Diary], begun: Sequence[tuple[int, DateLine]], texts: Sequence[str]) -> Within:
    """Which of the tables with days stand within entries that lines begin.

    ``begun`` are the lines outside of tables with which entries begin, ``texts`` all lines, by the numbers of pieces.
    """
    listing, asked = set(), set()
    # A day alone with its year may be the one on which all was signed.
    among_lines = sum(not (line.is_bare and line.year) for _, line in begun) > 1
    for table, diary in diaries.items():
        place = bisect_left(begun, table, key=lambda one: one[0])
        days = [row.line for row in diary.rows if row.line and row.line.month and row.line.day]
        if not days or not (place or among_lines):
            continue
        if place == 0:
            asked.add(table)
            continue
        at, above = begun[place - 1]
        is_earlier = len(begun) > 1 < len(days) and 0 < _days_between(days[0], above) < _HALF_A_YEAR
        if is_earlier or diary.is_of_others:
            listing.add(table)
        elif not _is_head(above, days, texts[at + 1 : table], is_only=len(begun) == 1):
            asked.add(table)
    return Within(listing=frozenset(listing), asked=frozenset(asked))


def _is_head(above: DateLine, days: Sequence[DateLine], between: Sequence[str], *, is_only: bool) -> bool:
    """Whether a line stands over a table, with the same days or with that of the paper, and begins no other entry."""
    is_of_paper = is_only and above.is_bare and above.year is not None
    return not any(map(_is_text, between)) and (is_of_paper or all(map(above.holds, days)))


def _is_text(text: str) -> bool:
    return len(text) > LONGEST_TITLE or folded(text).rstrip().endswith(("。", "!", "?", ";"))


def _days_between(one: DateLine, other: DateLine) -> int:
    """About how many days later another day is in the course of a year."""
    first, last = (31 * (line.month or 0) + (line.day or 0) for line in (one, other))
    return (last - first) % (12 * 31)
