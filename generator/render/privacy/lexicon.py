"""Tells names from words: how much likelier a clause is with a name in it than as words only."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from generator.render.privacy.surnames import COMPOUND, RARE, SINGLE

_LONGEST: Final = 4
"""The maximum length of a word of the lexicon."""
_UNKNOWN: Final = 22
"""Bits of a character that the lexicon lacks."""
_UNKNOWN_GIVEN: Final = 18
_NEVER: Final = 1000
_NAME: Final = 8
"""Bits of the fact that a name stands here: one word in 250 is one."""
_SHORT: Final = 3
"""More bits for a given name of one character, which are one in eight."""
_RARE: Final = 16
_NICKNAME: Final = 14
"""Bits of a given name such as 老三."""
_AGAIN: Final = 4
"""Bits of a character that is said twice, as in 朵朵."""


class Candidate(NamedTuple):
    """Characters of a clause that may be a name."""

    start: int
    end: int
    bits: int
    """How many bits they are cheaper as a name than as words; below zero if they are rather words."""


class _Lexicon(NamedTuple):
    """The shares of words and of characters, in bits: the rarer, the more."""

    words: Mapping[str, int]
    given: Mapping[str, int]
    surnames: Mapping[str, int]


@functools.cache
def _lexicon() -> _Lexicon:
    """Read from its file when words are first asked for."""
    words: dict[str, int] = {}
    given: dict[str, int] = {}
    for line in Path(__file__).with_name("lexicon.txt").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        bits, _, listed = rest.partition(" ")
        if kind == "word":
            words |= dict.fromkeys(listed.split(" "), int(bits))
        elif kind == "char":
            words |= dict.fromkeys(listed, int(bits))
        elif kind == "given":
            given |= dict.fromkeys(listed, int(bits))
    # The most common surname has one person in fourteen; the shares fall as those of words do (Zipf).
    surnames = {char: round(math.log2(5 * (place + 3.5) ** 1.15)) for place, char in enumerate(SINGLE)}
    surnames |= dict.fromkeys([*RARE, *COMPOUND], _RARE)
    return _Lexicon(words, given, surnames)


def is_word(text: str) -> bool:
    """Whether the lexicon has the text as a word."""
    return text in _lexicon().words


def words_of(chars: str) -> list[str]:
    """Chinese characters cut into words as cheaply as possible; those in no word of the lexicon one by one."""
    words = _lexicon().words
    costs, starts = [0], [0]
    for last, char in enumerate(chars):
        cheapest, begin = costs[last] + words.get(char, _UNKNOWN), last
        for start in range(last - 1, max(last - _LONGEST, -1), -1):
            bits = words.get(chars[start : last + 1])
            # Of two that cost the same, the longer word.
            if bits is not None and costs[start] + bits <= cheapest:
                cheapest, begin = costs[start] + bits, start
        costs.append(cheapest)
        starts.append(begin)
    found: list[str] = []
    end = len(chars)
    while end:
        found.append(chars[starts[end] : end])
        end = starts[end]
    return found[::-1]


def candidates(clause: str) -> Iterator[Candidate]:
    """What may be a name in a run of Chinese characters, by place."""
    words, _, surnames = _lexicon()
    places = [place for place, char in enumerate(clause) if char in surnames or clause[place : place + 2] in surnames]
    if not places:
        return
    before, after = _costs(clause, words)
    for start in places:
        length = 2 if clause[start : start + 2] in surnames else 1
        surname = surnames[clause[start : start + length]]
        for end in range(start + length + 1, min(start + length + 2, len(clause)) + 1):
            bits = _NAME + surname + _given(clause[start + length : end])
            yield Candidate(start, end, before[-1] - before[start] - bits - after[end])


def _given(chars: str) -> int:
    given = _lexicon().given
    if len(chars) == 1:
        return given.get(chars, _UNKNOWN_GIVEN) + _SHORT
    first, second = (given.get(char, _UNKNOWN_GIVEN) for char in chars)
    if chars[0] == "老" and chars[1] in "大二三四五六七八九幺么":
        return min(first + second, _NICKNAME)
    return first + (_AGAIN if chars[0] == chars[1] else second)


def _costs(clause: str, words: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """For each place, the bits of the clause up to there and from there on, cut into words as cheaply as possible."""
    size = len(clause)
    arcs = [
        (start, end, bits)
        for start in range(size)
        for end in range(start + 1, min(start + _LONGEST, size) + 1)
        if (bits := words.get(clause[start:end], _UNKNOWN if end == start + 1 else _NEVER)) < _NEVER
    ]
    before = [0, *[_NEVER * size] * size]
    for start, end, bits in arcs:
        before[end] = min(before[end], before[start] + bits)
    after = [*[_NEVER * size] * size, 0]
    for start, end, bits in reversed(arcs):
        after[start] = min(after[start], bits + after[end])
    return before, after
