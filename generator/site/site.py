"""The Site: all records of one diary, with indexes and counters, checked across files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from generator.ground.dates import Day
from generator.ground.errors import Checked, Problem
from generator.ground.file_stat import File
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.pinyin import NameReader
from generator.model.content import Content, Entry, Person, StaticPage, Target
from generator.model.options import Selection
from generator.model.settings import Settings
from generator.read.sources import Sources
from generator.site import requests
from generator.site.counters import Counters
from generator.site.cross_checks import problems as cross_problems
from generator.site.cross_checks import within_limits
from generator.site.examples import left_examples
from generator.site.indexes import Indexes, indexed
from generator.site.requests import Request
from generator.site.target_names import TargetNames, ids_of_names, with_ids
from generator.site.unread import Unread


@frozen(kw_only=True)
class Site:
    """Everything that the pages of a site are planned from."""

    settings: Settings
    content: Content
    entries: tuple[Entry, ...]
    """The published entries, in the order of the diary."""
    pages: tuple[StaticPage, ...]
    """The published pages outside the diary."""
    targets: Mapping[str, Target]
    """By id, in the order of kinds and of how their shown names are read."""
    target_names: TargetNames
    ids_of_names: Mapping[str, str]
    """The ids of targets that records call by a name, by that name. In the values here, ids have taken their place."""
    people: Mapping[str, Person]
    """By id."""
    requests: Mapping[str, Request]
    """By id, in the order of raising."""
    counters: Counters
    indexes: Indexes
    newest: Day | None
    """The last day that an entry covers, used in place of today; None without entries."""
    unread: Unread
    files: Mapping[str, File]
    """Pictures and attachments, by path from the site's folder."""


def assemble(
    content: Content,
    sources: Sources,
    settings: Settings,
    selection: Selection,
    *,
    unread: Unread,
) -> Checked[Site]:
    """The site made of this content, with all problems across files."""
    names = _target_names(content, sources, unread)
    problems = cross_problems(
        content,
        settings,
        targets=names,
        policies=_named((*sources.markdown("policies"), *unread.within("policies")))
        | {policy.id: (policy.title,) for policy in content.policies},
        unread=unread,
        today=selection.now.astimezone(settings.zone).date(),
    )
    ids = ids_of_names(content, names)
    content = with_ids(content, ids, settings)
    if not any(sources.markdown("entries")) and not any("/entries/" in problem.path for problem in sources.problems):
        problems.append(_without_entries())
    zone = settings.zone
    published = tuple(within_limits(entry) for entry in content.entries if selection.includes(entry, zone))
    problems += left_examples(published, content.targets)
    problems += requests.problems(content.entries, published, is_whole=not unread.within("entries"))
    names_read = NameReader(settings.pinyin)
    targets = _in_order(content.targets, settings, names_read)
    by_id = {target.id: target for target in targets}
    raised = requests.histories(published)
    site = Site(
        settings=settings,
        content=content,
        entries=published,
        pages=tuple(page for page in content.pages if selection.includes(page, zone)),
        targets=by_id,
        target_names=names,
        ids_of_names=ids,
        people={person.id: person for person in content.people},
        requests=raised,
        counters=Counters(settings.counters, [entry for entry in published if entry.withdrawn is None], raised, by_id),
        newest=max((entry.span.end for entry in published), default=None),
        indexes=indexed(published, targets, names_read),
        unread=unread,
        files=sources.files,
    )
    return Checked(site, tuple(problems))


def _in_order(targets: Iterable[Target], settings: Settings, names_read: NameReader) -> list[Target]:
    kinds = {kind: number for number, kind in enumerate(settings.kinds)}

    def place(target: Target) -> tuple[object, ...]:
        name = names_read.place(target.shown_name, target.pinyin)
        return (kinds.get(target.kind, len(kinds)), name, target.path)

    return sorted(targets, key=place)


def _target_names(content: Content, sources: Sources, unread: Unread) -> TargetNames:
    return TargetNames(
        _named((*sources.markdown("targets"), *unread.within("targets")))
        | {target.id: (target.name, target.shown_name, *target.aliases) for target in content.targets},
        are_all_read=not unread.within("targets"),
    )


def _named(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ids of files, taken from their names, whether or not they can be read."""
    return {PurePosixPath(path).stem: () for path in paths}


def _without_entries() -> Problem:
    return Problem(
        path="content/entries",
        message=say("there are no entries yet"),
        hint=say('write the first one: rizhi new entry "Title"'),
        is_warning=True,
    )
