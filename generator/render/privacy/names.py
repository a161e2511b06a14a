"""Finds registered names in text, with one pattern for each and a fast one for all together."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.patterns import deferred
from generator.render.privacy.apart import SIGNS, pieces
from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import BLOCK, CELL, DASHES, JOINTS, collapsed, folded
from generator.render.privacy.markup import Marked, columns
from generator.render.privacy.numbers import Hit
from generator.render.privacy.variants import pattern_of, spellings

_GAP: Final = f"[\\s{CELL}{JOINTS}]"
_WIDE_GAP: Final = f"[\\s{CELL}{JOINTS}.,']"
_APOSTROPHES: Final = "'\u2018\u2019\u201b\u02b9\u02bc\u2032`\u00b4"
_BETWEEN: Final = f"{JOINTS}{DASHES}.,，、{_APOSTROPHES}"
"""Signs that may stand between the words of a Latin name."""
_CASED_GAP: Final = f"[\\s{CELL}{_BETWEEN}]"
# A letter of a script with capitals. Between such a name and a word in another script, no space is needed.
_LETTER: Final = (
    "[^\\W\\d_\u0590-\u0fff\u1100-\u11ff\u1780-\u18af\u2e80-\ud7ff\uf900-\ufdff\uffa0-\uffdc\U00020000-\U0003ffff]"
)
# A tag, a comment, or the end of a CDATA section may follow.
_RAW_CASED_GAP: Final = rf"\s<\]{CELL}{BLOCK}{_BETWEEN}/\\|()\["
_RAW_GAP: Final = rf"\s<\]{CELL}{BLOCK}{JOINTS}{SIGNS}"
_SCATTERED: Final = 120
"""The largest distance of two characters of a name that is in pieces."""
_LONG: Final = 10
"""Letters of a Latin name that stands nowhere by chance, also with an initial within it."""
_JOINT = deferred(f"[\\s{_BETWEEN}&\\\\<]+")
_PARTICLES: Final = " af al bin da de del della den der di do dos du el la le ten van von zu zum zur "
"""Words of a Latin name that are left out where the family name stands first."""
_SPELLED: Final = tuple(
    {"ä": "ae", "æ": "ae", "å": "aa", "ö": "oe", "ø": "oe", "ü": "ue", "þ": "th", "ð": "dh"}.items()
)
"""Letters, and what passports write instead (ICAO 9303-3, section 6)."""


@frozen
class _Name:
    registered: str
    words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the name, compiled when a text first may hold it."""
        return _compiled(self.words)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the name begins and ends in folded text, whole or in pieces."""
        yield from (match.span() for match in self.pattern.finditer(text))
        if len(self.words) > 1 or len(self.words[0]) > 1:
            yield from pieces(self.words, text, is_cased=_is_cased(self.words))

    def is_in(self, view: str) -> bool:
        """Whether it is in a text without markup, or down a column of a table in it."""
        text = collapsed(view.casefold())
        return any(self.spans(text)) or (CELL in text and any(self.spans(columns(text))))

    def has_characters_in(self, text: str) -> bool:
        """Whether each character, in one of its spellings, occurs anywhere in the text."""
        return all(any(same in text for same in spellings(char)) for word in self.words for char in reversed(word))


class Names:
    """Searches text for the names of a site."""

    def __init__(self, names: Iterable[str]) -> None:
        found = [_Name(name, words) for name in names for form in _forms(name) for words in _orders(form)]
        self._all = tuple(found)
        self._cased = tuple(name for name in found if _is_cased(name.words))
        self._other = tuple(name for name in found if not _is_cased(name.words))
        self._is_ascii = all(word.isascii() for name in self._cased for word in name.words)
        self._by_first: dict[str, list[_Name]] = {}
        for name in self._other:
            for first in spellings(name.words[0][0]):
                self._by_first.setdefault(first, []).append(name)
        self._raw = re.compile(_raw([name.words for name in self._other])) if self._other else None
        self._raw_cased = (
            re.compile(_raw_cased([name.words for name in self._cased]), re.DOTALL) if self._cased else None
        )

    @property
    def characters(self) -> frozenset[str]:
        """The characters of Chinese names, in every spelling."""
        return frozenset(
            same for name in self._other for word in name.words for char in word for same in spellings(char)
        )

    def may_be_in(self, text: Marked, wide: str) -> bool:
        """Whether a text without disguised characters may hold a name.

        ``wide`` is the text without ASCII, except for separators and for the ASCII characters of Chinese names.
        """
        names = self._beginning_in(wide)
        if names and _has_any(text, names):
            return True
        if self._raw_cased is None:
            return False
        # Case is folded much faster where only that of ASCII matters.
        cased = text.raw.lower().decode(errors="replace").replace("ß", "ss") if self._is_ascii else text.text.casefold()
        return self._raw_cased.search(cased) is not None and _has_any(text, self._cased)

    def _beginning_in(self, text: str) -> list[_Name]:
        if self._raw is None:
            return []
        firsts = frozenset(self._raw.findall(text))
        return [name for first in firsts for name in self._by_first[first] if name.has_characters_in(text)]

    def scattered(self, registered: str, text: str) -> int | None:
        """The place of the characters of a name, one after the other with no more than a few words between them."""
        name = next(one for one in self._all if one.registered == registered)
        chars = [pattern_of(char) for word in name.words for char in word]
        found = re.search(f".{{0,{_SCATTERED}}}?".join(chars), text, re.DOTALL)
        return found.start() if found else None

    def hits(self, text: str) -> Iterator[Hit]:
        """Every name in folded text."""
        return ((Kind.NAME, name, start) for name, start, _ in self.spans(text))

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Every name in folded text, as registered, with its beginning and end."""
        for name in (*dict.fromkeys(self._beginning_in(text)), *self._cased):
            for start, end in name.spans(text):
                yield name.registered, start, end


