"""Diaries that are kept as tables: each layout becomes its days, with their facts in fields and their headings kept."""

from __future__ import annotations

import io
import random

import docx

from generator.render.documents.blocks import Block, Cell, Paragraph, Table, Text
from generator.tools.importers.answers import Answers
from generator.tools.importers.drafts import planned
from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.read import read_bytes
from generator.tools.importers.review import Review
from generator.tools.importers.texts_of import text_of
from generator.tools.write.pasting import pasted
from tests.tools.importers.manuscripts import EMPTY, made, reviewed, texts

LONG = "走访了三户人家，" * 20


def table(text: str) -> Table:
    """A table of lines, with ``|`` between its cells and ``/`` between the paragraphs of a cell."""
    rows = tuple(
        tuple(Cell(tuple(Paragraph((Text(one),)) for one in cell.split("/") if one)) for cell in row.split("|"))
        for row in text.split("\n")
    )
    return Table(rows[:1], rows[1:])


def days(found: Review) -> list[str]:
    """Each entry as day, weather, place, author and title, where there are any, and its text."""
    return [
        " ".join(filter(None, (one.span.iso() if one.span else "?", one.weather, one.place, one.author)))
        + f"：{text_of(one.blocks)}".replace("\n", "/")
        for one in found.entries
    ]


OVER_TWO_ROWS = (
    "日期|时段|工作内容\n2021年3月1日|上午|开会。\n|下午|走访。\n3月2日|上午|修路。",
    ["2021-03-01：上午：开会。/下午：走访。", "2021-03-02：上午：修路。"],
)
LAYOUTS = {
    "a column for each fact": (
        "时间|星期|天气|地点|工作内容|存在问题\n2021.3.1|一|晴|村部|开会。|无\n2021.3.2|周二|雨|东头|走访。|\n3月3日|三|阴||修路。|土",
        ["2021-03-01 晴 村部：开会。/存在问题：无", "2021-03-02 雨 东头：走访。", "2021-03-03 阴：修路。/存在问题：土"],
    ),
    "numbered rows": (
        "序号|日 期|走访对象|内容\n1|2021年3月1日|东头组|问用水\n2|3月1日|西头组|问用电",
        ["2021-03-01：走访对象：东头组/问用水", "2021-03-01：走访对象：西头组/问用电"],
    ),
    "a title above the headings": (
        "红星村日志（2021年）||\n日期|天气|内容\n3月1日|晴|开会。\n3月2日|雨|走访。",
        ["2021-03-01 晴：开会。", "2021-03-02 雨：走访。"],
    ),
    "a day over two rows": OVER_TWO_ROWS,
    "nothing above the days": (
        f"2021年3月1日|{LONG}/第二段。\n3月2日|开会。",
        [f"2021-03-01：{LONG}/第二段。", "2021-03-02：开会。"],
    ),
    "a column for each day, with whatever above the labels": (
        "项目|2021年3月1日|3月2日\n会议|村部开会。|\n走访|问用水情况。|走访三户。",
        ["2021-03-01：会议：村部开会。/走访：问用水情况。", "2021-03-02：走访：走访三户。"],
    ),
    "columns of weeks below each other": (
        "|2021年3月1日|3月2日\n上午|开会。|走访。\n时限|3月8日|3月9日\n|3月3日|3月4日\n上午|修路。|种树。",
        [
            "2021-03-01：上午：开会。/时限：3月8日",
            "2021-03-02：上午：走访。/时限：3月9日",
            "2021-03-03：上午：修路。",
            "2021-03-04：上午：种树。",
        ],
    ),
    "nothing beside the days": (
        "2021年3月1日|3月2日|3月3日\n开会。|走访。|修路。",
        ["2021-03-01：开会。", "2021-03-02：走访。", "2021-03-03：修路。"],
    ),
    "a form": (
        "工作日志|||\n日期|2021年3月1日|星期|星期一\n天气|晴|地点|村部\n"
        f"工作内容|{LONG}/又一段。||\n存在问题|||\n下步打算|再去。||\n填写人|小林||",
        [f"2021-03-01 晴 村部 小林：{LONG}/又一段。/下步打算：再去。"],
    ),
    "a form of all kinds of labels": (
        "姓名|小林|单位|某局|日期|2021年3月1日\n主要工作内容|走访。||||\n群众反映的问题及处理情况|缺水。||||\n备注|||||",
        ["2021-03-01：姓名：小林/单位：某局/走访。/群众反映的问题及处理情况：缺水。"],
    ),
    "a form below its day": (
        "2021年3月1日 星期一 晴|\n上午|开会。\n下午|走访。",
        ["2021-03-01 晴：上午：开会。/下午：走访。"],
    ),
    "months between the days": (
        "时间|内容\n2021年3月|\n1日|开会。\n2日 周二|走访。",
        ["2021-03-01：开会。", "2021-03-02：走访。"],
    ),
    "weekdays above the days": (
        "日期|周一|周二\n2021年|3月1日|3月2日\n内容|开会。|走访。",
        ["2021-03-01：开会。", "2021-03-02：走访。"],
    ),
    "days, and who was on duty": (
        "值班日期|值班人|内容\n2021年3月1日|小林|巡塘。\n2021年3月2日|小李|补水。",
        ["2021-03-01 小林：巡塘。", "2021-03-02 小李：补水。"],
    ),
    "a form with labels in its cells": (
        "时间：2021年3月1日|天气：晴|地点：村部\n工作内容|开会。|",
        ["2021-03-01 晴 村部：开会。"],
    ),
    "forms one below the other": (
        "时间|2021年3月1日\n内容|开会。\n时间|2021年3月2日\n内容|走访。",
        ["2021-03-01：开会。", "2021-03-02：走访。"],
    ),
    "a column for each day": (
        "2021年|3月1日 周一|3月2日 周二\n上午|开会。|走访。\n下午||修路。",
        ["2021-03-01：上午：开会。", "2021-03-02：上午：走访。/下午：修路。"],
    ),
}  # fmt: skip


