"""CommonMark 0.31.2: every example of the specification, run through our parser and markdown-it's renderer."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from generator.read.markdown.parser import syntax

SPEC: Final = Path(__file__).parents[2] / ".cache" / "commonmark-spec-0.31.2.txt"
EXAMPLE: Final = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.DOTALL | re.MULTILINE)
COUNT: Final = 652

RAW_HTML: Final = [
    *(21, 31, *range(148, 192), 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536),
    *(*range(613, 618), 623, *range(625, 632), 642, 643),
]
"""The examples with raw HTML, which the specification allows and we show as text."""


class Example(NamedTuple):
    """An example of the specification."""

    number: int
    text: str
    html: str


NAMES: Final = (
    "article header aside hgroup blockquote hr iframe body li map button object canvas ol caption output col p "
    "colgroup pre dd progress div section dl table td dt tbody embed textarea fieldset tfoot figcaption th "
    "figure thead footer tr form ul h1 h2 h3 h4 h5 h6 video script style"
)
BLOCKS: Final = frozenset(NAMES.split())
"""The tags around which white space has no meaning."""


class Normaliser(HTMLParser):
    """Normalises HTML, so that equivalent HTML is equal, as the specification's own test does."""

    def __init__(self) -> None:
        """Begin without output."""
        super().__init__(convert_charrefs=False)
        self.out = ""
        self.last = ""
        self.is_preformatted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag with its attributes in order."""
        self.strip_before(tag)
        self.is_preformatted = self.is_preformatted or tag == "pre"
        shown = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in sorted(attrs))
        self.out += f"<{tag}{shown}>"
        self.last = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write ``<br />`` as ``<br>``."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Write a closing tag."""
        self.strip_before(tag)
        self.is_preformatted = self.is_preformatted and tag != "pre"
        self.out += f"</{tag}>"
        self.last = tag

    def handle_data(self, data: str) -> None:
        """Write text, its white space as one space outside of ``pre``."""
        if not self.is_preformatted:
            data = re.sub(r"\s+", " ", data)
            if self.last in BLOCKS or self.last == "br":
                data = data.lstrip() if self.out.endswith(">") else data
        self.out += data

    def handle_entityref(self, name: str) -> None:
        """Write a character reference as its character."""
        self.out += escape(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Write a numeric character reference as its character."""
        self.out += escape(unescape(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        """Write a comment."""
        self.out += f"<!--{data}-->"

    def handle_decl(self, decl: str) -> None:
        """Write a declaration."""
        self.out += f"<!{decl}>"

    def handle_pi(self, data: str) -> None:
        """Write a processing instruction."""
        self.out += f"<?{data}>"

    def unknown_decl(self, data: str) -> None:
        """Write a section of character data."""
        self.out += f"<![{data}>"

    def strip_before(self, tag: str) -> None:
        """Remove the white space before a block's tag, where it has no meaning."""
        if tag in BLOCKS and not self.is_preformatted:
            self.out = self.out.rstrip()


def normal(html: str) -> str:
    """The HTML in its normal form."""
    normaliser = Normaliser()
    normaliser.feed(html)
    normaliser.close()
    return normaliser.out.rstrip()


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """The specification's examples."""
    assert SPEC.exists(), "the specification is not here; fetch it: tests/fetch"
    text = SPEC.read_text(encoding="utf-8").replace("→", "\t")
    return [Example(number, *match.groups()) for number, match in enumerate(EXAMPLE.finditer(text), start=1)]


def test_every_example_conforms(examples: list[Example]) -> None:
    md = syntax(html=True)
    differing = [one.number for one in examples if normal(md.render(one.text)) != normal(one.html)]
    assert (len(examples), differing) == (COUNT, [])


def test_only_raw_html_is_shown_differently(examples: list[Example]) -> None:
    md = syntax()
    differing = [one.number for one in examples if normal(md.render(one.text)) != normal(one.html)]
    assert differing == RAW_HTML
