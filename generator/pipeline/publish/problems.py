"""What an operating system refuses while a site is published, as problems that say what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say
from generator.ground.refusals import Cause, fact_of

_REMEDIES: Final = {
    Cause.FULL: say("make room, then build again"),
    Cause.ACCESS: say("allow it, or publish into another folder with --output"),
    Cause.FILE: say("publish into another folder with --output"),
}


@contextlib.contextmanager
def os_errors_as_problems(shown: str) -> Iterator[None]:
    """Raises BuildError for an OSError in the block; ``shown`` is the output folder as the user calls it."""
    try:
        yield
    except OSError as error:
        cause, fact = fact_of(error)
        remedy = _REMEDIES.get(cause) or say("see to that, then build again; what stands stays whole")
        raise BuildError(Problem(path=shown, message=fact, hint=remedy)) from error


def foreign_file(shown: str, path: str) -> BuildError:
    """The problem of something at ``path`` in the output folder that the generator did not write."""
    return BuildError(
        Problem(
            path=f"{shown}/{path}",
            message=say("something that Rizhi did not write is in the way"),
            hint=say("move it elsewhere, or publish into another folder with --output"),
        )
    )
