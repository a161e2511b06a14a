"""Reads paragraphs, lists and tables of a Word file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.render.documents.blocks import (
    Block,
    Blocks,
    Break,
    Cell,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Item,
    Listing,
    Paragraph,
    Picture,
    Reference,
    Style,
    Table,
    Text,
)
from generator.render.documents.runs import plain, trimmed
from generator.tools.importers.labels import has_label
from generator.tools.importers.tables import laid_out
from generator.tools.importers.word.document import DELETED, FALLBACK, PLACEHOLDER, Document
from generator.tools.importers.word.inlines import Reader, all_text, alternatives
from generator.tools.importers.word.numbering import Label
from generator.tools.importers.word.package import (
    SAVE_AGAIN,
    Element,
    child,
    elements,
    name_of,
    number,
    value,
)
from generator.tools.importers.word.styles import outline_level

_PLAIN: Final = Style()
_GOES_ON: Final = ("，", "。", "、", "；", "：", "！", "？", "）", "”", "》")
"""Signs with which no sentence begins."""
_WIDEST: Final = 63
"""Empty cells that one of them stands for."""


@frozen
class Found:
    """A block, and the number of the paragraph that it begins with."""

    block: Block
    paragraph: int
    is_caption: bool = False
    label: Label | None = None
    """For a paragraph that is an item of a list."""


class Body:
    """Reads the blocks of a part."""

    def __init__(self, document: Document) -> None:
        """``document`` takes what goes into no block."""
        self._document = document
        self._waiting: list[Inline] = []
        """The text of a paragraph whose end was deleted, so that the next one continues it."""

    def blocks(self, parent: Element) -> Blocks:
        """What is in a cell, a box or a note."""
        return tuple(found.block for found in self.found(parent))

    def found(self, parent: Element) -> list[Found]:
        """The blocks in an element, items gathered into lists, footnotes behind the blocks that refer to them."""
        return list(_listed(self._flow(parent)))

    def _flow(self, parent: Element) -> Iterator[Found]:
        for element in elements(parent):
            match name_of(element):
                case "w:p":
                    yield from self._paragraph(element)
                case "w:tbl":
                    yield from self._table(element)
                case "w:sdt":
                    yield from self._content(element)
                case "mc:AlternateContent":
                    yield from self._alternatives(element)
                case "w:del" | "w:moveFrom":
                    self._document.leave_out(DELETED, all_text(element))
                case "w:altChunk":
                    raise Fault(say("another document is within it, which only Word can put in its place"), SAVE_AGAIN)
                case "m:oMathPara" | "w:r":
                    yield from self._paragraph(element)
                case _:
                    yield from self._flow(element)

    def _alternatives(self, element: Element) -> Iterator[Found]:
        chosen, others = alternatives(element)
        yield from self._flow(chosen)
        for text in others:
            self._document.leave_out(FALLBACK, text)

    def _content(self, element: Element) -> Iterator[Found]:
        if child(element, "sdtPr", "showingPlcHdr") is not None:
            self._document.leave_out(PLACEHOLDER, all_text(child(element, "sdtContent")))
        elif (content := child(element, "sdtContent")) is not None:
            yield from self._flow(content)

    def _paragraph(self, element: Element) -> Iterator[Found]:
        document, reader = self._document, Reader(self._document)
        properties = child(element, "pPr")
        style = document.styles.style(value(child(properties, "pStyle")) or document.styles.default)
        document.paragraph += 1
        own = document.paragraph
        before, self._waiting = self._waiting, []
        inlines = [*before, *reader.inlines(element, _PLAIN, is_hidden=style.is_hidden)]
        if child(properties, "rPr", "del") is not None:
            self._waiting = inlines
            return
        outline = child(properties, "outlineLvl")
        level = style.level if outline is None else outline_level(outline)
        label = self._label(properties, style.list_id, style.list_level) if trimmed(inlines) else None
        if label is not None and label.text and (level or not label.is_listed):
            document.added.append(label.text)
            inlines, label = [Text(f"{label.text}{_gap(label.text)}"), *inlines], None
        if label is not None and label.start is not None and has_label(plain(inlines)):
            label = None
        made = list(_pieces(inlines, level, reader.floating))
        for block in made:
            is_item = label is not None and isinstance(block, Paragraph)
            yield Found(block, own, style.is_caption, label if is_item else None)
            yield from self._notes(block, own)
        for box in reader.boxes:
            yield from self._flow(box)
        if not made and document.paragraph == own:
            document.paragraph -= 1

    def _label(self, properties: Element | None, list_id: str, level: int) -> Label | None:
        numbered = child(properties, "numPr")
        if numbered is not None:
            list_id = value(child(numbered, "numId")) or list_id
            level = number(child(numbered, "ilvl"), default=level)
        return self._document.numbering.label(list_id, level) if list_id not in ("", "0") and 0 <= level < 9 else None

    def _notes(self, block: Block, own: int) -> Iterator[Found]:
        """The notes to which a block refers and that were not read before."""
        inlines: Inlines = getattr(block, "inlines", ())
        notes = []
        for key in (inline.note for inline in inlines if isinstance(inline, Reference)):
            kind, _, name = key.partition(" ")
            if (kind, name) not in self._document.taken:
                self._document.taken.add((kind, name))
                notes.append(Footnote(key, self._note(kind, name)))
        if notes:
            yield Found(Footnotes(tuple(notes)), own)

    def _note(self, kind: str, name: str) -> Blocks:
        document = self._document
        before, number_before = document.part, document.paragraph
        document.part = next(iter(document.package.related(document.main, f"{kind}s")), before)
        try:
            return Body(document).blocks(document.notes[kind][name])
        finally:
            document.part, document.paragraph = before, number_before

    def _table(self, element: Element) -> Iterator[Found]:
        own = self._document.paragraph + 1
        rows, heads, notes = list[tuple[Cell, ...]](), 0, list[Footnote]()
        for row in _rows(element):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._document.leave_out(DELETED, all_text(row))
                continue
            is_head = heads == len(rows) and child(properties, "tblHeader") is not None
            heads += is_head
            rows.append(self._row(row, properties, notes))
        if rows:
            # Markdown has no table without a head, and the first row is one nearly always.
            heads = heads or (1 if len(rows) > 1 else 0)
            for block in laid_out(Table(tuple(rows[:heads]), tuple(rows[heads:]))):
                yield Found(block, own)
        if notes:
            yield Found(Footnotes(tuple(notes)), own)

    def _row(self, row: Element, properties: Element | None, notes: list[Footnote]) -> tuple[Cell, ...]:
        cells = [Cell(())] * min(max(0, number(child(properties, "gridBefore"))), _WIDEST)
        for element in _cells(row):
            about = child(element, "tcPr")
            blocks = self.blocks(element)
            notes += [note for block in blocks if isinstance(block, Footnotes) for note in block.notes]
            cells.append(Cell(tuple(block for block in blocks if not isinstance(block, Footnotes))))
            # Markdown knows no cells that span others: what they say stands in the first, the others stay empty.
            cells += [Cell(())] * min(max(0, number(child(about, "gridSpan"), default=1) - 1), _WIDEST)
        return tuple(cells)


def _rows(table: Element) -> Iterator[Element]:
    for element in elements(table):
        match name_of(element):
            case "w:tr":
                yield element
            case "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins":
                yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in elements(row):
        match name_of(element):
            case "w:tc":
                yield element
            case "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins":
                yield from _cells(element)


def _gap(label: str) -> str:
    """What stands between a label and its text: nothing behind a Chinese mark."""
    return " " if label[-1].isascii() else ""


def _pieces(inlines: Sequence[Inline], level: int, floating: list[Picture]) -> Iterator[Block]:
    """The blocks of a paragraph: pictures that are larger than a sign stand apart from its text.

    One within a sentence stands below it.
    """
    part: list[Inline] = []
    within: list[Block] = []
    apart = set(map(id, floating))
    for at, inline in enumerate(inlines):
        if not (isinstance(inline, Picture) and id(inline) in apart):
            part.append(inline)
            continue
        within.append(Paragraph((inline,)))
        rest = itertools.takewhile(lambda one: id(one) not in apart, inlines[at + 1 :])
        if not (trimmed(part) and plain(tuple(rest)).lstrip().startswith(_GOES_ON)):
            yield from (*_block(part, level), *within)
            part, within = [], []
    yield from (*_block(part, level), *within)


def _block(inlines: Sequence[Inline], level: int) -> Iterator[Block]:
    found = trimmed(inlines)
    while found and isinstance(found[0], Break):
        found = trimmed(found[1:])
    if found:
        yield Heading(min(level, 6), found) if level else Paragraph(found)


def _listed(flow: Iterable[Found]) -> Iterator[Found]:
    """The blocks with items that follow each other gathered into lists."""
    items: list[Found] = []
    for found in flow:
        if found.label is not None:
            items.append(found)
            continue
        if items:
            yield from _lists(items)
            items = []
        yield found
    if items:
        yield from _lists(items)


def _lists(items: Sequence[Found]) -> Iterator[Found]:
    """Lists of items: deeper ones go into the item before them."""
    start = 0
    while start < len(items):
        first = items[start]
        kind = _kind(first)
        end = start + 1
        while end < len(items) and (_level(items[end]) > _level(first) or _kind(items[end]) == kind):
            end += 1
        yield Found(_list(items[start:end]), first.paragraph)
        start = end


def _list(items: Sequence[Found]) -> Listing:
    made: list[Item] = []
    start = 0
    while start < len(items):
        end = start + 1
        while end < len(items) and _level(items[end]) > _level(items[start]):
            end += 1
        inner = tuple(found.block for found in _lists(items[start + 1 : end]))
        made.append(Item((items[start].block, *inner)))
        start = end
    label = items[0].label
    return Listing(tuple(made), label.start if label else None, is_tight=True)


def _level(found: Found) -> int:
    return found.label.level if found.label else 0


def _kind(found: Found) -> tuple[int, bool]:
    return _level(found), found.label is not None and found.label.start is None
