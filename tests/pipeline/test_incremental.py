"""Whatever is done to a site, a build that uses what it knows gives the bytes of one that knows nothing.

``RIZHI_SEQUENCES`` and ``RIZHI_EDITS`` make the walk longer than the one that every test run takes.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.pipeline.edits import EDITS, Diary, mend
from tests.shared import compile_anew
from tests.space import SiteSpace, tree

SEQUENCES = int(os.environ.get("RIZHI_SEQUENCES", "40"))
LENGTH = int(os.environ.get("RIZHI_EDITS", "4"))
TOGETHER = 5


@pytest.mark.parametrize("first", range(0, SEQUENCES, TOGETHER))
def test_incremental_is_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int) -> None:
    # Small as these sites are, some of their builds are shared by two processes.
    monkeypatch.setattr("generator.pipeline.workers.PARALLEL_THRESHOLD", 1)
    monkeypatch.setattr("generator.pipeline.cache.database._LARGE", 0)
    # And the index of their search has shards, of a number that changes.
    monkeypatch.setattr("generator.model.search.FULL_SCAN_LIMIT", 0)
    monkeypatch.setattr("generator.model.search.SHARD_SIZE", 512)
    monkeypatch.setattr("generator.site.plan.search_documents.MAX_BLOCK_SIZE", 3)
    monkeypatch.setattr("generator.site.plan.alphabet.LONG", 2)
    monkeypatch.setattr("generator.site.plan.alphabet.MOST", 2)
    # Half of them count as too large for the memory.
    if first // TOGETHER % 2:
        monkeypatch.setattr("generator.pipeline.plan.from_sources.HELD", 0)
        monkeypatch.setattr("generator.pipeline.cache.spill._BATCH", 5)
    for seed in range(first, min(first + TOGETHER, SEQUENCES)):
        folder = tmp_path / str(seed)
        with monkeypatch.context() as patch:
            # What the program keeps of compiled templates is below what the tests share; few walks do without.
            if seed % 100 == 0:
                compile_anew(patch)
            walk(SiteSpace.of(folder, ""), random.Random(seed), seed)
        shutil.rmtree(folder)


def walk(space: SiteSpace, dice: random.Random, seed: int) -> None:
    """A sequence of edits, with both builds compared after each."""
    diary = Diary(space, dice)
    diary.begin()
    steps = ["begin"]
    clean_folder = space.folder / "clean"
    built = None
    for _ in range(LENGTH + 1):
        before = tree(space.folder / "output")
        options = ["--drafts"] if dice.random() < 0.15 else []
        jobs = "2" if dice.random() < 0.1 else "1"
        ran = space.run("build", "--jobs", jobs, *options)
        # A clean build of the same sources has the same bytes; some edits are of what was published or kept.
        sources = (options, tree(space.folder / "content"), tree(space.folder / "themes"))
        if sources != built:
            shutil.rmtree(clean_folder, ignore_errors=True)
            clean = space.run("build", "--no-cache", "--jobs", "1", "--output", str(clean_folder), *options)
            built = sources
        where = f"seed {seed}: {', '.join(steps)} {options}"
        assert (ran.status, ran.problems) == (clean.status, clean.problems), where
        expected = tree(clean_folder) if ran.status == 0 else before
        assert differing(tree(space.folder / "output"), expected) == [], where
        # Mostly one edit, and several between two builds now and then.
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            edit = mend if ran.status and dice.random() < 0.6 else dice.choice(EDITS)
            edit(diary)
            steps.append(edit.__name__)
        steps.append("build")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
