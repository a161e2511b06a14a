"""A fast parser for the simple Markdown of which most entries consist.

It handles paragraphs, headings, tight lists and pictures on lines of their own, with bold text, links and roles, each
in its simplest form. It declines any other text, which then goes to the full parser (``parser``). For a text that it
accepts, it returns exactly the full parser's prose, and the full parser would report no problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from generator.ground.text import FORBIDDEN, slug
from generator.model.prose import (
    Heading,
    Hole,
    IdHole,
    ImageHole,
    LevelHole,
    LinkHole,
    PlainText,
    Prose,
    RoleHole,
)
from generator.read.markdown.ids import Ids
from generator.read.markdown.paragraphs import begins_paragraph
from generator.read.markdown.role_target import ROLES, parse_target
from generator.read.markdown.script import CERTAIN, SELECTORS, SPACED
from generator.read.markdown.typo_prefilter import SUSPICIOUS

T = TypeVar("T")

_NOT_SIMPLE: Final = re.compile(r"[~\t\r\\&\u2028\u2029｛](?:(?<!~)|~)")
"""What only the full parser handles: escapes, entities, strikethrough, other line ends; braces that may be a typo."""
_TEXT: Final = r"[^*\[\]{}`<_\n]"
_ADDRESS: Final = r"[^\s()<>\"'`\[\]*{}#][^\s()<>\"'`\[\]*{}]*"
_INLINE: Final = re.compile(
    rf"(?P<text>{_TEXT}+)"
    rf"|(?<!\d(?=\*\*\d))\*\*(?P<strong>(?=\w){_TEXT}++(?<=\w))\*\*(?!\*)(?!(?<=\d\*\*)\d)"
    rf"|(?<!!)\[(?!\^)(?P<label>{_TEXT}++)\]\((?P<href>{_ADDRESS})\)"
    rf"|\{{(?P<role>{'|'.join(ROLES)})\}}`(?P<named>[^`\n]+)`(?!`)"
    r"|(?P<end>\n)"
)
_PICTURE: Final = re.compile(
    rf"!\[(?!\^)(?P<alt>{_TEXT}++)\]"
    rf"\((?P<src>{_ADDRESS})(?: \"(?P<title>[^\"*\[\]{{}}`<_\n]+)\")?\)"
)
_HEADING: Final = re.compile(r"(#{1,6}) +([^\s#][^#]*)")
_ITEM: Final = re.compile(r"([-*]|(\d{1,9})[.)]) (?=\S)")
_OTHER_BLOCKS: Final = frozenset("#-*!0123456789")
"""The first characters of lines that may be more than text."""
_LINE: Final = re.compile(r"(?!\d{1,9}[.)](?:\s|\Z))(?:\w|(?!\s)[^\x00-\x7f]|[\"'({]|\*\*\w)")
"""The beginning of a line of text that cannot begin another block."""
_SPACES: Final = re.compile(r"\s+")
_ROLE: Final = "\0"
"""A placeholder for the words of a role at the end of a line: it is not known whether they are Chinese."""


def prose_of(text: str, first_line: int = 1) -> Prose | None:
    """The prose of a simple text that begins on ``first_line`` of its file; None for any other text."""
    if any(found.search(text) for found in (_NOT_SIMPLE, FORBIDDEN, SUSPICIOUS)):
        return None
    try:
        return _SimpleText(first_line).read(text)
    except _DeclinedError:
        return None


class _DeclinedError(Exception):
    """The text contains something that needs the full parser."""


class _SimpleText:
    """The state of parsing one text, and its output."""

    def __init__(self, first_line: int) -> None:
        self.number = first_line
        """The number of the current line in the file."""
        self.out: list[str | Hole] = []
        self.summary: PlainText = ()
        self.headings: list[Heading] = []
        self.ids = Ids()
        self.lines: list[str] = []
        """The lines of the open paragraph."""
        self.bullet = ""
        """The bullet of the open list, or the delimiter after its number; empty where no list is open."""
        self.is_picture = False
        """Whether the line above is a picture."""
        self.is_after_blank = False
        """Whether the line above is empty."""
        self.below = ""
        """The line below the current one."""

    def read(self, text: str) -> Prose:
        """The prose of the text. Raises _DeclinedError."""
        lines = text.split("\n")
        for line, self.below in zip(lines, (*lines[1:], ""), strict=True):
            if not line:
                self._close_paragraph()
                self.is_picture = False
            elif self.is_picture or line[-1].isspace():
                # The line belongs to the paragraph of the picture, or may end in a hard break.
                raise _DeclinedError
            elif line[0] not in _OTHER_BLOCKS or not self._begins(line):
                self._add(line)
            self.is_after_blank = not line
            self.number += 1
        self._close()
        return Prose(
            pieces=tuple(_merged(self.out)),
            summary=self.summary,
            headings=tuple(self.headings),
            ids=frozenset(self.ids.taken),
        )

    def _begins(self, line: str) -> bool:
        """Writes a heading or an item of a list; False where the line is neither."""
        if found := _ITEM.match(line):
            self._item(found, line)
        elif found := _HEADING.fullmatch(line):
            self._close()
            self._heading(len(found[1]), found[2], found.start(2))
        else:
            return False
        return True

    def _add(self, line: str) -> None:
        """Adds a line to the open paragraph, or opens one."""
        if self.bullet and not self.is_after_blank:
            # Such a line continues the item above it.
            raise _DeclinedError
        if not self.lines:
            self._close()
            if line.startswith("!["):
                self._picture(line)
                return
        elif begins_paragraph(line, self.lines[-1], self.below):
            self._close_paragraph()
        if not _LINE.match(line.lstrip("\u3000")) and not (line[0] == "[" and "](" in line):
            raise _DeclinedError
        self.lines.append(line)

    def _close(self) -> None:
        """Closes the open paragraph and the open list."""
        self._close_paragraph()
        if self.bullet:
            self.out.append("</ul>\n" if self.bullet in "-*" else "</ol>\n")
            self.bullet = ""

    def _close_paragraph(self) -> None:
        if not self.lines:
            return
        indent = len(self.lines[0]) - len(self.lines[0].lstrip("\u3000"))
        content = "\n".join(self.lines)[indent:]
        self.out.append("<p>")
        plain = self._inlines(content, self.number - len(self.lines), indent, self.out)
        self.out.append("</p>\n")
        self.summary = self.summary or _plain(plain)
        self.lines.clear()

    def _item(self, found: re.Match[str], line: str) -> None:
        bullet = found[1].lstrip("0123456789")
        if self.bullet:
            # A list may continue after an empty line, but then its items are paragraphs.
            if self.is_after_blank or bullet != self.bullet:
                raise _DeclinedError
        elif found[2] not in (None, "1"):
            raise _DeclinedError
        else:
            self._close()
            self.out.append("<ul>\n" if bullet in "-*" else "<ol>\n")
            self.bullet = bullet
        if not _LINE.match(line, found.end()):
            raise _DeclinedError
        self.out.append("<li>")
        self._inlines(line[found.end() :], self.number, found.end(), self.out)
        self.out.append("</li>\n")

    def _heading(self, level: int, content: str, lead: int) -> None:
        html: list[str | Hole] = []
        plain = _plain(self._inlines(content, self.number, lead, html))
        wanted = slug("".join(one if isinstance(one, str) else one.text or one.key for one in plain)) or "section"
        found = self.ids.own(wanted)
        self.headings.append(Heading(level, plain, found))
        self.out += ("<h", LevelHole(level), ' id="', IdHole(found), '">', *html, "</h", LevelHole(level), ">\n")

    def _picture(self, line: str) -> None:
        """Writes a picture that is alone in a paragraph."""
        found = _PICTURE.fullmatch(line)
        if found is None or not found["alt"].strip():
            raise _DeclinedError
        self.out += ("<figure>", ImageHole(found["src"], found["alt"], self.number, 1, is_figure=True))
        if found["title"]:
            self.out.append(f"<figcaption>{_escaped(found['title'])}</figcaption>")
        self.out.append("</figure>\n")
        self.is_picture = True

    def _inlines(self, content: str, number: int, lead: int, out: list[str | Hole]) -> list[str | RoleHole]:
        """Writes the inlines of a block and returns their text without markup.

        ``content`` begins on line ``number`` of the file, after ``lead`` characters.
        """
        plain: list[str | RoleHole] = []
        at, last, is_broken = lead, "", False
        for text, strong, label, href, role, target, end in _INLINE.findall(content):
            if end:
                at, number, is_broken, lead = 0, number + 1, True, lead - at - 1
                continue
            words = text or strong or label or _ROLE
            if is_broken:
                between = _between(last, words[0])
                out.append(between)
                plain.append(between)
                is_broken = False
            last = words[-1]
            if role:
                key, role_text = parse_target(target)
                if not key:
                    raise _DeclinedError
                out.append(RoleHole(role, key, role_text, number, at + 1))
                plain.append(RoleHole(role, key, role_text, line=0))
                at += len(role) + len(target) + len("{}``")
                continue
            html = _escaped(words)
            plain.append(words)
            if text:
                out.append(html)
                at += len(text)
            elif strong:
                out.append(f"<strong>{html}</strong>")
                at += len(strong) + len("****")
            else:
                out += ('<a href="', LinkHole(href, number, at + 1), f'">{html}</a>')
                at += len(label) + len(href) + len("[]()")
        if at - lead != len(content):
            # Something matched no alternative and was skipped.
            raise _DeclinedError
        return plain


def _between(before: str, after: str) -> str:
    """The text for a line break between two characters: empty where both are Chinese, or one is such punctuation.

    Raises _DeclinedError where it is not certain.
    """
    if before in SPACED or after in SPACED:
        return ""
    if before in SELECTORS or after in SELECTORS:
        raise _DeclinedError
    if _is_latin(before) or _is_latin(after):
        return "\n"
    if all(char == _ROLE or CERTAIN.match(char) for char in (before, after)) and before + after != _ROLE + _ROLE:
        return ""
    raise _DeclinedError


def _is_latin(char: str) -> bool:
    return char.isascii() and char != _ROLE


def _escaped(text: str) -> str:
    """The text as HTML. It must contain neither ``&`` nor ``<``."""
    return text.replace(">", "&gt;").replace('"', "&quot;")


def _plain(pieces: Iterable[str | RoleHole]) -> PlainText:
    """The pieces on one line, with successive strings joined."""
    return tuple(one if isinstance(one, RoleHole) else _SPACES.sub(" ", one) for one in _merged(pieces))


def _merged(pieces: Iterable[T]) -> Iterator[T | str]:
    """The pieces, with successive strings joined."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if texts:
            yield "".join(texts)
            texts.clear()
        yield piece
    if texts:
        yield "".join(texts)
