"""The commands from outside: help, exit statuses, output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import __version__
from generator.cli.main import main
from generator.ground.text import display_width
from tests.space import SiteSpace

ROOT = Path(__file__).parents[2]


def test_the_same_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"rizhi {__version__}\n"


def test_whoever_closes_the_output_hears_nothing_of_a_sound_build(space: SiteSpace) -> None:
    space.entry()
    command = f"{sys.executable} -m generator build '{space.folder}' >&-"
    ran = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stderr == ""


def test_incomplete_output_is_a_failure() -> None:
    command = f"{sys.executable} -m generator schema >/dev/full"
    ran = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["init"], ["new"], ["new", "entry"], ["schema"]])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_teaches(command: list[str], language: str) -> None:
    ran = CliRunner(env={"RIZHI_LANGUAGE": language}).invoke(main, [*command, "--help"], prog_name="rizhi")
    assert ran.exit_code == 0
    assert ran.stdout.startswith("用法：rizhi" if language == "zh" else "Usage: rizhi")


@pytest.mark.parametrize("arguments", [["bild"], ["build", "--no-such"], ["build", "--base-url", "nonsense"]])
def test_wrong_usage_is_status_2(space: SiteSpace, arguments: list[str]) -> None:
    space.entry()
    ran = CliRunner().invoke(main, [*arguments, str(space.folder)], prog_name="rizhi")
    assert ran.exit_code == 2
    assert not (space.folder / "output").exists()


def test_the_summary_says_what_was_published(space: SiteSpace) -> None:
    space.entry("a")
    ran = space.build()
    assert ran.out == (
        f"Published 1 entry on 12 pages, with 0 pictures and attachments, in {space.folder}/output: "
        "34 files written, 0 unchanged, 0 removed.\n"
    )
    assert ran.err == ""


def test_check_finds_what_a_build_would_and_writes_nothing(space: SiteSpace) -> None:
    space.entry("a")
    assert space.run("check").out == "All is well: 1 entry, 12 pages.\n"
    space.entry("b", body="[x](/nowhere/)\n")
    ran = space.run("check")
    assert ran.status == 1
    assert ran.problems == ["content/entries/b.md:5:1: the link to /nowhere/ leads nowhere"]
    assert not (space.folder / "output").exists()


def test_check_looks_at_drafts_too(space: SiteSpace) -> None:
    space.entry("a")
    space.entry("b", body="[x](/nowhere/)\n", status="draft")
    space.entry("c", body="![x](gone.png)\n", publish_at="2099-01-01 08:00")
    ran = space.run("check")
    assert ran.status == 0
    assert [line for line in ran.err.splitlines() if line.startswith("content/")] == [
        "content/entries/b.md:6:1: warning: the link to /nowhere/ leads nowhere",
        "content/entries/c.md:6:1: warning: there is no file content/entries/gone.png",
    ]
    assert "All is well: 1 entry, 12 pages.\n" in ran.out
    assert "Left out as drafts, until their line status: draft is deleted: content/entries/b.md\n" in ran.out
    ran = space.run("check", "--strict")
    told = "0 problems, 2 warnings. With --strict, warnings are problems."
    assert (ran.status, ran.err.splitlines()[-1]) == (1, told)
    assert space.run("build").status == 0


def test_many_drafts_are_told_by_folder(space: SiteSpace) -> None:
    space.entry("a")
    for folder in "abcdefghijkl":
        for day in range(1 + (folder == "g")):
            space.entry(f"{folder}/{day}", status="draft")
    first, last = space.run("check").out.splitlines()[1:]
    named = ", ".join(f"content/entries/{folder}/ ({1 + (folder == 'g')})" for folder in "gabcdefhij")
    assert first == f"Left out as drafts, until their line status: draft is deleted: {named} … (13)"
    assert re.search(r"check .* --all$", last)
    every = space.run("check --all").out
    assert every.count("\n  content/entries/") == 13
    assert "To see" not in every


def test_the_caret_is_below_the_fault(space: SiteSpace) -> None:
    """Chinese takes two cells, and a long line is cut around the fault."""
    for before in ("", "四进", "a四b进", "长" * 200, "e\u0301" * 9):
        space.entry("a", targets=f"[{before}甲, nobody, 乙]")
        lines = space.fails().err.splitlines()
        at = next(number for number, line in enumerate(lines) if '"nobody"' in line)
        assert lines[at + 1].find("nobody") >= 0
        assert display_width(lines[at + 1][: lines[at + 1].find("nobody")]) == len(lines[at + 2]) - 1


@pytest.mark.parametrize("kind", ["entry", "target", "policy", "page", "people", "site"])
def test_schema_is_json_schema(kind: str) -> None:
    ran = CliRunner().invoke(main, ["schema", kind])
    schema = json.loads(ran.stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["additionalProperties"] is False


def test_schema_names_every_field_of_an_entry() -> None:
    properties = json.loads(CliRunner().invoke(main, ["schema"]).stdout)["properties"]
    assert {"title", "date", "part", "targets", "requests", "counts", "corrections", "extra"} <= properties.keys()
    assert properties["date"]["pattern"]


def test_ctrl_c_ends_a_build_without_a_traceback(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.entry()
    space.build()
    before = space.tree()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.pipeline.publish.publication.Publication.publish", interrupted)
    space.entry("b")
    ran = space.run("build")
    assert (ran.status, ran.err) == (130, "Stopped.\n")
    assert space.tree() == before
    monkeypatch.undo()
    assert space.run("build").status == 0


def test_a_draft_in_which_something_is_wrong_stops_nothing(space: SiteSpace, tmp_path: Path) -> None:
    """It is left out and told, by all that publish or send; the one that is asked for, and ``--strict``, stop."""
    entry = space.entry("a", requests="[{id: r, title: 修路, status: raised}]")
    wrong = "content/entries/b.md:3:7: "
    space.entry("b", date="三月", status="draft")
    for command in ("check", "build", f"export chronicle --output {tmp_path}/x.md", "requests"):
        ran = space.run(command)
        assert ran.status == 0, ran.err
        assert [one.startswith(f"{wrong}warning: ") for one in ran.problems] == [True], command
    assert "Left out as drafts in which something is wrong: content/entries/b.md\n" in space.run("check").out
    assert "Left out as drafts in which something is wrong: content/entries/b.md\n" in space.run("build").out
    assert space.run("build").out.count("0 files written") == 1
    assert "content/entries/b.md" in space.run("build --drafts").out
    for command in ("check --strict", "build --strict", "export entry content/entries/b.md --format md"):
        ran = space.run(command)
        assert ran.status == 1
        assert [one for one in ran.problems if one.startswith(wrong) and "warning" not in one], command
    # What stops the build is told with what is wrong in drafts.
    space.entry("a", date="四月")
    for command in ("check", "build"):
        ran = space.run(command)
        assert ran.status == 1
        paths = [one.partition(":")[0] for one in ran.problems]
        assert paths == ["content/entries/a.md", "content/entries/b.md"], command
    assert entry.exists()
