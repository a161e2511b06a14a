"""Lists as Word and WPS write them into HTML: paragraphs with a level in their style, and their marks as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

_LEVEL: Final = re.compile(r"mso-list\s*:\s*l\d+\s+level([1-9])", re.IGNORECASE)
_MARK: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d{1,9})[.)]")
_BULLETS: Final = frozenset("·•●○■□◆◇▪▫§Øo\uf0b7\uf0a7\uf0d8\uf06c\uf06e\uf075\uf0fc-–")


@dataclass(slots=True)
class _Open:
    """A list that is being made."""

    element: Any
    level: int


def is_mark(style: str, text: str) -> bool:
    """Whether a text in an element of this style is the mark of an item, which a list has anyway."""
    return _MARK.search(style) is not None and _is_known(text)


def _is_known(text: str) -> bool:
    mark = text.strip()
    return mark in _BULLETS or _NUMBER.fullmatch(mark) is not None


def make_lists(root: Any) -> None:
    """Makes lists of such paragraphs. Those with other marks, such as 一、, stay paragraphs that begin with them."""
    for parent in dict.fromkeys(one.getparent() for one in root.iter("p") if _LEVEL.search(one.get("style") or "")):
        is_open: list[_Open] = []
        for child in list(parent):
            found = _found(child)
            if found is None:
                is_open = []
                continue
            _put(child, *found, is_open)
            if (child.tail or "").strip():
                is_open[0].element.tail = child.tail
                is_open = []
            parent.remove(child)


def _found(element: Any) -> tuple[int, int | None, Any] | None:
    """The level, the number (none for a bullet) and the mark of such a paragraph; None for anything else."""
    level = _LEVEL.search(element.get("style") or "") if element.tag == "p" else None
    mark = next((one for one in element.iter("span") if _MARK.search(one.get("style") or "")), None) if level else None
    if level is None or mark is None:
        return None
    text = "".join(mark.itertext()).strip()
    if not _is_known(text):
        return None
    number = _NUMBER.fullmatch(text)
    return int(level[1]), int(number[1]) if number else None, mark


def _put(paragraph: Any, level: int, number: int | None, mark: Any, is_open: list[_Open]) -> None:
    """Moves what a paragraph holds into an item of the last list of its level, or of a new one."""
    tag = "ul" if number is None else "ol"
    while is_open and (
        is_open[-1].level > level or (is_open[-1].level == level and (is_open[-1].element.tag != tag or number == 1))
    ):
        is_open.pop()
    if not is_open or is_open[-1].level < level:
        made = etree.Element(tag, {"start": str(number)} if number and number > 1 else {})
        if is_open:
            is_open[-1].element[-1].append(made)
        else:
            paragraph.addprevious(made)
        is_open.append(_Open(made, level))
    around = mark.getparent()
    before = mark.getprevious()
    if before is None:
        around.text = (around.text or "") + (mark.tail or "")
    else:
        before.tail = (before.tail or "") + (mark.tail or "")
    around.remove(mark)
    item = etree.SubElement(is_open[-1].element, "li")
    item.text = (paragraph.text or "").lstrip()
    item.extend(list(paragraph))
