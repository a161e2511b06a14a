"""What a build depends on, as it is on the disk, and whether any of it changed since the last build.

Files are known by their stats; only what is too new for that is read. Nothing is imported that an unchanged site does
not need.
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
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from generator.ground.code_digest import code_digest, code_stats
from generator.ground.file_stat import File, FileStat, FileStats, are_trusted, file_stat, tree_stats
from generator.ground.fingerprint import file_fingerprint, fingerprint
from generator.ground.frozen import frozen
from generator.ground.text import nfc
from generator.model.options import Options
from generator.model.report import Published, Report
from generator.pipeline.cache.database import BrokenCacheError, CacheHeader
from generator.pipeline.cache.schema import PublishedFile, PublishedStat, SourceRow
from generator.pipeline.cache.store import Cache
from generator.pipeline.publish.manifest import owned_files
from generator.read import sources
from generator.read.sources import Sources

_LAST_BUILD = "last build"
"""The name of LastBuild in the cache."""


@frozen
class Snapshot:
    """Everything that a build depends on, as it was found."""

    sources: Sources
    theme: FileStats
    moment: int
    """When the scan began, in nanoseconds since 1970."""
    options_key: str
    """The options that decide what is published."""
    now: datetime.datetime
    """The moment with which ``publish_at`` is compared."""


@frozen
class LastBuild:
    """What the last build was asked for, found and reported."""

    options_key: str
    content_digest: bytes
    """The digest of all files under content/."""
    theme: FileStats
    theme_trusted: bool
    """Whether the stats of the theme were safely older than the scan."""
    now: datetime.datetime
    report: Report


def cache_header() -> CacheHeader:
    """What the program is, by its code, its libraries and the interpreter."""
    moment, stats = time.time_ns(), code_stats()
    libraries = sorted(_libraries())
    is_trusted = are_trusted(stats.values(), moment)
    quick = fingerprint(repr((sys.version, sorted(stats.items()), libraries)).encode()).hex() if is_trusted else ""
    return CacheHeader(quick, lambda: repr((sys.version, code_digest().hex(), libraries)))


def _libraries() -> Iterator[str]:
    """The installed libraries with their versions, as their folders are called."""
    for place in sys.path:
        with contextlib.suppress(OSError), os.scandir(place or ".") as children:
            yield from (child.name for child in children if child.name.endswith((".dist-info", ".egg-info")))


def scan(options: Options) -> Snapshot:
    """Scans everything that a build of a site depends on. Raises BuildError where there is no content."""
    moment = time.time_ns()
    found = sources.walk(options.folder)
    if options.without:
        found = replace(found, texts={path: file for path, file in found.texts.items() if path not in options.without})
    return snapshot_of(found, options, moment)


def snapshot_of(found: Sources, options: Options, moment: int) -> Snapshot:
    """What a build depends on whose sources were ``found`` at a ``moment``: they and the themes."""
    # The themes that come with the program lie in it or next to it.
    themes = (options.folder / "themes", Path(__file__).parents[2] / "themes")
    stats = {path: one for folder in dict.fromkeys(themes) for path, one in _stats_below(folder)}
    return Snapshot(found, stats, moment, _options_key(options), options.selection.now)


def rescan_paths(last: Snapshot, options: Options, places: Iterable[str]) -> Snapshot | None:
    """What a scan would find where only files at these places on the disk changed since the ``last`` one.

    None where more may have changed than the words of files that were there: then only a scan can tell.
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
        # Editors put a new file in the place of an old one by way of one that comes and goes.
        elif not place.startswith(top) or path in known.files or os.path.lexists(place):
            return None
    if known.problems:
        return None
    return Snapshot(replace(known, texts=texts), last.theme, moment, _options_key(options), options.selection.now)


