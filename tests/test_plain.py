"""The theme ``plain``: light, without scripts, for any browser; and all that the default theme leads to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag, urljoin

import pytest

from tests.crawl import crawl, served
from tests.space import PNG, SiteSpace
from tests.test_demo import check_whole

WEIGHT = 18 * 1024
"""What a page, with the code of its address, and its style sheet may weigh in bytes, as they are."""
YOUNG = re.compile(
    r"--|\b(var|clamp|min|max)\(|:(has|is|where|focus-visible)\b|\b(grid|flex|gap|inset|rem|aspect-ratio)\b"
    r"|(margin|padding|border)-(block|inline)|@(supports|layer|container)"
)
"""What browsers of 2012 lack, and a page could not be read without."""


def pages(space: SiteSpace) -> dict[str, str]:
    return {path: body.decode() for path, body in space.tree().items() if path.endswith(".html")}


def links(path: str, html: str) -> set[str]:
    """Where the links of a page lead, without its own address."""
    own = f"/{path.removesuffix('index.html')}"
    found = re.findall(r'<a\b[^>]*?\shref="([^"]*)"', html)
    return {urldefrag(urljoin(own, unescape(link)))[0] for link in found} - {own}


def test_there_is_no_script_and_one_style_sheet(plain: SiteSpace) -> None:
    assert [path for path in plain.tree() if path.startswith("assets/")] == ["assets/style.css"]
    for path, html in pages(plain).items():
        assert not re.search(r"<script|<iframe|<object|\son\w+=|javascript:", html), path
        style = "<style>" if path == "404.html" else '<link rel="stylesheet" href="'
        assert len(re.findall(r"<style|stylesheet", html)) == html.count(style) == 1, path
        loaded = re.findall(r'\s(?:src|srcset|poster)="([^"]*)"', html)
        assert not any(re.match(r"(?!data:)\w+:|//|.*\bassets/", source) for source in loaded), path


def test_each_page_is_light(plain: SiteSpace) -> None:
    """The chronicle is as long as what was written, and no more may be added to that."""
    style = len(plain.tree()["assets/style.css"])
    written = sum(len(place.read_bytes()) for place in (plain.folder / "content/entries").glob("*.md"))
    for path, html in pages(plain).items():
        weight = len(html.encode()) + (0 if path == "404.html" else style)
        assert weight < (WEIGHT + written if path == "chronicle/index.html" else WEIGHT), path


def test_browsers_of_2012_can_show_it(plain: SiteSpace) -> None:
    assert YOUNG.search(plain.page("assets/style.css")) is None


def test_it_leads_wherever_the_default_theme_does(plain: SiteSpace, demo: SiteSpace) -> None:
    ours, theirs = pages(plain), pages(demo)
    assert ours.keys() == theirs.keys()
    for path, html in theirs.items():
        assert sorted(links(path, html) - links(path, ours[path])) == [], path


def test_it_is_whole_on_a_server_and_from_a_memory_stick(plain: SiteSpace) -> None:
    with served(plain.folder / "output") as address:
        check_whole(crawl(address), plain.folder / "output")
    stick = plain.folder / "stick"
    plain.build("--portable", "--output", str(stick))
    check_whole(crawl((stick / "index.html").as_uri()), stick)


def test_feeds_and_data_are_those_of_the_default_theme(plain: SiteSpace, demo: SiteSpace) -> None:
    def others(space: SiteSpace) -> dict[str, bytes]:
        ends = (".xml", ".json", ".csv", ".txt")
        return {path: body for path, body in space.tree().items() if path.endswith(ends)}

    assert others(plain) == others(demo)


@pytest.mark.parametrize("form", ["html", "md", "docx"])
def test_the_chronicle_can_be_sent(plain: SiteSpace, demo: SiteSpace, form: str) -> None:
    sent = []
    for space in (plain, demo):
        file = space.folder / f"sent.{form}"
        ran = space.run("export chronicle", "--format", form, "--output", str(file))
        assert ran.status == 0, ran.err
        sent.append(file.read_bytes())
    if form == "md":
        assert sent[0] == sent[1]
    if form == "html":
        assert b"<style>\n/* All styles." in sent[0]
        assert sent[0].count(b"<h2") == sent[1].count(b"<h2")


def test_a_site_lays_its_own_files_over_it(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\ntheme: plain\n")
    space.write("themes/plain/templates/tags.html", "<p>{{ 'tags' | t }}{{ 'comma' | t }}</p>")
    space.write("themes/plain/strings/zh-CN.yaml", "tags: 话题\n")
    space.write("themes/plain/css/95-own.css", "body { color: green }")
    space.write("themes/plain/assets/logo.png", PNG)
    space.entry("a", tags="[走访]")
    space.build()
    assert space.page("tags/") == "<p>话题、</p>"
    assert space.page("assets/style.css").startswith("/* All styles.")
    assert space.page("assets/style.css").endswith("}\n}\nbody { color: green }\n")
    assert [path for path in space.tree() if path.startswith("assets/")] == ["assets/logo.png", "assets/style.css"]


def test_it_speaks_english_too(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: Diary\nlanguage: en\ntheme: plain\n")
    space.entry("a", authors="[One, Two]", title="A visit")
    space.build()
    assert '<p class="byline">Written by One, Two</p>' in space.page("2020/03/05/a/")
    assert '<a href="#_menu">Sections</a>' in space.page("2020/03/05/a/")


def test_long_lists_are_folded(plain: SiteSpace) -> None:
    """What is sought stands on the first screens of a phone."""
    feeds = re.sub("(?s)<details>.*?</details>", "", plain.page("subscribe/"))
    assert set(re.findall(r'href="([^"]*feed\.xml)"', feeds)) == {"../feed.xml"}
    above = plain.page("chronicle/").partition("<article>")[0]
    assert not re.search('href="#[^"_]', re.sub("(?s)<details>.*?</details>", "", above))
    assert re.search('<nav id="_contents"[^>]*>\n<details>', above)
