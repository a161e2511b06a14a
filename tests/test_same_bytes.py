"""The same content gives the same bytes, on any machine and in any order."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests.space import SiteSpace, tree

ROOT = Path(__file__).parents[1]


def built(folder: Path, mask: int, **environment: str) -> dict[str, bytes]:
    """The demo, copied into ``folder`` file by file in a random order and built by a process of its own."""
    places = [place for place in (ROOT / "content").rglob("*") if place.is_file()]
    random.Random(str(folder)).shuffle(places)
    for place in places:
        copy = folder / place.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, copy)
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "."],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=True,
        umask=mask,
        capture_output=True,
    )
    return tree(folder / "output")


def test_time_zone_locale_hash_seed_umask_folder_and_file_order_do_not_matter(tmp_path: Path) -> None:
    here = built(tmp_path / "a", 0o022, TZ="Asia/Shanghai", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    there = built(tmp_path / "另一处", 0o077, TZ="America/Los_Angeles", LC_ALL="C", PYTHONHASHSEED="2", PYTHONUTF8="0")
    assert len(here) > 50
    assert there == here


def test_the_time_of_the_build_decides_only_what_waits_for_it(space: SiteSpace) -> None:
    """The helper builds at 2020-09-13T12:26:40Z."""
    space.write("content/site.yaml", "title: 日志\ntimezone: Asia/Shanghai\n")
    space.entry("past", publish_at="2020-09-13 20:26")
    space.entry("future", publish_at="2020-09-13 20:27")
    space.build()
    assert "2020/03/05/past/index.html" in space.tree()
    assert "2020/03/05/future/index.html" not in space.tree()
    space.build("--future")
    assert "2020/03/05/future/index.html" in space.tree()
