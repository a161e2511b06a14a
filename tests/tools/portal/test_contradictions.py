"""What a team says twice, what a register forbids later, and what portal.yaml says wrongly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.space import SiteSpace
from tests.tools.portal.teams import PORTAL, build, data, fails, four_teams, portal


@pytest.fixture
def four(tmp_path: Path) -> SiteSpace:
    """A copy of the folder of a portal over four teams."""
    shutil.copytree(four_teams(), tmp_path / "four")
    return portal(tmp_path / "four")


def test_counters_of_one_label_are_added_up_within_a_team_too(four: SiteSpace) -> None:
    site = SiteSpace(four.folder / "one")
    before = {one["label"]: one["total"] for one in data(four, "counters") if not one.get("region")}
    settings = (site.folder / "content/site.yaml").read_text(encoding="utf-8")
    site.write("content/site.yaml", settings.replace("counters: {", "counters: {又走访: {label: 走访, unit: 次}, "))
    site.entry("2020-05-01-c", title="又走访", date="2020-05-01", counts="{又走访: 5, 走访: 7}")
    build(four)
    after = {one["label"]: one["total"] for one in data(four, "counters") if not one.get("region")}
    assert after["走访"] == before["走访"] + 12


def test_settings_of_a_portal_are_told_at_its_own_file(four: SiteSpace) -> None:
    space = portal(four.folder, PORTAL + "counters: [走访, 没有的]\n")
    (told,) = build(space).problems
    assert told == 'portal.yaml:9:16: warning: no team has a counter "没有的" that is added up'
    space = portal(four.folder, PORTAL + "theme: none\n")
    assert 'portal.yaml:9:8: there is no theme "none"' in fails(space)


@pytest.mark.parametrize("register", ["one/content/people.yaml", "people.yaml"])
def test_what_a_team_was_last_is_not_shown_where_a_register_forbids_it_now(four: SiteSpace, register: str) -> None:
    site = SiteSpace(four.folder / "one")
    site.entry("2020-05-01-c", title="看望秦钟灵", date="2020-05-01")
    build(four)
    assert "秦钟灵" in four.page("")
    four.write(register, "people:\n  - {id: qin, name: 秦钟灵, role: private}\n")
    assert 'team "one"' in fails(four)
    ran = build(four, "--keep-going")
    assert "Not shown, since nothing is known of them that may be published: one." in ran.out
    assert "秦钟灵".encode() not in b"".join(four.tree().values())
    assert "two队进村" in four.page("")
