"""Builds the sources of a bundle and compares the result with its site, byte for byte."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import Message, say
from generator.ground.temporary import temporary_folder
from generator.ground.text import nfc
from generator.model.options import Options, Selection
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.run import run_build
from generator.pipeline.session import BuildRequest
from generator.tools.archive.bag import digests, files_below
from generator.tools.archive.verify.bundle import Bundle, problem, text_of
from generator.tools.archive.verify.manifests import MOST_INFO

_SOURCES: Final = "data/sources/"
_SITE: Final = "data/site/"
_MOMENT: Final = re.compile(r"^Rizhi-Moment: ([0-9TZ:+-]{20,32})$", re.MULTILINE)
_LATE: Final = datetime.datetime(9998, 1, 1, tzinfo=datetime.UTC)


def rebuilt(bundle: Bundle) -> Iterator[Problem | Message]:
    """What differs; the bundle is known to be whole. A theme's templates are programs, so a stranger's are not run."""
    files = bundle.listing.files
    if any(path.startswith(f"{_SOURCES}themes/") for path in files):
        yield say(
            "whether data/sources gives data/site: it brings a theme of its own, which may run anything; "
            "where you trust it, compare data/site with FOLDER, without its .rizhi, after "
            "rizhi build BUNDLE/data/sources --portable --no-cache --output FOLDER"
        )
        return
    with temporary_folder() as folder:
        for path in files:
            if path.startswith(_SOURCES):
                place = folder / path.removeprefix("data/")
                place.parent.mkdir(parents=True, exist_ok=True)
                with bundle.open(path) as source, place.open("wb") as target:
                    shutil.copyfileobj(source, target)
        try:
            _build(folder, _moment(bundle))
        except BuildError as error:
            # Warnings stop nothing, and stand among the problems in the order of the files.
            wrong = next((one for one in error.problems if not one.is_warning), error.problems[0])
            yield problem(_SOURCES, say("the sources cannot be built here: {fact}", fact=wrong.message))
            return
        yield from _differences(bundle, folder)


def _moment(bundle: Bundle) -> datetime.datetime:
    """The time that ``publish_at`` was compared with."""
    try:
        found = _MOMENT.search(text_of(bundle, "bag-info.txt", MOST_INFO).replace("\r\n", "\n"))
        return datetime.datetime.fromisoformat(found[1]) if found else _LATE
    except ValueError:
        return _LATE


def _build(folder: Path, moment: datetime.datetime) -> None:
    options = Options(folder=folder / "sources", selection=Selection(now=moment), portable=True, uses_cache=False)
    run_build(BuildRequest(options=options, output=folder / "site"))
    shutil.rmtree(folder / "site" / STATE)


def _differences(bundle: Bundle, folder: Path) -> Iterator[Problem]:
    own = {path.removeprefix("data/") for path in bundle.listing.files if path.startswith(_SITE)}
    made = {nfc(path): path for path in files_below(folder, "site")}
    for path in sorted(own | made.keys()):
        if path not in made:
            yield problem(f"data/{path}", say("the sources give no such file"))
        elif path not in own:
            yield problem(f"data/{path}", say("the sources give this file too, which the site lacks"))
        else:
            with bundle.open(f"data/{path}") as mine, (folder / made[path]).open("rb") as other:
                if digests(mine) != digests(other):
                    yield problem(f"data/{path}", say("the sources give other bytes"))
