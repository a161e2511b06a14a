"""Keeps the preview's connections below what one program may have open, so that a build can always read files."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import sys
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

BACKLOG: Final = 16
"""Connections that are accepted at a time: each of them is open before it is counted."""
OUT_OF_HANDLES: Final = frozenset((errno.EMFILE, errno.ENFILE))
_USUAL: Final = 1024
"""Handles where the system does not say how many a program may have."""
_WANTED: Final = 4096
_RESERVED: Final = 96
"""Handles for what else is open: a build's files, the cache, the watch."""


def most_connections() -> int:
    """How many connections may be open; each may have a file open as well. Asks the system for more handles first."""
    return max(8, (_handles() - _RESERVED) // 2)


def _handles() -> int:
    if sys.platform == "win32":
        return _USUAL
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return wanted if soft == resource.RLIM_INFINITY else soft


def connection(most: int) -> type[asyncio.Protocol]:
    """A protocol for a web server with at most so many connections.

    For one more, the oldest goes that waits for nothing; where all wait, the new one goes.
    """

    class Connection(H11Protocol):
        is_refused = False

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            if len(_open) >= most:
                idle = next((one for one in _open if one.cycle is None or one.cycle.response_complete), None)
                if idle is None:
                    self.is_refused = True
                    transport.abort()
                    return
                _open.pop(idle)
                idle.transport.abort()
            _open[self] = None
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            _open.pop(self, None)
            if not self.is_refused:
                super().connection_lost(exc)

    # In the order in which they were made.
    _open: dict[Connection, None] = {}
    return Connection


def quietly(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Passes over that there are no handles left, which the loop tells for each connection and tries again."""
    error = context.get("exception")
    if not isinstance(error, OSError) or error.errno not in OUT_OF_HANDLES:
        loop.default_exception_handler(context)
