"""A cluster of dask.distributed: the same work, done by workers that need not share a disk with this process.

Everything sent is sealed in bytes, with the version of the code that it is for, and so is everything that comes back.
"""

from __future__ import annotations

import contextlib
import pickle
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, Self, TypeVar

from generator.ground.code_digest import code_digest
from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.tools.portal.engine import TOGETHER, Engine, LocalEngine, LostWorkerError, Tell
from generator.tools.portal.extra import required
from generator.tools.portal.patience import in_time

T = TypeVar("T")
R = TypeVar("R")
_CONNECTING: Final = 10
"""Seconds in which the scheduler must answer, at first and when the way to it was interrupted."""
_LOOKING: Final = 5
"""Seconds after which it is looked whether there are workers at all."""
_PATIENCE: Final = 60
"""Seconds that workers may be missing: nannies start new ones meanwhile."""


def work_on(body: bytes, version: bytes) -> bytes:
    """What a worker does: the work on an item, both pickled. Its result, or what it raised, pickled."""
    if version != code_digest():
        return pickle.dumps(("other version", required("distributed").get_worker().address))
    try:
        work, item = pickle.loads(body)  # noqa: S301 - our own
        return pickle.dumps(("done", work(item)), 5)
    except Exception as error:  # noqa: BLE001 - raised again where the work comes from
        return _raised(error)


def _raised(error: Exception) -> bytes:
    with contextlib.suppress(Exception):
        body = pickle.dumps(("raised", error))
        pickle.loads(body)  # noqa: S301 - what cannot be read there is described
        return body
    return pickle.dumps(("raised", RuntimeError(traceback.format_exc())))


class ClusterEngine:
    """The workers of a scheduler. A context manager, which connects when there is work."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.close(timeout=_LOOKING)

    def run(
        self, work: Callable[[T], R], items: Sequence[T], tell: Tell, *, together: int = TOGETHER
    ) -> Iterator[R | LostWorkerError]:
        """See Engine. The work of a worker that died is given to another, as often as the scheduler allows it."""
        rest, waiting = iter(items), deque[tuple[bytes, Any]]()
        for number in range(1, len(items) + 1):
            if len(waiting) <= together // 2:
                bodies = [pickle.dumps((work, one), 5) for one in islice(rest, together - len(waiting))]
                waiting.extend(zip(bodies, self._sent(bodies), strict=True))
            body, future = waiting.popleft()
            result = self._result(future)
            if isinstance(result, LostWorkerError):
                result = self._alone(body, [other for _, other in waiting])
            yield result
            tell(number)

    def _alone(self, body: bytes, others: Sequence[Any]) -> Any:
        """The result of an item that shared its worker with others, one of which may have killed that."""
        for other in others:
            self._result(other)
        (future,) = self._sent([body])
        return self._result(future)

    def _sent(self, bodies: list[bytes]) -> list[Any]:
        client = self._connected()
        if not bodies:
            return []
        try:
            futures: list[Any] = client.map(work_on, bodies, version=code_digest(), pure=False)
        except Exception as error:  # noqa: BLE001 - whatever keeps the scheduler from being reached
            raise self._lost(error) from None
        return futures

    def _connected(self) -> Any:
        if self._client is None:
            distributed = required("distributed")
            try:
                self._client = in_time(
                    lambda: distributed.Client(self._address, timeout=_CONNECTING, set_as_default=False),
                    3 * _CONNECTING,
                )
            except Exception as error:  # noqa: BLE001 - likewise
                raise self._lost(error) from None
        return self._client

    def _result(self, future: Any) -> Any:
        """The result of an item, or LostWorkerError; what the work raised is raised. Raises Fault."""
        distributed = required("distributed")
        try:
            kind, value = pickle.loads(self._awaited(future))  # noqa: S301 - our own
        except distributed.KilledWorker:
            return LostWorkerError()
        if kind == "raised":
            raise value
        if kind == "other version":
            raise _unfit(say("the worker at {address} runs another version of rizhi", address=value))
        return value

    def _awaited(self, future: Any) -> bytes:
        """What a worker sends back. Nobody waits without end for a scheduler or for workers that are not there."""
        distributed = required("distributed")
        last_seen = time.monotonic()
        while True:
            try:
                found: bytes = future.result(timeout=_LOOKING)
            except TimeoutError:
                if self._has_workers():
                    last_seen = time.monotonic()
                elif time.monotonic() - last_seen > _PATIENCE:
                    raise Fault(
                        say("the scheduler at {address} has no workers", address=self._address),
                        say("start some: dask worker {address}", address=self._address),
                    ) from None
            except (OSError, distributed.CancelledError, distributed.comm.CommClosedError) as error:
                raise self._lost(error) from None
            except distributed.KilledWorker:
                raise
            except Exception as error:  # noqa: BLE001 - what the work itself raises is sent as a value
                raise _unfit(say("a worker cannot run the work: {fact}", fact=_fact(error))) from None
            else:
                return found

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.sync(self._client.scheduler.ncores, callback_timeout=_CONNECTING))
        except Exception as error:  # noqa: BLE001 - whatever keeps the scheduler from answering
            raise self._lost(error) from None

    def _lost(self, error: BaseException) -> Fault:
        if isinstance(error, Fault):
            return error
        return Fault(
            say("the scheduler at {address} cannot be reached: {fact}", address=self._address, fact=_fact(error)),
            say("start it, or build without --scheduler; what was published stays as it was"),
        )


def _unfit(message: Message) -> Fault:
    return Fault(message, say("install the same version of rizhi on all workers, and start them again"))


def _fact(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


@contextlib.contextmanager
def opened_engine(scheduler: str | None, jobs: int) -> Iterator[Engine]:
    """The engine: the cluster of a scheduler at an address, or this machine."""
    if scheduler is None:
        yield LocalEngine(jobs)
        return
    with ClusterEngine(scheduler) as engine:
        yield engine
