"""Encoded pictures on the disk, each in one file that is named after the contents of its original.

Like the cache it is never an authority: what cannot be read, or fails its checksum, is a miss. It outlives other
versions of the program, since encoding takes longer than all else. What the last build did not need is removed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from generator.ground.fingerprint import fingerprint, sealed, unsealed
from generator.ground.temporary import made_folder
from generator.model.options import Options
from generator.model.pictures import ImageInfo
from generator.pipeline.cache.database import ignored_by_git
from generator.pipeline.cache.spill import unwritable

RECIPE: Final = 1
"""To be raised when the same original would be encoded otherwise, or when ``ImageInfo`` changes."""
NAME: Final = "pictures"
_ABANDONED: Final = 3600
"""Seconds after which an unfinished file is abandoned."""
_LENGTH: Final = 4
"""Bytes at the beginning of a file that hold the length of what follows: the serialised ``ImageInfo``."""


@dataclass
class ImageStore:
    """A folder of encoded pictures. A context manager, which deletes a temporary folder at its end."""

    folder: Path | None
    """None for one that lasts as long as the build."""
    _made: list[Callable[[], None]] = field(default_factory=list)
    _process: int = field(default_factory=os.getpid)
    """The process that looks after temporary folders."""

    @classmethod
    def of(cls, options: Options, state: str) -> Self:
        """The store of a site, in its folder ``state``."""
        return cls(options.folder / state / NAME if options.uses_cache else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for remove in self._made:
            remove()

    @cached_property
    def _folders(self) -> list[Path]:
        """Where pictures are looked for: the folder, created, and a temporary one where it cannot be written."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                ignored_by_git(self.folder.parent)
                if os.access(self.folder, os.W_OK | os.X_OK):
                    return [self.folder]
        return [self._temporary()]

    def _temporary(self) -> Path:
        folder, remove = made_folder()
        self._made.append(remove)
        return folder

    @cached_property
    def _recipe(self) -> bytes:
        """What decides how an original is encoded: the recipe, and the versions of the libraries."""
        return repr((RECIPE, *(_version(name) for name in ("pillow", "pillow-heif")))).encode()

    def prepare(self) -> None:
        """Creates the folder, before workers share the work."""
        _ = self._folders, self._recipe

    def key(self, content_digest: bytes) -> str:
        """The file name for an original with this digest."""
        return fingerprint(content_digest, self._recipe).hex()

    def facts(self, key: str) -> ImageInfo | None:
        """What is known of a picture; None where it is not in the store."""
        for folder in self._folders:
            # What an earlier version of the program saved may name what is no longer there.
            with contextlib.suppress(Exception):
                with (folder / key).open("rb") as file:
                    body = unsealed(file.read(int.from_bytes(file.read(_LENGTH), "big")))
                found = None if body is None else pickle.loads(body)  # noqa: S301 - our own, unchanged
                if isinstance(found, ImageInfo):
                    return found
        return None

    def variant(self, key: str, number: int) -> bytes | None:
        """The bytes of one version of a picture; None where they are missing or damaged."""
        facts = self.facts(key)
        if facts is None or number >= len(facts.variants):
            return None
        sizes = [one.size for one in facts.variants]
        for folder in self._folders:
            with contextlib.suppress(OSError):
                with (folder / key).open("rb") as file:
                    file.seek(-sum(sizes[number:]), os.SEEK_END)
                    body = file.read(sizes[number])
                if fingerprint(body) == facts.variants[number].content_digest:
                    return body
        return None

    def keep(self, key: str, facts: ImageInfo, bodies: Sequence[bytes]) -> None:
        """Saves a picture, whole or not at all. Raises BuildError where even a temporary folder has no room."""
        head = sealed(pickle.dumps(facts, 5))
        body = b"".join((len(head).to_bytes(_LENGTH, "big"), head, *bodies))
        try:
            _write(self._folders[-1], key, body)
        except OSError as error:
            if os.getpid() != self._process:
                # Nobody else would know of a folder of this worker's own; the picture is encoded again.
                return
            if self._made:
                raise unwritable(error) from error
            self._folders.append(self._temporary())
            self.keep(key, facts, bodies)

    def prune(self, keys: Collection[str]) -> None:
        """Deletes all pictures but these."""
        if self.folder is None or not self.folder.is_dir():
            return
        for place in self.folder.iterdir():
            with contextlib.suppress(OSError):
                # A file that another build has not finished has a name that begins with a dot.
                is_begun = place.name.startswith(".") and time.time() - place.stat().st_mtime < _ABANDONED
                if place.name not in keys and not is_begun:
                    place.unlink()


def _write(folder: Path, key: str, body: bytes) -> None:
    new = tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False)  # noqa: SIM115 - it is renamed
    try:
        with new:
            new.write(body)
        Path(new.name).replace(folder / key)
    except OSError:
        with contextlib.suppress(OSError):
            Path(new.name).unlink()
        raise


def _version(name: str) -> str:
    # It is slow to import, and most builds encode nothing.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
