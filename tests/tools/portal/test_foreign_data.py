"""Data of a team that no site publishes: each value is refused at its field, and the team is named."""

from __future__ import annotations

import json
import os
import shutil
import xml.dom.minidom
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.ground.errors import Fault
from generator.tools.portal.team_data import team_digest
from generator.tools.portal.team_records import FILES
from tests.space import SiteSpace
from tests.tools.portal.teams import build, fails, portal, team

Files = dict[str, Any]
"""What the data files hold, by name."""
SETTINGS = """\
title: 汇总
base_url: https://p.example/
teams:
  - {id: one, source: one/output}
  - {id: two, source: two/output}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a portal over two published teams."""
    folder = tmp_path_factory.mktemp("foreign")
    team(folder, "one", 1).build()
    team(folder, "two", 2).build()
    space = portal(folder, SETTINGS)
    space.write("people.yaml", "people: [{id: qin, name: 秦钟灵, role: private}]\n")
    build(space)
    return folder


@pytest.fixture
def two(made: Path, tmp_path: Path) -> SiteSpace:
    shutil.copytree(made, tmp_path / "portal")
    return SiteSpace(tmp_path / "portal")


def _files(folder: Path) -> Files:
    return {path: json.loads((folder / path).read_text(encoding="utf-8")) for path in FILES}


def _refusal(files: Files) -> str:
    with pytest.raises(Fault) as raised:
        team_digest({path: json.dumps(value).encode() for path, value in files.items()})
    return str(raised.value.message)


def _changed(two: SiteSpace, name: str, change: Callable[[Any], Any]) -> None:
    place = two.folder / "one" / "output" / "data" / f"{name}.json"
    value = json.loads(place.read_text(encoding="utf-8"))
    change(value)
    place.write_text(json.dumps(value), encoding="utf-8")


TEXTS = {
    "data/site.json": ("title", "description", "language", "base_url", "search"),
    "data/entries.json": ("title", "url", "place", "summary", "language"),
    "data/targets.json": ("id", "name", "short_name", "kind", "place", "summary", "url"),
    "data/requests.json": ("title", "url", "target", "kind", "handler", "person"),
}
"""Fields with a text that a portal reads."""


@pytest.mark.parametrize(("path", "field"), [(path, field) for path, fields in TEXTS.items() for field in fields])
@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("\0", "control character"),
        ("\x7f", "control character"),
        ("\ufffe", "control character"),
        ("长" * 70_000, "longer"),
    ],
)
def test_no_text_holds_what_a_site_refuses(made: Path, path: str, field: str, sign: str, words: str) -> None:
    files = _files(made / "one/output")
    record = files[path] if path == "data/site.json" else files[path][0]
    record[field] = f"{record.get(field) or '甲'}{sign}"
    said = _refusal(files)
    assert field in said
    assert words in said


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("data/site.json", lambda site: site["kinds"].update({"village": "乡\0村"})),
        ("data/site.json", lambda site: site["kinds"].update({"vil\0lage": "乡村"})),
        ("data/site.json", lambda site: site["counters"][0].update(label="走\0访")),
        ("data/site.json", lambda site: site["counters"][0].update(unit="\0次")),
        ("data/entries.json", lambda entries: entries[0].update(tags=["走\0访"])),
        ("data/entries.json", lambda entries: entries[0].update(targets=["one\0"])),
        ("data/entries.json", lambda entries: entries[0].update(counts={"走\0访": 1})),
        ("data/targets.json", lambda targets: targets[0].update(aliases=["村\0"])),
        ("data/requests.json", lambda requests: requests[0]["steps"][0].update(note="通\0了")),
    ],
)
def test_no_text_in_a_list_does_either(made: Path, path: str, change: Callable[[Any], None]) -> None:
    files = _files(made / "one/output")
    change(files[path])
    assert "control character" in _refusal(files)


