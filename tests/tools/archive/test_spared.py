"""What an archive leaves alone: earlier bundles, and drafts in which something is wrong."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from tests.space import PNG, SiteSpace, tree
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
    space.write("letter.txt", "2021年3月5日\n到村。\n")
    for words in (
        ("export", "chronicle", space.folder, "--output", bag / "a.md"),
        ("export", "report", space.folder, "--format", "md", "--output", f"{bag}/data/documents/"),
        ("export", "entry", space.folder / "content/entries/a.md", "--output", bag / "a.docx"),
        ("new", "entry", "新的", sources),
        ("new", "target", "新村", sources),
        ("import", space.folder / "letter.txt", sources),
        ("fix", sources, "--yes"),
        ("init", bag / "new"),
    ):
        ran = run(*words)
        assert (ran.status, "a bundle that nothing may be added to" in ran.err) == (2, True), (words, ran.err)
    readers = (("check", sources), ("build", sources, "--output", tmp_path / "built"), ("changes", sources))
    written = ("export", "chronicle", sources, "--output", tmp_path / "a.docx")
    for reader in (*readers, ("requests", sources), written):
        ran = run(*reader)
        assert ran.status == 0, (reader, ran.err)
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


def test_drafts_in_which_something_is_wrong_are_left_aside(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry("a")
    sound = archive(space, tmp_path / "sound")
    space.entry("b", "文\n", date="2025-13-45", status="draft")
    space.entry("c", "{target}`nobody`\n", status="review", tgas="[x]")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert ran.status == 0, ran.err
    assert [line.partition(": warning: ")[0] for line in ran.problems if "/entries/" in line] == [
        "content/entries/b.md:3:7",
        "content/entries/c.md:5:1",
        "content/entries/c.md:7:1",
    ]
    files = "content/entries/b.md, content/entries/c.md"
    assert f"Left out as drafts in which something is wrong: {files}" in ran.out
    bag = tmp_path / "out" / sound.name
    assert tree(bag / "data/site") == tree(sound / "data/site")
    assert tree(bag / "data/sources") == tree(sound / "data/sources")
    report = (bag / "data/record/four-checks.json").read_text(encoding="utf-8")
    assert ("2 篇没有发布" in report, "另有 2 个未入包的文件" in report) == (True, True), report
    assert run("verify", bag, "--rebuild").status == 0


def test_what_is_wrong_elsewhere_still_stops(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry("a")
    space.entry("b", "文\n", date="2025-13-45", status="draft")
    internal = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf", "--internal")
    assert (internal.status, "content/entries/b.md:3:7: " in internal.err) == (1, True), internal.err
    space.entry("c", "文\n", date="2025-13-45")
    public = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert (public.status, "content/entries/c.md:3:7: " in public.err) == (1, True), public.err
    assert list((tmp_path / "out").glob("*")) == []


def test_names_that_other_programs_do_not_find_are_told(tmp_path: Path) -> None:
    says = "warning: a manifest writes % as %25, so sha512sum, shasum and bagit.py do not find this file"
    for picture, told in (("完成100%.png", ["content/entries/完成100%.png: "]), ("a.png", [])):
        space = SiteSpace.of(tmp_path / picture, "")
        space.write(f"content/entries/{picture}", PNG)
        space.entry(body=f"![图](<{picture.replace('%', '%25')}>)\n", tags='["100%"]')
        out = tmp_path / f"{picture}-out"
        ran = run("archive", space.folder, "--output", out, "--without-pdf")
        assert ran.status == 0, ran.err
        assert [line.partition(says)[0] for line in ran.problems if says in line] == told, ran.err
        (bag,) = [place for place in out.iterdir() if place.is_dir()]
        assert run("verify", bag, "--rebuild").status == 0
        checked = subprocess.run(
            ["sha512sum", "-c", "--quiet", "manifest-sha512.txt"], cwd=bag, capture_output=True, check=False
        )
        assert (checked.returncode != 0) == bool(told)


def test_a_security_level_that_the_bundle_contradicts_is_told(tmp_path: Path) -> None:
    says = 'content/site.yaml:2:21: warning: the bundle is {} for the public, and each of its items is marked "{}"'
    for level, options, told in (
        ("机密", [], says.replace(" {} ", " ")),
        ("公开", [], ""),
        ("机密", ["--internal"], ""),
        ("公开", ["--internal"], says.replace("{}", "not", 1)),
    ):
        space = SiteSpace.of(tmp_path / "site", "")
        space.write("content/site.yaml", f"title: 日志\narchive: {{security: {level}}}\n")
        space.entry()
        ran = run("archive", space.folder, "--output", tmp_path / f"{level}{options}", "--without-pdf", *options)
        marked = [one for one in ran.problems if "is marked" in one]
        assert (ran.status, marked) == (0, [told.format(level)] if told else []), ran.err
