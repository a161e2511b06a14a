"""What an archive leaves alone: earlier bundles, and drafts in which something is wrong."""

from __future__ import annotations

import shlex
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


def test_whoever_builds_a_bundle_as_told_leaves_it_whole(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry()
    space.write("themes/default/css/90-own.css", "a{}\n")
    bag = archive(space, tmp_path / "out")
    told = run("verify", bag, "--rebuild")
    assert (told.status, "brings a theme of its own" in told.err) == (0, True), told.err
    _, _, command = told.err.partition("after rizhi ")
    words = command.splitlines()[0].replace("BUNDLE", str(bag)).replace("FOLDER", str(tmp_path / "built"))
    ran = run(*shlex.split(words))
    assert ran.status == 0, ran.err
    # Without its .rizhi.
    assert tree(tmp_path / "built") == tree(bag / "data/site")
    again = run("verify", bag)
    assert again.status == 0, again.err
