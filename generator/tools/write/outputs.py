"""What publishes from the writing page: one file, the whole site, a selection as a document to send."""

from __future__ import annotations

import datetime
import io
import multiprocessing
import zipfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from generator.ground.dates import parse_day
from generator.ground.errors import Fault, in_order
from generator.ground.messages import say
from generator.ground.periods import Period, PeriodKind, around, days
from generator.model.content import Source
from generator.model.options import Options
from generator.pipeline.run import refuse_output, run_build, run_export
from generator.pipeline.session import BuildRequest, Progress, Session
from generator.tools.export import Exported, Selected, chronicle
from generator.tools.faulty_drafts import sparing
from generator.tools.period_report import Asked, report
from generator.tools.sent_names import usual_name
from generator.tools.write import saving
from generator.tools.write.editor import Editor
from generator.tools.write.jobs import Jobs, Outcome
from generator.tools.write.kinds import kind_of
from generator.tools.write.open_questions import open_questions
from generator.tools.write.publishing import check_with, options_for, without_draft_mark
from generator.tools.write.saving import place_of
from generator.tools.write.text_file import text_file

_FORMATS = ("docx", "pdf", "md", "html")
_OF_ONE = (*_FORMATS, "wechat")


class Outputs:
    """Publishes one site."""

    def __init__(self, editor: Editor, now: Callable[[], datetime.datetime]) -> None:
        self._editor, self._now = editor, now
        self.jobs = Jobs(editor)

    def publish(self, path: str, version: str, *, is_asked: bool) -> dict[str, Any]:
        """Takes the mark of a draft from a file, if the site is sound with it so.

        Where something in it should be looked at first, that is what is answered, unless somebody ``is_asked`` already.
        Raises BuildError, Fault and ChangedMeanwhileError; then the file is as it was.
        """
        editor = self._editor
        draft = text_file(path, saving.current(place_of(editor.folder, path), version))
        published, checked = without_draft_mark(draft)
        warnings = check_with(path, checked.raw(), options_for(editor.folder, self._now))
        asks = [*(one for one in warnings if one.path == path), *open_questions(Source(path, draft.source))]
        if asks and not is_asked:
            return {"asks": editor.placed_json(asks), "version": version}
        return editor.put(path, version, published.raw()) | {"warnings": editor.placed_json(warnings)}

    def build(self, folder: str) -> dict[str, str]:
        """Begins to publish the site: into its folder ``output``, or into another, with links for a memory stick."""
        return self.jobs.start(partial(self._built, folder))

    def _built(self, folder: str, progress: Progress) -> Outcome:
        site = self._editor.folder
        output = _whole_path(folder) if folder else site / "output"
        refuse_output(site, output)
        report, left = sparing(
            options_for(site, self._now, portable=bool(folder)),
            lambda options: run_build(BuildRequest(options=options, output=output, progress=progress)),
        )
        problems = in_order([*report.warnings, *report.findings, *left])
        return Outcome(say("The site is in {folder}.", folder=output), problems)

    def export(self, wanted: Mapping[str, Any]) -> dict[str, str]:
        """Begins to make a document of the published entries, or of the one at ``path``, be it a draft."""
        return self.jobs.start(partial(self._exported, dict(wanted)))

    def _exported(self, wanted: Mapping[str, Any], progress: Progress) -> Outcome:
        entry = self._entry(wanted)
        form = _known_format(wanted, _OF_ONE if entry else _FORMATS)
        first, last = (parse_day(str(wanted[end])) if wanted.get(end) else None for end in ("from", "to"))
        target = str(wanted["target"]) if wanted.get("target") else None
        selected = Selected(
            first=first,
            last=last,
            target=target,
            format=form,
            entry=entry or None,
            name=PurePosixPath(entry).stem if entry else usual_name("chronicle", first, last, target),
        )
        return self._document(partial(chronicle, selected), selected, progress, entry)

    def report(self, wanted: Mapping[str, Any]) -> dict[str, str]:
        """Begins to make the report of the week, month or year of a day, or of the days from it to another."""
        return self.jobs.start(partial(self._reported, dict(wanted)))

    def _reported(self, wanted: Mapping[str, Any], progress: Progress) -> Outcome:
        period, form = _period(wanted), _known_format(wanted)
        target = str(wanted["target"]) if wanted.get("target") else None
        asked = Asked(
            period=period,
            first=None,
            last=None,
            target=target,
            kind=None,
            tag=None,
            title=None,
            has_texts=wanted.get("full") is True,
            pictures=0,
            format=form,
            name=usual_name(f"report-{period.name}", None, None, target),
        )
        return self._document(partial(report, asked), asked, progress)

    def _document(
        self, make: Callable[[Session], Exported], asked: Selected | Asked, progress: Progress, entry: str = ""
    ) -> Outcome:
        """What ``make`` makes of the published entries, or of the one at ``entry``, be it a draft."""
        options = options_for(self._editor.folder, self._now, drafts=bool(entry))

        def made(options: Options) -> Exported:
            if asked.format == "pdf":
                # The library that makes it starts threads, for which it forks; this process has threads and must not.
                with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                    return process.submit(_exported, make, options).result()
            return _exported(make, options, progress)

        exported, left = sparing(options, made, (entry,) if entry else ())
        message = say("{n} entries are in the document.", n=exported.entries)
        warnings = [one for one in (*exported.warnings, *left) if entry in ("", one.path)]
        return Outcome(message, tuple(warnings), _file(exported, asked.name), exported.notes)

    def _entry(self, wanted: Mapping[str, Any]) -> str:
        """The path of the one entry that is wanted; empty for all. Raises Fault for a file that is none."""
        path = str(wanted.get("path") or "")
        if path:
            if not place_of(self._editor.folder, path).is_file():
                raise Fault(say("the file is there no longer"), say("load the list of files again"))
            if kind_of(path) != "entry":
                raise Fault(say("{path} is no entry", path=path), say("choose an entry"))
        return path


