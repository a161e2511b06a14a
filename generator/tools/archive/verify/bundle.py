"""Reads a bundle, a folder or a zip, as hostile input: no link is followed, nothing is unpacked, all is limited."""

from __future__ import annotations

import contextlib
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final, Protocol

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.files import check_size, opened_file
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import nfc
from generator.tools.archive.verify.zip_bytes import END, MOST_DIRECTORY, stray_bytes

MOST_FILES: Final = 400_000
"""A campaign of ten thousand entries has a tenth of it."""
DEEPEST: Final = 64
LONGEST: Final = 4_096
"""Characters of a path; no system has longer ones."""
_MOST_SHOWN: Final = 300
"""Characters of a path that are printed."""
MOST_GROWTH: Final = 200
"""How many times its own size a zip may unpack to; ours are not even compressed."""
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files in a zip may be packed. What unpacks the other ways takes as much memory as a stranger wants."""
_LEAST: Final = 64 << 20
"""Bytes that any zip may unpack to."""


@frozen
class Listing:
    """What is in a bundle."""

    files: Mapping[str, tuple[str, int]]
    """By path in NFC, the name by which it is opened, and its size."""
    empty: tuple[str, ...]
    """Folders with nothing in them, which manifests cannot list."""
    problems: tuple[Problem, ...]


class Bundle(Protocol):
    """A bundle that is open to be read."""

    listing: Listing

    def open(self, path: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """A file of the listing. Raises OSError, Fault and zipfile.BadZipFile."""
        ...


def text_of(bundle: Bundle, path: str, most: int) -> str:
    """A text in UTF-8 of at most ``most`` bytes. Raises what ``open`` does, and ValueError."""
    check_size(bundle.listing.files[path][1], most)
    with bundle.open(path) as file:
        return file.read(most + 1).decode("utf-8-sig")


def problem(path: str, message: Message, hint: Message | None = None) -> Problem:
    """A problem at a path of the bundle, in letters that can be printed."""
    shown = path if len(path) <= _MOST_SHOWN else f"{path[:_MOST_SHOWN]}…"
    return Problem(path=shown.encode(errors="backslashreplace").decode(), message=message, hint=hint)


def told_path(text: str) -> str:
    """A path that a file of the bundle tells. Raises Fault for one that is longer than any."""
    if len(text) > LONGEST:
        raise Fault(say("it tells of a path that is longer than any"))
    return text


@contextlib.contextmanager
def opened_bundle(place: Path) -> Iterator[Bundle]:
    """The bundle at a place. Raises BuildError for what is neither a folder nor a zip that can be read."""
    if place.is_dir():
        yield _Folder(place)
        return
    try:
        with opened_file(place) as file:
            yield ZipBundle(file, place.name, is_whole=True)
    except (OSError, Fault, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        hint = say("give the folder of a bundle, or a zip of it")
        raise BuildError(Problem(path=place.name, message=fact_of(error), hint=hint)) from error


def fact_of(error: Exception) -> Message:
    """What is wrong with a file that cannot be read."""
    if isinstance(error, Fault):
        return error.message
    if isinstance(error, KeyError):
        return say("{name} is missing in it", name=error.args[0] if error.args else "?")
    if isinstance(error, (TypeError, AttributeError, IndexError, RecursionError)):
        # What Python says of it is about this program.
        return say("it does not have the form that such a file has in a bundle")
    if isinstance(error, UnicodeError):
        return say("it is no text in UTF-8")
    if isinstance(error, ValueError) and "int_max_str_digits" in str(error):
        return say("it holds a number with more digits than any of a bundle has")
    told = getattr(error, "strerror", None) or str(error)
    if isinstance(error, zipfile.BadZipFile) and told in ("", "File is not a zip file"):
        return say("it is no zip, or one that was cut short")
    if told:
        return say("it cannot be read: {fact}", fact=told)
    return say("it is cut short or damaged")


class _Folder:
    """A bundle in a folder."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.listing = self._listed()

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """See Bundle."""
        with opened_file(self._place / self.listing.files[path][0]) as file:
            yield file

    def _listed(self) -> Listing:
        found = _Found()
        todo = [""]
        while todo:
            folder = todo.pop()
            if folder.count("/") > DEEPEST:
                found.problems.append(problem(folder, say("folders are nested more than {limit} deep", limit=DEEPEST)))
                continue
            try:
                children = sorted(os.scandir(self._place / folder), key=lambda child: child.name)
            except OSError as error:
                found.problems.append(problem(folder, fact_of(error)))
                continue
            if folder and not children:
                found.empty.append(nfc(folder[:-1]))
            for child in children:
                todo += self._child(f"{folder}{child.name}", child, found)
            if len(found.files) > MOST_FILES:
                found.problems.append(problem(".", say("it holds more than {limit} files", limit=MOST_FILES)))
                break
        return found.listing()

    def _child(self, path: str, child: os.DirEntry[str], found: _Found) -> list[str]:
        """Adds a child to what was found; returns the folder where it is one."""
        try:
            info = child.stat(follow_symlinks=False)
        except OSError as error:
            found.problems.append(problem(path, fact_of(error)))
            return []
        if stat.S_ISDIR(info.st_mode):
            return [f"{path}/"]
        if not stat.S_ISREG(info.st_mode):
            found.problems.append(problem(path, say("it is a link, a pipe or a device, which no bundle holds")))
            return []
        found.add(path, path, info.st_size)
        return []


