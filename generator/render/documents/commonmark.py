"""Writes blocks as Markdown that this program reads back as the same blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import slug
from generator.render.documents import emphasis, escaping
from generator.render.documents.blocks import (
    DEEPEST_HEADING,
    Anchor,
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    Definition,
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
from generator.render.documents.emphasis import Names
from generator.render.documents.parse import parse
from generator.render.documents.runs import plain
from generator.render.documents.walk import headings, linked, note_texts, title_first

_LANGUAGE: Final = re.compile(r"[\w+#.-]+")
_COLONS: Final = re.compile(r"^[ >]*(:{3,})", re.MULTILINE)
_ALIGNED: Final = {"left": ":--", "center": ":-:", "right": "--:"}


def markdown(html: str, *, address: Callable[[str], str]) -> str:
    """The Markdown of an article's HTML: CommonMark with tables, footnotes, definitions, tasks and ``:::{note}``.

    ``address`` gives the address to write for that of a picture or a link. It raises only what ``address`` raises.
    """
    return of_blocks(title_first(parse(html)), address=address)


def of_blocks(blocks: Blocks, *, address: Callable[[str], str]) -> str:
    """The Markdown of blocks."""
    parts = frozenset(anchor.id for heading in headings(blocks) for anchor in _anchors(heading))
    texts = note_texts(blocks)
    numbers = {key: number for number, key in enumerate(texts, 1)}
    writer = _Writer(Names(address, numbers, parts), frozenset(linked(blocks)))
    body = writer.blocks(blocks)
    found = [writer.footnote(key, text) for key, text in texts.items()]
    return "\n\n".join(filter(None, (body, *found))) + "\n"


def _anchors(heading: Heading) -> list[Anchor]:
    return [inline for inline in heading.inlines if isinstance(inline, Anchor)]


@frozen
class _Writer:
    """Writes the blocks of one article."""

    names: Names
    linked: frozenset[str]
    """The ids to which links of the article lead."""

    def blocks(self, found: Blocks) -> str:
        """Blocks with an empty line between each two."""
        out: list[str] = []
        is_other = False
        for at, block in enumerate(found):
            # Two adjacent lists would be read as one, so the second gets another kind of bullet.
            is_other = bool(at) and not is_other and _touch(found[at - 1], block)
            if written := self.block(block, is_other=is_other):
                out.append(written)
        return "\n\n".join(out)

    def block(self, block: Block, *, is_other: bool = False) -> str:
        """The lines of a block; ``is_other`` selects the alternative bullets or numbers for a list."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self.paragraph(block.inlines)
            case Listing():
                return self._list(block, is_other=is_other)
            case Definitions():
                return self._definitions(block)
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
                return _code(block)
            case Quote():
                return _prefixed(self.blocks(block.blocks), "> ", "> ")
            case Note():
                return self._note(block)
            case Rule():
                return "___"
            case Footnotes():
                # They are written at the end of the file.
                return ""

    def paragraph(self, inlines: Inlines) -> str:
        """The lines of a paragraph, which end only at line breaks of the text."""
        written = emphasis.inlines(inlines, self.names)
        return "\n".join(escaping.line(line.lstrip(" \u3000")) for line in written.split("\n"))

    def line(self, inlines: Inlines) -> str:
        """Inlines on a single line."""
        joined = tuple(Text(" ") if isinstance(inline, Break) else inline for inline in inlines)
        return emphasis.inlines(joined, self.names).strip()

    def _heading(self, heading: Heading) -> str:
        if heading.level > DEEPEST_HEADING:
            return self.paragraph(heading.inlines)
        text = re.sub(r"#+\Z", r"\\\g<0>", self.line(heading.inlines))
        wanted = [anchor.id for anchor in _anchors(heading) if anchor.id in self.linked]
        # No other parser knows ids in braces, so they are written only where a link needs them.
        own = [one for one in map(emphasis.id_of, wanted) if one != slug(plain(heading.inlines))][:1]
        return f"{'#' * heading.level} {text}{f' {{#{own[0]}}}' if own else ''}".strip()

    def _list(self, found: Listing, *, is_other: bool) -> str:
        out = []
        for number, item in enumerate(found.items, found.start or 0):
            bullet = ("*" if is_other else "-") if found.start is None else f"{number}{')' if is_other else '.'}"
            out.append(self._item(item, bullet))
        is_tight = found.is_tight and all(map(_is_short, found.items))
        return ("\n" if is_tight else "\n\n").join(out)

    def _item(self, item: Item, bullet: str) -> str:
        indent = " " * (len(bullet) + 1)
        box = "" if item.is_checked is None else "[x] " if item.is_checked else "[ ] "
        if box and not item.blocks:
            return f"{bullet} {'☑' if item.is_checked else '☐'}"
        is_short = _is_short(item) and item.blocks
        body = "\n".join(map(self.block, item.blocks)) if is_short else self.blocks(item.blocks)
        return _prefixed(box + body, f"{bullet} ", indent).rstrip()

    def _definitions(self, found: Definitions) -> str:
        """Terms with their definitions below. A term or definition without the other is written as ordinary blocks."""
        written = [(isinstance(part, Term), self._part(part)) for part in found.parts]
        parts = [(is_term, text) for is_term, text in written if text]
        out: list[str] = []
        has_term = False
        for at, (is_term, text) in enumerate(parts):
            is_followed = at + 1 < len(parts) and not parts[at + 1][0]
            has_term = is_followed if is_term else has_term
            out.append(text if is_term or not has_term else _prefixed(text, ": ", "  "))
            # A definition follows its term directly, everything else after an empty line.
            out.append("\n" if is_followed and has_term else "\n\n")
        return "".join(out).rstrip("\n")

    def _part(self, part: Term | Definition) -> str:
        return escaping.line(self.line(part.inlines)) if isinstance(part, Term) else self.blocks(part.blocks)

    def _table(self, table: Table) -> str:
        written = [self._row(row) for row in table.filled([*(table.head or ((),)), *table.rows])]
        first = next(table.filled(table.head or table.rows))
        rule = f"| {' | '.join(_ALIGNED.get(cell.align, '---') for cell in first)} |"
        return "\n".join((written[0], rule, *written[1:]))

    def _row(self, row: Sequence[Cell]) -> str:
        return f"| {' | '.join(map(self._cell, row))} |"

    def _cell(self, cell: Cell) -> str:
        lines = [self.line(one) for block in cell.blocks for one in _lines(block)]
        return " ".join(filter(None, lines)).replace("|", "\\|")

    def _figure(self, figure: Figure) -> str:
        """A figure: a picture with its caption as title if the caption is plain text; else separate paragraphs."""
        pictures = [inline for inline in figure.inlines if isinstance(inline, Picture)]
        others = [inline for inline in figure.inlines if not isinstance(inline, Picture | Anchor)]
        caption = _title(figure.caption) if len(pictures) == 1 and not others else ""
        if not caption:
            return self.blocks((Paragraph(figure.inlines), *figure.caption))
        found = pictures[0]
        written = emphasis.picture(found.alt, self.names.address(found.src), caption)
        link = found.style.link
        return f"[{written}]({escaping.destination(self.names.address(link))})" if link else written

    def _note(self, note: Note) -> str:
        body, title = self.blocks(note.blocks), self.line(note.title)
        if not title:
            # When read back, a box without a title would be given one.
            return _prefixed(body, "> ", "> ")
        colons = max([2, *(len(found) for found in _COLONS.findall(body))]) + 1
        return f"{':' * colons}{{{note.kind}}} {title}\n\n{body}\n{':' * colons}"

    def footnote(self, key: str, blocks: Blocks) -> str:
        """The text of a footnote."""
        return _prefixed(self.blocks(blocks), f"[^{self.names.notes[key]}]: ", "    ")


