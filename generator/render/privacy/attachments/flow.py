"""Text in the order in which it is read: what stands aside in a file is taken out of the line that it interrupts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from generator.render.privacy.glyphs import BLOCK, CELL

ROW: Final = "\x03"
"""Replaces the edge of a table's row, until ``lines`` makes it a BLOCK."""
TAB: Final = "\x04"
"""Replaces a tab, until ``lines`` makes it a CELL: numbers in two columns do not belong together."""
_DEEPEST: Final = 200
"""What stands aside deeper than this stays in the line: no program writes that."""


class Flow:
    """Collects a text. Notes, comments and instructions of fields stand aside: the words around them are continued."""

    def __init__(self) -> None:
        self._open: list[list[str]] = [[]]
        self._aside: list[str] = []
        self._fields: list[bool] = []
        """For each open field, whether its instruction is still open."""
        self.size = 0

    def add(self, text: str) -> None:
        """Adds text to what is open."""
        self._open[-1].append(text)
        self.size += len(text)

    def begin_aside(self) -> None:
        """Begins what stands aside, perhaps within something else that does."""
        if len(self._open) < _DEEPEST:
            self._open.append([])

    def end_aside(self) -> None:
        """Ends the innermost of what stands aside; without any, it does nothing."""
        if len(self._open) > 1:
            self._aside.append("".join(self._open.pop()))

    def begin_field(self) -> None:
        """Begins a field, whose instruction stands aside and whose result is part of the line."""
        if len(self._fields) < _DEEPEST:
            self._fields.append(True)
            self.begin_aside()

    def begin_result(self) -> None:
        """Ends the instruction of the innermost field."""
        if self._fields and self._fields[-1]:
            self._fields[-1] = False
            self.end_aside()

    def end_field(self) -> None:
        """Ends the innermost field."""
        self.begin_result()
        if self._fields:
            self._fields.pop()

    def compact(self) -> None:
        """Needs less memory afterwards."""
        for part in self._open:
            part[:] = ["".join(part)]
        self._aside = [joined(self._aside)] if self._aside else []

    def taken(self) -> str:
        """Everything so far, what stands aside last; what is open stays open."""
        texts = ["".join(part) for part in self._open]
        self._open = [[] for _ in self._open]
        asides, self._aside, self.size = self._aside, [], 0
        return joined([*texts, *asides])


def joined(texts: Iterable[str]) -> str:
    """Texts that do not belong together, as one."""
    return lines(BLOCK.join(texts))


def lines(text: str) -> str:
    """The text with the separators that the search for names and numbers knows.

    Names are continued from one cell of a row to the next; so the paragraphs that a cell holds must not end there.
    """
    rows = text.split(ROW)
    if CELL in text:
        rows = [CELL.join([cell.strip(BLOCK) for cell in row.split(CELL)]) if CELL in row else row for row in rows]
    return BLOCK.join(rows).replace(TAB, CELL)
