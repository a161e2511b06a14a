"""Checks across files: every id that one file uses of another must exist, and what they state must not conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Final

from generator.ground.dates import Day
from generator.ground.errors import Field, Problem, replacing
from generator.ground.messages import say
from generator.ground.pinyin import reading_problems
from generator.ground.spelling import surely_meant
from generator.model.content import Content, Entry, Person, PersonRole, Status, Target
from generator.model.settings import DEFAULT_KINDS, Counter, Settings, kind_named
from generator.read.sources import PEOPLE
from generator.site.named_persons import author_problems, request_person_problems
from generator.site.suggestions import Names, nearest, respelt
from generator.site.target_names import TargetNames
from generator.site.undivided import undivided
from generator.site.unread import Unread

FAR_DAYS: Final = 366
"""Of a request's step from its entry's day: further is probably a mistyped year."""
STEP_AHEAD: Final = timedelta(days=28)
"""A step may lie some days after its entry's day, as the answer to what it tells; later, the month is mistyped."""
AHEAD_DAYS: Final = 31
"""How far ahead of the day of the build an entry may be, as an announcement is."""

MOST_TAGS: Final = 100
"""Of an entry: each of their pages shows all of them."""
MOST_TARGETS: Final = 500
"""Likewise."""


def problems(
    content: Content, settings: Settings, *, targets: TargetNames, policies: Names, unread: Unread, today: Day
) -> list[Problem]:
    """Every unknown id and every conflict between files.

    ``content`` is as written, with names of targets for ids. ``targets`` and ``policies`` also hold the ids of files
    with faulty fields, as these files exist, too.
    """
    counters = None if "counters" in unread.settings else settings.counters
    people = None if PEOPLE in unread.paths else {person.id: person for person in content.people}
    found = chain(
        _used_twice([(target.id, target.path) for target in content.targets]),
        _used_twice([(policy.id, policy.path) for policy in content.policies]),
        chain.from_iterable(_target_problems(target, targets, settings, unread) for target in content.targets),
        _circles(content.targets, targets),
        chain.from_iterable(_entry_problems(entry, targets, policies, people, counters) for entry in content.entries),
        chain.from_iterable(_date_problems(entry) for entry in content.entries),
        _far_ahead(content.entries, today),
        map(_empty, filter(_is_empty, content.entries)),
        _people_problems(content.people),
    )
    return list(found)


