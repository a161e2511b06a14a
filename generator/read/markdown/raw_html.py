"""Tells of HTML in a text: comments, which are left out, and tags, which are shown as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from markdown_it.token import Token

from generator.ground.messages import Message, say
from generator.read.markdown.parse_state import ParseState, Place

_ATTRIBUTE: Final = r"[A-Za-z_:@-]{1,40}+(?:\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=`]++))?"
_TAG: Final = re.compile(
    rf"<!--|<(?:/\s*)?+(?P<name>[A-Za-z][A-Za-z0-9]{{0,20}}+(?::[\w-]{{1,30}}+)?)(?:\s++{_ATTRIBUTE}){{0,30}}+\s*+/?>"
)
_VALUE: Final = re.compile(r"\b(src|alt|href)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE)
_LONGEST: Final = 60
"""Characters of the words in a hint."""
_MOST: Final = 20
"""Kinds of tags that are told of."""
_TEXT: Final = frozenset(("text", "softbreak", "hardbreak"))
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "strike": "~~", "code": "`"}


def report(tokens: Sequence[Token], parse_state: ParseState) -> None:
    """Warns of the first comment, and of the first tag of each name."""
    if parse_state.comments:
        place, written = min(parse_state.comments)
        parse_state.report(
            place,
            say("the comment <!-- … --> is left out of the page"),
            say("delete it: lists show the first paragraph, or what the field summary: says")
            if written.strip("<!->").strip() == "more"
            else say("write without <!-- and --> what readers are to see, and delete the rest"),
            is_warning=True,
        )
    reported: set[str] = set()
    for inline in tokens:
        if inline.type != "inline" or "<" not in inline.content:
            continue
        for found, at in _tags(inline):
            name = (found["name"] or "").lower()
            if name not in reported and len(reported) < _MOST:
                reported.add(name)
                _report_tag(
                    name, found[0], parse_state.within(inline, at), inline.content[at + len(found[0]) :], parse_state
                )


def _tags(inline: Token) -> Iterator[tuple[re.Match[str], int]]:
    """The tags that are shown as text, and where each stands in the block's content."""
    content, at = inline.content, 0
    for is_text, group in groupby(_flat(inline.children or ()), lambda child: child.type in _TEXT):
        children = list(group)
        if not is_text:
            for child in children:
                at = max(at, content.find(child.content, at) + len(child.content))
            continue
        for found in _TAG.finditer("".join("\n" if child.type != "text" else child.content for child in children)):
            # What is escaped or an entity stands otherwise in the content.
            begin = content.find(found[0].partition("\n")[0], at)
            if begin >= 0:
                at = begin + 1
                above = content[:begin]
                if (begin - len(above.rstrip("\\"))) % 2 == 0:
                    yield found, begin


def _flat(children: Iterable[Token]) -> Iterator[Token]:
    for child in children:
        yield child
        if child.children and child.type != "image":
            yield from _flat(child.children)


def _report_tag(name: str, tag: str, place: Place, behind: str, parse_state: ParseState) -> None:
    if not name:
        parse_state.report(
            place,
            say("the comment that begins here has no end, so it is shown as text"),
            say("write --> behind it, or delete <!--"),
            is_warning=True,
        )
        return
    values = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _VALUE.finditer(tag)}
    words = re.split(rf"\n|</{re.escape(name)}\s*>", behind, maxsplit=1, flags=re.IGNORECASE)[0]
    words = words.strip() if len(words) <= _LONGEST else ""
    parse_state.report(
        place, say("HTML is shown as text: {tag}", tag=f"<{name}>"), _instead(name, values, words), is_warning=True
    )


def _instead(name: str, values: dict[str, str], words: str) -> Message:
    """What to write for a tag with these values of attributes, around these words."""
    if name == "br":
        return say("end the line with a backslash \\, or leave an empty line")
    if name == "img":
        src, alt = values.get("src", ""), values.get("alt") or "…"
        if "//" in src:
            file = src.partition("?")[0].rpartition("/")[2] or "picture.jpg"
            return say("save the picture beside this file, and write {markdown}", markdown=f"![{alt}]({file})")
        return say("write {markdown}", markdown=f"![{alt}]({src or 'picture.jpg'})")
    if name == "a":
        return say("write {markdown}", markdown=f"[{words or '…'}]({values.get('href') or '…'})")
    if mark := _MARKS.get(name):
        return say("write {markdown}", markdown=f"{mark}{words or '…'}{mark}")
    if ":" in name:
        return say("write {markdown}", markdown=f"`<{name}>`")
    return say("delete the tags, and write Markdown where they did something")
