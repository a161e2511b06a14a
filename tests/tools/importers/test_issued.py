"""When a whole text was issued: a post of a blog, with the words of its readers, a briefing, a dispatch."""

from __future__ import annotations

from tests.tools.importers.manuscripts import made, reviewed

COMMENTS = ("评论：", "2010-11-29 09:12 小树：加油！", "2010-11-30 10:05 小草：好样的")


def begun(*lines: str) -> tuple[list[str], list[str]]:
    """The days of the entries, and the lines at which a person is asked whether one begins."""
    found = reviewed(made(*lines))
    days = [one.span.iso() if one.span else "" for one in found.entries]
    return days, [f"{one.kind} {one.source}" for one in found.questions]


def test_words_of_readers_begin_no_entry_unasked() -> None:
    asked = [f"cut {line}" for line in COMMENTS[1:]]
    for time in ("2010-11-28 21:14", "(2010-11-28 21:14:06)", "[2010-11-28 21:14]"):
        assert begun("支教手记（三）", time, "发卷子。", "停电了。", *COMMENTS) == (["2010-11-28"], asked)
    apart = ("网友评论（2）", "小树", "2010-11-29 09:12", "加油！", "小草", "2010-11-30 09:12", "好样的")
    times = ["cut 2010-11-29 09:12", "cut 2010-11-30 09:12"]
    assert begun("支教手记（三）", "2010-11-28 21:14", "发卷子。", *apart) == (["2010-11-28"], times)
    assert begun("2010年11月22日 周一", "发卷子。", *COMMENTS) == (["2010-11-22"], asked)


def test_the_time_of_a_post_is_no_day_of_the_diary_in_it() -> None:
    days = ("11月22日 周一", "发卷子。", "11月24日 周三", "停电了。")
    wanted = ["2010-11-22", "2010-11-24"]
    tags = ("标签：支教 教育",)
    assert begun("支教手记（三）", "(2010-11-28 21:14:06)", *tags, *days) == (wanted, [])
    assert begun("支教手记（三）", "(2010-11-28 21:14:06)", *tags, *days, *COMMENTS[:2]) == (
        wanted,
        ["cut 2010-11-29 09:12 小树：加油！"],
    )
    winter = ("12月27日 周一", "发卷子。", "12月29日 周三", "停电了。")
    assert begun("支教手记（四）", "(2011-01-02 21:14:06)", *winter) == (["2010-12-27", "2010-12-29"], [])


def test_a_diary_that_says_the_hour_of_each_day_stays_one() -> None:
    lines = (
        "2010-11-28 21:14",
        "上课。",
        "2010-11-29 20:10",
        "下课。",
        "评论：",
        "写得好。",
        "2010-11-30 20:10",
        "放假。",
    )
    assert begun(*lines) == (["2010-11-28", "2010-11-29", "2010-11-30"], [])
    posts = ("支教手记（三）", "(2010-11-28 21:14)", "发卷子。", "支教手记（四）", "(2010-12-03 20:14)", "停电了。")
    assert begun(*posts) == (["2010-11-28", "2010-12-03"], [])


def test_the_day_of_a_briefing_or_a_dispatch_says_the_year_and_begins_no_entry() -> None:
    briefed = ("6月13日至17日", "抢收小麦。", "6月20日至24日", "排查危房。")
    told = ("6月25日：出发", "列车开出。", "6月26日：过唐古拉", "送氧。")
    heads = (
        ("工作简报", "第8期", "驻柳林镇工作队　　2022年6月30日"),
        ("工作简报", "（第8期）", "县委办公室编　2022年6月30日"),
        ("工作简报", "第8期", "镇委员会办公室 2022年6月30日印发"),
        ("工作简报", "第8期", "2022年6月30日"),
    )
    for head in heads:
        assert begun(*head, *briefed) == (["2022-06-13/2022-06-17", "2022-06-20/2022-06-24"], []), head
    for line in ("新华社西宁2022年7月1日电（记者 央金）", "（新华社西宁2022年7月1日电）", "本报西宁2022年7月1日讯"):
        assert begun("乘务日记", line, *told) == (["2022-06-25", "2022-06-26"], []), line


def test_the_first_day_of_a_diary_is_none_of_publication() -> None:
    later = ("6月14日", "抢收小麦。", "6月15日", "排查危房。")
    assert begun("2022年6月13日", "进村。", *later)[0] == ["2022-06-13", "2022-06-14", "2022-06-15"]
    # The newest first, and the first of them empty.
    newest = ("2022年6月15日", "6月14日", "抢收小麦。", "6月13日", "排查危房。")
    assert begun(*newest)[0] == ["2022-06-15", "2022-06-14", "2022-06-13"]
    # Hours.
    assert begun("2022年12月5日", "8.30 到岗", "9.15 开会", "11.20 下班")[0][:1] == ["2022-12-05"]
    assert begun("2022年7月1日 电 修好了", "来电了。")[0] == ["2022-07-01"]