def _used_twice(ids: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, path in ids:
        other = first.setdefault(name, path)
        if other != path:
            yield Problem(
                path=path,
                message=say('the id "{id}" is used twice; it is also that of {other}', id=name, other=other),
                hint=say("rename one of the two files"),
                is_file_name=True,
            )


def _unknown_kind(target: Target, settings: Settings) -> Problem:
    meant = surely_meant(target.kind, settings.kinds)
    choices = ", ".join(f"{key} ({name})" for key, name in settings.kinds.items())
    if meant:
        hint = say('did you mean "{key}"?', key=meant)
    elif kind_named(target.kind, DEFAULT_KINDS["en"]):
        hint = say(
            "kinds in site.yaml takes the place of the built-in kinds: write one of {choices}, or declare it there",
            choices=choices,
        )
    else:
        hint = say("write one of {choices}", choices=choices)
    return Problem(
        path=target.path,
        field=("kind",),
        message=say('there is no kind "{kind}"', kind=target.kind),
        hint=hint,
        repair=replacing(target.kind, meant) if meant else None,
    )


def _target_problems(target: Target, names: TargetNames, settings: Settings, unread: Unread) -> Iterator[Problem]:
    if kind_named(target.kind, settings.kinds) is None and "kinds" not in unread.settings:
        yield _unknown_kind(target, settings)
    if target.id in settings.kinds:
        yield Problem(
            path=target.path,
            message=say('"{id}" is the id of a kind, so no target may have it', id=target.id),
            hint=say("rename the file"),
            is_file_name=True,
        )
    if target.pinyin:
        yield from reading_problems(target.shown_name, target.pinyin, target.path, ("pinyin",))
    if target.parent is not None:
        yield from _unknown_target(target.path, ("parent",), target.parent, names)


def _circles(targets: Sequence[Target], names: TargetNames) -> Iterator[Problem]:
    parents = {target.id: target.parent and names.id_of(target.parent) for target in targets}
    circling = _circling(parents)
    for target in targets:
        if target.id in circling:
            yield Problem(
                path=target.path,
                field=("parent",),
                message=say('"{id}" is its own parent, by way of "{parent}"', id=target.id, parent=target.parent),
                hint=say("delete the parent of one of them"),
            )


def _circling(parents: Mapping[str, str | None]) -> set[str]:
    """Those that are above themselves. Each is gone through once, however many are below it."""
    found, known = set[str](), set[str]()
    for name in parents:
        way: dict[str, None] = {}
        above: str | None = name
        while above is not None and above not in known and above not in way:
            way[above] = None
            above = parents.get(above)
        if above in way:
            steps = list(way)
            found.update(steps[steps.index(above) :])
        known.update(way)
    return found


def _entry_problems(
    entry: Entry,
    names: TargetNames,
    policies: Names,
    people: Mapping[str, Person] | None,
    counters: Mapping[str, Counter] | None,
) -> Iterator[Problem]:
    yield from _length_problems(entry, names)
    for number, target in enumerate(entry.targets):
        yield from _unknown_target(entry.path, ("targets", number), target, names)
    yield from _twice(entry, ("targets",), entry.targets, names)
    if people is not None:
        yield from author_problems(entry, people)
    for number, request in enumerate(entry.requests):
        if request.target is not None:
            yield from _unknown_target(entry.path, ("requests", number, "target"), request.target, names)
        if people is not None:
            yield from request_person_problems(entry.path, number, request, people)
    for number, policy in enumerate(entry.policies):
        if policy not in policies:
            yield Problem(
                path=entry.path,
                field=("policies", number),
                message=say('there is no policy "{id}"', id=policy),
                hint=nearest(policy, policies) or say("describe it in content/policies/{id}.md", id=policy),
                repair=respelt(policy, policies),
            )
    yield from _count_problems(entry, names, counters)


def within_limits(entry: Entry) -> Entry:
    """The entry without the tags and targets beyond the limits, for which no pages have to be made in vain."""
    if len(entry.tags) <= MOST_TAGS and len(entry.targets) <= MOST_TARGETS:
        return entry
    return replace(entry, tags=entry.tags[:MOST_TAGS], targets=entry.targets[:MOST_TARGETS])


def _length_problems(entry: Entry, names: TargetNames) -> Iterator[Problem]:
    known = sum(names.id_of(target) is not None for target in entry.targets)
    for field, count, most in (("tags", len(entry.tags), MOST_TAGS), ("targets", known, MOST_TARGETS)):
        if count > most:
            yield Problem(
                path=entry.path,
                field=(field,),
                message=say("the list has {count} items; {limit} are the most", count=count, limit=most),
                hint=say("keep those that matter, or write several entries"),
            )


def _date_problems(entry: Entry) -> Iterator[Problem]:
    """Days before the entry's own, and days that are probably mistyped."""
    for number, correction in enumerate(entry.corrections):
        if correction.date < entry.span.start:
            yield _too_early(entry, ("corrections", number, "date"))
    if entry.withdrawn and entry.withdrawn.date < entry.span.start:
        yield _too_early(entry, ("withdrawn", "date"))
    doubt = partial(Problem, path=entry.path, is_warning=True)
    for number, note in enumerate(entry.requests):
        field: Field = ("requests", number, "date")
        if abs((note.date - entry.span.start).days) > FAR_DAYS:
            message = say("the day {day} is more than a year away from the entry's own", day=note.date)
            yield doubt(field=field, message=message, hint=say("check the year"))
        elif note.date - entry.span.end >= STEP_AHEAD:
            message = say("the day {day} of this step lies weeks after the entry's own", day=note.date)
            hint = say("check the month; what happens later is told in a later entry")
            yield doubt(field=field, message=message, hint=hint)
        if note.deadline is not None and note.deadline < note.date:
            message = say("the deadline {day} lies before the day of this step", day=note.deadline)
            yield doubt(field=("requests", number, "deadline"), message=message, hint=say("check the year"))


def _far_ahead(entries: Sequence[Entry], today: Day) -> Iterator[Problem]:
    """A warning of each entry about a day that is yet to come. Nobody writes of it, so its year is mistyped."""
    for entry in entries:
        if (entry.span.start - today).days > AHEAD_DAYS:
            yield Problem(
                path=entry.path,
                field=("date",),
                message=say("the day {day} is yet to come", day=entry.span.start),
                hint=say("check the year"),
                is_warning=True,
            )


def _is_empty(entry: Entry) -> bool:
    """Whether a published entry says nothing but its title: it records nothing either."""
    records = (entry.requests, entry.counts, entry.policies, entry.corrections, entry.cover)
    is_published = entry.status is Status.PUBLISHED and entry.withdrawn is None
    return is_published and entry.text.is_empty and not any(records)


def _empty(entry: Entry) -> Problem:
    return Problem(
        path=entry.path,
        message=say("the entry has no text"),
        hint=say("write it below the second ---, or add status: draft until it is written"),
        is_warning=True,
    )


def _too_early(entry: Entry, field: Field) -> Problem:
    return Problem(
        path=entry.path,
        field=field,
        message=say("the day lies before the entry's own"),
        hint=say("write the day on which it was corrected or withdrawn"),
    )


def _people_problems(people: Sequence[Person]) -> Iterator[Problem]:
    """Names that cannot be kept private: shared with a person who may be named, or contained in the pseudonym."""
    public = {name for one in people if one.role is not PersonRole.PRIVATE for name in (one.name, *one.aliases)}
    private = {name: one for one in people if one.role is PersonRole.PRIVATE for name in (one.name, *one.aliases)}
    for number, person in enumerate(people):
        if person.role is not PersonRole.PRIVATE:
            continue
        if person.name in public:
            yield Problem(
                path=PEOPLE,
                field=("people", number, "name"),
                message=say('"{id}" is private here, and may be named elsewhere in this file', id=person.id),
                hint=say(
                    "where two persons have one name, register neither as private, and write the pseudonym by hand"
                ),
                is_private=True,
            )
        for one in _named_in(person.pseudonym or "", private):
            of_another = say(
                'the pseudonym of "{person}" holds the name of the private person "{id}"',
                person=person.id,
                id=one.id,
            )
            yield Problem(
                path=PEOPLE,
                field=("people", number, "pseudonym"),
                message=say('the pseudonym of "{person}" holds the name itself', person=person.id)
                if one.id == person.id
                else of_another,
                hint=say("write another, such as 一位村民"),
                is_private=True,
            )


def _named_in(text: str, names: Mapping[str, Person]) -> Iterable[Person]:
    """Whoever is named in a short text, each once."""
    sizes = sorted({len(name) for name in names})
    found = (names.get(text[start : start + size]) for start in range(len(text)) for size in sizes)
    return {one.id: one for one in found if one}.values()


def _count_problems(entry: Entry, names: TargetNames, counters: Mapping[str, Counter] | None) -> Iterator[Problem]:
    """Counts of what is not declared; ``counters`` are None where that is not known."""
    own = frozenset(map(names.id_of, entry.targets))
    for key, counts in entry.counts_by_target.items():
        yield from _twice(entry, ("counts", key), tuple(counts), names)
        for target in counts:
            yield from _unknown_target(entry.path, ("counts", key, target), target, names, at_key=True)
            # What is mistyped there may be what is counted here.
            if None not in own and names.id_of(target) not in (None, *own):
                yield Problem(
                    path=entry.path,
                    field=("counts", key, target),
                    at_key=True,
                    message=say('the entry counts something for "{id}", but is not about it', id=target),
                    hint=say("add it to targets:, or take the count away"),
                )
    if counters is None:
        return
    yield from undivided(entry, names, counters)
    for key in entry.counts:
        counter = counters.get(key)
        if counter is not None and counter.derived is not None:
            yield Problem(
                path=entry.path,
                field=("counts", key),
                at_key=True,
                message=say('the counter "{key}" is reckoned from the entries themselves', key=key),
                hint=say("delete the line; nobody has to count it"),
            )
        if counter is None:
            yield Problem(
                path=entry.path,
                field=("counts", key),
                at_key=True,
                message=say('there is no counter "{key}"', key=key),
                hint=nearest(key, {name: (counter.label,) for name, counter in counters.items()})
                or say("declare it in content/site.yaml under counters:"),
                repair=respelt(key, counters),
            )


def _twice(entry: Entry, field: Field, called: Sequence[str], names: TargetNames) -> Iterator[Problem]:
    """A problem for each two names of one target, where each target may stand once."""
    first: dict[str, str] = {}
    for number, name in enumerate(called):
        other = first.setdefault(names.id_of(name) or name, name)
        if other != name:
            at_key = field[0] == "counts"
            yield Problem(
                path=entry.path,
                field=(*field, name if at_key else number),
                at_key=at_key,
                message=say('"{name}" and "{other}" are one target', name=name, other=other),
                hint=say("delete one of the two"),
            )


def _unknown_target(
    path: str, field: Field, name: str, names: TargetNames, *, at_key: bool = False
) -> Iterator[Problem]:
    if names.id_of(name) is None and (fault := names.fault(name)):
        yield Problem(
            path=path,
            field=field,
            at_key=at_key,
            message=fault.message,
            hint=fault.hint,
            repair=respelt(name, names.names),
        )
