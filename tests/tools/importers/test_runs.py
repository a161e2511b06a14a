"""The days of a whole file: what breaks their order is asked about, and nothing is dated wrongly unasked."""

from __future__ import annotations

import cProfile
import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.render.documents.blocks import Block, Item, Listing
from generator.tools.importers import lines, marking
from generator.tools.importers.answers import Answers, answered
from generator.tools.importers.date_facts import DateLine
from generator.tools.importers.date_lines import read
from generator.tools.importers.drafts import planned
from generator.tools.importers.plain_text import read_text
from generator.tools.importers.runs import Stop, strays
from generator.tools.importers.texts_of import text_of
from tests.space import SiteSpace
from tests.tools.importers.manuscripts import EMPTY, made, p, reviewed, texts
from tests.tools.importers.written import drafts, field

SIGNS = (":", "：", ",", "，", "。", ";", "；", "、", " ", "——", "|", "｜", "·", "…", "~", "】")


def test_a_sign_between_day_and_text_loses_nothing() -> None:
    days = ("2020年7月6日", "2020年7月6日 星期一", "2020年7月6日 晴", "7月6日上午", "第3天 2020年7月6日")
    wrong = []
    for day in days:
        for sign in SIGNS:
            try:
                texts(made(f"{day}{sign}盘点，然后发货。"), {"year": "2020", "date:0": "2020-07-06"})
            except AssertionError as lost:
                wrong.append((day, sign, lost))
    assert wrong == []


def said(text: str, answers: Answers | None = None) -> str:
    """What becomes of a text: a line for each entry, then the page of its lead, then the questions about days."""
    found = reviewed(made(*text.split("\n")), answers)
    lines = []
    for one in found.entries:
        day = one.span.iso() if one.span else "?"
        lines.append(f"{day[2:] if one.span else day} {text_of(one.blocks).strip().replace(chr(10), '/')}")
    asked = [one.id for one in found.questions if one.kind in ("cut", "date", "year", "weekday") and not one.answer]
    lead = [f"+ {text_of(found.lead).strip().replace(chr(10), '/')}"] if found.lead else []
    return " | ".join((*lines, *lead, *([f"? {' '.join(asked)}"] if asked else [])))


