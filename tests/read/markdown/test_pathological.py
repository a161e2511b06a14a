"""Texts made to be slow: each ends soon, and nothing of it is lost."""

from __future__ import annotations

import sys
import time
from typing import Final

import pytest

from generator.model.prose import Prose
from generator.read.markdown import parse
from tests.read.markdown.shown import html

SIZE: Final = 64 * 1024
LONGEST: Final = 5.0
"""Seconds of the processor. Each takes less than one on a common machine; what grows by squares takes minutes."""
SQUARES: Final = 3.5
"""What takes that many times as long as its half grows by squares; a slow or busy machine takes both longer."""

WHOLE: Final = {
    "quotations": (">" * 1000 + "a", "a"),
    "quotations with spaces": ("> " * 1000 + "a", "a"),
    "nothing but quotations": (">" * SIZE, "&gt;"),
    "a long text in quotations": (">" * 58 + "a\n" + "b\n" * 30000 + "c", "c"),
    "lists": ("- " * 1000 + "a", "a"),
    "numbered lists": ("1. " * 1000 + "a", "a"),
    "lists by indentation": ("".join(" " * (2 * depth) + f"- a{depth}\n" for depth in range(250)), "a249"),
    "quotations and lists": ("> - " * 500 + "a", "a"),
    "definitions": ("a\n" + ": " * 1000 + "b", "b"),
    "directives": (":::{note}\n" * 6500 + "a", "a"),
    "directives, each with fewer colons": ("\n".join(":" * (203 - at) + "{note}" for at in range(200)) + "\na", "a"),
    "footnotes": ("[^a]: " * 10000 + "b", "b"),
    "opening brackets": ("[" * 50000 + "a", "a"),
    "brackets around brackets": ("[" * 25000 + "a" + "]" * 25000, "a"),
    "brackets around a long text": ("[" * 59 + "a*" * 30000 + "b", "b"),
    "brackets that code hides": ("[`]`" * 16000 + "a", "a"),
    "pictures": ("![" * 30000 + "a", "a"),
    "a picture without an end": ("![" + "甲" * SIZE + "a", "a"),
    "a picture without an address": ("![" + "a" * SIZE + "]", "a"),
    "an address without an end": ("[a](" + "b" * SIZE + "c", "c"),
    "bold text without an end": ("**" + "甲 " * SIZE + "a", "a"),
    "a label without an end on one line": ("[" + "甲" * SIZE + "a", "a"),
    "a role's key without an end": ("{target}`" + "a" * SIZE, "a"),
    "pictures in pictures": ("![" * 1000 + "a" + "](b)" * 1000, "a"),
    "pictures around a long text": ("![" * 60 + "a*" * 28000 + "](b)" * 60 + "c", "c"),
    "links without an end": ("[a](<b" * 10000 + "c", "c"),
    "links with titles without an end": ('[a](b "' * 9000 + "c", "c"),
    "parentheses in an address": ("[a]" + "(" * 60000 + "c", "c"),
    "labels within labels": ("[a]: b\n\n" + "[[a]" * 16000 + "c", "c"),
    "labels that are not defined": ("[a][b]" * 10000 + "c", "c"),
    "asterisks": ("a" + "*" * 50000, "a"),
    "asterisks around a letter": ("*" * 30000 + "a" + "*" * 30000, "a"),
    "emphasis within emphasis": ("*a **b " * 8000 + "c", "c"),
    "emphasis that closes": ("**a " * 10000 + "b" + " c**" * 10000, "b"),
    "marks that open and close": ("*a_ " * 16000 + "b", "b"),
    "marks of three lengths": ("a***b**c*" * 7000 + "d", "d"),
    "tildes": ("~~a " * 16000 + "b", "b"),
    "Chinese emphasis": ("**中“" * 8000 + "b", "b"),
    "quotation marks beside asterisks": ("“" * 20000 + "**" + "”" * 1000 + "b", "b"),
    "lines of quotation marks": ("“\n" * 16000 + "b", "b"),
    "roles on lines of their own": ("{target}`a`\n" * 5000 + "b", "b"),
    "backticks of growing length": (" ".join("`" * length for length in range(1, 350)) + " a", "a"),
    "roles without an end": ("{target}`" * 7000 + "a", "a"),
    "less-than signs": ("<" * 50000 + "a", "a"),
    "comments": ("<!--" * 16000 + "a", "a"),
    "comments on lines without an end": ("- a\n" + "  <!--\n" * 4000 + "\nb -->", "b"),
    "comments that end": ("<!--\n-->\n" * 6000 + "甲<!-- -->" * 6000 + "a", "a"),
    "tags of many names": ("".join(f"<a{at} b='c'>" for at in range(5000)) + "d", "d"),
    "a tag without an end": ("<a" + " b=c" * 16000 + "d", "d"),
    "captions": ("![甲](b)\n图为乙\n" * 2000 + "c", "c"),
    "signs behind words": ("甲**（乙）" * 4000 + "*（丙）" * 4000 + "b", "b"),
    "a long mail address": ("<a@" + "a." * 30000 + "b", "b"),
    "ampersands": ("&#" * 30000 + "a", "a"),
    "backslashes": ("\\" * SIZE + "a", "a"),
    "attributes": ("[a](b){" * 9000 + "c", "c"),
    "a long attribute": ("`a`{" + "k=a " * 15000 + "c", "c"),
    "references to footnotes": ("[^a]: x\n\n" + "[^" * 30000 + "b", "b"),
    "footnotes that refer on": ("".join(f"[^{at}]: n{at} [^{at + 1}]\n\n" for at in range(2500)) + "[^0]", "n2499"),
    "definitions of labels": ("".join(f"[a{at}]: b\n" for at in range(6000)) + "\nc", "c"),
    "a label without an end": ("[\n" + "a\n" * 30000 + "b", "b"),
    "headings alike": ("# a\n\n" * 13000 + "b", "b"),
    "a wide table": ("|a" * 8000 + "|\n" + "|-" * 8000 + "|\n" + "|b" * 8000 + "|\n", "b"),
    "a long table": ("|a|b|\n|-|-|\n" + "|a|b|\n" * 10000 + "|c|d|", "d"),
    "a table of empty cells": ("|a" * 250 + "|\n" + "|-" * 250 + "|\n" + "x\n" * 30000 + "y", "y"),
    "rows with too many cells": ("|a|b|\n|-|-|\n" + "|a|b|c|d\n" * 7000 + "e", "e"),
    "lines of a paragraph": ("a\n" * 30000 + "b", "b"),
    "lines that might be a heading's": ("a\n" * 30000 + "===\nb", "b"),
    "list items": ("- a\n" * 16000 + "- b", "b"),
    "spaces": (" " * SIZE + "\na", "a"),
    "one long line": ("中" * 21000 + "a", "a"),
}


