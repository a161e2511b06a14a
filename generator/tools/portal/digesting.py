"""The first stage: a team's data is read, checked, and kept as its digest and its figures. Any worker may do it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from generator.ground.code_digest import code_digest
from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.pipeline.checks.privacy_scan import Guard
from generator.render.privacy import Rules
from generator.tools.portal.merge import of_team
from generator.tools.portal.places import Place
from generator.tools.portal.sources import data_of, has_private
from generator.tools.portal.store import Store, StoreFault
from generator.tools.portal.team_data import TeamDigest, team_digest
from generator.tools.portal.team_texts import SHOWN, shown_texts


@frozen(kw_only=True)
class TeamTask:
    """A team whose data has to be read."""

    team: str
    place: Place
    store: Store
    rules: Rules
    """What the portal keeps private, whichever team it comes from."""
    now: datetime.datetime


@frozen(kw_only=True)
class TeamFacts:
    """What is known of a team without its digest."""

    key: str
    """That of its digest."""
    title: str
    description: str
    base_url: str | None
    search: str | None
    entries: int
    open: int
    newest: datetime.date | None

    @property
    def keys(self) -> frozenset[str]:
        """Those of its digest, of its figures and of its requests."""
        return frozenset((self.key, figures_key(self.key), requests_key(self.key)))


@frozen(kw_only=True)
class TeamResult:
    """What became of reading a team."""

    facts: TeamFacts | None
    """None where its data cannot be used."""
    problems: tuple[Problem, ...] = ()
    next_change: datetime.datetime | None = None
    """When its data changes by itself; None for never."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of what was kept."""
        return self.facts.keys if self.facts else frozenset()


def digest_of(task: TeamTask) -> TeamResult:
    """Reads a team's data, checks it, and keeps its digest and its figures in the store. Any worker may do this.

    Raises StoreFault where the store cannot be used: that is no fault of the team.
    """
    try:
        return _digest_of(task)
    except StoreFault:
        raise
    except BuildError as error:
        return TeamResult(facts=None, problems=error.problems)
    except Fault as fault:
        problem = Problem(path="", message=fault.message, hint=fault.hint)
        return TeamResult(facts=None, problems=(problem,))


def _digest_of(task: TeamTask) -> TeamResult:
    data = data_of(task.place, task.now)
    parts = [part for path, body in sorted(data.files.items()) for part in (path.encode(), body)]
    rules = replace(task.rules, names=(*task.rules.names, *data.private))
    key = fingerprint(code_digest(), repr(rules).encode(), task.team.encode(), *parts).hex()
    digest = _known_digest(task.store, key)
    if digest is None:
        digest = team_digest(data.files)
        guard = Guard.of(rules, {name: name for name in rules.names})
        if has_private({**data.files, SHOWN: shown_texts(digest)}, guard):
            raise Fault(
                say("its data names a private person, or holds a number that belongs to one"),
                say(
                    "take it out there and publish again; what may be published is allowed under privacy: allow: in "
                    "portal.yaml"
                ),
            )
        task.store.put(figures_key(key), of_team(task.team, digest))
        task.store.put(requests_key(key), digest.requests)
        task.store.put(key, digest)
    facts = TeamFacts(
        key=key,
        title=digest.title,
        description=digest.description,
        base_url=digest.base_url,
        search=digest.search,
        entries=digest.count,
        open=sum(not one.ended for one in digest.requests),
        newest=digest.newest,
    )
    return TeamResult(facts=facts, next_change=data.next_change)


def _known_digest(store: Store, key: str) -> TeamDigest | None:
    if not all(map(store.has, (key, figures_key(key), requests_key(key)))):
        return None
    try:
        found: TeamDigest = store.get(key)
    except LookupError:
        return None
    return found


def figures_key(key: str) -> str:
    """The key of the figures of a team, from that of its digest."""
    return f"{key}-figures"


def requests_key(key: str) -> str:
    """The key of its requests, which the ledger of all teams is made of."""
    return f"{key}-requests"
