"""The files of an earlier import, which the same source with other answers replaces if nobody has touched them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from generator.ground.errors import Fault, Problem
from generator.ground.files import opened_file
from generator.ground.messages import say
from generator.read.sources import is_litter

Digests = Mapping[str, str]
"""The SHA-256 of files by their paths in the site."""


def digests(files: Mapping[str, bytes], folder: str) -> dict[str, str]:
    """Those of files by name, in a folder of the site."""
    return {f"{folder}/{name}": hashlib.sha256(body).hexdigest() for name, body in files.items()}


def folders(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders in which files are, each once."""
    return tuple(dict.fromkeys(str(PurePosixPath(path).parent) for path in paths))


def touched(site: Path, written: Digests, others: Collection[str] = ()) -> Iterator[str]:
    """The paths at which the site in a folder has something else than an import wrote: changed, gone or new.

    ``others`` are what other imports wrote there.
    """
    for path, digest in written.items():
        if digest_of(site / path) != digest:
            yield path
    for folder in folders(written):
        for place in sorted((site / folder).iterdir()) if (site / folder).is_dir() else ():
            path = f"{folder}/{place.name}"
            if path not in written and path not in others and not is_litter(place.name):
                yield path


def digest_of(file: Path) -> str:
    """That of a file on the disk; empty where it cannot be read."""
    try:
        with opened_file(file) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, Fault):
        return ""


def in_use(file: str, paths: Iterable[str], delete: str) -> Problem:
    """That drafts of an earlier import are somebody's work by now; ``delete`` names what stands in the way."""
    return Problem(
        path=file,
        message=say("its drafts were changed since they were imported: {paths}", paths=", ".join(sorted(paths)[:5])),
        hint=say("to import it once more, delete {record}", record=delete),
    )
