"""What stands in the output folder, looked up where a file is to be published. Nothing is written through a link."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Final

from generator.model.outputs import Copy, Output

BLOCK: Final = 1 << 16


class Kind(Enum):
    """What is at a path."""

    NOTHING = auto()
    FOLDER = auto()
    FILE = auto()
    OTHER = auto()
    """A link or a pipe: nothing that the generator makes."""


@dataclass(slots=True)
class OutputTree:
    """What stands in the output folder before anything is renamed into it. A folder is looked up once."""

    folder: Path
    owned: frozenset[str]
    """What earlier builds wrote, by path from the folder."""
    _folders: dict[str, Kind] = field(default_factory=dict)

    def has_same_bytes(self, item: Output | Copy) -> bool:
        """Whether the file to be published is there already, byte for byte."""
        if self._kind_of_folder(item.path.rpartition("/")[0]) is not Kind.FOLDER:
            return False
        place = self.folder / item.path
        try:
            found = place.lstat()
            if not stat.S_ISREG(found.st_mode):
                return False
            if isinstance(item, Output):
                return found.st_size == len(item.body) and place.read_bytes() == item.body
            return found.st_size == item.original.stat().st_size and _same(place, item.original)
        except FileNotFoundError:
            return False

    def obstacle(self, path: str) -> str | None:
        """The part of ``path`` at which there is something foreign; None where the way is free."""
        folder = path.rpartition("/")[0]
        kind = self._kind_of_folder(folder)
        if kind is Kind.NOTHING:
            return None
        if kind is not Kind.FOLDER:
            return self._nearest_foreign(folder)
        kind = self._kind(path)
        if kind is Kind.NOTHING or (kind is Kind.FILE and path in self.owned):
            return None
        return path if kind is not Kind.FOLDER or self._holds_foreign(path) else None

    def _nearest_foreign(self, folder: str) -> str | None:
        """The part of a folder's path that is no folder; None where it is a file of ours, which will be removed."""
        while folder:
            if self._kind(folder) not in (Kind.NOTHING, Kind.FOLDER):
                return None if folder in self.owned else folder
            folder = folder.rpartition("/")[0]
        return None

    def _kind_of_folder(self, folder: str) -> Kind:
        """What is at the path of a folder; NOTHING also below a file of ours."""
        known = self._folders.get(folder)
        if known is None:
            above = self._kind_of_folder(folder.rpartition("/")[0]) if folder else Kind.FOLDER
            if above is not Kind.FOLDER:
                # What is below a missing folder is not remembered: in a new site, that would be everything.
                return above
            known = self._folders[folder] = self._kind(folder)
        return known

    def _kind(self, path: str) -> Kind:
        try:
            mode = os.lstat(self.folder / path).st_mode if path else self.folder.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return Kind.NOTHING
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return Kind.NOTHING
            raise
        if stat.S_ISDIR(mode):
            return Kind.FOLDER
        return Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER

    def _holds_foreign(self, folder: str) -> bool:
        """Whether a folder that has to be replaced by a file holds anything that the generator did not write."""
        return any(
            place.is_symlink() or not place.is_dir()
            for place in (self.folder / folder).rglob("*")
            if place.relative_to(self.folder).as_posix() not in self.owned
        )


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        blocks = iter(lambda: (first.read(BLOCK), second.read(BLOCK)), (b"", b""))
        return all(mine == theirs for mine, theirs in blocks)
