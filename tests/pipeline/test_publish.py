"""Publishing: nothing foreign is touched, nothing is half there, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from generator.pipeline.publish.manifest import STATE
from tests.space import SiteSpace, tree

Site = Callable[[str], SiteSpace]

OLD = """\
-- content/site.yaml --
title: 旧日志
base_url: https://example.org/
-- content/entries/stays.md --
---
title: 不变
date: 2020-03-05
---
正文。
-- content/entries/goes.md --
---
title: 要删的
date: 2020-04-05
aliases: [/old/]
---
正文。
"""

ONE_BY_ONE = 16
STEP = 1 if os.environ.get("RIZHI_KILLS") == "0" else 3
"""A build is killed at each of its first writes, then at every third; at each with ``RIZHI_KILLS=0``."""


def renew(space: SiteSpace) -> None:
    """Turns the old site into the new one: pages come, change and go."""
    space.write("content/site.yaml", "title: 新日志\nbase_url: https://example.org/\n")
    (space.folder / "content/entries/goes.md").unlink()
    space.entry("comes", title="新来的", date="2020-05-06")


def test_the_second_build_writes_nothing(site: Site) -> None:
    space = site(OLD)
    first = space.build()
    assert "unchanged, 0 removed" in first.out
    times = stamps(space)
    assert ": 0 files written," in space.build().out
    assert stamps(space) == times


def stamps(space: SiteSpace) -> dict[str, tuple[int, int]]:
    """For each published file, which one it is and when it was last written."""
    places = {path: (space.folder / "output" / path).stat() for path in [*space.tree(), f"{STATE}/manifest"]}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in places.items()}


def test_what_is_no_longer_wanted_goes_with_its_folders(site: Site) -> None:
    space = site(OLD)
    space.build()
    assert (space.folder / "output/2020/04/05/goes/index.html").exists()
    renew(space)
    space.build()
    assert not (space.folder / "output/2020/04").exists()
    assert not (space.folder / "output/old").exists()


def test_a_page_changed_by_hand_is_put_right(site: Site) -> None:
    space = site(OLD)
    space.build()
    before = space.tree()
    (space.folder / "output/index.html").write_text("anything", encoding="utf-8")
    (space.folder / "output/2020/index.html").unlink()
    assert ": 2 files written," in space.build().out
    assert space.tree() == before


def test_foreign_files_stay(site: Site) -> None:
    space = site(OLD)
    space.build()
    foreign = {"CNAME": "example.org", "2020/04/05/goes/notes.txt": "x", "own/index.html": "y"}
    for path, text in foreign.items():
        space.write(f"output/{path}", text)
    renew(space)
    space.build()
    for path, text in foreign.items():
        assert (space.folder / "output" / path).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", ["index.html", "2020", "2020/03/05/stays/index.html"])
def test_a_foreign_file_in_the_way_is_a_problem(site: Site, path: str) -> None:
    space = site(OLD)
    space.write(f"output/{path}", "foreign")
    before = space.tree()
    assert space.fails().err == (
        f"output/{path}: something that Rizhi did not write is in the way\n"
        "  hint: move it elsewhere, or publish into another folder with --output\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )
    assert space.tree() == before


def test_a_foreign_file_with_the_same_bytes_is_taken_over(site: Site) -> None:
    """As after the manifest was lost, or when the output was copied from elsewhere."""
    space = site(OLD)
    space.build()
    shutil.rmtree(space.folder / "output" / STATE)
    assert ": 0 files written," in space.build().out
    renew(space)
    space.build()
    assert not (space.folder / "output/old").exists()


def test_nothing_is_written_through_a_link(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    space = site(OLD)
    space.write("output/x", "")
    (space.folder / "output/2020").symlink_to(elsewhere)
    assert "output/2020: something that Rizhi did not write is in the way" in space.fails().err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"rizhi manifest 1\n.\n",
        b"rizhi manifest 1\na\0b\n",
        b"\xff\xfe",
        b"rizhi manifest 99\nindex.html\n",
        b"rizhi manifest 1\n../keep\n/etc/passwd\n.rizhi/lock\n\n",
    ],
)
def test_a_manifest_that_cannot_be_believed_owns_nothing(site: Site, manifest: bytes) -> None:
    space = site(OLD)
    space.build()
    keep = space.write("keep", "x")
    (space.folder / "output" / STATE / "manifest").write_bytes(manifest)
    # Nor does anything else remember what was written.
    shutil.rmtree(space.folder / STATE)
    renew(space)
    space.run("build")
    assert keep.exists()
    assert (space.folder / "output/old/index.html").exists()


def test_a_file_becomes_a_folder_and_back(site: Site) -> None:
    space = site("")
    space.entry("a", aliases="[/x.html]")
    space.build()
    space.entry("a", aliases="[/x.html/y/]")
    space.build()
    assert (space.folder / "output/x.html/y/index.html").is_file()
    space.entry("a", aliases="[/x.html]")
    space.build()
    assert (space.folder / "output/x.html").is_file()


@pytest.mark.parametrize("output", ["content", "content/x", ".", "themes"])
def test_the_site_is_not_published_over_its_sources(site: Site, output: str) -> None:
    space = site(OLD)
    before = tree(space.folder)
    ran = space.run("build", "--output", str(space.folder / output))
    assert ran.status == 2
    assert "holds the site's own sources, or lies in them" in ran.err
    assert tree(space.folder) == before


def test_a_second_build_waits_for_the_first(site: Site) -> None:
    space = site(OLD)
    space.build()
    renew(space)
    lock = FileLock(space.folder / "output" / STATE / "lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.5, lock.release).start()
    ran = space.build()
    assert ran.err == "Another build is publishing here; waiting for it to end …\n"
    assert "新日志" in space.page("")


class Refused:
    """An audit hook that makes the system refuse to write below a folder from its ``after``-th time on."""

    def __init__(self, folder: Path, code: int) -> None:
        self.folder, self.code, self.after = str(folder), code, -1
        sys.addaudithook(self)

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if self.after >= 0 and writes(event, args, self.folder):
            if self.after == 0:
                raise OSError(self.code, os.strerror(self.code), self.folder)
            self.after -= 1


def writes(event: str, args: tuple[object, ...], folder: str) -> bool:
    """Whether an audited event writes below ``folder``, but for its lock."""
    if event == "open":
        path, _, flags = args
        if not (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            return False
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        path = args[0]
    else:
        return False
    text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    return text.startswith(folder) and not text.endswith("lock")


def test_a_full_disk_leaves_the_site_that_stands(site: Site) -> None:
    space = site(OLD)
    space.build()
    before = space.tree()
    renew(space)
    full = Refused(space.folder / "output" / STATE / "staging", errno.ENOSPC)
    for after in (0, 1, 5):
        full.after = after
        assert space.fails().err == (
            "output: there is no room left on the disk\n"
            "  hint: make room, then build again\n"
            "1 problem, 0 warnings. Nothing was published.\n"
        )
        full.after = -1
        assert space.tree() == before
    space.build()
    assert "新日志" in space.page("")


def test_an_output_that_may_not_be_written(site: Site) -> None:
    space = site(OLD)
    space.build()
    before = space.tree()
    renew(space)
    refused = Refused(space.folder / "output", errno.EROFS)
    refused.after = 0
    ran = space.fails()
    refused.after = -1
    assert ran.err == (
        f"output: the system allows no access to {space.folder / 'output'}\n"
        "  hint: allow it, or publish into another folder with --output\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )
    assert space.tree() == before


def test_an_output_that_is_a_file(site: Site) -> None:
    space = site(OLD)
    space.write("output", "x")
    assert space.fails().err == (
        f"output: {space.folder / 'output'} is a file, not a folder\n"
        "  hint: publish into another folder with --output\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )


def test_killed_at_any_moment_the_site_is_whole_files_and_the_next_build_ends_clean(site: Site, tmp_path: Path) -> None:
    space = site(OLD)
    space.build()
    standing = tmp_path / "standing"
    shutil.copytree(space.folder / "output", standing)
    old = space.tree()
    renew(space)
    space.build()
    new = space.tree()
    moment, killed = 0, True
    while killed:
        shutil.rmtree(space.folder / "output")
        shutil.copytree(standing, space.folder / "output")
        killed = build_killed_at(space, moment)
        for path, body in space.tree().items():
            assert body in (old.get(path), new.get(path)), f"{path} is torn when killed at {moment}"
        assert space.build().err == ""
        assert space.tree() == new
        # From there on one file after the other is written in the same way.
        moment += 1 if moment < ONE_BY_ONE else STEP
    assert moment > 30


def build_killed_at(space: SiteSpace, moment: int) -> bool:
    """Builds in a process of its own that ends, as by SIGKILL, at its ``moment``-th write; whether it came to that."""
    child = os.fork()
    if child == 0:
        left = moment

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal left
            if writes(event, args, str(space.folder / "output")):
                if left == 0:
                    if event == "open":
                        # The file is there, and empty: what a kill between opening and writing leaves.
                        os.close(os.open(str(args[0]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
                    os._exit(9)
                left -= 1

        sys.addaudithook(hook)
        space.run("build")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
