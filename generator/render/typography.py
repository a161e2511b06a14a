"""Typography of pages: where headlines, addresses, cells of tables and lines of code may be broken.

All of it is laid on when a page is rendered, so that documents, feeds and the search have the text as it was written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final

from markupsafe import Markup, escape

from generator.ground.patterns import deferred
from generator.ground.text import display_width
from generator.model.components import Link
from generator.render.privacy.lexicon import words_of

_TITLES: Final = 1 << 16
"""Headlines that are remembered, some 500 bytes each. Lists show the same ones in other orders, so where too few are,
none is met again."""
_ONE_LINE: Final = 10
"""Characters of a headline that fit into a line on a phone."""
_TEXT_LINE: Final = 14
"""Characters of a heading within a text that do."""
_UNGROUPED: Final = 9999
_HALF: Final = 0.5
"""How much of a line is filled when a break between words of one character will do, and when any does."""
_FULL: Final = 0.7
_CLAUSE: Final = deferred(
    r"(?>[（【][^（）【】]{1,8}[）】]|[0-9] ?[\u4e00-\u9fff]（[^（）]{1,4}）|.)+?"
    r"(?:[：，、。；！？）】]+[”’」』》]*|——+|(?<=[）】])[”’」』》]*|[丨｜│|] *|(?=[（【《]))|.+",
    re.DOTALL,
)
"""A part of a headline after which a line ends best, or the last part. What stands in brackets is within one."""
_STROKES: Final = tuple("丨｜│|")
"""Signs after which a line may end, though browsers take them for parts of words."""
_TURN: Final = deferred(r".+?(?:[：，；。！？]+[”’」』》）]*|——+|[丨｜│|] *)|.+", re.DOTALL)
"""A part of a headline that may have lines of its own."""
_TOKEN: Final = deferred(r"[\u4e00-\u9fff]+|[0-9A-Za-z\u00c0-\u024f.,'’&+_/-]*[0-9A-Za-z\u00c0-\u024f]|.", re.DOTALL)
"""Characters between which words can be told, a word in Latin letters, or any other character."""
_LEADING: Final = frozenset("和与及并在对向把从到为赴由给同")
"""Words of one character that belong to what follows them."""
_CLOSING: Final = frozenset(
    "的了着过地得们个家户次名位件项场处所站局村镇乡县市区省厅部院校组会厂库馆店室员者日天年月里上下前后内外等也都就还已"
)
"""Words of one character that end something. Others may be parts of words that the lexicon lacks."""
_LED: Final = deferred(r"[和与及并在对向把从到为赴由给同] [0-9A-Za-z]")
"""Such a word and a Latin one, or a number, behind a space."""
_LONE: Final = deferred(
    r"(<wbr>[\u4e00-\u9fff]{2,4})<wbr>([\u4e00-\u9fff]{2}<wbr>)(?=[和与及并在对向把从到为赴由给同])"
)
"""A word of two characters that a line would begin with, though it could end behind it."""
_NUMERALS: Final = frozenset("一二三四五六七八九十百千万亿两几半数第每各这那")
_OPENING_QUOTES: Final = ("“", "「")
_CLOSING_QUOTES: Final = ("”", "」")
_MEASURES: Final = "个户家人名位件次台部辆套条张份所处场间天年月日元万亿"
_UNIT: Final = r"[余多]?(?:公[里斤顷]|[平立]方米|小时|分钟|个月|[\u4e00-\u9fff％%])"
_REST: Final = rf"(?:[.,][0-9]{{1,4}}){{0,2}}(?: (?![和与及在从到至的]))?{_UNIT}"
_FIRST: Final = rf"[0-9第](?:(?<=第) ?[0-9]|(?<=[0-9])(?<![0-9].))[0-9]{{0,7}}{_REST}"
_NUMBER: Final = rf"{_FIRST}(?:[0-9]{{1,8}}{_REST}){{0,2}}"
"""A number and its unit, or up to three; it begins with a set, so that it is found fast. A word behind a space that is
none, 从 9.6 到 16 的, is no unit."""
_NUMBERS: Final = deferred(_NUMBER)
_NUMBERS_OF_TEXTS: Final = deferred(rf"{_FIRST}(?:(?<=月)[0-9]{{1,2}}日)?(?![^<>]*>)")
"""Those outside the tags of a text. A line may end behind the year of a day: what is long leaves wide holes."""
_NUMBERLESS: Final = deferred(r"(<(?:pre|code|h[1-6])\b.*?</(?:pre|code|h[1-6])>)", re.DOTALL)
"""Code and headings."""
_AMOUNT: Final = deferred(
    r"[（【][^（）【】]{1,8}[）】]|[“「][^“”「」]{1,6}[”」]"
    rf"|(?<![!-~])[A-Za-z]{{2,12}} [0-9]{{1,4}}(?:\.[0-9]{{1,4}}){{0,2}}(?![!-~]| ?[{_MEASURES}])"
    rf"|{_NUMBER}(?:（[^（）]{{1,4}}）)?"
    r"|(?:-?[0-9]{1,3}℃?[~～—-])?-?[0-9]{1,3}℃"
    r"|[0-9]{1,2}:[0-9]{2}[~～—-][0-9]{1,2}:[0-9]{2}"
    r"|[\u4e00-\u9fff]{1,2}——"
    r"|(?<![!-~])(?:[A-Z]{1,4}[0-9]{0,2}(?:/[A-Z]{1,4})? )?(?=[!-~]{3,16}(?![!-~]))[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)+"
)
"""Kept together: an amount and its unit, what stands in brackets, -12～3℃, 9:00—17:30, Wi-Fi, Windows 11 and
GB/T 9704-2012."""
_TEARS: Final = deferred(r".[ 、，；：·（【～~—/-]", re.DOTALL)
"""Where browsers would end a line within an amount. Others need no mark."""
_BEHIND: Final = "：，、。；！？）】”’」』》"
_GAP: Final = deferred(r"[\u4e00-\u9fff][0-9A-Za-z\u00c0-\u024f]|[0-9A-Za-z\u00c0-\u024f][\u4e00-\u9fff]")
"""Where browsers leave a gap between characters of two scripts."""
_LONG: Final = deferred(r"(?<![!#-;=?-~])[!#-;=?-~]{24,}")
"""An address or a word that is long enough to tear the line before it."""
_MARKUP_OR_LONG: Final = deferred(r"<(?:pre|code)\b.*?</(?:pre|code)>|<[^<>]*>|[!#-;=?-~]{24,}", re.DOTALL)
_HEADING: Final = deferred(r"(<(?:h[1-6]|p role)\b[^<>]*>)(.*?)(?=</(?:h[1-6]|p)>)", re.DOTALL)
"""A heading in a text without its end; below the sixth level it is a paragraph."""
_MARKUP: Final = deferred(r"(<code\b.*?</code>|<[^<>]*>)", re.DOTALL)
_LARGE: Final = deferred(r"<(?:img|br|code|p|[uod]l|div|table|pre|span class=.math)\b")
"""What makes a cell wider, or higher, than its text tells."""
_CODE: Final = deferred(r"(<pre[^>]*><code[^>]*>)(.*?)(</code></pre>)", re.DOTALL)
_OPTION: Final = deferred(r"(?<![\w&;-])--?[A-Za-z][\w-]{0,22}(?![\w-])")
"""An option of a command, which browsers would break at its hyphens."""
_NOT_TORN: Final = r'<span class="amount">\g<0></span>'
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


def headline(text: str, line: int = _ONE_LINE, about: Iterable[Link] = ()) -> Markup:
    """A headline whose lines end after a clause, if at all possible, and never within an amount.

    The theme breaks lines at signs only; in a clause of more than ``line`` characters, also between words. The names
    of what it is ``about`` are words.
    """
    return broken_headline(text, line, tuple(one.title for one in about if one.title in text))


@functools.lru_cache(maxsize=_TITLES)
def broken_headline(text: str, line: int, names: tuple[str, ...]) -> Markup:
    """A headline with these names in it."""
    if len(text) <= line:
        return escape(text)
    return Markup(f'<span class="words">{_with_breaks(text, line, names)}</span>')  # noqa: S704 - built escaped


def in_amounts(text: str) -> Markup:
    """A text in which no line ends between a number and its unit."""
    return Markup(_NUMBERS.sub(_NOT_TORN, str(escape(text))))  # noqa: S704 - built escaped


def grouped(number: int | str) -> str:
    """A number with its figures in groups of three, from five figures on; GB/T 15835-2011 leaves shorter ones whole."""
    return f"{number:,}" if isinstance(number, int) and abs(number) > _UNGROUPED else str(number)


def _with_breaks(text: str, line: int, names: Sequence[str] = ()) -> str:
    """A long last turn is no block, so that its last words can go to a line below with what follows the headline."""
    turns = [_CLAUSE.findall(turn) for turn in _turns(text)]
    shown = ["".join(_with_marks(clause, line, names) for clause in clauses) for clauses in turns]
    if all(len(clauses) == 1 and len(clauses[0]) <= line for clauses in turns):
        return "".join(shown)
    is_short = len(turns) > 1 and len("".join(turns[-1])) <= _TEXT_LINE
    # A turn that no browser breaks needs no mark.
    kept = [
        one if "<" not in one and "".join(clauses)[:-1].isalnum() else _kept(one)
        for clauses, one in zip(turns, shown, strict=True)
    ]
    return "".join((*kept[:-1], kept[-1] if is_short else shown[-1]))


def _turns(text: str) -> Iterator[str]:
    """The text, cut after clauses where the shorter side is not much shorter than the other."""
    start, whole = 0, display_width(text)
    for turn in _TURN.finditer(text):
        before = display_width(text[: turn.end()])
        if before < whole <= 4 * min(before, whole - before):
            yield text[start : turn.end()]
            start = turn.end()
    yield text[start:]


def _kept(html: str) -> str:
    """On one line if it fits. Its style must be a block's: within ``nowrap``, browsers tear what follows."""
    return f'<span class="kept">{html}</span>'


