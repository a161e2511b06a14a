"""What a piece of text is found by: its keys, and the positions at which they stand.

Keys are the pairs of neighbouring characters. Latin and similar letters, which are few and frequent, have threes, and
twos where they begin or end a word next to another script. A question matches where its keys stand one after the other.
A hash puts each key into a slot.

Sentences have positions that a hash chooses, so that an edit moves what stands behind it in its sentence only.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final

from generator.ground.patterns import deferred

ZONES: Final = ((0, 256), (256, 512), (512, 768), (768, 1920))
"""Where the positions of title, names, tags and text begin and end. All are written in two bytes."""
STEP: Final = 8
"""Sentences begin at multiples of this position."""
_BEHIND: Final = 4
"""Positions behind a sentence and the key after it: three that no key takes, as a question looks up one key in three,
and one for the key in front of the next sentence."""
PLACE: Final = 0x80
"""A position is written as the character with this code plus the position."""
LETTERS: Final = "0-9a-z\u00df-\u024f\u0370-\u052f"
_PLACES: Final = [chr(PLACE + at) for at in range(ZONES[-1][1])]
_SENTENCE = deferred(r"[\s\S]{8}[^。!?;\n]*[。!?;\n]*|[\s\S]+")
_WORD = deferred(r"\S{2,}")
_LETTER = deferred(f"[{LETTERS}]")
_BETWEEN = deferred(f"[^{LETTERS}\\s]+")
_FEW = deferred(f"(?=([{LETTERS}]{{2}}))")
_KEYS: Final = (
    ("{}", deferred(f"(?=([{LETTERS}]{{3}}))")),
    ("^{}", deferred(f"(?<=[^{LETTERS}\\s])(?=([{LETTERS}]{{2}}))")),
    ("{}$", deferred(f"(?=([{LETTERS}]{{2}})[^{LETTERS}\\s])")),
)
_FACTORS: Final = (0x9E3779B1 >> 4 | 1, 0x85EBCA6B >> 4 | 1, 0xC2B2AE35 >> 4 | 1)
_SHIFT: Final = 16
_TOGETHER: Final = 4096
"""Characters of which pairs are hashed at once."""
_CODES: Final = f"utf-32-{sys.byteorder[0]}e"


def _swapped(values: array[int]) -> array[int]:
    """The values with their bytes in the order of long integers, or back in that of this machine."""
    if sys.byteorder == "big":
        values.byteswap()
    return values


_ONES: Final = int.from_bytes(_swapped(array("Q", (1,)) * _TOGETHER), "little")


class Slots:
    """The slots of keys: 2 to the power of ``bits`` of them.

    A key's characters, times a factor each, are added up, and bits in the middle of the sum are its slot. For a whole
    word that is one sum of long integers.
    """

    def __init__(self, bits: int) -> None:
        self._mask = (1 << bits) - 1
        self._masks = _ONES * self._mask

    def of(self, key: str) -> int:
        """The slot of a key of up to three characters, or of a longer one by all of them."""
        total = 0
        for at, char in enumerate(key):
            total += ord(char) * _FACTORS[at % 3]
        return total >> _SHIFT & self._mask

    def of_pairs(self, text: str) -> array[int]:
        """The slots of the pairs in a text, one after the other."""
        found = array("Q")
        for start in range(0, len(text) - 1, _TOGETHER):
            chars = text[start : start + _TOGETHER + 1]
            size = len(chars) - 1
            codes = array("Q", memoryview(chars.encode(_CODES, "replace")).cast("I"))
            whole = int.from_bytes(_swapped(codes), "little")
            sums = whole * _FACTORS[0] + (whole >> 64) * _FACTORS[1] >> _SHIFT
            found += _swapped(array("Q", (sums & self._masks & (1 << 64 * size) - 1).to_bytes(8 * size, "little")))
        return found

    def in_fields(self, fields: Iterable[str]) -> set[int]:
        """The slots of all keys in the folded fields of a piece."""
        found: set[int] = set()
        text = "\n".join(fields)
        hashed = self.of_pairs(text)
        for start, end in _words(text):
            found.update(hashed[start : end - 1])
        if _LETTER.search(text) is not None:
            found.update([self.of(key) for key, _ in _of_letters(text)])
        return found


def is_listed(key: str) -> bool:
    """Whether a key is one of those that have lists of their own: a character, two letters, or a filter."""
    return len(key) == 1 or (key[1:2] == ":" and len(key) > 2) or (len(key) == 2 and _FEW.match(key) is not None)


def places(fields: Iterable[str], slots: Slots, chosen: AbstractSet[int] | None = None) -> dict[str, str]:
    """The keys in the folded fields of a piece that are in ``chosen`` slots, else all, with their positions."""
    found: dict[str, str] = {}
    over = ZONES[-1][1]
    for field, zone in zip(fields, ZONES, strict=True):
        at: list[str] = []
        again: dict[int, str] = {}
        for start, key in _chosen(field, slots, chosen):
            if not at:
                at, again, over = _sentences(field, zone, over)
            place = at[start]
            if start in again:
                place += again[start]
            found[key] = found[key] + place if key in found else place
    return {key: "".join(sorted(some)) if len(some) > 1 else some for key, some in found.items()}


def _chosen(field: str, slots: Slots, chosen: AbstractSet[int] | None) -> Iterator[tuple[int, str]]:
    hashed = slots.of_pairs(field)
    for start, end in _words(field):
        if chosen is None or not chosen.isdisjoint(hashed[start : end - 1]):
            for at in range(start, end - 1):
                if chosen is None or hashed[at] in chosen:
                    yield at, field[at : at + 2]
    if _LETTER.search(field) is not None:
        for key, start in _of_letters(field):
            if chosen is None or slots.of(key) in chosen:
                yield start, key


def few(field: str) -> set[str]:
    """What of a folded field can be asked for by itself: single characters, and two letters."""
    found = set(field)
    if _LETTER.search(field) is not None:
        found.update(_FEW.findall(field))
    found.discard(" ")
    found.discard("\n")
    return found


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where the characters stand whose pairs are keys: all but spaces, and letters only next to others."""
    if _LETTER.search(text) is None:
        for found in _WORD.finditer(text):
            yield found.span()
    else:
        for found in _BETWEEN.finditer(text):
            start, end = found.span()
            start -= start > 0 and not text[start - 1].isspace()
            end += end < len(text) and not text[end].isspace()
            yield start, end