def _known_format(wanted: Mapping[str, Any], formats: Sequence[str] = _FORMATS) -> str:
    """The format that is wanted, by default a Word file. Raises Fault for one that is not known."""
    form = str(wanted.get("format") or "docx")
    if form not in formats:
        raise Fault(
            say("no file ending in .{ending} can be written", ending=form), say("write .docx, .pdf, .html or .md")
        )
    return form


def _period(wanted: Mapping[str, Any]) -> Period:
    """The week, month or year of the first day, or the days until the last. Raises Fault."""
    first = parse_day(str(wanted.get("from") or ""))
    kind = str(wanted.get("period") or PeriodKind.DAYS)
    if kind not in list(PeriodKind):
        raise Fault(say('"{period}" is not written as a period', period=kind), say("choose other days"))
    if kind == PeriodKind.DAYS:
        return days(first, parse_day(str(wanted.get("to") or "")))
    return around(PeriodKind(kind), first)


def _exported(
    make: Callable[[Session], Exported], options: Options, progress: Progress = lambda _what, _done, _of: None
) -> Exported:
    request = BuildRequest(options=options, output=options.folder / "output", publishes=False, progress=progress)
    return run_export(request, make)


def _whole_path(folder: str) -> Path:
    """A folder as somebody has typed it. Raises Fault."""
    try:
        found = Path(folder).expanduser()
    except RuntimeError:
        # There is nobody of that name, whose home it could be.
        found = Path(folder)
    if "\0" in folder or not found.is_absolute():
        raise Fault(say("{folder} is not the whole path of a folder", folder=folder), say("write all of it"))
    return found


def _file(exported: Exported, name: str) -> tuple[str, bytes]:
    """The document; several files as one archive."""
    if len(exported.files) == 1:
        return exported.files[0].path, exported.files[0].body
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for file in exported.files:
            archive.writestr(zipfile.ZipInfo(file.path), file.body)
    return f"{name}.zip", packed.getvalue()
