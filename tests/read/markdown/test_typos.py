"""The exact warnings for typos, and correct prose for which there must be no warning."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.read.markdown import parse
from generator.site.references import ATTACHMENTS, PICTURES
from tests.read.markdown.shown import html, problem
from tests.read.markdown.test_fixtures import CASES as FIXTURES

CONTENT: Final = Path(__file__).parents[3] / "content"

PICTURE: Final = "the picture is shown as text: its marks are full-width"
LINK: Final = "the link is shown as text: its marks are full-width"
TITLE: Final = "is shown as text: the quotation marks of its title are not straight"
SPACE: Final = "is shown as text: there is a space in its address"
HEADING: Final = "the heading is shown as text: its marks are full-width"
FOOTNOTE: Final = "the footnote is shown as text: its marks are full-width"
TABLE: Final = "the table is shown as text: its marks are full-width"
NOTE: Final = 'the directive "note" is shown as text: its marks are full-width'
BRACES: Final = 'the directive "note" is shown as text: its name is not in braces'
SPACED: Final = "the asterisks are shown: there is a space inside of them"
WIDE: Final = "the asterisks are shown: they are full-width"

SLIPS: Final = {
    # Pictures and links
    "！【现场】（a.jpg）": (1, 1, PICTURE, "![现场](a.jpg)"),
    '![现场]（a.jpg "图"）': (1, 1, PICTURE, '![现场](a.jpg "图")'),
    "甲\n\n![现场](a.jpg）": (3, 1, PICTURE, "![现场](a.jpg)"),
    "！［现场］（a b.JPG“图一”）": (1, 1, PICTURE, '![现场](<a b.JPG> "图一")'),
    "！[现场](a.jpg)": (1, 1, "the picture is shown as a link: its exclamation mark is full-width", "![现场](a.jpg)"),
    "！[现场](a.jpg “图”)": (1, 1, PICTURE, '![现场](a.jpg "图")'),
    "太好了！【现场】（a.jpg）": (1, 5, LINK, "[现场](a.jpg)"),
    "见【通知】（https://www.gov.cn/a?b=1）。": (1, 2, LINK, "[通知](https://www.gov.cn/a?b=1)"),
    "见[进度]（jindu.md#a）。": (1, 2, LINK, "[进度](jindu.md#a)"),
    "> - 见【附件】（附件（1）.pdf）": (1, 6, LINK, "[附件](附件（1）.pdf)"),
    "# 见【进度】（b.md）": (1, 4, LINK, "[进度](b.md)"),
    "|甲|乙|\n|-|-|\n|丙|见【进度】（b.md）|": (3, 5, LINK, "[进度](b.md)"),
    "**重点**：`x` 见【进度】（b.md）": (1, 13, LINK, "[进度](b.md)"),
    # Titles
    "![现场](a.jpg “图说”)": (1, 1, f"the picture {TITLE}", '![现场](a.jpg "图说")'),
    "![现场](a.jpg ‘图说’)": (1, 1, f"the picture {TITLE}", '![现场](a.jpg "图说")'),
    "![现场](a.jpg 「图说」)": (1, 1, f"the picture {TITLE}", '![现场](a.jpg "图说")'),
    '![现场](a.jpg "图说”)': (1, 1, f"the picture {TITLE}", '![现场](a.jpg "图说")'),
    '![现场](<a b.jpg> “图"说”)': (1, 1, f"the picture {TITLE}", "![现场](<a b.jpg> '图\"说')"),
    "见[通知](a.pdf “图（一）”)": (1, 2, f"the link {TITLE}", '[通知](a.pdf "图（一）")'),
    # Spaces
    '![现场](a b.jpg "图")': (1, 1, f"the picture {SPACE}", '![现场](<a b.jpg> "图")'),
    "见[进度](进度 表.pdf)": (1, 2, f"the link {SPACE}", "[进度](<进度 表.pdf>)"),
    # Directives
    "：：：{note}\n甲\n：：：": (1, 1, NOTE, ":::{note}"),
    "甲\n：:：:{note} 题": (2, 1, NOTE, "::::{note} 题"),
    ":::｛note｝\n甲": (1, 1, NOTE, ":::{note}"),
    "：：：note": (1, 1, NOTE, ":::{note}"),
    "：：：{提示}": (1, 1, NOTE.replace("note", "提示"), ":::{提示}"),
    ":::note\n甲\n:::": (1, 1, BRACES, ":::{note}"),
    "> ::: Note 题\n> 甲": (1, 3, BRACES, ":::{note} 题"),
    # Headings
    "##小标题": (1, 1, "the heading is shown as text: there is no space behind ##", "## 小标题"),
    "甲\n###小标题###": (2, 1, "the heading is shown as text: there is no space behind ###", "### 小标题"),
    "##　小标题": (1, 1, "the heading is shown as text: there is no space behind ##", "## 小标题"),
    "##1. 概况": (1, 1, "the heading is shown as text: there is no space behind ##", "## 1. 概况"),
    "#工作小结": (1, 1, "the heading is shown as text: there is no space behind #", "# 工作小结"),
    "＃ 标题": (1, 1, HEADING, "# 标题"),
    "＃＃标题": (1, 1, HEADING, "## 标题"),
    "甲\n\n> #＃ 标题": (3, 3, HEADING, "## 标题"),
    # Asterisks
    "＊＊x＊＊": (1, 1, WIDE, "**x**"),
    "今天＊＊完成验收＊＊，进度正常": (1, 3, WIDE, "**完成验收**"),
    "＊＊注意：*＊请签字": (1, 1, WIDE, "**注意：**"),
    "本周＊＊重点＊＊工作": (1, 3, WIDE, "**重点**"),
    "** x **": (1, 1, SPACED, "**x**"),
    "本月 ** 重点 ** 工作": (1, 4, SPACED, "**重点**"),
    "**重点： **抓落实": (1, 1, SPACED, "**重点：**"),
    # Lists
    "-第一条\n-第二条": (1, 1, "the list is shown as text: there is no space behind -", "- 第一条"),
    "甲：\n*第一条\n*第二条\n*第三条": (2, 1, "the list is shown as text: there is no space behind *", "* 第一条"),
    # Footnotes
    "据统计［^1］": (1, 4, FOOTNOTE, "[^1]"),
    "据统计[＾注]": (1, 4, FOOTNOTE, "[^注]"),
    "据统计［＾a-1］：甲": (1, 4, FOOTNOTE, "[^a-1]"),
    "甲\n\n［^1］：出处": (3, 1, FOOTNOTE, "[^1]:"),
    "甲\n\n[＾1]: 出处": (3, 1, "the footnote is taken for a link: its marks are full-width", "[^1]:"),
    # Tables
    "｜甲｜乙｜\n|---|---|\n｜1｜2｜": (1, 1, TABLE, "|甲|乙|"),
    "如下：\n｜甲｜乙｜\n｜-｜:-:｜": (2, 1, TABLE, "|甲|乙|"),
    "｜甲｜乙｜\n｜1｜2｜": (1, 1, TABLE, "|甲|乙|, and below it |-|-|"),
}

SILENT: Final = (
    # Prose
    "【提示】（见下）请注意",
    "[注]（略）",
    "[注]（见附件.pdf）",
    "【附件】（详见进度表.pdf）",
    "【附件】（甲.pdf、乙.pdf）",
    "【附件】（a.pdf 和 b.pdf）",
    "【图1】（2020年3月5日摄）",
    "【新华社】（https://www.xinhuanet.com 3月5日电）",
    "他说：“……”（笑）",
    "《通知》（鲁发〔2020〕3号）",
    "【政策】《若干意见》（工信部［2020］7号）",
    "太好了！（鼓掌）",
    "太好了！【全体鼓掌】（完）",
    "太好了！[现场照片](a.jpg)",
    "注意！\n“安全第一”",
    "比例为 1：：2",
    "时间：：：待定",
    "：：：",
    ":::",
    "::: 备注",
    "a::b::c 与 std::note",
    "#话题#",
    "#话题# 今天开工",
    "今天很忙 #hashtag 和 #车间",
    "#招商 #企业服务",
    "#1 车间",
    "＃1 车间",
    "3＃楼与5＃楼",
    "##",
    "#",
    "#今天到泰和调研，走访了三家企业。",
    "颜色 #fff000",
    "［2020］（3号）",
    "王＊＊、李＊＊到场",
    "王＊＊和李＊＊到场",
    "王＊＊先生与李＊＊女士",
    "周＊＊向我们介绍＊＊情况",
    "＊＊县＊＊镇＊＊村",
    "＊＊公司与＊＊集团签约",
    "电话 138＊＊＊＊1234",
    "证号 37＊＊1234＊＊5678",
    "2 ** 3 = 8",
    "2 ** n ** 3",
    "**甲** 和 **乙**",
    "** 和",
    "5 * 3 * 2",
    "-5℃\n-6℃",
    "——张三\n——李四",
    "-第一条",
    "-第一条\n\n-第二条",
    "-第一条\n说明\n-第二条",
    "*甲*\n*乙*",
    "1、第一\n2、第二",
    "1.第一\n2.第二",
    "（＾_＾）和 [＾_＾]",
    "甲｜乙\n丙｜丁",
    "｜甲｜乙｜",
    "首页｜新闻｜通知",
    "f(x)[i](j) 与 a[0](b c)",
    '[甲](b.md) [乙](c.md "题") ',
    "![丙](<d e.jpg> '题')",
    "[见：“甲”（乙）](b.md)",
    # Code and what is escaped
    "`![x](a b.jpg)`",
    "``见 ` 【x】（b.md）``",
    "`甲\n##乙`",
    "`：：：{note}`",
    "`＊＊x＊＊` 与 `** x **`",
    "`［^1］` 与 `[＾1]`",
    "```\n！【x】（a.jpg）\n：：：{note}\n##小标题\n-第一\n-第二\n｜甲｜乙｜\n｜1｜2｜\n```",
    "~~~\n![x](a.jpg “图”)\n~~~",
    "    ##小标题\n    ：：：{note}",
    "- 甲\n\n  ```\n  ＊＊x＊＊\n  ```",
    "\\![x](a b.jpg)",
    "\\[x](a b.pdf)",
    "\\##小标题",
    "\\** x **",
    "[甲](b.md '他说＊＊好＊＊')",
    "![＊＊好＊＊](b.jpg)",
    "<https://a.cn/＊＊好＊＊>",
    "{target}`＊＊好＊＊ <taihe>`",
)


@pytest.mark.parametrize(("text", "expected"), SLIPS.items(), ids=SLIPS)
def test_typo(text: str, expected: tuple[int, int, str, str]) -> None:
    line, column, fact, remedy = expected
    assert [problem(one) for one in parse(text, path="a.md").problems] == [
        f"a.md:{line}:{column}: warning: {fact}\nhint: write {remedy}"
    ]


@pytest.mark.parametrize("text", SILENT)
def test_no_warning_for(text: str) -> None:
    assert parse(text, path="a.md").problems == ()


def test_code_next_to_a_typo_is_not_reported() -> None:
    found = parse("写成 `＊＊好＊＊` 会显示成 ＊＊好＊＊。", path="a.md").problems
    assert [(one.line, one.column) for one in found] == [(1, 17)]


def test_each_typo_is_reported_at_its_place() -> None:
    text = "##甲\n\n> 见【乙】（b.md）和【丙】（c.md）\n> ：：：{note}\n\n丁［^1］"
    found = parse(text, path="a.md", first_line=10).problems
    assert [(one.line, one.column, one.is_warning) for one in found] == [
        (10, 1, True),
        (12, 4, True),
        (12, 14, True),
        (13, 3, True),
        (15, 2, True),
    ]


def test_a_footnote_taken_for_a_link_is_reported_at_both_ends() -> None:
    found = parse("甲[＾1]乙\n\n[＾1]: 出处", path="a.md").problems
    assert [(one.line, one.column) for one in found] == [(1, 2), (3, 1)]


def test_a_long_line_is_shown_by_its_beginning() -> None:
    (found,) = parse("##" + "甲" * 300, path="a.md").problems
    assert str(found.hint) == f"write ## {'甲' * 197}…"


def test_a_typo_does_not_change_the_prose() -> None:
    assert html(parse("＊＊好＊＊", path="a.md").prose) == "<p>＊＊好＊＊</p>\n"


@pytest.mark.parametrize("ending", [*PICTURES, *ATTACHMENTS, ".md", ".JPG"])
def test_every_file_that_can_be_published_is_known(ending: str) -> None:
    (found,) = parse(f"【甲】（乙{ending}）", path="a.md").problems
    assert str(found.hint) == f"write [甲](乙{ending})"


@pytest.mark.parametrize("ending", PICTURES)
def test_every_picture_is_known(ending: str) -> None:
    (found,) = parse(f"！[甲](乙{ending})", path="a.md").problems
    assert str(found.hint) == f"write ![甲](乙{ending})"


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.md")), ids=lambda path: path.name)
def test_the_example_site_has_no_typos(path: Path) -> None:
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert parse(text, path="a.md").problems == ()


MARKS: Final = (
    *"！【】（）［］［^＾｜：:＃#＊*-|[]()!“”‘’「」\"' \t\u3000\n`\\<>{}｛｝中a1，。\0\r",
    *(
        "](",
        "】（",
        "！【",
        "：：：",
        "{note}",
        ":::note",
        "##",
        "＊＊",
        "** ",
        " **",
        "\n-第",
        "\n*第",
        "［^1］",
        "[＾1]: b",
    ),
    *(
        "a.jpg",
        " “图”",
        "b c.md",
        "https://a",
        "\n｜甲｜",
        "\n|-|-|",
        "```\n",
        "\n> ",
        "\n- ",
        "    ",
        "{target}`",
        "[^1]：",
    ),
)
texts: Final = st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=60).map("".join)


@given(texts)
@settings(max_examples=600, deadline=None)
def test_no_mixture_raises(text: str) -> None:
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for found in parse(text, path="a.md").problems:
        assert problem(found)
        assert 1 <= found.line <= lines


@given(texts)
@settings(max_examples=200, deadline=None)
def test_no_mixture_in_a_fence_is_spoken_of(text: str) -> None:
    indented = "\n".join(f"    {line}" for line in text.replace("\r", "\n").split("\n"))
    assert not [one for one in parse(indented, path="a.md").problems if "shown" in str(one.message)]


SIZE: Final = 64 * 1024
SLOW: Final = {
    "footnotes": "［^1］" * (SIZE // 4),
    "links": "【甲】（b.md）" * (SIZE // 9),
    "links without an end": "【甲】（a" * (SIZE // 5),
    "pictures": "！[甲](b.jpg)" * (SIZE // 10),
    "spaces in addresses": "[甲](" + "a " * (SIZE // 2),
    "parentheses": "[甲](" + "(a" * (SIZE // 2),
    "asterisks": "＊＊甲" * (SIZE // 3),
    "spaced asterisks": "** 甲 **乙 " * (SIZE // 8),
    "number signs": "##甲\n" * (SIZE // 4),
    "number signs behind a heading": "##甲" + " #" * (SIZE // 2),
    "colons": "：：：" * (SIZE // 3),
    "directives": "：：：note\n" * (SIZE // 8),
    "items": "-甲\n" * (SIZE // 3),
    "items on one line": " -甲" * (SIZE // 3),
    "bars": "｜甲" * (SIZE // 2),
    "rows": "｜甲｜\n" * (SIZE // 4),
    "rows of spaces": "｜甲｜\n|-" + " " * SIZE + "x|",
    "backticks": "＊＊甲＊＊" + " ".join("`" * length for length in range(1, 350)),
    "code spans": "`＊＊甲＊＊` ＊＊甲＊＊ " * (SIZE // 14),
    "definitions": "".join(f"[＾{number}]: a\n" for number in range(6000)),
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_no_text_is_slow(text: str) -> None:
    begin = time.process_time()
    parse(text, path="a.md")
    assert time.process_time() - begin < 5


def test_the_fixtures_have_only_intended_typos() -> None:
    facts = ("full-width", "not straight", "space in", "no space behind", "not in braces")
    reported = [problem(one) for _, text, _ in FIXTURES for one in parse(text, path="a.md").problems]
    assert [one.partition("warning: ")[2] for one in reported if any(fact in one for fact in facts)] == [
        f"{SPACED}\nhint: write **重要**",
        f"{BRACES}\nhint: write :::{{note}}",
        f"the picture {SPACE}\nhint: write ![合影](<合影 1.jpg>)",
    ]
