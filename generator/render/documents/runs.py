"""Converts inline HTML elements to inlines: text by style, with white space collapsed as in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote

from generator.render.documents.blocks import (
    Anchor,
    Box,
    Break,
    Inline,
    Inlines,
    Picture,
    Reference,
    Style,
    Text,
)
from generator.render.documents.tree import Element

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")

_STYLED: Final[Mapping[str, Mapping[str, Any]]] = {
    **{tag: {"bold": True} for tag in ("strong", "b")},
    **{tag: {"italic": True} for tag in ("em", "i")},
    **{tag: {"strike": True} for tag in ("del", "s", "strike")},
    **{tag: {"code": True} for tag in ("code", "kbd", "samp", "tt")},
    "sup": {"superscript": True},
}
_UNSEEN: Final = frozenset(("script", "style", "template", "head", "title"))


def shown(element: Element) -> bool:
    """Whether the element belongs in an exported document."""
    if element.tag in _UNSEEN or "hidden" in element.attributes:
        return False
    return not (element.tag == "nav" and "skip-in-documents" in element.classes)


def runs(children: Iterable[Element | str], style: Style, key: Callable[[str], str]) -> Iterator[Inline]:
    """The inlines of elements and text in ``style``. ``key`` gives the key of a footnote by its id."""
    for child in children:
        if isinstance(child, str):
            yield Text(child, style)
        elif shown(child):
            yield from _element(child, style, key)


def _element(element: Element, style: Style, key: Callable[[str], str]) -> Iterator[Inline]:
    if "footnote-backref" in element.classes:
        return
    if "footnote-ref" in element.classes:
        links = [_address(child) for child in element.elements]
        yield Reference(key("".join(links[:1]).removeprefix("#")), element.text, style)
        return
    style = _changed(style, element)
    if part := element.attributes.get("id"):
        yield Anchor(part)
    match element.tag:
        case "br":
            yield Break()
        case "img":
            alt = _SPACE.sub(" ", element.attributes.get("alt", "")).strip()
            yield Picture(element.attributes.get("src", ""), alt, style, "apart" in element.classes)
        case "input":
            if element.attributes.get("type") == "checkbox":
                yield Box("checked" in element.attributes)
        case "a":
            yield from runs(element.children, replace(style, link=_address(element)), key)
        case _:
            yield from runs(element.children, style, key)


def _changed(style: Style, element: Element) -> Style:
    """The style of text in an element."""
    changes = dict(_STYLED.get(element.tag, {}))
    if language := element.attributes.get("lang"):
        changes["language"] = language
    return replace(style, **changes) if changes else style


def _address(link: Element) -> str:
    """The target of a link; the id of a part of the article is unquoted."""
    href = link.attributes.get("href", "").strip()
    return unquote(href) if href.startswith("#") else href


def trimmed(inlines: Sequence[Inline]) -> Inlines:
    """The inlines with white space collapsed, none at the edges of lines, and adjacent texts of equal style joined."""
    out: list[Inline] = []
    for inline in inlines:
        if not isinstance(inline, Text):
            if isinstance(inline, Break):
                _cut(out)
            if out or not isinstance(inline, Break):
                out.append(inline)
            continue
        text = _SPACE.sub(" ", inline.text)
        if _is_after_space(out):
            text = text.lstrip(" ")
        if text and out and isinstance(out[-1], Text) and out[-1].style == inline.style:
            out[-1] = Text(out[-1].text + text, inline.style)
        elif text:
            out.append(Text(text, inline.style))
    _cut(out)
    while out and isinstance(out[-1], Break):
        out.pop()
        _cut(out)
    return tuple(out)


def _is_after_space(out: Sequence[Inline]) -> bool:
    """Whether a space here would be at the beginning of a line or after another space."""
    for inline in reversed(out):
        if isinstance(inline, Text):
            return inline.text.endswith(" ")
        if not isinstance(inline, Anchor):
            return isinstance(inline, Break)
    return True


def _cut(out: list[Inline]) -> None:
    """Removes white space at the end of the line."""
    at = len(out) - 1
    while at >= 0 and isinstance(out[at], Anchor):
        at -= 1
    if at < 0:
        return
    last = out[at]
    if isinstance(last, Text) and last.text.endswith(" "):
        text = last.text.rstrip(" ")
        out[at : at + 1] = [Text(text, last.style)] if text else []


def plain(inlines: Iterable[Inline]) -> str:
    """The plain text of inlines, with the alternative text of pictures."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Picture():
            return inline.alt
        case Reference():
            return inline.text
        case Box():
            return box(inline)
        case Break():
            return " "
        case _:
            return ""


def link_of(inline: Inline) -> str:
    """The target of the link that a text or a picture is; empty for none. A reference leads to its footnote."""
    return inline.style.link if isinstance(inline, Text | Picture) else ""


def box(found: Box) -> str:
    """A checkbox as a character."""
    return "☑" if found.is_checked else "☐"
