"""Lists that Word and WPS write into HTML as paragraphs with marks."""

from __future__ import annotations

from generator.tools.write.pasting import pasted


def paragraph(level: int, mark: str, text: str) -> str:
    style = f"margin-left:18pt;mso-list:l0 level{level} lfo1"
    space = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"
    shown = f"<![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>{mark}{space}</span><![endif]>"
    return f"<p class=MsoListParagraph style='{style}'>{shown}{text}<o:p></o:p></p>\n"


def markdown(*parts: str) -> str:
    return str(pasted("".join(parts), "zh")["markdown"])


def test_paragraphs_with_numbers_and_bullets_are_lists() -> None:
    assert markdown(
        "<p class=MsoNormal>今天：</p>",
        paragraph(1, "1.", "先修<b>路</b>"),
        paragraph(1, "2.", "再修桥"),
        paragraph(2, "·", "东边"),
        paragraph(2, "·", "西边"),
        paragraph(1, "3.", "收工"),
        "<p>又：</p>",
        paragraph(1, "4)", "甲"),
        paragraph(1, "●", "丙"),
    ).split() == [
        "今天：",
        "1.",
        "先修**路**",
        "2.",
        "再修桥",
        "-",
        "东边",
        "-",
        "西边",
        "3.",
        "收工",
        "又：",
        "4.",
        "甲",
        "-",
        "丙",
    ]


def test_numbers_that_begin_anew_begin_another_list() -> None:
    made = markdown(paragraph(1, "1.", "甲"), paragraph(1, "1.", "乙"), paragraph(1, "2.", "丙"))
    assert made.count("1") == 2
    assert made.split()[-2:] == ["2.", "丙"] or made.split()[-2:] == ["2)", "丙"]


def test_marks_that_markdown_does_not_have_are_words() -> None:
    assert markdown(paragraph(1, "一、", "总"), paragraph(1, "（二）", "分")).split() == ["一、", "总", "（二）", "分"]
