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
_INLINE: Final = re.compile(
    rf"(?P<text>{TEXT}+)"
    rf"|(?<!\d(?=\*\*\d))\*\*(?P<strong>(?=\w){TEXT}++(?<=\w))\*\*(?!\*)(?!(?<=\d\*\*)\d)"
    rf"|(?<!!)\[(?!\^)(?P<label>{TEXT}++)\]\((?P<href>{ADDRESS})\)"
    rf"|\{{(?P<role>{'|'.join(ROLES)})\}}`(?P<named>[^`\n]+)`(?!`)"
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
    at, last, is_broken = lead, "", False
    for text, strong, label, href, role, target, code, end in _INLINE.findall(content):
        if end:
            at, number, is_broken, lead = margin, number + 1, True, lead - at - 1 + margin
            continue
        words = text or strong or label or code or _ROLE
        if is_broken:
            between = _between(last, words[0])
            out.append(between)
            plain.append(between)
            is_broken = False
        last = words[-1]
        if role:
            key, role_text = parse_target(target)
            if not key:
                raise DeclinedError
            out.append(RoleHole(role, key, role_text, number, at + 1))
            plain.append(RoleHole(role, key, role_text, line=0))
            at += len(role) + len(target) + len("{}``")
            continue
        plain.append(words)
        if text:
            out.append(escaped_text(text))
            at += len(text)
        elif strong:
            out.append(f"<strong>{escaped_text(strong)}</strong>")
            at += len(strong) + len("****")
        elif code:
            out.append(f"<code>{escaped_text(code)}</code>")
            at += len(code) + len("``")
        else:
            out += ('<a href="', LinkHole(href, number, at + 1), f'">{escaped_text(label)}</a>')
            at += len(label) + len(href) + len("[]()")
    if at - lead != len(content):
        # Something matched no alternative and was skipped.
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
    """The text as HTML. It must not contain ``&``."""
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


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
