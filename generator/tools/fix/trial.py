"""Which repairs do what they should: each is made in memory, and the file is read again.

A repair counts only where its problem is gone, nothing else is wrong that was not, and no word is lost.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from generator.ground.errors import Problem
from generator.ground.messages import Message
from generator.tools.fix.parsed_file import ParsedFile, characters_shown, parsed_file
from generator.tools.fix.spans import Offered, Span, line_starts, moved, overlap, rewritten

MOST_READINGS: Final = 400
"""Of one file."""
_MOST_BYTES: Final = 20 << 20
"""That are read of one file, again and again."""
_FEWEST: Final = 6
MOST_AT_ONCE: Final = 500
"""Repairs of one file."""
_CHAIN: Final = 4
"""Repairs of one line that each wait for the one before."""


class Trial:
    """The repairs of one file, as far as its size allows to try them."""

    def __init__(self, file: ParsedFile) -> None:
        """Begin with the file as it is."""
        self.file = file
        self.repaired = 0
        """The number of problems that are mended so far."""
        self.left = max(_FEWEST, min(MOST_READINGS, _MOST_BYTES // max(1, len(file.raw))))
        """The number of times that it may still be read."""

    def run(self) -> None:
        """Mends what can be mended, again and again, since a mended line may show what else is wrong with it."""
        while self.left > 0 and self.repair(self.file.problems):
            pass
        self.file = replace(self.file, prose=None)

    def repair(self, problems: Sequence[Problem]) -> bool:
        """Mends as many of these problems as do not overlap, front matter first. Whether there was any."""
        offers = self.file.offers(problems)
        in_yaml = [one for one in offers if one.begin < self.file.body_at]
        for group in (in_yaml, [one for one in offers if one.begin >= self.file.body_at]):
            chosen, after = self._sound(_apart(group))
            if after is not None:
                self.file, self.repaired = after, self.repaired + len(chosen)
                return True
        return False

    def _sound(self, chosen: list[Offered]) -> tuple[list[Offered], ParsedFile | None]:
        """Those of the repairs that do what they should, and the file with them; none, and None."""
        after = self._made(self.file, chosen, _CHAIN) if chosen else None
        if after is not None or len(chosen) < 2:
            return (chosen, after) if after is not None else ([], None)
        half = len(chosen) // 2
        first, after_first = self._sound(chosen[:half])
        second, after_second = self._sound(chosen[half:])
        if not first or not second:
            return (first, after_first) if first else (second, after_second)
        after = self._made(self.file, [*first, *second], _CHAIN)
        # Either may be right, and not both together.
        return ([*first, *second], after) if after is not None else (first, after_first)

    def _made(self, before: ParsedFile, chosen: Sequence[Offered], chain: int) -> ParsedFile | None:
        if not self.left or before.text is None:
            return None
        self.left -= 1
        spans = sorted(span for one in chosen for span in one.spans)
        after = parsed_file(before.path, rewritten(before.raw, spans))
        if after.text is None or _remain(before, after, chosen, spans) or _loses(before, after, spans):
            return None
        known = {problem.message for problem in before.problems}
        new = [one for one in after.problems if not one.is_warning and one.message not in known]
        # What was hidden behind the problem may have to be mended too; on its own line, it must be possible.
        touched = _touched(after.text, spans)
        here = [one for one in new if one.line in touched]
        if len(here) < len(new) and (before.is_yaml_sound or not spans or spans[0].begin >= before.body_at):
            return None
        offers = after.offers(here)
        if len(offers) < len(here) or (here and not chain):
            return None
        if here and self._made(after, _apart(offers), chain - 1) is None:
            return None
        return after


def _apart(offers: Sequence[Offered]) -> list[Offered]:
    """As many of the repairs as do not overlap, up to MOST_AT_ONCE."""
    chosen: list[Offered] = []
    taken: list[Span] = []
    for one in offers:
        if len(chosen) < MOST_AT_ONCE and all(_is_free(span, taken) for span in one.spans):
            chosen.append(one)
            for span in one.spans:
                insort(taken, span)
    return chosen


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_right(taken, span)
    return not overlap((*taken[max(0, at - 1) : at], span, *taken[at : at + 1]))


def _remain(before: ParsedFile, after: ParsedFile, chosen: Sequence[Offered], spans: Sequence[Span]) -> bool:
    """Whether one of the problems is still there."""
    assert after.text is not None
    places: dict[tuple[Message, int], int] = {}
    for one in chosen:
        line = after.text.count("\n", 0, moved(one.at, spans)) + 1 if one.problem.line else 0
        places[one.problem.message, one.problem.line] = line
    was, now = (Counter((one.message, one.line) for one in file.problems) for file in (before, after))
    mended = Counter((one.problem.message, one.problem.line) for one in chosen)
    return any(
        now[message, places[message, line]] > max(0, was[message, line] - number)
        for (message, line), number in mended.items()
    )


def _loses(before: ParsedFile, after: ParsedFile, spans: Sequence[Span]) -> bool:
    """Whether a character that the text showed is shown no longer, unless it stood in the place of a repair."""
    assert before.text is not None
    if not spans or spans[0].begin < before.body_at:
        return False
    mended = Counter(char for begin, end, _ in spans for char in before.text[begin:end])
    return bool(characters_shown(before) - mended - characters_shown(after))


def _touched(text: str, spans: Sequence[Span]) -> set[int]:
    """The lines of the mended ``text`` in which something was mended."""
    starts, shift = line_starts(text), 0
    lines: set[int] = set()
    for begin, end, new in spans:
        first, last = begin + shift, begin + shift + len(new)
        lines.update(range(bisect_right(starts, first), bisect_right(starts, last) + 1))
        shift += len(new) - (end - begin)
    return lines