RUNS = {
    # What breaks the run stays text, and is asked about.
    "2020年5月6日\n甲。\n2020年6月7日\n乙。\n2020年5月8日\n丙。": (
        "20-05-06 甲。/2020年6月7日/乙。 | 20-05-08 丙。 | ? cut:2"
    ),
    "2020年5月8日\n甲。\n2020年5月7日\n乙。\n2021年5月6日\n丙。\n2020年5月5日\n丁。": (
        "20-05-08 甲。 | 20-05-07 乙。/2021年5月6日/丙。 | 20-05-05 丁。 | ? cut:4"
    ),
    "2020年3月1日 晴\n下步计划：\n3月15日 换届\n3月31日 交表\n2020年3月2日 阴\n乙。": (
        "20-03-01 下步计划：/3月15日 换届/3月31日 交表 | 20-03-02 乙。 | ? cut:odd"
    ),
    "本月计划\n3月15日 换届\n3月31日 交表\n2020年3月1日 晴\n甲。\n2020年3月2日 阴\n乙。": (
        "20-03-01 甲。 | 20-03-02 乙。 | + 3月15日 换届/3月31日 交表 | ? cut:odd"
    ),
    "2020年3月1日 晴\n甲。\n3月2日 小林 值班\n3月3日 小王 值班\n2020年3月4日 阴\n乙。": (
        "20-03-01 甲。/3月2日 小林 值班/3月3日 小王 值班 | 20-03-04 乙。 | ? cut:odd"
    ),
    "2020年9月8日 晴\n听他说：\n1963年8月5日 发水\n甲。\n1998年8月13日\n乙。\n2020年9月9日 晴\n丙。": (
        "20-09-08 听他说：/1963年8月5日 发水/甲。/1998年8月13日/乙。 | 20-09-09 丙。 | ? cut:odd"
    ),
    "2020年3月1日\n甲。\n3月2日\n乙。\n2019年3月3日数据表\n3月4日\n丙。": (
        "20-03-01 甲。 | 20-03-02 乙。/2019年3月3日数据表 | 20-03-04 丙。 | ? cut:4"
    ),
    "2019年12月30日\n甲。\n2019年1月3日\n乙。\n2020年1月10日\n丙。": (
        "19-12-30 甲。/2019年1月3日/乙。 | 20-01-10 丙。 | ? cut:2"
    ),
    "2020年3月4日 晴\n二、安排\n（一）3月6日（周五）检查；\n散会。\n2020年3月11日 阴\n乙。": (
        "20-03-04 二、安排/（一）3月6日（周五）检查；/散会。 | 20-03-11 乙。 | ? cut:2"
    ),
    "2020年3月4日\n甲。\n往期推荐\n2月20日 | 修路": "20-03-04 甲。/往期推荐/2月20日 | 修路 | ? cut:3",
    "2020年3月4日 晴\n甲。\n村委会\n2020年3月4日\n2020年3月5日 阴\n乙。": (
        "20-03-04 甲。/村委会/2020年3月4日 | 20-03-05 乙。"
    ),
    "2020年3月1日\n甲。\n2020年3月2日\n乙。\n值班安排\n2020年3月5日 小王\n2020年3月6日 小李": (
        "20-03-01 甲。 | 20-03-02 乙。/值班安排/2020年3月5日 小王/2020年3月6日 小李 | ? cut:odd"
    ),
    "2020年6月3日\n甲。\n6.5 环境日\n2020年6月6日\n乙。": "20-06-03 甲。/6.5 环境日 | 20-06-06 乙。 | ? cut:2",
    "2023年3月1日 星期三\n3.15 晚会\n3.8 元一斤\n甲。\n2023年3月3日 星期五\n乙。": (
        "23-03-01 3.15 晚会/3.8 元一斤/甲。 | 23-03-03 乙。 | ? cut:1"
    ),
    "2018年3月9日 星期五\n2020年3月10日\n乙。\n2020年3月11日\n丙。": (
        "20-03-10 乙。 | 20-03-11 丙。 | + 2018年3月9日 星期五 | ? cut:0"
    ),
    # Numbered days are days where each has its text, and a sentence with the weather is one like the others.
    "一、2022年6月7日 走访南厂\n甲。\n二、2022年6月8日 走访北厂\n乙。": "22-06-07 甲。 | 22-06-08 乙。",
    "2022年工作\n1. 6月7日 走访\n甲。\n2. 6月8日 开会\n乙。": "22-06-07 甲。 | 22-06-08 乙。",
    "2022年工作\n一、6月7日 走访\n二、6月8日 开会\n乙。": (
        "? 2022年工作/一、6月7日 走访/二、6月8日 开会/乙。 | ? cut:1 cut:2 date:0"
    ),
    "2019年11月20日，我来了。\n11月21日，看了小学。\n12月2日，下雪，去看了五保户。": (
        "? 2019年11月20日，我来了。/11月21日，看了小学。/12月2日，下雪，去看了五保户。 | ? cut:0 cut:1 cut:2 date:0"
    ),
    "2019年12月1日 星期日 晴\n甲。\n12月2日，下雪，去看了五保户。\n2019年12月4日 阴\n乙。": (
        "19-12-01 甲。/12月2日，下雪，去看了五保户。 | 19-12-04 乙。 | ? cut:2"
    ),
    "2019年12月1日，晴，到村。\n12月2日，下雪，去看了五保户。\n12月3日 阴\n丙。": (
        "19-12-01 到村。 | 19-12-02 去看了五保户。 | 19-12-03 丙。"
    ),
    # A day that is said again right below is one day, with the title or the text behind it.
    "2023年5月1日 星期一 晴\n5.1 假期值班\n甲。\n2023年5月2日 星期二\n乙。": "23-05-01 甲。 | 23-05-02 乙。",
    "2023年5月1日\n5月1日 晴\n甲。\n5月2日\n5月2日：走访。": "23-05-01 甲。 | 23-05-02 5月2日：走访。",
    "2023年5月1日 开会\n5月1日 走访\n甲。": "23-05-01  | 23-05-01 甲。",
    "2023年5月1日\n5.1 目标\n甲。\n5.2 措施\n乙。": "23-05-01 5.1 目标/甲。/5.2 措施/乙。 | ? cut:1 cut:3",
    # A plan ends where the next part of the text begins, and the number of an issue is no title.
    "2022年7月总结\n一、本周\n7月11日（周一） 考试，来了人。\n7月14日（周四） 检修。\n二、下周计划\n"
    "7月18日（周一） 验收\n7月20日（周三） 演练\n三、问题\n气价太高。": (
        "22-07-11 考试，来了人。 | 22-07-14 检修。/二、下周计划/7月18日（周一） 验收/"
        "7月20日（周三） 演练/三、问题/气价太高。"
        " | + 2022年7月总结/一、本周 | ? cut:odd"
    ),
    "简报第一期\n修桥\n今天开工，来了人。\n工作组\n2020年3月5日\n"
    "简报第二期\n运证\n证拿到了，好。\n工作组\n2020年3月9日": (
        "20-03-05 今天开工，来了人。/工作组 | 20-03-09 证拿到了，好。/工作组"
    ),
    "周记（第3周）\n单位：南厂\n2023年2月13日—2月17日\n报到，核实人数。\n"
    "周记（第4周）\n2023年2月20日—2月24日\n来电，可送人。": (
        "23-02-13/2023-02-17 报到，核实人数。 | 23-02-20/2023-02-24 来电，可送人。 | + 单位：南厂"
    ),
    # What says the year: Chinese numerals in a title, a day of publication with its label.
    "社区日志（二〇二二年四月）\n4月3日 值守\n甲。\n4月4日 到货\n乙。": "22-04-03 甲。 | 22-04-04 乙。",
    "手记\n发布时间：2022-07-10\n7月4日 上门\n甲。\n7月6日 调解\n乙。": "22-07-04 甲。 | 22-07-06 乙。",
    "本报讯 2022-07-10 09:12:33\n7月4日 上门\n甲。\n7月6日 调解\n乙。": "22-07-04 甲。 | 22-07-06 乙。",
    "手记\n来源：县报 2022年1月3日\n12月28日 晴\n甲。\n1月2日 晴\n乙。": "21-12-28 甲。 | 22-01-02 乙。",
    "手记\n（来源：县报　时间：2022年1月3日）\n12月28日 晴\n甲。": "21-12-28 甲。",
    "手记\n供稿：李冬 2022年1月3日\n阅读 1200 2022-01-03 09:30\n12月28日 晴\n甲。": "21-12-28 甲。",
    "手记\n作者：李冬 2022年1月3日\n12月28日 晴\n甲。": "21-12-28 甲。",
    "作者：李冬 2022年1月3日\n甲。\n作者：李冬 2022年1月4日\n乙。": "22-01-03 甲。 | 22-01-04 乙。",
    "一\n来源：县报 2022年1月3日\n甲。\n二\n来源：县报 2022年1月5日\n乙。": (
        "? 来源：县报 2022年1月3日/甲。/二/来源：县报 2022年1月5日/乙。 | ? cut:1 cut:4 date:0"
    ),
    # A text may be changed long after its days.
    "手记\n更新于：2022/07/10 09:30　阅读 1200\n7月4日 上门\n甲。": "22-07-04 甲。",
    "手记\n7月4日 上门\n甲。\n最后更新：2022-07-10": "22-07-04 甲。/最后更新：2022-07-10",
    "Log\nLast updated: July 10, 2022 9:30\nJuly 4\nA came.": "22-07-04 A came.",
    "Log\nPosted on 10 July 2022\nMarch 4\nA came.": "22-03-04 A came.",
    "Log\nLast updated on 10 July 2022\nMarch 4\nA came.": "? A came. | ? year",
    "手记\n最后更新：2022-01-10\n12月4日 上门\n甲。": "? 甲。 | ? year",
    "手记\n最后更新：2022-01-05\n12月31日 上门\n甲。": "21-12-31 甲。",
    "手记\n最后更新：2022-07-10\n3月4日 上门\n甲。": "? 甲。 | ? year",
    "手记\n发布于：2022-07-10\n3月4日 上门\n甲。": "22-03-04 甲。",
    # Nothing of that: over New Year, days without a text, a second writer, a chronicle of many years.
    "2019年12月30日\n甲。\n1月2日\n乙。\n1月5日 休息\n1月6日\n丙。": (
        "19-12-30 甲。 | 20-01-02 乙。 | 20-01-05  | 20-01-06 丙。"
    ),
    "小林\n2020年5月9日\n甲。\n5月12日\n乙。\n小王\n5月9日\n丙。\n5月11日\n丁。": (
        "20-05-09 甲。 | 20-05-12 乙。/小王 | 20-05-09 丙。 | 20-05-11 丁。 | ? date:6"
    ),
    "2008年3月4日 建厂\n甲。\n2014年5月6日 扩建\n乙。\n2020年7月8日 搬迁\n丙。": (
        "08-03-04 甲。 | 14-05-06 乙。 | 20-07-08 丙。"
    ),
    # Years: a title counts, and the moon only confirms.
    "工作纪事（2019年）\n3月28日 春灌\n甲。\n6月7日\n乙。\n2020年1月24日（除夕）\n丙。\n1月25日（正月初一）\n丁。": (
        "19-03-28 甲。 | 19-06-07 乙。 | 20-01-24 丙。 | 20-01-25 丁。"
    ),
    "2020年工作动态\n12月30日\n甲。\n1月3日\n乙。\n1月4日\n丙。": "? 甲。 | ? 乙。 | ? 丙。 | ? year",
    "2018年日记\n3月1日\n甲。\n2020年3月4日\n乙。": "? 甲。 | 20-03-04 乙。 | ? year",
    "2020年3月1日\n听他讲。\n1978年12月 分地\n3月5日\n乙。": "20-03-01 听他讲。/1978年12月 分地 | 20-03-05 乙。",
    "2019年日记\n2020年3月1日\n甲。\n3月2日\n乙。": "20-03-01 甲。 | ? 乙。 | ? year",
    "2019年\n3月1日\n甲。\n2020年\n6月1日\n乙。": "19-03-01 甲。 | 20-06-01 乙。",
    "2019年工作\n3月1日\n甲。\n2020年工作\n4月1日\n乙。": "19-03-01 甲。/2020年工作 | 20-04-01 乙。",
    "2020年3月30日\n甲。\n31日\n乙。\n1日\n丙。": "20-03-30 甲。 | 20-03-31 乙。 | 20-04-01 丙。",
    "2018年3月9日\n甲。\n2020年3月10日\n乙。\n2020年3月11日\n丙。": (
        "20-03-10 乙。 | 20-03-11 丙。 | + 2018年3月9日/甲。 | ? cut:0"
    ),
    "2020年3月9日\n甲。\n2020年3月11日\n乙。\n2020年2月12日\n丙。": (
        "20-03-09 甲。 | 20-03-11 乙。/2020年2月12日/丙。 | ? cut:4"
    ),
    # Amounts are no days.
    "2020年3月4日\n甲。\n3.5 张书记来访\n乙。\n7.5 个组长讨论\n2020年3月6日\n丙。": (
        "20-03-04 甲。/3.5 张书记来访/乙。/7.5 个组长讨论 | 20-03-06 丙。 | ? cut:2"
    ),
    "2020年3月3日 晴\n甲。\n3.4 开会\n乙。\n3.5 张书记来访\n丙。\n3.6 车间走访\n丁。\n7.5 个组长讨论": (
        "20-03-03 甲。 | 20-03-04 乙。 | 20-03-05 丙。 | 20-03-06 丁。/7.5 个组长讨论 | ? cut:8"
    ),
    "3/5 张书记来访\n甲。\n3/6 车间走访\n乙。": "? 3/5 张书记来访/甲。/3/6 车间走访/乙。 | ? cut:0 cut:2 date:0",
    "3月5日开会，定了三件事。\n甲。\n2020年3月6日\n乙。": "20-03-06 乙。 | + 3月5日开会，定了三件事。/甲。 | ? cut:0",
    # A day right before its title may be one in a text.
    "2020年3月4日开会\n甲。\n3月5日召开党员会\n乙。\n3月6日走访\n丙。\n3月1日前交表\n3月7日，开会。": (
        "20-03-04 甲。/3月5日召开党员会/乙。 | 20-03-06 丙。/3月1日前交表/3月7日，开会。 | ? cut:2"
    ),
    "2020年6月3日\n甲。\n6.5 亩在河东\n7.2 米宽\n6.1 万元\n2020年6月4日\n乙。": (
        "20-06-03 甲。/6.5 亩在河东/7.2 米宽/6.1 万元 | 20-06-04 乙。"
    ),
    "2020年6月3日\n甲。\n6.5 端午\n乙。": "20-06-03 甲。 | 20-06-05 乙。",
    # Nearly days: read where nothing else can be meant, asked otherwise.
    "2O20年3月5曰 晴\n甲。\n2020年3月l0日\n乙。\n'20.3.11 周三\n丙。": (
        "20-03-05 甲。 | 20-03-10 乙。 | 20-03-11 丙。"
    ),
    "廿一年三月九日\n甲。\n2021.0310\n乙。\n2021年.3月11日\n丙。\n2021一3一12\n丁。": (
        "21-03-09 甲。 | 21-03-10 乙。 | 21-03-11 丙。 | 21-03-12 丁。"
    ),
    "D3｜2020年8月4日\n甲。\nDay 4（8.5）\n乙。": "20-08-04 甲。 | 20-08-05 乙。",
    "2020年3月6日\n甲。\n200307\n乙。\n0308\n丙。\n2202年3月9日\n丁。\n2020年310日\n戊。": (
        "20-03-06 甲。/200307/乙。/0308/丙。/2202年3月9日/丁。/2020年310日/戊。 | ? cut:2 cut:4 cut:6 cut:8"
    ),
    "2020年3月6日\n甲。\n20-3-7\n乙。": "20-03-06 甲。/20-3-7/乙。 | ? cut:2",
    # A text behind the day.
    "2020年7月6日\n甲。\n2020年7月7日。到村。\n2020年7月8日上午：盘点。\n2020年7月9日；到村。": (
        "20-07-06 甲。 | 20-07-07 到村。 | 20-07-08 盘点。 | 20-07-09 到村。"
    ),
    "2020年7月1日，开会。\n7月2日，走访。\n7月3日：盘点。": (
        "? 盘点。 | + 2020年7月1日，开会。/7月2日，走访。 | ? cut:0 cut:1 year"
    ),
    "2020年4月11日\n甲。\n4月13日早上6点集合": "20-04-11 甲。/4月13日早上6点集合",
    # Signed below.
    "初到\n甲。\n小林\n2020年3月1日\n入户\n乙。\n小林\n2020年3月9日于石桥村": (
        "20-03-01 甲。/小林 | 20-03-09 乙。/小林"
    ),
}


