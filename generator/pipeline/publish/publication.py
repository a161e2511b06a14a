"""Publishing: files are staged next to the published site, then renamed in, then obsolete ones are removed.

Killed at any moment, a build leaves whole files only, and the next one finishes what it began: the manifest names
every file as ours before the first one appears, and until the last one is gone.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, Self

from generator.ground.errors import BuildError, PartialPublicationError
from generator.model.outputs import Copy, Output
from generator.model.report import Published
from generator.pipeline.publish.manifest import STATE, owned_files, write_manifest
from generator.pipeline.publish.output_tree import OutputTree
from generator.pipeline.publish.problems import foreign_file, os_errors_as_problems

NEEDED_BY_PAGES: Final = frozenset(("assets", "cards", "files", "pictures", "search"))
"""Folders whose files pages show or load."""


class Staged(NamedTuple):
    """A file that is ready to be published."""

    path: str
    """From the output folder."""
    is_new: bool
    """Whether it is in the staging; False where the published file has these bytes already."""
    place: Path | None = None
    """Where the bytes of a copy are that are published; None for a file that was made."""


@dataclass(slots=True)
class Publication:
    """One publication into ``folder``, whose lock the caller holds. A context manager.

    Raises BuildError where the folder cannot be used, with the published site untouched.
    """

    folder: Path
    shown: str
    """The folder as the user calls it, for problems."""
    _tree: OutputTree = field(init=False)
    _staging: str = field(init=False)
    _new: set[str] = field(default_factory=set)
    _wanted: set[str] = field(default_factory=set)
    _listed: AbstractSet[str] = frozenset()
    """The files in the manifest."""

    def __enter__(self) -> Self:
        self._staging = f"{self._state}/staging"
        with os_errors_as_problems(self.shown):
            shutil.rmtree(self._staging, ignore_errors=True)
            Path(self._staging).mkdir()
            self._tree = OutputTree(self.folder, owned_files(self.folder))
            self._listed = self._tree.owned
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)

    @property
    def _state(self) -> Path:
        return self.folder / STATE

    def stage(self, item: Output | Copy) -> Staged:
        """Writes a file into the staging, unless the published one has these bytes already.

        Any process may do this; the one that publishes must then ``include`` it.
        """
        with os_errors_as_problems(self.shown):
            if self._tree.has_same_bytes(item):
                return Staged(item.path, is_new=False, place=_place(self.folder, item))
            obstacle = self._tree.obstacle(item.path)
            if obstacle is not None:
                raise foreign_file(self.shown, obstacle)
            staged = f"{self._staging}/{item.path}"
            self._make_folder(staged.rpartition("/")[0])
            if isinstance(item, Output):
                # Buffered, so that a write that the disk takes only in part is an error and no torn page.
                with open(staged, "wb") as file:  # noqa: PTH123 - thousands are written
                    file.write(item.body)
            else:
                shutil.copyfile(item.original, staged)
            return Staged(item.path, is_new=True, place=_place(self._staging, item))

    def made(self, path: str) -> bytes | None:
        """The bytes of a file as it is staged, else as it is published; None where it is neither."""
        for folder in (self._staging, self.folder):
            with suppress(OSError):
                return Path(folder, path).read_bytes()
        return None

    def _make_folder(self, folder: str) -> None:
        try:
            os.mkdir(folder)  # noqa: PTH102 - thousands are made
        except FileExistsError:
            pass
        except FileNotFoundError:
            self._make_folder(folder.rpartition("/")[0])
            self._make_folder(folder)

    def claim(self, paths: Iterable[str]) -> None:
        """Counts files as ours that an earlier build surely wrote, even where the manifest was lost."""
        lost = frozenset(paths) - self._tree.owned
        if lost:
            self._tree = OutputTree(self.folder, self._tree.owned | lost)

    def include_unchanged(self, paths: Iterable[str]) -> None:
        """Counts published files that stay as they are among those to publish."""
        self._wanted.update(paths)

    def include(self, staged: Staged) -> None:
        """Counts a staged file among those to publish."""
        self._wanted.add(staged.path)
        if staged.is_new:
            self._new.add(staged.path)

    def publish(self) -> Published:
        """Renames the staged files in and removes those of earlier builds that are no longer wanted."""
        obsolete = sorted(self._tree.owned - self._wanted, reverse=True)
        unchanged = len(self._wanted) - len(self._new)
        with os_errors_as_problems(self.shown):
            places = [target for _, target in _moves(Path(self._staging), self.folder)]
            _check_writable([*places, *(self.folder / path for path in obsolete)])
            self._list(self._tree.owned | self._wanted)
        try:
            with os_errors_as_problems(self.shown):
                obstacles = _obstacles(obsolete, self._new)
                removed = sum(self._remove(path) for path in obstacles)
                for staged, target in _moves(Path(self._staging), self.folder):
                    _clear(staged, target)
                    staged.replace(target)
                removed += sum(self._remove(path) for path in obsolete if path not in obstacles)
                self._list(self._wanted)
        except BuildError as error:
            raise PartialPublicationError(*error.problems) from error
        return Published(len(self._new), unchanged, removed)

    def _list(self, paths: AbstractSet[str]) -> None:
        if paths != self._listed:
            write_manifest(self._state, paths)
            self._listed = paths

    def _remove(self, path: str) -> bool:
        """Removes a file and the folders that it leaves empty."""
        if any((self.folder / part).is_symlink() for part in _parts(path)):
            return False
        try:
            (self.folder / path).unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return False
            raise
        for above in PurePosixPath(path).parents[:-1]:
            try:
                (self.folder / above).rmdir()
            except OSError:
                break
        return True


def _place(folder: str | Path, item: Output | Copy) -> Path | None:
    return Path(folder) / item.path if isinstance(item, Copy) else None


def _parts(path: str) -> list[str]:
    """``a/b/c`` → ``a``, ``a/b``, ``a/b/c``."""
    steps = path.split("/")
    return ["/".join(steps[: number + 1]) for number in range(len(steps))]


def _obstacles(obsolete: Iterable[str], staged: Iterable[str]) -> list[str]:
    """Files that have to be removed first: where a folder is needed, or below a folder that becomes a file."""
    new = set(staged)
    folders = {part for path in new for part in _parts(path)[:-1]}
    return [path for path in obsolete if path in folders or any(part in new for part in _parts(path)[:-1])]


def _clear(staged: Path, target: Path) -> None:
    """Removes empty folders where a file has to be."""
    if target.is_dir() and not target.is_symlink() and staged.is_file():
        for folder in sorted((place for place in target.rglob("*") if place.is_dir()), reverse=True):
            folder.rmdir()
        target.rmdir()


def _moves(staged: Path, place: Path) -> list[tuple[Path, Path]]:
    """What has to be renamed, and to what, so that ``place`` holds all that ``staged`` holds.

    A folder that is new goes as a whole. What pages need comes before them, and home last.
    """
    moves = []
    for child in sorted(staged.iterdir(), key=_readers_last):
        target = place / child.name
        if child.is_dir() and target.is_dir():
            moves += _moves(child, target)
        else:
            moves.append((child, target))
    return moves


def _readers_last(place: Path) -> tuple[bool, bool, bool, str]:
    return (place.is_file(), place.name not in NEEDED_BY_PAGES, place.name == "index.html", place.name)


def _check_writable(places: Iterable[Path]) -> None:
    """Checks before the first rename what would stop a later one. Raises PermissionError."""
    for folder in sorted({place.parent for place in places}):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
