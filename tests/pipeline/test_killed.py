"""A build that the system kills at any of its writes, those of the cache too, leaves whole files and a next build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline.publish.manifest import STATE
from tests.pipeline.processes import traced
from tests.pipeline.test_publish import OLD, renew
from tests.space import SiteSpace

CALLS = ("write", "pwrite64", "rename", "unlink", "mkdir", "rmdir")
KILLS = int(os.environ.get("RIZHI_KILLS", "4"))
"""How often a build is killed at each kind of call, evenly from the first to the last; 0 for at every one."""


@pytest.mark.parametrize("call", CALLS)
def test_killed_at_each_call_of_a_kind(site: Callable[[str], SiteSpace], tmp_path: Path, call: str) -> None:
    space = site(OLD)
    space.build()
    old = space.tree()
    before, log = tmp_path / "before", space.folder / "calls"

    def build() -> int:
        return space.run("build").status

    renew(space)
    for name in ("output", STATE):
        shutil.copytree(space.folder / name, before / name)
    calls = traced(build, log, call)
    new = space.tree()
    assert calls > 0
    for number in range(1, calls + 1, max(1, calls // KILLS) if KILLS else 1):
        for name in ("output", STATE):
            shutil.rmtree(space.folder / name)
            shutil.copytree(before / name, space.folder / name)
        traced(build, log, call, kills_at=number)
        for path, body in space.tree().items():
            assert body in (old.get(path), new.get(path)), f"{path} is torn when killed at {call} {number}"
        assert space.build().err == ""
        assert space.tree() == new
