"""Checks a bundle: manifests both ways, the receipt, and that its parts agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from generator.ground.errors import Problem, in_order
from generator.ground.files import opened_file
from generator.ground.frozen import frozen
from generator.ground.memory import at_most
from generator.ground.messages import Message, say
from generator.tools.archive.receipt import digest_in
from generator.tools.archive.verify.agreement import (
    CATALOGUE,
    CRATE,
    WEB,
    catalogue,
    crate,
    missing_parts,
    web_archive,
)
from generator.tools.archive.verify.bundle import Bundle, opened_bundle, problem
from generator.tools.archive.verify.manifests import (
    Hashed,
    hashed,
    info_problems,
    manifest_problems,
    receipt_problem,
)

_MOST_RECEIPT: Final = 1 << 20
Check = Callable[[Bundle, Hashed], Iterable[Problem | Message]]
"""Finds problems, and tells what it could not check."""
CHECKS: Final[Mapping[str, Check]] = {WEB: web_archive, CRATE: crate, CATALOGUE: catalogue}
"""By the file that each looks at."""
_MOST_TOLD: Final = 1_000
"""Problems of one file that are told one by one."""
_MOST_MEMORY: Final = 256 << 20
_PER_FILE: Final = 4 << 10
"""Bytes that one of them may take, and more for each file of the bundle, whatever a stranger wrote into its file."""


@frozen(kw_only=True)
class Verified:
    """What was found out about a bundle."""

    problems: tuple[Problem, ...]
    unchecked: tuple[Message, ...]
    files: int
    size: int
    """In bytes."""


def verify(place: Path, *, receipt: Path | None, rebuilds: bool) -> Verified:
    """Checks the bundle at ``place``. Raises BuildError for no bundle, and Fault or OSError for a faulty receipt."""
    digest = _digest(receipt) if receipt else None
    with opened_bundle(place) as bundle:
        found = hashed(bundle)
        problems = [*bundle.listing.problems, *found.problems, *manifest_problems(bundle, found)]
        problems += info_problems(bundle, found)
        unchecked: list[Message] = []
        for path, check in CHECKS.items():
            for one in _within_memory(path, check, bundle, found):
                problems.append(one) if isinstance(one, Problem) else unchecked.append(one)
        if "bagit.txt" in bundle.listing.files:
            problems += missing_parts(bundle, {one.path for one in problems})
        if digest is None:
            unchecked.append(say("whether all of it was forged: that shows only with --receipt"))
        elif fault := receipt_problem(found, digest):
            problems.append(fault)
        if rebuilds and problems:
            unchecked.append(say("whether data/sources gives data/site: what has other faults is not built"))
        elif rebuilds:
            from generator.tools.archive.verify.rebuild import rebuilt

            for one in rebuilt(bundle):
                problems.append(one) if isinstance(one, Problem) else unchecked.append(one)
        else:
            unchecked.append(say("whether data/sources gives data/site: that shows only with --rebuild"))
        return Verified(
            problems=in_order(problems),
            unchecked=tuple(unchecked),
            files=len(found.files),
            size=sum(one.size for one in found.files.values()),
        )


def _within_memory(path: str, check: Check, bundle: Bundle, found: Hashed) -> list[Problem | Message]:
    try:
        with at_most(_MOST_MEMORY + _PER_FILE * len(bundle.listing.files)):
            some = list(islice(check(bundle, found), _MOST_TOLD + 1))
            more = say("more than {limit} parts of it differ; the others are not told", limit=_MOST_TOLD)
            return [*some[:_MOST_TOLD], problem(path, more)] if len(some) > _MOST_TOLD else some
    except MemoryError:
        return [problem(path, say("it holds far more than such a file of a bundle does"))]


def _digest(receipt: Path) -> str:
    """The digest in a receipt, of which only the beginning is read. Raises Fault and OSError."""
    with opened_file(receipt) as file:
        return digest_in(file.read(_MOST_RECEIPT))
