"""Locks that only one process at a time holds: on an output folder, and on a cache.

They are the operating system's own (flock, or locking on Windows), so they end with the process that holds them. The
usual library takes longer to import than a small build takes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.publish.problems import foreign_file, os_errors_as_problems

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT_SECONDS: Final = 600
_POLL_SECONDS: Final = 0.05
_HELD: Final = frozenset((errno.EACCES, errno.EAGAIN, errno.EDEADLK))
"""What the system answers where another process holds the lock."""


class _Lock:
    """A lock on a file, which is created where it is missing and left in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = -1

    def acquire(self) -> bool:
        """Takes the lock without waiting. Returns whether it is held. Raises OSError where no file can be made."""
        while True:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            self._file = os.open(self.path, flags, 0o644)
            try:
                if not _lock(self._file):
                    self.release()
                    return False
                # Whoever held it may have removed the file meanwhile; then it locks nothing.
                if os.path.samestat(os.fstat(self._file), os.stat(self.path)):  # noqa: PTH116 - compared as is
                    return True
            except FileNotFoundError:
                pass
            except BaseException:
                self.release()
                raise
            self.release()

    def release(self) -> None:
        """Gives the lock back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def try_lock(path: Path) -> Callable[[], None] | None:
    """Takes the lock on a file without waiting; what gives it back, None where another process holds it.

    Raises OSError where no file can be made.
    """
    lock = _Lock(path)
    return lock.release if lock.acquire() else None


@contextlib.contextmanager
def locked_output(folder: Path, shown: str, on_wait: Callable[[], None] | None) -> Iterator[bool]:
    """Holds the lock of an output folder, which is made where it is missing, and removed if nothing came into it.

    ``shown`` is the folder as the user calls it. Where another process holds the lock, ``on_wait`` is called once and
    the lock is waited for; without ``on_wait`` nobody waits. Yields whether the lock is held. Raises BuildError.
    """
    state = folder / STATE
    with os_errors_as_problems(shown):
        if state.is_symlink():
            raise foreign_file(shown, STATE)
        made = [place for place in (folder, state) if not place.exists()]
        state.mkdir(parents=True, exist_ok=True)
        lock = _Lock(state / "lock")
        is_held = _acquired(lock, shown, on_wait)
    try:
        yield is_held
    finally:
        if is_held and state in made:
            _remove_empty(made, lock.path)
        lock.release()


@contextlib.contextmanager
def locked_cache(path: Path, shown: str, on_wait: Callable[[], None] | None) -> Iterator[bool]:
    """Holds the lock of the cache at ``path``, as ``locked_output`` does; it is not held where no file can be made."""
    lock = _Lock(path.with_name(f".lock-{path.name}"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_held = _acquired(lock, shown, on_wait)
    except OSError:
        is_held = False
    try:
        yield is_held
    finally:
        lock.release()


def _acquired(lock: _Lock, shown: str, on_wait: Callable[[], None] | None) -> bool:
    if lock.acquire():
        return True
    if on_wait is None:
        return False
    on_wait()
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        time.sleep(_POLL_SECONDS)
        # The build that held it may have removed its folder.
        lock.path.parent.mkdir(parents=True, exist_ok=True)
        if lock.acquire():
            return True
    raise BuildError(
        Problem(
            path=shown,
            message=say("another build has been publishing here for ten minutes"),
            hint=say("wait for it to end, or stop it, then build again"),
        )
    )


def _remove_empty(made: list[Path], lock: Path) -> None:
    """Removes the folders that a session made, where it put nothing but its lock into them."""
    with contextlib.suppress(OSError):
        if [place.name for place in made[-1].iterdir()] == [lock.name]:
            lock.unlink()
            for place in reversed(made):
                place.rmdir()
