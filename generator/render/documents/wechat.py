"""Writes blocks as HTML that WeChat's editor keeps: plain elements, with classes for a style sheet, and no links.

The editor drops links, ids, empty elements and lists within lists, and folds spaces. So lists and footnotes have their
numbers in the text, and the addresses of links stand at the end, numbered together with the footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final
from urllib.parse import unquote

from generator.ground.text import display_width
from generator.render.documents.blocks import (
    DEEPEST_HEADING,
    Block,
    Blocks,
    Box,
    Break,
    Cell,
    Code,
    Definitions,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Item,
    Landscape,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Rule,
    Table,
    Term,
    Text,
)
from generator.render.documents.columns import is_figure
from generator.render.documents.runs import box, link_of, plain
from generator.render.documents.walk import first_text, note_texts
from generator.render.documents.wordruns import external

DEEPEST: Final = 4
"""How deep quotations, lists and boxes are moved in: a phone has no room for more."""
_SHORT: Final = 24
"""Half characters of a cell that stands on one line."""
_ESCAPED: Final = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
_JOINED: Final = "\u2060"
"""Keeps a number on the line of the word before it."""


def without_title(blocks: Blocks) -> Blocks:
    """The blocks without the article's own title, which has a box of its own in WeChat."""
    title = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
    return tuple(block for block in blocks if block is not title)


def wechat(blocks: Blocks, *, language: str, picture: Callable[[str], str | None]) -> str:
    """The article as HTML. ``picture`` gives the address of a picture; for None, its alternative text is written."""
    return _Writer(blocks, language, picture).article(blocks)


