"""Emphasis and strikethrough that also work next to Chinese punctuation: ``**“送政策”**上门`` is bold.

CommonMark's flanking rule expects a space or punctuation outside of a delimiter, but Chinese has neither there. With
the CJK-friendly amendment (https://github.com/tats-u/markdown-cjk-friendly, specification.md), punctuation prevents a
delimiter only where no CJK character is next to it. Here punctuation that Chinese shares with Latin counts as CJK
when its neighbour is CJK.

``amendment`` restricts that where the asterisks are probably signs of their own.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import emphasis as stock
from markdown_it.rules_inline.state_inline import Delimiter, Scanned

from generator.read.markdown.amendment import begins_words, closes_words, is_punctuation, opens_words
from generator.read.markdown.parse_state import Silent
from generator.read.markdown.script import cjk_after, cjk_before

_SHORTEST_STRIKE = 2


def install(md: MarkdownIt) -> None:
    """Replace markdown-it's own two rules."""
    md.inline.ruler.at("emphasis", emphasis)
    md.inline.ruler.at("strikethrough", strikethrough)


def emphasis(state: StateInline, silent: Silent) -> bool:
    """Add a run of ``*`` to the delimiters; ``_`` keeps CommonMark's rule, which never splits a word."""
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
    """Add a run of ``~`` to the delimiters in pairs; of an odd run, the first character stays text."""
    if state.src[state.pos] != "~" or silent:
        return False
    run = flanks(state)
    if run.length < _SHORTEST_STRIKE:
        return False
    if run.length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(run.length // 2):
        # Length 0 excludes strikethrough from "the rule of 3", which is for emphasis only.
        _push(state, "~~", run, 0)
    state.pos += run.length
    return True


def flanks(state: StateInline) -> Scanned:
    """Whether the run of delimiters at ``state.pos`` can open and close, and its length."""
    src, start = state.src, state.pos
    marker, end = src[start], start + 1
    while end < state.posMax and src[end] == marker:
        end += 1
    before = src[start - 1] if start else " "
    after = src[end] if end < state.posMax else " "
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    stop_before, stop_after = is_punctuation(before), is_punctuation(after)
    opens, closes = not space_after, not space_before
    if (stop_before or stop_after) and opens and closes:
        is_chinese = cjk_before(src, start) or cjk_after(src, end, state.posMax)
        opens = not stop_after or stop_before or (is_chinese and _opens_words(src, start, end, state.posMax))
        closes = not stop_before or stop_after or (is_chinese and _closes_words(src, start, end))
    if opens and end - start == 1 and not begins_words(after) and not src.isascii():
        # One asterisk before a dot is part of a file's name in Chinese texts: ``支持 *.jpg、*.png``.
        opens = False
    return Scanned(opens, closes, end - start)


def _opens_words(src: str, start: int, end: int, limit: int) -> bool:
    next_run = src.find(src[start], end, limit)
    return opens_words(end - start, src[end], src[next_run - 1] if next_run > 0 else "")


def _closes_words(src: str, start: int, end: int) -> bool:
    words = src[src.rfind(src[start], 0, start) + 1 : start] + src[end]
    return closes_words(end - start, src[start - 1], words)


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
