"""Whether anything changed since the last build: known by stamps alone, so that nothing need be read or loaded.

A stamp is a file's size, its times and its number. It is believed only where it was safely older than the look
that noted it: an edit within the clock's grain could bear the same stamp. A record that is missing, broken or
of another version is no answer, never an error.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import pickle
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

from generator import __version__
from generator.build.publish import STATE, owned_files
from generator.model.options import Options
from generator.model.report import Published, Report

PARTS: Final = ("jinja2", "markdown-it-py", "mdit-py-plugins", "pydantic", "pyyaml")
"""Libraries whose versions can show in a page."""
GRAIN_NS: Final = 50_000_000
"""How much older than a look a stamp must be, on a file system that keeps nanoseconds."""
COARSE_GRAIN_NS: Final = 2_100_000_000
"""The same where times are whole seconds, or two."""

Stamp = tuple[int, int, int, int]
Stamps = Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Look:
    """All that a build depends on, as it stands."""

    header: tuple[str, ...]
    """The program, its parts and what is asked of it."""
    inputs: Stamps
    moment: int
    """When the look began, in nanoseconds since 1970."""
    now: datetime.datetime
    """The moment against which ``publish_at`` was held."""


def look(options: Options) -> Look | None:
    """Looks at all inputs. None where something cannot be known by its stamp, such as a link."""
    moment = time.time_ns()
    package = Path(__file__).parents[1]
    folders = (options.folder / "content", options.folder / "themes", package, package.parent / "themes")
    try:
        inputs = {path: stamp for folder in folders for path, stamp in _stamps(str(folder))}
    except OSError:
        return None
    return Look(_header(options), inputs, moment, options.selection.now)


def report_of(found: Look, output: Path, options: Options) -> Report | None:
    """What the last build into ``output`` reported, if nothing has changed since; else None."""
    try:
        noted, outputs, report = pickle.loads(_record(options, output).read_bytes())  # noqa: S301 - our own record
        now = options.selection.now
        if noted.header != found.header or noted.inputs != found.inputs or not isinstance(report, Report):
            return None
        if now < noted.now or (report.next_change is not None and now >= report.next_change):
            return None
        if outputs != _output_stamps(output):
            return None
    except Exception:  # noqa: BLE001 - whatever is wrong with a record, a build does without it
        return None
    assert report.published is not None
    everything = report.published.written + report.published.unchanged
    return replace(report, published=Published(0, everything, 0))


def remember(found: Look, output: Path, options: Options, report: Report) -> None:
    """Notes what was built, for the next look. What cannot be noted is not."""
    newest = max((max(stamp[1:3]) for stamp in found.inputs.values()), default=0)
    if found.moment - newest < _grain(found.inputs):
        return
    with contextlib.suppress(OSError):
        time.sleep(GRAIN_NS / 1e9)
        outputs = _output_stamps(output)
        if _grain(outputs) > GRAIN_NS:
            return
        record = _record(options, output)
        record.parent.mkdir(parents=True, exist_ok=True)
        (record.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        staged = record.with_suffix(".new")
        staged.write_bytes(pickle.dumps((found, outputs, report)))
        staged.replace(record)


def _header(options: Options) -> tuple[str, ...]:
    selection = options.selection
    asked = (options.base_url, options.portable, options.strict, selection.drafts, selection.future)
    return (__version__, sys.version, *(version(part) for part in PARTS), repr(asked))


def _record(options: Options, output: Path) -> Path:
    name = hashlib.sha256(os.fsencode(output.resolve())).hexdigest()[:16]
    return options.folder / STATE / name


def _stamps(folder: str) -> Iterator[tuple[str, Stamp]]:
    """The stamps of all files below a folder; none where it is not there. Raises OSError for a link."""
    try:
        children = os.scandir(folder)
    except FileNotFoundError:
        return
    with children:
        for child in children:
            if child.is_dir(follow_symlinks=False):
                if child.name != "__pycache__":
                    yield from _stamps(child.path)
            elif child.is_symlink():
                raise OSError(child.path)
            else:
                yield child.path, _stamp(child.stat(follow_symlinks=False))


def _output_stamps(output: Path) -> Stamps:
    """The stamps of what earlier builds wrote. Raises OSError where some of it is gone."""
    root = f"{output}{os.sep}"
    return {path: _stamp(os.lstat(root + path)) for path in (*owned_files(output), f"{STATE}/manifest")}


def _stamp(found: os.stat_result) -> Stamp:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _grain(stamps: Stamps) -> int:
    is_coarse = bool(stamps) and all(stamp[2] % 1_000_000_000 == 0 for stamp in stamps.values())
    return COARSE_GRAIN_NS if is_coarse else GRAIN_NS
