"""Tables that are diaries: a row or a column for each day, or a whole form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Block, Blocks, Cell, Paragraph, Table, Text
from generator.tools.importers import date_words
from generator.tools.importers.date_facts import DateLine, Kind, extension
from generator.tools.importers.date_lines import read
from generator.tools.importers.date_words import NAMED_YEAR
from generator.tools.importers.day_columns import (
    MOST_ABOVE,
    columns_like_first,
    day_columns,
    is_behind_others,
    kind_below,
    kind_of,
    last_column,
    names_day,
)
from generator.tools.importers.diary_cells import (
    AMOUNT,
    cell_text,
    day_of_cell,
    holds_more,
    is_empty,
    unread_day,
    with_whole_days,
)
from generator.tools.importers.diary_fields import colon, labelled, merged, titled, until, with_fact
from generator.tools.importers.named_years import named_years
from generator.tools.importers.spans import check_cells
from generator.tools.importers.texts_of import text_of

_FACTS: Final = ("weekday", "weather", "place", "author", "title")
_HEADS: Final = ("date", "end", "part", "number", *_FACTS)
"""Kinds of columns whose words stand in the front matter, or in front of a text."""
_DATE_LABEL: Final = re.compile(rf"\s*{date_words.DATE_NAME}\s*:")
_SUM: Final = re.compile(r"\s*(?:[本全][周月年季]度?)?(?:合计|小计|总计|共计|累计)\s*:?\s*")
_DAY_OF: Final = re.compile("[㐀-鿿](?:日期|时间|年月日?)$")
_LONGEST_LABEL: Final = 14
_SHORTEST_WORK: Final = 5
"""Characters of a cell that says what was done: 走访三户。"""


@frozen(kw_only=True)
class Row:
    """What a diary says of one day; of none, where ``line`` is None."""

    number: int
    """That of the row or column of the table, from 1."""
    line: DateLine | None
    written: str
    """Everything that says the day and the facts about it."""
    body: Blocks


@frozen(kw_only=True)
class Diary:
    """A table as days."""

    rows: tuple[Row, ...]
    is_across: bool = False
    """Whether each day has a column."""
    left: tuple[str, ...] = ()
    """The headings and numbers that stand in no row."""
    is_of_others: bool = False
    """Whether each row is about a person or a thing, and says by the way when one was with it."""
    sums: tuple[str, ...] = ()
    """The rows that add up the others, and are of no day."""


def diary_of(table: Table, chosen: str = "") -> Diary | None:
    """The days of a table; None for one that is no diary. Raises Fault for a table that is too large.

    ``chosen`` is the heading of the column with the days, where a person said which it is.
    """
    columns = table.columns
    if columns < 2:
        return None
    check_cells(columns, len(table.head) + len(table.rows))
    grid = with_whole_days([list(row) for row in table.filled((*table.head, *table.rows))], MOST_ABOVE)
    if (found := day_columns(grid, chosen)) is not None:
        head, days = found
        diary = _side_by_side(grid, head, days)
        is_of_others = is_behind_others(list(map(cell_text, grid[head][: days[0]]))) if days else False
        return diary and replace(diary, is_of_others=is_of_others)
    if any(map(_is_of_days, grid[:MOST_ABOVE])):
        return _days_across(grid)
    return _form(grid) or _first_column(grid)


def days_in(table: Table) -> Iterator[DateLine]:
    """The days that cells of a table say. Numbers alone are amounts: 3.2."""
    cells = (cell for row in (*table.head, *table.rows) for cell in row if not AMOUNT.fullmatch(cell_text(cell)))
    return (line for cell in cells if (line := day_of_cell(cell)))


def _first_column(grid: Sequence[Sequence[Cell]]) -> Diary | None:
    """A table without such headings, with the days in its first column."""
    dated = [day_of_cell(row[0]) is not None for row in grid if not is_empty(row[0])]
    if not any(dated) or dated[1:].count(False) > 1:
        return None
    head = -1 if day_of_cell(grid[0][0]) else 0
    return _side_by_side(grid, head, columns_like_first(grid[head + 1 :]))


def _side_by_side(grid: Sequence[Sequence[Cell]], head: int, columns: Sequence[int]) -> Diary | None:
    """A list of days, or several that stand side by side to save paper; None where no column is surely that of days."""
    if not columns:
        return None
    begins = [at - columns[0] for at in columns]
    sides = [
        _List([row[begin:end] for row in grid], head, columns[0]).diary()
        for begin, end in zip(begins, [*begins[1:], len(grid[0])], strict=True)
    ]
    return replace(_all_of(sides), rows=_in_order(sides))


def _in_order(sides: Sequence[Diary]) -> tuple[Row, ...]:
    """The days of lists that stand side by side: one list after the other, or row by row, as their days run."""
    groups = [group for side in sides for group in _by_days(side.rows)]
    by_row = sorted(groups, key=lambda group: group[0].number)
    return tuple(row for group in min(groups, by_row, key=_steps_back) for row in group)


def _by_days(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in groups, each of which begins with a day."""
    group: list[Row] = []
    for row in rows:
        if row.line and group:
            yield group
            group = []
        group.append(row)
    yield group


