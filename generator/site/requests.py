"""Requests: what entries say of each, put together into its history, and what cannot be so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from generator.ground.dates import Day
from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model.content import Entry, RequestNote, RequestStatus
from generator.site.suggestions import nearest

ENDS: Final = (RequestStatus.RESOLVED, RequestStatus.CLOSED)
"""The stages in which a request is no longer open."""
_STAGES: Final = tuple(RequestStatus)
SUGGESTIONS: Final = 40
"""How many unknown ids are held against the known ones."""


@frozen
class Step:
    """What one entry says of a request."""

    note: RequestNote
    entry: Entry
    number: int
    """The place of the note in the entry's own list, from 0."""

    @property
    def order(self) -> tuple[object, ...]:
        """The place in the history: by day, then as the diary goes."""
        return (self.note.date, self.entry.order, self.number)


@frozen(kw_only=True)
class Request:
    """A request with its history, from the day on which it was raised."""

    id: str
    title: str
    target: str | None
    """The id of the target that asked; None where nobody says."""
    steps: tuple[Step, ...]

    @property
    def state(self) -> RequestStatus:
        """The stage that it has reached."""
        return self.steps[-1].note.status

    @property
    def opened(self) -> Day:
        """The day since which it has been open, or was last: when it was raised, or reopened after an end."""
        day, was = self.raised, self.steps[0].note.status
        for step in self.steps:
            if was in ENDS and step.note.status not in ENDS:
                day = step.note.date
            was = step.note.status
        return day

    @property
    def is_open(self) -> bool:
        """Whether something has still to come of it."""
        return self.state not in ENDS

    @property
    def raised(self) -> Day:
        """The day on which it was raised."""
        return self.steps[0].note.date

    @property
    def ended(self) -> Day | None:
        """The day on which it came to its end; None while it is open."""
        if not self.is_open:
            # A note that only adds to what has ended does not end it later.
            for step in reversed(self.steps):
                if step.note.status is not self.state:
                    break
                day = step.note.date
            return day
        return None

    @property
    def days(self) -> int | None:
        """Days from raising to resolution; None where it is not resolved."""
        resolved = self.ended if self.state is RequestStatus.RESOLVED else None
        return None if resolved is None else (resolved - self.raised).days

    def is_overdue(self, newest: Day | None, days: int) -> bool:
        """Whether it has been open for more than so many days on the day of the newest entry."""
        return self.is_open and newest is not None and (newest - self.opened).days > days


def histories(entries: Iterable[Entry]) -> dict[str, Request]:
    """Every request that these entries raise, by id, in the order in which they were raised."""
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
    # An entry about one target need not say again whose request it raises.
    raising = steps[0].entry.targets
    alone = raising[0] if len(raising) == 1 else None
    return Request(
        id=name, title=titles[-1] if titles else name, target=targets[0] if targets else alone, steps=tuple(steps)
    )


def problems(entries: Sequence[Entry], published: Sequence[Entry], *, is_whole: bool) -> Iterator[Problem]:
    """What cannot be so in the histories of requests: of all entries, and of those that are published.

    Where not all entries could be read (``is_whole`` is False), one of those may raise what none of the others does.
    """
    steps = _steps(entries)
    raised = {name: _names(found) for name, found in steps.items() if _is_raised(found)}
    withdrawn = {note.id: entry for entry in entries for note in entry.withdrawn_requests}
    unknown = [name for name in steps if name not in raised]
    for name, found in steps.items():
        if name in raised:
            yield from _history_problems(name, found)
        elif is_whole:
            # A comparison with every id takes its time, and nobody reads the fiftieth suggestion.
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
    """What is wrong with one history, whose steps are in order."""
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
    yield from _order_problems([step for step in steps if step.note.date >= raising.note.date])
    yield from _target_problems(steps)


def _order_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    for before, step in pairwise(steps):
        was, now = before.note.status, step.note.status
        if step.note.reopened and was not in ENDS and _STAGES.index(now) >= _STAGES.index(was):
            fact = say('the request "{id}" is reopened here, but had not ended', id=step.note.id)
            yield _at(step, "reopened", fact, say("delete the line reopened:"))
        if step.note.reopened or was is now is not RequestStatus.RAISED:
            continue
        place = _said(before)
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
            yield _at(
                step,
                "status",
                fact,
                say("mend the stage or its date, or write reopened: true below it if that is meant"),
            )


def _reopening_problems(steps: Sequence[Step]) -> Iterator[Problem]:
    """What is said to be reopened and was never begun, or ends in the same breath."""
    for step in steps:
        if step.note.reopened and (step is steps[0] or step.note.status in ENDS):
            fact = (
                say('the request "{id}" is reopened here, but this is where it begins', id=step.note.id)
                if step is steps[0]
                else say('the request "{id}" is reopened and ends in one step', id=step.note.id)
            )
            yield _at(step, "reopened", fact, say("delete the line reopened:, or write two steps, each with its date"))


def _said(step: Step) -> Message:
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
