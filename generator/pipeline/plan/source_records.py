"""The sources read: those that are known by their stamp or their bytes from the cache, the others anew."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple

from generator.ground.errors import Problem
from generator.ground.file_stat import File, are_trusted
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.model.prose import Prose, Text
from generator.pipeline.cache.schema import Learnt, SourceRow
from generator.pipeline.cache.store import Cache
from generator.pipeline.workers import parallel_map
from generator.read import sources
from generator.read.sources import Sources
from generator.site.structure_digest import outline

_FORMAT: Final = 5
_TOGETHER: Final = 500
"""Sources that are kept at a time."""


@frozen
class Readings:
    """What was read of all text files."""

    prints: Mapping[str, bytes]
    """By path, the fingerprint of each file's bytes."""
    marks: Mapping[str, bytes]
    """By path, the fingerprint of what each sound file says beside its prose."""
    outlines: Mapping[str, bytes]
    """The same without what others merely show of it."""
    new: dict[str, bytes]
    """What files say that were read anew, as it is kept, until it is asked for."""
    problems: tuple[Problem, ...]
    """What is wrong with files that are not sound; what is noticed in sound ones is kept with what they say."""
    faulty: Mapping[str, Any]
    """What there is of files that are not sound: values with defaults for what is wrong in them."""
    unread: Mapping[str, Text]
    """The texts of files that gave no value."""


class Facts(NamedTuple):
    """What a sound file says beside its prose, as it is kept."""

    value: Any
    problems: tuple[Problem, ...]
    """What is noticed in it: warnings, of its encoding or its text."""
    head: bytes
    """The fingerprint of its front matter; nothing for a file of YAML."""


class Unknown(NamedTuple):
    """A text file that has to be opened."""

    path: str
    place: str
    """Where it lies on the disk."""
    row: SourceRow | None
    """What was known of it; None for a new one."""


class Reading(NamedTuple):
    """What was read of a file."""

    path: str
    print: bytes
    facts: bytes | None = None
    """None where nothing new was to be read, or nothing sound."""
    mark: bytes = b""
    """The fingerprint of the facts."""
    outline: bytes = b""
    prose: bytes | None = None
    value: Any = None
    """What there is of a file that is not sound."""
    text: Text | None = None
    problems: tuple[Problem, ...] = ()


def unknown(found: Sources, cache: Cache) -> list[Unknown]:
    """The text files that are not known by their stamps, in the order of the walk."""
    known = cache.sources()
    return [
        Unknown(path, file.place, known.get(path))
        for path, file in found.texts.items()
        if not is_known(file, known.get(path))
    ]


def anew(cache: Cache, items: Iterable[Unknown]) -> list[Reading]:
    """What these files say, for ``read`` to go on with."""
    return [_read(cache, item) for item in items]


def read(
    found: Sources, cache: Cache, jobs: int, moment: int, *, begun: Callable[[], list[Reading]] | None = None
) -> Readings:
    """Reads the text files that ``found`` names; ``moment`` is when it was found, in nanoseconds since 1970.

    ``begun`` gives what was read ``anew`` already of all that is ``unknown``.
    """
    known = cache.sources()
    rows = {path: row for path in found.texts if (row := known.get(path))}
    prints = {path: row.print for path, row in rows.items()}
    marks = {path: row.mark for path, row in rows.items()}
    outlines = {path: row.outline for path, row in rows.items()}
    new: dict[str, bytes] = {}
    unsound: list[Reading] = []
    with cache.writing():
        learnt = []
        for one in begun() if begun else parallel_map(partial(_read, cache), unknown(found, cache), jobs):
            prints[one.path] = one.print
            if one.facts is None and one.print != getattr(rows.get(one.path), "print", None):
                unsound.append(one)
                marks.pop(one.path, None)
                outlines.pop(one.path, None)
                continue
            if one.facts is not None:
                new[one.path], marks[one.path], outlines[one.path] = one.facts, one.mark, one.outline
            row = _row(one, found.texts[one.path], marks[one.path], outlines[one.path], moment)
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
        outlines=outlines,
        new=new,
        problems=tuple(problem for one in unsound for problem in one.problems),
        faulty={one.path: one.value for one in unsound if one.value is not None},
        unread={one.path: one.text for one in unsound if one.text is not None and one.value is None},
    )


def is_known(file: File, row: SourceRow | None) -> bool:
    """Whether a file is surely the one that a row tells of, by its stamp."""
    return row is not None and bool(row.is_safe) and row.stamp == file.stamp


def _row(one: Reading, file: File, mark: bytes, outline: bytes, moment: int) -> SourceRow:
    return SourceRow(one.path, one.print, mark, outline, int(are_trusted((file.stamp,), moment)), *file.stamp)


