"""Tables in GitHub's syntax, except that surplus cells of a row are not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as stock_table
from markdown_it.token import Token

from generator.ground.messages import say
from generator.read.markdown.parse_state import Silent, parse_state_of

_BAR: Final = re.compile(r"(?<!\\)\|")


def install(md: MarkdownIt) -> None:
    """Replace markdown-it's own rule."""
    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})


def table(state: StateBlock, start_line: int, end_line: int, silent: Silent) -> bool:
    """Match a table. GitHub's rule drops surplus cells; here they are added to the last cell, with a problem."""
    first = len(state.tokens)
    if not stock_table(state, start_line, end_line, silent):
        return False
    if not silent:
        columns = sum(token.type == "th_open" for token in state.tokens[first:])
        rows = {number: cells for number, cells in _rows(state, start_line + 2) if any(cells[columns:])}
        if rows:
            _keep_surplus(state, state.tokens[first:], rows, columns)
    return True


def _rows(state: StateBlock, first: int) -> Iterator[tuple[int, list[str]]]:
    """The line number and cells of each row of the table that ends before ``state.line``."""
    for number in range(first, state.line):
        line = mdTrim(state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]])
        yield number, _cells(line)


def _cells(line: str) -> list[str]:
    """The cells between the bars of a row. A bar after a backslash is text."""
    cells = [mdTrim(cell).replace("\\|", "|") for cell in _BAR.split(line)]
    if not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def _keep_surplus(state: StateBlock, tokens: list[Token], rows: dict[int, list[str]], columns: int) -> None:
    parse_state = parse_state_of(state.env)
    last = {token.map[0]: token for token in tokens if token.type == "inline" and token.map}
    for number, cells in rows.items():
        if number not in last:
            continue
        last[number].content = " | ".join(filter(None, cells[columns - 1 :]))
        parse_state.report(
            parse_state.line(number),
            say("the row has {cells} cells, the table's head only {columns}", cells=len(cells), columns=columns),
            say("give the head as many cells, or write \\| for a bar that is only text"),
        )