def _has_any(text: Marked, names: Sequence[_Name]) -> bool:
    """Whether one of the names is in the text that readers see, or in its tags or comments."""
    return any(name.is_in(view) for view in text.views for name in names)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _JOINT.split(folded(name)) if word)


def _forms(name: str) -> Iterable[tuple[str, ...]]:
    """The words of a name, and those of a Latin one without particles and as passports spell it."""
    words = _words(name)
    if not _is_cased(words):
        return (words,)
    spelled = name.casefold()
    for letter, letters in _SPELLED:
        spelled = spelled.replace(letter, letters)
    forms = [words, _words(spelled)]
    bare = [tuple(word for word in form if f" {word} " not in _PARTICLES) for form in forms]
    return dict.fromkeys((*forms, *(form for form in bare if len(form) > 1 and _may_be_joined(form))))


def _orders(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The orders in which a name is written: the family name of a Latin one, of any of its words, may stand first."""
    turns = range(len(words)) if _is_cased(words) else range(min(1, len(words)))
    return ((*words[at:], *words[:at]) for at in turns)


def _may_be_joined(words: Sequence[str]) -> bool:
    """Whether the words of a Latin name are known without spaces between them, as in the names of files."""
    return sum(map(len, words)) >= _LONG


def _is_cased(words: Iterable[str]) -> bool:
    return any(char != char.upper() for word in words for char in word)


@functools.cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_pattern(words))


def _pattern(words: Sequence[str]) -> str:
    """The pattern of a name in folded text: a Chinese name matches anywhere, a Latin one as whole words.

    A long Latin one may have an initial in it, and no spaces.
    """
    if _is_cased(words):
        gap = f"{_CASED_GAP}*+(?:{_LETTER}{_CASED_GAP}++)?" if _may_be_joined(words) else f"{_CASED_GAP}++"
        inner = gap.join("".join(map(pattern_of, word)) for word in words)
        return f"(?<!{_LETTER}){inner}(?!{_LETTER})"
    chars = "".join(words)
    if len(chars) == 1:
        return rf"(?<!\w){pattern_of(chars)}(?!\w)"
    # Between the parts of a name with a middle dot, some people write other signs.
    return f"{_WIDE_GAP}*+".join(f"{_GAP}*+".join(map(pattern_of, word)) for word in words)


def _raw(names: Iterable[Sequence[str]]) -> str:
    """One pattern for the first two characters of all Chinese names in raw text; markup may follow the first.

    It begins with a set of characters, so that it is as fast for many names as for one.
    """
    whole = ["".join(words) for words in names]
    firsts = "".join({same for chars in whole for same in spellings(chars[0])})
    seconds = "".join({same for chars in whole for same in spellings(chars[1:2] or chars)})
    # A name of a single character needs no second.
    after = "" if any(len(chars) == 1 for chars in whole) else f"(?=[{_RAW_GAP}{re.escape(seconds)}])"
    return f"[{re.escape(firsts)}]{after}"


def _raw_cased(names: Sequence[Sequence[str]]) -> str:
    """One pattern for the beginnings of all Latin names in raw text; it begins with a set of characters as well."""
    firsts = "".join({same for words in names for same in spellings(words[0][0])})
    return f"[{re.escape(firsts)}](?<!{_LETTER}.)(?:{'|'.join(dict.fromkeys(map(_beginning, names)))})"


def _beginning(words: Sequence[str]) -> str:
    """The pattern of a name's first word after its first letter, and of the next word's first letter.

    It also matches where markup begins before any of these letters.
    """
    first, *others = words
    rest = f"(?!{_LETTER})"
    if others:
        gap, more = ("*+", f"{_LETTER}[{_RAW_CASED_GAP}]|") if _may_be_joined(words) else ("++", "")
        rest = f"[{_RAW_CASED_GAP}]{gap}(?:{pattern_of(others[0][0])}|{more}(?<=[<\\]/]))"
    for char in reversed(first[1:]):
        rest = f"(?:{pattern_of(char)}{rest}|[<\\]])"
    return f"(?<={pattern_of(first[0])}){rest}"
