"""A build that the system kills at any of its writes, those of the cache too, leaves whole files and a next build."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline.publish.manifest import STATE
from tests.pipeline.test_publish import OLD, renew
from tests.space import SiteSpace

CALLS = ("write", "pwrite64", "rename", "unlink", "mkdir", "rmdir")
KILLS = int(os.environ.get("RIZHI_KILLS", "6"))
"""How often a build is killed at each kind of call, evenly from the first to the last; 0 for at every one."""


@pytest.mark.parametrize("call", CALLS)
def test_killed_at_each_call_of_a_kind(site: Callable[[str], SiteSpace], tmp_path: Path, call: str) -> None:
    space = site(OLD)
    space.build()
    old = space.tree()
    before = tmp_path / "before"
    renew(space)
    for name in ("output", STATE):
        shutil.copytree(space.folder / name, before / name)
    calls = traced(space, call, ())
    new = space.tree()
    assert calls > 0
    for number in range(1, calls + 1, max(1, calls // KILLS) if KILLS else 1):
        for name in ("output", STATE):
            shutil.rmtree(space.folder / name)
            shutil.copytree(before / name, space.folder / name)
        traced(space, call, ("-e", f"inject={call}:signal=SIGKILL:when={number}"))
        for path, body in space.tree().items():
            assert body in (old.get(path), new.get(path)), f"{path} is torn when killed at {call} {number}"
        assert space.build().err == ""
        assert space.tree() == new


def traced(space: SiteSpace, call: str, options: tuple[str, ...]) -> int:
    """Builds in a process of its own, and says how often it made a system call on files of the site."""
    log = space.folder / "calls"
    waits, begins = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(waits, 1)
        os._exit(space.run("build").status)
    command = ["strace", "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={call}", *options, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text(encoding="utf-8"):
            assert tracer.poll() is None
            time.sleep(0.001)
        os.write(begins, b"x")
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(waits)
    os.close(begins)
    assert status == 0 if not options else status in (0, -signal.SIGKILL)
    return sum(f" {call}(" in line for line in log.read_text(encoding="utf-8", errors="replace").splitlines())
