"""Everyday Markdown, written as HTML without the parser: what most entries are made of, and nothing else.

Paragraphs, headings, tight lists, pictures on lines of their own; in them bold text, links and roles, each in its
plainest form. Whatever is in doubt is left to the parser (``parser``), whose decision is the one that holds: a text
that is taken here has the very prose that the parser would give it, and nothing that it would find wrong.
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
from generator.read.markdown.role_target import ROLES, parse_target
from generator.read.markdown.script import CERTAIN, SELECTORS, SPACED
from generator.read.markdown.typo_prefilter import SUSPICIOUS

T = TypeVar("T")

_UNCOMMON: Final = re.compile(r"[~\t\r\\&\u2028\u2029](?:(?<!~)|~)")
"""What means something to the parser alone: escapes, entities, lines struck out, other ends of lines."""
_TEXT: Final = r"[^*\[\]{}`<_\n]"
_ADDRESS: Final = r"[^\s()<>\"'`\[\]*{}#][^\s()<>\"'`\[\]*{}]*"
_INLINE: Final = re.compile(
    rf"(?P<text>{_TEXT}+)"
    rf"|\*\*(?P<strong>(?=\w){_TEXT}++(?<=\w))\*\*(?!\*)"
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
"""How lines begin that may be more than text."""
_LINE: Final = re.compile(r"(?!\d{1,9}[.)](?:\s|\Z))(?:\w|(?!\s)[^\x00-\x7f]|[\"'({]|\*\*\w)")
"""How a line of text begins that begins no other block."""
_SPACES: Final = re.compile(r"\s+")
_ROLE: Final = "\0"
"""Stands for the words of a role at the end of a line, which may be Chinese or not."""


def prose_of(text: str, first_line: int = 1) -> Prose | None:
    """The prose of an everyday text that begins on ``first_line`` of its file; None for any other text."""
    if any(found.search(text) for found in (_UNCOMMON, FORBIDDEN, SUSPICIOUS)):
        return None
    try:
        return _Everyday(first_line).read(text)
    except _UncommonError:
        return None


class _UncommonError(Exception):
    """Something that the parser has to see."""


class _Everyday:
    """What has been written of one text."""

    def __init__(self, first_line: int) -> None:
        self.number = first_line
        """Of the line that is being read, in the file."""
        self.out: list[str | Hole] = []
        self.summary: PlainText = ()
        self.headings: list[Heading] = []
        self.ids = Ids()
        self.lines: list[str] = []
        """Of the paragraph that is open."""
        self.mark = ""
        """Of the list that is open; empty where none is."""
        self.is_picture = False
        """Whether the line above is a picture."""
        self.is_apart = False
        """Whether an empty line stands above."""

    def read(self, text: str) -> Prose:
        """The prose of the text. Raises _UncommonError."""
        for line in text.split("\n"):
            if not line:
                self._close_paragraph()
                self.is_picture = False
            elif self.is_picture or line[-1].isspace():
                # It belongs to the paragraph of the picture, or may end in a hard break.
                raise _UncommonError
            elif line[0] not in _OTHER_BLOCKS or not self._begins(line):
                self._add(line)
            self.is_apart = not line
            self.number += 1
        self._close()
        return Prose(
            pieces=tuple(_merged(self.out)),
            summary=self.summary,
            headings=tuple(self.headings),
            ids=frozenset(self.ids.taken),
        )

    def _begins(self, line: str) -> bool:
        """Writes a heading or an item of a list; whether the line is one."""
        if found := _ITEM.match(line):
            self._item(found, line)
        elif found := _HEADING.fullmatch(line):
            self._close()
            self._heading(len(found[1]), found[2], found.start(2))
        else:
            return False
        return True

    def _add(self, line: str) -> None:
        """Adds a line to the paragraph that is open, or opens one."""
        if self.mark and not self.is_apart:
            # Such a line goes on with the item above it.
            raise _UncommonError
        if not self.lines:
            self._close()
            if line.startswith("!["):
                self._picture(line)
                return
        elif line[0] == "\u3000":
            raise _UncommonError
        if not _LINE.match(line.lstrip("\u3000")) and not (line[0] == "[" and "](" in line):
            raise _UncommonError
        self.lines.append(line)

    def _close(self) -> None:
        """Closes whatever is open."""
        self._close_paragraph()
        if self.mark:
            self.out.append("</ul>\n" if self.mark in "-*" else "</ol>\n")
            self.mark = ""

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
        mark = found[1].lstrip("0123456789")
        if self.mark:
            # A list may go on behind an empty line, and then its items are paragraphs.
            if self.is_apart or mark != self.mark:
                raise _UncommonError
        elif found[2] not in (None, "1"):
            raise _UncommonError
        else:
            self._close()
            self.out.append("<ul>\n" if mark in "-*" else "<ol>\n")
            self.mark = mark
        if not _LINE.match(line, found.end()):
            raise _UncommonError
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
        """A picture alone in a paragraph."""
        found = _PICTURE.fullmatch(line)
        if found is None or not found["alt"].strip():
            raise _UncommonError
        self.out += ("<figure>", ImageHole(found["src"], found["alt"], self.number, 1, is_figure=True))
        if found["title"]:
            self.out.append(f"<figcaption>{_escaped(found['title'])}</figcaption>")
        self.out.append("</figure>\n")
        self.is_picture = True

    def _inlines(self, content: str, number: int, lead: int, out: list[str | Hole]) -> list[str | RoleHole]:
        """Writes the inlines of a block and returns their text without markup.

        ``content`` begins on the line ``number`` of the file, behind ``lead`` characters.
        """
        plain: list[str | RoleHole] = []
        at, last, is_broken = lead, "", False
        for text, strong, label, href, role, told, end in _INLINE.findall(content):
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
                key, said = parse_target(told)
                if not key:
                    raise _UncommonError
                out.append(RoleHole(role, key, said, number, at + 1))
                plain.append(RoleHole(role, key, said, line=0))
                at += len(role) + len(told) + len("{}``")
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
            # What matches nothing was passed over.
            raise _UncommonError
        return plain


def _between(before: str, after: str) -> str:
    """What a line break makes between two characters: nothing where both are Chinese, or one is punctuation of that.

    Raises _UncommonError.
    """
    if before in SPACED or after in SPACED:
        return ""
    if before in SELECTORS or after in SELECTORS:
        raise _UncommonError
    if _is_latin(before) or _is_latin(after):
        return "\n"
    if all(char == _ROLE or CERTAIN.match(char) for char in (before, after)) and before + after != _ROLE + _ROLE:
        return ""
    raise _UncommonError


def _is_latin(char: str) -> bool:
    return char.isascii() and char != _ROLE


def _escaped(text: str) -> str:
    """The text in HTML; it holds neither ``&`` nor ``<``."""
    return text.replace(">", "&gt;").replace('"', "&quot;")


def _plain(pieces: Iterable[str | RoleHole]) -> PlainText:
    """The pieces on one line, with strings that follow each other as one."""
    return tuple(one if isinstance(one, RoleHole) else _SPACES.sub(" ", one) for one in _merged(pieces))


def _merged(pieces: Iterable[T]) -> Iterator[T | str]:
    """The pieces, with strings that follow each other as one."""
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