def test_months_and_days_in_two_columns_are_days() -> None:
    found = made(
        "2021年度大事记", table("月|日|事项\n3|5|项目开工\n|18|基础验收\n4月|2日|封顶\n12|30-31|通水\n合计||四项")
    )
    assert days(reviewed(found)) == [
        "2021-03-05：项目开工", "2021-03-18：基础验收", "2021-04-02：封顶", "2021-12-30/2021-12-31：通水",
    ]  # fmt: skip
    assert planned(reviewed(found), found, EMPTY, "en").value is not None


def test_amounts_and_sums_are_no_days() -> None:
    amounts = table("户主|亩数\n张家|3.2\n李家|4.5")
    assert reviewed(made("2020年3月5日", amounts, "2020年3月6日", "乙。")).notes == ()
    sums = made(table("日期|户数|内容\n2020年3月5日|3|走访老人\n合计|3|"))
    assert [one.id for one in reviewed(sums).questions] == []
    assert days(reviewed(sums)) == ["2020-03-05：户数：3/走访老人"]
    assert ("a row that adds up others", "合计 3") in [(str(one.kind), one.text) for one in reviewed(sums).left_out]
    assert texts(sums) == ["户数：3\n\n走访老人"]
    long = made(table(f"日期|户数|内容\n2020年3月5日|3|走访老人\n合计|3|{LONG}"))
    assert days(reviewed(long)) == [f"2020-03-05：户数：3/走访老人/合计/户数：3/{LONG}"]


