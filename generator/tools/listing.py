"""Lists for a terminal: lines that fit, and nothing private in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.lines import wrapped
from generator.ground.messages import Message
from generator.ground.text import display_width, still
from generator.pipeline.checks.privacy_scan import Leak
from generator.tools.whole_site import WholeSite

Form = Literal["text", "csv", "json"]
"""How a list is printed."""
_INDENT: Final = "    "
_PAGE: Final = "list.html"
"""What a list is called where private data is found in it."""


@frozen
class Listing:
    """A list as it is printed."""

    text: str
    summary: Message
    warnings: tuple[Problem, ...]


def listing(text: str, summary: Message, sources: tuple[str, ...], whole: WholeSite) -> Listing:
    """The list, whose words come from these source files.

    Raises BuildError where the site has problems that stop an export, or where the list would give away private data.
    """
    leaks = (Leak(_PAGE, sources, finding) for finding in whole.guard.found(_PAGE, text.encode()))
    return Listing(text, summary, whole.warnings(leaks))


def lines(title: str, facts: Iterable[str], width: int) -> Iterator[str]:
    """A title and, indented, what is said of it, with as many facts on a line as ``width`` terminal cells hold."""
    yield from wrapped(still(title), width, display_width)
    room, line = width - len(_INDENT), ""
    for fact in map(still, facts):
        longer = f"{line} · {fact}" if line else fact
        if line and display_width(longer) > room:
            yield from _indented(line, room)
            longer = fact
        line = longer
    yield from _indented(line, room)


def _indented(line: str, room: int) -> Iterator[str]:
    return (_INDENT + one for one in wrapped(line, room, display_width))
