"""Takes the mark of a draft from a file, once a check of the whole site with the file so changed is content."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.ground.errors import BuildError, Fault, Problem, in_order
from generator.ground.file_stat import File, file_stat
from generator.ground.messages import say
from generator.ground.temporary import temporary_folder
from generator.model.content import Status
from generator.model.options import Options, Selection
from generator.pipeline.plan.inputs import may_publish
from generator.pipeline.run import run_check
from generator.pipeline.session import BuildRequest
from generator.pipeline.snapshot import scan
from generator.read.schema import SCHEMAS
from generator.tools.faulty_drafts import sparing
from generator.tools.write.kinds import kind_of
from generator.tools.write.open_questions import without_open_questions
from generator.tools.write.text_file import TextFile


def options_for(
    folder: Path, now: Callable[[], datetime.datetime], *, portable: bool = False, drafts: bool = False
) -> Options:
    """What a build is asked for that publishes the site; this program has threads, so it must not fork."""
    selection = Selection(now=now(), drafts=drafts, future=drafts)
    return Options(folder=folder, selection=selection, portable=portable, jobs=1)


def without_draft_mark(file: TextFile) -> tuple[TextFile, TextFile]:
    """The file as it would be published, and one that says the same on the same lines as before, to be checked.

    Raises Fault for a file that is no draft by its kind.
    """
    if "status" not in SCHEMAS[kind_of(file.path)].model_fields:
        raise Fault(say("a file of this kind is never a draft"))
    is_marked = "status" in file.fields
    published = without_open_questions(file.with_fields({"status": None}))
    return published, file.with_fields({"status": Status.PUBLISHED.value}) if is_marked else published


def check_with(path: str, body: bytes, options: Options) -> tuple[Problem, ...]:
    """What is wrong with the site if the file at ``path`` had these bytes; the file itself is left alone.

    Warnings, which do not keep it from being published, come too. Raises BuildError where it cannot be published.
    """
    return sparing(options, partial(_checked_with, path, body), (path,))[0]


def _checked_with(path: str, body: bytes, options: Options) -> tuple[Problem, ...]:
    snapshot = scan(options)
    with temporary_folder() as folder:
        place = folder / Path(path).name
        place.write_bytes(body)
        texts = {**snapshot.sources.texts, path: File(str(place), file_stat(place.stat()))}
        changed = replace(snapshot, sources=replace(snapshot.sources, texts=dict(sorted(texts.items()))))
        request = BuildRequest(
            options=options,
            output=options.folder / "output",
            publishes=False,
            snapshot=changed,
        )
        report = run_check(request)
    problems = in_order([*report.warnings, *report.findings])
    if not may_publish(problems, options):
        raise BuildError(*problems)
    return problems
