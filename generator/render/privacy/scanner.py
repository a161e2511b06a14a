"""The search itself: a cheap look at text as it was published, and a careful one where that leaves a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.render.privacy.addresses import addresses
from generator.render.privacy.escapes import levels
from generator.render.privacy.finding import Finding, Kind, Rules
from generator.render.privacy.glyphs import (
    BLOCK,
    CELL,
    closed_up,
    folded,
    is_plain,
    unbroken,
)
from generator.render.privacy.hardship import Hardship, without_space
from generator.render.privacy.markup import MARKS, TAG, views, words_of
from generator.render.privacy.names import Names
from generator.render.privacy.numbers import Hit, numbers, unprefixed
from generator.render.privacy.source import Source

_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}
_ZEROS: Final = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(256))
# Besides spaces, joints and continuation bytes, the bytes that begin U+0080–00BF, U+2000–2FFF and U+3000–3FFF.
_BETWEEN: Final = bytes([*range(0x09, 0x0E), *range(0x1C, 0x21), *b"+-.()", *range(0x80, 0xC0), 0xC2, 0xE2, 0xE3])
_RUN: Final = b"0" * 11
_EDGE_MARKS: Final = f"<]{CELL}{BLOCK}"
"""What a tag, a CDATA section's end and the edges of attachments' parts leave in a text without ASCII."""
_LOOSE: Final = r"[\s+\-.()\x80-\xbf\u2000-\u33ff]*+"
_EDGES: Final = "|".join(name for name, mark in MARKS.items() if mark in (BLOCK, CELL))
_INNER: Final = f"<(?!/?(?:{_EDGES})>){TAG.pattern[1:]}".encode()
_ADJACENT = re.compile(b"0" + _INNER + b"(?:" + _INNER + b")*+0")
"""In a text without what may stand between digits, those that only markup parts, but surely no edge of a block.

