"""The state of parsing one text: positions in the file, problems, and the ids in use.

All rules share it through markdown-it's ``env``.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.ground.errors import Edit, Problem, Repair
from generator.ground.messages import Message

Silent: TypeAlias = bool
"""markdown-it calls a rule with True to test whether it matches, and with False to push its tokens."""

_LINE_END: Final = re.compile(r"\r\n?|\n")


class Place(NamedTuple):
    """A line and a column of the file, from 1. Column 0 is the line as a whole."""

    line: int
    column: int = 0


class ParseState:
    """What the rules record about a text in addition to its tokens, for one parse."""

    def __init__(self, text: str = "", *, path: str = "", first_line: int = 1) -> None:
        """Begin to parse ``text``, which begins on ``first_line`` of the file at ``path``."""
        self.path = path
        self.first_line = first_line
        self.text = text
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        """The ids that the writer chose."""
        self.inline = Token("inline", "", 0)
        """The paragraph, heading or cell whose inlines are being parsed."""
        self.comments: list[tuple[Place, str]] = []
        """Where each comment begins, and what it says."""
        self.picture_depth = 0
        """In how many nested alternative texts of pictures the parser is."""
        self.lines_searched = 0
        """The number of lines that were searched for the ends of blocks."""
        self._following: dict[str, tuple[str, int, int]] = {}
        """By what was sought: in what, from where on, and where it was found."""
        self._searched: Token | None = None
        self._found = (0, 0, 0, 0)

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, split as markdown-it splits them."""
        return _LINE_END.split(self.text)

    def following(self, sought: str, src: str, start: int) -> int:
        """Where ``sought`` is next in ``src``; its end where it is not. A long list asks for each of its items."""
        known = self._following.get(sought)
        if known is None or known[0] is not src or not known[1] <= start <= known[2]:
            at = src.find(sought, start)
            known = self._following[sought] = (src, start, len(src) if at < 0 else at)
        return known[2]

    def line(self, number: int, construct: str = "") -> Place:
        """The place of a line of the text, from 0, with the column where ``construct`` begins in it."""
        source = self.lines[number] if number < len(self.lines) else ""
        column = source.find(construct) + 1 if construct else 0
        return Place(self.first_line + number, column)

    def within(self, token: Token, offset: int) -> Place:
        """The place of the character at ``offset`` in an inline token's content."""
        begin, end, line, at = self._found
        if token is not self._searched or not begin <= offset <= end:
            self._searched, self._found = token, self._line_of(token, offset)
            begin, end, line, at = self._found
        return Place(line, at + offset - begin + 1 if at >= 0 else 0)

    def _line_of(self, token: Token, offset: int) -> tuple[int, int, int, int]:
        """For the content's line around ``offset``: its begin and end, its number, and its begin in the file's line.

        The last is -1 where the line is not found there.
        """
        content = token.content
        number = (token.map[0] if token.map else 0) + content.count("\n", 0, offset)
        begin = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", offset)
        end = len(content) if end < 0 else end
        # The markers of a block precede its content (``* *a*``), so the last occurrence is the right one.
        at = self.lines[number].rfind(content[begin:end]) if number < len(self.lines) else -1
        return begin, end, self.first_line + number, at

    def at(self, state: StateInline, offset: int) -> Place:
        """The place of the character at ``offset`` of what ``state`` parses; within a picture's text only its line."""
        if state.src is self.inline.content:
            return self.within(self.inline, offset)
        return self.line(self.inline.map[0] if self.inline.map else 0)

    def replacing(self, token: Token, begin: int, end: int, new: str) -> Repair | None:
        """The repair that puts ``new`` in the place of a stretch of an inline token's content.

        None for a stretch of several lines, and where the content is not found in the file's line.
        """
        old, place = token.content[begin:end], self.within(token, begin)
        return Repair((Edit(old, new, *place),)) if place.column and "\n" not in old else None

    def report(
        self,
        place: Place,
        message: Message,
        hint: Message | None = None,
        *,
        is_warning: bool = False,
        repair: Repair | None = None,
    ) -> None:
        """Record a problem at ``place``."""
        self.problems.append(
            Problem(
                path=self.path,
                line=place.line,
                column=place.column,
                message=message,
                hint=hint,
                is_warning=is_warning,
                repair=repair,
            )
        )


def parse_state_of(env: EnvType) -> ParseState:
    """The state of the current parse; a new one where the caller set none."""
    if "parse_state" not in env:
        env["parse_state"] = ParseState()
    parse_state: ParseState = env["parse_state"]
    return parse_state
