"""Temporary folders of killed processes are removed by whoever makes the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from generator.ground.temporary import temporary_folder

LIVING = """\
import time
from generator.ground.temporary import made_folder
print(made_folder()[0], flush=True)
time.sleep(600)
"""


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_uses_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    others = [tmp_path / name for name in ("rizhi-archives", "rizhi-abc.temporary", "x.cache")]
    for other in others:
        other.mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", LIVING], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        left = Path(process.stdout.readline().strip())
        (left / "cache").write_text("x")
        time.sleep(1.1)
        with temporary_folder() as own:
            assert {*tmp_path.iterdir()} == {*others, left, own}
        process.send_signal(signal.SIGKILL)
        process.wait()
    with temporary_folder() as own:
        assert {*tmp_path.iterdir()} == {*others, own}
    assert {*tmp_path.iterdir()} == {*others}
