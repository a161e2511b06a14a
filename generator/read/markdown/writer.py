"""Collects the HTML of a text as pieces, with holes between them for what only a page knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.ground.text import FORBIDDEN, nfc
from generator.model.prose import Heading, Hole, IdHole, LinkHole, PartHole
from generator.read.markdown.ids import Ids
from generator.read.markdown.parse_state import ParseState

Piece = str | Hole

_ALIGNED: Final = "text-align:"


class Writer:
    """The output of one parse."""

    def __init__(self, parse_state: ParseState) -> None:
        """Begin without output. The ids that the writer chose are taken."""
        self.parse_state = parse_state
        self.out: list[Piece] = []
        self.headings: list[Heading] = []
        self.ids = Ids(parse_state.ids)
        self.links = 0
        """The number of open links. Only the outermost is written, because links cannot nest in HTML."""
        self._note_ids: dict[str, str] = {}

    def write(self, *pieces: Piece) -> None:
        """Add pieces as they are."""
        self.out.extend(pieces)

    def attributes(self, token: Token, *, classes: str = "") -> None:
        """Write a tag's attributes. ``classes`` precede the token's own."""
        for name, value in _published(token, classes):
            if name == "id":
                self.write(' id="', IdHole(value), '"')
            else:
                self.out.append(f' {name}="{escapeHtml(value)}"')

    def note_id(self, name: str) -> str:
        """The id of a footnote or of a reference to it; always the same for one name."""
        if name not in self._note_ids:
            self._note_ids[name] = self.ids.own(name)
        return self._note_ids[name]

    def pieces(self) -> tuple[Piece, ...]:
        """All pieces, with links to parts of the same text resolved."""
        return tuple(_merged(_with_parts(self.out, self.ids.taken)))


def _published(token: Token, classes: str) -> Iterator[tuple[str, str]]:
    """The attributes for HTML. Addresses have holes of their own, and a cell's alignment becomes a class."""
    given = token.attrs
    align = str(given.get("style", "")).removeprefix(_ALIGNED)
    names = " ".join(filter(None, (classes, str(given.get("class", "")), align and f"align-{align}")))
    if names:
        yield "class", names
    for name in ("id", "lang", "start"):
        if name in given:
            yield name, str(given[name])
    if "title" in given and "href" in given:
        yield "title", str(given["title"])


def _with_parts(out: Iterable[Piece], ids: set[str]) -> Iterator[Piece]:
    """The pieces, with a PartHole for each link to ``#part`` where this text has that part."""
    for piece in out:
        if isinstance(piece, LinkHole) and piece.href.startswith("#"):
            part = nfc(unquote(piece.href[1:]))
            if part in ids:
                yield PartHole(part)
                continue
        yield piece


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, with successive strings joined and without empty ones."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if text := "".join(texts):
            yield _clean(text)
        texts.clear()
        yield piece
    if text := "".join(texts):
        yield _clean(text)


def _clean(text: str) -> str:
    """The text without control characters, which entities such as ``&#12;`` can produce and XML refuses."""
    return FORBIDDEN.sub("\ufffd", text) if FORBIDDEN.search(text) else text
