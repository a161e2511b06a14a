"""Typography of pages: where headlines, addresses, cells of tables and lines of code may be broken.

All of it is laid on when a page is rendered, so that documents, feeds and the search have the text as it was written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from generator.ground.patterns import deferred
from generator.ground.text import display_width
from generator.render.privacy.lexicon import words_of

_ONE_LINE: Final = 10
"""Characters of a headline that fit into a line on a phone."""
_TEXT_LINE: Final = 14
"""Characters of a heading within a text that do."""
_CLAUSE: Final = deferred(r".+?(?:[：，、。；！？）]+[”’」』》]*|[丨｜│|] *|(?=[（【《]))|.+", re.DOTALL)
"""A part of a headline after which a line ends best, or the last part."""
_STROKES: Final = tuple("丨｜│|")
"""Signs after which a line may end, though browsers take them for parts of words."""
_CHINESE: Final = deferred(r"[\u4e00-\u9fff]{2,}")
"""Characters between which words can be told."""
_LEADING: Final = frozenset("和与及并在对向把从到为赴由给同")
"""Words of one character that belong to what follows them."""
_BREAK: Final = "\x1f"
"""Stands for a place where a line may end. No text can hold it."""
_AMOUNT: Final = deferred(
    r"[（【][^（）【】]{1,8}[）】]"
    r"|(?:第 ?)?(?<![0-9])(?:[0-9]{1,8}(?:[.,][0-9]{1,4}){0,2} ?[\u4e00-\u9fff％%]){1,3}(?:（[^（）]{1,4}）)?"
    r"|(?:-?[0-9]{1,3}℃?[~～—-])?-?[0-9]{1,3}℃"
    r"|(?<![!-~])(?:[A-Z]{1,4}[0-9]{0,2}(?:/[A-Z]{1,4})? )?(?=[!-~]{3,12}(?![!-~]))[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)+"
)
"""On one line: a number and its measure word, what stands in brackets, -12～3℃, Wi-Fi and GB/T 9704-2012."""
_LONG: Final = deferred(r"(?<![!#-;=?-~])[!#-;=?-~]{24,}")
"""An address or a word that is long enough to tear the line before it."""
_MARKUP_OR_LONG: Final = deferred(r"<(?:pre|code)\b.*?</(?:pre|code)>|<[^<>]*>|[!#-;=?-~]{24,}", re.DOTALL)
_HEADING: Final = deferred(r"(<(?:h[1-6]|p role)\b[^<>]*>)(.*?)(?=</(?:h[1-6]|p)>)", re.DOTALL)
"""A heading in a text without its end; below the sixth level it is a paragraph."""
_MARKUP: Final = deferred(r"(<code\b.*?</code>|<[^<>]*>)", re.DOTALL)
_LARGE: Final = deferred(r"<(?:img|br|code|p|[uod]l|div|table|pre|span class=.math)\b")
"""What makes a cell wider, or higher, than its text tells."""
_CODE: Final = deferred(r"(<pre[^>]*><code[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
_LONG_CODE: Final = 30
"""Characters of code that fit into a line on a phone."""
_INDENTS: Final = (0, 2, 4, 6, 8, 12)
"""The indents of lines of code that the themes know, in columns."""
_CELL: Final = deferred(r"<(td|th)((?: [^<>]*)?)>(?=(.*?)</\1>)", re.DOTALL)
"""The beginning of a cell, and its text."""
_SHORT_CELL: Final = (12, 14)
"""How wide a cell's text may be that stands on one line, and such a text in Latin letters only."""
_LINE_CELL: Final = 24
"""How wide it may be to stand on one line in a table that does not fit a phone anyway."""


@functools.lru_cache(maxsize=4096)
def headline(text: str, line: int = _ONE_LINE) -> Markup:
    """A headline whose lines end after a clause, if at all possible, and never within an amount.

    The theme breaks lines at signs only; in a clause of more than ``line`` characters, also between words.
    """
    if len(text) <= line:
        return escape(text)
    return Markup(f'<span class="words">{_with_breaks(text, line)}</span>')  # noqa: S704 - built escaped


def _with_breaks(text: str, line: int) -> str:
    marked = "".join(_with_marks(clause, line) for clause in _CLAUSE.findall(text))
    return _with_amounts(marked).replace(_BREAK, "<wbr>")


def _with_marks(clause: str, line: int) -> str:
    if len(clause) > line:
        clause = _CHINESE.sub(lambda run: "".join(_broken(run)), clause)
    return clause + _BREAK if clause.endswith(_STROKES) else clause


def _broken(run: re.Match[str]) -> Iterator[str]:
    """These characters with marks where a line may end: before words of several, which are known to be words."""
    words = words_of(run[0])
    yield words[0]
    at = run.start() + len(words[0])
    for before, word in pairwise(words):
        is_good = len(before) > 1 if word in _LEADING else len(word) > 1 and before not in _LEADING
        if at > 1 and is_good:
            yield _BREAK
        yield word
        at += len(word)


def _with_amounts(text: str) -> str:
    out: list[str] = []
    at = 0
    for found in _AMOUNT.finditer(text):
        out += (escape(text[at : found.start()]), '<span class="amount">', escape(found[0]), "</span>")
        at = found.end()
    return "".join((*out, escape(text[at:])))


def broken_well(html: str) -> str:
    """The HTML of a text: its headings break as headlines do, long addresses anywhere, short cells nowhere."""
    if "<h" in html:
        html = _HEADING.sub(_heading, html)
    if _LONG.search(html):
        html = _MARKUP_OR_LONG.sub(_long, html)
    if "<table" in html:
        html = _CELL.sub(_cell, html)
    return _CODE.sub(_code, html) if "<pre" in html else html


def _heading(found: re.Match[str]) -> str:
    parts = _MARKUP.split(found[2])
    if len(unescape("".join(parts[::2]))) <= _TEXT_LINE:
        return found[0]
    shown = "".join(
        part if number % 2 else _with_breaks(unescape(part), _TEXT_LINE) for number, part in enumerate(parts)
    )
    return found[1] + shown


def _long(found: re.Match[str]) -> str:
    if found[0].startswith("<code"):
        tag, end, code = found[0].partition(">")
        return tag + end + _LONG.sub(r'<span class="address">\g<0></span>', code)
    return found[0] if found[0].startswith("<") else f'<span class="address">{found[0]}</span>'


def _cell(found: re.Match[str]) -> str:
    name, attributes, inner = found.groups()
    text = unescape("".join(_MARKUP.split(inner)[::2]) if "<" in inner else inner)
    width = display_width(text)
    if "<" in inner and _LARGE.search(inner):
        return found[0]
    if width <= _SHORT_CELL[text.isascii()]:
        return f"<{name}{attributes} data-short>"
    return f"<{name}{attributes} data-line>" if width <= _LINE_CELL else found[0]


def _code(found: re.Match[str]) -> str:
    lines = found[2].splitlines(keepends=True)
    shown = (f'<span class="{_line_classes(line)}">{line}</span>' if len(line) > _LONG_CODE else line for line in lines)
    return "".join((found[1], *shown, found[3]))


def _line_classes(line: str) -> str:
    plain = line.expandtabs()
    indent = len(plain) - len(plain.lstrip(" "))
    known = next((one for one in _INDENTS if one >= indent), _INDENTS[-1])
    return f"line in-{known}" if known else "line"
