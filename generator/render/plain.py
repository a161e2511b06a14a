"""Prose → its words, as a reader sees them on the page: no markup, and a line for each block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.model.components import Body
from generator.model.prose import ImageHole, LabelHole, LinkHole, Prose, RoleHole
from generator.render.prose import Label

_INLINE = re.compile("</?(?:a|abbr|b|code|del|em|i|img|input|ins|kbd|mark|s|small|span|strong|sub|sup|u)(?: [^>]*)?>")
"""Tags within a line: words go on through them."""
_BLOCK = re.compile("<[^>]*>\n?")
_BACK = "↩\ufe0e"
"""The way back from a footnote."""
_SPACES = re.compile(r"[^\S\n]+")


def words(body: Body, prose: Prose, label: Label) -> str:
    """The words of ``prose`` with all names in it as the page shows them, a line a block."""
    html = "".join(_shown(body, prose, label))
    # A line end within a block is a space to a reader; one that stands alone is between two blocks.
    text = _BLOCK.sub("\0", _INLINE.sub("", html)).replace(_BACK, "").replace("\n", " ")
    text = _SPACES.sub(" ", unescape(text)) if "&" in text or "  " in text else text
    return "\n".join([line for part in text.split("\0") if (line := part.strip())])


def _shown(body: Body, prose: Prose, label: Label) -> Iterator[str]:
    links = iter(body.links)
    for piece in prose.pieces:
        match piece:
            case str():
                yield piece
            case LabelHole():
                yield _escaped(label(piece.key))
            case LinkHole() | ImageHole():
                next(links)
            case RoleHole():
                found = next(links)
                yield _escaped(piece.text or found.name)
            case _:
                # Levels, ids and addresses stand in tags.
                pass


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
