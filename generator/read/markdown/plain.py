"""Extracts the text of inlines without markup, for summaries, ids and alternative texts of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from generator.ground.text import FORBIDDEN
from generator.model.prose import PlainText, RoleHole
from generator.read.markdown.addressees import ABOVE, ADDRESSEE, HEADING
from generator.read.markdown.role_target import parse_target

_TEXT = frozenset(("text", "text_special", "code_inline", "html_inline"))
_BREAKS = frozenset(("softbreak", "hardbreak"))


def plain(children: Iterable[Token]) -> str:
    """The text of ``children``, with alternative texts of pictures, and ``words_of`` roles."""
    return "".join(map(words_of, _pieces(children, pictures=True)))


def words_of(piece: str | RoleHole) -> str:
    """A piece as text. For a role without words it has the key, but for that of a person, which may be a name."""
    return piece if isinstance(piece, str) else piece.text or ("" if piece.role == "person" else piece.key)


def plain_text(children: Iterable[Token], *, pictures: bool = False) -> PlainText:
    """The text of ``children`` on one line, with their roles. ``pictures`` includes alternative texts."""
    merged: list[str | RoleHole] = [""]
    for piece in _pieces(children, pictures=pictures):
        last = merged[-1]
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        else:
            merged.append(piece)
    spaced = [re.sub(r"\s+", " ", piece) if isinstance(piece, str) else piece for piece in merged]
    return tuple(piece for piece in spaced if piece)


def announces(text: PlainText) -> bool:
    """Whether a paragraph says little without the next one: it ends with a colon, or stands only above that."""
    last = text[-1] if text else None
    return (isinstance(last, str) and last.rstrip().endswith(("：", ":"))) or stands_above(text)


def stands_above(text: PlainText) -> bool:
    """Whether a paragraph is no part of what a text says, but to whom it goes, its day, or a heading."""
    return ABOVE.fullmatch("".join(map(words_of, text)).strip()) is not None


def heads(text: PlainText) -> bool:
    """Whether a paragraph is a heading that was typed, which stands above a text that has begun, too."""
    return HEADING.fullmatch("".join(map(words_of, text)).strip()) is not None


def addresses(text: PlainText) -> bool:
    """Whether a paragraph says to whom a text goes, which begins below it."""
    return ADDRESSEE.fullmatch("".join(map(words_of, text)).strip()) is not None


def _pieces(children: Iterable[Token], *, pictures: bool) -> Iterator[str | RoleHole]:
    for token in children:
        if token.type in _TEXT:
            yield FORBIDDEN.sub("\ufffd", token.content)
        elif token.type in _BREAKS:
            yield " "
        elif token.type == "role":
            key, text = parse_target(token.content)
            yield RoleHole(token.meta["name"], key, text, line=0)
        elif token.type == "image" and pictures:
            yield from _pieces(token.children or (), pictures=True)
