"""A source file read as it will be published, each character knowing where it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from generator.ground.frozen import frozen
from generator.render.privacy.escapes import DEPTH, ESCAPE, PAIR, meaning, paired
from generator.render.privacy.glyphs import BROKEN, CELL, UNSEEN, folded
from generator.render.privacy.markup import MARKS, TAG

_CLUSTER = re.compile(f"[\x00-\x7f]{UNSEEN}+|[A-Z]|[^\x00-\x7f]{UNSEEN}*")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_MARKDOWN = re.compile(
    r"""
      (?P<gone> \]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)  # a link's address
        | \]\[[^\]\n]*+\]
        | \[\^[^\]\n]*+\]                                     # a footnote's mark
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
    """Text that was made from a file's, and for each of its characters the place in the file."""

    file: str
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, file: str) -> Self:
        """The file's text as it stands."""
        return cls(file, file, range(len(file)))

    def readings(self) -> Iterator[Source]:
        """The text as it stands, without HTML, without Markdown; then the same with its escapes decoded."""
        level = self
        for _ in range(DEPTH + 1):
            yield level
            bare = level.replaced(_COMMENT, _nothing) if "-->" in level.text else level
            bare = bare.replaced(_CDATA, _nothing)
            bare = bare.replaced(TAG, lambda tag: MARKS.get(tag[1].lower(), ""))
            yield bare
            yield bare.replaced(_MARKDOWN, _read)
            decoded = level.replaced(ESCAPE, meaning).replaced(PAIR, lambda pair: paired(pair[0]))
            if decoded.text == level.text:
                return
            level = decoded

    def folded(self, *, joins_lines: bool = False) -> Source:
        """The text folded and closed up; where it ``joins_lines``, with the digits of two lines as one run."""
        even = self.replaced(_CLUSTER, lambda cluster: folded(cluster[0]))
        even = even.replaced(BROKEN, _nothing) if joins_lines else even
        return even.replaced(_SPACE, lambda _: " ")

    def replaced(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Source:
        """The text with something new for each match; its characters stand where the match began."""
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
        """The line and column in the file, from 1, of a character of this text."""
        place = self.places[index]
        return self.file.count("\n", 0, place) + 1, place - self.file.rfind("\n", 0, place)


def _nothing(_: re.Match[str]) -> str:
    return ""


def _read(mark: re.Match[str]) -> str:
    match mark.lastgroup:
        case "gone":
            return ""
        case "cell":
            return CELL
        case _:
            return "\n"
