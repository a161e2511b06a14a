"""The sources read: those that are known by their stamp or their bytes from the cache, the others anew."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from generator.build.cache import Cache
from generator.build.rows import Learnt, SourceRow
from generator.build.workers import each
from generator.ground.errors import Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.stamps import File, are_safe
from generator.model.prose import Text
from generator.read import sources
from generator.read.pictures import picture
from generator.read.sources import Sources

_FORMAT: Final = 5
_TOGETHER: Final = 500
"""Sources that are kept at a time."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read of all text files."""

    prints: Mapping[str, bytes]
    """By path, the fingerprint of each file's bytes."""
    marks: Mapping[str, bytes]
    """By path, the fingerprint of what each sound file says beside its prose."""
    new: dict[str, bytes]
    """What files say that were read anew, as it is kept, until it is asked for."""
    problems: tuple[Problem, ...]
    """What is wrong with files that are not sound; what is noticed in sound ones is kept with what they say."""
    faulty: Mapping[str, Any]
    """What there is of files that are not sound: values with defaults for what is wrong in them."""
    unread: Mapping[str, Text]
    """The texts of files that gave no value."""


class _One(NamedTuple):
    """What a worker read of a file."""

    path: str
    print: bytes
    facts: bytes | None = None
    """None where nothing new was to be read, or nothing sound."""
    prose: bytes | None = None
    value: Any = None
    """What there is of a file that is not sound."""
    text: Text | None = None
    problems: tuple[Problem, ...] = ()


def read(found: Sources, cache: Cache, jobs: int, moment: int) -> Readings:
    """Reads the text files that ``found`` names; ``moment`` is when it was found, in nanoseconds since 1970."""
    known = cache.sources()
    rows = {path: row for path in found.texts if (row := known.get(path))}
    changed = [path for path, file in found.texts.items() if not is_known(file, rows.get(path))]
    prints = {path: row.print for path, row in rows.items()}
    marks = {path: row.mark for path, row in rows.items()}
    items = [(path, found.texts[path].place, prints.get(path)) for path in changed]
    new: dict[str, bytes] = {}
    unsound: list[_One] = []
    with cache.writing():
        learnt = []
        for one in each(_read, items, jobs):
            prints[one.path] = one.print
            if one.facts is None and one.print != getattr(rows.get(one.path), "print", None):
                unsound.append(one)
                marks.pop(one.path, None)
                continue
            if one.facts is not None:
                new[one.path], marks[one.path] = one.facts, fingerprint(one.facts)
            row = _row(one, found.texts[one.path], marks[one.path], moment)
            learnt.append(Learnt(row, one.facts, one.prose))
            if len(learnt) == _TOGETHER:
                cache.learn(learnt)
                learnt.clear()
        cache.learn(learnt)
        gone = known.keys() - found.texts.keys() - found.files.keys()
        cache.forget({*gone, *(one.path for one in unsound)})
    return Readings(
        # In the order of the walk, whichever of them were known.
        prints={path: prints[path] for path in found.texts},
        marks=marks,
        new=new,
        problems=tuple(problem for one in unsound for problem in one.problems),
        faulty={one.path: one.value for one in unsound if one.value is not None},
        unread={one.path: one.text for one in unsound if one.text is not None and one.value is None},
    )


def is_known(file: File, row: SourceRow | None) -> bool:
    """Whether a file is surely the one that a row tells of, by its stamp."""
    return row is not None and bool(row.is_safe) and row.stamp == file.stamp


def _row(one: _One, file: File, mark: bytes, moment: int) -> SourceRow:
    return SourceRow(one.path, one.print, mark, int(are_safe((file.stamp,), moment)), *file.stamp)


def _read(item: tuple[str, str, bytes | None]) -> _One:
    path, place, known = item
    mark, source, problems = sources.read(path, place)
    if known is not None and mark == known:
        return _One(path, mark)
    # Where nothing is to be parsed, the parser is not even loaded.
    from generator.site import readers

    if source is None:
        return _One(path, mark, value=readers.without(path), text=readers.nothing(path), problems=problems)
    checked = readers.read(source)
    problems = (*problems, *checked.problems)
    if checked.value is None or not all(problem.is_warning for problem in problems):
        text = getattr(checked, "text", None)
        return _One(path, mark, value=checked.value, text=text, problems=problems)
    prose = getattr(checked, "prose", None)
    return _One(
        path,
        mark,
        facts=pickle.dumps((checked.value, problems), _FORMAT),
        prose=None if prose is None else pickle.dumps(prose, _FORMAT),
    )


def said(readings: Readings, cache: Cache) -> tuple[dict[str, Any], list[Problem]]:
    """What all files say, by path, and what was noticed in them."""
    values: dict[str, Any] = {}
    problems = list(readings.problems)
    known = {path: mark for path, mark in readings.marks.items() if path not in readings.new}
    new = ((path, pickle.loads(facts)) for path, facts in readings.new.items())  # noqa: S301 - read a moment ago
    for path, (value, noticed) in (*cache.facts(known), *new):
        values[path] = value
        problems += noticed
    readings.new.clear()
    return {path: values[path] for path in readings.prints if path in values} | dict(readings.faulty), problems


@dataclass(slots=True)
class Originals:
    """The pictures and attachments beside the texts, each looked at once and known again by its stamp."""

    files: Mapping[str, File]
    cache: Cache
    moment: int
    _known: Mapping[str, SourceRow] | None = None
    _new: dict[str, tuple[SourceRow, bytes]] = field(default_factory=dict)

    def measure(self, path: str) -> tuple[str, int, int]:
        """The kind of picture that a file is, its width and height. Raises Fault for none, and OSError."""
        row = self._row(path)
        if row.mark:
            facts = self._new[path][1] if path in self._new else b""
            kind, width, height = pickle.loads(facts) if facts else self.cache.fact(path, row.mark)  # noqa: S301
            return kind, width, height
        found = picture(self.read(path))
        size = (found.kind, found.width, found.height)
        facts = pickle.dumps(size, _FORMAT)
        self._new[path] = (row._replace(mark=fingerprint(facts)), facts)
        return size

    def print(self, path: str) -> bytes:
        """The fingerprint of a file's bytes. Raises OSError."""
        return self._row(path).print

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises OSError."""
        with open(self.files[path].place, "rb") as file:  # noqa: PTH123 - as the walk found it
            return file.read()

    def _row(self, path: str) -> SourceRow:
        if self._known is None:
            self._known = self.cache.sources()
        if path in self._new:
            return self._new[path][0]
        file, row = self.files[path], self._known.get(path)
        if row is not None and row.print and is_known(file, row):
            return row
        is_safe = int(are_safe((file.stamp,), self.moment))
        mark = fingerprint(self.read(path))
        kept = row.mark if row is not None and row.print == mark else b""
        new = SourceRow(path, mark, kept, is_safe, *file.stamp)
        self._new[path] = (new, b"")
        return new

    def remember(self) -> None:
        """Keeps what was looked at, and the stamps of all others. Within ``Cache.writing``."""
        known = self.cache.sources()
        for path, file in self.files.items():
            if path not in self._new and not is_known(file, known.get(path)):
                safe = int(are_safe((file.stamp,), self.moment))
                self.cache.learn([Learnt(SourceRow(path, b"", b"", safe, *file.stamp))])
        self.cache.learn([Learnt(row, facts or None) for row, facts in self._new.values()])
