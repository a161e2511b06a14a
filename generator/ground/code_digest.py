"""The digest of the code of this program, down to its last letter: what another version made is of no use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator import __version__
from generator.ground.file_stat import tree_stats
from generator.ground.fingerprint import fingerprint


@cache
def code_digest() -> bytes:
    """The digest of the version, and of all files with code, messages or words."""
    package = str(Path(__file__).parents[1])
    code = sorted(path for path, _ in tree_stats(package) if path.endswith((".py", ".yaml", ".txt")))
    parts = (part for path in code for part in (path.removeprefix(package).encode(), Path(path).read_bytes()))
    return fingerprint(__version__.encode(), *parts)
