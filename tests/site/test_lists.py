"""Lists: home, days, months, targets, and their pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from generator.model.lists import Pager
from tests.site.shown import headlines
from tests.space import PNG, SiteSpace

Site = Callable[[str], SiteSpace]


@pytest.fixture
def four(site: Site) -> SiteSpace:
    """Four entries, out of order, around the turn of a year; two of one target."""
    space = site("-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n简介。\n")
    space.entry("d", title="丁", date="2021-01-03", targets="[taihe]")
    space.entry("b", title="乙", date="2020-12-30", part="pm")
    space.entry("a", title="甲", date="2020-12-30", part="am", targets="[taihe]", tags="[走访]")
    space.entry("c", title="丙", date="2020-12-31/2021-01-02")
    return space


def test_home_has_the_newest_first_and_dates_the_oldest(four: SiteSpace) -> None:
    four.build()
    assert headlines(four.page("")) == ["丁", "丙", "乙", "甲"]
    assert headlines(four.page("2020/12/")) == ["甲", "乙", "丙"]
    assert headlines(four.page("2021/01/")) == ["丙", "丁"]


def test_home_stays_short(space: SiteSpace) -> None:
    space.write("content/entries/p.png", PNG)
    for number in range(9):
        space.write(f"content/targets/t{number}.md", f"---\nname: 对象{number}\nkind: village\n---\n")
        raised = f"[{{id: q{number}, status: raised, title: 诉求{number}}}]"
        body = "正文。\n\n![图](p.png)\n" if number == 8 else "正文。\n"
        day = f"2020-03-0{number + 1}"
        space.entry(f"e{number}", body, title=str(number), date=day, targets=f"[t{8 - number}]", requests=raised)
    space.build()
    home = space.page("")
    assert headlines(home) == list("87654321")
    assert headlines(space.page("page/2/")) == ["0"]
    assert re.findall(r'ledger-title"><a href="[^"]*">(.*?)</a>', home) == ["诉求0", "诉求1", "诉求2"]
    assert '<a href="./requests/state/open/">全部9项未办结的诉求</a>' in home
    aside = home[home.index('id="_targets"') :]
    assert re.findall(r'<li><a href="./targets/t\d/">(.*?)</a>', aside) == [f"对象{number}" for number in range(8)]
    assert '<li><a class="all" href="./targets/village/">全部9个</a></li>' in aside
    assert home.count('<a class="lead"') == home.count("<img") == 1


def test_home_names_fewer_targets_of_each_of_many_kinds(space: SiteSpace) -> None:
    kinds = "".join(f", k{kind}: 第{kind}类" for kind in range(10))
    space.write("content/site.yaml", f"title: 日志\nkinds: {{{kinds[2:]}}}\n")
    for kind in range(10):
        for number in range(5):
            space.write(f"content/targets/t{kind}{number}.md", f"---\nname: 村{kind}{number}\nkind: k{kind}\n---\n")
    space.entry("a")
    space.build()
    assert len(re.findall(r'href="./targets/t\d\d/"', space.page(""))) == 40
    assert space.page("").count(">全部5个<") == 10


def test_an_entry_is_listed_on_every_day_that_it_covers(four: SiteSpace) -> None:
    four.build()
    for day in ("2020/12/31/", "2021/01/01/", "2021/01/02/"):
        assert headlines(four.page(day)) == ["丙"]
    assert '<time datetime="2020-12-31">2020年12月31日</time>—<time datetime="2021-01-02">2021年1月2日</time>' in (
        four.page("2020/12/31/c/")
    )


def test_an_entry_of_several_months_counts_where_it_begins(four: SiteSpace) -> None:
    four.entry("e", date="2021-01-31/2021-02-01")
    four.build()
    assert re.findall(r"(\d+(?:年|月))(?:</a>)? <span class=\"quiet\">(\d+)篇日志", four.page("dates/")) == [
        ("2021年", "2"), ("1月", "2"), ("2月", "0"), ("2020年", "3"),
    ]  # fmt: skip
    assert re.search(r'class="facts">(.*?)</p>', four.page("2021/"))[1] == "2篇日志"  # type: ignore[index]


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_figures_of_one_page_agree_and_say_what_else_is_listed(four: SiteSpace, theme: str) -> None:
    four.write("content/people.yaml", "people: [{id: lin, name: 林一, role: official}]\n")
    four.write("content/site.yaml", f"title: 日志\ntheme: {theme}\ncounters:\n  日志:\n    derived: entries\n")
    four.entry(
        "w",
        title="戊",
        date="2021-01-04",
        targets="[taihe]",
        tags="[走访]",
        authors="[lin]",
        withdrawn="{date: 2021-02-01, reason: 重复}",
    )
    four.build()

    def shown(url: str) -> str:
        return " ".join(html.unescape(re.sub("<[^>]*>", " ", four.page(url))).split())

    withdrawn = "另列已撤回的1篇，不计数"
    month = shown("2021/01/")
    assert re.search(r"日志 1 ", month), month
    assert f"1篇日志 · 另列此前开始的1篇，不重复计数 · {withdrawn}" in month
    assert f"2篇日志 · {withdrawn}" in shown("targets/taihe/")
    assert f"1篇日志 · {withdrawn}" in shown("tags/走访/")
    assert f"0篇日志 · {withdrawn}" in shown("authors/lin/")
    assert "0篇日志" in shown("authors/")
    assert "最近 2021年1月4日" not in shown("authors/") + shown("targets/") + shown("tags/")
    assert "4篇日志" in shown("")
    assert [re.search(rf"{year}年 (\d)篇日志", shown("dates/"))[1] for year in (2021, 2020)] == ["1", "3"]  # type: ignore[index]
    assert "另列" not in shown("2020/12/")


def test_neighbours_overall_and_within_a_target(four: SiteSpace) -> None:
    four.build()
    page = four.page("2020/12/30/a/")
    assert 'rel="next" href="../../../../2020/12/30/b/"' in page
    assert 'rel="prev"' not in page
    assert re.search(r'<h3><a href="[./]*targets/taihe/">泰和新材</a></h3>\n\n?<a href="[./]*2021/01/03/d/">', page)


def test_lists_are_split_into_pages(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\nper_page: 2\n")
    for number in range(5):
        space.entry(f"e{number}", title=f"第{number}篇", tags="[走访]")
    space.build()
    assert headlines(space.page("")) == ["第4篇", "第3篇"]
    assert headlines(space.page("page/2/")) == ["第2篇", "第1篇"]
    assert headlines(space.page("page/3/")) == ["第0篇"]
    assert headlines(space.page("tags/走访/page/3/")) == ["第0篇"]
    assert headlines(space.page("2020/03/05/page/3/")) == ["第4篇"]
    assert "第2页，共3页" in space.page("page/2/")
    assert '<li><a href="../../">1</a></li>\n<li><span aria-current="page">2</span></li>' in space.page("page/2/")
    assert "to-month" not in space.page("page/2/")
    assert not (space.folder / "output/page/4").exists()


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 2, "1 2"),
        (1, 3, "1 2 3"),
        (3, 5, "1 2 3 4 5"),
        (1, 9, "1 2 0 9"),
        (4, 9, "1 2 3 4 5 0 9"),
        (9, 9, "1 0 8 9"),
    ],
)
def test_pages_to_choose_from(number: int, total: int, shown: str) -> None:
    assert Pager(number, total, "/").numbers == tuple(map(int, shown.split()))


def test_a_list_leads_to_its_months(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\nper_page: 1\n")
    for number, day in enumerate(("2019-03-01", "2020-03-01", "2020-03-02", "2020-04-30/05-02")):
        space.entry(f"e{number}", date=day, tags="[走访]")
    space.build()
    for above, here, own in (("", "./", ""), ("tags/走访/", "../../tags/走访/", "../../tags/走访/")):
        page = space.page(above)
        months = page[page.index("to-month") :]
        assert re.findall(r'<li>(\d+年)</li>|href="([^"]*)">(\d+月)', months) == [
            ("2019年", "", ""), ("", f"{here}page/4/#_2019-03", "3月"),
            ("2020年", "", ""), ("", f"{here}page/2/#_2020-03", "3月"), ("", f"{own}#_2020-04", "4月"),
        ]  # fmt: skip
        pages = [space.page(f"{above}{more}") for more in ("", "page/2/", "page/4/")]
        ids = [re.findall(r'<li class="row"(?: id="(.*?)")?>', page) for page in pages]
        assert ids == [["_2020-04"], ["_2020-03"], ["_2019-03"]]


def test_a_target_shows_its_parent_its_parts_and_its_timeline(site: Site) -> None:
    space = site("""\
