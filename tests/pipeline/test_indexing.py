"""The search's files: what is in them, what is not, and which are made anew."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.space import PNG, SiteSpace, tree


@pytest.fixture
def sharded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small sites have an index in shards, too."""
    monkeypatch.setattr("generator.model.search.FULL_SCAN_LIMIT", 0)
    monkeypatch.setattr("generator.model.search.SHARD_SIZE", 256)


def searched(space: SiteSpace) -> dict[str, str]:
    """The files that the search loads."""
    return {path: body.decode() for path, body in space.tree().items() if re.fullmatch(r"search/.*\.js", path)}


def written(out: str) -> int:
    found = re.search(r"(\d+) files? written", out)
    assert found is not None
    return int(found[1])


@pytest.mark.usefixtures("sharded")
def test_what_pages_do_not_show_is_not_in_it(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path,
        "-- content/people.yaml --\npeople:\n"
        "  - {id: hidden, name: 张三丰, role: private, pseudonym: 一位道长}\n"
        "  - {id: leader, name: 欧阳明德, role: official, title: 组长}\n"
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\naliases: [老氨纶厂]\n---\n",
    )
    request = "[{id: r, title: 诉求题目, status: raised, helped_by: [hidden], note: 记一笔}]"
    space.entry("a", "见{person}`hidden`和{person}`leader`，到{target}`taihe`。\n", targets="[taihe]", requests=request)
    space.entry("b", "未发表的话。\n", status="draft", title="未发表的题目")
    space.entry("c", "复核中的话。\n", status="review", title="复核中的题目")
    space.entry("d", "收回的话。\n", withdrawn="{date: 2020-03-09, reason: 有误}", title="收回的题目")
    space.write("content/pages/x.md", "---\ntitle: 未定稿的页面\nstatus: draft\n---\n页面的话。\n")
    space.build()
    texts = "".join(searched(space).values())
    for shown in ("见一位道长和组长欧阳明德，到泰和新材。", "老氨纶厂", "诉求题目", "记一笔", "收回的题目", "有误"):
        assert shown in texts
    for hidden in ("张三丰", "hidden", "未发表", "复核中", "收回的话", "未定稿", "页面的话"):
        assert hidden not in texts


def test_what_pages_show_is_in_it_and_follows_its_edits(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path, "-- content/people.yaml --\npeople:\n  - {id: leader, name: 欧阳明德, role: official, title: 组长}\n"
    )
    space.write("content/entries/p.png", PNG)
    request = "{{id: r, title: 诉求, status: raised, handler: {handler}, person: leader, note: 记一笔}}"
    space.entry("a", requests=f"[{request.format(handler='县交通局')}]")
    space.entry(
        "b",
        "![挖机进场](p.png '图说')\n\n前面![红旗](p.png)后面。\n",
        authors="[leader, 通讯员杜鹃]",
        weather="雨夹雪",
        corrections="[{date: 2020-03-09, note: 写错了地名}]",
        policies="[aid]",
    )
    space.write("content/policies/aid.md", "---\ntitle: 惠企政策汇编\n---\n")
    space.build()
    assert "记一笔\\n县交通局\\n组长欧阳明德" in searched(space)["search/x-2020-03-r000-0.js"]
    assert (
        "挖机进场\\n图说\\n前面 红旗 后面。\\n雨夹雪\\n组长欧阳明德\\n通讯员杜鹃\\n写错了地名\\n惠企政策汇编"
        in searched(space)["search/x-2020-03-000-0.js"]
    )
    space.entry("a", requests=f"[{request.format(handler='县水利局')}]")
    for old, new in (("雨夹雪", "多云"), ("写错了", "写漏了"), ("红旗", "彩旗"), ("标题", "新标题")):
        place = space.folder / "content/entries/b.md"
        place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        space.build()
    space.write("content/policies/aid.md", "---\ntitle: 惠农政策汇编\n---\n")
    space.build()
    made = space.tree()
    assert "写漏了地名\\n惠农政策汇编" in searched(space)["search/x-2020-03-000-0.js"]
    assert "县水利局" in searched(space)["search/x-2020-03-r000-0.js"]
    space.build("--no-cache")
    assert space.tree() == made


def test_a_secret_in_an_alias_stops_the_build(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path,
        "-- content/people.yaml --\npeople:\n  - {id: hidden, name: 张三丰, role: private, pseudonym: 一位道长}\n"
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\naliases: [张三丰的厂]\n---\n",
    )
    space.entry("a", targets="[taihe]")
    assert any(line.startswith("content/targets/taihe.md:4:") for line in space.fails().problems)


