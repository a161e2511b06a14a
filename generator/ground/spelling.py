"""Mistyped words: the one that was surely meant, among those that there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

SHORTEST: Final = 4
"""Of a word, in letters: among shorter ones, such as ``am`` and ``pm``, another letter is another word."""


def surely_meant(word: str, known: Collection[str]) -> str | None:
    """The only one of ``known``, a small fixed vocabulary, from which ``word`` differs by one slip of the finger.

    That is one letter too many, too few or wrong, or two letters the wrong way round. None where there is none, or more
    than one.
    """
    if alike := same_but_for_signs(word, known):
        return alike
    plain = _plain(word)
    close = [one for one in known if len(one) >= SHORTEST and _is_one_slip(plain, _plain(one))]
    return close[0] if len(close) == 1 else None


def same_but_for_signs(word: str, known: Collection[str]) -> str | None:
    """The only one of ``known`` that differs from ``word`` at most by capitals, hyphens, underscores and spaces.

    For names that people give: another letter makes another village.
    """
    plain = _plain(word)
    alike = [one for one in known if _plain(one) == plain]
    return alike[0] if len(alike) == 1 else None


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _is_one_slip(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    word, other = word[start:], other[start:]
    while word and other and word[-1] == other[-1]:
        word, other = word[:-1], other[:-1]
    return len(word) + len(other) == 1 or (len(word) == len(other) == 1) or (len(word) == 2 and word == other[::-1])
