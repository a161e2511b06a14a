"""Reads the YAML of a file by its schema; what cannot be read is told with corrected lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.ground.errors import BuildError, Problem
from generator.read.fields import Fields
from generator.read.frontmatter import read_tree
from generator.read.validation import F, validated
from generator.read.yaml_tree import Tree

_LONGEST: Final = 16 * 1024
"""Characters of YAML in which lines are corrected, since it is read again for each proposal."""


def fields_of(kind: type[F], text: str, path: str, *, first_line: int = 1) -> F:
    """The typed fields of a file; see ``tree_of`` and ``validated``."""
    tree = tree_of(kind, text, path, first_line=first_line)
    try:
        return validated(kind, tree, path)
    except BuildError as error:
        raise BuildError(*corrected(kind, error.problems, text, path, first_line=first_line)) from None


def tree_of(kind: type[Fields], text: str, path: str, *, first_line: int = 1) -> dict[str, Tree]:
    """YAML as ``read_tree`` reads it. Raises BuildError."""
    try:
        return read_tree(text, path, first_line=first_line)
    except BuildError:
        if len(text) > _LONGEST:
            raise
        # Most files need neither the YAML parser nor what mends its errors.
        from generator.read.corrections import corrected_yaml

        raise BuildError(*corrected_yaml(kind, text, path, first_line)) from None


def corrected(
    kind: type[Fields], problems: Sequence[Problem], text: str, path: str, *, first_line: int = 1
) -> Sequence[Problem]:
    """What ``validated`` finds wrong with the fields of a file, with corrected lines where there are any."""
    if len(text) > _LONGEST or all(problem.repair for problem in problems):
        return problems
    from generator.read.corrections import corrected_fields

    return corrected_fields(kind, problems, text, path, first_line)