def test_a_line_of_its_source_between_tables_is_no_day_of_theirs() -> None:
    first, second = (table(f"日期|内容\n3月{day}日|巡塘。\n3月{day + 1}日|补水。") for day in (2, 7))
    found = reviewed(made("来源：县报 2022年3月4日", first, "来源：县报 2022年3月9日", second))
    assert days(found) == [
        "2022-03-02：巡塘。", "2022-03-03：补水。/来源：县报 2022年3月9日", "2022-03-07：巡塘。", "2022-03-08：补水。",
    ]  # fmt: skip


def test_a_number_in_a_title_of_a_form_is_no_year() -> None:
    for first, kinds in {"2020级3班护校记录|": ["year"], "班级|2020级3班": ["year"], "2020年护校记录|": []}.items():
        form = made(table(f"{first}\n日期|3月1日\n天气|晴\n内容|巡校。"))
        assert [one.kind for one in reviewed(form).questions] == kinds, first


def test_a_sheet_is_known_with_every_cell_in_quotation_marks() -> None:
    lines = '"日期","天气","内容"\n"2022-08-01","晴","巡塘，补水"\n"2022-08-02","雨","堵漏"\n'
    assert days(reviewed(read("a.csv", lines.encode()))) == ["2022-08-01 晴：巡塘，补水", "2022-08-02 雨：堵漏"]


def test_a_column_of_remarks_is_asked_about_and_sums_stay_a_table() -> None:
    found = made(table("时间|2021年3月1日|3月2日|备注\n上午|开会。|走访。|无"))
    assert days(reviewed(found)) == ["2021-03-01：上午：开会。", "2021-03-02：上午：走访。/备注/上午：无"]
    assert [one.source for one in reviewed(found).questions] == ["备注"]
    sums = reviewed(made("2021年3月3日", table("时间|3月1日|3月2日|合计\n户数|3|4|7")))
    assert days(sums) == ["2021-03-03：时间/3月1日/3月2日/合计/户数/3/4/7"]
    assert [str(one) for one in sums.notes] == ["line 2: a table with several days in it stayed a table of one entry"]


def test_each_layout_becomes_its_days() -> None:
    wrong = {}
    for name, (text, wanted) in LAYOUTS.items():
        found = made(table(text))
        shown = reviewed(found)
        plan = planned(shown, found, EMPTY, "en")
        if days(shown) != wanted or plan.value is None or any(one.kind != "name" for one in shown.questions):
            wrong[name] = (days(shown), shown.questions, plan.problems)
    assert wrong == {}


CELLS = (
    *(
        "",
        "日期",
        "时间",
        "天气",
        "内容",
        "存在问题",
        "序号",
        "地点",
        "星期",
        "填写人",
        "上午",
        "备注",
        "周末",
        "一",
        "晴",
    ),
    *("2021年3月1日", "3月2日 周二", "2021年3月6日 9:00", "时间：2021年3月5日", "3/5/09", "20xx年3月2日", "2021年"),
    *("走访。", "甲/乙", "长" * 80),
)


def test_no_table_loses_a_character() -> None:
    wrong = []
    for seed in range(30):
        chance = random.Random(seed)
        rows, columns = chance.randint(1, 5), chance.randint(1, 5)
        text = "\n".join("|".join(chance.choice(CELLS) for _ in range(columns)) for _ in range(rows))
        found, said = made(table(text), "完。"), {"year": "2021"}
        asked = [one.id for one in reviewed(found, said).questions if one.is_needed]
        shown = reviewed(found, said | {one: "2021-03-09" for one in asked if one != "year"})
        if planned(shown, found, EMPTY, "en").value is None:
            wrong.append(text)
    assert wrong == []


def asked(text: str, answers: Answers | None = None) -> list[str]:
    return [f"{one.kind}: {one.source}" for one in reviewed(made(table(text)), answers).questions]


