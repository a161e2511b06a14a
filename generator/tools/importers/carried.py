"""What a line carries besides its words: links, struck text, notes, pictures. A title and a day can hold none of it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import unquote

from generator.render.documents.blocks import (
    Block,
    Blocks,
    Box,
    Code,
    Inlines,
    Item,
    Listing,
    Paragraph,
    Picture,
    Reference,
    Style,
    Text,
)
from generator.render.documents.runs import box
from generator.render.documents.tree import Element
from generator.render.documents.walk import every, texts
from generator.tools.importers.texts_of import text_of_inlines


def carries(block: Block) -> bool:
    """Whether a block holds anything besides words."""
    return bool(carried(block))


def carried(block: Block) -> Counter[object]:
    """What a block holds besides words."""
    return Counter(one for inner in every((block,)) for line in texts(inner) for one in line if _is_more(one))


def _is_more(inline: object) -> bool:
    return isinstance(inline, Picture | Reference) or (
        isinstance(inline, Text) and bool(inline.style.link or inline.style.strike or inline.style.code)
    )


def ticked(item: Item) -> Blocks:
    """The blocks of an item, with its tick as a sign in front where it is a task."""
    if item.is_checked is None:
        return item.blocks
    sign = box(Box(item.is_checked))
    match item.blocks:
        case (Paragraph() as first, *others):
            return (replace(first, inlines=(Text(f"{sign} "), *first.inlines)), *others)
        case _:
            return (Paragraph((Text(sign),)), *item.blocks)


def ticks(blocks: Blocks) -> Counter[str]:
    """The ticks of tasks, done or not, as signs."""
    return Counter(sign for block in every(blocks) for sign in _ticks(block))


def _ticks(block: Block) -> str:
    items = block.items if isinstance(block, Listing) else ()
    return "".join(box(Box(item.is_checked)) for item in items if item.is_checked is not None)


def ticks_in(element: Element) -> Counter[str]:
    """The same of a tree of HTML."""
    is_tick = element.tag == "input" and element.attributes.get("type") == "checkbox"
    own = Counter(box(Box("checked" in element.attributes)) if is_tick else "")
    return sum((ticks_in(one) for one in element.elements), own)


def is_uneven(block: Block) -> bool:
    """Whether some words of a line stand out among the others."""
    said = (one for line in texts(block) for one in line if isinstance(one, Text) and one.text.strip())
    return len({replace(one.style, language="") for one in said}) > 1


def with_addresses(*blocks: Block) -> str:
    """The words of blocks for the list of what was left out, with the address of each link behind its words."""
    return "\n".join(line for block in every(blocks) for line in _lines(block)).strip()


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Code):
        yield block.text
    if signs := _ticks(block):
        yield signs
    yield from map(_line, texts(block))


def _line(line: Inlines) -> str:
    parts = ((link, text_of_inlines(tuple(group))) for link, group in groupby(line, _link))
    return "".join(f"{text} <{link}>" if link and not link.startswith("#") else text for link, text in parts)


def _link(inline: object) -> str:
    return getattr(inline, "style", Style()).link if isinstance(inline, Text) else ""


def addresses(blocks: Blocks) -> Counter[str]:
    """The addresses of all links to elsewhere that have words, each as ``bare`` makes it."""
    found = (_line_links(line) for block in every(blocks) for line in texts(block))
    return Counter(one for links in found for one in links)


def _line_links(line: Inlines) -> Iterator[str]:
    for link, group in groupby(line, _link):
        if link and not link.startswith("#") and text_of_inlines(tuple(group)).strip() and (kept := bare(link)):
            yield kept


def bare(text: str) -> str:
    """The letters and digits of an address or a text, however either is written."""
    return "".join(char for char in unquote(html.unescape(text)).casefold() if char.isalnum())


def struck(blocks: Blocks) -> Counter[str]:
    """The letters and digits that are struck out."""
    return Counter(
        char
        for block in every(blocks)
        for line in texts(block)
        for one in line
        if isinstance(one, Text) and one.style.strike and not one.style.code
        for char in one.text
        if char.isalnum()
    )


def struck_in(element: Element) -> Counter[str]:
    """The same of a tree of HTML."""
    if element.tag in ("del", "s"):
        return Counter(char for char in element.text if char.isalnum())
    return sum((struck_in(one) for one in element.elements), Counter[str]())
