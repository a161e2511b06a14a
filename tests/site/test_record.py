"""The campaign's record: requests, policies, counters, people, corrections."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.shared import DOT
from tests.site.shown import figures
from tests.space import TARGETS, SiteSpace

Site = Callable[[str], SiteSpace]


def test_figures_by_counter_month_kind_and_target(record: SiteSpace) -> None:
    record.build()
    assert figures(record.page("")) | {"诉求": ""} == {
        "日志": "3 篇", "在岗": "4", "对象": "2", "提出": "5", "办结": "1", "座谈会": "1 场", "走访": "18", "诉求": "",
    }  # fmt: skip
    assert figures(record.page("2020/03/")) == {
        "日志": "2 篇", "在岗": "3", "对象": "2", "提出": "4", "办结": "1", "座谈会": "1 场", "走访": "15",
    }  # fmt: skip
    # In April, a lamp was put up and the cloth was taken up again.
    assert figures(record.page("2020/04/")) == {
        "日志": "1 篇", "在岗": "1", "对象": "1", "提出": "1", "办结": "0", "走访": "3",
    }  # fmt: skip
    assert figures(record.page("targets/taihe/")) == {
        "日志": "2 篇", "在岗": "3", "提出": "2", "办结": "0", "座谈会": "1 场", "走访": "13",
    }  # fmt: skip
    assert figures(record.page("targets/community/")) == {
        "日志": "2 篇", "在岗": "2", "对象": "1", "提出": "3", "办结": "1", "走访": "5",
    }  # fmt: skip
    # Beside the number of those that were served stands no other.
    for page in ("", "targets/community/"):
        assert "个服务对象" not in record.page(page)
    assert "个服务对象" in record.page("targets/")


def parts_of(page: str) -> dict[str, str]:
    """The entries that make up a figure, and what each contributes."""
    found = re.findall(r'<a href="[^"]*">([^<]*)</a> <span class="sum[^>]*>(.*?)</span>', page)
    return dict(found)


def test_each_figure_links_to_the_entries_that_make_it_up(record: SiteSpace) -> None:
    record.build()
    assert parts_of(record.page("counters/走访/")) == {"甲": "12", "乙": "3", "丙": "3"}
    assert parts_of(record.page("counters/走访/target/guoao/")) == {"乙": "2", "丙": "3"}
    assert parts_of(record.page("counters/走访/kind/enterprise/")) == {"甲": "12", "乙": "1"}
    assert parts_of(record.page("counters/走访/month/2020-03/")) == {"甲": "12", "乙": "3"}
    assert parts_of(record.page("counters/座谈会/")) == {"甲": "1 场"}
    assert parts_of(record.page("counters/在岗/")) == {"甲": "2", "乙": "1", "丙": "1"}
    assert not (record.folder / "output/counters/座谈会/month/2020-04").exists()


def test_a_count_in_a_text_is_as_of_the_entrys_day(record: SiteSpace) -> None:
    body = "走访{count}`走访`次，约{count}`走访 about`次。\n"
    for name, day in (("x", "2020-03-06"), ("y", "2020-03-10"), ("z", "2020-05-01")):
        record.entry(name, body=body, date=day)
    record.entry("e", body="{count}`走访 about` visits\n", date="2020-05-01", language="en")
    record.write("content/pages/about.md", f"---\ntitle: 关于\n---\n{body}")
    record.build()

    def text_of(path: str) -> str:
        return re.sub("<[^>]*>", "", record.page(path))

    assert "走访12次，约10余次。" in text_of("2020/03/06/x/")
    assert "走访15次，约10余次。" in text_of("2020/03/10/y/")
    assert "走访18次，约10余次。" in text_of("2020/05/01/z/")
    assert "more than 10 visits" in text_of("2020/05/01/e/")
    assert "走访18次，约10余次。" in text_of("about/")
    summary = '<p class="summary">走访<span class="amount">12次</span>，约<span class="amount">10余次</span>。</p>'
    assert summary in record.page("2020/03/06/")
    assert '走访<a href="../counters/走访/">18</a>次' in record.page("about/")


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"), (7, "7", "7"), (10, "10", "10"), (14, "10余", "more than 10"), (23, "20余", "more than 20"),
        (40, "40", "40"), (99, "90余", "more than 90"), (100, "100", "100"), (107, "100余", "more than 100"),
        (110, "110", "110"), (234, "230余", "more than 230"), (1999, "1900余", "more than 1900"),
        (12000, "1.2万", "12,000"), (12345, "1.2万余", "more than 12,000"), (40000, "4万", "40,000"),
        (123456, "12万余", "more than 120,000"),
    ],
)  # fmt: skip
def test_round_figures_are_those_of_newspapers(site: Site, number: int, chinese: str, english: str) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\ncounters: {走访: {}}\n")
    space.entry("a", counts=f"{{走访: {number}}}", body="({count}`走访 about`)\n")
    space.entry("b", body="({count}`走访 about`)\n", language="en")
    space.build()
    assert f"({chinese})" in re.sub("<[^>]*>", "", space.page("2020/03/05/a/"))
    assert f"({english})" in re.sub("<[^>]*>", "", space.page("2020/03/05/b/"))


def test_policies_by_topic_and_level_and_who_received_them(site: Site) -> None:
    space = site(
        TARGETS
        + """\
