"""An edit of what lists merely show of an entry, or of its text, needs no new plan, and gives what a new one gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.space import SiteSpace, tree

HEAD = "title: 下厂, date: 2020-03-05, targets: [taihe], tags: [调研], place: 烟台"
BODY = "第一段。\n\n## 甲\n\n见[另一篇](other.md#乙)。\n\n## 丁\n"


@pytest.fixture
def diary(space: SiteSpace) -> SiteSpace:
    """Entries that show each other in every way, of which ``a`` will be edited."""
    space.write("content/targets/taihe.md", "---\nname: 泰和\nkind: enterprise\n---\n简介。\n")
    space.entry("other", "## 乙\n\n见[下厂](a.md)。\n", date="2020-03-06", targets="[taihe]")
    space.entry("c", date="2020-03-07", targets="[taihe]", tags="[调研]")
    space.entry("a", BODY, **fields(aliases="[/old/]", requests="[{id: r, title: 缺料, status: raised}]"))
    space.build()
    return space


def fields(**changed: str) -> dict[str, str]:
    return dict(one.split(": ") for one in re.split(r", (?=\w+: )", HEAD)) | changed


def plans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each plan that is made from now on."""
    from generator.pipeline.plan.assembly import assembled

    made: list[str] = []

    def noted(*given: object) -> object:
        made.append("plan")
        return assembled(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("generator.pipeline.plan.from_sources.assembled", noted)
    return made


def is_clean(space: SiteSpace) -> bool:
    clean = space.folder / "clean"
    space.build("--no-cache", "--output", str(clean))
    same = tree(clean) == tree(space.folder / "output")
    shutil.rmtree(clean)
    return same


def edited(space: SiteSpace, old: str, new: str) -> None:
    place = space.folder / "content/entries/a.md"
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 下厂", "title: 上山"),
        ("title: 下厂", 'title: "<b>&\\"题\\""'),
        ("place: 烟台", "place: 蓬莱"),
        ("place: 烟台\n", ""),
        ("place: 烟台", "place: 烟台\nsummary: 摘要。"),
        ("第一段。", "又一段。"),
        ("第一段。\n", "第一段。\n\n添一段。\n"),
        ("第一段。", ""),
        ("## 丁\n", "## 丁\n\n末一段。\n"),
    ],
)
def test_no_new_plan_is_made(diary: SiteSpace, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    made = plans(monkeypatch)
    edited(diary, old, new)
    diary.build()
    assert made == []
    assert is_clean(diary)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2020-03-05", "date: 2020-03-08"),
        ("tags: [调研]", "tags: [慰问]"),
        ("[另一篇](other.md#乙)", "另一篇"),
        ("## 丁", "## 戊"),
        ("第一段。", "{target}`taihe`的一段。"),
        ("place: 烟台", "place: 烟台\nwithdrawn: {date: 2020-03-09, reason: 有误}"),
    ],
)
def test_what_decides_more_is_planned(diary: SiteSpace, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    made = plans(monkeypatch)
    edited(diary, old, new)
    diary.build()
    assert made == ["plan"]
    assert is_clean(diary)


def test_edits_of_several_entries_add_up(diary: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plans(monkeypatch)
    edited(diary, "title: 下厂", "title: 上山")
    # A build that fails is none: what was edited before it is still another than in the last plan.
    broken = diary.entry("other", "## 乙\n\n见[下厂](gone.md)。\n", date="2020-03-06", targets="[taihe]")
    assert diary.run("build").status == 1
    made.clear()
    broken.write_text(broken.read_text(encoding="utf-8").replace("gone.md", "a.md"), encoding="utf-8")
    edited(diary, "place: 烟台", "place: 蓬莱")
    diary.build()
    assert made == []
    assert is_clean(diary)


def test_a_tag_that_reads_like_the_old_title_keeps_its_name(space: SiteSpace) -> None:
    space.entry("a", title="调研", tags="[调研]")
    space.build()
    space.entry("a", title="下厂", tags="[调研]")
    space.build()
    assert is_clean(space)


@pytest.mark.parametrize("lost", ["data/entries.json", "index.html"])
def test_what_was_changed_by_hand_is_no_ground(diary: SiteSpace, lost: str) -> None:
    place = Path(diary.folder / "output" / lost)
    place.write_bytes(place.read_bytes() + b" ")
    edited(diary, "title: 下厂", "title: 上山")
    diary.build()
    assert is_clean(diary)


def test_the_warnings_about_a_style_sheet_are_those_of_today(diary: SiteSpace) -> None:
    """The last plan is used where only the theme changed; what was said of the theme then is not."""
    sheet = diary.write("themes/default/css/99-own.css", "body { background: url(nothing.png) }\n")
    told = "themes/default/css/99-own.css:1:20: warning: there is no file assets/nothing.png"
    assert told in diary.build().problems
    assert told.replace("warning: ", "") in [one.replace("warning: ", "") for one in diary.fails("--strict").problems]
    diary.write("themes/default/css/99-own.css", "body { background: none }\n")
    assert diary.build("--strict").problems == []
    sheet.write_text("body { background: url(none.png) }\n", encoding="utf-8")
    assert diary.run("build --strict").status == 1
