"""Problems as values: where something is wrong, what is wrong, and what to do about it.

Functions collect them, so that one run reports all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from generator.ground.frozen import frozen
from generator.ground.messages import Message

T = TypeVar("T")
Field = tuple[str | int, ...]


@frozen
class Edit:
    r"""A text that takes the place of another one in a file, whose lines are taken to end in ``\n``."""

    old: str
    """What stands there. Where anything else does, nothing is done."""
    new: str
    line: int = 0
    """From 1; 0 for the place of the problem itself, and in a further edit for what follows, behind white space."""
    column: int = 1
    """From 1, in characters."""
    reach: int = 0
    """How many characters further on it may stand."""


@frozen
class Repair:
    """The only way to mend a problem, as edits that belong together. ``rizhi fix`` offers it.

    Whoever reports a problem says its repair, so that it is what the hint says. It is read once more before it is
    offered, so a repair may be given wherever it is likely to be right.
    """

    edits: tuple[Edit, ...] = ()
    """None for a file that only has to be written again, as UTF-8."""
    in_brackets: bool = False
    """Whether it is right only within the brackets of a list or mapping in YAML."""


@frozen(kw_only=True)
class Problem:
    """Something that a person has to fix, or (a warning) should check.

    Its position is a file with either a line and column, or a field of the file's YAML. A field is converted into
    a line and column before the problem is shown.
    """

    path: str
    """The file, relative to the site's folder, with ``/``; or the subject of the problem where that is not a file."""
    message: Message
    hint: Message | None = None
    """What to do; None where the message makes it clear."""
    line: int = 0
    """From 1; 0 for the file as a whole."""
    column: int = 0
    """From 1, in characters; 0 for the line as a whole."""
    field: Field | None = None
    """The path of the field in the file's YAML, as keys and indexes: ``("requests", 0, "target")``."""
    at_key: bool = False
    """Whether the problem is with the key of ``field`` rather than with its value."""
    is_warning: bool = False
    is_private: bool = False
    """Whether the source line must not be shown, since others may read the report."""
    repair: Repair | None = None
    """None where a person has to decide."""
    is_file_name: bool = False
    """Whether the file's own name is wrong, so that it has to be renamed."""


class BuildError(Exception):
    """One or more problems that stop a build. It can be pickled, so it survives a process pool."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class PartialPublicationError(BuildError):
    """A publication that failed after it had begun: every published file is whole, but only some are new."""


class Fault(ValueError):
    """What is wrong with a value, and what to do; raised where the position of the value is not known."""

    def __init__(
        self, message: Message, hint: Message | None = None, *, right: str | None = None, in_brackets: bool = False
    ) -> None:
        """``right`` is what has to stand there instead; None where a person has to decide."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint
        self.right = right
        self.in_brackets = in_brackets

    def repair_of(self, written: object) -> Repair | None:
        """The repair of the value that was ``written`` at the place of the problem."""
        if self.right is None or not isinstance(written, str):
            return None
        return Repair((Edit(written, self.right),), in_brackets=self.in_brackets)


@frozen
class Checked(Generic[T]):
    """A value, and the problems that were found while it was made."""

    value: T | None
    """None where the problems prevented it."""
    problems: tuple[Problem, ...] = ()


def replacing(old: str, new: str, *, line: int = 0, column: int = 1) -> Repair:
    """The repair that puts ``new`` in the place of ``old``; see Edit."""
    return Repair((Edit(old, new, line, column),))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without duplicates, sorted by file, line and column: always in the same order."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda p: (p.path, p.line, p.column, p.is_warning, str(p.message), str(p.hint), str(p.field)),
        )
    )
