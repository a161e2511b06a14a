"""FileStats: what a file system says of a file, by which an untouched file is known without reading it.

A stamp is believed only where it was safely older than the look that noted it: an edit within the clock's
grain could bear the same stamp. The time of the last status change is in it, which no program can put back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

GRANULARITY_NS: Final = 50_000_000
"""How much older than a look a stamp must be, on a file system that keeps nanoseconds."""
COARSE_GRANULARITY_NS: Final = 2_100_000_000
"""The same where times are whole seconds, or two."""
_NUMBERED: Final = 0 if os.name == "nt" else (1 << 63) - 1
"""What of a file's number is kept: Windows tells none to those who list a folder."""

FileStat = tuple[int, int, int, int]
"""Size in bytes, times of the last change of content and of status in nanoseconds, the file's number."""
FileStats = Mapping[str, FileStat]


class File(NamedTuple):
    """A file as a walk found it."""

    place: str
    """Where it lies on the disk."""
    stamp: FileStat


def file_stat(found: os.stat_result) -> FileStat:
    """The stamp that a look at a file gives."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _NUMBERED)


def grain(stamps: Iterable[FileStat]) -> int:
    """How much older than a look these stamps must be to be believed."""
    return GRANULARITY_NS if any(stamp[2] % 1_000_000_000 for stamp in stamps) else COARSE_GRANULARITY_NS


def are_trusted(stamps: Iterable[FileStat], moment: int) -> bool:
    """Whether all these stamps can be believed by a look that began at ``moment``, in nanoseconds since 1970."""
    known = list(stamps)
    newest = max((max(stamp[1], stamp[2]) for stamp in known), default=0)
    return moment - newest >= grain(known)


def below(folder: str, *, is_top: bool = True) -> Iterator[tuple[str, FileStat]]:
    """The stamps of all files below a folder; none where it is not there. Raises OSError.

    Links to files are followed, and of links to folders those in this one itself. Its own folders have a stamp of
    noughts, so that it is known that they are there.
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
                    yield from below(child.path, is_top=False)
            else:
                yield child.path, file_stat(child.stat())
