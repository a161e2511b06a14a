"""The preview: a site built anew after each change, and what is wrong with it at the moment."""

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
from generator.pipeline.cache.store import Cache
from generator.pipeline.run import run_build
from generator.pipeline.session import BuildRequest
from generator.pipeline.snapshot import Snapshot, is_same, rescan_paths, scan
from generator.tools.report import told


@frozen
class State:
    """What a browser has to know."""

    version: int
    """Grows with each build that succeeds."""
    problems: str | None
    """What is wrong, as the command line tells it; None when all is well."""


@dataclass(slots=True)
class Preview:
    """A site being written. Whatever is done to its files, it goes on showing the last version that was whole."""

    options: Callable[[], Options]
    """What to build, asked anew each time, because time passes."""
    output: Path
    language: str
    state: State = field(default_factory=partial(State, 0, None))
    _snapshot: Snapshot | None = None
    """The last scan of the site, with the paths that were scanned again since."""
    _request: BuildRequest | None = None
    """The next build, for which the site was scanned."""
    _cache: Cache = field(default_factory=partial(Cache.temporary, remembers=True))
    _heard: list[Callable[[State | None], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, hear: Callable[[State | None], None]) -> None:
        """Has ``hear`` called with each new state, from whatever thread builds; at the end with None."""
        with self._lock:
            self._heard.append(hear)

    def close(self) -> None:
        """Forgets all that was built, behind the last build."""
        self._cache.close()

    def end(self) -> None:
        """Tells whoever listens that nothing more will come. It waits for nobody, so that a signal may call it."""
        for hear in tuple(self._heard):
            hear(None)

    def look(self, places: AbstractSet[str] | None) -> None:
        """Looks at the site for the ``refresh`` that follows, which tells what is wrong with it.

        ``places`` are those of the files that have changed since; None where they cannot be told.
        """
        self._request = None
        # The thread that watches must not end of it.
        with contextlib.suppress(Exception):
            self._request = self._scanned(places)

    def follow(self) -> bool:
        """Builds the site as ``refresh`` does, then scans all of it; whether more has changed than was reported."""
        self.refresh()
        built, self._snapshot = self._snapshot, None
        with contextlib.suppress(Exception):
            self._snapshot = scan(self.options())
        return built is not None and (self._snapshot is None or not is_same(built, self._snapshot))

    def refresh(self) -> State:
        """Builds the site, as it was when it was last looked at for that.

        A problem, even one of the program's own, is a state and no exception.
        """
        problems = self._built()
        with self._lock:
            version = self.state.version + (problems is None)
            self.state = State(version, problems)
            heard = list(self._heard)
        for hear in heard:
            hear(self.state)
        return self.state

    def _scanned(self, places: AbstractSet[str] | None = None) -> BuildRequest:
        options, last = self.options(), self._snapshot
        rescanned = rescan_paths(last, options, places) if last and places is not None else None
        snapshot = rescanned or scan(options)
        return BuildRequest(options=options, output=self.output, shown="preview", cache=self._cache, snapshot=snapshot)

    def _built(self) -> str | None:
        request, self._request, self._snapshot = self._request, None, None
        try:
            request = request or self._scanned()
            self._snapshot = request.snapshot
            run_build(request)
        except BuildError as error:
            return told(error.problems, self.options().folder, self.language, colour=False)
        except Exception:  # noqa: BLE001 - a preview lives on, and shows what a developer has to know
            return traceback.format_exc()
        return None
