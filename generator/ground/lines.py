"""Line wrapping for text in Chinese and Latin letters, for text that is drawn into pictures.

The rules are those of W3C's Requirements for Chinese Text Layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from generator.ground.patterns import deferred

_NOT_FIRST: Final = frozenset("、，。．：；！？）》〉」』】〕〗”’…—～·%％‰℃,.:;!?)]}-–/")
"""Characters that may not begin a line (section 3.1.3)."""
_NOT_LAST: Final = frozenset("（《〈「『【〔〖“‘([{￥$￡#")
"""Characters that may not end a line."""
_PIECE: Final = deferred(r"——|……|[0-9A-Za-z\u00c0-\u024f.,'’@&+_/-]*[0-9A-Za-z\u00c0-\u024f]|\s+|.", re.DOTALL)
"""A piece that is never broken: a word, a number, a dash or an ellipsis of two characters, any other character."""


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The text as lines that ``measure`` finds at most ``width`` wide. A longer word gets a line of its own."""
    lines: list[str] = []
    line = ""
    for piece in unbroken(text):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line = (line + piece).lstrip()
    return [*lines, line.rstrip()] if line else lines


def shortened(lines: list[str], most: int, width: float, measure: Callable[[str], float]) -> list[str]:
    """The first ``most`` of these lines. Where lines are left out, the last one ends in an ellipsis."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and (measure(last + "…") > width or last[-1] in _NOT_LAST or last[-1] in "，、：；—"):
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def unbroken(text: str) -> Iterator[str]:
    """The parts of the text between which a line may end."""
    held = ""
    for piece in _PIECE.findall(text):
        if held and not (piece.isspace() or piece[0] in _NOT_FIRST or held.rstrip()[-1:] in _NOT_LAST):
            yield held
            held = ""
        held += piece
    if held:
        yield held
