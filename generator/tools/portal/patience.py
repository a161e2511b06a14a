"""What does not answer in time is given up: a scheduler or a store that takes a call and says nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


def in_time(ask: Callable[[], T], seconds: float) -> T:
    """What ``ask`` returns. Raises what it raises, and TimeoutError where it takes longer, and is left to itself."""
    results: SimpleQueue[T | Exception] = SimpleQueue()

    def run() -> None:
        try:
            results.put(ask())
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            results.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        found = results.get(timeout=seconds)
    except Empty:
        raise TimeoutError(seconds) from None
    if isinstance(found, Exception):
        raise found
    return found
