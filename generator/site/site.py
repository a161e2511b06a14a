"""The site: everything that was read, put together and checked across files."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from generator.ground.errors import Checked, Problem
from generator.ground.words import say
from generator.model.content import Content, Entry, Source, StandingPage, Target
from generator.model.options import Selection
from generator.model.prose import Prose
from generator.model.settings import Settings
from generator.read.sources import Sources
from generator.site import records
from generator.site.documents import text_of
from generator.site.entries import entry
from generator.site.indexes import Indexes, indexed
from generator.site.rules import problems as cross_problems

T = TypeVar("T")

Each = Callable[[Callable[[Source], Checked[Entry]], Sequence[Source]], Iterable[Checked[Entry]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A diary, complete."""

    settings: Settings
    content: Content
    entries: tuple[Entry, ...]
    """What is published, in the order of the diary."""
    pages: tuple[StandingPage, ...]
    """The pages outside the diary that are published."""
    targets: Mapping[str, Target]
    """By id, in the order of kinds and names of files."""
    indexes: Indexes
    unread: Mapping[str, Prose]
    """The Markdown files whose fields are faulty, and their texts; what names them is not wrong for that."""
    files: Mapping[str, Path]
    """Pictures and attachments: path from the site's folder → where it lies on the disk."""


def assemble(content: Content, sources: Sources, settings: Settings, selection: Selection) -> Checked[Site]:
    """The site that the content makes, and what its files say of each other that is not so."""
    problems = cross_problems(
        content,
        settings,
        targets=_named(sources.markdown["targets"])
        | {target.id: (target.name, target.shown_name, *target.aliases) for target in content.targets},
        policies=_named(sources.markdown["policies"]) | {policy.id: (policy.title,) for policy in content.policies},
    )
    if not sources.markdown["entries"] and not any("/entries/" in problem.path for problem in sources.problems):
        problems.append(_without_entries())
    published = tuple(entry for entry in content.entries if selection.takes(entry))
    kinds = {kind: number for number, kind in enumerate(settings.kinds)}
    targets = sorted(content.targets, key=lambda target: (kinds.get(target.kind, len(kinds)), target.path))
    site = Site(
        settings=settings,
        content=content,
        entries=published,
        pages=tuple(page for page in content.pages if selection.takes(page)),
        targets={target.id: target for target in targets},
        indexes=indexed(published, targets),
        unread=_unread(sources, content),
        files=sources.files,
    )
    return Checked(site, tuple(problems))


def read_content(sources: Sources, zone: datetime.tzinfo, each: Each = map) -> Checked[Content]:
    """What the Markdown files and people.yaml hold, each checked by itself; ``zone`` is that of ``publish_at``.

    What could not be read is left out, so that the rest is checked in the same run. ``each`` does the same
    work on many files, as ``map`` does.
    """
    found: list[Problem] = []
    entries = _values(each(partial(entry, zone=zone), sources.markdown["entries"]), found)
    people = _values([records.people(sources.people)], found)
    content = Content(
        entries=tuple(sorted(entries, key=lambda entry: entry.order)),
        targets=tuple(_values(map(records.target, sources.markdown["targets"]), found)),
        policies=tuple(_values(map(records.policy, sources.markdown["policies"]), found)),
        pages=tuple(_values(map(records.page, sources.markdown["pages"]), found)),
        people=people[0] if people else (),
    )
    return Checked(content, tuple(found))


def _values(checked: Iterable[Checked[T]], found: list[Problem]) -> list[T]:
    values = []
    for one in checked:
        found += one.problems
        if one.value is not None:
            values.append(one.value)
    return values


def _unread(sources: Sources, content: Content) -> dict[str, Prose]:
    kinds = (content.entries, content.targets, content.policies, content.pages)
    read = {one.path for kind in kinds for one in kind}
    faulty = [source for found in sources.markdown.values() for source in found if source.path not in read]
    return {source.path: text_of(source) for source in faulty}


def _named(sources: Iterable[Source]) -> dict[str, tuple[str, ...]]:
    """The ids that files have by their names, whether or not they can be read."""
    return {PurePosixPath(source.path).stem: () for source in sources}


def _without_entries() -> Problem:
    return Problem(
        path="content/entries",
        message=say("there are no entries yet"),
        hint=say('write the first one: rizhi new entry "Title"'),
        is_warning=True,
    )
