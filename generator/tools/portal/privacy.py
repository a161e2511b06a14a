"""What no page of a portal may say: the guard of a portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.ground.errors import Problem
from generator.ground.file_stat import File, file_stat
from generator.ground.frozen import frozen
from generator.model.content import Content
from generator.pipeline.checks.privacy_scan import Guard, Leak, guard
from generator.render.privacy import Rules
from generator.tools.portal.settings import PORTAL, Portal


@frozen
class PortalGuard(Guard):
    """A guard that looks in portal.yaml, too, for what is found in a page."""

    own: Mapping[str, File]
    """portal.yaml."""

    def problems(
        self, leaks: Iterable[Leak], files: Mapping[str, File], themes: Callable[[], Mapping[str, File]] = dict
    ) -> list[Problem]:
        """The leaks that are not allowed, at their places in portal.yaml, if it says them."""
        return Guard.problems(self, leaks, {**files, **self.own}, themes)


def portal_rules(portal: Portal) -> Rules:
    """What a portal keeps private: it knows the persons of its own people.yaml."""
    return guard(Content(people=portal.people), portal.settings).rules


def portal_guard(portal: Portal, folder: Path) -> Guard:
    """The guard of the portal in ``folder``."""
    own, place = guard(Content(people=portal.people), portal.settings), folder / PORTAL
    found = {PORTAL: File(str(place), file_stat(place.stat()))}
    return PortalGuard(own.rules, own.ids, own.scanner, own.detector, found)
