"""Reads a Markdown file: validates its front matter and parses its text."""

from __future__ import annotations

from dataclasses import field
from typing import Generic, TypeVar

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.model.prose import Prose, Text
from generator.read.frontmatter_split import split
from generator.read.typed_fields import fields_of
from generator.read.validation import F
from generator.read.yaml_comments import cut_texts
from generator.site.texts import prose_of, text, without_title

T = TypeVar("T")


@frozen
class Document(Generic[F]):
    """A parsed Markdown file."""

    fields: F | None
    """The front matter; None if it is invalid."""
    text: Text
    prose: Prose
    problems: tuple[Problem, ...]


@frozen
class Read(Checked[T]):
    """A file's record, problems and prose. The prose is separate, so that it need not be kept in memory."""

    text: Text | None = None
    """None for a file without Markdown."""
    prose: Prose = field(default_factory=Prose)


def document(kind: type[F], source: Source) -> Document[F]:
    """The file's front matter and text, with the problems of both."""
    try:
        yaml_text, body, body_line = split(source)
    except BuildError as error:
        return Document(None, text(source.path, Prose()), Prose(), error.problems)
    parsed = prose_of(body, source.path, body_line)
    prose = parsed.prose
    fields, problems = None, parsed.problems
    try:
        fields = fields_of(kind, yaml_text, source.path, first_line=2)
    except BuildError as error:
        problems = (*error.problems, *problems)
    else:
        problems = (*cut_texts(yaml_text, source.path, first_line=2), *problems)
        prose = without_title(prose, str(getattr(fields, "title", None) or getattr(fields, "name", "")))
    return Document(fields, text(source.path, prose), prose, problems)
