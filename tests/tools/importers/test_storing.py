"""Drafts are written all or none: an import that is killed at any moment, and full disks."""

from __future__ import annotations

import base64
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.space import PNG, SiteSpace, tree
from tests.tools.importers import feature
from tests.tools.importers.feature import YEARLESS
from tests.tools.importers.written import MOVES, die_at, drafts


def test_killed_while_it_replaces_it_has_done_nothing_or_is_finished_by_the_next(
    tmp_path: Path, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = given("a.txt", f"驻村日记\n\n驻村工作队\n\n{YEARLESS}")
    ends: dict[int, set[frozenset[str]]] = {}
    for moment in range(1, 40):
        space = SiteSpace.of(tmp_path / str(moment), "")
        assert space.run(f"import --year 2019 {place}").status == 0
        first = frozenset(drafts(space))
        child = os.fork()
        if not child:
            die_at(moment, monkeypatch, MOVES)
            space.run(f"import --year 2013 {place}")
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        edited = space.folder / "content/entries/a/2019-03-14-开会.md"
        if not (tmp_path / "kept").exists() and any((space.folder / "content/.imported").glob("*.ready")):
            # Somebody goes on writing before it is finished.
            edited.write_text("改过", encoding="utf-8")
            ran = space.run(f"import {given('other.txt', '2020年3月5日 晴')}")
            assert ran.err.startswith(
                "content/entries/a/2019-03-14-开会.md: something else is in the way of an import\n"
            )
            assert edited.read_text(encoding="utf-8") == "改过"
            shutil.move(edited.parent, tmp_path / "kept")
        # The next import, of another file, finishes what was decided.
        space.run(f"import {given('other.txt', '2020年3月5日 晴')}")
        left = frozenset(path for path in drafts(space) if "/a/" in path)
        ends.setdefault(status, set()).add(left)
        assert len(left) == 3, (moment, left)
        assert sorted(one.suffix for one in (space.folder / "content/.imported").iterdir()) == [".json"] * 2, moment
        if status == 0:
            break
    assert (tmp_path / "kept").exists()
    assert len(ends[9]) == 2
    assert ends[0] == {next(iter(ends[9] - {first}))}


def test_killed_at_any_write_it_has_done_nothing_or_is_finished_by_the_next(
    tmp_path: Path, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = given("a.txt", feature.TEXT)
    command = f"import --answer name:{feature.PRIVATE}=private {place}"
    whole = SiteSpace.of(tmp_path / "whole", "")
    assert whole.run(command).status == 0
    wanted = tree(whole.folder / "content")
    seen: list[int] = []
    for moment in range(1, 40):
        space = SiteSpace.of(tmp_path / str(moment), "")
        child = os.fork()
        if not child:
            die_at(moment, monkeypatch)
            space.run(command)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        left = {path: body for path, body in tree(space.folder / "content").items() if not path.startswith(".")}
        assert left.items() <= {**wanted, "site.yaml": left["site.yaml"]}.items()
        assert sum(path.startswith("entries/") for path in left) in (0, 5)
        again = space.run(command)
        assert again.status == 0 or "imported before" in again.err
        assert tree(space.folder / "content") == wanted
        seen.append(status)
        if status == 0:
            break
    assert seen.count(9) > 10
    assert seen[-1] == 0


def test_killed_while_a_grown_file_adds_to_its_drafts_the_next_finishes(
    tmp_path: Path, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = f"<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>"
    day = "<p>2019年3月{}日</p><p>开会。</p>" + picture
    first, grown = (given(f"{n}.html", f"<!doctype html>{''.join(map(day.format, range(1, 2 + n)))}") for n in (1, 2))
    status, moment = 9, 0
    while status:
        space, moment = SiteSpace.of(tmp_path / str(moment), ""), moment + 1
        assert space.run(f"import {first}").status == 0
        child = os.fork()
        if not child:
            die_at(moment, monkeypatch, MOVES)
            space.run(f"import {grown}")
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        space.run(f"import {grown}")
        made = sorted(path for path in tree(space.folder / "content") if path.startswith("entries/"))
        assert made == [f"entries/1/2019-03-0{n}-{name}" for n in (1, 2, 3) for name in ("1.png", "开会.md")], moment
    assert moment > 4


def test_a_full_disk_leaves_nothing(
    space: SiteSpace, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = given("a.txt", feature.TEXT)
    before = tree(space.folder / "content")
    for moment in range(1, 7):
        count = [0]

        def full(_handle: int, count: list[int] = count, moment: int = moment) -> None:
            count[0] += 1
            if count[0] == moment:
                raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            ran = space.run(f"import {place}")
        assert ran.status == 1
        assert "there is no room left on the disk" in ran.err
        assert tree(space.folder / "content") == before
    assert space.run(f"import {place}").status == 0