class _Writer:
    """Writes one article."""

    def __init__(self, blocks: Blocks, language: str, picture: Callable[[str], str | None]) -> None:
        self._language = language
        self._picture = picture
        self._footnotes = note_texts(blocks)
        self._numbers: dict[tuple[bool, str], int] = {}
        """The numbers of footnotes, by True and their keys, and of links, by False and their addresses."""
        self._depth = 0

    def article(self, blocks: Blocks) -> str:
        """All of it, with its notes at the end."""
        body = self.blocks(blocks)
        end = "".join(self._notes())
        return body + (f'<section class="notes">{end}</section>' if end else "")

    def blocks(self, found: Blocks) -> str:
        """Blocks, one after the other. White space between them would become empty lines."""
        return "".join(self._block(block) for block in found)

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level, inlines) if level > DEEPEST_HEADING:
                return self._paragraph(Paragraph(inlines))
            case Heading(level, inlines):
                return f"<h{level}>{self.line(inlines)}</h{level}>"
            case Paragraph():
                return self._paragraph(block)
            case Listing():
                return "".join(self._list(block))
            case Definitions():
                return "".join(self._definitions(block))
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case _:
                return self._set_off(block)

    def _set_off(self, block: Code | Quote | Note | Rule | Footnotes | Landscape) -> str:
        match block:
            case Landscape():
                return self.blocks(block.blocks)
            case Code():
                return f'<section class="listing">{_code(block.text)}</section>'
            case Quote():
                return self._section("quote", block.blocks)
            case Note():
                title = f'<p class="box-title"><strong>{self.line(block.title)}</strong></p>' if block.title else ""
                return self._section("box", block.blocks, title)
            case Rule():
                return "<hr>"
            case Footnotes():
                # They are written at the end.
                return ""

    def _section(self, named: str, found: Blocks, before: str = "") -> str:
        """Blocks that are moved in, behind ``before``."""
        self._depth += 1
        inner = before + self.blocks(found)
        self._depth -= 1
        if not inner or self._depth >= DEEPEST:
            return inner
        return f'<section class="{named}">{inner}</section>'

    def _paragraph(self, found: Paragraph) -> str:
        is_chinese = (found.language or self._language).startswith("zh")
        named = found.role or ("chinese" if is_chinese else "")
        opening = f'<p class="{named}">' if named else "<p>"
        return f"{opening}{self.line(found.inlines)}</p>"

    def _list(self, found: Listing) -> Iterator[str]:
        for number, item in enumerate(found.items, found.start or 0):
            bullet = "•" if found.start is None else f"{number}."
            yield self._item(item, bullet if item.is_checked is None else box(Box(is_checked=item.is_checked)))

    def _item(self, item: Item, marker: str) -> str:
        first, rest = first_text(item.blocks)
        line = f'<p class="item"><span class="marker">{escape(marker)}</span>{self.line(first.inlines)}</p>'
        return line + self._section("below", rest)

    def _notes(self) -> Iterator[str]:
        """The footnotes, and the addresses of links. A footnote may refer to others and hold links."""
        done: set[tuple[bool, str]] = set()
        while waiting := [
            one for one in (*self._numbers, *((True, key) for key in self._footnotes)) if one not in done
        ]:
            mark = waiting[0]
            done.add(mark)
            is_footnote, key = mark
            blocks = self._footnotes[key] if is_footnote else (Paragraph((Text(_readable(key)),)),)
            yield self._item(Item(blocks), f"[{self._number(mark)}]")

    def _number(self, mark: tuple[bool, str]) -> int:
        return self._numbers.setdefault(mark, len(self._numbers) + 1)

    def _definitions(self, found: Definitions) -> Iterator[str]:
        for part in found.parts:
            if isinstance(part, Term):
                yield f'<p class="term"><strong>{self.line(part.inlines)}</strong></p>'
            else:
                yield self._section("below", part.blocks)

    def _table(self, table: Table) -> str:
        # A row that is shorter than others has its border all the same.
        made = "".join(
            f"<tr>{''.join(self._cell(cell, tag) for cell in row if not cell.covered)}</tr>"
            for rows, tag in ((table.head, "th"), (table.rows, "td"))
            for row in table.filled(rows)
        )
        return f'<section class="table"><table><tbody>{made}</tbody></table></section>'

    def _cell(self, cell: Cell, tag: str) -> str:
        spans = {"colspan": cell.columns, "rowspan": cell.rows}
        merged = "".join(f' {name}="{number}"' for name, number in spans.items() if number > 1)
        match cell.blocks:
            case (Paragraph(inlines=inlines),):
                text = self.line(inlines)
            case blocks:
                text = self.blocks(blocks)
        named = f"{cell.align or 'left'}{' amount' if _is_amount(cell) else ''}"
        # The editor drops what is empty.
        return f'<{tag} class="{named}"{merged}>{text or "<br>"}</{tag}>'

    def _figure(self, figure: Figure) -> str:
        shown = f'<p class="picture">{self.line(figure.inlines)}</p>' if figure.inlines else ""
        caption = f'<section class="caption">{self.blocks(figure.caption)}</section>' if figure.caption else ""
        return f'<section class="figure">{shown}{caption}</section>'

    def line(self, found: Inlines) -> str:
        """Inlines; behind each link stands the number of its address, unless that is what the text says."""
        out: list[str] = []
        for link, group in groupby(found, link_of):
            inlines = list(group)
            out += map(self._inline, inlines)
            if _leads_out(link) and not _says(inlines, link):
                out.append(self._mark((False, link)))
        return "".join(out)

    def _mark(self, mark: tuple[bool, str]) -> str:
        return f'<sup class="mark">{_JOINED}[{self._number(mark)}]</sup>'

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text, style):
                shown = escape(text)
                for is_given, opening, closing in (
                    (style.code, '<span class="code">', "</span>"),
                    (style.superscript, "<sup>", "</sup>"),
                    (style.strike, '<span class="struck">', "</span>"),
                    (style.italic, "<em>", "</em>"),
                    (style.bold, "<strong>", "</strong>"),
                ):
                    shown = f"{opening}{shown}{closing}" if is_given else shown
                return shown
            case Break():
                return "<br>"
            case Box():
                return box(inline)
            case Picture(src, alt, _, is_apart):
                address = self._picture(src)
                if address is None:
                    return f"［{escape(alt)}］" if alt else ""
                named = ' class="apart"' if is_apart else ""
                return f'<img src="{escape(address)}" alt="{escape(alt)}"{named}>'
            case Reference(note, text):
                return self._mark((True, note)) if note in self._footnotes else f"<sup>{escape(text)}</sup>"
            case _:
                return ""


def _is_amount(cell: Cell) -> bool:
    """Whether a cell holds a figure and hardly more, so that it stands on one line."""
    match cell.blocks:
        case (Paragraph(inlines=inlines),):
            words = plain(inlines).split()
            return any(map(is_figure, words)) and display_width(" ".join(words)) <= _SHORT
        case _:
            return False


def _leads_out(link: str) -> bool:
    return ":" in link.partition("/")[0] and bool(external(link))


def _readable(link: str) -> str:
    """An address with its letters as letters. One that somebody types so leads to the same place."""
    return _ESCAPED.sub(
        lambda found: text if (text := unquote(found[0], errors="replace")).isalnum() else found[0], link
    )


def _says(inlines: Sequence[Inline], link: str) -> bool:
    """Whether the text of a link is its address."""
    text = "".join(one.text for one in inlines if isinstance(one, Text)).strip()
    for one in (link, _readable(link)):
        if text.rstrip("/") in (one.rstrip("/"), one.partition("://")[2].rstrip("/"), one.partition(":")[2]):
            return True
    return False


def _code(text: str) -> str:
    """Lines of code, with spaces that are not folded."""
    lines = (escape(line.expandtabs(4)).replace("  ", " \u00a0") for line in text.split("\n"))
    return "<br>".join(f"\u00a0{line[1:]}" if line.startswith(" ") else line for line in lines)
