"""HTML and XML as a reader sees them, and what stands in the tags beside."""

from __future__ import annotations

import re
from typing import Final

from generator.render.privacy.glyphs import BLOCK, CELL

# Quotation marks count only behind an equals sign (HTML, 13.2.5.37); possessive, so that no hostile text is slow.
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
MARKS: Final[dict[str, str]] = {
    **dict.fromkeys(_BLOCKS.split(), BLOCK),
    **dict.fromkeys(["td", "th", "dt", "dd"], CELL),
    # These are no edges; named here, they are found at once.
    **dict.fromkeys(["a", "abbr", "b", "code", "em", "i", "img", "small", "span", "strong", "time"], ""),
    "br": " ",
}
"""What stands in a tag's place; nothing for a tag that is none of these, so that text goes on behind it."""


def words_of(text: str) -> str:
    """What a reader sees of the text."""
    return stripped(_apart(text)[0])[0]


def views(text: str) -> list[str]:
    """What is to be read in the text: its words with the markup gone, then what its tags and comments hold."""
    text, comments = _apart(text)
    shown: list[str] = []
    for _ in range(3):
        words, bodies = stripped(text)
        shown.append(words)
        # An attribute may hold markup in its turn.
        text = BLOCK.join([*bodies, *comments])
        comments = []
        if "<" not in text:
            break
    return [*shown, text] if text else shown


def stripped(text: str) -> tuple[str, list[str]]:
    """The text without its tags, and what stood in these behind their names."""
    parts = TAG.split(text)
    if len(parts) == 1:
        return text, []
    mark = MARKS.get
    parts[1::3] = [known if (known := mark(name)) is not None else mark(name.lower(), "") for name in parts[1::3]]
    bodies = parts[2::3]
    parts[2::3] = [""] * len(bodies)
    return "".join(parts), bodies


def _apart(text: str) -> tuple[str, list[str]]:
    """The text without comments, and the comments. What only opens like one is text."""
    if "footnote-ref" in text:
        # The number of a footnote is no part of the word that it stands in.
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
