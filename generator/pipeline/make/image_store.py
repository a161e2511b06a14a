"""Encoded pictures on the disk, each in one file that is named after the contents of its original.

Like the cache it is never an authority: what cannot be read, or fails its checksum, is a miss. It outlives other
versions of the program, since encoding takes longer than all else. What the last build did not need is removed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from generator.ground.fingerprint import fingerprint, sealed, unsealed
from generator.model.options import Options
from generator.model.pictures import ImageInfo
from generator.pipeline.cache.database import ignored_by_git
from generator.pipeline.cache.spill import no_room

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
    _made: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, options: Options, state: str) -> Self:
        """The store of a site, in its folder ``state``."""
        return cls(options.folder / state / NAME if options.uses_cache else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for folder in self._made:
            shutil.rmtree(folder, ignore_errors=True)

    @cached_property
    def _folder(self) -> Path:
        """The folder, created; a temporary one where it cannot be created or written."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                ignored_by_git(self.folder.parent)
                if os.access(self.folder, os.W_OK | os.X_OK):
                    return self.folder
        self._made.append(tempfile.mkdtemp(prefix="rizhi-"))
        return Path(self._made[-1])

    @cached_property
    def _recipe(self) -> bytes:
        """What decides how an original is encoded: the recipe, and the versions of the libraries."""
        return repr((RECIPE, *(_version(name) for name in ("pillow", "pillow-heif")))).encode()

    def prepare(self) -> None:
        """Creates the folder, before workers share the work."""
        _ = self._folder, self._recipe

    def key(self, content_digest: bytes) -> str:
        """The file name for an original with this digest."""
        return fingerprint(content_digest, self._recipe).hex()

    def facts(self, key: str) -> ImageInfo | None:
        """What is known of a picture; None where it is not in the store."""
        with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError):
            with (self._folder / key).open("rb") as file:
                body = unsealed(file.read(int.from_bytes(file.read(_LENGTH), "big")))
            found = None if body is None else pickle.loads(body)  # noqa: S301 - our own, unchanged
            return found if isinstance(found, ImageInfo) else None
        return None

    def variant(self, key: str, number: int) -> bytes | None:
        """The bytes of one version of a picture; None where they are missing or damaged."""
        facts = self.facts(key)
        if facts is None or number >= len(facts.variants):
            return None
        sizes = [one.size for one in facts.variants]
        with contextlib.suppress(OSError):
            with (self._folder / key).open("rb") as file:
                file.seek(-sum(sizes[number:]), os.SEEK_END)
                body = file.read(sizes[number])
            return body if fingerprint(body) == facts.variants[number].content_digest else None
        return None

    def keep(self, key: str, facts: ImageInfo, bodies: Sequence[bytes]) -> None:
        """Saves a picture, whole or not at all. Raises BuildError on a full disk."""
        head = sealed(pickle.dumps(facts, 5))
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as new:
                new.write(b"".join((len(head).to_bytes(_LENGTH, "big"), head, *bodies)))
            Path(new.name).replace(self._folder / key)
        except OSError as error:
            raise no_room(error) from error

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


def _version(name: str) -> str:
    # It is slow to import, and most builds encode nothing.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
