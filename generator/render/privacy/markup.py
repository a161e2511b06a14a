"""Removes the markup of HTML and XML: gives the text that readers see, and the contents of tags and comments."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from generator.render.privacy.glyphs import BLOCK, BREAK, CELL

# Quotation marks delimit values only after an equals sign (HTML, 13.2.5.37). The quantifiers are possessive, so that no
# hostile text is slow.
TAG: Final = re.compile(
    r"""<[/!?]?([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>="']++(?:="[^"]*+")?+|=\s*+(?:"[^"]*+"|'[^']*+')|[="'])*+)>"""
)

_NOTE = re.compile(r"""<sup class="?\\?"?footnote-ref\\?"?.*?</sup>""", re.DOTALL)

_BLOCKS = """
    address article aside blockquote body caption center details dialog div dl fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre script search
    section select style summary table tbody template textarea tfoot thead title tr ul doctype meta link xml feed
    entry author name id updated published subtitle content category rights channel item description urlset url loc
    lastmod sitemap
"""
REPLACEMENTS: Final[dict[str, str]] = {
    **dict.fromkeys(_BLOCKS.split(), BLOCK),
    **dict.fromkeys(["td", "th", "dt", "dd"], CELL),
    # Inline tags are listed for speed: they are found without folding case.
    **dict.fromkeys(["a", "abbr", "b", "code", "em", "i", "img", "small", "span", "strong", "time"], ""),
    "br": BREAK,
    # A raised number is no digit of the number before it.
    **dict.fromkeys(["sup", "sub"], " "),
}
"""The replacement of each tag. Tags that are not listed are removed, so that text continues across them."""


def words_of(text: str) -> str:
    """The text that readers see."""
    return stripped(_without_comments(text)[0])[0]


def views(text: str) -> list[str]:
    """The readable texts: first without markup, then the contents of its tags and comments."""
    text, comments = _without_comments(text)
    shown: list[str] = []
    for _ in range(3):
        words, bodies = stripped(text)
        shown.append(words)
        # An attribute may itself hold markup.
        text = BLOCK.join([*bodies, *comments])
        comments = []
        if "<" not in text:
            break
    return [*shown, text] if text else shown


def stripped(text: str) -> tuple[str, list[str]]:
    """The text without its tags, and the contents of the tags after their names."""
    parts = TAG.split(text)
    if len(parts) == 1:
        return text, []
    get = REPLACEMENTS.get
    parts[1::3] = [known if (known := get(name)) is not None else get(name.lower(), "") for name in parts[1::3]]
    bodies = parts[2::3]
    parts[2::3] = [""] * len(bodies)
    return "".join(parts), bodies


def columns(text: str) -> str:
    """The columns of the tables in a text without markup, each from top to bottom with its cells as blocks."""
    found: list[str] = []
    rows: list[list[str]] = []
    for line in text.split(BLOCK):
        if CELL in line:
            # Each cell is between two edges.
            rows.append(line.split(CELL)[1::2])
        elif line.strip() and rows:
            found += [BLOCK.join(cells) for cells in zip_longest(*rows, fillvalue="")]
            rows = []
    found += [BLOCK.join(cells) for cells in zip_longest(*rows, fillvalue="")]
    return BLOCK.join(["", *found, ""])


def _without_comments(text: str) -> tuple[str, list[str]]:
    """The text without comments, and the comments. An unclosed comment is text."""
    if "footnote-ref" in text:
        # The number of a footnote is not part of the word before it.
        text = _NOTE.sub("", text)
    if "<!" not in text:
        return text, []
    text = text.replace("<![CDATA[", "").replace("]]>", "")
    first, *others = text.split("<!--")
    last = max((number for number, part in enumerate(others) if "-->" in part), default=-1)
    kept, comments = [first], []
    for number, part in enumerate(others):
        comment, _, after = part.partition("-->") if number <= last else ("", "", "<!--" + part)
        comments.append(comment)
        kept.append(after)
    return "".join(kept), comments
