"""Which pages are planned, and what each of them holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tests.site.shown import headlines
from tests.space import SiteSpace

Site = Callable[[str], SiteSpace]


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
    space.write("content/site.yaml", "title: 日志\ncounters: {日志: {derived: entries}}\n")
    space.entry("a", body="机密的正文。\n", withdrawn="{date: 2020-04-01, reason: 内容有误}", summary="撤回")
    space.entry("b", date="2020-03-06")
    space.build()
    page = space.page("2020/03/05/a/")
    assert "内容有误" in page
    assert "1篇" in space.page("")
    assert "2篇" not in space.page("")
    assert not [path for path, body in space.tree().items() if "机密的正文" in body.decode(errors="ignore")]


def test_a_withdrawn_entry_names_its_successor(site: Site) -> None:
    space = site("")
    withdrawn = "{date: 2020-04-01, reason: 有误, successor: %s}"
    space.entry("a", withdrawn=withdrawn % "b.md")
    space.entry("b", title="重写的一篇")
    space.build()
    assert '请改看：<a href="../../../../2020/03/05/b/">重写的一篇</a>' in space.page("2020/03/05/a/")
    space.entry("b", title="又改了题目")
    space.build()
    assert '<a href="../../../../2020/03/05/b/">又改了题目</a>' in space.page("2020/03/05/a/")
    assert '请改看：<a href="../2020/03/05/b/">又改了题目</a>' in space.page("corrections/")
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
