"""Which files have to be made again, and why: the same comparison decides and explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from generator.ground.fingerprint import SIZE
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.pipeline.cache.schema import PlannedFile
from generator.pipeline.checks.links import may_link_to, path_number
from generator.pipeline.snapshot import PublishedFiles


class Reason(Enum):
    """Why a file is made again."""

    NEW = "new"
    PAGE = "page"
    TEXT = "text"
    TEMPLATE = "template"
    OUTPUT = "output"
    LINK = "link"


@frozen
class Stale:
    """A file that has to be made again."""

    planned: PlannedFile
    reason: Reason
    before: PlannedFile | None = None
    """As it was published; None for a new one."""


def find_stale(
    files: Mapping[str, PlannedFile],
    published: PublishedFiles,
    links: Callable[[], Iterable[tuple[str, bytes]]] = tuple,
    *,
    gone: Iterable[str] = (),
) -> Iterator[Stale]:
    """The files that have to be made again, in the order of ``files``.

    ``links`` gives where each published page links to; it is called if any file is ``gone``.
    """
    numbers = frozenset(map(path_number, gone))
    dangling = {path for path, body in links() if may_link_to(body, numbers)} if numbers else ()
    for path, one in files.items():
        row = published.rows.get(path)
        before = row.planned if row else None
        reason = None if one is before else _reason(one, before)
        if reason is None and path in published.modified:
            reason = Reason.OUTPUT
        if reason is None and path in dangling:
            reason = Reason.LINK
        if reason is not None:
            yield Stale(one, reason, before)


def _reason(planned: PlannedFile, before: PlannedFile | None) -> Reason | None:
    if before is None:
        return Reason.NEW
    if before.page_digest != planned.page_digest or before.kind != planned.kind:
        return Reason.PAGE
    if before.text_digests != planned.text_digests or before.text_paths != planned.text_paths:
        return Reason.TEXT
    return None if before.template_digest == planned.template_digest else Reason.TEMPLATE


def explained(stale: Stale, names: Iterable[str] = ()) -> Message:
    """Why a file is made again, in words; ``names`` are the fields of its page that differ, where that is known."""
    path = stale.planned.path
    match stale.reason:
        case Reason.NEW:
            return say("{path}: it is new, or nothing is remembered of it", path=path)
        case Reason.TEXT:
            return say("{path}: the text of {files} changed", path=path, files=", ".join(_changed_texts(stale)))
        case Reason.TEMPLATE:
            return say("{path}: its template, the strings, the settings or the options changed", path=path)
        case Reason.OUTPUT:
            return say("{path}: the file in the output is gone or was changed by somebody else", path=path)
        case Reason.LINK:
            return say("{path}: something that it links to is gone", path=path)
    if found := ", ".join(names):
        return say("{path}: what it shows changed: {names}", path=path, names=found)
    return say("{path}: what it shows changed", path=path)


def _changed_texts(stale: Stale) -> list[str]:
    """The files whose texts changed."""
    assert stale.before is not None
    before = dict(zip(stale.before.text_paths.split("\n"), _digests(stale.before), strict=False))
    after = dict(zip(stale.planned.text_paths.split("\n"), _digests(stale.planned), strict=False))
    return [path for path, digest in after.items() if before.get(path) != digest]


def _digests(planned: PlannedFile) -> list[bytes]:
    digests = planned.text_digests
    return [digests[at : at + SIZE] for at in range(0, len(digests), SIZE)]
