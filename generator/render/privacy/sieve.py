"""One pass over a text for all rules about words: which of them may apply, if any does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.patterns import deferred
from generator.render.privacy.glyphs import DASHES, PLAIN, SPELLED

_DIGITS: Final = SPELLED[1:-1]
_BETWEEN: Final = rf"(?:[<>\s·、{DASHES}]|(?<=<)[^<>]*+>)"
"""What may divide a number in words."""
_RANGE = deferred("(.)(?:-(.))?", re.DOTALL)
_GAP: Final = r"(?:<(?>(?:[^<>]|<>)*)>|\s)"
"""What may divide a word: white space, and tags, of which only what is not ASCII is left."""
_DIVIDED = deferred(_GAP)
_Words = dict[tuple[str, str], tuple[str, ...]]
"""Words by their first two characters, the second of which may be missing."""


@frozen
class Marks:
    """What there may be in a text."""

    is_odd: bool = False
    """Whether there are characters that are hardly ever used, and may be others in disguise. Then no more is known."""
    has_digits: bool = False
    """Whether a number may be written in words."""
    has_hardship: bool = False
    labels: frozenset[str] = frozenset()
    """Words that say that private data may stand next to them."""


class Sieve:
    """Searches texts without ASCII, but for the brackets of tags. It is as fast for many words as for one."""

    def __init__(self, *, labels: Collection[str], hardship: Collection[str]) -> None:
        words = [word for word in (*labels, *hardship) if not word[0].isascii()]
        firsts, seconds = ("".join({word[place : place + 1] for word in words}) for place in (0, 1))
        single = "".join(word for word in words if len(word) == 1)
        self._labels, self._hardship = _by_start(labels), _by_start(hardship)
        self._starts = frozenset((*self._labels, *self._hardship))
        self._spread = re.compile(rf"(?:(?>{_GAP}*)[^<>\s]){{1,{max(map(len, words), default=1)}}}")
        """As many characters as a word may have, with all that may divide them."""
        self._pattern = re.compile(
            f"([^{_without(PLAIN, firsts + _DIGITS)}])(?:"
            rf"(?<=[\0{firsts}])(?=((?>{_GAP}*)[\0{seconds}]))"
            # Three in a row may be part of a number.
            f"|(?<={SPELLED})(?=((?>{_BETWEEN}*){SPELLED}(?>{_BETWEEN}*){SPELLED}))"
            rf"|(?<=[\0{single}])"
            f"|(?<=[^{PLAIN}]))"
        )

    def marks(self, wide: str) -> Marks:
        """What there may be in a text."""
        labels, has_digits, has_hardship = set[str](), False, False
        for first, next_one, more in set(self._pattern.findall(wide)):
            starts = {(first, next_one[-1:]), (first, "")}
            if next_one and first not in _DIGITS and self._starts.isdisjoint(starts):
                continue
            labels.update(word for start in starts for word in self._labels.get(start, ()))
            words = [word for start in starts for word in self._hardship.get(start, ())]
            has_hardship = has_hardship or (bool(words) and self._has_any(wide, first, tuple(words)))
            has_digits = has_digits or bool(more) or (first in _DIGITS and next_one[-1:] in _DIGITS)
            if not (next_one or more or words or (first, "") in self._labels):
                return Marks(is_odd=True)
        return Marks(has_digits=has_digits, has_hardship=has_hardship, labels=frozenset(labels))

    def _has_any(self, wide: str, first: str, words: tuple[str, ...]) -> bool:
        """Whether one of these words, all of which begin with the same character, is in a text."""
        return any(self._at(wide, place.start()).startswith(words) for place in re.finditer(first, wide))

    def _at(self, wide: str, place: int) -> str:
        """The characters from a place on, without what may divide a word."""
        found = self._spread.match(wide, place)
        return _DIVIDED.sub("", found[0]) if found else ""


def _by_start(words: Iterable[str]) -> _Words:
    found: _Words = {}
    for word in words:
        start = word[0], word[1:2]
        found[start] = (*found.get(start, ()), word)
    return found


def _without(ranges: str, chars: str) -> str:
    """What is left of the ranges of a character class without some characters."""
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in _left(ranges, frozenset(chars)) if start <= end)


def _left(ranges: str, chars: Collection[str]) -> Iterator[tuple[int, int]]:
    for first, last in (one.groups() for one in _RANGE.finditer(ranges)):
        start, end = ord(first), ord(last or first)
        for code in sorted(ord(char) for char in chars if start <= ord(char) <= end):
            yield start, code - 1
            start = code + 1
        yield start, end
