"""Limits how much Markdown one text holds, so that none holds a build up."""

from __future__ import annotations

import re
from html import escape
from itertools import islice
from typing import Final

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.model.prose import Parsed, Prose

MOST: Final = 30_000
"""Lines and marks: more than a thick book has. Some take a quarter of a millisecond each, until they are published."""

_PARTS: Final = re.compile(r"\n[^\n]|[*_`\[{<!|~&\\]")
"""Lines that are not empty, and what may begin something else in them."""


def refused(text: str, path: str, first_line: int) -> Parsed | None:
    """The text as it was written, with a problem, where it holds too much; else None."""
    # Every part has a character, so most texts need not be counted.
    if len(text) <= MOST:
        return None
    over = next(islice(_PARTS.finditer(text), MOST, None), None)
    if over is None:
        return None
    problem = Problem(
        path=path,
        line=first_line + text.count("\n", 0, over.end()),
        message=say("up to here, the text has more than {limit} lines and marks such as * and [", limit=MOST),
        hint=say("split it into several files; a long table is better a file of its own, to which the text links"),
    )
    return Parsed(Prose(pieces=(f"<pre>{escape(text)}</pre>\n",)), (problem,))