class ZipBundle:
    """A bundle in a zip, below a single folder or at its top; or a zip within a bundle.

    Raises Fault, zipfile.BadZipFile and OSError for a zip that is not read.
    """

    def __init__(self, file: IO[bytes], name: str, *, is_whole: bool) -> None:
        """``is_whole`` says that it is a bundle, whose folder in the zip is no part of the paths."""
        size = file.seek(0, os.SEEK_END)
        self._check_directory(file, size)
        self._zip = _opened_zip(file)
        self._check_size(size)
        self.listing = self._listed(self._top() if is_whole else "", self._strays(file, name))

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """See Bundle."""
        with self._zip.open(self.listing.files[path][0]) as file:
            yield file

    @staticmethod
    def _check_directory(file: IO[bytes], size: int) -> None:
        file.seek(max(0, size - END))
        tail = file.read(END)
        at = tail.rfind(b"PK\5\6")
        if at < 0:
            raise zipfile.BadZipFile
        directory = int.from_bytes(tail[at + 12 : at + 16], "little")
        count = int.from_bytes(tail[at + 10 : at + 12], "little")
        if directory == 0xFFFFFFFF or count == 0xFFFF:
            # The true figures stand before (APPNOTE 4.3.14). Whatever they are, the list lies within the file.
            before = tail.rfind(b"PK\6\6", 0, at)
            directory = int.from_bytes(tail[before + 40 : before + 48], "little") if before >= 0 else size
        if directory > MOST_DIRECTORY:
            raise Fault(say("it holds too many files"))

    def _check_size(self, size: int) -> None:
        """What a zip unpacks to, and what it says that its parts take. Raises Fault."""
        infos = self._zip.infolist()
        packed, unpacked = sum(one.compress_size for one in infos), sum(one.file_size for one in infos)
        if packed > size or unpacked > max(_LEAST, size * MOST_GROWTH):
            raise Fault(say("it would unpack to far more than it is, so it is not read"))

    def _top(self) -> str:
        """The folder that holds the bag."""
        tops = [name for name in self._zip.namelist() if name.rpartition("/")[2] == "bagit.txt" and name.count("/") < 2]
        return tops[0].removesuffix("bagit.txt") if tops else ""

    def _strays(self, file: IO[bytes], name: str) -> Iterator[Problem]:
        """A problem where the zip holds bytes that whoever unpacks it never sees."""
        count, first = stray_bytes(file, self._zip)
        if count:
            yield problem(
                name,
                say("{n} bytes of the zip belong to no file, the first at {place}", n=count, place=first),
                say("no manifest lists them; unpack the zip, check the folder, and keep that"),
            )

    def _listed(self, top: str, problems: Iterable[Problem]) -> Listing:
        found, folders = _Found(), set[str]()
        found.problems += problems
        for info in self._zip.infolist():
            name = info.filename
            path = name.removeprefix(top)
            if not name.startswith(top) or _is_astray(path):
                found.problems.append(problem(name, say("the name leads out of the bundle")))
            elif len(path) > LONGEST or path.count("/") > DEEPEST:
                found.problems.append(problem(path, say("its name is longer, or deeper, than any in a bundle")))
            elif info.is_dir():
                folders.add(path)
            elif stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                found.problems.append(problem(path, say("it is a link, a pipe or a device, which no bundle holds")))
            elif info.flag_bits & 1:
                found.problems.append(problem(path, say("it is encrypted")))
            elif info.compress_type not in _PACKED:
                found.problems.append(problem(path, say("it is packed as no zip of a bundle is")))
            else:
                found.add(path, name, info.file_size)
        filled = {path[: at + 1] for path in found.files for at, char in enumerate(path) if char == "/"}
        found.empty += sorted(nfc(path[:-1]) for path in folders if path and nfc(path) not in filled)
        return found.listing()


def _opened_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """A zip. Names without a word on that are in UTF-8, as Linux writes them, or as older Chinese Windows does."""
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return zipfile.ZipFile(file, metadata_encoding=encoding)
    return zipfile.ZipFile(file)


def _is_astray(path: str) -> bool:
    parts = path.split("/")
    return "\\" in path or "\0" in path or path.startswith("/") or ".." in parts or "." in parts or ":" in parts[0]


class _Found:
    """Collects what is in a bundle."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, int]] = {}
        self.empty: list[str] = []
        self.problems: list[Problem] = []

    def add(self, path: str, name: str, size: int) -> None:
        """Adds a file; its path in NFC is that of one file only."""
        if nfc(path) in self.files:
            self.problems.append(problem(path, say("two files have this name")))
        self.files.setdefault(nfc(path), (name, size))

    def listing(self) -> Listing:
        """All of it, in a fixed order."""
        return Listing(dict(sorted(self.files.items())), tuple(sorted(self.empty)), tuple(self.problems))
