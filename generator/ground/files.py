"""Files that somebody put here: only ordinary ones are read, and each is looked at for its size before that."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Final

from generator.ground.errors import Fault
from generator.ground.fingerprint import file_fingerprint
from generator.ground.messages import say

_FLAGS: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
"""To open a pipe must not wait for somebody who writes into it."""


def read_file(place: str | Path, most: int) -> bytes:
    """The bytes of an ordinary file of at most ``most`` bytes. Raises OSError, and Fault for any other."""
    with opened_file(place) as file:
        check_size(os.fstat(file.fileno()).st_size, most)
        return file.readall()


def file_digest(place: str | Path) -> bytes:
    """The fingerprint of an ordinary file's bytes, of which only a block is in memory. Raises OSError, and Fault."""
    with opened_file(place) as file:
        return file_fingerprint(file)


@contextlib.contextmanager
def opened_file(place: str | Path) -> Iterator[FileIO]:
    """An ordinary file, open to be read. Raises OSError, and Fault for a pipe or a device, which may never end."""
    with open(place, "rb", buffering=0, opener=_opened) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise strange_file()
        yield file


def _opened(place: str, flags: int) -> int:
    return os.open(place, flags | _FLAGS)


def check_size(size: int, most: int) -> None:
    """Raises Fault where a file of ``size`` bytes is larger than ``most``."""
    if size > most:
        raise Fault(
            say("the file has {size} MB; {limit} is the most", size=-(-size >> 20), limit=most >> 20),
            say("make it smaller, or split it"),
        )


def bag_around(place: Path) -> Path | None:
    """The bag of BagIt that a place is or lies in, which whatever is written into it would spoil; None for none."""
    whole = place.resolve()
    return next((one for one in (whole, *whole.parents) if os.path.lexists(one / "bagit.txt")), None)


def refuse_within_bag(place: Path, *, is_output: bool = True) -> None:
    """Raises Fault for a place in a bag, be it one for ``--output`` or that of a site."""
    if bag := bag_around(place):
        raise Fault(
            say("{output} lies in {bag}, a bundle that nothing may be added to", output=place, bag=bag),
            say("name another folder with --output")
            if is_output
            else say("copy data/sources elsewhere, and work there"),
        )


def strange_file() -> Fault:
    """What is wrong with a pipe, a socket or a device."""
    return Fault(
        say("it is a pipe, a socket or a device, and no file with something in it"),
        say("delete it, and put the file itself here"),
    )
