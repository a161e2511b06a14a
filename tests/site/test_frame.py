"""What stands around every page: menu, foot, ways to subscribe; the page for unknown addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.space import TARGETS, SiteSpace

Site = Callable[[str], SiteSpace]


def test_people_are_told_how_to_subscribe(site: Site) -> None:
    space = site(TARGETS)
    space.entry(targets="[taihe]", tags="[走访]")
    space.build()
    page = space.page("subscribe/")
    feeds = re.findall(r'<a href="([^"]*feed.xml)"', page)
    assert feeds == ["../feed.xml", "../targets/taihe/feed.xml", "../tags/走访/feed.xml"]
    assert ">https://example.org/<wbr>feed.xml</a>" in page
    assert '<a href="../subscribe/">订阅更新</a>' in space.page("dates/")
    advice = "这是订阅源，给阅读软件用的"
    assert space.page("targets/taihe/feed.xml").splitlines()[1].startswith(f"<?advice {advice}")
    assert json.loads(space.page("feed.json"))["user_comment"].startswith(advice)
    space.write("content/site.yaml", "title: 日志\n")
    space.build()
    assert "subscribe/index.html" not in space.tree()
    assert "subscribe" not in space.page("dates/")


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


def menu(page: str) -> list[tuple[str, bool]]:
    """The items of a page's menu, and which of them is the page itself."""
    items = re.search(r'<ul class="menu">(.*?)</ul>', page, re.DOTALL)
    assert items
    return [(name, "aria-current" in rest) for rest, name in re.findall(r"<a ([^>]*)>(.*?)</a>", items[1])]


def test_the_menu_offers_what_there_is_and_marks_the_page_itself(site: Site) -> None:
    space = site("")
    space.entry()
    space.build()
    assert menu(space.page("")) == [("首页", True), ("搜索", False), ("工作纪实", False), ("日期", False)]
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
