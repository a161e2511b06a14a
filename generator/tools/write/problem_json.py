"""What the writing page is told, as JSON: problems, faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Fault, Field, Problem, in_order
from generator.ground.files import read_file
from generator.ground.messages import Message, say
from generator.model.content import PersonRole, Source
from generator.read.sources import MARKDOWN, MOST_BYTES, PEOPLE
from generator.read.vocabulary import ENGLISH
from generator.tools.faulty_drafts import is_draft
from generator.tools.fix.parsed_file import parsed_file
from generator.tools.places import field_positions, placed_at
from generator.tools.write.box_words import hint_in_boxes, in_boxes
from generator.tools.write.content_index import people_of
from generator.tools.write.forms import label_of
from generator.tools.write.kinds import kind_of
from generator.tools.write.open_questions import open_questions
from generator.tools.write.text_file import text_file

_PERSON: Final = "person"
"""The value of a message that is a person's id."""
_MISSING: Final = ("{key} is missing", "{key} is empty")
"""Messages about a box that has to be filled."""


def problem_json(problem: Problem, language: str) -> dict[str, Any]:
    """A problem; where it is about a field, the field's name, and its place within that."""
    is_missing = problem.field is not None and problem.message.template in _MISSING
    message = _with_label(problem, language) if is_missing else in_boxes(problem.message)
    made: dict[str, Any] = {
        "path": problem.path,
        "message": message.in_language(language),
        "is_error": not problem.is_warning,
    }
    if is_missing:
        made["is_missing"] = True
    if problem.line:
        made |= {"line": problem.line, "column": problem.column}
    if problem.field:
        made |= {"field": str(problem.field[0]), "place": list(problem.field)}
    if problem.is_file_name and problem.path.lower().endswith(MARKDOWN):
        made["is_file_name"] = True
    if (hint := hint_in_boxes(problem)) is not None:
        made["hint"] = hint.in_language(language)
    return made


def _with_label(problem: Problem, language: str) -> Message:
    """What is missing, called as the form calls it."""
    assert problem.field is not None
    label = label_of(kind_of(problem.path), problem.field, language) if problem.path else None
    return problem.message if label is None else replace(problem.message, values=(("key", label),))


def fault_json(fault: Fault, path: str, language: str) -> dict[str, Any]:
    """What is wrong with what was sent, as a problem."""
    return problem_json(Problem(path=path, message=fault.message, hint=fault.hint), language)


def problems_of(path: str, raw: bytes) -> list[Problem]:
    """What is wrong with a file, or open in it, that shows without the others."""
    found = parsed_file(path, raw)
    problems = in_order((*found.problems, *open_questions(Source(path, found.text or "")), *_unspeakable(path, raw)))
    return _at_fields(path, found.text, problems)


def sound(path: str, old: bytes, new: bytes) -> bytes:
    """The new bytes of a file. Raises BuildError where something is wrong with them that was not wrong before."""
    known = {one.message for one in problems_of(path, old)}
    if worse := [one for one in _errors(path, new) if one.message not in known]:
        raise BuildError(*worse)
    return new


def require_sound(path: str, old: bytes, new: bytes) -> None:
    """Raises BuildError where a file that goes out, in which nothing was wrong, would have something wrong in it.

    Somebody is in the middle of it then, and all who look at the preview would have to wait for them.
    """
    wrong = _errors(path, new)
    if wrong and not is_draft(text_file(path, new).fields.get("status")) and not _errors(path, old):
        raise BuildError(*wrong)


def _errors(path: str, raw: bytes) -> list[Problem]:
    return [one for one in problems_of(path, raw) if not one.is_warning]


def _unspeakable(path: str, raw: bytes) -> Iterator[Problem]:
    """The private persons of whom no text can speak yet: nobody has to find that out in a text."""
    people = text_file(path, raw).fields.get("people") if path == PEOPLE else None
    for number, one in enumerate(people if isinstance(people, list) else ()):
        if isinstance(one, dict) and one.get("name") and not one.get("pseudonym"):
            role = str(one.get("role"))
            if ENGLISH.get(role, role) == PersonRole.PRIVATE:
                yield Problem(
                    path=path,
                    field=("people", number, "pseudonym"),
                    message=say(
                        "{person} has no pseudonym yet: fill it in before a text speaks of them", person=one["name"]
                    ),
                    is_warning=True,
                )


def _at_fields(path: str, text: str | None, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of a file with this text, those in lines of its fields at these fields."""
    if all(one.field is not None or not one.line for one in problems):
        return list(problems)
    fields = field_positions(path, text).fields or {}
    firsts = sorted((at.key[0], place) for place, at in fields.items() if len(place) == 1)
    end = None if path.endswith((".yaml", ".yml")) or text is None else _body_line(text)
    return [_at_field(problem, firsts, end) for problem in problems]


def _at_field(problem: Problem, firsts: Sequence[tuple[int, Field]], end: int | None) -> Problem:
    """A problem with the field in whose lines it is, given the first line of each field, and where they end."""
    if problem.field is not None or not problem.line or (end is not None and problem.line >= end):
        return problem
    place = next((place for line, place in reversed(firsts) if line <= problem.line), None)
    return problem if place is None else replace(problem, field=place)


def _body_line(text: str) -> int:
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines[1:], start=2) if line.rstrip() in ("---", "...")), 1)


def by_path(problems: Iterable[Problem], folder: Path, language: str) -> dict[str, list[dict[str, Any]]]:
    """The problems of a site, each at its line, by file."""
    grouped: dict[str, list[Problem]] = {}
    for problem in _with_names(in_order(problems), folder):
        grouped.setdefault(problem.path, []).append(problem)
    return {path: _placed(path, found, folder, language) for path, found in grouped.items()}


def _with_names(problems: tuple[Problem, ...], folder: Path) -> Iterable[Problem]:
    """The problems with pseudonyms for ids of persons, which mean nothing to those who fill in forms.

    Whoever has no pseudonym is called by name, as in the list of people.
    """
    if not any(_PERSON in dict(one.message.values) for one in problems):
        return problems
    shown = {one.id: one.pseudonym or one.name for one in people_of(folder)}

    def named(message: Message) -> Message:
        values = ((name, shown.get(str(value), value) if name == _PERSON else value) for name, value in message.values)
        return replace(message, values=tuple(values))

    return [replace(one, message=named(one.message)) for one in problems]


def _placed(path: str, problems: list[Problem], folder: Path, language: str) -> list[dict[str, Any]]:
    try:
        text = text_file(path, read_file(folder / path, MOST_BYTES)).source
    except (OSError, Fault):
        text = None
    positions = field_positions(path, text)
    found = _at_fields(path, text, [placed_at(problem, positions) for problem in problems])
    return [problem_json(problem, language) for problem in found]


def numbers(problems: Iterable[Problem]) -> Mapping[str, int]:
    """How many problems each file has."""
    return Counter(problem.path for problem in in_order(problems))
