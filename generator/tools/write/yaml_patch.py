"""Changes made in a text of YAML at their places: comments, order, line ends, quotes and all else stay as they are.

Each change is read again. One that would not say exactly what it should is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import yaml

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.read.yaml_tree import Tree
from generator.tools.write.yaml_changes import Change, Insert, Put, Remove, Rename, changed, changes
from generator.tools.write.yaml_styles import cleaned, in_brackets, item_lines, key_of, lines_of, literal, scalars
from generator.tools.write.yaml_text import YamlText, begin, column, is_block, mark

_INNER_COMMENT: Final = re.compile("[ \t]+#[^\r\n]*(?:\r\n|\r|\n|$)")
"""A comment on a line of its own that is indented."""


def patched(source: YamlText, values: Mapping[str, object], order: Sequence[str] = ()) -> YamlText:
    """The text in which these fields of the first level have these values; one without a value is no line.

    ``order`` is the usual one of the fields. Raises Fault where the text cannot be changed so.
    """
    for key, value in values.items():
        source = _with_field(source, key, cleaned(value), order)
    return source


def _with_field(source: YamlText, key: str, value: Tree, order: Sequence[str]) -> YamlText:
    """The text with one field of the first level changed: bit by bit, or else written from scratch."""
    old = source.tree.get(key)
    if cleaned(old) == value:
        return source
    steps: Iterable[Change] = changes(old, value, (key,))
    if value is None:
        steps = [Remove((key,))]
    elif key not in source.tree:
        after = _predecessor(key, [*source.tree], order)
        steps = [Insert((key,), value, after, is_first=after is None and key in order)]
    try:
        result = source
        for step in steps:
            result = _made(result, step)
    except (Fault, KeyError, IndexError):
        if key not in source.tree or value is None:
            raise _unchangeable(key) from None
        result = _rewritten(source, key, value)
    return result


def _predecessor(key: str, keys: Sequence[str], order: Sequence[str]) -> str | None:
    """The last of the keys that usually stand before this one; None where there is none."""
    earlier = set(order[: order.index(key)]) if key in order else set(keys)
    return next((one for one in reversed(keys) if one in earlier), None)


def _made(source: YamlText, change: Change) -> YamlText:
    """The text with a change made in it, in the first of the ways that say what they should. Raises Fault."""
    wanted = changed(source.tree, change)
    for text in _ways(source, change):
        result = source.with_text(text)
        if result.tree == wanted and len(result.problems) <= len(source.problems):
            return result
    raise _unchangeable(str(change.place[0]))


def _unchangeable(key: str) -> Fault:
    return Fault(
        say("{key} cannot be changed here, the way it is written in the file", key=key),
        say("change it in the file's own text"),
    )


def _ways(source: YamlText, change: Change) -> Iterator[str]:
    match change:
        case Put():
            yield from _put(source, change)
        case Insert():
            yield from _inserted(source, change)
        case Remove():
            yield from _removed(source, change)
        case Rename():
            above = source.node(change.place[:-1])
            assert isinstance(above, yaml.MappingNode)
            name, _ = source.pair(above, str(change.place[-1]))
            yield source.text[: begin(name)] + key_of(change.key) + source.text[mark(name.end_mark) :]


def _put(source: YamlText, change: Put) -> Iterator[str]:
    text, node = source.text, source.node(change.place)
    first, last = begin(node), source.end(node)
    colon = _colon(source, change)
    lines = lines_of(str(change.place[-1]), change.value) if len(change.place) == 1 else []
    if lines[1:] and not text[last : source.line_end(last)].strip():
        yield text[:colon] + "".join(source.line_break + line for line in lines[1:]) + text[last:]
    if is_block(node):
        yield f"{text[:colon]} {in_brackets(change.value)}{text[last:]}"
        yield text[:first] + in_brackets(change.value) + text[last:]
        return
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    space = " " if first == last and text[first - 1 : first] in (":", "-", "?") else ""
    for written in _written(source, change, style):
        yield text[:first] + space + written + text[last:]


def _colon(source: YamlText, change: Put) -> int:
    """Where the value of a key may begin: behind its colon; for an item of a list, where it is."""
    above = source.node(change.place[:-1])
    if not isinstance(above, yaml.MappingNode):
        return begin(source.node(change.place))
    name, _ = source.pair(above, str(change.place[-1]))
    return source.text.find(":", mark(name.end_mark)) + 1


def _written(source: YamlText, change: Put, style: str | None) -> Iterator[str]:
    """The ways to write the new value in the place of one of a style."""
    if not isinstance(change.value, str):
        yield in_brackets(change.value)
        return
    above = source.node(change.place[:-1])
    if is_block(above):
        indent = " " * (column(above) + 2)
        block = literal(change.value, indent, source.line_break, style)
        yield from (block,) if block else ()
    yield from scalars(change.value, style)


def _rewritten(source: YamlText, key: str, value: Tree) -> YamlText:
    """The text with a field of the first level written from scratch. Raises Fault."""
    root = source.root
    if isinstance(root, yaml.MappingNode) and is_block(root):
        name, node = source.pair(root, key)
        first, last = source.line_begin(begin(name)), source.line_end(source.end(node))
        end = source.line_break if source.text[:last].endswith(("\n", "\r")) else ""
        written = source.line_break.join(lines_of(key, value)) + end
        result = source.with_text(source.text[:first] + written + source.text[last:])
        if result.tree == {**source.tree, key: value} and len(result.problems) <= len(source.problems):
            return result
    raise _unchangeable(key)


def _inserted(source: YamlText, change: Insert) -> Iterator[str]:
    if len(change.place) == 1 and source.root is None:
        yield _with_lines(source, len(source.text), "", lines_of(str(change.place[0]), change.value))
        return
    above = source.node(change.place[:-1])
    if isinstance(above, yaml.SequenceNode):
        yield from _inserted_item(source, above, change)
    elif isinstance(above, yaml.MappingNode):
        yield from _inserted_key(source, above, change)


def _inserted_key(source: YamlText, above: yaml.MappingNode, change: Insert) -> Iterator[str]:
    key = str(change.place[-1])
    before = source.pair(above, change.after)[1] if change.after is not None else None
    if before is None and above.value:
        before = above.value[-1][1]
    if not is_block(above):
        pairs = f"{key_of(key)}: {in_brackets(change.value)}"
        yield _in_brackets_after(source, above, before, pairs)
        return
    assert before is not None
    at = source.line_end(source.end(before))
    if change.is_first:
        at = source.line_begin(begin(above))
    indent = " " * column(above)
    lines = lines_of(key, change.value) if len(change.place) == 1 else [f"{key_of(key)}: {in_brackets(change.value)}"]
    if isinstance(change.value, str) and (block := literal(change.value, f"{indent}  ", source.line_break)):
        yield _with_lines(source, at, indent, [f"{key_of(key)}: {block}"])
    if isinstance(change.value, str):
        for written in scalars(change.value):
            yield _with_lines(source, at, indent, [f"{key_of(key)}: {written}"])
    yield _with_lines(source, at, indent, lines)


def _inserted_item(source: YamlText, above: yaml.SequenceNode, change: Insert) -> Iterator[str]:
    number = change.place[-1]
    assert isinstance(number, int)
    before = above.value[number - 1] if number else None
    if not is_block(above):
        written = in_brackets(change.value)
        if before is None and above.value:
            at = begin(above.value[0])
            yield f"{source.text[:at]}{written}, {source.text[at:]}"
        else:
            yield _in_brackets_after(source, above, before, written)
        return
    like = before or above.value[0]
    is_flow = isinstance(like, yaml.CollectionNode) and not is_block(like)
    lines = [f"- {in_brackets(change.value)}"] if is_flow else item_lines(change.value)
    at = source.line_end(source.end(before)) if before is not None else source.line_begin(begin(above))
    yield _with_lines(source, at, " " * column(above), lines)


def _in_brackets_after(source: YamlText, above: yaml.CollectionNode, before: yaml.Node | None, written: str) -> str:
    """The text with one more item in a list or mapping in brackets, behind the item ``before``."""
    if before is None:
        at = begin(above) + 1
        return source.text[:at] + written + source.text[at:]
    at = source.end(before)
    return f"{source.text[:at]}, {written}{source.text[at:]}"


def _with_lines(source: YamlText, at: int, indent: str, lines: Sequence[str]) -> str:
    """The text with lines inserted where one begins."""
    text, line_break = source.text, source.line_break
    before = text[:at]
    gap = line_break if before and not before.endswith(("\n", "\r")) else ""
    written = "".join(f"{indent}{line}{line_break}" for line in lines)
    if gap and at == len(text):
        # The last line had no end, and the new last one has none either.
        written = written.removesuffix(line_break)
    return before + gap + written + text[at:]


def _removed(source: YamlText, change: Remove) -> Iterator[str]:
    above = source.node(change.place[:-1])
    assert isinstance(above, yaml.CollectionNode)
    last = change.place[-1]
    if isinstance(above, yaml.MappingNode):
        name, node = source.pair(above, str(last))
        items = [(key, value) for key, value in above.value]
        number = next(at for at, (key, _) in enumerate(items) if key is name)
        first = begin(name)
    else:
        assert isinstance(last, int)
        number, node = last, above.value[last]
        items = [(item, item) for item in above.value]
        first = begin(node)
    text, end = source.text, source.end(node)
    if is_block(above):
        yield from _without_lines(source, items, number, first, end)
    elif number + 1 < len(items):
        yield text[:first] + text[begin(items[number + 1][0]) :]
    elif number:
        yield text[: source.end(items[number - 1][1])] + text[end:]


def _without_lines(
    source: YamlText, items: Sequence[tuple[yaml.Node, yaml.Node]], number: int, first: int, end: int
) -> Iterator[str]:
    text, line = source.text, source.line_begin(first)
    if not text[line:first].strip(" -"):
        if "-" in text[line:first] and items[number][0] is not items[number][1]:
            # The first key of an item, whose hyphen stays.
            if number + 1 < len(items):
                yield text[:first] + text[begin(items[number + 1][0]) :]
            return
        behind = source.line_end(end)
        yield text[:line] + text[behind:]
        # Its comments on lines of their own would become part of a folded text above it.
        while found := _INNER_COMMENT.match(text, behind):
            behind = found.end()
        yield text[:line] + text[behind:]
