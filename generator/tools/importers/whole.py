"""A manuscript that is one entry: the day and the title that stand outside of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from generator.ground.dates import parse_span
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.tools.importers.cutting import Cut
from generator.tools.importers.date_facts import Kind
from generator.tools.importers.date_lines import read
from generator.tools.importers.days import Dated, Doubt, resolved
from generator.tools.importers.manuscript import LeftOut, Manuscript
from generator.tools.importers.years import Hints

_REPORT: Final = re.compile(r"(?:[周旬月简通汇]报|快讯)$")
"""Reports that no newspaper is called."""
_NOTHING = Dated(span=None)


@frozen(kw_only=True)
class Whole:
    """What is known of all of it."""

    day: Dated = _NOTHING
    """Where no line says one."""
    title: str = ""
    left_out: tuple[LeftOut, ...] = ()
    """What its front matter says and no entry takes, because it has several."""


def whole_of(manuscript: Manuscript, found: Cut, hints: Hints) -> Whole:
    """What the front matter says of it, or else the file's name."""
    if all(one.line is None for one in found.sections):
        title = manuscript.title if manuscript.kind == "markdown" else ""
        return Whole(day=_day(manuscript, found, hints), title=title)
    return Whole(left_out=tuple(_unused(manuscript)))


def _unused(manuscript: Manuscript) -> Iterator[LeftOut]:
    if manuscript.kind == "markdown":
        for text in filter(None, (manuscript.title, manuscript.day)):
            yield LeftOut(kind=say("front matter"), text=text, where=say("line {line}", line=1))


def _day(manuscript: Manuscript, found: Cut, hints: Hints) -> Dated:
    if manuscript.day:
        return Dated(span=parse_span(manuscript.day), evidence=say("the front matter"))
    created = Doubt(fact=say("nothing says the day"), options=(manuscript.created,)) if manuscript.created else None
    nothing = Dated(span=None, doubt=created)
    line = read(PurePath(manuscript.file).stem.replace("_", "-"))
    if line is None or not (line.month and line.day) or (line.kind is Kind.PUBLISHED and not line.is_doubtful):
        return nothing
    if len(found.offers) > 1 or not (line.kind is Kind.ENTRY or line.year):
        # A text that speaks of several days is no text of one of them.
        return nothing
    named = resolved(((0, replace(line, kind=Kind.ENTRY)),), hints)[0]
    if line.is_doubtful and not _REPORT.search(line.title):
        # 1.2 may be a number as well, and what ends with 网 may be who published it.
        options = (named.span.iso(),) if named.span else ()
        return Dated(span=None, doubt=Doubt(fact=say("nothing says the day"), options=options))
    return replace(named, evidence=named.evidence or say("the file's name"))
