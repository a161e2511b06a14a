"""What a writer typed below who signs an official document: it stays there, and nobody signs once more."""

from __future__ import annotations

import pytest

from generator.render.documents.blocks import Block, Paragraph
from generator.render.documents.closing import Closing
from generator.render.documents.runs import plain
from tests.render.documents.test_arrangement import arranged

END = "<p>附件：1.甲表</p><p>2.乙表</p><p>县水利局</p><p>2026年3月12日</p>"
SITE = '<p class="signature">工作组</p><p class="issued">2026年1月5日</p>'


def closed(html: str, title: str = "通知") -> tuple[list[str], Closing]:
    found = arranged(f"<h1>{title}</h1><p>文。</p>{html}{SITE}")
    assert found.closing
    return [*map(said, found.blocks)], found.closing


def said(block: Block) -> str:
    return plain(block.inlines) if isinstance(block, Paragraph) else type(block).__name__


@pytest.mark.parametrize(
    ("below", "rest"),
    {
        "<p>备注：以上数据由各乡镇报送。</p>": ["备注：以上数据由各乡镇报送。"],
        "<p>网址：<a href='https://example.org/'>县政府网站</a></p>": ["网址：县政府网站"],
        "<p>校对：王芳</p><p>审核：李强　编辑：赵明</p>": ["校对：王芳", "审核：李强　编辑：赵明"],
        "<p><img src='a.png' alt='图'></p>": ["图"],
        "<table><tr><td>甲</td></tr></table>": ["Table"],
        "<blockquote><p>甲。乙。</p></blockquote>": ["Quote"],
        "<div class='admonition note'><p class='admonition-title'>注</p><p>甲。</p></div>": ["Note"],
        "<ul><li>甲</li></ul><hr><p>乙</p>": ["Listing", "Rule", "乙"],
        "<hr><p>附件1</p><p>甲表</p><p>甲。</p>": ["附件1", "", "甲表", "", "甲。"],
        "<p>备注：甲</p><p>附件1</p><p>甲表</p><p>甲。</p>": ["备注：甲", "附件1", "", "甲表", "", "甲。"],
    }.items(),
)
def test_what_stands_below_who_signs_stays_there(below: str, rest: list[str]) -> None:
    for foot, copies in (("", []), ("<p>抄送：县委。</p>", ["抄送：县委。"])):
        text, closing = closed(f"{END}{below}{foot}")
        assert text == ["文。"]
        assert [*map(plain, closing.attachments)] == ["甲表", "乙表"]
        assert (plain(closing.signature), plain(closing.date)) == ("县水利局", "2026年3月12日")
        assert [*map(said, closing.annexes)] == rest
        assert [plain(office) for office, _ in closing.copies] == copies


def test_what_stands_at_the_foot_keeps_its_order() -> None:
    for foot, wanted in {
        "<p>2026年3月12日印发</p>": ["|2026年3月12日印发"],
        "<p>抄送：县委。</p><p>共印50份</p>": ["抄送：县委。|", "|共印50份"],
        "<p>抄送：县委。</p><p>（共印50份）</p>": ["抄送：县委。|", "|（共印50份）"],
        "<p>抄送：县委</p><p>县水利局　2026年3月12日印发</p><p>打印：王芳　校对：李强</p>": [
            "抄送：县委。|",
            "县水利局|2026年3月12日印发",
            "打印：王芳　校对：李强|",
        ],
        "<p>报：县委、县人大\n送：各乡镇；发：各科室</p>": ["报：县委、县人大。|", "送：各乡镇。|", "发：各科室。|"],
        "<p>主送：甲局抄送：乙局抄报：丙局</p>": ["主送：甲局。|", "抄送：乙局。|", "抄报：丙局。|"],
        "<p>主送：州档案局。</p><p>主题词：水利　通知</p>": ["主送：州档案局。|", "主题词：水利　通知|"],
    }.items():
        text, closing = closed(f"{END}{foot}")
        assert text == ["文。"]
        assert plain(closing.signature) == "县水利局"
        assert ["|".join(map(plain, copy)) for copy in closing.copies] == wanted
        assert closing.annexes == ()


def test_who_signs_an_annex_stands_at_its_right() -> None:
    signed = "<p>云岭县人民政府水务局</p><p>2024年8月1日</p>"
    for above, roles in (
        ("<p>乙。</p>", ["", "blank", "signed-below", "signed-below"]),
        ("<p>走访</p>", ["", "", ""]),
        ("<p>县财政局：</p><p>乙。</p>", ["addressee", "", "blank", "signed-below", "signed-below"]),
    ):
        _, closing = closed(f"{END}<p>附件1</p><p>甲表</p>{above}{signed}<p>附件2</p><p>乙表</p><p>丙。</p>")
        annexes = [one for one in closing.annexes if isinstance(one, Paragraph)]
        assert [one.role for one in annexes[4:-5]] == roles
        if above == "<p>乙。</p>":
            # The office is in the middle above the day, which ends four characters before the margin.
            assert [one.indents[1] for one in annexes[6:8]] == [2, 4]


def test_the_only_annex_has_no_number() -> None:
    for listed, mark in {"附件：1.甲函": "附件", "附件：甲函": "附件", "": "附件1"}.items():
        text, closing = closed(f"<p>{listed}</p><p>县水利局</p><p>2026年3月12日</p><p>附件1</p><p>甲函</p><p>乙。</p>")
        assert text == ["文。"]
        assert [*map(plain, closing.attachments)] == ["甲函"] * bool(listed)
        assert [*map(said, closing.annexes)] == [mark, "", "甲函", "", "乙。"]


def test_an_office_and_a_day_within_a_text_sign_nothing() -> None:
    office = "<p>县水利局</p><p>2026年3月12日</p>"
    for html in (
        # A text goes on below it.
        f"<p>来函如下。</p>{office}<p>接函后，工作组当日赶到现场。</p>",
        # A heading follows, or is above it; nothing ends above it.
        f"<p>甲。</p>{office}<h2>乙</h2><p>乙。</p>",
        f"<p>甲。</p><h2>乙</h2>{office}<p>照片</p>",
        f"<p>走访了两处</p>{office}<p>照片</p>",
        "<p>甲。</p><p>附表：发放明细</p><p>2026年3月12日</p>",
        # It is no office.
        "<p>甲。</p><p>走访大坪</p><p>2026年3月12日</p><p>照片</p>",
    ):
        assert plain(closed(html, "走访")[1].signature) == "工作组", html
