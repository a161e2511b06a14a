"""``--style gongwen``: texts as secretaries type them, with headings, ends and tables of any kind."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docx import Document

from tests.render.documents.measured import lines
from tests.render.documents.test_official import BOTTOM, LINE
from tests.space import SiteSpace

SITE: Final = """\
-- content/site.yaml --
title: 日志
organization: 某某工作组
counters: {走访: {unit: 次}}
"""


def exported(space: SiteSpace, form: str = "docx", what: str = "entry c") -> Path:
    place = space.folder / f"c.{form}"
    ran = space.run(f"export {what}", "--style", "gongwen", "--force", "--output", str(place))
    assert ran.status == 0, ran.err
    return place


def styled(place: Path) -> list[tuple[str, str]]:
    """The paragraphs of a Word file with the names of their styles."""
    return [(one.style.name or "", one.text) for one in Document(str(place)).paragraphs if one.style and one.text]


def test_a_heading_with_a_colon_is_one_among_others(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    body = "各单位：\n\n一、会议时间：4月1日\n\n二、参会人员：\n\n站长。\n\n三、有关要求\n\n要准时。\n"
    space.entry("c", body, title="会议通知")
    headings = [text for style, text in styled(exported(space)) if style == "Heading 1"]
    assert headings == ["二、参会人员：", "三、有关要求"]


def test_who_signs_an_entry_stands_at_the_right_of_a_chronicle(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    end = "祝大家愉快！\n\n中共清河县委\n清河县人民政府\n2020年3月5日\n"
    space.entry("a", f"同志们：\n\n{end}", title="慰问信", date="2020-03-05")
    space.entry("b", f"同志们：\n\n{end}", title="慰问信", date="2020-03-06", counts="{走访: 3}")
    place = exported(space, what="chronicle")
    signed = [text for style, text in styled(place) if style == "Date"]
    assert signed == [*(("中共清河县委", "清河县人民政府", "2020年3月5日") * 2), "2020年3月6日"]
    assert [text for style, text in styled(place) if style == "Signature"] == ["某某工作组"]
    assert lines(exported(space, "pdf", "chronicle"))


def test_the_foot_is_at_the_foot_of_a_page_of_its_own(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    annex = "附件\n\n办法\n\n" + "\n\n".join(f"第{number}条甲。" for number in range(1, 19))
    copied = "\n\n抄送：县委办公室，县政协办公室。\n\n县水利局办公室　　2020年3月5日印发\n"
    for more in ("", *("\n\n乙。" * number for number in (1, 2, 3))):
        body = f"各乡镇：\n\n甲。\n\n县水利局\n2020年3月5日\n\n{annex}{more}{copied}"
        space.entry("c", body, title="关于印发办法的通知", date="2020-03-05")
        *_, last = lines(exported(space, "pdf"))
        *_, printed, _number = last
        assert printed.text == "县水利局办公室2020年3月5日印发"
        assert abs(BOTTOM - printed.middle - LINE / 2) < 4, more
