"""A session: one build, check or export of one site. It owns the lock, the cache and the snapshot.

The cache is opened and the site is scanned when the lock is held, so no decision is older than the lock.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from generator.ground.errors import BuildError
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message
from generator.model.options import Options
from generator.model.report import Report
from generator.pipeline.cache.database import BrokenCacheError, UnwritableCacheError, delete_unused
from generator.pipeline.cache.spill import SpillFile, unwritable
from generator.pipeline.cache.store import Cache
from generator.pipeline.publish.lock import locked_cache, locked_output
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.snapshot import (
    PublishedFiles,
    Snapshot,
    cache_header,
    changed_outputs,
    scan,
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
    on_unwritable_cache: Callable[[], None] = lambda: None
    """Called when the cache cannot be written, so that the build does without it."""
    explain: Callable[[Message], None] | None = None
    """Called with each file that is made again, and why."""
    cache: Cache | None = None
    """A cache of the caller's own, as the preview has it; None for that of the site."""
    trusts_output: bool = False
    """Whether all files in the output are surely as the last build published them."""
    snapshot: Snapshot | None = None
    """A scan of the site that the caller has just made."""
    scan: Callable[[Options], Snapshot] = scan
    """Finds what the build depends on: the files of a site, or those of a portal."""
    planner: Callable[[Any, Any, Any], Any] | None = None
    """Plans pages that are not those of a site, as ``plan/from_sources.plan_site`` does; None for a site."""
    renders: Callable[[Any, Any, Any], Iterable[Any]] | None = None
    """Renders stale files elsewhere, as ``make/render_stage.rendered_here`` does by processes of this machine."""


class Session:
    """A context manager. It takes the lock at once if nobody holds it.

    Where another build does, the session can only find out whether the site is up to date, until ``wait_for_lock``.
    """

    cache: Cache
    snapshot: Snapshot

    def __init__(self, request: BuildRequest) -> None:
        self.request = request
        self.options = request.options
        self.publishes = request.publishes
        self.explains = request.explain is not None
        self.is_open = False
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
            self._open(None)
        except BaseException:
            self._resources.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.__exit__(kind, error, trace)

    def wait_for_lock(self) -> None:
        """Waits for the build that holds the lock. Raises BuildError where it does not end."""
        self._open(functools.cache(self.request.on_wait))

    def _open(self, on_wait: Callable[[], None] | None) -> None:
        """Takes the locks of the output and of the cache, opens the cache and scans the site. All or nothing.

        A check or an export takes only the lock of the cache, and waits for nobody: where another process has it, they
        do without a cache.
        """
        request, path = self.request, self._cache_path
        with contextlib.ExitStack() as held:
            if self.publishes and not self._has_output(held, on_wait):
                return
            has_cache = path is not None and held.enter_context(locked_cache(path, request.shown, on_wait))
            if path is not None and not has_cache and self.publishes and on_wait is None:
                return
            self.is_open = True
            if path is not None and has_cache:
                delete_unused(path)
                self.cache = held.enter_context(Cache.open(path, cache_header()))
            else:
                self.cache = request.cache or held.enter_context(Cache.temporary())
            self._changed_outputs = held.enter_context(self._scanning_output())
            self.snapshot = request.snapshot or request.scan(self.options)
            self._resources.push(held.pop_all())
        if self.cache.was_damaged:
            request.on_damaged_cache()

    def _has_output(self, held: contextlib.ExitStack, on_wait: Callable[[], None] | None) -> bool:
        """Takes the lock of the output; whether it is held. Raises BuildError."""
        try:
            return held.enter_context(locked_output(self.request.output, self.request.shown, on_wait))
        except BuildError:
            # Where nothing can be written, nothing may have to be.
            if on_wait is None:
                return False
            raise

    @contextlib.contextmanager
    def _scanning_output(self) -> Iterator[Callable[[], AbstractSet[str]]]:
        """Scans the output of a large site in a child, while this process scans the sources. Gives the result."""
        work = functools.partial(changed_outputs, self.cache, self.request.output)
        is_worth_a_child = self.publishes and self._cache_path is not None and self.cache.is_large
        with run_in_child(work, self.options.jobs if is_worth_a_child else 1) as result:
            yield result or work

    def up_to_date_report(self) -> Report | None:
        """The report of a build in which nothing changed since the last; None where anything did."""
        path = self._cache_path
        if path is None:
            return None
        if self.is_open:
            return self._report_of(self.cache, self.snapshot, self._changed_outputs)
        cache = Cache.existing(path, cache_header())
        if cache is None:
            return None
        with cache, cache.reading():
            modified = functools.partial(changed_outputs, cache, self.request.output)
            return self._report_of(cache, self.request.scan(self.options), modified)

    def _report_of(self, cache: Cache, snapshot: Snapshot, modified: Callable[[], AbstractSet[str]]) -> Report | None:
        try:
            return up_to_date_report(snapshot, cache, self.request.output, modified)
        except Exception:
            # A damaged row is a reason to build, which begins the cache again.
            if not cache.is_damaged():
                raise
            return None

    def published_files(self) -> PublishedFiles:
        """What earlier builds published, and what of it is intact. Raises BrokenCacheError."""
        rows, output = self.cache.published(), self.request.output
        if not self.publishes:
            return PublishedFiles(rows, frozenset(), None)
        is_known = self.request.trusts_output or not rows
        return PublishedFiles(rows, frozenset() if is_known else self._changed_outputs(), output)

    def attempt(self, work: Callable[[Self], T]) -> T:
        """The result of ``work``, done again with an empty cache where the cache is damaged or cannot be written."""
        assert self.is_open
        try:
            return work(self)
        except UnwritableCacheError:
            self.parsed = None
            self.cache.do_without()
            self.request.on_unwritable_cache()
            return self._again(work)
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
        return self._again(work)

    def _again(self, work: Callable[[Self], T]) -> T:
        try:
            return work(self)
        except BrokenCacheError as error:
            raise unwritable(error) from error

    def save(self, work: Callable[[], None]) -> None:
        """Does ``work``, which saves for the next build what this one published; a full disk is no reason to fail."""
        try:
            work()
        except UnwritableCacheError:
            self.request.on_unwritable_cache()
