"""Dask, on which the stages run: its local scheduler with processes, or a cluster.

Work is a function of this program and items that can be sent; it returns its result, and its problems as values. What
is kept in the store is never made twice, so a worker that dies costs only what it was doing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, Protocol, Self, TypeVar

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.tools.portal.extra import required

T = TypeVar("T")
R = TypeVar("R")
FEW: Final = 8
"""So many items are done at once in this process: starting others takes longer."""
_TRIES: Final = 3
"""How often an item is tried whose worker died."""


class LostWorkerError(Exception):
    """The process that did an item died each time."""


class Engine(Protocol):
    """Does the same work on many items."""

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R | LostWorkerError]:
        """The results, in the order of the items. Raises Fault where the engine itself is lost."""


class LocalEngine:
    """Dask's scheduler with processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R | LostWorkerError]:
        """See Engine."""
        if len(items) <= FEW or self._jobs == 1:
            return map(work, items)
        return self._in_processes(work, items)

    def _in_processes(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R | LostWorkerError]:
        dask = required("dask")
        delayed = [dask.delayed(work, pure=False)(dask.delayed(one, traverse=False)) for one in items]
        try:
            with _pool(self._jobs) as pool:
                yield from dask.compute(*delayed, scheduler="processes", pool=pool)
        except BrokenProcessPool:
            # Which item it was is found out by doing each alone; what is kept in the store is not made again.
            yield from (self._alone(work, one) for one in items)

    def _alone(self, work: Callable[[T], R], item: T) -> R | LostWorkerError:
        try:
            with _pool(1) as pool:
                return pool.submit(work, item).result()
        except BrokenProcessPool:
            return LostWorkerError()


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    import multiprocessing

    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(kind)) as pool:
        yield pool


class ClusterEngine:
    """A cluster of dask.distributed. A context manager."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Self:
        distributed = required("distributed")
        try:
            self._client = distributed.Client(self._address, timeout=10, set_as_default=False)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being reached
            raise self._lost(error) from None
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.close(timeout=5)

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R | LostWorkerError]:
        """See Engine. A worker that dies is replaced by another, as often as the cluster allows it."""
        distributed = required("distributed")
        try:
            futures = self._client.map(work, list(items), pure=False, retries=_TRIES)
            for future in futures:
                try:
                    yield future.result()
                except distributed.KilledWorker:
                    yield LostWorkerError()
        except (Fault, GeneratorExit):
            raise
        except (OSError, TimeoutError, distributed.CancelledError, distributed.comm.CommClosedError) as error:
            raise self._lost(error) from None

    def _lost(self, error: BaseException) -> Fault:
        fact = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Fault(
            say("the scheduler at {address} cannot be reached: {fact}", address=self._address, fact=fact),
            say("start it, or build without --scheduler; what was published stays as it was"),
        )


@contextlib.contextmanager
def opened_engine(scheduler: str | None, jobs: int) -> Iterator[Engine]:
    """The engine: a cluster's scheduler at an address, or this machine. Raises Fault."""
    if scheduler is None:
        yield LocalEngine(jobs)
        return
    with ClusterEngine(scheduler) as engine:
        yield engine
