"""How ``rizhi fix`` writes: a file is old or new, whatever happens, and nothing but content is touched."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from generator.cli import repairing as command
from generator.tools.fix import writing
from generator.tools.fix.search import search
from tests.space import SiteSpace

HEAD = "title: 标题\ndate: 2020-03-05\n"


def test_a_file_that_changed_meanwhile_is_left(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = space.entry("a", tags="调研、慰问")
    other = space.entry("b", tags="调研、慰问")
    other.chmod(0o640)
    found = search(space.folder)
    monkeypatch.setattr(command, "search", lambda _: found)
    place.write_bytes(place.read_bytes() + "后来写的。\n".encode())
    raw = place.read_bytes()
    ran = space.run("fix", "--yes", language="zh")
    assert ran.err == (
        "content/entries/a.md: 这个文件刚才被别人改过，所以没有动它\n  建议：再运行一次这条命令\n1个问题，0个提醒。\n"
    )
    assert ran.status == 1
    assert place.read_bytes() == raw
    assert "tags: [调研, 慰问]" in other.read_text(encoding="utf-8")
    assert stat.S_IMODE(other.stat().st_mode) == 0o640


def test_a_link_is_never_written_through(space: SiteSpace, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text(f"---\n{HEAD}tags: 调研、慰问\n---\n", encoding="utf-8")
    (space.folder / "content/entries").mkdir(exist_ok=True)
    inside = space.write("content/drafts/b.md", outside.read_bytes())
    for name, place in (("a", outside), ("b", inside)):
        (space.folder / f"content/entries/{name}.md").symlink_to(place)
    assert space.run("fix", "--yes").out == "Nothing here has only one possible repair.\n"
    # A file that becomes a link between reading and writing.
    place = space.entry("c", tags="调研、慰问")
    found = search(space.folder)
    place.rename(outside)
    place.symlink_to(outside)
    raw = outside.read_bytes()
    assert writing.write(found.files[0], space.folder) is not None
    assert place.is_symlink()
    assert outside.read_bytes() == raw


def test_a_full_disk_leaves_the_old_file(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = space.entry("a", tags="调研、慰问")
    raw = place.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = space.run("fix", "--yes")
    assert ran.err.startswith(
        "content/entries/a.md: it cannot be written, so it is left as it is: No space left on device\n"
    )
    assert place.read_bytes() == raw
    assert sorted(one.name for one in place.parent.iterdir()) == ["a.md"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_it_writes_each_file_is_old_or_new(
    space: SiteSpace, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [space.entry(name, tags="调研、慰问") for name in "abc"]
    old = places[0].read_bytes()
    child = os.fork()
    if not child:
        real, count = Path.replace, [0]

        def replace(self: Path, target: Path) -> Path:
            count[0] += 1
            if count[0] == 2 and moment == "before":
                os._exit(9)
            made = real(self, target)
            if count[0] == 2:
                os._exit(9)
            return made

        monkeypatch.setattr(Path, "replace", replace)
        space.run("fix", "--yes")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    new = old.replace("调研、慰问".encode(), "[调研, 慰问]".encode())
    assert [place.read_bytes() for place in places] == [new, old if moment == "before" else new, old]
    # What was left behind is no content, and the next run ends well.
    assert space.run("fix", "--yes").status == 0
    assert space.build().err == ""
