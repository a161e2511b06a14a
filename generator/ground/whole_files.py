"""Files that are there whole or not at all, whenever the program or the machine ends."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".rizhi-"
"""How a file is called that is not whole yet: with a dot in front, it is no content."""


@contextlib.contextmanager
def whole_file(place: Path, body: bytes) -> Iterator[Path]:
    """A whole file in the folder of ``place``, to be given that name; where it was not, it is gone in the end."""
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
