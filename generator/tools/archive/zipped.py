"""A zip of a bag or within one: stored, not deflated, so that damage hits one file, and the same bytes each time."""

from __future__ import annotations

import datetime
import shutil
import zipfile
from pathlib import Path
from typing import Final

from generator.tools.archive.bag import files_below

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_LATEST: Final = (2107, 12, 31, 23, 59, 58)
"""The format knows no other times."""
_UNIX: Final = 3
_MODE: Final = 0o100644 << 16


def member(name: str, moment: datetime.datetime) -> zipfile.ZipInfo:
    """A file of a zip, with the time as UTC."""
    info = zipfile.ZipInfo(name, min(_LATEST, max(_EARLIEST, moment.astimezone(datetime.UTC).timetuple()[:6])))
    info.create_system, info.external_attr = _UNIX, _MODE
    return info


def write_zip(bag: Path, place: Path, moment: datetime.datetime) -> None:
    """A zip of all files of the bag, below its name."""
    with zipfile.ZipFile(place, "x", zipfile.ZIP_STORED) as archive:
        for path in files_below(bag, ""):
            info = member(f"{bag.name}/{path}", moment)
            info.file_size = (bag / path).stat().st_size
            with (bag / path).open("rb") as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
