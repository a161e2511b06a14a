"""Formats problems for the terminal: ``path:line:col: message``, the source line, a caret, a hint.

It also converts a problem's YAML field to a line and column.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.files import read_file
from generator.ground.messages import Message, say
from generator.ground.text import display_width, nfc, still
from generator.read.decoding import decoded
from generator.read.sources import MOST_BYTES, PEOPLE
from generator.render.privacy.masking import Mask
from generator.tools.bulk import TERMINAL, Bulk, Extent
from generator.tools.discretion import mask_of
from generator.tools.places import FieldPositions, field_positions, placed_at

_SAYABLE: Final = frozenset({"choices", "example", "names", "line", "sign", "year", "month", "days"})
"""The values of a message that are words of this program, or tell nothing."""
_SAYABLE_IN_ASCII: Final = frozenset({"id", "person", "key"})
EXCERPT_WIDTH: Final = 100
"""Terminal cells of a source line that are shown around the fault."""

LONGEST: Final = 1000
"""Characters of a message."""


def format_problems(
    problems: Iterable[Problem], folder: Path, language: str, *, extent: Extent = TERMINAL, colour: bool = True
) -> str:
    """The problems as text in ``language``, sorted by file and line, each with its source line.

    Of many, ``extent`` says how many are shown; the others are counted. ``colour`` adds terminal colours, which click
    removes again where the output is not a terminal.
    """
    problems = list(dict.fromkeys(problems))
    bulk = Bulk(problems, extent)
    text = "\n".join(
        (*_shown(bulk, [one for one in problems if bulk.concerns(one)], folder, language), *bulk.summary(language))
    )
    return text if colour else click.unstyle(text)


def _shown(bulk: Bulk, problems: Sequence[Problem], folder: Path, language: str) -> Iterator[str]:
    """The lines for the problems that are shown; ``problems`` are those that may be."""
    texts: dict[str, str | None] = {}
    positions: dict[str, FieldPositions] = {}
    placed = []
    # A problem of a whole file needs none of it: that file may be of any kind and size.
    shown = {one.path for one in problems if one.line or one.field is not None}
    for problem in problems:
        if problem.path not in texts:
            texts[problem.path] = _read(folder, problem.path) if problem.path in shown else None
            positions[problem.path] = field_positions(problem.path, texts[problem.path])
        placed.append(placed_at(_discreet(problem), positions[problem.path]))
    mask = mask_of(folder) if placed else Mask({})
    split = {path: [] if text is None else text.split("\n") for path, text in texts.items()}
    # A long line may have thousands of problems.
    is_open = functools.cache(lambda line: mask.hidden(line) == line)
    for problem, more in bulk.shown(in_order(placed)):
        yield from _lines(problem, split[problem.path], language, mask, is_open)
        if more:
            yield f"  {say('… and {n} more of this kind in this file', n=more).in_language(language)}"


def _discreet(problem: Problem) -> Problem:
    """A problem of the register of persons, without what is written there."""
    if problem.path != PEOPLE or not (problem.line or problem.field):
        return problem
    hint = problem.hint
    if hint is not None and _masked(hint) != hint:
        hint = say("look at that line; it is not shown here, since others may read this")
    return replace(problem, message=_masked(problem.message), hint=hint)


def _masked(message: Message) -> Message:
    """The message with … in the place of values that may be names."""
    return Message(message.template, tuple((name, _masked_value(name, value)) for name, value in message.values))


def _masked_value(name: str, value: object) -> object:
    if isinstance(value, Message):
        return _masked(value)
    is_sayable = name in _SAYABLE or (name in _SAYABLE_IN_ASCII and str(value).isascii())
    return value if is_sayable or isinstance(value, int) else "…"


def _read(folder: Path, path: str) -> str | None:
    try:
        return decoded(read_file(_place(folder, path), MOST_BYTES), path)[0].text
    except (OSError, ValueError, BuildError):
        # A subject that is no file at all, or a file that is no text.
        return None


def _place(folder: Path, path: str) -> Path:
    """Where the file at a path is on the disk: there its name may be decomposed, as a Mac writes it. Raises OSError."""
    place = folder
    for name in path.split("/"):
        is_there = name.isascii() or os.path.lexists(place / name)
        place /= name if is_there else next((one.name for one in place.iterdir() if nfc(one.name) == name), name)
    return place


def _lines(
    problem: Problem, lines: Sequence[str], language: str, mask: Mask, is_open: Callable[[str], bool]
) -> Iterator[str]:
    path = mask.hidden(problem.path)
    place = ":".join(str(part) for part in (path, problem.line, problem.column) if part)
    kind = say("warning: ").in_language(language) if problem.is_warning else ""
    colour = "yellow" if problem.is_warning else "red"
    message = _still(mask.hidden(problem.message.in_language(language)))
    yield f"{click.style(still(place), bold=True)}: {click.style(kind, fg=colour)}{message}"
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    if line and not line.isspace() and not _is_private(problem) and is_open(line):
        excerpt, caret = _excerpt(line, problem.column)
        yield f"  {excerpt}"
        if problem.column:
            yield f"  {caret}{click.style('^', fg=colour, bold=True)}"
    if problem.hint:
        label = click.style(say("hint: ").in_language(language), fg="cyan")
        yield f"  {label}{_still(mask.hidden(problem.hint.in_language(language)))}"


def _still(text: str) -> str:
    """The text as it can be displayed, cut where nobody would read on."""
    return still(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _is_private(problem: Problem) -> bool:
    """Whether the source line must not be shown, since others may read the report."""
    return problem.is_private or problem.path == PEOPLE


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """The part of a line around ``column``, from 1, and the spaces that put a caret below that column."""
    at = max(column - 1, 0)
    # A line may be very long, and have a problem at every word.
    first, last = max(0, at - EXCERPT_WIDTH), at + 2 * EXCERPT_WIDTH
    near, at = still(line[first:last].replace("\t", " ")), at - first
    start = at - _fitting(near[:at][::-1], EXCERPT_WIDTH // 2)
    end = start + _fitting(near[start : start + 2 * EXCERPT_WIDTH], EXCERPT_WIDTH)
    before = "…" if first + start else ""
    after = "…" if first + end < len(line) else ""
    return f"{before}{near[start:end]}{after}", " " * display_width(before + near[start:at])


def _fitting(text: str, width: int) -> int:
    """How many characters of the text fit into ``width`` terminal cells."""
    for number, char in enumerate(text):
        width -= display_width(char)
        if width < 0:
            return number
    return len(text)