MANIFOLD = """\
-- content/site.yaml --
title: 日志
base_url: https://a.example/
counters:
  走访: {unit: 次}
  座谈会: {shared: true}
  在岗: {derived: days}
  篇数: {derived: entries}
  对象: {derived: targets}
  提出: {derived: raised}
  办结: {derived: resolved}
-- content/targets/a.md --
---
name: 甲村
kind: village
---
-- content/targets/b.md --
---
name: 乙村
kind: village
---
-- content/entries/a.md --
---
title: 进村
date: 2020-03-30/04-02
targets: [a, b]
counts: {走访: {a: 2, b: 1}, 座谈会: 1}
requests:
  - {id: road, title: 修路, status: raised, target: a}
  - {id: loan, title: 贷款, status: raised, target: b}
---
-- content/entries/b.md --
---
title: 又进村
date: 2020-04-02
targets: [a]
counts: {走访: 0}
requests: [{id: road, status: resolved}, {id: loan, status: closed}]
---
-- content/entries/c.md --
---
title: 再进村
date: 2020-05-01
targets: [a]
counts: {走访: 4}
requests: [{id: road, status: coordinating, reopened: true}]
---
-- content/entries/d.md --
---
title: 写错了
date: 2020-06-01
targets: [b]
counts: {走访: 9}
withdrawn: {date: 2020-06-02, reason: 有误}
---
-- content/entries/e.md --
---
title: 通车
date: 2020-07-01
requests: [{id: road, status: resolved, note: 通了}]
---
"""


def test_what_a_site_publishes_is_not_refused(tmp_path: Path) -> None:
    SiteSpace.of(tmp_path / "one", MANIFOLD).build()
    digest = team_digest({path: (tmp_path / "one/output" / path).read_bytes() for path in FILES})
    assert [one.total for one in digest.counters] == [7, 1, 6, 4, 2, 2, 1]
    assert [(str(one.reopened), one.days) for one in digest.requests] == [("2020-05-01", 61), ("None", None)]


def test_what_nobody_sees_is_taken_out(made: Path) -> None:
    files = _files(made / "one/output")
    files["data/entries.json"][0]["title"] = "进\u200b村\ufeff"
    assert team_digest({path: json.dumps(one).encode() for path, one in files.items()}).entries[0].title == "进村"


@pytest.mark.parametrize(
    ("path", "change", "words"),
    [
        ("entries", lambda entries: entries[0].update(end="2019-01-01"), "0: end is before start"),
        ("entries", lambda entries: entries[0].update(end="2022-01-01"), "covers more than a year"),
        ("entries", lambda entries: entries[0].update(start="1899-12-31"), "0.start: the year must be 1900 or later"),
        ("entries", lambda entries: entries[0].update(start=86400), "0.start"),
        ("entries", lambda entries: entries[0].update(targets=["nobody"]), '0.targets: there is no target "nobody"'),
        ("entries", lambda entries: entries[0].update(counts={"走访": 9}), "site.json: counters.0.total is 3"),
        ("requests", lambda requests: requests[0].update(target="nobody"), '0.target: there is no target "nobody"'),
        ("requests", lambda requests: requests[0].update(moved="1999-01-01"), "0: moved is before raised"),
        ("requests", lambda requests: requests[0].update(state="coordinating"), "0: ended does not agree"),
        ("requests", lambda requests: requests[0].update(days=3), "0: days does not agree"),
        ("requests", lambda requests: requests[0].update(overdue=True), "0: overdue does not agree"),
        ("site", lambda site: site["counters"][0].update(total=-3), "counters.0.total"),
        ("site", lambda site: site["counters"][0].update(total=True), "counters.0.total"),
        (
            "site",
            lambda site: site["counters"][0].update(total=4),
            "counters.0.total is 4, and the rest of the data says 3",
        ),
        (
            "site",
            lambda site: site["counters"][0].update(total=4, months={"2020-03": 4}),
            "counters.0.total is 4, and the rest of the data says 3",
        ),
        ("site", lambda site: site["counters"][1].update(total=9, months={}), "counters.1.total is 9"),
        ("site", lambda site: site.update(newest="2031-01-01"), "newest is 2031-01-01"),
        ("site", lambda site: site.update(first="2020-01-01"), "first is 2020-01-01"),
        ("site", lambda site: site.update(schema=0), "schema"),
    ],
)
def test_what_contradicts_itself_is_refused(made: Path, path: str, change: Callable[[Any], None], words: str) -> None:
    files = _files(made / "one/output")
    change(files[f"data/{path}.json"])
    said = _refusal(files)
    assert words in said
    assert said.startswith("data/")


