"""A text of YAML with the places of its values, so that one of them can be changed and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import yaml

from generator.ground.errors import Field, Problem
from generator.read.yaml_parser import TreeBuilder
from generator.read.yaml_tree import Tree

_LINE_END: Final = re.compile("\r\n|\r|\n")


class YamlText:
    """YAML as the site's own reader understands it, and as PyYAML's parser places it."""

    def __init__(self, text: str, path: str, first_line: int = 1) -> None:
        self.text, self._path, self._first_line = text, path, first_line
        builder = TreeBuilder(path, _LINE_END.sub("\n", text), first_line)
        self.tree: dict[str, Tree] = builder.run()
        self.problems: Sequence[Problem] = builder.problems

    def with_text(self, text: str) -> YamlText:
        """Another text of the same file."""
        return YamlText(text, self._path, self._first_line)

    @cached_property
    def root(self) -> yaml.Node | None:
        """The whole as PyYAML's nodes; None where there is nothing, or nothing that can be parsed."""
        try:
            found = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            return None
        return found if isinstance(found, yaml.Node) else None

    def node(self, place: Field) -> yaml.Node:
        """The value at a place. Raises KeyError where there is none."""
        found = self.root
        for step in place:
            if isinstance(found, yaml.MappingNode):
                found = self.pair(found, str(step))[1]
            elif isinstance(found, yaml.SequenceNode) and isinstance(step, int) and step < len(found.value):
                found = found.value[step]
            else:
                raise KeyError(step)
        if found is None:
            raise KeyError(place)
        return found

    def pair(self, mapping: yaml.MappingNode, key: str) -> tuple[yaml.Node, yaml.Node]:
        """A key and its value; of a key that is given twice, the last, which is the one that is read."""
        for one, value in reversed(mapping.value):
            if isinstance(one, yaml.ScalarNode) and one.value == key:
                return one, value
        raise KeyError(key)

    def end(self, node: yaml.Node) -> int:
        """Where a value ends: before the line end, the blank lines and the comments behind it."""
        if is_block(node) and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(node, yaml.MappingNode) else last)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return begin(node) + len(self.text[begin(node) : mark(node.end_mark)].rstrip())
        return mark(node.end_mark)

    def line_begin(self, at: int) -> int:
        """Where the line of an offset begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Where the next line begins; the end of the text for the last one."""
        found = _LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)

    @cached_property
    def line_break(self) -> str:
        """The line end of this text: the first one in it."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"


def is_block(node: yaml.Node) -> bool:
    """Whether a value is a list or mapping without brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def begin(node: yaml.Node) -> int:
    """Where a value begins."""
    return mark(node.start_mark)


def mark(place: yaml.Mark | None) -> int:
    """The offset of a parser's mark."""
    assert place is not None
    return place.index


def column(node: yaml.Node) -> int:
    """The column, from 0, in which a value begins."""
    assert node.start_mark is not None
    return node.start_mark.column
