"""The state of the live preview: builds the site again after each change, and reports problems to listeners."""

from __future__ import annotations

import contextlib
import threading
import traceback
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.ground.errors import BuildError
from generator.ground.frozen import frozen
from generator.model.options import Options
from generator.pipeline.build import Order, build
from generator.pipeline.cache.store import Cache
from generator.pipeline.snapshot import Look, glimpse, is_same, look
from generator.tools.report import format_problems


@frozen
class State:
    """The state of the preview, as it is sent to browsers."""

    version: int
    """The number of builds that succeeded."""
    problems: str | None
    """The problems of the last build, as the command line shows them; None where there are none."""


@dataclass(slots=True)
class Preview:
    """The preview of a site that is being edited. When a build fails, it keeps showing the last good version."""

    options: Callable[[], Options]
    """Returns the options of the next build; called for each build, because they contain the current time."""
    output: Path
    language: str
    state: State = field(default_factory=partial(State, 0, None))
    _found: Look | None = None
    """The snapshot of the last scan, full or of the reported paths; None before the first."""
    _order: Order | None = None
    """The next build, with its snapshot, where a scan has prepared it."""
    _cache: Cache = field(default_factory=partial(Cache.temporary, remembers=True))
    _listeners: list[Callable[[State | None], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, listener: Callable[[State | None], None]) -> None:
        """Adds a listener. It is called with each new state, in the thread that builds, and finally with None."""
        with self._lock:
            self._listeners.append(listener)

    def close(self) -> None:
        """Deletes the cache, after the last build."""
        self._cache.close()

    def end(self) -> None:
        """Sends None to all listeners. It takes no lock, so that a signal handler may call it."""
        for listener in tuple(self._listeners):
            listener(None)

    def scan(self, places: AbstractSet[str] | None) -> None:
        """Scans the site for the next ``refresh``, which reports the problems.

        ``places`` are the paths of the files that have changed since the last scan; None where they are not known.
        """
        self._order = None
        # An error must not end the watching thread.
        with contextlib.suppress(Exception):
            self._order = self._scanned(places)

    def rebuild(self) -> bool:
        """Builds the site like ``refresh``, then scans all of it; whether more has changed than the reported paths."""
        self.refresh()
        built, self._found = self._found, None
        with contextlib.suppress(Exception):
            self._found = look(self.options())
        return built is not None and (self._found is None or not is_same(built, self._found))

    def refresh(self) -> State:
        """Builds the site from the scan that was made for it, and sends the new state to all listeners.

        A problem, even an error of the program, becomes part of the state and is not raised.
        """
        problems = self._built()
        with self._lock:
            version = self.state.version + (problems is None)
            self.state = State(version, problems)
            listeners = list(self._listeners)
        for listener in listeners:
            listener(self.state)
        return self.state

    def _scanned(self, places: AbstractSet[str] | None = None) -> Order:
        options = self.options()
        glimpsed = glimpse(self._found, options, places) if self._found and places is not None else None
        found = glimpsed or look(options)
        return Order(options=options, found=found, output=self.output, shown="preview", is_private=True)

    def _built(self) -> str | None:
        order, self._order, self._found = self._order, None, None
        try:
            order = order or self._scanned()
            self._found = order.found
            build(order, self._cache)
        except BuildError as error:
            return format_problems(error.problems, self.options().folder, self.language, colour=False)
        except Exception:  # noqa: BLE001 - the preview continues, and shows the traceback
            return traceback.format_exc()
        return None
