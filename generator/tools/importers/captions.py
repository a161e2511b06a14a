"""Pictures and the lines next to them become figures; a line that stands twice counts once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.render.documents.blocks import Block, Break, Figure, Inlines, Paragraph, Picture, Text
from generator.tools.importers.carried import with_addresses
from generator.tools.importers.date_words import folded
from generator.tools.importers.lines import pictures, words
from generator.tools.importers.manuscript import LeftOut, Piece
from generator.tools.importers.picture_rows import Row, are_sure, numbered_in, rows_of, said_of_each, targets
from generator.tools.importers.picture_tables import figures_of
from generator.tools.importers.shapes import is_caption, is_credited

_NOTHING = Piece(block=Paragraph(()), where=say("the whole file"))
_BELOW = re.compile(r"\s*(?:下图|▼|▽)")
_LISTED = re.compile(r"[(\[]?(?:图为|图片为|图中|▲|△|▼|[上下左右]图|(?:附?图|图片|照片)\s?[\d一二三四五六七八九十(\[])")
"""How captions begin that stand below each other; what only names who took the picture is none of them."""
_CREDIT = re.compile(r"\W*(?:责任编辑|责编|编辑|编审|校对|审核|审签|来源|供稿|作者|通讯员|本报记者|记者|文/|投稿)")
_SHORT = 30
"""Characters of an unmarked line that may be a caption."""


@frozen(kw_only=True)
class Offered:
    """A line that may be the caption of a picture, if a person says so."""

    at: int
    """Its number."""
    question: Message


@frozen(kw_only=True)
class Captioned:
    """The text of one draft with its figures."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    offered: tuple[Offered, ...]


class _Pair(NamedTuple):
    """A caption and its picture."""

    at: int
    piece: Piece
    place: int
    """Where the line stands."""
    picture: int
    """Where the picture stands."""
    is_sure: bool


class _Figures:
    """A text whose figures are being made."""

    def __init__(self, pieces: Sequence[tuple[int, Piece]], chosen: frozenset[int]) -> None:
        self._pieces, self._chosen = pieces, chosen
        self._above = _above(pieces)
        self._rows = [*rows_of([*_lines(pieces)])]
        self._in_rows = {at for row in self._rows for at in row.captions}
        self._apart = {at for row in self._rows if _is_to_be_parted(pieces, row) for at in row.pictures}
        self._places: dict[int, range] = {}
        """Where the blocks of each piece stand."""
        self._gone: set[int] = set()
        """The places of lines that went to pictures elsewhere."""
        self._last = ""
        """The caption that stood last; once more, it counts no second time."""
        self._waiting: Piece | None = None
        """The caption of the picture that follows."""
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.offered: list[Offered] = []
        self.loose: list[tuple[int, Piece, int]] = []
        """Captions next to no picture: their numbers, and where they stand among the blocks."""

    def take(self, position: int) -> None:
        """Takes the piece at a position."""
        at, piece = self._pieces[position]
        text = words(piece.block)
        begin = len(self.blocks)
        if position in self._apart:
            for one in pictures(piece.block):
                self._add(replace(piece, block=Paragraph((one,))))
        elif text and text == self._last:
            self.left_out.append(
                LeftOut(kind=say("a caption that stands twice"), text=with_addresses(piece.block), where=piece.where)
            )
        elif position in self._above:
            self.offered.append(Offered(at=at, question=say("is this the caption of the picture below it?")))
            if at in self._chosen:
                self._waiting = piece
            else:
                self._add(piece)
        elif position in self._in_rows:
            self._add(piece)
        elif text and self.blocks and _is_bare(self.blocks[-1]) and self._is_caption(position, text):
            self._gather(len(said_of_each(text)))
            self.caption(len(self.blocks) - 1, piece)
        else:
            if text and (piece.is_caption or is_caption(text)):
                self.loose.append((at, piece, len(self.blocks)))
            self._add(piece)
            if self._waiting is not None:
                self.caption(len(self.blocks) - 1, self._waiting)
                self._waiting = None
        self._places[position] = range(begin, len(self.blocks))

    def _gather(self, number: int) -> None:
        """Puts the last pictures together, of each of which one caption speaks: 左图为会场，右图为走访."""
        while len(pictures(self.blocks[-1])) < number and len(self.blocks) > 1 and _is_bare(self.blocks[-2]):
            first, second = self.blocks[-2:]
            self.blocks[-2:] = [Paragraph((*getattr(first, "inlines", ()), *getattr(second, "inlines", ())))]

    def _is_of_others(self, text: str) -> bool:
        """Whether a line numbers more or fewer pictures than stand right above it, and others have no caption."""
        number = numbered_in(text)
        last = sum(len(pictures(one)) for one in takewhile(_is_bare, reversed(self.blocks)))
        return number > 1 and number != last and sum(map(_is_bare, self.blocks)) > 1

    def _is_caption(self, position: int, text: str) -> bool:
        """Whether a line below a picture is its caption; one between two pictures is offered."""
        at, piece = self._pieces[position]
        if _CREDIT.match(folded(text)) and not (piece.is_caption or is_caption(text)):
            # Who edited all of it stands below its last picture.
            return at in self._chosen
        if self._is_of_others(text):
            self.offered.append(Offered(at=at, question=say("is this the caption of the picture above it?")))
            return at in self._chosen
        if _is_marked(piece, text):
            return True
        following = self._pieces[position + 1 : position + 2]
        is_sentence = text.endswith(("。", "！", "？", "…"))
        if len(text) <= _SHORT and not is_sentence and following and pictures(following[0][1].block):
            self.offered.append(Offered(at=at, question=say("is this the caption of the picture above it?")))
        return at in self._chosen

    def _add(self, piece: Piece) -> None:
        text, caption = words(piece.block), _caption(piece.block)
        self._last = caption or (text if text and _is_marked(piece, text) else "")
        if caption:
            self.left_out += _said_twice(piece, caption)
        block = piece.block
        self.blocks.append(_without_repetition(block, caption) if caption and isinstance(block, Figure) else block)

    def caption(self, place: int, piece: Piece) -> None:
        """Makes a figure of the pictures at a place, and a line."""
        self._last = words(piece.block)
        found = pictures(self.blocks[place])
        self.blocks[place] = _figure(found, self.blocks[place], piece, self._last, self.left_out)

    def finish(self) -> tuple[Block, ...]:
        """Puts the captions of rows, and those that stand together, to their pictures."""
        wanted = [*self._of_rows()]
        wanted += _gathered(self, {one.picture for one in wanted})
        for at, piece, place, picture, is_sure in wanted:
            if not is_sure:
                number = sum(len(pictures(one)) for one in self.blocks[:picture]) + 1
                question = say("is this the caption of picture {n} of this text?", n=number)
                self.offered.append(Offered(at=at, question=question))
            if is_sure or at in self._chosen:
                self.caption(picture, piece)
                self._gone.add(place)
        return tuple(one for place, one in enumerate(self.blocks) if place not in self._gone)

    def _of_rows(self) -> Iterator[_Pair]:
        """The captions of rows; those that numbers or places do not say are offered."""
        for row in self._rows:
            found = [place for position in row.pictures for place in self._places[position]]
            lines = [words(self._pieces[position][1].block) for position in row.captions]
            is_sure = row.is_together and are_sure(lines, len(found))
            for position, target in zip(row.captions, targets(lines, len(found)), strict=True):
                if target is not None:
                    yield _Pair(*self._pieces[position], self._places[position][0], found[target], is_sure)


