"""Lists of names in columns, which writers of official documents make of full-width spaces: a line for each person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise
from math import ceil
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import display_width
from generator.render.documents.blocks import Anchor, Block, Blocks, Break, Inlines, Paragraph, Style, Text
from generator.render.documents.closing import ACROSS, broken
from generator.render.documents.runs import plain

ROSTER: Final = "roster"
"""The role of a line of such a list."""
_SPACE: Final = "\u3000"
_GAP: Final = re.compile(r"\s*\u3000\s*|\s{2,}")
_LABEL: Final = re.compile(
    r"((?:[\u4e00-\u9fff]{2,9}|[\u4e00-\u9fff](?:[\u3000 ]+[\u4e00-\u9fff])+)(?<![一二三四五六七八九十])[：:])\s*(?=\S)"
)
"""What persons are to what the list is of, before the first of them: 组　长：, and no number, 议题一：."""
_NAME: Final = r"(?!第[一二三四五六七八九十])[\u4e00-\u9fff·]{2,10}(?<!：)(?:（[^（）]{1,16}）)?"
_NAMES: Final = re.compile(rf"{_NAME}(?:、{_NAME})*")
_SHORT_NAME: Final = re.compile(r"[\u4e00-\u9fff]\u3000[\u4e00-\u9fff](?:（[^（）]{1,16}）)?")
"""One of two characters, which are apart so that it is as long as one of three."""
_PAIR: Final = re.compile(r"[^：]{1,10}：[^：]{1,20}")
"""A place and who is there, of which several stand in a line."""
_PERSON: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\u3000[\u4e00-\u9fff]|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+)(?:（[^（）]{1,16}）)?"
)
"""What surely is a name, where no other line says so."""
_EACH: Final = re.compile(r"各[\u4e00-\u9fff]{1,8}(?:[长任员记人]|同志|主官)")
"""Persons by their posts, who have no names: 各乡镇乡镇长."""
_LISTED: Final = re.compile("(?<=、)")
_ATTENDED: Final = re.compile(
    r".*(?:[出列缺]\s*席|请\s*假|[参与]\s*[加会]|[成组人]\s*员|名\s*单)(?:人\s*员|单\s*位|代\s*表|名\s*单)?："
)
"""What stands before a list of those who were there, whose names may stand side by side with nothing but 、 between."""
_SENTENCE: Final = re.compile("[。；！？;!?]")
_WIDE: Final = re.compile("[—…“”‘’·]")
"""Signs that are as wide as a character in a Chinese font, though other fonts have them in half of that."""
_LONGEST_NAME: Final = 5
"""Characters of a name for which all others leave room."""
_LONGEST_LABEL: Final = 6
"""Characters of a label to whose width others are spread."""
_INDENT: Final = 2
_LONGEST_POST: Final = 8
"""Characters of a post that might as well be a name."""
_NARROWEST: Final = 8
"""Characters that the last column has at least."""


@frozen
class _Row:
    """A line of a list."""

    inlines: Inlines
    label: str
    cells: tuple[str, ...]
    gaps: tuple[int, ...]
    """The full-width spaces behind each cell."""


def with_rosters(blocks: Blocks) -> Blocks:
    """The blocks, with lists of names as lines in columns: in a list, others stand where the first name does."""
    out: list[Block] = []
    for is_listed, group in groupby(((block, _rows(block)) for block in blocks), lambda one: bool(one[1])):
        found = tuple(group)
        at = _side_by_side(found) if is_listed else 0
        for part in (found[:at], found[at:]):
            rows = [row for _, more in part for row in more]
            out += _lines(rows) if is_listed and _is_roster(rows) else [block for block, _ in part]
    return tuple(out)


def _side_by_side(found: Sequence[tuple[Block, Sequence[_Row]]]) -> int:
    """Where names stand side by side below a list of persons with their posts, as a list of its own; 0 for nowhere."""
    are_names = [
        len(rows) == 1 and not rows[0].label and all(map(_is_person, rows[0].cells)) and len(rows[0].cells) > 1
        for _, rows in found
    ]
    at = are_names.index(True) if True in are_names else 0
    above = [row for _, rows in found[:at] for row in rows]
    is_apart = _has_posts(above) and not any(row.label for row in above) and all(are_names[at:])
    return at if is_apart and len(found[at][1][0].cells) > 2 else 0


def _rows(block: Block) -> list[_Row]:
    """The lines of a paragraph, each of which might be one of a list; none where one is of a text."""
    if not isinstance(block, Paragraph) or block.role:
        return []
    if not all(isinstance(one, Text | Anchor | Break) for one in block.inlines):
        return []
    rows = [_row(line) for line in broken(block.inlines)]
    return [row for row in rows if row] if all(rows) else []


def _row(line: Inlines) -> _Row | None:
    text = plain(line).strip()
    found = _LABEL.match(text)
    is_attended = found is not None and _ATTENDED.fullmatch(found[1]) is not None
    if not text or _SENTENCE.search(text.removesuffix("。") if is_attended else text):
        return None
    pairs = re.split(r"\s*\u3000{2,}\s*", text)
    if len(pairs) > 1 and all(map(_PAIR.fullmatch, pairs)):
        return _Row(line, "", tuple(pairs), (2,) * len(pairs))
    label, rest = (found[1], text[found.end() :]) if found else ("", text)
    names = _LISTED.split(rest)
    if len(names) > 1 and (is_attended or _SPACE in rest) and all(map(_is_person, names)):
        return _Row(line, label, tuple(names), (0,) * len(names))
    cells, gaps = _cells(rest)
    if len(cells) == 1 and (label or ("、" in rest and _NAMES.fullmatch(rest))):
        return _Row(line, label, cells, gaps)
    is_row = (len(cells) > 1 and _is_name(cells[0])) or _EACH.fullmatch(text)
    return _Row(line, label, cells, gaps) if is_row else None


def _is_name(cell: str) -> bool:
    name = cell.rstrip("、")
    return bool(_SHORT_NAME.fullmatch(name) or _NAMES.fullmatch(name))


def _cells(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The cells of a line, and the space behind each."""
    cells: list[str] = []
    gaps: list[int] = []
    at = 0
    for gap in [*_GAP.finditer(text), None]:
        cells.append(text[at : gap.start() if gap else len(text)])
        gaps.append(max(1, gap[0].count(_SPACE)) if gap else 0)
        at = gap.end() if gap else at
        if gaps[-2:-1] == [1] and _SHORT_NAME.fullmatch(joined := _SPACE.join(cells[-2:])):
            cells[-2:], gaps[-2:] = [joined], gaps[-1:]
    return tuple(cells), tuple(gaps)


