"""Teams, entries and requests as the lists of a portal show them, and figures with the pages that explain them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from generator.ground.dates import Day
from generator.ground.json_lines import Record
from generator.model import urls
from generator.model.components import Figure, Link, Row
from generator.model.lists import TeamRow
from generator.model.portal import RegionRow, TeamRequestRow
from generator.model.record import RequestRow, RequestTotals
from generator.model.settings import Settings, kind_named
from generator.site.plan.ledger import request_totals
from generator.tools.portal.gathering import GatheredTeam
from generator.tools.portal.merge import RegionDigest, opened
from generator.tools.portal.team_data import TeamEntry, TeamKind, TeamRequest
from generator.tools.portal.team_records import kind_label

MOST_NAMES: Final = 6
"""Targets that are named below an entry."""
MOST_COUNTERS: Final = 8
"""Counters that are added up where portal.yaml names none."""


class Teams:
    """All teams, and what lists show of them. What many of them show is made once."""

    def __init__(self, teams: Iterable[GatheredTeam], settings: Settings) -> None:
        """``settings`` are the portal's."""
        self._by_id = {one.team.id: one for one in teams}
        self._links = {team: Link(one.name, urls.team(team)) for team, one in self._by_id.items()}
        self._language, self._known_kinds = settings.language, settings.kinds
        self._rows: dict[str, TeamRow] = {}
        self._kinds: dict[TeamKind, Link] = {}

    def link(self, team: str) -> Link:
        """The link to a team's page."""
        return self._links[team]

    def kind(self, one: TeamKind) -> Link:
        """The page of a kind. Teams may give one kind several names or ids; the portal calls it as its settings do."""
        if one not in self._kinds:
            known = kind_named(one.label, self._known_kinds) or kind_named(one.id, self._known_kinds)
            label = kind_label(self._known_kinds[known]) if known else one.label
            self._kinds[one] = Link(label, urls.kind_of_all(label))
        return self._kinds[one]

    def address(self, team: str, url: str) -> str:
        """The whole address of a page of a team's site."""
        return urls.absolute(self._by_id[team].address or "", url)

    def row(self, one: GatheredTeam) -> TeamRow:
        """A team in a list."""
        if one.team.id not in self._rows:
            self._rows[one.team.id] = TeamRow(
                title=one.name,
                url=urls.team(one.team.id),
                region=" ".join(one.team.region),
                count=one.facts.entries,
                open=one.facts.open,
                last=one.facts.newest,
                is_stale=one.is_stale,
            )
        return self._rows[one.team.id]

    def entry(self, team: str, one: TeamEntry, *, with_team: bool = True) -> Row:
        """An entry in a list; below it stand its team and its targets."""
        targets = [Link(name, self.address(team, url)) for name, url in one.targets[:MOST_NAMES]]
        return Row(
            title=one.title,
            url=self.address(team, one.url),
            span=one.span,
            part=one.part,
            place=one.place,
            summary=one.summary,
            targets=(self.link(team), *targets) if with_team else tuple(targets),
            language=self._other(one.language),
            cover=None,
            is_draft=False,
            is_withdrawn=one.is_withdrawn,
            is_major=one.is_major,
        )

    def request(self, team: str, one: TeamRequest) -> TeamRequestRow:
        """A request in a list."""
        newest = self._by_id[team].facts.newest
        row = RequestRow(
            id="",
            title=one.title,
            url=self.address(team, one.url),
            target=Link(one.target[0], self.address(team, one.target[1])) if one.target else None,
            kind=self.kind(one.kind) if one.kind else None,
            state=one.state,
            raised=one.raised,
            ended=one.ended,
            days=one.days,
            is_overdue=one.is_overdue,
            opened=opened(one),
            moved=one.moved,
            handler=one.handler,
            person=one.person,
            deadline=one.deadline,
        )
        return TeamRequestRow(
            row=row,
            team=self.link(team),
            age=row.days_open(newest) if newest else None,
            language=self._other(one.language),
        )

    def _other(self, language: str | None) -> str | None:
        return language if language != self._language else None


def region_row(path: Sequence[str], digest: RegionDigest) -> RegionRow:
    """A region in a list."""
    return RegionRow(
        title=path[-1], url=urls.region(path), teams=digest.teams, entries=digest.entries, open=digest.open
    )


def totals(digest: RegionDigest) -> RequestTotals | None:
    """Statistics of the requests of a region; None without requests."""
    if not digest.requests:
        return None
    return request_totals(
        digest.requests,
        open_ones=digest.open,
        overdue=digest.overdue,
        resolved=digest.resolved,
        days=[number for number, count in digest.days.items() for _ in range(count)],
    )


def counted(digest: RegionDigest, wanted: Iterable[str]) -> list[tuple[str, str, int]]:
    """Label, unit and sum of the counters that are added up: the ``wanted`` ones, else those of the most teams."""
    chosen = tuple(wanted)
    if chosen:
        found = [key for key in digest.counters if key[0] in chosen]
        found.sort(key=lambda key: (chosen.index(key[0]), key))
    else:
        found = sorted(digest.counters, key=lambda key: (-digest.counters[key][1], key))[:MOST_COUNTERS]
    return [(label, unit, digest.counters[label, unit][0]) for label, unit in found]


def figures(digest: RegionDigest, words: Mapping[str, str], wanted: Iterable[str], url: str) -> tuple[Figure, ...]:
    """The figures of a region, each with the page that shows what it is the sum of; ``words`` are strings by key."""
    own = (
        (words["portal.teams"], digest.teams, urls.TEAMS if url == urls.FIGURES else url),
        (words["column.entries"], digest.entries, urls.FIGURES),
        # Without targets there is no page that lists their kinds.
        *([(words["portal.kinds"], digest.targets, urls.KINDS)] if digest.targets else []),
    )
    shown = {words["portal.teams"], words["column.entries"], words["portal.kinds"]}
    sums = ((label, number, unit) for label, unit, number in counted(digest, wanted) if label not in shown)
    return (
        *(Figure(label, number, None, where) for label, number, where in own),
        *(Figure(label, number, unit or None, urls.FIGURES) for label, number, unit in sums),
    )


def request_record(team: GatheredTeam, row: TeamRequestRow) -> Record:
    """A request as data."""
    one = row.row
    return {
        "team": team.team.id,
        "team_name": team.name,
        "region": "/".join(team.team.region),
        "title": one.title,
        "url": one.url,
        "target": one.target.title if one.target else None,
        "kind": one.kind.title if one.kind else None,
        "state": one.state.value,
        "raised": _iso(one.raised),
        "reopened": _iso(one.reopened),
        "ended": _iso(one.ended),
        "days": one.days,
        "days_open": row.age,
        "overdue": one.is_overdue,
        "moved": _iso(one.moved),
        "handler": one.handler,
        "person": one.person,
        "deadline": _iso(one.deadline),
    }


def _iso(day: Day | None) -> str | None:
    return day.isoformat() if day else None
