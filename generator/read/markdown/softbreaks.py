"""Removes line breaks within a paragraph that would make a space between Chinese characters or punctuation.

The characters at both edges of a break are found through markup. Punctuation that Chinese shares with Latin, and a
role, whose name may be either, count as Chinese when the other edge is Chinese. When both edges are ambiguous, each
takes the nature of the nearest certain character further away from the break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.ground.text import is_han
from generator.read.markdown.script import AMBIGUOUS, CERTAIN, SELECTORS, SPACED

_SHARED = frozenset(AMBIGUOUS)


class Nature(Enum):
    """The nature of the character at the edge of a line."""

    SPACED = auto()
    CHINESE = auto()
    EITHER = auto()
    OTHER = auto()


Edge = tuple[Nature, Nature]
"""The nature of the character nearest to a break, and of the nearest one that is certain."""


def install(md: MarkdownIt) -> None:
    """Add the rule after all others, when texts are complete."""
    md.core.ruler.push("softbreaks", softbreaks)


def softbreaks(state: StateCore) -> None:
    """Empty every soft break of the document that is between Chinese characters."""
    for token in state.tokens:
        if token.children and "\n" in token.content and not token.content.isascii():
            join_lines(token.children)


def join_lines(children: list[Token]) -> None:
    """Turn the soft breaks between Chinese characters into empty text, also in alternative texts of pictures."""
    for child in children:
        if child.children and "\n" in child.content:
            join_lines(child.children)
    breaks = [token for at, token in enumerate(children) if token.type == "softbreak" and not _emptied(children, at)]
    if not breaks:
        return
    breaks = [child for child in children if child.type == "softbreak"]
    before = list(_edges(children, last=True))
    after = list(_edges(reversed(children), last=False))
    for token, left, right in zip(breaks, before, reversed(after), strict=True):
        if vanishes(left, right):
            token.type, token.tag, token.content = "text", "", ""


def _emptied(children: list[Token], at: int) -> bool:
    """Empties the break at an index if both texts around it are certainly Chinese, the common case; whether it is.

    It becomes empty text, which does not hide the edges of other breaks.
    """
    if not 0 < at < len(children) - 1:
        return False
    left, right = children[at - 1], children[at + 1]
    if left.type != "text" or right.type != "text" or not left.content or not right.content:
        return False
    if not (CERTAIN.match(left.content[-1]) and CERTAIN.match(right.content[0])):
        return False
    token = children[at]
    token.type, token.tag, token.content = "text", "", ""
    return True


def vanishes(left: Edge, right: Edge) -> bool:
    """Whether a break between these edges makes no space."""
    nearest = (left[0], right[0])
    if Nature.SPACED in nearest:
        return True
    if Nature.OTHER in nearest:
        return False
    return Nature.CHINESE in nearest or Nature.CHINESE in (left[1], right[1])


def _edges(children: Iterable[Token], *, last: bool) -> Iterator[Edge]:
    """The edge of each soft break on the side from which ``children`` come.

    With ``last``, the character of a text nearest to the next break is its last one, otherwise its first one.
    """
    near = certain = Nature.OTHER
    for token in children:
        if token.type == "softbreak":
            yield near, certain
        elif token.type in ("text", "text_special", "code_inline") and token.content:
            near, certain = _edge(token.content, certain, last=last)
        elif token.type == "role":
            near = Nature.EITHER
        elif token.type in ("image", "hardbreak"):
            near = certain = Nature.OTHER


def _edge(text: str, certain: Nature, *, last: bool) -> Edge:
    """The edge of one text. ``certain`` is used where the text is only ambiguous punctuation."""
    text = text.rstrip(SELECTORS) if last else text.lstrip(SELECTORS)
    sure = text.rstrip(AMBIGUOUS + SELECTORS) if last else text.lstrip(AMBIGUOUS + SELECTORS)
    if sure:
        certain = Nature.CHINESE if is_han(sure[-1] if last else sure[0]) else Nature.OTHER
    nearest = text[-1:] if last else text[:1]
    if nearest in SPACED:
        return Nature.SPACED, certain
    return (Nature.EITHER if nearest in _SHARED else certain), certain
