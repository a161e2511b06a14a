"""Plans the pages of a portal: home, regions, teams, kinds and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.model import urls
from generator.model.components import Counted, Figure, Link
from generator.model.lists import TeamRow
from generator.model.pages import Page
from generator.model.portal import (
    PortalFiguresView,
    PortalHomeView,
    PortalKindRow,
    PortalKindsView,
    PortalKindView,
    PortalTeamView,
    RegionView,
    TeamsView,
)
from generator.site.plan.alphabet import Name, Names
from generator.tools.portal.gathering import GatheredTeam
from generator.tools.portal.merge import RegionDigest
from generator.tools.portal.regions import Path
from generator.tools.portal.scene import LISTED, Scene, region_ledger
from generator.tools.portal.team_rows import figures, totals

NEWEST: Final = 10
"""Entries on a page that shows the newest: a team's own site has all of them."""
EXCERPT: Final = 6
"""Open requests on pages other than the ledger."""
FRONT: Final = 40
"""Regions on the home page: as many as a country has provinces."""
FEW: Final = 8
"""Teams that the home page lists."""
_MONTHS: Final = 60
"""Months on one page of figures."""


def _newest(scene: Scene) -> int:
    return min(NEWEST, scene.settings.per_page)


def home(scene: Scene) -> Iterator[Page]:
    """The home page."""
    whole, every = scene.region(()), scene.gathered.teams
    regions = scene.region_rows(scene.top)
    shown = regions[:FRONT]
    view = PortalHomeView(
        figures=_figures(whole, scene, urls.FIGURES),
        totals=totals(whole),
        rows=scene.newest(whole, _newest(scene)),
        requests=scene.oldest(whole, EXCERPT),
        regions=shown,
        all_regions=Counted("", urls.region(scene.top), len(regions)) if len(regions) > len(shown) else None,
        teams=tuple(map(scene.teams.row, every)) if len(every) <= FEW else (),
        all_teams=Counted("", urls.TEAMS, len(every)),
        span=whole.span,
        stale=sum(one.is_stale for one in every),
    )
    yield Page(url=urls.HOME, own_description=scene.settings.description, view=view)


def regions(scene: Scene) -> Iterator[Page]:
    """The list of all regions, and a page for each; none where no team has a region."""
    if len(scene.gathered.regions) == 1:
        return
    for path in scene.gathered.regions:
        yield from _region(path, scene)


def _region(path: Path, scene: Scene) -> Iterator[Page]:
    digest, url = scene.region(path), urls.region(path)
    parts: Sequence[object] = (*scene.region_rows(path), *map(scene.teams.row, scene.teams_of.get(path, ())))
    for page, found, pager in scene.cut(url, parts, LISTED):
        is_first = pager.number == 1
        view = RegionView(
            above=links_above(path[:-1]) if path else (),
            figures=_figures(digest, scene, url) if is_first else (),
            totals=totals(digest) if is_first else None,
            regions=tuple(one for one in found if not isinstance(one, TeamRow)),  # type: ignore[misc]
            teams=tuple(one for one in found if isinstance(one, TeamRow)),
            pager=pager,
            rows=scene.newest(digest, _newest(scene)) if is_first else (),
            requests=scene.oldest(digest, EXCERPT) if is_first else (),
            ledger=_ledger(path, digest),
            years=scene.years(path)[:1] if is_first else (),
            span=digest.span,
            feed=url + urls.ATOM if path and scene.settings.base_url and digest.newest else None,
        )
        yield Page(url=page, own_title=path[-1] if path else "", view=view, feed=view.feed)


def _ledger(path: Path, digest: RegionDigest) -> Counted | None:
    if not digest.requests:
        return None
    return Counted("", region_ledger(path) if path else urls.REQUESTS, digest.requests)


def links_above(path: Path) -> tuple[Link, ...]:
    """The links to a region and those that it lies in, the largest first."""
    return tuple(Link(path[at], urls.region(path[: at + 1])) for at in range(len(path)))


def teams(scene: Scene) -> Iterator[Page]:
    """The list of all teams, and a page for each."""
    every = scene.gathered.teams
    names = [_name(one, scene) for one in every]
    known = Names(scene.settings.pinyin)
    for url, alphabet, pager in known.pages(urls.TEAMS, names):
        rows = () if alphabet else tuple(map(scene.teams.row, every))
        yield Page(url=url, view=TeamsView(teams=rows, alphabet=alphabet, pager=pager))
    yield from known.file(urls.TEAMS, names)
    for one, alone in scene.figures():
        yield _team(one, alone, scene)


