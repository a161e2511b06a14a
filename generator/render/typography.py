"""Typography of pages: where headlines, addresses, cells of tables and lines of code may be broken.

All of it is laid on when a page is rendered, so that documents, feeds and the search have the text as it was written.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from markupsafe import Markup, escape

from generator.ground.patterns import deferred

_ONE_LINE: Final = 10
"""Characters of a headline that fit into a line on a phone."""
_CLAUSE: Final = deferred(r".+?(?:[：，。；！？）]+[”’」』》]*|(?=[（【]))|.+", re.DOTALL)
"""A part of a headline after which a line ends best, or the last part."""
_AMOUNT: Final = deferred(r"(?:第 ?)?(?<![0-9])[0-9]{1,8}(?:[.,][0-9]{1,4}){0,2} ?[\u4e00-\u9fff％%]")
"""A number and its measure word, which stand on one line."""
_ADDRESS: Final = deferred(r"https?://[^\s<>\"\x80-\U0010ffff]{24,}+(?![^<>]*>)")
"""An address, in no tag, that is long enough to tear the line before it."""
_CODE: Final = deferred(r"(<pre[^>]*><code[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
_LONG_CODE: Final = 30
"""Characters of code that fit into a line on a phone."""
_INDENTS: Final = (0, 2, 4, 6, 8, 12)
"""The indents of lines of code that the themes know, in columns."""
_SHORT_CELL: Final = deferred(r"<(td|th)((?: [^<>]*)?)>(?=(?:[ -;=?-~]{1,14}|[^<]{0,6})</\1>)")
"""The beginning of a cell whose text is so short that it stands in one line."""


@functools.lru_cache(maxsize=4096)
def headline(text: str) -> Markup:
    """A headline whose lines end after a clause, if at all possible, and never within an amount."""
    if len(text) <= _ONE_LINE:
        return escape(text)
    clauses = _CLAUSE.findall(text)
    shown = [_with_amounts(clause) for clause in clauses]
    if len(shown) > 1:
        shown = [f'<span class="clause">{clause}</span>' for clause in shown]
    return Markup("".join(shown))  # noqa: S704 - built escaped


def _with_amounts(text: str) -> str:
    out: list[str] = []
    at = 0
    for found in _AMOUNT.finditer(text):
        out += (escape(text[at : found.start()]), '<span class="amount">', escape(found[0]), "</span>")
        at = found.end()
    return "".join((*out, escape(text[at:])))


def broken_well(html: str) -> str:
    """The HTML of a text: long addresses may be broken anywhere, short cells nowhere, lines of code go on indented."""
    if "://" in html:
        html = _ADDRESS.sub(r'<span class="address">\g<0></span>', html)
    if "<table" in html:
        html = _SHORT_CELL.sub(r"<\1\2 data-short>", html)
    return _CODE.sub(_code, html) if "<pre" in html else html


def _code(found: re.Match[str]) -> str:
    lines = found[2].splitlines(keepends=True)
    shown = (f'<span class="{_line_classes(line)}">{line}</span>' if len(line) > _LONG_CODE else line for line in lines)
    return "".join((found[1], *shown, found[3]))


def _line_classes(line: str) -> str:
    plain = line.expandtabs()
    indent = len(plain) - len(plain.lstrip(" "))
    known = next((one for one in _INDENTS if one >= indent), _INDENTS[-1])
    return f"line in-{known}" if known else "line"
