"""Folds text, so that all ways to write a character become one, and removes invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from generator.ground.patterns import deferred
from generator.ground.text import normal

CELL: Final = "\x01"
"""Replaces the edge of a table cell or of a term. A name may continue across it, a number may not."""
BLOCK: Final = "\x02"
"""Replaces the edge of a block. Nothing continues across it."""

DASHES: Final = "\\-\u2010-\u2015\u2212"
"""Hyphens, dashes and the minus sign, for a character class."""
JOINTS: Final = "·•・‧∙⋅●▪◦\u2010\u2011_＿+*＊~～`｀\\-"
"""Characters that may join the parts of a name: middle dots, hyphens, and replacements for spaces in file names and
queries. Delimiters of Markdown are included, as titles show them unchanged.
"""

PLAIN: Final = (
    "\x00-\x7f\xa0-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf-\u012f\u014c-\u017e\u01cd-\u01dc"
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u044f\u2000-\u200a\u2010-\u2023\u2026\u2027-\u2029\u202f-\u203b"
    "\u20ac\u2190-\u22ff\u2500-\u2775\u2794-\u27bf\u3000-\u3029\u3030-\u3035\u3041-\u3096\u309d\u309e\u30a1-\u30fe"
    "\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff0a\uff0c\uff0f\uff1a-\uff1f\uff3b-\uff40"
    "\uff5b-\uff64\uffe0-\uffe2\uffe4-\uffe6\U0001f300-\U0001faff"
)
"""Common characters that are no variant of another letter, digit or sign, for a character class."""

BREAK: Final = "\v"
"""Replaces a line break that readers see. White space behind it means nothing."""
BROKEN: Final = deferred(rf"(?<=[0-9])[ \t\r]*+(?:\n[ \t]*+|{BREAK}\s*+)(?=[0-9xX])")
"""A line break between digits, which may split a number."""

_SUZHOU: Final = "〡1〢2〣3〤4〥5〦6〧7〨8〩9"
_WRITTEN: Final = (
    _SUZHOU + "〇0零0○0洞0一1幺1壹1弌1二2贰2貳2两2弍2三3叁3叄3參3弎3四4肆4五5伍5六6陆6陸6七7柒7拐7八8捌8九9玖9勾9"
)
_SPELLED_DIGITS: Final = _WRITTEN[::2]
_FIGURES: Final = str.maketrans(_SPELLED_DIGITS, _WRITTEN[1::2])
SPELLED: Final = f"[{_SPELLED_DIGITS}]"
"""A character that spells a digit, in words and in banks' capitals."""
_SPELLED = deferred(rf"[0-9{_SPELLED_DIGITS}]++(?>(?:[\s.·、{DASHES}]{{0,2}}+[0-9{_SPELLED_DIGITS}]++)*)")
_TWO_SPELLED = deferred(rf"{SPELLED}[0-9\s.·、{DASHES}]{{0,3}}{SPELLED}")
SMALL: Final = deferred(
    "[\xb2\xb3\xb9\xbc-\xbe\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    "\u3251-\u325f\u32b1-\u32bf]"
)
"""A raised or circled number. It may stand next to another number, or be a digit of it."""
_TURNED = deferred(f"\u202e([^\u202c\n{BLOCK}]*)")
"""What is shown from right to left, in which people read what is written backwards."""
HEAD_AT: Final = deferred(rf"[\n{BREAK}]\s*+(?=@)")
"""The break before a line that begins with an at sign: what stands before it is no part of an address."""

_ODD = deferred(f"[^{PLAIN}]")
_HIDDEN_CHARS: Final = (
    "\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u20d0-\u20f0\ufe20-\ufe2f"
UNSEEN: Final = f"[{_HIDDEN_CHARS}{_MARKS}]"
"""Format characters, other invisible code points (Default_Ignorable_Code_Point) and combining marks."""
_HIDDEN = deferred(f"[{_HIDDEN_CHARS}]")
_LOOSE_MARK = deferred(f"[{_MARKS}]")

_RADICALS: Final = dict(
    zip(
        "\u2e81\u2e88\u2e8a\u2e8c\u2e8e\u2e92\u2e93\u2e97\u2e9c\u2e9d\u2ea0\u2ea7\u2ea9\u2eab\u2eac\u2eae\u2eb6\u2ebb"
        "\u2ebc\u2ebd\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2eca\u2ecb\u2ed1\u2ed3\u2ed4\u2ed7\u2ed8\u2ed9\u2eda\u2edb\u2edc"
        "\u2edd\u2ee2\u2ee3\u2ee4\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eeb\u2eec\u2eee\u2eef\u2ef0\u2ef1\u2ef2",
        "厂刀卜小兀巳幺心日月民牛王目示竹羊聿月臼虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄斉齐齿竜龙龜亀",
        strict=True,
    )
)
"""Radicals that look like whole characters, with their equivalent unified ideographs (UAX #44)."""


def is_plain(text: str) -> bool:
    """Whether every character is one of ``PLAIN``, so that ``folded`` changes no more than case and punctuation."""
    return _ODD.search(text) is None


def folded(text: str) -> str:
    """The text without hidden characters, in compatibility form (NFKC), without case, with ASCII digits."""
    if not is_plain(text):
        text = _compatible(_ODD.sub(_clear, _HIDDEN.sub("", text)))
        text = _LOOSE_MARK.sub("", _HIDDEN.sub("", text))
    text = text.casefold()
    return text if is_plain(text) else _ODD.sub(_clear, _compatible(text))


def _compatible(text: str) -> str:
    """The text in compatibility form, but for Chinese commas: unlike them, ASCII commas separate the cells of a row."""
    return "，".join(normal("NFKC", part) for part in text.split("，"))


def _clear(match: re.Match[str]) -> str:
    char = match[0]
    digit = unicodedata.digit(char, None)
    return str(digit) if digit is not None else _RADICALS.get(char, char)


def variants(text: str) -> Iterator[str]:
    """The text folded, in each way to read its digits.

    Raised and circled ones are digits or marks next to a number, words may be digits, and a number may be on two lines.
    """
    normal = HEAD_AT.sub(BLOCK, folded(text))
    yield normal
    if "\u202e" in text:
        yield folded(_TURNED.sub(lambda turned: turned[1][::-1], text))
    if SMALL.search(text):
        yield folded(SMALL.sub(BLOCK, text))
    for other in (without_digit_breaks(normal), with_figures(normal)):
        if other != normal:
            yield other


def with_figures(text: str) -> str:
    """The text with digits in place of characters that spell a long number one by one, at the same length."""
    if not _TWO_SPELLED.search(text):
        return text
    return _SPELLED.sub(lambda run: run[0].translate(_FIGURES) if _is_spelled(run[0]) else run[0], text)


def _is_spelled(run: str) -> bool:
    return sum(char in _SPELLED_DIGITS for char in run) >= 3 and sum(char.isalnum() for char in run) >= 11


def without_digit_breaks(text: str) -> str:
    """The text without line breaks between digits, so that a number split over lines is whole."""
    return BROKEN.sub("", text)


def collapsed(text: str) -> str:
    """The text with each run of white space replaced by one space."""
    return " ".join(text.split())
