"""Reads a source file as it will be published, and keeps for each character its place in the file."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from generator.ground.frozen import frozen
from generator.ground.patterns import deferred
from generator.render.privacy.escapes import DEPTH, ESCAPE, PAIR, PUNYCODE, label, meaning, paired
from generator.render.privacy.glyphs import BLOCK, BROKEN, CELL, SMALL, UNSEEN, folded, with_figures
from generator.render.privacy.markup import REPLACEMENTS, TAG

_CLUSTER = deferred(f"[\x00-\x7f]{UNSEEN}+|[A-Z]|[^\x00-\x7f]{UNSEEN}*")
_SPACE = deferred(r"\s+")
_COMMENT = deferred("<!--.*?-->", re.DOTALL)
_CDATA = deferred(r"<!\[CDATA\[|\]\]>")
_MARKDOWN = deferred(
    r"""
      (?P<gone> \]\([^()\n]*+(?>(?:\([^()\n]*+\)[^()\n]*+)*)\)  # a link's address
        | \]\[[^\]\n]*+\]
        | \[\^[^\]\n]*+\]                                     # a footnote's reference
        | \\(?=\n)                                           # a hard line break
        | \{[a-z-]+\}(?=`)                                   # a role
        | \{[.\#][^}\n]*+\}                                  # attributes
        | [*~`=\[\]^!]+ )
    | (?P<cell> [ \t]*+\|[ \t]*+ | \n:[ \t]++ )
    | \n[ \t]*+(?>(?:>[ \t]*+)+)
    """,
    re.VERBOSE,
)


@frozen
class Source:
    """Text derived from a file's, with the offset in the file of each of its characters."""

    file: str
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, file: str) -> Self:
        """The unchanged text of a file."""
        return cls(file, file, range(len(file)))

    def readings(self) -> Iterator[Source]:
        """The text unchanged, without HTML, and without Markdown; then the same, decoded level by level."""
        for level in self.levels():
            yield level
            # Behind the last end, each beginning of a comment would be searched to the end of the text.
            bare = level.replaced(_COMMENT, _nothing, level.text.rfind("-->") + 3).replaced(_CDATA, _nothing)
            bare = bare.replaced(TAG, lambda tag: REPLACEMENTS.get(tag[1].lower(), ""))
            yield bare
            yield bare.replaced(_MARKDOWN, _replacement)

    def levels(self) -> Iterator[Source]:
        """The text, then the text decoded once, twice …, as long as that changes it."""
        level = self
        for _ in range(DEPTH + 1):
            yield level
            decoded = level.replaced(ESCAPE, meaning).replaced(PAIR, lambda pair: paired(pair[0]))
            if decoded.text == level.text:
                return
            level = decoded

    def variants(self) -> Iterator[Source]:
        """The text folded, with white space collapsed, in each way to read its digits (``glyphs.variants``)."""
        normal = self.replaced(_CLUSTER, lambda cluster: folded(cluster[0]))
        for one in self._read_in_ways(normal):
            yield one.replaced(_SPACE, lambda _: " ")

    def _read_in_ways(self, normal: Source) -> Iterator[Source]:
        yield normal
        if BROKEN.search(normal.text):
            yield normal.replaced(BROKEN, _nothing)
        if SMALL.search(self.text):
            yield self.replaced(SMALL, lambda _: BLOCK).replaced(_CLUSTER, lambda cluster: folded(cluster[0]))
        if "xn--" in normal.text:
            yield normal.replaced(PUNYCODE, label)
        if (spelled := with_figures(normal.text)) != normal.text:
            yield Source(self.file, spelled, normal.places)

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of this text begins and ends in the file, with the whole of the last escape in it."""
        last = self.places[end - 1]
        return self.places[start], next((place for place in self.places[end:] if place > last), len(self.file))

    def replaced(
        self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], last: int = sys.maxsize
    ) -> Source:
        """The text with each match replaced by ``new``; the new characters have the offset of the match.

        What begins at ``last`` or behind it is left.
        """
        texts: list[str] = []
        places: list[int] = []
        end = 0
        for match in pattern.finditer(self.text, 0, last):
            put = new(match)
            texts += self.text[end : match.start()], put
            places += self.places[end : match.start()]
            places += [self.places[match.start()]] * len(put)
            end = match.end()
        texts.append(self.text[end:])
        places += self.places[end:]
        return Source(self.file, "".join(texts), places)


def _nothing(_: re.Match[str]) -> str:
    return ""


def _replacement(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "gone":
            return ""
        case "cell":
            return CELL
        case _:
            return "\n"
