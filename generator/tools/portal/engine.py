"""Dask, on which the stages run: its local scheduler with processes, or a cluster.

Work is a function of this program and items that can be sent; it returns its result, and its problems as values. What
is kept in the store is never made twice, so a worker that dies costs only what it was doing.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from typing import Final, Protocol, TypeVar

from generator.tools.portal.extra import required

T = TypeVar("T")
R = TypeVar("R")
FEW: Final = 8
"""So many items are done at once in this process: starting others takes longer."""
TOGETHER: Final = 1_000
"""Items that are under way at once."""
TRIES: Final = 2
"""How often an item is tried alone whose worker died; it may have died of something else."""
Tell = Callable[[int], None]
"""Called with the number of items that are done."""


class LostWorkerError(Exception):
    """The process that did an item died each time."""


class Engine(Protocol):
    """Does the same work on many items."""

    def run(
        self, work: Callable[[T], R], items: Sequence[T], tell: Tell, *, together: int = TOGETHER
    ) -> Iterator[R | LostWorkerError]:
        """The results, in the order of the items, so many of which are held at once.

        What ``work`` raises is raised here. Raises Fault where the engine itself is lost.
        """


class LocalEngine:
    """Dask's scheduler with processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(
        self, work: Callable[[T], R], items: Sequence[T], tell: Tell, *, together: int = TOGETHER
    ) -> Iterator[R | LostWorkerError]:
        """See Engine."""
        if len(items) <= FEW or self._jobs == 1:
            for number, one in enumerate(items, 1):
                yield work(one)
                tell(number)
            return
        for start in range(0, len(items), together):
            part = items[start : start + together]
            try:
                yield from self._by_dask(work, part, start, tell)
            except BrokenProcessPool:
                yield from self._apart(work, part)

    def _by_dask(self, work: Callable[[T], R], items: Sequence[T], start: int, tell: Tell) -> Sequence[R]:
        dask, callbacks = required("dask"), required("dask.callbacks")
        delayed = [dask.delayed(work, pure=False)(dask.delayed(one, traverse=False)) for one in items]
        waiting = {one.key for one in delayed}

        def done(key: str, *_: object) -> None:
            waiting.discard(key)
            tell(start + len(items) - len(waiting))

        with _pool(self._jobs) as pool, callbacks.Callback(posttask=done):
            results: Sequence[R] = dask.compute(*delayed, scheduler="processes", pool=pool, chunksize=1)
            return results

    def _apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R | LostWorkerError]:
        """Each item in a process that does nothing else meanwhile, so that only what kills it is lost.

        What was kept in the store by those that died is not made again.
        """
        free: SimpleQueue[ProcessPoolExecutor] = SimpleQueue()

        def alone(item: T) -> R | LostWorkerError:
            for _ in range(TRIES):
                pool = free.get()
                try:
                    return pool.submit(work, item).result()
                except BrokenProcessPool:
                    pool = kept.enter_context(_pool(1))
                finally:
                    free.put(pool)
            return LostWorkerError()

        with contextlib.ExitStack() as kept, ThreadPoolExecutor(self._jobs) as threads:
            for _ in range(self._jobs):
                free.put(kept.enter_context(_pool(1)))
            yield from threads.map(alone, items)


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    # Only where there is much to do: it is slow to import.
    import multiprocessing

    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(kind)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
        yield pool


def _end_with_parent() -> None:
    """Ends this process when the one that waits for its work is killed: what is left of that ends no worker."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    # A worker forks nothing.
    threading.Thread(target=watch, daemon=True).start()
