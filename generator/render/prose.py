"""Renders prose as HTML: fills its holes (links, pictures, names, ids) for one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final

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

_DEEPEST: Final = 6
_DEEP: Final = re.compile(r"<h([7-9]|1\d)((?: [^<>]*)?)>(.*?)</h\1>", re.DOTALL)

Address = Callable[[Resolved], str]
"""Gives the link to what a reference leads to, as a page has to write it."""


Draw = Callable[[ImageHole, Resolved], str]
"""Gives the HTML of a picture in the text."""


Label = Callable[[str], str]
"""Gives the interface's title for a kind of admonition."""

Proses = Callable[[str], Prose]
"""Fetches the prose of the file at a path."""


def html(
    body: Body, prose: Prose, address: Address, label: Label, draw: Draw, *, top: int = 2, within: str = ""
) -> str:
    """The prose of ``body`` as HTML. ``top`` is the level, 1 to 6, of its highest headings.

    On a page with several proses, ``within`` is a different prefix for the ids of each; else it is empty.
    """
    own = f"{within}/" if within else ""
    shift = top - min((heading.level for heading in prose.headings), default=top)
    links = iter(body.links)
    out: list[str] = []
    is_deep = False
    for piece in prose.pieces:
        match piece:
            case str():
                out.append(piece)
            case LevelHole():
                out.append(str(piece.level + shift))
                is_deep = is_deep or piece.level + shift > _DEEPEST
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
                # What follows closes the attribute that is open here.
                facts = f'" data-file="{escape(found.facts)}' if found.facts else ""
                out.append(escape(address(found)) + facts)
            case ImageHole():
                found = next(links)
                # Without its file, which is a problem, the page is only looked through.
                out.append(draw(piece, found) if found.picture else escape(piece.alt))
            case _:
                found = next(links)
                shown = escape(piece.text or found.name)
                out.append(f'<a href="{escape(address(found))}">{shown}</a>' if found.url else shown)
    written = "".join(out)
    return _DEEP.sub(_bold_line, written) if is_deep else written


def _bold_line(heading: re.Match[str]) -> str:
    """A heading below the sixth level, which HTML has not; at the sixth it would be the equal of those above it."""
    level, attributes, inside = heading.groups()
    return f'<p role="heading" aria-level="{level}"{attributes}><strong>{inside}</strong></p>'
