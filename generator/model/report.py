"""The result of a build in numbers, for the summary on the command line."""

from __future__ import annotations

import datetime

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.model.content import Status


@frozen
class Published:
    """The numbers of files that a publication wrote, left unchanged and removed."""

    written: int
    unchanged: int
    removed: int


@frozen(kw_only=True)
class Report:
    """The result of a build, or of a check, which publishes nothing."""

    entries: int
    pages: int
    files: int
    """The number of pictures and attachments."""
    left_out: tuple[tuple[str, Status], ...]
    """Entries that are not published yet: path and status. One with status ``published`` waits for its time."""
    next_change: datetime.datetime | None
    """The time at which the next entry has to be published; None where none waits."""
    has_base_url: bool
    warnings: tuple[Problem, ...]
    """About the sources; of a check, errors too."""
    findings: tuple[Problem, ...] = ()
    """About the rendered files, likewise."""
    published: Published | None = None
    """None where nothing was to be published."""


@frozen(kw_only=True)
class PortalReport:
    """What became of a portal."""

    report: Report
    teams: int
    stale: tuple[str, ...]
    """The ids of teams that are shown as they were last, since they could not be read."""
    missing: tuple[str, ...]
    """The ids of teams that are not shown, since nothing is known of them that may be published."""
    problems: tuple[Problem, ...]
    """What was wrong with these."""
