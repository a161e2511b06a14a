"""Lists of names in columns, which writers of official documents make of full-width spaces: a line for each person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
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
_LABEL: Final = re.compile(r"((?:[\u4e00-\u9fff]{2,9}|[\u4e00-\u9fff](?:[\u3000 ]+[\u4e00-\u9fff])+)[：:])\s*(?=\S)")
"""What persons are to what the list is of, before the first of them: 组　长：."""
_NAME: Final = r"(?!第[一二三四五六七八九十])[\u4e00-\u9fff·]{2,10}(?<!：)(?:（[^（）]{1,16}）)?"
_NAMES: Final = re.compile(rf"{_NAME}(?:、{_NAME})*")
_SHORT_NAME: Final = re.compile(r"[\u4e00-\u9fff]\u3000[\u4e00-\u9fff](?:（[^（）]{1,16}）)?")
"""One of two characters, which are apart so that it is as long as one of three."""
_PAIR: Final = re.compile(r"[^：]{1,10}：[^：]{1,20}")
"""A place and who is there, of which several stand in a line."""
_SENTENCE: Final = re.compile("[。；！？;!?]")
_WIDE: Final = re.compile("[—…“”‘’·]")
"""Signs that are as wide as a character in a Chinese font, though other fonts have them in half of that."""
_LONGEST_NAME: Final = 5
"""Characters of a name for which all others leave room."""
_INDENT: Final = 2
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
        rows = [row for _, more in found for row in more]
        out += _lines(rows) if is_listed and _is_roster(rows) else [block for block, _ in found]
    return tuple(out)


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
    if not text or _SENTENCE.search(text):
        return None
    pairs = re.split(r"\s*\u3000{2,}\s*", text)
    if len(pairs) > 1 and all(map(_PAIR.fullmatch, pairs)):
        return _Row(line, "", tuple(pairs), (2,) * len(pairs))
    found = _LABEL.match(text)
    label, rest = (found[1], text[found.end() :]) if found else ("", text)
    cells, gaps = _cells(rest)
    if len(cells) == 1 and (label or ("、" in rest and _NAMES.fullmatch(rest))):
        return _Row(line, label, cells, gaps)
    return _Row(line, label, cells, gaps) if len(cells) > 1 and _is_name(cells[0]) else None


def _is_name(cell: str) -> bool:
    return bool(_SHORT_NAME.fullmatch(cell) or _NAMES.fullmatch(cell))


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
    """Whether lines are a list: several have columns, or one goes on with what another began."""
    return sum(len(row.cells) > 1 for row in rows) > 1 or any(not row.label for row in rows[1:])


def _lines(rows: Sequence[_Row]) -> Iterator[Paragraph]:
    if not all(map(_is_grid, rows)):
        rows = [_in_two(row) for row in rows]
    columns = range(max(len(row.cells) for row in rows) - 1)
    widths = [_column([row for row in rows if len(row.cells) > at + 1], at) for at in columns]
    last = max(_width(row.cells[-1]) for row in rows if len(row.cells) > len(columns))
    labels = max(_width(row.label) for row in rows)
    # Of names side by side, none is torn; what somebody is may take several lines.
    is_grid = all(map(_is_grid, rows))
    spare = ACROSS - labels - sum(widths) - (last if is_grid else _NARROWEST)
    indent = max(0, min(_INDENT, spare))
    within = indent + labels
    hanging = within if is_grid or spare < 0 else within + sum(widths)
    first = next((at for at, row in enumerate(rows) if row.label), len(rows))
    for at, row in enumerate(rows):
        is_below = not row.label and at > first
        label = _spread(row.label, labels) if row.label else ""
        text = label + "".join(_padded(cell, wide) for cell, wide in zip(row.cells, [*widths, 0], strict=False))
        begins = within if is_below else indent
        further = hanging if len(row.cells) > 1 else within
        yield Paragraph(_respaced(row.inlines, text.rstrip()), ROSTER, indents=(begins, max(begins, further)))


def _is_grid(row: _Row) -> bool:
    """Whether all that stands in a line is of one kind."""
    return all(map(_PAIR.fullmatch, row.cells)) or all(map(_is_name, row.cells))


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
    wide, gap = max((cell for cell in cells if at or cell[0] <= _LONGEST_NAME), default=max(cells, default=(0, -1)))
    return wide - gap


def _padded(cell: str, wide: int) -> str:
    return cell + _SPACE * max(1, wide - _width(cell))


def _spread(label: str, wide: int) -> str:
    """A label as wide as others: of two characters, these are apart."""
    short = wide - _width(label)
    bare = label[:-1]
    return f"{bare[0]}{_SPACE * short}{bare[1:]}{label[-1]}" if len(bare) == 2 else label + _SPACE * short


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
