"""A text file of a site for a form: its fields, its text, and its bytes with some of that changed."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Self

from generator.ground.errors import BuildError, Fault
from generator.ground.messages import say
from generator.read.decoding import decoded
from generator.read.schema import SCHEMAS
from generator.read.yaml_tree import Tree
from generator.tools.write.kinds import kind_of
from generator.tools.write.yaml_changes import NAMED
from generator.tools.write.yaml_patch import patched
from generator.tools.write.yaml_text import YamlText

_LINE: Final = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_OPENING: Final = re.compile("---[ \t]*(?:\r\n|\r|\n)")
_CLOSING: Final = re.compile("(?:(?<=\n)|(?<=\r))(?:---|\\.\\.\\.)[ \t]*(?:(?:\r\n|\r|\n)|$)(?:[ \t]*(?:\r\n|\r|\n))*")
_MOST_COMPARED: Final = 4000
"""Lines that are compared one by one; the time for it grows with their square."""


def version_of(raw: bytes) -> str:
    """What tells the states of a file apart: SHA-256 of its bytes."""
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True)
class TextFile:
    """The bytes of a text file, taken apart. The parts together are the whole of it."""

    path: str
    mark: bytes
    """The byte order mark, if there is one."""
    encoding: str
    before: str
    """The line that opens the front matter; empty in a file of YAML."""
    yaml: str | None
    """None where there is no front matter that could be told from the text."""
    after: str
    """The line that closes the front matter, and the empty lines behind it."""
    body: str

    @classmethod
    def of(cls, path: str, raw: bytes) -> Self:
        """The file at a path with these bytes. Raises BuildError where they are no text."""
        decoded(raw, path)
        mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
        body = raw[len(mark) :]
        try:
            text, encoding = body.decode(), "utf-8"
        except UnicodeDecodeError:
            text, encoding = body.decode("gb18030"), "gb18030"
        if path.endswith((".yaml", ".yml")):
            return cls(path, mark, encoding, "", text, "", "")
        opening = _OPENING.match(text)
        closing = _CLOSING.search(text, opening.end()) if opening else None
        if opening is None or closing is None:
            return cls(path, mark, encoding, "", None, "", text)
        yaml = text[opening.end() : closing.start()]
        return cls(path, mark, encoding, opening[0], yaml, closing[0], text[closing.end() :])

    @property
    def source(self) -> str:
        r"""All of it as text, with ``\n`` as line ends."""
        return _with_plain_ends(self.before + (self.yaml or "") + self.after + self.body)

    @property
    def text(self) -> str:
        r"""Its Markdown, with ``\n`` as line ends."""
        return _with_plain_ends(self.body)

    @property
    def text_line(self) -> int:
        """The line with which its Markdown begins."""
        return _with_plain_ends(self.before + (self.yaml or "") + self.after).count("\n") + 1

    @property
    def fields(self) -> dict[str, Tree]:
        """Its fields as they are written, those without a value left out; none where they cannot be read."""
        tree = {} if self.yaml is None else self._yaml_text().tree
        return {key: found for key, value in tree.items() if (found := _filled(value, (key,))) is not None}

    @property
    def is_readable(self) -> bool:
        """Whether its fields can be read, even if it has none."""
        found = None if self.yaml is None else self._yaml_text()
        return found is not None and (bool(found.tree) or not found.problems)

    def raw(self) -> bytes:
        """Its bytes. Raises Fault where the file's encoding has no such character."""
        text = self.before + (self.yaml or "") + self.after + self.body
        return self.mark + text.encode(self.encoding)

    def with_fields(self, values: Mapping[str, object]) -> Self:
        """The file with other values of these fields; None and what is empty for no line. Raises Fault."""
        if not values:
            return self
        if self.yaml is None:
            raise Fault(
                say("this file has no front matter that can be read"), say("mend it in the file's own text first")
            )
        found = self._yaml_text()
        if found.problems and not found.tree:
            problem = found.problems[0]
            raise Fault(problem.message, problem.hint)
        order = list(SCHEMAS[kind_of(self.path)].model_fields)
        return replace(self, yaml=patched(found, values, order).text)

    def with_text(self, text: str) -> Self:
        """The file with another text; lines that stay keep their ends."""
        return replace(self, body=_with_ends_of(self.body, text, self.before))

    def with_source(self, source: str) -> Self:
        """The file with all of it written from scratch; lines that stay keep their ends."""
        old = self.before + (self.yaml or "") + self.after + self.body
        new = _with_ends_of(old, source, old)
        return self.of(self.path, self.mark + new.encode(self.encoding))

    def _yaml_text(self) -> YamlText:
        return YamlText(self.yaml or "", self.path, 2 if self.before else 1)


def text_file(path: str, raw: bytes) -> TextFile:
    """The file at a path with these bytes. Raises Fault where they are no text."""
    try:
        return TextFile.of(path, raw)
    except BuildError as error:
        problem = error.problems[0]
        raise Fault(problem.message, problem.hint) from None


def _filled(value: Tree, place: tuple[str, ...]) -> Tree:
    if isinstance(value, dict):
        items = {key: _filled(item, (*place, key)) for key, item in value.items()}
        return {key: {} if item is None else item for key, item in items.items() if item is not None or place == NAMED}
    if isinstance(value, list):
        return [found for item in value if (found := _filled(item, (*place, ""))) is not None]
    return value


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_ends_of(old: str, new: str, like: str) -> str:
    r"""The new text, whose lines end in ``\n``, with the line ends of the old one, or else of the text ``like``."""
    lines = _LINE.findall(old)
    usual = next((end for line in (*lines, *_LINE.findall(like)) if (end := _end(line))), "\n")
    plain = [_with_plain_ends(line) for line in lines]
    # With a NUL in it, a file is no text any more.
    wanted = _LINE.findall(_with_plain_ends(new.replace("\0", "")))
    if plain == wanted:
        return old
    first = next((at for at, (one, other) in enumerate(zip(plain, wanted, strict=False)) if one != other), None)
    first = min(len(plain), len(wanted)) if first is None else first
    last = 0
    while last < min(len(plain), len(wanted)) - first and plain[-1 - last] == wanted[-1 - last]:
        last += 1
    middle, replaced = wanted[first : len(wanted) - last], plain[first : len(plain) - last]
    kept: dict[int, str] = {}
    if len(middle) + len(replaced) <= _MOST_COMPARED:
        matcher = SequenceMatcher(None, replaced, middle, autojunk=False)
        for a, b, size in matcher.get_matching_blocks():
            kept |= {b + at: lines[first + a + at] for at in range(size)}
    made = [kept.get(at) or line.replace("\n", usual) for at, line in enumerate(middle)]
    parts = [*lines[:first], *made, *lines[len(lines) - last :]]
    # The end of one line and that of an empty one behind it would be one line end.
    merged = (one.endswith("\r") and other.startswith("\n") for one, other in pairwise((*parts, "")))
    return "".join(part + "\n" * is_merged for part, is_merged in zip(parts, merged, strict=True))


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