def is_same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two scans found the same files."""
    return one.sources == other.sources and one.theme == other.theme


def _options_key(options: Options) -> str:
    selection = options.selection
    left = (sorted(options.without),) if options.without else ()
    return repr((options.base_url, options.portable, options.strict, selection.drafts, selection.future, *left))


def _stats_below(folder: Path) -> Iterable[tuple[str, FileStat]]:
    try:
        return tuple(tree_stats(str(folder)))
    except OSError:
        # A folder that cannot be read is a problem when the theme is loaded.
        return ((str(folder), (0, 0, 0, 0)),)


def last_build(cache: Cache) -> LastBuild | None:
    """What is known of the last build; None where nothing is."""
    raw = cache.meta(_LAST_BUILD)
    return None if raw is None else pickle.loads(raw)  # noqa: S301 - our own, unchanged


def save_last_build(snapshot: Snapshot, cache: Cache, report: Report) -> None:
    """Saves what the next build has to know of this one, whose sources are in the cache. Within a transaction."""
    trusted = are_trusted(snapshot.theme.values(), snapshot.moment)
    digest = _content_digest(cache.sources())
    last = LastBuild(snapshot.options_key, digest, snapshot.theme, trusted, snapshot.now, report)
    cache.set_meta(_LAST_BUILD, pickle.dumps(last))


def _content_digest(rows: Mapping[str, SourceRow]) -> bytes:
    paths = sorted(rows)
    # No path holds the end of a line, and all digests have one length, or none.
    return fingerprint("\n".join(paths).encode(), b",".join([rows[path].content_digest for path in paths]))


def same_options(snapshot: Snapshot, last: LastBuild) -> bool:
    """Whether the options are those of the last build, and no entry's time has come since."""
    change = last.report.next_change
    is_due = change is not None and snapshot.now >= change
    return snapshot.options_key == last.options_key and last.now <= snapshot.now and not is_due


def up_to_date_report(
    snapshot: Snapshot, cache: Cache, output: Path, modified: Callable[[], AbstractSet[str]]
) -> Report | None:
    """The report of a build that finds nothing changed since the last; None where anything did.

    ``modified`` scans the output; it is called when everything else is as it was.
    """
    try:
        last = last_build(cache)
        if last is None or not same_options(snapshot, last):
            return None
        if not all(problem.is_warning for problem in snapshot.sources.problems):
            return None
        if not last.theme_trusted or last.theme != snapshot.theme:
            return None
        rows = cache.sources()
        if not _are_known(snapshot.sources, rows) or last.content_digest != _content_digest(rows):
            return None
        published = cache.published_paths()
        if owned_files(output) != published or modified():
            return None
    except BrokenCacheError:
        return None
    return replace(last.report, published=Published(0, len(published), 0))


def _are_known(found: Sources, rows: Mapping[str, SourceRow]) -> bool:
    """Whether every file under content/ has the stat that is known of it."""
    files = {**found.texts, **found.files}
    return rows.keys() == files.keys() and all(
        row.stat_trusted and row.stat == files[path].stat for path, row in rows.items()
    )


def changed_outputs(cache: Cache, output: Path) -> frozenset[str]:
    """The published files that are missing or were changed by somebody else, by path. Raises BrokenCacheError."""
    return frozenset(one.path for one in cache.published_stats() if not _is_intact(one, output))


def _is_intact(one: PublishedStat, output: Path) -> bool:
    """Whether a file is still what was published, by its stat, or else by its bytes."""
    place = f"{output}/{one.path}"
    try:
        found = file_stat(os.lstat(place))
        if one.stat_trusted and found == one.stat:
            return True
        if found[0] != one.stat[0] or Path(place).is_symlink():
            return False
        with open(place, "rb") as file:  # noqa: PTH123 - thousands are read
            return file_fingerprint(file) == one.content_digest
    except OSError:
        return False


@frozen
class PublishedFiles:
    """What earlier builds published, and what of it is intact."""

    rows: Mapping[str, PublishedFile]
    """By path from the output folder."""
    modified: AbstractSet[str]
    """The paths of those that are missing or were changed by somebody else."""
    output: Path | None
    """None where nothing is to be published."""

    def is_intact(self, path: str) -> bool:
        """Whether a file is as it was published."""
        return path in self.rows and path not in self.modified

    def read(self, path: str) -> bytes | None:
        """The bytes of a file that is as it was published; None for any other."""
        if self.output is None or not self.is_intact(path):
            return None
        try:
            body = (self.output / path).read_bytes()
        except OSError:
            return None
        return body if fingerprint(body) == self.rows[path].content_digest else None


def with_current_stats(rows: Iterable[PublishedFile], output: Path) -> list[PublishedFile]:
    """The rows with the stats of the files as they are now, without those of files that are gone."""
    moment = time.time_ns()
    found = []
    for row in rows:
        with contextlib.suppress(OSError):
            one = file_stat(os.lstat(f"{output}/{row.planned.path}"))
            found.append(row._replace(stat_trusted=int(are_trusted((one,), moment)), stat=one))
    return found
