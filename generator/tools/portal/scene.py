"""What the pages of a portal are planned from: its settings, its teams, and the merged regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from typing import Final, TypeVar

from generator.model import urls
from generator.model.components import Activity, Row
from generator.model.lists import Pager
from generator.model.portal import RegionRow, TeamRequestRow
from generator.model.settings import Settings
from generator.site.plan.calendar import drawn
from generator.site.plan.pagination import cut
from generator.tools.portal.digesting import figures_key, requests_key
from generator.tools.portal.gathering import Gathered, GatheredTeam
from generator.tools.portal.merge import RegionDigest
from generator.tools.portal.regions import Path
from generator.tools.portal.store import Store
from generator.tools.portal.team_data import TeamDigest
from generator.tools.portal.team_rows import Teams, region_row

T = TypeVar("T")
MOST_PARTS: Final = 12
"""Regions that a chart and its table name."""
LISTED: Final = 100
"""Regions or teams on one page of a list."""


class Scene:
    """A portal that is about to be planned. Digests of teams are loaded one by one, and never held all at once."""

    def __init__(
        self, settings: Settings, counters: Sequence[str], words: Mapping[str, str], gathered: Gathered, store: Store
    ) -> None:
        """``counters`` are the labels of those that are added up, and ``words`` the strings of the theme."""
        self.settings, self.counters, self.words = settings, tuple(counters), words
        self.gathered, self._store = gathered, store
        self.teams = Teams(gathered.teams, settings)
        self._regions: dict[Path, RegionDigest] = {}

    def region(self, path: Path) -> RegionDigest:
        """The digest of a region; of the empty path, that of all teams. Raises LookupError."""
        if path not in self._regions:
            found: RegionDigest = self._store.get(self.gathered.regions[path])
            self._regions[path] = found
        return self._regions[path]

    def digests(self) -> Iterator[tuple[GatheredTeam, TeamDigest]]:
        """All teams with their digests. Raises LookupError."""
        return ((team, self._store.get(team.facts.key)) for team in self.gathered.teams)

    def figures(self) -> Iterator[tuple[GatheredTeam, RegionDigest]]:
        """All teams with their figures. Raises LookupError."""
        return ((team, self._store.get(figures_key(team.facts.key))) for team in self.gathered.teams)

    @cached_property
    def requests(self) -> Sequence[tuple[GatheredTeam, TeamRequestRow]]:
        """The requests of all teams, in the order of the teams. Raises LookupError."""
        return [
            (team, self.teams.request(team.team.id, one))
            for team in self.gathered.teams
            for one in self._store.get(requests_key(team.facts.key))
        ]

    @cached_property
    def below(self) -> Mapping[Path, tuple[Path, ...]]:
        """The regions within each region, in their order."""
        found: dict[Path, list[Path]] = {}
        for path in self.gathered.regions:
            if path:
                found.setdefault(path[:-1], []).append(path)
        return {path: tuple(some) for path, some in found.items()}

    @cached_property
    def top(self) -> Path:
        """The largest region that parts into several, or has teams of its own: all others lie in it."""
        path: Path = ()
        while len(inner := self.below.get(path, ())) == 1 and path not in self.teams_of:
            path = inner[0]
        return path

    @cached_property
    def teams_of(self) -> Mapping[Path, tuple[GatheredTeam, ...]]:
        """The teams of each region that belong to no region within it."""
        found: dict[Path, list[GatheredTeam]] = {}
        for one in self.gathered.teams:
            found.setdefault(one.team.region, []).append(one)
        return {path: tuple(some) for path, some in found.items()}

    def cut(self, url: str, items: Sequence[T], size: int | None = None) -> Iterator[tuple[str, Sequence[T], Pager]]:
        """A list split into pages; always at least one."""
        return cut(url, items, size or self.settings.per_page)

    def region_rows(self, path: Path) -> tuple[RegionRow, ...]:
        """The regions within a region."""
        return tuple(region_row(one, self.region(one)) for one in self.below.get(path, ()))

    def newest(self, digest: RegionDigest, most: int, *, with_team: bool = True) -> tuple[Row, ...]:
        """The newest entries of a region."""
        return tuple(self.teams.entry(team, one, with_team=with_team) for team, one in digest.newest[:most])

    def oldest(self, digest: RegionDigest, most: int) -> tuple[TeamRequestRow, ...]:
        """The requests of a region that are open longest."""
        return tuple(self.teams.request(team, one) for team, one in digest.oldest[:most])

    def years(self, path: Path) -> tuple[tuple[int, Activity], ...]:
        """The entries of each year by month, the newest first, by the largest regions within a region.

        Those of all others, and of its own teams, are a part without a name.
        """
        digests = {one[-1]: self.region(one) for one in self.below.get(path, ())}
        whole = self.region(path)
        years = sorted({month[:4] for month in whole.months}, reverse=True)
        found = ((int(year), _activity(year, digests, whole)) for year in years)
        # In some years, requests were dealt with and nothing was written.
        return tuple((year, activity) for year, activity in found if activity.kinds)


def _activity(year: str, parts: Mapping[str, RegionDigest], whole: RegionDigest) -> Activity:
    months = [f"{year}-{number:02}" for number in range(1, 13)]

    def counts(digest: RegionDigest) -> list[int]:
        return [digest.months.get(month, (0, 0, 0))[0] for month in months]

    by_part = {name: counts(digest) for name, digest in parts.items()}
    largest = nlargest(MOST_PARTS, by_part, key=lambda name: sum(by_part[name]))
    shown = {name: found for name, found in by_part.items() if name in largest and any(found)}
    rest = [all_of_it - sum(some) for all_of_it, *some in zip(counts(whole), *shown.values(), strict=True)]
    if any(rest):
        shown[""] = rest
    rows = tuple(zip(*shown.values(), strict=True))
    return Activity(
        kinds=tuple(shown),
        months=rows,
        drawn=drawn([sum(found) for found in shown.values()]),
        most=max((1, *map(sum, rows))),
    )


REGION_LEDGER: Final = "region"


def region_ledger(path: Path) -> str:
    """The ledger of a region."""
    return urls.ledger(REGION_LEDGER, urls.region(path).removeprefix(urls.REGIONS).rstrip("/"))
