"""Splits a Markdown file into its front matter and its body, at the lines of three hyphens."""

from __future__ import annotations

import re

from generator.ground.errors import BuildError, Edit, Problem, Repair
from generator.ground.messages import say
from generator.model.content import Source

_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")


def split(source: Source) -> tuple[str, str, int]:
    """The YAML, the body, and the line number, from 1, on which the body begins. Raises BuildError."""
    lines = source.text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        raise BuildError(_without_front_matter(source, lines))
    for number, line in enumerate(lines[1:], start=1):
        if _CLOSING.fullmatch(line):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    for number, line in enumerate(lines[1:], start=2):
        if re.fullmatch(r"\s*[-—–－]{3,}\s*", line):
            raise BuildError(
                Problem(
                    path=source.path,
                    line=number,
                    column=1,
                    message=say("this line does not close the front matter"),
                    hint=say("write exactly ---: three hyphens, half-width, with nothing else on the line"),
                    repair=Repair((Edit(line, "---", number),)),
                )
            )
    raise BuildError(
        Problem(
            path=source.path,
            line=1,
            column=1,
            message=say("the front matter that begins here is not closed"),
            hint=say("put a line of three hyphens, ---, below its last field"),
        )
    )


def _without_front_matter(source: Source, lines: list[str]) -> Problem:
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    repair = None
    if _FENCE.fullmatch(lines[first].strip()):
        message = say("the front matter must begin on the first line, with three hyphens and nothing before them")
        hint = say("delete the empty lines or spaces before ---")
        above = "".join(f"{line}\n" for line in lines[:first])
        repair = Repair((Edit(above + lines[first], "---", 1),))
    elif re.fullmatch(r"\s*[-—–－]{1,}\s*", lines[first]):
        message = say("the first line is not the three hyphens that open the front matter")
        hint = say("write exactly ---: three hyphens, half-width, with nothing else on the line")
        repair = Repair((Edit(lines[first], "---", first + 1),))
    else:
        message = say("there is no front matter")
        hint = say("begin the file with a line ---, then title: and date:, then a line ---")
    return Problem(path=source.path, line=first + 1, column=1, message=message, hint=hint, repair=repair)
