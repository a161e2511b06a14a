"""Bytes that a build makes early and needs late, kept in a temporary file so that memory need not hold them.

The file lasts as long as the build.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Generic, Self, TypeVar

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say

T = TypeVar("T")

_BATCH: Final = 1000
"""Values of a list that are written together."""
_BLOCK: Final = 1 << 20
_pread: Final = getattr(os, "pread", None)
"""Reads at an offset without moving the file's position. Windows has none; there no processes share a file."""


class SpillFile:
    """A file without a name. A context manager.

    Only the process that made it writes to it; every worker that is forked afterwards can read.
    """

    def __init__(self, folder: Path) -> None:
        """A file in ``folder``, made when something is first written."""
        self._folder = folder
        self._file: Any = None
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, body: bytes) -> int:
        """Writes ``body`` and returns its number. Raises BuildError on a full disk."""
        try:
            try:
                self._file = self._file or self._opened()
                self._write(body)
            except OSError:
                self._move()
                self._write(body)
        except OSError as error:
            raise unwritable(error) from error
        self._ends.append(self._ends[-1] + len(body))
        return len(self._ends) - 2

    def _write(self, body: bytes) -> None:
        rest = memoryview(body)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _move(self) -> None:
        """Goes on in the system's temporary folder: there may be room where the cache's disk has none."""
        old = self._file
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lasts as long as this
        if old is not None:
            old.seek(0)
            rest = self._ends[-1]
            while rest:
                block = old.read(min(rest, _BLOCK))
                self._write(block)
                rest -= len(block)
            old.close()

    def _opened(self) -> Any:
        try:
            return tempfile.TemporaryFile(dir=self._folder, buffering=0)
        except OSError:
            # The folder of the cache may be read-only.
            return tempfile.TemporaryFile(buffering=0)

    def get(self, number: int, start: int = 0, end: int | None = None) -> bytes:
        """The bytes with this number, or those of them from ``start`` to ``end``."""
        first, last = self._ends[number], self._ends[number + 1]
        at = first + start
        size = (last if end is None else first + end) - at
        if not size:
            return b""
        if _pread is not None:
            body: bytes = _pread(self._file.fileno(), size, at)
            return body
        self._file.seek(at)
        body = self._file.read(size)
        self._file.seek(0, os.SEEK_END)
        return body


class SpilledList(Generic[T]):
    """A list that grows at its end, most of it in a spill file."""

    def __init__(self, spill: SpillFile) -> None:
        self._spill = spill
        self._batches: list[int] = []
        self._newest: list[T] = []

    def append(self, value: T) -> None:
        """Adds a value. Raises BuildError on a full disk."""
        self._newest.append(value)
        if len(self._newest) == _BATCH:
            self._batches.append(self._spill.put(pickle.dumps(self._newest, 5)))
            self._newest.clear()

    def __bool__(self) -> bool:
        return bool(self._batches or self._newest)

    def __iter__(self) -> Iterator[T]:
        for number in self._batches:
            yield from pickle.loads(self._spill.get(number))  # noqa: S301 - our own, of this build
        yield from self._newest


def unwritable(error: Exception) -> BuildError:
    """The problem of a build for which not even a temporary file can be written."""
    return BuildError(
        Problem(
            path="build",
            message=say("it cannot be written: {fact}", fact=error.__cause__ or error),
            hint=say("see to that, then build again; what stands stays whole"),
        )
    )
