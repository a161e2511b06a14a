"""The blocks of a draft, ready to be written: pictures named, headings below the title, notes where they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.read.pictures import ENDINGS, MOST_BYTES, kind_of
from generator.render.documents.blocks import (
    Block,
    Blocks,
    Cell,
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
    Picture,
    Quote,
    Reference,
    Table,
    Term,
)
from generator.render.documents.runs import plain
from generator.render.documents.walk import every, headings, texts
from generator.tools.importers import manuscript
from generator.tools.importers.carried import with_addresses
from generator.tools.importers.picture_rows import said_of_each

_TOP: Final = 2
"""The level of the highest heading of a text: level 1 is the title."""


@frozen(kw_only=True)
class Settled:
    """A draft's text with its pictures."""

    blocks: Blocks
    pictures: Mapping[str, manuscript.Picture]
    """By the name that each gets."""
    gaps: tuple[str, ...]
    """What the source calls pictures that it does not hold, or that no page can show."""


def settled(blocks: Blocks, whole: manuscript.Manuscript, day: str, numbers: Counter[str]) -> Settled:
    """The blocks as they are written. ``numbers`` counts the pictures of each day, through all drafts of a file."""
    own, known = with_notes(blocks, whole)
    found: dict[str, manuscript.Picture] = {}
    names: dict[str, str] = {}
    gaps: list[str] = []

    def inlines(line: Inlines) -> Inlines:
        out: list[Inline] = []
        for one in line:
            if not isinstance(one, Picture):
                out.append(one)
                continue
            picture = whole.pictures.get(one.src)
            if picture is None or not _can_be_shown(picture):
                gaps.append(_name(one, whole))
                continue
            if one.src not in names:
                numbers[day] += 1
                names[one.src] = f"{day}-{numbers[day]}{picture.ending.lower()}"
                found[names[one.src]] = picture
            out.append(replace(one, src=names[one.src]))
        return tuple(out)

    top = min((heading.level for heading in headings(own)), default=_TOP)
    body = tuple(_mapped(block, inlines, _TOP - top) for block in own)
    body = tuple(map(_described, _uncaptioned(body)))
    if known:
        body = (*body, Footnotes(known))
    return Settled(blocks=body, pictures=found, gaps=tuple(gaps))


def with_notes(blocks: Blocks, whole: manuscript.Manuscript) -> tuple[Blocks, tuple[Footnote, ...]]:
    """The blocks without the notes that stand among them, and those that they call, wherever they stand."""
    own = tuple(block for block in blocks if not isinstance(block, Footnotes))
    called = dict.fromkeys(
        one.note for block in every(own) for line in texts(block) for one in line if isinstance(one, Reference)
    )
    if not called:
        # A whole diary is not looked through for each of its days.
        return own, ()
    notes = {note.key: note for piece in whole.pieces for note in _notes((piece.block,))}
    return own, tuple(notes[key] for key in called if key in notes)


def uncalled(blocks: Blocks, whole: manuscript.Manuscript) -> Iterator[manuscript.LeftOut]:
    """The notes that nothing in the blocks calls: what called them is no part of any text."""
    called = {note.key for note in with_notes(blocks, whole)[1]}
    for piece in whole.pieces:
        for note in _notes((piece.block,)):
            if note.key not in called:
                kind = say("a note to which nothing refers")
                yield manuscript.LeftOut(kind=kind, text=with_addresses(*note.blocks), where=piece.where)


def undescribed(blocks: Blocks, whole: manuscript.Manuscript) -> Iterator[manuscript.LeftOut]:
    """The alternative texts of pictures that the source does not hold, or that no page can show."""
    body, notes = with_notes(blocks, whole)
    inner = (*body, *(block for note in notes for block in note.blocks))
    for one in (inline for block in every(inner) for line in texts(block) for inline in line):
        if isinstance(one, Picture) and one.alt.strip():
            picture = whole.pictures.get(one.src)
            if picture is None or not _can_be_shown(picture):
                kind = say("what is said of a picture that is missing")
                where = say("the picture {name}", name=_name(one, whole))
                yield manuscript.LeftOut(kind=kind, text=one.alt, where=where)


def _name(one: Picture, whole: manuscript.Manuscript) -> str:
    picture = whole.pictures.get(one.src)
    return picture.name if picture else one.src


def _can_be_shown(picture: manuscript.Picture) -> bool:
    """Whether a site publishes such a picture."""
    if picture.body is None or len(picture.body) > MOST_BYTES or picture.ending.lower() not in ENDINGS:
        return False
    try:
        kind_of(picture.body)
    except Fault:
        return False
    return True


def _notes(blocks: Blocks) -> Iterator[Footnote]:
    for block in every(blocks):
        if isinstance(block, Footnotes):
            yield from block.notes


def _uncaptioned(blocks: Blocks) -> Iterator[Block]:
    """Figures whose pictures are missing as their captions alone; no empty paragraphs."""
    for block in blocks:
        if isinstance(block, Figure) and not any(isinstance(one, Picture) for one in block.inlines):
            if block.inlines:
                yield Paragraph(block.inlines)
            yield from block.caption
        elif not isinstance(block, Paragraph) or block.inlines:
            yield block


def _described(block: Block) -> Block:
    """Pictures with a caption and no alternative text take their part of it as one: who does not see them hears it."""
    if not isinstance(block, Figure):
        return block
    said = " ".join(plain(line) for one in every(block.caption) for line in texts(one))
    found = [one for one in block.inlines if isinstance(one, Picture)]
    parts = iter([said] if len(found) == 1 == len(block.inlines) else said_of_each(said))
    own = {id(one): replace(one, alt=one.alt or said) for one, said in zip(found, parts, strict=False)}
    return replace(block, inlines=tuple(own.get(id(one), one) for one in block.inlines))


def _mapped(block: Block, change: Callable[[Inlines], Inlines], shift: int) -> Block:
    """A block with its inlines changed, and its headings moved to other levels."""

    def inner(blocks: Blocks) -> Blocks:
        return tuple(_mapped(one, change, shift) for one in blocks)

    match block:
        case Heading():
            return Heading(min(6, block.level + shift), change(block.inlines))
        case Paragraph():
            return replace(block, inlines=change(block.inlines))
        case Figure():
            return Figure(change(block.inlines), inner(block.caption))
        case _:
            return _mapped_around(block, change, inner)


def _mapped_around(block: Block, change: Callable[[Inlines], Inlines], inner: Callable[[Blocks], Blocks]) -> Block:
    """A block that holds others, with those changed."""

    def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(replace(cell, blocks=inner(cell.blocks)) for cell in cells)

    match block:
        case Quote():
            return Quote(inner(block.blocks))
        case Note():
            return replace(block, title=change(block.title), blocks=inner(block.blocks))
        case Listing():
            items = tuple(Item(inner(one.blocks), one.is_checked) for one in block.items)
            return replace(block, items=items)
        case Table():
            return replace(block, head=tuple(map(row, block.head)), rows=tuple(map(row, block.rows)))
        case Definitions():
            parts: list[Term | Definition] = [
                Term(change(one.inlines)) if isinstance(one, Term) else Definition(inner(one.blocks))
                for one in block.parts
            ]
            return Definitions(tuple(parts))
        case _:
            return block
