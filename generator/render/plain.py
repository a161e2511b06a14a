"""Extracts the plain text of a prose for the search: no markup, one line for each block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.model.components import Body
from generator.model.prose import ImageHole, LabelHole, LinkHole, Prose, RoleHole
from generator.render.prose import Label

_INLINE = re.compile("</?(?:a|abbr|b|code|del|em|i|img|input|ins|kbd|mark|s|small|span|strong|sub|sup|u)(?: [^>]*)?>")
"""Inline tags, which do not separate words."""
_BLOCK = re.compile("<[^>]*>\n?")
_BACK = "↩\ufe0e"
"""The sign of the link back from a footnote."""
_SPACES = re.compile(r"[^\S\n]+")


def words(body: Body, prose: Prose, label: Label) -> str:
    """The text of ``prose`` as a page shows it or reads it out: with all names, a line for each block and figure."""
    html = "".join(_shown(body, prose, label))
    # A line end within a block is shown as a space. Between blocks, tags are replaced by NUL, a line end here.
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
            case LinkHole():
                next(links)
            case ImageHole():
                next(links)
                yield f"<p>{_escaped(piece.alt)}</p>" if piece.is_figure else _escaped(f" {piece.alt} ")
            case RoleHole():
                found = next(links)
                yield _escaped(piece.text or found.name)
            case _:
                # Levels, ids and addresses are parts of tags.
                pass


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
