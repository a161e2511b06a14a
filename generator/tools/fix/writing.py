"""Writes mended files: each is the old or the new one, whatever happens meanwhile."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generator.ground.errors import Fault, Problem
from generator.ground.files import read_file
from generator.ground.messages import say
from generator.ground.whole_files import whole_file
from generator.read.sources import CONTENT, MOST_BYTES
from generator.tools.fix.search import MendedFile


def write(file: MendedFile, folder: Path) -> Problem | None:
    """Puts the new file in the place of the old one; the problem where that cannot be done, and nothing is changed."""
    place = Path(file.place)
    try:
        if not _is_inside(place, folder) or read_file(place, MOST_BYTES) != file.old:
            return Problem(
                path=file.path,
                message=say("the file was changed meanwhile, so it is left as it is"),
                hint=say("run the command again"),
            )
        if not os.access(place, os.W_OK):
            return Problem(
                path=file.path,
                message=say("the file may not be written, so it is left as it is"),
                hint=say("check that you may write it"),
            )
        _replace(place, file.new)
    except (OSError, Fault) as error:
        fact = error.message if isinstance(error, Fault) else error.strerror or str(error)
        return Problem(
            path=file.path,
            message=say("it cannot be written, so it is left as it is: {fact}", fact=fact),
            hint=say("see to that, and run the command again"),
        )
    return None


def _is_inside(place: Path, folder: Path) -> bool:
    """Whether the file itself, not what a link leads to, lies in the site's content."""
    content = os.path.realpath(folder / CONTENT)
    return not place.is_symlink() and Path(os.path.realpath(place)).is_relative_to(content)


def _replace(place: Path, body: bytes) -> None:
    with whole_file(place, body) as temporary:
        temporary.chmod(stat.S_IMODE(place.stat().st_mode))
        temporary.replace(place)
