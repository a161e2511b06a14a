"""A counter, a kind, a person or a target gets another name wherever it is used, and nothing else changes."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pytest

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.tools.write import saving
from tests.space import SiteSpace
from tests.tools.write.asking import Answered, Asking

SETTINGS = """\
title: 日志
counters:
  座谈: {unit: 场}   # 先
  走访: {unit: 户}   # 留着
  总数: {derived: raised}
kinds: {village: 村, school: 学校}
"""
PEOPLE = """\
people:
  - {id: li, name: 李大有, role: private, pseudonym: 李某}
  - id: zhou   # 组长
    name: 周明德
    role: official
"""
TARGET = "---\nname: 红星村   # 村\nkind: village\nshort_name: 红星\n---\n"
ENTRY = """\
---
title: 走访
date: 2020-03-07
targets: [红星村]   # 一个
counts: {走访: {红星村: 3}, 座谈: 1}
authors: [zhou]
requests:
  - {id: r1, title: 缺料, status: raised, target: 红星村, helped_by: [li], person: zhou}
---
到{target}`红星村`，见{person}`li`，走了{count}`走访 about`户，走访。红星村{target}`红星`。
"""


def renamed(page: Asking, path: str, field: str, old: str, new: str) -> Answered:
    sent = {"version": page.version(path), "field": field, "id": old, "to": new}
    return page.ask("POST", "uses", sent, path=path)


def sound(space: SiteSpace, files: Mapping[str, str]) -> None:
    """A site with these files, in which nothing is wrong."""
    for path, text in files.items():
        space.write(path, text)
    assert space.run("check").status == 0


def test_a_new_name_is_written_wherever_the_old_one_was_meant(space: SiteSpace, page: Asking) -> None:
    files = {
        "content/site.yaml": SETTINGS,
        "content/people.yaml": PEOPLE,
        "content/targets/hong.md": TARGET,
        "content/entries/b.md": ENTRY,
    }
    settings, people, target, entry = files
    cases: dict[tuple[str, str, str, str], dict[str, list[tuple[str, str]]]] = {
        (settings, "counters", "走访", "入户"): {
            settings: [("走访:", "入户:")],
            entry: [("{走访:", "{入户:"), ("`走访 about`", "`入户 about`")],
        },
        (settings, "kinds", "village", "countryside"): {
            settings: [("village", "countryside")],
            target: [("village", "countryside")],
        },
        (people, "people", "li", "lao-li"): {
            people: [("id: li,", "id: lao-li,")],
            entry: [("[li]", "[lao-li]"), ("`li`", "`lao-li`")],
        },
        (people, "people", "zhou", "周"): {
            people: [("id: zhou", "id: 周")],
            entry: [("[zhou]", "[周]"), ("person: zhou", "person: 周")],
        },
        (target, "name", "红星村", "红星新村"): {
            target: [("红星村", "红星新村")],
            entry: [
                ("[红星村]", "[红星新村]"),
                ("{红星村:", "{红星新村:"),
                ("target: 红星村", "target: 红星新村"),
                ("`红星村`", "`红星新村`"),
            ],
        },
        (target, "short_name", "红星", "新村"): {
            target: [("short_name: 红星", "short_name: 新村")],
            entry: [("`红星`", "`新村`")],
        },
    }
    for case, wanted in cases.items():
        for path, text in files.items():
            space.write(path, text)
        assert space.run("check").status == 0
        path, field, old, new = case
        answered = renamed(page, path, field, old, new)
        assert (answered.status, answered.json["problems"]) == (200, []), case
        for one, text in files.items():
            expected = text
            for before, after in wanted.get(one, []):
                assert before in text, case
                expected = expected.replace(before, after)
            assert (space.folder / one).read_text(encoding="utf-8") == expected, case
        assert answered.json["version"] == page.version(path)
        assert page.ask("GET", "uses", path=path, field=field, id=old).json == []
        assert space.run("check").status == 0, case
    # What was there before can be had back.
    assert page.ask("GET", "history", path=entry).json


def test_a_name_that_cannot_be_is_written_nowhere(space: SiteSpace, page: Asking) -> None:
    files = {"content/site.yaml": SETTINGS, "content/targets/hong.md": TARGET, "content/entries/b.md": ENTRY}
    for path, text in files.items():
        space.write(path, text)
    space.write("content/people.yaml", PEOPLE)
    for field, old, new in (
        ("counters", "走访", "走`访"),
        ("counters", "走访", "。"),
        ("counters", "走访", ""),
        ("counters", "走访", "座谈"),
    ):
        refused = renamed(page, "content/site.yaml", field, old, new)
        assert (refused.status, bool(refused.facts)) == (422, True), new
    assert renamed(page, "content/site.yaml", "title", "日志", "别的").status == 422
    assert {path: (space.folder / path).read_text(encoding="utf-8") for path in files} == files


def test_a_renaming_that_is_cut_off_can_be_done_again(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    space.write("content/site.yaml", SETTINGS)
    for name in "bc":
        space.entry(name, counts="{走访: 3}")
    real, done = saving.replace, list[object]()

    def full(place: object, *rest: object) -> None:
        if done:
            raise Fault(say("it cannot be written, so it is left as it is: {fact}", fact="full"))
        done.append(place)
        real(place, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "replace", full)
    assert renamed(page, "content/site.yaml", "counters", "走访", "入户").status == 422
    monkeypatch.undo()
    assert renamed(page, "content/site.yaml", "counters", "走访", "入户").status == 200
    assert space.run("check").status == 0
    assert [one for one in "bc" if "走访" in (space.folder / f"content/entries/{one}.md").read_text()] == []


WHO = "requests: [{id: r1, title: 缺料, status: raised, person: %s}]"


def test_what_is_called_by_other_names_is_renamed_too(space: SiteSpace, page: Asking) -> None:
    settings, people, target = "content/site.yaml", "content/people.yaml", "content/targets/hong.md"
    entry, text = "content/entries/b.md", "---\ntitle: 走访\ndate: 2020-03-07\n%s---\n%s\n"
    kinds = "title: 日志\nkinds: {village: 村, school: 学校}\n"
    profile = "---\nname: 红星村\nkind: %s\naliases: [红星大队, 红星]\n---\n%s\n"
    register = "people:\n  - {id: zhou, name: 周明德, role: official, aliases: [老周, 周组长]}\n"
    cases: list[tuple[tuple[str, str, str, str], dict[str, str], dict[str, list[tuple[str, str]]]]] = [
        # In the words of a text, and in those of its own.
        (
            (target, "name", "红星村", "新村"),
            {entry: text % ("", "到{target}`村里 <红星村>`，{target}``红星村``。"),
             target: profile % ("村", "{target}`红星村`。")},
            {entry: [("<红星村>", "<新村>"), ("``红星村``", "``新村``")],
             target: [("name: 红星村", "name: 新村"), ("`红星村`", "`新村`")]},
        ),
        (
            (target, "aliases", "红星大队", "一大队"),
            {entry: text % ("targets: [红星大队]\n", ""), target: profile % ("村", "")},
            {entry: [("红星大队", "一大队")], target: [("红星大队", "一大队")]},
        ),
        (
            (people, "people.name", "周明德", "周民德"),
            {entry: text % (WHO % "周明德" + "\nauthors: [周明德]\n", "")},
            {entry: [("person: 周明德", "person: 周民德")], people: [("周明德", "周民德")]},
        ),
        (
            (people, "people.aliases", "周组长", "周主任"),
            {entry: text % (WHO % "周组长" + "\n", "")},
            {entry: [("周组长", "周主任")], people: [("周组长", "周主任")]},
        ),
        (
            (settings, "kinds.name", "村", "村子"),
            {target: profile % ("村", "")},
            {target: [("kind: 村", "kind: 村子")], settings: [("village: 村", "village: 村子")]},
        ),
        (
            (entry, "requests", "r1", "r2"),
            {entry: text % (WHO % "zhou" + "\n", "见{request}`r1`。")},
            {entry: [("id: r1", "id: r2"), ("`r1`", "`r2`")]},
        ),
    ]  # fmt: skip
    for case, texts, wanted in cases:
        files = {settings: kinds, people: register, target: profile % ("village", ""), entry: text % ("", "")} | texts
        for path, body in files.items():
            space.write(path, body)
        assert space.run("check").status == 0, (case, space.run("check").err)
        path, field, old, new = case
        users = {one["path"] for one in page.ask("GET", "uses", path=path, field=field, id=old).json}
        assert users == {one for one in wanted if one != path or "`" in str(wanted[one])}, case
        answered = renamed(page, path, field, old, new)
        assert (answered.status, answered.json["problems"]) == (200, []), case
        for one, body in files.items():
            assert all(before in body for before, _ in wanted.get(one, [])), case
            expected = functools.reduce(lambda text, pair: text.replace(*pair), wanted.get(one, []), body)
            assert (space.folder / one).read_text(encoding="utf-8") == expected, case
        assert space.run("check").status == 0, case


def test_nothing_is_called_as_another_is_already(space: SiteSpace, page: Asking) -> None:
    settings, people, target, entry = (
        "content/site.yaml", "content/people.yaml", "content/targets/hong.md", "content/entries/b.md",
    )  # fmt: skip
    files = {
        settings: "title: 日志\ncounters: {走访: {}, 座谈: {}}\nkinds: {village: 村, school: 学校}\n",
        people: "people:\n  - {id: li, name: 李大有, role: official, aliases: [老李]}\n"
        "  - {id: zhou, name: 周明德, role: official}\n",
        target: "---\nname: 红星村\nkind: 村\nshort_name: 红星\naliases: [一队]\n---\n",
        "content/targets/xin.md": "---\nname: 新村\nkind: 学校\nshort_name: 新\naliases: [二队]\n---\n",
        entry: "---\ntitle: 走访\ndate: 2020-03-07\ntargets: [红星村, xin]\nrequests:\n"
        "  - {id: r1, title: 缺料, status: raised}\n  - {id: r2, title: 修路, status: raised}\n---\n正文\n",
    }
    sound(space, files)
    taken = {
        (target, "name", "红星村"): ("新村", "xin", "新", "二队"),
        (target, "short_name", "红星"): ("新村",),
        (target, "aliases", "一队"): ("xin",),
        (people, "people", "zhou"): ("li", "李大有"),
        (people, "people.name", "周明德"): ("李大有", "老李", "li"),
        (people, "people.aliases", "老李"): ("周明德",),
        (settings, "counters", "走访"): ("座谈",),
        (settings, "kinds", "village"): ("school", "学校"),
        (settings, "kinds.name", "村"): ("学校", "school"),
        (entry, "requests", "r1"): ("r2",),
    }
    for (path, field, old), names in taken.items():
        for new in names:
            refused = renamed(page, path, field, old, new)
            assert (refused.status, refused.facts) == (422, [f"{new} is there already"]), (field, new)
    for name in ("二队", "hong", "红星村"):
        made = page.ask("POST", "file", {"kind": "target", "fields": {"name": name, "kind": "village"}})
        assert (made.status, made.facts) == (422, [f"{name} is there already"])
    assert {path: (space.folder / path).read_text(encoding="utf-8") for path in files} == files
    assert sorted(one.name for one in (space.folder / "content/targets").iterdir()) == ["hong.md", "xin.md"]


def test_what_keeps_another_name_is_not_cut_off(space: SiteSpace, page: Asking) -> None:
    """A form that ticks a target writes its id, which may be its name: it stays when the name becomes another."""
    path = "content/targets/红星村.md"
    space.write(path, "---\nname: 红星村\nkind: village\nshort_name: 红星\naliases: [红星]\n---\n")
    space.write("content/targets/xin.md", "---\nname: 新村\nkind: village\naliases: [红星村]\n---\n")
    space.entry("b", "{target}`红星`", targets="[红星村]")
    for field, name in (("name", "红星村"), ("short_name", "红星")):
        assert page.ask("GET", "uses", path=path, field=field, id=name).json == []
    assert page.ask("GET", "uses", path="content/targets/xin.md", field="aliases", id="红星村").json == []
    # Whoever takes all of it away is told.
    assert [one["path"] for one in page.ask("GET", "uses", path=path).json] == ["content/entries/b.md"]
    assert page.ask("GET", "uses", path="content/targets/xin.md").json == []


def test_a_file_that_is_called_by_its_id_takes_its_users_with_it(space: SiteSpace, page: Asking) -> None:
    old, policy, entry = "content/targets/hong.md", "content/policies/p.md", "content/entries/b.md"
    files = {
        old: "---\nname: 红星村\nkind: village\n---\n{target}`hong`。hong。\n",
        policy: "---\ntitle: 汇编\n---\n",
        "content/targets/xin.md": "---\nname: 新村\nkind: village\nparent: hong\naliases: [汇编]\n---\n",
        entry: "---\ntitle: 走访\ndate: 2020-03-07\ntargets: [hong]\npolicies: [p]\n---\n"
        "到{target}`那里 <hong>`，hong，p。\n",
    }
    sound(space, files)

    def rename(path: str) -> Answered:
        return page.ask("POST", "rename", {"path": path, "version": page.version(path)})

    assert rename(old).json["path"] == "content/targets/红星村.md"
    assert rename(policy).json["path"] == "content/policies/汇编.md"
    wanted = files[entry].replace("[hong]", "[红星村]").replace("<hong>", "<红星村>").replace("[p]", "[汇编]")
    assert (space.folder / entry).read_text(encoding="utf-8") == wanted
    assert "parent: 红星村\n" in (space.folder / "content/targets/xin.md").read_text(encoding="utf-8")
    assert (
        (space.folder / "content/targets/红星村.md").read_text(encoding="utf-8").endswith("{target}`红星村`。hong。\n")
    )
    assert space.run("check").status == 0
    # An id is no other's name, nor that of a kind.
    for name, told in (("汇编", (200, "content/targets/汇编-2.md")), ("village", (422, None))):
        space.write("content/targets/t.md", f"---\nname: {name}\nkind: village\n---\n")
        renamed_so = rename("content/targets/t.md")
        assert (renamed_so.status, renamed_so.json.get("path")) == told


def test_all_files_get_the_new_name_or_none(space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    space.write("content/site.yaml", SETTINGS)
    for name in "bc":
        space.entry(name, counts="{走访: 3}")
    before = {one: one.read_bytes() for one in sorted(space.folder.glob("content/**/*.*"))}
    real = saving.replace

    def refusing(at: int) -> None:
        calls: list[object] = []

        def replace(*given: object) -> None:
            calls.append(given)
            if len(calls) == at:
                raise Fault(say("it cannot be written, so it is left as it is: {fact}", fact="full"))
            real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(saving, "replace", replace)

    for number in (1, 2, 3):
        refusing(number)
        assert renamed(page, "content/site.yaml", "counters", "走访", "入户").status == 422
        assert {one: one.read_bytes() for one in before} == before, number