It begins with literals, which are found fast.
"""
_JOINED = re.compile(rf"[0-9]{_LOOSE}(?:(?!</?(?:{_EDGES})[\s/>]){TAG.pattern}{_LOOSE})++[0-9]")
"""The same in the text itself, where an edge of a block parts them for good."""
_NUMBER = re.compile(rb"1[3-9][0-9]{9}|[1-9][0-9]{14}")
_NUMERIC = re.compile(r"[\s+().·\-‐-―−]*(?:[0-9][\s().·\-‐-―−]*)+x?")


class Scanner:
    """Looks for private data by the rules of a site. It may be asked about any number of texts."""

    def __init__(self, rules: Rules) -> None:
        self._names = Names(rules.names)
        self._hardship = Hardship(rules.hardship, known=rules.known, registered=rules.names)
        self._hardship_words = Names(rules.hardship)
        kept = {*_EDGE_MARKS, *self._names.characters, *self._hardship_words.characters}
        self._ascii = bytes(byte for byte in range(0x80) if chr(byte) not in kept)
        """What no Chinese name or word is made of."""
        self._marks = frozenset(mark for value in rules.allowed if (mark := value.lower()).startswith("sha256:"))
        self._allowed = frozenset(map(_canonical, rules.allowed)) - {""}
        self._known = frozenset(map(folded, rules.known))
        self._phrases = tuple(closed_up(folded(phrase)) for phrase in phrases(rules))

    def found(self, text: str) -> tuple[Finding, ...]:
        """What private data a published text holds, each once, by kind and value.

        The text may be HTML, XML, JSON, CSV, an address or a file's name: escapes and markup are seen through.
        """
        return _in_order(self._searched(level) for level in levels(text) if self._is_doubtful(level))

    def found_slowly(self, text: str) -> tuple[Finding, ...]:
        """What ``found`` answers, by a careful look at everything."""
        return _in_order(self._searched(level) for level in levels(text))

    def _is_doubtful(self, text: str) -> bool:
        """Whether a careful look may find anything; never False where it would."""
        raw = text.encode(errors="surrogatepass")
        # Nearly all of a page is ASCII, of which none is odd and hardly any begins a name.
        wide = raw.translate(None, self._ascii).decode(errors="surrogatepass")
        return (
            not is_plain(wide)
            or _may_have_number(text, raw)
            or _may_have_address(text)
            or self._names.may_be_in(text, wide)
            or self._may_have_hardship(text, wide)
        )

    def _searched(self, text: str) -> set[Finding]:
        found: set[Finding] = set()
        for number, view in enumerate(views(text)):
            even = folded(view)
            found.update(self._findings(self._without_phrases(closed_up(even))))
            if (joined := unbroken(even)) != even:
                found.update(self._findings(self._without_phrases(closed_up(joined))))
            if number == 0:
                found.update(self._hardships(even))
        return found

    def places(self, finding: Finding, text: str) -> tuple[tuple[int, int], ...]:
        """Everywhere where a source file in Markdown or YAML says it as it does first: lines and columns, from 1."""
        # A hardship's name is looked for as if it were registered.
        names = Names([finding.value]) if finding.kind in (Kind.NAME, Kind.HARDSHIP) else None
        for source in Source.of(text).readings():
            for even in (source.folded(), source.folded(joins_lines=True)):
                text = self._without_phrases(even.text)
                hits = names.hits(text) if names else _numeric(text)
                starts = {start for _, value, start in hits if value == finding.value}
                if starts:
                    return tuple(map(even.position, sorted(starts)))
        return ()

    def _findings(self, text: str) -> Iterator[Finding]:
        for kind, value, _ in self._names.hits(text):
            yield Finding(kind, value)
        for kind, value, _ in _numeric(text):
            finding = Finding(kind, value)
            if not self._is_allowed(finding):
                yield finding

    def _hardships(self, text: str) -> Iterator[Finding]:
        for kind, value, _ in self._hardship.hits(without_space(text)):
            finding = Finding(kind, value)
            if not self._is_allowed(finding):
                yield finding

    def allows(self, finding: Finding) -> bool:
        """Whether the rules let a finding pass that was made by others, which knew fewer names and values."""
        if finding.kind is Kind.NAME:
            return False
        return self._is_allowed(finding) or (finding.kind is Kind.HARDSHIP and finding.value in self._known)

    def _without_phrases(self, text: str) -> str:
        """The text with blanks of the same length for what is allowed as a whole."""
        for phrase in self._phrases:
            if phrase in text:
                text = text.replace(phrase, BLOCK * len(phrase))
        return text

    def _is_allowed(self, finding: Finding) -> bool:
        return finding.value in self._allowed or (bool(self._marks) and finding.mark in self._marks)

    def _may_have_hardship(self, text: str, wide: str) -> bool:
        if not self._hardship_words.may_begin_in(wide):
            return False
        return any(self._hardship.hits(without_space(folded(words_of(text)))))


def phrases(rules: Rules) -> tuple[str, ...]:
    """What is allowed as a whole: words around what would be a name, or a number, without them."""
    names = [closed_up(folded(name)) for name in rules.names]
    return tuple(
        value
        for value in rules.allowed
        if (even := closed_up(folded(value)))
        and (
            any(name in even and name != even for name in names)
            or (re.search(r"[0-9]{11}", even) and not _NUMERIC.fullmatch(even) and not value.startswith("sha256:"))
        )
    )


def _numeric(text: str) -> Iterator[Hit]:
    yield from numbers(text)
    yield from addresses(text)


def _in_order(found: Iterable[set[Finding]]) -> tuple[Finding, ...]:
    every = set[Finding]().union(*found)
    return tuple(sorted(every, key=lambda finding: (_ORDER[finding.kind], finding.value)))


def _may_have_number(text: str, raw: bytes) -> bool:
    bare = raw.translate(_ZEROS, _BETWEEN)
    if _RUN in bare and _NUMBER.search(raw.translate(None, _BETWEEN)):
        return True
    # A tag, a comment or the frame of a CDATA section between digits.
    if b"0<" not in bare:
        return False
    # A page begins with <!doctype html>, which parts nothing.
    may_hide = bare.find(b"!", 2) >= 0 or (b"]" in bare and b"]]>" in bare)
    if not may_hide and not (_ADJACENT.search(bare) and _JOINED.search(text)):
        return False
    return any(_has_number(view.encode(errors="surrogatepass")) for view in views(text))


def _has_number(raw: bytes) -> bool:
    """Whether enough digits for a number stand in the text with nothing but noughts for digits between them."""
    return _RUN in raw.translate(_ZEROS, _BETWEEN) and _NUMBER.search(raw.translate(None, _BETWEEN)) is not None


def _may_have_address(text: str) -> bool:
    """Whether before an at sign, and perhaps white space, stands what may end a local part or markup."""
    if "@" not in text:
        return False
    ends = (part.rstrip()[-1:] for part in text.split("@")[:-1])
    return any(end.isalnum() or end in "_.%+->[" for end in ends if end)


def _canonical(value: str) -> str:
    """An allowed value in the spelling that a finding would have."""
    even = folded(value)
    if "@" in even or not _NUMERIC.fullmatch(even):
        return without_space(even)
    return unprefixed("".join(char for char in even.upper() if char.isdigit() or char == "X"))
