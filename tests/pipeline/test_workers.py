"""Shared work gives what one process gives, whatever happens to the workers.

Whether processes have ended is seen at their standard output, which all of them share: a reader finds its end when
the last one has gone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from generator.ground.errors import BuildError
from generator.pipeline.workers import BATCH_SIZE, MAX_BATCHES, PARALLEL_THRESHOLD, isolated, parallel_map, run_in_child
from tests.space import SiteSpace

ROOT = Path(__file__).parents[2]
DEADLINE = 60
"""Seconds; only what never ends takes as long."""
ITEMS = range(PARALLEL_THRESHOLD * 3)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_results_are_in_order(jobs: int) -> None:
    assert list(parallel_map(lambda number: number * number, ITEMS, jobs)) == [number * number for number in ITEMS]


def children() -> set[str]:
    """The child processes of this one, zombies too: other tests have some of their own."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def test_workers_work() -> None:
    def work(_: int) -> int:
        pause()
        return os.getpid()

    assert len(set(parallel_map(work, ITEMS, 2))) == 2


def pause() -> None:
    """Long enough for a worker to get something to do."""
    time.sleep(0.001)


def test_results_larger_than_a_pipe() -> None:
    found = parallel_map(lambda number: bytes(100_000 + number % 7), ITEMS, 2)
    assert [len(one) for one in found] == [100_000 + number % 7 for number in ITEMS]


