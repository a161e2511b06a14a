"""A portal over teams in all forms: what it shows, that its figures are sums, and what is wrong with a team."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow.parquet
import pytest

from generator.model.options import Options, Selection
from generator.tools.portal.serve import PortalPreview
from generator.tools.preview import State
from tests.space import SiteSpace, tree
from tests.tools.portal import demo
from tests.tools.portal.many import Made
from tests.tools.portal.teams import PORTAL, build, data, fails, four_teams, portal, team


@pytest.fixture
def four(tmp_path: Path) -> SiteSpace:
    """A copy of the folder of a portal over four teams."""
    shutil.copytree(four_teams(), tmp_path / "four")
    return portal(tmp_path / "four")


def test_all_forms_of_sources_are_shown(four: SiteSpace) -> None:
    home = four.page("")
    for title in ("one队", "two队", "three队", "第四队"):
        assert title in home
    assert "https://four.example/2020/04/04/b/" in home
    assert [one["site"] for one in data(four, "teams")] == [
        "https://one.example/",
        "https://two.example/",
        "https://three.example/",
        "https://four.example/",
    ]
    page = four.page("regions/山东省/")
    assert "one队进厂" in page
    assert "three队" not in page
    ledger = re.sub("<[^>]*>", "", four.page("requests/"))
    assert all(f"{name}队修路" in ledger for name in ("one", "two", "three", "four"))
    assert "three队" not in four.page("requests/region/山东省/")
    assert "two队的村" in four.page("search/x-targets-000-000-0.js")
    assert "第四队" in four.page("kinds/乡村/")
    assert "<link>" not in four.page("feed.xml")
    assert four.page("feed.xml").count("<entry>") == 8


def test_figures_are_the_sums_of_the_teams_own(four: SiteSpace) -> None:
    """Added up by other means: from what each team's own build publishes."""
    own = []
    for name in ("one", "two", "three", "four"):
        site = SiteSpace(four.folder / name)
        if not (site.folder / "output").exists():
            site.build()
        own.append((json.loads(site.page("data/site.json")), json.loads(site.page("data/requests.json"))))
    visits = sum(one["total"] for site, _ in own for one in site["counters"] if one["id"] == "走访")
    whole = next(one for one in data(four, "regions") if "region" not in one)
    assert whole["teams"] == 4
    assert whole["entries"] == sum(site["entries"] for site, _ in own) == 8
    assert whole["requests"] == sum(len(some) for _, some in own) == 8
    assert whole["resolved"] == sum(one["state"] == "resolved" for _, some in own for one in some) == 4
    counters = [one for one in data(four, "counters") if "region" not in one]
    assert [one["total"] for one in counters if one["label"] == "走访"] == [visits] == [18]
    months = [one for one in data(four, "figures") if "region" not in one]
    assert [(one["month"], one["entries"], one["raised"], one["resolved"]) for one in months] == [
        ("2020-03", 4, 4, 0),
        ("2020-04", 4, 4, 4),
    ]


def test_data_is_there_as_json_csv_and_parquet(four: SiteSpace) -> None:
    for name in ("teams", "regions", "figures", "counters", "requests"):
        records = data(four, name)
        rows = list(csv.DictReader(io.StringIO(four.page(f"data/{name}.csv").removeprefix("\ufeff"))))
        table = pyarrow.parquet.read_table(four.folder / "output" / "data" / f"{name}.parquet").to_pylist()
        assert len(records) == len(rows) == len(table) > 0
        for record, row, one in zip(records, rows, table, strict=True):
            assert list(row) == list(one)
            # A number that is 0 stands; a flag that is not set is left out.
            assert {key: value for key, value in one.items() if value or type(value) is int} == record
            flags = {key for key, value in one.items() if value is False}
            assert {key: value for key, value in row.items() if value and key not in flags} == {
                key: str(int(value) if isinstance(value, bool) else value) for key, value in record.items()
            }


def test_only_what_changed_is_read_and_written(four: SiteSpace) -> None:
    assert "0 files written" in build(four).out
    store = four.folder / ".rizhi" / "portal"
    before = set(tree(store))
    site = SiteSpace(four.folder / "one")
    site.entry("2020-05-01-c", title="新的一篇", date="2020-05-01")
    assert "0 files written" not in build(four).out
    assert "新的一篇" in four.page("")
    # The digest of one team with its figures and requests, its province, and the whole.
    assert len(set(tree(store)) - before) == 5
    clean = portal(four.folder, PORTAL)
    build(clean, "--no-cache", "--output", str(four.folder / "clean"))
    assert tree(four.folder / "clean") == four.tree()


