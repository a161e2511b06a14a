"""Writes blocks as the nodes that ``nodes.typ`` sets in type: plain data, in which text is never markup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.annex_ends import SIGNED_BELOW
from generator.render.documents.annexes import ANNEX, ANNEX_TITLE, BLANK, ENCLOSED_TITLE
from generator.render.documents.arrangement import Arranged, Opening
from generator.render.documents.blocks import (
    Anchor,
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
    Style,
    Table,
    Term,
    Text,
)
from generator.render.documents.closing import Closing
from generator.render.documents.columns import fitted, lined
from generator.render.documents.layout import Layout
from generator.render.documents.long_words import long, stretches, whole_amounts
from generator.render.documents.placed import CAPTION, UNIT
from generator.render.documents.rooms import NARROWEST, PADDING, Room
from generator.render.documents.rosters import ROSTER
from generator.render.documents.runs import box, link_of, plain
from generator.render.documents.signing import LANDSCAPE, Node, signed, signed_out
from generator.render.documents.sizes import INDENT, TALLEST, TEXT_WIDTH, Size, measured, set_apart
from generator.render.documents.styled_nodes import in_language, styled
from generator.render.documents.walk import every, first_text, inside, linked, note_texts, texts
from generator.render.documents.whole_rows import division
from generator.render.documents.wide_tables import LANDSCAPE_WIDTH
from generator.render.documents.wordruns import external

_CAPTION: Final = 200
"""Characters of a caption that surely fits below a picture."""
DEEPEST: Final = 8
"""How deep quotations, lists and boxes are nested."""
_HIGHEST: Final = 999_999_999
"""The highest number that a list may begin with (CommonMark)."""
_LONGEST: Final = 32
"""Characters of a word; a longer one may be wider than the page, which would cut it off. Chinese can break anywhere."""
_LONGEST_CODE: Final = 68
_BREAKABLE: Final = "\\g<0>\ufdd0"
"""A part of a word and a mark, which is no character of any text: ``nodes.typ`` draws nothing there."""


@frozen
class Typeset:
    """A document as nodes, and the pictures in it by the names under which the nodes refer to them."""

    nodes: list[Node]
    pictures: Mapping[str, bytes]


def typeset(document: Blocks, arranged: Arranged, picture: Callable[[str], bytes | None], layout: Layout) -> Typeset:
    """The document's nodes, in the order in which it is arranged.

    ``picture`` gives the bytes of the picture at an address; None if there is none.
    """
    writer = _Writer(document, picture, layout)
    opening = list(writer.opening(arranged.opening)) if arranged.opening else []
    nodes = [*opening, *writer.blocks(arranged.blocks)]
    if arranged.closing:
        nodes = list(writer.closing(arranged.closing, nodes))
    return Typeset(nodes, writer.pictures)


class _Writer:
    """Writes the nodes of one document."""

    def __init__(self, document: Blocks, picture: Callable[[str], bytes | None], layout: Layout) -> None:
        self.pictures: dict[str, bytes] = {}
        self._picture = picture
        self._pictures_measured: dict[str, tuple[str, Size] | None] = {}
        self._notes = note_texts(document)
        referred = [one.note for one in _inlines(document) if isinstance(one, Reference)]
        self._at_foot = {
            key: f"note{number}" for number, key in enumerate(dict.fromkeys(referred)) if key in self._notes
        }
        """The labels of footnotes that are set at the foot of a page: those that the text refers to."""
        self._set: set[str] = set()
        self._open: list[str] = []
        anchors = [one.id for one in _inlines(document) if isinstance(one, Anchor)]
        wanted = set(linked(document))
        self._labels = {part: f"part{number}" for number, part in enumerate(dict.fromkeys(anchors)) if part in wanted}
        self._levels: list[int] = []
        self._has_title = False
        self._depth = 0
        self._table_sizes = layout.table_sizes
        self._are_tables_wide = layout.is_official
        self._room = Room(TEXT_WIDTH, 0, 0)

    def opening(self, found: Opening) -> Iterator[Node]:
        """The nodes of what stands above the text."""
        yield self._heading(Heading(1, found.title))
        yield from (signed_out(plain(line)) or ("below", self.line(line)) for line in found.lines)
        yield ("blank",)

    def closing(self, found: Closing, text: list[Node]) -> Iterator[Node]:
        """The nodes of a text with what stands below it."""
        names, last = map(self.line, found.attachments), len(found.numbers)
        attached = [
            ("attachment", found.word, number, at == 1, found.is_whole or at == last, name)
            for at, (number, name) in enumerate(zip(found.numbers, names, strict=True), 1)
        ]
        remarks = [("remark", at + 2 == len(found.remarks), self.line(one)) for at, one in enumerate(found.remarks)]
        end = (self.line(found.signature), self.line(found.date), remarks[: found.kept])
        copies = [("copy", at == 0, *map(self.line, copy)) for at, copy in enumerate(found.copies)]
        rest = [*remarks[found.kept :], *self.blocks(found.annexes)]
        return signed(text, (attached, found.is_whole), end, (rest, copies))

    def blocks(self, found: Blocks) -> list[Node]:
        """The nodes of blocks; what is nested too deep for the width of a page stands side by side."""
        self._depth += 1
        write = self._block if self._depth <= DEEPEST else self._flat
        nodes = [node for block in found for node in write(block)]
        self._depth -= 1
        is_nested = self._depth and not self._room.half
        return [*nodes, ("gap",)] if is_nested and nodes and nodes[-1][0] == "table" else nodes

    def _flat(self, block: Block) -> Iterator[Node]:
        groups = list(inside(block))
        if not groups:
            yield from self._block(block)
            return
        yield from (("flat", self.line(line)) for line in texts(block) if line)
        for group in groups:
            yield from self.blocks(group)

    def _block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph(role="signed-below"):
                yield SIGNED_BELOW, block.indents[1], self.line(block.inlines)
            case Paragraph(role="roster"):
                yield ROSTER, *block.indents, self.line(block.inlines)
            case Paragraph():
                node = _PARAGRAPHS.get(block.role, "par"), self._spoken(block.inlines, block.language)
                yield ("ragged", [node]) if stretches(block.inlines) else node
            case Listing():
                yield from self._list(block)
            case Definitions():
                yield from self._definitions(block)
            case Table():
                yield self._table(block)
            case Figure():
                caption = self.blocks(block.caption)
                is_short = (
                    sum(len(plain(one.inlines)) for one in block.caption if isinstance(one, Paragraph)) < _CAPTION
                )
                # A picture leaves room for it on its page.
                yield "figure", self.line(block.inlines), caption, is_short and len(block.inlines) == 1
            case _:
                yield from self._set_off(block)

    def _set_off(self, block: Code | Quote | Note | Rule | Footnotes | Landscape) -> Iterator[Node]:
        match block:
            case Landscape():
                around, self._room = self._room, Room(LANDSCAPE_WIDTH, 0, 0)
                self._depth -= 1
                first, *rest = self.blocks(block.blocks)
                # It has begun a page already.
                yield LANDSCAPE, [(_ON_PAGE.get(first[0], first[0]), *first[1:]), *rest]
                self._depth += 1
                self._room = around
            case Code():
                yield "listing", long(_LONGEST_CODE).sub(_BREAKABLE, block.text)
            case Quote():
                yield "quote", self.blocks(block.blocks)
            case Note():
                yield "box", self.line(block.title), self.blocks(block.blocks)
            case Rule():
                yield ("rule",)
            case Footnotes():
                left = [Item(note.blocks) for note in block.notes if note.key not in self._at_foot]
                if left:
                    yield "enum", True, 1, [self.blocks(item.blocks) for item in left]

    def _heading(self, heading: Heading) -> Node:
        """A heading. The first of level 1 is the title; the others descend without gaps, as PDF/UA requires."""
        if heading.level == 1 and not self._has_title:
            self._has_title = True
            return "title", self.line(map(_plain_heading, heading.inlines))
        while self._levels and self._levels[-1] >= heading.level:
            self._levels.pop()
        self._levels.append(heading.level)
        return "heading", len(self._levels), heading.is_centred, self.line(map(_plain_heading, heading.inlines))

    def _list(self, found: Listing) -> Iterator[Node]:
        items = [self._item(item, is_tight=found.is_tight) for item in found.items]
        if found.start is not None:
            yield "enum", found.is_tight, min(found.start, _HIGHEST), items
        elif any(item.is_checked is not None for item in found.items):
            yield "tasks", found.is_tight, items
        else:
            yield "list", found.is_tight, items

    def _item(self, item: Item, *, is_tight: bool) -> list[Node]:
        first, rest = first_text(item.blocks)
        if item.is_checked is not None:
            first = replace(first, inlines=(Box(item.is_checked), Text(" "), *first.inlines))
        elif first not in item.blocks:
            return self.blocks(rest)
        # A line is never on another page than what is below it.
        nodes = self.blocks((first, *rest))
        return [("stays", nodes[:1], is_tight and isinstance(rest[0], Listing)), *nodes[1:]] if rest else nodes

    def _definitions(self, found: Definitions) -> Iterator[Node]:
        """Pairs of a term and what defines it; either may be empty."""
        pairs: list[tuple[list[Node], list[Node]]] = []
        for part in found.parts:
            if isinstance(part, Term):
                pairs.append((self.line(part.inlines), []))
            elif pairs:
                # A term and the paragraph that follows it are one, so that no page ends between them.
                pairs[-1][1].extend(self.blocks(part.blocks) if pairs[-1][1] else self._run_in(part.blocks))
            else:
                yield from self.blocks(part.blocks)
        if pairs:
            yield "terms", pairs

    def _run_in(self, found: Blocks) -> list[Node]:
        """The nodes of blocks, the first of which continues the line before if it is a paragraph."""
        first, rest = first_text(found)
        return [*self._spoken(first.inlines, first.language), *self.blocks(rest)]

    def _table(self, table: Table) -> Node:
        # On the page, nothing surrounds it but lists and quotations, in which it fills the line.
        width = self._width if self._room.half else max(NARROWEST, self._room.width - INDENT * (self._nested - 1))
        found = fitted(table, round(20 * width), self._table_sizes)
        table = lined(table, found, self._table_sizes[found.size])
        points = [width / 20 for width in found.widths]
        head = tuple(block for row in table.head for cell in row for block in cell.blocks)
        # A header that is repeated on the next page would repeat its footnotes, and PDF/UA forbids links there.
        repeats = not any(isinstance(one, Reference) or link_of(one) for one in _inlines(head))
        half = self._table_sizes[found.size] / 2
        head_cells = [cell for row in table.filled(table.head) for cell in self._row(row, points, half)]
        divided = division(table, points, 2 * half)
        rows = [
            [(*cell, is_whole) for cell in self._row(row, points, half)]
            for row, is_whole in zip(table.filled(table.rows), divided.rows, strict=True)
        ]
        end = len(rows) - divided.last
        first, body, foot = (list(chain(*part)) for part in (rows[: divided.first], rows[:end], rows[end:]))
        # With room to spare, each column is as wide as what is in it; those of an official document fill the line.
        across = table.columns if found.is_loose and not self._are_tables_wide else points
        small = (2 * half, found.margin / 20) if found.size else None
        ends = divided.is_whole, len(rows[-1]) if divided.has_end else 0
        return "table", across, small, head_cells, body, len(first), foot, repeats, *ends

    @property
    def _width(self) -> float:
        """The width in points that is left here."""
        return max(NARROWEST, self._room.width - PADDING * self._nested)

    @property
    def _nested(self) -> int:
        """How deep this is nested in what surrounds it: the page, or a cell."""
        return self._depth - self._room.depth

    def _row(self, row: Sequence[Cell], points: Sequence[float], half: float) -> Iterator[Node]:
        around = self._room
        for at, cell in enumerate(row):
            if not cell.covered:
                self._room = Room(sum(points[at : at + cell.columns]), self._depth, half)
                yield cell.align, self.blocks(cell.blocks), cell.columns, cell.rows
        self._room = around

    def _spoken(self, inlines: Inlines, language: str) -> list[Node]:
        return in_language(self.line(inlines), language)

    def line(self, inlines: Iterable[Inline]) -> list[Node]:
        """The nodes of inlines."""
        out: list[Node] = []
        for link, group in groupby(set_apart(inlines, self._is_large), link_of):
            nodes = [node for inline in group for node in self._inline(inline)]
            out += self._linked(link, nodes)
        return out

    def _linked(self, link: str, nodes: list[Node]) -> list[Node]:
        if link.startswith("#"):
            return [("inside", self._labels[link[1:]], nodes)] if link[1:] in self._labels else nodes
        address = external(link) if link else ""
        return [("link", address, nodes)] if address else nodes

    def _inline(self, inline: Inline) -> Iterator[Node]:
        match inline:
            case Text(text, style):
                yield from styled([("code" if style.code else "text", self._broken(text, style))], style)
            case Break():
                yield ("break",)
            case Box():
                yield "text", box(inline)
            case Picture():
                yield from self._drawn(inline)
            case Reference(note, text, style):
                yield from self._reference(note, text, style)
            case Anchor(part) if part in self._labels and part not in self._set:
                self._set.add(part)
                yield "anchor", self._labels[part]
            case _:
                pass

    def _broken(self, text: str, style: Style) -> str:
        """The text with places where long words may be broken. Typst breaks addresses well, where there is room."""
        text = whole_amounts(text)
        if self._room.half:
            return long(max(3, int(self._width / self._room.half))).sub(_BREAKABLE, text)
        return text if style.link else long(_LONGEST).sub(_BREAKABLE, text)

    def _reference(self, note: str, text: str, style: Style) -> Iterator[Node]:
        """A footnote where it is first referred to, and its number where it is referred to again."""
        if note not in self._at_foot or note in self._open:
            yield from styled([("super", [("text", text)])], style)
        elif f"\n{note}" in self._set:
            yield "again", self._at_foot[note]
        else:
            self._set.add(f"\n{note}")
            self._open.append(note)
            yield "note", self._at_foot[note], self._run_in(self._notes[note])
            self._open.pop()

    def _drawn(self, found: Picture) -> Iterator[Node]:
        """A picture, or its alternative text in brackets."""
        size = self._measured(found.src)
        if size is not None:
            name, pixels = size
            room = max(NARROWEST, self._width - (INDENT - PADDING) * self._nested)
            width = min(pixels.width * 0.75, room, TALLEST * pixels.width / pixels.height)
            # As on a screen, reduced to fit.
            yield "picture", name, found.alt, round(width, 2)
        elif found.alt or found.src:
            yield "text", f"［{found.alt or found.src}］"

    def _is_large(self, found: Picture) -> bool:
        size = self._measured(found.src)
        return size is not None and size[1].is_large

    def _measured(self, src: str) -> tuple[str, Size] | None:
        """The name of a picture's file, and its size; None if it is no picture."""
        if src not in self._pictures_measured:
            content = self._picture(src)
            size = measured(content)
            self._pictures_measured[src] = None
            if content and size:
                # Typst remembers files by their names from one document to the next.
                name = f"{hashlib.sha256(content).hexdigest()}.{size.ending}"
                self.pictures[name] = content
                self._pictures_measured[src] = name, size
        return self._pictures_measured[src]


_PARAGRAPHS: Final = {
    "addressee": "flat",
    **{role: role for role in (ANNEX, ANNEX_TITLE, ENCLOSED_TITLE, BLANK, CAPTION, UNIT)},
    "byline": "small",
    "dateline": "small",
    "standfirst": "lead",
}


_ON_PAGE: Final = {ANNEX: "annex-mark", ENCLOSED_TITLE: ANNEX_TITLE}
"""The kinds of nodes that begin no page, by those that do."""


def _inlines(document: Blocks) -> Iterator[Inline]:
    return (inline for block in every(document) for line in texts(block) for inline in line)


def _plain_heading(inline: Inline) -> Inline:
    """Links are dropped from headings, where they would be blue, and bold, which a heading is."""
    return Text(inline.text, replace(inline.style, link="", bold=False)) if isinstance(inline, Text) else inline