def _with_marks(clause: str, line: int, names: Sequence[str]) -> str:
    """The clause in HTML. One that does not fit a line may be broken between its words."""
    out: list[str] = []
    before, since, rest, singles = "", 0, len(clause), 0
    # Words are told only where one of them may have to be kept together.
    for word in _led(_words(clause, names)) if len(clause) > line or _AMOUNT.search(clause) else (clause,):
        filled, mark = since / max(line, _ONE_LINE), ""
        if len(clause) > line and since > 1 and rest > 2 and _is_good(before, word, filled, is_even=singles % 2 == 0):
            mark, since = "<wbr>", 0
        shown = str(escape(word))
        if (_AMOUNT.match(word) or _LED.match(word)) and _TEARS.search(word):
            shown = _kept(shown)
        if out and _GAP.search(before[-1:] + word[0]) and (mark or "<" in out[-1] + shown):
            out[-1] = _with_gap(out[-1])
        out += [mark, shown] if mark else [shown]
        before, since, rest = word, since + len(word), rest - len(word)
        singles = singles + 1 if len(word) == 1 else 0
    shown = _LONE.sub(r"\1\2", "".join(out))
    return shown + ("<wbr>" if clause.endswith(_STROKES) else "")


def _with_gap(html: str) -> str:
    """The gap between Chinese and other characters, where browsers leave it out because of a mark."""
    text = html.removesuffix("</span>")
    return f'{text[:-1]}<span class="gap">{text[-1]}</span>{html[len(text) :]}'