def test_a_control_character_neither_hides_a_name_nor_breaks_a_feed(two: SiteSpace) -> None:
    before = two.tree()
    _changed(two, "entries", lambda entries: entries[0].update(title="看望秦\0钟灵"))
    said = fails(two)
    assert 'portal.yaml:4:5: team "one"' in said
    assert "data/entries.json cannot be read: 0.title: the value holds a control character" in said
    assert two.tree() == before
    build(two, "--keep-going")
    xml.dom.minidom.parseString(two.page("feed.xml"))


@pytest.mark.parametrize(
    "changes",
    [
        {"entries": lambda entries: entries[0].update(title="看望秦\n钟灵")},
        {"entries": lambda entries: entries[0].update(summary="看望秦\t钟灵。")},
        {"entries": lambda entries: entries[0].update(title="打电话给秦", summary="钟灵")},
        {"requests": lambda requests: requests[0].update(title="秦\u2028钟灵要贷款")},
        {"site": lambda site: site.update(title="秦\n钟灵队")},
        {
            "targets": lambda targets: [
                one.update(name={"one-village": "秦"}.get(one["id"], "钟灵")) for one in targets
            ],
            "entries": lambda entries: entries[0].update(targets=["one-village", "one-works"]),
        },
    ],
)
def test_who_breaks_a_private_name_is_named(two: SiteSpace, changes: dict[str, Callable[[Any], Any]]) -> None:
    before = two.tree()
    for name, change in changes.items():
        _changed(two, name, change)
    said = fails(two)
    assert 'portal.yaml:4:5: team "one"' in said
    assert "names a private person" in said
    assert "search/" not in said
    assert two.tree() == before
    ran = build(two, "--keep-going")
    assert 'team "one"' in ran.err
    assert "这支工作队的数据这次没有读到" in two.page("teams/one/")


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        (SETTINGS.replace("汇总", "秦钟灵的汇总"), "1:8"),
        (SETTINGS.replace("id: one,", "id: one, name: 秦钟灵队,"), "4:21"),
        (SETTINGS.replace("id: one,", "id: one, region: 山东省/秦钟灵,"), "4:27"),
        (SETTINGS.replace("id: one,", "id: one, url: 'https://x.example/秦钟灵/',"), "4:39"),
    ],
)
def test_a_private_name_in_portal_yaml_is_told_at_its_line(two: SiteSpace, settings: str, place: str) -> None:
    two.write("portal.yaml", settings)
    said = fails(two)
    assert said.startswith(f'portal.yaml:{place}: the private person "qin" is named here')
    assert "1 problem" in said


def test_a_source_has_one_team(two: SiteSpace) -> None:
    (two.folder / "again").symlink_to(two.folder / "one")
    for source in ("one/output", "one", "again/output"):
        two.write("portal.yaml", f"{SETTINGS}  - {{id: b, url: 'https://b.example', source: {source}}}\n")
        said = fails(two)
        assert 'the teams "one" and "b" have one source' in said
        assert "portal.yaml:6:" in said


def test_all_that_is_wrong_with_teams_is_told_in_one_run(two: SiteSpace) -> None:
    shutil.rmtree(two.folder / "one/output/data")
    place = two.folder / "two/output/data/site.json"
    site = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps({**site, "base_url": None}), encoding="utf-8")
    said = fails(two)
    assert 'team "one"' in said
    assert 'nobody knows where the site of team "two" is to be read' in said


def test_a_pipe_is_no_data(two: SiteSpace) -> None:
    place = two.folder / "one/output/data/entries.json"
    place.unlink()
    os.mkfifo(place)
    assert "data/entries.json: it is a pipe" in fails(two)
    os.mkfifo(two.folder / "a.zip")
    two.write("portal.yaml", "title: 汇总\nteams: [{id: a, source: a.zip}]\n")
    assert 'team "a"' in (said := fails(two))
    assert "it is a pipe" in said


def test_the_endpoint_of_a_store_is_an_address(two: SiteSpace) -> None:
    two.write("portal.yaml", f"{SETTINGS}storage: {{endpoint: 5}}\n")
    assert 'portal.yaml:6:21: "5" is not the address of a store' in fails(two)
