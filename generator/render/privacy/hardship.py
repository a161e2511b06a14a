"""Guesses unregistered names of people in hardship, from the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import BLOCK, CELL, folded
from generator.render.privacy.numbers import Hit

NEAR: Final = 20
"""The distance in characters at which a word of hardship counts for what stands before its sentence."""
_FAR: Final = 200
"""The maximum length of a sentence, in characters, on either side of the word."""

_SENTENCE_END = deferred(f"[。！？!?；;{BLOCK}]")
_CLAUSE_END = deferred(f"[。！？!?；;，,、：:{CELL}{BLOCK}]")
_ROW = deferred(
    f"{BLOCK}[{BLOCK}{CELL}0-9.、]*(?:[㐀-鿿]{{2,4}}|[㐀-鿿]+·[㐀-鿿]+)(?=[{BLOCK}{CELL}（(：:，,]|$)[^{BLOCK}]{{0,{_FAR}}}"
)
"""The item of a list or the row of a table that begins with what may be a name."""


class Hardship:
    """Finds names near words of hardship. ``known`` and ``registered`` names are not reported."""

    def __init__(self, words: Iterable[str], *, known: Iterable[str], registered: Iterable[str]) -> None:
        self.words = tuple(normal for word in words if (normal := without_space(folded(word))))
        self._by_first: dict[str, tuple[str, ...]] = {}
        for word in self.words:
            self._by_first[word[0]] = (*self._by_first.get(word[0], ()), word)
        self._heads = deferred(_heads(self.words))
        self._known = BLOCK.join(without_space(folded(name)) for name in known)
        self._registered = frozenset(without_space(folded(name)) for name in registered)

    def hits(self, text: str) -> Iterator[Hit]:
        """Every name near a word of hardship, in text that is folded and without white space."""
        # Most builds scan no such word, and what guesses is slow to import.
        from generator.render.privacy.guesses import guessed

        for start, end in self._stretches(text):
            # What stands in the middle of a clause is known by its beginning: 毛毛雨 is nobody called 毛雨.
            first = _clause(text, start)
            for place, name in guessed(text[first:end]):
                if first + place >= start and name not in self._registered and not self.knows(name):
                    yield Kind.HARDSHIP, name, first + place

    def _next(self, text: str, start: int) -> int:
        """The place of the next word of hardship; -1 if there is none."""
        # A pattern of hundreds of words would try one after the other.
        for head in self._heads.finditer(text, start):
            if text.startswith(self._by_first[head[0]], head.start()):
                return head.start()
        return -1

    def knows(self, name: str) -> bool:
        """Whether the name is known: somebody's, or part of a target's, which may hold what looks like a person's."""
        return name in self._known

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of the stretches to search: the sentences with a word of hardship, and what is around them.

        That is what stands shortly before them, and the sentence, the list or the rows of the table after them.
        """
        done = sure = 0
        while (place := self._next(text, sure)) >= 0:
            begin = max(done, place - _FAR)
            for stop in _SENTENCE_END.finditer(text, begin, place):
                begin = stop.end()
            start, sure = max(done, min(begin, place - NEAR)), _end(text, place + 1)
            done = max(done, _end_after(text, sure))
            if start < done:
                yield start, done


def _clause(text: str, start: int) -> int:
    """Where the clause begins in which a place is, or some characters before it."""
    least = max(0, start - NEAR)
    return max((stop.end() for stop in _CLAUSE_END.finditer(text, least, start)), default=least)


def _end(text: str, start: int) -> int:
    """The end of the sentence that goes on at ``start``."""
    stop = _SENTENCE_END.search(text, start, start + _FAR)
    return stop.start() if stop else min(len(text), start + _FAR)


def _end_after(text: str, end: int) -> int:
    """The end of the next sentence of the paragraph; else that of the list or table which follows."""
    if text[end : end + 1] not in ("", BLOCK):
        end = _end(text, end + 1)
    while row := _ROW.match(text, end):
        end = row.end()
    return end


def without_space(text: str) -> str:
    """The text without white space, which means nothing between Chinese characters."""
    return "".join(text.split())


def _heads(words: Sequence[str]) -> str:
    """The pattern of the first characters of words, where the second character of one follows."""
    if not words:
        return "(?!)"
    firsts, seconds = (re.escape("".join({word[place : place + 1] for word in words})) for place in (0, 1))
    # Some words have no second character.
    single = re.escape("".join(word for word in words if len(word) == 1))
    follows = [*([f"(?=[{seconds}])"] if seconds else []), *([f"(?<=[{single}])"] if single else [])]
    return f"[{firsts}](?:{'|'.join(follows)})"
