"""Days among signs that nobody sees, in signs that look like others, and in signs of several kinds."""

from __future__ import annotations

from generator.tools.importers.date_lines import read
from tests.tools.importers.test_date_lines import said


def test_signs_that_nobody_sees_and_signs_that_look_alike_leave_a_day_one() -> None:
    seen = said(read("3月6日 星期六 晴"))
    for sign in ("\u200b", "\u2060", "\xad", "\ufeff", "\u200e", "\u200d"):
        for line in (f"3{sign}月6日 星期六 晴", f"{sign}3月{sign}6日 星{sign}期六 晴", f"3月6日{sign} 星期六{sign} 晴"):
            assert said(read(line)) == seen, ascii(line)
    for line in ("3⽉6⽇ 星期六 晴", "三⽉六⽇ 星期六 晴", "③月⑥日 星期六 晴"):
        assert said(read(line)) == seen, line
    assert said(read("3月l2日 晴")) == "entry 03-12 晴"
    assert said(read("3月1O日 晴")) == "entry 03-10 晴"
    for line in ("3月S日 晴", "3月1S日 晴", "2021年3月Z日", "3月?日 晴"):
        assert said(read(line)) == "ask", line
    # Titles keep what stands in them.
    assert said(read("3月6日 走\u200b访")) == "entry 03-06 走\u200b访"


def test_dotted_days_behind_a_year() -> None:
    lines = {
        "2021年3.5 星期五 晴 进村": "entry 2021-03-05 w4 晴 进村",
        "2021年3.5(周五)进村": "entry 2021-03-05 w4 进村",
        "2021年3/5 进村": "entry 2021-03-05 进村",
        "2021年3.5-3.8 进村": "entry 2021-03-05/08 进村",
        "2021年3-5 晴": "entry 2021-03-05 晴",
        "2021年3.5万元": "-",
        "2021年3.5 万元": "-",
        "2021年3-5 总结": "month",
    }
    assert {line: said(read(line)) for line in lines} == lines
