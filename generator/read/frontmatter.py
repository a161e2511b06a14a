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
_PLAIN = re.compile(rf"[{_LETTER}](?:[{_MORE} -]*[{_MORE}-])?")
_WORD = re.compile(rf"[{_LETTER}](?:[{_LETTER}_. -]*[{_LETTER}_.-])?")
"""A key in brackets: what has other signs may be meant otherwise."""
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_]{0,60}): ")
_DEEPEST = 4
"""Brackets within each other."""


class _DeclinedError(Exception):
    """The YAML contains something that needs the parser."""


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

    Each line is a key with a plain scalar, or with a list or a mapping of such in brackets. The characters of scalars
    have no special meaning in YAML (YAML 1.1, 5.3 and 9.1.3).
    """
    if len(text) > _LONGEST:
        return None
    tree: dict[str, Tree] = {}
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    try:
        for line in lines:
            key = _KEY.match(line)
            if key is None or key[1] in tree:
                return None
            tree[key[1]], end = _value(line, key.end(), 0)
            if end != len(line):
                return None
    except _DeclinedError:
        return None
    return tree


def _value(line: str, at: int, depth: int) -> tuple[Tree, int]:
    """The value that begins at a place in a line, and where it ends. Raises _DeclinedError."""
    opening = line[at : at + 1]
    if opening not in ("[", "{"):
        return _scalar(line, at, _PLAIN)
    if depth == _DEEPEST:
        raise _DeclinedError
    items: list[Tree] = []
    fields: dict[str, Tree] = {}
    while True:
        if opening == "{":
            key, at = _scalar(line, at + 1, _WORD)
            if key in fields or line[at : at + 2] != ": ":
                raise _DeclinedError
            fields[key], at = _value(line, at + 2, depth + 1)
        else:
            item, at = _value(line, at + 1, depth + 1)
            items.append(item)
        if line[at : at + 2] != ", ":
            break
        at += 1
    if line[at : at + 1] != ("]" if opening == "[" else "}"):
        raise _DeclinedError
    return (items if opening == "[" else fields), at + 1


def _scalar(line: str, at: int, form: re.Pattern[str]) -> tuple[str, int]:
    found = form.match(line, at)
    if found is None:
        raise _DeclinedError
    return found[0], found.end()
