"""What of very many problems is shown, and how many there are of each kind.

A kind is a message's template: problems of one kind differ in their values alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import padded

MANY: Final = 30
"""Problems; more are counted by kind."""


@frozen
class Extent:
    """How much is shown of many problems."""

    in_file: int
    """Problems of one kind in a file."""
    most: int
    """Problems at all, as far as whole kinds in a file fit in."""


EVERYTHING: Final = Extent(sys.maxsize, sys.maxsize)
TERMINAL: Final = Extent(3, 1000)
PAGE: Final = Extent(3, 60)


class Kind(NamedTuple):
    """Problems that differ in nothing but values; in order, errors come first."""

    is_warning: bool
    template: str

    @classmethod
    def of(cls, problem: Problem) -> Kind:
        """The kind of a problem."""
        return cls(problem.is_warning, problem.message.template)


class Bulk:
    """Many problems, counted, and those of them that are shown."""

    def __init__(self, problems: Sequence[Problem], extent: Extent) -> None:
        self._extent = extent
        self._in_files: dict[str, Counter[Kind]] = {}
        self._examples: dict[Kind, Message] = {}
        for problem in problems:
            kind = Kind.of(problem)
            self._in_files.setdefault(problem.path, Counter())[kind] += 1
            self._examples.setdefault(kind, problem.message)
        self._number = len(problems)
        self._chosen = self._choose()

    def _choose(self) -> set[tuple[str, Kind]]:
        """The kinds of which problems are shown, by file: errors first, so that no warnings hide them."""
        left, chosen = self._extent.most, set()
        for is_warning in (False, True):
            for path in sorted(self._in_files):
                for kind in self._in_files[path]:
                    if left > 0 and kind.is_warning is is_warning:
                        chosen.add((path, kind))
                        left -= self._shown_in(path, kind)
        return chosen

    def _shown_in(self, path: str, kind: Kind) -> int:
        """How many problems of a kind are shown in a file. The last is shown in the place of "1 more"."""
        number = self._in_files[path][kind]
        return number if number <= self._extent.in_file + 1 else self._extent.in_file

    def concerns(self, problem: Problem) -> bool:
        """Whether this problem, or others of its kind in its file, are shown."""
        return (problem.path, Kind.of(problem)) in self._chosen

    def shown(self, in_order: Iterable[Problem]) -> Iterator[tuple[Problem, int]]:
        """Those that are shown of the problems ``in_order``; with the last of a kind, how many more its file has."""
        met: Counter[tuple[str, Kind]] = Counter()
        for problem in in_order:
            key = problem.path, Kind.of(problem)
            met[key] += 1
            limit = self._shown_in(*key)
            if met[key] <= limit:
                left = self._in_files[problem.path][key[1]] - limit
                yield problem, left if met[key] == limit else 0

    def summary(self, language: str) -> Iterator[str]:
        """How many problems there are of each kind, and in how many files, if they are many."""
        hidden = self._number - sum(self._shown_in(*one) for one in self._chosen)
        if self._number > MANY:
            yield from _table(self._rows(language), language)
        if hidden:
            message = say("{n} more are not shown here; the option --all shows all of them", n=hidden)
            yield f"  {message.in_language(language)}"

    def _rows(self, language: str) -> Iterator[tuple[str, str, str]]:
        total, files = Counter[Kind](), Counter[Kind]()
        for counted in self._in_files.values():
            total.update(counted)
            files.update(counted.keys())
        for kind in sorted(total, key=lambda one: (one.is_warning, -total[one], one.template)):
            label = say("warning: ").in_language(language) if kind.is_warning else ""
            yield str(total[kind]), str(files[kind]), label + _general(self._examples[kind]).in_language(language)


def _general(message: Message) -> Message:
    """A message without its values."""
    return replace(message, values=tuple((name, "…") for name, _ in message.values))


def _table(rows: Iterable[tuple[str, str, str]], language: str) -> Iterator[str]:
    head = (say("number"), say("in files"), say("what"))
    first, second, third = (one.in_language(language) for one in head)
    for number, files, text in ((first, second, third), *rows):
        yield f"  {padded(number, 8, right=True)}  {padded(files, 8, right=True)}  {text}"
