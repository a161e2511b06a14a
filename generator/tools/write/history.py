"""The last states of a site's files, kept in ``.rizhi/history/``, and deleted files until they are wanted back.

A file's states lie in a folder of their own, each under a number and the time at which it was replaced.
"""

from __future__ import annotations

import contextlib
import datetime
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from generator.ground.errors import Fault
from generator.ground.files import read_file
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.whole_files import whole_file
from generator.pipeline.cache.database import ignored_by_git
from generator.pipeline.publish.manifest import STATE
from generator.read.sources import MOST_BYTES

MOST: Final = 20
"""States of a file that are kept."""
BURST_SECONDS: Final = 120
"""A text is saved as it is typed. Of what is saved within this time, what says something of its own is kept."""
_SLIP: Final = 10
"""Letters that a correction may take away, without which nobody will want a text back."""
_NAME: Final = re.compile(r"(\d{6})-(\d{1,12})(-deleted)?")
_DELETED: Final = "-deleted"
_PATH: Final = "path.txt"


@frozen
class PastState:
    """A state that a file once had."""

    state: str
    """Its name."""
    time: datetime.datetime
    """When it was replaced, or deleted."""
    bytes: int


class History:
    """The past states of the files of one site."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / STATE / "history"
        self._state_folder = folder / STATE

    def keep(self, path: str, body: bytes, *, typed: bytes | None = None, is_deleted: bool = False) -> str:
        """Keeps what is, or might have been, in the file at ``path`` as a state of it; returns the state's name.

        Where somebody types, ``typed`` is what takes its place. Then a state is passed over, and the name is empty, if
        one was kept within the burst and nothing is lost.
        """
        folder = self._of(path)
        known = sorted(self._names(folder))
        now = int(time.time())
        is_burst = typed is not None and bool(known) and 0 <= now - _time(known[-1]) < BURST_SECONDS
        if typed is not None and is_burst and not _lost(body, typed, _read(folder / known[-1])):
            return ""
        folder.mkdir(parents=True, exist_ok=True)
        ignored_by_git(self._state_folder)
        (folder / _PATH).write_text(path, encoding="utf-8")
        number = int(known[-1][:6]) + 1 if known else 1
        name = f"{number:06}-{now}{_DELETED if is_deleted else ''}"
        with whole_file(folder / name, body) as whole:
            whole.replace(folder / name)
        # What was kept of this burst before is superfluous where this says it all.
        if is_burst and len(known) > 1 and now - _time(known[-2]) < BURST_SECONDS:
            with contextlib.suppress(OSError):
                if _lost(_read(folder / known[-1]), body) < _SLIP:
                    (folder / known.pop()).unlink()
        self._thin_out(folder, [*known, name], now)
        return name

    def _thin_out(self, folder: Path, names: Sequence[str], now: int) -> None:
        """Drops what nobody will miss of too many states: first what says no more than the next, and is near to it.

        How near, is measured by its age: there are many states of an hour, fewer of a day, some of a year.
        """
        if len(names) <= MOST:
            return
        bodies = (_read(folder / name) for name in names)
        has_own = (_lost(one, other) >= _SLIP for one, other in pairwise(bodies))
        near = (
            (own or one.endswith(_DELETED), (_time(other) - _time(one)) / max(1, now - _time(one)), one)
            for own, (one, other) in zip(has_own, pairwise(names), strict=True)
        )
        for _, _, name in sorted(near)[: len(names) - MOST]:
            with contextlib.suppress(OSError):
                (folder / name).unlink()

    def move(self, path: str, new: str) -> None:
        """Gives a file that has another name now its states; what was deleted stays, to be had back."""
        with contextlib.suppress(OSError):
            folder, other = self._of(path), self._of(new)
            names = [name for name in sorted(self._names(folder)) if not name.endswith(_DELETED)]
            if not names:
                return
            other.mkdir(exist_ok=True)
            (other / _PATH).write_text(new, encoding="utf-8")
            last = max((int(name[:6]) for name in self._names(other)), default=0)
            for number, name in enumerate(names, start=last + 1):
                (folder / name).replace(other / f"{number:06}{name[6:]}")

    def states(self, path: str) -> list[PastState]:
        """The kept states of a file, the last first."""
        folder, found = self._of(path), []
        for name in sorted(self._names(folder), reverse=True):
            with contextlib.suppress(OSError):
                moment = datetime.datetime.fromtimestamp(_time(name), datetime.UTC)
                found.append(PastState(name, moment, (folder / name).stat().st_size))
        return found

    def deleted(self) -> list[tuple[str, PastState]]:
        """The files that were deleted, by path, each with its last state."""
        found = []
        with contextlib.suppress(OSError):
            for folder in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    path = (folder / _PATH).read_text(encoding="utf-8")
                    states = (one for one in self.states(path) if one.state.endswith(_DELETED))
                    found += [(path, one) for one in [next(states, None)] if one]
        return found

    def take_back(self, path: str, state: str) -> None:
        """A deleted file is there again: its state is one like all others, which goes with it."""
        with contextlib.suppress(OSError):
            file = self._of(path) / state
            file.replace(file.with_name(state.removesuffix(_DELETED)))

    def state(self, path: str, name: str) -> bytes:
        """The bytes of a state. Raises Fault where it is kept no longer."""
        with contextlib.suppress(OSError):
            if _NAME.fullmatch(name):
                return read_file(self._of(path) / name, MOST_BYTES)
        raise Fault(say("this state of the file is kept no longer"), say("choose one from the list"))

    def _of(self, path: str) -> Path:
        return self._folder / fingerprint(path.encode()).hex()

    def _names(self, folder: Path) -> Iterator[str]:
        with contextlib.suppress(OSError):
            yield from (one.name for one in folder.iterdir() if _NAME.fullmatch(one.name))


def _time(name: str) -> int:
    found = _NAME.fullmatch(name)
    assert found is not None
    return int(found[2])


def _read(file: Path) -> bytes:
    """The bytes of a state; none where it is kept no longer."""
    with contextlib.suppress(OSError):
        return read_file(file, MOST_BYTES)
    return b""


def _lost(old: bytes, *others: bytes) -> int:
    """How many letters of a text stand in none of the others; with their neighbours, which tells them apart."""
    known, lines = Counter[bytes](), Counter(old.splitlines())
    for other in others:
        known |= Counter(other.splitlines())
    return (_pairs(lines - known) - _pairs(known - lines)).total()


def _pairs(lines: Counter[bytes]) -> Counter[str]:
    return Counter(map("".join, pairwise(b"\n".join(lines.elements()).decode(errors="replace"))))
