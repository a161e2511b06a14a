"""Limits how deep Markdown nests. Text below the limit is never dropped: it is shown flat, with a problem."""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from generator.ground.messages import say
from generator.read.markdown.parse_state import ParseState, Silent, parse_state_of

DEEPEST: Final = 60
"""The nesting limit in HTML elements, for blocks and again for inlines; each level of a list makes two."""

_LONGEST: Final = 500_000
"""The limit of lines times depth of a quotation: each line is parsed again for every quotation around it."""


_SEARCHED_FOR: Final = (">", ":")
"""The characters that open blocks whose end is searched in all lines below."""

_MOST_SEARCHED: Final = 400_000
"""The limit of lines that are searched for the ends of blocks, in all: some hundreds of blocks in a long text."""


def install(md: MarkdownIt) -> None:
    """Add the rule before all other rules for blocks."""
    md.options["maxNesting"] = 2 * DEEPEST
    md.block.ruler.before("table", "depth", flatten)


def flatten(state: StateBlock, start_line: int, end_line: int, silent: Silent) -> bool:
    """Below the limit, make one paragraph of all lines that belong to the block around.

    markdown-it itself would drop them at its ``maxNesting``.
    """
    if silent or not _is_deep(state, start_line, end_line - start_line):
        return False
    end = start_line + 1
    while end < end_line and (state.isEmpty(end) or state.sCount[end] >= state.blkIndent):
        end += 1
    state.push("paragraph_open", "p", 1).map = [start_line, end]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start_line, end, state.blkIndent, keepLastLF=False).strip()
    inline.map = [start_line, end]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end
    parse_state = parse_state_of(state.env)
    parse_state.report(
        parse_state.line(start_line),
        say("blocks are nested too deep here, so the rest is shown as one paragraph"),
        say("use fewer marks > or - at the beginning of the line; {limit} levels are the most", limit=DEEPEST),
    )
    return True


def _is_deep(state: StateBlock, start_line: int, lines: int) -> bool:
    if state.src.startswith(_SEARCHED_FOR, state.bMarks[start_line] + state.tShift[start_line]):
        parse_state = parse_state_of(state.env)
        parse_state.lines_searched += lines
        if parse_state.lines_searched > _MOST_SEARCHED:
            return True
    return state.level > DEEPEST or (state.parentType == "blockquote" and state.level * lines > _LONGEST)


def flatten_inline(token: Token, parse_state: ParseState) -> None:
    """Show delimiters of emphasis below the limit as text. Links cannot nest, and brackets have their own limit."""
    deep = [child for child in token.children or () if child.level >= DEEPEST and child.markup and child.nesting]
    delimiters = [child for child in deep if child.tag in ("em", "strong", "s")]
    for child in delimiters:
        child.type, child.tag, child.nesting, child.content = "text", "", 0, child.markup
    if delimiters:
        parse_state.report(
            parse_state.within(token, 0),
            say("emphasis is nested more than {limit} deep here, so the rest is shown as text", limit=DEEPEST),
            say("write \\* for an asterisk that is only text"),
        )
