"""Locks that only one build at a time holds: on an output folder, and on a cache."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.publish.problems import foreign, refused

WAIT_SECONDS: Final = 600


@contextlib.contextmanager
def locked_output(folder: Path, shown: str, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of an output folder, which is made where it is missing, and removed if nothing came into it.

    ``shown`` is the folder as the user calls it. ``on_wait`` is called once if another build holds the lock. Raises
    BuildError.
    """
    state = folder / STATE
    with refused(shown):
        if state.is_symlink():
            raise foreign(shown, STATE)
        made = [place for place in (folder, state) if not place.exists()]
        lock = FileLock(state / "lock")
        while not lock.is_locked:
            state.mkdir(parents=True, exist_ok=True)
            _acquire(lock, shown, on_wait)
            # The build that held it may have removed the file with its folder.
            if not (state / "lock").exists():
                lock.release()
    try:
        yield
    finally:
        if state in made and {place.name for place in state.iterdir()} <= {"lock"}:
            with contextlib.suppress(OSError):
                (state / "lock").unlink()
                for place in reversed(made):
                    place.rmdir()
        lock.release()


@contextlib.contextmanager
def locked_cache(path: Path, shown: str, on_wait: Callable[[], None] | None) -> Iterator[bool]:
    """Holds the lock of the cache at ``path``. Yields whether it is held.

    It is not where no file can be made there, and, without ``on_wait``, where another process holds it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f".lock-{path.name}"))
        if on_wait is None:
            lock.acquire(timeout=0)
        else:
            _acquire(lock, shown, on_wait)
    except (OSError, Timeout):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _acquire(lock: FileLock, shown: str, on_wait: Callable[[], None]) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait()
        try:
            lock.acquire(timeout=WAIT_SECONDS)
        except Timeout:
            raise BuildError(
                Problem(
                    path=shown,
                    message=say("another build has been publishing here for ten minutes"),
                    hint=say("wait for it to end, or stop it, then build again"),
                )
            ) from None
