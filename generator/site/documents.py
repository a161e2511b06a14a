"""A Markdown file taken apart: its fields, typed, and its text, parsed."""

from __future__ import annotations

from dataclasses import field
from typing import Generic, TypeVar

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.model.prose import Prose, Text
from generator.read import frontmatter
from generator.read.frontmatter_split import split
from generator.read.schema import F, validated
from generator.site.texts import prose_of, text

T = TypeVar("T")


@frozen
class Document(Generic[F]):
    """What stands in a file."""

    fields: F | None
    """None where they are faulty."""
    text: Text
    prose: Prose
    problems: tuple[Problem, ...]


@frozen
class Read(Checked[T]):
    """What a file gave, what was noticed in it, and its prose: apart, so that the prose need not be held."""

    text: Text | None = None
    """None for a file without Markdown."""
    prose: Prose = field(default_factory=Prose)


def document(kind: type[F], source: Source) -> Document[F]:
    """The file's fields and text, and the problems of both."""
    try:
        yaml_text, body, body_line = split(source)
    except BuildError as error:
        return Document(None, text(source.path, Prose()), Prose(), error.problems)
    parsed = prose_of(body, source.path, body_line)
    fields, problems = None, parsed.problems
    try:
        fields = validated(kind, frontmatter.read_tree(yaml_text, source.path, first_line=2), source.path)
    except BuildError as error:
        problems = (*error.problems, *problems)
    return Document(fields, text(source.path, parsed.prose), parsed.prose, problems)
