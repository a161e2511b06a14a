"""What a prose contains in addition to its HTML: holes and their places, headings, ids, the summary."""

from __future__ import annotations

from typing import Final

import pytest

from generator.model.prose import (
    Heading,
    IdHole,
    ImageHole,
    LevelHole,
    LinkHole,
    PartHole,
    Prose,
    RoleHole,
)
from generator.read.markdown import parse
from tests.read.markdown.shown import shown_text

SUMMARIES: Final = {
    "markup is taken away": ("今天**走访**了[`泰和`](a.md)~~等~~。", "今天走访了泰和等。"),
    "lines are joined": ("今天\n走访\nFoxconn\n公司", "今天走访 Foxconn 公司"),
    "a hard break is a space": ("甲\\\n乙", "甲 乙"),
    "a role shows its words": ("走访{target}`泰和新材 <taihe>`。", "走访泰和新材。"),
    "a role without words is left to the page": ("走访{target}`taihe`。", "走访⟦target taihe|⟧。"),
    "a picture alone is none": ("![甲](a.jpg)\n\n乙", "乙"),
    "a picture in text is left out": ("甲![图](a.jpg)乙", "甲乙"),
    "whom it goes to is no part of it": ("各乡镇：\n\n现通报如下。\n\n完。", "现通报如下。"),
    "nor are several, nor a person": ("各乡镇，{target}`县直各单位 <a>`：\n\n现通报。", "现通报。"),
    "a colon goes with what it announces": ("会议要求：\n\n按期完成。\n\n完。", "会议要求：按期完成。"),
    "a typed heading is no part of it": ("**一、本周工作**\n\n开会。\n\n完。", "开会。"),
    "nor is one below whom it is for": ("各组：\n一、总体要求\n把水管好。\n二、时间\n下周。", "把水管好。"),
    "a sentence with a number is": ("一、本周开会。\n\n完。", "一、本周开会。"),
    "a day in brackets is no part of it": ("（2026年3月20日）\n\n同志们。", "同志们。"),
    "an address above a list is all that there is": ("各乡镇：\n\n- 甲\n\n乙", "各乡镇："),
    "a colon above a list stands alone": ("做了两件事：\n\n- 甲\n\n乙", "做了两件事："),
    "a colon above a picture stands alone": ("如图：\n\n![甲](a.jpg)\n\n乙", "如图："),
    "nor is its number": (
        "云农发〔2024〕18号　签发人：李红兵　孙　丽\n\n县政府：\n\n现将有关事项请示如下。\n\n完。",
        "现将有关事项请示如下。",
    ),
    "nor what stands in brackets": ("第3期\n\n（按姓氏笔画排序）\n\n王芳、李强。\n\n完。", "王芳、李强。"),
    "a number above nothing else": ("〔2024〕5号", "〔2024〕5号"),
    "two colons": ("各乡镇：\n\n现通报：\n\n甲。", "现通报："),
    "a heading is none": ("# 甲\n\n乙", "乙"),
    "what a quotation, a list, a table or a directive holds is none": (
        "> 甲\n\n- 乙\n\n|丙|\n|-|\n|丁|\n\n:::{note}\n戊\n:::\n\n[^1]: 己\n",
        "",
    ),
    "a footnote's reference is left out": ("甲[^1]乙\n\n[^1]: 丙", "甲乙"),
    "entities and escapes are read": ("甲&amp;\\*乙", "甲&*乙"),
    "nothing": ("", ""),
}


def prose(text: str, *, first_line: int = 1) -> Prose:
    """The prose of a text."""
    return parse(text, path="a.md", first_line=first_line).prose


@pytest.mark.parametrize(("text", "expected"), SUMMARIES.values(), ids=SUMMARIES)
def test_summary(text: str, expected: str) -> None:
    assert shown_text(prose(text).summary) == expected


def test_nothing_is_nothing() -> None:
    assert prose("\n \n") == Prose()


def test_strings_are_merged() -> None:
    assert prose("甲 *乙* `丙`\n\n丁").pieces == ("<p>甲 <em>乙</em> <code>丙</code></p>\n<p>丁</p>\n",)


