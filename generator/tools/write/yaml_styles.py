"""How a new value is written as YAML: the ways to try, the plainest first.

Each is read again before it is kept, so a way may be offered that is not right for every value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.ground.text import visible
from generator.read.yaml_tree import Tree
from generator.read.yaml_writing import in_quotes

_INDENT: Final = "  "
_RISKY: Final = frozenset(",[]{}#&*!|>'\"%@`")
_WORDS_OF_YAML: Final = frozenset({"null", "~", "true", "false", "yes", "no", "on", "off"})


def scalars(value: str, style: str | None = None) -> Iterator[str]:
    """A text on one line, first as its forerunner was written: in single or double quotes, or in none."""
    if style == "'":
        yield "'" + value.replace("'", "''") + "'"
    elif style == '"':
        yield json.dumps(value, ensure_ascii=False)
    elif "\n" not in value:
        yield value
    if "\n" not in value:
        yield in_quotes(value)
    yield json.dumps(value, ensure_ascii=False)
    yield json.dumps(value)


def is_plain(value: str) -> bool:
    """Whether a text surely needs no quotes within brackets."""
    is_simple = value.isprintable() and value == value.strip() and value[:1] not in "-?:" and not _RISKY & set(value)
    return bool(value) and is_simple and ": " not in value and value[-1] != ":" and value.lower() not in _WORDS_OF_YAML


def literal(value: str, indent: str, line_break: str, style: str | None = None) -> str | None:
    """A text of several lines as a block, whose lines begin with ``indent``; None where no block can hold it."""
    if "\n" not in value or value != value.strip() or style not in (None, "|", ">"):
        return None
    return "|-" + "".join(f"{line_break}{indent}{line}" if line else line_break for line in value.split("\n"))


def in_brackets(value: Tree) -> str:
    """A value on one line, with brackets around lists and mappings."""
    if isinstance(value, list):
        return f"[{', '.join(map(in_brackets, value))}]"
    if isinstance(value, dict):
        pairs = (f"{key_of(key)}: {in_brackets(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    text = value or ""
    if is_plain(text):
        return text
    return in_quotes(text) if text.isprintable() else json.dumps(text, ensure_ascii=False)


def key_of(key: str) -> str:
    """A key as it is written."""
    return key if is_plain(key) else in_quotes(key)


def lines_of(key: str, value: Tree) -> list[str]:
    """A field of a file's first level, as lines: a list of mappings, and a mapping of mappings, on several."""
    name = key_of(key)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [f"{name}:", *(_INDENT + line for item in value for line in item_lines(item))]
    if isinstance(value, dict) and any(isinstance(item, dict) for item in value.values()):
        return [f"{name}:", *(f"{_INDENT}{key_of(one)}: {in_brackets(item)}" for one, item in value.items())]
    return [f"{name}: {in_brackets(value)}"]


def item_lines(item: Tree) -> list[str]:
    """An item of a list, as lines that begin with a hyphen."""
    if not isinstance(item, dict) or not item:
        return [f"- {in_brackets(item)}"]
    pairs = [f"{key_of(key)}: {in_brackets(value)}" for key, value in item.items()]
    return [f"- {pairs[0]}", *(_INDENT + pair for pair in pairs[1:])]


def cleaned(value: object) -> Tree:
    """A value that a form sends, as YAML holds it: all texts, without empty ones; None where nothing is left.

    A mapping that is sent empty, such as a counter without a unit, stays one.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        items: dict[str, Tree] = {
            str(key): found for key, item in value.items() if (found := cleaned(item)) is not None
        }
        return items if items or not value else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [found for item in value if (found := cleaned(item)) not in (None, {})] or None
    text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return visible(text) or None
