"""Bytes put aside on the disk: what a build makes early and needs late, so that memory need not hold it."""

from __future__ import annotations

import os
import pickle
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say

T = TypeVar("T")

_TOGETHER: Final = 1000
"""Values of a pile that are put aside at a time."""
_pread: Final = getattr(os, "pread", None)
"""Reading that leaves alone where the next read begins. Windows has none; but there no processes share a file."""


class Spool:
    """A file without a name that lasts as long as the build. A context manager.

    Only the process that made it puts something in; whichever that one begins afterwards can get it.
    """

    def __init__(self, folder: Path) -> None:
        """A spool in ``folder``, where nothing is before something is put in."""
        self._folder = folder
        self._file: Any = None
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, body: bytes) -> int:
        """Puts ``body`` in and returns its number. Raises BuildError where there is no room."""
        try:
            self._file = self._file or self._opened()
            rest = memoryview(body)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise no_room(error) from error
        self._ends.append(self._ends[-1] + len(body))
        return len(self._ends) - 2

    def _opened(self) -> Any:
        try:
            return tempfile.TemporaryFile(dir=self._folder, buffering=0)
        except OSError:
            # A folder that is there need not be one in which something new may be made.
            return tempfile.TemporaryFile(buffering=0)

    def get(self, number: int, start: int = 0, end: int | None = None) -> bytes:
        """What was put in under this number, or what of it stands from ``start`` to ``end``."""
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


class Pile(Generic[T]):
    """Values put aside one after the other, to be taken up again in that order."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._numbers: list[int] = []
        self._top: list[T] = []

    def put(self, value: T) -> None:
        """Lays a value on top. Raises BuildError where there is no room."""
        self._top.append(value)
        if len(self._top) == _TOGETHER:
            self._numbers.append(self._spool.put(pickle.dumps(self._top, 5)))
            self._top.clear()

    def __iter__(self) -> Iterator[T]:
        for number in self._numbers:
            yield from pickle.loads(self._spool.get(number))  # noqa: S301 - our own, of this build
        yield from self._top


def no_room(error: Exception) -> BuildError:
    """What is told where not even what lasts as long as a build can be written."""
    return BuildError(
        Problem(
            path="build",
            message=say("it cannot be written: {fact}", fact=error.__cause__ or error),
            hint=say("see to that, then build again; what stands stays whole"),
        )
    )
