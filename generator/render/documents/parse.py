"""Parses the HTML of articles into blocks. For unknown elements, their contents are parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from generator.render.documents.blocks import (
    Anchor,
    Block,
    Blocks,
    Box,
    Break,
    Cell,
    Code,
    Definition,
    Definitions,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Item,
    Listing,
    Note,
    Paragraph,
    Quote,
    Rule,
    Style,
    Table,
    Term,
    Text,
)
from generator.render.documents.runs import runs, shown, trimmed
from generator.render.documents.tree import Element, tree

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS: Final = frozenset(
    ("div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "details", "summary")
)
ROLES: Final = (
    "standfirst",
    "byline",
    "dateline",
    "chapter-facts",
    "attachment",
    "signature",
    "publisher",
    "issued",
    "compiled",
    "correction",
)
_PLAIN: Final = Style()
_WIDEST: Final = 63
"""The columns of the widest table that Word takes."""


def parse(html: str) -> Blocks:
    """The blocks of a piece of HTML. It never raises."""
    return _Parser().blocks(tree(html), _PLAIN)


class _Parser:
    """The state while one article is parsed."""

    def __init__(self) -> None:
        self._sections = 0
        """How many lists of footnotes have ended. It tells apart the footnotes of several entries with the same ids."""
        self._anchors: list[Anchor] = []
        """Anchors of elements that have had no text yet."""

    def key(self, part: str) -> str:
        """The key, unique in the article, of the footnote with the id ``part``."""
        return f"{self._sections} {part}"

    def blocks(self, element: Element, style: Style) -> Blocks:
        """The contents of an element as blocks."""
        style = inherited(element, style)
        return tuple(self._flow(element, style))

    def _flow(self, element: Element, style: Style) -> Iterator[Block]:
        waiting: list[Inline] = []
        for child in element.children:
            if isinstance(child, str) or not _is_block(child):
                waiting.extend(self.inlines([child], style))
                continue
            yield from self._paragraph(waiting, style)
            waiting.clear()
            if shown(child):
                self.note_anchor(child)
                yield from _BLOCKS.get(child.tag, _container)(self, child, inherited(child, style))
        yield from self._paragraph(waiting, style)

    def _paragraph(self, waiting: list[Inline], style: Style) -> Iterator[Block]:
        if inlines := trimmed(waiting):
            yield Paragraph(self.anchored(inlines), language=style.language)

    def note_anchor(self, element: Element) -> None:
        """Keeps the id of an element as an anchor for the text that follows."""
        if part := element.attributes.get("id"):
            self._anchors.append(Anchor(part))

    def inlines(self, children: list[Element | str], style: Style) -> Iterator[Inline]:
        """The inlines of elements and text."""
        return runs(children, style, self.key)

    def line(self, element: Element, style: Style) -> Inlines:
        """The contents of an element without blocks, behind pending anchors."""
        return self.anchored(trimmed(list(self.inlines(element.children, style))))

    def anchored(self, inlines: Inlines) -> Inlines:
        """The inlines behind the pending anchors."""
        found = (*self._anchors, *inlines)
        self._anchors.clear()
        return found

    def footnotes(self, items: list[Element], style: Style) -> Footnotes:
        """The footnotes at the end of a text."""
        notes = []
        for item in items:
            key = self.key(item.attributes.get("id", ""))
            notes.append(Footnote(key, self.blocks(item, style)))
        self._sections += 1
        return Footnotes(tuple(notes))


def inherited(element: Element, style: Style) -> Style:
    """The style for the contents of an element, from its ``lang``."""
    language = element.attributes.get("lang")
    return replace(style, language=language) if language else style


def _is_block(element: Element) -> bool:
    if element.tag in _BLOCKS:
        return True
    return any(_is_block(child) for child in element.elements)


def _container(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    if "admonition" in element.classes or element.tag == "aside":
        yield from _note(parser, element, style)
    elif "footnotes" in element.classes:
        lists = [child for child in element.elements if child.tag == "ol"]
        yield from parser.blocks(replaced(element, [one for one in element.children if one not in lists]), style)
        yield parser.footnotes([item for one in lists for item in one.elements if item.tag == "li"], style)
    else:
        yield from parser.blocks(element, style)


def replaced(element: Element, children: list[Element | str]) -> Element:
    """The element with other children."""
    return Element(element.tag, element.attributes, children)


def _note(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    titles = [child for child in element.elements if "admonition-title" in child.classes][:1]
    if not titles:
        yield Quote(parser.blocks(element, style))
        return
    kinds = [name for name in element.classes if name in KINDS]
    title = parser.line(titles[0], inherited(titles[0], style))
    rest = [child for child in element.children if child is not titles[0]]
    yield Note((kinds or ["admonition"])[0], title, parser.blocks(replaced(element, rest), style))


KINDS: Final = ("note", "tip", "important", "warning", "caution", "attention", "danger", "error", "hint", "seealso")
"""The kinds of admonitions."""


def _heading(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    yield Heading(_HEADINGS[element.tag], parser.line(element, style))


def _p(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    if any(_is_block(child) for child in element.elements):
        yield from parser.blocks(element, style)
    elif inlines := parser.line(element, style):
        level = element.attributes.get("aria-level", "")
        if element.attributes.get("role") == "heading" and level.isascii() and level.isdecimal():
            yield Heading(max(1, int(level[:2])), inlines)
            return
        role = next((name for name in ROLES if name in element.classes), "")
        yield Paragraph(inlines, role, style.language)


def _list(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    is_numbered = element.tag == "ol" and "steps" not in element.classes
    start = element.attributes.get("start", "1")
    found = list(_items(element))
    yield Listing(
        tuple(_item(parser, item, inherited(item, style)) for item in found),
        (int(start) if start.isdecimal() else 1) if is_numbered else None,
        is_tight=not any(child.tag == "p" for item in found for child in item.elements),
    )


def _items(element: Element) -> Iterator[Element]:
    """The items of a list. Anything else between them is treated as an item."""
    for child in element.children:
        if isinstance(child, Element):
            yield child if child.tag == "li" else Element("li", {}, [child])
        elif child.strip():
            yield Element("li", {}, [child])


def _item(parser: _Parser, item: Element, style: Style) -> Item:
    parser.note_anchor(item)
    blocks = parser.blocks(item, style)
    match blocks:
        case (Paragraph(inlines=(Box(is_checked=is_checked), *rest)) as first, *others):
            inlines = trimmed(rest)
            return Item((*([replace(first, inlines=inlines)] if inlines else []), *others), is_checked)
        case _:
            return Item(blocks)


def _definitions(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    yield Definitions(tuple(_parts(parser, element, style)))


def _parts(parser: _Parser, element: Element, style: Style) -> Iterator[Term | Definition]:
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                yield Definition(parser.blocks(Element("dd", {}, [child]), style))
        elif child.tag == "dt":
            yield Term(parser.line(child, inherited(child, style)))
        elif child.tag == "div":
            yield from _parts(parser, child, inherited(child, style))
        else:
            yield Definition(parser.blocks(child if child.tag == "dd" else Element("dd", {}, [child]), style))


def _table(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    head: list[list[Cell]] = []
    rows: list[list[Cell]] = []
    for row, is_in_head in _rows(element, is_head=False):
        cells = [cell for cell in row.elements if cell.tag in ("th", "td")]
        is_head = is_in_head or (bool(cells) and all(cell.tag == "th" for cell in cells))
        made = [_cell(parser, cell, style) for cell in cells]
        (head if is_head and not rows else rows).append(made)
    for child in element.elements:
        if child.tag == "caption":
            yield from parser.blocks(child, style)
    if head or rows:
        yield Table(tuple(_places(head)), tuple(_places(rows)))


def _rows(element: Element, *, is_head: bool) -> Iterator[tuple[Element, bool]]:
    for child in element.elements:
        if child.tag == "tr":
            yield child, is_head
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, is_head=child.tag == "thead")


def _cell(parser: _Parser, cell: Element, style: Style) -> Cell:
    aligns = [name.removeprefix("align-") for name in cell.classes if name.startswith("align-")]
    columns, rows = (_span(cell.attributes.get(name, "")) for name in ("colspan", "rowspan"))
    blocks = parser.blocks(cell, style)
    if cell.tag == "th":
        blocks = tuple(_with_unit(one) if isinstance(one, Paragraph) else one for one in blocks)
    return Cell(blocks, (aligns or [""])[0], columns, rows)


def _with_unit(head: Paragraph) -> Paragraph:
    """A head with its unit, 走访（次）, in one line, which is broken there again where a column has no room for it."""
    match head.inlines:
        case (Text(name, style), Break(), Text(unit, other)) if style == other and unit.startswith(("（", "(")):
            between = "" if unit.startswith("（") else " "
            return replace(head, inlines=(Text(name + between + unit, style),))
        case _:
            return head


def _span(number: str) -> int:
    return min(int(number), _WIDEST) if number.isdecimal() and number.isascii() and int(number[:4]) > 1 else 1


def _places(rows: list[list[Cell]]) -> Iterator[tuple[Cell, ...]]:
    """The rows with all their places, those that a wider or a higher cell takes among them."""
    below: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        places: list[Cell] = []
        given = iter(row)
        while cell := _next(len(places), given, below):
            at, rest = len(places), len(rows) - number
            places += (replace(cell, rows=min(cell.rows, rest)), *[Cell((), covered="left")] * (cell.columns - 1))
            for covered in range(at, len(places)):
                below.pop(covered, None)
            if cell.rows > 1 and rest > 1:
                below[at] = cell.rows - 1, cell.columns
        yield tuple(places)


def _next(at: int, given: Iterator[Cell], below: Mapping[int, tuple[int, int]]) -> Cell | None:
    """The cell at a place: what comes down from above, else the next of the row; None at the row's end."""
    if at in below:
        rows, columns = below[at]
        return Cell((), columns=columns, rows=rows, covered="above")
    # A row that is too short may have cells from above behind its end.
    return next(given, Cell(()) if any(column > at for column in below) else None)


