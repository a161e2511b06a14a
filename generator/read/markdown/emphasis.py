"""Emphasis and strikethrough beside Chinese punctuation: ``**“送政策”**上门`` is bold.

CommonMark's flanking rule takes a space or punctuation outside of a mark for a sign that the mark belongs to
what is inside, but Chinese sets neither. The CJK-friendly amendment
(https://github.com/tats-u/markdown-cjk-friendly, specification.md) lets punctuation hinder a mark only where
no CJK character is beside it. Here a mark that Chinese shares with Latin is CJK when its neighbour is.
"""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import emphasis as stock
from markdown_it.rules_inline.state_inline import Delimiter, Scanned

from generator.read.markdown.parse_state import Silent
from generator.read.markdown.script import cjk_after, cjk_before

_SHORTEST_STRIKE = 2


def install(md: MarkdownIt) -> None:
    """Put the two rules in the place of markdown-it's own."""
    md.inline.ruler.at("emphasis", emphasis)
    md.inline.ruler.at("strikethrough", strikethrough)


def emphasis(state: StateInline, silent: Silent) -> bool:
    """Note a run of ``*`` as delimiters; ``_`` keeps CommonMark's rule, which never splits a word."""
    marker = state.src[state.pos]
    if marker == "_":
        return stock.tokenize(state, silent)
    if marker != "*" or silent:
        return False
    run = flanks(state)
    for _ in range(run.length):
        _push(state, "*", run, run.length)
    state.pos += run.length
    return True


def strikethrough(state: StateInline, silent: Silent) -> bool:
    """Note a run of ``~`` as pairs of delimiters; of an odd run the first stays text."""
    if state.src[state.pos] != "~" or silent:
        return False
    run = flanks(state)
    if run.length < _SHORTEST_STRIKE:
        return False
    if run.length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(run.length // 2):
        # Length 0 keeps "the rule of 3" to emphasis.
        _push(state, "~~", run, 0)
    state.pos += run.length
    return True


def flanks(state: StateInline) -> Scanned:
    """Whether the run of delimiters at ``state.pos`` may open and close, and its length."""
    src, start = state.src, state.pos
    marker, end = src[start], start + 1
    while end < state.posMax and src[end] == marker:
        end += 1
    before = src[start - 1] if start else " "
    after = src[end] if end < state.posMax else " "
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    opens, closes = not space_after, not space_before
    if (mark_before or mark_after) and opens and closes:
        han_before = cjk_before(src, start)
        han_after = cjk_after(src, end, state.posMax)
        opens = not mark_after or han_after or mark_before or han_before
        closes = not mark_before or han_before or mark_after or han_after
    return Scanned(opens, closes, end - start)


def _push(state: StateInline, text: str, run: Scanned, length: int) -> None:
    state.push("text", "", 0).content = text
    state.delimiters.append(
        Delimiter(
            marker=ord(text[0]),
            length=length,
            token=len(state.tokens) - 1,
            end=-1,
            open=run.can_open,
            close=run.can_close,
        )
    )


def _is_punctuation(char: str) -> bool:
    """Whether CommonMark calls it punctuation: Unicode's categories P and S."""
    return unicodedata.category(char)[0] in "PS"
