"""Reads the YAML of front matter and of YAML files, strictly. Every scalar stays text; the schema types it."""

from __future__ import annotations

import re
from typing import Final

from generator.ground.errors import BuildError, Field
from generator.read.yaml_tree import Position, Tree

_LONGEST: Final = 16 * 1024
"""Characters of front matter that is certainly below the limit in bytes."""

_LETTER = r"A-Za-z0-9\u3400-\u4dbf\u4e00-\u9fff"
_MORE = rf"{_LETTER}_./()+\u00b7\u2014\u2018-\u201d\u2026\u3001-\u3011\uff01-\uff0f\uff1a-\uff1f"
_PLAIN = rf"[{_LETTER}](?:[{_MORE} -]*[{_MORE}-])?"
_SIMPLE = re.compile(rf"([A-Za-z_][A-Za-z0-9_]{{0,60}}): (?:({_PLAIN})|\[({_PLAIN}(?:, {_PLAIN})*)\])")


def read_tree(text: str, path: str, *, first_line: int = 1) -> dict[str, Tree]:
    """YAML as mappings, lists and strings. ``first_line`` is its first line in the file. Raises BuildError."""
    simple = _simple_tree(text)
    if simple is not None:
        return simple
    # Most files need neither the YAML parser nor the explanations of its errors, so these are imported late.
    from generator.read.yaml_parser import TreeBuilder

    builder = TreeBuilder(path, text, first_line)
    tree = builder.run()
    if builder.problems:
        raise BuildError(*builder.problems)
    return tree


def locate(text: str, path: str, *, first_line: int = 1) -> dict[Field, Position]:
    """The position of every field, for YAML that ``read_tree`` accepts; the arguments are the same."""
    from generator.read.yaml_parser import TreeBuilder

    builder = TreeBuilder(path, text, first_line)
    builder.run()
    return builder.positions


def _simple_tree(text: str) -> dict[str, Tree] | None:
    """The fields of very simple YAML, ten times as fast as by the YAML parser; None for any other YAML.

    Each line is a key with a plain scalar, or with a list of plain scalars in brackets. Their characters have no
    special meaning in YAML (YAML 1.1, 5.3 and 9.1.3).
    """
    if len(text) > _LONGEST:
        return None
    tree: dict[str, Tree] = {}
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    for line in lines:
        match = _SIMPLE.fullmatch(line)
        if match is None or match[1] in tree:
            return None
        tree[match[1]] = match[2] if match[2] is not None else [*match[3].split(", ")]
    return tree
