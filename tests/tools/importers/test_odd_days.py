"""Days that are written otherwise than those of the diary: captions, signatures, notes, days of the paper."""

from __future__ import annotations

import pytest

from generator.render.documents.blocks import Figure, Paragraph
from generator.tools.importers.texts_of import text_of
from tests.tools.importers.manuscripts import PICTURE, made, picture, reviewed, texts


@pytest.mark.parametrize(
    "credit",
    [
        "3月6日 走访现场 通讯员江南雁供图", "3月6日 走访现场（江南雁 供图）", "3月6日 走访现场 图/江南雁",
        "3月6日走访现场（资料图）", "3月6日 走访现场（视频截图）", "3月6日 走访现场（来源：东塘发布）",
        "3月6日 江南雁摄于村口", "3月6日 村口 摄影：江南雁", "↑3月6日 村口", "3月6日 村口（图片来自网络）",
        "3月6日 村口 （本报资料照片）", "3月6日 排练现场。江南雁摄影报道",
    ],
)  # fmt: skip
def test_a_day_with_a_credit_is_a_caption_below_a_picture_and_asked_about_elsewhere(credit: str) -> None:
    head, rest = ("2021年驻村日记", "3月5日 晴", "到村。"), ("写日记。", "3月12日 晴", "栽树。")
    found = reviewed(made(*head, credit, *rest))
    assert [one.source for one in found.questions if one.kind == "cut"] == [credit]
    assert [one.span and one.span.iso() for one in found.entries] == ["2021-03-05", "2021-03-12"]
    shown = reviewed(made(*head, Paragraph((picture(),)), credit, *rest, a=PICTURE))
    assert not [one for one in shown.questions if one.kind == "cut"]
    figures = [one for one in shown.entries[0].blocks if isinstance(one, Figure)]
    assert [text_of(one.caption) for one in figures] == [credit]


@pytest.mark.parametrize("line", ["3月6日 走访现场", "3月6日，村部"])
def test_a_day_right_below_a_picture_is_asked_about_where_days_are_written_otherwise(line: str) -> None:
    below = Paragraph((picture(),))
    found = reviewed(
        made("2021年驻村日记", "3月5日 晴", "到村。", below, line, "写日记。", "3月12日 晴", "栽树。", a=PICTURE)
    )
    assert [one.source for one in found.questions if one.kind == "cut"] == [line]
    others = ("3月6日 走访现场", "走访。", "3月12日 植树", "栽树。")
    alike = reviewed(made("2021年驻村日记", "3月5日 到村", "到村。", below, *others, a=PICTURE))
    assert not [one for one in alike.questions if one.kind == "cut"]
    assert len(alike.entries) == 3


@pytest.mark.parametrize(
    "day", ["2022年1月1日 星期六 晴", "1月1日 星期六", "1月1日 冬月廿九", "第7天 1月1日", "2022年1月1日"]
)
def test_a_day_below_a_picture_that_says_what_no_caption_does_is_a_day(day: str) -> None:
    head = ("2021年驻村日记", "12月28日 修渠", "修渠。", "12月30日 春耕", "下地。")
    found = reviewed(made(*head, Paragraph((picture(),)), day, "值班。", "1月3日 入户", "入户。", a=PICTURE))
    assert not [one for one in found.questions if one.kind == "cut"]
    assert len(found.entries) == 4


def test_a_title_below_a_picture_is_one_where_days_are_written_in_several_ways() -> None:
    head = ("2021年驻村日记", "3月5日 晴", "到村。", "3月6日", "下地。")
    found = reviewed(made(*head, Paragraph((picture(),)), "3月8日 春耕", "春耕。", "3月9日 晴", "入户。", a=PICTURE))
    assert not [one for one in found.questions if one.kind == "cut"]
    assert len(found.entries) == 4


def test_a_day_in_brackets_is_asked_about_where_hardly_any_other_is() -> None:
    note = "（3月10日补记：路灯已修好）"
    found = reviewed(made("2021年驻村日记", "3月5日 晴", "登记路灯。", note, "3月12日 晴", "栽树。"))
    assert [one.source for one in found.questions if one.kind == "cut"] == [note]
    alike = reviewed(made("2021年驻村日记", "（3月5日 晴）", "登记路灯。", "（3月12日 晴）", "栽树。"))
    assert len(alike.entries) == 2
    assert not alike.questions


@pytest.mark.parametrize("line", ["（2022年4月10日《东塘日报》第3版）", "2022年4月10日《东塘日报》第3版"])
def test_the_line_of_a_newspaper_at_the_end_says_the_year_and_begins_nothing(line: str) -> None:
    found = reviewed(made("书记日志", "4月1日 星期五", "上岗。", "4月5日 星期二", "分装。", line))
    assert [one.span and one.span.iso() for one in found.entries] == ["2022-04-01", "2022-04-05"]
    assert not found.questions