-- content/targets/shengli.md --
---
name: 福莱山街道胜利东村
short_name: 胜利东村
kind: village
---
-- content/targets/yard.md --
---
name: 金东小区
kind: community
parent: shengli
closed: 2020-06-01
---
""")
    space.entry("a", title="甲", targets="[yard]")
    space.build()
    village, yard = space.page("targets/shengli/"), space.page("targets/yard/")
    assert '<a href="../../targets/yard/">金东小区</a>' in village
    assert "还没有日志" in village
    assert '<a href="../../targets/shengli/">胜利东村</a>' in yard
    assert '<dt>结束服务</dt><dd><time datetime="2020-06-01">2020年6月1日</time></dd>' in yard
    assert headlines(yard) == ["甲"]
    assert '<a href="../../targets/yard/">金东小区</a>' in space.page("targets/community/")


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_what_grows_with_a_target_or_a_request_has_pages_of_its_own(site: Site, theme: str) -> None:
    space = site("-- content/targets/main.md --\n---\nname: 总厂\nkind: enterprise\n---\n")
    space.write("content/site.yaml", f"title: 日志\ntheme: {theme}\nper_page: 10\n")
    for number in range(13):
        space.write(f"content/targets/c{number}.md", f"---\nname: 分厂{number}\nkind: project\nparent: main\n---\n")
        space.write(f"content/policies/p{number}.md", f"---\ntitle: 办法{number}\n---\n")
    space.write("content/targets/few.md", "---\nname: 小厂\nkind: enterprise\n---\n")
    steps = [
        "{id: q, status: raised, title: 修路}",
        *(f"{{id: q, status: coordinating, note: 第{n}步}}" for n in range(49)),
    ]
    policies = f"[{', '.join(f'p{n}' for n in range(13))}]"
    space.entry("a", targets="[main]", policies=policies, requests=f"[{', '.join(steps)}]")
    space.entry("b", targets="[few]", policies="[p1]")
    space.build()
    main = space.page("targets/main/")
    assert re.findall(r">(分厂\d+|全部13个)</a>", main) == [*(f"分厂{number}" for number in range(12)), "全部13个"]
    assert re.findall(r">(办法\d+|全部13份政策)</a>", main) == [
        *(f"办法{number}" for number in range(12)),
        "全部13份政策",
    ]
    assert '<a class="all" href="../../targets/main/parts/">' in main
    assert '<a href="../../targets/main/policies/">' in main
    assert len(re.findall(r">分厂\d+</a>", space.page("targets/main/parts/"))) == 13
    received = [space.page(f"targets/main/policies/{more}") for more in ("", "page/2/")]
    assert [len(re.findall(r">办法\d+</a>", page)) for page in received] == [10, 3]
    assert "全部" not in space.page("targets/few/")
    assert not (space.folder / "output/targets/few/policies").exists()
    first, second = space.page("requests/q/"), space.page("requests/q/page/2/")
    assert len(re.findall(r"<p>第\d+步</p>", first)) == 39
    assert re.findall(r"<p>第(\d+)步</p>", second) == [str(number) for number in range(39, 49)]
    assert "第2页，共2页" in second


def test_months_are_in_order_from_october_on_too(site: Site) -> None:
    space = site("")
    for month in ("2020-09", "2020-10", "2020-02", "2020-12", "2021-01"):
        space.entry(month, date=f"{month}-05")
    space.build()
    months = re.findall(r'href="[./]*(\d{4}/\d{2})/" data-level="."><span class="strip-month">', space.page("dates/"))
    assert months == ["2021/01", "2020/02", "2020/09", "2020/10", "2020/12"]
    months = re.findall(r'href="[./]*(\d{4}/\d{2})/">\d+年\d+月</a></caption>', space.page("2020/"))
    assert months == ["2020/02", "2020/09", "2020/10", "2020/12"]
    october = space.page("2020/10/")
    assert re.search(r'rel="prev" href="[./]*2020/09/"', october)
    assert re.search(r'rel="next" href="[./]*2020/12/"', october)


def test_titles_name_the_list_and_the_page(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\nper_page: 1\nbase_url: https://example.org/\n")
    for number in range(2):
        space.entry(f"e{number}", tags="[走访]")
    space.build()
    titles = {
        path: re.findall('<title>(.*?)</title>|og:title" content="(.*?)"', space.page(path))
        for path in ("", "page/2/", "dates/", "tags/走访/page/2/")
    }
    assert titles == {
        "": [("日志", ""), ("", "日志")],
        "page/2/": [("日志 · 第2页 · 日志", ""), ("", "日志")],
        "dates/": [("日期 · 日志", ""), ("", "日期")],
        "tags/走访/page/2/": [("走访 · 第2页 · 日志", ""), ("", "走访")],
    }
