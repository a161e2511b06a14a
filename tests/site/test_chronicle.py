"""The chronicle: the whole campaign as one article, by month once it is long."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.space import PNG, SiteSpace, tree

Site = Callable[[str], SiteSpace]


def chapters(page: str) -> list[str]:
    """The dated headings of a chronicle."""
    return [re.sub("<[^>]*>", "", one) for one in re.findall(r"<h2 id=\"\d[^>]*>(.*?)</h2>", page)]


def test_entries_are_sections_under_dated_headings_in_the_order_of_the_diary(site: Site) -> None:
    space = site("")
    space.write("content/site.yaml", "title: 日志\ndescription: 导语。\norganization: 工作组\n")
    space.entry("b", title="进企业", date="2020-03-07/09")
    space.entry("a", title="对接", date="2020-03-05/06")
    space.entry("c", title="座谈", date="2020-03-13", part="am")
    space.build()
    page = space.page("chronicle/")
    assert chapters(page) == ["3月5日—6日 对接", "3月7日—9日 进企业", "3月13日上午 座谈"]
    assert "<h1>日志</h1>" in page
    assert '<p class="standfirst">导语。</p>' in page
    assert '工作组<span class="dot">&nbsp;· </span>' in page
    space.entry("d", title="新年", date="2021-01-01")
    space.build()
    assert chapters(space.page("chronicle/"))[0] == "2020年3月5日—6日 对接"


def test_long_texts_fill_pages_sooner(site: Site) -> None:
    """A page holds 60 entries; an entry counts once more for each thousand of characters, also when it grows."""
    space = site("")
    for day in (5, 6, 7):
        space.entry(f"d{day}", "正文。" * 6_800, date=f"2020-03-0{day}")
    space.entry("e", "正文。", date="2020-04-01")
    space.build()
    assert chapters(space.page("chronicle/")) == []
    assert len(chapters(space.page("chronicle/2020-03/"))) == 2
    assert len(chapters(space.page("chronicle/2020-03/page/2/"))) == 1
    space.entry("d5", "正文。", date="2020-03-05")
    space.build()
    assert len(chapters(space.page("chronicle/"))) == 4
    space.entry("d5", "正文。" * 7_000, date="2020-03-05")
    space.build()
    clean = space.folder / "clean"
    space.build("--no-cache", "--output", str(clean))
    assert tree(clean) == tree(space.folder / "output")
    assert (clean / "chronicle/2020-03").is_dir()


def test_headings_are_shifted_ids_stay_unique_and_links_keep_their_targets(site: Site) -> None:
    space = site("-- content/targets/t.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n")
    space.write("content/entries/p.png", PNG)
    body = (
        "# 上午\n\n见[下午](#下午)[^1]，[另一篇](b.md#上午)，{target}`t`。\n\n## 下午\n\n![图](p.png)\n\n[^1]: 注。\n"
    )
    space.entry("a", title="甲", body=body)
    space.entry("b", title="乙", body=body.replace("b.md", "a.md"), date="2020-03-06")
    space.build()
    page = space.page("chronicle/")
    ids = re.findall(r'\sid="(.*?)"', page)
    assert len(ids) == len(set(ids))
    assert '<h3 id="2020-03-05-a/上午">' in page
    assert '<h4 id="2020-03-06-b/下午">' in page
    assert '<a href="#2020-03-05-a/下午">下午</a>' in page
    assert '<a href="../2020/03/06/b/#上午">另一篇</a>' in page
    assert 'href="#2020-03-06-b/fn-1" id="2020-03-06-b/fnref-1"' in page
    assert page.count('src="../pictures/entries/p.png/1.png"') == 2
    assert page.count('<a href="../targets/t/">泰和新材</a>') == 2


def test_the_records_of_an_entry_are_shown_below_it(site: Site) -> None:
    space = site("-- content/policies/p.md --\n---\ntitle: 减税办法\n---\n")
    space.write("content/site.yaml", "title: 日志\ncounters: {座谈会: {unit: 场}}\n")
    space.entry(
        "a",
        counts="{座谈会: 2}",
        policies="[p]",
        requests="[{id: r, title: 缺熔喷布, status: raised}, {id: r, status: resolved, date: 2020-03-07}]",
        corrections="[{date: 2020-04-01, note: 改了人数}]",
    )
    space.entry("b", body="没了\n", withdrawn="{date: 2020-04-02, reason: 有误}", date="2020-03-06")
    space.build()
    text = re.sub("<[^>]*>", "", space.page("chronicle/"))
    for words in (
        "座谈会 2 场",
        "诉求：缺熔喷布&nbsp;· 3月7日 办结",
        "政策：减税办法",
        "更正 2020年4月1日 改了人数",
        "有误",
    ):
        assert words in text
    assert "没了" not in text


def test_a_long_chronicle_is_split_into_months_and_pages(site: Site) -> None:
    space = site("")
    for number in range(61):
        space.entry(f"m{number:02}", title=f"三月{number}", date="2020-03-05")
    space.entry("d", title="四月", date="2020-04-01")
    space.build()
    contents = space.page("chronicle/")
    assert re.findall(r'<h3>(.*?)</h3>|href="[./]*chronicle/(.*?)/"[^>]*>.*?strip-count">(.*?)<', contents) == [
        ("2020年", "", ""),
        ("", "2020-03", "61"),
        ("", "2020-04", "1"),
    ]
    assert chapters(contents) == []
    assert len(chapters(space.page("chronicle/2020-03/"))) == 60
    assert len(chapters(space.page("chronicle/2020-03/page/2/"))) == 1
    assert re.search(r'rel="next" href="[./]*chronicle/2020-04/"', space.page("chronicle/2020-03/"))
    (space.folder / "content/entries/m60.md").unlink()
    (space.folder / "content/entries/m59.md").unlink()
    space.build()
    assert len(chapters(space.page("chronicle/"))) == 60
    parts = re.search(r'<details class="contents">.*?</details>', space.page("chronicle/"), re.DOTALL)
    assert parts
    found = re.findall(r'contents-month">(.*?)<|<a href="#(.*?)"><span class="quiet">(.*?)</span> (.*?)</a>', parts[0])
    assert found[:2] == [("2020年3月", "", "", ""), ("", "2020-03-05-m00", "3月5日", "三月0")]
    assert found[-2:] == [("2020年4月", "", "", ""), ("", "2020-04-01-d", "4月1日", "四月")]
    assert not (space.folder / "output/chronicle/2020-03").exists()
