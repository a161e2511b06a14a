"""The build of a session in which something changed: the whole story on one screen.

The sources are read, the site is planned, stale files are made and staged, and the staged files are published. What was
made is saved for the next build. ``run`` opens the session.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.fingerprint import sealed
from generator.model.report import Report
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.cache.schema import PlannedFile, PublishedFile
from generator.pipeline.cache.spill import SpilledList
from generator.pipeline.make.render_stage import NullDestination, RenderContext, RenderedFile, render_stale
from generator.pipeline.make.search_index import SearchIndex, make_search_index, save_search_index
from generator.pipeline.plan.build_plan import make_plan, plan_from_sources, save_patch_and_note
from generator.pipeline.plan.inputs import may_publish, reporting_all, stop_at
from generator.pipeline.plan.sources import read_sources
from generator.pipeline.plan.staleness import Stale, explained, find_stale
from generator.pipeline.publish.publication import Publication
from generator.pipeline.session import Session
from generator.pipeline.snapshot import save_last_build, with_current_stats


def build(session: Session) -> Report:
    """Publishes the site. Raises BuildError, with the published site untouched. The session has the lock."""
    with _without_garbage_collection():
        return session.attempt(_build)


def check(session: Session) -> Report:
    """Does everything that a build does, except publishing. What is wrong with the site is in the report.

    Raises BuildError where the site cannot even be planned.
    """
    with _without_garbage_collection():
        return session.attempt(_check)


def _build(session: Session) -> Report:
    source_set = read_sources(session.snapshot, session.cache, session.options.jobs, parsed=session.parsed)
    published = session.published_files()
    with opened_images(session) as images, Publication(session.request.output, session.request.shown) as publication:
        publication.claim(published.rows.keys() - published.modified)
        plan = make_plan(session, source_set, images, published)
        # What has problems is made all the same, to find out about others, and then discarded.
        destination = publication if may_publish(plan.report.warnings, session.options) else NullDestination()
        with reporting_all(plan.report.warnings):
            results = _render(RenderContext(session, plan, images, published, destination))
        stop_at(in_order([*plan.report.warnings, *results.problems]), session.options)
        publication.include_unchanged(results.context.plan.files.keys() - {one.staged.path for one in results.files})
        for one in results.files:
            publication.include(one.staged)
        report = replace(plan.report, findings=results.problems, published=publication.publish())
        if session.cache.remembers:
            session.save(partial(_save, results, report))
        if session.cache.is_lasting and plan.pictures is not None:
            images.prune(plan.pictures)
    return report


def _check(session: Session) -> Report:
    source_set = read_sources(session.snapshot, session.cache, session.options.jobs)
    published = session.published_files()
    with opened_images(session) as images:
        plan = plan_from_sources(session, source_set, images)
        try:
            problems = _render(RenderContext(session, plan, images, published, NullDestination())).problems
        except BuildError as error:
            problems = error.problems
    return replace(plan.report, findings=problems)


class _Results(NamedTuple):
    """What was made of a plan."""

    context: RenderContext
    """Its plan has the files of the search, too."""
    search: SearchIndex
    files: SpilledList[RenderedFile]
    problems: tuple[Problem, ...]
    """What is wrong with them, with warnings."""


def _render(context: RenderContext) -> _Results:
    """Makes everything that is stale. Raises BuildError where a file cannot be read or written."""
    index = make_search_index(context)
    context = replace(context, plan=replace(context.plan, files={**context.plan.files, **index.files}))
    files, problems = render_stale(context, _stale(context, index), before=index.made)
    return _Results(context, index, files, problems)


def _stale(context: RenderContext, index: SearchIndex) -> list[Stale]:
    """The files that have to be rendered. The files of the search are made already."""
    session, plan, published = context.session, context.plan, context.published
    gone = published.rows.keys() - plan.files.keys()
    found = find_stale(plan.files, published, session.cache.links, gone=gone)
    stale = [one for one in found if one.planned.path not in index.files]
    if session.request.explain is not None:
        for one in (*stale, *index.stale):
            session.request.explain(explained(one, plan.differences.get(one.planned.path, ())))
    return stale


def _save(results: _Results, report: Report) -> None:
    """Saves what was made, and how it is on the disk now."""
    context = results.context
    session, plan, rows = context.session, context.plan, context.published.rows
    cache = session.cache
    new = [_row(plan.files[one.staged.path], one) for one in results.files]
    paths = {row.planned.path for row in new}
    untrusted = [row for path, row in rows.items() if not row.stat_trusted and path in plan.files and path not in paths]
    links = ((one.staged.path, one.links.targets if one.links else b"") for one in results.files)
    with cache.transaction():
        gone = rows.keys() - plan.files.keys()
        cache.save_published(with_current_stats([*untrusted, *new], session.request.output), links, gone=gone)
        context.images.assets.save()
        save_search_index(results.search, session)
        cache.save_planned_digests()
        save_patch_and_note(session, plan)
        save_last_build(session.snapshot, cache, report)


def _row(planned: PlannedFile, rendered: RenderedFile) -> PublishedFile:
    links = rendered.links
    anchors = sealed(pickle.dumps(links.anchors)) if links and links.anchors else None
    findings = sealed(pickle.dumps(rendered.findings)) if rendered.findings else None
    return PublishedFile(planned, rendered.content_digest, anchors, findings, 0, (0, 0, 0, 0))


@contextlib.contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Turns it off: values here hold no reference cycles, and a build keeps nearly all that it makes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
