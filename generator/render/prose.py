"""Prose → HTML: every hole filled as the page at hand sees it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from generator.model.components import Body, Resolved
from generator.model.prose import (
    IdHole,
    ImageHole,
    LabelHole,
    LevelHole,
    LinkHole,
    PartHole,
    Prose,
)

Address = Callable[[Resolved], str]
"""How a page writes the address of what a reference leads to."""


Draw = Callable[[ImageHole, Resolved], str]
"""How a page shows a picture of the text."""


Label = Callable[[str], str]
"""How the interface calls a kind of admonition."""

Proses = Callable[[str], Prose]
"""Fetches the prose of the file at a path."""


def html(
    body: Body, prose: Prose, address: Address, label: Label, draw: Draw, *, top: int = 2, within: str = ""
) -> str:
    """The prose of ``body`` as HTML. ``top`` is the level that its uppermost headings get, 1 to 6.

    Where a page shows several proses, ``within`` names the one, and all its ids begin with it.
    """
    own = f"{within}/" if within else ""
    shift = top - min((heading.level for heading in prose.headings), default=top)
    links = iter(body.links)
    out: list[str] = []
    for piece in prose.pieces:
        match piece:
            case str():
                out.append(piece)
            case LevelHole():
                out.append(str(min(6, piece.level + shift)))
            case PartHole():
                out.append(escape(address(Resolved("", part=own + piece.id))))
            case IdHole():
                out.append(escape(own + piece.id))
            case LabelHole():
                out.append(escape(label(piece.key)))
            case LinkHole():
                found = next(links)
                if own and not found.url and found.part:
                    found = Resolved("", part=own + found.part)
                out.append(escape(address(found)))
            case ImageHole():
                found = next(links)
                out.append(draw(piece, found))
            case _:
                found = next(links)
                shown = escape(piece.text or found.name)
                out.append(f'<a href="{escape(address(found))}">{shown}</a>' if found.url else shown)
    return "".join(out)
