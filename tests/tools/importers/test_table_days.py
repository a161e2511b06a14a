"""Days of tables that leave their month to a line above."""

from __future__ import annotations

from tests.tools.importers.manuscripts import made, reviewed
from tests.tools.importers.test_tables import days, table


def test_several_days_in_a_cell_without_their_month_are_no_month_and_day() -> None:
    wanted = ["2021-03-04：甲", "2021-03-08/2021-03-10：乙", "2021-03-15：丙"]
    for cells in (("4", "8-10", "15"), ("4日", "8—10日", "15日"), ("4", "8、10", "15")):
        rows = "\n".join(f"{cell}|{text}" for cell, text in zip(cells, "甲乙丙", strict=True))
        found = reviewed(made("2021年3月工作日志", table(f"日期|内容\n{rows}")))
        if "、" in cells[1]:
            # Days that are not next to each other are asked about.
            assert [one.span is None for one in found.entries] == [False, True, False]
        else:
            assert days(found) == wanted
    # Where all cells hold two numbers, they are months and days.
    found = reviewed(made("2021年工作日志", table("日期|内容\n3-4|甲\n3-8|乙")))
    assert days(found) == ["2021-03-04：甲", "2021-03-08：乙"]


def test_a_day_behind_what_was_done_is_that_of_its_row() -> None:
    for head, rows, wanted in (
        (
            "活动内容|地点|日期",
            "植树|后山|3月12日\n扫墓|陵园|4月4日",
            ["2021-03-12 后山：植树", "2021-04-04 陵园：扫墓"],
        ),
        ("序号|工作内容|时间", "1|植树|3月12日\n2|扫墓|4月4日", ["2021-03-12：植树", "2021-04-04：扫墓"]),
    ):
        found = days(reviewed(made("2021年工作台账", table(f"{head}\n{rows}"))))
        assert [one.replace("活动内容：", "") for one in found] == wanted, head
    # That of a topic, or of a household, is another one.
    for head in ("议题|日期", "户主|日期"):
        assert len(days(reviewed(made("2021年工作台账", table(f"{head}\n植树|3月12日\n扫墓|4月4日"))))) == 1, head
