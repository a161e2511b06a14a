"""Walks the blocks of an article: finds its footnotes, headings and internal links."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render.documents.blocks import (
    Block,
    Blocks,
    Definition,
    Definitions,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inlines,
    Landscape,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Table,
    Term,
    Text,
)


def title_first(blocks: Blocks) -> Blocks:
    """The blocks, with a line that stands above the article's title below it."""
    match blocks:
        case (Paragraph(role="dateline") as above, Heading(level=1) as title, *rest):
            return (title, above, *rest)
        case _:
            return blocks


def every(blocks: Blocks) -> Iterator[Block]:
    """Each block and the blocks in it, in the order of the text."""
    for block in blocks:
        yield block
        for inner in inside(block):
            yield from every(inner)


def inside(block: Block) -> Iterator[Blocks]:
    """The groups of blocks that are directly inside a block."""
    match block:
        case Listing():
            yield from (item.blocks for item in block.items)
        case Definitions():
            yield from (part.blocks for part in block.parts if isinstance(part, Definition))
        case Table():
            yield from (cell.blocks for row in (*block.head, *block.rows) for cell in row)
        case Quote() | Note() | Landscape():
            yield block.blocks
        case Figure():
            yield block.caption
        case Footnotes():
            yield from (note.blocks for note in block.notes)
        case _:
            pass


def first_text(blocks: Blocks) -> tuple[Paragraph, Blocks]:
    """The text next to an item's bullet or number, an empty paragraph for none, and the blocks below it."""
    match blocks:
        case (Paragraph() as first, *rest):
            return first, tuple(rest)
        case _:
            return Paragraph(()), blocks


def texts(block: Block) -> Iterator[Inlines]:
    """The inlines of a block itself, without those of the blocks in it."""
    match block:
        case Heading() | Paragraph() | Figure():
            yield block.inlines
        case Note():
            yield block.title
        case Definitions():
            yield from (part.inlines for part in block.parts if isinstance(part, Term))
        case _:
            pass


def notes(blocks: Blocks) -> Iterator[Footnote]:
    """Every footnote."""
    for block in every(blocks):
        if isinstance(block, Footnotes):
            yield from block.notes


def note_texts(blocks: Blocks) -> dict[str, Blocks]:
    """The texts of the footnotes by their keys; of several with one key, one after the other."""
    found: dict[str, Blocks] = {}
    for note in notes(blocks):
        found[note.key] = (*found.get(note.key, ()), *note.blocks)
    return found


def headings(blocks: Blocks) -> Iterator[Heading]:
    """Every heading."""
    return (block for block in every(blocks) if isinstance(block, Heading))


def linked(blocks: Blocks) -> Iterator[str]:
    """The ids within the article to which its links lead."""
    for block in every(blocks):
        for inlines in texts(block):
            for inline in inlines:
                if isinstance(inline, Text | Picture) and inline.style.link.startswith("#"):
                    yield inline.style.link[1:]
