"""A fast parser for the simple Markdown of which most entries consist.

It handles paragraphs, headings, tight lists, quotations, tables, code, rules, and pictures on lines of their own, each
in its simplest form, with simple inlines (``fast_inlines``). It declines any other text, which then goes to the full
parser (``parser``). For a text that it accepts, it returns exactly the full parser's prose, and the full parser would
report no problem.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from generator.ground.text import FORBIDDEN, slug
from generator.model.prose import Heading, Hole, IdHole, ImageHole, LevelHole, PlainText, Prose
from generator.read.markdown.fast_inlines import (
    ADDRESS,
    TEXT,
    DeclinedError,
    escaped_text,
    merged,
    plain_text,
    write_inlines,
)
from generator.read.markdown.ids import Ids
from generator.read.markdown.paragraphs import begins_paragraph
from generator.read.markdown.plain import addresses, announces, heads, stands_above, words_of
from generator.read.markdown.typo_prefilter import SUSPICIOUS_IF_SIMPLE

_NOT_SIMPLE: Final = re.compile(r"[~\t\r\\&\u2028\u2029｛](?:(?<![~&])|(?<=~)~|(?<=&)[#\w]{1,40};)")
"""What only the full parser handles: escapes, entities, strikethrough, other line ends; braces that may be a typo."""
_PICTURE: Final = re.compile(
    rf"!\[(?!\^)(?P<alt>{TEXT}++)\]"
    rf"\((?P<src>{ADDRESS})(?: \"(?P<title>[^\"*\[\]{{}}`<_\n]+)\")?\)"
)
_HEADING: Final = re.compile(r"(#{1,6}) +([^\s#][^#]*)")
_ITEM: Final = re.compile(r"( *)([-*]|(\d{1,9})[.)]) (?=\S)")
_RULE: Final = re.compile(r"-{3,}|\*{3,}")
_FENCE: Final = re.compile(r"```([\w+#-]*)", re.ASCII)
_DELIMITERS: Final = re.compile(r"\|(?: ?:?-{2,}:? ?\|)+")
_BLOCKS: Final = frozenset("#-*!>|` 0123456789")
"""The first characters of lines that may be more than text."""
_LINE: Final = re.compile(r"(?!\d{1,9}[.)](?:\s|\Z))(?:\w|(?!\s)[^\x00-\x7f]|[\"'({]|\*{1,2}\w|`[^`])")
"""The beginning of a line of text that cannot begin another block."""
_QUOTED: Final = re.compile(r"> [^#!>|`\s]|>\Z")
"""A line of a quotation that has nothing in it but paragraphs and lists."""
_DEEPEST: Final = 4
"""Lists within each other; more of them go to the full parser, which knows where they have to end."""


class _OpenList(NamedTuple):
    """A list whose last item is not closed."""

    bullet: str
    """The bullet, or the delimiter after its number."""
    indent: int
    """Where its items begin."""
    content: int
    """Where the text of its last item begins."""
    is_loose: bool
    """Whether its items are paragraphs."""


def prose_of(text: str, first_line: int = 1) -> Prose | None:
    """The prose of a simple text that begins on ``first_line`` of its file; None for any other text."""
    if any(found.search(text) for found in (_NOT_SIMPLE, FORBIDDEN, SUSPICIOUS_IF_SIMPLE)):
        return None
    try:
        return _SimpleText(text.split("\n"), first_line).read()
    except DeclinedError:
        return None


class _SimpleText:
    """The state of parsing one text, and its output."""

    def __init__(self, source: list[str], first_line: int, margin: int = 0) -> None:
        self.source = source
        self.first_line = first_line
        self.margin = margin
        """Characters of the file's lines to the left of these."""
        self.at = 0
        """The index of the current line."""
        self.out: list[str | Hole] = []
        self.summary: PlainText = ()
        self.is_begun = False
        """Whether the summary is below whom the text is for."""
        self.announced = -1
        """The number of pieces behind a first paragraph that announces the next one; negative for any other."""
        self.headings: list[Heading] = []
        self.ids = Ids()
        self.lines: list[str] = []
        """The lines of the open paragraph."""
        self.lists: list[_OpenList] = []
        """The open lists, the innermost last."""
        self.is_picture = False
        """Whether the line above is a picture."""
        self.is_after_blank = False
        """Whether the line above is empty."""

    @property
    def number(self) -> int:
        """The number of the current line in the file."""
        return self.first_line + self.at

    def read(self) -> Prose:
        """The prose of the text. Raises DeclinedError."""
        self.write_blocks()
        return Prose(
            pieces=tuple(merged(self.out)),
            summary=self.summary,
            headings=tuple(self.headings),
            ids=frozenset(self.ids.taken),
        )

    def write_blocks(self) -> None:
        """Writes all blocks of the text. Raises DeclinedError."""
        while self.at < len(self.source):
            line = self.source[self.at]
            if line[-1:] == " " and not line[-2:].isspace():
                line = line[:-1]
            if not line:
                self._close_paragraph()
                self.is_picture = False
            elif self.is_picture or line[-1].isspace():
                # The line belongs to the paragraph of the picture, or may end in a hard break.
                raise DeclinedError
            elif line[0] not in _BLOCKS or not self._begins(line):
                self._add(line)
            self.is_after_blank = not line
            self.at += 1
        self._close()

    def _begins(self, line: str) -> bool:
        """Writes a block that is no paragraph; False where the line does not begin one."""
        if found := _ITEM.match(line):
            self._item(found, line)
        elif found := _HEADING.fullmatch(line):
            self._close()
            self._heading(len(found[1]), found[2], found.start(2))
        elif line[0] == ">":
            self._quotation()
        elif line[0] == "|" and (self.is_after_blank or not self.at):
            self._table()
        elif found := _FENCE.fullmatch(line):
            self._code(found[1])
        elif self.is_after_blank and _RULE.fullmatch(line):
            # Below any other line it may be the head of a table, or make that line a heading.
            self._close_for_block()
            self.out.append("<hr />\n")
        else:
            return False
        return True

    def _close_for_block(self) -> None:
        """Closes what is open before a block that needs an empty line above it."""
        if self.lines or (self.lists and not self.is_after_blank):
            raise DeclinedError
        self._close()

    def _taken(self, start: str) -> list[str]:
        """The lines from the current one on that begin with ``start``; an empty line has to follow them."""
        end = self.at
        while end < len(self.source) and self.source[end].startswith(start):
            end += 1
        if end < len(self.source) and self.source[end]:
            raise DeclinedError
        found = self.source[self.at : end]
        self.at = end - 1
        return found

    def _add(self, line: str) -> None:
        """Adds a line to the open paragraph, or opens one."""
        if self.lists and not self.is_after_blank:
            # Such a line continues the item above it.
            raise DeclinedError
        if not self.lines:
            self._close()
            if line.startswith("!["):
                self._picture(line)
                return
        elif begins_paragraph(line, self.lines[-1], *self._around()):
            self._close_paragraph()
        if not _begins_text(line.lstrip("\u3000")):
            raise DeclinedError
        self.lines.append(line)

    def _around(self) -> tuple[str, str]:
        """The line below the current one, and the second above it."""
        return "".join(self.source[self.at + 1 : self.at + 2]), self.source[self.at - 2] if self.at > 1 else ""

    def _close(self) -> None:
        """Closes the open paragraph and the open lists."""
        self._close_paragraph()
        while self.lists:
            self._close_list()

    def _close_list(self) -> None:
        self.out.append("</li>\n</ul>\n" if self.lists.pop().bullet in "-*" else "</li>\n</ol>\n")

    def _close_paragraph(self) -> None:
        if not self.lines:
            return
        indent = len(self.lines[0]) - len(self.lines[0].lstrip("\u3000"))
        content = "\n".join(self.lines)[indent:]
        is_announced = self.announced == len(self.out)
        self.out.append("<p>")
        plain = write_inlines(
            content, self.number - len(self.lines), self.margin + indent, self.out, margin=self.margin
        )
        self.out.append("</p>\n")
        if not self.summary or is_announced:
            text = plain_text(plain)
            is_below = is_announced and stands_above(self.summary)
            self.is_begun = self.is_begun or (is_below and addresses(self.summary))
            if self.summary:
                goes_on = is_below and (heads(text) if self.is_begun else stands_above(text))
            else:
                goes_on = announces(text)
            self.announced = len(self.out) if goes_on else -1
            self.summary = text if is_below else self.summary + text
        self.lines.clear()

    def _item(self, found: re.Match[str], line: str) -> None:
        indent, bullet = len(found[1]), found[2].lstrip("0123456789")
        if self.lists and self.is_after_blank and (indent or bullet != self.lists[0].bullet):
            if indent:
                raise DeclinedError
            self._close()
        while self.lists and indent < self.lists[-1].indent:
            self._close_list()
        if self.lists and indent == self.lists[-1].indent:
            above = self.lists.pop()
            if bullet != above.bullet:
                raise DeclinedError
            is_loose = above.is_loose
            self.out.append("</li>\n<li>")
        elif found[3] not in (None, "1") or indent != (self.lists[-1].content if self.lists else 0):
            raise DeclinedError
        else:
            if not self.lists:
                self._close()
            elif not self.lists[-1].is_loose:
                self.out.append("\n")
            is_loose = not indent and self._goes_on_after_blank(bullet)
            self.out.append("<ul>\n<li>" if bullet in "-*" else "<ol>\n<li>")
        if not _begins_text(line[found.end() :]) or len(self.lists) == _DEEPEST:
            raise DeclinedError
        self.lists.append(_OpenList(bullet, indent, found.end(), is_loose))
        self.out.append("\n<p>" if is_loose else "")
        write_inlines(line[found.end() :], self.number, self.margin + found.end(), self.out)
        self.out.append("</p>\n" if is_loose else "")

    def _goes_on_after_blank(self, bullet: str) -> bool:
        """Whether there are empty lines between items of the list that begins here: then these are paragraphs."""
        is_after_blank = False
        for line in self.source[self.at :]:
            found = _ITEM.match(line)
            if line and (found is None or (not found[1] and found[2].lstrip("0123456789") != bullet)):
                return False
            if found and is_after_blank:
                return not found[1]
            is_after_blank = not line
        return False

    def _heading(self, level: int, content: str, lead: int) -> None:
        html: list[str | Hole] = []
        plain = plain_text(write_inlines(content, self.number, self.margin + lead, html))
        found = self.ids.own(slug("".join(map(words_of, plain))) or "section")
        self.headings.append(Heading(level, plain, found))
        self.out += ("<h", LevelHole(level), ' id="', IdHole(found), '">', *html, "</h", LevelHole(level), ">\n")

    def _picture(self, line: str) -> None:
        """Writes a picture that is alone in a paragraph."""
        found = _PICTURE.fullmatch(line)
        if found is None or not found["alt"].strip():
            raise DeclinedError
        self.out += ("<figure>", ImageHole(found["src"], found["alt"], self.number, 1, is_figure=True))
        if found["title"]:
            self.out.append(f"<figcaption>{escaped_text(found['title'])}</figcaption>")
        self.out.append("</figure>\n")
        self.is_picture = True

    def _quotation(self) -> None:
        """Writes a quotation of paragraphs and lists."""
        self._close_for_block()
        first = self.number
        taken = self._taken(">")
        if not all(_QUOTED.match(line) for line in taken) or taken[0] == ">":
            raise DeclinedError
        lines = [line[2:] for line in taken]
        quoted = _SimpleText(lines, first, self.margin + 2)
        quoted.write_blocks()
        self.out += ("<blockquote>\n", *quoted.out, "</blockquote>\n")

    def _table(self) -> None:
        """Writes a table all of whose rows have as many cells as its head."""
        self._close_for_block()
        first = self.number
        lines = self._taken("|")
        if len(lines) < 2 or not _DELIMITERS.fullmatch(lines[1]):
            raise DeclinedError
        classes = [_alignment(cell.strip(" ")) for cell in lines[1][1:-1].split("|")]
        self.out.append('<div class="table-wrap" tabindex="0">\n<table>\n<thead>\n')
        self._row(lines[0], first, "th", classes)
        self.out.append("</thead>\n")
        if lines[2:]:
            self.out.append("<tbody>\n")
            for number, line in enumerate(lines[2:], first + 2):
                self._row(line, number, "td", classes)
            self.out.append("</tbody>\n")
        self.out.append("</table>\n</div>\n")

    def _row(self, line: str, number: int, tag: str, classes: list[str]) -> None:
        cells = line[1:-1].split("|")
        if line[-1] != "|" or len(cells) != len(classes):
            raise DeclinedError
        self.out.append("<tr>\n")
        at = self.margin + 1
        for cell, class_ in zip(cells, classes, strict=True):
            content = cell.strip(" ")
            if content != content.strip():
                raise DeclinedError
            self.out.append(f"<{tag}{class_}>")
            write_inlines(content, number, at + len(cell) - len(cell.lstrip(" ")), self.out)
            self.out.append(f"</{tag}>\n")
            at += len(cell) + 1
        self.out.append("</tr>\n")

    def _code(self, language: str) -> None:
        """Writes the lines up to the next fence."""
        self._close_for_block()
        start = self.at + 1
        try:
            self.at = self.source.index("```", start)
        except ValueError:
            raise DeclinedError from None
        code = "".join(f"{line}\n" for line in self.source[start : self.at])
        if any(line.lstrip().startswith("```") for line in self.source[start : self.at]):
            raise DeclinedError
        class_ = f' class="language-{language}"' if language else ""
        self.out.append(f"<pre><code{class_}>{escaped_text(code)}</code></pre>\n")


def _begins_text(line: str) -> bool:
    """Whether a line cannot begin another block than a paragraph."""
    return _LINE.match(line) is not None or (line[:1] == "[" and "](" in line)


def _alignment(delimiter: str) -> str:
    """The attribute of the cells below a delimiter such as ``---:``."""
    side = {(True, True): "center", (True, False): "left", (False, True): "right"}.get(
        (delimiter[0] == ":", delimiter[-1] == ":")
    )
    return f' class="align-{side}"' if side else ""
