"""Which files have to be made anew, and why: the same comparison decides and explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from generator.ground.fingerprint import SIZE
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.pipeline.cache.schema import PageRow, Wanted
from generator.pipeline.make.links import may_lead_to, number_of


class Reason(Enum):
    """Why a file is made anew."""

    NEW = "new"
    SHOWN = "shown"
    TEXT = "text"
    FRAME = "frame"
    OUTPUT = "output"
    GOAL = "goal"


@frozen
class Stale:
    """A file that is made anew."""

    wanted: Wanted | PageRow
    reason: Reason
    row: PageRow | None = None
    """What was known of it; None for a new one."""


def stale(
    wanted: Mapping[str, Wanted | PageRow],
    rows: Mapping[str, PageRow],
    standing: Mapping[str, bool],
    goals: Callable[[], Iterable[tuple[str, bytes]]] = tuple,
) -> Iterator[Stale]:
    """The files that have to be made anew, in the order of ``wanted``.

    What is wanted just as it was published is its own row.

    ``rows`` is what is known of those that were published, ``standing`` whether each still stands, and ``goals`` is
    asked where each page leads if any file is gone.
    """
    gone = frozenset(map(number_of, rows.keys() - wanted.keys()))
    leading = {path for path, body in goals() if may_lead_to(body, gone)} if gone else ()
    for path, one in wanted.items():
        row = rows.get(path)
        is_standing = standing.get(path, False)
        reason = (None if is_standing else Reason.OUTPUT) if one is row else _reason(one, row, is_standing=is_standing)
        if reason is None and path in leading:
            reason = Reason.GOAL
        if reason is not None:
            yield Stale(one, reason, row)


def _reason(wanted: Wanted | PageRow, row: PageRow | None, *, is_standing: bool) -> Reason | None:
    if row is None:
        return Reason.NEW
    if row.mark != wanted.mark or row.kind != wanted.kind:
        return Reason.SHOWN
    if row.texts != wanted.texts or row.sources != wanted.sources:
        return Reason.TEXT
    if row.frame != wanted.frame:
        return Reason.FRAME
    return None if is_standing else Reason.OUTPUT


def explained(stale: Stale, names: Iterable[str] = ()) -> Message:
    """Why a file is made anew, in words; ``names`` are the parts of its page that changed, where that can be said."""
    path = stale.wanted.path
    match stale.reason:
        case Reason.NEW:
            return say("{path}: it is new, or nothing is remembered of it", path=path)
        case Reason.TEXT:
            return say("{path}: the text of {files} changed", path=path, files=", ".join(_changed_texts(stale)))
        case Reason.FRAME:
            return say("{path}: its template, the strings, the settings or the options changed", path=path)
        case Reason.OUTPUT:
            return say("{path}: the file in the output is gone or was changed by somebody else", path=path)
        case Reason.GOAL:
            return say("{path}: something that it links to is gone", path=path)
    if found := ", ".join(names):
        return say("{path}: what it shows changed: {names}", path=path, names=found)
    return say("{path}: what it shows changed", path=path)


def _changed_texts(stale: Stale) -> list[str]:
    """The files whose texts are not as they were."""
    row, now = stale.row, stale.wanted
    assert row is not None
    before = dict(zip(row.sources.split("\n"), _pieces(row.texts), strict=False))
    after = dict(zip(now.sources.split("\n"), _pieces(now.texts), strict=False))
    return [path for path, print_ in after.items() if before.get(path) != print_]


def _pieces(prints: bytes) -> list[bytes]:
    return [prints[at : at + SIZE] for at in range(0, len(prints), SIZE)]
