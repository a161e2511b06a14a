"""Pages of blogs that somebody saved: the time of a post, and the words of its readers."""

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
