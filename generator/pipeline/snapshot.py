"""The first look: what a build depends on, and whether any of it changed, known by stamps alone.

Nothing is read or loaded for it that an unchanged site does not need.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import pickle
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.ground.file_stat import (
    File,
    FileStat,
    FileStats,
    are_trusted,
    file_stat,
    tree_stats,
)
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.text import nfc
from generator.model.options import Options
from generator.model.report import Published, Report
from generator.pipeline.cache.schema import PageRow, SourceRow, StampRow
from generator.pipeline.cache.store import BrokenCacheError, Cache
from generator.pipeline.publish.manifest import owned_files, state_of
from generator.read import sources
from generator.read.sources import Sources


@frozen
class Look:
    """All that a build depends on, as it stands."""

    sources: Sources
    theme: FileStats
    moment: int
    """When the look began, in nanoseconds since 1970."""
    asked: str
    """What is asked of the build."""
    now: datetime.datetime
    """The moment against which ``publish_at`` is held."""


@frozen
class Done:
    """What the last build was asked, saw and reported."""

    asked: str
    content: bytes
    """The fingerprint of all files under content/."""
    theme: FileStats
    theme_is_safe: bool
    now: datetime.datetime
    report: Report


def header() -> str:
    """What the program is: a cache made by another one is of no use, one from another machine is."""
    package = str(Path(__file__).parents[1])
    code = [path for path, _ in sorted(tree_stats(package)) if path.endswith((".py", ".yaml"))]
    parts = (part for path in code for part in (path.removeprefix(package).encode(), Path(path).read_bytes()))
    return repr((__version__, sys.version, fingerprint(*parts).hex(), sorted(_libraries())))


def _libraries() -> Iterator[str]:
    """The libraries that are installed, each with its version, as their folders are called."""
    for place in sys.path:
        with contextlib.suppress(OSError), os.scandir(place or ".") as children:
            yield from (child.name for child in children if child.name.endswith((".dist-info", ".egg-info")))


def look(options: Options) -> Look:
    """Looks at all that the build depends on. Raises BuildError where there is no content."""
    moment = time.time_ns()
    found = sources.walk(options.folder)
    # The themes that come with the program lie in it or beside it.
    themes = (options.folder / "themes", Path(__file__).parents[2] / "themes")
    stamps = {path: stamp for folder in dict.fromkeys(themes) for path, stamp in _below(folder)}
    return Look(found, stamps, moment, _asked(options), options.selection.now)


def glimpse(last: Look, options: Options, places: Iterable[str]) -> Look | None:
    """What a look would find where nothing but files at these places has changed since the ``last``.

    None where it would find more than other words in texts that were there: then only a look can say what.
    """
    moment, top = time.time_ns(), str(options.folder / sources.CONTENT)
    known, texts = last.sources, dict(last.sources.texts)
    for place in places:
        path = nfc(sources.CONTENT + place.removeprefix(top).replace(os.sep, "/"))
        if path in texts:
            try:
                found = os.lstat(texts[path].path)
            except OSError:
                return None
            if not stat.S_ISREG(found.st_mode):
                return None
            texts[path] = File(texts[path].path, file_stat(found))
        # What came and went again is how editors put a new file into the place of an old one.
        elif not place.startswith(top) or path in known.files or os.path.lexists(place):
            return None
    if known.problems:
        return None
    return Look(replace(known, texts=texts), last.theme, moment, _asked(options), options.selection.now)


def is_same(one: Look, other: Look) -> bool:
    """Whether two looks found the same."""
    return one.sources == other.sources and one.theme == other.theme


def _asked(options: Options) -> str:
    selection = options.selection
    return repr((options.base_url, options.portable, options.strict, selection.drafts, selection.future))


def _below(folder: Path) -> Iterable[tuple[str, FileStat]]:
    try:
        return tuple(tree_stats(str(folder)))
    except OSError:
        # What cannot be looked at is told when the theme is read.
        return ((str(folder), (0, 0, 0, 0)),)


def done(cache: Cache) -> Done | None:
    """What is noted of the last build; None where nothing is."""
    raw = cache.meta("done")
    found = pickle.loads(raw) if raw is not None else None  # noqa: S301 - our own, unchanged
    return found if isinstance(found, Done) else None


def note(found: Look, cache: Cache, report: Report) -> bytes:
    """What the next look has to know of this build, whose sources are in the cache."""
    safe = are_trusted(found.theme.values(), found.moment)
    return pickle.dumps(Done(found.asked, _content(cache.sources()), found.theme, safe, found.now, report))


def _content(rows: Mapping[str, SourceRow]) -> bytes:
    paths = sorted(rows)
    # No path holds a line's end, and all fingerprints are of one length, or empty.
    return fingerprint("\n".join(paths).encode(), b",".join([rows[path].print for path in paths]))


def is_same_question(found: Look, last: Done) -> bool:
    """Whether the same is asked as last time, and no entry's time has come since."""
    change = last.report.next_change
    return found.asked == last.asked and last.now <= found.now and (change is None or found.now < change)


