"""The demo site, whole: every page is there and every link leads somewhere, wherever the site stands."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import feedparser

from tests.crawl import Crawled, crawl, served
from tests.space import SiteSpace, tree

CONTENT = Path(__file__).parents[1] / "content"
BASE = "https://rizhi.example/"


def check_whole(found: Crawled, output: Path) -> None:
    assert found.broken == []
    assert found.foreign_loads == []
    html = {path for path in tree(output) if path.endswith(".html")} - {"404.html"}
    assert len(found.pages) == len(html)
    others = {path for path in tree(output) if not path.endswith(".html")}
    # The script of the search loads the files below search/; the demo has no long list of names.
    data = ("data/entries", "data/site", "data/targets")
    unlinked = (*data, "robots", "sitemap", "search/", "assets/icon-", "assets/names.js")
    linked = {path for path in others if not path.startswith(unlinked)}
    assert len(found.others) == len(linked)


def test_at_the_root_of_a_host(demo: SiteSpace) -> None:
    with served(demo.folder / "output") as address:
        check_whole(crawl(address), demo.folder / "output")


def test_under_a_sub_path(demo: SiteSpace, tmp_path: Path) -> None:
    shutil.copytree(demo.folder / "output", tmp_path / "sub" / "path")
    with served(tmp_path) as address:
        check_whole(crawl(address + "sub/path/"), demo.folder / "output")


def test_from_a_memory_stick(demo: SiteSpace, tmp_path: Path) -> None:
    output = tmp_path / "日志 盘"
    demo.build("--portable", "--output", str(output))
    check_whole(crawl((output / "index.html").as_uri()), output)


def test_the_pages_are_there(demo: SiteSpace) -> None:
    for path in (
        "", "2020/03/05/handover/", "dates/", "2020/", "2020/03/", "2020/03/08/", "targets/", "targets/enterprise/",
        "targets/taihe/", "tags/", "tags/调研/", "about/", "method/", "404.html", "feed.xml", "feed.json",
        "targets/taihe/feed.xml", "tags/调研/feed.xml", "data/entries.json", "data/targets.json", "sitemap.xml",
        "robots.txt", "assets/style.css",
    ):  # fmt: skip
        assert demo.page(path), path


def test_every_day_of_a_range_has_its_page_and_the_entry_on_it(demo: SiteSpace) -> None:
    for day in ("07", "08", "09"):
        assert "进企业、进村居、进项目" in demo.page(f"2020/03/{day}/")
    assert not (demo.folder / "output/2020/03/10").exists()


def test_feeds_are_sound(demo: SiteSpace) -> None:
    for path, text in demo.tree().items():
        if path.endswith("feed.xml"):
            feed = feedparser.parse(text)
            assert not feed.bozo, path
            assert feed.version == "atom10"
            assert feed.feed.id.startswith(BASE)
            dates = [entry.published for entry in feed.entries]
            assert dates == sorted(dates, reverse=True)
            assert all(entry.link.startswith(BASE + "2020/") for entry in feed.entries)
            content = "".join(entry.content[0].value for entry in feed.entries)
            assert all(link.startswith("https://") for link in re.findall('(?:href|src)="(.*?)"', content))
    assert len(feedparser.parse(demo.tree()["feed.xml"]).entries) == 6
    items = json.loads(demo.page("feed.json"))["items"]
    assert [item["url"] for item in items] == [
        entry.link for entry in feedparser.parse(demo.tree()["feed.xml"]).entries
    ]
    assert all(item["content_html"] and item["date_published"].endswith("T00:00:00+08:00") for item in items)


def test_the_sitemap_names_every_page(demo: SiteSpace) -> None:
    listed = {unquote(found) for found in re.findall("<loc>(.*?)</loc>", demo.page("sitemap.xml"))}
    pages = {path for path in demo.tree() if path.endswith("index.html")}
    assert listed == {BASE + path.removesuffix("index.html") for path in pages}
    assert f"Sitemap: {BASE}sitemap.xml" in demo.page("robots.txt")


def test_the_english_entry_is_marked_as_english(demo: SiteSpace) -> None:
    page = demo.page("2020/03/13/meltblown-for-masks/")
    assert '<html lang="zh-CN">' in page
    assert '<h1 lang="en">' in page
    assert '<div class="prose" lang="en">' in page
    assert 'href="../../../../2020/03/13/foxconn-talk/"' in page


def test_a_date_stands_in_the_page_for_people_and_for_programs(demo: SiteSpace) -> None:
    page = demo.page("2020/03/07/enterprise-village-project/")
    assert '<time datetime="2020-03-07">2020年3月7日</time>—<time datetime="2020-03-09">9日</time>' in page
