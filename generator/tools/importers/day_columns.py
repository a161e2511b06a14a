"""Headings of tables and labels of forms: what they name, and which columns of a table hold its days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from generator.render.documents.blocks import Cell, Table
from generator.tools.importers import date_words
from generator.tools.importers.date_facts import DateLine
from generator.tools.importers.diary_cells import AMOUNT, cell_text, counted_day, day_of_cell, is_empty

_NAMES: Final = re.compile(
    rf"(?P<date>(?!会议){date_words.DATE_NAME}|年月日|date|day)|(?P<number>序号?|编号|no\.?|#)"
    r"|(?P<start>(?:开始|起始|起|出发)(?:日期|时间)?)|(?P<end>(?:结束|终止|止|返回|返程|归队)(?:日期|时间)?)"
    r"|(?P<weekday>星期|周几|礼拜|weekday)|(?P<weather>天气(?:情况|状况)?|气温|温度|weather)"
    r"|(?P<place>(?:工作|走访|活动|驻村)?地[点址]|place|location)|(?P<author>记录[人者]|值班人员?|值班员|检查人员?|巡查人员?|填[写表报]人|撰[写稿]人?|作者|author)"
    r"|(?P<title>标题|题目|(?:工作)?主题|title)|(?P<part>时间?段|上下午|具体时间)"
    r"|(?P<main>(?:(?:今|当|本|每)日|主要|具体)?(?:工作)?(?:开展)?(?:内容|情况|记录|纪要|日志|日记|摘要|要点|事项|活动)|正文"
    r"|(?:(?:今|当|本)日|主要)工作|content|notes?|work)",
    re.IGNORECASE,
)
"""What a heading of a column or a label of a form names."""
_DAYS: Final = ("date", "start")
"""The kinds of columns that hold the day of an entry, or its first one."""
_OF_WORK: Final = re.compile("(?!年月日|值班|学习)[㐀-鿿]{2}(?:日期|时间)")
"""走访日期: the day of the work, whatever stands before it. 日期 behind 议题 is that of something else, and a column
of names with 值班日期 is a roster."""
_SAYS_WORK: Final = re.compile("(?:工作|活动|走访|服务|会议|学习|培训|检查|帮扶|慰问)(?:内容|事项|情况|名称|主题)?")
"""What was done, which may stand before its day as well as behind it."""
MOST_ABOVE: Final = 3
"""Rows among which the headings of the columns are looked for."""


def kind_of(name: str) -> str:
    """What a heading or a label names; empty for what is none of what a date line says."""
    found = _NAMES.fullmatch("".join(date_words.folded(name).split()).rstrip(":"))
    return (found.lastgroup or "") if found else ""


def kind_below(cells: Sequence[Cell]) -> str:
    """What cells without a heading say besides days: weekdays, or the weather; empty for any others."""
    said = [date_words.folded(text).strip() for cell in cells if (text := cell_text(cell))]
    for kind, pattern in (("weekday", date_words.WEEKDAY), ("weather", date_words.WEATHER)):
        if len(said) > 1 and all(map(pattern.fullmatch, said)):
            return kind
    return ""


def names_day(name: str) -> bool:
    """Whether a heading of a column, or a label, says that a day stands below it or behind it."""
    return kind_of(name) in _DAYS


def headings_of_days(table: Table) -> tuple[str, ...]:
    """The headings of the columns with days, in the first row of a table that has several such columns."""
    if table.columns < 2 or not has_several(table):
        return ()
    first, *rows = table.filled((*table.head, *table.rows))
    found = (_name(cell) for at, cell in enumerate(first) if not _day(cell) and _are_days([row[at] for row in rows]))
    return tuple(dict.fromkeys(filter(None, found)))


def _name(cell: Cell) -> str:
    return "".join(cell_text(cell).split())


def day_columns(grid: Sequence[Sequence[Cell]], chosen: str = "") -> tuple[int, tuple[int, ...]] | None:
    """The row with the headings, and the column with the days; several, where lists stand side by side.

    ``chosen`` is the heading that a person chose in the first row.

    No column where several of different names say different days: only a person knows which are those of the diary.
    """
    if chosen and chosen in (names := list(map(_name, grid[0]))):
        column = names.index(chosen)
        return 0, (column, *_again(grid[1:], names, column))
    for number, row in enumerate(grid[:MOST_ABOVE]):
        names = list(map(_name, row))
        days = {at: [_day(one[at]) for one in grid[number + 1 :]] for at in _named(names)}
        days = {at: found for at, found in days.items() if any(found)}
        days = {at: found for at, found in days.items() if len(days) == 1 or not _are_clocks(names[at], found)}
        if days:
            column = max(days, key=lambda at: sum(map(bool, days[at])))
            if any(_contradict(days[column], days[at]) for at in days if names[at] != names[column]):
                return number, ()
            return number, (column, *_again(grid[number + 1 :], names, column))
    return None


def _named(names: Sequence[str]) -> list[int]:
    days = [at for at, name in enumerate(names) if names_day(name)]
    return [at for at in days if _OF_WORK.fullmatch(names[at]) or not is_behind_others(names[:at])]


def is_behind_others(names: Sequence[str]) -> bool:
    """Whether a column behind those of these names is one of a table about persons or things: 户主, 走访日期."""
    return any(not kind_of(name) and not _SAYS_WORK.fullmatch(name) for name in names)


def _are_clocks(name: str, days: Sequence[DateLine | None]) -> bool:
    """Whether what stands below 时间, in a table with other days, can be clocks as well: 8.30."""
    return name.endswith("时间") and all(AMOUNT.fullmatch(one.written) for one in days if one)


def _contradict(these: Sequence[DateLine | None], those: Sequence[DateLine | None]) -> bool:
    pairs = ((one, other) for one, other in zip(these, those, strict=True) if one and other)
    return any((one.month, one.day) != (other.month, other.day) for one, other in pairs)


def _again(rows: Sequence[Sequence[Cell]], names: Sequence[str], column: int) -> tuple[int, ...]:
    """The columns of days that have the same heading as the first one."""
    others = (at for at, name in enumerate(names) if at > column and name == names[column])
    return tuple(at for at in others if any(_day(row[at]) for row in rows))


def _day(cell: Cell) -> DateLine | None:
    return day_of_cell(cell) or counted_day(cell_text(cell))


def last_column(rows: Sequence[Sequence[Cell]], names: Sequence[str], column: int) -> int | None:
    """The column with the last days of intervals whose first days stand in a column of their own."""
    kinds = [kind_of(name) for name in names]
    ends = [at for at, kind in enumerate(kinds) if kind == "end" and any(day_of_cell(row[at]) for row in rows)]
    return ends[0] if ends and kinds[column] == "start" else None


def columns_like_first(rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """Without headings, the columns with days, of which the first is one; none where these do not part equal lists."""
    width = len(rows[0]) if rows else 0
    columns = [0, *(at for at in range(1, width) if _are_days([row[at] for row in rows]))]
    steps = {end - begin for begin, end in zip(columns, [*columns[1:], width], strict=True)}
    return tuple(columns) if len(columns) == 1 or (len(steps) == 1 and min(steps) > 1) else ()


def has_several(table: Table) -> bool:
    """Whether more than one column of a table holds days, below whatever stands in the first row."""
    rows = list(table.filled((*table.head, *table.rows)))[1:]
    return sum(_are_days([row[at] for row in rows]) for at in range(table.columns)) > 1


def _are_days(cells: Sequence[Cell]) -> bool:
    said = [cell for cell in cells if not is_empty(cell)]
    days = [cell for cell in said if day_of_cell(cell) and not AMOUNT.fullmatch(cell_text(cell))]
    return 2 * len(days) > len(said)
