"""Which days and years an import finds, and what it asks about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator.tools.importers.read import read_bytes
from generator.tools.importers.review import Review
from tests.space import SiteSpace
from tests.tools.importers.feature import YEARLESS
from tests.tools.importers.manuscripts import made, reviewed
from tests.tools.importers.sources import RUN, paragraph, read, word
from tests.tools.importers.written import drafts, field


def test_a_year_is_asked_and_never_invented(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    place = given("a.txt", YEARLESS)
    ran = space.run(f"import {place}")
    assert ran.status == 1
    assert drafts(space) == {}
    assert ran.err == (
        "a.txt: line 1: the year is not known: 3月12日 星期二 晴\n  hint: add --year, one of 2019, 2013, 2002, 1996\n"
    )
    assert space.run(f"import --year 2019 {place}").status == 0
    assert sorted(field(text, "date") for text in drafts(space).values()) == ["2019-03-12", "2019-03-14"]


CASES = {
    "the year carried on over New Year": (
        "2019年12月30日 晴\n\n甲。\n\n1月2日 晴\n\n乙。\n",
        "a.txt",
        ["2019-12-30", "2020-01-02"],
    ),
    "back over the turn of a year": (
        "1月2日 晴\n\n乙。\n\n12月30日 晴\n\n甲。\n",
        "2020年.txt",
        ["2019-12-30", "2020-01-02"],
    ),
    "a heading with year and month": (
        "2018年5月\n\n7日 星期一 晴\n\n甲。\n\n8日 星期二\n\n乙。\n",
        "a.txt",
        ["2018-05-07", "2018-05-08"],
    ),
    "the lunar day proves it": ("1月28日 正月初四 多云\n\n甲。\n", "a.txt", ["2020-01-28"]),
    "the folder's name": ("3月12日 晴\n\n甲。\n", "2013年日志/a.txt", ["2013-03-12"]),
    "a file's name with lines below its numbers": ("今天开会。\n", "2022_03_05.txt", ["2022-03-05"]),
    "published in January, about December": ("12月30日 晴\n\n甲。\n\n2020-01-03 某某网\n", "a.txt", ["2019-12-30"]),
    "a day after that of publication": (
        "驻村三日\n\n2022-03-10 08:00 来源：县报\n\n3月7日 晴\n\n甲。\n\n3月12日 阴\n\n乙。\n",
        "a.txt",
        ["2022-03-07", "2022-03-12"],
    ),
    "changed two days before": ("手记\n更新于：2022-07-10\n7月12日 上门\n甲。\n", "a.txt", ["2022-07-12"]),
    "published with a short year": ("手记\n22.7.10 来源：县报\n3月4日 上门\n甲。\n", "a.txt", ["2022-03-04"]),
    "its own day said again": (
        "2019年12月3日 星期二\n到村。\n12月3日，小雪，我去仓库。\n12月4日 星期三\n乙。\n12月4日，收工，回家。\n",
        "a.txt",
        ["2019-12-03", "2019-12-04"],
    ),
    "a day of a week that is told over New Year": (
        "2019年12月30日—2020年1月5日\n到村。\n1月2日，小雪，去仓库。\n1月6日\n乙。\n",
        "a.txt",
        ["2019-12-30/2020-01-05", "2020-01-06"],
    ),
    "a week below its first day": (
        "---\ndate: 2021-11-08\n---\n\n## 11月8日\n\n甲。\n\n## 11月9日\n\n乙。\n",
        "a.md",
        ["2021-11-08", "2021-11-09"],
    ),
    "weekdays beside the day of publication": (
        "2022-03-10 08:00 来源：县报\n\n3月7日 周日\n\n甲。\n\n4月12日 周一\n\n乙。\n",
        "a.txt",
        ["2021-03-07", "2021-04-12"],
    ),
    "weekdays beside a title": (
        "2021年服务日志\n\n12月29日 周三 晴\n\n甲。\n\n1月4日 周二 阴\n\n乙。\n",
        "a.txt",
        ["2021-12-29", "2022-01-04"],
    ),
    "a year from January to September": (
        "2021年工作日志\n\n1月5日 晴\n\n甲。\n\n9月1日 晴\n\n乙。\n",
        "a.txt",
        ["2021-01-05", "2021-09-01"],
    ),
    "on into the next year": (
        "2021年3月5日 晴\n\n甲。\n\n12月30日 阴\n\n乙。\n\n1月5日 晴\n\n丙。\n",
        "a.txt",
        ["2021-03-05", "2021-12-30", "2022-01-05"],
    ),
    "a school year": (
        "2021—2022学年班主任日志\n\n9月1日 开学\n甲。\n\n1月6日 期末\n乙。\n\n2月20日 开学\n丙。\n",
        "a.txt",
        ["2021-09-01", "2022-01-06", "2022-02-20"],
    ),
    "a feast behind a dotted day": (
        "支教日记 2021年秋\n\n9.1 开学\n甲。\n\n9.19 动员\n乙。\n\n12.30 元旦联欢\n丙。\n\n1.6 期末\n丁。\n",
        "a.txt",
        ["2021-09-01", "2021-09-19", "2021-12-30", "2022-01-06"],
    ),
    "nights from one day to the next": (
        "2022年日志\n3月6日夜—7日凌晨\n甲。\n3月8日20时至9日8时\n乙。\n3月10日20:00—3月11日8:00 夜班\n丙。\n",
        "a.txt",
        ["2022-03-06/2022-03-07", "2022-03-08/2022-03-09", "2022-03-10/2022-03-11"],
    ),
    "days with clocks and numbers behind them": (
        "2022年日志\n3月12日8:00-11:30\n丁。\n3月13日和14日\n戊。\n3月15日和7名党员座谈\n己。\n",
        "a.txt",
        ["2022-03-12", "2022-03-13/2022-03-14", "2022-03-15"],
    ),
    "the newest first": (
        "2021年1月8日 晴\n\n甲。\n\n1月3日 阴\n\n乙。\n\n12月30日 晴\n\n丙。\n",
        "a.txt",
        ["2020-12-30", "2021-01-03", "2021-01-08"],
    ),
    "two of one day": ("2018年5月18日 晴\n\n甲。\n\n2018年5月18日 晴\n\n乙。\n", "a.txt", ["2018-05-18", "2018-05-18"]),
    "the day under a signature": ("2018年5月18日 晴\n\n甲。\n\n工作组\n\n2018年5月20日\n", "a.txt", ["2018-05-18"]),
    "parts of a text": ("2018年5月18日 晴\n\n1.1 概况\n\n甲。\n\n1.2 问题\n\n乙。\n", "a.txt", ["2018-05-18"]),
}


def test_a_title_in_the_properties_that_contradicts_the_heading_is_asked_about() -> None:
    found = replace(
        made("石桥村2020年工作日志", "3月5日 晴", "甲。", "3月6日 晴", "乙。"), title="石桥村2019年工作日志"
    )
    (asked,) = reviewed(found).questions
    assert (asked.id, asked.options) == ("year", ("2019", "2020"))
    days = [one.span.iso() for one in reviewed(found, {"year": "2020"}).entries if one.span]
    assert days == ["2020-03-05", "2020-03-06"]


def test_a_title_in_the_properties_alone_says_no_year() -> None:
    found = replace(made("巡查日志", "3月5日 晴", "甲。", "3月6日 晴", "乙。"), title="2019年工作日志模板", kind="docx")
    for title in ("2019年工作日志模板", "石桥村2019年工作日志"):
        (asked,) = reviewed(replace(found, title=title)).questions
        assert (asked.id, asked.options) == ("year", ("2019",))
    assert reviewed(replace(found, title="2019年工作日志", kind="html")).questions == ()


def test_a_day_that_word_fills_in_is_none_of_the_diary() -> None:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    instruction = r'<w:r><w:instrText> DATE \@ "yyyy年M月d日" </w:instrText></w:r>'
    field = f"{sign('begin')}{instruction}{sign('separate')}{RUN.format('2026年11月')}{RUN.format('30日')}{sign('end')}"
    simple = f'<w:fldSimple w:instr="SAVEDATE">{RUN.format("2026-11-30")}</w:fldSimple>'
    for day, shown in ((field, "2026年11月30日"), (simple, "2026-11-30")):
        found = read(word(paragraph(RUN.format("日期：") + day) + paragraph(RUN.format("巡了三条沟。"))))
        review = reviewed(found)
        assert [one.id for one in review.questions] == ["date:0"]
        assert shown in [one.text for one in review.left_out]


def test_a_year_that_can_be_one_of_two_is_asked() -> None:
    cases = {
        ("2022-03-10 08:00 来源：县报", "3月7日 晴", "甲。", "4月12日 阴", "乙。"): ("2022", "2021"),
        ("2021年服务日志", "12月29日 晴", "甲。", "1月4日 阴", "乙。"): ("2021", "2020"),
        ("2022-03-10 08:00 来源：县报", "6月7日 晴", "甲。", "12月12日 阴", "乙。"): (),
    }
    for lines, options in cases.items():
        asked = reviewed(made(*lines)).questions
        assert [(one.id, one.options) for one in asked] == ([("year", options)] if options else []), lines


def test_a_year_that_somebody_said_against_the_file_is_told_with_what_the_file_says() -> None:
    lines = ("3月7日 晴", "甲。", "3月9日 阴", "乙。")
    for year, evidence in (
        ("2019", "you said the year, against what the file says: published on 2022-03-10"),
        ("2022", "you said the year"),
    ):
        found = reviewed(made("2022-03-10 08:00 来源：县报", *lines), {"year": year})
        assert {str(one.evidence) for one in found.entries} == {evidence}
    (first, _) = reviewed(made("2021年工作日志", *lines), {"year": "2020"}).entries
    assert str(first.evidence).endswith("against what the file says: the heading: 2021年工作日志")


def test_days_and_years(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    wrong = []
    for number, (name, (text, file, days)) in enumerate(CASES.items()):
        shown = json.loads(space.run(f"import --json --dry-run {given(f'{number}/{file}', text)}").out)[0]
        if sorted(one["date"] for one in shown["entries"]) != days:
            wrong.append((name, [one["date"] for one in shown["entries"]], shown["questions"]))
    assert wrong == []


def test_days_that_do_not_follow_each_other_are_asked_about() -> None:
    cases = {
        "3月5日、3月12日 巡堤": ("2022-03-05", "2022-03-05/2022-03-12"),
        "3月19日、26日": ("2022-03-19", "2022-03-19/2022-03-26"),
        "3月1日、3日、5日 甲班": ("2022-03-01", "2022-03-01/2022-03-03"),
        "3月10、11、12日": ("2022-03-10", "2022-03-10/2022-03-11"),
        "3月5日和9日": ("2022-03-05", "2022-03-05/2022-03-09"),
        "3月5、6日 摸底": None,
        "3月31日、4月1日 植树": None,
        "3月5日至12日 巡堤": None,
    }
    for text, options in cases.items():
        questions = reviewed(made("2022年日志", text, "甲。", "4月9日", "乙。")).questions
        assert [one.options for one in questions] == ([options] if options else []), text


REFUSED = {
    "2020年2月30日 晴\n\n甲。\n": "there is no such day",
    "3/5/09\n\n甲。\n": "the day can be read in more than one way",
    "201x年x月x日 星期x\n\n甲。\n": "no day can be read here",
    "20xx年3月2日 星期日 天气晴\n\n甲。\n": "the year is not known",
    "驻村日记 1\n\n去了红星村，回来很晚。\n": "nothing says the day",
    "9月23日，我和同事们一道进村入户。\n\n回来很晚。\n": "nothing says the day",
}


def test_what_contradicts_itself_is_asked_with_its_line(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    wrong = []
    for text, fact in REFUSED.items():
        ran = space.run(f"import {given('a.txt', text)}")
        if ran.status != 1 or fact not in ran.err:
            wrong.append((text, ran))
    assert wrong == []
    assert drafts(space) == {}
    # A wrong weekday leaves a draft, which says so.
    assert space.run(f"import {given('b.txt', '2020年3月5日 星期五 晴' + chr(10) * 2 + '甲。')}").status == 0
    assert "# to be checked: the weekday in the line is not that of 2020-03-05" in "".join(drafts(space).values())


def test_a_question_quotes_its_line_beside_its_id(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    line = "9月23日，我和同事们一道进村入户。"
    ran = space.run(f"import --year 2019 {given('a.txt', f'驻村日记{chr(10) * 3}{line}{chr(10) * 2}回来很晚。')}")
    assert f"  “{line}”: does an entry begin here? --answer cut:1=yes|no\n" in ran.out


SAID_YEAR = {
    # What the text says of other days stays.
    "2021年日志\n3月6日\n乙。\n2019年1月5日\n丙。\n1月6日\n丁。": ("2021", ["2019-01-05", "2019-01-06", "2021-03-06"]),
    "2020年日志\n3月5日\n甲。\n3月6日\n乙。\n2019年5月7日\n丙。\n5月8日\n丁。": (
        "2020",
        ["2019-05-07", "2019-05-08", "2020-03-05", "2020-03-06"],
    ),
    # Another year among days that go on is a slip.
    "2022年日志\n1月3日\n甲。\n2021年1月4日\n乙。\n1月5日\n丙。\n1月6日\n丁。": (
        "2022",
        ["2021-01-04", "2022-01-03", "2022-01-05", "2022-01-06"],
    ),
    "2021年日志\n3月3日\n甲。\n12月30日\n乙。\n12月31日\n丙。\n2021年1月1日\n丁。\n1月2日\n戊。": (
        "2021",
        ["2021-01-01", "2021-03-03", "2021-12-30", "2021-12-31", "2022-01-02"],
    ),
    # Weekdays contradict a heading.
    "2019年\n3月5日 星期四\n甲。\n3月6日 星期五\n乙。\n2022年\n3月8日 星期二\n丙。": (
        "2020",
        ["2020-03-05", "2020-03-06", "2022-03-08"],
    ),
    "2020年3月5日 星期四\n甲。\n3月6日 星期六\n乙。\n3月7日 星期日\n丙。": (
        "2021",
        ["2020-03-05", "2021-03-06", "2021-03-07"],
    ),
}


def test_a_year_holds_for_the_days_that_were_asked_about(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    wrong = []
    for text, (year, wanted) in SAID_YEAR.items():
        place = given("a.txt", text)
        (asked,) = json.loads(space.run(f"import --json --dry-run {place}").out)
        (found,) = json.loads(space.run(f"import --json --dry-run --year {year} {place}").out)
        days = sorted(one["date"] for one in found["entries"])
        kinds = [one["kind"] for one in asked["questions"]]
        wrong += [(text, days, kinds)] if days != wanted or "year" not in kinds else []
    assert wrong == []


def test_a_number_in_a_title_that_is_no_year_of_the_diary_is_offered_and_never_taken() -> None:
    titles = {
        "2020级3班家访记": ("2020",), "驻点记（2018级干部）": ("2018",), "2021届毕业班护校记": ("2021",),
        "G2022次列车随记": ("2022",), "政发2019号驻点记": ("2019",), "政发〔2019〕5号驻点记": ("2019",),
        "2022版防汛手册附记": ("2022",), "“2021行动”驻厂记": ("2021",), "2000亩高标准农田建设日记": ("2000",),
        "2020年远景驻村记": ("2020",), "2019-2021驻村记": ("2019", "2021"),
        "工作队成立于2019年5月": ("2019",), "石桥村（2015年撤并）": ("2015",), "2016年获市先进": ("2016",),
        "依据2019年修订的《水法》": ("2019",), "2021年新版表格": ("2021",), "2021年工作日志模板": ("2021",),
        "汶川地震（2008年）十周年重访日记": ("2008",), "2019冠状病毒病防控日记": ("2019",), "QQ群2019": ("2019",),
        "ISO9001:2015贯标日志": ("2015",), "Office2019培训日志": ("2019",), "2022室隔离日记": ("2022",),
        "石桥村2019年合并后日志": ("2019",),
        # Years of different things, and of another one.
        "2019年贫困户2022年回访日记": ("2019", "2022"), "2020年度资金（2022年验收）工作日志": ("2020", "2022"),
        "2021年项目2022年施工日志": ("2021", "2022"), "2018年精准扶贫2022年乡村振兴工作日志": ("2018", "2022"),
        "2019年入党的我在2022年的驻村日记": ("2019", "2022"), "2018年到村的我（驻村第四年日记）": ("2018",),
        "21年项目22年施工日志": (),
        # No year that is yet to come.
        "双百2035驻村记": (), "2030年远景驻村记": (), "2030年驻村记": (), "2040年": (),
    }  # fmt: skip
    wrong = {}
    for title, offered in titles.items():
        found = reviewed(made(title, "3月5日 晴", "甲。", "3月6日 雨", "乙。"))
        options = [one.options for one in found.questions if one.id == "year"]
        if options != [offered]:
            wrong[title] = options, [one.span for one in found.entries]
    assert wrong == {}
    for title in (
        "2021年驻村日记", "2021驻村日记", "驻村日记（2021）", "二〇二一年驻村日记", "驻村日记 2021年上半年",
        "2021年防火值班表", "防汛值守2021年", "2021年春季学期支教生活点滴", "2021.3 驻村记", "走访（2021年）",
        "Village log, spring 2021", "2021年我的驻村日记",
    ):  # fmt: skip
        found = reviewed(made(title, "3月5日 晴", "甲。", "3月6日 雨", "乙。"))
        assert [one.span.start.year for one in found.entries if one.span] == [2021, 2021], title


def spans(found: Review) -> list[str]:
    return [one.span.iso() if one.span else "?" for one in found.entries]


def test_a_day_months_behind_the_one_above_it_is_asked_about_and_those_below_follow() -> None:
    diary = made("2022年8月5日", "下地。", "2月5日", "开学。", "2月8日", "上班。")
    found = reviewed(diary)
    assert spans(found) == ["2022-08-05", "2023-02-05", "2023-02-08"]
    assert [(one.id, one.options) for one in found.questions] == [("date:2", ("2023-02-05", "2022-02-05"))]
    answered = reviewed(diary, {"date:2": "2022-02-05"})
    assert spans(answered) == ["2022-08-05", "2022-02-05", "2022-02-08"]
    assert answered.questions == ()
    for first, second in (("2022年11月5日", "2月5日"), ("2022年10月5日", "1月5日")):
        assert reviewed(made(first, "下地。", second, "开学。")).questions == (), first


def test_days_below_one_whose_year_was_corrected_follow_it() -> None:
    diary = made("2022年3月5日", "下地。", "2021年3月7日", "看水。", "3月9日", "开会。")
    answers = {"cut:2": "yes", "date:2": "2022-03-07"}
    assert spans(reviewed(diary, answers)) == ["2022-03-05", "2022-03-07", "2022-03-09"]


def test_a_file_that_says_its_own_day_is_not_asked_about_one_sentence() -> None:
    def asked(*lines: str) -> list[str]:
        found = read_bytes("2021-05-12.md", "", "\n\n".join(("---\ndate: 2021-05-12\n---", *lines)).encode()).value
        assert found is not None
        return [one.source for one in reviewed(found).questions]

    mention = "5月13日会再来一次。"
    assert asked("昨夜冰雹，大棚倒了。", mention) == []
    # Several may be the days of a diary.
    both = "5月11日，进村入户。", "5月12日，走访三户。"
    assert asked("两天。", *both) == list(both)
