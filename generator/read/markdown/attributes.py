"""Parses attributes in braces, in the syntax of MyST and Pandoc: ``{.wide #map lang=en}``.

They follow a link, a picture, a code span or the text of a heading, or are alone on the line above a block. Only
class, id and lang are published: any other could bring in style or script against the site's rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.ground.messages import say
from generator.ground.text import nfc
from generator.read.markdown.parse_state import ParseState, Place, Silent, parse_state_of

Pairs = tuple[tuple[str, str], ...]
"""Names and values, in the order of the text; ``.wide`` is ("class", "wide")."""

_SHORT: Final = r"[#.][^\s{}#.=<>\"'`]++"
_LONG: Final = r"[A-Za-z_:][\w:-]*+=(?:\"[^\"\n{}]*+\"|[^\s{}\"'=<>`.#]++)"
_ITEM: Final = re.compile(
    r"(?P<sign>[#.])(?P<name>[^\s{}#.=<>\"'`]+)|(?P<key>[\w:-]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s}]+))"
)
_BRACES: Final = re.compile(rf"\{{[ \t]*+(?:{_SHORT}|{_LONG})(?>(?:[ \t]*+{_SHORT}|[ \t]++{_LONG})*)[ \t]*+\}}")
_PLAIN_NAME: Final = re.compile(r"\w[\w-]*")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_AFTER: Final = frozenset(("image", "code_inline", "link_close"))
_BEARERS: Final = frozenset(
    (
        "paragraph_open",
        "heading_open",
        "blockquote_open",
        "bullet_list_open",
        "ordered_list_open",
        "dl_open",
        "table_open",
        "fence",
        "code_block",
        "hr",
        "directive_open",
    )
)
"""The tokens of blocks that can have attributes."""


def install(md: MarkdownIt) -> None:
    """Add the rules after all others for inlines, so that they never match a construct of CommonMark's."""
    md.inline.ruler.push("attributes", after_inline)
    md.block.ruler.before("fence", "attributes", above_block)
    md.core.ruler.after("block", "attributes", move_attributes)


def pairs(text: str) -> Pairs:
    """The attributes of a text that is one pair of braces with attributes; empty for any other text."""
    return tuple(_pairs(text)) if _BRACES.fullmatch(text) else ()


def attach(token: Token, found: Pairs, parse_state: ParseState, place: Place) -> None:
    """Set a token's attributes. Those that may not be published become problems at ``place``."""
    for name, value in found:
        if name == "class":
            for one in value.split():
                if _is_plain(name, one, parse_state, place):
                    token.attrJoin("class", one)
        elif name == "id":
            identify(token, value, parse_state, place)
        elif name != "lang":
            parse_state.report(
                place,
                say('the attribute "{name}" is not published', name=name),
                say("only class, id and lang are: {{.name #name lang=en}}"),
            )
        elif _LANGUAGE.fullmatch(value):
            token.attrs["lang"] = value
        else:
            parse_state.report(
                place, say('"{value}" is not a language', value=value), say("write it as in zh-Hans, en or ja")
            )


def identify(token: Token, value: str, parse_state: ParseState, place: Place) -> None:
    """Set a token's id to the one that the writer chose, unless another part of the text has it."""
    value = nfc(value)
    if not _is_plain("id", value, parse_state, place):
        return
    if value in parse_state.ids:
        parse_state.report(
            place, say('the id "{id}" is given twice', id=value), say("choose another for one of the two")
        )
        return
    parse_state.ids.add(value)
    token.attrs["id"] = value


def after_inline(state: StateInline, silent: Silent) -> bool:
    """Match attributes directly after a link, a picture or a code span."""
    if state.src[state.pos] != "{" or silent or state.pending or not state.tokens:
        return False
    token = state.tokens[-1]
    if token.type not in _AFTER:
        return False
    match = _BRACES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if token.type == "link_close":
        token = next(one for one in reversed(state.tokens) if one.type == "link_open")
    parse_state = parse_state_of(state.env)
    attach(token, tuple(_pairs(match[0])), parse_state, parse_state.at(state, state.pos))
    state.pos = match.end()
    return True


def above_block(state: StateBlock, start_line: int, _end_line: int, silent: Silent) -> bool:
    """Match attributes alone on a line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start] != "{" or silent or state.is_code_block(start_line):
        return False
    found = pairs(state.src[start : state.eMarks[start_line]].rstrip(" \t"))
    if not found:
        return False
    token = state.push("attributes", "", 0)
    token.meta = {"pairs": found}
    token.map = [start_line, start_line + 1]
    token.hidden = True
    state.line = start_line + 1
    return True


def move_attributes(state: StateCore) -> None:
    """Move attributes to the block below them, and from the end of a heading's text to the heading."""
    if "{" not in state.src:
        return
    parse_state = parse_state_of(state.env)
    waiting: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type == "attributes":
            waiting.append(token)
            continue
        for one in waiting:
            _settle(one, state.tokens, index, parse_state)
        waiting.clear()
        if token.type == "heading_open":
            _from_heading(token, state.tokens[index + 1], parse_state)
    for one in waiting:
        _settle(one, state.tokens, len(state.tokens), parse_state)
    state.tokens = [token for token in state.tokens if token.type != "attributes"]


def _settle(attributes: Token, tokens: list[Token], index: int, parse_state: ParseState) -> None:
    """Attach the attributes to the block that begins at ``index``."""
    place = parse_state.line(attributes.map[0] if attributes.map else 0, "{")
    if index == len(tokens) or tokens[index].type not in _BEARERS:
        parse_state.report(
            place,
            say("these attributes belong to nothing"),
            say("write them on the line above a paragraph, heading, list, quotation, table or picture"),
        )
        return
    attach(tokens[index], attributes.meta["pairs"], parse_state, place)
    if tokens[index].hidden and tokens[index].attrs:
        # A tight list hides its paragraphs, and a hidden paragraph cannot have attributes.
        tokens[index].hidden = tokens[index + 2].hidden = False


def _from_heading(heading: Token, inline: Token, parse_state: ParseState) -> None:
    at = inline.content.rfind("{")
    if at < 1 or inline.content[at - 1] not in " \t":
        return
    if found := pairs(inline.content[at:]):
        attach(heading, found, parse_state, parse_state.within(inline, at))
        inline.content = inline.content[:at].rstrip()


def _pairs(braces: str) -> Iterator[tuple[str, str]]:
    for match in _ITEM.finditer(braces):
        if match["sign"]:
            yield ("class" if match["sign"] == "." else "id"), match["name"]
        else:
            yield match["key"], match["quoted"] or match["bare"] or ""


def _is_plain(name: str, value: str, parse_state: ParseState, place: Place) -> bool:
    if _PLAIN_NAME.fullmatch(value):
        return True
    parse_state.report(
        place,
        say('the {name} "{value}" is not a plain name', name=name, value=value),
        say("use letters, digits, hyphens and underscores"),
    )
    return False
