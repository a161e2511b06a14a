"""The options of a build: the site's folder, what to publish, and how."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.ground.frozen import frozen
from generator.model.content import Entry, StaticPage, Status


@frozen(kw_only=True)
class Selection:
    """Which entries a build publishes."""

    now: datetime.datetime
    """The current time, with a zone; ``publish_at`` is compared with it."""
    drafts: bool = False
    """Whether drafts and entries under review are published too."""
    future: bool = False
    """Whether entries are published too whose ``publish_at`` is in the future."""

    def includes(self, one: Entry | StaticPage, zone: datetime.tzinfo) -> bool:
        """Whether an entry or page is published; ``zone`` is the site's time zone."""
        if not (self.drafts or one.status is Status.PUBLISHED):
            return False
        time = one.publish_at if isinstance(one, Entry) else None
        return self.future or time is None or time.replace(tzinfo=zone) <= self.now


@frozen(kw_only=True)
class Options:
    """The options of a build."""

    folder: Path
    """The site's folder: the one that holds ``content/``."""
    selection: Selection
    base_url: str | None = None
    """Overrides the one in site.yaml; None to use that."""
    portable: bool = False
    strict: bool = False
    """Whether warnings stop the build like problems."""
    jobs: int = 1
    """The number of processes for a large site."""
    uses_cache: bool = True
    """Whether results of earlier builds are reused."""
    without: frozenset[str] = frozenset()
    """The paths of texts that are left aside, as if they were not there."""
