"""Watches folders, and tells of changes once they have come to rest."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from watchdog.events import (
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

QUIET_SECONDS: Final = 0.03
"""Editors save in several steps within this time; wait, so that one edit builds once."""
PATIENCE_SECONDS: Final = 1.0
"""How long a burst of changes may put a build off."""

# Reading is told of as well, and the build reads.
_CHANGES: Final = frozenset(
    (EVENT_TYPE_CLOSED, EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED)
)


class Watch(FileSystemEventHandler):
    """Calls ``act`` in a thread of its own after each burst of changes below some of a folder's folders.

    A context manager. The folders, by their names, may come later.

    ``look`` is called before it, while it may be that more changes come, and called again where they do, with the
    places of all changes since ``act`` began last, as far as the system tells of them; of a change of a whole folder it
    is None. A change while ``act`` runs makes both run again, and so does an ``act`` that says so.
    """

    def __init__(
        self,
        folder: Path,
        names: Iterable[str],
        look: Callable[[AbstractSet[str] | None], object],
        act: Callable[[], bool],
    ) -> None:
        self._look, self._act = look, act
        self._told: deque[str | None] = deque()
        self._places = {str(folder / name) for name in names}
        self._stale = set(self._places)
        self._followed: dict[str, ObservedWatch] = {}
        self._changed = threading.Event()
        self._ended = False
        self._last = 0.0
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._observer = Observer()
        self._observer.schedule(self, str(folder), recursive=False)
        self._follow()

    def _follow(self) -> None:
        """Watches the folders that have come, and those that have come again in the place of others."""
        for place in sorted(self._stale):
            self._stale.discard(place)
            if place in self._followed:
                with contextlib.suppress(KeyError, OSError):
                    self._observer.unschedule(self._followed.pop(place))
            if Path(place).is_dir():
                with contextlib.suppress(OSError):
                    self._followed[place] = self._observer.schedule(self, place, recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Notes a change, as watchdog tells it."""
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == EVENT_TYPE_MODIFIED):
            return
        # In the site's own folder they are told with ``./``.
        places = {os.path.normpath(str(place)) for place in (event.src_path, event.dest_path) if place}
        self._stale |= self._places & places
        self._told.extend((None,) if event.is_directory else places)
        self._last = time.monotonic()
        self._changed.set()

    def _run(self) -> None:
        while self._changed.wait() and not self._ended:
            first = time.monotonic()
            places = set[str | None]()
            is_quiet = False
            while not is_quiet:
                # A change that is told of up to here was made before the look that follows.
                self._changed.clear()
                if self._ended:
                    return
                self._follow()
                while self._told:
                    places.add(self._told.popleft())
                self._look(None if None in places else {place for place in places if place})
                rest = self._last + QUIET_SECONDS - time.monotonic()
                is_quiet = not self._changed.wait(max(0, rest)) or time.monotonic() - first > PATIENCE_SECONDS
            if self._act():
                self._changed.set()

    def __enter__(self) -> Self:
        self._observer.start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observer.stop()
        self._ended = True
        self._changed.set()
        self._observer.join()
        self._thread.join()