def within_reason(text: str) -> Prose:
    """The prose of a text; fails where it takes too long."""
    prose, took = timed(text)
    assert took < LONGEST or took < SQUARES * timed(text[: len(text) // 2])[1]
    return prose


def timed(text: str) -> tuple[Prose, float]:
    """The prose of a text, and how long it takes."""
    begin = time.process_time()
    prose = parse(text, path="a.md").prose
    return prose, time.process_time() - begin


@pytest.mark.parametrize(("text", "last"), WHOLE.values(), ids=WHOLE)
def test_ends_soon_with_its_last_word(text: str, last: str) -> None:
    assert last in html(within_reason(text))


@pytest.mark.parametrize("depth", [59, 60, 61, 500])
def test_quotations_keep_their_text_at_any_depth(depth: int) -> None:
    shown = html(within_reason("> " * depth + "甲\n" + "> " * depth + "乙"))
    assert "甲" in shown
    assert "乙" in shown


@pytest.mark.parametrize(("depth", "count"), [(29, 0), (30, 0), (31, 1)])
def test_lists_nest_thirty_deep_at_most(depth: int, count: int) -> None:
    parsed = parse("- " * depth + "甲", path="a.md")
    assert len(parsed.problems) == count
    assert "甲" in html(parsed.prose)


def test_brackets_nest_sixty_deep_at_most() -> None:
    parsed = parse("[" * 60 + "甲](乙)" + "]" * 59, path="a.md")
    assert html(parsed.prose) == f'<p>{"[" * 59}<a href="⟦link 乙⟧">甲</a>{"]" * 59}</p>\n'
    assert parsed.problems == ()


def test_the_stack_stays_small() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(700)
    try:
        for text, _ in WHOLE.values():
            within_reason(text[:4000])
    finally:
        sys.setrecursionlimit(limit)
