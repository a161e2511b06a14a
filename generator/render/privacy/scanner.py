"""Scans published text for private data: a fast check of the raw text, and a thorough scan if that may have a match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.ground.patterns import deferred
from generator.read import data_uris
from generator.render.privacy.escapes import DEPTH, PUNYCODE, Form, has_only_octets, label, levels, without_octets
from generator.render.privacy.finding import Caveat, Finding, Kind, Rules
from generator.render.privacy.glyphs import (
    BLOCK,
    CELL,
    DASHES,
    SPELLED,
    collapsed,
    folded,
    variants,
)
from generator.render.privacy.hardship import Hardship, without_space
from generator.render.privacy.labelled import CHINESE, labelled
from generator.render.privacy.labelled import may_be_in as may_be_labelled
from generator.render.privacy.markup import REPLACEMENTS, TAG, Marked, columns
from generator.render.privacy.names import Names
from generator.render.privacy.numbers import ODD_SIGNS, unprefixed
from generator.render.privacy.places import Places, numeric
from generator.render.privacy.sieve import Marks, Sieve

_THOROUGH: Final = 20
"""How many times longer the thorough scan takes than the fast check."""
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}
_BARE: Final = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(256)).lower()
"""Digits become zeros, and capitals small letters."""
# Spaces, signs, continuation bytes, and the first bytes of U+0080–00BF, U+2000–2FFF and U+3000–3FFF in UTF-8.
_BETWEEN: Final = bytes([*range(0x09, 0x0E), *range(0x1C, 0x21), *b"+-.()", *range(0x80, 0xC0), 0xC2, 0xE2, 0xE3])
_BETWEEN_ODD: Final = _BETWEEN + b"/_~|*:#[]\xef"
"""The same with ``ODD_SIGNS``."""
_NEAR: Final = 64
"""Bytes before an at sign that are looked at first."""
_RUN: Final = b"0" * 11
_EDGE_SIGNS: Final = f"<>]{CELL}{BLOCK}"
"""Characters of tags, of the end of CDATA sections and of separators in attachments, kept in a text without ASCII."""
_SIGN: Final = rf"[\s+\-.()（）\[\]\x80-\xbf\u2000-\u33ff{ODD_SIGNS}]"
_LOOSE: Final = f"{_SIGN}*+"
_EDGES: Final = "|".join(name for name, replacement in REPLACEMENTS.items() if replacement in (BLOCK, CELL))
_INNER: Final = f"<(?!/?(?:{_EDGES})>){TAG.pattern[1:]}".encode()
_ADJACENT = deferred(b"0" + _INNER + b"(?>(?:" + _INNER + b")*)0")
"""Digits that are separated by inline markup only, in a text without the bytes that may be between digits.