def test_a_team_that_cannot_be_read_stops_the_portal_or_is_shown_as_it_was(four: SiteSpace) -> None:
    before = four.tree()
    shutil.rmtree(four.folder / "two" / "output")
    assert 'team "two"' in fails(four)
    assert four.tree() == before
    ran = build(four, "--keep-going")
    assert 'team "two"' in ran.err
    assert "two" in ran.out
    assert "这支工作队的数据这次没有读到" in four.page("teams/two/")
    assert "这次没有读到" in four.page("")
    assert "two队进村" in four.page("requests/") or "two队修路" in four.page("requests/")
    SiteSpace(four.folder / "two").build()
    build(four)
    assert four.tree() == before


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("site.json", lambda text: text.replace('"schema": 1', '"schema": 2'), "schema 2"),
        ("entries.json", lambda text: text[: len(text) // 2], "cannot be read"),
        ("requests.json", lambda _: None, "site.json lists 2 requests, and 0 are there"),
        (
            "site.json",
            lambda text: text.replace('}, "entries": 2,', '}, "entries": 9,'),
            "site.json counts 9 entries, and 2 are there",
        ),
        ("targets.json", lambda text: text.replace("../targets", "https://evil.example"), "no address within the site"),
        ("site.json", lambda _: None, "published by an earlier version"),
        ("../index.html", lambda _: None, "index.html is missing"),
        ("entries.json", lambda text: text.replace("two队进村", "看望秦钟灵"), "names a private person"),
        ("entries.json", lambda text: text.replace("two队进村", "电话13812345678"), "a number that belongs to one"),
    ],
)
def test_what_is_wrong_with_published_data(four: SiteSpace, file: str, change: object, words: str) -> None:
    four.write("people.yaml", "people: [{id: qin, name: 秦钟灵, role: private}]\n")
    place = four.folder / "two" / "output" / "data" / file
    text = change(place.read_text(encoding="utf-8"))  # type: ignore[operator]
    if text is None:
        place.unlink()
    else:
        place.write_text(text, encoding="utf-8")
    before = four.tree()
    said = fails(four)
    assert 'team "two"' in said
    assert words in said
    assert "秦钟灵" not in said
    assert four.tree() == before


def test_an_output_in_its_sites_folder_is_held_to_that_sites_register(four: SiteSpace) -> None:
    place = four.folder / "two" / "output" / "data" / "targets.json"
    place.write_text(place.read_text(encoding="utf-8").replace("two小村", "看望秦钟灵"), encoding="utf-8")
    build(four)
    people = "people: [{id: qin, name: 秦钟灵, role: private, pseudonym: 一位老人}]\n"
    SiteSpace(four.folder / "two").write("content/people.yaml", people)
    assert "names a private person" in fails(four)


def test_a_team_with_faulty_content_is_named_with_the_place(four: SiteSpace) -> None:
    SiteSpace(four.folder / "one").entry("2020-05-01-c", targets="[nobody]")
    said = fails(four)
    assert 'team "one"' in said
    assert "content/entries/2020-05-01-c.md" in said
    assert "portal.yaml:5" in said


def test_a_damaged_bundle_is_told(four: SiteSpace) -> None:
    place = four.folder / "three-bag" / "data" / "site" / "data" / "entries.json"
    place.write_text(place.read_text(encoding="utf-8").replace("进村", "进城"), encoding="utf-8")
    assert "not what its manifest says" in fails(four)


@pytest.mark.parametrize(
    ("damaged", "words"),
    [
        (lambda _: b"<html>404", "look at it with rizhi verify"),
        (lambda body: body.replace(b'"schema": 1', b'"schema": 0'), "look at it with rizhi verify"),
        # What is left ends with another zip: the web archive that is in the bundle.
        (lambda body: body[:-22], "copied in part"),
    ],
)
def test_a_damaged_zip_is_told_as_one(four: SiteSpace, damaged: Callable[[bytes], bytes], words: str) -> None:
    place = four.folder / "four.zip"
    place.write_bytes(damaged(place.read_bytes()))
    said = fails(four)
    assert f'team "four" ({place})' in said
    assert words in said
    assert "AWS" not in said


def test_results_that_are_gone_or_damaged_are_made_again(four: SiteSpace) -> None:
    before = four.tree()
    store = four.folder / ".rizhi" / "portal"
    results = sorted(one for one in store.iterdir() if len(one.name) >= 32)
    for number, one in enumerate(results):
        if number % 2:
            one.unlink()
        else:
            one.write_bytes(b"damaged")
    shutil.rmtree(four.folder / "output")
    build(four)
    assert four.tree() == before


