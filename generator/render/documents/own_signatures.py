"""A text that has signatures of its own, so that nobody else signs it: within it, or places for several at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from generator.ground.text import display_width
from generator.render.documents.annexes import BLANK
from generator.render.documents.blocks import Block, Blocks, Inlines, Paragraph, Text
from generator.render.documents.closing import ACROSS, broken
from generator.render.documents.rosters import ROSTER
from generator.render.documents.runs import plain
from generator.render.documents.signature_forms import DAYS, OFFICE, SEAL, SIGNED, WHOLE_DAY
from generator.render.documents.typed_endings import surely_signed

_LONGEST: Final = 80
"""Characters of a line with places for signatures side by side."""
_LAST: Final = 8
"""Blocks at the end of a text in which they stand."""
_DOCUMENT: Final = re.compile(
    r"(?:通[知告报]|公[告报]|函|令|决[定议]|意见|请示|批复|报告|协议书?|合同|公约|承诺书|责任[状书])\s*(?:[（(][^（()）]*[)）]\s*)*$"
)
"""The end of the title of what offices send each other."""
_GAP: Final = re.compile(r"\s*\u3000\s*|\s{2,}")
_SPACE: Final = "\u3000"
_INDENT: Final = 2


def signs_itself(blocks: Blocks, title: str) -> bool:
    """Whether a text has places for several who sign it, or is a document with this ``title`` that somebody did.

    A diary goes on with its own words below a letter that it quotes.
    """
    if any(map(_has_places, blocks[-_LAST:])):
        return True
    dated = [at for at, block in enumerate(blocks) if at and _is_dated(block)] if _DOCUMENT.search(title) else []
    return any(surely_signed(blocks[: at + 1], "") for at in dated)


def side_by_side(blocks: Blocks) -> Blocks:
    """The blocks, with those who sign side by side at the end in columns, below an empty line."""
    end = len(blocks)
    below = [*takewhile(lambda one: len(_cells(one)) > 1, reversed(blocks))][::-1]
    start = end - len(below)
    rows = [_cells(one) for one in below]
    if not start or not any(map(_has_places, below)) or not all(map(_is_of_end, below)):
        return blocks
    if len({len(row) for row in rows}) > 1:
        return blocks
    wide = ACROSS // len(rows[0])
    is_at_left = any(SEAL.search(cell) for row in rows for cell in row)
    if max(_width(cell) for row in rows for cell in row) > wide - _INDENT:
        return blocks
    lines = (_row(row, wide, is_at_left=is_at_left) for row in rows)
    return (*blocks[:start], Paragraph((), BLANK), *lines)


def _row(cells: Sequence[str], wide: int, *, is_at_left: bool) -> Paragraph:
    """A line of cells, each at the left of its column or in the middle of it."""
    text = ""
    for at, cell in enumerate(cells):
        start = at * wide + (_INDENT if is_at_left else (wide - _width(cell)) // 2)
        text += _SPACE * (start - _width(text)) + cell
    bare = text.lstrip(_SPACE)
    indent = len(text) - len(bare)
    return Paragraph((Text(bare),), ROSTER, indents=(indent, indent))


def _is_of_end(block: Block) -> bool:
    return _has_places(block) or all(map(OFFICE.fullmatch, _cells(block)))


def _has_places(block: Block) -> bool:
    """Whether a line has several seals or days side by side."""
    return any(
        len(line) <= _LONGEST and (DAYS.fullmatch(line) is not None or len(SEAL.findall(line)) > 1)
        for line in map(plain, _lines(block))
    )


def _is_dated(block: Block) -> bool:
    """Whether a paragraph ends with a day in full, which may be that of a signature."""
    last = [plain(line).strip() for line in _lines(block)][-1:]
    return any(WHOLE_DAY.fullmatch(line) or SIGNED.fullmatch(line) for line in last)


def _cells(block: Block) -> list[str]:
    """The parts of a line that spaces set apart; none where it is more than a line."""
    lines = [*_lines(block)]
    return _GAP.split(plain(lines[0]).strip()) if len(lines) == 1 else []


def _lines(block: Block) -> Iterator[Inlines]:
    if isinstance(block, Paragraph) and not block.role:
        yield from broken(block.inlines)


def _width(text: str) -> int:
    return -(-display_width(text) // 2)
