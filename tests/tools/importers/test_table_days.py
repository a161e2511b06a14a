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
