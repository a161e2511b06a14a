"""What stands below the text of an official document, and how much of it is on the page of the text's last line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import display_width
from generator.render.documents.blocks import Blocks, Break, Inlines
from generator.render.documents.runs import plain

ACROSS: Final = 28
"""Characters on a line of the form."""
LINES: Final = 22
"""Lines on a page of it."""
_MOST: Final = LINES - 4
"""Lines of the end that come along to another page with the last of the text: that may be two rows of a table."""
_ACROSS_FOOT: Final = 27
"""Characters of 四号 on a line at the foot of the last page, behind 抄送：."""
BESIDE_DATE: Final = 4
"""Characters from the day on which it is signed to the margin."""
_BESIDE: Final = 2
"""Those from the office, at least."""
_SIGNATURE: Final = 1
"""The empty line above it."""

Copy = tuple[Inlines, Inlines]
"""A line at the foot of the last page, and what stands at the end of it; nothing where that is empty."""


@frozen(kw_only=True)
class Closing:
    """What stands below the text."""

    word: str
    """What stands before the attachments."""
    attachments: tuple[Inlines, ...]
    signature: Inlines
    """The office that signs it; empty for none."""
    date: Inlines
    """The day on which it does; empty for none."""
    remarks: tuple[Inlines, ...] = ()
    """What stands below the day: whom to ask, what was corrected."""
    copies: tuple[Copy, ...] = ()
    """What stands at the foot of the last page: who gets a copy, who printed it and when."""
    annexes: Blocks = ()
    """What else stands below all that, on pages of its own if it is an annex, except the copies."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """What stands before each attachment; nothing where there is only one."""
        is_one = len(self.attachments) == 1
        return tuple("" if is_one else f"{number}." for number in range(1, len(self.attachments) + 1))

    @property
    def indent(self) -> tuple[float, float]:
        """The characters that the word and the numbers before the attachments take."""
        return display_width(self.word) / 2, 2.0 * (len(self.attachments) > 1)

    @property
    def is_whole(self) -> bool:
        """Whether text, attachments and signature are on one page; else a page may end between attachments."""
        return self._listed + self._signed <= _MOST

    @property
    def kept(self) -> int:
        """How many remarks are on the page of the signature."""
        left = _MOST - self._signed - (self._listed if self.is_whole else 0)
        for at, remark in enumerate(self.remarks):
            left -= _lines(remark, ACROSS)
            if left < 0:
                return at
        return len(self.remarks)

    @property
    def _listed(self) -> int:
        room = ACROSS - 2 - sum(self.indent)
        return bool(self.attachments) + sum(_lines(name, room) for name in self.attachments)

    @property
    def _signed(self) -> int:
        named = [one for one in (self.signature, self.date) if one]
        return _SIGNATURE * bool(named) + sum(_lines(one, ACROSS) for one in named) + (0 if self.annexes else self.foot)

    @property
    def foot(self) -> int:
        """The lines at the foot of the last page."""
        return sum(_lines(office, _ACROSS_FOOT) for office, _ in self.copies)


def at_the_right(offices: Sequence[Inlines], day: Inlines) -> tuple[float, ...]:
    """The characters from offices and the day below them to the margin: each office is in the middle above the day."""
    dated, *signed = (min(ACROSS, display_width(plain(one)) / 2) for one in (day, *offices))
    # A longer one leaves two characters at its side as long as it has room.
    right = max([BESIDE_DATE, *(min(_BESIDE, ACROSS - width) + (width - dated) / 2 for width in signed)])
    return (*(right + (dated - width) / 2 for width in signed), right)


def _lines(inlines: Inlines, room: float) -> int:
    """The lines that a text takes, or one more: signs move characters to the next line."""
    return sum(ceil(display_width(plain(line)) / 2 / (room - 1)) or 1 for line in broken(inlines))


def broken(inlines: Inlines) -> Iterator[Inlines]:
    """The lines that a writer made of a text."""
    start = 0
    for at, one in enumerate(inlines):
        if isinstance(one, Break):
            yield inlines[start:at]
            start = at + 1
    yield inlines[start:]
