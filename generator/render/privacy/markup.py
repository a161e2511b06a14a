"""Removes the markup of HTML and XML: gives the text that readers see, and the contents of tags and comments."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import zip_longest
from typing import Final, Self

from generator.ground.patterns import deferred
from generator.render.privacy.glyphs import BLOCK, BREAK, CELL

# Quotation marks delimit values only after an equals sign (HTML, 13.2.5.37). The quantifiers are possessive, so that no
# hostile text is slow.
TAG: Final = deferred(
    r"""<[/!?]?([a-zA-Z][a-zA-Z0-9:-]*+)((?>(?:[^<>="']++(?>(?:="[^"]*+")?)|=\s*+(?:"[^"]*+"|'[^']*+')|[="'])*))>"""
)

_DEPTH: Final = 3
"""How deep markup in attributes of markup is removed."""
_NOTE = deferred(r"""<sup class="?\\?"?footnote-ref\\?"?.*?</sup>""", re.DOTALL)

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


class Marked:
    """A text with markup, in UTF-8. It is decoded, and its markup removed, where that is asked for, and once."""

    def __init__(self, raw: bytes, text: str | None = None) -> None:
        self.raw = raw
        self._text = text

    @classmethod
    def of(cls, text: str) -> Self:
        """A text that is decoded already."""
        return cls(text.encode(errors="surrogatepass"), text)

    @cached_property
    def text(self) -> str:
        """The text as it is."""
        return self.raw.decode(errors="replace") if self._text is None else self._text

    @cached_property
    def hides(self) -> bool:
        """Whether there may be what is taken out with its text, or around it: comments, CDATA sections, footnotes."""
        # An exclamation mark is rare, and found much faster than two characters of which the first is frequent.
        is_marked = self.raw.find(b"!", 2) >= 0 and self.raw.find(b"<!", 1) >= 0
        return is_marked or b"footnote-ref" in self.raw

    @cached_property
    def _parts(self) -> tuple[str, str]:
        text, comments = _without_comments(self.text)
        words, bodies = stripped(text)
        return words, BLOCK.join([*bodies, *comments])

    @property
    def words(self) -> str:
        """What readers see."""
        return self._parts[0]

    @cached_property
    def views(self) -> tuple[str, ...]:
        """The readable texts: first without markup, then the contents of its tags and comments."""
        words, text = self._parts
        shown = [words]
        # An attribute may itself hold markup.
        while "<" in text and len(shown) < _DEPTH:
            words, bodies = stripped(text)
            shown.append(words)
            text = BLOCK.join(bodies)
        return (*shown, text) if text else tuple(shown)


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