def _steps_back(groups: Sequence[Sequence[Row]]) -> int:
    days = [(line.month or 0, line.day or 0) for group in groups if group and (line := group[0].line)]
    return sum(later < day for day, later in itertools.pairwise(days))


def _all_of(parts: Sequence[Diary], *, is_across: bool = False) -> Diary:
    """Diaries as one."""
    return Diary(
        rows=tuple(row for one in parts for row in one.rows),
        left=tuple(text for one in parts for text in one.left),
        sums=tuple(text for one in parts for text in one.sums),
        is_across=is_across,
    )


def _days_across(grid: Sequence[Sequence[Cell]]) -> Diary | None:
    """A table with a column for each day; below the columns of a week, those of the next one may stand."""
    days = [number for number, row in enumerate(grid) if _is_of_days(row)]
    # A row of deadlines has a name of its own.
    heads = [number for number in days if cell_text(grid[number][0]) == cell_text(grid[days[0]][0])]
    heads = heads if day_of_cell(grid[days[0]][0]) is None else days
    if _name_days(grid[: days[0]]) or not _has_work(grid, heads):
        return None
    weeks = []
    for head, begin, end in zip(heads, [0, *heads[1:]], [*heads[1:], len(grid)], strict=True):
        turned = [list(one) for one in zip(*grid[begin:end], strict=True)]
        has_labels = day_of_cell(grid[head][0]) is None
        weeks.append(_List(turned, 0 if has_labels else -1, head - begin).diary())
    return _all_of(weeks, is_across=True)


def _is_of_days(row: Sequence[Cell]) -> bool:
    """Whether each cell of a row is a day, but for the first one, which names the rows, and the last, for remarks."""
    days = [day_of_cell(cell) is not None for cell in row[1:] if not is_empty(cell)]
    return sum(days) > 1 and all(days[:-1])


