"""A counter, a kind, a person or a target gets another name wherever it is used, and nothing else changes."""

from __future__ import annotations

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