@pytest.mark.parametrize(
    ("teams_field", "words"),
    [
        ("[]", "no team is there"),
        ("[{id: one, source: one}, {id: one, source: two/output}]", 'two teams have the id "one"'),
        ("[{id: page, source: one}]", "cannot be part of an address"),
        ("[{id: one, source: nowhere}]", 'team "one"'),
        ("[{id: one, region: 山东省/page, source: one}]", "cannot be the name of a region"),
        (
            "[{id: one, region: 山东省/甲 乙, source: one}, {id: two, region: 山东省/甲-乙, source: two/output}]",
            "would have one address",
        ),
        ("[{source: no*}]", "nothing is there that looks like no*"),
        ("[{id: one, source: one}, {id: b, source: two/output, url: https://one.example}]", "have one address"),
        ("[{id: one, source: one, colour: red}]", "colour"),
    ],
)
def test_what_is_wrong_with_portal_yaml(four: SiteSpace, teams_field: str, words: str) -> None:
    four.write("portal.yaml", f"title: 汇总\nteams: {teams_field}\n")
    said = fails(four)
    assert words in said
    assert "portal.yaml" in said


def test_hints_name_the_settings_of_the_portal(four: SiteSpace) -> None:
    text = (four.folder / "portal.yaml").read_text(encoding="utf-8")
    four.write("portal.yaml", text.replace("description: ", "description: 13912345678"))
    said = fails(four)
    assert "write it with the reason under privacy: allow: in portal.yaml" in said
    assert "site.yaml" not in said


def test_a_pattern_finds_teams_with_their_regions(tmp_path: Path) -> None:
    for number, place in enumerate(("甲省/甲市/a", "甲省/乙市/b", "乙省/丙市/c"), 1):
        team(tmp_path / "sites" / Path(place).parent, Path(place).name, number)
    space = portal(tmp_path, "title: 汇总\nteams: [{source: sites/*/*/*}]\n")
    build(space)
    assert [(one["id"], one["region"]) for one in data(space, "teams")] == [
        ("c", "乙省/丙市"),
        ("b", "甲省/乙市"),
        ("a", "甲省/甲市"),
    ]
    assert "a队进村" in space.page("regions/甲省/甲市/")


def test_without_an_address_nobody_could_follow_the_links(tmp_path: Path) -> None:
    site = team(tmp_path, "one", 1)
    site.write("content/site.yaml", "title: 一队\ncounters: {走访: {}}\n")
    space = portal(tmp_path, "title: 汇总\nteams: [{id: one, source: one}]\n")
    assert "nobody knows where the site" in fails(space)
    space.write("portal.yaml", "title: 汇总\nteams: [{id: one, source: one, url: https://a.example/diary}]\n")
    build(space)
    assert "https://a.example/diary/2020/03/01/a/" in space.page("")


def test_kinds_are_one_by_id_or_by_label(tmp_path: Path) -> None:
    """What means a kind of the portal is that, by whichever of the two; all others are known by their labels."""
    said = {
        "a": ({"enterprise": "企业", "school": "学校"}, ["enterprise", "school"]),
        "b": ({"enterprise": "民营企业", "x1": "学校"}, ["enterprise", "x1"]),
        "c": ({"firm": "Enterprises", "school": "中小学", "enterprise": "企业"}, ["firm", "school", "enterprise"]),
    }
    for name, (kinds, used) in said.items():
        site = {"schema": 1, "title": name, "base_url": f"https://{name}.example/", "kinds": kinds}
        targets = [{"id": f"t{at}", "name": "甲", "kind": kind, "url": f"../t{at}/"} for at, kind in enumerate(used)]
        asked = {"state": "raised", "raised": "2020-03-01", "moved": "2020-03-01", "target": "t0", "kind": used[0]}
        requests = [{"title": "乙", "url": "../r/", **asked}]
        files = {"site": site, "entries": [], "targets": targets, "requests": requests}
        Made(name, name, (), files).write(tmp_path)
    rows = "teams: [{id: a, source: a}, {id: b, source: b}, {id: c, source: c}]\n"
    space = portal(tmp_path, f"title: 汇总\n{rows}")

    def shown() -> dict[str, list[int]]:
        """By name: targets, teams, requests, if any."""
        build(space)
        found = re.findall(
            r'<li><a href="[^"]*">([^<]*)</a> <span class="quiet">(.*?)</span></li>', space.page("kinds/")
        )
        return {name: [int(one) for one in re.findall(r"\d+", said)] for name, said in found}

    assert shown() == {"企业": [4, 3, 3], "学校": [2, 2], "中小学": [1, 1]}
    assert {one["kind"] for one in data(space, "requests")} == {"企业"}
    assert re.sub("<[^>]*>", "", space.page("teams/c/")).count("企业") == 1
    space.write("portal.yaml", f"title: 汇总\nkinds: {{enterprise: 厂子, school: 学校}}\n{rows}")
    assert shown() == {"厂子": [4, 3, 3], "学校": [3, 3]}