def _quote(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    yield Quote(parser.blocks(element, style))


def _code(_parser: _Parser, element: Element, _style: Style) -> Iterator[Block]:
    names = [name for child in element.elements for name in child.classes if name.startswith("language-")]
    yield Code(element.text.removesuffix("\n"), names[0].removeprefix("language-") if names else "")


def _figure(parser: _Parser, element: Element, style: Style) -> Iterator[Block]:
    captions = [child for child in element.elements if child.tag == "figcaption"]
    rest = [child for child in element.children if child not in captions]
    if any(isinstance(child, Element) and _is_block(child) for child in rest):
        yield from parser.blocks(replaced(element, rest), style)
        rest = []
    inlines = parser.anchored(trimmed(list(parser.inlines(rest, style))))
    caption = tuple(block for one in captions for block in parser.blocks(one, style))
    yield Figure(inlines, caption)


def _rule(_parser: _Parser, _element: Element, _style: Style) -> Iterator[Block]:
    yield Rule()


_BLOCKS: Final[Mapping[str, Callable[[_Parser, Element, Style], Iterator[Block]]]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    "p": _p,
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "table": _table,
    "blockquote": _quote,
    "pre": _code,
    "figure": _figure,
    "hr": _rule,
    **dict.fromkeys(_CONTAINERS, _container),
}