def _touch(before: Block, block: Block) -> bool:
    """Whether two blocks are lists that would be read as one."""
    if not isinstance(before, Listing) or not isinstance(block, Listing):
        return False
    return (before.start is None) == (block.start is None)


def _is_short(item: Item) -> bool:
    """Whether an item is one paragraph, perhaps with one list that may follow it without an empty line."""
    match item.blocks:
        case ():
            return True
        case (Paragraph(), *others) if len(others) <= 1:
            return all(
                isinstance(one, Listing) and one.items and one.start in (None, 1) and one.items[0].blocks
                for one in others
            )
        case _:
            return False


def _lines(block: Block) -> Iterator[Inlines]:
    """The inlines of a block in a table cell, which can hold text only."""
    match block:
        case Paragraph() | Heading() | Term():
            yield block.inlines
        case Figure():
            yield block.inlines
            yield from (line for one in block.caption for line in _lines(one))
        case Code():
            yield (Text(block.text),)
        case Note():
            yield block.title
            yield from (line for one in block.blocks for line in _lines(one))
        case Quote() | Definition() | Item():
            yield from (line for one in block.blocks for line in _lines(one))
        case _:
            yield from ()


def _title(caption: Blocks) -> str:
    """A caption as a picture's title, which has no markup; empty if markup would be lost."""
    match caption:
        case (Paragraph(inlines=inlines),) if all(_is_plain(inline) for inline in inlines):
            return plain(inlines)
        case _:
            return ""


def _is_plain(inline: object) -> bool:
    return isinstance(inline, Anchor) or (isinstance(inline, Text) and not inline.style.link and not inline.style.code)


def _code(code: Code) -> str:
    fence = escaping.fence(code.text, 3)
    language = code.language if _LANGUAGE.fullmatch(code.language) else ""
    return f"{fence}{language}\n{code.text}\n{fence}" if code.text else f"{fence}{language}\n{fence}"


def _prefixed(text: str, first: str, others: str) -> str:
    """The text with ``first`` before its first line and ``others`` before each further line."""
    lines = text.split("\n")
    rest = [f"{others}{line}" if line else others.rstrip() for line in lines[1:]]
    return "\n".join([first + lines[0] if lines[0] else first.rstrip(), *rest])
