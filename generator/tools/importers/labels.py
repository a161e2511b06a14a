"""Numbers that stand before a text: written out, they are no numbers of a list as well."""

from __future__ import annotations

import re
from typing import Final

from generator.render.documents.blocks import Item, Listing, Paragraph
from generator.render.documents.runs import plain
from generator.tools.importers.date_words import number

_HAN: Final = "[〇零一二三四五六七八九十百]{1,4}"
_LABEL: Final = re.compile(
    rf"\s*(?:[（(](?:{_HAN}|\d{{1,3}})[)）]|第?{_HAN}[、，,．.：:]|\d{{1,3}}[、．.)）](?!\d)|[①-⑳])"
)


def has_label(text: str) -> bool:
    """Whether a text begins with a number of its own: （一）, 1、, ①."""
    return _LABEL.match(text) is not None


def label_form(text: str) -> str:
    """How the number of a text is written: 一、 for 三、 and 1. for 12.; empty where it has none."""
    found = _LABEL.match(text)
    return re.sub(r"\d+|[①-⑳]", "1", re.sub(_HAN, "一", found[0].strip())) if found else ""


def label_number(text: str) -> int:
    """The number that stands before a text: 3 for 三、 and （3）; 0 where it has none, or one in a circle."""
    found = _LABEL.match(text)
    return number(re.sub(r"\W|第", "", found[0])) if found else 0


def without_label(text: str) -> str:
    """The text behind its number, if it has one."""
    return _LABEL.sub("", text, count=1).lstrip() if has_label(text) else text


def is_numbered_twice(listing: Listing) -> bool:
    """Whether every item of a numbered list begins with a number of its own."""
    return listing.start is not None and bool(listing.items) and all(map(_has_label, listing.items))


def _has_label(item: Item) -> bool:
    first = next(iter(item.blocks), None)
    return isinstance(first, Paragraph) and has_label(plain(first.inlines))
