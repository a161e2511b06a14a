"""What a build made."""

from __future__ import annotations

import datetime

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.model.content import Status


@frozen
class Published:
    """What a publication did, in files."""

    written: int
    unchanged: int
    removed: int


@frozen(kw_only=True)
class Report:
    """What a build made, or would make."""

    entries: int
    pages: int
    files: int
    """Pictures and attachments."""
    left_out: tuple[tuple[str, Status], ...]
    """Entries that are not published yet, by path; one that is ``published`` waits for its time."""
    next_change: datetime.datetime | None
    """When the next entry's time comes; None where none waits."""
    has_base_url: bool
    warnings: tuple[Problem, ...]
    """What was noticed in the sources."""
    findings: tuple[Problem, ...] = ()
    """What was noticed in what was made of them."""
    published: Published | None = None
    """None where nothing was to be published."""