def _words(clause: str, names: Sequence[str]) -> Iterator[str]:
    """The words, the amounts and the signs of a clause."""
    at = 0
    while found := _AMOUNT.search(clause, at):
        yield from _words_between(clause[at : found.start()], names)
        at = found.end()
        measure = _TOKEN.match(clause, at - 1)
        if measure and measure.end() > at and "\u4e00" <= clause[at - 1] <= "\u9fff":
            at += len(words_of(measure[0])[0]) - 1
        at += len(clause[at:]) - len(clause[at:].lstrip("—"))
        # Only within one block do brackets and the signs behind them share their space.
        if clause[at - 1] == "）" and _TEARS.search(clause, found.start(), at):
            at += len(clause[at:]) - len(clause[at:].lstrip(_BEHIND))
        yield clause[found.start() : at]
    yield from _words_between(clause[at:], names)


def _led(words: Iterable[str]) -> Iterator[str]:
    """The words; one of one character that leads to a Latin word behind a space is one with it."""
    before = ""
    for word in words:
        if (before in _LEADING and word == " ") or (len(before) == len("从 ") and _LED.match(before + word)):
            before += word
            continue
        if before:
            yield before
        before = word
    yield before


def _words_between(text: str, names: Sequence[str] = ()) -> Iterator[str]:
    for name in names:
        before, found, after = text.partition(name)
        if found and len(name) <= _ONE_LINE:
            yield from _words_between(before, names)
            yield name
            yield from _words_between(after, names)
            return
    for token in _TOKEN.findall(text):
        yield from words_of(token) if "\u4e00" <= token[0] <= "\u9fff" else (token,)


def _is_good(before: str, word: str, filled: float, *, is_even: bool) -> bool:
    """Whether a line may end between the two: between words of several characters, which are known to be words.

    The fuller the line, the less good a place will do: were there none, browsers would take one before a sign.
    Among characters in no known word, one after an even number of them, as most words have two.
    """
    if before in _LEADING or word in _CLOSING or _NUMERALS.issuperset(before):
        return False
    if word.startswith(_OPENING_QUOTES) or before.endswith(_CLOSING_QUOTES):
        return word[0].isalnum() or before[-1].isalnum()
    if not (word[0].isalnum() and before[-1].isalnum()):
        return False
    if word in _LEADING:
        return len(before) > 1 or filled >= _HALF
    is_end = len(before) > 1 or before in _CLOSING
    is_begin = len(word) > 1
    if filled > _HALF:
        return is_end or is_begin or (is_even and filled >= _FULL)
    return is_end and is_begin


def broken_well(html: str) -> str:
    """A text's HTML: its headings break as headlines do, long addresses anywhere, amounts and short cells nowhere."""
    if "<h" in html:
        html = _HEADING.sub(_heading, html)
    if _LONG.search(html):
        html = _MARKUP_OR_LONG.sub(_long, html)
    if "<table" in html:
        html = _CELL.sub(_cell, html)
    parts = _NUMBERLESS.split(html)
    parts[::2] = [_NUMBERS_OF_TEXTS.sub(_NOT_TORN, part) for part in parts[::2]]
    html = "".join(parts)
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
    shown = (
        f'<span class="{_line_classes(line)}">{_OPTION.sub(_NOT_TORN, line)}</span>' if len(line) > _LONG_CODE else line
        for line in lines
    )
    return "".join((found[1], *shown, found[3]))


def _line_classes(line: str) -> str:
    plain = line.expandtabs()
    indent = len(plain) - len(plain.lstrip(" "))
    known = next((one for one in _INDENTS if one >= indent), _INDENTS[-1])
    return f"line in-{known}" if known else "line"
