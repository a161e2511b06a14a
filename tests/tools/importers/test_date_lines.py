"""Every form of a date line that was met in public texts, and many more that a generator makes."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from pathlib import Path

from generator.tools.importers.date_facts import DateLine, extension
from generator.tools.importers.date_lines import read
from generator.tools.importers.lone_days import lone_day
from generator.tools.importers.lunar import lunar_day
from generator.tools.importers.shapes import is_caption
from tests.tools.importers.manuscripts import made, reviewed

FORMS = Path(__file__).parents[2] / "fixtures" / "date_lines.tsv"


def said(line: DateLine | None) -> str:
    """What was read of a line, as the table writes it."""
    if line is None:
        return "-"
    day = ""
    if line.day is not None:
        year = f"{line.mask or line.year}-" if line.mask or line.year else ""
        day = f"{year}{line.month or 0:02}-{line.day:02}".replace("00-", "?-") if not line.month else ""
        day = day or f"{year}{line.month:02}-{line.day:02}"
        if line.end_day:
            month = f"{line.end_month:02}-" if line.end_month and line.end_month != line.month else ""
            day += f"/{f'{line.end_year}-' if line.end_year else ''}{month}{line.end_day:02}"
    parts = [
        line.kind,
        day,
        f"?{len(line.readings)}" if line.readings else "",
        line.part,
        "" if line.weekday is None else f"w{line.weekday}",
        f"l{line.lunar[0]}.{line.lunar[1]}" if line.lunar else "",
        f"d{line.count}" if line.count else "",
        line.weather,
        f"@{line.place}" if line.place else "",
        line.title,
    ]
    return " ".join(filter(None, parts))


def whole(form: str) -> DateLine | None:
    first, *others = form.split("\\n")
    line = None if is_caption(first) else read(first)
    for more in map(extension, others):
        assert line is not None
        assert more is not None, form
        weekday = more.weekday if line.weekday is None else line.weekday
        line = replace(line, weekday=weekday, weather=line.weather or more.weather, place=line.place or more.place)
        line = replace(line, title=line.title or more.author)
    return line


def test_every_form_is_read_asked_or_refused() -> None:
    rows = [line.split("\t") for line in FORMS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    wrong = [(form, said(whole(form)), wanted) for wanted, form in rows if said(whole(form)) != wanted]
    assert wrong == []
    assert len(rows) > 60


def test_generated_lines_are_read_as_their_days() -> None:
    first = datetime.date(2019, 12, 29)
    numerals = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    def han(n: int) -> str:
        tens = "" if n < 10 else "十" if n < 20 else f"{numerals[n // 10]}十"
        return tens + numerals[n % 10]

    forms = [
        lambda d: f"{d.year}年{d.month}月{d.day}日",
        lambda d: f"{d.month}月{d.day}日",
        lambda d: f"{d.year}.{d.month}.{d.day}",
        lambda d: f"{d.year}-{d.month:02}-{d.day:02}",
        lambda d: "".join("〇一二三四五六七八九"[int(c)] for c in str(d.year)) + f"年{han(d.month)}月{han(d.day)}日",
        lambda d: f"{d.month}月{d.day}号".translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}),
        lambda d: f"【{d.month}月{d.day}日】",
        lambda d: f"日期：{d.month}月{d.day}日",
    ]
    weekdays = ["", " 星期{}", "（周{}）", " 礼拜{}"]
    behind = ["", " 晴", " 小雨转阴", " 进村入户"]
    wrong: list[tuple[str, object]] = []
    every = list(itertools.product(forms, weekdays, behind, range(0, 400, 61)))
    for number, (form, weekday, tail, days) in enumerate(every):
        day = first + datetime.timedelta(days + number % 7)
        text = form(day) + weekday.format("一二三四五六日"[day.weekday()]) + tail
        line = read(text)
        found = line and (line.kind, line.month, line.day, line.weekday, line.title)
        name = "" if weekday == "" else day.weekday()
        if found != ("entry", day.month, day.day, None if name == "" else name, "进村入户" if "进村" in tail else ""):
            wrong.append((text, found))
        elif line and line.year not in (None, day.year):
            wrong.append((text, line.year))
    assert wrong == []
    assert len(every) > 200


PARTS = {
    "3月5日": ("day", 5),
    "星期四": ("weekday", 3),
    "晴转多云": ("weather", "晴转多云"),
    "农历二月十二": ("lunar", (2, 12)),
    "第12天": ("count", 12),
    "烟台": ("place", "烟台"),
    "惊蛰": ("month", 3),
}
BETWEEN = (" ", "\u3000", "，", " | ", "、")


def test_the_parts_of_a_date_line_stand_in_any_order() -> None:
    orders = [one for size in range(2, 5) for one in itertools.permutations(PARTS, size) if "3月5日" in one]
    wrong: list[tuple[str, str]] = []
    for number, order in enumerate(orders):
        texts = [BETWEEN[number % len(BETWEEN)].join(order)]
        if "烟台" not in order:
            texts += ["".join(f"（{one}）" if one != "3月5日" else one for one in order)]
        for text in texts:
            line = read(text)
            said_of = [getattr(line, PARTS[one][0], None) == PARTS[one][1] for one in order]
            if line is None or line.kind != "entry" or not all(said_of):
                wrong.append((text, said(line)))
        if order[-1] == "3月5日":
            # Running text that begins so is none.
            for behind in (
                "，工作组到村里去，走访了三十户群众。",
                "以来，工作组走访了三十户。",
                "下午，工作组开会，回来很晚。",
            ):
                line = read(texts[0] + behind)
                if line and line.kind != "offer":
                    wrong.append((texts[0] + behind, said(line)))
    assert wrong == []
    assert len(orders) > 500


def test_a_line_takes_no_longer_for_being_strange() -> None:
    # Each of these can be taken apart in as many ways as there are subsets of its words.
    for unit in (
        "有雨",
        "周四 " + " " * 9,
        "周四（4月20日）  ",
        "雨夹雪",
        "晴天",
        "晴  ",
        "3月5日—",
        "星期四 ",
        "第1天",
    ):
        for before in ("", "3月5日 "):
            read(f"{before}{unit * 5000}x")


def test_lunar_days() -> None:
    known = {
        (2020, 1, 25): (1, 1),
        (2020, 1, 24): (12, 30),
        (2020, 6, 21): (5, 1),
        (2023, 3, 22): (2, 1),
        (1976, 1, 31): (1, 1),
        (2033, 12, 22): (11, 1),
    }
    assert {day: lunar_day(datetime.date(*day)) for day in known} == known
    assert lunar_day(datetime.date(1949, 1, 1)) is None


def test_a_feast_begins_the_title_and_a_solar_term_is_none() -> None:
    titles = {
        "5月3日 国庆节 放假": "国庆节 放假",
        "6月25日 端午 阴 查岗": "端午 查岗",
        "4月4日 清明 晴 扫墓": "扫墓",
        "10月1日 国庆": "国庆",
    }
    assert {text: line.title for text in titles if (line := read(text))} == titles
    assert (extension("国庆节"), extension("春分") is None) == (None, False)


def test_brackets_around_a_title_are_none_of_it() -> None:
    titles = {
        "[2022-03-05 08:00] 甲": "甲", "3月7日[补]": "补", "3月7日 【春耕】现场": "【春耕】现场",
        "3月7日 走访）": "走访", "3月7日 走访（续）": "走访（续）", "3月7號 走访": "走访",
    }  # fmt: skip
    assert {text: line.title for text in titles if (line := read(text))} == titles


def test_weather_and_place_are_read_behind_a_clock() -> None:
    for text in ("时间：2021年10月8日 08:15:00 天气：晴 地点：石板滩", "2021年10月8日 08:15 晴 地点：石板滩 复产"):
        line = read(text)
        assert line is not None
        assert (line.weather.removeprefix("天气："), line.place) == ("晴", "石板滩")
        assert line.title == ("复产" if "复产" in text else "")


def test_a_line_about_both_halves_of_a_day_is_about_neither() -> None:
    parts = {
        "2022年4月6日 上午开会": "am",
        "2022年4月6日 上午开会 下午入户": "",
        "2022年4月6日 下午：开会，晚上值班": "",
        "2022年4月6日 上午晴 下午雨": "",
        "2022年4月6日 周三 上午，我们到了村里。下午回去。": "",
        "2022年4月6日 周三 上午，我们到了村里。": "am",
    }
    assert {text: line.part for text in parts if (line := read(text))} == parts


def test_a_clock_behind_a_t_is_a_clock() -> None:
    for form in ("2021-12-23{}07:30", "2021-12-23{}07:30 走访", "2021-12-23{}07:30:15+08:00"):
        assert said(read(form.format("T"))) == said(read(form.format(" "))), form


def test_weather_in_the_words_of_the_country() -> None:
    said_so = (
        "大太阳", "出太阳", "艳阳高照", "大晴天", "转晴", "落雨", "下毛毛雨", "小到中雨", "飘雪", "很冷", "晴热",
        "高温", "打霜", "回南天", "倒春寒", "刮大风", "起雾", "时晴时雨", "阴雨绵绵", "台风天",
    )  # fmt: skip
    for word in said_so:
        line = read(f"3月7日 {word} 走访")
        assert line is not None
        assert (line.weather, line.title) == (word, "走访")
    titles = ("太阳能路灯", "冷库", "热水器", "高温补贴", "暖心行动", "凉亭", "降温材料")
    assert {title: line.title for title in titles if (line := read(f"3月7日 {title}"))} == {one: one for one in titles}
    assert [read(f"3.7{title}") for title in titles] == [None] * len(titles)


def test_where_something_was_written_is_no_title() -> None:
    places = {
        "3月7日 于东塘": "东塘", "3月7日于石桥": "石桥", "3月7日 雨转晴 于东塘": "东塘", "3月7日 在石桥村": "石桥村",
        "3月7日 于海来访": "", "3月7日 在石桥开会": "", "3月7日 晴 和田": "和田", "3月7日 村部": "村部",
    }  # fmt: skip
    assert {text: line.place for text in places if (line := read(text))} == places


def test_lines_that_are_nearly_days_are_offered() -> None:
    for text in (
        "2022 3 7 晴",
        "2022..3.7",
        "2022.3,7",
        "2022年3.7 晴",
        "三。七 晴",
        "3，7 晴",
        "3、7 周一",
        "3 7 周一",
    ):
        line = lone_day(text, None)
        assert line is not None, text
        assert (line.kind, line.month, line.day) == ("offer", 3, 7), text
    assert [lone_day(text, None) for text in ("2022 3 号井", "2022.3,5 元", "2022-2023 学年", "3，7 号")] == [None] * 4


def test_days_with_whatever_sign_between_them_are_a_span() -> None:
    signs = ("一", "——", "———", "─", "━", "ー", "﹣", "～～", "=", "→", "_", "至", "（一）～", "（周一）—", "周一至")
    for text in (
        *(f"3月7日{sign}9日 县城" for sign in signs),
        "3.7一3.9 县城",
        "3月7一9日 县城",
        "3月7日周一—周三 县城",
    ):
        line = read(f"{text}")
        assert line is not None, text
        assert (line.kind, said(line).split()[1], line.title) == ("entry", "03-07/09", "县城"), text
    first, last = read("2022年3月7日一2022年3月9日 县城"), read("3月7日星期一至星期三 县城")
    assert first is not None
    assert last is not None
    assert (first.day, first.end_year, first.end_day, first.title) == (7, 2022, 9, "县城")
    assert (last.day, last.end_day, last.weekday) == (7, 9, 0)


def test_days_that_are_no_span_are_never_cut_to_the_first() -> None:
    texts = ("&9日", "+9日", "(9日)", "或9日", ".9日", "8日9日", ".8.9日", " 9日", "、9日")
    for text in (*(f"3月7日{one} 县城" for one in texts), "3月30日 周三至周五 县城"):
        line = read(text)
        assert line is not None, text
        assert line.is_listed, text
    for text in ("3月7日 9日龄雏鸡", "3月7日 一切正常", "3月7日_9组开会", "3月7日 周一 9户来人"):
        line = read(text)
        assert line is not None, text
        assert (line.day, line.end_day, line.is_listed) == (7, None, False), text


def test_days_behind_their_weekdays_are_a_span() -> None:
    forms = {
        "周四（4月20日）、周五（4月21日）": "entry 04-20/21 w3",
        "周四（4月20日）、周五（4月21日）、周六（4月22日）晴 期中考试": "entry 04-20/22 w3 晴 期中考试",
        "周四（4月20日）至周六（4月22日）": "entry 04-20/22 w3",
        "星期四 4月20日、星期五 4月21日 晴": "entry 04-20/21 w3 晴",
        "周五（3月31日）、周六（4月1日）": "entry 03-31/04-01 w4",
        "周四、周五（4月20日、21日）": "entry 04-20/21 w3",
        "周四、五（4月20日—21日）": "entry 04-20/21 w3",
        "周四（4月20日）、周五请假": "entry 04-20 w3 周五请假",
    }
    assert {text: said(read(text)) for text in forms} == forms
    apart = read("周四（4月20日）、周一（4月24日）")
    assert apart is not None
    assert apart.is_listed


def test_a_month_behind_a_dotted_day_begins_its_title() -> None:
    forms = {
        "3.6 月度例会": "entry 03-06 月度例会",
        "9.23 月考": "entry 09-23 月考",
        "3.6 小时工培训": "entry 03-06 小时工培训",
        "2022.3.23日报会审": "entry 2022-03-23 日报会审",
        "2022.3.23日报到": "entry 2022-03-23 报到",
    }
    assert {text: said(read(text)) for text in forms} == forms
    assert [said(read(text)) for text in ("1.6月7日 走访", "1. 6 月 7 日 走访")] == ["offer 06-07 走访"] * 2
    assert read("3.5 个月") is None
    days = reviewed(made("2022年9月手记", "9.1 开学", "发书。", "9.8 月饼义卖", "卖完了。", "9.23 月考", "考了。"))
    assert [one.span.iso() for one in days.entries if one.span] == ["2022-09-01", "2022-09-08", "2022-09-23"]
    assert days.questions == ()


def test_days_that_are_mistyped_are_offered_among_others() -> None:
    texts = (
        "2022 3月7日", "20223月7日 开会", "2022年3月月7日 周日", "2022年年3月7日", "2022你3月7日", "2022连3月7日",
        "2022年3曰7日", "2022年3目7日", "2022年3月.7日", "2022/3月/7日", "202年3月7日", "20222年3月7日", "ZO22年3月7日",
        "约3月7日", "大概3月7日", "A3月7日", "三.3月7日", "日期3月7日", "从3月7日到9日 培训",
    )  # fmt: skip
    wrong = []
    for text in texts:
        found = reviewed(made("2022年手记", "3月5日", "下地。", text, "看水。", "3月9日", "开会。"))
        wrong += [] if any(one.id in ("cut:3", "date:3") for one in found.questions) else [text]
    assert wrong == []
    for text in ("大约3月7日，水来了。", "202人在3月7日前到齐", "水表读数20223"):
        found = reviewed(made("2022年手记", "3月5日", "下地。", text, "看水。", "3月9日", "开会。"))
        assert not found.questions, text


def test_days_by_their_number_are_offered_among_others() -> None:
    for text in ("D2 日喀则", "高考倒计时96天 3月7日 星期一", "倒计时96天 3月7日"):
        found = reviewed(made("2022年手记", "3月5日", "下地。", text, "看水。", "3月9日", "开会。"))
        assert [one.id for one in found.questions] == ["cut:3"], text


def asked_among_days(*lines: str, texts: tuple[str, str] = ("下地", "看水。")) -> list[str]:
    """The ids of what is asked where a line stands among days of a diary; each has a text of its own."""
    title, text = texts
    wrong = []
    for line in lines:
        found = reviewed(made("2022年手记", f"3月5日 {title}", "三亩。", line, text, "3月19日 开会", "半天。"))
        wrong += [] if [one.id for one in found.questions] == ["cut:3"] else [line]
    return wrong


def test_times_that_say_no_day_are_offered_among_days() -> None:
    told = ("第二天一早", "两天后", "又过了三天", "过两天", "隔天", "转天清早", "第三日", "月7日 送肥", "3月日 送肥")
    named = ("清明节", "国庆假期", "五一前夕", "三月底", "3月初", "3月某日", "下周一", "本周末", "妇女节前一天", "春分")
    behind = ("石桥·3月7日", "送肥（3.7）", "那年3月7日", "至3月7日", "14:00 3月7日", "[1] 3月7日", "3月7日至")
    others = (
        "3.7。",
        "3.7：送肥",
        "3. 7",
        "0307 送肥",
        "初五 送肥",
        "廿三 祭灶",
        "第十周星期一",
        "一周后",
        "次日晨",
        "×日",
    )
    labels = ("日期：7日 送肥", "时间：周一", "日期：无", "（无日期）")
    assert asked_among_days(*told, *named, *behind, *others, *labels) == []


def test_times_right_below_a_day_and_in_sentences_are_none() -> None:
    for text in (
        "清明节",
        "三月底的账要结清",
        "过了两天才好",
        "第二天的活",
        "截止日期3月7日",
        "传达学习3月7日会议精神",
    ):
        found = reviewed(made("2022年手记", "3月5日 下地", text, "看水。", "3月19日 开会", "半天。"))
        assert not found.questions, text
    for text in ("户主（1955年3月7日生）", "截止日期3月7日"):
        found = reviewed(made("2022年手记", "2022年3月5日 下地", "三亩。", text, "看水。", "2022年3月19日", "开会。"))
        assert not found.questions, text


def test_days_with_titles_and_without_texts_are_told_among_such() -> None:
    found = reviewed(made("2022年手记", "3月5日 下地", "次日 看水", "3月9日 开会", "第二天 送肥"))
    assert [one.id for one in found.questions] == ["cut:2", "cut:4"]


def test_a_month_without_its_first_digit_is_asked_about() -> None:
    found = reviewed(made("2022年手记", "10月5日", "下地。", "0月7日", "看水。"))
    assert [one.id for one in found.questions] == ["date:3"]


def test_such_days_are_asked_about_before_all_others_and_behind_them() -> None:
    for line in ("清明节", "三月底", "7日 送肥", "初五", "次日", "3.7。", "那年3月7日"):
        found = reviewed(made("2022年手记", line, "看水。", "3月8日", "下地。", "3月9日", "开会。"))
        assert [one.id for one in found.questions] == ["cut:1"], line
    for line in ("清明节", "三月底", "3月17日？", "3月17日左右", "次日", "那年3月17日"):
        found = reviewed(made("2022年手记", "3月8日", "下地。", "3月9日", "开会。", line, "看水。"))
        assert [one.id for one in found.questions] == ["cut:5"], line