def test_heading_has_holes_for_its_level_and_id() -> None:
    found = prose("## 甲 {.x}")
    level, part = LevelHole(2), IdHole("甲")
    assert found.pieces == ("<h", level, ' id="', part, '" class="x">甲</h', level, ">\n")
    assert found.headings == (Heading(2, ("甲",), "甲"),)


def test_heading_text_is_plain() -> None:
    found = prose("# *甲*\\* `乙` ![丙](a.jpg){target}`taihe` [丁](a.md)[^1]\n\n[^1]: 戊")
    assert [shown_text(heading.text) for heading in found.headings] == ["甲* 乙 丙⟦target taihe|⟧ 丁"]


def test_headings_within_other_blocks_count() -> None:
    assert [shown_text(heading.text) for heading in prose("> # 甲\n\n- ## 乙").headings] == ["甲", "乙"]


def test_an_id_of_the_writer_s_wins_anywhere() -> None:
    found = prose("# 概述\n\n{#概述}\n乙")
    assert [heading.id for heading in found.headings] == ["概述-2"]
    assert found.ids == {"概述", "概述-2"}


def test_ids_are_in_normal_form_c() -> None:
    assert prose("# e\u0301\n\n[x](#e\u0301){#u\u0308}").ids == {"é", "ü"}


def test_every_id_is_listed() -> None:
    inlines = "[丙](x){#c}`丁`{#d}![戊](y){#e}"
    found = prose(f"# 甲 {{#a}}\n\n{{#b}}\n> 乙[^1]\n\n{inlines}\n\n{{#f}}\n![己](z)\n\n{{#g}}\n|庚|\n|-|\n\n[^1]: 辛")
    assert found.ids == {*"abcdefg", "fn-1", "fnref-1"}
    assert {piece.id for piece in found.pieces if isinstance(piece, IdHole)} == found.ids


def test_a_link_to_a_part_of_the_text_is_tied_to_it() -> None:
    found = prose("[甲](#乙)[丙](#丁)\n\n# 乙")
    assert [piece for piece in found.pieces if isinstance(piece, LinkHole)] == [LinkHole("#丁", 1, 8)]
    assert [piece.id for piece in found.pieces if isinstance(piece, PartHole)] == ["乙"]
    assert [piece.id for piece in found.pieces if isinstance(piece, IdHole)] == ["乙"]


def test_references_stand_at_their_lines_and_columns() -> None:
    text = "甲[乙](b.md)\n![丙](c.jpg){target}`taihe`\n\n- > 丁 <https://e.cn>\n  > [*戊*][乙]\n\n[乙]: <庚 辛.pdf>\n"
    assert list(prose(text, first_line=7).references) == [
        LinkHole("b.md", 7, 2),
        ImageHole("c.jpg", "丙", 8, 1),
        RoleHole("target", "taihe", "", 8, 12),
        LinkHole("https://e.cn", 10, 7),
        LinkHole("庚 辛.pdf", 11, 5),
    ]


def test_a_directive_s_picture_has_the_position_of_its_name() -> None:
    found = prose("甲\n\n:::{figure} 会议.jpg\n:alt: 乙\n[丙](d.md)\n:::")
    assert list(found.references) == [ImageHole("会议.jpg", "乙", 3, 13, is_figure=True), LinkHole("d.md", 5, 1)]


def test_addresses_are_plain_strings() -> None:
    assert [type(one.href) for one in prose("[甲](a) <tel:1> [丁]()").references if isinstance(one, LinkHole)] == [
        str
    ] * 3


def test_a_key_is_in_normal_form_c_and_without_needless_spaces() -> None:
    assert list(prose("{target}` caf\u0065\u0301 `").references) == [RoleHole("target", "café", "", 1, 1)]


def test_alternative_text_is_one_line() -> None:
    assert list(prose("![one\ntwo `三`\n四](a.jpg)").references) == [
        ImageHole("a.jpg", "one two 三四", 1, 1, is_figure=True)
    ]


def test_old_line_ends_count_as_lines() -> None:
    assert list(prose("甲\r\n乙\r[丙](a)").references) == [LinkHole("a", 3, 1)]


def test_parsing_twice_gives_the_same() -> None:
    text = "# 甲\n\n乙[^1]\n\n[^1]: 丙\n\n{nope}`x`"
    assert parse(text, path="a.md") == parse(text, path="a.md")
