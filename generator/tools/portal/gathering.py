"""The first two stages: each team's data made a digest, and the digests merged by region, in a tree.

Only what changed is done: a team that is as it was is not read, and a region of which no team changed is not merged.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from generator.ground.code_digest import code_digest
from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.pipeline.checks.privacy_scan import Guard
from generator.pipeline.session import Progress
from generator.tools.portal.digesting import TeamFacts, TeamResult, TeamTask, digest_of, figures_key
from generator.tools.portal.engine import Engine, LostWorkerError
from generator.tools.portal.extra import required
from generator.tools.portal.places import Place
from generator.tools.portal.privacy import portal_rules
from generator.tools.portal.regions import LostResultError, Path, merged_regions
from generator.tools.portal.settings import PORTAL, Portal, Team
from generator.tools.portal.sources import State, has_private, private_names, state_of
from generator.tools.portal.store import Store
from generator.tools.portal.team_texts import SHOWN, shown_texts

REMEMBERED: Final = "remembered"
GATHERED: Final = "gathered"
"""What is known of the teams, and what was gathered last: both are kept for each version of the code."""
_AT_ONCE: Final = 16
"""Places elsewhere that are asked at once whether anything changed."""


@frozen
class Remembered:
    """What is known of a team since it was last read."""

    place: Place
    state: State
    result: TeamResult


@frozen(kw_only=True)
class GatheredTeam:
    """A team as the portal shows it."""

    team: Team
    facts: TeamFacts
    is_stale: bool
    """Whether its data could not be read this time, so that this is what was there last."""

    @property
    def name(self) -> str:
        """Its name."""
        return self.team.name or self.facts.title

    @property
    def address(self) -> str | None:
        """The public address of its site, which ends in ``/``; None where it is not known."""
        found = self.team.url or self.facts.base_url
        return found and found.rstrip("/") + "/"


@frozen(kw_only=True)
class Gathered:
    """All teams, and the keys of the merged regions."""

    teams: tuple[GatheredTeam, ...]
    regions: Mapping[Path, str]
    """The key of each region's digest; that of the empty path holds all teams."""


def key_of(name: str) -> str:
    """The key of what is kept under a name. What another version of the code kept may be of other types."""
    return f"{name}-{code_digest().hex()}"


def _known(store: Store) -> dict[str, Remembered]:
    try:
        found: dict[str, Remembered] = store.get(key_of(REMEMBERED))
    except LookupError:
        return {}
    return found


def gather(
    portal: Portal, store: Store, engine: Engine, now: datetime.datetime, *, keeps_going: bool, progress: Progress
) -> tuple[Gathered, tuple[Problem, ...]]:
    """All teams and regions, and what is worth telling.

    Raises BuildError, Fault where the engine or the store is lost, and LostResultError where the store lost something.
    """
    for library in sorted({one for team in portal.teams for one in team.place.libraries}):
        required(library)
    present = set(store.keys())
    known = {team: one for team, one in _known(store).items() if one.result.keys <= present}
    tasks, every, failed = _compared(portal, store, now, known)
    for team, state, result in _results(tasks, engine, progress):
        if isinstance(result, Fault):
            # The engine or the store is lost; the next build goes on from here.
            with contextlib.suppress(Fault):
                store.put(key_of(REMEMBERED), {**known, **every})
            raise result
        problems = _lost(team) if isinstance(result, LostWorkerError) else _placed(result.problems, team)
        if problems or isinstance(result, LostWorkerError):
            failed[team.id] = problems
        else:
            every[team.id] = Remembered(team.place, state, result)
    problems = tuple(problem for some in failed.values() for problem in some)
    # What was read is not read again, whatever the others come to.
    last = {team.id: known[team.id] for team in portal.teams if team.id in failed and team.id in known}
    if every | last != known:
        store.put(key_of(REMEMBERED), every | last)
    shown = every | {
        team.id: last[team.id]
        for team in portal.teams
        if keeps_going and team.id in last and _may_be_shown(team, last[team.id], portal, store)
    }
    gathered = tuple(_gathered(portal, shown, failed))
    wrong = tuple(_address_problems(gathered))
    if wrong or not gathered or (problems and not keeps_going):
        raise BuildError(*problems, *wrong)
    if tasks:
        present = set(store.keys())
    if not all(one.facts.keys <= present for one in gathered):
        raise LostResultError
    parts = ((one.team.region, figures_key(one.facts.key)) for one in gathered)
    regions, used = merged_regions(parts, present, store, engine, progress)
    _prune(store, present, {*used, *_keys_of(every | last)})
    return Gathered(teams=gathered, regions=regions), tuple(replace(one, is_warning=True) for one in problems)


def _gathered(portal: Portal, shown: Mapping[str, Remembered], failed: Collection[str]) -> Iterator[GatheredTeam]:
    for team in portal.teams:
        if team.id in shown and (facts := shown[team.id].result.facts) is not None:
            yield GatheredTeam(team=team, facts=facts, is_stale=team.id in failed)


