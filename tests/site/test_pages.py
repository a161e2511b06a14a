"""Which pages are planned, and what each of them holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from generator.model.lists import Pager
from tests.space import PNG, TARGETS, SiteSpace

Site = Callable[[str], SiteSpace]


def headlines(page: str) -> list[str]:
    """The titles of a page's list of entries."""
    return re.findall(r'class="headline"><a href="[^"]*">(.*?)</a>', page)


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


def test_an_entry_is_listed_on_every_day_that_it_covers(four: SiteSpace) -> None:
    four.build()
    for day in ("2020/12/31/", "2021/01/01/", "2021/01/02/"):
        assert headlines(four.page(day)) == ["丙"]
    assert '<time datetime="2020-12-31">2020年12月31日</time>—<time datetime="2021-01-02">2021年1月2日</time>' in (
        four.page("2020/12/31/c/")
    )


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


def test_drafts_and_entries_under_review_are_left_out_by_default(site: Site) -> None:
    space = site("")
    space.entry("a", title="甲")
    space.entry("b", title="乙", status="draft", tags="[草稿标签]")
    space.entry("c", title="丙", status="review")
    space.build()
    assert headlines(space.page("")) == ["甲"]
    assert not any("草稿标签" in path for path in space.tree())
    assert all("乙" not in body.decode(errors="ignore") for body in space.tree().values())
    space.build("--drafts")
    assert headlines(space.page("")) == ["丙", "乙", "甲"]
    assert "草稿，尚未发布" in space.page("2020/03/05/b/")


def test_old_addresses_redirect_to_the_new(site: Site) -> None:
    space = site("-- content/pages/about.md --\n---\ntitle: 关于\naliases: [/guanyu]\n---\n")
    space.entry("a", aliases="[/old/path/, /a.html]")
    space.build()
    assert 'content="0; url=../../2020/03/05/a/"' in space.page("old/path/")
    assert 'content="0; url=./2020/03/05/a/"' in space.page("a.html")
    assert 'content="0; url=../about/"' in space.page("guanyu/")
    assert "old/path" not in space.page("sitemap.xml")


def test_an_entry_called_by_its_date_keeps_its_address_when_its_title_is_mended(site: Site) -> None:
    space = site("")
    names = ("2020-03-05", "2020-03-05_06", "村组/2020-03-05", "2020/03/2020-03-06", "2020-03-07/index")
    for number, name in enumerate(names):
        space.entry(
            name, title=f"第{number}篇", date=name[-10:] if name[-1].isdigit() and "_" not in name else "2020-03-05"
        )
    space.entry("2020-03-05-第3篇")
    space.build()
    addresses = ("05/2020-03-05/", "05/2020-03-05-06/", "05/村组-2020-03-05/", "06/2020-03-06/", "05/2020-03-07/")
    for number, address in enumerate(addresses):
        assert f"<h1>第{number}篇</h1>" in space.page(f"2020/03/{address}")
    # Earlier versions made the address of the title.
    assert 'url=../../../../2020/03/05/2020-03-05/"' in space.page("2020/03/05/第0篇/")
    assert "<h1>标题</h1>" in space.page("2020/03/05/第3篇/")
    feed = re.findall("<id>(.*?)</id>", space.page("feed.xml"))
    space.entry(names[0], title="改了题目")
    space.build()
    assert "<h1>改了题目</h1>" in space.page("2020/03/05/2020-03-05/")
    assert re.findall("<id>(.*?)</id>", space.page("feed.xml")) == feed


