"""Comments, ``<!-- … -->``, which are left out of the page (``raw_html`` tells of them)."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from generator.read.markdown.parse_state import Silent, parse_state_of

_BEGIN: Final = "<!--"
_END: Final = "-->"
_COMMENT: Final = re.compile("<!--.*?-->")
_MOST_SEARCHED: Final = 400_000
"""The limit of lines that are searched for the ends of comments, in all."""
_BLOCKS: Final = ["paragraph", "reference", "blockquote", "list"]


def install(md: MarkdownIt) -> None:
    """Add both rules: for comments that begin a line, over whole lines, and for those within a text."""
    md.block.ruler.before("fence", "comment", whole_lines, {"alt": _BLOCKS})
    md.inline.ruler.before("autolink", "comment", within_text)


def whole_lines(state: StateBlock, start_line: int, end_line: int, silent: Silent) -> bool:
    """Match a comment from the begin of a line to the end of one. Text behind one of several lines begins a block."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(_BEGIN, start) or state.is_code_block(start_line):
        return False
    last = _last_line(state, start_line, end_line)
    if last is None:
        return False
    end = _end_of(state, start)
    rest = state.src[end : state.eMarks[last]]
    is_whole = not _COMMENT.sub("", rest).strip()
    if last == start_line and not is_whole:
        return False
    if not silent:
        parse_state = parse_state_of(state.env)
        parse_state.comments.append((parse_state.line(start_line, _BEGIN), state.src[start:end]))
        state.line = last + is_whole
        if not is_whole:
            state.bMarks[last] = end + len(rest) - len(rest.lstrip())
            state.tShift[last], state.sCount[last] = 0, state.blkIndent
    return True


def within_text(state: StateInline, silent: Silent) -> bool:
    """Match a comment within a text."""
    if not state.src.startswith(_BEGIN, state.pos):
        return False
    end = _end_of(state, state.pos)
    if end > state.posMax:
        return False
    if not silent:
        parse_state = parse_state_of(state.env)
        parse_state.comments.append((parse_state.at(state, state.pos), state.src[state.pos : end]))
        if end == state.posMax or state.src[end] == "\n":
            # Two spaces before it would break the line.
            state.pending = state.pending.rstrip(" ")
    state.pos = end
    return True


def _last_line(state: StateBlock, start_line: int, end_line: int) -> int | None:
    """The line on which the comment ends; None where it does not end in the block around it."""
    parse_state = parse_state_of(state.env)
    start = state.bMarks[start_line] + state.tShift[start_line]
    end = _end_of(state, start)
    last = bisect_left(state.eMarks, end, start_line)
    parse_state.lines_searched += last - start_line
    if end > len(state.src) or last >= end_line or parse_state.lines_searched > _MOST_SEARCHED:
        return None
    inside = range(start_line + 1, last + 1)
    return last if all(state.isEmpty(line) or state.sCount[line] >= state.blkIndent for line in inside) else None


def _end_of(state: StateBlock | StateInline, start: int) -> int:
    """The end of the comment at ``start`` (CommonMark 6.6: ``<!-->`` is one, too); behind the text if it has none."""
    return parse_state_of(state.env).following(_END, state.src, start + len(_BEGIN) - 2) + len(_END)