def test_no_day_is_wrong_without_a_question() -> None:
    wrong = {text: found for text, wanted in RUNS.items() if (found := said(text)) != wanted}
    assert not wrong, "\n".join(f"{text!r}\n  {found}\n  {RUNS[text]}" for text, found in wrong.items())


def test_what_stays_open_is_noted_and_can_be_answered() -> None:
    text = "2020年5月6日\n甲。\n2020年6月7日\n乙。\n2020年5月8日\n丙。"
    found = made(*text.split("\n"))
    (asked,) = reviewed(found).questions
    assert asked.options == ("yes", "no", "2020-05-07")
    plan = planned(reviewed(found), found, EMPTY, "en").value
    assert plan is not None
    (draft,) = (body.decode() for name, body in plan.entries.items() if name.startswith("2020-05-06"))
    assert "# to be checked: does an entry of its own begin at the line “2020年6月7日”?\n" in draft
    assert said(text, answered({}, "cut:2", "2020-05-07")) == "20-05-06 甲。 | 20-05-07 乙。 | 20-05-08 丙。"
    assert said(text, answered({}, "cut:2", "是")) == "20-05-06 甲。 | 20-06-07 乙。 | 20-05-08 丙。"
    later = "2021年3月5日\n甲。\n3月9日\n乙。\n2022年3月5日\n丙。\n3月9日\n丁。"
    days = "21-03-05 甲。 | 21-03-09 乙。 | 22-03-05 丙。 | 22-03-09 丁。"
    assert said(later, answered({}, "cut:4", "是")) == days
    both = "2020年5月6日\n甲。\n下步安排：\n5月18日 换届\n5月19日 交表\n2020年5月7日\n乙。"
    assert said(both, answered({}, "cut:odd", "是")) == (
        "20-05-06 甲。/下步安排： | 20-05-18  | 20-05-19  | 20-05-07 乙。"
    )
    each = answered({}, "cut:odd", "逐个")
    assert said(both, each).endswith("? cut:3 cut:4")
    # To be asked about each is no answer: what is left open is noted.
    part = answered(each, "cut:3", "不是")
    plan = planned(reviewed(made(*both.split("\n")), part), made(*both.split("\n")), EMPTY, "en").value
    assert plan is not None
    notes = "".join(body.decode() for body in plan.entries.values())
    assert "at the line “5月19日 交表”?\n" in notes
    assert "5月18日 换届”?" not in notes


