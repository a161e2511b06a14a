"""``rizhi portal serve`` from elsewhere, and ``rizhi schema portal``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from generator.cli.main import main
from tests.tools.portal.teams import portal, team

ROOT = Path(__file__).parents[3]
PATIENCE = 60


def test_ctrl_c_is_how_the_preview_ends(tmp_path: Path) -> None:
    team(tmp_path, "one", 1)
    portal(tmp_path, "title: 汇总\nteams: [{id: one, source: one}]\n")
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "portal", "serve", str(tmp_path), "--port=0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RIZHI_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert "follows every change" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_editors_know_the_fields_of_a_portal() -> None:
    schema = json.loads(CliRunner().invoke(main, ["schema", "portal"]).stdout)
    assert schema["required"] == ["title", "teams"]
    assert "烟台" in schema["properties"]["teams"]["description"]