-- content/policies/tax.md --
---
title: 减税办法
issuer: 财政部
level: state
topic: 财税
number: 财税〔2020〕1号
date: 2020-02-06
files: [tax.pdf]
---
怎样减税。
-- content/policies/rent.md --
---
title: 减租办法
level: city
topic: 财税
---
-- content/policies/other.md --
---
title: 没有分类
---
"""
    )
    space.write("content/policies/tax.pdf", b"pdf")
    space.entry("a", title="甲", targets="[taihe]", policies="[tax, rent]", body="见[办法](../policies/tax.md)。\n")
    space.entry("b", title="乙", date="2020-03-09", targets="[taihe, guoao]", policies="[tax]")
    space.build()
    page = space.page("policies/")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>|card-name\"><a[^>]*>(.*?)</a>", page) == [
        ("财税", ""), ("", "减税办法"), ("", "减租办法"), ("其他", ""), ("", "没有分类"),
    ]  # fmt: skip
    assert f'国家{DOT}财政部{DOT}<span class="kept">财税〔2020〕1号</span>{DOT}2020年2月6日' in page
    assert "送达2次" in page
    policy = space.page("policies/tax/")
    assert 'href="../../files/policies/tax.pdf">tax.pdf</a>' in policy
    assert space.tree()["files/policies/tax.pdf"] == b"pdf"
    assert re.findall(r'class="headline"><a href="[^"]*">(.*?)</a>', policy) == ["甲", "乙"]
    target = space.page("targets/guoao/")
    assert 'href="../../policies/tax/">减税办法</a> <a class="quiet" href="../../2020/03/09/b/">' in target
    assert "减租办法" not in target
    assert 'href="../../../../policies/rent/">减租办法</a>' in space.page("2020/03/05/a/")
    assert 'href="../../../../policies/tax/">办法</a>' in space.page("2020/03/05/a/")
    assert "还没有送达记录" in space.page("policies/other/")


def test_corrections_and_withdrawals_are_shown_everywhere(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\nfeed_entries: 2\n")
    space.entry("a", title="甲", corrections="[{date: 2020-05-01, note: 改了人数}]")
    space.entry("b", title="乙", date="2020-03-06", withdrawn="{date: 2020-05-02, reason: 内容有误}")
    for number in (7, 8, 9):
        space.entry(f"n{number}", title=f"第{number}", date=f"2020-03-0{number}")
    space.build()
    page = space.page("corrections/")
    assert re.findall(r'class="headline"><a href="[^"]*">(.*?)</a>', page) == ["乙", "甲"]
    assert "改了人数" in page
    assert "内容有误" in page
    feed = {item["title"]: item for item in json.loads(space.page("feed.json"))["items"]}
    assert list(feed) == ["乙", "甲"]
    assert feed["甲"]["date_modified"].startswith("2020-05-01")
    assert "<p><strong>更正</strong> 2020年5月1日 改了人数</p>" in feed["甲"]["content_html"]
    assert "内容有误" in feed["乙"]["content_html"]
    assert 'href="./corrections/"' in space.page("")


def test_a_site_without_a_record_has_no_pages_of_one(site: Site) -> None:
    space = site("")
    space.entry("a")
    space.build()
    for name in ("requests", "policies", "counters", "corrections"):
        assert not (space.folder / "output" / name).exists()
        assert f"{name}/" not in space.page("")
    assert not (space.folder / "output/data/requests.csv").exists()


def test_gaps_and_the_strip_of_a_year(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\ncalendar: {gap_days: 7}\n")
    for name, day in (("a", "2020-03-05"), ("b", "2020-03-13"), ("c", "2020-03-22/24"), ("d", "2020-12-31")):
        space.entry(name, date=day)
    space.build()
    page = space.page("dates/")
    assert re.findall(r"<li>(2020.*?)—(.*?) <span class=\"quiet\">(.*?)</span>", re.sub("</?time[^>]*>", "", page)) == [
        ("2020年3月25日", "2020年12月30日", "281天"),
        ("2020年3月14日", "2020年3月21日", "8天"),
    ]
    assert re.findall(r'strip-month">(\d+)月</span> <span class="strip-count">(\d+)', page) == [("3", "3"), ("12", "1")]


def test_entries_under_review_are_listed_by_check(site: Site) -> None:
    space = site("")
    space.entry("z")
    for number in range(3):
        space.entry(f"r{number}", status="review")
    names = ", ".join(f"content/entries/r{number}.md" for number in range(3))
    assert f"Left out while under review: {names}\n" in space.run("check").out
    space.build()
    assert not any("r0" in path for path in space.tree())


def test_a_years_activity_by_month_and_kind(record: SiteSpace) -> None:
    record.entry("d", title="丁", date="2020-04-02")
    record.build()
    page = record.page("2020/")
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page[page.index("<details>") :])
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page)
    assert heads[:4] == ["月份", "企业", "社区", "其他"]
    assert {month: re.findall("<td>(.*?)</td>", cells) for month, cells in rows} == {
        "3月": ["2", "1", "0"],
        "4月": ["0", "1", "1"],
    }
    heights = [float(one) for one in re.findall(r'<rect class="kind-\d" x=.*?height="(.*?)"', page)]
    assert sorted(heights) == [46.7, 46.7, 46.7, 93.3]


def test_one_month_has_a_table_and_no_chart(space: SiteSpace) -> None:
    space.write("content/targets/t.md", "---\nname: 泰和\nkind: enterprise\n---\n")
    space.entry("a", targets="[t]")
    space.build()
    page = space.page("2020/")
    assert '<rect class="kind-1"' not in page
    assert "<details open>\n<summary>2020年各月、各类服务对象的日志篇数</summary>" in page


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_a_year_in_which_nothing_counts_has_no_chart(site: Callable[[str], SiteSpace], theme: str) -> None:
    space = site(f"-- content/site.yaml --\ntitle: 日志\ntheme: {theme}\n")
    space.entry("a", date="2020-12-30/2021-01-03")
    space.entry("b", date="2022-05-05", withdrawn="{date: 2022-05-09, reason: 有误}")
    space.build()
    assert "月份" in space.page("2020/")
    for year in ("2021/", "2022/"):
        assert "月份" not in space.page(year)
        assert "0篇日志" in space.page(year)
    assert "1篇日志" not in space.page("2022/05/")


def test_the_smallest_of_many_kinds_share_a_colour(space: SiteSpace) -> None:
    kinds = {f"k{number}": f"第{number}类" for number in range(8)}
    space.write("content/site.yaml", f"title: 日志\nkinds: {{{', '.join(map(': '.join, kinds.items()))}}}\n")
    for number, kind in enumerate(kinds):
        space.write(f"content/targets/t{number}.md", f"---\nname: 名{number}\nkind: {kind}\n---\n")
    for number in range(20):
        # The third and the fourth kind have one entry each, and so have entries about none; the others have three.
        target = number if number < 8 else (0, 1, 4, 5, 6, 7)[number % 6]
        space.entry(f"e{number:02}", targets=f"[t{target}]")
    space.entry("none")
    space.entry("before", date="2020-02-01", targets="[t0]")
    space.build()
    page = space.page("2020/")
    legend = re.findall(r'<rect class="(kind-\d)" width="12" height="12"/></svg> (.*?)</li>', page)
    assert legend == [
        ("kind-1", "第0类"), ("kind-2", "第1类"), ("kind-3", "第4类"), ("kind-4", "第5类"), ("kind-5", "第6类"),
        ("kind-6", "其余：第2类、第3类、第7类、其他"),
    ]  # fmt: skip
    heights = dict(re.findall(r'<rect class="(kind-\d)" x=.*?height="(.*?)"', page))
    assert [round(float(one) * 21 / 140) for one in heights.values()] == [3, 3, 3, 3, 3, 6]
