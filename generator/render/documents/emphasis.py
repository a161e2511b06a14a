"""Writes inlines as Markdown, with delimiters of emphasis that are parsed as such next to any character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import is_han
from generator.read.markdown.amendment import begins_words, closes_words, is_punctuation, opens_words
from generator.render.documents import escaping
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
from generator.render.documents.runs import box, trimmed

_DELIMITERS: Final = ("**", "*", "~~")


@frozen
class Piece:
    """Markdown that is not split further, and the delimiters around it."""

    text: str
    delimiters: tuple[str, ...] = ()
    is_space: bool = False
    """Whether it is white space or a line end, next to which no delimiter is valid."""


@frozen
class Names:
    """The addresses, footnote numbers and ids that an article may refer to."""

    address: Callable[[str], str]
    notes: Mapping[str, int]
    """The number of each footnote by its key."""
    parts: frozenset[str]
    """The ids of headings."""


def id_of(part: str) -> str:
    """An id as Markdown can write it: characters other than letters, digits, ``-`` and ``_`` are replaced."""
    return re.sub(r"[^\w-]", "_", part)


def inlines(found: Inlines, names: Names) -> str:
    """The Markdown of a paragraph's inlines. A line ends only at a Break."""
    return _joined(_pieces(trimmed([_reduced(inline, names) for inline in found]), names))


def _reduced(inline: Inline, names: Names) -> Inline:
    """The inline without styles that Markdown lacks, and without links to parts of the article that have no id."""
    if not isinstance(inline, Text | Picture | Reference):
        return inline
    style = inline.style
    link = style.link
    if link.startswith("#"):
        link = f"#{id_of(link[1:])}" if link[1:] in names.parts else ""
    if link == style.link and not style.superscript and not style.language:
        return inline
    return replace(inline, style=replace(style, link=link, superscript=False, language=""))


def _link(inline: Inline) -> str:
    return inline.style.link if isinstance(inline, Text | Picture | Reference) else ""


def _pieces(found: Iterable[Inline], names: Names) -> Iterator[Piece]:
    for link, group in groupby(found, _link):
        pieces = [piece for inline in group for piece in _piece(inline, names)]
        if not link:
            yield from pieces
            continue
        words = [piece for piece in pieces if not piece.is_space]
        common = tuple(one for one in _DELIMITERS if all(one in piece.delimiters for piece in words))
        inner = [_without(piece, common) for piece in pieces] if common else pieces
        yield Piece(f"[{_joined(inner)}]({escaping.destination(names.address(link))})", common)


def _without(piece: Piece, common: tuple[str, ...]) -> Piece:
    return replace(piece, delimiters=tuple(one for one in piece.delimiters if one not in common))


def _piece(inline: Inline, names: Names) -> Iterator[Piece]:
    match inline:
        case Text(text, style):
            yield from _text(text, style)
        case Picture(src, alt, style):
            yield Piece(picture(alt, names.address(src)), _delimiters_of(style))
        case Reference(note, text, style):
            written = f"[^{names.notes[note]}]" if note in names.notes else escaping.text(text)
            yield Piece(written, _delimiters_of(style))
        case Break():
            yield Piece("\\\n", is_space=True)
        case Box():
            yield Piece(box(inline))
        case Anchor():
            pass


def picture(alt: str, address: str, title: str = "") -> str:
    """A picture. If it is alone in a paragraph, its title is shown as the caption."""
    words = f" {escaping.title(title)}" if title else ""
    return f"![{escaping.text(alt)}]({escaping.destination(address)}{words})"


def _delimiters_of(style: Style) -> tuple[str, ...]:
    given = (style.bold, style.italic, style.strike)
    return tuple(delimiter for delimiter, is_given in zip(_DELIMITERS, given, strict=True) if is_given)


def _text(text: str, style: Style) -> Iterator[Piece]:
    """The pieces of a text; white space at its edges is left outside of the delimiters."""
    core = text.strip()
    before = text[: len(text) - len(text.lstrip())] if core else text
    if before:
        yield Piece(before, _delimiters_of(style), is_space=True)
    if core:
        yield Piece(escaping.code(core) if style.code else escaping.text(core), _delimiters_of(style))
        if after := text[len(text.rstrip()) :]:
            yield Piece(after, _delimiters_of(style), is_space=True)


