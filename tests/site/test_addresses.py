"""Addresses of pages: those that stay, old ones that lead on, and names that differ little."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.space import SiteSpace

Site = Callable[[str], SiteSpace]


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