def test_what_a_table_does_not_say_is_asked() -> None:
    weekly = "时间|工作内容\n2021年3月5日|开会。\n周末|整理材料。\n备注|都去了。"
    assert asked(weekly) == ["cut: 备注", "date: 周末"]
    said = reviewed(made(table(weekly)), {"date:2": "2021-03-06/07"})
    assert days(said) == ["2021-03-05：开会。", "2021-03-06/2021-03-07：整理材料。/备注/都去了。"]
    assert asked("日期|星期|内容\n2021年3月1日|五|开会。\n2021年3月2日|二|走访。") == ["weekday: 2021年3月1日 五"]
    (meeting,) = reviewed(made(table("会议时间|2021年3月1日\n地点|村部\n议题|修路。"))).questions
    assert (str(meeting.text), meeting.options) == ("nothing says the day", ("2021-03-01",))
    assert asked("日期|内容\n2021年3月1日|3月5日前修好。\n2021年2月30日|走访。") == ["date: 2021年2月30日"]


def test_a_table_of_other_things_stays_one() -> None:
    people = "姓名|出生日期|住址\n甲|1960年3月5日|东头\n乙|1961年4月6日|西头"
    found = made("2021年3月1日 晴", "统计如下。", table(people), "以上。")
    shown = reviewed(found)
    assert [type(one).__name__ for one in shown.entries[0].blocks] == ["Paragraph", "Table", "Paragraph"]
    assert [str(one) for one in shown.notes] == ["line 3: a table with several days in it stayed a table of one entry"]
    presence = reviewed(made("2021年3月5日 晴", table("姓名|3月1日|3月2日\n甲|到|到\n乙|到|假")))
    assert [type(one).__name__ for one in presence.entries[0].blocks] == ["Table"]
    assert reviewed(made("2021年3月1日 晴", table("姓名|户数\n甲|3"))).notes == ()


def test_lines_that_stand_above_every_form_go_with_its_day() -> None:
    blocks: list[Block | str] = []
    for day in (1, 2):
        blocks += ["驻村工作日志", table(f"日期|2021年3月{day}日\n工作内容|第{day}天。")]
    found = reviewed(made(*blocks))
    assert days(found) == ["2021-03-01：第1天。", "2021-03-02：第2天。"]
    assert found.entries[1].source == "驻村工作日志 日期：2021年3月2日 工作内容："


def read(name: str, body: bytes) -> Manuscript:
    checked = read_bytes(name, "", body)
    assert checked.value, checked.problems
    return checked.value


def test_cells_that_word_and_web_pages_merge() -> None:
    document = docx.Document()
    word = document.add_table(rows=4, cols=3)
    cells = (
        ("日期", "时段", "工作内容"),
        ("2021年3月1日", "上午", "开会。"),
        ("", "下午", "走访。"),
        ("3月2日", "上午", "修路。"),
    )
    for row, line in zip(word.rows, cells, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    word.cell(1, 0).merge(word.cell(2, 0))
    out = io.BytesIO()
    document.save(out)
    page = (
        "<table><tr><th>日期<th>时段<th>工作内容<tr><td rowspan=2>2021年3月1日<td>上午<td>开会。<tr><td>下午<td>走访。"
        "<tr><td>3月2日<td>上午<td>修路。</table>"
    )
    for found in (read("a.docx", out.getvalue()), read("a.html", page.encode())):
        assert days(reviewed(found)) == ["2021-03-01：上午：开会。/下午：走访。", "2021-03-02：上午：修路。"], (
            found.kind
        )
    # What is pasted into an entry stays a table.
    assert "| 2021年3月1日 | 上午 | 开会。 |" in str(pasted(page, "en")["markdown"])


def test_the_days_of_a_part_of_a_month_are_offered() -> None:
    text = "日期|内容\n2020年2月1日|甲\n2月下旬|乙\n3月|丙\n6月中旬|丁\n7月1日|戊"
    found = reviewed(made(table(text)))
    assert [one.options for one in found.questions] == [
        ("2020-02-21/2020-02-29",), ("2020-03-01/2020-03-31",), ("2020-06-11/2020-06-20",),
    ]  # fmt: skip
