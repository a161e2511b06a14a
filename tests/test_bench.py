"""The benchmark's own sites, small: they build as they stand, so that a measurement can be made at any time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.ours import WITHOUT, write_rizhi
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
