"""Days that are numbers below the heading of a month: lists of them, and tables with a column of them."""

from __future__ import annotations

from generator.render.documents.blocks import Block, Item, Listing
from generator.tools.importers.texts_of import text_of
from tests.tools.importers.manuscripts import made, p, reviewed
from tests.tools.importers.sources import read
from tests.tools.importers.test_tables import table


def listed(*points: str) -> Listing:
    return Listing(tuple(Item((p(one),)) for one in points), start=None, is_tight=True)


def days(*blocks: Block | str) -> list[tuple[str, str]]:
    """The day and the title of each entry."""
    return [(one.span.iso() if one.span else "?", one.title) for one in reviewed(made(*blocks)).entries]


def test_a_list_below_a_month_is_its_days() -> None:
    march, april = listed("7日 入户走访", "8日 慰问"), listed("1日 修渠", "2号 防火")
    assert days("2022年3月", march, "2022年4月", april) == [
        ("2022-03-07", "入户走访"), ("2022-03-08", "慰问"), ("2022-04-01", "修渠"), ("2022-04-02", "防火"),
    ]  # fmt: skip


def test_a_list_below_a_day_or_with_other_points_is_text() -> None:
    plan = listed("7日 入户走访", "8日 慰问")
    assert days("2022年3月5日 计划", plan, "2022年3月9日 总结", "好。") == [
        ("2022-03-05", "计划"), ("2022-03-09", "总结"),
    ]  # fmt: skip
    for points in (("7日 走访", "慰问"), ("8日 慰问", "7日 走访")):
        assert days("2022年3月", listed(*points)) == [("?", "2022年3月")]


def test_a_column_of_numbers_below_a_month_is_its_days() -> None:
    for name in ("日", "日期"):
        rows = table(f"{name}|星期|天气|工作内容\n7|一|晴|入户走访\n8|二|阴|慰问")
        assert days("2022年3月工作日志", rows) == [("2022-03-07", "入户走访"), ("2022-03-08", "慰问")], name


def test_a_calendar_and_a_list_of_numbers_are_no_days() -> None:
    calendar = table("日|一|二|三|四|五|六\n6|7|8|9|10|11|12\n13|14|15|16|17|18|19")
    assert days("2022年3月日历", calendar) == [("?", "2022年3月日历")]
    others = table("号|姓名\n1|李冬\n2|赵敏")
    assert days("2022年3月5日 下地", others, "2022年3月6日 看水", "两趟。") == [
        ("2022-03-05", "下地"), ("2022-03-06", "看水"),
    ]  # fmt: skip


def test_parts_of_days_in_a_column_below_a_month() -> None:
    rows = table("日期|情况\n5日上午|问水\n5日下午|问电\n7日|问路")
    found = reviewed(made("走访日志（2022年3月）", rows)).entries
    assert [(one.span.iso() if one.span else "?", one.part) for one in found] == [
        ("2022-03-05", "am"), ("2022-03-05", "pm"), ("2022-03-07", ""),
    ]  # fmt: skip


def test_weekdays_and_weather_in_columns_without_headings_are_facts() -> None:
    rows = table("3月5日|星期六|晴|下地。\n3月6日|星期日|阴|看水。")
    found = reviewed(made("2022年驻村日志", rows)).entries
    assert [(one.title, one.weather, text_of(one.blocks)) for one in found] == [
        ("下地", "晴", "下地。"), ("看水", "阴", "看水。"),
    ]  # fmt: skip


def test_lines_of_markdown_that_only_name_a_time_are_asked_about() -> None:
    for line in ("清明节", "农历二月初五", "一周后"):
        text = f"2022年手记\n\n3月5日\n下地。\n{line}\n看水。\n3月19日\n开会。\n"
        found = reviewed(read(text.encode(), "a.md"))
        assert [(one.kind, one.source) for one in found.questions] == [("cut", line)], line


def test_a_year_in_which_it_was_compiled_is_that_of_no_day() -> None:
    for done in ("整理", "汇编", "编印", "打印", "归档", "再版", "定稿", "誊抄", "修订", "春整理", "汇编成册"):
        assert days("石盘日记", f"2023年{done}", "3月5日 晴", "走访。", "3月8日 阴", "开会。")[0][0] == "?", done
    for name in ("", "驻村日记", "工作日志", "上半年"):
        assert days(f"2023年{name}", "3月5日 晴", "走访。", "3月8日 阴", "开会。")[0][0] == "2023-03-05", name


def test_days_with_a_bullet_each_are_days() -> None:
    days_of = listed("3月5日 晴"), "走访三户。", listed("3月8日 阴"), "开会。"
    assert [day for day, _ in days("2021年驻村日记", *days_of)] == ["2021-03-05", "2021-03-08"]
    assert [day for day, _ in days("驻村日记", "来源：某网 2021-05-01", *days_of)] == ["2021-03-05", "2021-03-08"]
    assert len(days("2021年驻村日记", "3月1日 晴", "走访。", *days_of, "3月9日 阴", "开会。")) == 2