def report_of(found: Look, cache: Cache, output: Path, seen: Callable[[], Seen]) -> Report | None:
    """What the last build into ``output`` reported, if nothing has changed since; else None.

    ``seen`` is asked for what stands there when all else is as it was.
    """
    try:
        last = done(cache)
        if last is None or not is_same_question(found, last):
            return None
        if not all(problem.is_warning for problem in found.sources.problems):
            return None
        if not last.theme_is_safe or last.theme != found.theme:
            return None
        rows = cache.sources()
        if not _are_known(found.sources, rows) or last.content != _content(rows):
            return None
        pages = cache.pages()
        if owned_files(output) != pages.keys() or seen().fallen:
            return None
    except BrokenCacheError:
        return None
    assert last.report.published is not None
    return replace(last.report, published=Published(0, len(pages), 0))


def _are_known(found: Sources, rows: Mapping[str, SourceRow]) -> bool:
    """Whether every file under content/ has the stamp that is known of it."""
    files = {**found.texts, **found.files}
    return rows.keys() == files.keys() and all(
        row.is_safe and row.stamp == files[path].stat for path, row in rows.items()
    )


class Seen(NamedTuple):
    """What a look at the output folder found."""

    state: FileStat
    """Of the folder that each publication changes."""
    fallen: frozenset[str]
    """The files that do not stand as they were published, by path from the output folder."""


def seen(cache: Cache, output: Path) -> Seen:
    """Looks at what stands of all that was published. Raises BrokenCacheError."""
    state = state_of(output)
    return Seen(state, frozenset(row.path for row in cache.stamps() if not stands(row, output)))


def stands(row: StampRow, output: Path) -> bool:
    """Whether a published file is still what was published, by its stamp, or else by its bytes."""
    place = f"{output}/{row.path}"
    try:
        stamp = file_stat(os.lstat(place))
        if row.is_safe and stamp == row.stamp:
            return True
        if stamp[0] != row.stamp[0] or Path(place).is_symlink():
            return False
        with open(place, "rb") as file:  # noqa: PTH123 - many are looked at
            return fingerprint(file.read()) == row.print
    except OSError:
        return False


@frozen
class Stood:
    """What was published, as far as it still stands so."""

    rows: Mapping[str, PageRow]
    stands: Mapping[str, bool]
    output: Path | None
    """None where nothing is to be published, so that nobody asks what stands."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file that stands as it was published; None for any other."""
        if self.output is None or not self.stands.get(path):
            return None
        try:
            body = (self.output / path).read_bytes()
        except OSError:
            return None
        return body if fingerprint(body) == self.rows[path].print else None


def restamped(rows: Mapping[str, PageRow], output: Path) -> list[PageRow]:
    """The rows with the stamps of the files as they stand now, without those that are gone again."""
    moment = time.time_ns()
    found = []
    for path, row in rows.items():
        with contextlib.suppress(OSError):
            stamp = file_stat(os.lstat(f"{output}/{path}"))
            size, mtime, ctime, ino = stamp
            is_safe = int(are_trusted((stamp,), moment))
            found.append(row._replace(is_safe=is_safe, size=size, mtime=mtime, ctime=ctime, ino=ino))
    return found
