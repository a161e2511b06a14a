"""Where a team's files are: on this machine, in a zip, or in a store that fsspec knows (``s3://``, ``oss://`` …).

An address is that of a folder. What is read of it is bounded, and nothing outside the folder is ever read.
"""

from __future__ import annotations

import contextlib
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, Self, TypeVar

from generator.ground.errors import Fault
from generator.ground.files import opened_file
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.tools.portal.extra import required
from generator.tools.portal.patience import in_time

T = TypeVar("T")

_S3: Final = "s3"
_LIKE_S3: Final = ("oss", "cos", "obs")
"""Stores with the interface of S3; ``storage: endpoint:`` says where they are."""
_ZIP: Final = "zip://"
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
"""Where the environment says it."""

_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
"""What is raised where a zip is damaged, or packed in a way that nobody reads without more ado."""

ANSWERED: Final = 60
"""Seconds in which a store must have answered what it was asked."""
SENT: Final = 600
"""Seconds in which a file must have come from a store, or have got there."""

MOST_COPIED: Final = 4 << 30
"""Bytes of a site's content that is fetched from elsewhere, or out of a zip."""


@frozen
class Place:
    """A folder with files."""

    address: str
    """A path, absolute, or a URL."""
    endpoint: str | None = None
    """Where a store with the interface of S3 is; None for Amazon's own, and for what the environment says."""

    @classmethod
    def of(cls, address: str, folder: Path, endpoint: str | None = None) -> Self:
        """The place of an address that is written in a file in ``folder``."""
        inner, chained, outer = address.rpartition("::")
        outer = outer.removeprefix("file://")
        # A zip as a whole is known by its name; what lies in one is written zip://folder::file.zip.
        if inner == _ZIP or (not chained and outer.startswith(_ZIP)):
            inner, chained, outer = "", "", outer.removeprefix(_ZIP)
        if "://" in outer:
            return cls(inner + chained + outer.rstrip("/"), endpoint)
        path = os.path.normpath(folder.absolute() / Path(outer).expanduser())
        return cls(inner + chained + path, endpoint)

    @property
    def is_local(self) -> bool:
        """Whether it is a folder, or a zip, on this machine."""
        return "://" not in self.address

    @property
    def is_zip(self) -> bool:
        """Whether it lies in a zip."""
        return self.address.lower().endswith(".zip")

    @property
    def path(self) -> Path:
        """Its path, where it is local."""
        return Path(self.address)

    @property
    def libraries(self) -> tuple[str, ...]:
        """The libraries that it takes to look at it; none for a place on this machine."""
        if self.is_local:
            return ()
        has_s3 = any(link.partition("://")[0] in (_S3, *_LIKE_S3) for link in self.address.split("::"))
        return ("fsspec", "s3fs") if has_s3 else ("fsspec",)

    def opened(self) -> Files:
        """Its files. Raises Fault where they cannot be reached."""
        address = self.address
        if self.is_local and self.is_zip:
            _reached(address, partial(_refuse_endless, address))
        return self._opened(f"{_ZIP}::{address}" if self.is_zip and _ZIP not in address else address)

    def beside(self) -> tuple[Files, str]:
        """The folder in which it lies, and its name there. Raises Fault where it cannot be reached."""
        above, _, name = self.address.rpartition("::")[2].rpartition("/")
        return self._opened(above), name

    def _opened(self, address: str) -> Files:
        fsspec = required("fsspec")
        # What others change meanwhile is asked for each time.
        options: dict[str, Any] = {}
        links = address.split("::")
        for number, link in enumerate(links):
            scheme, _, rest = link.partition("://")
            if scheme in (_S3, *_LIKE_S3):
                required("s3fs")
                links[number] = f"{_S3}://{rest}"
                options[_S3] = self._options_of_s3(scheme)
        if len(links) == 1:
            options = options.get(_S3, options)
        fs, root = _reached(self.address, lambda: fsspec.core.url_to_fs("::".join(links), **options))
        return Files(fs, root.rstrip("/"), self.address)

    def _options_of_s3(self, scheme: str) -> dict[str, Any]:
        """How a store is spoken to. Workers write what this process then looks for, so no listing is kept."""
        if self.endpoint is None and scheme == _S3:
            return {"use_listings_cache": False}
        if self.endpoint is None and not any(map(os.environ.get, _ENDPOINTS)):
            raise Fault(
                say("nobody knows where the store of {scheme}:// is", scheme=scheme),
                say("write the address of its interface of S3 behind storage: endpoint: in portal.yaml"),
            )
        # Amazon's checksums are its own; and most others know a bucket by its host's name alone.
        config: dict[str, Any] = {
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }
        if scheme != _S3:
            config["s3"] = {"addressing_style": "virtual"}
        return {"use_listings_cache": False, "endpoint_url": self.endpoint, "config_kwargs": config}


