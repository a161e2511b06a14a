"""One text being read: where its parts stand in the file, what is wrong with it, which ids it gives."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.ground.errors import Problem
from generator.ground.messages import Message

Silent: TypeAlias = bool
"""markdown-it asks a rule with True whether it would match, and with False to write its tokens."""

_LINE_END: Final = re.compile(r"\r\n?|\n")


class Place(NamedTuple):
    """A line and a column of the file, from 1; column 0 means the line as a whole."""

    line: int
    column: int = 0


class ParseState:
    """What the rules learn about a text beside its tokens. It lives as long as one parse."""

    def __init__(self, text: str = "", *, path: str = "", first_line: int = 1) -> None:
        """Begin to read ``text``, which begins on ``first_line`` of the file at ``path``."""
        self.path = path
        self.first_line = first_line
        self.text = text
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        """The ids that the writer gave."""
        self.inline = Token("inline", "", 0)
        """The paragraph, heading or cell whose inlines are being parsed."""
        self.pictures = 0
        """How many pictures' alternative texts the parser stands in."""
        self.sought = 0
        """Lines that were looked through for the ends of blocks."""
        self._searched: Token | None = None
        self._found = (0, 0, 0, 0)

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, counted as markdown-it counts them."""
        return _LINE_END.split(self.text)

    def line(self, number: int, construct: str = "") -> Place:
        """A line of the text, from 0, and the column where ``construct`` begins in it."""
        source = self.lines[number] if number < len(self.lines) else ""
        column = source.find(construct) + 1 if construct else 0
        return Place(self.first_line + number, column)

    def within(self, token: Token, offset: int) -> Place:
        """The place of a character of an inline token's content."""
        begin, end, line, at = self._found
        if token is not self._searched or not begin <= offset <= end:
            self._searched, self._found = token, self._line_of(token, offset)
            begin, end, line, at = self._found
        return Place(line, at + offset - begin + 1 if at >= 0 else 0)

    def _line_of(self, token: Token, offset: int) -> tuple[int, int, int, int]:
        """Where the content's line around ``offset`` begins and ends, its number, and where it begins in the file's."""
        content = token.content
        number = (token.map[0] if token.map else 0) + content.count("\n", 0, offset)
        begin = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", offset)
        end = len(content) if end < 0 else end
        # A block's marks stand before its content (``* *a*``), so the last occurrence is meant.
        at = self.lines[number].rfind(content[begin:end]) if number < len(self.lines) else -1
        return begin, end, self.first_line + number, at

    def at(self, state: StateInline, offset: int) -> Place:
        """The place of a character of what ``state`` parses; only the line where that is a picture's text."""
        if state.src is self.inline.content:
            return self.within(self.inline, offset)
        return self.line(self.inline.map[0] if self.inline.map else 0)

    def report(self, place: Place, message: Message, hint: Message | None = None, *, is_warning: bool = False) -> None:
        """Note a problem at ``place``."""
        self.problems.append(
            Problem(
                path=self.path,
                line=place.line,
                column=place.column,
                message=message,
                hint=hint,
                is_warning=is_warning,
            )
        )


def parse_state_of(env: EnvType) -> ParseState:
    """The reading that a parse goes with; a new one where the caller gave none."""
    if "parse_state" not in env:
        env["parse_state"] = ParseState()
    parse_state: ParseState = env["parse_state"]
    return parse_state
