"""Repairs as spans of a file's text, and the file's bytes with them: every other byte stays as it was."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from generator.ground.errors import Problem
from generator.ground.frozen import frozen

_LINE_END: Final = re.compile("\r\n|\r|\n")


class Span(NamedTuple):
    r"""A stretch of a text with ``\n`` as line ends, and what takes its place."""

    begin: int
    end: int
    new: str


@frozen
class Offered:
    """A problem with its repair, in the text that it was found in."""

    problem: Problem
    """At a line and column, not at a field."""
    at: int
    """The offset of the problem itself."""
    spans: tuple[Span, ...]
    """In order. None for a file that is only to be written again."""

    @property
    def begin(self) -> int:
        """Where its first span begins."""
        return self.spans[0].begin if self.spans else 0


def offered(problem: Problem, text: str, starts: Sequence[int]) -> Offered | None:
    """The repair of a problem; None where the text is not what the repair is for.

    ``starts`` are the offsets at which the lines of the text begin.
    """
    if problem.repair is None:
        return None
    at = _offset(starts, problem.line or 1, problem.column or 1)
    spans: list[Span] = []
    for edit in problem.repair.edits:
        if edit.line:
            begin = _offset(starts, edit.line, edit.column)
        elif spans:
            begin = spans[-1].end + len(_white_space(text, spans[-1].end))
        else:
            begin = at
        if begin < 0:
            return None
        if edit.reach:
            begin = text.find(edit.old, begin, begin + edit.reach + len(edit.old))
            if begin < 0:
                return None
        # A value may stand in quotes.
        old = next((old for old in (edit.old, f'"{edit.old}"', f"'{edit.old}'") if text.startswith(old, begin)), None)
        if old is None or (old != edit.old and edit.line):
            return None
        spans.append(Span(begin, begin + len(old), edit.new))
    spans.sort()
    if problem.repair.in_brackets and text[: spans[0].begin].rstrip()[-1:] not in ("[", "{", ","):
        return None
    return None if at < 0 or overlap(spans) else Offered(problem, at, tuple(spans))


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of a text begin."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _offset(starts: Sequence[int], line: int, column: int) -> int:
    return starts[line - 1] + column - 1 if 0 < line <= len(starts) and column > 0 else -1


def _white_space(text: str, at: int) -> str:
    found = re.compile(r"\s*").match(text, at)
    return found[0] if found else ""


def overlap(spans: Iterable[Span]) -> bool:
    """Whether two of these spans, which are in order, overlap or begin at one place."""
    last = Span(-1, -1, "")
    for span in spans:
        if span.begin < last.end or span.begin == last.begin:
            return True
        last = span
    return False


def moved(at: int, spans: Sequence[Span]) -> int:
    """Where an offset of the text is once the spans, which are in order, are filled with what is new."""
    shift = 0
    for begin, end, new in spans:
        if begin <= at < end:
            return begin + shift
        if end > at:
            break
        shift += len(new) - (end - begin)
    return at + shift


def rewritten(raw: bytes, spans: Sequence[Span]) -> bytes:
    """The file's bytes in UTF-8 with what is new in the place of the spans, which are in order.

    Line ends and the byte order mark stay as they are; lines that are added end like those next to them.
    """
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    body = raw[len(mark) :]
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("gb18030")
    # A line end of two characters is one in the text that the spans are about.
    doubled = [found.start() - number for number, found in enumerate(re.finditer("\r\n", text))]
    pieces, last = [], 0
    for span in spans:
        begin, end = (at + bisect_left(doubled, at) for at in (span.begin, span.end))
        pieces += [text[last:begin], span.new.replace("\n", _line_end(text, begin)) if "\n" in span.new else span.new]
        last = end
    return mark + "".join((*pieces, text[last:])).encode()


def _line_end(text: str, at: int) -> str:
    """The line end behind an offset of the text, or else the first one in it."""
    found = _LINE_END.search(text, at) or _LINE_END.search(text)
    return found[0] if found else "\n"
