"""A cache is of use to the program that made it, wherever that is installed, and to no other version of it."""

from __future__ import annotations

import time

import pytest

from generator.ground import code_digest
from generator.pipeline import session, snapshot
from tests.space import SiteSpace


def test_the_program_is_read_only_where_its_files_have_other_stats(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied code, as of a machine that restores its cache, is the same program; other code is another one."""
    read: list[None] = []
    digest, stats = code_digest.code_digest(), dict.fromkeys(("/a.py", "/b.py"), (1, 2, 3, 4))

    def read_code() -> bytes:
        read.append(None)
        return digest

    monkeypatch.setattr(session, "cache_header", snapshot.cache_header)
    monkeypatch.setattr(snapshot, "code_digest", read_code)
    monkeypatch.setattr(snapshot, "code_stats", lambda: stats)
    space.entry("a")
    time.sleep(0.1)
    space.build()
    reads = []
    # The last is newer than the clock: it may be written again within its grain.
    for stat in ((1, 2, 3, 4), (1, 9, 9, 4), (1, 2, 3, 4), (1, 2, time.time_ns() + 10**12, 4)):
        changed = stats | {"/a.py": stat}
        monkeypatch.setattr(snapshot, "code_stats", lambda changed=changed: changed)
        for _ in range(2):
            read.clear()
            assert ": 0 files written, " in space.build().out
            reads.append(bool(read))
    assert reads == [False, False, True, False, True, False, True, True]
    digest = b"another"
    assert len(space.build("--explain").out.splitlines()) > 1
