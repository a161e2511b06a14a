"""Files and folders imported one after the other: each is read, reviewed, asked about and written on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.read.sources import is_litter
from generator.tools.importers.answers import Answers
from generator.tools.importers.drafts import Plan, in_part, planned
from generator.tools.importers.known import NEVER, Imported, already, answers_digest, known
from generator.tools.importers.read import read_manuscript
from generator.tools.importers.review import Review, review
from generator.tools.importers.storing import check_untouched, store

_TEXTS: Final = (
    ".docx", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".mht", ".mhtml", ".md", ".markdown", ".txt", ".csv",
)  # fmt: skip
_UNREAD: Final = (
    ".pdf", ".ofd", ".xlsx", ".xls", ".xlsm", ".et", ".ods", ".pptx", ".ppt", ".dps", ".odp", ".pages", ".numbers",
    ".zip", ".rar", ".7z",
)  # fmt: skip
ENDINGS: Final = frozenset((*_TEXTS, *_UNREAD))
"""What is taken out of a folder: texts, and what may hold some and cannot be read, so that it is told of.

A file that is named is taken whatever its name.
"""
_NAMED: Final = 5


@frozen(kw_only=True)
class Outcome:
    """What became of one file."""

    file: Path
    review: Review | None
    """None for a file that cannot be read, and for one that was imported before."""
    plan: Plan | None
    """What was written, or would be; None where nothing was."""
    problems: tuple[Problem, ...]


Ask = Callable[[Review, Callable[[Answers], Review]], Review]
"""Asks a person the questions of a review, and gives that with the answers."""


def files_of(places: Iterable[Path]) -> Iterator[Path]:
    """The files that are to be imported, in order; of folders, what can be writing."""
    for place in places:
        yield from (path for path in _within(place) if path.suffix.lower() in ENDINGS) if place.is_dir() else (place,)


def passed_over(places: Iterable[Path]) -> Iterator[Problem]:
    """What of folders is not taken: pictures, and files of other kinds."""
    for place in places:
        others = [path.name for path in _within(place) if path.suffix.lower() not in ENDINGS] if place.is_dir() else []
        if others:
            names = ", ".join(others[:_NAMED])
            fact = say("of the folder, {n} files of other kinds are not imported: {names}", n=len(others), names=names)
            hint = say(
                "pictures come in with the texts that show them; put what else belongs in the log into a Word file"
            )
            yield Problem(path=str(place), message=fact, hint=hint, is_warning=True)


def _within(folder: Path) -> Iterator[Path]:
    """The files in a folder that people put there; not what a browser saved with a page."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        is_saved = any(_goes_with_page(folder / one) for one in inner.parents[:-1])
        if path.is_file() and not is_saved and not any(map(is_litter, inner.parts)):
            yield path


def _goes_with_page(folder: Path) -> bool:
    page, _, mark = folder.name.rpartition("_") if "_" in folder.name else folder.name.rpartition(".")
    return mark == "files" and any(folder.with_name(f"{page}{ending}").is_file() for ending in (".html", ".htm"))


@frozen(kw_only=True)
class Order:
    """What is asked of an import."""

    folder: Path
    """The site's."""
    answers: Answers
    newest: int
    """The last year that is offered for a day without one."""
    language: str
    """Of the comments in the drafts."""
    ask: Ask | None
    """None where nobody can answer."""
    writes: bool


def _again(done: Problem, before: Imported) -> Problem:
    """That a file was imported before, with what can be done on the command line."""
    if before.files:
        hint = say("give other answers with --year or --answer, or delete {record}", record=before.leftovers)
    else:
        hint = say("to import it once more, delete {record}", record=before.leftovers)
    return replace(done, hint=hint)


def _skipped(found: Review) -> Iterator[Problem]:
    """That a part of a file was imported before, with the answer by which it is written all the same."""
    if told := in_part(found):
        hint = say("to write one of them once more, add --answer {id}=yes", id=f"again:{min(found.again.skipped)}")
        yield replace(told, hint=hint)


def import_file(path: Path, order: Order) -> Outcome:
    """Imports one file."""
    try:
        checked = read_manuscript(path)
        manuscript = checked.value
        if manuscript is None:
            return Outcome(file=path, review=None, plan=None, problems=checked.problems)
        # The site is read for each file, because what was written for the last one counts.
        site = known(order.folder)
        done = already(site, manuscript.file, manuscript.digest)
        before = site.imported.get(manuscript.digest, NEVER)
        if done and (not order.answers or answers_digest(order.answers) == before.answers or not before.files):
            return Outcome(file=path, review=None, plan=None, problems=(*checked.problems, _again(done, before)))
        if before.files:
            check_untouched(order.folder, manuscript.digest, before.files, path.name)
            site = known(order.folder, without=before.files)

        def again(chosen: Answers) -> Review:
            return review(manuscript, site, chosen, order.newest)

        found = again(order.answers)
        found = order.ask(found, again) if order.ask else found
        plan = planned(found, manuscript, site, order.language, order.answers)
        problems = (*checked.problems, *_skipped(found), *plan.problems)
        if plan.value is None or not plan.value.drafts or any(not one.is_warning for one in plan.problems):
            return Outcome(file=path, review=found, plan=None, problems=problems)
        if done and plan.value.files == before.files:
            return Outcome(file=path, review=None, plan=None, problems=(*problems, _again(done, before)))
        if order.writes:
            store(plan.value, order.folder, before.files)
        return Outcome(file=path, review=found, plan=plan.value, problems=problems)
    except BuildError as error:
        return Outcome(file=path, review=None, plan=None, problems=error.problems)
    except OSError as error:
        fact = say("it cannot be read: {fact}", fact=error.strerror or str(error))
        hint = say("check that the file is there and that you may read it")
        return Outcome(file=path, review=None, plan=None, problems=(Problem(path=str(path), message=fact, hint=hint),))
