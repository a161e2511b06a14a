"""Requests: collects the steps that entries record of each request into its history, and finds contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from generator.ground.dates import Day
from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model.content import Entry, Person, RequestNote, RequestStatus, Status
from generator.site.suggestions import nearest

ENDS: Final = (RequestStatus.RESOLVED, RequestStatus.CLOSED)
"""The stages in which a request is no longer open."""
_STAGES: Final = tuple(RequestStatus)
SUGGESTIONS: Final = 40
"""How many unknown ids are compared with the known ones."""


@frozen
class Step:
    """One step in the history of a request, as an entry records it."""

    note: RequestNote
    entry: Entry
    number: int
    """The index of the note in the entry's list, from 0."""

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key in the history: by day, then in the order of the diary."""
        return (self.note.date, self.entry.order, self.number)


@frozen(kw_only=True)
class Request:
    """A request with its history, from the day on which it was raised."""

    id: str
    title: str
    target: str | None
    """The id of the target that made it; None if that is unknown."""
    steps: tuple[Step, ...]

    @property
    def state(self) -> RequestStatus:
        """The current stage."""
        return self.steps[-1].note.status

    @property
    def opened(self) -> Day:
        """The first day of the period in which it is, or last was, open: raised, or reopened after it had ended."""
        day, was = self.raised, self.steps[0].note.status
        for step in self.steps:
            if was in ENDS and step.note.status not in ENDS:
                day = step.note.date
            was = step.note.status
        return day

    @property
    def is_open(self) -> bool:
        """Whether it is neither resolved nor closed."""
        return self.state not in ENDS

    @property
    def raised(self) -> Day:
        """The day on which it was raised."""
        return self.steps[0].note.date

    @property
    def ended(self) -> Day | None:
        """The day on which it was resolved or closed; None while it is open."""
        if not self.is_open:
            # A later note at the same stage does not move the end.
            for step in reversed(self.steps):
                if step.note.status is not self.state:
                    break
                day = step.note.date
            return day
        return None

    @property
    def days(self) -> int | None:
        """Days from when it was raised, or last reopened, to resolution; None if it is not resolved."""
        resolved = self.ended if self.state is RequestStatus.RESOLVED else None
        return None if resolved is None else (resolved - self.opened).days

    @property
    def handler(self) -> str | None:
        """The office that deals with it; None if nobody said."""
        return next((step.note.handler for step in reversed(self.steps) if step.note.handler), None)

    @property
    def person(self) -> str | None:
        """The id or the name of who is responsible; None if nobody said."""
        return next((step.note.person for step in reversed(self.steps) if step.note.person), None)

    @property
    def deadline(self) -> Day | None:
        """The day by which it is to be settled; None if nobody said since it was, or last was, opened."""
        for step in reversed(self.steps):
            if step.note.date < self.opened:
                break
            if step.note.deadline:
                return step.note.deadline
        return None

    def until(self, day: Day) -> Request | None:
        """The request as it stood at the end of ``day``; None where it was not raised by then."""
        steps = tuple(step for step in self.steps if step.note.date <= day)
        title = next((step.note.title for step in reversed(steps) if step.note.title), self.title)
        return replace(self, steps=steps, title=title) if steps else None

    def is_overdue(self, day: Day | None, days: int) -> bool:
        """Whether on a day it is open past its deadline, or without one for over ``days``; None on an empty site."""
        if day is None or not self.is_open:
            return False
        return day > self.deadline if self.deadline else (day - self.opened).days > days


def histories(entries: Iterable[Entry]) -> dict[str, Request]:
    """Every request that these entries raise, by id, in the order of raising."""
    found = {name: _request(name, steps) for name, steps in _steps(entries).items() if _is_raised(steps)}
    return dict(sorted(found.items(), key=lambda pair: pair[1].steps[0].order))


def _steps(entries: Iterable[Entry]) -> dict[str, list[Step]]:
    steps: dict[str, list[Step]] = {}
    for entry in entries:
        for number, note in enumerate(entry.requests):
            steps.setdefault(note.id, []).append(Step(note, entry, number))
    for found in steps.values():
        found.sort(key=lambda step: step.order)
    return steps


def _is_raised(steps: Iterable[Step]) -> bool:
    return any(step.note.status is RequestStatus.RAISED for step in steps)


def _request(name: str, steps: Sequence[Step]) -> Request:
    titles = [step.note.title for step in steps if step.note.title]
    targets = [step.note.target for step in steps if step.note.target]
    # An entry about a single target need not name it again in the request.
    candidates = steps[0].entry.targets
    only = candidates[0] if len(candidates) == 1 else None
    return Request(
        id=name, title=titles[-1] if titles else name, target=targets[0] if targets else only, steps=tuple(steps)
    )


def responsible(people: Mapping[str, Person], called: str) -> Person | None:
    """The person with this id, or the only one of this name; None if there is none."""
    found = people_called(people, called)
    return found[0] if len(found) == 1 else None


def people_called(people: Mapping[str, Person], called: str) -> list[Person]:
    """The person with this id, else all who have this name."""
    if called in people:
        return [people[called]]
    return [one for one in people.values() if called in (one.name, *one.aliases)]


def problems(entries: Sequence[Entry], published: Sequence[Entry], *, is_whole: bool) -> Iterator[Problem]:
    """Contradictions in the histories of requests, over all entries and over the published ones.

    If some entries could not be read (``is_whole`` is False), neither unknown ids nor the order of steps are reported:
    those may raise them, and hold steps between others.
    """
    steps = _steps(entries)
    # A draft that is shown with the others is one all the same.
    out = frozenset(entry.path for entry in published if entry.status is Status.PUBLISHED)
    raised = {name: _names(found) for name, found in steps.items() if _is_raised(found)}
    withdrawn = {note.id: entry for entry in entries for note in entry.withdrawn_requests}
    unknown = [name for name in steps if name not in raised]
    for name, found in steps.items():
        if name in raised:
            yield from _history_problems(name, found)
            if is_whole:
                yield from _order_problems(found, out)
        elif is_whole:
            # A comparison with every id is slow, and nobody reads the fiftieth suggestion.
            known = raised if name in unknown[:SUGGESTIONS] else {}
            yield from (_unknown(step, known, withdrawn) for step in found)
    shown = _steps(published)
    for name, found in shown.items():
        if name in raised and not _is_raised(found):
            yield _unpublished(found[0], next(step for step in steps[name] if _raises(step)))


def _raises(step: Step) -> bool:
    return step.note.status is RequestStatus.RAISED


def _names(steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(step.note.title for step in steps if step.note.title)


def _unknown(step: Step, raised: Mapping[str, tuple[str, ...]], withdrawn: Mapping[str, Entry]) -> Problem:
    if step.note.id in withdrawn:
        path = withdrawn[step.note.id].path
        return _at(
            step,
            "id",
            say('the request "{id}" is raised in {path}, which is withdrawn', id=step.note.id, path=path),
            say("raise it here, with status: raised and a title:, or take it out"),
        )
    return _at(
        step,
        "id",
        say('there is no request "{id}": no entry raises it', id=step.note.id),
        nearest(step.note.id, raised) or say("raise it in an entry first, with status: raised and a title:"),
    )


def _unpublished(step: Step, raising: Step) -> Problem:
    return _at(
        step,
        "id",
        say('the request "{id}" is raised in {path}, which is not published', id=step.note.id, path=raising.entry.path),
        say("publish that entry too, or take the request out of this one"),
    )


def _history_problems(name: str, steps: Sequence[Step]) -> Iterator[Problem]:
    """The problems of one history, whose steps are in order."""
    raising = next(step for step in steps if _raises(step))
    if not any(step.note.title for step in steps):
        yield _at(
            raising,
            "id",
            say('the request "{id}" has no title', id=name),
            say("write a line title: below it, which says in a few words what is asked for"),
        )
    yield from _reopening_problems(steps)
    early = [step for step in steps if step.note.date < raising.note.date]
    for step in early:
        yield _at(
            step,
            "date" if step.note.date != step.entry.span.start else "status",
            say(
                'the request "{id}" is {status} on {day}, before it was raised on {raised}',
                id=name,
                status=step.note.status,
                day=step.note.date,
                raised=raising.note.date,
            ),
            say("mend one of the two dates; the request is raised in {path}", path=raising.entry.path),
        )
    yield from _target_problems(steps)


def _order_problems(steps: Sequence[Step], published: frozenset[str]) -> Iterator[Problem]:
    """Steps that cannot follow each other: among those in entries at these paths, and with those of the others."""
    raised = next(step.note.date for step in steps if _raises(step))
    begun = [step for step in steps if step.note.date >= raised]
    for before, step in pairwise([step for step in begun if step.entry.path in published]):
        yield from _disorder(before, step)
    for before, step in pairwise(begun):
        if before.entry.path in published and step.entry.path in published:
            continue
        found = tuple(_disorder(before, step))
        if found and step.entry.path in published:
            # What is published was right without the draft, and stays as it is.
            fact = say(
                'the request "{id}" is {status} here, but goes on in {place}',
                id=before.note.id,
                status=before.note.status,
                place=_location(step),
            )
            yield _at(before, "status", fact, say("choose another stage or date here, or take the request out"))
        else:
            yield from found


def _disorder(before: Step, step: Step) -> Iterator[Problem]:
    """What is wrong where one step follows another."""
    was, now = before.note.status, step.note.status
    if step.note.reopened and was not in ENDS and _STAGES.index(now) >= _STAGES.index(was):
        fact = say('the request "{id}" is reopened here, but had not ended', id=step.note.id)
        yield _at(step, "reopened", fact, say("delete the line reopened:, or tell of its end in an entry before"))
    if step.note.reopened or was is now is not RequestStatus.RAISED:
        return
    place = _location(before)
    if was is now:
        fact = say('the request "{id}" is raised already, in {place}', id=step.note.id, place=place)
        yield _at(step, "status", fact, say("write how it went on, such as status: reported, or choose another id"))
    elif was in ENDS:
        fact = say(
            'the request "{id}" is {status} here, but ended as {end} in {place}',
            id=step.note.id,
            status=now,
            end=was,
            place=place,
        )
        yield _at(step, "status", fact, say("write reopened: true below it if it was taken up again"))
    elif _STAGES.index(now) < _STAGES.index(was):
        fact = say(
            'the request "{id}" goes back from {before} to {status}; see {place}',
            id=step.note.id,
            before=was,
            status=now,
            place=place,
        )
        hint = say("mend the stage or its date, or write reopened: true below it if that is meant")
        yield _at(step, "status", fact, hint)


def _reopening_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    """Steps that reopen a request before it began, or that reopen and end it at once."""
    for step in steps:
        if step.note.reopened and (step is steps[0] or step.note.status in ENDS):
            fact = (
                say('the request "{id}" is reopened here, but this is where it begins', id=step.note.id)
                if step is steps[0]
                else say('the request "{id}" is reopened and ends in one step', id=step.note.id)
            )
            yield _at(step, "reopened", fact, say("delete the line reopened:, or write two steps, each with its date"))


def _location(step: Step) -> Message:
    return say("{path} on {day}", path=step.entry.path, day=step.note.date)


def _target_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    named = [step for step in steps if step.note.target]
    for step in named[1:]:
        if step.note.target != named[0].note.target:
            yield _at(
                step,
                "target",
                say(
                    'the request "{id}" is that of "{first}", not of "{target}"; see {path}',
                    id=step.note.id,
                    first=named[0].note.target,
                    target=step.note.target,
                    path=named[0].entry.path,
                ),
                say("delete this line, or give the other target's request an id of its own"),
            )


def _at(step: Step, field: str, message: Message, hint: Message) -> Problem:
    place = ("requests", step.number, field)
    return Problem(path=step.entry.path, field=place, message=message, hint=hint)
