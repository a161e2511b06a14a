"""Files that are there whole or not at all, whenever the program or the machine ends."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".rizhi-"
"""How a file is called that is not whole yet: with a dot in front, it is no content."""
_MADE: Final = re.compile(rf"{re.escape(TEMPORARY)}[a-z0-9_]{{8}}")
_LEFT: Final = 3600
"""Seconds after which nobody writes such a file any more: whoever did was killed."""


@contextlib.contextmanager
def whole_file(place: Path, body: bytes) -> Iterator[Path]:
    """A whole file in the folder of ``place``, to be given that name; where it was not, it is gone in the end.

    What was left there by a process that was killed is removed.
    """
    _tidy(place.parent)
    try:
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=place.parent)
    except OSError as error:
        # The temporary name says nothing to anybody.
        error.filename = str(place)
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _tidy(folder: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for one in found:
            is_made = _MADE.fullmatch(one.name) and one.is_file(follow_symlinks=False)
            if is_made and time.time() - one.stat().st_mtime > _LEFT:
                Path(one.path).unlink()