@pytest.mark.parametrize(
    ("letter", "is_asked"),
    [
        (("各户停水检修。", "东塘村委会", "3月6日"), True),
        (("各户停水检修。", "东塘供电所", "2021年3月6日"), True),
        (("谢谢你们。", "此致", "敬礼！", "村民：江南雁", "3月6日"), True),
        (("谢谢你们。", "江南雁", "3月6日"), True),
        (("爸爸一切都好。", "爸爸", "2021年3月4日"), True),
        (("同意立项。", "县水利局", "3月4日"), True),
        (("谢谢你们。", "江南雁", "2021年3月6日"), True),
        (("今欠水泥款三千元。", "欠款人：江南雁", "2021年3月6日"), True),
        (("今欠水泥款三千元。", "欠款人：江南雁", "2021.3.6"), True),
        (("请求入党。", "申请人：江南雁", "2021年3月5日"), True),
        (("谢谢你们。", "全体村民", "二〇二一年三月六日"), True),
        (("谢谢你们。", "3月6日"), False),
    ],
)
def test_a_day_below_who_signed_within_a_diary_is_asked_about(letter: tuple[str, ...], *, is_asked: bool) -> None:
    blocks = ("2021年驻村日记", "3月5日 晴", *letter, "天黑了。", "3月12日 晴", "栽树。", "3月15日 阴", "送材料。")
    found = reviewed(made(*blocks))
    asked = [one.source for one in found.questions if one.kind == "cut"]
    days = [one.span and one.span.iso() for one in found.entries]
    assert asked == ([letter[-1]] if is_asked else [])
    assert days == ["2021-03-05", *([] if is_asked else ["2021-03-06"]), "2021-03-12", "2021-03-15"]


def test_days_without_weather_below_few_words_are_days_where_texts_end_so() -> None:
    found = reviewed(made("2021年驻村日记", "3月5日 晴", "栽树", "3月6日", "开会", "3月7日 雨", "修渠"))
    assert [one.span and one.span.iso() for one in found.entries] == ["2021-03-05", "2021-03-06", "2021-03-07"]
    bare = ("3月5日", "各户停水。", "东塘村委会", "3月6日", "天黑了。", "3月7日", "栽树。", "3月8日", "修渠。")
    found = reviewed(made("2021年驻村日记", *bare))
    assert [one.source for one in found.questions] == ["3月6日"]


@pytest.mark.parametrize(
    "lines",
    [
        ("3月5日 晴", "到村。", "3月8日 晴", "座谈。", "2023年5月30日装订成册"),
        ("3月5日 晴", "到村。", "3月8日 晴", "座谈。", "2023年5月30日 东塘村档案室归档"),
        ("3月5日 晴", "到村。", "3月8日 晴", "座谈。", "后记", "这本日记是后来整理的。", "2023年5月30日"),
        ("2023年5月30日装订", "3月5日 晴", "到村。", "3月8日 晴", "座谈。"),
        ("检查日期：2023年5月1日", "3月5日 晴", "到村。", "3月8日 晴", "座谈。"),
        ("检查人：江南雁　2023年5月1日", "3月5日 晴", "到村。", "3月8日 晴", "座谈。"),
        ("最后更新：2023年5月1日", "3月5日", "到村。", "4月8日", "座谈。"),
        ("3月5日 晴", "到村。", "《东塘日报》2019年4月10日第3版", "写的就是这里。", "3月8日 晴", "座谈。"),
    ],
)
def test_a_day_that_is_not_that_of_the_text_says_no_year(lines: tuple[str, ...]) -> None:
    found = reviewed(made("驻村日记", *lines))
    assert "year" in [one.id for one in found.questions]
    assert [one.span for one in found.entries] == [None, None]


def test_a_year_that_a_later_day_says_is_told_so() -> None:
    found = reviewed(made("驻村日记", "3月5日 晴", "到村。", "2023年3月8日 晴", "座谈。", "3月9日 晴", "栽树。"))
    assert [str(one.evidence or "") for one in found.entries] == [
        "the year of a later day", "", "the year of an earlier day",
    ]  # fmt: skip


