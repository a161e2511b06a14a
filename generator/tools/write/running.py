"""Whether the writing page of a site is open already: a second double click only opens the browser."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generator.ground.fingerprint import fingerprint
from generator.pipeline.cache.database import ignored_by_git
from generator.pipeline.publish.manifest import STATE

SITE_HEADER: Final = "X-Rizhi-Site"
"""By which the page tells whose it is."""
_FILE: Final = "writing-port.txt"
_PATIENCE: Final = 3
"""Seconds."""


def identity(site: Path) -> str:
    """What tells a site's folder from others."""
    return fingerprint(str(site.resolve()).encode(errors="surrogateescape")).hex()


def running(site: Path, host: str, page: str) -> int | None:
    """The port on which this site's writing page is open; None where it is not."""
    try:
        port = int((site / STATE / _FILE).read_text(encoding="ascii"))
        connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", page)
            return port if connection.getresponse().headers.get(SITE_HEADER) == identity(site) else None
    except (OSError, ValueError, OverflowError, http.client.HTTPException):
        return None


@contextlib.contextmanager
def noted(site: Path, port: int) -> Iterator[None]:
    """Notes the port for a second start, while the page is open; where nothing can be noted, nothing is."""
    place = site / STATE / _FILE
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        ignored_by_git(place.parent)
        place.write_text(str(port), encoding="ascii")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            place.unlink()
