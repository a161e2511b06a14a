"""The manifest: which files in an output folder the generator wrote. Nothing else there is ever touched."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

STATE: Final = ".rizhi"
"""The generator's own folder: in an output it holds the lock, the manifest and, while a build runs, the staging; in a
site's folder the cache, its lock and the encoded pictures."""
HEADER: Final = "rizhi manifest 1"


def owned_files(output: Path) -> frozenset[str]:
    """The files that earlier builds wrote; empty where there is no manifest, or where it cannot be read."""
    try:
        manifest = output / STATE / "manifest"
        header, *paths = manifest.read_text(encoding="utf-8").split("\n") if manifest.is_file() else [""]
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError, ValueError):
        return frozenset()
    if header != HEADER:
        return frozenset()
    return frozenset(path for path in paths if _is_inside(path))


def _is_inside(path: str) -> bool:
    # Nearly all paths are settled by a look for odd characters; only the others are split into parts.
    if path and "\0" not in path and ".." not in path and path[0] not in "/.":
        return True
    pure = PurePosixPath(path)
    is_plain = "\0" not in path and not pure.is_absolute() and ".." not in pure.parts
    return is_plain and pure.parts[:1] not in ((), (STATE,))


def write_manifest(state: Path, paths: Iterable[str]) -> None:
    """Writes the list of the generator's files, whole or not at all. Raises OSError."""
    staged = state / "manifest.new"
    with staged.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join([HEADER, *sorted(paths)]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    staged.replace(state / "manifest")
