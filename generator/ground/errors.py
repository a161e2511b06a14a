"""A problem is a value: place, fact, remedy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from generator.ground.frozen import frozen
from generator.ground.messages import Message

T = TypeVar("T")
Field = tuple[str | int, ...]


@frozen(kw_only=True)
class Problem:
    """Something that a person has to mend, or (a warning) should look at.

    The place is a file and either a line and column or a field of its YAML; a field is turned into a
    line and column before anyone sees it.
    """

    path: str
    """The file, from the site's folder, with ``/``; or what the problem is about when it is no file."""
    message: Message
    hint: Message | None = None
    """What to do; None where the message says it already."""
    line: int = 0
    """From 1; 0 when the file as a whole is meant."""
    column: int = 0
    """From 1, in characters; 0 when the line as a whole is meant."""
    field: Field | None = None
    """Where in the file's YAML, as keys and positions: ``("requests", 0, "target")``."""
    at_key: bool = False
    """Whether ``field`` means its key rather than its value."""
    is_warning: bool = False
    is_private: bool = False
    """Whether the line itself must not be shown, since a report may go where others read it."""


class BuildError(Exception):
    """One or more problems that stop the work. It pickles, so it survives a process pool."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class HalfWayError(BuildError):
    """What stopped a publication after it had begun: whole files stand, some of them new."""


class Fault(ValueError):
    """What is wrong with a value and what to do, before anyone knows where the value stands."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


@frozen
class Checked(Generic[T]):
    """A value and what was noticed on the way to it."""

    value: T | None
    """None where the problems let none come about."""
    problems: tuple[Problem, ...] = ()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column, each once, in one order whatever order they were found in."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (p.path, p.line, p.column, p.is_warning, str(p.message), str(p.hint), str(p.field)),
        )
    )
