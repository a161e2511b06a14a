"""What an operating system refuses while a site is published, as problems that say what to do."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import Message, say


@contextlib.contextmanager
def refused(shown: str) -> Iterator[None]:
    """Raises BuildError for an OSError in the block; ``shown`` is the output folder as the user calls it."""
    try:
        yield
    except OSError as error:
        message, hint = _explained(error)
        raise BuildError(Problem(path=shown, message=message, hint=hint)) from error


def foreign(shown: str, path: str) -> BuildError:
    """The problem of something at ``path`` in the output folder that the generator did not write."""
    return BuildError(
        Problem(
            path=f"{shown}/{path}",
            message=say("something that Rizhi did not write is in the way"),
            hint=say("move it elsewhere, or publish into another folder with --output"),
        )
    )


def _explained(error: OSError) -> tuple[Message, Message]:
    place = error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return say("there is no room left on the disk"), say("make room, then build again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            say("{place} may not be written", place=place),
            say("allow it, or publish into another folder with --output"),
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        place = next((one for one in (Path(place), *Path(place).parents) if one.is_file()), place)
        return say("{place} is a file, not a folder", place=place), say("publish into another folder with --output")
    return (
        say("it cannot be written: {fact}", fact=f"{error.strerror or error} {place}".strip()),
        say("see to that, then build again; what stands stays whole"),
    )
