"""Line wrapping of Chinese and Latin text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ground.lines import shortened, wrapped
from generator.ground.text import display_width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("进企业、进村居、进项目", 8, ["进企业、", "进村居、", "进项目"]),
        ("进企业，进村", 6, ["进企", "业，进", "村"]),
        ("说：“送政策”上门", 8, ["说：“送", "政策”上", "门"]),
        ("一二三（四）五", 8, ["一二三", "（四）五"]),
        ("到了——又走", 6, ["到", "了——", "又走"]),
        ("读 Example Works 了", 9, ["读", "Example", "Works 了"]),
        ("增长12.5%以上", 8, ["增长", "12.5%以", "上"]),
        ("abcdefghijkl", 4, ["abcdefghijkl"]),
        ("", 4, []),
        (" 《、", 4, ["《、"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    def measure(one: str) -> float:
        return sum(2 if char in "—“”…" else display_width(char) for char in one)

    assert wrapped(text, width, measure) == lines


@given(st.text("进企业、，。“”（）——…《》 aB1.2"), st.integers(4, 30))
def test_nothing_is_lost_and_no_line_begins_with_what_may_not(text: str, width: int) -> None:
    lines = wrapped(text, width, display_width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines[1:]:
        assert line[0] not in "、，。”）》"
    for line in lines[:-1]:
        assert line[-1] not in "“（《"


def test_what_is_left_out_leaves_a_mark() -> None:
    assert shortened(["一二三，", "四五六", "七"], 2, 8, display_width) == ["一二三，", "四五六…"]
    assert shortened(["一二三，", "四"], 1, 8, display_width) == ["一二三…"]
    assert shortened(["一"], 1, 8, display_width) == ["一"]
