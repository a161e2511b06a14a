"""``--style gongwen``: what is signed, attached and left out, and the fonts that are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from docx import Document
from docx.shared import Pt
from pypdf import PdfReader

from tests.space import SiteSpace

SITE: Final = """\
-- content/site.yaml --
title: 日志
organization: 某某工作组
-- content/entries/a.md --
---
title: 甲
date: 2020-03-05/07
---
见[附件1：名单](名单.csv)和[又一次](名单.csv)。
-- content/entries/名单.csv --
单位
-- content/entries/b.md --
---
title: 乙
date: 2020-03-20
---
乙的正文。
"""


def test_an_attachment_loses_its_number_and_no_more(tmp_path: Path) -> None:
    names = {
        "附件1：名单": "名单",
        "附件二、表": "表",
        "附件 3 十里村图": "十里村图",
        "附件：清单": "清单",
        "附件4-账": "账",
        "附件十里村走访表": "附件十里村走访表",
        "附件 十里村房屋": "十里村房屋",
        "附件一百户名册": "附件一百户名册",
        "附件2020年计划": "附件2020年计划",
        "附件1.5公里管网": "附件1.5公里管网",
        "附件5": "附件5",
        "另附件1：甲": "另附件1：甲",
    }
    space = SiteSpace.of(tmp_path, SITE)
    for number in range(len(names)):
        space.write(f"content/entries/{number}.csv", "单位")
    space.entry("a", title="甲", body="见" + "、".join(f"[{name}]({number}.csv)" for number, name in enumerate(names)))
    exported(space, "docx")
    listed = [one.text for one in Document(str(tmp_path / "x.docx")).paragraphs if "\t" in one.text]
    assert [one.partition("\t")[2] for one in listed] == list(names.values())


def exported(space: SiteSpace, form: str, *options: str) -> str:
    ran = space.run("export chronicle", "--style", "gongwen", "--output", str(space.folder / f"x.{form}"), *options)
    assert ran.status == 0, ran.err
    return ran.out


def test_the_command_signs_the_document_and_tells_its_fonts(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    assert "names the fonts 方正小标宋简体、仿宋_GB2312、黑体、楷体_GB2312、宋体;" in exported(space, "docx")
    document = Document(str(tmp_path / "x.docx"))
    assert [one.text for one in document.paragraphs][-5:] == ["", "附件：名单", "", "某某工作组", "2020年3月20日"]
    # The office that signs it does not stand below the title, too, and the signs of the page are none of a document.
    assert not [one.text for one in document.paragraphs if "·" in one.text]
    assert [one.text for one in document.paragraphs if "某某工作组" in one.text] == ["某某工作组"]
    told = exported(space, "pdf")
    assert re.search(r"Fonts of the PDF: 小标宋 .+; 仿宋 .+; 黑体 .+; 楷体 .+; 宋体 .+\.", told)
    shown = "".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert re.sub(r"\s", "", shown).endswith("附件：名单某某工作组2020年3月20日—1—")
    for asked in ("export report --year 2020", "export entry content/entries/a.md"):
        ran = space.run(asked, "--style", "gongwen", "--output", f"{tmp_path}/y.md", "--force")
        assert ran.status == 2
        assert "the official form is one of Word files and PDF, not of .md" in ran.err
        ran = space.run(asked, "--style", "gongwen", "--output", f"{tmp_path}/y.docx", "--force")
        assert "names the fonts 方正小标宋简体" in ran.out
        document = Document(f"{tmp_path}/y.docx")
        assert document.paragraphs[-2].text == "某某工作组"
        assert document.styles["Title"].font.size == Pt(22)


def test_an_entry_has_the_headings_that_its_writer_typed(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", "开头。\n\n一、总体情况\n\n文。\n\n二、下一步打算\n\n- 文\n", title="甲")
    ran = space.run("export entry a", "--style", "gongwen", "--output", str(tmp_path / "a.docx"))
    assert ran.status == 0, ran.err
    made = Document(str(tmp_path / "a.docx"))
    assert [(one.style and one.style.name, one.text) for one in made.paragraphs if "、" in one.text] == [
        ("Heading 1", "一、总体情况"),
        ("Heading 1", "二、下一步打算"),
    ]


def test_an_entry_as_official_document_has_no_record(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    space.entry("c", title="丙", date="2020-04-01", tags="[调研]", requests="[{id: r, title: 修路, status: raised}]")
    for style, has in (((), True), (("--style", "gongwen"), False)):
        place = str(tmp_path / "c.docx")
        ran = space.run("export entry content/entries/c.md", "--force", "--output", place, *style)
        assert ran.status == 0, ran.err
        said = [one.text for one in Document(place).paragraphs if one.text]
        assert [any(word in one for one in said) for word in ("调研", "修路")] == [has, has], said
    assert said == ["丙", "正文。", "某某工作组", "2020年4月1日"]


def test_an_english_document_has_the_form_without_chinese_numbers(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE.replace("title: 日志", "title: Diary\nlanguage: en"))
    space.entry("c", title="C", date="2020-04-01", body="## One\n\nText.\n\n## Two\n\nSee [list](名单.csv).\n")
    exported(space, "docx")
    said = [one.text for one in Document(str(tmp_path / "x.docx")).paragraphs if one.text]
    assert [one for one in said if one in ("One", "Two")] == ["One", "Two"]
    assert said[-3:] == ["Annex: 名单", "某某工作组", "1 April 2020"]
    exported(space, "pdf")


def test_what_a_writer_typed_at_the_end_stands_where_the_form_has_it(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    space.write("content/entries/图.csv", "单位")
    for typed in ("1. [名单](名单.csv)\n\n2. [施工图](图.csv)", "1.[名单](名单.csv)\n　　　2.[施工图](图.csv)"):
        body = f"县委：\n\n文。\n\n以上请审阅。\n\n附件：{typed}\n\n（联系人：办公室，电话：见通讯录）\n"
        corrected = "[{date: 2020-04-02, note: 是三人}]"
        space.entry("c", body, title="请示", date="2020-04-01", corrections=corrected)
        for form in ("docx", "pdf"):
            ran = space.run("export entry c", "--style", "gongwen", "--force", "--output", str(tmp_path / f"c.{form}"))
            assert ran.status == 0, ran.err
        made = Document(str(tmp_path / "c.docx"))
        assert [re.sub(r"\s", "", one.text) for one in made.paragraphs] == [
            *("请示", "", "县委：", "文。", "以上请审阅。", "", "附件：1.名单", "2.施工图", ""),
            *("某某工作组", "2020年4月1日", "（联系人：办公室，电话：见通讯录）", "（更正：2020年4月2日是三人）"),
        ]
        # All of it is on the page of the text's last line.
        kept = [one.text for one in made.paragraphs if one.paragraph_format.keep_with_next and one.text]
        assert [re.sub(r"\s", "", one) for one in kept] == [
            *("以上请审阅。", "附件：1.名单", "2.施工图", "2020年4月1日", "（联系人：办公室，电话：见通讯录）"),
        ]
        shown = "".join(page.extract_text() for page in PdfReader(tmp_path / "c.pdf").pages)
        assert re.sub(r"\s", "", shown) == (
            "请示县委：文。以上请审阅。附件：1.名单2.施工图某某工作组2020年4月1日"
            "（联系人：办公室，电话：见通讯录）（更正：2020年4月2日是三人）—1—"
        )


def test_two_offices_sign_on_a_line_each(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    for signed in (
        "中共清河县委\n清河县人民政府\n2025年11月3日",
        "中共清河县委\n清河县人民政府\n\n2025年11月3日",
        "中共清河县委\\\n清河县人民政府\\\n2025年11月3日",
    ):
        space.entry("c", f"各乡镇：\n\n文。\n\n{signed}\n", title="决定", date="2025-11-03")
        for form in ("docx", "pdf"):
            ran = space.run("export entry c", "--style", "gongwen", "--force", "--output", str(tmp_path / f"c.{form}"))
            assert ran.status == 0, ran.err
        said = [one.text for one in Document(str(tmp_path / "c.docx")).paragraphs if one.text]
        assert said[-3:] == ["中共清河县委", "清河县人民政府", "2025年11月3日"]
        shown = PdfReader(tmp_path / "c.pdf").pages[0].extract_text().replace(" ", "").split()
        assert shown[-4:-1] == said[-3:]


NOTICE: Final = "各乡镇：\n\n现印发给你们。\n\n县水利局\n2025年11月3日\n\n"


def test_no_office_signs_that_did_not(tmp_path: Path) -> None:
    """What a notice issues, places for several seals or days, authors that are offices; the command says who signs."""
    space = SiteSpace.of(tmp_path, SITE)
    seals = "甲方（盖章）：　　　　乙方（盖章）：\n\n2025年11月3日　　　　　2025年11月3日\n"
    issued = "管水细则\n\n第一条　甲。\n\n第二条　乙。\n"
    days = "县水利局　　　　　县林业局\n\n2025年11月3日　　　　　2025年11月3日\n"
    for title, body, authors, signs, told in (
        (
            "关于印发细则的通知",
            f"{NOTICE}{issued}",
            "[]",
            ["县水利局"],
            "as the text says",
        ),
        ("关于管水的通知", f"{NOTICE}管水要求有三条。\n\n第一条是甲。\n\n", "[]", [], "has its own"),
        ("合作协议", f"甲。\n\n{seals}", "[]", [], "has its own"),
        ("关于检查的通知", f"各乡镇：\n\n甲。\n\n{days}", "[]", [], "has its own"),
        ("工作方案", "甲。\n", "[县水利局, 县林业局]", ["县水利局", "县林业局"], "the authors"),
        ("工作方案", "甲。\n", "[王芳]", ["某某工作组"], "site's office"),
    ):
        space.entry("c", body, title=title, date="2025-11-03", authors=authors)
        ran = space.run("export entry c", "--style", "gongwen", "--force", "--output", str(tmp_path / "c.docx"))
        assert told in ran.out, (title, ran.out, ran.err)
        made = Document(str(tmp_path / "c.docx")).paragraphs
        assert [one.text for one in made if one.style and one.style.name == "Signature"] == signs, title
        assert ("某某工作组" in "".join(one.text for one in made)) is (signs == ["某某工作组"])
    # Who signs side by side stands in columns of the same width.
    space.entry("c", f"甲。\n\n{days}", title="关于检查的通知", date="2025-11-03")
    ran = space.run("export entry c", "--style", "gongwen", "--force", "--output", str(tmp_path / "c.docx"))
    *_, offices, both = [one.text for one in Document(str(tmp_path / "c.docx")).paragraphs]
    assert (offices, both) == ("县水利局　　　　　　　　　　县林业局", "2025年11月3日　　　　　　　2025年11月3日")


def test_what_a_notice_issues_begins_a_page_under_any_name(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    for heading in ("青岭县管水实施办法（试行）", "（此件公开发布）\n\n管水办法", "# 管水办法"):
        body = f"{NOTICE}{heading}\n\n第一条　甲。\n\n第二条　乙。\n"
        space.entry("c", body, title="关于印发《管水办法（试行）》的通知", date="2025-11-03")
        ran = space.run("export entry c", "--style", "gongwen", "--force", "--output", str(tmp_path / "c.docx"))
        assert ran.status == 0, ran.err
        titles = [
            one for one in Document(str(tmp_path / "c.docx")).paragraphs if one.style and one.style.name == "Title"
        ]
        assert len(titles) == 2
        assert titles[1].paragraph_format.page_break_before
