"""The engine of this machine: processes that die, errors, progress; and libraries that are not installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.tools.portal.engine import LocalEngine, LostWorkerError
from tests.space import SiteSpace
from tests.tools.portal.teams import build, fails, portal, team
from tests.tools.portal.work import Item, doubled, refused

NUMBERS = range(12)


def test_an_item_that_kills_its_process_each_time_is_lost_alone(tmp_path: Path) -> None:
    deadly, unlucky = tmp_path / "deadly", tmp_path / "unlucky"
    deadly.write_text("x" * 20, encoding="utf-8")
    unlucky.write_text("x", encoding="utf-8")
    items: list[Item] = [(number, {4: str(deadly), 9: str(unlucky)}.get(number, "")) for number in NUMBERS]
    found = list(LocalEngine(2).run(doubled, items, lambda _: None))
    assert isinstance(found.pop(4), LostWorkerError)
    assert found == [2 * number for number in NUMBERS if number != 4]


def test_results_come_in_order_and_errors_are_raised() -> None:
    told: list[int] = []
    items: list[Item] = [(number, "") for number in NUMBERS]
    assert list(LocalEngine(2).run(doubled, items, told.append)) == [2 * number for number in NUMBERS]
    assert told[-1] == len(NUMBERS)
    assert told == sorted(told)
    with pytest.raises(ValueError, match="five"):
        list(LocalEngine(2).run(refused, items, told.append))


SLOW = """
from generator.tools.portal.engine import LocalEngine
from tests.tools.portal.work import slow
list(LocalEngine(2).run(slow, [(number, "") for number in range(12)], lambda _: None))
"""


def test_no_process_outlives_a_command_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == "begun\n"
        command.kill()
        # It ends when nobody is left who could write into it.
        assert set(command.communicate(timeout=60)[0].split()) <= {"begun"}


def without(patch: pytest.MonkeyPatch, *names: str) -> None:
    """As if these libraries were not installed."""
    for name in names:
        patch.setitem(sys.modules, name, None)


def over(folder: Path, *rows: str) -> SiteSpace:
    """A portal over teams."""
    return portal(folder, "title: 汇总\nteams:\n" + "".join(f"  - {{{row}}}\n" for row in rows))


def test_a_portal_of_this_machine_needs_nothing_for_stores_and_clusters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = team(tmp_path, "one", 1)
    with monkeypatch.context() as patch:
        without(patch, "dask", "distributed", "fsspec", "s3fs")
        site.build()
    without(monkeypatch, "distributed", "s3fs")
    build(over(tmp_path, "id: one, source: one"))


@pytest.mark.parametrize(
    ("name", "row", "options"),
    [
        ("fsspec", "id: one, source: one", ()),
        ("s3fs", "id: one, source: 's3://bucket/one'", ()),
        ("s3fs", "id: one, source: one", ("--store", "s3://bucket/state")),
        ("s3fs", "id: one, source: one", ("--output", "s3://bucket/portal")),
        ("distributed", "id: one, source: one", ("--scheduler", "tcp://127.0.0.1:9")),
    ],
)
def test_a_library_that_is_missing_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, row: str, options: tuple[str, ...]
) -> None:
    team(tmp_path, "one", 1)
    team(tmp_path, "two", 2)
    without(monkeypatch, name)
    said = fails(over(tmp_path, row, row.replace("one", "two")), *options)
    assert said.count(f"the portal needs {name}, which is not installed") == 1
    assert f"pip install {name}" in said
    assert "1 problem, 0 warnings. Nothing was published." in said


def test_dask_is_needed_where_there_are_many_teams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team(tmp_path, "one", 1).build()
    for number in NUMBERS:
        shutil.copytree(tmp_path / "one/output", tmp_path / f"t{number}")
    without(monkeypatch, "dask")
    space = over(tmp_path, *(f"id: t{number}, source: t{number}" for number in NUMBERS))
    ran = space.run("portal build", "--jobs", "2")
    assert "portal.yaml: the portal needs dask, which is not installed" in ran.err
