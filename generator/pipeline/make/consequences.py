"""What is worth telling of a site whose content has problems already, apart from what only follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.ground.errors import Problem
from generator.ground.file_stat import File
from generator.model import urls
from generator.pipeline.checks.privacy_scan import Guard, Leak
from generator.pipeline.plan.build_plan import BuildPlan
from generator.read import sources
from generator.render.privacy import Kind
from generator.render.privacy.pieces import pieces
from generator.site.unread import Unread


def leaks_to_tell(leaks: Iterable[Leak], problems: Iterable[Problem], unread: Unread) -> Iterator[Leak]:
    """The leaks to tell when these ``problems`` are told; what is ``unread`` may hold others."""
    if any(one.path == sources.SETTINGS and one.field and one.field[0] == "privacy" for one in problems):
        # Nobody knows what is allowed.
        return
    are_names_known = sources.PEOPLE not in unread.paths and not unread.within("targets")
    for leak in leaks:
        if are_names_known or leak.finding.kind is not Kind.HARDSHIP:
            yield leak


def unread_leaks(guard: Guard, unread: Unread, files: Mapping[str, File]) -> Iterator[Leak]:
    """The private data in Markdown files that gave no value, as they stand there; ``files`` are the site's texts."""
    for path in sorted(path for path in unread.paths if path in files and sources.folder_of(path)):
        source = sources.read(path, files[path].path)[1]
        for piece in pieces(source.text) if source else ():
            yield from (Leak(path, (path,), finding) for finding in guard.detector.found(piece))


def links_to_tell(plan: BuildPlan, problems: Iterable[tuple[str, Problem]]) -> Iterator[Problem]:
    """The problems of links, each of which comes with the URL that the link leads to."""
    places = {_place(one) for one in plan.report.warnings}
    # A text that is shown on many pages has its links there, too.
    targets = {urls.output_path(url) for one in plan.report.warnings for url in _linked(one)}
    faulty = {urls.output_path(urls.file(one.path)) for one in plan.report.warnings}
    for url, problem in problems:
        output = urls.output_path(url)
        is_told = _place(problem) in places or output in faulty or (problem.line == 0 and output in targets)
        if not is_told and not plan.unread.may_publish(url):
            yield problem


def _place(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.column, problem.field


def _linked(problem: Problem) -> Iterator[str]:
    """The URL of which a problem says that nothing is there, or that of the kind that there is not."""
    for name, value in problem.message.values:
        if name == "url":
            yield str(value)
        elif name == "kind":
            yield urls.kind(str(value))
