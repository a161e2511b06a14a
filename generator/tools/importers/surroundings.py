"""Tells an article from what stands around it in a page whose elements do not say: menus, lists of links, the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from generator.ground.frozen import frozen
from generator.ground.messages import Message, say

_ROOMS: Final = frozenset(
    (
        "body",
        "div",
        "section",
        "article",
        "main",
        "center",
        "form",
        "table",
        "tbody",
        "tr",
        "td",
        "ul",
        "ol",
        "dl",
        "dd",
    )
)
"""Elements that hold others; a paragraph is none."""
_SILENT: Final = frozenset(("script", "style", "template", "head", "noscript"))
_LEAST: Final = 100
"""Characters of running text; with less than that nothing tells what the article is."""
_MOST_OF_IT: Final = 0.8
_LONG: Final = 20
"""Characters from which words outside of links count as running text."""
_LONGEST_FOOT: Final = 600
_SENTENCE: Final = re.compile(r"[。！？；]")
_DAY: Final = re.compile(r"\d{1,2}\s*[-月/.]\s*\d{1,2}")
_FOOT: Final = re.compile(
    r"版权所有|ICP\s*[备证]|公网安备|网站标识码|技术支持\s*[:：]|不良信息举报|copyright|©|all rights reserved",
    re.IGNORECASE,
)
_CRUMBS: Final = re.compile(r"\s*(?:[您你]?(?:现在|当前|所在)?的?位置|首页)\s*(?:是|为)?\s*[:：>》»›]")
_NAMES: Final = frozenset(
    (
        "nav", "navbar", "navigation", "menu", "submenu", "sidebar", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
        "footer", "foot", "copyright", "share", "toolbar", "topbar", "login", "pagination", "pager", "related",
        "recommend", "friendlink", "friendlinks", "qrcode", "links",
    )
)  # fmt: skip
"""Words of classes and ids by which pages call what stands around."""
_WORD: Final = re.compile(r"[a-z]+|[A-Z][a-z]*")
_NAVIGATION: Final = say("navigation")
_ATTACHED: Final = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|pptx?|zip|rar|7z|jpe?g|png)(?:[?#]|$)", re.IGNORECASE)


@frozen
class _Measure:
    """What an element holds, in letters: what stands next to a link is often a day."""

    text: int = 0
    linked: int = 0
    running: int = 0
    links: int = 0
    titles: int = 0


def surroundings(body: Any) -> Iterator[tuple[Any, Message]]:
    """The elements of a page that are no part of its article, and what each is; none where no article is found."""
    found: dict[Any, _Measure] = {}
    _measure(body, found, is_linked=False)
    if found[body].running < _LEAST:
        return
    article, path = body, [body]
    while (inner := _most(article, found)) is not None:
        article = inner
        path.append(inner)
    for room in path[:-1]:
        yield from _around([one for one in room if one not in path], found)
    yield from _edges(article, found)


def _most(element: Any, found: dict[Any, _Measure]) -> Any:
    """The element within another that holds most of its running text; None if there is none."""
    least = _MOST_OF_IT * found[element].running
    return next((one for one in element if one.tag in _ROOMS and found[one].running >= least), None)


def _measure(element: Any, found: dict[Any, _Measure], *, is_linked: bool) -> _Measure:
    """Counts what an element and everything in it holds."""
    is_silent = not isinstance(element.tag, str) or element.tag in _SILENT
    is_link = element.tag == "a"
    own = _Measure() if is_silent else _counted(element.text, is_linked=is_linked or is_link)
    parts = [own, _Measure(links=int(is_link), titles=int(element.tag == "h1"))]
    for one in element:
        inner = _measure(one, found, is_linked=is_linked or is_link)
        parts += [_Measure() if is_silent else inner, _counted(one.tail, is_linked=is_linked or is_link)]
    found[element] = made = _Measure(
        sum(one.text for one in parts),
        sum(one.linked for one in parts),
        sum(one.running for one in parts),
        sum(one.links for one in parts),
        sum(one.titles for one in parts),
    )
    return made


def _counted(text: str | None, *, is_linked: bool) -> _Measure:
    length = sum(map(str.isalpha, text or ""))
    is_running = not is_linked and (length >= _LONG or bool(_SENTENCE.search(text or "")))
    return _Measure(length, length * is_linked, length * is_running)


def _around(elements: list[Any], found: dict[Any, _Measure]) -> Iterator[tuple[Any, Message]]:
    for one in elements:
        if one not in found or not isinstance(one.tag, str) or one.tag in _SILENT:
            continue
        if kind := _kind(one, found[one]):
            yield one, kind
        elif one.tag in _ROOMS:
            yield from _around(list(one), found)


def _kind(element: Any, size: _Measure) -> Message | None:
    """What an element outside of the article is; None for what may belong to it, as a title and a day do."""
    text = _short(element, size)
    if not size.text or size.titles:
        return None
    if _FOOT.search(text):
        return say("the foot of the page")
    if _is_list(size, 2) or _CRUMBS.match(text):
        return _NAVIGATION
    is_named = not _NAMES.isdisjoint(_words(element))
    return say("what stands beside the text") if is_named and not size.running and not _DAY.search(text) else None


def _edges(article: Any, found: dict[Any, _Measure]) -> Iterator[tuple[Any, Message]]:
    """What stands before the first words of an article, and behind its last ones, where nothing parts them."""
    inner = [one for one in article if isinstance(one.tag, str)]
    for ordered in (inner, inner[::-1]):
        for one in ordered:
            if kind := _edge(one, found[one]):
                yield one, kind
            elif found[one].running or found[one].titles:
                break


def _edge(element: Any, size: _Measure) -> Message | None:
    if _FOOT.search(_short(element, size)):
        return say("the foot of the page")
    is_attached = any(_ATTACHED.search(link.get("href") or "") for link in element.iter("a"))
    is_list = element.tag in _ROOMS and not size.running and _is_list(size, 3) and not is_attached
    return _NAVIGATION if is_list else None


def _short(element: Any, size: _Measure) -> str:
    """The text of an element; nothing where it is long."""
    return "".join(element.itertext()) if size.text <= _LONGEST_FOOT else ""


def _is_list(size: _Measure, least: int) -> bool:
    """Whether an element is a list of links, or the one link that leads back."""
    is_dense = size.linked >= 0.6 * size.text
    return is_dense and (size.links >= least or (least <= 2 and 0 < size.text <= _LONG and size.links == 1))


def _words(element: Any) -> set[str]:
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {word.lower() for word in _WORD.findall(named)}