def test_check_publishes_nothing(four: SiteSpace) -> None:
    shutil.rmtree(four.folder / "output")
    ran = four.run("portal check", "--jobs", "1")
    assert ran.status == 0, ran.err
    assert "4 teams" in ran.out
    assert not (four.folder / "output").exists()


def test_a_chart_names_the_largest_regions_and_adds_up_all_others(tmp_path: Path) -> None:
    day = {"start": "2020-03-05", "end": "2020-03-05"}
    for number in range(15):
        entries = [{"title": "甲", "url": f"../e{one}/", **day} for one in range(1 + (number > 2))]
        files = {"site": {"schema": 1, "title": f"{number}队"}, "entries": entries, "targets": []}
        Made(f"team-{number}", f"{number}队", (), files).write(tmp_path)
    team = "  - {{id: team-{0}, source: team-{0}, region: 省/{0}县, url: 'https://{0}.example/'}}\n"
    space = portal(tmp_path, "title: 汇总\nteams:\n" + "".join(map(team.format, range(15))))
    build(space)
    for page in ("figures/", "regions/省/"):
        (chart,) = re.findall("<figure.*?</figure>", space.page(page), re.DOTALL)
        names = re.findall(r'scope="col">(\w+)<', chart)
        assert names == ["月份", *(f"{number}县" for number in range(3, 15)), "其他"]
        assert re.findall(r"<td>(\d+)</td>", chart) == ["2"] * 12 + ["3"]
    # The regions to choose from are those into which the province parts.
    assert space.page("search/index.js").count("县") == 15 * 2
    assert "14县" in space.page("")


def test_the_demo_portal(tmp_path: Path) -> None:
    demo.make(tmp_path / "demo")
    space = SiteSpace(tmp_path / "demo")
    build(space)
    assert "进企业、进村居、进项目" in space.page("teams/yantai/")
    assert [one["teams"] for one in data(space, "regions")] == [4, 2, 1, 1, 2, 1, 1]


@pytest.mark.parametrize(
    "place", ["two/output", "two", "two/output/inner", ".", "one/output", "one/content/x", "themes/x"]
)
def test_no_output_comes_over_what_is_there(four: SiteSpace, place: str) -> None:
    before = tree(four.folder)
    assert "publish into another folder" in fails(four, "--output", str(four.folder / place))
    after = {path: body for path, body in tree(four.folder).items() if ".rizhi" not in path}
    assert after == {path: body for path, body in before.items() if ".rizhi" not in path}


def test_a_portal_may_lie_in_the_folder_of_a_team(tmp_path: Path) -> None:
    team(tmp_path, "one", 1).build()
    space = portal(tmp_path / "one" / "portal", "title: 汇总\nteams: [{id: one, source: ..}]\n")
    build(space)
    assert "one队进村" in space.page("")


def test_the_preview_follows_the_teams(four: SiteSpace) -> None:
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    options = partial(Options, folder=four.folder, selection=Selection(now=now), base_url="http://127.0.0.1/", jobs=1)
    preview = PortalPreview(options, four.folder / "shown", "en")
    told: list[State | None] = []
    preview.listen(told.append)
    with contextlib.closing(preview):
        assert preview.refresh().version == 1
        assert "one队进厂" in (preview.output / "index.html").read_text(encoding="utf-8")
        assert preview.refresh().version == 1
        SiteSpace(four.folder / "one").entry("2020-05-01-c", title="新的一篇", date="2020-05-01")
        assert preview.refresh().version == 2
        assert "新的一篇" in (preview.output / "index.html").read_text(encoding="utf-8")
        (four.folder / "four.zip").rename(four.folder / "away.zip")
        assert 'team "four"' in (preview.refresh().problems or "")
        assert "第四队" in (preview.output / "index.html").read_text(encoding="utf-8")
        four.write("portal.yaml", "title: [")
        assert "portal.yaml" in (preview.refresh().problems or "")
        (four.folder / "away.zip").rename(four.folder / "four.zip")
        four.write("portal.yaml", PORTAL)
        assert preview.refresh().problems is None
    # Nobody is told where nothing changed.
    assert len(told) == 5
