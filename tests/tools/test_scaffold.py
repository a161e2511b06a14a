"""New sites, entries and targets."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli.console import own_command
from generator.cli.main import main
from tests.space import SiteSpace


def rizhi(*arguments: str) -> Result:
    return CliRunner(env={"RIZHI_LANGUAGE": "en", "SOURCE_DATE_EPOCH": "1600000000"}).invoke(
        main, arguments, prog_name="rizhi"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_site_builds_without_a_word_of_complaint(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "diary"
    made = rizhi("init", str(folder), "--language", language)
    assert made.exit_code == 0
    # What only those need who publish by GitHub comes last.
    assert made.stdout.splitlines()[-3:-1] == [
        f"The site is ready. See it with: {sys.executable} -m generator serve {folder}",
        f"Publish it with: {sys.executable} -m generator build {folder}",
    ]
    space = SiteSpace(folder)
    assert space.build("--strict", "--base-url", "https://example.org/").err == ""
    assert "示例村" in space.page("") or "Example village" in space.page("")
    # As soon as there is anything else, the examples are told, until they are made one's own.
    told = "this is an example that came with the site; it is published and counted with the rest"
    space.entry("own")
    assert space.build().err.count(told) == 2
    place = space.folder / "content/entries/2020-03-05-first-day.md"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("date: 2020-03-05", "date: 2020-03-06"), encoding="utf-8")
    ran = space.build()
    assert (ran.err.count(told), ran.err.startswith("content/targets/example-village.md:2:7: warning")) == (1, True)
    place.unlink()
    (space.folder / "content/targets/example-village.md").unlink()
    assert space.build("--strict").err == ""


@pytest.mark.parametrize(
    ("noted", "installs"),
    [
        (None, f"rizhi=={__version__}"),
        (
            {"url": "https://example.org/rizhi-1-py3-none-any.whl", "archive_info": {}},
            '"rizhi @ https://example.org/rizhi-1-py3-none-any.whl"',
        ),
        (
            {"url": "https://example.org/rizhi.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b2c"}},
            '"rizhi @ git+https://example.org/rizhi.git@0a1b2c"',
        ),
        ({"url": "file:///nowhere/rizhi", "dir_info": {"editable": True}}, "wheels/*.whl"),
    ],
)
def test_the_workflow_installs_what_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: dict[str, object] | None, installs: str
) -> None:
    installed(monkeypatch, noted)
    ran = rizhi("init", str(tmp_path / "diary"))
    workflow = yaml.safe_load((tmp_path / "diary/.github/workflows/publish.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    assert steps[0] == f"pip install {installs}"
    # "on" is a truth value in YAML 1.1.
    assert workflow[True]["schedule"] == [{"cron": "30 16 * * *"}]
    needs_wheel = "put this program into the site: " in ran.stdout
    assert needs_wheel is (installs == "wheels/*.whl")


def test_a_wheel_comes_with_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "rizhi 1" / "rizhi-1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"PK")
    installed(monkeypatch, {"url": wheel.as_uri(), "archive_info": {}})
    rizhi("init", str(tmp_path / "diary"))
    assert (tmp_path / "diary/wheels/rizhi-1-py3-none-any.whl").read_bytes() == b"PK"
    workflow = (tmp_path / "diary/.github/workflows/publish.yml").read_text(encoding="utf-8")
    assert "pip install wheels/rizhi-1-py3-none-any.whl\n" in workflow


def installed(monkeypatch: pytest.MonkeyPatch, noted: dict[str, object] | None) -> None:
    """As if the program had been installed from there."""
    found = SimpleNamespace(read_text=lambda _name: json.dumps(noted) if noted else None)
    monkeypatch.setattr("generator.tools.origin.distribution", lambda _name: found)


def test_commands_are_told_as_they_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "rizhi"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("sys.argv", [str(program)])
    assert own_command("build", "my diary") == f"{program} build 'my diary'"
    monkeypatch.setenv("PATH", str(program.parent))
    assert own_command("build") == "rizhi build"


def test_a_new_site_overwrites_nothing(space: SiteSpace) -> None:
    ran = rizhi("init", str(space.folder))
    assert ran.exit_code == 2
    assert ran.stderr.endswith(
        f"Error: {space.folder} is there already and is not empty\nhint: choose another folder\n"
    )


def test_a_new_entry_is_a_draft_that_builds(space: SiteSpace) -> None:
    ran = rizhi("new", "entry", "进村: 第1天 #1", str(space.folder), "--date", "2020-03-05")
    place = space.folder / "content/entries/2020-03-05-进村-第1天-1.md"
    assert ran.stdout == f"{place.as_posix()}\n"
    assert place.read_text(encoding="utf-8") == (
        "---\ntitle: '进村: 第1天 #1'\ndate: 2020-03-05\ntargets: []\ntags: []\nstatus: draft\n---\n\n"
    )
    space.build("--drafts")
    assert "进村: 第1天 #1" in space.page("2020/03/05/进村-第1天-1/")


def test_a_new_entry_is_of_today_and_overwrites_nothing(space: SiteSpace) -> None:
    assert rizhi("new", "entry", "今天", str(space.folder)).stdout.endswith("/content/entries/2020-09-13-今天.md\n")
    again = rizhi("new", "entry", "今天", str(space.folder))
    assert again.exit_code == 2
    assert "2020-09-13-今天.md is there already\nhint: choose another name\n" in again.stderr


def test_a_new_target(space: SiteSpace) -> None:
    ran = rizhi("new", "target", "胜利东村", str(space.folder), "--kind", "village")
    assert ran.stdout.endswith("/content/targets/胜利东村.md\n")
    space.entry("a", targets="[胜利东村]")
    space.build()
    assert "胜利东村" in space.page("targets/胜利东村/")


@pytest.mark.parametrize("title", ["", "   ", "con", "Village"])
def test_names_that_cannot_be(space: SiteSpace, title: str) -> None:
    assert rizhi("new", "target", title, str(space.folder)).exit_code == 2


@pytest.mark.parametrize("title", ["长" * 300, "no", "- x", "“引号”", "a\nb", "[x]", "@x", "'", '"', "2020", "~"])
def test_any_title_comes_back_as_it_was(space: SiteSpace, title: str) -> None:
    assert rizhi("new", "entry", "--date", "2020-03-05", "--", title, str(space.folder)).exit_code == 0
    space.build("--drafts")
    (entry,) = json.loads(space.page("data/entries.json"))
    assert entry["title"] == " ".join(title.split())


def test_a_wrong_date_is_wrong_usage(space: SiteSpace) -> None:
    ran = rizhi("new", "entry", "x", str(space.folder), "--date", "2020-02-30")
    assert ran.exit_code == 2
    assert ran.stderr.endswith('Error: date "2020-02-30" is not a day\nhint: February 2020 has 29 days\n')
