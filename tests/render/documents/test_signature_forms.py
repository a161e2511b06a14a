"""A document that its writer signed, in whatever way, is signed by nobody else."""

from __future__ import annotations

import pytest

from tests.render.documents.test_arrangement import closed

OFFICE = "滨海区住房和城乡建设局"


def texts(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "day",
    [
        "2026年3月", "二〇二六年三月", "二0二六年三月四日", "二O二六年三月四日", "２０２６年３月４日", "2026年　月　日",
        "年　月　日", "2026年×月×日", "3月4日", "三月四日", "（2026年3月4日）", "（二〇二六年三月）",
        "2026年3月4日于滨海", "日期：2026年3月4日",
    ],
)  # fmt: skip
def test_the_day_may_have_any_form(day: str) -> None:
    for signed in (texts(OFFICE, day), texts(f"{OFFICE}。", f"{day}。"), texts(f"{OFFICE}<br>{day}")):
        assert closed(f"<p>文。</p>{signed}") == (["文。"], [OFFICE, day]), signed
    # Nobody but the site signs what is only dated.
    assert closed(texts("文。", day)) == (["文。"], ["工作组", day])


@pytest.mark.parametrize("day", ["2026年3月4日", "2026年3月"])
def test_whoever_signs_it_may_have_any_form(day: str) -> None:
    for lines in (
        [OFFICE, "（执笔：陶然、欧阳若兰）"],
        ["（执笔：陶然、欧阳若兰）"],
        ["承诺单位：滨海热力有限公司（盖章）", "负责人：（签字）"],
        ["法定代表人（签字）："],
        ["甲方（盖章）：　　　乙方（盖章）："],
        ["记录人：杨柳"],
        ["填表人：杨柳　审核人：陶然"],
        ["驻村队员陶然、李强"],
        ["你们的朋友：陶然"],
        [f"{OFFICE}办公室整理"],
    ):
        assert closed(f"<p>文。</p>{texts(*lines, day)}") == (["文。"], [" ".join(lines), day]), lines
    for line in (OFFICE, "填表人：杨柳　审核人：陶然"):
        for before in ("", "填表日期："):
            assert closed(texts("文。", f"{line}　{before}{day}")) == (["文。"], [line, f"{before}{day}"])
    # The day above it.
    assert closed(texts("文。", day, OFFICE)) == (["文。"], [OFFICE, day])
    assert closed(texts("文。", f"{day}<br>{OFFICE}")) == (["文。"], [OFFICE, day])


def test_one_who_signs_without_a_day_has_that_of_the_entry() -> None:
    for line in (OFFICE, "工作组", "滨海热力有限公司（盖章）", "负责人（签字）："):
        assert closed(texts("文。", line)) == (["文。"], [line, "2026年1月5日"]), line
        assert closed(texts("文。", "特此报告", line, "抄送：县委"))[1][0] == line


def test_what_says_where_or_when_something_is_signs_nothing() -> None:
    for lines in (
        ("文。", "2026年3月4日", "区政府三楼会议室"),
        ("参会单位：", OFFICE),
        ("文。", "明天走访区住建局"),
        ("文", OFFICE),
        ("文。", "完成时间", "2026年3月4日"),
        ("文。", "联系人：杨柳", "2026年3月4日"),
        ("文。", "活动地点：大河村", "2026年3月4日"),
    ):
        assert closed(texts(*lines)) == ([*lines], ["工作组", "2026年1月5日"]), lines
    assert closed("<h2>时间</h2><p>2026年3月4日</p>") == (["2026年3月4日"], ["工作组", "2026年1月5日"])
