"""Ascending numbers written as their gaps, in digits that need no escape in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from operator import sub
from typing import Final

DIGITS: Final = "#$%&'()*+-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"
"""The first half of them ends a number, the second half goes on."""
HALF: Final = len(DIGITS) // 2
END: Final = -1
"""Ends a row of numbers."""
MANY: Final = "!"
"""Stands for a row that is not written out."""
MANY_ROW: Final = (-(1 << 60),)
"""The same as a row of numbers."""
_VALUES: Final = {digit: value for value, digit in enumerate(DIGITS)}
_LAST, _MORE = re.escape(DIGITS[:HALF]), re.escape(DIGITS[HALF:])
_NUMBER: Final = re.compile(f"[{_MORE}]*[{_LAST}]")
_PLACED: Final = re.compile(f"([{_MORE}]*[{_LAST}])([^{_MORE}{_LAST}]*)")


class _Gaps(dict[int, str]):
    """The text of each gap: digits, or what ends a row or stands for one."""

    def __missing__(self, gap: int) -> str:
        if gap > 1 << 50:
            return " "
        if gap < 1:
            return MANY if gap < -(1 << 50) else " "
        text, rest = "", gap - 1
        while rest >= HALF:
            text += DIGITS[HALF + rest % HALF]
            rest = rest // HALF - 1
        found = self[gap] = text + DIGITS[rest]
        return found


GAPS: Final = _Gaps()
"""The text of a number, by its distance from the one before it, and from -1 for the first."""


class _Steps(dict[str, int]):
    """The distance that digits stand for."""

    def __missing__(self, digits: str) -> int:
        value, weight = 0, 1
        for digit in digits[:-1]:
            value += (_VALUES[digit] - HALF) * weight
            weight *= HALF
            value += weight
        found = self[digits] = value + _VALUES[digits[-1]] * weight + 1
        return found


_STEPS: Final = _Steps()


def encoded(values: Sequence[int]) -> str:
    """Ascending numbers as text; of several rows, each has END behind it."""
    return "".join(map(GAPS.__getitem__, map(sub, values, chain((END,), values))))


def placed(pairs: Iterable[tuple[int, str]]) -> str:
    """Numbers, each with a text behind it that has no digits in it, in ascending order."""
    found, last = [], END
    for number, text in sorted(pairs):
        found.append(GAPS[number - last] + text)
        last = number
    return "".join(found)


def numbers(text: str) -> list[int]:
    """The numbers in a row that has nothing else in it."""
    return list(accumulate(map(_STEPS.__getitem__, _NUMBER.findall(text)), initial=END))[1:]


def numbers_placed(text: str) -> list[tuple[int, str]]:
    """The numbers in a row, each with what stands behind it that is no digit."""
    found = _PLACED.findall(text)
    steps = accumulate((_STEPS[digits] for digits, _ in found), initial=END)
    next(steps)
    return [(number, behind) for number, (_, behind) in zip(steps, found, strict=True)]
