"""Where the fields of a file stand, so that a problem with a field becomes one at a line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.ground.errors import BuildError, Field, Problem
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.read import frontmatter
from generator.read.frontmatter_split import split
from generator.read.yaml_tree import Position


@frozen
class FieldPositions:
    """The positions of the fields of a file."""

    fields: Mapping[Field, Position] | None
    """None where its YAML cannot be read."""
    first_line: int


def field_positions(path: str, text: str | None) -> FieldPositions:
    """The positions of the fields of a file with this text."""
    is_yaml = path.endswith((".yaml", ".yml"))
    first_line = 1 if is_yaml else 2
    try:
        yaml_text = text if is_yaml or text is None else split(Source(path, text))[0]
        fields = None if yaml_text is None else frontmatter.locate(yaml_text, path, first_line=first_line)
    except BuildError:
        fields = None
    return FieldPositions(fields, first_line)


def placed_at(problem: Problem, positions: FieldPositions) -> Problem:
    """The problem with its field converted to a line and column."""
    if problem.field is None or positions.fields is None:
        return problem
    field = problem.field
    while field and field not in positions.fields:
        field = field[:-1]
    if not field:
        return replace(problem, line=positions.first_line, column=1)
    position = positions.fields[field]
    line, column = position.key if problem.at_key else position.value
    return replace(problem, line=line, column=column)
