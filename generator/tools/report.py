"""How problems look: ``path:line:col: message``, the source line, a caret, a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.text import display_width
from generator.ground.words import say
from generator.model.content import Source
from generator.read import frontmatter
from generator.read.decoding import decoded

EXCERPT_WIDTH: Final = 100
"""Cells of a source line that are shown around the fault."""


def told(problems: Iterable[Problem], folder: Path, language: str, *, colour: bool = True) -> str:
    """The problems as text in ``language``, in the order of files and lines, each with its source line.

    ``colour`` puts in a terminal's colours, which click takes out again where there is no terminal.
    """
    texts: dict[str, str | None] = {}
    placed = []
    for problem in problems:
        if problem.path not in texts:
            texts[problem.path] = _read(folder, problem.path)
        placed.append(_placed(problem, texts[problem.path]))
    lines = (line for problem in in_order(placed) for line in _lines(problem, texts[problem.path], language))
    text = "\n".join(lines)
    return text if colour else click.unstyle(text)


def _read(folder: Path, path: str) -> str | None:
    place = folder / path
    try:
        return decoded(place.read_bytes(), path)[0].text if place.is_file() else None
    except (OSError, BuildError):
        return None


def _placed(problem: Problem, text: str | None) -> Problem:
    """The problem with its field turned into a line and column."""
    if problem.field is None or text is None:
        return problem
    try:
        yaml_text, first_line = text, 1
        if not problem.path.endswith((".yaml", ".yml")):
            yaml_text, first_line = frontmatter.split(Source(problem.path, text))[0], 2
        marks = frontmatter.locate(yaml_text, first_line=first_line)
    except BuildError:
        return problem
    field = problem.field
    while field and field not in marks:
        field = field[:-1]
    if not field:
        return replace(problem, line=first_line, column=1)
    line, column = marks[field].key if problem.at_key else marks[field].value
    return replace(problem, line=line, column=column)


def _lines(problem: Problem, text: str | None, language: str) -> Iterator[str]:
    place = ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part)
    kind = say("warning: ").said_in(language) if problem.is_warning else ""
    colour = "yellow" if problem.is_warning else "red"
    yield f"{click.style(place, bold=True)}: {click.style(kind, fg=colour)}{problem.message.said_in(language)}"
    lines = text.split("\n") if text is not None else []
    if 0 < problem.line <= len(lines) and lines[problem.line - 1].strip():
        excerpt, caret = _excerpt(lines[problem.line - 1], problem.column)
        yield f"  {excerpt}"
        if problem.column:
            yield f"  {caret}{click.style('^', fg=colour, bold=True)}"
    if problem.hint:
        yield f"  {click.style(say('hint: ').said_in(language), fg='cyan')}{problem.hint.said_in(language)}"


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """The part of a line around a column, from 1, and the blanks that put a caret below it."""
    line = line.replace("\t", " ")
    at = max(column - 1, 0)
    start = at
    while start and display_width(line[start - 1 : at]) <= EXCERPT_WIDTH // 2:
        start -= 1
    end = at
    while end < len(line) and display_width(line[start : end + 1]) <= EXCERPT_WIDTH:
        end += 1
    before = "…" if start else ""
    after = "…" if end < len(line) else ""
    return f"{before}{line[start:end]}{after}", " " * display_width(before + line[start:at])
