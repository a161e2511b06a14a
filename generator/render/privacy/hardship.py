"""Guesses unregistered names of people in hardship, from the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import BLOCK, CELL, folded
from generator.render.privacy.guesses import guessed
from generator.render.privacy.numbers import Hit

NEAR: Final = 20
"""The distance in characters at which a word of hardship counts for what stands before its sentence."""
_FAR: Final = 200
"""The maximum length of a sentence, in characters, on either side of the word."""

_SENTENCE_END = re.compile(f"[。！？!?；;{BLOCK}]")
_ROW = re.compile(
    f"{BLOCK}[{BLOCK}{CELL}0-9.、]*(?:[㐀-鿿]{{2,4}}|[㐀-鿿]+·[㐀-鿿]+)(?=[{BLOCK}{CELL}（(：:，,]|$)[^{BLOCK}]{{0,{_FAR}}}"
)
"""The item of a list or the row of a table that begins with what may be a name."""


_ALL_BUT_TAGS: Final = bytes(byte for byte in range(0x80) if byte not in b"<>")
_TAG_REST = re.compile("<([^<>]*)>")
"""A tag, of which only what is not ASCII is left."""


class Hardship:
    """Finds names near words of hardship. ``known`` and ``registered`` names are not reported."""

    def __init__(self, words: Iterable[str], *, known: Iterable[str], registered: Iterable[str]) -> None:
        kept = [normal for word in words if (normal := without_space(folded(word)))]
        self._words = re.compile(_any_of(kept) if kept else "(?!)")
        self._are_wide = not any(char.isascii() for word in kept for char in word)
        self._known = BLOCK.join(without_space(folded(name)) for name in known)
        self._registered = frozenset(without_space(folded(name)) for name in registered)

    def may_be_in(self, text: str, raw: bytes) -> bool:
        """Whether a text without disguised characters may show a word of hardship; ``raw`` is the text in UTF-8."""
        if not self._are_wide:
            return True
        if "<![" in text:
            raw = text.replace("<![CDATA[", "").replace("]]>", "").encode(errors="surrogatepass")
        # Nearly all of a page is ASCII. Of most tags, nothing is left but the brackets.
        wide = raw.translate(None, _ALL_BUT_TAGS).decode(errors="surrogatepass").replace("<>", "")
        parts = _TAG_REST.split(without_space(wide))
        # What is within a tag may part a word, and what looks like a tag may be none.
        return self._words.search(BLOCK.join(["".join(parts[::2]), *parts[1::2]])) is not None

    def hits(self, text: str) -> Iterator[Hit]:
        """Every name near a word of hardship, in text that is folded and without white space."""
        for start, end in self._stretches(text):
            for place, name in guessed(text[start:end]):
                if name not in self._registered and not self.knows(name):
                    yield Kind.HARDSHIP, name, start + place

    def knows(self, name: str) -> bool:
        """Whether the name is known: somebody's, or part of a target's, which may hold what looks like a person's."""
        return name in self._known

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of the stretches to search: the sentences with a word of hardship, and what is around them.

        That is what stands shortly before them, and the sentence, the list or the rows of the table after them.
        """
        done = sure = 0
        while match := self._words.search(text, sure):
            begin = max(done, match.start() - _FAR)
            for stop in _SENTENCE_END.finditer(text, begin, match.start()):
                begin = stop.end()
            start, sure = max(done, min(begin, match.start() - NEAR)), _end(text, match.end())
            done = max(done, _end_after(text, sure))
            if start < done:
                yield start, done


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


def _any_of(words: Iterable[str]) -> str:
    """A pattern of hundreds of words, which branches by their first characters: trying each in turn is slow."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    # A word that begins with another needs no branch of its own.
    branches = [
        re.escape(first) + ("" if "" in rests else f"(?:{_any_of(rests)})") for first, rests in by_first.items()
    ]
    return "|".join(branches)
