"""Tables with days within entries: rosters, plans, lists of what was handled."""

from __future__ import annotations

from tests.tools.importers.manuscripts import made, reviewed
from tests.tools.importers.test_tables import days, table


def test_a_table_of_later_days_within_an_entry_is_asked_about_as_a_whole() -> None:
    plan = table("时间|事项|责任人\n3月8日|座谈|甲\n3月9日|核对|乙")
    blocks = ("2021年驻村日记", "3月5日 晴", "下周安排：", plan, "安排表已发到群里。", "3月12日 晴", "栽树。")
    found = reviewed(made(*blocks))
    assert days(found) == [
        "2021-03-05 晴：下周安排：/时间/事项/责任人/3月8日/座谈/甲/3月9日/核对/乙/安排表已发到群里。",
        "2021-03-12 晴：栽树。",
    ]  # fmt: skip
    assert [(one.id, one.source, one.options) for one in found.questions] == [
        ("table:1", "时间 / 事项 / 责任人 / 3月8日 / 座谈 / 甲 / 3月9日 / 核对 / 乙", ("yes", "no")),
    ]  # fmt: skip
    assert found.entries[0].open_lines == ("时间 / 事项 / 责任人 / 3月8日 / 座谈 / 甲 / 3月9日 / 核对 / 乙",)
    assert reviewed(made(*blocks), {"table:1": "no"}).entries[0].open_lines == ()
    first = reviewed(made(blocks[0], "值班表", plan, *blocks[1:3], *blocks[4:]))
    assert [one.span and one.span.iso() for one in first.entries] == ["2021-03-05", "2021-03-12"]
    assert [one.kind for one in first.questions] == ["table"]
    said = days(reviewed(made(*blocks), {"table:1": "yes"}))
    assert [one[:10] for one in said] == ["2021-03-05", "2021-03-08", "2021-03-09", "2021-03-12"]


def test_several_tables_within_entries_are_one_question() -> None:
    duty, plan = table("日期|姓名|电话\n3月6日|甲|无\n3月7日|乙|无"), table("日期|星期|内容\n3月15日|星期一|修剪")
    blocks = ("2021年驻村日记", "3月5日 晴", "值班：", duty, "写日记。", "3月12日 晴", "栽树。", plan)
    found = reviewed(made(*blocks))
    assert [(one.id, one.options) for one in found.questions] == [("table:all", ("yes", "no", "each"))]
    each = reviewed(made(*blocks), {"table:all": "each", "table:2": "yes"})
    assert [one.id for one in each.questions if one.kind == "table"] == ["table:all", "table:1", "table:2"]
    assert [one.span and one.span.iso() for one in each.entries] == ["2021-03-05", "2021-03-12", "2021-03-15"]


def test_a_table_below_the_day_that_it_tells_of_is_a_diary() -> None:
    week = table("日期|内容\n3月7日|开会。\n3月8日|走访。")
    assert [one[:10] for one in days(reviewed(made("2022年3月7日—3月11日", week)))] == ["2022-03-07", "2022-03-08"]
    form = [table(f"日期|2022年3月{day}日\n工作内容|走访{day}户。") for day in (7, 8)]
    found = reviewed(made("2022年3月7日", form[0], "2022年3月8日", form[1]))
    assert not [one for one in found.questions if one.kind == "table"]
