"""Work shared by several processes: the same results in the same order as in one.

The process that asks works too. All take the numbers of batches from one pipe, so that none waits while another
has more to do; what helpers made comes back through a pipe of each one's own.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import struct
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from generator.ground.errors import BuildError, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say

A = TypeVar("A")
B = TypeVar("B")

PARALLEL_THRESHOLD: Final = 400
"""Items; fewer are done before helpers have started."""
BATCH: Final = 50
"""Items that are taken at a time: large against the cost of a message, small against all there is to do."""
MOST_BATCHES: Final = 8000
"""As many numbers as surely fit into a pipe."""
_NUMBER: Final = struct.Struct("<I")
_FRAME: Final = struct.Struct("<IQ")
_PIPE_BYTES: Final = 1 << 20
_SET_PIPE_SIZE: Final = 1031
"""Linux, fcntl(2): F_SETPIPE_SZ, which Python names only from 3.10 on and not everywhere."""


def processors() -> int:
    """How many processes can run at once here."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def parallel_map(work: Callable[[A], B], items: Sequence[A], jobs: int, *, weight: int = 1) -> Iterable[B]:
    """``work`` done on each item, the results in the order of the items.

    ``jobs`` processes share the work when there is enough of it and the system can fork: then they have what
    this process has, and nothing but results is sent. ``weight`` is as how many common items one counts. What
    ``work`` raises is raised here. Raises BuildError when a process dies.
    """
    if jobs < 2 or len(items) * weight < PARALLEL_THRESHOLD or not hasattr(os, "fork"):
        return map(work, items)
    return _shared(work, items, jobs, max(1, BATCH // weight))


@contextlib.contextmanager
def run_in_child(work: Callable[[], B], jobs: int) -> Iterator[Callable[[], B] | None]:
    """``work`` done by a process beside this one within the block; None where ``jobs`` or the system allows for none.

    Call what is given for the result. Where the process dies or fails, the work is done here then.
    """
    if jobs < 2 or not hasattr(os, "fork"):
        yield None
        return
    numbers = _numbers(1)
    helper = _Helper(lambda _: work(), numbers)
    os.close(numbers)

    @cache
    def result() -> B:
        heard: list[tuple[int, B]] = []
        while not heard and not helper.is_over:
            _speaking([helper], wait=True)
            heard = helper.hear()
        return heard[0][1] if heard else work()

    try:
        yield result
    finally:
        helper.end()


@frozen
class _Failed:
    """What stands for the results of a batch whose work raised."""

    error: BaseException


def _shared(work: Callable[[A], B], items: Sequence[A], jobs: int, batch_size: int) -> Iterator[B]:
    size = max(batch_size, -(-len(items) // MOST_BATCHES))
    total = -(-len(items) // size)

    def batch(number: int) -> list[B] | _Failed:
        try:
            return [work(item) for item in items[number * size : (number + 1) * size]]
        except Exception as error:  # noqa: BLE001 - it is raised again where the results are wanted
            return _Failed(error)

    numbers = _numbers(total)
    helpers: list[_Helper] = []
    try:
        for _ in range(min(jobs, total) - 1):
            helpers.append(_Helper(batch, numbers))  # noqa: PERF401 - those that were started have to be ended
        yield from _in_order(batch, numbers, helpers, total)
    finally:
        os.close(numbers)
        for helper in helpers:
            helper.end()


def _in_order(batch: Callable[[int], Any], numbers: int, helpers: Sequence[_Helper], total: int) -> Iterator[Any]:
    """The results of all batches, some of them made here."""
    done: dict[int, Any] = {}
    following = 0
    own = _taken(numbers)
    while following < total:
        number = next(own, None)
        if number is not None:
            done[number] = batch(number)
        is_waiting = number is None and following not in done
        heard = [found for helper in _speaking(helpers, wait=is_waiting) for found in helper.hear()]
        done.update(heard)
        if is_waiting and not heard and all(helper.is_over for helper in helpers):
            raise BuildError(
                Problem(
                    path="build",
                    message=say("a process that was helping has died"),
                    hint=say("there may be too little memory; try again with --jobs 1"),
                )
            )
        while following in done:
            results = done.pop(following)
            if isinstance(results, _Failed):
                raise results.error
            yield from results
            following += 1


def _speaking(helpers: Sequence[_Helper], *, wait: bool) -> Iterable[_Helper]:
    """The helpers that have something to say; with ``wait``, not before one has."""
    open_helpers = [helper for helper in helpers if not helper.is_over]
    speaking, _, _ = select.select(open_helpers, [], [], None if wait and open_helpers else 0)
    return speaking


def _numbers(total: int) -> int:
    """A pipe that holds all batches' numbers, for whoever takes one."""
    reading, writing = os.pipe()
    with open(writing, "wb") as file:  # noqa: PTH123 - a descriptor has no path
        file.write(b"".join(map(_NUMBER.pack, range(total))))
    return reading


def _taken(numbers: int) -> Iterator[int]:
    """The numbers that this process takes. So small a read is never divided."""
    while raw := os.read(numbers, _NUMBER.size):
        yield _NUMBER.unpack(raw)[0]


class _Helper:
    """A process that helps: a copy of this one, which ends with the work."""

    def __init__(self, batch: Callable[[int], Any], numbers: int) -> None:
        self.is_over = False
        self._heard = bytearray()
        self._reading, writing = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _help(batch, numbers, writing)
        os.close(writing)
        os.set_blocking(self._reading, False)

    def fileno(self) -> int:
        """Where it speaks, for select."""
        return self._reading

    def hear(self) -> list[tuple[int, Any]]:
        """What it made since it was last heard: numbers of batches and their results."""
        with contextlib.suppress(BlockingIOError):
            while raw := os.read(self._reading, _PIPE_BYTES):
                self._heard += raw
            self.is_over = True
        found, at = [], 0
        while len(self._heard) - at >= _FRAME.size:
            number, length = _FRAME.unpack_from(self._heard, at)
            end = at + _FRAME.size + length
            if len(self._heard) < end:
                break
            found.append((number, pickle.loads(memoryview(self._heard)[end - length : end])))  # noqa: S301 - our own
            at = end
        del self._heard[:at]
        return found

    def end(self) -> None:
        """Ends it, wherever it is."""
        os.close(self._reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _help(batch: Callable[[int], Any], numbers: int, writing: int) -> None:
    """What a helper does from its beginning to its end."""
    try:
        # The process that asked ends its helpers; a Ctrl-C is its to answer.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _widen(writing)
        with open(writing, "wb") as file:
            for number in _taken(numbers):
                body = _pickled(batch(number))
                file.write(_FRAME.pack(number, len(body)) + body)
                file.flush()
    finally:
        os._exit(0)


def _widen(pipe: int) -> None:
    """Gives a pipe room, so that a helper need not wait until it is heard."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE_BYTES)


def _pickled(results: Any) -> bytes:
    try:
        return pickle.dumps(results, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - what cannot be sent is told in words
        return pickle.dumps(_Failed(RuntimeError(traceback.format_exc())))
