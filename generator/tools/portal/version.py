"""The version of the code, down to its last letter: results of another one are of no use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator import __version__
from generator.ground.file_stat import tree_stats
from generator.ground.fingerprint import fingerprint


@cache
def code_version() -> bytes:
    """The digest of the code of this program."""
    package = str(Path(__file__).parents[2])
    code = sorted(path for path, _ in tree_stats(package) if path.endswith((".py", ".yaml", ".txt")))
    parts = (part for path in code for part in (path.removeprefix(package).encode(), Path(path).read_bytes()))
    return fingerprint(__version__.encode(), *parts)
