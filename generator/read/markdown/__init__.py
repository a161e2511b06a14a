"""The Markdown parser: CommonMark, with rules for Chinese text and the extensions that writers may use."""

from __future__ import annotations

from generator.model.prose import Parsed
from generator.read.markdown import fast_path, quantity


def parse(text: str, *, path: str, first_line: int = 1) -> Parsed:
    """Parses a Markdown text into its prose and problems. It never raises.

    ``path`` goes into the problems; ``first_line`` is the line of that file on which the text begins.
    """
    if (refused := quantity.refused(text, path, first_line)) is not None:
        return refused
    prose = fast_path.prose_of(text, first_line)
    if prose is not None:
        return Parsed(prose)
    # Simple texts do not need the parser, so it is imported late.
    from generator.read.markdown import parser

    return parser.parse(text, path=path, first_line=first_line)
