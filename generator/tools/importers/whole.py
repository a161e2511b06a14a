"""A manuscript that is one entry: the day and the title that stand outside of its text."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import PurePath

from generator.ground.dates import parse_span
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.tools.importers.cutting import Cut
from generator.tools.importers.date_facts import Kind
from generator.tools.importers.date_lines import read
from generator.tools.importers.days import Dated, Doubt
from generator.tools.importers.manuscript import LeftOut, Manuscript

_NOTHING = Dated(span=None)


@frozen(kw_only=True)
class Whole:
    """What is known of all of it."""

    day: Dated = _NOTHING
    """Where no line says one."""
    title: str = ""
    left_out: tuple[LeftOut, ...] = ()
    """What its front matter says and no entry takes, because it has several."""


def whole_of(manuscript: Manuscript, found: Cut) -> Whole:
    """What the front matter says of it, or else the file's name."""
    if all(one.line is None for one in found.sections):
        title = manuscript.title if manuscript.kind == "markdown" else ""
        return Whole(day=_day(manuscript, found), title=title)
    return Whole(left_out=tuple(_unused(manuscript)))


def _unused(manuscript: Manuscript) -> Iterator[LeftOut]:
    if manuscript.kind == "markdown":
        for text in filter(None, (manuscript.title, manuscript.day)):
            yield LeftOut(kind=say("front matter"), text=text, where=say("line {line}", line=1))


def _day(manuscript: Manuscript, found: Cut) -> Dated:
    if manuscript.day:
        return Dated(span=parse_span(manuscript.day), evidence=say("the front matter"))
    created = Doubt(fact=say("nothing says the day"), options=(manuscript.created,)) if manuscript.created else None
    nothing = Dated(span=None, doubt=created)
    line = read(PurePath(manuscript.file).stem.replace("_", "-"))
    if line is None or not (line.year and line.month and line.day) or line.end_day or line.kind is Kind.PUBLISHED:
        return nothing
    if len(found.offers) > 1:
        # A text that speaks of several days is no text of one of them.
        return nothing
    with contextlib.suppress(Fault):
        return Dated(span=parse_span(f"{line.year}-{line.month:02}-{line.day:02}"), evidence=say("the file's name"))
    return nothing
