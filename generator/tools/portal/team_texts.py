"""What a portal shows of a team, text by text, which is looked through for what must not be published.

A name that a line end breaks in the data of a team may stand in one piece where a portal shows it, and one that is in
two fields in two pieces that follow one another.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from generator.tools.portal.team_data import TeamDigest, TeamEntry, TeamRequest, TeamTarget

SHOWN: Final = "shown.html"
"""What these texts are called among the files of a team."""

_THEN, _NEXT = "\1", "\2"
"""What stands between two texts, and between two records. No text of a team holds control characters."""

_Texts = tuple[str | None, ...]


def shown_texts(digest: TeamDigest) -> bytes:
    """All texts of a team that a portal shows, as a page."""
    text = _NEXT.join(_THEN.join(filter(None, one)) for one in _records(digest))
    # All at once is many times faster than one by one.
    text = html.escape(text, quote=False).replace(_THEN, "</p><p>").replace(_NEXT, "</p></li>\n<li><p>")
    return f"<li><p>{text}</p></li>".encode(errors="replace")


def _records(digest: TeamDigest) -> Iterator[_Texts]:
    yield digest.title, digest.description
    yield from ((one.label, one.unit) for one in digest.counters)
    for entry in digest.entries:
        yield from _of_entry(entry)
    yield from map(_of_target, digest.targets)
    for request in digest.requests:
        yield from _of_request(request)


def _of_entry(one: TeamEntry) -> Iterator[_Texts]:
    """An entry in a list, and as a result of the search."""
    names = tuple(name for name, _ in one.targets)
    yield one.place, one.title, one.summary, *names
    yield one.title, *names, *one.tags, one.summary, one.place


def _of_target(one: TeamTarget) -> _Texts:
    return *one.names, one.summary, one.place, one.kind.label


def _of_request(one: TeamRequest) -> Iterator[_Texts]:
    """A request in the ledger, and as a result of the search."""
    name = one.target[0] if one.target else None
    yield one.title, name, one.kind.label if one.kind else None, one.handler, one.person
    yield one.title, name, *one.notes, one.handler, one.person