def _read(cache: Cache, item: Unknown) -> Reading:
    path, place, row = item
    mark, source, problems = sources.read(path, place)
    if row is not None and mark == row.print:
        return Reading(path, mark)
    if row is not None and source is not None and (one := _read_below(source, mark, row, cache, problems)):
        return one
    # Where nothing is to be parsed, no parser is even loaded.
    from generator.site import dispatch
    from generator.site.texts import head

    if source is None:
        return Reading(path, mark, value=dispatch.without(path), text=dispatch.nothing(path), problems=problems)
    checked = dispatch.read(source)
    text, prose = getattr(checked, "text", None), getattr(checked, "prose", None)
    above = head(source) if prose is not None and cache.remembers else b""
    facts = Facts(checked.value, (*problems, *checked.problems), above)
    return _one(path, mark, facts, prose, text, is_outlined=cache.remembers)


def _read_below(
    source: Source, mark: bytes, row: SourceRow, cache: Cache, problems: tuple[Problem, ...]
) -> Reading | None:
    """What a file says whose text alone is another; None where more has changed, or its text is not shown."""
    from generator.site.texts import head, with_text

    known = Facts._make(cache.fact(row.path, row.mark))
    if not known.head or known.head != head(source) or getattr(known.value, "withdrawn", None):
        return None
    value, parsed = with_text(known.value, source)
    facts = Facts(value, (*problems, *parsed.problems), known.head)
    return _one(source.path, mark, facts, parsed.prose, value.text, is_outlined=True)


def _one(
    path: str, print_: bytes, said: Facts, prose: Prose | None, text: Text | None, *, is_outlined: bool
) -> Reading:
    if said.value is None or not all(problem.is_warning for problem in said.problems):
        return Reading(path, print_, value=said.value, text=text, problems=said.problems)
    facts = pickle.dumps(tuple(said), _FORMAT)
    mark = fingerprint(facts)
    return Reading(
        path,
        print_,
        facts,
        mark,
        # Where no build will ask, what others show of it need not be told apart.
        outline(said.value, said.problems, mark) if is_outlined else mark,
        prose=None if prose is None else pickle.dumps(prose, _FORMAT),
    )


def said(readings: Readings, cache: Cache) -> tuple[dict[str, Any], list[Problem]]:
    """What all files say, by path, and what was noticed in them."""
    values: dict[str, Any] = {}
    problems = list(readings.problems)
    known = {path: mark for path, mark in readings.marks.items() if path not in readings.new}
    new = ((path, pickle.loads(facts)) for path, facts in readings.new.items())  # noqa: S301 - read a moment ago
    for path, (value, noticed, _) in (*cache.facts(known), *new):
        values[path] = value
        problems += noticed
    readings.new.clear()
    return {path: values[path] for path in readings.prints if path in values} | dict(readings.faulty), problems


def said_of(path: str, readings: Readings, cache: Cache) -> Facts:
    """What one sound file says. Raises BrokenCacheError."""
    new = readings.new.get(path)
    return Facts._make(pickle.loads(new) if new else cache.fact(path, readings.marks[path]))  # noqa: S301 - as above


@dataclass(slots=True)
class Originals:
    """The pictures and attachments beside the texts, each looked at once and known again by its stamp."""

    files: Mapping[str, File]
    cache: Cache
    moment: int
    _known: Mapping[str, SourceRow] | None = None
    _new: dict[str, tuple[SourceRow, bytes]] = field(default_factory=dict)

    def fact(self, path: str) -> Any:
        """What was learnt of a file with these bytes; None where nothing was. Raises OSError."""
        row = self._row(path)
        if not row.mark:
            return None
        facts = self._new[path][1] if path in self._new else b""
        return pickle.loads(facts) if facts else self.cache.fact(path, row.mark)  # noqa: S301 - a moment old

    def learn(self, path: str, fact: object) -> None:
        """Keeps what was found out about a file, so that it need not be opened again. Raises OSError."""
        facts = pickle.dumps(fact, _FORMAT)
        self._new[path] = (self._row(path)._replace(mark=fingerprint(facts)), facts)

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
        is_safe = int(are_trusted((file.stamp,), self.moment))
        mark = fingerprint(self.read(path))
        kept = row.mark if row is not None and row.print == mark else b""
        new = SourceRow(path, mark, kept, b"", is_safe, *file.stamp)
        self._new[path] = (new, b"")
        return new

    def remember(self) -> None:
        """Keeps what was looked at, and the stamps of all others. Within ``Cache.writing``."""
        known = self.cache.sources()
        for path, file in self.files.items():
            if path not in self._new and not is_known(file, known.get(path)):
                safe = int(are_trusted((file.stamp,), self.moment))
                self.cache.learn([Learnt(SourceRow(path, b"", b"", b"", safe, *file.stamp))])
        self.cache.learn([Learnt(row, facts or None) for row, facts in self._new.values()])
