"""Pictures and the lines next to them become figures; a line that stands twice counts once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.render.documents.blocks import Block, Figure, Inlines, Paragraph, Picture
from generator.tools.importers.cutting import is_caption
from generator.tools.importers.date_words import folded
from generator.tools.importers.lines import pictures, words
from generator.tools.importers.manuscript import LeftOut, Piece

_SHORT = 30
"""Characters of an unmarked line that may be a caption."""


@frozen(kw_only=True)
class Captioned:
    """The text of one draft with its figures."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    offered: tuple[int, ...]
    """The numbers of lines that may be captions of the picture before them."""


def captioned(pieces: Sequence[tuple[int, Piece]], chosen: frozenset[int]) -> Captioned:
    """The pieces of a draft as blocks; ``chosen`` are lines that a person called the caption of the picture above."""
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    offered: list[int] = []
    last = ""
    for position, (at, piece) in enumerate(pieces):
        text = words(piece.block)
        if text and text == last:
            left_out.append(LeftOut(kind=say("a caption that stands twice"), text=text, where=piece.where))
            continue
        last = ""
        above = blocks[-1] if blocks else None
        found = pictures(above) if above else ()
        if text and found and not _caption(above) and (_is_marked(piece, text) or at in chosen):
            blocks[-1] = _figure(found, above, piece, text, left_out)
            last = text
            continue
        if text and _is_marked(piece, text):
            last = text
        elif (
            text
            and len(text) <= _SHORT
            and found
            and position + 1 < len(pieces)
            and pictures(pieces[position + 1][1].block)
        ):
            offered.append(at)
        if isinstance(piece.block, Figure) and piece.block.caption:
            last = _caption(piece.block)
            left_out += _said_twice(piece, last)
            blocks.append(_without_repetition(piece.block, last))
        else:
            blocks.append(piece.block)
    return Captioned(blocks=tuple(blocks), left_out=tuple(left_out), offered=tuple(offered))


def _is_marked(piece: Piece, text: str) -> bool:
    bare = folded(text)
    return (
        piece.is_caption
        or is_caption(text)
        or (bare[:1] == "(" and bare.rstrip("。.")[-1:] == ")" and bare.count("(") == 1)
    )


def _caption(block: Block | None) -> str:
    if not isinstance(block, Figure):
        return ""
    return " ".join(filter(None, (words(one) for one in block.caption)))


def _figure(
    found: tuple[Picture, ...], above: Block | None, piece: Piece, text: str, left_out: list[LeftOut]
) -> Figure:
    inlines: Inlines = above.inlines if isinstance(above, Paragraph | Figure) else found
    block = piece.block
    figure = Figure(inlines, (Paragraph(block.inlines) if isinstance(block, Paragraph) else block,))
    left_out += _said_twice(Piece(block=figure, where=piece.where), text)
    return _without_repetition(figure, text)


def _said_twice(piece: Piece, text: str) -> Iterator[LeftOut]:
    """The alternative texts of a figure that only repeat its caption."""
    block = piece.block
    if isinstance(block, Figure):
        for one in block.inlines:
            if isinstance(one, Picture) and one.alt and one.alt == text:
                yield LeftOut(kind=say("a caption that stands twice"), text=one.alt, where=piece.where)


def _without_repetition(figure: Figure, text: str) -> Figure:
    """The figure without alternative texts that only repeat its caption."""
    kept = tuple(
        replace(one, alt="") if isinstance(one, Picture) and one.alt == text else one for one in figure.inlines
    )
    return Figure(kept, figure.caption)