def test_words_go_on_through_markup_and_line_ends(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry(
        "a", "送**政策**上\n门[到](https://example.org/)*户*&amp;`code`。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"
    )
    space.build()
    assert "送政策上门到户&code。\\n甲\\n乙\\n丙\\n丁" in searched(space)["search/x-2020-03-000-0.js"]


def test_it_can_be_left_out(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "-- content/site.yaml --\ntitle: 日志\nsearch: true\n")
    space.entry("a")
    space.build()
    assert "搜索" in space.page("")
    space.write("content/site.yaml", "title: 日志\nsearch: false\n")
    space.build()
    assert not any(path.startswith("search/") for path in space.tree())
    assert "搜索" not in space.page("")
    space.write("content/pages/search.md", "---\ntitle: 自己的\n---\n")
    space.build()
    assert "自己的" in space.page("search/")


def test_the_search_is_in_a_menu_of_ones_own_too(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "-- content/site.yaml --\ntitle: 日志\nmenu: [{title: 首页, link: /}]\n")
    space.entry("a")
    space.build()
    assert 'href="./search/"' in space.page("")
    space.write("content/site.yaml", "title: 日志\nmenu: [{title: 找, link: /search/}]\n")
    space.build()
    assert space.page("").count('href="./search/"') == 1


@pytest.mark.usefixtures("sharded")
def test_an_edit_writes_only_the_shards_that_it_changes(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    for number in range(70):
        space.entry(f"e{number}", "".join(chr(0x4E00 + number * 40 + at) for at in range(40)) + "。\n")
    space.entry(
        "long", "\n\n".join(f"第{number}段说的是{'这件事情' * 20}。" for number in range(40)) + "\n", date="2020-03-06"
    )
    space.build()
    before = searched(space)
    assert sum("/s-" in path for path in before) == 64
    for name, old, new in (
        ("e9", "。\n", "。\n\n龘靐\n"),
        ("long", "第20段说的是", "第20段说的又是"),
        ("e9", "龘靐", ""),
    ):
        place = space.folder / f"content/entries/{name}.md"
        place.write_text(place.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        ran = space.build("--explain")
        after = searched(space)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert len([path for path in changed if "/s-" in path]) <= 20
        assert len([path for path in changed if "/s-" not in path]) == 2
        assert "search/index.js: what it shows changed" in ran.err + ran.out
        assert written(space.build().out) == 0
        before = after
    space.build("--no-cache", "--output", str(tmp_path / "clean"))
    assert tree(tmp_path / "clean") == space.tree()


@pytest.mark.usefixtures("sharded")
def test_a_renamed_target_that_is_in_every_month_changes_few_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = SiteSpace.of(tmp_path, "-- content/targets/t.md --\n---\nname: 河东村\nkind: village\n---\n")
    for month in range(1, 5):
        for number in range(20):
            targets = "[]" if number else "[t]"
            space.entry(f"e{month}-{number}", f"第{number}次走访。\n", date=f"2020-{month:02}-05", targets=targets)
    space.build()
    made: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr("generator.pipeline.make.search_shards._all", lambda *_: made.append(1))
        space.write("content/targets/t.md", "---\nname: 河西村\nkind: village\n---\n")
        space.build()
    assert made == []
    space.build("--no-cache", "--output", str(tmp_path / "clean"))
    assert tree(tmp_path / "clean") == space.tree()


@pytest.mark.usefixtures("sharded")
def test_documents_that_come_and_go_leave_the_index_of_a_clean_build(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    for number in range(40):
        space.entry(
            f"e{number}", f"第{number}次走访，{'企业复工' * (number % 7)}。\n", date=f"2020-{3 + number // 10:02}-05"
        )
    space.build()
    space.entry("new", "新来的一篇，企业复工。\n", date="2020-06-07", tags="[调研 一]")
    space.build()
    (tmp_path / "content/entries/e35.md").unlink()
    space.build()
    space.entry("e34", "只剩一句。\n", date="2020-06-05")
    space.build()
    space.entry("alone", "一个月只有一篇。\n", date="2020-08-05")
    space.build()
    (tmp_path / "content/entries/alone.md").unlink()
    space.build()
    for number in range(30, 40):
        (tmp_path / f"content/entries/e{number}.md").unlink(missing_ok=True)
    space.build()
    space.build("--no-cache", "--output", str(tmp_path / "clean"))
    assert tree(tmp_path / "clean") == space.tree()


@pytest.mark.usefixtures("sharded")
def test_what_is_lost_of_it_is_made_again(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    for number in range(9):
        space.entry(f"e{number}", f"正文{number}。\n")
    space.build()
    whole = space.tree()
    for lost in ("search/s-001.js", "search/x-2020-03-000-0.js", "search/index.js"):
        place = tmp_path / "output" / lost
        place.unlink()
        space.build()
        assert space.tree() == whole
        place.write_text("x", encoding="utf-8")
        space.build()
        assert space.tree() == whole
    shutil.rmtree(tmp_path / ".rizhi")
    assert written(space.build().out) == 0
    assert tree(tmp_path / "output") == whole


@pytest.mark.usefixtures("sharded")
def test_a_check_looks_at_it_and_writes_nothing(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a")
    assert space.run("check").status == 0
    space.build()
    shutil.rmtree(tmp_path / "output")
    space.entry("a", "另一段。\n")
    assert space.run("check").status == 0
    assert not (tmp_path / "output").exists()
