"""What somebody else holds: locks, and a cache that is read for long or was damaged meanwhile."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from generator.pipeline.cache import database
from generator.pipeline.publish import lock
from generator.pipeline.publish.lock import try_lock
from generator.pipeline.publish.manifest import STATE
from tests.space import SiteSpace


def cache_of(space: SiteSpace) -> Path:
    (found,) = (space.folder / STATE).glob("[0-9a-f]*")
    return found


def test_a_cache_that_somebody_reads_for_long_stays(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.entry("a", title="甲甲")
    space.build()
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    cache = cache_of(space)
    with contextlib.closing(sqlite3.connect(cache, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM published").fetchall()
        space.entry("a", title="乙乙")
        ran = space.build()
        assert "damaged" not in ran.out + ran.err
        assert "The cache in .rizhi cannot be written" in ran.err
        assert "乙乙" in space.page("")
        assert reader.execute("SELECT count(*) FROM published").fetchall() == before
    assert cache.exists()
    assert ": 0 files written" in space.build().out


def test_a_damaged_cache_is_no_error_while_another_build_publishes(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever only looks whether all is up to date finds that it has to wait and build."""
    space.entry("a")
    time.sleep(0.1)
    space.build()
    with contextlib.closing(sqlite3.connect(cache_of(space), isolation_level=None)) as writer:
        writer.execute("UPDATE source SET content_digest = NULL")
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.1)
    release = try_lock(space.folder / "output" / STATE / "lock")
    assert release is not None
    assert space.fails().problems[1:] == ["output: another build has been publishing here for ten minutes"]
    release()
    assert "damaged" in space.build().out


def test_waiting_is_told_once_for_both_locks(space: SiteSpace) -> None:
    space.entry("a")
    space.build()
    space.entry("b")
    state = space.folder / STATE
    places = space.folder / "output" / STATE / "lock", state / f".lock-{cache_of(space).name}"
    for place, seconds in zip(places, (0.3, 1.0), strict=True):
        release = try_lock(place)
        assert release is not None
        threading.Timer(seconds, release).start()
    assert space.build().err.count("Another build is publishing here") == 1
