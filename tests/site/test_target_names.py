"""A target is called by its id, or by a name that it alone has, and a kind by any of its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.test_patch import is_clean, plans
from tests.space import Ran, SiteSpace

SITE = """\
-- content/site.yaml --
title: 日志
base_url: https://example.org/
counters: {走访: }
-- content/targets/qingshi.md --
---
name: 青石村民委员会
short_name: 青石村
aliases: [青石, 老青石]
kind: %(village)s
---
村。
-- content/targets/school.md --
---
name: 青石小学
kind: %(project)s
parent: %(parent)s
---
校。
-- content/entries/a.md --
---
title: 走访
date: 2020-03-05
targets: [school, %(target)s]
counts: {走访: {%(target)s: 2}}
requests: [{id: r, title: 修路, status: raised, target: %(target)s}]
---
第一段。

到{target}`%(target)s`和{target}`村里 <%(target)s>`。
"""
BY_ID = {"target": "qingshi", "parent": "qingshi", "village": "village", "project": "project"}


def site(folder: Path, **called: str) -> SiteSpace:
    return SiteSpace.of(folder, SITE % (BY_ID | called))


def test_a_name_means_what_the_id_means(tmp_path: Path) -> None:
    by_id = site(tmp_path / "id")
    by_id.build()
    tree = by_id.tree()
    assert "targets/qingshi/index.html" in tree
    for number, (name, kinds) in enumerate(
        (
            ("青石村民委员会", ("乡村", "项目")),
            ("青石村", ("Village", "projects")),
            ("老青石", ("villages", "PROJECT")),
        )
    ):
        by_name = site(tmp_path / str(number), target=name, parent=name, village=kinds[0], project=kinds[1])
        by_name.build()
        assert by_name.tree() == tree, name


def test_a_kind_of_the_site_by_its_name(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "-- content/site.yaml --\ntitle: 日志\nkinds: {clinic: 诊所, party: Parties}\n")
    space.write("content/targets/a.md", "---\nname: 甲\nkind: 诊所\n---\n")
    space.write("content/targets/b.md", "---\nname: 乙\nkind: party\n---\n")
    space.entry()
    space.build()
    assert "甲" in space.page("targets/clinic/")
    assert "乙" in space.page("targets/party/")
    space.write("content/targets/a.md", "---\nname: 甲\nkind: 诊室\n---\n")
    assert space.run("check", language="zh").err.startswith(
        "content/targets/a.md:3:7: 没有“诊室”这个类别\n  kind: 诊室\n        ^\n"
        "  建议：请写其中之一：clinic (诊所), party (Parties)\n"
    )


def test_kinds_of_ones_own_take_the_place_of_the_others(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "-- content/site.yaml --\ntitle: 日志\nkinds: {school: 学校}\n")
    for name, kind in (("a", "community"), ("b", "企业")):
        space.write(f"content/targets/{name}.md", f"---\nname: {name}\nkind: {kind}\n---\n")
    space.entry(targets="[a, b]")
    ran = space.fails()
    # That the links to the kinds' pages lead nowhere only follows.
    assert ran.problems == [
        'content/targets/a.md:3:7: there is no kind "community"',
        'content/targets/b.md:3:7: there is no kind "企业"',
    ]
    assert ran.err.count(
        "kinds in site.yaml takes the place of the built-in kinds: write one of school (学校), or declare it there"
    ) == len(ran.problems)


def exported(space: SiteSpace, name: str) -> tuple[Ran, str]:
    place = space.folder / "x.md"
    ran = space.run("export chronicle", "--target", name, "--output", str(place), "--force")
    return ran, place.read_text(encoding="utf-8") if place.exists() else ""


def test_the_export_takes_names(tmp_path: Path) -> None:
    space = site(tmp_path)
    space.entry("b", "别处。\n")
    by_name, text = exported(space, "老青石")
    assert by_name.status == 0
    assert text == exported(space, "qingshi")[1]
    assert "别处" not in text
    assert exported(space, "青石屯")[0].err.endswith('there is no target "青石屯"\nhint: did you mean "qingshi"?\n')


@pytest.mark.parametrize(
    ("language", "fact", "hint"),
    [
        ("en", 'several targets have the name "青石"', "hint: write one of other (青石小区), qingshi (青石村民委员会)"),
        ("zh", "有好几个服务对象都叫“青石”", "建议：请写其中之一：other (青石小区), qingshi (青石村民委员会)"),
    ],
)
def test_a_name_of_two_is_told(tmp_path: Path, language: str, fact: str, hint: str) -> None:
    space = site(tmp_path, target="青石", parent="青石")
    space.write("content/targets/other.md", "---\nname: 青石小区\nshort_name: 青石\nkind: 社区\n---\n")
    ran = space.run("check", "--all", language=language)
    assert ran.problems == [
        f"content/entries/a.md:4:19: {fact}",
        f"content/entries/a.md:5:15: {fact}",
        f"content/entries/a.md:6:55: {fact}",
        f"content/entries/a.md:10:2: {fact}",
        f"content/entries/a.md:10:15: {fact}",
        f"content/targets/school.md:4:9: {fact}",
    ]
    assert ran.err.count(hint) == 6


def test_one_target_twice_is_told(tmp_path: Path) -> None:
    space = site(tmp_path)
    space.entry(targets="[青石, qingshi]", counts="{走访: {老青石: 1, 青石村: 2}}")
    ran = space.run("check", "--all", language="zh")
    assert ran.problems == [
        "content/entries/a.md:4:15: “qingshi”和“青石”是同一个服务对象",
        "content/entries/a.md:5:23: “青石村”和“老青石”是同一个服务对象",
    ]
    assert space.run("check").problems[0].endswith('"qingshi" and "青石" are one target')


def test_a_name_that_only_an_unread_target_may_have_is_not_blamed(tmp_path: Path) -> None:
    space = site(tmp_path, target="青石村", parent="青石村")
    space.write("content/targets/qingshi.md", "---\nname：青石村\nkind: 乡村\n---\n")
    assert space.run("check").problems == ["content/targets/qingshi.md:2:5: the colon after the key is full-width (：)"]


def test_renaming_a_target_is_seen_by_those_who_call_it_so(tmp_path: Path) -> None:
    space = site(tmp_path, target="青石村")
    space.build()
    qingshi = space.folder / "content/targets/qingshi.md"
    before = qingshi.read_text(encoding="utf-8")
    space.write("content/targets/new.md", before.replace("老青石", "新").replace("青石, ", ""))
    qingshi.write_text(before.replace("short_name: 青石村", "short_name: 旧村"), encoding="utf-8")
    space.write("content/targets/school.md", "---\nname: 青石小学\nkind: 项目\n---\n校。\n")
    space.build()
    assert "../targets/new/" in space.page("2020/03/05/a/")
    assert is_clean(space)


def test_an_edit_of_an_entry_with_names_needs_no_new_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = site(tmp_path, target="青石村")
    space.build()
    made = plans(monkeypatch)
    place = space.folder / "content/entries/a.md"
    place.write_text(place.read_text(encoding="utf-8").replace("title: 走访", "title: 回访"), encoding="utf-8")
    space.build()
    assert made == []
    assert '["school","qingshi"]' in space.page("data/entries.json").replace(", ", ",")
    assert is_clean(space)
