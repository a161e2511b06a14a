"""What the styles of a Word file say of paragraphs and runs."""

from __future__ import annotations

import re
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers.word.package import Element, Package, child, elements, is_on, number, value

_HEADING: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE: Final = frozenset(("title", "标题", "文档标题"))
_CAPTION: Final = re.compile(r"caption|题注|图注|图片说明", re.IGNORECASE)
_DEEPEST: Final = 20
"""Styles may be based on each other, and a damaged file may do so in a circle."""
_LEVELS: Final = 9


@frozen(kw_only=True)
class WordStyle:
    """A style, with what it has from those that it is based on."""

    level: int = 0
    """Of a heading; 0 for none."""
    is_caption: bool = False
    is_hidden: bool = False
    place: str = ""
    """``superscript`` or ``subscript``; empty where nothing is said."""
    list_id: str = ""
    """The numbering of its paragraphs; empty for none."""
    list_level: int = 0


class Styles:
    """The styles of a file."""

    def __init__(self, package: Package, part: str) -> None:
        """``part`` is the name of the part with the styles; it may be missing."""
        root = package.xml(part) if part else None
        found = [] if root is None else [one for one in elements(root) if value(one, "styleId")]
        self._elements = {value(one, "styleId"): one for one in found}
        self._known: dict[str, WordStyle] = {}
        self.default = next(
            (value(one, "styleId") for one in found if value(one, "default") and value(one, "type") == "paragraph"), ""
        )

    def style(self, name: str) -> WordStyle:
        """The style with this id."""
        if name not in self._known:
            self._known[name] = self._style(name)
        return self._known[name]

    def _style(self, name: str) -> WordStyle:
        chain: list[Element] = []
        while (element := self._elements.get(name)) is not None and len(chain) < _DEEPEST:
            chain.append(element)
            name = value(child(element, "basedOn"))
        names = [value(child(one, "name")) for one in chain]
        numbering = next((one for one in (child(each, "pPr", "numPr") for each in chain) if one is not None), None)
        return WordStyle(
            level=_level(chain, names),
            is_caption=bool(names) and bool(_CAPTION.search(names[0])),
            is_hidden=next((on for each in chain if (on := is_on(child(each, "rPr"), "vanish")) is not None), False),
            place=next((place for each in chain if (place := value(child(each, "rPr", "vertAlign")))), ""),
            list_id=value(child(numbering, "numId")),
            list_level=number(child(numbering, "ilvl")),
        )


def _level(chain: list[Element], names: list[str]) -> int:
    for element, name in zip(chain, names, strict=True):
        if name.lower() in _TITLE:
            return 1
        if found := _HEADING.match(name):
            return int(found[1])
        if (outline := child(element, "pPr", "outlineLvl")) is not None:
            return outline_level(outline)
    return 0


def outline_level(element: Element) -> int:
    """The level of a heading, from 1; 0 for ordinary text."""
    level = number(element, default=_LEVELS)
    return level + 1 if 0 <= level < _LEVELS else 0
