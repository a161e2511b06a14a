"""What links, pictures, aliases and roles lead to, and the messages for those that lead nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.space import PNG, SiteSpace

Site = Callable[[str], SiteSpace]


def test_pictures_and_attachments_are_published_if_a_text_names_them(site: Site) -> None:
    space = site("")
    space.write("content/entries/会/图 1.png", PNG)
    space.write("content/entries/会/表#2.pdf", b"pdf")
    space.write("content/entries/会/unused.jpg", b"x")
    space.write("content/entries/会/draft.png", PNG)
    space.entry("会/index", title="会", body='![图](<图 1.png> "图为")\n\n[表](表%232.pdf)\n', cover="图 1.png")
    space.entry("会/b", title="草", body="![图](draft.png)\n", status="draft")
    space.build()
    files = {path for path in space.tree() if path.startswith(("files/", "pictures/"))}
    assert files == {
        "files/entries/会/表#2.pdf",
        "pictures/entries/会/图 1.png/1.png",
        "pictures/entries/会/图 1.png/1.webp",
    }
    page = space.page("2020/03/05/会/")
    assert 'src="../../../../pictures/entries/会/图%201.png/1.png" alt="图" width="1" height="1"' in page
    assert 'href="../../../../files/entries/会/表%232.pdf"' in page


def test_links_between_files_become_links_between_pages(site: Site) -> None:
    space = site(
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n见[日志](../entries/a.md)。\n"
        "-- content/pages/about.md --\n---\ntitle: 关于\n---\n[对象](../targets/taihe.md)\n"
    )
    space.entry(
        "a", body="## 下午\n\n[对象](../targets/taihe.md)，[关于](../pages/about.md)，[自己](#下午)，[站内](/tags/)。\n"
    )
    space.entry("x/b", body="[甲的下午](../a.md#下午)，{target}`taihe`，{target}`厂里 <taihe>`\n")
    space.build()
    page = space.page("2020/03/05/a/")
    assert '<a href="../../../../targets/taihe/">对象</a>' in page
    assert '<a href="#%E4%B8%8B%E5%8D%88">自己</a>' in page or '<a href="#下午">自己</a>' in page
    assert '<a href="../../../../tags/">站内</a>' in page
    other = space.page("2020/03/05/b/")
    assert '<a href="../../../../2020/03/05/a/#下午">甲的下午</a>' in other
    assert '<a href="../../../../targets/taihe/">泰和新材</a>' in other
    assert '<a href="../../../../targets/taihe/">厂里</a>' in other


def test_metadata_of_pictures_is_not_published(site: Site) -> None:
    space = site("")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "拍摄于某家门口".encode().hex()
    exif[0x0112] = 6
    made = BytesIO()
    Image.new("RGB", (40, 20), "red").save(made, "JPEG", exif=exif, comment=b"planted")
    space.write("content/entries/a.jpg", made.getvalue() + b"planted")
    space.entry("a", body="![图](a.jpg)\n\n[大图](a.jpg)\n")
    space.write("content/site.yaml", "title: 日志\nassets: {originals: true}\n")
    space.build()
    published = space.tree()["files/entries/a.jpg"]
    assert b"planted" not in published
    assert dict(Image.open(BytesIO(published)).getexif()) == {0x0112: 6}
    assert 'width="20" height="40"' in space.page("2020/03/05/a/")
    assert '<a href="../../../../files/entries/a.jpg">大图</a>' in space.page("2020/03/05/a/")


def test_a_pictures_format_must_match_its_name(site: Site) -> None:
    space = site("")
    space.write("content/entries/a.jpg", PNG)
    space.write("content/entries/b.png", b"<script>alert(1)</script>")
    space.entry("a", body="![图](a.jpg)\n\n[图](b.png)\n")
    assert space.fails().problems == [
        'content/entries/a.md:5:1: the picture is of another kind than ".jpg" says',
        "content/entries/a.md:7:1: the file is no picture that can be read",
    ]


def test_links_within_an_entry_are_absolute_in_feeds(site: Site) -> None:
    space = site("")
    space.entry("a", body="## 节\n\n见[上](#节)[^1]。\n\n[^1]: 注\n")
    space.build()
    (item,) = json.loads(space.page("feed.json"))["items"]
    links = re.findall('href="(.*?)"', item["content_html"])
    assert links == [
        "https://example.org/2020/03/05/a/#%E8%8A%82",
        "https://example.org/2020/03/05/a/#fn-1",
        "https://example.org/2020/03/05/a/#fnref-1",
    ]
    assert 'href="#节"' in space.page("2020/03/05/a/")


def test_references_to_faulty_files_are_no_further_problem(site: Site) -> None:
    space = site("-- content/targets/t.md --\n---\nname: T\n---\n")
    space.entry("a", body="{target}`t`、[它](../targets/t.md)、[b](b.md)\n", targets="[t]")
    space.entry("b", date="2020-13-01")
    assert space.fails().problems == [
        'content/entries/b.md:3:7: date "2020-13-01" is not a day',
        "content/targets/t.md:2:1: kind is missing",
    ]


def test_files_and_links_of_policies_are_checked(site: Site) -> None:
    space = site("-- content/policies/p.md --\n---\ntitle: 政策\nfiles: [nope.pdf]\n---\n[x](nope.md)\n")
    space.entry("a")
    assert space.fails().problems == [
        "content/policies/p.md:3:9: there is no file content/policies/nope.pdf",
        "content/policies/p.md:5:1: there is no file content/policies/nope.md",
    ]


def test_all_problems_are_reported_in_one_run_with_links_within_the_site(site: Site) -> None:
    space = site("")
    space.write(
        "content/site.yaml", "title: 日志\nmenu: [{title: 甲, link: /gone/}, {title: 乙, link: /tags/%E8%B5%B0/#x}]\n"
    )
    space.entry("a", body="[x](/nowhere/)\n", tags="[走]")
    space.entry("b", date="2020-02-30")
    assert space.fails().problems == [
        "content/entries/a.md:6:1: the link to /nowhere/ leads nowhere",
        'content/entries/b.md:3:7: date "2020-02-30" is not a day',
        "content/site.yaml:2:25: the link to /gone/ leads nowhere",
    ]


@pytest.mark.parametrize(
    "alias",
    [
        "/./about/", "/about//", "/.rizhi/x.html", "/con/", "/a:b/", "/" + "长" * 100 + "/", "/assets/style.css",
        "/../x", "x", "//x", "/", "/a?b", "/data/entries.json",
    ],
)  # fmt: skip
def test_invalid_aliases(site: Site, alias: str) -> None:
    space = site("-- content/pages/about.md --\n---\ntitle: 关于\n---\n")
    space.entry("a", aliases=f"['{alias}']")
    (problem,) = space.fails().problems
    assert problem.startswith("content/entries/a.md:4:11: ")


def test_an_alias_copied_from_a_browser_is_decoded(site: Site) -> None:
    space = site("")
    space.entry("a", aliases="[/%E6%97%A7/]")
    space.build()
    assert "旧/index.html" in space.tree()


@pytest.mark.parametrize("tag", ["★", "con", "……"])
def test_invalid_tags(site: Site, tag: str) -> None:
    space = site("")
    space.entry("a", tags=f"[{tag}]")
    assert space.fails().problems == [f'content/entries/a.md:4:8: no address can be made of the tag "{tag}"']


def test_the_text_is_checked_even_if_the_front_matter_is_faulty(site: Site) -> None:
    space = site("")
    space.entry("a", body="{nothing}`x`，[x](nowhere.md)，{target}`nobody`\n", date="2020-02-30")
    assert space.fails().problems == [
        'content/entries/a.md:3:7: date "2020-02-30" is not a day',
        'content/entries/a.md:5:1: there is no role "nothing"',
        "content/entries/a.md:5:14: there is no file content/entries/nowhere.md",
        'content/entries/a.md:5:30: there is no target "nobody"',
    ]