def test_attachments_show_their_type_and_size(site: Site) -> None:
    space = site("")
    space.write("content/entries/表.csv", b"a,b\n" * 400)
    space.write("content/policies/long.txt", b"line\n" * 300_000)
    space.entry(body="见[表格](表.csv)和[乙](b.md)。\n")
    space.entry("b")
    space.write("content/policies/p.md", "---\ntitle: 政策\nfiles: [long.txt]\n---\n")
    space.build()
    page = space.page("2020/03/05/a/")
    assert '<a href="../../../../files/entries/表.csv" data-file="CSV 2 KB">表格</a>' in page
    assert page.count("data-file") == 1
    assert 'long.txt</a> <span class="quiet">TXT 1.4 MB</span>' in space.page("policies/p/")
    space.write("content/entries/表.csv", b"a,b\n" * 900)
    space.build()
    assert 'data-file="CSV 4 KB"' in space.page("2020/03/05/a/")


def test_people_are_told_how_to_subscribe(site: Site) -> None:
    space = site(TARGETS)
    space.entry(targets="[taihe]", tags="[走访]")
    space.build()
    page = space.page("subscribe/")
    feeds = re.findall(r'<a href="([^"]*feed.xml)"', page)
    assert feeds == ["../feed.xml", "../targets/taihe/feed.xml", "../tags/走访/feed.xml"]
    assert ">https://example.org/feed.xml</a>" in page
    assert '<a href="../subscribe/">订阅更新</a>' in space.page("dates/")
    advice = "这是订阅源，给阅读软件用的"
    assert space.page("targets/taihe/feed.xml").splitlines()[1].startswith(f"<?advice {advice}")
    assert json.loads(space.page("feed.json"))["user_comment"].startswith(advice)
    space.write("content/site.yaml", "title: 日志\n")
    space.build()
    assert "subscribe/index.html" not in space.tree()
    assert "subscribe" not in space.page("dates/")


def test_data_holds_what_was_written(site: Site) -> None:
    space = site("-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\naliases: [泰和]\n---\n")
    space.write("content/site.yaml", "title: 日志\ncounters: {座谈会: {unit: 场}}\n")
    space.entry(
        "a",
        date="2020-03-05/06",
        targets="[taihe]",
        counts="{座谈会: 2}",
        requests="[{id: r, title: 诉求, target: taihe, status: raised}]",
        corrections="[{date: 2020-03-09, note: 改}]",
        reviewed_by="某",
    )
    space.build()
    (entry,) = json.loads(space.page("data/entries.json"))
    assert entry == {
        "title": "标题",
        "url": "../2020/03/05/a/",
        "start": "2020-03-05",
        "end": "2020-03-06",
        "targets": ["taihe"],
        "summary": "正文。",
        "reviewed_by": "某",
        "counts": {"座谈会": 2},
        "requests": [{"id": "r", "status": "raised", "date": "2020-03-05", "title": "诉求", "target": "taihe"}],
        "corrections": [{"date": "2020-03-09", "note": "改"}],
        "source": "content/entries/a.md",
    }
    (target,) = json.loads(space.page("data/targets.json"))
    assert target["aliases"] == ["泰和"]
    assert target["entries"] == ["../2020/03/05/a/"]


