"""Diaries that are kept as tables: each layout becomes its days, with their facts in fields and their headings kept."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import docx

from generator.render.documents.blocks import Block, Cell, Paragraph, Table, Text
from generator.tools.importers.answers import Answers
from generator.tools.importers.drafts import planned
from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.read import read_bytes
from generator.tools.importers.review import Review
from generator.tools.importers.texts_of import text_of
from generator.tools.write.pasting import pasted
from tests.space import SiteSpace
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
    "two lists of days side by side": (
        "日期|内容|日期|内容\n2021年3月1日|开会。|3月3日|修路。\n3月2日|走访。|3月4日|种树。",
        ["2021-03-01：开会。", "2021-03-02：走访。", "2021-03-03：修路。", "2021-03-04：种树。"],
    ),
    "numbered lists side by side, to be read row by row": (
        "序号|日期|内容|序号|日期|内容\n1|2021年3月1日|开会。|2|3月2日|走访。\n3|3月3日|修路。|4|3月4日|种树。",
        ["2021-03-01：开会。", "2021-03-02：走访。", "2021-03-03：修路。", "2021-03-04：种树。"],
    ),
    "lists side by side without headings": (
        "2021年3月1日|开会。|3月3日|修路。\n3月2日|走访。||",
        ["2021-03-01：开会。", "2021-03-02：走访。", "2021-03-03：修路。"],
    ),
    "columns for months and days side by side": (
        "年|月|日|事项|月|日|事项\n2021|3|1|开会。|3|3|修路。\n||2|走访。||4|种树。",
        ["2021-03-01：开会。", "2021-03-02：走访。", "2021-03-03：修路。", "2021-03-04：种树。"],
    ),
    "the first and the last day, with clocks": (
        "开始时间|结束时间|工作\n2021-3-1 8:00|2021-3-1 17:00|开会。\n"
        "2021-3-2 8:00|2021-3-4 17:00|学习。\n3月30日|4月1日|值班。",
        ["2021-03-01：开会。", "2021-03-02/2021-03-04：学习。", "2021-03-30/2021-04-01：值班。"],
    ),
    "clocks that look like days": (
        "日期|时间|内容\n2021年3月1日|8.30|开会。\n3月2日|9.15|走访。",
        ["2021-03-01：8.30：开会。", "2021-03-02：9.15：走访。"],
    ),
    "a form with the first and the last day": (
        "开始时间|2021-3-1 8:00|结束时间|2021-3-4 17:00\n工作内容|学习。||",
        ["2021-03-01/2021-03-04：学习。"],
    ),
    "persons, and when one was with them": (
        "姓名|出生日期|走访日期|情况\n甲|1950-03-02|2021-03-01|腿疼。\n乙|1948-07-09|2021-03-02|好转。",
        ["2021-03-01：姓名：甲/出生日期：1950-03-02/腿疼。", "2021-03-02：姓名：乙/出生日期：1948-07-09/好转。"],
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


def test_no_column_of_days_is_taken_for_that_of_the_work() -> None:
    things = (
        "设备|购置日期|检修日期|记录\n泵一|2015-03-02|2022-03-05|换皮带\n泵二|2016-07-09||在修",
        "事项|受理日期|办结日期|结果\n修灯|2022-03-01|2022-03-05|亮\n换泵|2022-03-02|2022-03-09|好",
        "事项|受理日期|办结日期|结果\n修灯|2022-03-01|2022-03-05|亮\n换泵|||正在采购。\n疏沟|||正在开挖。",
        "泵一|2015-03-02|2022-03-05|换皮带\n泵二|2016-07-09|2022-03-06|换油\n泵三||2022-03-08|好",
        "记录日期|走访日期|内容\n2022-03-06|2022-03-05|甲\n2022-03-09|2022-03-07|乙",
        "2022-03-06|2022-03-05|甲\n2022-03-09|2022-03-07|乙",
    )
    for text in things:
        sheets = text.replace("|", ","), text.replace("|", "\t")
        from_files = [read(f"a.{end}", one.encode()) for end, one in zip(("csv", "txt"), sheets, strict=True)]
        for found in (made(table(text)), *(from_files if "日期" in text else from_files[1:])):
            *column, asked = reviewed(found).questions
            assert [one.kind for one in column] == ["column"] * ("日期" in text), (text, found.kind)
            assert (str(asked.text), asked.is_needed) == ("nothing says the day", True), (text, found.kind)
            assert len(asked.options) > 1, (text, found.kind)


def test_a_person_says_which_column_holds_the_days(space: SiteSpace, tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text(
        "设备,购置日期,检修日期,记录\n泵一,2015-03-02,2022-03-05,换皮带\n泵二,2016-07-09,2022-03-06,换油\n"
    )
    (found,) = json.loads(space.run(f"import --json --dry-run {place}").out)
    assert found["questions"][0]["id"] == "column:1"
    assert found["questions"][0]["options"] == ["购置日期", "检修日期", "no"]
    (said,) = json.loads(space.run(f"import --json --dry-run --answer column:1=检修日期 {place}").out)
    assert [(one["date"], one["text"].split()) for one in said["entries"]] == [
        ("2022-03-05", ["设备：泵一", "购置日期：2015-03-02", "换皮带"]),
        ("2022-03-06", ["设备：泵二", "购置日期：2016-07-09", "换油"]),
    ]
    (none,) = json.loads(space.run(f"import --json --dry-run --answer column:1=否 {place}").out)
    assert [(one["id"], one["answer"]) for one in none["questions"]] == [("column:1", "no"), ("date:0", "")]


def test_a_table_within_an_entry_whose_days_lie_before_it_stays_there() -> None:
    visits = table("走访日期|情况\n3月5日|腿疼\n3月6日|好转")
    found = reviewed(made("2022年3月10日 晴", "走访如下。", visits, "晚上开会。", "3月11日 雨", "修渠。"))
    assert days(found) == [
        "2022-03-10 晴：走访如下。/走访日期/情况/3月5日/腿疼/3月6日/好转/晚上开会。", "2022-03-11 雨：修渠。",
    ]  # fmt: skip
    persons = table("户主|走访日期|情况\n甲|3月12日|腿疼\n乙|3月13日|好转")
    one = reviewed(made("2022年3月10日 晴", "下周走访。", persons))
    assert days(one) == ["2022-03-10 晴：下周走访。/户主/走访日期/情况/甲/3月12日/腿疼/乙/3月13日/好转"]
    alone = reviewed(made("2022年3月走访", persons))
    assert days(alone) == ["2022-03-12：户主：甲/腿疼", "2022-03-13：户主：乙/好转"]
    form = reviewed(made("2022年3月10日 晴", "开会。", table("日期|3月5日\n内容|修渠"), "3月11日 雨", "修渠。"))
    assert [(one.kind, one.source) for one in form.questions] == [("table", "日期 / 3月5日 / 内容 / 修渠")]


def test_days_that_a_sheet_counts_are_asked_about() -> None:
    found = reviewed(read("a.csv", "日期,工作\n44625,下地\n44626.5,看水\n".encode()))
    assert [one.options for one in found.questions] == [("2022-03-05", "2026-03-06"), ("2022-03-06", "2026-03-07")]
    assert [one.span for one in found.entries] == [None, None]
    apart = reviewed(read("a.csv", "年,月,日,工作\n2022,3,5,下地\n,,6,看水\n2022,4,1,送肥\n".encode()))
    assert days(apart) == ["2022-03-05：下地", "2022-03-06：看水", "2022-04-01：送肥"]


def test_a_last_day_before_the_first_is_asked_about() -> None:
    found = reviewed(made(table("开始日期|结束日期|内容\n2022-03-06|2022-03-05|甲\n2022-03-08|3-4-10|乙")))
    assert [str(one.text) for one in found.questions] == [
        "the last day is none, or comes before the first", "no day can be read here",
    ]  # fmt: skip


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
