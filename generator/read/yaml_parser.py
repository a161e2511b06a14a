"""Parses YAML strictly, by PyYAML's events: no anchors, tags, merge keys or duplicate keys.

Very simple front matter does not need it (``frontmatter``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import yaml

from generator.ground.errors import Edit, Field, Problem, Repair
from generator.ground.messages import Message, say
from generator.ground.text import FORBIDDEN, visible
from generator.read.yaml_faults import explained
from generator.read.yaml_tree import Position, Tree
from generator.read.yaml_writing import WIDE, half_width_key, in_quotes

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 20
MOST_VALUES: Final = 200_000
"""Keys and values of a file: a register of twenty thousand persons has fewer."""

_TIGHT = re.compile(r"[\w-]+:(?=[\[{\"'])")
"""Of a key such as ``counts:{走访``."""
_COMMENT = re.compile(r"(?<!\s)\s+(#[^\s#].*)")
_NEAR: Final = 1000
"""Characters behind a key in which its comment begins."""


@dataclass
class TreeBuilder:
    """Builds the tree of a YAML text from the parser's events, without recursion."""

    path: str
    text: str
    first_line: int
    problems: list[Problem] = field(default_factory=list)
    stopped_by: list[Problem] = field(default_factory=list)
    """Those of the problems behind which nothing was read."""
    positions: dict[Field, Position] = field(default_factory=dict)
    _stack: list[_OpenCollection] = field(default_factory=list)
    _wide_keys: dict[int, list[yaml.ScalarEvent]] = field(default_factory=dict)
    """By line from 0: keys with full-width signs, which an input method put in the place of YAML's own."""
    _root: Tree = None

    def run(self) -> dict[str, Tree]:
        """The whole text as a mapping; empty for an empty text, and where ``problems`` say that it cannot be read."""
        # A YAML file, such as the register of persons, may be longer than front matter.
        is_whole = self.path.endswith((".yaml", ".yml"))
        if not is_whole and len(self.text.encode()) > MAX_BYTES:
            self._report(
                (self.first_line, 1),
                say("the front matter is larger than 64 KB"),
                say("move the text below the closing ---"),
            )
            return {}
        try:
            for event in self._events():
                self._handle(event)
        except _Stopped:
            self.stopped_by = self.problems[-1:]
            return {}
        except yaml.MarkedYAMLError as error:
            return self._explain(error)
        self._report_wide_keys()
        if self._root is None:
            return {}
        return self._root if isinstance(self._root, dict) else self._explain(None)

    def _explain(self, error: yaml.MarkedYAMLError | None) -> dict[str, Tree]:
        self.stopped_by = explained(error, self.text, self.path, self.first_line)
        self.problems += self.stopped_by
        return {}

    def _events(self) -> Iterator[yaml.Event]:
        documents = 0
        for number, event in enumerate(yaml.parse(self.text, Loader=yaml.CSafeLoader)):
            if number > MOST_VALUES:
                self._stop(
                    event, say("the file has more than {limit} values", limit=MOST_VALUES), say("make it shorter")
                )
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, say("a second YAML document begins here"), say("delete the line ---"))
            elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event

    def _handle(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
            return
        self._refuse(event)
        position = self._position(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.tree, dict) and top.key is None:
            self._handle_key(top, event, position)
            return
        value: Tree
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        field_path = self._add(value, position)
        if not isinstance(event, yaml.ScalarEvent):
            self._stack.append(_OpenCollection(value, field_path))
            if len(self._stack) > MAX_DEPTH:
                self._stop(event, say("fields are nested more than 20 deep"), say("flatten this part"))

    def _handle_key(self, top: _OpenCollection, event: yaml.Event, position: tuple[int, int]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(event, say("a key must be plain text"), say("put the text in quotes"))
        assert isinstance(event, yaml.ScalarEvent)
        key = str(event.value)
        if FORBIDDEN.search(key):
            self._stop(event, say("the key holds a control character"), say("type it again by hand"))
        if key == "<<" and event.implicit[0]:
            self._stop(event, say("merge keys (<<) are not read"), say("write the fields out"))
        if event.implicit[0] and event.start_mark is not None and WIDE.search(key):
            self._wide_keys.setdefault(event.start_mark.line, []).append(event)
        if event.implicit[0] and (tight := _TIGHT.match(key)):
            line, column = position[0], position[1] + tight.end()
            text = self._lines[line - self.first_line]
            self._report(
                (line, column),
                say("there is no space after the colon"),
                say("write {field}", field=f"{text[: column - 1]} {text[column - 1 :]}".strip()),
                Repair((Edit("", " ", line, column),)),
            )
        if key in top.seen:
            self._report(
                position,
                say('"{key}" is given twice; it was first given on line {line}', key=key, line=top.seen[key]),
                say("keep one of the two"),
            )
        top.seen.setdefault(key, position[0])
        top.key, top.key_position = key, position

    def _report_wide_keys(self) -> None:
        for line, events in self._wide_keys.items():
            text = self._lines[line]
            edits: list[Edit] = []
            for event in reversed(events):
                assert event.start_mark is not None
                assert event.end_mark is not None
                start, end = event.start_mark.column, event.end_mark.column
                has_value = text[end:].lstrip().startswith(":")
                key = half_width_key(text[start:end], has_value=has_value)
                edits.insert(0, Edit(text[start:end], key, line + self.first_line, start + 1))
                text = text[:start] + key + text[end:]
            sign = WIDE.search(str(events[0].value))
            assert sign is not None
            self._report(
                self._position(events[0]),
                say("the {sign} in this key is full-width", sign=sign[0]),
                say("write {field}", field=text.strip()),
                Repair(tuple(edits)),
            )

    def _add(self, value: Tree, position: tuple[int, int]) -> Field:
        if not self._stack:
            self._root = value
            return ()
        top = self._stack[-1]
        if isinstance(top.tree, list):
            step: str | int = len(top.tree)
            top.tree.append(value)
            key_position = position
        else:
            assert isinstance(top.tree, dict)
            assert top.key is not None
            step, key_position = top.key, top.key_position
            top.tree[top.key] = value
            top.key = None
        field_path = (*top.field_path, step)
        self.positions.setdefault(field_path, Position(key_position, position))
        return field_path

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        # Escapes may stand for characters that nobody sees.
        value = visible(str(event.value))
        if event.implicit[0]:
            self._check_comment(event)
            if not value:
                return None
        if FORBIDDEN.search(value):
            self._report(
                self._position(event),
                say("the value holds a control character"),
                say("type the value again by hand"),
            )
        return value

    def _check_comment(self, event: yaml.ScalarEvent) -> None:
        """Reports text that a hash sign turns into a comment: ``title: #1``, ``position: hall #2``.

        An intended comment has a space after its hash sign.
        """
        if not self._has_hash:
            return
        line, column = self._position(event)
        end = event.end_mark
        if event.value and end is not None:
            lost, begin = _COMMENT.match(self._lines[end.line], end.column), column - 1
        else:
            line, column = self._stack[-1].key_position if self._stack else (line, column)
            lost = _COMMENT.search(self._lines[line - self.first_line], column, column + _NEAR)
            begin = lost.start(1) if lost else 0
        if lost:
            value, whole = f"{event.value} {lost[1]}".strip(), self._lines[line - self.first_line]
            self._report(
                (line, lost.start(1) + 1),
                say("what follows # is a comment in YAML, and is not read"),
                say("write {field}", field=in_quotes(value)),
                Repair((Edit(whole[begin:], in_quotes(whole[begin:].rstrip()), line, begin + 1),)),
            )

    @cached_property
    def _has_hash(self) -> bool:
        return "#" in self.text

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _refuse(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop(
                event,
                say("a value that begins with * is an alias in YAML, and aliases are not read"),
                say("put the value in quotes"),
            )
        if getattr(event, "anchor", None):
            self._stop(
                event,
                say("a value that begins with & is an anchor in YAML, and anchors are not read"),
                say("put the value in quotes"),
            )
        if getattr(event, "tag", None):
            self._stop(
                event,
                say("a value that begins with ! is a tag in YAML, and tags are not read"),
                say("put the value in quotes"),
            )

    def _position(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None
        return (mark.line + self.first_line, mark.column + 1)

    def _report(self, position: tuple[int, int], message: Message, hint: Message, repair: Repair | None = None) -> None:
        line, column = position
        self.problems.append(
            Problem(path=self.path, line=line, column=column, message=message, hint=hint, repair=repair)
        )

    def _stop(self, event: yaml.Event, message: Message, hint: Message) -> None:
        self._report(self._position(event), message, hint)
        raise _Stopped


@dataclass(slots=True)
class _OpenCollection:
    """A mapping or list that is still open."""

    tree: Tree
    field_path: Field
    key: str | None = None
    key_position: tuple[int, int] = (0, 0)
    seen: dict[str, int] = field(default_factory=dict)


class _Stopped(Exception):
    """The text cannot be parsed any further."""