def test_what_the_work_raises_is_raised_in_its_turn() -> None:
    def work(number: int) -> int:
        if number in (700, 900):
            raise ValueError(number)
        return number

    found: list[int] = []
    with pytest.raises(ValueError, match="700"):
        found.extend(parallel_map(work, ITEMS, 3))
    assert found == list(range(700 // BATCH_SIZE * BATCH_SIZE))


def test_a_result_that_cannot_be_sent_is_described() -> None:
    parent = os.getpid()
    with pytest.raises(RuntimeError, match="pickle"):
        list(parallel_map(lambda _: pause() if os.getpid() == parent else (lambda: None), ITEMS, 2))


def test_a_worker_that_dies_is_a_problem() -> None:
    parent = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        pause()
        return number

    with pytest.raises(BuildError) as caught:
        list(parallel_map(work, ITEMS, 2))
    assert str(caught.value.problems[0].message) == "a process that was helping has died"


def test_workers_end_with_the_work() -> None:
    before = children()
    found = parallel_map(lambda number: number, ITEMS, 3)
    assert isinstance(found, Generator)
    assert next(found) == 0
    assert children() > before
    found.close()
    assert children() == before


def test_a_child_runs_the_work() -> None:
    with run_in_child(os.getpid, 2) as result:
        assert result is not None
        assert result() != os.getpid()
        assert result() == result()
    with run_in_child(os.getpid, 1) as result:
        assert result is None


def test_isolated_work_never_runs_in_this_process() -> None:
    def fails() -> NoReturn:
        raise LookupError

    assert isolated(os.getpid) != os.getpid()
    assert set(isolated(lambda: list(parallel_map(str, ITEMS, 2)))) == set(map(str, ITEMS))
    with pytest.raises(LookupError):
        isolated(fails)
    with pytest.raises(BuildError):
        isolated(lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_the_parent_runs_the_work_of_a_child_that_died() -> None:
    parent = os.getpid()

    def work() -> str:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return "here"

    with run_in_child(work, 2) as result:
        assert result is not None
        assert result() == "here"


def test_what_fails_in_a_child_fails_in_the_parent() -> None:
    def work() -> None:
        raise ValueError(os.getpid())

    with run_in_child(work, 2) as result:
        assert result is not None
        with pytest.raises(ValueError, match=str(os.getpid())):
            result()


def test_a_child_ends_with_the_block() -> None:
    before = children()
    with run_in_child(lambda: time.sleep(60), 2):
        assert children() > before
    assert children() == before


def test_more_items_than_batches() -> None:
    items = range(MAX_BATCHES * BATCH_SIZE + 7)
    assert list(parallel_map(lambda number: number, items, 2)) == list(items)


def open_files() -> set[str]:
    return {place.name for place in Path("/proc/self/fd").iterdir()}


def refuse() -> NoReturn:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def test_a_system_that_refuses_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", refuse)
    before = open_files()
    assert list(parallel_map(lambda number: number, ITEMS, 3)) == list(ITEMS)
    with run_in_child(os.getpid, 2) as result:
        assert result is None
    assert open_files() == before


def test_no_descriptor_stays_open() -> None:
    before = open_files()
    assert list(parallel_map(lambda number: number, ITEMS, 3)) == list(ITEMS)
    with run_in_child(os.getpid, 2):
        pass
    assert open_files() == before


@contextlib.contextmanager
def started(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process, which is killed afterwards with all its workers."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "RIZHI_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def worker_of(process: subprocess.Popen[str]) -> int:
    """The id of a worker, which it writes when it has begun to work."""
    assert process.stdout
    return int(process.stdout.readline())


MAP = """
import os, time
from generator.pipeline.workers import parallel_map

parent = os.getpid()

def work(number):
    if os.getpid() != parent:
        os.write(1, b"%d\\n" % os.getpid())
        return bytes(100_000)
    time.sleep(3600)

list(parallel_map(work, range(10_000), 3))
"""
CHILD = """
import os, time
from generator.pipeline.workers import run_in_child

def work():
    os.write(1, b"%d\\n" % os.getpid())
    return bytes(10_000_000)

with run_in_child(work, 2):
    time.sleep(3600)
"""
MANY = """
import os, time
from generator.pipeline.workers import parallel_map

parent = os.getpid()

def work(number):
    if os.getpid() == parent:
        time.sleep(3600)
    if number % 50 == 0:
        os.write(1, b"%d\\n" % os.getpid())
    time.sleep(0.005)

list(parallel_map(work, range(50_000), 2))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("script", [MAP, CHILD, MANY], ids=["large results", "a child", "many batches"])
def test_workers_end_with_their_parent(script: str, number: signal.Signals) -> None:
    with started(script) as process:
        worker_of(process)
        process.send_signal(number)
        process.communicate(timeout=DEADLINE)
        assert process.returncode == -number


BUILD = """
import os, sys, time
from pathlib import Path
from generator.pipeline import workers
from generator.pipeline.publish.manifest import STATE

staging = Path(sys.argv[1], "output", STATE, "staging")
begun = Path(sys.argv[1], "begun")
parent = os.getpid()
real = workers.parallel_map

def parallel_map(work, items, jobs, **options):
    def slow(item):
        # The worker never ends its first page, and the parent begins its own when that is certain.
        while len(items) > 1 and staging.exists() and os.getpid() == parent and not begun.exists():
            time.sleep(0.01)
        if staging.exists() and os.getpid() != parent:
            begun.touch()
            os.write(1, b"%d\\n" % os.getpid())
            time.sleep(3600)
        return work(item)
    return real(slow, items, jobs, **options)

workers.parallel_map = parallel_map
workers.PARALLEL_THRESHOLD = workers.BATCH_SIZE = 1

from generator.__main__ import run
sys.argv = ["rizhi", "build", sys.argv[1], "--jobs", "2"]
run()
"""


def publishing(space: SiteSpace) -> list[str]:
    """What a build leaves in the output and beside the cache."""
    return sorted(place.relative_to(space.folder).as_posix() for place in space.folder.rglob("*"))


def test_a_build_that_is_terminated_cleans_up(space: SiteSpace) -> None:
    space.entry()
    space.build()
    before = publishing(space)
    space.entry(body="另一段。\n")
    with started(BUILD, str(space.folder)) as process:
        worker_of(process)
        process.terminate()
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, out, err) == (128 + signal.SIGTERM, "", "")
    (space.folder / "begun").unlink()
    assert publishing(space) == before
    space.build()


def test_a_build_whose_worker_is_killed_says_so(space: SiteSpace) -> None:
    space.entry()
    with started(BUILD, str(space.folder)) as process:
        os.kill(worker_of(process), signal.SIGKILL)
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, out) == (1, "")
    assert err.splitlines() == [
        "build: a process that was helping has died",
        "  hint: there may be too little memory; try again with --jobs 1",
        "1 problem, 0 warnings. Nothing was published.",
    ]
    space.build()
