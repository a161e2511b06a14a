"""What an operating system refuses, in words. What to do about it is for whoever asked it to say."""

from __future__ import annotations

import errno
import os
from enum import Enum, auto
from pathlib import Path
from typing import Final

from generator.ground.messages import Message, say


class Cause(Enum):
    """Why a system refuses something."""

    FULL = auto()
    FILE = auto()
    """A file is where a folder would be."""
    FOLDER = auto()
    """The other way round."""
    ACCESS = auto()
    NAME = auto()
    """It is too long."""
    OTHER = auto()


_CAUSES: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), Cause.FULL),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), Cause.FILE),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), Cause.ACCESS),
    errno.EISDIR: Cause.FOLDER,
    errno.ENAMETOOLONG: Cause.NAME,
}


def fact_of(error: OSError | RuntimeError) -> tuple[Cause, Message]:
    """What the system refuses, and why. A RuntimeError is that of a name that leads round in a circle."""
    number, named = (error.errno, error.filename2 or error.filename) if isinstance(error, OSError) else (None, None)
    cause = _CAUSES.get(number, Cause.OTHER) if number is not None else Cause.OTHER
    if cause is Cause.FULL:
        return cause, say("there is no room left on the disk")
    place = Path(named) if isinstance(named, str | os.PathLike) and named else None
    file = place and next((one for one in (place, *place.parents) if os.path.isfile(one)), None)  # noqa: PTH113 - it raises nothing
    match cause:
        case Cause.FILE if file:
            return cause, say("{place} is a file, not a folder", place=file)
        case Cause.FOLDER if place:
            return cause, say("{place} is a folder, not a file", place=place)
        case Cause.ACCESS if place:
            return cause, say("the system allows no access to {place}", place=place)
        case Cause.NAME if place:
            return cause, say("the name {name} is too long", name=place.name)
    told = f"{error.strerror or error} {place or ''}".strip() if isinstance(error, OSError) else error
    return Cause.OTHER, say("the system refuses: {fact}", fact=told)
