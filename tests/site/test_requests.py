"""Requests: the ledger, their histories, who deals with them, and their data."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from tests.shared import DOT
from tests.site.shown import figures, ledger
from tests.space import TARGETS, SiteSpace

Site = Callable[[str], SiteSpace]


def test_the_ledger_lists_open_requests_first_from_the_one_open_longest(record: SiteSpace) -> None:
    record.build()
    page = record.page("requests/")
    assert ledger(page) == ["修路", "缺熔喷布", "种树", "装路灯", "贷款"]
    assert figures(page) == {"诉求": "5", "未办结": "3", "办结": "1", "办结率": "20%", "办结用时中位数（天）": "22"}
    assert page.count("超期</span>") == 1
    assert "到2020年4月1日（最新一篇日志）为止" in page


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("state/open", ["修路", "缺熔喷布", "种树"]),
        ("state/overdue", ["修路"]),
        ("state/resolved", ["装路灯"]),
        ("state/closed", ["贷款"]),
        ("state/reported", ["修路"]),
        ("kind/enterprise", ["缺熔喷布", "贷款"]),
        ("kind/community", ["修路", "种树", "装路灯"]),
        ("target/taihe", ["缺熔喷布", "贷款"]),
        ("target/guoao", ["修路", "种树", "装路灯"]),
    ],
)
def test_parts_of_the_ledger_are_pages(record: SiteSpace, path: str, titles: list[str]) -> None:
    record.build()
    assert ledger(record.page(f"requests/{path}/")) == titles
    choice = f'requests/{path}/" data-name="[^"]*">[^<]*<span class="quiet">&nbsp;{len(titles)}<'
    assert re.search(choice, record.page("requests/"))
    # All of one stage are open, or none is.
    assert bool(figures(record.page(f"requests/{path}/"))) is not path.startswith("state/")
    assert (f"{DOT}{len(titles)}项诉求" in record.page(f"requests/{path}/")) is path.startswith("state/")


def test_the_page_of_a_request_shows_its_history(record: SiteSpace) -> None:
    record.build()
    page = record.page("requests/cloth/")
    steps = re.findall(r'class="state">(.*?)</span> <time datetime="(.*?)">.*?</time>(.*)', page)
    assert [(state, day) for state, day, _ in steps] == [
        ("提出", "2020-03-05"),
        ("办结", "2020-03-10"),
        ("协调中", "2020-04-01"),
    ]
    assert "距提出5天<" in steps[1][2]
    assert "距提出27天，距上一步22天<" in steps[2][2]
    assert "重新办理" in steps[2][2]
    assert "协助办理 省发改委、主任欧阳明德" in page
    assert page.count('href="../../2020/03/05/a/">甲</a>') == 1
    assert '<a href="../../targets/taihe/">泰和新材</a>' in page
    assert "用时22天" in record.page("requests/lamp/")


def test_requests_are_shown_on_the_home_page_and_with_their_targets(record: SiteSpace) -> None:
    record.build()
    assert ledger(record.page("")) == ["修路", "缺熔喷布", "种树"]
    assert f"5项诉求{DOT}办结率 20%" in record.page("")
    assert ledger(record.page("targets/guoao/")) == ["修路", "种树", "装路灯"]
    of_taihe = re.findall(r'<p class="card-facts">(.*?)</p>', record.page("targets/taihe/"))
    assert [re.sub("<[^>]*>", "", one).replace("&nbsp;", " ") for one in of_taihe] == [
        "协调中 2020年3月5日提出 · 2020年4月1日重新办理",
        "终止 2020年3月5日提出 · 2020年3月30日终止",
    ]
    assert 'href="../../../../requests/cloth/">缺熔喷布</a>' in record.page("2020/03/10/b/")


def test_requests_are_published_as_json_and_csv(record: SiteSpace) -> None:
    record.entry("d", title="丁", date="2020-04-01", requests='[{id: sum, title: "=1+1", status: raised}]')
    record.build()
    records = {one["id"]: one for one in json.loads(record.page("data/requests.json"))}
    assert records["lamp"] == {
        "id": "lamp",
        "title": "装路灯",
        "url": "../requests/lamp/",
        "target": "guoao",
        "kind": "community",
        "state": "resolved",
        "raised": "2020-03-10",
        "ended": "2020-04-01",
        "days": 22,
        "moved": "2020-04-01",
        "steps": [
            {"status": "raised", "date": "2020-03-10", "entry": "../2020/03/10/b/"},
            {"status": "resolved", "date": "2020-04-01", "entry": "../2020/04/01/c/"},
        ],
    }
    raw = record.tree()["data/requests.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))}
    assert (rows["road"]["超期"], rows["cloth"]["超期"]) == ("是", "")
    assert rows["lamp"] | {"网址": ""} == {
        "编号": "lamp", "诉求": "装路灯", "服务对象": "国奥社区", "类别": "社区", "进展": "办结",
        "提出日期": "2020-03-10", "重新办理日期": "", "结束日期": "2020-04-01", "用时（天）": "22", "未办结（天）": "",
        "最近进展": "2020-04-01", "承办单位": "", "责任人": "", "办理期限": "", "超期": "", "网址": "",
    }  # fmt: skip
    assert rows["lamp"]["网址"] == "https://example.org/requests/lamp/"
    assert rows["sum"]["诉求"] == "'=1+1"


def test_a_request_says_who_deals_with_it_and_by_when(record: SiteSpace) -> None:
    record.entry(
        "d",
        title="丁",
        date="2020-04-02",
        requests="[{id: tree, status: reported, handler: 林业局, person: 欧阳明德, deadline: 2020-04-02}, "
        "{id: road, status: reported, handler: 交通局, deadline: 2020-04-30}, "
        "{id: cloth, status: coordinating, date: 2020-04-01, deadline: 2020-04-01}]",
    )
    record.build()
    page = record.page("requests/")
    shown = {
        re.sub("<[^>]*>", "", row[0]): re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", row[1]))
        for row in re.findall(r"<tr data.*?(<th.*?</th>)(.*?)</tr>", page, re.DOTALL)
    }
    assert "林业局 主任欧阳明德 2020年4月2日" in shown["种树"]
    assert ["超期" in shown[one] for one in ("种树", "修路", "缺熔喷布")] == [False, False, True]
    assert "已28天" in shown["修路"]
    assert "办理期限</dt><dd>2020年4月30日" in record.page("requests/road/")
    assert "已过期限" in record.page("requests/cloth/")
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(record.page("data/requests.csv").lstrip("\ufeff")))}
    columns = ("未办结（天）", "最近进展", "承办单位", "责任人", "办理期限", "超期")
    assert [rows["tree"][one] for one in columns] == ["1", "2020-04-02", "林业局", "主任欧阳明德", "2020-04-02", ""]


def test_a_deadline_from_before_a_request_was_reopened_is_over(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\nrequests: {overdue_days: 20}\n")
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised, deadline: 2020-01-20}]")
    space.entry("b", date="2020-02-01", requests="[{id: r, status: resolved}]")
    space.entry("c", date="2020-03-01", requests="[{id: r, status: coordinating, reopened: true}]")
    space.build()
    assert "超期</span>" not in space.page("requests/")
    space.entry("d", date="2020-03-25")
    space.build()
    assert "超期</span>" in space.page("requests/")


def test_days_count_from_reopening_while_it_is_open_and_when_it_has_ended(site: Site) -> None:
    space = site("")
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised}]")
    space.entry("b", date="2020-02-01", requests="[{id: r, status: resolved}]")
    space.entry("c", date="2020-03-01", requests="[{id: r, status: coordinating, reopened: true}]")
    space.entry("d", date="2020-03-11")
    space.build()
    assert "已10天" in space.page("requests/")
    space.entry("d", date="2020-03-11", requests="[{id: r, status: resolved}]")
    space.entry("e", date="2020-06-01")
    space.build()
    assert "用时10天" in space.page("requests/r/")
    (record,) = json.loads(space.page("data/requests.json"))
    assert record["days"] == 10
    assert figures(space.page("requests/"))["办结用时中位数（天）"] == "10"


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_a_figure_below_zero_is_explained_where_it_stands(site: Site, theme: str) -> None:
    space = site("")
    space.write(
        "content/site.yaml", f"title: 日志\ntheme: {theme}\ncounters:\n  办结: {{unit: 项, derived: resolved}}\n"
    )
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised}]")
    space.entry("b", date="2020-02-01", requests="[{id: r, status: resolved}]")
    space.build()
    said = "办结后又重新办理的，在重新办理那天减去"
    assert said not in space.page("counters/办结/")
    space.entry("c", date="2020-03-01", requests="[{id: r, status: coordinating, reopened: true}]")
    space.build()
    whole = ("counters/办结/", "counters/办结/month/2020-03/")
    for page in (*whole, "2020/03/") if theme == "default" else whole:
        assert "-1" in space.page(page)
        assert said in space.page(page)
    assert said not in space.page("counters/办结/month/2020-02/")


def test_a_deadline_without_a_day_is_no_deadline_and_takes_none_away(site: Site) -> None:
    space = site("")
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised, deadline: 2020-01-20}]")
    space.entry("b", date="2020-01-02", requests="[{id: r, status: reported, deadline: }]")
    ran = space.run("check", language="zh")
    assert ran.status == 1
    assert "content/entries/b.md:4:38: deadline 是空的" in ran.err, ran.err
    assert "请写上内容，或者删掉这一行" in ran.err


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(site: Site, sign: str) -> None:
    space = site("")
    space.entry("a", requests=f"[{{id: r, title: '{sign}cmd', status: raised}}]")
    space.build()
    assert f"r,'{sign}cmd," in space.page("data/requests.csv")


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_a_ledger_in_which_nothing_is_open_is_a_line_on_the_home_page(site: Site, theme: str) -> None:
    space = site(f"-- content/site.yaml --\ntitle: 日志\ntheme: {theme}\n")
    title = re.compile(r'<h2[^>]*><a href="./requests/">诉求台账</a></h2>')
    space.entry("a", requests="[{id: r, title: 修路, status: raised}]")
    space.build()
    assert title.search(space.page(""))
    space.entry("b", requests="[{id: r, status: resolved}]", date="2020-03-06")
    space.build()
    assert not title.search(space.page(""))
    assert '<a href="./requests/">诉求台账</a> 1项诉求' in space.page("")


def test_lists_of_requests_are_split_into_pages(site: Site) -> None:
    space = site(TARGETS)
    space.write("content/site.yaml", "title: 日志\nper_page: 2\n")
    notes = ", ".join(f"{{id: r{number}, title: 第{number}项, status: raised}}" for number in range(9))
    space.entry("a", targets="[taihe]", requests=f"[{notes}]")
    space.build()
    assert ledger(space.page("requests/page/5/")) == ["第8项"]
    assert ledger(space.page("requests/target/taihe/page/2/")) == ["第2项", "第3项"]
    assert len(ledger(space.page("targets/taihe/"))) == 6
    assert "全部9项诉求" in space.page("targets/taihe/")


def test_no_history_is_held_against_entries_that_could_not_be_read(site: Site) -> None:
    space = site("")
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised}]")
    space.entry("b", date="2020-02-01", counts="{走访: 3.5}", requests="[{id: r, status: resolved}]")
    space.entry("c", date="2020-03-01", requests="[{id: r, status: coordinating, reopened: true}]")
    told = space.run("check").err
    assert "content/entries/b.md" in told
    assert "content/entries/c.md" not in told
    space.entry("b", date="2020-02-01", requests="[{id: r, status: resolved}]")
    assert space.run("check").err == ""


def test_a_draft_does_not_put_what_is_published_in_the_wrong(site: Site) -> None:
    space = site("")
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised}]")
    space.entry("c", date="2020-03-01", requests="[{id: r, status: coordinating}]")
    space.entry("b", date="2020-02-01", status="draft", requests="[{id: r, status: resolved}]")
    told = space.run("check").err
    assert 'b.md:5:28: warning: the request "r" is resolved here, but goes on in content/entries/c.md' in told
    assert "content/entries/c.md:" not in told
    space.entry("b", date="2020-02-01", status="draft", requests="[{id: r, status: reported}]")
    assert space.run("check").err == ""
    # What is wrong among published entries is told there, whatever drafts say.
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised}, {id: r, status: closed}]")
    assert "content/entries/c.md:4:28:" in space.run("check").err


def test_what_took_no_day_says_so_as_data(site: Site) -> None:
    space = site("")
    space.entry("a", date="2020-01-01", requests="[{id: r, title: 修路, status: raised}]")
    space.entry("b", date="2020-01-01", requests="[{id: r, status: resolved}]")
    space.build()
    (record,) = json.loads(space.page("data/requests.json"))
    assert record["days"] == 0
    assert "days_open" not in record
