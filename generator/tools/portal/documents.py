"""Plans the search of a portal: titles, summaries, targets and requests of all teams.

Blocks are those of months and days, the newest first, as in a site.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest
from itertools import groupby
from typing import Final

from generator.ground.dates import DateSpan
from generator.model import urls
from generator.model.pages import Page
from generator.model.search import SearchBlock, SearchDocument, SearchPlan, Within, present
from generator.model.views import SearchView
from generator.site.plan.search_documents import REQUESTS, TARGETS, WORDS, cut_block
from generator.tools.portal.gathering import GatheredTeam
from generator.tools.portal.scene import Scene
from generator.tools.portal.team_data import TeamDigest, TeamEntry, TeamRequest, TeamTarget

_TEAMS: Final = "teams-"
_TOGETHER: Final = 128
"""Documents that are sorted together at most, as far as days and hashes part them: a new one gives about half of those
in its list new numbers."""


def page(scene: Scene) -> Iterator[Page]:
    """The search page; none if the settings turn search off."""
    if scene.settings.search:
        yield Page(url=urls.SEARCH, view=SearchView())


def search(scene: Scene) -> SearchPlan | None:
    """What can be found; None if the settings turn search off."""
    if not scene.settings.search:
        return None
    return SearchPlan(
        blocks=tuple(_blocks(scene)),
        kinds=tuple((path[-1], path[-1]) for path in scene.below.get(scene.top, ())),
        targets=(),
        tags=(),
        words=_words(scene),
    )


def _words(scene: Scene) -> tuple[str, ...]:
    """Names of teams to begin with: those with the most entries."""
    most = nlargest(WORDS, scene.gathered.teams, key=lambda one: (one.facts.entries, one.team.id))
    return tuple(one.name for one in most)


def _blocks(scene: Scene) -> Iterator[SearchBlock]:
    dated: dict[str, list[SearchDocument]] = defaultdict(list)
    undated: dict[str, list[SearchDocument]] = defaultdict(list)
    for team, digest in scene.digests():
        own = _Documents(team, digest, scene)
        for entry in digest.entries:
            dated[f"{entry.span.start:%Y-%m}-"].append(own.entry(entry))
        for request in digest.requests:
            # They stand before the days of their month, so that a new day is new at the end.
            undated[f"{request.raised:%Y-%m}--{REQUESTS}"].append(own.request(request))
        undated[_TEAMS].append(own.itself())
        undated[f"{TARGETS}-"] += map(own.target, digest.targets)
    for month, documents in sorted(dated.items()):
        yield from _by_days(month, documents)
    for name, documents in undated.items():
        yield from _by_hash(name, documents)


def _by_days(name: str, documents: list[SearchDocument]) -> Iterator[SearchBlock]:
    """The blocks of a month, or of each day of one with many documents."""
    documents.sort(key=lambda one: (one.span, one.url))
    if len(documents) <= _TOGETHER:
        yield from cut_block(name, documents)
        return
    for day, found in groupby(documents, key=lambda one: one.span.start.day if one.span else 0):
        yield from _by_hash(f"{name}{day:02}-", list(found))


def _by_hash(name: str, documents: list[SearchDocument]) -> Iterator[SearchBlock]:
    """Blocks whose number hardly ever changes: a hash of the address says in which of many lists a document stands."""
    lists = 1 << (len(documents) // _TOGETHER).bit_length()
    found: dict[int, list[SearchDocument]] = defaultdict(list)
    for one in documents:
        found[zlib.crc32(one.url.encode()) % lists].append(one)
    for number in sorted(found):
        yield from cut_block(f"{name}{number:03x}-", sorted(found[number], key=lambda one: one.url))


class _Documents:
    """Makes the documents of one team."""

    def __init__(self, team: GatheredTeam, digest: TeamDigest, scene: Scene) -> None:
        self._team, self._digest, self._scene = team, digest, scene
        self._kinds = team.team.region[len(scene.top) :][:1]
        search = self._address(digest.search) if digest.search else None
        self._within = Within(team.name, urls.team(team.team.id), search)

    def itself(self) -> SearchDocument:
        """The team."""
        digest = self._digest
        return SearchDocument(
            url=self._within.url,
            kind="team",
            title=self._team.name,
            names=(digest.title,) if digest.title != self._team.name else (),
            kinds=self._kinds,
            lines=present(digest.description, " ".join(self._team.team.region)),
            within=self._within,
        )

    def entry(self, one: TeamEntry) -> SearchDocument:
        """An entry: its title, its summary and its targets."""
        return SearchDocument(
            url=self._address(one.url),
            kind="entry",
            title=one.title,
            names=(self._team.name, *(name for name, _ in one.targets)),
            kinds=self._kinds,
            tags=one.tags,
            span=one.span,
            lines=present(one.summary),
            place=one.place,
            within=self._within,
        )

    def request(self, one: TeamRequest) -> SearchDocument:
        """A request: its title, its target and its steps."""
        return SearchDocument(
            url=self._address(one.url),
            kind="request",
            title=one.title,
            names=(self._team.name, *((one.target[0],) if one.target else ())),
            kinds=self._kinds,
            span=DateSpan(one.raised, one.raised),
            lines=present(*one.notes, one.handler, one.person),
            within=self._within,
        )

    def target(self, one: TeamTarget) -> SearchDocument:
        """A service target: its names and its summary."""
        return SearchDocument(
            url=self._address(one.url),
            kind="target",
            title=one.names[0],
            names=(self._team.name, *one.names[1:]),
            kinds=self._kinds,
            lines=present(one.summary),
            place=one.place,
            within=self._within,
        )

    def _address(self, url: str) -> str:
        return self._scene.teams.address(self._team.team.id, url)
