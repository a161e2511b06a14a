"""Registered names, as one pattern each and one for all."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.frozen import frozen
from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import CELL, JOINTS, folded
from generator.render.privacy.markup import views
from generator.render.privacy.numbers import Hit
from generator.render.privacy.variants import spellings

_GAP: Final = f"[\\s{CELL}{JOINTS}]"
_WIDE_GAP: Final = f"[\\s{CELL}{JOINTS}.,']"
# A letter of a script that writes names with a capital; beside a word in another script no space is needed.
_LETTER: Final = (
    "[^\\W\\d_\u0590-\u0fff\u1100-\u11ff\u1780-\u18af\u2e80-\ud7ff\uf900-\ufdff\uffa0-\uffdc\U00020000-\U0003ffff]"
)
# A tag, a comment, or the end of a CDATA section may follow.
_RAW_GAP: Final = f"\\s<\\]{CELL}{JOINTS}"
_JOINT = re.compile(f"[\\s{JOINTS}.,'&\\\\<]+")


@frozen
class _Name:
    registered: str
    words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it looks like; made when a text first may hold it."""
        return _compiled(self.words)

    def has_characters_in(self, text: str) -> bool:
        """Whether each character, in one of its spellings, stands anywhere in the text."""
        return all(any(same in text for same in spellings(char)) for word in self.words for char in reversed(word))


class Names:
    """What the names of a site look like in text."""

    def __init__(self, names: Iterable[str]) -> None:
        found = [_Name(name, words) for name in names if (words := _words(name))]
        self._all = tuple(found)
        self._cased = tuple(name for name in found if _is_cased(name.words))
        self._other = tuple(name for name in found if not _is_cased(name.words))
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
        """What Chinese names are made of, in every spelling."""
        return frozenset(
            same for name in self._other for word in name.words for char in word for same in spellings(char)
        )

    def may_be_in(self, text: str, wide: str) -> bool:
        """Whether a name may stand in text as it was published, none of whose characters is in disguise.

        ``wide`` is the text without the ASCII that Chinese names are not made of, but for the marks of edges.
        """
        names = self._beginning_in(wide)
        if names and _may_say(text, names):
            return True
        if self._raw_cased is None:
            return False
        return self._raw_cased.search(text.casefold()) is not None and _may_say(text, self._cased)

    def may_begin_in(self, wide: str) -> bool:
        """The same for Chinese names only, faster and less sure."""
        return bool(self._beginning_in(wide))

    def _beginning_in(self, text: str) -> list[_Name]:
        if self._raw is None:
            return []
        firsts = frozenset(self._raw.findall(text))
        return [name for first in firsts for name in self._by_first[first] if name.has_characters_in(text)]

    def hits(self, text: str) -> Iterator[Hit]:
        """Every name in text that is folded."""
        for name in (*dict.fromkeys(self._beginning_in(text)), *self._cased):
            for match in name.pattern.finditer(text):
                yield Kind.NAME, name.registered, match.start()


def _may_say(text: str, names: Sequence[_Name]) -> bool:
    """Whether one of the names is in what the text shows or has in its tags."""
    return any(name.pattern.search(view) for view in map(str.casefold, views(text)) for name in names)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _JOINT.split(folded(name)) if word)


def _is_cased(words: Iterable[str]) -> bool:
    return any(char != char.upper() for word in words for char in word)


def _char(char: str) -> str:
    same = spellings(char)
    return re.escape(char) if len(same) == 1 else f"[{same}]"


@functools.cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_pattern(words))


def _pattern(words: Sequence[str]) -> str:
    """A name in folded text: Chinese wherever it stands, Latin as words."""
    if _is_cased(words):
        inner = f"{_WIDE_GAP}++".join("".join(map(_char, word)) for word in words)
        return f"(?<!{_LETTER}){inner}(?!{_LETTER})"
    chars = "".join(words)
    if len(chars) == 1:
        return rf"(?<!\w){_char(chars)}(?!\w)"
    # Between the parts of a name that has a middle dot, some write another.
    return f"{_WIDE_GAP}*+".join(f"{_GAP}*+".join(map(_char, word)) for word in words)


def _raw(names: Iterable[Sequence[str]]) -> str:
    """Two characters that Chinese names may begin with in text as it was published, or one and then markup.

    One pattern for all names, and with a set of characters in front: so it takes no longer for many than for one.
    """
    whole = ["".join(words) for words in names]
    firsts = "".join({same for chars in whole for same in spellings(chars[0])})
    seconds = "".join({same for chars in whole for same in spellings(chars[1:2] or chars)})
    # A name of a single character needs no second.
    after = "" if any(len(chars) == 1 for chars in whole) else f"(?=[{_RAW_GAP}{re.escape(seconds)}])"
    return f"[{re.escape(firsts)}]{after}"


def _raw_cased(names: Sequence[Sequence[str]]) -> str:
    """What Latin names begin with in text as it was published, with a set of characters in front as above."""
    firsts = "".join({words[0][0] for words in names})
    return f"[{re.escape(firsts)}](?<!{_LETTER}.)(?:{'|'.join(dict.fromkeys(map(_begun, names)))})"


def _begun(words: Sequence[str]) -> str:
    """A name's first word from its second letter, with perhaps markup before any, and the next word's first letter."""
    first, *others = words
    rest = f"[{_RAW_GAP}.,']++(?:{_char(others[0][0])}|(?<=[<\\]]))" if others else f"(?!{_LETTER})"
    for char in reversed(first[1:]):
        rest = f"(?:{_char(char)}{rest}|[<\\]])"
    return f"(?<={re.escape(first[0])}){rest}"
