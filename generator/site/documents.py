"""A Markdown file taken apart: its fields, typed, and its text, parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Final, Generic, TypeVar

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.text import shortened
from generator.model import urls
from generator.model.content import Source
from generator.model.prose import Hole, LinkHole, PlainText, Prose, Text
from generator.read import frontmatter
from generator.read.addresses import leads_out
from generator.read.markdown import parse
from generator.read.schema import F, validated

T = TypeVar("T")

SUMMARY_LENGTH: Final = 110
"""Characters: about three lines on a phone."""


@dataclass(frozen=True, slots=True)
class Document(Generic[F]):
    """What stands in a file."""

    fields: F | None
    """None where they are faulty."""
    text: Text
    prose: Prose
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Read(Checked[T]):
    """What a file gave, what was noticed in it, and its prose: apart, so that the prose need not be held."""

    text: Text | None = None
    """None for a file without Markdown."""
    prose: Prose = field(default_factory=Prose)


def document(kind: type[F], source: Source) -> Document[F]:
    """The file's fields and text, and the problems of both."""
    try:
        yaml_text, body, body_line = frontmatter.split(source)
    except BuildError as error:
        return Document(None, text(source.path, Prose()), Prose(), error.problems)
    parsed = parse(body, path=source.path, first_line=body_line)
    prose = _settled(parsed.prose)
    fields, problems = None, parsed.problems
    try:
        fields = validated(kind, frontmatter.read_tree(yaml_text, source.path, first_line=2), source.path)
    except BuildError as error:
        problems = (*error.problems, *problems)
    return Document(fields, text(source.path, prose), prose, problems)


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
    if not any(isinstance(piece, LinkHole) for piece in prose.pieces):
        return prose
    pieces: list[str | Hole] = []
    for piece in prose.pieces:
        new = escape(urls.external(piece.href)) if isinstance(piece, LinkHole) and leads_out(piece.href) else piece
        if isinstance(new, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += new
        else:
            pieces.append(new)
    return Prose(pieces=tuple(pieces), summary=prose.summary, headings=prose.headings, ids=prose.ids)