def _name_days(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether headings say what each column of days is: 受理日期, 办结日期. Then the rows are about other things."""
    return any(_DAY_OF.search(cell_text(cell)) for row in rows for cell in row[1:])


def _has_work(grid: Sequence[Sequence[Cell]], heads: Sequence[int]) -> bool:
    """Whether columns of days say what was done, and not only who was there, or how many."""
    first, *others = grid[heads[0]]
    below = [row[1:] for n, row in enumerate(grid[heads[0] :], heads[0]) if n not in heads]
    dated = sum(any(day_of_cell(cell) and not AMOUNT.fullmatch(cell_text(cell)) for cell in row) for row in below)
    if not below or 2 * dated > len(below):
        # Each row has days of its own.
        return False
    text = cell_text(first)
    is_named = is_empty(first) or day_of_cell(first) or kind_of(text) or NAMED_YEAR.match(date_words.folded(text))
    if is_named and all(day_of_cell(one) or is_empty(one) for one in others):
        return True
    texts = [text for row in below for cell in row if (text := text_of(cell.blocks).strip())]
    return 2 * sum(len(one) >= _SHORTEST_WORK or one.endswith("。") for one in texts) > len(texts)


class _List:
    """A table with a row for each day."""

    def __init__(self, grid: Sequence[Sequence[Cell]], head: int, column: int) -> None:
        self._grid, self._head, self._column = grid, head, column
        above = grid[head] if head >= 0 else [Cell(())] * len(grid[0])
        self._names = [cell_text(cell) for cell in above]
        kinds = [kind_of(name) for name in self._names]
        if head < 0:
            kinds = [kind_below([row[at] for row in grid]) for at in range(len(above))]
        others = [at for at, kind in enumerate(kinds) if kind in ("", "main") and at != column]
        only = others[0] if len(others) == 1 and not date_words.PART.fullmatch(self._names[others[0]]) else None
        main = next((at for at in others if kinds[at] == "main"), only)
        end = last_column(grid[head + 1 :], self._names, column)
        plain = {"date": "part", "main": "", "start": "", "end": ""}
        kinds = [kind if at == end else plain.get(kind, kind) for at, kind in enumerate(kinds)]
        self._kinds = ["main" if at == main or (not kind and head < 0) else kind for at, kind in enumerate(kinds)]
        self._kinds[column] = "date"
        self._used: set[int] = set()
        self._left: list[str] = []

    def diary(self) -> Diary:
        """Its days."""
        head = self._head
        every = list(enumerate(self._grid[head + 1 :], head + 2))
        sums = [(number, row) for number, row in every if _adds_up(row)]
        rows = [self._row(number, row) for number, row in every if (number, row) not in sums]
        above = [cell for row in self._grid[: max(0, head)] for cell in row if not is_empty(cell)]
        named = [cell for at, cell in enumerate(self._grid[head]) if at not in self._used] if head >= 0 else []
        # A year in a heading counts for the days below it, so it stays before them.
        kept = [
            cell
            for cell in (*above, *named)
            if not cell_text(cell) or holds_more(cell) or NAMED_YEAR.search(date_words.folded(cell_text(cell)))
        ]
        first = [Row(number=1, line=None, written="", body=cell.blocks) for cell in kept if not is_empty(cell)]
        left = [cell_text(cell) for cell in (*above, *named) if cell not in kept and not is_empty(cell)]
        added = tuple(" ".join(filter(None, map(cell_text, row))) for _, row in sums)
        return Diary(rows=(*first, *rows), left=(*left, *self._left), sums=added)

    def _row(self, number: int, row: Sequence[Cell]) -> Row:
        cell = row[self._column]
        line = day_of_cell(cell) or unread_day(cell_text(cell))
        if line and line.kind is Kind.MONTH and not all(one is cell or is_empty(one) for one in row):
            # What was done in a month, or a part of one; alone it is a heading for the rows below it.
            line = replace(line, kind=Kind.ASK)
        facts: list[str] = []
        body: list[Block] = [] if line or is_empty(cell) else [*cell.blocks]
        part = ""
        for at, (kind, one) in enumerate(zip(self._kinds, row, strict=True)):
            text = cell_text(one)
            body += one.blocks if line and text and kind in _HEADS and holds_more(one) else ()
            if kind == "date" or is_empty(one):
                facts += [text] if line and text and kind == "date" else []
            elif line and kind == "part" and date_words.WEEKDAY.fullmatch(text):
                line = with_fact(line, "weekday", text)
                facts.append(text)
            elif line and kind == "end" and (last := day_of_cell(one)):
                line = until(line, last)
                facts.append(text)
            elif kind == "part" and text:
                part += f"{text}{colon(text)}"
            elif kind == "number" and text:
                (facts if line else self._left).append(text)
            elif line and kind in _FACTS and text:
                line = with_fact(line, kind, text)
                facts.append(text)
            else:
                line = titled(line, one) if line and body and kind == "main" else line
                body += self._content(at, one, part)
                part = ""
        body += [Paragraph((Text(part),))] if part else []
        return _row(number, line, facts, body)

    def _content(self, at: int, cell: Cell, part: str) -> Blocks:
        name = "" if self._kinds[at] == "main" else self._names[at]
        if name:
            self._used.add(at)
        return labelled(f"{part}{name}{colon(name)}", cell.blocks)


def _adds_up(row: Sequence[Cell]) -> bool:
    """Whether a row adds up those above it, and holds nothing but words."""
    first = next((text for cell in row if (text := cell_text(cell))), "")
    is_plain = all(is_empty(cell) or (cell_text(cell) and not holds_more(cell)) for cell in row)
    return is_plain and _SUM.fullmatch(date_words.folded(first)) is not None


def _form(grid: Sequence[Sequence[Cell]]) -> Diary | None:
    """A table of labels and what belongs to them, with a day in it; several, if one form stands below the other."""
    columns = {at for row in grid for at, cell in enumerate(row) if _names_something(cell_text(cell))}
    pairs = [list(_pairs(row, columns)) for row in grid]
    days = [_day_in(row) for row in pairs] if columns else []
    starts = [number for number, at in enumerate(days) if at is not None]
    begins, ends = [0, *starts[1:]], [*starts[1:], len(pairs)]
    rows = []
    for start, begin, end in zip(starts, begins, ends, strict=False):
        before = sum(map(len, pairs[begin:start]))
        rows.append(_filled(start + 1, [one for row in pairs[begin:end] for one in row], before + (days[start] or 0)))
    return Diary(rows=tuple(rows)) if any(row.body for row in rows) else None


def _pairs(row: Sequence[Cell], columns: set[int]) -> Iterator[tuple[str, Cell]]:
    """The labels of a row with their cells; a cell that has none has an empty one."""

    def is_label(at: int, *, is_next: bool = False) -> bool:
        text = cell_text(row[at])
        is_short = 0 < len(text) <= _LONGEST_LABEL and text[-1] not in "。！？" and read(text) is None
        is_followed = at + 1 < len(row) and not is_empty(row[at + 1])
        is_placed = at in columns or (is_next and is_followed) or _names_something(text)
        return is_short and ":" not in date_words.folded(text)[:-1] and is_placed

    at, label = 0, ""
    while at < len(row):
        # Behind a label and what belongs to it stands another label.
        label = cell_text(row[at]) if is_label(at, is_next=bool(label)) else ""
        at += bool(label)
        while at < len(row) and is_empty(row[at]):
            at += 1
        if at < len(row) and (not label or not is_label(at)):
            yield label, row[at]
            at += 1
        elif label:
            yield label, Cell(())


def _filled(number: int, pairs: Sequence[tuple[str, Cell]], at: int) -> Row:
    """One form, whose day stands in the pair ``at``."""
    line = day_of_cell(pairs[at][1])
    assert line is not None
    facts: list[str] = []
    body: list[Block] = []
    has_main = False
    for place, (label, cell) in enumerate(pairs):
        name, text, kind = f"{label}{colon(label)}", cell_text(cell), kind_of(label)
        is_fact = bool(text) and kind in _FACTS
        more = extension(text) if text and not label else None
        if last := day_of_cell(cell) if kind == "end" and kind_of(pairs[at][0]) == "start" else None:
            line = until(line, last)
        elif is_fact:
            line = with_fact(line, kind, text)
        elif more:
            line = merged(line, more)
        is_head = bool(text) and (kind == "number" or last is not None or not (label or body))
        body += cell.blocks if (place == at or is_fact or more or is_head) and holds_more(cell) else ()
        if place == at or is_fact or more or is_head or is_empty(cell):
            facts.append(f"{name}{text}")
        elif kind == "main" and not has_main:
            has_main = True
            facts.append(name)
            line = titled(line, cell) if body else line
            body += cell.blocks
        else:
            body += labelled(name, cell.blocks)
    years = {year for fact in facts for year in named_years(fact)}
    line = replace(line, year=years.pop()) if line.year is None and not line.mask and len(years) == 1 else line
    return _row(number, line, facts, body)


def _row(number: int, line: DateLine | None, facts: Sequence[str], body: Sequence[Block]) -> Row:
    written = " ".join(facts)
    return Row(number=number, line=line and replace(line, written=written), written=written, body=tuple(body))


def _day_in(row: Sequence[tuple[str, Cell]]) -> int | None:
    """The pair of a row that says the day of a form: it is called so, or stands alone."""
    for at, (label, cell) in enumerate(row):
        is_named = names_day(label) or bool(_DATE_LABEL.match(date_words.folded(cell_text(cell))))
        if (is_named or (not label and len(row) == 1)) and day_of_cell(cell):
            return at
    return None


def _names_something(text: str) -> bool:
    return bool(kind_of(text) or date_words.PART.fullmatch(text))
