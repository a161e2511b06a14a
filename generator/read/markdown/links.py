"""Links and pictures: CommonMark's own rules, which here also record the position in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import autolink as stock_autolink
from markdown_it.rules_inline import image as stock_image
from markdown_it.rules_inline import link as stock_link

from generator.ground.messages import say
from generator.read.addresses import SCHEMES
from generator.read.markdown.parse_state import Silent, parse_state_of

DEEPEST_PICTURE: Final = 3
"""The nesting limit of pictures in alternative texts: each one is parsed again for every picture around it."""

_TAG: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,20}:[\w-]{1,30}")
"""What stands in a tag with a prefix, and is no address."""


def install(md: MarkdownIt) -> None:
    """Replace markdown-it's own three rules."""
    md.inline.ruler.at("link", link)
    md.inline.ruler.at("autolink", autolink)
    md.inline.ruler.at("image", image)


def link(state: StateInline, silent: Silent) -> bool:
    """Match ``[text](address)``, ``[text][label]`` and ``[label]``."""
    return state.src[state.pos] == "[" and _placed(stock_link, state, silent=silent)


def autolink(state: StateInline, silent: Silent) -> bool:
    """Match ``<https://…>`` and ``<name@example.cn>``."""
    return state.src[state.pos] == "<" and _placed(stock_autolink, state, silent=silent)


def image(state: StateInline, silent: Silent) -> bool:
    """Match ``![text](address "title")``. Pictures in a picture's text may nest DEEPEST_PICTURE deep."""
    if not state.src.startswith("![", state.pos):
        return False
    parse_state = parse_state_of(state.env)
    if silent:
        return stock_image(state, silent)
    if parse_state.picture_depth >= DEEPEST_PICTURE:
        parse_state.report(
            parse_state.at(state, state.pos),
            say("pictures are nested more than {limit} deep here, so they are shown as text", limit=DEEPEST_PICTURE),
            say("keep pictures out of the text between ![ and ]"),
        )
        return False
    parse_state.picture_depth += 1
    found = _placed(stock_image, state, silent=silent)
    parse_state.picture_depth -= 1
    return found


def show_tags(state: StateCore) -> None:
    """Turn what CommonMark takes for the address of an unknown scheme, ``<html:errors>``, back into text."""
    for inline in state.tokens:
        for link, text, end in zip(*((inline.children or [])[at:] for at in range(3)), strict=False):
            if link.markup == "autolink" and link.nesting > 0 and _TAG.fullmatch(text.content):
                if text.content.partition(":")[0].lower() in SCHEMES:
                    continue
                link.content, text.content = f"<{text.content}>", ""
                for token in (link, end):
                    token.type, token.tag, token.nesting = "text", "", 0


def _placed(rule: Callable[[StateInline, bool], bool], state: StateInline, *, silent: bool) -> bool:
    """Whether the rule matches. Its first token then has its offset as ``meta["at"]``."""
    start, count = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    if not silent:
        # Pending text may have become a token before it.
        first = state.tokens[count] if state.tokens[count].type != "text" else state.tokens[count + 1]
        first.meta["at"] = start
    return True
