"""File stats: size, mtime, ctime and inode, by which an unchanged file is recognised without reading it.

A stat is trusted only where it was clearly older than the scan that recorded it: a later edit within the
granularity of the clock could leave the same stat. It includes the ctime, which no program can reset.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

GRANULARITY_NS: Final = 50_000_000
"""How much older than a scan a stat must be, on a file system that stores nanoseconds."""
COARSE_GRANULARITY_NS: Final = 2_100_000_000
"""The same where the file system stores times in steps of one or two seconds."""
_NUMBERED: Final = 0 if os.name == "nt" else (1 << 63) - 1
"""The bits of the inode number that are kept: none on Windows, where listing a folder does not give it."""

FileStat = tuple[int, int, int, int]
"""Size in bytes, mtime and ctime in nanoseconds, inode number."""
FileStats = Mapping[str, FileStat]


class File(NamedTuple):
    """A file as a scan found it."""

    path: str
    """Its path on the disk."""
    stat: FileStat


def file_stat(found: os.stat_result) -> FileStat:
    """The stat of a file, from what the system returned for it."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _NUMBERED)


def granularity(stats: Iterable[FileStat]) -> int:
    """How many nanoseconds older than a scan these stats must be to be trusted."""
    return GRANULARITY_NS if any(stat[2] % 1_000_000_000 for stat in stats) else COARSE_GRANULARITY_NS


def are_trusted(stats: Iterable[FileStat], moment: int) -> bool:
    """Whether a scan that began at ``moment``, in nanoseconds since 1970, can trust all these stats."""
    known = list(stats)
    newest = max((max(stat[1], stat[2]) for stat in known), default=0)
    return moment - newest >= granularity(known)


def tree_stats(folder: str, *, is_top: bool = True) -> Iterator[tuple[str, FileStat]]:
    """The path and stat of each file below a folder; nothing where the folder does not exist. Raises OSError.

    Symbolic links to files are followed; links to folders only where they are direct children of this folder. A
    direct subfolder is yielded too, with a stat of zeros, so that its existence is recorded.
    """
    try:
        children = os.scandir(folder)
    except FileNotFoundError:
        return
    with children:
        for child in children:
            if child.is_dir(follow_symlinks=is_top):
                if is_top:
                    yield child.path, (0, 0, 0, 0)
                if child.name != "__pycache__":
                    yield from tree_stats(child.path, is_top=False)
            else:
                yield child.path, file_stat(child.stat())
