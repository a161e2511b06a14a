"""What a command or the preview calls to have a site built, checked or exported.

What only a changed site needs is imported once something changed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.ground.errors import BuildError, Fault
from generator.ground.files import refuse_within_bag
from generator.ground.messages import say
from generator.model.report import Report
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.session import BuildRequest, Session
from generator.pipeline.workers import PARALLEL_THRESHOLD, run_in_child
from generator.read import sources

T = TypeVar("T")


def refuse_output(site: Path, output: Path) -> None:
    """Raises Fault where publishing into ``output`` would overwrite the site's own sources, or spoil a bundle."""
    refuse_within_bag(output)
    place = output.resolve()
    for name in ("content", "themes"):
        source = (site / name).resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise Fault(
                say("{output} holds the site's own sources, or lies in them", output=output),
                say("publish into another folder with --output"),
            )


def run_build(request: BuildRequest) -> Report:
    """Publishes the site. Raises BuildError, with the published site untouched."""
    with _system_errors(request), Session(request) as session:
        report = session.up_to_date_report()
        if report is None and not session.is_open:
            session.wait_for_lock()
            report = session.up_to_date_report()
        if report is not None:
            return report
        with _parsing(session):
            from generator.pipeline.build import build

            return build(session)


def run_check(request: BuildRequest) -> Report:
    """Does everything that a build does, except publishing. What is wrong with the site is in the report.

    Raises BuildError where the site cannot even be planned.
    """
    from generator.pipeline.build import check

    with _system_errors(request), Session(request) as session:
        return check(session)


def run_export(request: BuildRequest, work: Callable[[Session], T]) -> T:
    """The result of ``work``, which reads the site without publishing it."""
    with _system_errors(request), Session(request) as session:
        return session.attempt(work)


@contextlib.contextmanager
def _system_errors(request: BuildRequest) -> Iterator[None]:
    """A file that the system will not give is a problem with its path, wherever it is read."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        place = Path(os.fsdecode(error.filename))
        folder = request.options.folder
        path = place.relative_to(folder) if place.is_relative_to(folder) else place
        raise BuildError(sources.unreadable(path.as_posix(), error)) from error


@contextlib.contextmanager
def _parsing(session: Session) -> Iterator[None]:
    """Parses a few changed files of a large site in a child, while this process imports what a build needs."""
    from generator.pipeline.plan.sources import changed_sources, parse_changed

    cache, jobs = session.cache, session.options.jobs
    changed = []
    if cache.is_large:
        # A damaged cache is told, and mended, by the build.
        with contextlib.suppress(BrokenCacheError):
            changed = changed_sources(session.snapshot, cache)
    is_worth_a_child = 0 < len(changed) < PARALLEL_THRESHOLD
    work = partial(parse_changed, changed, is_remembered=cache.remembers)
    with run_in_child(work, jobs if is_worth_a_child else 1) as session.parsed:
        yield
