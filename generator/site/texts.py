"""The text of a Markdown file, parsed: what is shown of it, and what the site has to know of it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Final, TypeVar

from generator.ground.errors import BuildError
from generator.ground.fingerprint import fingerprint
from generator.ground.text import shortened
from generator.model import urls
from generator.model.content import Entry, Policy, Source, StaticPage, Target
from generator.model.prose import (
    Hole,
    LinkHole,
    Parsed,
    PlainText,
    Prose,
    Text,
)
from generator.read.addresses import is_external
from generator.read.frontmatter_split import split
from generator.read.markdown import parse

SUMMARY_LENGTH: Final = 110
"""Characters: about three lines on a phone."""

R = TypeVar("R", Entry, Target, Policy, StaticPage)


def prose_of(body: str, path: str, first_line: int) -> Parsed:
    """The prose of the Markdown text that begins on ``first_line`` of the file at ``path``, and its problems."""
    parsed = parse(body, path=path, first_line=first_line)
    return Parsed(_settled(parsed.prose), parsed.problems)


def head(source: Source) -> bytes:
    """The fingerprint of a file's front matter; nothing where it has none that is closed."""
    try:
        return fingerprint(split(source)[0].encode())
    except BuildError:
        return b""


def with_text(record: R, source: Source) -> tuple[R, Parsed]:
    """A sound record whose file has another text now, below the very front matter that it had."""
    _, body, body_line = split(source)
    parsed = prose_of(body, source.path, body_line)
    return replace(record, text=text(source.path, parsed.prose)), parsed


def text(path: str, prose: Prose) -> Text:
    """What the site has to know of a prose."""
    return Text(
        path=path,
        is_empty=not prose,
        summary=_cut(prose.summary),
        ids=prose.ids,
        references=tuple(prose.references),
    )


def _cut(summary: PlainText) -> PlainText:
    """The summary at its length, unless roles in it have yet to be named."""
    if not summary or not all(isinstance(piece, str) for piece in summary):
        return summary
    return (shortened("".join(map(str, summary)).strip(), SUMMARY_LENGTH),)


def _settled(prose: Prose) -> Prose:
    """The prose with the addresses that lead out of the site written in: nothing in the site decides about them."""
    if not any(type(piece) is LinkHole and is_external(piece.href) for piece in prose.pieces):
        return prose
    pieces: list[str | Hole] = []
    for piece in prose.pieces:
        new = escape(urls.external(piece.href)) if isinstance(piece, LinkHole) and is_external(piece.href) else piece
        if isinstance(new, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += new
        else:
            pieces.append(new)
    return Prose(pieces=tuple(pieces), summary=prose.summary, headings=prose.headings, ids=prose.ids)
