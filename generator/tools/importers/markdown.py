"""Reads Markdown by our own parser, so that its blocks come back the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Final

from generator.ground.messages import say
from generator.model.prose import IdHole, ImageHole, LabelHole, LevelHole, LinkHole, PartHole, Prose
from generator.read.markdown import parse as parse_markdown
from generator.render.documents.parse import parse
from generator.tools.importers.manuscript import LeftOut, Picture, Piece
from generator.tools.importers.pictures import picture_of
from generator.tools.importers.web import apart

_FRONT: Final = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(
    text: str, beside: Callable[[str], bytes | None]
) -> tuple[tuple[Piece, ...], dict[str, Picture], tuple[LeftOut, ...]]:
    """The pieces, the pictures, and the front matter of another program, which is left out."""
    front = _FRONT.match(text)
    left = LeftOut(kind=say("front matter"), text=front[1], where=say("line {line}", line=1)) if front else None
    prose = parse_markdown(text[front.end() :] if front else text, path="").prose
    pictures: dict[str, Picture] = {}
    html = "".join(_html(prose, pictures, beside))
    pieces = tuple(
        Piece(block=block, where=say("paragraph {number}", number=number), is_caption=is_caption)
        for number, (block, is_caption) in enumerate(apart(parse(html)), 1)
    )
    return pieces, pictures, (left,) if left else ()


def _html(prose: Prose, pictures: dict[str, Picture], beside: Callable[[str], bytes | None]) -> Iterator[str]:
    for piece in prose.pieces:
        match piece:
            case str():
                yield piece
            case LevelHole():
                yield str(piece.level)
            case PartHole():
                yield f"#{escape(piece.id)}"
            case IdHole():
                yield escape(piece.id)
            case LabelHole():
                yield escape(piece.key)
            case LinkHole():
                yield escape(piece.href)
            case ImageHole():
                key = f"picture{len(pictures) + 1}"
                pictures[key] = picture_of(piece.src, beside(piece.src))
                yield f'<img src="{key}" alt="{escape(piece.alt)}">'
            case _:
                yield escape(piece.text or "")
