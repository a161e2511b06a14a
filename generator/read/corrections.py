"""Lines that YAML cannot read, as their writer meant them: a proposal counts only if it reads, by the file's schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from generator.ground.errors import BuildError, Edit, Field, Problem, Repair
from generator.ground.messages import Message, say
from generator.read.fields import Fields
from generator.read.validation import validated
from generator.read.yaml_faults import instead, margin
from generator.read.yaml_parser import TreeBuilder
from generator.read.yaml_proposals import Proposal, proposals, quoted
from generator.read.yaml_tree import Position

_MOST_READ: Final = 400_000
"""Characters of YAML that are read for one file, again and again: those of a second."""
_BACK: Final = 20
"""Lines above a complaint in which its cause is looked for."""
_MOST: Final = 30
"""Corrections of one file."""


def corrected_yaml(kind: type[Fields], text: str, path: str, first_line: int) -> Sequence[Problem]:
    """What is wrong with YAML that ``read_tree`` refuses, with corrected lines, and what is wrong behind them."""
    return _Corrector(kind, path, text, first_line).run()


def corrected_fields(
    kind: type[Fields], problems: Sequence[Problem], text: str, path: str, first_line: int
) -> Sequence[Problem]:
    """What ``validated`` finds wrong with fields, with corrected lines where there are any."""
    return _Corrector(kind, path, text, first_line).better(problems)


class _Reading(NamedTuple):
    """What YAML says, as far as it was read."""

    content: object
    """The fields, or the tree where some are missing yet."""
    is_clean: bool
    """Whether nothing is wrong with it, not even what has a repair."""


class _Corrector:
    """Corrects the YAML of one file line by line. No line moves: one that goes is empty meanwhile."""

    def __init__(self, kind: type[Fields], path: str, text: str, first_line: int) -> None:
        self.kind = kind
        self.path = path
        self.first_line = first_line
        self.lines = text.split("\n")
        self.corrected: set[int] = set()
        """The lines, from 0, that are no longer as they were written."""
        self.left = _MOST_READ

    def run(self) -> tuple[Problem, ...]:
        """What is wrong with the YAML, with corrected lines, and what is wrong behind them."""
        found: dict[tuple[Message, int], Problem] = {}
        for _ in range(_MOST):
            builder = TreeBuilder(self.path, "\n".join(self.lines), self.first_line)
            builder.run()
            before = len(self.corrected)
            for problem in builder.problems:
                if (problem.message, problem.line) not in found:
                    found[problem.message, problem.line] = self._corrects(
                        problem, is_read=problem not in builder.stopped_by
                    )
            if len(self.corrected) == before:
                break
        return tuple(found.values())

    def better(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems with fields: what is no field at all may be a part of the one above."""
        builder = TreeBuilder(self.path, "\n".join(self.lines), 0)
        builder.run()
        found = []
        for problem in problems:
            line = _line_of(problem.field or (), builder.positions)
            numbers = [*range(line, self._end(line)), *range(line - 1, max(-1, line - _BACK), -1)]
            is_open = problem.repair is None and line >= 0
            found.append(self._with(problem, self._best(numbers)) if is_open else problem)
        return found

    def _corrects(self, problem: Problem, *, is_read: bool) -> Problem:
        """The problem with its correction, which is made in ``lines``; as it was, where there is none."""
        made = _repaired(self.lines, problem.repair, self.first_line) if problem.repair else {}
        if is_read or (made and self._reading(made)):
            self._make(made)
            return problem
        number = max(0, min(problem.line - self.first_line, len(self.lines) - 1))
        found = self._best(range(number, max(-1, number - _BACK), -1))
        if made and not found:
            self._make(made)
            return problem
        last = [] if found else [*quoted(self.lines, number)]
        # A text in the place of a list is told next.
        found = found or self._read(last) or self._read([one._replace(is_sure=False) for one in last], by_schema=False)
        return self._with(problem, found)

    def _with(self, problem: Problem, found: Sequence[tuple[Proposal, _Reading]]) -> Problem:
        """The problem with the first of the corrections, and the second where either may be meant."""
        if not found:
            return problem
        best = found[0][0]
        is_sure = best.is_sure and all(reading.content == found[0][1].content for _, reading in found)
        hint = best.hint
        if not is_sure and len(found) > 1:
            hint = say("{first}, or {second}", first=hint, second=found[1][0].hint)
        edits = self._edits(best.lines)
        is_there = edits[0].line == problem.line and best.message in (None, problem.message)
        self._make(best.lines)
        return replace(
            problem,
            line=edits[0].line,
            column=problem.column if is_there else edits[0].column,
            field=None,
            message=best.message or problem.message,
            hint=hint,
            repair=Repair(edits) if is_sure else None,
        )

    def _edits(self, lines: Mapping[int, str | None]) -> tuple[Edit, ...]:
        edits = []
        for at, new in sorted(lines.items()):
            end = at + 1
            while lines.get(end, "") is None:
                end += 1
            if new is not None:
                edits.append(instead(at + self.first_line, "\n".join(self.lines[at:end]), new))
        return tuple(edits)

    def _make(self, lines: Mapping[int, str | None]) -> None:
        if self.corrected.isdisjoint(lines):
            self.corrected.update(lines)
            for at, line in lines.items():
                # A line that became two is read no further than its first half.
                self.lines[at] = (line or "").partition("\n")[0]

    def _best(self, numbers: Iterable[int]) -> list[tuple[Proposal, _Reading]]:
        """The proposals that read for the first of these lines that has any, the likeliest first."""
        for at in numbers:
            read = self._read(proposals(self.lines, at))
            if read and self._reading({at: self.lines[at]}) is None:
                return read
        return []

    def _read(self, found: Iterable[Proposal], *, by_schema: bool = True) -> list[tuple[Proposal, _Reading]]:
        """Those proposals that read, without what has a repair of its own where others have none."""
        read: dict[str, tuple[Proposal, _Reading]] = {}
        for one in found:
            text = "\n".join(line or "" for line in one.lines.values())
            old = "".join(self.lines[at] for at in one.lines)
            if text in read or _letters(text) != _letters(old) or not self.corrected.isdisjoint(one.lines):
                continue
            if reading := self._reading(one.lines, by_schema=by_schema):
                read[text] = one, reading
        return [one for one in read.values() if one[1].is_clean] or [*read.values()]

    def _reading(self, lines: Mapping[int, str | None], *, by_schema: bool = True) -> _Reading | None:
        """What the text down to these lines says with them; None where it cannot be read, or breaks the schema."""
        first = min(lines)
        end = max(self._end(first), max(lines) + 1)
        changed = (lines.get(at, line) for at, line in enumerate(self.lines[:end]))
        text = "\n".join(line for line in changed if line is not None)
        self.left -= len(text)
        if self.left < 0:
            return None
        builder = TreeBuilder(self.path, text, 0)
        tree = builder.run()
        problems = [one for one in builder.problems if one.line >= first]
        content: object = tree
        try:
            content = validated(self.kind, tree, self.path) if by_schema else tree
        except BuildError as error:
            problems += (one for one in error.problems if _concerns(one.field or (), first, builder.positions))
        if any(one.repair is None for one in problems) or not tree:
            return None
        return _Reading(content, is_clean=not problems)

    def _end(self, last: int) -> int:
        """The line behind a field: what is indented below it belongs to it."""
        width = len(margin(self.lines[last]))
        end = last + 1
        while end < len(self.lines) and (not self.lines[end].strip() or len(margin(self.lines[end])) > width):
            end += 1
        return end


def _letters(text: str) -> str:
    """What no correction may change."""
    return "".join(filter(str.isalnum, text))


def _concerns(field: Field, line: int, positions: Mapping[Field, Position]) -> bool:
    """Whether the problem of a field is one of this line or those below it, where more may be missing yet."""
    below = (place.value[0] >= line for other, place in positions.items() if field and other[: len(field)] == field)
    return any(below) or _line_of(field, positions) >= line


def _line_of(field: Field, positions: Mapping[Field, Position]) -> int:
    """The line of a field, or else of what it should stand in; -1 where that is the whole file."""
    while field and field not in positions:
        field = field[:-1]
    return positions[field].key[0] if field else -1


def _repaired(lines: Sequence[str], repair: Repair, first_line: int) -> dict[int, str]:
    """The lines that a repair changes, as it makes them."""
    made: dict[int, str] = {}
    for edit in sorted(repair.edits, key=lambda edit: -edit.column):
        at, begin = edit.line - first_line, edit.column - 1
        if not 0 <= at < len(lines):
            return {}
        line = made.get(at, lines[at])
        made[at] = line[:begin] + edit.new + line[begin + len(edit.old) :]
    return made
