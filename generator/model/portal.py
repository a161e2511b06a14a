"""What the pages of a portal show: a site over the sites of many teams.

Addresses of a team's own pages are whole (``https://…``); those of the portal's are paths, as everywhere.
"""

from __future__ import annotations

from generator.ground.dates import DateSpan
from generator.ground.frozen import frozen
from generator.model.components import Activity, Choices, Counted, Figure, Link, Row
from generator.model.lists import Alphabet, Pager, TeamRow
from generator.model.record import RequestRow, RequestTotals


@frozen(kw_only=True)
class RegionRow:
    """A region in a list."""

    title: str
    url: str
    teams: int
    entries: int
    open: int
    """Requests that are open."""


@frozen(kw_only=True)
class TeamRequestRow:
    """A request of a team in a list."""

    row: RequestRow
    """Its target and its address are the team's own pages."""
    team: Link
    age: int | None
    """Days for which it was open on the last day of the team's diary; None where it is not open."""
    language: str | None
    """The team's; None where it is the portal's."""


@frozen(kw_only=True)
class PortalHomeView:
    """The home page of a portal."""

    figures: tuple[Figure, ...]
    totals: RequestTotals | None
    """None where no request was ever raised."""
    rows: tuple[Row, ...]
    """The newest entries; the first of the names below each is its team."""
    requests: tuple[TeamRequestRow, ...]
    """Those open longest."""
    regions: tuple[RegionRow, ...]
    all_regions: Counted | None
    """The list of all regions, where there are more than these."""
    teams: tuple[TeamRow, ...]
    """All teams of a portal with few."""
    all_teams: Counted
    """The list of all teams."""
    span: DateSpan | None
    stale: int
    """How many teams are shown with older data."""


@frozen(kw_only=True)
class RegionView:
    """A region, or all regions: its figures, the regions in it, and its teams."""

    above: tuple[Link, ...]
    """The regions that it lies in, the largest first."""
    figures: tuple[Figure, ...]
    totals: RequestTotals | None
    regions: tuple[RegionRow, ...]
    teams: tuple[TeamRow, ...]
    pager: Pager
    """Of the regions and teams."""
    rows: tuple[Row, ...]
    """The newest entries, on the first page."""
    requests: tuple[TeamRequestRow, ...]
    ledger: Counted | None
    """All its requests; None where it has none."""
    years: tuple[tuple[int, Activity], ...]
    """The entries of its newest year by month, on the first page."""
    span: DateSpan | None
    feed: str | None


@frozen(kw_only=True)
class PortalTeamView:
    """A team: its figures, its newest entries and its open requests, and the way to its site."""

    team: TeamRow
    above: tuple[Link, ...]
    description: str
    address: str | None
    """The address of its site; None where it is not known."""
    search: str | None
    """That of its search; None where there is none."""
    figures: tuple[Figure, ...]
    totals: RequestTotals | None
    kinds: tuple[tuple[str, int], ...]
    """The kinds of its targets, with their numbers."""
    rows: tuple[Row, ...]
    requests: tuple[TeamRequestRow, ...]
    ledger: str | None
    """The ledger of its site; None where it has none, or no address."""
    span: DateSpan | None


@frozen(kw_only=True)
class TeamsView:
    """All teams."""

    teams: tuple[TeamRow, ...]
    """Empty where they are in ``alphabet``."""
    alphabet: Alphabet | None
    """None for a short list."""
    pager: Pager


@frozen(kw_only=True)
class PortalKindRow:
    """A kind of service target in a list."""

    title: str
    url: str
    teams: int
    targets: int
    requests: int


@frozen(kw_only=True)
class PortalKindsView:
    """The kinds of service targets of all teams."""

    kinds: tuple[PortalKindRow, ...]


@frozen(kw_only=True)
class PortalKindView:
    """A kind of service target: the teams that serve such targets, with how many each."""

    kind: PortalKindRow
    ledger: Counted | None
    teams: tuple[tuple[TeamRow, int], ...]
    pager: Pager


@frozen(kw_only=True)
class PortalLedgerView:
    """Requests of all teams: all, or those of one state, kind, age or region."""

    by: str
    """``state``, ``kind``, ``age`` or ``region``; empty for all."""
    name: str
    """The state, the label of the kind, the least age in days, or the region."""
    totals: RequestTotals | None
    """On the first page."""
    choices: tuple[Choices, ...]
    """Ways to parts of the ledger, on the first page of the whole."""
    rows: tuple[TeamRequestRow, ...]
    has_handlers: bool
    has_deadlines: bool
    pager: Pager


@frozen(kw_only=True)
class PortalFiguresView:
    """Figures by month and by region, each as a chart and as a table."""

    figures: tuple[Figure, ...]
    years: tuple[tuple[int, Activity], ...]
    """Entries by month and by the largest regions, the newest year first."""
    months: tuple[tuple[int, int, int, int, int], ...]
    """Year, month, entries, requests raised, requests resolved; the newest month first."""
    regions: tuple[RegionRow, ...]
    pager: Pager
    """Of the months."""


PortalView = (
    PortalHomeView | RegionView | PortalTeamView | TeamsView | PortalKindsView | PortalKindView
    | PortalLedgerView | PortalFiguresView
)  # fmt: skip
"""The view of a portal's page that no site has."""
