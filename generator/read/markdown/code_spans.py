"""Where the code spans and roles of a block stand in its content."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from markdown_it.token import Token


def code_spans(content: str, children: Iterable[Token]) -> list[tuple[int, int]] | None:
    """The begin and end of each code span and role; None where they are not certain."""
    runs = [found.span() for found in re.finditer("`+", content)]
    starts: dict[int, list[int]] = {}
    for start, end in runs:
        starts.setdefault(end - start, []).append(start)
    spans: list[tuple[int, int]] = []
    inner: list[str] = []
    for start, end in runs:
        if spans and start < spans[-1][1]:
            continue
        opening = start + _is_escaped(content, start)
        alike = starts.get(end - opening, [])
        at = bisect_left(alike, end)
        if at < len(alike) and opening < end:
            spans.append((opening, alike[at] + end - opening))
            inner.append(content[end : alike[at]])
    return spans if [_flat(text) for text in inner] == [_flat(text) for text in _code(children)] else None


def _code(children: Iterable[Token]) -> Iterator[str]:
    """The contents of the code spans and roles that the parser found."""
    for child in children:
        if child.type in ("code_inline", "role"):
            yield child.content
        elif child.children:
            yield from _code(child.children)


def _flat(code: str) -> str:
    return code.replace("\n", " ").strip()


def _is_escaped(content: str, at: int) -> bool:
    """Whether the character at ``at`` is escaped by a backslash."""
    start = at
    while start and content[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1