def test_a_title_above_the_day_that_it_names_begins_no_entry_of_its_own() -> None:
    found = reviewed(made("2022年3月28日封控记", "3月28日 晴", "到岗。", "3月29日 晴", "采样。"))
    assert [(one.span and one.span.iso(), one.title) for one in found.entries] == [
        ("2022-03-28", "封控记"), ("2022-03-29", "采样"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["时间：2021-03-05 09:12", "2021.03.05 09:12"])
def test_the_clock_of_a_picture_within_its_day_is_asked_about(line: str) -> None:
    found = reviewed(made("2021年驻村日记", "3月5日 晴", "到村。", line, "写日记。", "3月12日 晴", "栽树。"))
    assert [one.source for one in found.questions] == [line]
    assert str(found.entries[1].evidence) == "the heading “2021年驻村日记”"


def test_titles_of_other_entries_above_all_are_asked_about() -> None:
    found = reviewed(made("3月1日 会议3月2日 学习", "2021年驻村日记", "3月5日 晴", "到村。", "3月12日 晴", "栽树。"))
    assert [one.source for one in found.questions if one.kind == "cut"] == ["3月1日 会议3月2日 学习"]


def test_the_day_of_a_letter_that_somebody_quotes_says_no_year() -> None:
    found = reviewed(
        made("驻村日记", "3月5日 晴", "同意立项。", "县水利局", "2019年3月4日", "高兴。", "3月12日 晴", "栽树。")
    )
    assert [one.id for one in found.questions] == ["cut:4", "year"]


def test_a_notice_of_the_day_itself_says_its_year() -> None:
    notice = ("各户停水检修。", "东塘村委会", "2022年10月10日")
    found = reviewed(made("工作日志", "10月10日 星期一 晴", *notice, "10月12日 星期三 阴", "恢复供水。"))
    assert [one.id for one in found.questions] == []
    assert [one.span and one.span.iso() for one in found.entries] == ["2022-10-10", "2022-10-12"]


def test_a_title_holds_no_role() -> None:
    found = reviewed(made("2021年3月5日 晴", "走访 {target}`taihe` 的工人", "到村。", "下地。"))
    assert found.entries[0].title == "走访 `taihe` 的工人"
    assert texts(made("2021年3月5日 晴", "走访 {target}`taihe` 的工人", "到村。", "下地。"))


def test_a_day_of_last_year_below_december_is_offered_in_the_next_one() -> None:
    found = reviewed(made("2020年12月28日 雪", "铲雪。", "2020年1月8日 星期五 晴", "换炉子。", "1月9日 晴", "送粥。"))
    assert [one.options[:2] for one in found.questions if one.kind == "weekday"] == [("2020-01-08", "2021-01-08")]


def _asked(*lines: str) -> tuple[list[str], list[str]]:
    """The lines about which it is asked whether an entry begins there, and the days of the entries."""
    found = reviewed(made(*lines))
    asked = [line for one in found.questions if one.id.startswith("cut:") for line in one.source.split(" / ")]
    return asked, [one.span.iso() if one.span else "" for one in found.entries]


@pytest.mark.parametrize("above", ["接到镇里通知：", "会议通知如下：", "镇里来电话，明天开会。"])
@pytest.mark.parametrize("line", ["时间：3月8日上午9:00", "会议时间：3月8日", "日期：3月8日（星期一）"])
def test_the_block_of_a_notice_within_a_day_is_asked_about(above: str, line: str) -> None:
    head, rest = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴"), ("材料备齐了。", "3月12日 晴", "栽树。")
    assert _asked(*head, above, line, "地点：镇政府三楼", *rest) == ([line], ["2021-03-02", "2021-03-05", "2021-03-12"])


def test_days_behind_a_label_are_days_where_most_have_one() -> None:
    lines = ("2021年驻村日记", "日期：3月2日", "到村。", "日期：3月5日", "开会。", "3月12日", "栽树。")
    assert _asked(*lines) == ([], ["2021-03-02", "2021-03-05", "2021-03-12"])
    # So are those that were written later.
    later = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日（补记）", "开会。", "3月12日 晴", "栽树。")
    assert _asked(*later) == ([], ["2021-03-02", "2021-03-05", "2021-03-12"])


@pytest.mark.parametrize("are_together", [False, True])
def test_two_days_below_two_pictures_are_asked_about(*, are_together: bool) -> None:
    shown = [Paragraph((picture(), picture()))] if are_together else [Paragraph((picture(),))] * 2
    head, rest = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴", "开会。"), ("写日记。", "3月12日 晴", "栽树。")
    captions = ["3月6日 村部排练", "3月7日 入户走访"]
    found = reviewed(made(*head, *shown, *captions, *rest, a=PICTURE))
    assert [one.source for one in found.questions if one.kind == "cut"] == captions
    assert len(found.entries) == 3


@pytest.mark.parametrize("name", ["大事回顾：", "时间节点：", "历史沿革："])
def test_all_days_of_a_list_within_a_day_are_asked_about(name: str) -> None:
    head, rest = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴", "开会。"), ("写日记。", "3月12日 晴", "栽树。")
    listed = ["3月8日 座谈", "3月9日 入户"]
    assert _asked(*head, name, *listed, *rest) == (listed, ["2021-03-02", "2021-03-05", "2021-03-12"])


@pytest.mark.parametrize(
    "note",
    [
        "[3月6日批注] 好", "——3月6日补记", "*3月6日补记*", "3月6日追记", "（3月6日更新）已修好", "3月6日补充：已修好",
        "3月6日补：已修好", "3月6日更新：已修好", "3月6日 镇领导批示：请办", "3月6日 阅。",
    ],
)  # fmt: skip
def test_a_note_of_a_later_day_is_asked_about(note: str) -> None:
    head, rest = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴", "开会。"), ("写日记。", "3月12日 晴", "栽树。")
    assert _asked(*head, note, *rest) == ([note], ["2021-03-02", "2021-03-05", "2021-03-12"])


@pytest.mark.parametrize("note", ["3月6日 签收", "3月10日反馈", "3月6日印发", "3月10日 回复：已办", "3月6日 江书记阅"])
def test_what_was_done_with_a_paper_is_asked_about_where_days_are_written_otherwise(note: str) -> None:
    head, rest = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴", "开会。"), ("写日记。", "3月12日 晴", "栽树。")
    assert _asked(*head, note, *rest) == ([note], ["2021-03-02", "2021-03-05", "2021-03-12"])
    assert _asked("2021年驻村日记", "3月2日 走访", "到村。", note, *rest[:1], "3月12日 栽树", "好。")[0] == []


def test_a_day_below_the_name_of_a_note_is_asked_about() -> None:
    head, rest = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴", "开会。"), ("写日记。", "3月12日 晴", "栽树。")
    for name in ("补记：", "补记", "【备注】"):
        assert _asked(*head, name, "3月10日 路灯修好", *rest)[0] == ["3月10日 路灯修好"], name


def test_days_that_are_all_written_later_are_days() -> None:
    lines = ("2021年驻村日记", "3月2日补记", "到村。", "3月5日补记", "开会。", "3月12日 晴", "栽树。")
    assert _asked(*lines) == ([], ["2021-03-02", "2021-03-05", "2021-03-12"])


@pytest.mark.parametrize("label", ["编号", "记录人", "填报人"])
def test_a_line_of_a_label_above_every_day_is_of_the_day_below(label: str) -> None:
    first, second = f"{label}：江南雁", f"{label}：黎山"
    blocks = ["监理日志", first, "2023年8月1日 晴", "旁站。", second, "2023年8月2日 晴", "巡视。"]
    assert texts(made(*blocks)) == [f"{first}\n\n旁站。", f"{second}\n\n巡视。"]
    # Who closes each day stands below it, though the cover says it as well.
    closed = texts(made(*blocks, second))
    assert closed[0].endswith(f"旁站。\n\n{second}")


@pytest.mark.parametrize("remark", ["老支书来过", "今天就到这里", "记录：无", "累"])
def test_a_day_below_a_remark_is_a_day(remark: str) -> None:
    lines = ("2021年驻村日记", "3月2日 晴", "到村。", "3月5日 晴", remark, "3月6日", "开会。", "3月12日 晴", "栽树。")
    assert _asked(*lines) == ([], ["2021-03-02", "2021-03-05", "2021-03-06", "2021-03-12"])


def test_two_characters_below_a_picture_are_a_title() -> None:
    below = Paragraph((picture(),))
    lines = (
        "2021年驻村日记",
        "3月2日",
        "到村。",
        "3月5日",
        "修渠。",
        below,
        "3月6日 开会",
        "议事。",
        "3月8日",
        "栽树。",
    )
    found = reviewed(made(*lines, a=PICTURE))
    assert not [one for one in found.questions if one.kind == "cut"]
    assert len(found.entries) == 4


@pytest.mark.parametrize("day", ["2021年3月5日", "2021.3.5", "3月5日夜", "（2021年3月5日）"])
def test_a_day_that_stands_once_more_below_its_text_is_text(day: str) -> None:
    blocks = (
        "2021年驻村日记",
        "3月2日 晴",
        "到村。",
        "3月5日 晴",
        "开会。",
        day,
        "3月8日 阴",
        "座谈。",
        "3月12日 晴",
        "栽树。",
    )
    assert _asked(*blocks) == ([], ["2021-03-02", "2021-03-05", "2021-03-08", "2021-03-12"])
    assert texts(made(*blocks))[1].endswith(day)
