"""Saves a file of a site: afterwards it is the old or the new one, whatever happens, and nobody's words are lost."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.ground.errors import Fault
from generator.ground.files import check_size, read_file
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import nfc
from generator.ground.whole_files import TEMPORARY, whole_file
from generator.read.sources import CONTENT, MOST_BYTES
from generator.tools.write.kinds import kind_of
from generator.tools.write.swap import swap
from generator.tools.write.text_file import version_of


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the file; nothing was written."""


def place_of(folder: Path, path: str) -> Path:
    """Where the text at a path is, or would be, in the site in ``folder``. Raises Fault for any other file."""
    place = inside(folder, path)
    kind_of(path)
    return place


def inside(folder: Path, path: str) -> Path:
    """Where a path leads in the site in ``folder``. Raises Fault where it leads out of content/, or over a link."""
    parts = path.split("/")
    if nfc(path) != path or "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise _foreign(path)
    if any(part.startswith((".", "~$")) for part in parts):
        raise _foreign(path)
    place, is_linked = folder, False
    try:
        for number, name in enumerate(parts):
            place = _child(place, name)
            # The folder content/ may lie elsewhere; whoever set up the site wanted that.
            is_linked |= bool(number) and place.is_symlink()
        is_inside = Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder / CONTENT))
    except (OSError, ValueError):
        # A name that no file can have.
        raise _foreign(path) from None
    if is_linked:
        raise Fault(say("{path} is behind a link", path=path), say("put the file itself here"))
    if not is_inside:
        raise _foreign(path)
    return place


def _child(folder: Path, name: str) -> Path:
    """A file in a folder: there its name may be decomposed, as a Mac writes it."""
    place = folder / name
    if name.isascii() or os.path.lexists(place) or not folder.is_dir():
        return place
    return next((one for one in folder.iterdir() if nfc(one.name) == name), place)


def _foreign(path: str) -> Fault:
    return Fault(say("{path} is no text of this site", path=path), say("choose a file from the list"))


def read(place: Path) -> bytes:
    """The bytes of a file. Raises FileNotFoundError, and Fault where it cannot be read."""
    with _refusals(FileNotFoundError):
        return read_file(place, MOST_BYTES)


def current(place: Path, version: str) -> bytes:
    """The bytes of the file of this version. Raises ChangedMeanwhileError where there is no such file, and Fault."""
    with _still_there():
        found = read(place)
    if version_of(found) != version:
        raise ChangedMeanwhileError
    return found


def _is(place: Path, version: str) -> bool:
    """Whether a file has this version; one that cannot be read has another."""
    try:
        current(place, version)
    except (ChangedMeanwhileError, Fault):
        return False
    return True


@contextlib.contextmanager
def _refusals(*known: type[OSError]) -> Iterator[None]:
    """Raises Fault for what the system refuses, but for what is ``known``: the caller knows what that means."""
    try:
        yield
    except known:
        raise
    except OSError as error:
        raise Fault(
            say("it cannot be written, so it is left as it is: {fact}", fact=error.strerror or error),
            say("check that the disk has room and that you may write there"),
        ) from None


@contextlib.contextmanager
def _still_there() -> Iterator[None]:
    """Raises ChangedMeanwhileError where the file is gone, and Fault for all else that the system refuses."""
    try:
        with _refusals(FileNotFoundError):
            yield
    except FileNotFoundError:
        raise ChangedMeanwhileError from None


def replace(place: Path, body: bytes, version: str, keep: Callable[[bytes], object]) -> None:
    """Puts ``body`` in the place of the file of this version; ``keep`` gets what is in that first.

    Raises ChangedMeanwhileError where the file has another version, or is gone, and Fault.
    """
    check_size(len(body), MOST_BYTES)
    old = current(place, version)
    with _still_there(), whole_file(place, body) as temporary:
        temporary.chmod(stat.S_IMODE(place.stat().st_mode))
        _check_writable(place)
        keep(old)
        _put(temporary, place, version)


@frozen
class Change:
    """A file that is to have other bytes; ``keep`` gets the old ones first."""

    place: Path
    old: bytes
    new: bytes
    keep: Callable[[bytes], object]


@contextlib.contextmanager
def replaced(changes: Sequence[Change]) -> Iterator[None]:
    """Within, all these files have their new bytes. Where one of them, or what is done within, fails, they get the old.

    Raises ChangedMeanwhileError and Fault.
    """
    done: list[Change] = []
    try:
        for one in changes:
            replace(one.place, one.new, version_of(one.old), one.keep)
            done.append(one)
        yield
    except Exception:
        for one in reversed(done):
            with contextlib.suppress(ChangedMeanwhileError, Fault):
                replace(one.place, one.old, version_of(one.new), lambda _: None)
        raise


def _put(temporary: Path, place: Path, version: str) -> None:
    ours = version_of(read(temporary))
    if not swap(temporary, place):
        current(place, version)
        temporary.replace(place)
    elif not _is(temporary, version):
        # Somebody was quicker: theirs goes back to its place.
        swap(temporary, place)
        if not _is(temporary, ours):
            # And they have written once more: that is the newest.
            swap(temporary, place)
        raise ChangedMeanwhileError
    sync_folder(place.parent)


def _check_writable(place: Path) -> None:
    if not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def create(place: Path, body: bytes) -> None:
    """Writes a new file. Raises FileExistsError where there is one already, and Fault."""
    check_size(len(body), MOST_BYTES)
    with _refusals(FileExistsError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place, body) as temporary:
            temporary.chmod(0o644)
            claim(temporary, place)
        sync_folder(place.parent)


def claim(temporary: Path, place: Path) -> None:
    """Gives a whole file its name. Raises FileExistsError where another one has it."""
    try:
        os.link(temporary, place)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links, such as a memory stick.
        with place.open("xb"):
            pass
        temporary.replace(place)


def remove(place: Path, version: str, keep: Callable[[bytes], object]) -> None:
    """Deletes the file of this version, once ``keep`` has it. Raises ChangedMeanwhileError and Fault."""
    old = current(place, version)
    with _still_there():
        keep(old)
        _check_writable(place)
        # What somebody writes there from now on is another file, or is seen.
        leaving = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=place.parent), place.name)
        try:
            place.rename(leaving)
            if not _is(leaving, version):
                claim(leaving, place)
                raise ChangedMeanwhileError
        finally:
            with contextlib.suppress(OSError):
                leaving.unlink()
            leaving.parent.rmdir()
        sync_folder(place.parent)


def rename(place: Path, new: Path, version: str, body: bytes) -> None:
    """Puts ``body`` under another name in the place of the file of this version; ended early, there may be both.

    Raises FileExistsError where another file has the name, ChangedMeanwhileError, and Fault.
    """
    current(place, version)
    create(new, body)
    try:
        with _still_there():
            new.chmod(stat.S_IMODE(place.stat().st_mode))
        remove(place, version, lambda _: None)
    except (ChangedMeanwhileError, Fault):
        remove(new, version_of(body), lambda _: None)
        raise


def sync_folder(folder: Path) -> None:
    """Makes sure that what happened to names in a folder outlasts a power cut, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
