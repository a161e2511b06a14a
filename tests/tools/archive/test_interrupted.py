"""An archive that is killed, or that runs out of disk, leaves no bundle or a whole one, and touches no other."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from generator.pipeline.publish.lock import try_lock
from tests.pipeline.processes import ENVIRONMENT, start
from tests.space import Ran, SiteSpace, tree
from tests.tools.archive.campaign import run

MOMENTS = int(os.environ.get("RIZHI_ARCHIVE_MOMENTS", "3"))
"""At how many of the moments something happens, evenly from the first to the last."""
ADDS = frozenset(("os.mkdir", "os.rename"))
STEPS = ADDS | {"open", "os.remove", "os.rmdir", "shutil.rmtree"}
STAGING = ".rizhi-archive-"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to a command at a step of its work below a folder: it is killed, or the system refuses the step."""

    folder: Path
    at: int
    error: int = 0
    """0 for being killed. After an error, nothing more can be added."""

    def prepare(self) -> None:
        """Tells the folder ``steps`` how many steps there were, too."""
        steps, has_begun = 0, False

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal steps, has_begun
            if event not in STEPS or not any(str(self.folder) in str(one) for one in args[:2]):
                return
            if event == "open" and not (isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)):
                return
            steps += 1
            if self.at == 0:
                self.folder.with_name("steps").write_text(str(steps))
            has_begun |= steps == self.at
            if has_begun and not self.error:
                os.kill(os.getpid(), signal.SIGKILL)
            if has_begun and event in ADDS | {"open"}:
                raise OSError(self.error, os.strerror(self.error), str(self.folder))

        sys.addaudithook(hook)


def moments(last: int) -> list[int]:
    """Evenly from the first to the last."""
    return sorted({1 + (last - 1) * number // (MOMENTS - 1) for number in range(MOMENTS)})


def archived(space: SiteSpace, out: Path, trouble: Trouble | None = None) -> Ran:
    words = ("archive", str(space.folder), "--output", str(out), "--without-pdf", "--zip", "--jobs", "1")
    return start(space, *words, prepare=trouble.prepare if trouble else None).ended()


def test_at_no_moment_a_bundle_is_half_made(tmp_path: Path) -> None:
    space, whole, start_of = SiteSpace.of(tmp_path / "site", ""), tmp_path / "whole", tmp_path / "earlier"
    space.entry()
    options = ("--output", start_of, "--without-pdf", "--internal")
    assert run("archive", space.folder, *options, **ENVIRONMENT).status == 0
    earlier = tree(start_of)
    assert archived(space, whole, Trouble(whole, 0)).status == 0
    made = tree(whole)
    name = next(place.name for place in whole.iterdir() if place.is_dir())
    steps = int((tmp_path / "steps").read_text())
    assert steps > 100
    seen = set()
    for error, chosen in ((0, moments(steps)), (errno.ENOSPC, moments(steps)[1:]), (errno.EROFS, [1])):
        for at in chosen:
            out = tmp_path / "out"
            shutil.copytree(start_of, out)
            ran = archived(space, out, Trouble(out, at, error))
            assert ran.status == -signal.SIGKILL if error == 0 else ran.status in (0, 1, 2), (at, ran)
            assert "Traceback" not in ran.err
            left = {path: body for path, body in tree(out).items() if not path.startswith(STAGING)}
            assert error == 0 or not list(out.glob(f"{STAGING}*")), (error, at)
            assert left.items() >= earlier.items(), (error, at)
            bag = {path: body for path, body in left.items() if path.startswith(f"{name}/")}
            assert bag in ({}, {path: body for path, body in made.items() if path.startswith(f"{name}/")}), (error, at)
            seen.add((error, bool(bag)))
            if error == 0:
                # The next command makes it, or says that it is there.
                again = archived(space, out)
                assert again.status == (2 if bag else 0), (at, again)
                assert tree(out) == earlier | made, at
            shutil.rmtree(out)
    assert {(0, False), (errno.ENOSPC, False), (errno.EROFS, False)} <= seen


def test_what_a_killed_command_left_is_removed_and_what_a_living_one_uses_is_not(tmp_path: Path) -> None:
    space, out = SiteSpace.of(tmp_path / "site", ""), tmp_path / "out"
    space.entry()
    left = {name: out / f"{STAGING}{name}" for name in ("killed", "unlocked", "living", "new", "old")}
    for place in left.values():
        (place / "made").mkdir(parents=True)
    for name in ("killed", "living"):
        (left[name] / "lock").touch()
    for name in ("new", "old"):
        (left[name] / "made").rmdir()
    os.utime(left["old"], (0, 0))
    release = try_lock(left["living"] / "lock")
    assert release is not None
    assert archived(space, out).status == 0
    assert {place.name for place in out.glob(f"{STAGING}*")} == {left["living"].name, left["new"].name}
    release()
    shutil.rmtree(next(place for place in out.iterdir() if place.name.startswith("日志") and place.is_dir()))
    assert archived(space, out).status == 0
    assert [place.name for place in out.glob(f"{STAGING}*")] == [left["new"].name]
