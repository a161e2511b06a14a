"""Writes blocks as a Word file for Word, WPS and LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from generator.ground.dates import Day
from generator.ground.text import FORBIDDEN
from generator.render.documents import styles
from generator.render.documents.annex_ends import SIGNED_BELOW
from generator.render.documents.annexes import ANNEX, ANNEX_TITLE, BLANK, ENCLOSED_TITLE
from generator.render.documents.arrangement import Arranged, Opening
from generator.render.documents.blocks import (
    Anchor,
    Block,
    Blocks,
    Box,
    Cell,
    Code,
    Definitions,
    Figure,
    Footnotes,
    Heading,
    Inlines,
    Item,
    Landscape,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    Term,
    Text,
)
from generator.render.documents.columns import MARGINS, Columns, fitted, lined
from generator.render.documents.layout import Layout
from generator.render.documents.long_words import stretches
from generator.render.documents.ordinary import ORDINARY
from generator.render.documents.package import Package
from generator.render.documents.parse import parse
from generator.render.documents.placed import CAPTION, UNIT
from generator.render.documents.rosters import ROSTER
from generator.render.documents.runs import plain
from generator.render.documents.signers import signers
from generator.render.documents.walk import first_text, linked, note_texts
from generator.render.documents.whole_rows import division
from generator.render.documents.wide_tables import LANDSCAPE_WIDTH
from generator.render.documents.wordclosing import ClosingWriter, signed_out
from generator.render.documents.wordcontext import NARROWEST, Context
from generator.render.documents.wordruns import Runs, bolded, element, unadorned

_OF_ANNEXES: Final = {ANNEX: "Annex", ANNEX_TITLE: "Title", BLANK: "BodyText"}
"""The styles of what an annex begins with."""


def docx(
    html: str,
    *,
    title: str,
    language: str,
    author: str,
    created: Day,
    picture: Callable[[str], bytes | None],
    layout: Layout = ORDINARY,
) -> bytes:
    """An article's HTML as a Word file, the same bytes for the same text. It raises only what ``picture`` raises.

    ``created`` is the day that the file gives as that of its making: that of its text, since no clock is asked.
    ``picture`` gives the bytes of the picture at an address. For None, and for other formats than JPEG, PNG and GIF,
    the alternative text is written in brackets.
    """
    title, language, author = (FORBIDDEN.sub("\ufffd", text) for text in (title, styles.word_tag(language), author))
    package = Package(title=title, language=language, author=author, created=created, layout=layout)
    blocks = parse(html)
    found = note_texts(blocks)
    runs = Runs(package, language, picture, frozenset((*linked(blocks), *found)))
    writer = _Writer(runs, language, layout, found)
    made = writer.document(layout.arrange(blocks, language))
    if runs.notes:
        package.is_in_notes = True
        written = [(number, list(writer.footnote(found[key]))) for key, number in runs.notes.items()]
        package.is_in_notes = False
        package.put_notes(styles.footnotes(written))
    return package.bytes(made, styles.numbering(writer.lists, layout), writer.kept)


class _Writer:
    """Writes the blocks of one article."""

    def __init__(self, runs: Runs, language: str, layout: Layout, footnotes: Mapping[str, Blocks]) -> None:
        self._runs = runs
        self._footnotes = footnotes
        self._language = language
        self._layout = layout
        self._justified = frozenset(style.id for style in layout.paragraphs if "<w:jc " not in style.paragraph)
        self._has_heading = False
        """Whether a heading below the title was written. A dateline before that belongs to the whole article."""
        self.lists: list[tuple[int, int]] = []
        """The numbered lists: level and first number of each."""
        self.kept: set[int] = set()
        """Which of the document's paragraphs and tables stay on the page of what follows them."""

    def document(self, found: Arranged) -> list[str]:
        """The paragraphs and tables of a document."""
        context = Context(width=self._layout.width)
        made = list(self._opening(found.opening, context)) if found.opening else []
        made += self.blocks(found.blocks, context)
        made += self._left_over(context)
        if made[:1] == [self._section(self._layout.page)]:
            # There is nothing above.
            del made[0]
        # What stands below a text that ends on its side does so, too.
        turned = made.pop() if made and self._is_turned(made[-1]) else ""
        if found.closing:
            writer = ClosingWriter(found.closing, self._layout, partial(self._plain, context))
            below = writer.paragraphs()
            # An office never signs on a page of its own. The last may be what stands below a table.
            if made and below:
                self.kept = {len(made) - 1, len(made) - (2 if made[-1] == _gap() else 1)}
            annexes = [*self.blocks(found.closing.annexes, context)]
            made += (*below, *([turned] if turned and annexes else []), *annexes, *writer.foot())
            turned = "" if annexes else turned
        return [*made, turned] if turned else made

    def _is_turned(self, paragraph: str) -> bool:
        return bool(self._layout.landscape) and paragraph == self._section(self._layout.landscape)

    def _section(self, page: str) -> str:
        """What ends a section with pages of this kind."""
        return element("p", element("pPr", element("pStyle", val="End"), page))

    def _plain(
        self,
        context: Context,
        inlines: Inlines,
        named: str,
        *properties: str,
        indent: list[str] | None = None,
        stays: bool = False,
    ) -> str:
        return self.p(inlines, named, replace(context, stays=stays), *properties, indent=indent)

    def _opening(self, found: Opening, context: Context) -> Iterator[str]:
        """The title and the lines below it, and an empty line before the text."""
        yield self.p(unadorned(found.title), "Title", context)
        for line in found.lines:
            if named := signers(plain(line)):
                yield from signed_out(named, self._layout, partial(self._plain, context))
            else:
                yield self.p(line, "Subtitle", context)
        yield self.p((), "BodyText", replace(context, stays=True))

    def blocks(self, found: Blocks, context: Context) -> Iterator[str]:
        """The paragraphs and tables of blocks."""
        for block in found:
            yield from self.block(block, context)

    def block(self, block: Block, context: Context) -> Iterator[str]:
        """The paragraphs and tables of a block."""
        match block:
            case Heading():
                yield self._heading(block, context)
            case Paragraph():
                yield self._paragraph(block, context)
            case Listing():
                yield from self._list(block, context)
            case Definitions():
                yield from self._definitions(block, context)
            case Table():
                yield from self._table(block, context)
            case Figure():
                yield from self._figure(block, context)
            case _:
                yield from self._set_off(block, context)

    def _set_off(self, block: Code | Quote | Note | Rule | Footnotes | Landscape, context: Context) -> Iterator[str]:
        match block:
            case Landscape():
                yield self._section(self._layout.page)
                yield from self.blocks(block.blocks, replace(context, width=20 * LANDSCAPE_WIDTH))
                yield self._section(self._layout.landscape)
            case Code():
                yield self.p((Text(block.text),), "HTMLPreformatted", context)
            case Quote():
                yield from self.blocks(block.blocks, context.inside(self._layout.indent, "Quote"))
            case Note():
                yield from self._note(block, context)
            case Rule():
                yield self.p((), "Rule", replace(context, left=0, is_boxed=False))
            case Footnotes():
                # They are a part of the file of their own.
                pass

    def p(
        self,
        inlines: Inlines,
        named: str,
        context: Context,
        *properties: str,
        indent: list[str] | None = None,
        before: Sequence[str] = (),
    ) -> str:
        """A paragraph, with the runs ``before`` in front.

        In its properties, ``properties`` come before the border of a box, ``indent`` after it.
        """
        made = [element("pStyle", val=named), *([element("keepNext")] if context.stays else []), *properties]
        if context.is_boxed and not named.startswith("Note"):
            made.append(self._layout.frame)
        if self._layout.has_exact_lines and any(isinstance(one, Picture) for one in inlines):
            made.append(element("spacing", line="240", lineRule="auto"))
        if indent is None and context.left:
            indent = [element("ind", left=str(context.left))]
        made += indent or []
        if named in self._justified and stretches(inlines):
            made.append(element("jc", val="left"))
        return element("p", element("pPr", *made), *before, *self._runs.runs(inlines, context.width))

    def _heading(self, heading: Heading, context: Context) -> str:
        self._has_heading = self._has_heading or heading.level > 1
        named = "Title" if heading.level == 1 else f"Heading{min(heading.level - 1, styles.LEVELS)}"
        centred = [element("ind", firstLineChars="0", firstLine="0"), element("jc", val="center")]
        return self.p(unadorned(heading.inlines), named, context, indent=centred if heading.is_centred else None)

    def _paragraph(self, found: Paragraph, context: Context) -> str:
        is_chinese = (found.language or self._language).startswith("zh")
        indent = [element("ind", left=str(context.left), firstLineChars="200", firstLine=str(self._layout.indent))]
        if found.role in ("byline", "dateline"):
            return self.p(found.inlines, "Dateline" if self._has_heading else "Subtitle", context)
        if found.role == "addressee":
            return self.p(
                found.inlines, "BodyText", context, indent=[element("ind", firstLineChars="0", firstLine="0")]
            )
        if found.role == ROSTER:
            first, left = (round(one * self._layout.indent / 2) for one in found.indents)
            indent = [element("ind", left=str(context.left + left), hanging=str(left - first))]
            return self.p(found.inlines, "Roster", context, indent=indent)
        if found.role == ENCLOSED_TITLE:
            return self.p(unadorned(found.inlines), "Title", context, element("pageBreakBefore"))
        if found.role in _OF_ANNEXES:
            return self.p(unadorned(found.inlines), _OF_ANNEXES[found.role], context)
        if found.role in (UNIT, SIGNED_BELOW):
            named, stays = ("Caption", True) if found.role == UNIT else ("Date", False)
            right = str(round(found.indents[1] * self._layout.indent / 2))
            at_right = [element("ind", right=right), element("jc", val="right")]
            return self.p(found.inlines, named, replace(context, stays=stays), indent=at_right)
        if found.role == CAPTION:
            return self.p(found.inlines, "Caption", replace(context, stays=True))
        if found.role == "standfirst":
            return self.p(found.inlines, "Standfirst", context, indent=indent if is_chinese else None)
        if context.style:
            is_indented = context.style == "Quote" and is_chinese
            return self.p(found.inlines, context.style, context, indent=indent if is_indented else None)
        return self.p(found.inlines, "BodyTextFirstIndent" if is_chinese else "BodyText", context)

    def _list(self, found: Listing, context: Context) -> Iterator[str]:
        number = styles.BULLETS
        if found.start is not None:
            self.lists.append((min(context.level, 8), found.start))
            number = styles.BULLETS + len(self.lists)
        for item in found.items:
            yield from self._item(item, number, "ListBullet" if found.start is None else "ListNumber", context)

    def _item(self, item: Item, number: int, named: str, context: Context) -> Iterator[str]:
        depth = "" if context.level == 0 else str(min(context.level + 1, 3))
        step = self._layout.indent
        more = self._layout.list_indent if context.level == 0 else 0
        inside = replace(context.inside(step + more, f"ListContinue{depth}"), level=context.level + 1)
        hanging = [element("ind", left=str(inside.left), hanging=str(step))]
        first, rest = first_text(item.blocks)
        line = replace(inside, stays=context.stays or bool(rest))
        if item.is_checked is None:
            counted = element(
                "numPr", element("ilvl", val=str(min(context.level, 8))), element("numId", val=str(number))
            )
            yield self.p(first.inlines, f"{named}{depth}", line, counted, indent=hanging)
        else:
            checkbox = (Box(is_checked=item.is_checked), Text("\t"))
            yield self.p((*checkbox, *first.inlines), "ListParagraph", line, indent=hanging)
        yield from self.blocks(rest, inside)

    def _definitions(self, found: Definitions, context: Context) -> Iterator[str]:
        for part in found.parts:
            if isinstance(part, Term):
                yield self.p(part.inlines, "Term", context)
            else:
                # Below the term, which is indented as the first line of a paragraph.
                step = self._layout.list_indent + self._layout.indent
                yield from self.blocks(part.blocks, context.inside(step, "ListContinue"))

    def _figure(self, figure: Figure, context: Context) -> Iterator[str]:
        if figure.inlines:
            yield self.p(figure.inlines, "Figure" if figure.caption else "Caption", context)
        yield from self.blocks(figure.caption, replace(context, style="Caption"))

    def _note(self, note: Note, context: Context) -> Iterator[str]:
        inside = replace(context.inside(0 if context.is_boxed else 240, "NoteText"), is_boxed=True)
        yield _gap()
        yield self.p(note.title, "NoteTitle", inside)
        yield from self.blocks(note.blocks, inside)
        yield _gap()

    def _left_over(self, context: Context) -> Iterator[str]:
        """A list of the footnotes to which the text does not refer."""
        left = {key: blocks for key, blocks in self._footnotes.items() if key not in self._runs.notes}
        start = len(self._runs.notes) + 1
        self._runs.listed = {key: number for number, key in enumerate(left, start)}
        items = []
        for key, blocks in left.items():
            first, rest = first_text(blocks)
            items.append(Item((Paragraph((Anchor(key), *first.inlines)), *rest)))
        if items:
            yield self.p((), "Rule", context)
            yield from self._list(Listing(tuple(items), start, is_tight=True), context)

    def footnote(self, blocks: Blocks) -> Iterator[str]:
        """The paragraphs of a footnote, the first with its number in front."""
        first, rest = first_text(blocks)
        context = Context(width=self._layout.width, style="FootnoteText")
        sign = element("r", element("rPr", element("rStyle", val="FootnoteReference")), element("footnoteRef"))
        yield self.p(first.inlines, "FootnoteText", context, before=[sign, *self._runs.runs((Text(" "),), 0)])
        yield from self.blocks(rest, context)

    def _table(self, table: Table, context: Context) -> Iterator[str]:
        found = fitted(table, context.width, self._layout.table_sizes)
        table = lined(table, found, self._layout.table_sizes[found.size])
        margins = (element(side, w=str(found.margin), type="dxa") for side in ("left", "right"))
        above, rows = list(table.filled(table.head)), list(table.filled(table.rows))
        divided = division(table, [width / 20 for width in found.widths], self._layout.table_sizes[found.size])
        # Neither the first row nor the last stands alone on a page, unless that would leave too much of one empty.
        joined = [0] * (divided.is_whole or divided.first > 0) + [len(rows) - 2] * (
            divided.is_whole or divided.last > 0
        )
        made = element(
            "tbl",
            element(
                "tblPr",
                element("tblStyle", val="TableGrid"),
                element("tblW", w=str(sum(found.widths)), type="dxa"),
                element("tblInd", w=str(context.left), type="dxa"),
                element("tblLayout", type="fixed"),
                *([element("tblCellMar", *margins)] if found.margin != MARGINS[0] else []),
            ),
            element("tblGrid", *(element("gridCol", w=str(width)) for width in found.widths)),
            *(self._row(row, found, is_head=True, stays=bool(rows)) for row in above),
            *(
                self._row(row, found, stays=at in joined and len(rows) > 1, is_whole=is_whole)
                for at, (row, is_whole) in enumerate(zip(rows, divided.rows, strict=True))
            ),
        )
        # Two adjacent tables would become one.
        # A heading stays with the table below it.
        yield from (_gap(element("keepNext")), made, _gap())

    def _row(
        self, row: Sequence[Cell], across: Columns, *, stays: bool, is_head: bool = False, is_whole: bool = True
    ) -> str:
        """A row; one that ``stays`` is on the page of the next, one that ``is_whole`` on one page."""
        properties = [*([element("cantSplit")] if is_whole else []), *([element("tblHeader")] if is_head else [])]
        made = (
            self._cell(cell, sum(across.widths[at : at + cell.columns]), across, is_head=is_head, stays=stays)
            for at, cell in enumerate(row)
            if cell.covered != "left"
        )
        return element("tr", element("trPr", *properties), *made)

    def _cell(self, cell: Cell, width: int, across: Columns, *, is_head: bool, stays: bool) -> str:
        shade = self._layout.shade
        filled = [element("shd", val="clear", color="auto", fill=shade)] if is_head and shade else []
        merged = [element("gridSpan", val=str(cell.columns))] if cell.columns > 1 else []
        if cell.covered:
            merged.append(element("vMerge"))
        elif cell.rows > 1:
            merged.append(element("vMerge", val="restart"))
        properties = element("tcPr", element("tcW", w=str(width), type="dxa"), *merged, *filled)
        room = max(width - 2 * across.margin, NARROWEST)
        context = Context(width=room, style=styles.table_text(across.size), stays=stays)
        align = [element("jc", val=cell.align)] if cell.align in ("center", "right") else []
        blocks = list(self._aligned(cell.blocks, context, align, is_head=is_head))
        # The format requires a paragraph at the end of every cell.
        if not blocks or not blocks[-1].endswith("</w:p>"):
            blocks.append(self.p((), context.style, context))
        return element("tc", properties, *blocks)

    def _aligned(self, blocks: Blocks, context: Context, align: list[str], *, is_head: bool) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Paragraph):
                inlines = tuple(map(bolded, block.inlines)) if is_head else block.inlines
                yield self.p(inlines, context.style, context, indent=align)
            else:
                yield from self.block(block, context)


def _gap(*properties: str) -> str:
    return element("p", element("pPr", element("pStyle", val="Gap"), *properties))
