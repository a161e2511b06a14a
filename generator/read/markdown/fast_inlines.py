"""The inlines of simple Markdown: words, bold, code, links and roles, each in its simplest form. See ``fast_path``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from generator.model.prose import Hole, LinkHole, PlainText, RoleHole
from generator.read.markdown.role_target import ROLES, parse_target
from generator.read.markdown.script import CERTAIN, SELECTORS, SPACED

T = TypeVar("T")

TEXT: Final = r"[^*\[\]{}`<_\n]"
ADDRESS: Final = r"[^\s()<>\"'`\[\]*{}#][^\s()<>\"'`\[\]*{}]*"
_STOPS: Final = "，。、；：！？（）“”《》「」【】"
"""Punctuation next to which asterisks are a delimiter, whatever is on their other side."""
_INLINE: Final = re.compile(
    rf"(?P<text>{TEXT}+)"
    rf"|(?<!\d(?=\*\*\d))\*\*(?P<strong>(?:(?=\w)|(?<![^\s{_STOPS}]\*\*)(?=\S))"
    rf"{TEXT}++(?:(?<=\w)|(?<!\s)(?!\*\*[^\s{_STOPS}])))\*\*"
    r"(?!\*)(?!(?<=\d\*\*)\d)"
    rf"|(?<![\d*])\*(?P<em>(?=\w){TEXT}++(?<=\w))\*(?![\d*])"
    rf"|(?<!!)\[(?!\^)(?P<label>{TEXT}++)\]\((?P<link>{ADDRESS})\)"
    rf"|\{{(?P<name>{'|'.join(ROLES)})\}}`(?P<role>[^`\n]+)`(?!`)"
    r"|(?<!`)`(?P<code>(?! )[^`\n]+(?<! ))`(?!`)"
    r"|(?P<end>\n)"
)
_SPACES: Final = re.compile(r"\s+")
_ROLE: Final = "\0"
"""A placeholder for the words of a role at the end of a line: it is not known whether they are Chinese."""


class DeclinedError(Exception):
    """The text contains something that needs the full parser."""


def write_inlines(
    content: str, number: int, lead: int, out: list[str | Hole], *, margin: int = 0
) -> list[str | RoleHole]:
    """Writes the inlines of a block to ``out`` and returns their text without markup. Raises DeclinedError.

    ``content`` begins on line ``number`` of the file, after ``lead`` characters; its other lines after ``margin``.
    """
    plain: list[str | RoleHole] = []
    place, shift, last, is_broken = 0, lead + 1, "", False
    for found in _INLINE.finditer(content):
        if found.start() != place:
            break
        place = found.end()
        kind = found.lastgroup or ""
        if kind == "end":
            number, shift, is_broken = number + 1, margin + 1 - place, True
            continue
        words = _ROLE if kind == "role" else found["label" if kind == "link" else kind]
        if is_broken:
            between = _between(last, words[0])
            out.append(between)
            plain.append(between)
            is_broken = False
        last = words[-1]
        if kind == "role":
            key, text = parse_target(found["role"])
            if not key:
                raise DeclinedError
            out.append(RoleHole(found["name"], key, text, number, found.start() + shift))
            plain.append(RoleHole(found["name"], key, text, line=0))
            continue
        plain.append(words)
        html = escaped_text(words)
        if kind == "link":
            out += ('<a href="', LinkHole(found["link"], number, found.start() + shift), f'">{html}</a>')
        else:
            out.append(html if kind == "text" else f"<{kind}>{html}</{kind}>")
    if place != len(content):
        # Something matches no alternative.
        raise DeclinedError
    return plain


def _between(before: str, after: str) -> str:
    """The text for a line break between two characters: empty where both are Chinese, or one is such punctuation.

    Raises DeclinedError where it is not certain.
    """
    if before in SPACED or after in SPACED:
        return ""
    if before in SELECTORS or after in SELECTORS:
        raise DeclinedError
    if _is_latin(before) or _is_latin(after):
        return "\n"
    if all(char == _ROLE or CERTAIN.match(char) for char in (before, after)) and before + after != _ROLE + _ROLE:
        return ""
    raise DeclinedError


def _is_latin(char: str) -> bool:
    return char.isascii() and char != _ROLE


def escaped_text(text: str) -> str:
    """The text as HTML. An ampersand in it must begin no entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def plain_text(pieces: Iterable[str | RoleHole]) -> PlainText:
    """The pieces on one line, with successive strings joined."""
    return tuple(one if isinstance(one, RoleHole) else _SPACES.sub(" ", one) for one in merged(pieces))


def merged(pieces: Iterable[T]) -> Iterator[T | str]:
    """The pieces, with successive strings joined."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if texts:
            yield "".join(texts)
            texts.clear()
        yield piece
    if texts:
        yield "".join(texts)
