"""Publishing: staged beside the site that stands, then renamed in, then what is no longer wanted is removed.

Killed at any moment, the output is whole files only, and the next build finishes what this one began: the
manifest names every file as ours before the first one appears, and until after the last one is gone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final, NamedTuple, Self

from filelock import FileLock, Timeout

from generator.ground.errors import BuildError, PartialPublicationError, Problem
from generator.ground.file_stat import FileStat
from generator.ground.messages import Message, say
from generator.model.outputs import Copy, Output
from generator.model.report import Published
from generator.pipeline.publish.manifest import STATE, owned_files, state_of, write_manifest
from generator.pipeline.publish.output_tree import Standing

WAIT_SECONDS: Final = 600


class Staged(NamedTuple):
    """A file that is ready to be published."""

    path: str
    """From the output folder."""
    is_new: bool
    """Whether it lies in the staging; False where what stands is right already."""


@dataclass(slots=True)
class Publication:
    """One publication into ``folder``, from lock to unlock. A context manager.

    Raises BuildError when the folder cannot be used, with the site that stands untouched.
    """

    folder: Path
    shown: str
    """The folder as the user calls it, for problems."""
    on_wait: Callable[[], None] = lambda: None
    """Called once when another build holds the folder."""
    state: FileStat = field(init=False)
    """Of the folder STATE when the lock was had: as it was at a look since which nobody has published."""
    _lock: FileLock = field(init=False)
    _standing: Standing = field(init=False)
    _staging: str = field(init=False)
    _new: set[str] = field(default_factory=set)
    _wanted: set[str] = field(default_factory=set)
    _noted: AbstractSet[str] = frozenset()
    """What the manifest says is ours."""

    def __enter__(self) -> Self:
        self._staging = f"{self._state}/staging"
        with self._told():
            if self._state.is_symlink():
                raise self._foreign(STATE)
            self._state.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self._state / "lock")
            self._acquire()
            self.state = state_of(self.folder)
        try:
            with self._told():
                shutil.rmtree(self._staging, ignore_errors=True)
                Path(self._staging).mkdir()
                self._standing = Standing(self.folder, owned_files(self.folder))
                self._noted = self._standing.owned
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        self._lock.release()

    @property
    def _state(self) -> Path:
        return self.folder / STATE

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self.on_wait()
            try:
                self._lock.acquire(timeout=WAIT_SECONDS)
            except Timeout:
                raise self._problem(
                    say("another build has been publishing here for ten minutes"),
                    say("wait for it to end, or stop it, then build again"),
                ) from None

    def stage(self, item: Output | Copy) -> Staged:
        """Writes a file into the staging, only where it differs from what stands.

        Any process may do this; the one that publishes must then ``take`` what it gave.
        """
        with self._told():
            if self._standing.holds(item):
                return Staged(item.path, is_new=False)
            foreign = self._standing.in_the_way(item.path)
            if foreign is not None:
                raise self._foreign(foreign)
            staged = f"{self._staging}/{item.path}"
            self._make_folder(staged.rpartition("/")[0])
            if isinstance(item, Output):
                # Buffered: what the disk takes only a part of is an error then, and no torn page.
                with open(staged, "wb") as file:  # noqa: PTH123 - thousands are written
                    file.write(item.body)
            else:
                shutil.copyfile(item.original, staged)
            return Staged(item.path, is_new=True)

    def _foreign(self, path: str) -> BuildError:
        return BuildError(
            Problem(
                path=f"{self.shown}/{path}",
                message=say("something that Rizhi did not write is in the way"),
                hint=say("move it elsewhere, or publish into another folder with --output"),
            )
        )

    def _make_folder(self, folder: str) -> None:
        try:
            os.mkdir(folder)  # noqa: PTH102 - thousands are made
        except FileExistsError:
            pass
        except FileNotFoundError:
            self._make_folder(folder.rpartition("/")[0])
            self._make_folder(folder)

    def adopt(self, paths: Iterable[str]) -> None:
        """Takes files for ours that are surely what an earlier build wrote, even where the manifest was lost."""
        lost = frozenset(paths) - self._standing.owned
        if lost:
            self._standing = Standing(self.folder, self._standing.owned | lost)

    def keep(self, paths: Iterable[str]) -> None:
        """Counts files that stand as they are to be among those to publish."""
        self._wanted.update(paths)

    def take(self, staged: Staged) -> None:
        """Counts a file among those to publish."""
        self._wanted.add(staged.path)
        if staged.is_new:
            self._new.add(staged.path)

    def publish(self) -> Published:
        """Renames the staged files in and removes those of earlier builds that are no longer wanted."""
        obsolete = sorted(self._standing.owned - self._wanted, reverse=True)
        unchanged = len(self._wanted) - len(self._new)
        if not self._new and not obsolete and self._standing.owned == self._wanted:
            return Published(0, unchanged, 0)
        with self._told():
            places = [target for _, target in _moves(Path(self._staging), self.folder)]
            _check_writable([*places, *(self.folder / path for path in obsolete)])
            self._note_owned(self._standing.owned | self._wanted)
        try:
            with self._told():
                in_the_way = _in_the_way(obsolete, self._new)
                removed = sum(self._remove(path) for path in in_the_way)
                for staged, target in _moves(Path(self._staging), self.folder):
                    _clear(staged, target)
                    staged.replace(target)
                removed += sum(self._remove(path) for path in obsolete if path not in in_the_way)
                self._note_owned(self._wanted)
        except BuildError as error:
            raise PartialPublicationError(*error.problems) from error
        return Published(len(self._new), unchanged, removed)

    def _note_owned(self, paths: AbstractSet[str]) -> None:
        if paths != self._noted:
            write_manifest(self._state, paths)
            self._noted = paths

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

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What the system refuses, as a problem that says what to do."""
        try:
            yield
        except OSError as error:
            raise self._problem(*_explained(error)) from error

    def _problem(self, message: Message, hint: Message) -> BuildError:
        return BuildError(Problem(path=self.shown, message=message, hint=hint))


def _explained(error: OSError) -> tuple[Message, Message]:
    place = error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return say("there is no room left on the disk"), say("make room, then build again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            say("{place} may not be written", place=place),
            say("allow it, or publish into another folder with --output"),
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        place = next((one for one in (Path(place), *Path(place).parents) if one.is_file()), place)
        return say("{place} is a file, not a folder", place=place), say("publish into another folder with --output")
    return (
        say("it cannot be written: {fact}", fact=f"{error.strerror or error} {place}".strip()),
        say("see to that, then build again; what stands stays whole"),
    )


def _parts(path: str) -> list[str]:
    """``a/b/c`` → ``a``, ``a/b``, ``a/b/c``."""
    steps = path.split("/")
    return ["/".join(steps[: number + 1]) for number in range(len(steps))]


def _in_the_way(obsolete: Iterable[str], staged: Iterable[str]) -> list[str]:
    """Files that have to go first: a new file's folder, or below a folder that becomes a file."""
    new = set(staged)
    folders = {part for path in new for part in _parts(path)[:-1]}
    return [path for path in obsolete if path in folders or any(part in new for part in _parts(path)[:-1])]


def _clear(staged: Path, target: Path) -> None:
    """Takes empty folders out of the way of a file; what stood in them is gone already."""
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


def _readers_last(place: Path) -> tuple[bool, bool, str]:
    return (place.is_file(), place.name not in ("assets", "files"), place.name)


def _check_writable(places: Iterable[Path]) -> None:
    """Finds out before the first rename what would stop a later one. Raises PermissionError."""
    for folder in sorted({place.parent for place in places}):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
