"""Plans the ledger over all teams: whole, and by state, kind, age and region; and its data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from generator.ground.json_lines import Record
from generator.model import urls
from generator.model.components import Choice, Choices
from generator.model.content import RequestStatus
from generator.model.pages import Page
from generator.model.portal import PortalLedgerView, TeamRequestRow
from generator.site.plan.ledger import place_in_ledger
from generator.tools.portal.gathering import GatheredTeam
from generator.tools.portal.regions import Path
from generator.tools.portal.scene import REGION_LEDGER, Scene, region_ledger
from generator.tools.portal.team_rows import request_record, totals

AGES: Final = (180, 90, 30, 0)
"""Days: open requests are listed by the largest of these that they have been open for."""
MOST_CHOICES: Final = 100
"""Ways to parts of the ledger of one kind. To smaller regions, the regions' own pages lead."""


class _Listed(NamedTuple):
    """A request with its team."""

    team: GatheredTeam
    row: TeamRequestRow


class _Part(NamedTuple):
    """The requests of one state, kind, age or region; with empty ``by`` and ``name``, all."""

    by: str
    name: str
    url: str
    rows: Sequence[_Listed]


def ledger(scene: Scene) -> Iterator[Page]:
    """The ledger and its parts; none if no request was ever raised."""
    rows = requests_of(scene)
    if not rows:
        return
    parts = [
        part for part in (*_by_state(rows), *_by_kind(rows), *_by_age(rows), *_by_region(rows, scene)) if part.rows
    ]
    largest = {region_ledger(path) for path in scene.below.get(scene.top, ())}
    offered = [part for part in parts if part.by != REGION_LEDGER or part.url in largest]
    choices = tuple(
        Choices(by, tuple(_choice(part) for part in offered if part.by == by)[:MOST_CHOICES])
        for by in ("state", "age", "kind", REGION_LEDGER)
    )
    yield from _pages(_Part("", "", urls.REQUESTS, rows), choices, scene)
    for part in parts:
        yield from _pages(part, (), scene)


def _choice(part: _Part) -> Choice:
    return Choice(part.name, part.name, part.url, len(part.rows))


def requests_of(scene: Scene) -> list[_Listed]:
    """All requests, in the order of a ledger."""
    every = (_Listed(team, row) for team, row in scene.requests)
    return sorted(every, key=lambda one: place_in_ledger(one.row.row))


def _by_state(rows: Sequence[_Listed]) -> Iterator[_Part]:
    yield _Part("state", "open", urls.ledger("state", "open"), [one for one in rows if not one.row.row.ended])
    yield _Part("state", "overdue", urls.ledger("state", "overdue"), [one for one in rows if one.row.row.is_overdue])
    for state in RequestStatus:
        yield _Part("state", state, urls.ledger("state", state), [one for one in rows if one.row.row.state is state])


def _by_kind(rows: Iterable[_Listed]) -> Iterator[_Part]:
    found: dict[str, list[_Listed]] = {}
    for one in rows:
        if one.row.row.kind:
            found.setdefault(one.row.row.kind.url, []).append(one)
    for url, some in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        kind = some[0].row.row.kind
        place = url.removeprefix(urls.KINDS).rstrip("/")
        yield _Part("kind", kind.title if kind else "", urls.ledger("kind", place), some)


def _by_age(rows: Iterable[_Listed]) -> Iterator[_Part]:
    found: dict[int, list[_Listed]] = {}
    for one in rows:
        age = one.row.age
        if age is not None:
            found.setdefault(next(least for least in AGES if age >= least), []).append(one)
    for least in AGES:
        yield _Part("age", str(least), urls.ledger("age", str(least)), found.get(least, ()))


def _by_region(rows: Iterable[_Listed], scene: Scene) -> Iterator[_Part]:
    found: dict[Path, list[_Listed]] = {}
    for one in rows:
        region = one.team.team.region
        for end in range(1, len(region) + 1):
            found.setdefault(region[:end], []).append(one)
    for path in (one for one in scene.gathered.regions if one in found):
        yield _Part("region", path[-1], region_ledger(path), found[path])


def _pages(part: _Part, choices: tuple[Choices, ...], scene: Scene) -> Iterator[Page]:
    has_handlers = any(one.row.row.handler or one.row.row.person for one in part.rows)
    has_deadlines = any(one.row.row.deadline for one in part.rows)
    for url, found, pager in scene.cut(part.url, part.rows):
        is_first = pager.number == 1
        view = PortalLedgerView(
            by=part.by,
            name=part.name,
            totals=totals(scene.region(())) if is_first and not part.by else None,
            choices=choices if is_first else (),
            rows=tuple(one.row for one in found),
            has_handlers=has_handlers,
            has_deadlines=has_deadlines,
            pager=pager,
        )
        yield Page(url=url, view=view)


def request_records(scene: Scene) -> tuple[Record, ...]:
    """All requests as data, in the order of the ledger."""
    return tuple(request_record(one.team, one.row) for one in requests_of(scene))
