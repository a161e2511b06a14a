"""Reports by period as they are read: the order of lists, the levels of texts, columns that say something."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from docx import Document

from tests.space import TARGETS, SiteSpace


@pytest.fixture
def space(site: Callable[[str], SiteSpace]) -> SiteSpace:
    """Three entries, which count something and raise a request."""
    made = site(TARGETS)
    made.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\ncounters:\n  走访: {unit: 次}\n")
    made.entry("a", title="摸底", date="2020-03-05", counts="{走访: 2}")
    requests = "[{id: road, title: 修路, target: taihe, status: raised}]"
    made.entry("b", title="送政策", date="2020-03-10", targets="[taihe]", counts="{走访: 3}", requests=requests)
    made.entry("c", title="开工", date="2020-03-12", targets="[taihe]", requests="[{id: road, status: reported}]")
    return made


def test_where_nothing_was_counted_before_no_column_says_so(space: SiteSpace) -> None:
    for options, cells in ((("--year", "2020"), "5 | 5"), (("--week", "2020-W11"), "3 | 2 | 5")):
        ran = space.run("export report", *options, "--force", "--output", str(space.folder / "x.md"), language="zh")
        assert ran.status == 0, ran.err
        text = (space.folder / "x.md").read_text(encoding="utf-8")
        assert f"| 走访（次） | {cells} |" in text
        assert ("上期" in text) == (len(cells) > 6)
        assert "累计到" in text


def test_open_requests_stand_by_the_days_that_they_are_open(space: SiteSpace) -> None:
    for name, day, steps in (
        ("d", "2020-03-13", "[{id: well, title: 打井, status: raised}, {id: road, status: resolved}]"),
        (
            "e",
            "2020-03-20",
            "[{id: road, status: coordinating, reopened: true}, {id: lamp, title: 路灯, status: raised}]",
        ),
        ("f", "2020-03-25", "[]"),
    ):
        space.entry(name, date=day, requests=steps)
    ran = space.run("export report", "--output", str(space.folder / "x.md"), language="zh")
    assert ran.status == 0, ran.err
    text = (space.folder / "x.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[([^]]*)\].*? \| (\d+) \|", text, re.MULTILINE) == [
        ("打井", "12"), ("修路", "5"), ("路灯", "5"),
    ]  # fmt: skip
    assert "泰和新材 3月20日重新办理 |" in text


def test_levels_of_headings_in_full_texts_are_kept(space: SiteSpace) -> None:
    levels = [(2, "工作情况"), (3, "建立机制"), (4, "日调度"), (5, "报数"), (5, "会商"), (4, "周通报")]
    space.entry("d", date="2020-03-13", body="".join(f"{'#' * level} {text}\n\n文。\n\n" for level, text in levels))
    for form in ("md", "docx"):
        options = ("--style", "gongwen") if form == "docx" else ()
        ran = space.run("export report", "--full", *options, "--output", str(space.folder / f"x.{form}"))
        assert ran.status == 0, ran.err
    text = (space.folder / "x.md").read_text(encoding="utf-8")
    # What has no level left is bold, and not beside what it is within.
    assert re.findall(r"^(?:#{4,}|\*\*).*", text, re.MULTILINE) == [
        *("#### 工作情况", "##### 建立机制", "###### 日调度"), *("**报数**", "**会商**"), "###### 周通报",
    ]  # fmt: skip
    names = {name for _, name in levels}
    paragraphs = [one for one in Document(str(space.folder / "x.docx")).paragraphs if one.text.lstrip("①②") in names]
    assert [(one.style.name if one.style else "", one.text) for one in paragraphs] == [
        ("Heading 3", "工作情况"), ("Heading 4", "建立机制"),
        ("Heading 5", "①日调度"), ("Heading 6", "报数"), ("Heading 6", "会商"), ("Heading 5", "②周通报"),
    ]  # fmt: skip


def test_a_day_of_another_year_leaves_titles_their_room(space: SiteSpace) -> None:
    space.entry("d", date="2021-01-05", requests="[{id: well, title: 打井, status: raised, deadline: 2021-02-01}]")
    ran = space.run("export report", "--style", "gongwen", "--output", str(space.folder / "x.docx"), language="zh")
    assert ran.status == 0, ran.err
    table = Document(str(space.folder / "x.docx")).tables[-2]
    assert [cell.text for cell in table.rows[1].cells][2:] == ["2020年\n3月12日\n已上报", "", "超期"]
    assert [cell.text for cell in table.rows[2].cells][2:] == ["1月5日\n提出", "", "2月1日"]


def test_a_place_that_is_a_target_stands_once_and_days_of_two_months_stand_apart(space: SiteSpace) -> None:
    space.entry("d", title="座谈", date="2020-03-30/04-02", place="泰和新材", targets="[taihe]")
    space.entry("e", title="上门", date="2020-04-03/05", place="县城", targets="[taihe]")
    for asked, told in (
        ("report", ("| 3月30日— 4月2日 |", "| 泰和新材 |", "| 4月3日—5日 |", "| 县城 · 泰和新材 |")),
        ("chronicle", ("3月30日—4月2日", "\n泰和新材\n", "\n县城 · 泰和新材\n")),
    ):
        ran = space.run(f"export {asked}", "--output", str(space.folder / f"{asked}.md"), language="zh")
        assert ran.status == 0, ran.err
        text = (space.folder / f"{asked}.md").read_text(encoding="utf-8").replace("\u00a0", " ")
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
        assert [one for one in told if one not in text] == [], text
        assert "泰和新材 · 泰和新材" not in text
