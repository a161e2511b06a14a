"""Reads a source file as it will be published, and keeps for each character its place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from generator.ground.frozen import frozen
from generator.render.privacy.escapes import DEPTH, ESCAPE, PAIR, meaning, paired
from generator.render.privacy.glyphs import BROKEN, CELL, UNSEEN, folded
from generator.render.privacy.markup import REPLACEMENTS, TAG

_CLUSTER = re.compile(f"[\x00-\x7f]{UNSEEN}+|[A-Z]|[^\x00-\x7f]{UNSEEN}*")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_MARKDOWN = re.compile(
    r"""
      (?P<gone> \]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)  # a link's address
        | \]\[[^\]\n]*+\]
        | \[\^[^\]\n]*+\]                                     # a footnote's reference
        | \\(?=\n)                                           # a hard line break
        | \{[a-z-]+\}(?=`)                                   # a role
        | \{[.\#][^}\n]*+\}                                  # attributes
        | [*~`=\[\]^!]+ )
    | (?P<cell> [ \t]*+\|[ \t]*+ | \n:[ \t]++ )
    | \n[ \t]*+(?:>[ \t]*+)++
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
        level = self
        for _ in range(DEPTH + 1):
            yield level
            bare = level.replaced(_COMMENT, _nothing) if "-->" in level.text else level
            bare = bare.replaced(_CDATA, _nothing)
            bare = bare.replaced(TAG, lambda tag: REPLACEMENTS.get(tag[1].lower(), ""))
            yield bare
            yield bare.replaced(_MARKDOWN, _replacement)
            decoded = level.replaced(ESCAPE, meaning).replaced(PAIR, lambda pair: paired(pair[0]))
            if decoded.text == level.text:
                return
            level = decoded

    def folded(self, *, joins_lines: bool = False) -> Source:
        """The text folded, with white space collapsed; ``joins_lines`` also removes line breaks between digits."""
        normal = self.replaced(_CLUSTER, lambda cluster: folded(cluster[0]))
        normal = normal.replaced(BROKEN, _nothing) if joins_lines else normal
        return normal.replaced(_SPACE, lambda _: " ")

    def replaced(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Source:
        """The text with each match replaced by ``new``; the new characters have the offset of the match."""
        texts: list[str] = []
        places: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            put = new(match)
            texts += self.text[end : match.start()], put
            places += self.places[end : match.start()]
            places += [self.places[match.start()]] * len(put)
            end = match.end()
        texts.append(self.text[end:])
        places += self.places[end:]
        return Source(self.file, "".join(texts), places)

    def position(self, index: int) -> tuple[int, int]:
        """The line and column in the file, from 1, of the character at ``index`` of this text."""
        place = self.places[index]
        return self.file.count("\n", 0, place) + 1, place - self.file.rfind("\n", 0, place)


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
