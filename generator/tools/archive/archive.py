"""A campaign closed into a bundle: the whole story on one screen.

The site is built into a folder next to where the bundle will be; what else belongs to it is written there, sealed, and
renamed into its place at the end. Until then, there is nothing; afterwards, nothing is ever touched.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Fault, Problem, in_order
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.report import Report
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.inputs import stop_at
from generator.pipeline.plan.sources import load_records, read_sources
from generator.pipeline.publish.lock import try_lock
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.run import run_build, run_check, run_export
from generator.pipeline.session import BuildRequest, Session
from generator.read import sources
from generator.site.dispatch import content
from generator.tools.archive.bag import files_below, info_text, seal, write
from generator.tools.archive.catalogue import blanks, catalogue, contradictions, counted_again, handover
from generator.tools.archive.checks import report
from generator.tools.archive.contents import opened_contents, written_sources
from generator.tools.archive.crate import crate
from generator.tools.archive.documents import documents
from generator.tools.archive.order import Decided, Order, dated_before, decided, waiting
from generator.tools.archive.readme import readme
from generator.tools.archive.receipt import receipt
from generator.tools.archive.record import record
from generator.tools.archive.tags import bag_info
from generator.tools.archive.wacz import wacz
from generator.tools.archive.zipped import write_zip

_SOURCES: Final = "data/sources"
_STAGING: Final = ".rizhi-archive-"
_LOCK: Final = "lock"
"""The file in a staging folder that its command holds: nothing is put there before it."""
_ABANDONED: Final = 60
"""Seconds after which an empty staging folder is one that a killed command left."""


@frozen(kw_only=True)
class Archived:
    """A bundle that was made."""

    place: Path
    digest: str
    """The one that the receipt tells."""
    report: Report
    """Of the site in it."""
    warnings: tuple[Problem, ...]


@frozen
class Filled:
    """What is known of a bag when everything is in it."""

    info: tuple[tuple[str, str], ...]
    """What bag-info.txt says."""
    warnings: tuple[Problem, ...]


def archive(order: Order) -> Archived:
    """Makes the bundle, all or nothing.

    Raises BuildError where the site has problems or private data would go in, and Fault where something is in the way.
    """
    for place in order.output.glob(f"{_STAGING}*"):
        with contextlib.suppress(OSError):
            _remove_abandoned(place)
    with Cache.temporary(remembers=True) as cache:
        request = BuildRequest(
            options=order.options, output=order.output, publishes=False, progress=order.progress, cache=cache
        )
        plan = _planned(order, request)
        _refuse_taken(order.output / plan.name)
        selection = replace(order.options.selection, now=plan.moment)
        request = replace(request, options=replace(order.options, portable=True, selection=selection))
        with _staging(order.output) as staging:
            bag, place = staging / plan.name, order.output / plan.name
            site = bag / "data" / "site"
            built = run_build(replace(request, output=site, shown="data/site", publishes=True))
            shutil.rmtree(site / STATE)
            filled = run_export(request, partial(_filled, order, plan, bag, (*built.warnings, *built.findings)))
            sealed = seal(bag, filled.info)
            text = receipt(plan.name, date=plan.day.isoformat(), oxum=sealed.oxum, digest=sealed.digest)
            write(staging / f"{plan.name}-receipt.txt", text)
            if order.is_zipped:
                write_zip(bag, staging / f"{plan.name}.zip", plan.moment)
            _put_in_place(staging, place)
    return Archived(place=place, digest=sealed.digest, report=built, warnings=in_order(filled.warnings))


def _planned(order: Order, request: BuildRequest) -> Decided:
    """The name and time of the bag. Raises BuildError, and Fault."""
    plan = run_export(request, partial(_decided, order))
    if plan is None:
        # What is wrong with the sources, a check tells with all else that is wrong.
        found = run_check(request)
        raise BuildError(*in_order([*found.warnings, *found.findings]))
    return plan


def _decided(order: Order, session: Session) -> Decided | None:
    """The name and time of the bag; None for faulty sources."""
    source_set = read_sources(session.snapshot, session.cache, session.options.jobs)
    values, _ = load_records(source_set, session.cache)
    settings = values.get(sources.SETTINGS)
    if settings is None or source_set.problems:
        return None
    del values[sources.SETTINGS]
    return decided(order, settings, content(values.values()).entries)


def _filled(order: Order, plan: Decided, bag: Path, known: tuple[Problem, ...], session: Session) -> Filled:
    """Writes everything except the site; ``known`` are the warnings of its build. Raises BuildError."""
    with opened_contents(order, plan, bag, session) as contents:
        # Nothing else is made where private data would go in.
        warnings = [*known, *contents.problems, *written_sources(contents)]
        stop_at(warnings, replace(session.options, strict=False))
        warnings += blanks(contents.site.settings)
        warnings += counted_again(contents.site.settings, contents.site.entries)
        warnings += contradictions(contents.site.settings, is_internal=order.is_internal)
        warnings += dated_before(plan, contents.site.entries)
        warnings += waiting(plan, contents.site.settings.zone, contents.site.content.entries)
        warnings += _percents(bag)
        record(contents)
        written = documents(contents)
        warnings += written.warnings
        stop_at(warnings, session.options)
        items = catalogue(contents, written.pages)
        wacz(contents)
        report(contents, items, warnings)
        handover(contents, len(items))
        crate(contents)
        readme(contents, items)
        info = tuple(bag_info(contents))
        contents.look_through("bag-info.txt", info_text(info))
        return Filled(info, tuple(warnings))


def _percents(bag: Path) -> Iterator[Problem]:
    """Warnings of sources with names that manifests have to write otherwise: many programs do not find the files."""
    for path in (path for path in files_below(bag / _SOURCES, "") if "%" in path):
        yield Problem(
            path=path,
            message=say("a manifest writes % as %25, so sha512sum, shasum and bagit.py do not find this file"),
            hint=say("give the file a name without %, and archive once more"),
            is_warning=True,
        )


@contextlib.contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A new folder in the output folder, on the same disk, so that what is made there can be renamed."""
    output.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=output))
    release, made = None, staging / "made"
    try:
        release = try_lock(staging / _LOCK)
        made.mkdir()
        yield made
    finally:
        if release:
            release()
        shutil.rmtree(staging, ignore_errors=True)


def _remove_abandoned(staging: Path) -> None:
    """Removes a staging folder whose command is no more. Raises OSError."""
    is_filled = any(staging.iterdir())
    if (staging / _LOCK).exists():
        release = try_lock(staging / _LOCK)
        if release is None:
            return
        release()
    elif not is_filled and time.time() - staging.stat().st_mtime < _ABANDONED:
        return
    shutil.rmtree(staging, ignore_errors=True)


def _refuse_taken(place: Path) -> None:
    if os.path.lexists(place):
        raise Fault(
            say("{place} is there already, and a bundle is never written over", place=place),
            say("move it elsewhere, or name another folder with --output"),
        )


def _put_in_place(staging: Path, place: Path) -> None:
    """Renames what was made, the bag last: whoever sees it sees all of it. Raises Fault where something is in the way.

    A receipt without a bag is what a killed command left; it is the same again.
    """
    made = sorted(one for one in staging.iterdir() if one.name != place.name)
    for one in made:
        target = place.with_name(one.name)
        if os.path.lexists(target) and not (target.is_file() and filecmp.cmp(one, target, shallow=False)):
            _refuse_taken(target)
    _refuse_taken(place)
    for one in made:
        one.chmod(0o644)
        one.replace(place.with_name(one.name))
    # A folder replaces no folder with something in it, whoever made it meanwhile.
    (staging / place.name).rename(place)
