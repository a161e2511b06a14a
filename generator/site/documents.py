"""A Markdown file taken apart: its fields, typed, and its text, parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from generator.ground.errors import BuildError, Problem
from generator.model.content import Source
from generator.model.prose import Prose
from generator.read import frontmatter
from generator.read.markdown import parse
from generator.read.schema import F, validated


@dataclass(frozen=True, slots=True)
class Document(Generic[F]):
    """What stands in a file."""

    fields: F
    prose: Prose
    problems: tuple[Problem, ...]
    """What was noticed in the text."""


def document(kind: type[F], source: Source) -> Document[F]:
    """The file's fields and text. Raises BuildError with the problems of both where the fields are faulty."""
    yaml_text, body, body_line = frontmatter.split(source)
    parsed = parse(body, path=source.path, first_line=body_line)
    try:
        fields = validated(kind, frontmatter.read_tree(yaml_text, source.path, first_line=2), source.path)
    except BuildError as error:
        raise BuildError(*error.problems, *parsed.problems) from None
    return Document(fields, parsed.prose, parsed.problems)


def text_of(source: Source) -> Prose:
    """The text of a file whose fields are faulty, for what it refers to; nothing where it has no front matter."""
    try:
        _, body, body_line = frontmatter.split(source)
    except BuildError:
        return Prose()
    return parse(body, path=source.path, first_line=body_line).prose
