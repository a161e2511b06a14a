"""Every problem that the Markdown rules report, to the letter."""

from __future__ import annotations

import pytest

from generator.read.markdown import parse
from tests.read.markdown.shown import html, problem

DEEP = "[" * 61

ROLE = (
    "a role works in the text only; here it would be printed as it stands\n"
    "hint: write the words themselves, such as a target's name or a pseudonym"
)

CASES = {
    "an unknown role": (
        "走访{traget}`taihe`",
        'a.md:1:3: there is no role "traget"\nhint: did you mean "target"?',
    ),
    "an unknown role like no other": (
        "运行 ${HOME}`x`",
        'a.md:1:5: there is no role "HOME"\nhint: write \\{ for a brace that is only text',
    ),
    "a role without an id": (
        "走访{target}` `",
        'a.md:1:3: the role "target" names nothing\nhint: write an id: {target}`id`',
    ),
    "a role with nothing at all": (
        "走访{target}``",
        'a.md:1:3: the role "target" names nothing\nhint: write an id: {target}`id`',
    ),
    "a role with words and no id": (
        "走访{target}`泰和 <>`",
        'a.md:1:3: the role "target" names nothing\nhint: write an id: {target}`id`',
    ),
    "a role without an end": (
        "甲\n走访{target}`taihe",
        'a.md:2:3: the role "target" has no end\nhint: write the backtick ` behind it as many times as before it',
    ),
    "a role in a link": (
        "[见{target}`taihe`](a.md)",
        'a.md:1:3: the role "target" is in a link, and a link cannot hold another\nhint: take the role out of the link',
    ),
    "a role in a picture's text": (
        "看![{target}`泰和 <taihe>`](a.jpg)",
        'a.md:1:2: the role "target" is in the text of a picture, which cannot lead anywhere\n'
        "hint: write the name itself",
    ),
    "a directive between backticks": (
        "甲\n\n```{note}\n乙\n```",
        'a.md:3:1: warning: the directive "note" is shown as code: it is between backticks\n'
        "hint: write colons for the backticks: :::{note}",
    ),
    "an unknown directive": (
        "甲\n\n> :::{nota}\n> 乙\n> :::",
        'a.md:3:3: there is no directive "nota"\nhint: did you mean "note"?',
    ),
    "an unknown directive like no other": (
        ":::{提示}\n乙\n:::",
        'a.md:1:1: there is no directive "提示"\n'
        "hint: known are figure, note, tip, important, warning, caution, attention, danger, error, hint, seealso, "
        "admonition",
    ),
    "a directive in Pandoc's manner": (
        "::: {.note}\n乙\n:::",
        'a.md:1:1: there is no directive ".note"\nhint: did you mean "note"?',
    ),
    "an unclosed directive": (
        ":::{note}\n甲",
        'a.md:1:1: the directive "note" is not closed\n'
        "hint: write ::: below its last line; a directive around others has more colons than they",
    ),
    "a directive that closes the one around it": (
        ":::{note}\n:::{tip}\n甲\n:::\n:::",
        'a.md:2:1: the directive "tip" is not closed\n'
        "hint: write ::: below its last line; a directive around others has more colons than they",
    ),
    "an unknown option": (
        ":::{note}\n:clas: x\n甲\n:::",
        'a.md:2:1: the directive "note" has no option "clas"\nhint: did you mean "class"?',
    ),
    "an unknown option like no other": (
        ":::{figure} a.jpg\n:alt: 甲\n:width: 50%\n:::",
        'a.md:3:1: the directive "figure" has no option "width"\nhint: known are alt, class',
    ),
    "an option twice": (
        ":::{figure} a.jpg\n:alt: 甲\n:alt: 乙\n:::",
        'a.md:3:1: the option "alt" is given twice\nhint: keep one of the two',
    ),
    "a class option that is no name": (
        ":::{note}\n:class: a b.c\n甲\n:::",
        'a.md:1:1: the class "b.c" is not a plain name\nhint: use letters, digits, hyphens and underscores',
    ),
    "a figure without a picture": (
        ":::{figure}\n甲\n:::",
        "a.md:1:1: the figure names no picture\nhint: write :::{figure} picture.jpg",
    ),
    "an admonition without a title": (
        ":::{admonition}\n甲\n:::",
        "a.md:1:1: the admonition has no title\nhint: write :::{admonition} Title, or :::{note}",
    ),
    "a picture without alternative text": (
        "甲\n\n![](a.jpg)",
        'a.md:3:1: warning: the picture "a.jpg" has no alternative text\n'
        "hint: write what it shows between ![ and ], for readers who do not see it",
    ),
    "a figure without alternative text": (
        ":::{figure} a.jpg\n甲\n:::",
        'a.md:1:13: warning: the picture "a.jpg" has no alternative text\n'
        "hint: write what it shows in a line :alt: below, for readers who do not see it",
    ),
    "a title that is not shown": (
        '看![甲](a.jpg "乙")',
        'a.md:1:2: warning: the title "乙" is not shown: a picture in running text has no caption\n'
        "hint: put the picture on lines of its own, with an empty line above and below",
    ),
    "a role in a caption": ('![甲](a.jpg "图为{person}`wang`")', f"a.md:1:1: {ROLE}"),
    "a role in a link's title": ('[乙](b.md "{target}`b`")', f"a.md:1:1: {ROLE}"),
    "a role in the text of a figure": (":::{figure} a.jpg\n:alt: {person}`wang`\n:::", f"a.md:1:13: {ROLE}"),
    "pictures in pictures": (
        "![" * 4 + "甲" + "](a.jpg)" * 4,
        "a.md:1:0: pictures are nested more than 3 deep here, so they are shown as text\n"
        "hint: keep pictures out of the text between ![ and ]",
    ),
    "an attribute that is not published": (
        '[甲](a.md){onclick="x"}',
        'a.md:1:10: the attribute "onclick" is not published\nhint: only class, id and lang are: {.name #name lang=en}',
    ),
    "a class that is no name": (
        "甲\n\n  {.重点，}\n乙",
        'a.md:3:3: the class "重点，" is not a plain name\nhint: use letters, digits, hyphens and underscores',
    ),
    "an id that is no name": (
        "# 甲 {#a:b}",
        'a.md:1:5: the id "a:b" is not a plain name\nhint: use letters, digits, hyphens and underscores',
    ),
    "an id twice": (
        "# 甲 {#a}\n\n{#a}\n乙",
        'a.md:3:1: the id "a" is given twice\nhint: choose another for one of the two',
    ),
    "a language that is none": (
        "`甲`{lang=中文}",
        'a.md:1:4: "中文" is not a language\nhint: write it as in zh-Hans, en or ja',
    ),
    "attributes before nothing": (
        "甲\n\n{.a}",
        "a.md:3:1: these attributes belong to nothing\n"
        "hint: write them on the line above a paragraph, heading, list, quotation, table or picture",
    ),
    "a footnote that is not there": (
        "甲\n乙[^1]",
        'a.md:2:2: warning: there is no footnote "1"\nhint: write it on a line of its own: [^1]: its text',
    ),
    "a footnote that the text does not refer to": (
        "甲\n\n[^注]: 乙",
        'a.md:3:1: the text does not refer to the footnote "注"\nhint: write [^注] where the footnote belongs',
    ),
    "a footnote that only itself refers to": (
        "甲\n\n[^1]: 乙[^1]",
        'a.md:3:1: the text does not refer to the footnote "1"\nhint: write [^1] where the footnote belongs',
    ),
    "a footnote twice": (
        "甲[^1]\n\n[^1]: 乙\n\n[^1]: 丙",
        'a.md:5:1: the footnote "1" is written twice\nhint: give one of them another label',
    ),
    "a row with too many cells": (
        "|甲|乙|\n|-|-|\n|1|2|3|",
        "a.md:3:0: the row has 3 cells, the table's head only 2\n"
        "hint: give the head as many cells, or write \\| for a bar that is only text",
    ),
    "brackets too deep": (
        f"甲\n乙{DEEP}",
        "a.md:2:62: brackets are nested more than 60 deep here, so they are shown as text\n"
        "hint: write \\[ for a bracket that is only text",
    ),
    "emphasis too deep": (
        "*甲 " * 61 + "乙" + "*" * 61,
        "a.md:1:1: emphasis is nested more than 60 deep here, so the rest is shown as text\n"
        "hint: write \\* for an asterisk that is only text",
    ),
    "blocks too deep": (
        "甲\n\n" + ">" * 61 + "乙",
        "a.md:3:0: blocks are nested too deep here, so the rest is shown as one paragraph\n"
        "hint: use fewer marks > or - at the beginning of the line; 60 levels are the most",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_problem(text: str, expected: str) -> None:
    assert [problem(one) for one in parse(text, path="a.md").problems] == [expected]


def test_lines_are_those_of_the_file() -> None:
    found = parse("甲\n\n乙{nope}`x`", path="content/entries/a.md", first_line=10).problems
    assert [(one.path, one.line, one.column) for one in found] == [("content/entries/a.md", 12, 2)]


def test_columns_count_a_block_s_marks() -> None:
    found = parse("> - * *甲 {nope}`x`*", path="a.md").problems
    assert [(one.line, one.column) for one in found] == [(1, 10)]


def test_columns_in_a_table_are_found_by_the_cell() -> None:
    found = parse("|甲|乙|\n|-|-|\n| 丙 | 丁{nope}`x` |", path="a.md").problems
    assert [(one.line, one.column) for one in found] == [(3, 8)]


def test_all_problems_come_in_one_run_in_order() -> None:
    text = "![](a.jpg)\n\n{nope}`x`\n\n:::{box}\n:::\n"
    assert [one.line for one in parse(text, path="a.md").problems] == [1, 3, 5]


def test_a_text_without_faults_has_no_problems() -> None:
    text = "# 甲\n\n{.a}\n乙[^1] {target}`taihe` [丙](a.md){.x}\n\n![丁](a.jpg)\n\n:::{note}\n戊\n:::\n\n[^1]: 己\n"
    assert parse(text, path="a.md").problems == ()


def test_what_is_not_published_is_not_in_the_html() -> None:
    text = '{style="color:red" onclick=x}\n甲\n\n[乙](a.md){href=javascript:x}'
    assert html(parse(text, path="a.md").prose) == '<p>甲</p>\n<p><a href="⟦link a.md⟧">乙</a></p>\n'
