"""The summaries that commands print: what was published, checked, exported or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from generator.ground.errors import Problem
from generator.ground.messages import Message, say
from generator.model.content import Status
from generator.model.report import PortalReport, Report

NAMED: Final = 3
"""The number of files that a sentence names before it only gives their number."""
FOLDERS: Final = 10
"""The number of folders that it names."""


def published(report: Report, output: Path, faulty: Iterable[Problem] = ()) -> Iterator[Message]:
    """The summary of a build: what it published, and what it left out and why; ``faulty`` are problems of drafts."""
    done = report.published
    assert done is not None
    yield say(
        "Published {entries} on {pages}, with {files}, in {output}: "
        "{written} written, {unchanged} unchanged, {removed} removed.",
        entries=_entries(report.entries),
        pages=_pages(report.pages),
        files=say("1 picture or attachment")
        if report.files == 1
        else say("{n} pictures and attachments", n=report.files),
        output=output.as_posix(),
        written=in_files(done.written),
        unchanged=done.unchanged,
        removed=done.removed,
    )
    yield from _left_out(report, _first, faulty)
    if not report.has_base_url:
        yield say("No feeds and no sitemap were made, because base_url is not set in content/site.yaml.")


def checked(report: Report, faulty: Iterable[Problem], *, shows_all: bool) -> Iterator[Message]:
    """The summary of a check without problems, with what a build would leave out, by folder unless ``shows_all``."""
    yield say("All is well: {entries}, {pages}.", entries=_entries(report.entries), pages=_pages(report.pages))
    yield from _left_out(report, _listed if shows_all else _by_folder, faulty)


def portal_published(found: PortalReport, output: str) -> Iterator[Message]:
    """The summary of a portal that was built."""
    done = found.report.published
    assert done is not None
    yield say(
        "Published a portal over {teams} with {entries} on {pages}, in {output}: "
        "{written} written, {unchanged} unchanged, {removed} removed.",
        teams=_teams(found.teams),
        entries=_entries(found.report.entries),
        pages=_pages(found.report.pages),
        output=output,
        written=in_files(done.written),
        unchanged=done.unchanged,
        removed=done.removed,
    )
    if found.stale:
        yield say("Shown as they were last, since they could not be read: {names}.", names=_some(found.stale))
    if found.missing:
        yield say(
            "Not shown, since nothing is known of them that may be published: {names}.", names=_some(found.missing)
        )
    if not found.report.has_base_url:
        yield say("No feeds and no sitemap were made, because base_url is not set in portal.yaml.")


def portal_checked(found: PortalReport) -> Message:
    """The summary of a check of a portal without problems."""
    return say(
        "All is well: {teams}, {entries}, {pages}.",
        teams=_teams(found.teams),
        entries=_entries(found.report.entries),
        pages=_pages(found.report.pages),
    )


def _teams(number: int) -> Message:
    return say("1 team") if number == 1 else say("{n} teams", n=number)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:FOLDERS])
    return shown if len(names) <= FOLDERS else f"{shown} … ({len(names)})"


def is_grouped(report: Report) -> bool:
    """Whether there are so many of what a build would leave out that a check tells only their folders."""
    return max(Counter(status for _, status in report.left_out).values(), default=0) > NAMED


def exported_to(entries: int, place: Path) -> Message:
    """The summary of an export."""
    return say("Wrote {entries} to {place}.", entries=_entries(entries), place=place)


def divided_into(entries: int, files: Sequence[tuple[Path, int]]) -> Iterator[Message]:
    """The summary of an export that is several files, each with the number of its entries."""
    yield say("Wrote {entries} to {n} files:", entries=_entries(entries), n=len(files))
    for place, number in files:
        yield say("  {place}: {entries}", place=place, entries=_entries(number))


def archived(
    place: Path, digest: str, report: Report, faulty: Iterable[Problem], *, is_internal: bool
) -> Iterator[Message]:
    """The summary of an archive, with the digest that is to be kept elsewhere; ``faulty`` are problems of drafts."""
    yield say(
        "Archived {entries} on {pages} in {place}.",
        entries=_entries(report.entries),
        pages=_pages(report.pages),
        place=place,
    )
    if not is_internal:
        yield from _left_out(report, _first, faulty)
    elif report.left_out:
        unpublished = _first([path for path, _ in report.left_out])
        yield say("In its sources, but not in its site, since they are not published: {files}", files=unpublished)
    yield say(
        "Print {receipt} and keep it elsewhere; it says {digest}.",
        receipt=f"{place}-receipt.txt",
        digest=f"{digest[:8]} … {digest[-8:]}",
    )


def verified(place: Path, files: int, size: int) -> Message:
    """The summary of a bundle without faults."""
    return say(
        "{place} is whole: {n} files, {size} MB, none changed, removed or added.",
        place=place,
        n=files,
        size=-(-size >> 20),
    )


def unchecked(messages: Iterable[Message]) -> Iterator[Message]:
    """What was not checked of a bundle."""
    return (say("not checked: {what}", what=one) for one in messages)


def failed(found: Iterable[Problem], undone: Message | None) -> Message:
    """The number of problems and warnings, printed below them, why warnings stopped the command, and what is undone."""
    every = tuple(found)
    warnings = sum(problem.is_warning for problem in every)
    told = say("{problems}, {warnings}.", problems=problems(len(every) - warnings), warnings=_warnings(warnings))
    if every and warnings == len(every):
        told = say("{told} With --strict, warnings are problems.", told=told)
    return say("{told} {undone}", told=told, undone=undone) if undone else told


def _left_out(report: Report, named: Callable[[list[str]], str], faulty: Iterable[Problem] = ()) -> Iterator[Message]:
    """The entries that are not published yet, by reason; ``named`` gives their paths in words."""
    if wrong := sorted({one.path for one in faulty}):
        yield say("Left out as drafts in which something is wrong: {files}", files=named(wrong))
    waiting = {status: [path for path, its in report.left_out if its is status] for status in Status}
    if waiting[Status.DRAFT]:
        yield say(
            "Left out as drafts, until their line status: draft is deleted: {files}",
            files=named(waiting[Status.DRAFT]),
        )
    if waiting[Status.REVIEW]:
        yield say("Left out while under review: {files}", files=named(waiting[Status.REVIEW]))
    if waiting[Status.PUBLISHED]:
        yield say("Left out until the time in publish_at: {files}", files=named(waiting[Status.PUBLISHED]))


def _first(paths: list[str]) -> str:
    names = ", ".join(paths[:NAMED])
    return f"{names} … ({len(paths)})" if len(paths) > NAMED else names


def _by_folder(paths: list[str]) -> str:
    """Few paths as they are; of many the folders, those with the most first, and how many are in each."""
    if len(paths) <= NAMED:
        return _first(paths)
    folders = Counter(path.rpartition("/")[0] for path in paths).most_common()
    names = ", ".join(f"{folder}/ ({number})" for folder, number in folders[:FOLDERS])
    return f"{names} … ({len(paths)})" if len(folders) > FOLDERS else names


def _listed(paths: list[str]) -> str:
    return "".join(f"\n  {path}" for path in paths) if len(paths) > NAMED else _first(paths)


def _entries(number: int) -> Message:
    return say("1 entry") if number == 1 else say("{n} entries", n=number)


def _pages(number: int) -> Message:
    return say("1 page") if number == 1 else say("{n} pages", n=number)


def in_files(number: int) -> Message:
    """A number of files."""
    return say("1 file") if number == 1 else say("{n} files", n=number)


def problems(number: int) -> Message:
    """A number of problems."""
    return say("1 problem") if number == 1 else say("{n} problems", n=number)


def _warnings(number: int) -> Message:
    return say("1 warning") if number == 1 else say("{n} warnings", n=number)
