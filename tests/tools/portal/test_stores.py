"""Stores that do not answer, or keep nothing: nobody waits without end, and whose fault it is is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from generator.tools.portal import places
from tests.space import SiteSpace
from tests.tools.portal.teams import build, fails, portal, team


class SlowStore(MemoryFileSystem):  # type: ignore[misc]
    """One that answers no call whose name is in ``silent``."""

    protocol = "slow"
    silent: ClassVar[set[str]] = set()
    is_over: ClassVar[threading.Event] = threading.Event()

    @classmethod
    def _strip_protocol(cls, path: str) -> Any:
        return super()._strip_protocol(path.removeprefix("slow://"))

    def __getattribute__(self, name: str) -> Any:
        if name in SlowStore.silent:
            SlowStore.is_over.wait()
        return super().__getattribute__(name)


class LostStore(MemoryFileSystem):  # type: ignore[misc]
    """One without a bucket of that name."""

    protocol = "lost"

    @classmethod
    def _strip_protocol(cls, path: str) -> Any:
        return super()._strip_protocol(path.removeprefix("lost://"))

    def pipe_file(self, path: str, *_arguments: Any, **_options: Any) -> None:
        raise FileNotFoundError(path)


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteSpace]:
    """A portal over a team on this machine and one in a store."""
    fsspec.register_implementation("slow", SlowStore, clobber=True)
    monkeypatch.setattr(places, "ANSWERED", 0.5)
    monkeypatch.setattr(places, "SENT", 0.5)
    SlowStore.is_over.clear()
    for number, name in enumerate(("one", "two"), 1):
        team(tmp_path, name, number).build()
    for place in (tmp_path / "two" / "output").rglob("*.*"):
        if place.is_file():
            path = place.relative_to(tmp_path / "two" / "output").as_posix()
            fsspec.filesystem("slow").pipe_file(f"/two/{path}", place.read_bytes())
    yield portal(tmp_path, "title: 汇总\nteams: [{id: one, source: one/output}, {id: two, source: slow://two}]\n")
    SlowStore.silent.clear()
    SlowStore.is_over.set()
    fsspec.filesystem("slow").store.clear()


@pytest.mark.parametrize("call", ["find", "exists", "open"])
def test_a_team_in_a_store_that_does_not_answer_is_named(space: SiteSpace, call: str) -> None:
    SlowStore.silent.add(call)
    said = fails(space)
    assert 'portal.yaml:2:40: team "two" (slow://two): slow://two does not answer in time' in said
    assert "1 problem, 0 warnings" in said
    SlowStore.silent.clear()
    build(space)
    before = space.tree()
    site = SiteSpace(space.folder / "one")
    site.entry("2020-05-01-c", title="新的一篇", date="2020-05-01")
    site.build()
    SlowStore.silent.add("find")
    fails(space)
    assert space.tree() == before
    assert "does not answer in time" in build(space, "--keep-going").err
    assert "新的一篇" in space.page("")
    assert "two队进村" in space.page("teams/two/")


def test_a_store_that_keeps_nothing_is_one_problem_and_of_no_team(space: SiteSpace) -> None:
    fsspec.register_implementation("lost", LostStore, clobber=True)
    said = fails(space, "--store", "lost://nowhere/state")
    assert said.startswith(
        "portal.yaml: what was made cannot be kept in lost://nowhere/state: there is nothing at lost"
    )
    assert "1 problem, 0 warnings" in said
