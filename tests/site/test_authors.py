"""Authors: those whom entries call by their ids, and who may be named, have pages of what they wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.space import SiteSpace

Site = Callable[[str], SiteSpace]

PEOPLE = """people:
  - {id: leader, name: 欧阳明德, role: official, title: 组长, aliases: [老欧阳]}
  - {id: Li Qiang, name: 司徒静远, role: representative}
  - {id: hidden, name: 钱多福, role: private, pseudonym: 一户村民}
  - {id: idle, name: 慕容长风, role: official}
"""


@pytest.fixture
def space(site: Site) -> SiteSpace:
    """Three entries by two registered persons and by a name that nobody registered."""
    made = site("")
    made.write("content/people.yaml", PEOPLE)
    made.entry("a", title="对接", authors="[leader, 联络组]")
    made.entry("b", title="走访", date="2020-03-07/08", authors="[Li Qiang]")
    made.entry("c", title="座谈", date="2020-03-09", authors="[leader]")
    return made


def test_bylines_lead_to_what_an_author_wrote(space: SiteSpace) -> None:
    for theme in ("default", "plain"):
        space.write("content/site.yaml", f"title: 日志\nbase_url: https://example.org/\ntheme: {theme}\n")
        space.build()
        byline = '记录 <a href="../../../../authors/leader/">组长欧阳明德</a>、联络组'
        assert byline in space.page("2020/03/05/a/"), theme
        assert '<a href="../authors/leader/">组长欧阳明德</a>、联络组' in space.page("chronicle/"), theme
        page = space.page("authors/leader/")
        assert "<h1>组长欧阳明德</h1>" in page, theme
        assert re.findall(r'href="../../(2020/\d+/\d+/./)"', page) == ["2020/03/09/c/", "2020/03/05/a/"], theme
        shown = re.sub("<[^>]*>", "", space.page("authors/"))
        assert "组长欧阳明德 2篇日志&nbsp;· 最近 2020年3月9日" in shown, theme
        assert "司徒静远 1篇日志&nbsp;· 最近 2020年3月8日" in shown, theme
        assert "慕容长风" not in shown, theme
        assert '<a href="../authors/leader/feed.xml" type="application/atom+xml">组长' in space.page("subscribe/"), (
            theme
        )
    assert {path.split("/")[1] for path in space.tree() if path.startswith("authors/")} == {
        "index.html",
        "leader",
        "li-qiang",
    }
    feed = space.page("authors/leader/feed.xml")
    assert feed.count("<entry>") == 2
    assert "<author><name>组长欧阳明德</name></author><author><name>联络组</name></author>" in re.sub(
        r"\s*\n\s*", "", feed
    )
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', space.page("2020/03/05/a/"))
    assert data is None  # The plain theme has none.
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\nper_page: 1\n")
    space.build()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', space.page("2020/03/05/a/"))
    assert data
    text = json.dumps(json.loads(data[1]), ensure_ascii=False)
    assert '{"@type": "Person", "@id": "https://example.org/authors/leader/", "name": "组长欧阳明德"}' in text
    assert '{"name": "联络组"}' in text
    assert "对接" in space.page("authors/leader/page/2/")
    texts = [path for path in space.tree() if re.match(r"search/.*0-authors", path)]
    assert texts, sorted(path for path in space.tree() if path.startswith("search/"))
    # Other names are never published.
    assert not [path for path, body in space.tree().items() if "老欧阳".encode() in body]


def test_nobody_private_is_an_author(space: SiteSpace) -> None:
    space.entry("d", authors="[联络组, hidden]")
    ran = space.fails()
    assert 'content/entries/d.md:4:16: "hidden" is a private person, who is never named as author' in ran.err
    assert "钱多福" not in ran.err
    space.entry("d", authors="[一户村民]")
    space.build()
    assert "记录 一户村民" in space.page("2020/03/05/d/")
    assert not [path for path in space.tree() if "hidden" in path]
    # Who becomes private loses the page.
    assert "authors/leader/index.html" in space.tree()
    space.write("content/people.yaml", PEOPLE.replace("role: official, title: 组长", "role: private"))
    assert '"leader" is a private person' in space.fails().err
    space.entry("a")
    space.entry("c", date="2020-03-09")
    space.build()
    assert [path for path in space.tree() if path.startswith("authors/")] == [
        "authors/index.html",
        "authors/li-qiang/feed.xml",
        "authors/li-qiang/index.html",
    ]
    assert not [path for path, body in space.tree().items() if "欧阳".encode() in body]


def test_addresses_that_collide_are_told(space: SiteSpace) -> None:
    space.write("content/people.yaml", PEOPLE.replace("id: idle", "id: li-qiang"))
    space.entry("e", authors="[li-qiang]")
    ran = space.fails()
    assert "would have the address /authors/li-qiang/: this and content/entries/" in ran.err
    assert "give one of the two another id" in ran.err
    assert "司徒静远" not in ran.err
    space.entry("e")
    space.write("content/pages/authors.md", "---\ntitle: 我们\n---\n")
    assert (
        "content/pages/authors.md: /authors/ is the address of a page that the site makes itself" in space.fails().err
    )


def test_a_site_without_such_authors_has_no_such_pages(site: Site) -> None:
    made = site("")
    made.write("content/people.yaml", "people: [{id: '…', name: 慕容长风, role: official}]\n")
    made.entry("a", authors="[联络组, 慕容长风]")
    made.entry("b", authors="['…']")
    made.build()
    assert "记录 联络组、慕容长风" in made.page("2020/03/05/a/")
    assert "记录 慕容长风" in made.page("2020/03/05/b/")
    assert not (made.folder / "output/authors").exists()
