"""Temporary folders: whoever makes one removes those whose process was killed.

Each is locked by its process, so that nobody else takes it for one that was left.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = "rizhi-", ".temporary"
_NAME: Final = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}{_SUFFIX}")
_YOUNG: Final = 1 if sys.platform != "win32" else 24 * 3600
"""Seconds in which a new folder gets its lock; on Windows, which locks no folders, those after which it was left."""


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder that is gone afterwards. Raises OSError."""
    folder, remove = made_folder()
    try:
        yield folder
    finally:
        remove()


def made_folder() -> tuple[Path, Callable[[], None]]:
    """An empty folder, and what removes it. Raises OSError."""
    with contextlib.suppress(OSError):
        _remove_abandoned(Path(tempfile.gettempdir()))
    folder = tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX)
    lock = _locked(folder)

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        _release(lock)

    return Path(folder), remove


def _remove_abandoned(above: Path) -> None:
    """Removes what killed processes left. Raises OSError."""
    for place in above.iterdir():
        if _NAME.fullmatch(place.name):
            with contextlib.suppress(OSError):
                if time.time() - place.stat().st_ctime > _YOUNG and (lock := _locked(str(place))) is not None:
                    shutil.rmtree(place, ignore_errors=True)
                    _release(lock)


def _locked(folder: str) -> int | None:
    """A file that holds the lock of a folder; None where another process holds it. Raises OSError."""
    if sys.platform == "win32":
        return -1
    file = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _release(lock: int | None) -> None:
    if lock is not None and lock >= 0:
        os.close(lock)
