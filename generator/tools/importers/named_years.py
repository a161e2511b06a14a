"""The year by which a title or a file's name says when a diary was kept, told from the years of other things in it."""

from __future__ import annotations

import re
from typing import Final

from generator.tools.importers.date_words import DATE_NAME, NAMED_YEAR, NUMBER, folded, number

_DIARY: Final = (
    "(?:[日周月手札笔随杂小]记|日志|纪实|纪事|记事|[实记]录|大事记|台账|简报|[周月日]报|报告|[总小]结|汇报|情况|工作|动态"
    "|值[班守勤]表?|走访|巡[查护逻]|入户|家访|支教|驻[村点厂校]|帮扶|防[汛火疫]|实习|陪护|点滴|见闻"
    "|朋友圈|汇[总编]|合[集辑]|集锦|[记志录簿本]|diary|journal|(?:work ?)?log|notes)"
)
"""The words with which the names of diaries end, of what is made of them, and of the work that they are about."""
_FEW: Final = "[一二三四五六七八九十\\d]"
_TAIL: Final = (
    rf"(?:\W|之?(?<!{_FEW}){_FEW}{{1,3}}(?!{_FEW})|[上中下]|[上下]半年|第?[一二三四1-4]季度?|[春夏秋冬]季?|学期|全年"
    rf"|{NUMBER}\s*月份?|第?{NUMBER}\s*[周期册卷辑]|摘[编抄选登]|选[编登]?|汇编|节选|系列)*"
)
"""What says which part of a year, or of a diary, something is."""
_EVENT: Final = (
    "建|修|成立|撤|[合兼]并|获|[任当]|颁|出版|新版|[发印]布|设立|组建|立项|[开竣动完]工|的|起|以[来前后]|之?[前后]"
    "|[到进入来回调转][㐀-鿿]{0,5}的|新冠|冠状|-?nCoV|远景|愿景|规划|纲要|出生|入学|毕业|版|目标|行动|计划|工程|战略|专项|议程"
)
"""What is said of a year in which something else happened: 2015年建成."""
_MODEL: Final = re.compile("模[板版]|样[式表张本]|格式|范[本文例]|空[白表]|template", re.IGNORECASE)
"""What is filled in again each year."""
_ENDING: Final = re.compile(r"\.[A-Za-z]{2,5}$")
PERIOD: Final = re.compile(
    rf"[(\[](?P<days>{NUMBER}\s?[月.]\s?{NUMBER}\s?[日号]?\s?(?:[~至到]|-{{1,3}})\s?(?:{NUMBER}\s?[月.]\s?)?{NUMBER}\s?[日号]?)[)\]]$"
)
"""From which to which day something goes, behind its name: 2021年第18周工作小结（5月3日—5月7日）."""
_ALONE: Final = re.compile(rf"\W*$|年度?\W*{_TAIL}$", re.IGNORECASE)
_BEHIND_DIARY: Final = re.compile(rf"{_DIARY}(?:\W|之|spring|summer|autumn|fall|winter)*$", re.IGNORECASE)
_LINKED: Final = re.compile(r"(?:[于自从至到在]|(?<!年)[(\[])\s*$")
"""What stands in front of a year that only belongs to a word: 建于1956年."""
_KEPT: Final = re.compile(rf"\s*年度?\)?(?!{_EVENT}).{{0,30}}?{_DIARY}{_TAIL}$", re.IGNORECASE)
_BRIEF: Final = re.compile(rf"\s*年度?(?!{_EVENT})[㐀-鿿]{{1,4}}{_TAIL}$")
"""A name of two words: 2022年春耕."""
_SHORT: Final = re.compile(
    rf"(?:[./-](?:0?[1-9]|1[0-2])(?![\d.]))?(?:(?!{_EVENT})[\W_]*[㐀-鿿]{{0,4}}|\s+[\w ]{{0,20}}?){_DIARY}{_TAIL}$",
    re.IGNORECASE,
)
"""The same without the word for a year: 2021驻村日记, 2021.7 驻村日记."""

_SCHOOL_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年?\s*[-~/至到]\s*((?:19|20)?\d\d)\s*)?学年")
_AUTUMN: Final = 8
"""The month in which school years begin, at the earliest."""


def school_year(name: str, month: int) -> int | None:
    """The year of a month in the school year that a name says: 2021—2022学年班主任日志; None where it says none.

    The spring of 2022学年 is that of 2022 for some, and of 2023 for others.
    """
    found = _SCHOOL_YEAR.search(folded(name))
    if found is None or (found[2] is None and month < _AUTUMN):
        return None
    if found[2] and (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return int(found[1]) + (month < _AUTUMN)


_SPAN: Final = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s*年\s*(?P<month>{NUMBER})\s*月(?:份)?)?\s*年?\s*(?:-{{1,3}}|[~至到])\s*"
    rf"(?:(?P<last>(?:19|20)\d\d)\s*年?\s*)?(?:(?P<until>{NUMBER})\s*月(?:份)?)?(?!\s*[\d年])"
)
"""From which to which month, or year, something goes: 2020年11月—2021年3月, 2020—2021年."""
_TIME: Final = re.compile(rf"\W*(?:{DATE_NAME}|时段)\s*:")


def spanned_year(name: str, month: int, *, is_turned: bool) -> int | None:
    """The year of a month in which what is so called begins: 驻村日记（2020年11月—2021年3月）; None where it says none.

    Of two years without months, an autumn is that of the first; so are all days below which the year turns.
    """
    text = _TIME.sub("", folded(name), count=1)
    found = _SPAN.search(text)
    if found is None or not named_years(f"{text[: found.start()]}{found['year']}年{text[found.end() :]}"):
        return None
    first, last = int(found["year"]), int(found["last"] or found["year"])
    if found["month"] and found["until"]:
        begin, end = (first, number(found["month"])), (last, number(found["until"]))
        years = [year for year in range(first, last + 1) if begin <= (year, month) <= end]
        return years[0] if len(years) == 1 else None
    is_first = last == first + 1 and not (found["month"] or found["until"]) and (month >= _AUTUMN or is_turned)
    return first if is_first else None


def is_period(text: str) -> bool:
    """Whether a line says behind a label of its own from which to which month something goes: 时间：2020年11月—12月."""
    line = folded(text)
    return _TIME.match(line) is not None and _SPAN.search(line) is not None


def named_years(name: str) -> frozenset[int]:
    """The years in which what has this name was kept: 2021年驻村日记, 驻村日记（2021）; none for 石桥村（2015年撤并）.

    A name with several, such as 2019-2021, says of no day which one it is.
    """
    text = PERIOD.sub("", _ENDING.sub("", folded(name).strip()))
    if _MODEL.search(text):
        return frozenset()
    found = [*NAMED_YEAR.finditer(text)]
    is_named = any(_is_kept(text, one.start(), one.end()) for one in found)
    return frozenset(number(one[0]) for one in found) if is_named else frozenset()


def _is_kept(text: str, start: int, end: int) -> bool:
    """Whether the year at these places says when something was kept."""
    before = text[:start]
    is_first = not re.search(r"\w", before)
    if _ALONE.match(text, end):
        return is_first or _BEHIND_DIARY.search(before) is not None
    if _LINKED.search(before):
        return False
    shapes = (_KEPT, _BRIEF, _SHORT) if is_first else (_KEPT,)
    return any(shape.match(text, end) for shape in shapes)
