"""The year that is said once: by a line of publication, a newspaper's, a period in the title, the first day of all."""

from __future__ import annotations

import pytest

from tests.tools.importers.manuscripts import made, reviewed

_TEXT = ("11月5日 晴", "到村报到。", "12月8日 阴", "入户十家。")


def _days(*lines: str) -> list[str]:
    """The days of the entries, of which nothing is asked."""
    found = reviewed(made(*lines))
    assert not [one for one in found.questions if one.kind not in {"name", "target", "person"}]
    return [one.span.iso() if one.span else "" for one in found.entries]


@pytest.mark.parametrize(
    "line",
    [
        "东塘发布 2020-12-20 18:00", "原创 江南雁 东塘发布 2020-12-20", "发布于 2020-12-20 20:12 上海",
        "江南日报 2020-12-30（第5版）", "江南日报 2020-12-30", "2020-12-30 第5版", "2020年12月30日 03版：要闻",
        "来源：江南日报　2020年12月17日　记者 江南雁", "2020-11-01 起",
    ],
)  # fmt: skip
def test_a_line_of_publication_says_the_year_and_begins_no_entry(line: str) -> None:
    assert _days("驻村日记", line, *_TEXT) == ["2020-11-05", "2020-12-08"]


@pytest.mark.parametrize(
    "title",
    [
        "驻村日记（2020年11月—2021年3月）", "2020—2021年驻村日记", "2020-2021驻村日记", "施工日志汇总（2020年11月）",
        "时间：2020年11月—12月", "起止时间：2020年11月5日—2020年12月8日", "我的驻村朋友圈（2020年）",
    ],
)  # fmt: skip
def test_the_time_in_a_title_says_the_year(title: str) -> None:
    assert _days(title, *_TEXT) == ["2020-11-05", "2020-12-08"]


def test_a_spring_of_two_years_is_asked_about_unless_the_year_turns_below_it() -> None:
    title = "2020—2021年驻村日记"
    assert [one.id for one in reviewed(made(title, "3月5日 晴", "到村。", "4月8日 阴", "入户。")).questions] == ["year"]
    turned = _days(title, "3月5日 晴", "到村。", "12月8日 阴", "入户。", "1月9日 雪", "扫雪。")
    assert turned == ["2020-03-05", "2020-12-08", "2021-01-09"]


def test_a_month_in_the_title_is_that_of_days_alone() -> None:
    found = reviewed(made("驻村日记（六月）", "2日 晴", "看棚。", "5日 阴", "讲课。"), {"year": "2021"})
    assert [one.span and one.span.iso() for one in found.entries] == ["2021-06-02", "2021-06-05"]


def test_the_daily_report_of_a_site_is_no_newspaper() -> None:
    found = reviewed(made("施工日报 2021-03-05", "绑扎钢筋。", "浇筑承台。"))
    assert "2021-03-05" in {option for one in found.questions for option in one.options} | {
        one.span.iso() for one in found.entries if one.span
    }


def test_a_block_before_a_day_is_a_sign() -> None:
    assert _days("2020年驻村日记", "▍11月5日 晴", "到村报到。", "▍12月8日 阴", "入户。") == ["2020-11-05", "2020-12-08"]