def test_without_a_base_url_there_are_no_feeds_and_a_warning(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\n")
    space.entry("a", tags="[走访]")
    ran = space.build()
    assert ran.out.endswith("No feeds and no sitemap were made, because base_url is not set in content/site.yaml.\n")
    assert not [path for path in space.tree() if path.endswith((".xml", "feed.json"))]
    assert "feed" not in space.page("")
    space.build("--base-url", "https://example.org/sub")
    assert "<loc>https://example.org/sub/2020/03/05/a/</loc>" in space.page("sitemap.xml")
    assert '<link rel="canonical" href="https://example.org/sub/">' in space.page("")


def test_a_summary_is_the_first_paragraph_cut_at_a_sentence(site: Site) -> None:
    space = site("")
    first = "工作组到村里走访，看了三户人家。"
    space.entry("a", body=f"# 小标题\n\n{first * 9}\n\n第二段。\n")
    space.build()
    summary = re.search(r'<p class="summary">(.*?)</p>', space.page(""))
    assert summary
    assert summary[1] == first * 6


def test_content_is_never_a_template(site: Site) -> None:
    space = site("")
    space.entry("a", title='"{{ 7*7 }} {% raw %}"', body="{{ site }} {% include 'x' %} <script>alert(1)</script>\n")
    space.build()
    page = space.page("2020/03/05/a/")
    assert "{{ 7*7 }} {% raw %}" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_withdrawn_entry_keeps_its_address_and_loses_its_body(site: Site) -> None:
    space = site("")
    space.entry("a", body="机密的正文。\n", withdrawn="{date: 2020-04-01, reason: 内容有误}", summary="撤回")
    space.build()
    page = space.page("2020/03/05/a/")
    assert "内容有误" in page
    assert not [path for path, body in space.tree().items() if "机密的正文" in body.decode(errors="ignore")]


def test_a_withdrawn_entry_names_its_successor(site: Site) -> None:
    space = site("")
    withdrawn = "{date: 2020-04-01, reason: 有误, successor: %s}"
    space.entry("a", withdrawn=withdrawn % "b.md")
    space.entry("b", title="重写的一篇")
    space.build()
    assert '请改看： <a href="../../../../2020/03/05/b/">重写的一篇</a>' in space.page("2020/03/05/a/")
    space.entry("b", title="又改了题目")
    space.build()
    assert '<a href="../../../../2020/03/05/b/">又改了题目</a>' in space.page("2020/03/05/a/")
    for name, fact, hint in (
        ("bb.md", "there is no other entry content/entries/bb.md", 'did you mean "b.md"?'),
        ("a.md", "there is no other entry content/entries/a.md", "did you mean"),
        ("c.md", "content/entries/c.md is not published, so this link would lead nowhere", "publish it too"),
    ):
        space.entry("a", withdrawn=withdrawn % name)
        space.entry("c", status="draft")
        ran = space.fails()
        assert ran.problems == [f"content/entries/a.md:4:54: {fact}"]
        assert hint in ran.err


def test_the_interface_of_an_english_site_is_english(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: Diary\nlanguage: en\nbase_url: https://example.org/\n")
    space.entry("a", title="A day", date="2020-03-05/06", body="Text.\n")
    space.build()
    page = space.page("")
    assert '<html lang="en">' in page
    assert "1 entry" in page
    assert '<time datetime="2020-03-05">5</time>–<time datetime="2020-03-06">6 March 2020</time>' in page
    assert not re.search("[\u4e00-\u9fff]", page)


def test_months_are_in_order_from_october_on_too(site: Site) -> None:
    space = site("")
    for month in ("2020-09", "2020-10", "2020-02", "2020-12", "2021-01"):
        space.entry(month, date=f"{month}-05")
    space.build()
    months = re.findall(r'href="[./]*(\d{4}/\d{2})/"><span class="strip-month">', space.page("dates/"))
    assert months == ["2021/01", "2020/02", "2020/09", "2020/10", "2020/12"]
    months = re.findall(r'href="[./]*(\d{4}/\d{2})/">\d+年\d+月</a></caption>', space.page("2020/"))
    assert months == ["2020/02", "2020/09", "2020/10", "2020/12"]
    october = space.page("2020/10/")
    assert re.search(r'rel="prev" href="[./]*2020/09/"', october)
    assert re.search(r'rel="next" href="[./]*2020/12/"', october)


def test_ids_of_headings_differ_from_the_themes(site: Site) -> None:
    space = site("-- content/targets/t.md --\n---\nname: T\nkind: project\n---\n## Timeline\n\n## Main\n")
    names = ("main", "record", "beside", "corrections", "timeline", "newest")
    space.entry("a", body="\n\n".join(f"## {name}" for name in names), targets="[t]", tags="[x]")
    space.entry("b", targets="[t]")
    space.build()
    for path in ("2020/03/05/a/", "targets/t/"):
        ids = re.findall(' id="(.*?)"', space.page(path))
        assert len(ids) == len(set(ids))


def test_draft_pages_are_shown_with_drafts(site: Site) -> None:
    space = site("-- content/pages/p.md --\n---\ntitle: 页\nstatus: draft\n---\n正文\n")
    space.entry("a", body="[页](../pages/p.md)\n", status="draft")
    ran = space.build("--drafts")
    assert "正文" in space.page("p/")
    ran = space.build()
    assert (
        "Left out as drafts, until their line status: draft is deleted: content/entries/a.md, content/pages/p.md"
        in (ran.out)
    )
    assert "p/index.html" not in space.tree()


def test_of_a_withdrawn_entry_only_the_withdrawal_is_published(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\ncounters: {走访: {}}\n")
    space.entry(
        "a",
        body="机密的正文\n",
        place="机密的地点",
        weather="机密的天气",
        requests="[{id: r, title: 机密的诉求, status: raised, note: 机密}]",
        extra="{a: 机密}",
        counts="{走访: 1}",
        withdrawn="{date: 2020-04-01, reason: 内容有误}",
    )
    space.build()
    assert "内容有误" in space.page("2020/03/05/a/")
    assert not [path for path, body in space.tree().items() if "机密" in body.decode(errors="ignore")]


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
        "page/2/": [("最新日志 · 第2页 · 日志", ""), ("", "最新日志")],
        "dates/": [("日期 · 日志", ""), ("", "日期")],
        "tags/走访/page/2/": [("走访 · 第2页 · 日志", ""), ("", "走访")],
    }


def test_names_that_differ_in_their_last_sign_have_addresses_of_their_own(site: Site) -> None:
    space = site("-- content/site.yaml --\ntitle: 日志\ncounters: {走访: , 走访+: }\n")
    space.entry(tags="[互联网, 互联网+, C, C++, C#, 5·12, 《办法》]")
    space.entry("b", counts="{走访: 1, 走访+: 2}")
    space.build()
    tags = {name.split("/")[1] for name in space.tree() if name.startswith("tags/") and name.count("/") == 2}
    assert tags == {"互联网", "互联网-plus", "c", "c-plus-plus", "c-sharp", "5-12", "办法"}
    assert "<h1>互联网+</h1>" in re.sub(r"<h1[^>]*>\s*", "<h1>", space.page("tags/互联网-plus/"))
    assert "counters/走访-plus/index.html" in space.tree()
    space.entry("c", tags="[C＃]")
    assert space.fails().problems == [
        'content/entries/c.md:4:7: the tags "C#" and "C＃" would have one address; see content/entries/a.md'
    ]


def test_a_first_heading_that_is_the_title_is_shown_once(site: Callable[[str], SiteSpace]) -> None:
    space = site(
        "-- content/entries/a.md --\n---\ntitle: 春耕走访\ndate: 2020-03-05\n---\n"
        "# 春耕走访\n\n到田里。\n\n## 春耕走访\n\n回村。\n"
        "-- content/entries/b.md --\n---\ntitle: 乙\ndate: 2020-03-06\n---\n乙\n===\n\n[见](#乙)\n"
        "-- content/targets/qingshi.md --\n---\nname: 青石村\nkind: village\n---\n## 青石村\n村里。\n"
        "-- content/pages/about.md --\n---\ntitle: 关于\n---\n# 关于 我们\n本站。\n"
    )
    space.build()
    first = '<p>到田里。</p>\n<h2 id="春耕走访-2">春耕走访</h2>\n<p>回村。</p>'
    shown = {
        "2020/03/05/a/": first,
        "2020/03/06/b/": '<h2 id="乙">乙</h2>\n<p><a href="#乙">见</a></p>',
        "targets/qingshi/": '<div class="prose">\n<p>村里。</p>',
        "about/": '<h2 id="关于-我们">关于 我们</h2>',
        "chronicle/": '<p>到田里。</p>\n<h3 id="',
        "feed.xml": "&lt;p&gt;到田里。&lt;/p&gt;",
    }
    assert {path: html for path, html in shown.items() if html not in space.page(path)} == {}
    assert '<h1 id="春耕走访"' not in space.page("2020/03/05/a/")
    # A build after an edit of the text alone comes to the same.
    space.write(
        "content/entries/a.md", (space.folder / "content/entries/a.md").read_text(encoding="utf-8") + "\n再去。\n"
    )
    space.build()
    assert first + "\n<p>再去。</p>" in space.page("2020/03/05/a/")
    assert space.run("export chronicle", "--format", "md", "--output", str(space.folder / "a.md")).status == 0
    assert (space.folder / "a.md").read_text(encoding="utf-8").count("春耕走访") == 2


def menu(page: str) -> list[tuple[str, bool]]:
    """The items of a page's menu, and which of them is the page itself."""
    items = re.search(r'<ul class="menu">(.*?)</ul>', page, re.DOTALL)
    assert items
    return [(name, "aria-current" in rest) for rest, name in re.findall(r"<a ([^>]*)>(.*?)</a>", items[1])]


def test_the_menu_offers_what_there_is_and_marks_the_page_itself(site: Site) -> None:
    space = site("")
    space.entry()
    space.build()
    assert menu(space.page("")) == [("首页", True), ("搜索", False), ("大事记", False), ("日期", False)]
    space.write("content/pages/about.md", "---\ntitle: 关于\n---\n说明。\n")
    own = "menu: [{title: 首页, link: /}, {title: 我们, link: /about/index.html}]\nsearch: false\n"
    space.write("content/site.yaml", f"title: 日志\n{own}")
    space.entry(tags="[走访]")
    space.build()
    assert menu(space.page("about/")) == [("首页", False), ("我们", True)]


def test_the_page_for_unknown_addresses_works_at_any_depth(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\n")
    space.entry()
    space.build()
    links = re.findall(r'(?:href|src)="([^"]*)"', space.page("404.html"))
    assert "/" in links
    assert "/dates/" in links
    assert [link for link in links if not link.startswith(("/", "#", "data:"))] == []
    space.build("--portable")
    assert 'href="./dates/index.html"' in space.page("404.html")


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_the_foot_has_what_mainland_sites_must_show(site: Site, theme: str) -> None:
    space = site("")
    given = (
        f"theme: {theme}\norganization: 驻村工作队\nicp: 鲁ICP备12345678号-1\npolice: 鲁公网安备37060002000123号\n"
        "government: {id_code: '3706000001'}\n"
    )
    space.write("content/pages/about.md", "---\ntitle: 关于\n---\n说明。\n")
    space.entry()
    for contact, shown in (
        ("/about/", '<a href="../about/">联系我们</a>'),
        ("'12345'", '<a href="tel:12345">联系方式：12345</a>'),
        ("县政府二楼", "联系方式：县政府二楼"),
    ):
        space.write("content/site.yaml", f"title: 日志\n{given}contact: {contact}\n")
        space.build()
        foot = space.page("dates/").partition("<footer")[2]
        assert shown in foot
    assert "驻村工作队" in foot
    assert re.findall('<a href="(https[^"]*)"[^>]*>(.*?)</a>', foot) == [
        ("https://beian.miit.gov.cn/", "鲁ICP备12345678号-1"),
        ("https://beian.mps.gov.cn/#/query/webSearch?code=37060002000123", "鲁公网安备37060002000123号"),
    ]
    assert "网站标识码 3706000001" in foot
    space.write("content/site.yaml", "title: 日志\nicp: 没有\npolice: '12'\ncontact: /nowhere/\n")
    assert space.fails().problems == [
        'content/site.yaml:2:6: "没有" is no number of a registered site',
        'content/site.yaml:3:9: "12" is no number of a registered site',
        "content/site.yaml:4:10: the link to /nowhere/ leads nowhere",
    ]
