"""The lines of a title of an official document: words whole, lines of about one length (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import inf
from typing import Final

from generator.ground.lines import unbroken, wrapped
from generator.ground.pinyin import is_phrase
from generator.ground.text import display_width
from generator.render.documents.title_words import OFFICE, PLACE, WORDS

_WIDEST: Final = 40
"""Half characters of a line."""
_LONGEST: Final = 8
"""Characters of a word."""
_WIDE: Final = re.compile("[—…“”‘’]")
"""Signs that are as wide as a character in a Chinese font, though other fonts have them in half of that."""
_NARROW: Final = re.compile(r"[0-9a-z.,/+-]")
_CAPITAL: Final = re.compile("[A-Z%&@]")
"""Signs that are wider than half of a character in the fonts that have the title: a little, and much."""
_GAP: Final = re.compile(r"(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")
"""Where a program sets a quarter of a character between Chinese and figures or letters."""
_OWN_ENDS: Final = re.compile(r"\u3000+|(?<=[^\d年月日—])(?=——[^—])")
"""Where a writer ends a line, or begins a subtitle."""
_NUMBER: Final = "[〇零一二三四五六七八九十百千万两\\d]"
_AMOUNT: Final = (
    rf"第?{_NUMBER}+(?:\.\d+)?(?:年度|年|季度|月份|月|日|周|届|次|期|号|批|轮|项|个|家|名|户|场|件|篇|人|万元|亿元|元)?"
)
_LATIN: Final = r"[0-9A-Za-z\u00c0-\u024f.,'’@&+_/-]+"
_COUNTED: Final = re.compile(
    rf"{_AMOUNT}(?:[至—]?{_AMOUNT}|[上下]半年|[年月][初底末])*|{OFFICE}|\s+"
    rf"|{_LATIN}(?:(?: +|[至—～]){_LATIN})*(?:段|线路?|[国省县]道|高速)?"
)
"""A day, an amount, an office, a name in Latin letters, or several from one to another: a word, however long."""
_OFFICE: Final = re.compile(OFFICE)
_PLACE: Final = re.compile(PLACE)
_LONGEST_COUNTED: Final = 24
"""Its characters."""
_PERSONS: Final = re.compile(
    r"(?:(?<=关于)|(?<=任命)|(?<=免去)|(?<=给予)|(?<=授予)|(?<=表彰)|(?<=追授)|(?<=学习)|(?<=、))"
    r"[\u4e00-\u9fff]{2,4}(?:(?:等\S{0,4}?)?(?:同志|先生|女士)|(?=(?:、[\u4e00-\u9fff]{2,4})+(?:等\S{0,4}?)?同志))"
)
"""Names of persons, who are comrades: 周正明、李向东等同志."""
_AFTER: Final = frozenset("的和与及暨或、，：；）》”’】 ")
"""What a line ends with well."""
_BEFORE: Final = frozenset(("关于", "对", "在", "为", "向", "从", "同", "（", "《", "“", "及其"))
"""What one begins with well, and does not end with."""
_PLACES: Final = frozenset("省市县区乡镇村街路局委办部厅院处科站所室组队厂店行社")
"""What names end with."""
_TAILS: Final = frozenset((
    "有限公司", "股份有限公司", "责任公司", "公司", "集团", "分公司", "支行", "分行", "分局", "委员会",
    "人民政府", "政府", "水库", "林场", "社区", "街道", "园区", "中学", "小学", "医院", "办公室", "办事处",
))  # fmt: skip
"""What stands behind a name and belongs to it."""
_WEAK: Final = frozenset(("工作", "情况", "问题", "事项"))
"""What says no more than the word before it."""
_TORN: Final = 200
_WITHIN: Final = 8
"""What is against the end of a line within brackets."""
_EXTRA_LINE: Final = 25
_UNEVEN: Final = 40


def title_lines(text: str) -> list[str]:
    """The title in lines: one where it has room in one, else those that a writer made with a full-width space.

    A line ends between words. Which words there are is a guess, so a line ends rather where two known ones meet than
    within a name.
    """
    if _width(text) <= _WIDEST:
        return [text]
    return [line for part in _OWN_ENDS.split(text) if part for line in _shaped(part)]


def _width(text: str) -> float:
    wider = len(_WIDE.findall(text)) + 0.5 * len(_CAPITAL.findall(text)) + 0.2 * len(_NARROW.findall(text))
    return display_width(text) + wider + 0.5 * len(_GAP.findall(text))


def name_lines(text: str, room: float) -> list[str]:
    """A name in no more lines than it needs in a width of half characters, and no sign of it alone on a line."""
    lines = wrapped(text, room, _width)
    if len(lines[-1]) > 1:
        return [text]
    ends = {end: torn for end, torn in _ends(text) if 1 < end < len(text) - 1 or end == len(text)}
    cost, found = _divided(text, ends, len(lines), room)
    return [text] if cost == inf else found


def _shaped(text: str) -> list[str]:
    if _width(text) <= _WIDEST:
        return [text]
    ends = dict(_ends(text))
    least = len(wrapped(text, _WIDEST, _width))
    found = [_divided(text, ends, number, _WIDEST) for number in (least, least + 1)]
    cost, lines = min((cost + _EXTRA_LINE * more, lines) for more, (cost, lines) in enumerate(found))
    return wrapped(text, _WIDEST, _width) if cost == inf else lines


def _divided(text: str, ends: dict[int, float], number: int, widest: float) -> tuple[float, list[str]]:
    """The best way to divide a title into a number of lines of a width, and what is against it."""
    reach = [_width(text[:end]) for end in range(len(text) + 1)]
    usual = reach[-1] / number
    best: dict[int, tuple[float, list[str]]] = {0: (0, [])}
    for line in range(number):
        is_inner = 0 < line < number - 1
        longer: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in best.items():
            for end, torn in ends.items():
                wide = reach[end] - reach[start]
                if not 0 < wide <= widest or (end == len(text)) != (line == number - 1):
                    continue
                # A shape that is narrow in the middle is none that the form has.
                uneven = _UNEVEN * (wide / usual - 1) ** 2 * (3 if is_inner and wide < usual else 1)
                longer[end] = min(longer.get(end, (inf, [])), (cost + torn + uneven, [*lines, text[start:end].strip()]))
        best = longer
    return best.get(len(text), (inf, []))


def _ends(text: str) -> Iterator[tuple[int, float]]:
    """Where a line may end, and what is against it."""
    words = _words(text)
    between = dict(zip(accumulate(map(len, words)), pairwise((*words, "")), strict=False))
    for end in accumulate(map(len, unbroken(text))):
        within = _WITHIN * (text.count("（", 0, end) > text.count("）", 0, end))
        yield end, 0 if end == len(text) else within + (_against(*between[end]) if end in between else _TORN)


def _against(before: str, after: str) -> float:
    """What is against the end of a line between two words."""
    if after == "的" or before in _BEFORE:
        return _TORN / 4
    if before[-1] in _AFTER or after in _BEFORE:
        return 0
    is_behind_place = _PLACE.fullmatch(before) and _OFFICE.fullmatch(after)
    if after in _TAILS or is_behind_place or (after in _PLACES and len(before) > 1):
        return 30
    if after in _WEAK:
        return 12
    unknown = [word for word in (before, after) if len(word) == 1]
    if before in _PLACES:
        unknown.remove(before)
    return (4, 8, 40)[len(unknown)]


def _words(text: str) -> list[str]:
    """The words of a title, the fewest that it can be taken for; what is not known stands alone, letter by letter."""
    best: list[tuple[float, list[str]]] = [(0, [])]
    named = {found.span() for found in _PERSONS.finditer(text)}
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - _LONGEST_COUNTED), end)
        costs = {at: 0 if (at, end) in named else _rareness(text[at:end]) for at in starts}
        longer = ((best[at][0] + cost, [*best[at][1], text[at:end]]) for at, cost in costs.items())
        best.append(min(longer))
    return best[-1][1]


def _rareness(word: str) -> float:
    if word in WORDS or word in _AFTER or word in _BEFORE or _COUNTED.fullmatch(word):
        return 1
    if len(word) == 1:
        return 3
    if _PLACE.fullmatch(word):
        return 1.5
    return 1.6 if len(word) <= _LONGEST and is_phrase(word) else inf
