"""Nodes in the style and the language of a text."""

from __future__ import annotations

import re
from typing import Final

from generator.render.documents.blocks import Style
from generator.render.documents.signing import Node

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}")


def styled(nodes: list[Node], style: Style) -> list[Node]:
    """The nodes in the style of a text."""
    # A line through text and dots below it are one decoration more than PDF/UA allows.
    both = style.italic and style.strike
    given = {
        "bold": style.bold or both,
        "italic": style.italic and not both,
        "strike": style.strike,
        "super": style.superscript,
    }
    for kind, is_given in given.items():
        nodes = [(kind, nodes)] if is_given else nodes
    if style.heading:
        nodes = [("run-in", style.heading, nodes)]
    return in_language(nodes, style.language)


def in_language(nodes: list[Node], language: str) -> list[Node]:
    """The nodes as those of a text in a language; empty for that of the document."""
    found = _LANGUAGE.match(language)
    return [("language", found[0].lower(), nodes)] if found else nodes
