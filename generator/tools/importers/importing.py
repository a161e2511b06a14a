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

ENDINGS: Final = frozenset(
    (".docx", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".mht", ".mhtml", ".md", ".markdown", ".txt", ".pdf")
)
"""What is taken out of a folder; a file that is named is taken whatever its name."""


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
        if not place.is_dir():
            yield place
            continue
        for path in sorted(place.rglob("*")):
            is_hidden = any(is_litter(part) for part in path.relative_to(place).parts)
            if path.is_file() and path.suffix.lower() in ENDINGS and not is_hidden:
                yield path


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
