"""What an archive leaves alone: earlier bundles, and drafts in which something is wrong."""

from __future__ import annotations

from pathlib import Path

from tests.space import SiteSpace, tree
from tests.tools.archive.campaign import archive, run


def test_nothing_is_written_into_an_earlier_bundle(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry()
    bag = archive(space, tmp_path / "out")
    before = tree(bag)
    (tmp_path / "link").symlink_to(bag / "data")
    sources = bag / "data/sources"
    for output in (bag, bag / "data", bag / "data/new/er", tmp_path / "link/x"):
        for command in (("archive", space.folder, "--without-pdf"), ("build", space.folder)):
            ran = run(*command, "--output", output)
            assert (ran.status, f"{output} lies in {bag}, a bundle" in ran.err) == (2, True), ran.err
    assert run("build", sources, "--portable").status == 2
    assert tree(bag) == before
    assert list(bag.rglob(".rizhi*")) == []
