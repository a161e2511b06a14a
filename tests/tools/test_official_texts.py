"""``--style gongwen``: texts as secretaries type them, with headings, ends and tables of any kind."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from pypdf import PdfReader

from tests.render.documents.measured import lines, made_by_office
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


def test_typed_chapters_are_headings_and_words_may_count(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    body = "第一章　总则\n\n第一条　甲。\n\n第二章　附则\n\n第二条　乙。\n"
    space.entry("c", body, title="管水办法")
    made = Document(str(exported(space))).paragraphs
    headings = [one for one in made if one.style and one.style.name == "Heading 1"]
    assert [one.text for one in headings] == ["第一章　总则", "第二章　附则"]
    assert all(one.alignment == WD_ALIGN_PARAGRAPH.CENTER for one in headings)
    body = "## 做法\n\n### 一是建基地\n\n甲。\n\n### 二是强龙头\n\n乙。\n"
    space.entry("c", body, title="总结")
    assert [text for style, text in styled(exported(space)) if style == "Heading 2"] == ["一是建基地", "二是强龙头"]


def test_a_post_of_two_lines_begins_where_it_does_in_the_first(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    long = "县交通运输局总工程师、公路事业发展中心主任"
    space.entry("c", f"组成人员如下：\n\n组　长：周正明　县长\n成　员：李向东　{long}\n", title="关于成立小组的通知")
    made = Document(str(exported(space))).paragraphs
    *_, last = [one for one in made if one.style and one.style.name == "Roster"]
    left = last.paragraph_format.left_indent
    # Two characters, four of the label, three of the name and one between.
    assert left is not None
    assert round(left.pt / 15.8) == 10


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
    # Nobody signs again below who signed on the same day.
    space.entry("b", f"同志们：\n\n{end}", title="慰问信", date="2020-03-05")
    found = styled(exported(space, what="chronicle"))
    assert [text for style, text in found if style in ("Date", "Signature")] == signed[:-1]


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


def wide(columns: int, figure: str = "1,234,567.89") -> str:
    """A table of figures with a name in each row."""
    head = "| 单位 |" + "".join(f" {number}月（元） |" for number in range(1, columns))
    row = "| 县农业农村局 |" + f" {figure} |" * (columns - 1)
    return f"{head}\n|{'--|' * columns}\n{row}\n{row}\n"


def test_a_table_that_is_too_wide_for_a_page_stands_on_its_side(tmp_path: Path) -> None:
    """No figure is broken, nothing is smaller than 小五, and who signs it stands below it."""
    space = SiteSpace.of(tmp_path, SITE)
    for columns, is_wide, tables in ((4, False, 1), (7, True, 1), (12, True, 2), (20, True, 3)):
        body = f"县财政局：\n\n支出如下。\n\n表1　支出\n\n{wide(columns)}\n注：按月填写。\n\n县水利局\n2020年3月5日\n"
        space.entry("c", body, title="关于支出的报告", date="2020-03-05")
        document = Document(str(exported(space)))
        assert len(document.tables) == tables
        sections = [one.orientation == WD_ORIENT.LANDSCAPE for one in document.sections]
        assert sections == ([False, True] if is_wide else [False]), columns
        # Each has the number of the page at its foot.
        assert all(b"PAGE" in one.footer.part.blob for one in document.sections)
        cells = [table.cell(1, 1) for table in document.tables]
        sizes = {one.style.font.size for cell in cells for one in cell.paragraphs if one.style}
        assert min(one for one in sizes if one) >= Pt(9)
        assert [table.cell(1, 0).text for table in document.tables] == ["县农业农村局"] * tables
        pages = PdfReader(exported(space, "pdf")).pages
        assert [page.mediabox.width > page.mediabox.height for page in pages] == sections
        last = pages[-1].extract_text()
        assert last.count("1,234,567.89") == 2 * (columns - 1)
        assert last.count("县农业农村局") == 2 * tables
        assert "注：按月填写。" in last.replace(" ", "")
        assert "县水利局" in last


def test_annexes_on_their_sides_stand_between_others(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    annexes = f"附件1\n\n甲表\n\n{wide(8)}\n填表人：王芳　审核人：李强\n\n附件2\n\n说明\n\n按月填写。\n"
    body = f"县财政局：\n\n现报上。\n\n附件：1.甲表\n2.说明\n\n县水利局\n2020年3月5日\n\n{annexes}"
    space.entry("c", body, title="关于支出的报告", date="2020-03-05")
    document = Document(str(exported(space)))
    assert [one.orientation == WD_ORIENT.LANDSCAPE for one in document.sections] == [False, True, False]
    pages = PdfReader(exported(space, "pdf")).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, False]
    assert texts[1].startswith("附件1甲表单位")
    assert texts[1].endswith("填表人：王芳审核人：李强—2—")
    assert texts[2].startswith("附件2说明")


def test_high_rows_leave_no_page_empty(tmp_path: Path) -> None:
    """A row of more than a third of a page is on two of them, or follows the text above the table."""
    space = SiteSpace.of(tmp_path, SITE)
    duty = "加强统筹协调，形成工作合力，各部门按照职责分工密切配合。"
    for first, second in ((14, 18), (22, 12), (30, 40)):
        rows = f"| 产业 | {duty * first} | 县农业农村局 |\n| 民生 | {duty * second} | 县民政局 |\n"
        body = f"各乡镇：\n\n任务分工如下。\n\n| 任务 | 内容 | 单位 |\n|--|--|--|\n{rows}\n\n县水利局\n2020年3月5日\n"
        space.entry("c", body, title="关于任务分工的通知", date="2020-03-05")
        if second < 40:
            begun, *_ = lines(exported(space, "pdf"))
            assert len(begun) > 10, (first, second)
        begun, *_, last = lines(made_by_office(exported(space).read_bytes(), tmp_path))
        assert len(begun) > 10, (first, second)
        assert len(last) > 3


def test_who_printed_a_notice_is_at_its_foot_above_an_annex_too(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    signed = "现印发细则。\n\n县水利局\n2020年3月5日\n\n抄送：县委办公室。\n\n县水利局办公室　　2020年3月5日印发\n\n"
    space.entry(
        "c",
        f"{signed}附件\n\n实施细则\n\n第一条　甲。\n\n第二条　乙。\n",
        title="关于印发细则的通知",
        date="2020-03-05",
    )
    found = styled(exported(space))
    assert ("Annex", "附件") in found
    assert ("Title", "实施细则") in found
    assert [text for style, text in found if style == "Signature"] == ["县水利局"]
    (table,) = Document(str(space.folder / "c.docx")).tables
    printed = table.rows[-1].cells[0].text
    assert printed == "县水利局办公室\t2020年3月5日印发"


def test_an_item_of_a_text_signs_nothing(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    body = (
        "一、报送内容\n甲。\n二、报送方式\n由专人送县水利局办公室。\n\n县文化和旅游局\n2020年3月5日\n（联系人：张三）\n"
    )
    space.entry("c", body, title="通知", date="2020-03-05")
    found = styled(exported(space))
    assert [text for style, text in found if style == "Signature"] == ["县文化和旅游局"]
    assert ("Heading 1", "二、报送方式") in found


def test_a_letter_typed_without_empty_lines_has_its_parts_in_their_places(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    text = "县财政局、县水利局：\n请支持。\n一、修路。\n二、架桥。\n请函复。\n特此函达。\n附件：日程\n"
    signed = "县文化和旅游局\n县农业农村局\n2020年3月5日\n（联系人：张三）\n"
    space.entry("c", f"{text}{signed}\n附件\n\n日程\n\n上午。\n", title="关于商请支持的函", date="2020-03-05")
    found = styled(exported(space))
    assert ("Body Text", "县财政局、县水利局：") in found
    assert ("Attachment", "附件：日程") in found
    assert [text for style, text in found if style in ("Signature", "Date")] == signed.split("\n")[:3]
    assert ("Annex", "附件") in found


def test_the_head_of_a_bulletin_stands_below_its_title(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    head = "某县“三夏”工作简报\n第5期\n县“三夏”生产指挥部办公室　　2020年3月5日\n"
    foot = "报：县委。\n发：各乡镇。\n（共印80份）\n"
    space.entry("c", f"{head}\n昨天收割了小麦。\n\n{foot}", title="县里调研生产", date="2020-03-05")
    found = styled(exported(space))
    assert [text for style, text in found if style == "Subtitle"] == head.splitlines()
    assert not [text for style, text in found if style == "Signature"]
    (table,) = Document(str(space.folder / "c.docx")).tables
    assert "（共印80份）" in table.rows[-1].cells[0].text


def test_spaces_before_a_text_hide_no_signature(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    signed = "            石桥镇人民政府\n            2020年3月5日\n"
    body = f"县水利局：\n\n    房屋归镇政府所有。\n\n    特此说明。\n\n{signed}"
    space.entry("c", body, title="关于房屋的说明", date="2020-03-05")
    found = styled(exported(space))
    assert ("Body Text First Indent", "房屋归镇政府所有。") in found
    assert [text for style, text in found if style in ("Signature", "Date")] == ["石桥镇人民政府", "2020年3月5日"]
    assert "房屋归镇政府所有" in "".join(PdfReader(exported(space, "pdf")).pages[0].extract_text().split())
    # What is code stays that.
    space.entry("c", "县水利局：\n\n    值 = 读取(文件);\n", title="关于程序的说明", date="2020-03-05")
    assert ("HTML Preformatted", "值 = 读取(文件);") in styled(exported(space))


def test_headings_of_one_series_have_one_font(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    body = "一、目标任务。到2027年建成。\n\n二、重点工作。\n\n（一）修路。\n\n三、保障措施。\n\n要落实。\n"
    space.entry("c", body, title="意见")
    place = exported(space)
    assert [text for style, text in styled(place) if style == "Heading 1"] == ["二、重点工作。", "三、保障措施。"]
    assert ("RunIn1", "一、目标任务。") in run_in(place)
    body = "一、时间：3月。\n\n二、路段：大桥。\n\n三、请过往车辆遵守，服从指挥。违反的，处理。\n\n四、本通告施行。\n"
    space.entry("c", body, title="通告")
    assert [text for _, text in run_in(exported(space))] == ["一、时间：", "二、路段："]


def run_in(place: Path) -> list[tuple[str, str]]:
    """The words at the beginnings of paragraphs that are set as headings, with the names of their styles."""
    runs = (run for one in Document(str(place)).paragraphs for run in one.runs)
    return [(run.style.style_id, run.text) for run in runs if run.style and run.style.style_id.startswith("RunIn")]


def test_decimals_number_headings(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    body = "1 总则\n\n1.1 编制目的\n\n防灾。\n\n1.2 范围\n\n全县。\n\n2 附则\n\n施行。\n"
    space.entry("c", body, title="应急预案")
    found = styled(exported(space))
    headings = [one for one in found if one[0].startswith("Heading")]
    assert headings == [
        ("Heading 1", "1 总则"),
        ("Heading 2", "1.1 编制目的"),
        ("Heading 2", "1.2 范围"),
        ("Heading 1", "2 附则"),
    ]
    # What is not counted on is none.
    space.entry("c", "1 总则\n\n1.2 范围\n\n全县。\n\n3 座水库\n\n好。\n", title="应急预案")
    assert not [one for one in styled(exported(space)) if one[0].startswith("Heading")]


def test_a_place_with_a_numeral_is_one_to_whom_a_text_goes(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    for line, style in {"三里镇人民政府：": "Body Text", "三个乡镇的做法：": "Body Text First Indent"}.items():
        space.entry("c", f"{line}\n\n同意设立。\n", title="关于设立的批复")
        assert (style, line) in styled(exported(space))


def test_lists_of_names_of_two_kinds_have_columns_of_their_own(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    posts = "费文渊　县第一中学\n欧阳月明　石桥镇九年一贯制寄宿学校\n郁　青　县第二中学\n"
    names = "费文渊　上官云　於春水　欧阳月明　祁　红\n麻长风　闻人静　皮子洲　郁　青　邴如海\n"
    space.entry("c", f"名单如下：\n\n{posts}\n{names}", title="关于名单的通知")
    rows = [text for style, text in styled(exported(space)) if style == "Roster"]
    assert rows[3:] == ["费文渊　上官云　於春水　欧阳月明　祁　红", "麻长风　闻人静　皮子洲　郁　青　　邴如海"]


def test_those_without_names_stand_in_the_list_of_members(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    members = "成　员：瞿明远　县水利局局长\n　　　　褚怀瑾　县财政局局长\n　　　　各乡镇乡镇长\n"
    space.entry("c", f"名单如下：\n\n{members}\n办公室设在县水利局。\n", title="关于成立小组的通知")
    assert ("Roster", "各乡镇乡镇长") in styled(exported(space))
