"""Data that a team publishes is read as a stranger's: no value in it gives a traceback, or a page that does harm."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.space import SiteSpace
from tests.tools.portal.teams import fails, portal, team

STRANGE: tuple[Any, ...] = (
    *(None, True, -1, 1.5, 10**30, "", " ", "\0", "x" * 5000, "..", "../..", "../../../etc/passwd", "page", "CON"),
    *("javascript:alert(1)", "https://evil.example/", "//evil.example", "../javascript:alert(1)", "../a?b#c"),
    *("../%00/", "<script>alert(1)</script>", "{{ 7*7 }}", "\u202eabc", "0001-01-01", "9999-12-31", "2020-13-40"),
    *("乡 村", "VILLAGE", [], {}, [[]], [{}], {"a": {}}, ["a"] * 50, {"date": "2020-01-01", "note": "<b>"}),
)


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    if isinstance(value, dict):
        found += [one for key, inner in value.items() for one in _places(inner, (*way, key))]
    if isinstance(value, list):
        found += [one for key, inner in enumerate(value) for one in _places(inner, (*way, key))]
    return found


def _changed(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    inner = value
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = new
    return value


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    folder = tmp_path_factory.mktemp("hostile")
    team(folder, "one", 1).build()
    return portal(folder, "title: 汇总\nbase_url: https://p.example/\nteams: [{id: one, source: one/output}]\n")


@pytest.mark.parametrize("name", ["site", "entries", "targets", "requests"])
def test_no_value_does_harm(made: SiteSpace, name: str) -> None:
    dice = random.Random(name)
    place = made.folder / "one" / "output" / "data" / f"{name}.json"
    text = place.read_text(encoding="utf-8")
    ways = _places(json.loads(text))
    try:
        for _ in range(25):
            changed = json.loads(text)
            for way in dice.sample(ways, 1 if dice.random() < 0.7 else 2):
                try:
                    changed = _changed(changed, way, dice.choice(STRANGE))
                except (TypeError, KeyError, IndexError):
                    continue
            place.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
            ran = made.run("portal build", "--jobs", "1")
            assert ran.status in {0, 1}
            if ran.status:
                assert 'team "one"' in ran.err
                continue
            for path, body in made.tree().items():
                if path.endswith(".html"):
                    page = body.decode()
                    assert 'href="javascript:' not in page
                    assert "<script>alert" not in page
                    assert 'src="http' not in page.replace('src="https://p.example/', "")
    finally:
        place.write_text(text, encoding="utf-8")


def test_a_zip_that_leads_out_of_its_folder(tmp_path: Path) -> None:
    place = tmp_path / "sites" / "evil.zip"
    place.parent.mkdir()
    with zipfile.ZipFile(place, "w") as file:
        file.writestr("content/site.yaml", "title: 日志\nbase_url: https://e.example/\n")
        file.writestr("content/entries/a.md", "---\ntitle: 标题\ndate: 2020-03-05\n---\n正文\n")
        file.writestr("content/../../../escaped.md", "x")
    space = portal(tmp_path, "title: 汇总\nteams: [{id: evil, source: sites/evil.zip}]\n")
    assert "leads out of its folder" in fails(space)
    assert not list(tmp_path.rglob("escaped.md"))


def test_a_sites_folder_in_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("diary/content/site.yaml", "title: 日志\nbase_url: https://e.example/\n")
        file.writestr("diary/content/entries/a.md", "---\ntitle: 到村里去\ndate: 2020-03-05\n---\n正文\n")
    space = portal(tmp_path, "title: 汇总\nteams: [{id: a, source: a.zip}]\n")
    ran = space.run("portal build", "--jobs", "1")
    assert ran.status == 0, ran.err
    assert "到村里去" in space.page("")