def captioned(pieces: Sequence[tuple[int, Piece]], chosen: frozenset[int]) -> Captioned:
    """The pieces of a draft as blocks; ``chosen`` are lines that a person called captions."""
    pieces = [(at, replace(piece, block=one)) for at, piece in pieces for one in figures_of(piece.block)]
    made = _Figures(pieces, chosen)
    for position in range(len(pieces)):
        made.take(position)
    blocks = made.finish()
    return Captioned(blocks=blocks, left_out=tuple(made.left_out), offered=tuple(made.offered))


def _lines(pieces: Sequence[tuple[int, Piece]]) -> Iterator[str | int]:
    """The lines of which rows are made: captions, and numbers of pictures."""
    for _, piece in pieces:
        text = words(piece.block)
        is_listed = text and (piece.is_caption or (is_caption(text) and _LISTED.match(folded(text))))
        # One that speaks of several pictures is theirs.
        is_listed = is_listed and len(said_of_each(text)) < 2
        yield len(pictures(piece.block)) if _is_bare(piece.block) else text if is_listed else ""


def _is_to_be_parted(pieces: Sequence[tuple[int, Piece]], row: Row) -> bool:
    """Whether pictures of one paragraph have captions of their own, as many as all pictures of the row."""
    blocks = [pieces[at][1].block for at in row.pictures]
    is_plain = all(isinstance(one, Picture | Text | Break) for block in blocks for one in getattr(block, "inlines", ()))
    count = sum(len(pictures(one)) for one in blocks)
    return row.is_together and is_plain and len(blocks) < count == len(row.captions)


def _above(pieces: Sequence[tuple[int, Piece]]) -> set[int]:
    """The positions of captions that stand before their pictures: in each row of both, a caption begins it."""
    found: set[int] = set()
    row: list[int] = []
    for position, (_, piece) in enumerate([*pieces, (0, _NOTHING)]):
        text = words(piece.block)
        is_caption_line = bool(text) and (piece.is_caption or is_caption(text))
        if is_caption_line and _BELOW.match(text) and position + 1 < len(pieces):
            found |= {position} if pictures(pieces[position + 1][1].block) else set()
        if is_caption_line or _is_bare(piece.block):
            row.append(position)
            continue
        captions = [one for one in row if words(pieces[one][1].block)]
        if captions == row[::2] and len(row) == 2 * len(captions):
            found.update(captions)
        row = []
    return found


def _gathered(made: _Figures, taken: Collection[int]) -> Iterator[_Pair]:
    """Captions that stand together behind all pictures, or before them, as many as there are pictures without any."""
    bare = [place for place, one in enumerate(made.blocks) if place not in taken and _is_bare(one)]
    places = [place for _, _, place in made.loose]
    if not bare or len(bare) != len(places) or not (places[0] > bare[-1] or places[-1] < bare[0]):
        return
    found = targets([words(piece.block) for _, piece, _ in made.loose], len(bare))
    for (at, piece, place), target in zip(made.loose, found, strict=True):
        if target is not None:
            yield _Pair(at, piece, place, bare[target], is_sure=False)


def _is_bare(block: Block) -> bool:
    """Whether a block is pictures without a caption."""
    return bool(pictures(block)) and not _caption(block)


def _is_marked(piece: Piece, text: str) -> bool:
    bare = folded(text)
    return (
        piece.is_caption
        or is_caption(text)
        or is_credited(text)
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