def test_a_sentence_with_a_day_is_noted_until_it_is_answered(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    place = given("a.txt", "2019年12月1日 星期日 晴\n甲。\n12月3日，小雪，我和会计老周去仓库。\n12月4日 阴\n乙。\n")
    note = "an entry of its own begin at the line “12月3日，小雪，我和会计老周去仓库。”?"
    space.run(f"import {place}")
    assert [note in draft for _, draft in sorted(drafts(space).items())] == [True, False]
    space.run(f"import {place} --answer cut:2=no")
    assert not any(note in draft for draft in drafts(space).values())
    space.run(f"import {place} --answer cut:all=yes --answer cut:2=yes")
    days = [field(draft, "date") for _, draft in sorted(drafts(space).items())]
    assert days == ["2019-12-01", "2019-12-03", "2019-12-04"]


def test_lists_that_stay_text_stay_lists() -> None:
    points = Listing(tuple(Item((p(f"3月{day}日 节日活动"),)) for day in (8, 12)), start=1, is_tight=True)
    first, second = reviewed(
        made("2020年3月2日 阴", "会上定了：", points, "下午修灯。", "2020年3月3日 晴", "乙。")
    ).entries
    assert [type(one).__name__ for one in first.blocks] == ["Paragraph", "Listing", "Paragraph"]
    assert second.span is not None
    offered = Listing(
        tuple(Item((p(f"7月{day}"),)) for day in ("1日，开会。", "4日，暴雨，抢险。", "9日，走访。")),
        start=1,
        is_tight=True,
    )
    diary = made("2020年7月大事记", offered)
    assert [one.id for one in reviewed(diary).questions] == ["cut:1", "cut:2", "cut:3", "date:0"]
    assert [one.span and one.span.iso() for one in reviewed(diary, {"cut:all": "yes"}).entries] == [
        "2020-07-01", "2020-07-04", "2020-07-09",
    ]  # fmt: skip
    assert reviewed(diary, {"cut:all": "yes"}).questions == ()
    assert [one.id for one in reviewed(diary, {"cut:all": "yes", "cut:2": "no"}).questions] == ["cut:2"]


def test_a_sheet_pasted_into_a_text_is_a_diary() -> None:
    rows = ("日期\t工作内容\t备注", "2020-11-01\t入户排查\t32户", "11-02\t休息\t", "11/3-11/4\t培训")
    found = reviewed(replace(made(), kind="text", pieces=read_text("\n".join(rows))[0]))
    assert [(one.span and one.span.iso(), one.title) for one in found.entries] == [
        ("2020-11-01", "入户排查"), ("2020-11-02", "休息"), ("2020-11-03/2020-11-04", "培训"),
    ]  # fmt: skip


def test_titles_made_of_a_text_are_no_days_and_no_signs() -> None:
    wanted = {
        "2020年3月1日 晴\n2019年3月3日，上一任书记也是这一天到村的，老支书说起来很感慨。": (
            "2019年3月3日，上一任书记也是这一天到村的…"
        ),
        "2020年3月1日/到村": "到村",
        "2020年3月1日 晴 风力：2级\n打桩。": "打桩",
    }
    wrong = [
        (text, one.title)
        for text in wanted
        for one in reviewed(made(*text.split("\n"))).entries
        if one.title != wanted[text]
    ]
    assert wrong == []


def test_the_days_of_a_long_diary_are_compared_with_few_others() -> None:
    def count(size: int) -> int:
        days = [Stop(year=2020 + at // 336, month=at // 28 % 12 + 1, day=at % 28 + 1) for at in range(size)]
        days[size // 2] = Stop(year=1999, month=1, day=1)
        profile = cProfile.Profile()
        assert profile.runcall(strays, days) == {size // 2}
        return sum(one.callcount for one in profile.getstats())

    steps = [count(200), count(400)]
    assert steps[1] < 2.5 * steps[0]


def _steps(*blocks: Block | str, answers: Answers | None = None) -> int:
    """What is done to review a text, counted in calls."""
    found = made(*blocks)
    profile = cProfile.Profile()
    profile.runcall(reviewed, found, answers)
    return sum(one.callcount for one in profile.getstats())


def test_twice_as_long_a_diary_takes_twice_the_work() -> None:
    def days(count: int) -> list[datetime.date]:
        return [datetime.date(2010, 1, 1) + datetime.timedelta(at) for at in range(count)]

    def lists(count: int) -> Iterator[Block | str]:
        for day in days(count):
            yield f"{day.year}年{day.month}月{day.day}日 晴"
            yield Listing((Item((p("3月5日 开会"),)), Item((p("3月6日 走访"),))), None, is_tight=True)

    def yearless(count: int) -> Iterator[str]:
        yield from (line for day in days(count) for line in (f"{day.month}月{day.day}日 晴", "走访。"))

    def odd(count: int) -> Iterator[str]:
        for at, day in enumerate(days(count)):
            yield from (f"{day.year}年{day.month}月{day.day}日 晴", "走访。", f"{2030 + at % 9}年3月5日", "甲。")

    each = {"cut:odd": "each"}
    counts = {
        "days in lists": [_steps(*lists(count)) for count in (200, 400)],
        "days without years": [_steps(*yearless(count)) for count in (60, 120)],
        "days that do not fit": [_steps(*odd(count), answers=each) for count in (60, 120)],
        "no days": [
            _steps(*["走访。"] * count, answers={f"cut:{at}": "yes" for at in range(0, count, 2)})
            for count in (200, 400)
        ],
    }
    assert {name: steps for name, steps in counts.items() if steps[1] > 2.2 * steps[0]} == {}


def test_each_line_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: Counter[str] = Counter()
    real = read

    def counted(line: str) -> DateLine | None:
        seen[line] += 1
        return real(line)

    monkeypatch.setattr(lines, "read", counted)
    monkeypatch.setattr(marking, "read", counted)
    reviewed(
        made("驻村日记", *(line for at in range(1, 20) for line in (f"第{at}次走访。", f"9月{at}日，我们到村里去。")))
    )
    assert set(seen.values()) == {1}
