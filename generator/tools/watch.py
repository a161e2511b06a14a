"""Watches the site's folders, and starts a rebuild when a burst of changes has ended."""

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
"""Editors save in several steps within this time. Waiting for it makes one edit start one build."""
LOOK_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 1.0
"""How long a burst of changes may delay a build."""

# Watchdog reports reads too, and the build reads files.
_CHANGES: Final = frozenset(
    (EVENT_TYPE_CLOSED, EVENT_TYPE_CREATED, EVENT_TYPE_DELETED, EVENT_TYPE_MODIFIED, EVENT_TYPE_MOVED)
)


class Watch(FileSystemEventHandler):
    """Calls ``act`` in its own thread after each burst of changes in the subfolders ``names`` of a folder.

    A context manager. The subfolders need not exist yet.

    ``prepare`` is called before ``act``, and again for each change that follows within the burst. Its argument is the
    paths of all reported changes since ``act`` last began, or None where a whole folder has changed. A change while
    ``act`` runs makes both run again; so does ``act`` when it returns True.
    """

    def __init__(
        self,
        folder: Path,
        names: Iterable[str],
        prepare: Callable[[AbstractSet[str] | None], object],
        act: Callable[[], bool],
    ) -> None:
        self._prepare, self._act = prepare, act
        self._folder = folder
        self._identity: tuple[int, int] | None = _identity(folder)
        self._reported: deque[str | None] = deque()
        self._roots = {str(folder / name) for name in names}
        self._stale = set(self._roots)
        self._watched: dict[str, ObservedWatch] = {}
        self._changed = threading.Event()
        self._ended = False
        self._last = 0.0
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._observer = Observer()
        self._top = self._observer.schedule(self, str(folder), recursive=False)
        self._watch_folders()

    def _watch_folders(self) -> None:
        """Watches the folders that are new, and those that have been replaced."""
        for place in sorted(self._stale):
            self._stale.discard(place)
            if place in self._watched:
                with contextlib.suppress(KeyError, OSError):
                    self._observer.unschedule(self._watched.pop(place))
            if Path(place).is_dir():
                with contextlib.suppress(OSError):
                    self._watched[place] = self._observer.schedule(self, place, recursive=True)

    def _is_replaced(self) -> bool:
        """Whether the folder itself is gone, or another in its place; then what is there now is watched."""
        identity = _identity(self._folder)
        if identity == self._identity:
            return False
        self._identity = identity
        with contextlib.suppress(KeyError, OSError):
            self._observer.unschedule(self._top)
        if identity is not None:
            with contextlib.suppress(OSError):
                self._top = self._observer.schedule(self, str(self._folder), recursive=False)
        self._stale |= self._roots
        self._reported.append(None)
        return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Records a change that watchdog reports."""
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == EVENT_TYPE_MODIFIED):
            return
        # In the current folder, watchdog reports them with ``./``.
        places = {os.path.normpath(str(place)) for place in (event.src_path, event.dest_path) if place}
        self._stale |= self._roots & places
        if str(self._folder) in places:
            # A folder in its place may have the same number.
            self._identity = None
        self._reported.extend((None,) if event.is_directory else places)
        self._last = time.monotonic()
        self._changed.set()

    def _run(self) -> None:
        while not self._ended:
            # A folder tells nobody that it was moved or made again, so it is looked at now and then.
            if not self._changed.wait(LOOK_SECONDS) and not self._is_replaced():
                continue
            first = time.monotonic()
            places = set[str | None]()
            is_quiet = False
            while not is_quiet:
                # Every change that is reported up to here was made before the following call of ``prepare``.
                self._changed.clear()
                if self._ended:
                    return
                self._watch_folders()
                while self._reported:
                    places.add(self._reported.popleft())
                self._prepare(None if None in places else {place for place in places if place})
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


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of the same name; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
