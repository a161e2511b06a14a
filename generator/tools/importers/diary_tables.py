"""Tables that are diaries: a row or a column for each day, or a whole form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Block, Blocks, Cell, Paragraph, Table, Text
from generator.tools.importers import date_words
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind, extension
from generator.tools.importers.date_lines import read
from generator.tools.importers.date_words import NAMED_YEAR
from generator.tools.importers.diary_cells import (
    cell_text,
    day_of_cell,
    holds_more,
    is_empty,
    unread_day,
    with_whole_days,
)
from generator.tools.importers.labels import without_label
from generator.tools.importers.spans import check_cells
from generator.tools.importers.texts_of import text_of

_NAMES: Final = re.compile(
    rf"(?P<date>(?!会议){date_words.DATE_NAME}|年月日|date|day)|(?P<number>序号?|编号|no\.?|#)"
    r"|(?P<weekday>星期|周几|礼拜|weekday)|(?P<weather>天气(?:情况|状况)?|气温|温度|weather)"
    r"|(?P<place>(?:工作|走访|活动|驻村)?地[点址]|place|location)|(?P<author>记录[人者]|值班人员?|值班员|检查人员?|巡查人员?|填[写表报]人|撰[写稿]人?|作者|author)"
    r"|(?P<title>标题|题目|(?:工作)?主题|title)|(?P<part>时间?段|上下午|具体时间)"
    r"|(?P<main>(?:(?:今|当|本|每)日|主要|具体)?(?:工作)?(?:开展)?(?:内容|情况|记录|纪要|日志|日记|摘要|要点|事项|活动)|正文"
    r"|(?:(?:今|当|本)日|主要)工作|content|notes?|work)",
    re.IGNORECASE,
)
"""What a heading of a column or a label of a form names."""
_FACTS: Final = ("weekday", "weather", "place", "author", "title")
_HEADS: Final = ("date", "part", "number", *_FACTS)
"""Kinds of columns whose words stand in the front matter, or in front of a text."""
_DATE_LABEL: Final = re.compile(rf"\s*{date_words.DATE_NAME}\s*:")
_SUM: Final = re.compile(r"\s*(?:[本全][周月年季]度?)?(?:合计|小计|总计|共计|累计)\s*:?\s*")
_AMOUNT: Final = re.compile(r"\s*\d{1,2}[./]\d{1,2}\s*")
_LONGEST_LABEL: Final = 14
_SHORTEST_WORK: Final = 5
"""Characters of a cell that says what was done: 走访三户。"""
_MOST_ABOVE: Final = 3
"""Rows among which the headings of the columns are looked for."""


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
    sums: tuple[str, ...] = ()
    """The rows that add up the others, and are of no day."""


def diary_of(table: Table) -> Diary | None:
    """The days of a table; None for one that is no diary. Raises Fault for a table that is too large."""
    columns = table.columns
    if columns < 2:
        return None
    check_cells(columns, len(table.head) + len(table.rows))
    grid = with_whole_days([list(row) for row in table.filled((*table.head, *table.rows))], _MOST_ABOVE)
    if (found := _headed(grid)) is not None:
        return _List(grid, *found).diary()
    if any(map(_is_of_days, grid[:_MOST_ABOVE])):
        return _days_across(grid)
    return _form(grid) or _first_column(grid)


def names_day(name: str) -> bool:
    """Whether a heading of a column says that days stand below it."""
    return _kind(name) == "date"


def days_in(table: Table) -> Iterator[DateLine]:
    """The days that cells of a table say. Numbers alone are amounts: 3.2."""
    cells = (cell for row in (*table.head, *table.rows) for cell in row if not _AMOUNT.fullmatch(cell_text(cell)))
    return (line for cell in cells if (line := day_of_cell(cell)))


def _headed(grid: Sequence[Sequence[Cell]]) -> tuple[int, int] | None:
    """The row with the headings, and the column with the days."""
    for number, row in enumerate(grid[:_MOST_ABOVE]):
        kinds = [_kind(cell_text(cell)) for cell in row]
        found = [at for at, kind in enumerate(kinds) if kind == "date" and all(kinds[:at]) and "main" not in kinds[:at]]
        days = {at: sum(day_of_cell(one[at]) is not None for one in grid[number + 1 :]) for at in found}
        if any(days.values()):
            return number, max(days, key=lambda at: days[at])
    return None


def _first_column(grid: Sequence[Sequence[Cell]]) -> Diary | None:
    """A table without such headings, with the days in its first column."""
    dated = [day_of_cell(row[0]) is not None for row in grid if not is_empty(row[0])]
    if not any(dated) or dated[1:].count(False) > 1:
        return None
    return _List(grid, -1 if day_of_cell(grid[0][0]) else 0, 0).diary()


def _days_across(grid: Sequence[Sequence[Cell]]) -> Diary | None:
    """A table with a column for each day; below the columns of a week, those of the next one may stand."""
    days = [number for number, row in enumerate(grid) if _is_of_days(row)]
    # A row of deadlines has a name of its own.
    heads = [number for number in days if cell_text(grid[number][0]) == cell_text(grid[days[0]][0])]
    heads = heads if day_of_cell(grid[days[0]][0]) is None else days
    if not _has_work(grid, heads):
        return None
    weeks = []
    for head, begin, end in zip(heads, [0, *heads[1:]], [*heads[1:], len(grid)], strict=True):
        turned = [list(one) for one in zip(*grid[begin:end], strict=True)]
        has_labels = day_of_cell(grid[head][0]) is None
        weeks.append(_List(turned, 0 if has_labels else -1, head - begin).diary())
    return Diary(
        rows=tuple(row for week in weeks for row in week.rows),
        left=tuple(text for week in weeks for text in week.left),
        is_across=True,
    )


def _is_of_days(row: Sequence[Cell]) -> bool:
    """Whether each cell of a row is a day, but for the first one, which names the rows, and the last, for remarks."""
    days = [day_of_cell(cell) is not None for cell in row[1:] if not is_empty(cell)]
    return sum(days) > 1 and all(days[:-1])


def _has_work(grid: Sequence[Sequence[Cell]], heads: Sequence[int]) -> bool:
    """Whether columns of days say what was done, and not only who was there, or how many."""
    first, *others = grid[heads[0]]
    text = cell_text(first)
    is_named = is_empty(first) or day_of_cell(first) or _kind(text) or NAMED_YEAR.match(date_words.folded(text))
    if is_named and all(day_of_cell(one) or is_empty(one) for one in others):
        return True
    cells = [cell for n, row in enumerate(grid[heads[0] :]) for cell in row[1:] if n + heads[0] not in heads]
    texts = [text for cell in cells if (text := text_of(cell.blocks).strip())]
    return 2 * sum(len(one) >= _SHORTEST_WORK or one.endswith("。") for one in texts) > len(texts)


class _List:
    """A table with a row for each day."""

    def __init__(self, grid: Sequence[Sequence[Cell]], head: int, column: int) -> None:
        self._grid, self._head, self._column = grid, head, column
        above = grid[head] if head >= 0 else [Cell(())] * len(grid[0])
        self._names = [cell_text(cell) for cell in above]
        kinds = [_kind(name) for name in self._names]
        others = [at for at, kind in enumerate(kinds) if kind in ("", "main") and at != column]
        only = others[0] if len(others) == 1 and not date_words.PART.fullmatch(self._names[others[0]]) else None
        main = next((at for at in others if kinds[at] == "main"), only)
        kinds = ["part" if kind == "date" else "" if kind == "main" else kind for kind in kinds]
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
                line = _with(line, "weekday", text)
                facts.append(text)
            elif kind == "part" and text:
                part += f"{text}{_colon(text)}"
            elif kind == "number" and text:
                (facts if line else self._left).append(text)
            elif line and kind in _FACTS and text:
                line = _with(line, kind, text)
                facts.append(text)
            else:
                line = _titled(line, one) if line and body and kind == "main" else line
                body += self._content(at, one, part)
                part = ""
        body += [Paragraph((Text(part),))] if part else []
        return _row(number, line, facts, body)

    def _content(self, at: int, cell: Cell, part: str) -> Blocks:
        name = "" if self._kinds[at] == "main" else self._names[at]
        if name:
            self._used.add(at)
        return _labelled(f"{part}{name}{_colon(name)}", cell.blocks)


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
        name, text, kind = f"{label}{_colon(label)}", cell_text(cell), _kind(label)
        is_fact = bool(text) and kind in _FACTS
        more = extension(text) if text and not label else None
        if is_fact:
            line = _with(line, kind, text)
        elif more:
            line = _merged(line, more)
        is_head = bool(text) and (kind == "number" or not (label or body))
        body += cell.blocks if (place == at or is_fact or more or is_head) and holds_more(cell) else ()
        if place == at or is_fact or more or is_head or is_empty(cell):
            facts.append(f"{name}{text}")
        elif kind == "main" and not has_main:
            has_main = True
            facts.append(name)
            line = _titled(line, cell) if body else line
            body += cell.blocks
        else:
            body += _labelled(name, cell.blocks)
    year = NAMED_YEAR.search(date_words.folded(" ".join(facts)))
    line = replace(line, year=date_words.number(year[0])) if line.year is None and not line.mask and year else line
    return _row(number, line, facts, body)


def _row(number: int, line: DateLine | None, facts: Sequence[str], body: Sequence[Block]) -> Row:
    written = " ".join(facts)
    return Row(number=number, line=line and replace(line, written=written), written=written, body=tuple(body))


def _day_in(row: Sequence[tuple[str, Cell]]) -> int | None:
    """The pair of a row that says the day of a form: it is called so, or stands alone."""
    for at, (label, cell) in enumerate(row):
        is_named = _kind(label) == "date" or bool(_DATE_LABEL.match(date_words.folded(cell_text(cell))))
        if (is_named or (not label and len(row) == 1)) and day_of_cell(cell):
            return at
    return None


def _names_something(text: str) -> bool:
    return bool(_kind(text) or date_words.PART.fullmatch(text))


def _kind(name: str) -> str:
    """What a heading or a label names; empty for what is none of what a date line says."""
    found = _NAMES.fullmatch("".join(date_words.folded(name).split()).rstrip(":"))
    return (found.lastgroup or "") if found else ""


def _with(line: DateLine, kind: str, text: str) -> DateLine:
    """The line with a fact that stands in a field of its own."""
    match kind:
        case "weekday":
            day = re.sub("^(?:星期|周|礼拜)", "", text.strip())
            found = date_words.WEEKDAY.match(f"周{day}") or date_words.WEEKDAY.match(day)
            return replace(line, weekday=date_words.weekday(found)) if found and line.weekday is None else line
        case "weather":
            return replace(line, weather=" ".join(filter(None, (line.weather, text))))
        case "place":
            return replace(line, place=line.place or text)
        case "author":
            return replace(line, author=line.author or text)
        case _:
            return replace(line, title=line.title or without_label(text))


def _titled(line: DateLine, cell: Cell) -> DateLine:
    """The line with the first sentence of what was done as its title, where other fields stand before that."""
    first = re.split(r"[。！？!?；;\n]", text_of(cell.blocks).strip(), maxsplit=1)[0]
    return replace(line, title=first) if not line.title and len(first) <= LONGEST_TITLE else line


def _merged(line: DateLine, more: DateLine) -> DateLine:
    return replace(
        line,
        weekday=more.weekday if line.weekday is None else line.weekday,
        weather=line.weather or more.weather,
        place=line.place or more.place,
        author=line.author or more.author,
    )


def _colon(name: str) -> str:
    """What parts a name from what it names."""
    return "" if not name or name[-1] in ":：" else ": " if name.isascii() and name.isalpha() else "："


def _labelled(label: str, blocks: Blocks) -> Blocks:
    """Blocks behind a label; the label alone where no paragraph begins them."""
    match blocks:
        case (Paragraph() as first, *rest) if label:
            return (replace(first, inlines=(Text(label), *first.inlines)), *rest)
        case _:
            return (Paragraph((Text(label),)), *blocks) if label else blocks