def _is_roster(rows: Sequence[_Row]) -> bool:
    """Whether lines are a list: several have columns, one goes on with what another began, or has no room for names."""
    if all(map(_EACH.fullmatch, (row.cells[0] for row in rows))):
        return False
    has_long = any(_is_long(row) and (_is_listed([row]) or _is_attended(row)) for row in rows)
    return has_long or sum(len(row.cells) > 1 for row in rows) > 1 or any(not row.label for row in rows[1:])


def _is_attended(row: _Row) -> bool:
    return "、" in row.cells[-1] and _ATTENDED.fullmatch(row.label) is not None


def _is_long(row: _Row) -> bool:
    return _INDENT + _width(row.label) + sum(map(_width, row.cells)) + sum(row.gaps) > ACROSS


def _is_person(cell: str) -> bool:
    return _PERSON.fullmatch(cell.rstrip("、。")) is not None


def _is_listed(rows: Sequence[_Row]) -> bool:
    """Whether names stand side by side in lines, so that there may be more or fewer of them on each."""
    return any(len(row.cells) > 1 for row in rows) and all(
        not any(row.gaps) or all(map(_is_person, row.cells)) for row in rows
    )


def _lines(rows: Sequence[_Row]) -> Iterator[Paragraph]:
    groups = [*_groups(rows)]
    labels = max(_width(row.label) for row in rows)
    if labels > _LONGEST_LABEL:
        # No other is spread to its width.
        for group in groups:
            yield from _aligned([group], _width(group[0].label))
    else:
        yield from _aligned(groups, labels)


