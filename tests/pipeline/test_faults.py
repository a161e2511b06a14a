"""What goes wrong beside a build or within it: a lost or broken cache, an error of the program, a full disk.

Each has a longer run: ``RIZHI_BULK=50 RIZHI_BULK_ENTRIES=2000`` rounds of bulk edits, ``RIZHI_FULL=0`` for a disk
that is full from every single write on, ``RIZHI_DAMAGES=500`` damaged caches.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from tests.pipeline.processes import (
    BEGUN_ANEW,
    ENVIRONMENT,
    build,
    cache_of,
    same_file,
    share_and_spill,
    share_small_work,
)
from tests.pipeline.program_errors import fail_in_a_serialiser, fail_in_a_statement, times
from tests.pipeline.test_publish import OLD, renew
from tests.space import PNG, SiteSpace, tree

BULK = int(os.environ.get("RIZHI_BULK", "8"))
BULK_ENTRIES = int(os.environ.get("RIZHI_BULK_ENTRIES", "40"))
LARGE: Final = 1000
"""Entries from which on a site is large enough as it is."""
SPILLS: Final = 2_048_000
"""Bytes of a cache from which on SQLite writes within a transaction (its default is ``cache_size = -2000``)."""
FULL = int(os.environ.get("RIZHI_FULL", "4"))
"""From how many writes on the disk is full, evenly from the first to the last; 0 for every one."""
DAMAGES = int(os.environ.get("RIZHI_DAMAGES", "12"))
ROOT: Final = Path(__file__).parents[2]
WRITES: Final = ("write", "pwrite64", "sendfile", "copy_file_range")
SPEAKING: Final = """\
import socket, sys
sys.stdout = sys.stderr = socket.socket(fileno=int(sys.argv.pop(1))).makefile("w", encoding="utf-8")
from generator.__main__ import run
run()
"""
"""The command, which speaks through a socket: what it says is no write, and so never meets a full disk."""

Site = Callable[[str], SiteSpace]


def write_many(space: SiteSpace, text: str) -> None:
    """Many entries; another ``text`` changes each of them, below its front matter."""
    for number in range(BULK_ENTRIES):
        date = f"2020-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        space.entry(f"e{number}", title=f"第{number}天", date=date, body=f"{text}{number}。\n" + "走访企业。" * 200)


def test_a_large_cache_outlives_bulk_edits(site: Site) -> None:
    """It was lost in one of four rounds: helpers were forked within a transaction, and read without a lock."""
    space = site("")
    prepare = share_small_work if BULK_ENTRIES >= LARGE else share_and_spill
    write_many(space, "从前")
    ran = build(space, "--jobs", "2", prepare=prepare).ended()
    assert (ran.status, ran.err) == (0, "")
    cache, lost = cache_of(space), []
    assert BULK_ENTRIES < LARGE or cache.stat().st_size > SPILLS
    for number in range(BULK):
        write_many(space, f"如今{number}")
        with same_file(cache) as is_same:
            ran = build(space, "--jobs", "2", "--explain", prepare=prepare).ended()
            assert (ran.status, ran.err) == (0, "")
            # A lost cache makes anew what no text changes.
            if not is_same() or "assets/" in ran.out:
                lost.append(number)
        again = space.build("--jobs", "2", "--explain")
        assert ": 0 files written," in again.out
        assert len(again.out.splitlines()) == 1, again.out
    assert lost == [], f"of {BULK} rounds"
    published = space.tree()
    space.build("--no-cache", "--jobs", "1")
    assert space.tree() == published


@pytest.mark.parametrize("fail", [fail_in_a_statement, fail_in_a_serialiser])
def test_an_error_of_the_program_is_none_of_the_disk(site: Site, fail: Callable[[str, int, Path], None]) -> None:
    space = site(OLD)
    space.build()
    count = space.folder / "count"

    def edited(number: int, kind: str, at: int) -> tuple[int, str]:
        space.entry("stays", body=f"又{number}次。\n")
        ran = build(space, "--jobs", "1", prepare=partial(fail, kind, at, count)).ended()
        return ran.status, ran.err

    assert edited(0, "TypeError", 0) == (0, "")
    last = times(count)
    assert last > 1, "where the program shall fail has to be found anew"
    wrong = []
    for number, kind in enumerate(("TypeError", "ValueError", "KeyError"), 1):
        for at in (1, last):
            status, said = edited(number * 10 + at, kind, at)
            if status != 1 or "Traceback" not in said or f"{kind}: " not in said or "cannot be written" in said:
                wrong.append(f"{kind} at {at} of {last}: {status}, said:\n{said}")
    assert not wrong, "\n".join(wrong)
    space.build()
    assert "又" in space.page("2020/03/05/stays/")


def test_a_disk_that_is_full_from_any_write_on(site: Site, tmp_path: Path) -> None:
    space = site(OLD)
    space.build()
    old, before = space.tree(), tmp_path / "before"
    renew(space)
    shutil.copytree(space.folder / "output", before / "output")
    shutil.copytree(space.folder / ".rizhi", before / ".rizhi")
    calls = full_from(space, None)[2]
    new = space.tree()
    assert "pwrite64" in calls
    wrong = []
    for number in range(0, len(calls), max(1, len(calls) // FULL) if FULL else 1):
        for name in ("output", ".rizhi"):
            shutil.rmtree(space.folder / name)
            shutil.copytree(before / name, space.folder / name)
        status, said, _ = full_from(space, calls[:number])
        is_whole = space.tree() in ((new,) if status == 0 else (old, new))
        is_told = status == 0 or (status == 1 and "1 problem" in said)
        if not is_whole or not is_told or "Traceback" in said or space.build().err or space.tree() != new:
            wrong.append(f"from write {number} of {len(calls)} on: {status}, whole: {is_whole}, said:\n{said}")
    assert not wrong, "\n".join(wrong)


def full_from(space: SiteSpace, before: list[str] | None) -> tuple[int, str, list[str]]:
    """Builds on a disk that is full after the writes ``before``, or never: exit status, what is said, all writes."""
    log = space.folder / "calls"
    command = ["strace", "-qq", "-o", str(log), "-e", f"trace={','.join(WRITES)}"]
    for call in WRITES if before is not None else ():
        command += ["-e", f"inject={call}:error=ENOSPC:when={(before or []).count(call) + 1}+"]
    ours, theirs = socket.socketpair()
    with ours, theirs:
        arguments = [sys.executable, "-c", SPEAKING, str(theirs.fileno()), "build", "--jobs", "1", str(space.folder)]
        ended = subprocess.run(
            [*command, *arguments],
            cwd=ROOT,
            env={**os.environ, **ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"},
            pass_fds=[theirs.fileno()],
            check=False,
        )
        theirs.close()
        with ours.makefile(encoding="utf-8") as file:
            said = file.read()
    calls = [line.partition("(")[0] for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    return ended.returncode, said, [call for call in calls if call in WRITES]


UNWRITABLE: Final = "The cache in .rizhi cannot be written, so this was done without it. Is the disk full?\n"


def no_room_below(folder: Path, pages: int) -> None:
    """The disk of ``folder`` is full: no file is made there, and a database there grows no larger than that."""
    connect = sqlite3.connect

    def hook(event: str, args: tuple[object, ...]) -> None:
        place, flags = (args[0], args[2]) if event == "open" else ("", 0)
        if not isinstance(place, str) or not place.startswith(str(folder)) or not isinstance(flags, int):
            return
        if flags & os.O_CREAT and not Path(place).exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), place)

    def connect_full(place: Path, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(place, **options)
        if Path(place).is_relative_to(folder):
            connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    sqlite3.connect = connect_full  # type: ignore[assignment]
    sys.addaudithook(hook)


def test_a_cache_without_room_is_done_without(site: Site, tmp_path: Path) -> None:
    space = site(OLD)
    space.write("content/entries/p.png", PNG)
    space.build()
    known = cache_of(space).stat().st_size // 4096
    for number, (more, is_told) in enumerate(((0, True), (1, True), (1000, False))):
        for at in range(20):
            space.entry(f"new{at}", title=f"新{number}", body=f"第{number}次。" * 400 + "\n\n![图](p.png)\n")
        shutil.rmtree(space.folder / ".rizhi/pictures", ignore_errors=True)
        prepare = partial(no_room_below, space.folder / ".rizhi", known + more)
        ran = build(space, "--jobs", "2", prepare=prepare).ended()
        assert (ran.status, ran.err) == (0, UNWRITABLE if is_told else ""), (more, ran.err)
        space.build("--no-cache", "--output", str(tmp_path / "clean"))
        assert space.tree() == tree(tmp_path / "clean")
        assert space.build().err == ""
        assert space.tree() == tree(tmp_path / "clean")
        known = cache_of(space).stat().st_size // 4096


def test_a_cache_that_is_none_is_told_and_begun_anew(site: Site) -> None:
    space = site(OLD)
    space.build()
    cache, expected = cache_of(space), space.tree()
    silent = []
    for command in ("build", "check", "export chronicle --force"):
        cache.write_bytes(b"This is no database. " * 1000)
        options = ("--output", str(space.folder / "chronicle.md")) if command.startswith("export") else ()
        ran = space.run(command, *options)
        assert ran.status == 0, ran.err
        if not BEGUN_ANEW.search(ran.out + ran.err):
            silent.append(command)
    assert silent == []
    assert space.tree() == expected
    ran = space.build()
    assert ": 0 files written," in ran.out
    assert not BEGUN_ANEW.search(ran.out + ran.err)


def test_a_damaged_cache_gives_clean_bytes(site: Site, tmp_path: Path) -> None:
    space = site(OLD)
    clean = {}
    for text in ("一。\n", "二。\n"):
        space.entry("stays", body=text)
        space.build("--no-cache", "--output", str(tmp_path / "clean"))
        clean[text] = tree(tmp_path / "clean")
    space.build()
    dice, silent = random.Random(1), []
    for number in range(DAMAGES):
        text = dice.choice(list(clean))
        space.entry("stays", body=text)
        cache = cache_of(space)
        how = damage(cache, dice)
        with same_file(cache) as is_same:
            ran = space.build()
            if not is_same() and not BEGUN_ANEW.search(ran.out + ran.err):
                silent.append((number, how))
        assert space.tree() == clean[text], f"damage {number}: {how}"
    assert silent == []


def test_a_column_with_another_value_gives_clean_bytes(site: Site, tmp_path: Path) -> None:
    space = site(OLD)
    clean, texts = {}, ("一。\n", "二。\n")
    for text in texts:
        space.entry("stays", body=text)
        space.build("--no-cache", "--output", str(tmp_path / "clean"))
        clean[text] = tree(tmp_path / "clean")
    space.build()
    with contextlib.closing(sqlite3.connect(cache_of(space))) as cache:
        tables = [name for (name,) in cache.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [(table, row[1]) for table in tables for row in cache.execute(f"PRAGMA table_info({table})")]
    assert len(columns) > 40
    wrong = []
    for number, (table, column) in enumerate(columns):
        for value in (7, "x", b"\0"):
            text = texts[(number + (value == "x")) % 2]
            space.entry("stays", body=text)
            # The ids of components are integers, whatever is written.
            with contextlib.closing(sqlite3.connect(cache_of(space))) as cache, contextlib.suppress(sqlite3.Error):
                rows = f"SELECT rowid FROM {table} LIMIT 2"
                cache.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid IN ({rows})", (value,))
                cache.commit()
            space.build()
            wrong += [(table, column, value)] if space.tree() != clean[text] else []
    assert wrong == []


@pytest.mark.parametrize(
    "change", ["DROP TABLE page", "ALTER TABLE component RENAME TO other", "ALTER TABLE page RENAME body TO other"]
)
def test_a_cache_with_other_tables_is_begun_anew(site: Site, tmp_path: Path, change: str) -> None:
    space = site(OLD)
    space.build()
    with contextlib.closing(sqlite3.connect(cache_of(space))) as cache:
        cache.execute(change)
        cache.commit()
    space.entry("stays", body="二。\n")
    ran = space.build()
    assert BEGUN_ANEW.search(ran.out + ran.err)
    space.build("--no-cache", "--output", str(tmp_path / "clean"))
    assert space.tree() == tree(tmp_path / "clean")


def damage(place: Path, dice: random.Random) -> str:
    """Damages a file; says how."""
    whole = place.read_bytes()
    at = dice.randrange(len(whole))
    match dice.randint(0, 3):
        case 0:
            place.write_bytes(whole[:at])
            return f"cut at {at}"
        case 1:
            place.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
            return f"a bit at {at}"
        case 2:
            place.write_bytes(whole[:at] + bytes(min(4096, len(whole) - at)) + whole[at + 4096 :])
            return f"noughts from {at} on"
        case _:
            place.write_bytes(whole[:at] + dice.randbytes(len(whole) - at))
            return f"noise from {at} on"
