"""Where a team's files are: on this machine, in a zip, or in a store that fsspec knows (``s3://``, ``oss://`` …).

An address is that of a folder. What is read of it is bounded, and nothing outside the folder is ever read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, Self

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.tools.portal.extra import required

_SCHEMES_OF_S3: Final = ("s3", "oss", "cos", "obs")
"""Stores with the interface of S3; of any but Amazon's own, ``storage: endpoint:`` says where it is."""

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
        address = address.removeprefix("file://")
        if "://" in address:
            return cls(address.rstrip("/"), endpoint)
        return cls(os.path.normpath(folder.absolute() / Path(address).expanduser()), endpoint)

    @property
    def is_local(self) -> bool:
        """Whether it is a folder, or a zip, on this machine."""
        return "://" not in self.address

    @property
    def path(self) -> Path:
        """Its path, where it is local."""
        return Path(self.address)

    def opened(self) -> Files:
        """Its files. Raises Fault where they cannot be reached."""
        fsspec = required("fsspec")
        address, options = self.address, dict[str, Any]()
        scheme = address.partition("://")[0]
        if scheme in _SCHEMES_OF_S3 and "://" in address:
            required("s3fs")
            address = "s3://" + address.partition("://")[2]
            options["s3"] = {"client_kwargs": {"endpoint_url": self.endpoint}} if self.endpoint else {}
        if address.lower().endswith(".zip"):
            address = f"zip://::{address}"
        with reaching():
            fs, root = fsspec.core.url_to_fs(address, **options)
            return Files(fs, root.rstrip("/"))


class Files:
    """The files of a place, read one by one."""

    def __init__(self, fs: Any, root: str) -> None:
        """``fs`` is a file system of fsspec, and ``root`` a folder in it."""
        self._fs, self._root = fs, root

    def below(self, folder: str) -> Files:
        """The files of a folder in it."""
        return Files(self._fs, self._at(folder))

    def has(self, path: str) -> bool:
        """Whether there is a file or a folder."""
        with reaching():
            return bool(self._fs.exists(self._at(path)))

    def names(self) -> list[str]:
        """The names of its files and folders; none where there is no such folder."""
        with reaching():
            try:
                found = self._fs.ls(self._root, detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return []
            return sorted(one.rstrip("/").rpartition("/")[2] for one in found)

    def read(self, path: str, most: int) -> bytes | None:
        """A file's bytes; None where it is missing. Raises Fault for one of more than ``most`` bytes."""
        with reaching():
            try:
                with self._fs.open(self._at(path), "rb") as file:
                    body: bytes = file.read(most + 1)
            except (FileNotFoundError, KeyError, IsADirectoryError):
                return None
        if len(body) > most:
            raise Fault(
                say("{path} has more than {size} MB", path=path, size=most >> 20), say("publish less in one site")
            )
        return body

    def state(self, path: str) -> tuple[str, ...]:
        """What the store says of a file, without reading it: it changes where the file does. Empty for none.

        Raises Fault where the store cannot be reached.
        """
        with reaching():
            try:
                found: Mapping[str, Any] = self._fs.info(self._at(path))
            except (FileNotFoundError, NotADirectoryError, KeyError):
                return ()
        keys = ("size", "mtime", "ino", "ETag", "LastModified", "CRC", "date_time")
        return tuple(f"{key}={found[key]}" for key in keys if found.get(key) is not None)

    def write(self, path: str, body: bytes) -> None:
        """Writes a file, whole or not at all. Raises Fault where the store cannot be reached."""
        with reaching():
            self._fs.pipe_file(self._at(path), body)

    def delete(self, path: str) -> None:
        """Deletes a file, if it is there."""
        with reaching():
            if self._fs.exists(self._at(path)):
                self._fs.rm_file(self._at(path))

    def copy(self, folder: Path, name: str) -> None:
        """Copies a folder of it into a folder of this machine. Raises Fault where it is too large."""
        top = self._at(name)
        with reaching():
            found = self._fs.find(top, detail=True)
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
            with reaching():
                self._fs.get_file(path, str(place))

    def states(self, name: str) -> Iterator[tuple[str, ...]]:
        """What the store says of all files below a folder, with their paths, in their order."""
        with reaching():
            found = sorted(self._fs.find(self._at(name), detail=True).items())
        for path, one in found:
            yield (path, *(f"{one.get(key)}" for key in ("size", "mtime", "ETag", "LastModified")))

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if self._root else path


class _Reaching:
    """Turns what a store, or the way to it, answers into a Fault."""

    def __enter__(self) -> None:
        """Begins."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is None or isinstance(error, Fault) or not isinstance(error, Exception):
            return
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise Fault(say("there is nothing"), say("mend the address, or take the team out")) from None
        raise Fault(
            say("it cannot be reached: {fact}", fact=f"{type(error).__name__}: {error}".splitlines()[0][:200]),
            say(
                "look whether the address is right and the store can be reached from here; what it takes to be let in "
                "stands in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"
            ),
        ) from None


def reaching() -> _Reaching:
    """What fails in this block becomes a Fault that says so."""
    return _Reaching()