def _aligned(groups: Sequence[Sequence[_Row]], labels: int) -> Iterator[Paragraph]:
    """Lines in columns, behind labels of this width; where they are too wide, each group alone."""
    rows = [row for group in groups for row in group]
    if all(_is_person(cell) for row in rows for cell in row.cells):
        is_wide = _across(rows, labels) > ACROSS - (_INDENT if labels or len(rows) == 1 else 0)
    else:
        listed = [group for group in groups if _is_listed(group)]
        others = [row for group in groups if not _is_listed(group) for row in group]
        is_wide = all(len(row.cells) == 1 for row in others) and any(
            _across(group, labels) > ACROSS - _INDENT for group in listed
        )
    if not is_wide:
        yield from _set(rows if all(map(_is_grid, rows)) else [_in_two(row) for row in rows], labels)
        return
    for group in groups:
        yield from _set(_folded(group, labels) if _is_listed(group) else group, labels)


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The lines, each that has a label with those that go on with it."""
    starts = [at for at, row in enumerate(rows) if row.label or not at]
    return ([*rows[start:end]] for start, end in pairwise([*starts, len(rows)]))


def _folded(rows: Sequence[_Row], labels: int) -> list[_Row]:
    """The names of a list on more lines, as many on each as all of them have room for: none is torn."""
    cells = [cell for row in rows for cell in row.cells]
    gap = min((gap for row in rows for gap in row.gaps[:-1]), default=1)
    inlines = [one for row in rows for one in row.inlines]
    texts = [one for one in inlines if isinstance(one, Text)]
    signs = iter([Text(char, one.style) for one in texts for char in one.text if not char.isspace()])
    anchors = [one for one in inlines if isinstance(one, Anchor)]
    for number in range(len(cells), 0, -1):
        lines = [tuple(cells[at : at + number]) for at in range(0, len(cells), number)]
        found = [_Row((), "" if at else rows[0].label, line, (gap,) * len(line)) for at, line in enumerate(lines)]
        if _across(found, labels) <= ACROSS - _INDENT:
            break
    if len(found) == len(cells) > 1 and not gap:
        # No line would have two of them: it is one sentence.
        return [replace(row, cells=("".join(row.cells),), gaps=(0,)) for row in rows]
    numbers = [sum(not char.isspace() for char in "".join((row.label, *row.cells))) for row in found]
    first, *more = [
        replace(row, inlines=tuple(islice(signs, number))) for row, number in zip(found, numbers, strict=True)
    ]
    return [replace(first, inlines=(*anchors, *first.inlines)), *more]


def _across(rows: Sequence[_Row], labels: int) -> int:
    """The width of lines in columns."""
    widths = map(_width, _texts(rows, labels))
    return max(wide + (0 if row.label else labels) for row, wide in zip(rows, widths, strict=True))


def _set(rows: Sequence[_Row], labels: int) -> Iterator[Paragraph]:
    """The lines, with the indents of each."""
    widths = _widths(rows)
    last = max(_width(row.cells[-1]) for row in rows if len(row.cells) > len(widths))
    # Of names side by side, none is torn; what somebody is may take several lines.
    is_grid = all(map(_is_grid, rows)) and not _has_posts(rows)
    spare = ACROSS - labels - sum(widths) - (last if is_grid and widths else _NARROWEST)
    indent = max(0, min(_INDENT, spare))
    within = indent + labels
    hanging = within if is_grid or spare < 0 else within + sum(widths)
    first = next((at for at, row in enumerate(rows) if row.label), len(rows))
    for at, (row, text) in enumerate(zip(rows, _texts(rows, labels), strict=True)):
        begins = within if not row.label and at > first else indent
        further = hanging if len(row.cells) > 1 else within
        yield Paragraph(_respaced(row.inlines, text), ROSTER, indents=(begins, max(begins, further)))


def _widths(rows: Sequence[_Row]) -> list[int]:
    """The widths of the columns except the last."""
    columns = range(max(len(row.cells) for row in rows) - 1)
    return [_column([row for row in rows if len(row.cells) > at + 1], at) for at in columns]


def _texts(rows: Sequence[_Row], labels: int) -> Iterator[str]:
    """The lines in columns."""
    widths = _widths(rows)
    for row in rows:
        label = _spread(row.label, labels) if row.label else ""
        yield (label + "".join(map(_padded, row.cells, [*widths, 0]))).rstrip()


def _is_grid(row: _Row) -> bool:
    """Whether all that stands in a line is of one kind."""
    return all(map(_PAIR.fullmatch, row.cells)) or all(map(_is_name, row.cells))


def _has_posts(rows: Sequence[_Row]) -> bool:
    """Whether behind each person stands what they are, though a post may look like a name."""
    pairs = [row.cells for row in rows if len(row.cells) > 1]
    return all(len(cells) == 2 and _is_person(cells[0]) for cells in pairs) and any(
        _width(post) > _LONGEST_POST for _, post in pairs
    )


def _in_two(row: _Row) -> _Row:
    """A line as a name and what is behind it."""
    if len(row.cells) < 3:
        return row
    name, *rest = row.cells
    behind = "".join(cell + _SPACE * gap for cell, gap in zip(rest, row.gaps[1:], strict=True))
    return replace(row, cells=(name, behind), gaps=(row.gaps[0], 0))


def _column(rows: Sequence[_Row], at: int) -> int:
    """The width of a column and of the space behind its longest cell."""
    cells = [(_width(row.cells[at]), -row.gaps[at]) for row in rows if "、" not in row.cells[at]]
    # Of names side by side, all have room.
    is_any = at > 0 or all(map(_is_grid, rows))
    wide, gap = max((cell for cell in cells if is_any or cell[0] <= _LONGEST_NAME), default=max(cells, default=(0, -1)))
    return wide - gap


def _padded(cell: str, wide: int) -> str:
    return cell if cell.endswith("、") else cell + _SPACE * max(1, wide - _width(cell))


def _spread(label: str, wide: int) -> str:
    """A label as wide as others: of two characters, these are apart."""
    short = wide - _width(label)
    bare = "".join(label[:-1].split())
    if short and len(bare) == 2:
        return f"{bare[0]}{_SPACE * (wide - 3)}{bare[1]}{label[-1]}"
    return label + _SPACE * short


def _width(text: str) -> int:
    return ceil((display_width(text) + len(_WIDE.findall(text))) / 2)


def _respaced(inlines: Inlines, text: str) -> Inlines:
    """The inlines with other spaces between their characters, which are those of the text."""
    texts = [one for one in inlines if isinstance(one, Text)]
    styles = iter([one.style for one in texts for char in one.text if not char.isspace()])
    style, signs = Style(), []
    for char in text:
        style = style if char.isspace() else next(styles)
        signs.append((style, char))
    anchors = (one for one in inlines if isinstance(one, Anchor))
    return (
        *anchors,
        *(Text("".join(char for _, char in part), key) for key, part in groupby(signs, lambda one: one[0])),
    )
