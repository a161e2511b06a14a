"""What is asked of a build."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.ground.frozen import frozen
from generator.model.content import Entry, StaticPage, Status


@frozen(kw_only=True)
class Selection:
    """Which entries a build publishes."""

    now: datetime.datetime
    """The moment against which ``publish_at`` is held; with a zone."""
    drafts: bool = False
    """Also drafts and entries under review."""
    future: bool = False
    """Also entries whose ``publish_at`` has not come."""

    def includes(self, one: Entry | StaticPage, zone: datetime.tzinfo) -> bool:
        """Whether an entry or a page of a site in this time zone is published."""
        if not (self.drafts or one.status is Status.PUBLISHED):
            return False
        time = one.publish_at if isinstance(one, Entry) else None
        return self.future or time is None or time.replace(tzinfo=zone) <= self.now


@frozen(kw_only=True)
class Options:
    """What a build is asked for."""

    folder: Path
    """The site's folder: the one that holds ``content/``."""
    selection: Selection
    base_url: str | None = None
    """Instead of the one in site.yaml."""
    portable: bool = False
    strict: bool = False
    """Whether warnings stop the build."""
    jobs: int = 1
    """How many processes share the work of a large site."""
    uses_cache: bool = True
    """Whether what an earlier build made is used again."""
