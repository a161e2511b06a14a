"""Calls one function for many items in several processes, and gives the results in the order of the items.

The workers are forks of this process, so they know all that it knows and send back nothing but results.
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
"""Items; fewer are done before workers have started."""
BATCH_SIZE: Final = 50
"""Items that a process takes at a time: large against the cost of a message, small against the whole."""
MAX_BATCHES: Final = 1000
"""As many numbers as fit into the smallest pipe that Linux makes, which is one page of memory."""
_NUMBER: Final = struct.Struct("<I")
_FRAME_HEADER: Final = struct.Struct("<IQ")
"""The number of a batch, and the size of the pickle of its results, which follows."""
_PIPE_SIZE: Final = 1 << 20


def processors() -> int:
    """How many processes can run at once here."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def parallel_map(work: Callable[[A], B], items: Sequence[A], jobs: int, *, weight: int = 1) -> Iterable[B]:
    """``work`` of each item, in the order of the items.

    ``jobs`` processes share the work, this one among them, if there is enough of it and the system can fork.
    An item counts as ``weight`` common ones. What ``work`` raises is raised here. Raises BuildError when a
    worker dies.
    """
    if jobs < 2 or len(items) * weight < PARALLEL_THRESHOLD or not hasattr(os, "fork"):
        return map(work, items)
    return _parallel_map(work, items, jobs, max(1, BATCH_SIZE // weight))


@contextlib.contextmanager
def run_in_child(work: Callable[[], B], jobs: int) -> Iterator[Callable[[], B] | None]:
    """Runs ``work`` in a child process during the block, and gives a function that returns its result.

    Gives None if ``jobs`` or the system allows no child. If the child fails, the function runs ``work`` itself.
    """
    if jobs < 2 or not hasattr(os, "fork"):
        yield None
        return
    with _started(lambda _: work(), batches=1, count=1) as (_, workers):

        @cache
        def result() -> B:
            frame = workers[0].receive()
            return work() if frame is None or isinstance(frame[1], _Failure) else frame[1]

        yield result if workers else None


def isolated(work: Callable[[], B]) -> B:
    """The result of ``work``, done by a child process, if the system can fork.

    For libraries that start threads: a process with threads must not fork, because its children would wait for
    threads that they do not have. What ``work`` raises is raised here. Raises BuildError when the child dies.
    """
    if not hasattr(os, "fork"):
        return work()

    def run(_: int) -> B | _Failure:
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - raised again in the parent
            return _Failure(error)

    with _started(run, batches=1, count=1) as (_, workers):
        frame = workers[0].receive() if workers else None
        if frame is None:
            raise _worker_died()
        if isinstance(frame[1], _Failure):
            raise frame[1].error
        result: B = frame[1]
        return result


@frozen
class _Failure:
    """Replaces the results of a batch when ``work`` raises."""

    error: Exception


def _parallel_map(work: Callable[[A], B], items: Sequence[A], jobs: int, batch_size: int) -> Iterator[B]:
    size = max(batch_size, -(-len(items) // MAX_BATCHES))
    batches = -(-len(items) // size)

    def run_batch(number: int) -> list[B] | _Failure:
        try:
            return [work(item) for item in items[number * size : (number + 1) * size]]
        except Exception as error:  # noqa: BLE001 - raised again in the parent, when the batch has its turn
            return _Failure(error)

    with _started(run_batch, batches=batches, count=min(jobs, batches) - 1) as (queue, workers):
        finished: dict[int, Any] = {}
        own_numbers = _batch_numbers(queue)
        running = list(workers)
        for number in range(batches):
            while number not in finished:
                own = next(own_numbers, None)
                if own is not None:
                    finished[own] = run_batch(own)
                elif not running:
                    raise _worker_died()
                finished.update(_received(running, wait=own is None))
            results = finished.pop(number)
            if isinstance(results, _Failure):
                raise results.error
            yield from results


def _received(running: list[_Worker], *, wait: bool) -> Iterator[tuple[int, Any]]:
    """The batches that have arrived; with ``wait``, at least one. Removes workers that have ended from the list."""
    while running and (readable := select.select(running, [], [], None if wait else 0)[0]):
        for worker in readable:
            if frame := worker.receive():
                yield frame
                wait = False
            else:
                running.remove(worker)


def _worker_died() -> BuildError:
    return BuildError(
        Problem(
            path="build",
            message=say("a process that was helping has died"),
            hint=say("there may be too little memory; try again with --jobs 1"),
        )
    )


@contextlib.contextmanager
def _started(run_batch: Callable[[int], Any], *, batches: int, count: int) -> Iterator[tuple[int, list[_Worker]]]:
    """A queue and the workers that take from it until the block ends; fewer than ``count`` if the system refuses.

    The queue is a pipe that holds the numbers of all batches: whoever is free takes the next, so none is idle
    while another has more to do.
    """
    queue, write_end = os.pipe()
    os.write(write_end, b"".join(map(_NUMBER.pack, range(batches))))
    os.close(write_end)
    workers: list[_Worker] = []
    # Signals wait until all workers are listed, to be killed, and until no worker has the parent's handlers.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})

    def run_worker(results: int) -> None:
        # The parent answers Ctrl-C, and kills its workers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        # Nobody but the parent may be able to read: then a worker that writes after the parent's death ends.
        for earlier in workers:
            os.close(earlier.fileno())
        for number in _batch_numbers(queue):
            body = _pickled(run_batch(number))
            _write(results, _FRAME_HEADER.pack(number, len(body)) + body)

    try:
        try:
            for _ in range(count):
                workers.append(_Worker(run_worker))  # noqa: PERF401 - those that did start must be killed
        except OSError:
            pass
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        yield queue, workers
    finally:
        os.close(queue)
        for worker in workers:
            worker.kill()


def _batch_numbers(queue: int) -> Iterator[int]:
    """The numbers of the batches that this process takes. Reads of so few bytes are never divided."""
    while number := os.read(queue, _NUMBER.size):
        yield _NUMBER.unpack(number)[0]


class _Worker:
    """A fork of this process, and the pipe that brings its results here."""

    def __init__(self, run: Callable[[int], None]) -> None:
        """``run`` is all that the fork does. It gets the end of the pipe to write to."""
        self._read_end, write_end = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(self._read_end)
            os.close(write_end)
            raise
        if self._process == 0:
            try:
                os.close(self._read_end)
                _enlarge(write_end)
                run(write_end)
            finally:
                os._exit(0)
        os.close(write_end)

    def fileno(self) -> int:
        """The end of the pipe where results arrive, for select."""
        return self._read_end

    def receive(self) -> tuple[int, Any] | None:
        """Waits for a batch, and returns its number and its results; None if the worker has ended."""
        try:
            number, size = _FRAME_HEADER.unpack(self._read(_FRAME_HEADER.size))
            body = self._read(size)
        except EOFError:
            return None
        return number, pickle.loads(body)  # noqa: S301 - our own

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        rest = memoryview(data)
        while rest:
            count = os.readv(self._read_end, [rest])
            if not count:
                raise EOFError
            rest = rest[count:]
        return data

    def kill(self) -> None:
        """Ends the worker, whatever it does."""
        os.close(self._read_end)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _enlarge(pipe: int) -> None:
    """Gives a pipe room for several batches, so that a worker need not wait until its parent reads."""
    # Only Linux has this command, and it limits what one user's pipes may hold.
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)


def _write(pipe: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _pickled(results: Any) -> bytes:
    try:
        return pickle.dumps(results, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - what cannot be sent is described
        return pickle.dumps(_Failure(RuntimeError(traceback.format_exc())))
