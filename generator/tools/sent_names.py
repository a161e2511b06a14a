"""What a file to send is called, and which folders are made for it."""

from __future__ import annotations

import os
from pathlib import Path

from generator.ground.dates import Day
from generator.ground.text import cut_to_segment, slug


def usual_name(what: str, first: Day | None, last: Day | None, *limits: str | None) -> str:
    """The name of a file that nobody named: what it is, from which days, and what it is limited to."""
    days = f"{first}-{last}" if first and last else f"from-{first}" if first else f"to-{last}" if last else ""
    return cut_to_segment("-".join(filter(None, (what, days, *(slug(limit) for limit in limits if limit)))))


def new_folders(place: Path) -> tuple[str, ...]:
    """The names of the folders that are not there yet, which are made for a file. Others are not the export's."""
    return tuple(above.name for above in place.parents if not os.path.exists(above))  # noqa: PTH110 - it raises nothing
