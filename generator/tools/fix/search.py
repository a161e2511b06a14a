"""The whole search: every text file of a site, mended in memory as far as it can be. Nothing is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.ground.errors import Fault, Problem
from generator.ground.files import read_file
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.model.options import Selection
from generator.read import sources
from generator.read.settings import settings as read_settings
from generator.site.dispatch import content
from generator.site.plan.components import misnamed_files
from generator.site.site import assemble
from generator.site.unread import Unread
from generator.tools.fix.parsed_file import parsed_file
from generator.tools.fix.trial import Trial


@frozen(kw_only=True)
class MendedFile:
    """A file as it is and as it would be."""

    path: str
    """From the site's folder, in NFC."""
    place: str
    """On the disk."""
    old: bytes
    new: bytes
    repaired: int
    """The number of problems that are gone."""


@frozen(kw_only=True)
class Search:
    """What was found."""

    files: tuple[MendedFile, ...]
    register: Source | None
    """content/people.yaml as it would be; None where there is none, or it is no text."""
    is_register_sound: bool
    """Whether it says which names are private."""


def search(folder: Path) -> Search:
    """Everything in the site in ``folder`` that has only one possible repair. Raises BuildError without content."""
    found = sources.walk(folder)
    trials: dict[str, Trial] = {}
    places: dict[str, str] = {}
    originals: dict[str, bytes] = {}
    for path, file in found.texts.items():
        # What a link leads to is found under its own name.
        if Path(file.path).is_symlink():
            continue
        try:
            raw = read_file(file.path, sources.MOST_BYTES)
        except (OSError, Fault):
            continue
        trials[path], places[path], originals[path] = Trial(parsed_file(path, raw)), file.path, raw
        trials[path].run()
    _mend_across(trials, found)
    register = trials[sources.PEOPLE].file if sources.PEOPLE in trials else None
    return Search(
        files=tuple(
            MendedFile(
                path=path,
                place=places[path],
                old=originals[path],
                new=trial.file.raw,
                repaired=trial.repaired,
            )
            for path, trial in trials.items()
            if trial.file.raw != originals[path]
        ),
        register=Source(sources.PEOPLE, register.text) if register is not None and register.text is not None else None,
        is_register_sound=register is None or register.value is not None,
    )


def _mend_across(trials: Mapping[str, Trial], found: sources.Sources) -> None:
    """Mends what only shows across files, such as ids; takes back what did not help."""
    before = _across(trials, found)
    states = {path: (trials[path].file, trials[path].repaired) for path in before}
    for path, problems in before.items():
        trials[path].repair(trials[path].file.placed(problems))
    after = _across(trials, found) if before else {}
    for path, (file, repaired) in states.items():
        if len(after.get(path, ())) > len(before[path]) - (trials[path].repaired - repaired):
            trials[path].file, trials[path].repaired = file, repaired


def _across(trials: Mapping[str, Trial], found: sources.Sources) -> dict[str, list[Problem]]:
    """By path, the problems between files that have a repair."""
    values = {path: trial.file.value for path, trial in trials.items() if trial.file.value is not None}
    settings = values.pop(sources.SETTINGS, None) or read_settings(None).value
    assert settings is not None
    selection = Selection(now=datetime.datetime.now(datetime.UTC), drafts=True, future=True)
    unread = Unread({}, frozenset(path for path, trial in trials.items() if trial.file.value is None), frozenset())
    checked = assemble(content(values.values()), found, settings, selection, unread=unread)
    problems = (*checked.problems, *(misnamed_files(checked.value) if checked.value else ()))
    return _by_path(problem for problem in problems if problem.repair and problem.path in trials)


def _by_path(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    grouped: dict[str, list[Problem]] = {}
    for problem in problems:
        grouped.setdefault(problem.path, []).append(problem)
    return grouped