def _name(one: GatheredTeam, scene: Scene) -> Name:
    return Name(scene.teams.row(one), one.name, tuple(dict.fromkeys((*one.team.region[-1:], one.facts.title))))


def _team(one: GatheredTeam, alone: RegionDigest, scene: Scene) -> Page:
    facts = one.facts
    view = PortalTeamView(
        team=scene.teams.row(one),
        above=links_above(one.team.region),
        description=facts.description,
        address=one.address,
        search=scene.teams.address(one.team.id, facts.search) if facts.search else None,
        figures=_team_figures(alone, one, scene),
        totals=totals(alone),
        kinds=tuple((row.title, row.targets) for row in _kinds(alone, scene) if row.targets),
        rows=scene.newest(alone, _newest(scene), with_team=False),
        requests=scene.oldest(alone, EXCERPT),
        ledger=scene.teams.address(one.team.id, urls.REQUESTS) if alone.requests else None,
        span=alone.span,
    )
    return Page(url=urls.team(one.team.id), own_title=one.name, own_description=facts.description, view=view)


def _figures(digest: RegionDigest, scene: Scene, url: str) -> tuple[Figure, ...]:
    return figures(digest, scene.words, scene.counters, url)


def _team_figures(alone: RegionDigest, one: GatheredTeam, scene: Scene) -> tuple[Figure, ...]:
    """The figures of a team, each with the page of its own site that shows it."""
    pages = {scene.words["portal.kinds"]: urls.TARGETS, scene.words["column.entries"]: urls.DATES}
    found = (figure for figure in _figures(alone, scene, "") if figure.label != scene.words["portal.teams"])
    return tuple(
        Figure(
            figure.label,
            figure.number,
            figure.unit,
            scene.teams.address(one.team.id, pages.get(figure.label) or urls.COUNTERS),
        )
        for figure in found
    )


def kinds(scene: Scene) -> Iterator[Page]:
    """The list of kinds of targets, and a page for each; none without targets."""
    having: dict[str, list[tuple[TeamRow, int]]] = {}
    for one, alone in scene.figures():
        for own in _kinds(alone, scene):
            if own.targets:
                having.setdefault(own.url, []).append((scene.teams.row(one), own.targets))
    rows = [replace(row, teams=len(having.get(row.url, ()))) for row in _kinds(scene.region(()), scene)]
    if not rows:
        return
    yield Page(url=urls.KINDS, view=PortalKindsView(kinds=tuple(rows)))
    for row in rows:
        ledger = Counted("", urls.ledger("kind", _part(row.url)), row.requests) if row.requests else None
        found = sorted(having.get(row.url, ()), key=lambda item: -item[1])
        for page, some, pager in scene.cut(row.url, found, LISTED):
            view = PortalKindView(kind=row, ledger=ledger, teams=tuple(some), pager=pager)
            yield Page(url=page, own_title=row.title, view=view)


def _kinds(digest: RegionDigest, scene: Scene) -> list[PortalKindRow]:
    """The kinds of targets of some teams, those with the most targets first."""
    rows: dict[str, PortalKindRow] = {}
    for kind, (targets, requests) in sorted(digest.kinds.items(), key=lambda item: (-item[1][0], item[0])):
        link = scene.teams.kind(kind)
        row = rows.get(link.url, PortalKindRow(title=link.title, url=link.url, teams=0, targets=0, requests=0))
        rows[link.url] = replace(row, targets=row.targets + targets, requests=row.requests + requests)
    return sorted(rows.values(), key=lambda row: -row.targets)


def _part(url: str) -> str:
    return url.removeprefix(urls.KINDS).rstrip("/")


def all_figures(scene: Scene) -> Iterator[Page]:
    """The page of figures by month and region."""
    whole = scene.region(())
    months = [(int(month[:4]), int(month[5:]), *numbers) for month, numbers in whole.months.items()][::-1]
    for url, found, pager in scene.cut(urls.FIGURES, months, _MONTHS):
        is_first = pager.number == 1
        view = PortalFiguresView(
            figures=_figures(whole, scene, urls.FIGURES) if is_first else (),
            years=scene.years(scene.top)[:3] if is_first else (),
            months=tuple(found),
            regions=scene.region_rows(scene.top)[:LISTED] if is_first else (),
            pager=pager,
        )
        yield Page(url=url, view=view)
