"""New sites, entries and targets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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
    assert made.stdout.endswith(f"The site is ready. Publish it with: rizhi build {folder.as_posix()}\n")
    assert (folder / ".github/workflows/publish.yml").is_file()
    space = SiteSpace(folder)
    assert space.build("--strict", "--base-url", "https://example.org/").err == ""
    assert "示例村" in space.page("") or "Example village" in space.page("")


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