class Files:
    """The files of a place, read one by one."""

    def __init__(self, fs: Any, root: str, shown: str) -> None:
        """``fs`` is a file system of fsspec, ``root`` a folder in it, and ``shown`` what the place is called."""
        self._fs, self._root, self._shown = fs, root, shown

    def below(self, folder: str) -> Files:
        """The files of a folder in it."""
        return Files(self._fs, self._at(folder), self._shown)

    def has(self, path: str) -> bool:
        """Whether there is a file or a folder."""
        return bool(_reached(self._shown, lambda: self._fs.exists(self._at(path))))

    def names(self) -> list[str]:
        """The names of its files and folders; none where there is no such folder."""

        def ask() -> list[str]:
            try:
                found: list[str] = self._fs.ls(self._root, detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return []
            return found

        return sorted(one.rstrip("/").rpartition("/")[2] for one in _reached(self._shown, ask))

    def read(self, path: str, most: int) -> bytes | None:
        """A file's bytes; None where it is missing. Raises Fault for one of more than ``most`` bytes."""

        def ask() -> bytes | None:
            try:
                with self._opened(path) as file:
                    found: bytes = file.read(most + 1)
            except (FileNotFoundError, KeyError, IsADirectoryError):
                return None
            return found

        body = _reached(self._shown, ask, SENT)
        if body is not None and len(body) > most:
            raise Fault(
                say("{path} has more than {size} MB", path=path, size=most >> 20), say("publish less in one site")
            )
        return body

    def _opened(self, path: str) -> AbstractContextManager[IO[bytes]]:
        """A file, open to be read. Raises OSError, and Fault for one that may never end."""
        if "file" not in self._fs.protocol:
            found: AbstractContextManager[IO[bytes]] = self._fs.open(self._at(path), "rb")
            return found
        return _ordinary(self._at(path), path)

    def state(self, path: str) -> tuple[str, ...]:
        """What the store says of a file, without reading it: it changes where the file does. Empty for none.

        Raises Fault where the store cannot be reached.
        """

        def ask() -> tuple[str, ...]:
            try:
                return _state(self._fs.info(self._at(path)))
            except (FileNotFoundError, NotADirectoryError, KeyError):
                return ()

        return _reached(self._shown, ask)

    def write(self, path: str, body: bytes, kind: str | None = None) -> None:
        """Writes a file, whole or not at all; ``kind`` is its type. Raises Fault where the store cannot be reached."""
        options = {"ContentType": kind} if kind and _S3 in self._fs.protocol else {}
        _reached(self._shown, lambda: self._fs.pipe_file(self._at(path), body, **options), SENT)

    def delete(self, path: str) -> None:
        """Deletes a file, if it is there."""
        if self.has(path):
            _reached(self._shown, lambda: self._fs.rm_file(self._at(path)))

    def copy(self, folder: Path, name: str) -> None:
        """Copies a folder of it into a folder of this machine. Raises Fault where it is too large."""
        top = self._at(name)
        found: dict[str, Any] = _reached(self._shown, lambda: self._fs.find(top, detail=True))
        if sum(one.get("size") or 0 for one in found.values()) > MOST_COPIED:
            raise Fault(
                say("{path} has more than {size} MB", path=name, size=MOST_COPIED >> 20),
                say("publish it there, and take its output"),
            )
        for path in sorted(found):
            parts = PurePosixPath(path.removeprefix(top).lstrip("/")).parts
            if not path.startswith(top) or ".." in parts:
                raise Fault(say("{path} leads out of its folder", path=path), say("make the zip again"))
            place = folder.joinpath(name, *parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            _reached(self._shown, partial(self._fs.get_file, path, str(place)), SENT)

    def states(self, folder: str, *, is_deep: bool = False) -> dict[str, tuple[str, ...]]:
        """The same of all files in a folder, by their path in it; ``is_deep``, also of those in folders in it."""

        def ask() -> dict[str, Any]:
            try:
                found: dict[str, Any] = self._fs.find(self._at(folder), maxdepth=None if is_deep else 1, detail=True)
            except (FileNotFoundError, NotADirectoryError):
                return {}
            return found

        found = _reached(self._shown, ask)
        return {path.removeprefix(f"{self._at(folder)}/"): _state(one) for path, one in sorted(found.items())}

    def _at(self, path: str) -> str:
        return "/".join(part for part in (self._root, path) if part)


def _refuse_endless(place: str) -> None:
    """Raises Fault for a pipe or a device in place of a file, and OSError where it cannot be opened."""
    with opened_file(place):
        pass


@contextlib.contextmanager
def _ordinary(place: str, shown: str) -> Iterator[IO[bytes]]:
    """A file on this machine. A pipe or a device, which may never end, is none."""
    try:
        with opened_file(place) as file, io.BufferedReader(file) as read:
            yield read
    except Fault as fault:
        raise Fault(say("{place}: {fact}", place=shown, fact=fault.message), fault.hint) from None


def _state(found: Mapping[str, Any]) -> tuple[str, ...]:
    keys = ("size", "mtime", "ino", "ETag", "LastModified", "CRC", "date_time")
    return tuple(f"{key}={found[key]}" for key in keys if found.get(key) is not None)


def _reached(shown: str, ask: Callable[[], T], seconds: float | None = None) -> T:
    """What a store is asked, for so many ``seconds`` or as long as an answer may take.

    Raises Fault for what it, or the way to it, answers else, and where it does not answer in time.
    """
    try:
        return in_time(ask, seconds or ANSWERED) if "://" in shown else ask()
    except (FileNotFoundError, NotADirectoryError):
        raise Fault(say("there is nothing at {place}", place=shown), say("look whether the address is right")) from None
    except Exception as error:  # noqa: BLE001 - each library has its own
        raise _refusal(shown, error) from None


def _refusal(shown: str, error: Exception) -> Fault:
    if isinstance(error, Fault):
        return error
    fact = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    if ".zip" in shown.lower() and isinstance(error, _DAMAGED):
        return Fault(
            say("the zip {place} cannot be read: {fact}", place=shown, fact=fact),
            say("it may be damaged, or copied in part: fetch it again, and look at it with rizhi verify"),
        )
    hint = say(
        "look whether the address is right and the store can be reached from here; what it takes to be let in "
        "stands in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"
    )
    if isinstance(error, TimeoutError):
        return Fault(say("{place} does not answer in time", place=shown), hint)
    return Fault(say("{place} cannot be reached: {fact}", place=shown, fact=fact), hint)
