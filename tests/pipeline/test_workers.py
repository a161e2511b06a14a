"""Shared work gives what one process gives, whatever becomes of its helpers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator

import pytest

from generator.ground.errors import BuildError
from generator.pipeline.workers import BATCH_SIZE, PARALLEL_THRESHOLD, parallel_map, run_in_child

ITEMS = range(PARALLEL_THRESHOLD * 3)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_results_are_in_order(jobs: int) -> None:
    assert list(parallel_map(lambda number: number * number, ITEMS, jobs)) == [number * number for number in ITEMS]


def test_helpers_help() -> None:
    def work(_: int) -> int:
        pause()
        return os.getpid()

    assert len(set(parallel_map(work, ITEMS, 2))) == 2


def pause() -> None:
    """Long enough for a helper to get something to do."""
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


def test_a_result_that_cannot_be_sent_is_told() -> None:
    parent = os.getpid()
    with pytest.raises(RuntimeError, match="pickle"):
        list(parallel_map(lambda _: pause() if os.getpid() == parent else (lambda: None), ITEMS, 2))


def test_a_helper_that_dies_is_a_problem() -> None:
    parent = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        pause()
        return number

    with pytest.raises(BuildError) as caught:
        list(parallel_map(work, ITEMS, 2))
    assert str(caught.value.problems[0].message) == "a process that was helping has died"


def test_helpers_end_with_the_work() -> None:
    found = parallel_map(lambda number: number, ITEMS, 3)
    assert isinstance(found, Generator)
    assert next(found) == 0
    found.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_work_is_done_meanwhile() -> None:
    with run_in_child(os.getpid, 2) as result:
        assert result is not None
        assert result() != os.getpid()
        assert result() == result()
    with run_in_child(os.getpid, 1) as result:
        assert result is None


def test_work_that_nobody_did_meanwhile_is_done_here() -> None:
    parent = os.getpid()

    def work() -> str:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return "here"

    with run_in_child(work, 2) as result:
        assert result is not None
        assert result() == "here"


def test_what_fails_meanwhile_fails_here() -> None:
    def work() -> None:
        raise ValueError(os.getpid())

    with run_in_child(work, 2) as result:
        assert result is not None
        with pytest.raises(ValueError, match=str(os.getpid())):
            result()


def test_what_is_done_meanwhile_ends_with_the_block() -> None:
    with run_in_child(lambda: time.sleep(60), 2):
        pass
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
