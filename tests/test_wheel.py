"""The wheel holds all that the program needs, with no checkout around."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.space import SiteSpace, tree

ROOT = Path(__file__).parents[1]


def test_a_site_is_made_and_built_from_the_wheel_alone(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", str(ROOT)]
    subprocess.run([*build, "--wheel-dir", str(tmp_path)], cwd=tmp_path, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert not [name for name in packed.namelist() if name.startswith(("tests/", "content/", "themes/"))]
        packed.extractall(tmp_path / "installed")
    empty = tmp_path / "empty"
    empty.mkdir()

    def run(*command: str) -> None:
        subprocess.run(
            [sys.executable, "-P", "-m", "generator", *command],
            cwd=empty,
            env={"PYTHONPATH": str(tmp_path / "installed"), "RIZHI_LANGUAGE": "zh"},
            check=True,
            capture_output=True,
        )

    run("init", "diary", "--language", "zh")
    run("build", "diary", "--base-url", "https://example.org/")
    here = SiteSpace(empty / "diary")
    before = here.tree()
    assert "index.html" in before
    assert "assets/icon.png" in before
    here.build("--base-url", "https://example.org/", "--output", str(empty / "again"))
    assert tree(empty / "again") == before
    settings = empty / "diary/content/site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "theme: plain\n", encoding="utf-8")
    run("build", "diary", "--base-url", "https://example.org/")
    plain = here.tree()
    assert [path for path in plain if path.startswith("assets/")] == ["assets/style.css"]
    here.build("--base-url", "https://example.org/", "--output", str(empty / "plain"))
    assert tree(empty / "plain") == plain
