"""The benchmark's own sites, small: they build as they stand, so that a measurement can be made at any time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.ours import WITHOUT, write_rizhi
from tests.bench.timeline import STAGES
from tests.space import SiteSpace


@pytest.mark.parametrize("lean", [False, True])
def test_the_sites_of_the_benchmark_build(tmp_path: Path, *, lean: bool) -> None:
    write_rizhi(tmp_path, 12, lean=lean)
    space = SiteSpace(tmp_path)
    space.build("--strict")
    assert ("search/index.html" in space.tree()) is not lean


@pytest.mark.parametrize("part", WITHOUT)
def test_they_build_without_each_part(tmp_path: Path, part: str) -> None:
    write_rizhi(tmp_path, 12, without=part)
    SiteSpace(tmp_path).build("--strict")


def test_the_timeline_of_a_build_has_all_its_stages(tmp_path: Path) -> None:
    write_rizhi(tmp_path, 12)
    command = (sys.executable, "-m", "tests.bench.timeline", str(tmp_path), "--jobs", "1")
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    said = {line[:40].strip(): line[40:].split() for line in ran.stdout.splitlines()[1:]}
    assert list(said) == [*STAGES, "the rest, with the start of the program", "all"]
    assert float(said["render"][0]) > 0
