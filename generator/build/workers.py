"""Work in several processes: the same results in the same order as in one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from generator.ground.errors import BuildError, Problem
from generator.ground.words import say

A = TypeVar("A")
B = TypeVar("B")

WORTH_A_POOL: Final = 400
"""Items; fewer are done before a pool has started."""
BATCH: Final = 50
"""Items that a worker takes at a time: large against the cost of a message, small against all there is to do."""


def processors() -> int:
    """How many processes can run at once here."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def each(work: Callable[[A], B], items: Sequence[A], jobs: int) -> Iterable[B]:
    """``work`` done on each item, the results in the order of the items.

    ``jobs`` processes share the work when there is enough of it and the system can fork: then they have what
    this process has, and nothing but results is sent. What ``work`` raises is raised here. Raises BuildError
    when a process dies.
    """
    if jobs < 2 or len(items) < WORTH_A_POOL or not hasattr(os, "fork"):
        return map(work, items)
    return _in_pool(work, items, jobs)


def _in_pool(work: Callable[[A], B], items: Sequence[A], jobs: int) -> Iterator[B]:
    # Loaded for a pool alone, which few builds need.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_inherit, initargs=(work, items)) as pool:
            for results in pool.map(_batch, range(0, len(items), BATCH)):
                yield from results
    except BrokenProcessPool:
        raise BuildError(
            Problem(
                path="build",
                message=say("a process that was helping has died"),
                hint=say("there may be too little memory; try again with --jobs 1"),
            )
        ) from None


_inherited: list[Any] = []
"""What a worker was given when it was forked: the work and the items."""


def _inherit(work: Callable[[A], B], items: Sequence[A]) -> None:
    # The process that started the workers ends them; a Ctrl-C is its to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _inherited[:] = work, items


def _batch(start: int) -> list[Any]:
    work, items = _inherited
    return [work(item) for item in items[start : start + BATCH]]
