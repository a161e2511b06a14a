"""Tells of HTML in a text: comments, which are left out, and tags, which are shown as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from markdown_it.token import Token

from generator.ground.errors import Repair, replacing
from generator.ground.messages import Message, say
from generator.read.markdown.parse_state import ParseState, Place
from generator.read.markdown.repairs import html_repair

_ATTRIBUTE: Final = r"[A-Za-z_:@-]{1,40}+(?:\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=`]++))?"
_TAG: Final = re.compile(
    rf"<!--|<(?>(?:/\s*)?)(?P<name>[A-Za-z][A-Za-z0-9]{{0,20}}+(?::[\w-]{{1,30}}+)?)(?>(?:\s++{_ATTRIBUTE}){{0,30}})\s*+/?>"
)
_VALUE: Final = re.compile(r"\b(src|alt|href)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE)
_LONGEST: Final = 60
"""Characters of the words in a hint."""
_SEARCHED: Final = 100
"""Characters behind a tag that are searched for the end of its words."""
_MOST: Final = 20
"""Kinds of tags that are told of."""
MOST_TAGS: Final = 1000
"""Tags of a text that are looked at."""
_TEXT: Final = frozenset(("text", "softbreak", "hardbreak"))
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "strike": "~~", "code": "`"}


class _Tag(NamedTuple):
    """A tag that is shown as text."""

    written: str
    place: Place
    behind: str
    """The beginning of what follows it in its block."""
    repair: Repair | None


def report(tokens: Sequence[Token], parse_state: ParseState) -> None:
    """Warns of the first comment, and of the first tag of each name; that warning's repair mends all of its kind."""
    if parse_state.comments:
        _report_comment(*min(parse_state.comments), parse_state)
    found: dict[str, list[_Tag]] = {}
    count = 0
    for index, inline in enumerate(tokens):
        if inline.type != "inline" or "<" not in inline.content:
            continue
        is_paragraph = tokens[index - 1].type == "paragraph_open"
        for tag, at in _tags(inline):
            name = (tag["name"] or "").lower()
            if name in found or len(found) < _MOST:
                count += 1
                repair = html_repair(inline, at, tag[0], parse_state, is_paragraph=is_paragraph)
                behind = inline.content[at + len(tag[0]) : at + len(tag[0]) + _SEARCHED]
                found.setdefault(name, []).append(_Tag(tag[0], parse_state.within(inline, at), behind, repair))
            if count == MOST_TAGS:
                break
    for name, tags in found.items():
        _report_tags(name, tags, parse_state)


def _report_comment(place: Place, written: str, parse_state: ParseState) -> None:
    is_divider = written.strip("<!->").strip() == "more"
    parse_state.report(
        place,
        say("the comment <!-- … --> is left out of the page"),
        say("delete it: lists show the first paragraph, or what the field summary: says")
        if is_divider
        else say("write without <!-- and --> what readers are to see, and delete the rest"),
        is_warning=True,
        repair=replacing(written, "", line=place.line, column=place.column) if is_divider and place.column else None,
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
                at = slashes = begin
                while slashes and content[slashes - 1] == "\\":
                    slashes -= 1
                at += 1
                if (begin - slashes) % 2 == 0:
                    yield found, begin


def _flat(children: Iterable[Token]) -> Iterator[Token]:
    for child in children:
        yield child
        if child.children and child.type != "image":
            yield from _flat(child.children)


def _report_tags(name: str, tags: Sequence[_Tag], parse_state: ParseState) -> None:
    first = next((tag for tag in tags if tag.repair), tags[0])
    if not name:
        parse_state.report(
            first.place,
            say("the comment that begins here has no end, so it is shown as text"),
            say("write --> behind it, or delete <!--"),
            is_warning=True,
        )
        return
    edits = dict.fromkeys(edit for tag in tags if tag.repair for edit in tag.repair.edits)
    values = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _VALUE.finditer(first.written)}
    words = re.split(rf"\n|</{re.escape(name)}\s*>", first.behind, maxsplit=1, flags=re.IGNORECASE)[0]
    words = words.strip() if len(words) <= _LONGEST else ""
    parse_state.report(
        first.place,
        say("HTML is shown as text: {tag}", tag=f"<{name}>"),
        _instead(name, values, words),
        is_warning=True,
        repair=Repair(tuple(edits)) if edits else None,
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
