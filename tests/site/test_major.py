"""Major events: marked where they are listed, listed alone at ``/major/``, and exported as a list of lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.space import SiteSpace

Site = Callable[[str], SiteSpace]


def events(page: str) -> list[str]:
    """The lines of a list of major events."""
    found = re.search(r'<ol class="[^"]*events" role="list">\n(.*?)</ol>', page, re.DOTALL)
    return [re.sub("<[^>]*>", "", line) for line in found[1].splitlines()] if found else []


def test_major_entries_are_marked_and_listed_by_year(site: Site) -> None:
    space = site("")
    space.entry("a", title="对接", date="2020-12-30/2021-01-02", major="是", headline="工作组到达，与市里对接")
    space.entry("b", title="走访", date="2021-01-03", place="村里")
    space.entry("c", title="开工", date="2021-01-05", major="true")
    for theme in ("default", "plain"):
        space.write("content/site.yaml", f"title: 日志\ntheme: {theme}\n")
        space.build()
        page = space.page("major/")
        assert re.findall("<h2[^>]*>(.*?)</h2>", page) == ["2020年", "2021年"], theme
        assert page.index("2020年</h2>") < page.index("工作组到达") < page.index("2021年</h2>") < page.index(">开工<")
        assert events(page) == ["2020年12月30日—2021年1月2日 工作组到达，与市里对接"], theme
        home = space.page("")
        # The newest comes first there, with its year.
        assert events(home)[0] == "2021年1月5日 开工", theme
        assert home.count("大事</span>") == 2, theme
        assert '<a href="./major/">大事记</a>' in home, theme
        assert "大事</a>" in space.page("2021/01/05/c/"), theme
        assert "大事</a>" not in space.page("2021/01/03/b/"), theme
        chronicle = space.page("chronicle/")
        assert "只看大事记" in chronicle, theme
        assert len(re.findall(r'<p class="chapter-facts"[^>]*>\s*大事', chronicle)) == 2, theme
    record = json.loads(space.page("data/entries.json"))
    assert [(one.get("major"), one.get("headline")) for one in record] == [
        (True, "工作组到达，与市里对接"),
        (None, None),
        (True, None),
    ]


def test_a_site_without_any_has_no_such_list(site: Site) -> None:
    space = site("")
    space.entry("a", major="否")
    space.entry("b", major="true", headline="不再算数的一句话", withdrawn="{date: 2020-03-09, reason: 有误}")
    space.build()
    assert not (space.folder / "output/major").exists()
    assert "大事" not in space.page("") + space.page("chronicle/")
    assert not [path for path, body in space.tree().items() if "不再算数".encode() in body]


def test_a_sentence_that_is_not_shown_is_told(site: Site) -> None:
    space = site("")
    path = space.entry("a", headline="到达")
    ran = space.build()
    assert ran.problems[0].startswith("content/entries/a.md:4:"), ran.err
    assert "hint: write major: true too, or delete the line headline:" in ran.err
    # It is told again when nothing but the text has changed.
    path.write_text(path.read_text(encoding="utf-8") + "\n另一段。\n", encoding="utf-8")
    assert space.build().problems == ran.problems
    path.write_text(path.read_text(encoding="utf-8").replace("headline", "major: true\nheadline"), encoding="utf-8")
    assert space.build().err == ""


def test_the_list_is_exported_a_line_each(site: Site, tmp_path: Path) -> None:
    space = site("")
    space.entry("a", title="对接", headline="工作组到达", major="true", body="第一段。\n")
    space.entry("b", title="走访", date="2020-03-07")
    space.entry("c", title="开工", date="2020-03-09", major="true")
    place = tmp_path / "list.md"
    ran = space.run("export chronicle", "--major", "--output", str(place))
    assert ran.status == 0, ran.err
    assert place.read_text(encoding="utf-8") == (
        "# 日志\n\n大事记\n\n2020年3月5日—9日\n\n## 2020年\n\n"
        "3月5日　[工作组到达](https://example.org/2020/03/05/a/)\n\n"
        "3月9日　[开工](https://example.org/2020/03/09/c/)\n"
    )
    for form in ("docx", "html", "pdf"):
        place = tmp_path / f"list.{form}"
        assert space.run("export chronicle", "--major", "--from", "2020-03-06", "--output", str(place)).status == 0
        assert place.stat().st_size > 1000, form
    assert "开工" in (page := (tmp_path / "list.html").read_text(encoding="utf-8"))
    assert "工作组到达" not in page
    ran = space.run("export chronicle", "--major", "--to", "2020-03-04", "--output", str(tmp_path / "none.md"))
    assert ran.status != 0
    assert "no major event is among those" in ran.err
    space.write("content/people.yaml", "people: [{id: w, name: 钱多福, role: private}]\n")
    space.entry("c", title="开工", date="2020-03-09", major="true", headline="钱多福家开工")
    ran = space.run("export chronicle", "--major", "--output", str(tmp_path / "private.md"))
    assert ran.status == 1
    assert "content/entries/c.md:5" in ran.err
    assert not (tmp_path / "private.md").exists()
