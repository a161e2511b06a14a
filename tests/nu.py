"""The Nu Html Checker, the reference for valid HTML, asked for its errors."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

# The checker's CSS is older than typed attr() (CSS Values and Units 5), which has a fallback for such programs.
YOUNGER = "CSS: “background”: Parse Error."
JAR = Path(__file__).parent / ".cache" / "vnu-26.9.27.jar"


def errors(folder: Path) -> list[str]:
    """What is no valid HTML in the pages below a folder: place and message."""
    assert JAR.exists(), "the checker is not here; fetch it: tests/fetch"
    command = [
        "java",
        "-Xss8m",
        # It ends before a better compiler pays.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
        str(folder),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(ran.stderr)["messages"]
    return [
        f"{one['url'].rpartition('/output/')[2]}:{one.get('lastLine', 0)}: {one['message']} {one.get('extract', '')}"
        for one in found
        if one["type"] != "info" and one["message"] != YOUNGER
    ]
