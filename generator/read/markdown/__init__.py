"""Markdown: CommonMark, what Chinese needs of it, and the extensions that the site's writers may use."""

from __future__ import annotations

from generator.model.prose import Parsed
from generator.read.markdown import fast_path


def parse(text: str, *, path: str, first_line: int = 1) -> Parsed:
    """The prose of a Markdown text and everything that is wrong with it. It never raises.

    ``path`` goes into the problems; ``first_line`` is the line of that file on which the text begins.
    """
    prose = fast_path.prose_of(text, first_line)
    if prose is not None:
        return Parsed(prose)
    # For everyday texts, the parser is not even loaded.
    from generator.read.markdown import parser

    return parser.parse(text, path=path, first_line=first_line)
