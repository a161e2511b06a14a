"""Inlines → Markdown: marks of emphasis that are read as such, whatever stands beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import is_han
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

_MARKS: Final = ("**", "*", "~~")


@frozen
class Piece:
    """Markdown that is not taken apart, and the marks around it."""

    text: str
    marks: tuple[str, ...] = ()
    is_space: bool = False
    """Whether it is white space or the end of a line, beside which no mark can stand."""


@frozen
class Names:
    """How an article's addresses and footnotes are written."""

    address: Callable[[str], str]
    notes: Mapping[str, int]
    """The number of each footnote by its key."""
    parts: frozenset[str]
    """The ids of headings, to which links may lead."""


def id_of(part: str) -> str:
    """The id of a part as Markdown can give it: letters, digits, hyphens and underscores."""
    return re.sub(r"[^\w-]", "_", part)


def inlines(found: Inlines, names: Names) -> str:
    """The Markdown of a paragraph's inlines. A line ends only at a Break."""
    return _joined(_pieces(trimmed([_reduced(inline, names) for inline in found]), names))


def _reduced(inline: Inline, names: Names) -> Inline:
    """The inline with no more style than Markdown has: there is no link to a place that it cannot name."""
    if not isinstance(inline, Text | Picture | Reference):
        return inline
    link = inline.style.link
    if link.startswith("#"):
        link = f"#{id_of(link[1:])}" if link[1:] in names.parts else ""
    return replace(inline, style=replace(inline.style, link=link, superscript=False, language=""))


def _link(inline: Inline) -> str:
    return inline.style.link if isinstance(inline, Text | Picture | Reference) else ""


def _pieces(found: Iterable[Inline], names: Names) -> Iterator[Piece]:
    for link, group in groupby(found, _link):
        pieces = [piece for inline in group for piece in _piece(inline, names)]
        if not link:
            yield from pieces
            continue
        common = tuple(mark for mark in _MARKS if all(mark in piece.marks for piece in pieces if not piece.is_space))
        inner = [replace(piece, marks=tuple(m for m in piece.marks if m not in common)) for piece in pieces]
        yield Piece(f"[{_joined(inner)}]({escaping.destination(names.address(link))})", common)


def _piece(inline: Inline, names: Names) -> Iterator[Piece]:
    match inline:
        case Text(text, style):
            yield from _text(text, style)
        case Picture(src, alt, style):
            yield Piece(picture(alt, names.address(src)), _marks(style))
        case Reference(note, text, style):
            written = f"[^{names.notes[note]}]" if note in names.notes else escaping.text(text)
            yield Piece(written, _marks(style))
        case Break():
            yield Piece("\\\n", is_space=True)
        case Box():
            yield Piece(box(inline))
        case Anchor():
            pass


def picture(alt: str, address: str, title: str = "") -> str:
    """A picture; its title is shown as the caption of one that stands alone."""
    words = f" {escaping.title(title)}" if title else ""
    return f"![{escaping.text(alt)}]({escaping.destination(address)}{words})"


def _marks(style: Style) -> tuple[str, ...]:
    given = (style.bold, style.italic, style.strike)
    return tuple(mark for mark, is_given in zip(_MARKS, given, strict=True) if is_given)


def _text(text: str, style: Style) -> Iterator[Piece]:
    """The pieces of a text; the space at its edges is left outside of its marks."""
    core = text.strip()
    before = text[: len(text) - len(text.lstrip())] if core else text
    if before:
        yield Piece(before, _marks(style), is_space=True)
    if core:
        yield Piece(escaping.code(core) if style.code else escaping.text(core), _marks(style))
        if after := text[len(text.rstrip()) :]:
            yield Piece(after, _marks(style), is_space=True)


def _joined(found: Iterable[Piece]) -> str:
    """The pieces with their marks between them."""
    pieces = _settled([*found, Piece("")])
    out = [""]
    open_marks: list[tuple[str, str]] = []
    for at, piece in enumerate(pieces):
        closed = _close(open_marks, piece.marks)
        wanted = [mark for mark in piece.marks if mark not in dict(open_marks) and not piece.is_space]
        is_between = _is_mark(out[-1][-1:]) and _is_mark(piece.text[:1])
        # Between two marks of punctuation a mark might as well close the one around it.
        avoided = (closed or (open_marks if is_between else []))[-1:]
        opened = _open(sorted(wanted, key=lambda mark: -_extent(pieces[at:], mark)), avoided)
        open_marks += opened
        written = [[form for _, form in closed], [form for _, form in opened]]
        out[-1], after = _parted(out[-1], piece.text, *written)
        out += ["".join(written[0] + written[1]), after] if closed or opened else [after]
    return "".join(out)


def _close(open_marks: list[tuple[str, str]], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """Close marks, the last first, until only wanted ones are open. Each has the form that it was opened in."""
    closed = []
    while any(mark not in wanted for mark, _ in open_marks):
        closed.append(open_marks.pop())
    return closed


def _open(wanted: list[str], avoided: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The marks to open, the first in a form that is not taken for the end of an avoided one."""
    forms = list(wanted)
    if forms and avoided and forms[0][0] == avoided[0][1][0] == "*":
        forms[0] = forms[0].replace("*", "_")
    return list(zip(wanted, forms, strict=True))


def _extent(pieces: Sequence[Piece], mark: str) -> int:
    """How many pieces a mark goes on for: what goes on longest stands outside."""
    return next((count for count, piece in enumerate(pieces) if mark not in piece.marks), len(pieces))


def _settled(pieces: list[Piece]) -> list[Piece]:
    """The pieces, a space within the marks only that go on behind it."""
    out: list[Piece] = []
    after: tuple[str, ...] = ()
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if piece.is_space:
            before = next((one.marks for one in reversed(pieces[:at]) if not one.is_space), ())
            piece = replace(piece, marks=tuple(mark for mark in before if mark in after))
        else:
            after = piece.marks
        out.append(piece)
    return out[::-1]


def _parted(before: str, after: str, closed: list[str], opened: list[str]) -> tuple[str, str]:
    """The texts around marks, with a letter as an entity where beside it the marks would be read as text.

    A mark opens before punctuation, and closes behind it, only where space or punctuation is on its other side.
    """
    if closed and not opened:
        is_odd = len({form[0] for form in closed}) > 1 or _is_mark(before[-1:])
        if (is_odd and _is_letter(after[:1])) or (closed[-1][0] == "_" and _is_word(after[:1])):
            after = f"&#{ord(after[0])};{after[1:]}"
    if opened and not closed:
        is_odd = len({form[0] for form in opened}) > 1 or _is_mark(after[:1])
        if is_odd and _is_letter(before[-1:]):
            before = f"{before[:-1]}&#{ord(before[-1])};"
    return before, after


def _is_mark(char: str) -> bool:
    """Whether it is punctuation beside which a mark looks at its other side."""
    return bool(char) and unicodedata.category(char)[0] in "PS" and not is_han(char)


def _is_letter(char: str) -> bool:
    return _is_word(char) and not is_han(char)


def _is_word(char: str) -> bool:
    """Whether it is neither space nor punctuation."""
    return bool(char) and not char.isspace() and unicodedata.category(char)[0] not in "PS"
