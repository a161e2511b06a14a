"""Puts the text of a page of a PDF file together: its letters have places, and no lines (ISO 32000-1, 9.4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from generator.render.privacy.attachments.pdf_fonts import Font
from generator.render.privacy.glyphs import CELL

Matrix = tuple[float, float, float, float, float, float]
_NOWHERE: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_DEEPEST: Final = 100
_LINE, _COLUMN, _SPACE = 0.4, 1.0, 0.2
"""Distances in heights of a letter: across the line, which begin another one; along it, another column or word."""
_WIDE: Final = "\u2e80"
"""From here on, letters are as wide as high; others are half as wide, which is near enough."""


class Pen:
    """Follows the operators of a page. ``font`` gives the font of a name."""

    def __init__(self, font: Callable[[bytes], Font]) -> None:
        self._font_named = font
        self._font = Font(1, {}, "cp1252")
        self._size = 1.0
        self._leading = 0.0
        self._page: Matrix = _NOWHERE
        self._saved: list[Matrix] = []
        self._line: Matrix = _NOWHERE
        self._text: Matrix = _NOWHERE
        self._end: tuple[float, float] | None = None
        self._found: list[str] = []
        self.steps = 0
        """The number of operators so far."""
        self.is_complete = True
        """Whether all fonts were known."""

    @property
    def text(self) -> str:
        """Everything that was shown."""
        return "".join(self._found)

    def follow(self, operator: bytes, operands: Sequence[Any]) -> None:
        """Does what an operator says, as far as it concerns text."""
        self.steps += 1
        match operator:
            case b"Tj" | b"'" | b'"':
                if operator != b"Tj":
                    self._move(0, -self._leading)
                self._show(operands[-1:])
            case b"TJ":
                self._show(operands[-1] if operands and isinstance(operands[-1], list) else [])
            case b"Tf" if len(operands) > 1 and isinstance(operands[-2], bytes) and isinstance(operands[-1], float):
                self._font, self._size = self._font_named(bytes(operands[-2])), operands[-1]
            case b"BT":
                self._line = self._text = _NOWHERE
            case b"T*":
                self._move(0, -self._leading)
            case b"q" if len(self._saved) < _DEEPEST:
                self._saved.append(self._page)
            case b"Q" if self._saved:
                self._page = self._saved.pop()
            case _:
                self._place(operator, [one for one in operands if isinstance(one, float)])

    def _place(self, operator: bytes, numbers: Sequence[float]) -> None:
        match operator, numbers:
            case ((b"Td" | b"TD"), [x, y]):
                self._leading = -y if operator == b"TD" else self._leading
                self._move(x, y)
            case b"Tm", [a, b, c, d, e, f]:
                self._line = self._text = (a, b, c, d, e, f)
            case b"cm", [a, b, c, d, e, f]:
                self._page = _product((a, b, c, d, e, f), self._page)
            case b"TL", [leading]:
                self._leading = leading

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = _product((1, 0, 0, 1, x, y), self._line)

    def _show(self, items: Sequence[Any]) -> None:
        """Shows texts; numbers between them move the next one, in thousandths."""
        for item in items:
            if isinstance(item, float):
                self._advance(-item / 1000)
            elif isinstance(item, bytes):
                text = self._font.text(item)
                self.is_complete = self.is_complete and (self._font.is_known or not item)
                if text:
                    self._found += [self._gap(), text]
                self._advance(sum(1.0 if char >= _WIDE else 0.5 for char in text))
                self._end = _product(self._text, self._page)[4:] if text else self._end

    def _advance(self, letters: float) -> None:
        self._text = _product((1, 0, 0, 1, letters * self._size, 0), self._text)

    def _gap(self) -> str:
        """What is between the last text and the next one."""
        if self._end is None:
            return ""
        a, b, _, _, x, y = _product(self._text, self._page)
        length = math.hypot(a, b) or 1.0
        height = abs(self._size) * length or 1.0
        right, up = x - self._end[0], y - self._end[1]
        along, across = (right * a + up * b) / length / height, (up * a - right * b) / length / height
        if abs(across) > _LINE:
            return "\n"
        if abs(along) > _COLUMN:
            return CELL
        return " " if along > _SPACE else ""


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