It begins with literals, which makes it fast.
"""
_JOINED = deferred(rf"[0-9]{_LOOSE}(?>(?:(?!</?(?:{_EDGES})[\s/>]){TAG.pattern}{_LOOSE})+)[0-9]")
"""The same in the original text; tags of blocks separate the digits."""
_NUMBER = deferred(rb"1[3-9][0-9]{9}|[1-9][0-9]{14}")
_SPELLED_RUN = deferred(rf"[0-9{SPELLED[1:]}(?>(?:(?>(?:[\s.·、{DASHES}<]|(?<=<)[^<>]*+>)*)[0-9{SPELLED[1:]}){{10,}})")
_SPELLING = deferred(SPELLED)
_FEW: Final = rf"(?>\s+|{_SIGN}){{0,4}}"
"""Signs between two digits. White space counts once, however long it is."""
_ODD_NUMBER = deferred(f"1{_FEW}[3-9](?:{_FEW}[0-9]){{9}}|[1-9](?<![0-9].)(?!(?<=2)0)(?:{_FEW}[0-9]){{13}}")
"""What may be a number in parts divided by any signs; addresses of pages, with dates in them, are none."""
_PUNYCODE = deferred(b"x(?=n)")
"""How such a label begins. A pattern that begins with a rare letter is fast."""
_NUMERIC = deferred(r"[\s+().·\-‐-―−]*(?:[0-9][\s().·\-‐-―−]*)+x?")


class Scanner:
    """Scans texts for private data by the rules of a site."""

    def __init__(self, rules: Rules) -> None:
        self._names = Names(rules.names)
        self._hardship = Hardship(rules.hardship, known=rules.known, registered=rules.names)
        kept = {*_EDGE_SIGNS, *self._names.characters}
        self._sieve = Sieve(labels=CHINESE, hardship=self._hardship.words)
        self._has_lettered_words = any(char.isascii() for word in self._hardship.words for char in word)
        self._ascii = bytes(byte for byte in range(0x80) if chr(byte) not in kept)
        """ASCII bytes that occur in no Chinese name."""
        self._digests = frozenset(lower for value in rules.allowed if (lower := value.lower()).startswith("sha256:"))
        self._allowed = frozenset(map(_canonical, rules.allowed)) - {""}
        self._phrases = tuple(collapsed(folded(phrase)) for phrase in phrases(rules))

    def found(self, text: str, form: Form = Form.PLAIN) -> tuple[Finding, ...]:
        """The private data in a published text, each once, sorted by kind and value.

        The text may be HTML, XML, JSON, CSV, a URL or a file name. Escapes are decoded, its own ``form``'s first,
        and markup is removed.
        """
        return _in_order(map(self._searched, self._doubtful(text, form)))

    def found_in(self, raw: bytes, form: Form = Form.PLAIN) -> tuple[Finding, ...]:
        """The same for a text in UTF-8. Most hold nothing, and are not even decoded."""
        level = raw = data_uris.without(raw)
        for _ in range(DEPTH + 1):
            if not has_only_octets(level, form) or self._is_doubtful(Marked(level)):
                return self.found(raw.decode(errors="replace"), form)
            if (decoded := without_octets(level)) == level:
                break
            level = decoded
        return ()

    def found_and_effort(self, text: str) -> tuple[tuple[Finding, ...], int]:
        """The same, and what it took, in characters of a text that holds nothing."""
        every = list(map(Marked.of, levels(text)))
        doubtful = list(filter(self._is_doubtful, every))
        effort = sum(len(level.text) for level in every) + _THOROUGH * sum(len(level.text) for level in doubtful)
        return _in_order(map(self._searched, doubtful)), effort

    def found_slowly(self, text: str, form: Form = Form.PLAIN) -> tuple[Finding, ...]:
        """The same as ``found``, without the fast check."""
        return _in_order(map(self._searched, map(Marked.of, levels(text, form))))

    def _doubtful(self, text: str, form: Form) -> Iterator[Marked]:
        return filter(self._is_doubtful, map(Marked.of, levels(text, form)))

    def _is_doubtful(self, text: Marked) -> bool:
        """Whether a thorough scan may find anything; never False if it would."""
        bare = text.raw.translate(_BARE, _BETWEEN_ODD)
        # Nearly all of a page is ASCII, which needs no folding and begins hardly any name.
        wide = text.raw.translate(None, self._ascii).decode(errors="replace")
        marks = self._sieve.marks(wide) if wide else Marks()
        return (
            marks.is_odd
            or _may_have_number(text, bare)
            or _may_have_address(text)
            or (_PUNYCODE.search(bare) is not None and b"xn--" in text.raw.lower())
            or (may_be_labelled(text, bare, marks.labels) and _is_labelled(text))
            or (marks.has_digits and _may_be_spelled(text))
            or self._names.may_be_in(text, wide)
            or self._may_have_hardship(text, marks, may_have_sections=b"<![" in text.raw)
        )

    def _searched(self, text: Marked) -> set[Finding]:
        found: set[Finding] = set()
        for number, view in enumerate(text.views):
            normal, *others = variants(view)
            for one in (normal, *others):
                found.update(self._findings(self._without_phrases(collapsed(one))))
            for other in _reordered(normal):
                hits = self._names.hits(self._without_phrases(collapsed(other)))
                found.update(Finding(kind, value) for kind, value, _ in hits)
            if number == 0:
                found.update(self._hardships(normal))
        return found

    def places(self, finding: Finding, text: str) -> tuple[tuple[int, int], ...]:
        """Where a Markdown or YAML file holds the finding: lines and columns from 1; empty if it is not found."""
        return self.places_of([finding]).careful(text, [finding]).get(finding, ())

    def places_of(self, findings: Iterable[Finding]) -> Places:
        """What looks for all these findings in source files."""
        return Places(findings, self._without_phrases)

    def _findings(self, text: str) -> Iterator[Finding]:
        for kind, value, _ in self._names.hits(text):
            yield Finding(kind, value)
        for kind, value, _ in numeric(text):
            finding = Finding(kind, value)
            if not self._is_allowed(finding):
                yield finding

    def _hardships(self, text: str) -> Iterator[Finding]:
        for kind, value, _ in self._hardship.hits(without_space(text)):
            finding = Finding(kind, value)
            if not self._is_allowed(finding):
                yield finding

    def allows(self, finding: Finding | Caveat) -> bool:
        """Whether these rules allow a finding made by older rules, which had fewer known names and allowed values."""
        if isinstance(finding, Caveat):
            return finding.digest in self._digests
        if finding.kind is Kind.NAME:
            return False
        return self._is_allowed(finding) or (finding.kind is Kind.HARDSHIP and self._hardship.knows(finding.value))

    def _without_phrases(self, text: str) -> str:
        """The text with allowed phrases blanked out at the same length."""
        for phrase in self._phrases:
            if phrase in text:
                text = text.replace(phrase, BLOCK * len(phrase))
        return text

    def _is_allowed(self, finding: Finding) -> bool:
        return finding.value in self._allowed or (bool(self._digests) and finding.digest in self._digests)

    def _may_have_hardship(self, text: Marked, marks: Marks, *, may_have_sections: bool) -> bool:
        # A word may have letters, and be divided by the delimiters of a CDATA section.
        if not (marks.has_hardship or self._has_lettered_words or may_have_sections):
            return False
        # Without disguised characters, nothing but case is to be folded.
        return any(self._hardship.hits(without_space(text.words.casefold())))


def phrases(rules: Rules) -> tuple[str, ...]:
    """The allowed phrases: values that hold more than a name or a number, whose text around it makes it harmless."""
    names = [collapsed(folded(name)) for name in rules.names]
    return tuple(
        value
        for value in rules.allowed
        if (normal := collapsed(folded(value)))
        and (
            any(name in normal and name != normal for name in names)
            or (re.search(r"[0-9]{11}", normal) and not _NUMERIC.fullmatch(normal) and not value.startswith("sha256:"))
        )
    )


def _reordered(text: str) -> Iterator[str]:
    """Other ways to read names: down the columns of tables, and in the domain names that stand for them."""
    if CELL in text:
        yield columns(text)
    if "xn--" in text:
        yield PUNYCODE.sub(label, text)


def _in_order(found: Iterable[set[Finding]]) -> tuple[Finding, ...]:
    every = set[Finding]().union(*found)
    return tuple(sorted(every, key=lambda finding: (_ORDER[finding.kind], finding.value)))


def _may_have_number(text: Marked, bare: bytes) -> bool:
    if _RUN in bare and _has_number(text.text, text.raw):
        return True
    # Otherwise, digits must be separated by a tag, a comment, a footnote or the delimiters of a CDATA section.
    if b"0<" not in bare:
        return False
    if not (text.hides or (b"]" in bare and b"]]>" in bare)) and not (
        _ADJACENT.search(bare) and _JOINED.search(text.text)
    ):
        return False
    return any(_has_number(view, view.encode(errors="surrogatepass")) for view in text.views)


def _has_number(text: str, raw: bytes) -> bool:
    """Whether the text, without what may be between digits, holds enough digits in a row for a number."""
    return _NUMBER.search(raw.translate(None, _BETWEEN)) is not None or _ODD_NUMBER.search(text) is not None


def _may_have_address(text: Marked) -> bool:
    """Whether an at sign follows the possible end of a local part or of markup, perhaps after white space."""
    if b"@" not in text.raw:
        return False
    return any(map(_may_end_local_part, text.raw.split(b"@")[:-1]))


def _may_end_local_part(before: bytes) -> bool:
    end = before[-_NEAR:].decode(errors="ignore").rstrip()[-1:]
    return end.isalnum() or end in "_.%+->[" if end else len(before) > _NEAR


def _is_labelled(text: Marked) -> bool:
    return any(any(labelled(collapsed(folded(view)))) for view in text.views)


def _may_be_spelled(text: Marked) -> bool:
    return any(_is_spelled(run[0]) for run in _SPELLED_RUN.finditer(text.text))


def _is_spelled(run: str) -> bool:
    return len(_SPELLING.findall(run)) >= 3


def _canonical(value: str) -> str:
    """An allowed value in the canonical form of findings."""
    normal = folded(value)
    if "@" in normal or not _NUMERIC.fullmatch(normal):
        return without_space(normal)
    return unprefixed("".join(char for char in normal.upper() if char.isdigit() or char == "X"))
