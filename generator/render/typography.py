"""Typography of pages: where headlines, addresses, cells of tables and lines of code may be broken.

All of it is laid on when a page is rendered, so that documents, feeds and the search have the text as it was written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from generator.ground.patterns import deferred
from generator.render.privacy.lexicon import words_of

_ONE_LINE: Final = 10
"""Characters of a headline that fit into a line on a phone."""
_CLAUSE: Final = deferred(r".+?(?:[：，、。；！？）]+[”’」』》]*|(?=[（【《]))|.+", re.DOTALL)
"""A part of a headline after which a line ends best, or the last part."""
_CHINESE: Final = deferred(r"[\u4e00-\u9fff]{2,}")
"""Characters between which words can be told."""
_LEADING: Final = frozenset("和与及并在对向把从到为赴由给同")
"""Words of one character that belong to what follows them."""
_BREAK: Final = "\x1f"
"""Stands for a place where a line may end. No text can hold it."""
_AMOUNT: Final = deferred(
    r"[（【][^（）【】]{1,8}[）】]|(?:第 ?)?(?<![0-9])[0-9]{1,8}(?:[.,][0-9]{1,4}){0,2} ?[\u4e00-\u9fff％%]"
)
"""A number and its measure word, or what stands in brackets: on one line."""
_LONG: Final = deferred(r"(?<![!#-;=?-~])[!#-;=?-~]{24,}")
"""An address or a word that is long enough to tear the line before it."""
_MARKUP_OR_LONG: Final = deferred(r"<(?:pre|code)\b.*?</(?:pre|code)>|<[^<>]*>|[!#-;=?-~]{24,}", re.DOTALL)
_CODE: Final = deferred(r"(<pre[^>]*><code[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
_LONG_CODE: Final = 30
"""Characters of code that fit into a line on a phone."""
_INDENTS: Final = (0, 2, 4, 6, 8, 12)
"""The indents of lines of code that the themes know, in columns."""
_SHORT_CELL: Final = deferred(r"<(td|th)((?: [^<>]*)?)>(?=(?:[ -;=?-~]{1,14}|[^<]{0,6})</\1>)")
"""The beginning of a cell whose text is so short that it stands in one line."""


@functools.lru_cache(maxsize=4096)
def headline(text: str) -> Markup:
    """A headline whose lines end after a clause, if at all possible, and never within an amount.

    The theme breaks lines at signs only; in a clause that is longer than a line, it may also break between words.
    """
    if len(text) <= _ONE_LINE:
        return escape(text)
    html = _with_amounts("".join(map(_with_breaks, _CLAUSE.findall(text))))
    return Markup(f'<span class="words">{html.replace(_BREAK, "<wbr>")}</span>')  # noqa: S704 - built escaped


def _with_breaks(clause: str) -> str:
    return clause if len(clause) <= _ONE_LINE else _CHINESE.sub(lambda run: "".join(_broken(run)), clause)


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
    """The HTML of a text: long addresses may be broken anywhere, short cells nowhere, lines of code go on indented."""
    if _LONG.search(html):
        html = _MARKUP_OR_LONG.sub(_long, html)
    if "<table" in html:
        html = _SHORT_CELL.sub(r"<\1\2 data-short>", html)
    return _CODE.sub(_code, html) if "<pre" in html else html


def _long(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else f'<span class="address">{found[0]}</span>'


def _code(found: re.Match[str]) -> str:
    lines = found[2].splitlines(keepends=True)
    shown = (f'<span class="{_line_classes(line)}">{line}</span>' if len(line) > _LONG_CODE else line for line in lines)
    return "".join((found[1], *shown, found[3]))


def _line_classes(line: str) -> str:
    plain = line.expandtabs()
    indent = len(plain) - len(plain.lstrip(" "))
    known = next((one for one in _INDENTS if one >= indent), _INDENTS[-1])
    return f"line in-{known}" if known else "line"
