"""The store: developed pictures, each in one file that is called after the contents of its original.

Like the cache it is a memory and no authority: what cannot be read, or is not what was put there, is not there.
It outlives changes of the program, for developing takes longer than all else; what the last build did not need
is removed.
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
from generator.pipeline.cache.spill import no_room
from generator.pipeline.cache.store import ignored_by_git

RECIPE: Final = 1
"""It changes whenever the same original would be developed otherwise, or ``ImageInfo`` is another."""
NAME: Final = "pictures"
_ABANDONED: Final = 3600
"""Seconds after which nobody goes on with what was begun."""
_LENGTH: Final = 4
"""Bytes in front of the facts that say how long they are."""


@dataclass
class Store:
    """A folder of developed pictures. A context manager; one that does not last is gone behind it."""

    folder: Path | None
    """None for one that lasts as long as the build."""
    _made: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, options: Options, state: str) -> Self:
        """The store of a site, in the folder ``state`` beside its content."""
        return cls(options.folder / state / NAME if options.uses_cache else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for folder in self._made:
            shutil.rmtree(folder, ignore_errors=True)

    @cached_property
    def _place(self) -> Path:
        """The folder, made; a temporary one where it cannot be made or written."""
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
        """What decides how an original is developed: this program's recipe, and the libraries that draw."""
        return repr((RECIPE, *(_version(name) for name in ("pillow", "pillow-heif")))).encode()

    def begin(self) -> None:
        """Settles where it lies and what it goes by, before processes share the work."""
        _ = self._place, self._recipe

    def key(self, print_: bytes) -> str:
        """Under which name an original with this fingerprint is kept."""
        return fingerprint(print_, self._recipe).hex()

    def facts(self, key: str) -> ImageInfo | None:
        """What is known of a picture; None where it is not there."""
        with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError):
            with (self._place / key).open("rb") as file:
                body = unsealed(file.read(int.from_bytes(file.read(_LENGTH), "big")))
            found = None if body is None else pickle.loads(body)  # noqa: S301 - our own, unchanged
            return found if isinstance(found, ImageInfo) else None
        return None

    def sheet(self, key: str, number: int) -> bytes | None:
        """The bytes of one version of a picture; None where they are not there, or not what they were."""
        facts = self.facts(key)
        if facts is None or number >= len(facts.variants):
            return None
        sizes = [one.size for one in facts.variants]
        with contextlib.suppress(OSError):
            with (self._place / key).open("rb") as file:
                file.seek(-sum(sizes[number:]), os.SEEK_END)
                body = file.read(sizes[number])
            return body if fingerprint(body) == facts.variants[number].digest else None
        return None

    def keep(self, key: str, facts: ImageInfo, bodies: Sequence[bytes]) -> None:
        """Puts a picture there, whole or not at all. Raises BuildError where there is no room."""
        head = sealed(pickle.dumps(facts, 5))
        try:
            with tempfile.NamedTemporaryFile(dir=self._place, prefix=".", delete=False) as new:
                new.write(b"".join((len(head).to_bytes(_LENGTH, "big"), head, *bodies)))
            Path(new.name).replace(self._place / key)
        except OSError as error:
            raise no_room(error) from error

    def prune(self, keys: Collection[str]) -> None:
        """Removes all but these."""
        if self.folder is None or not self.folder.is_dir():
            return
        for place in self.folder.iterdir():
            with contextlib.suppress(OSError):
                # What another build is about to put there has a name that begins with a dot, until it is whole.
                is_begun = place.name.startswith(".") and time.time() - place.stat().st_mtime < _ABANDONED
                if place.name not in keys and not is_begun:
                    place.unlink()


def _version(name: str) -> str:
    # It is slow to load, and most builds develop nothing.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
