"""The fast parser for simple Markdown returns the same as the full parser."""

from __future__ import annotations

import os
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.ground.text import FORBIDDEN
from generator.read.markdown import fast_path
from generator.read.markdown.parser import parse
from tests.read.markdown.test_fixtures import CASES
from tests.read.markdown.test_properties import texts

TEXTS: Final = int(os.environ.get("RIZHI_TEXTS", "1000"))
PIECES: Final = (
    *"甲—…é한ア𠮷😀（）、：！？.#'\"~$%+=·”\ufe00\u200b()|>,:-\n \u3000",
    *(
        "乙文字，",
        "第一句。",
        "“引”",
        "abc",
        "3月",
        "12",
        "9.5",
        "16~20",
        "\n\n",
        "\n\n\n",
        "! ",
        "# ",
        "## ",
        "- ",
        "1. ",
    ),
    *("\n1、", "\n2、乙。", "\n（一）", "\n一、甲", "\n· ", "\n3.丙", "｛target｝"),
    *("\n\u3000\u3000", "\n\n\u3000\u3000", "\n### ", "\n\n## 题\n", "\n- ", "\n* 项", "2) ", "\n1. 甲\n2. "),
    *(
        "**粗**",
        "**粗体 b**",
        "**“引”**",
        "3**4**5",
        "**6**",
        "[链](a.md)",
        "[字](https://a.cn/b_c?d=1)",
        "[题](#题)",
        "![图](a.jpg)",
    ),
    *(
        "\n\n> ",
        "\n> ",
        "\n>\n> ",
        "\n\n---\n\n",
        "\n\n***\n",
        "\n\n```\n",
        "\n```\n\n",
        "\n\n```py\n",
        "`码`",
        "`a <b> & c`",
    ),
    *(
        "\n\n| 名 | 数 |\n|---|--:|\n",
        "\n| 甲 |",
        "\n### 题 |",
        "\n---\n",
        "\n| - |\n",
        " 乙 |",
        "| 1 | `2` |\n",
        "|\n\n",
        "\n\n| 题 |\n|:---|\n| ",
    ),
    *(
        "\n  - ",
        "\n\n- ",
        "\n\n2. ",
        "\n    - ",
        "\n   - ",
        "\n  1. ",
        "\n\n- 项\n  - 子\n    - 孙\n- 项",
        "\n\n1. 一\n   - 子\n2. 二",
    ),
    *(
        "*斜*",
        "*斜 a*",
        "**粗。** ",
        "**粗** 字",
        "#215",
        " #9 题",
        "&",
        "&from=1",
        "&amp",
        "[链](a?b=1&c=2)",
        "一 \n",
        "二 \n\n",
    ),
    *(
        "\n床前明月光",
        "\n看望老人",
        "\n清河县人民政府",
        "\n县委办公室\n",
        "\n镇政府 ",
        "\n2025年11月21日",
        "　乙",
        "\n赵六",
        "\n钱七\n孙八（组长）",
        "\n出席：",
        "名单：",
        "\n记 录：周九",
        "\n时间：上午",
        "\n县委办公室 2025年3月1日印发",
    ),
    *("{target}`taihe`", "{target}`名 <taihe>`", "{person}`x`", "{count}`走访`", "\n- 甲\n- 乙\n\n"),
    '\n\n![图](a.jpg "说明")\n\n',
    "\n![图](a.jpg)\n图为会场",
)
"""The constructs of simple texts, also in places where they mean something else."""
MARKS: Final = ("*", "**", "_", "`", "[", "]", "](", "{", "}", "<", "~~", "\\", "&amp;", "\t", "> ", "\n---", "\n===")

everyday_texts: Final = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
disturbed_texts: Final = st.lists(st.sampled_from(PIECES + MARKS), max_size=12).map("".join)


def assert_is_the_parsers(text: str) -> None:
    prose = fast_path.prose_of(text, 7)
    if prose is not None:
        parsed = parse(text, path="a.md", first_line=7)
        assert (prose, parsed.problems) == (parsed.prose, ())


def is_the_parsers(text: str) -> bool:
    prose, parsed = fast_path.prose_of(text, 7), parse(text, path="a.md", first_line=7)
    return prose is None or (prose, parsed.problems) == (parsed.prose, ())


@given(everyday_texts | disturbed_texts | texts)
@settings(max_examples=TEXTS, deadline=None)
def test_what_is_taken_is_what_the_parser_makes_of_it(text: str) -> None:
    assert_is_the_parsers(text)


def test_fixtures_are_what_the_parser_makes_of_them() -> None:
    assert [name for name, text, _ in CASES if not is_the_parsers(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "上午到村里。\n下午回来，\nthen home\nagain。",
        "\u3000\u3000上午到村里。\n\n\u3000\u3000下午**开会**，见[名单](list.md)。",
        "## 3月5日 报到\n正文。\n\n## 3月5日 报到\n\n### {target}`泰和 <taihe>`",
        "做了两件事：\n- 走访\n- **座谈**，{count}`座谈会`\n\n完。",
        "1. 甲\n2. 乙\n7. 丙",
        '上午。\n\n![桌边的人](a.png)\n\n![桌边的人](图/乙.png "图为会场。")\n',
        "一天能出16~20万片，A>B，说“好”。",
        "前面。\n\n> 引用的话，**粗**，见[表](a.md)。\n> 第二行\n>\n> - 甲\n> - 乙\n\n后面`代码 <x>`。",
        "- 甲\n  - [乙](a.md)\n    1. 丙\n- 丁\n\n1. 一\n   - 二",
        "| 名 | 数 |\n|:---|---:|\n| **粗**体 | `1` |\n| [乙](a.md) | |\n\n| 只有头 |\n|:--:|",
        "甲\n\n---\n\n```py\nif x < 1:\n\n    y = [1](a.md)\n```\n\n```\n```",
    ],
)
def test_everyday_texts_need_no_parser(text: str) -> None:
    assert fast_path.prose_of(text) is not None
    assert_is_the_parsers(text)


def test_no_text_with_a_forbidden_character_is_taken() -> None:
    forbidden = [chr(code) for code in range(0x110000) if FORBIDDEN.search(chr(code))]
    assert [char for char in forbidden if fast_path.prose_of(f"甲{char}") is not None] == []
