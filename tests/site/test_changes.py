"""What changed in the record: at ``/changes/``, and by ``rizhi changes`` for a terminal, as a table and as data."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable

import pytest

from generator.ground.text import display_width
from tests.space import TARGETS, SiteSpace

LONG = "找到了供货单位，双方已经见面，约定先供三个月，价格随行就市，质量由第三方检验，每月结算一次，有问题由工作组协调"


@pytest.fixture
def space(site: Callable[[str], SiteSpace]) -> SiteSpace:
    """Three entries: one corrected, one withdrawn, and a request that was raised, resolved and taken up again."""
    made = site(TARGETS)
    made.entry(
        "a",
        title="对接",
        date="2020-03-05/06",
        targets="[taihe]",
        requests="[{id: cloth, title: 缺熔喷布, status: raised, date: 2020-03-06}]",
        corrections="[{date: 2020-03-20, note: 日期写错}]",
    )
    made.entry("b", title="走访", date="2020-03-10", requests=f"[{{id: cloth, status: resolved, note: {LONG}}}]")
    made.entry("c", title="座谈", date="2020-03-09", withdrawn="{date: 2020-03-11, reason: 内容有误}")
    made.entry("d", title="回访", date="2020-03-21", requests="[{id: cloth, status: coordinating, reopened: true}]")
    return made


def shown(page: str) -> list[tuple[str, list[str]]]:
    """The days of the page, each with what changed."""
    days = re.findall(r'<h2 id="_([\d-]+)".*?</h2>\n<ol[^>]*>(.*?)</ol>', page, re.DOTALL)
    found = []
    for day, body in days:
        items = (" ".join(re.sub("<[^>]*>", " ", one).split()) for one in body.split("<li>")[1:])
        found.append((day, list(items)))
    return found


def test_what_changed_by_its_own_days_the_newest_first(space: SiteSpace) -> None:
    for theme in ("default", "plain"):
        space.write("content/site.yaml", f"title: 日志\nbase_url: https://example.org/\ntheme: {theme}\n")
        space.build()
        page = space.page("changes/")
        assert shown(page) == [
            ("2020-03-21", ["回访 新日志", "缺熔喷布 诉求协调中 重新办理 泰和新材"]),
            ("2020-03-20", ["对接 更正 日期写错"]),
            ("2020-03-11", ["座谈 撤回 内容有误"]),
            ("2020-03-10", ["走访 新日志", f"缺熔喷布 诉求办结 泰和新材 {LONG}"]),
            ("2020-03-09", ["座谈 新日志"]),
            ("2020-03-06", ["对接 新日志", "缺熔喷布 诉求提出 泰和新材"]),
        ], theme
        assert '<a href="../subscribe/">' in page, theme
        assert '<a href="./changes/">最近变动</a>' in space.page(""), theme


def test_the_page_does_not_grow_without_end(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.site.plan.changes.MOST", 3)
    space.build()
    page = space.page("changes/")
    assert [len(items) for _, items in shown(page)] == [2, 1]
    assert "这里只列最近3项变动" in page
    assert re.findall(r'href="(\.\./(?:dates|requests|corrections)/)"', page.partition("这里只列")[2])[:3] == [
        "../dates/",
        "../requests/",
        "../corrections/",
    ]


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_many_changes_are_on_pages(space: SiteSpace, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    monkeypatch.setattr("generator.site.plan.changes.MOST", 7)
    space.write("content/site.yaml", f"title: 日志\nper_page: 3\ntheme: {theme}\n")
    space.build()
    pages = [space.page(f"changes/{more}") for more in ("", "page/2/", "page/3/")]
    assert [[(day, len(items)) for day, items in shown(page)] for page in pages] == [
        [("2020-03-21", 2), ("2020-03-20", 1)],
        [("2020-03-11", 1), ("2020-03-10", 2)],
        [("2020-03-09", 1)],
    ]
    assert [("这里只列最近7项变动" in page) for page in pages] == [False, False, True]
    assert 'rel="next" href="../../../changes/page/3/"' in pages[1]
    assert "最近变动 · 第2页" in pages[1]
    made = space.tree()
    space.build("--no-cache")
    assert space.tree() == made


def test_an_edit_makes_few_pages_again(space: SiteSpace) -> None:
    space.build()
    for old, new, own in (
        # A text and a title of an entry beyond those listed are none of its business.
        ("正文。", "另一段正文。", False),
        ("title: 回访", "title: 再访", True),
        ("reopened: true", "reopened: true, note: 价格未定", True),
    ):
        path = space.folder / "content/entries/d.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        ran = space.build("--explain")
        assert ("changes/index.html" in ran.out) is own, (new, ran.out)


def test_a_site_where_entries_were_only_added_has_no_such_page(site: Callable[[str], SiteSpace]) -> None:
    made = site("")
    made.entry()
    made.build()
    assert not (made.folder / "output/changes").exists()
    assert "最近变动" not in made.page("")
    assert made.run("changes").out == "标题\n    2020年3月5日 · 新日志\n1 change since 2020-02-28.\n"
    (made.folder / "content/entries/a.md").unlink()
    assert made.run("changes").out == "Nothing has changed.\n"


def test_the_list_fits_eighty_columns_and_ends_in_a_sum(space: SiteSpace) -> None:
    ran = space.run("changes", "--since", "2020-03-10")
    assert ran.status == 0, ran.err
    *lines, last = ran.out.splitlines()
    assert all(display_width(line) <= 80 for line in lines), lines
    assert lines[:4] == [
        "回访",
        "    2020年3月21日 · 新日志",
        "缺熔喷布",
        "    2020年3月21日 · 诉求协调中 重新办理 · 泰和新材",
    ]
    assert last == "6 changes since 2020-03-10."
    assert space.run("changes").out.splitlines()[-1] == "3 changes since 2020-03-15."
    assert space.run("changes", "--since", "2021-01-01").out == "Nothing has changed since 2021-01-01.\n"
    ran = space.run("changes", "--since", "昨天")
    assert ran.status == 2
    assert "is not written as a day" in ran.err


def test_the_same_as_a_table_and_as_data(space: SiteSpace) -> None:
    data = json.loads(space.run("changes", "--since", "2020-03-20", "--json").out)
    assert data == [
        {"day": "2020-03-21", "change": "entry", "title": "回访", "url": "https://example.org/2020/03/21/d/"},
        {
            "day": "2020-03-21",
            "change": "request",
            "title": "缺熔喷布",
            "url": "https://example.org/requests/cloth/",
            "status": "coordinating",
            "reopened": True,
            "target": "泰和新材",
        },
        {
            "day": "2020-03-20",
            "change": "correction",
            "title": "对接",
            "url": "https://example.org/2020/03/05/a/",
            "note": "日期写错",
        },
    ]
    rows = list(
        csv.DictReader(space.run("changes", "--since", "2020-03-20", "--csv").out.lstrip("\ufeff").splitlines())
    )
    assert [(row["日期"], row["变动"], row["标题"], row["说明"]) for row in rows] == [
        ("2020-03-21", "新日志", "回访", ""),
        ("2020-03-21", "诉求协调中 重新办理", "缺熔喷布", ""),
        ("2020-03-20", "更正", "对接", "日期写错"),
    ]


def test_nobody_private_is_listed(space: SiteSpace) -> None:
    space.write("content/people.yaml", "people: [{id: w, name: 钱多福, role: private}]\n")
    space.entry("e", date="2020-03-22", requests="[{id: cloth, status: resolved, note: 已到钱多福家告知}]")
    for form in ([], ["--csv"], ["--json"]):
        ran = space.run("changes", "--since", "2020-03-22", *form)
        assert (ran.status, ran.out) == (1, ""), form
        assert "content/entries/e.md" in ran.err, form
        assert "钱多福" not in ran.err, form
