"""Line breaks within a paragraph: between two Chinese characters, or beside Chinese punctuation, one makes no space.

The edges of a break are found through markup. A mark that Chinese shares with Latin, and a role, which shows a
name of either kind, count as Chinese when the other edge is Chinese; when both edges are such, each takes the
nature of the nearest character further out that is certain.
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
    """What stands at the edge of a line."""

    SPACED = auto()
    CHINESE = auto()
    EITHER = auto()
    OTHER = auto()


Edge = tuple[Nature, Nature]
"""The nature of the character nearest to a break, and of the nearest one that is certain."""


def install(md: MarkdownIt) -> None:
    """Join lines once their text is whole."""
    md.core.ruler.push("softbreaks", softbreaks)


def softbreaks(state: StateCore) -> None:
    """Empty every soft break of the document that stands between Chinese characters."""
    for token in state.tokens:
        if token.children and "\n" in token.content and not token.content.isascii():
            join_lines(token.children)


def join_lines(children: list[Token]) -> None:
    """Turn the soft breaks between Chinese characters into empty text, also in pictures' alternative texts."""
    for child in children:
        if child.children and "\n" in child.content:
            join_lines(child.children)
    breaks = [token for at, token in enumerate(children) if token.type == "softbreak" and not _is_plain(children, at)]
    if not breaks:
        return
    breaks = [child for child in children if child.type == "softbreak"]
    before = list(_edges(children, last=True))
    after = list(_edges(reversed(children), last=False))
    for token, left, right in zip(breaks, before, reversed(after), strict=True):
        if vanishes(left, right):
            token.type, token.tag, token.content = "text", "", ""


def _is_plain(children: list[Token], at: int) -> bool:
    """Whether the break at a place is the common one, between two texts that are certainly Chinese; then it is gone.

    It becomes empty text, which the edges of other breaks are found through as through this one.
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
    """Whether a break between two edges makes no space."""
    nearest = (left[0], right[0])
    if Nature.SPACED in nearest:
        return True
    if Nature.OTHER in nearest:
        return False
    return Nature.CHINESE in nearest or Nature.CHINESE in (left[1], right[1])


def _edges(children: Iterable[Token], *, last: bool) -> Iterator[Edge]:
    """The edge that each soft break has on the side from which ``children`` come.

    ``last`` says that a text's last character is the one nearest to a break behind it.
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
    """The edge of one text; ``certain`` is what holds where the text is all ambiguous marks."""
    text = text.rstrip(SELECTORS) if last else text.lstrip(SELECTORS)
    sure = text.rstrip(AMBIGUOUS + SELECTORS) if last else text.lstrip(AMBIGUOUS + SELECTORS)
    if sure:
        certain = Nature.CHINESE if is_han(sure[-1] if last else sure[0]) else Nature.OTHER
    nearest = text[-1:] if last else text[:1]
    if nearest in SPACED:
        return Nature.SPACED, certain
    return (Nature.EITHER if nearest in _SHARED else certain), certain
