"""YAML, strictly, by its parser: what the plainest front matter can do without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml

from generator.ground.errors import Field, Problem
from generator.ground.messages import Message, say
from generator.ground.text import FORBIDDEN
from generator.read.yaml_faults import explained, in_quotes
from generator.read.yaml_tree import Position, Tree

MAX_BYTES: Final = 64 * 1024
MAX_FILE_BYTES: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 20

_COMMENT = re.compile(r"\s+(#[^\s#].*)")


@dataclass(slots=True)
class TreeBuilder:
    """One pass over the events of a YAML text, without recursion."""

    path: str
    text: str
    first_line: int
    problems: list[Problem] = field(default_factory=list)
    positions: dict[Field, Position] = field(default_factory=dict)
    _stack: list[_Open] = field(default_factory=list)
    _root: Tree = None

    def run(self) -> dict[str, Tree]:
        """The whole text as a mapping; empty where the text is."""
        # A file of its own, such as a register of persons, may be long.
        is_whole = self.path.endswith((".yaml", ".yml"))
        if is_whole and len(self.text.encode()) > MAX_FILE_BYTES:
            self._note((self.first_line, 1), say("the file is larger than 4 MB"), say("make it shorter"))
            return {}
        if not is_whole and len(self.text.encode()) > MAX_BYTES:
            self._note(
                (self.first_line, 1),
                say("the front matter is larger than 64 KB"),
                say("move the text below the closing ---"),
            )
            return {}
        try:
            for event in self._events():
                self._take(event)
        except _Stopped:
            return {}
        except yaml.MarkedYAMLError as error:
            self.problems.append(explained(error, self.text, self.path, self.first_line))
            return {}
        if self._root is None:
            return {}
        if not isinstance(self._root, dict):
            self.problems.append(explained(None, self.text, self.path, self.first_line))
            return {}
        return self._root

    def _events(self) -> Iterator[yaml.Event]:
        documents = 0
        for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, say("a second YAML document begins here"), say("delete the line ---"))
            elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
            return
        self._refuse(event)
        place = self._place(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.tree, dict) and top.key is None:
            self._take_key(top, event, place)
            return
        value: Tree
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        trail = self._put(value, place)
        if not isinstance(event, yaml.ScalarEvent):
            self._stack.append(_Open(value, trail))
            if len(self._stack) > MAX_DEPTH:
                self._stop(event, say("fields are nested more than 20 deep"), say("flatten this part"))

    def _take_key(self, top: _Open, event: yaml.Event, place: tuple[int, int]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(event, say("a key must be plain text"), say("put the text in quotes"))
        assert isinstance(event, yaml.ScalarEvent)
        key = str(event.value)
        if FORBIDDEN.search(key):
            self._stop(event, say("the key holds a control character"), say("type it again by hand"))
        if key == "<<" and event.implicit[0]:
            self._stop(event, say("merge keys (<<) are not read"), say("write the fields out"))
        if key in top.seen:
            self._note(
                place,
                say('"{key}" is given twice; it was first given on line {line}', key=key, line=top.seen[key]),
                say("keep one of the two"),
            )
        top.seen.setdefault(key, place[0])
        top.key, top.key_place = key, place

    def _put(self, value: Tree, place: tuple[int, int]) -> Field:
        if not self._stack:
            self._root = value
            return ()
        top = self._stack[-1]
        if isinstance(top.tree, list):
            step: str | int = len(top.tree)
            top.tree.append(value)
            key_place = place
        else:
            assert isinstance(top.tree, dict)
            assert top.key is not None
            step, key_place = top.key, top.key_place
            top.tree[top.key] = value
            top.key = None
        trail = (*top.trail, step)
        self.positions.setdefault(trail, Position(key_place, place))
        return trail

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        value = str(event.value)
        if event.implicit[0]:
            self._check_comment(event)
            if not value:
                return None
        if FORBIDDEN.search(value):
            self._note(
                self._place(event),
                say("the value holds a control character"),
                say("type the value again by hand"),
            )
        return value

    def _check_comment(self, event: yaml.ScalarEvent) -> None:
        """Finds the value's end that a hash sign makes a comment of: ``title: #1``, ``place: hall #2``.

        A comment that is meant has a space behind its hash sign.
        """
        if "#" not in self.text:
            return
        line, column = self._place(event)
        end = event.end_mark
        if event.value and end is not None:
            lost = _COMMENT.match(self.text.split("\n")[end.line], end.column)
        else:
            line, column = self._stack[-1].key_place if self._stack else (line, column)
            lost = _COMMENT.search(self.text.split("\n")[line - self.first_line], column)
        if lost:
            value = f"{event.value} {lost[1]}".strip()
            self._note(
                (line, lost.start(1) + 1),
                say("what stands behind # is a comment in YAML, and is not read"),
                say("write {field}", field=in_quotes(value)),
            )

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

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None
        return (mark.line + self.first_line, mark.column + 1)

    def _note(self, place: tuple[int, int], message: Message, hint: Message) -> None:
        line, column = place
        self.problems.append(Problem(path=self.path, line=line, column=column, message=message, hint=hint))

    def _stop(self, event: yaml.Event, message: Message, hint: Message) -> None:
        self._note(self._place(event), message, hint)
        raise _Stopped


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet."""

    tree: Tree
    trail: Field
    key: str | None = None
    key_place: tuple[int, int] = (0, 0)
    seen: dict[str, int] = field(default_factory=dict)


class _Stopped(Exception):
    """The text cannot be read any further."""
