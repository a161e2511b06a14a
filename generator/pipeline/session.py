"""A session: one build, check or export of one site. It owns the lock, the cache and the snapshot.

Whatever decides about a build is taken from the session, so no decision is older than the lock.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from generator.ground.errors import BuildError
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message
from generator.model.options import Options
from generator.model.report import Report
from generator.pipeline.cache.database import BrokenCacheError, delete_unused
from generator.pipeline.cache.spill import SpillFile, no_room
from generator.pipeline.cache.store import Cache
from generator.pipeline.publish.lock import locked_cache, locked_output
from generator.pipeline.publish.manifest import STATE, state_of
from generator.pipeline.snapshot import (
    OutputStatus,
    PublishedFiles,
    Snapshot,
    cache_header,
    scan,
    scan_output,
    up_to_date_report,
)
from generator.pipeline.workers import run_in_child

T = TypeVar("T")

Progress = Callable[[Message, int, int], None]
"""Called during long work with what is done, how much of it is done, and of how much."""


@frozen(kw_only=True)
class BuildRequest:
    """What somebody asks for."""

    options: Options
    output: Path
    shown: str = "output"
    """The output as the user calls it, for problems."""
    publishes: bool = True
    """False for a check or an export, which leave the output alone and wait for no other build."""
    progress: Progress = lambda _what, _done, _total: None
    on_wait: Callable[[], None] = lambda: None
    """Called once when another build holds the lock."""
    on_damaged_cache: Callable[[], None] = lambda: None
    """Called when the cache is damaged and begun again, so that everything is made again."""
    explain: Callable[[Message], None] | None = None
    """Called with each file that is made again, and why."""
    cache: Cache | None = None
    """A cache of the caller's own, with an output into which nobody else writes, as the preview has them; None for
    that of the site."""
    snapshot: Snapshot | None = None
    """A scan of the site that the caller has just made."""


class Session:
    """A context manager. It begins without the lock, which a site in which nothing changed does not need."""

    cache: Cache
    snapshot: Snapshot

    def __init__(self, request: BuildRequest) -> None:
        self.request = request
        self.options = request.options
        self.publishes = request.publishes
        self.explains = request.explain is not None
        self.was_rescanned = False
        """Whether the site was scanned again after the lock was had, since the cache was another by then."""
        self.parsed: Callable[[], Any] | None = None
        """The results of the changed sources where a child parses them (``plan/sources``); None elsewhere."""
        self._cache_path: Path | None = None
        """None for a cache that does not last."""
        if request.cache is None and self.options.uses_cache:
            name = fingerprint(os.fsencode(request.output.resolve())).hex()
            self._cache_path = self.options.folder / STATE / name
        self._resources = contextlib.ExitStack()
        self.spill = self._resources.enter_context(SpillFile(self.options.folder / STATE))

    def __enter__(self) -> Self:
        try:
            early = Cache.existing(self._cache_path, cache_header()) if self._cache_path else self.request.cache
            if early is not None:
                self._begin(early)
        except BaseException:
            self._resources.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.__exit__(kind, error, trace)

    def _begin(self, cache: Cache) -> None:
        """Scans the site, to be built with this cache; the output is scanned by a child meanwhile."""
        self.cache = cache
        if cache is not self.request.cache:
            self._resources.callback(cache.close)
        status = partial(scan_output, cache, self.request.output)
        is_worth_a_child = self.publishes and self._cache_path is not None and cache.is_large
        child = self._resources.enter_context(run_in_child(status, self.options.jobs if is_worth_a_child else 1))
        self._status = child or status
        self.snapshot = self.request.snapshot or scan(self.options)

    def unchanged_report(self) -> Report | None:
        """The report of a build in which nothing changed since the last; None where anything did."""
        if self._cache_path is None or not hasattr(self, "cache"):
            return None
        return up_to_date_report(self.snapshot, self.cache, self.request.output, self._status)

    def lock(self) -> None:
        """Takes the locks of the output and of the cache. Scans the site again if another build changed the cache.

        Raises BuildError. A check or an export takes only the lock of the cache, and waits for nobody: where a build
        has it, they do without a cache.
        """
        request, path = self.request, self._cache_path
        if self.publishes:
            self._resources.enter_context(locked_output(request.output, request.shown, request.on_wait))
        if path is None:
            if request.cache is None:
                self._begin(Cache.temporary())
            return
        on_wait = request.on_wait if self.publishes else None
        is_locked = self._resources.enter_context(locked_cache(path, request.shown, on_wait))
        if is_locked:
            delete_unused(path)
            if hasattr(self, "cache") and self.cache.is_current():
                return
        self._begin(Cache.open(path, cache_header()) if is_locked else Cache.temporary())
        if self.cache.was_damaged:
            request.on_damaged_cache()
        self.was_rescanned = True

    def published_files(self) -> PublishedFiles:
        """What earlier builds published, and what of it is intact. Raises BrokenCacheError."""
        rows, output = self.cache.published(), self.request.output
        if not self.publishes:
            return PublishedFiles(rows, frozenset(), None)
        if self.request.cache is not None or not rows:
            return PublishedFiles(rows, frozenset(), output)
        found: OutputStatus = self._status()
        if found.state != state_of(output):
            # Somebody has published since the output was scanned.
            found = scan_output(self.cache, output)
        return PublishedFiles(rows, found.modified, output)

    def attempt(self, work: Callable[[Self], T]) -> T:
        """The result of ``work``, which is done again with an empty cache where the cache turns out to be damaged."""
        try:
            return work(self)
        except BrokenCacheError:
            pass
        except BuildError:
            raise
        except Exception:
            # A damaged row may lead to any error; without one, the error is a fault of the program.
            if not self.cache.is_damaged():
                raise
        self.parsed = None
        self.cache.restart()
        self.request.on_damaged_cache()
        try:
            return work(self)
        except BrokenCacheError as error:
            raise no_room(error) from error