def _joined(found: Iterable[Piece]) -> str:
    """The pieces joined, with the delimiters between them."""
    given = list(found)
    for at, (piece, behind) in enumerate(pairwise(given)):
        # A link behind an exclamation mark would be read as a picture.
        if piece.text.endswith("!") and behind.text.startswith("["):
            given[at] = replace(piece, text=f"{piece.text[:-1]}\\!")
    if not any(piece.delimiters for piece in given):
        return "".join(piece.text for piece in given)
    pieces = _with_placed_spaces([*given, Piece("")])
    out = [""]
    open_delimiters: list[tuple[str, str]] = []
    for at, piece in enumerate(pieces):
        closed = _close(open_delimiters, piece.delimiters)
        wanted = [one for one in piece.delimiters if one not in dict(open_delimiters) and not piece.is_space]
        is_between = all(is_punctuation(char) and not is_han(char) for char in (out[-1][-1:], piece.text[:1]))
        # Between two punctuation characters, an opening delimiter could close the one around it.
        avoided = (closed or (open_delimiters if is_between else []))[-1:]
        opened = _open(sorted(wanted, key=lambda delimiter: -_extent(pieces, at, delimiter)), avoided)
        open_delimiters += opened
        written = ["".join(form for _, form in forms) for forms in (closed, opened)]
        out[-1], after = _with_entities(out[-1], pieces[at:], *written)
        out += ["".join(written), after] if closed or opened else [after]
    return "".join(out)


def _close(open_delimiters: list[tuple[str, str]], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """Closes delimiters, the last first, until only wanted ones are open. Each is closed in the form that it has."""
    closed = []
    while any(delimiter not in wanted for delimiter, _ in open_delimiters):
        closed.append(open_delimiters.pop())
    return closed


def _open(wanted: list[str], avoided: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The delimiters to open, the first in a form that cannot close an avoided one."""
    forms = list(wanted)
    if forms and avoided and forms[0][0] == avoided[0][1][0] == "*":
        forms[0] = forms[0].replace("*", "_")
    return list(zip(wanted, forms, strict=True))


def _extent(pieces: Sequence[Piece], at: int, delimiter: str) -> int:
    """Up to which piece a delimiter spans that opens before the piece ``at``. Those that span the most open first."""
    return next((one for one in range(at, len(pieces)) if delimiter not in pieces[one].delimiters), len(pieces))


def _with_placed_spaces(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with white space only inside delimiters that also span what follows."""
    if not any(piece.is_space for piece in pieces):
        return pieces
    out: list[Piece] = []
    after: tuple[str, ...] = ()
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if piece.is_space:
            before = next((pieces[one].delimiters for one in range(at - 1, -1, -1) if not pieces[one].is_space), ())
            piece = replace(piece, delimiters=tuple(delimiter for delimiter in before if delimiter in after))
        else:
            after = piece.delimiters
        out.append(piece)
    return out[::-1]


def _with_entities(before: str, pieces: Sequence[Piece], closed: str, opened: str) -> tuple[str, str]:
    """The texts around delimiters, with a letter written as an entity if next to it they would be parsed as text.

    Before punctuation a delimiter opens, and after it closes, only with white space or punctuation on its other side,
    or by the rule for Chinese texts. ``pieces`` begin with the one after the delimiters.
    """
    after = pieces[0].text
    if closed and not opened and _is_word(after[:1]) and not _closes(before, closed, after[0]):
        after = _with_entity(after)
    if opened == "*" and not begins_words(after[0]):
        after = _with_entity(after)
    if opened and not closed and _is_word(before[-1:]) and not _opens(before[-1], opened, after, pieces[1]):
        before = f"{before[:-1]}&#{ord(before[-1])};"
    return before, after


def _with_entity(text: str) -> str:
    return f"&#{ord(text[0])};{text[1:]}"


def _opens(before: str, opened: str, text: str, behind: Piece) -> bool:
    """Whether the first run of these delimiters surely opens behind a word.

    ``text`` is what follows them, and ``behind`` the piece behind that.
    """
    length = len(opened) - len(opened.lstrip(opened[0]))
    first = (opened[length:] + text)[0]
    if not is_punctuation(first):
        return True
    # What is before the next run is only certain here if that run closes this one.
    is_next = not behind.delimiters and length == len(opened) and opened[0] not in text
    return (is_han(before) or is_han(first)) and opens_words(length, first, text[-1] if is_next else "")


def _closes(before: str, closed: str, after: str) -> bool:
    """Whether the last run of these delimiters surely closes before a word."""
    if closed[-1] == "_":
        return False
    length = len(closed) - len(closed.rstrip(closed[-1]))
    last = (before + closed[: len(closed) - length])[-1]
    if not is_punctuation(last):
        return True
    return (is_han(after) or is_han(last)) and closes_words(length, last, after)


def _is_word(char: str) -> bool:
    """Whether it is neither space nor punctuation."""
    return bool(char) and not char.isspace() and unicodedata.category(char)[0] not in "PS"