def _of_letters(field: str) -> Iterator[tuple[str, int]]:
    """The keys that letters have, and where they begin."""
    for form, pattern in _KEYS:
        for one in pattern.finditer(field):
            yield form.format(one[1]), one.start()


def _sentences(field: str, zone: tuple[int, int], over: int) -> tuple[list[str], dict[int, str], int]:
    """The position of each character, and the first free position ``over`` all zones.

    A sentence takes the first free steps from those on that its first characters choose. Where one finds none, the
    whole field goes over all zones. So that what goes on from one sentence to the next is found, the key that begins a
    sentence stands ``again`` at the end of the one before, and the key before that again in front of the sentence.
    """
    first, steps = zone[0], (zone[1] - zone[0]) // STEP
    taken = 0
    found: list[str] = []
    again: dict[int, str] = {}
    for sentence in _SENTENCE.findall(field):
        size = (len(sentence) + _BEHIND) // STEP + 1
        mask = (1 << size) - 1
        step = _free(taken, mask, zlib.crc32(sentence[:6].encode(errors="replace")) % steps, steps - size)
        if step is None:
            return [*map(chr, range(PLACE + over, PLACE + over + len(field)))], {}, over + len(field) + _BEHIND
        # All but the first sentence have something in front.
        taken |= mask << step | 1
        at = first + step * STEP
        if found:
            again[len(found) - 1] = _PLACES[at - 1]
        found += _PLACES[at : at + len(sentence)]
        again[len(found)] = _PLACES[at + len(sentence)]
    return found, again, over


def _free(taken: int, mask: int, start: int, last: int) -> int | None:
    """The first step from ``start`` on, and then from 0 on, at which nothing of the mask is taken."""
    for step in chain(range(start, last + 1), range(min(start, last + 1))):
        if not taken >> step & mask:
            return step
    return None
