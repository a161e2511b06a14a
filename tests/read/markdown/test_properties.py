"""Properties of any text: it is parsed, no words are lost, its tags are closed, and Latin text is as in CommonMark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.model.prose import Prose
from generator.read.markdown import parse
from generator.read.markdown.parser import syntax
from tests.read.markdown.shown import html, problem

SYNTAX: Final = (
    *"[]()!*_`<>\\#|~=-+.:{}^&\"'“”‘’—…·，。（） \t\n中aé\u0301한😀𠮷\ufe01\U000e0100\u3000\0\r\u2028",
    *("](", "![", "**", "~~", "```", "\n\n", "\n> ", "\n- ", "\n1. ", "    ", "|-|", "\n-|-\n", "&amp;", "\\\n"),
    *("\n:::{note}\n", "\n:::\n", "\n::::{figure} ", "{target}`", "[^1]", "\n[^1]: ", "\n: ", "{.a}", "\n{#b}\n"),
    *("\n===\n", "<http://a>", "- [ ] ", ":alt: ", "[a]: b\n", "[a]"),
)
LATIN: Final = (
    *"[]()!*_`<>\\#|~=-+.&\"' \t\nab1",
    *("](x)", "![", "**", "~~", "```", "\n\n", "> ", "- ", "1. ", "    ", "|-|\n", "a|b\n-|-\n", "[a]: b\n", "[a]"),
)
VOID: Final = frozenset(("br", "hr", "img", "input"))

texts: Final = st.lists(st.sampled_from(SYNTAX) | st.text(max_size=5), max_size=60).map("".join)


class Balance(HTMLParser):
    """Follows the tags and records whether they are closed in the right order."""

    def __init__(self) -> None:
        """Begin with no tag open."""
        super().__init__()
        self.open: list[str] = []
        self.is_whole = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Open a tag."""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        if tag not in VOID:
            self.is_whole = self.is_whole and bool(self.open) and self.open.pop() == tag


def is_balanced(prose: Prose) -> bool:
    """Whether all tags of the prose are closed in the right order."""
    balance = Balance()
    pieces = (piece if isinstance(piece, str) else escape(html(Prose(pieces=(piece,)))) for piece in prose.pieces)
    balance.feed("".join(pieces))
    balance.close()
    return balance.is_whole and not balance.open


@given(texts)
@settings(max_examples=300, deadline=None)
def test_any_text_is_parsed_into_whole_html(text: str) -> None:
    parsed = parse(text, path="a.md")
    assert is_balanced(parsed.prose)
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for found in parsed.problems:
        assert problem(found)
        assert 1 <= found.line <= lines


@given(texts)
@settings(max_examples=100, deadline=None)
def test_no_string_is_empty_and_none_follows_another(text: str) -> None:
    pieces = parse(text, path="a.md").prose.pieces
    assert "" not in pieces
    assert not any(isinstance(one, str) and isinstance(two, str) for one, two in pairwise(pieces))


def test_a_lone_surrogate_is_parsed() -> None:
    assert html(parse("# \ud800 **\udfff**", path="a.md").prose) == (
        '<h1 id="section">\ufffd <strong>\ufffd</strong></h1>\n'
    )


def words(parts: Sequence[str]) -> str:
    """The parts, with a distinct word before, between and after them."""
    return "".join(f"w{number}w{part}" for number, part in enumerate(parts)) + f"w{len(parts)}w"


def lost(text: str, count: int) -> list[str]:
    """The words of a text that are neither in its HTML nor in a problem."""
    parsed = parse(text, path="a.md")
    shown = "\n".join([html(parsed.prose), *map(problem, parsed.problems)])
    return [word for word in (f"w{number}w" for number in range(count)) if word not in shown]


# CommonMark itself does not show the words of a fence's info string, nor those of a link definition. They need three
# backticks or tildes, and a colon, which are therefore excluded here.
@given(st.lists(st.sampled_from([one for one in SYNTAX if "`" not in one and one != "~~" and ":" not in one])))
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_among_marks(parts: list[str]) -> None:
    text = words(parts).replace("~~~", "~~")
    assert lost(text, len(parts) + 1) == []


def indented(text: str, by: str) -> str:
    """The text with ``by`` before each line; the first character of ``by`` is only before the first line."""
    return "\n".join((by if number == 0 else " " * len(by)) + line for number, line in enumerate(text.split("\n")))


def fenced(text: str) -> str:
    """The text in a directive with a fence that is longer than any in the text."""
    colons = ":::"
    while colons in text:
        colons += ":"
    return f"{colons}{{note}} 题\n:class: x\n{text}\n{colons}"


blocks: Final = st.recursive(
    st.sampled_from(
        [
            "W",
            "# W",
            "**“W”**中 [W](W) W\nW",
            "![W](W 'W')",
            "|W|W|\n|-|-|\n|W|W|W|\n",
            "    W",
            "```\nW\n```",
            "W[^W]\n\n[^W]: W",
            "[^W]: W",
            "W\n: W\n",
            "- [ ] W",
            "{target}`W <W>`",
            ":::{figure} W\n:alt: W\nW\n:::",
            ":::{box} W\n:W: W\nW",
        ]
    ),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map("\n\n".join)
        | inner.map(lambda text: "\n".join(f"> {line}" for line in text.split("\n")))
        | inner.map(lambda text: indented(text, "- "))
        | inner.map(lambda text: indented(text, "1. "))
        | inner.map(fenced)
    ),
    max_leaves=12,
)


@given(blocks)
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_in_blocks_within_each_other(text: str) -> None:
    parts = text.split("W")
    numbered = "".join(f"{part}w{number}w" for number, part in enumerate(parts[:-1])) + parts[-1]
    assert lost(numbered, len(parts) - 1) == []


@cache
def stock() -> MarkdownIt:
    """markdown-it without our rules, with the same extensions of GitHub's."""
    return MarkdownIt("commonmark", {"html": False, "tasklists": True}).enable(["table", "strikethrough"])


@cache
def ours() -> MarkdownIt:
    """Our parser, with markdown-it's own renderer."""
    return syntax()


@given(st.lists(st.sampled_from(LATIN), max_size=50).map("".join))
@settings(max_examples=500, deadline=None)
def test_latin_text_is_parsed_as_markdown_it_does(text: str) -> None:
    is_ours = any("the row has" in str(found.message) for found in parse(text, path="a.md").problems)
    if not is_ours and "~ " not in text and "~\t" not in text:
        assert ours().render(text) == stock().render(text)