def _address_problems(teams: Iterable[GatheredTeam]) -> Iterator[Problem]:
    """The teams whose site has no address, and those that have one together."""
    first: dict[str, str] = {}
    for one in teams:
        team, address = one.team, one.address
        if address is None:
            yield Problem(
                path=PORTAL,
                field=team.field,
                message=say('nobody knows where the site of team "{team}" is to be read', team=team.id),
                hint=say("write its public address behind url: here, or as base_url: in its site.yaml"),
            )
        elif first.setdefault(address, team.id) != team.id:
            yield Problem(
                path=PORTAL,
                field=team.field,
                message=say(
                    'the teams "{one}" and "{other}" have one address: {address}',
                    one=first[address],
                    other=team.id,
                    address=address,
                ),
                hint=say("write the address of each behind its url:"),
            )


def _may_be_shown(team: Team, last: Remembered, portal: Portal, store: Store) -> bool:
    """Whether nothing in what was known of a team last must be kept back by today's registers of persons."""
    facts = last.result.facts
    if facts is None:
        return False
    try:
        names, digest = private_names(team.place), store.get(facts.key)
    except BuildError:
        return False
    except LookupError:
        # It is told below that the store lost something.
        return True
    rules = portal_rules(portal)
    rules = replace(rules, names=(*rules.names, *names))
    return not has_private({SHOWN: shown_texts(digest)}, Guard.of(rules, {}))


def _keys_of(known: Mapping[str, Remembered]) -> Iterator[str]:
    """The keys of all that is known of teams, and of what is kept under names."""
    yield from (key_of(REMEMBERED), key_of(GATHERED))
    for one in known.values():
        yield from one.result.keys


def _prune(store: Store, present: AbstractSet[str], used: AbstractSet[str]) -> None:
    """Deletes what nobody will ask for again, once there is as much of it as of what is used."""
    if len(present - used) > len(used):
        store.forget(present - used)


Tasks = list[tuple[Team, State, TeamTask]]


def _results(
    tasks: Tasks, engine: Engine, progress: Progress
) -> Iterator[tuple[Team, State, TeamResult | LostWorkerError | Fault]]:
    """What became of each team that had to be read; Fault, and no more, where the engine or the store is lost."""
    if tasks:
        required("fsspec")

    def tell(done: int) -> None:
        progress(say("reading teams"), done, len(tasks))

    results = engine.run(digest_of, [task for _, _, task in tasks], tell)
    for team, state, _ in tasks:
        try:
            yield team, state, next(results)
        except Fault as fault:
            yield team, state, fault
            return


def _compared(
    portal: Portal, store: Store, now: datetime.datetime, known: Mapping[str, Remembered]
) -> tuple[Tasks, dict[str, Remembered], dict[str, tuple[Problem, ...]]]:
    """The teams that have to be read, those that are as they were, and the problems of those out of reach."""
    version, rules = code_digest(), portal_rules(portal)
    salt = fingerprint(version, repr(rules).encode())
    tasks: Tasks = []
    found: dict[str, Remembered] = {}
    failed: dict[str, tuple[Problem, ...]] = {}
    for team, seen in zip(portal.teams, _states(portal.teams), strict=True):
        if isinstance(seen, Fault):
            failed[team.id] = (_problem(team, seen.message, seen.hint),)
            continue
        state = seen._replace(version=fingerprint(seen.version, salt))
        last = known.get(team.id)
        if last is not None and _is_unchanged(last, team.place, state, now):
            found[team.id] = last
            continue
        task = TeamTask(team=team.id, place=team.place, store=store, rules=rules, now=now)
        tasks.append((team, state, task))
    return tasks, found, failed


def _is_unchanged(last: Remembered, place: Place, state: State, now: datetime.datetime) -> bool:
    """Whether a team is surely as it was when it was last read."""
    change = last.result.next_change
    return last.place == place and last.state.is_trusted and last.state == state and (change is None or now < change)


def _states(teams: Sequence[Team]) -> Iterator[State | Fault]:
    """The states of all places; those elsewhere are asked several at once."""
    moment = time.time_ns()

    def ask(team: Team) -> State | Fault:
        try:
            return state_of(team.place, moment)
        except Fault as fault:
            return fault

    if all(team.place.is_local for team in teams):
        yield from map(ask, teams)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(ask, teams)


def _problem(team: Team, message: Message, hint: Message | None) -> Problem:
    return Problem(
        path=PORTAL,
        field=team.field,
        message=say('team "{team}" ({place}): {fact}', team=team.id, place=team.place.address, fact=message),
        hint=hint,
    )


def _placed(problems: Iterable[Problem], team: Team) -> tuple[Problem, ...]:
    """Problems of a team's data, told as the portal's."""
    return tuple(_of_portal(one, team) for one in problems)


def _of_portal(problem: Problem, team: Team) -> Problem:
    where = ":".join(str(part) for part in (problem.path, problem.line or "", problem.column or "") if part)
    message = say("{place}: {fact}", place=where, fact=problem.message) if where else problem.message
    return _problem(team, message, problem.hint)


def _lost(team: Team) -> tuple[Problem, ...]:
    message = say("whatever reads it dies each time")
    return (_problem(team, message, say("look at its data; it may be too large for the memory of a worker")),)
