"""The digest of the code of this program, down to its last letter: what another version made is of no use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from generator import __version__
from generator.ground.file_stat import FileStat, tree_stats
from generator.ground.fingerprint import fingerprint

_PACKAGE: Final = str(Path(__file__).parents[1])


def code_stats() -> dict[str, FileStat]:
    """The stats of all files with code, messages or words, by path. While they stand, so does ``code_digest``."""
    return {path: stat for path, stat in tree_stats(_PACKAGE) if path.endswith((".py", ".yaml", ".txt"))}


@cache
def code_digest() -> bytes:
    """The digest of the version and of these files. Reading them takes ten times as long as their stats."""
    parts = (part for path in sorted(code_stats()) for part in (path.removeprefix(_PACKAGE).encode(), _bytes_of(path)))
    return fingerprint(__version__.encode(), *parts)


def _bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - hundreds are read
        return file.read()
