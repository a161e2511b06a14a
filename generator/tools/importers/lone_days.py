"""Lines that hold little else than a day, in a form that other texts have, too: 《3月7日》, 东塘 3月7日, 次日.

No entry begins with them unless a person says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from generator.tools.importers import date_words as words
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind, facts_at

_N: Final = words.NUMBER
_FEW: Final = rf"(?:{_N}|[几数两])"
_OTHER: Final = "发布|截止|期限|电话|编号|出生|生日|有效|制表|印发|报名"
"""What labels call other days, and numbers."""
_BEFORE: Final = (
    rf"(?:[^\w(\[]*(?:补记?|续|[公阳新]历|今[天日]|令和\s*\d{{1,2}}\s*年|(?!.*(?:{_OTHER}))[㐀-鿿 ]{{1,8}}:)?"
    r"|[㐀-鿿]{0,6}倒计时\s*\d{1,4}\s*天"
    r"|《?(?!图为)[㐀-鿿]{1,8}(?<![于在至到止自从由为距])(?:》|\s+|-+|[,.]|(?=[(\[])))\s*[^\w\s]*\s*"
)
"""Signs, a label, or a few words and something that parts them from the day."""
_DAY: Final = re.compile(
    rf"""{_BEFORE}(?:
    (?:(?P<year>{words.YEAR})\s*年\s*)?(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日号號]
        (?:\s*(?:--?|~|至|到)\s*(?:(?P<monthto>{_N})\s*月\s*)?(?P<dayto>{_N})\s*[日号號])?
  | (?P<yeard>(?:19|20)\d\d)\s*(?:(?<=\s)|[年./,、。_~-]{{1,2}})\s*
        (?P<monthd>\d{{1,2}})\s*(?:(?<=\s)|[./,、。_~-]{{1,2}})\s*(?P<dayd>\d{{1,2}})(?!\d)
  | (?P<monthh>[一二三四五六七八九十]{{1,2}})[.。](?P<dayh>[一二三四五六七八九十]{{1,3}})(?=\s|$)
  | (?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})\.(?P<third>(?:19|20)\d\d)(?!\d)
  | (?P<dayn>\d{{1,2}})[ -](?P<name>{words.MONTH.replace("(?:", "(?i:", 1)})[ -](?P<yearn>(?:19|20)?\d\d)(?!\d)
  | (?:(?P<months>\d{{1,2}})/(?P<days>\d{{1,2}})\s*[(\[](?P<weekday>[一二三四五六日天])[)\]])
  | (?P<monthv>\d{{1,2}})(?:[、,]|\s)(?P<dayv>\d{{1,2}})(?=\s+(?:星期|周|礼拜|{words.HAS_SKY.pattern}))
  | (?P<dayw>\d{{1,2}})\s+(?P<weekdayw>[一二三四五六日天])(?=\s*$)
  | (?P<from>\d{{1,2}})\s*[-~]\s*(?P<to>\d{{1,2}})\s*[日号]
  | (?<=[㐀-鿿][(\[])(?P<monthb>1[0-2]|[1-9])\.(?P<dayb>[12]\d|3[01]|[1-9])(?=[)\]])
  | (?P<alone>{_N})\s*[日号](?=\W*[)\]】》」”]|\s*[,、]\s*{words.HAS_SKY.pattern}[,。])
  )""",
    re.VERBOSE,
)
_TOLD: Final = re.compile(
    rf"""\W*(?:
    [同本当]月\s*(?P<day>{_N})\s*[日号]
  | (?:[同今]年)\s*(?P<month>{_N})\s*月\s*(?P<dayn>{_N})\s*[日号]
  | (?P<next>[来翌次明]年)\s*(?P<monthx>{_N})\s*月\s*(?P<dayx>{_N})\s*[日号]
  | [去当]年\s*{_N}\s*月\s*{_N}\s*[日号]
  | (?:[次翌隔同昨今前]日|[昨今前隔转]天|[㐀-鿿]{{0,4}}第\s*(?![1一]\s*[天日]){_N}\s*[天日]|{_FEW}\s*[日天][以之]?后
      |[又再]?[过隔]了?\s*{_FEW}\s*[日天]|(?:半|{_FEW})\s*个?(?:月|周|星期|礼拜|年)[以之]?后|D(?:ay)?\s*\d+)
    (?:[上下中]午|[清早凌]晨|一?大?早上?|清早|晚[上间]?|夜[里间晚]?|[深半]夜|傍晚|午后|黄昏|天[亮黑]|晨)?
  | [次翌]晨
  | 月\s*{_N}\s*[日号]|{_N}\s*月[日号]
  )(?=\s|$|:)""",
    re.VERBOSE,
)
"""Days that only the day before tells, or half of which was left out: 月7日."""
_SEASON: Final = re.compile(
    rf"""\W*(?:
    (?:{words.TERM.pattern.removesuffix("(?![㐀-鿿])")}|五一|十一|[三六七八][一八]|(?:儿童|教师|植树|建[军党])节)节?
        (?:当[天日]|那天|前[一两]天|前[夕后]?|后|期间|假期|[长小]假)?
  | (?:[上下这本]个?|同)(?:周|星期|礼拜)[一二三四五六日天末]?|周末|年[初底末]|岁末
  | (?:{words.YEAR}\s*年\s*)?(?:{_N}?\s*月(?:[初中底末]|份?\s*[上中下]旬)|[上中下]旬)
  | (?:[鼠牛虎兔龙蛇马羊猴鸡狗猪]年)?(?:[正冬腊]月|{_N}月)?(?:初[一二三四五六七八九十]|廿[一二三四五六七八九])
  | (?:{words.YEAR}\s*年\s*)?第\s*{_N}\s*周[\s,]*(?:周|星期|礼拜)[一二三四五六日天]
  | 某[月日天]某?[日天]?|(?:{_N}\s*月\s*)?[某×xX]\s*[日号]|[(\[]?(?:日期不[详明]|[无缺未]注?日期)[)\]]?
  | (?:日期|时间)\s*:\s*(?:\d{{1,2}}\s*[日号]?|(?:周|星期|礼拜)[一二三四五六日天]|[无缺/?-]*|不[详明])
  | \d{{1,2}}\s*\.\s*\d{{1,2}}\s*[.,。、:][^\s,。]{{0,10}}|\d{{1,2}}\s*\.\s+\d{{1,2}}
  | 0[1-9](?:0[1-9]|[12]\d|3[01])(?=\s)
  )(?:\s+[^\s,。]{{1,10}})?\s*$""",
    re.VERBOSE,
)
"""A time by its name, which says no day: 清明节, 三月底, 国庆假期 值班."""
_MISTYPED: Final = re.compile(
    r"""\W*(?:[A-Z]|大?约|大概|[从自]|日期|时间|[一二三四五六七八九十]{1,2}\.)?\s*
    (?:(?P<year>[\dOoZzIl]{3,5}?)[\s年你连念./]{0,3})?(?P<month>1[0-2]|[1-9])\s*[月曰目]{1,2}[\s./]{0,2}
    (?P<day>[12]\d|3[01]|[1-9])\s*[日号曰目]{1,2}""",
    re.VERBOSE,
)
"""A day with a sign too few, too many or wrong, or behind a word: 2022 3月7日, 2022年3目7日, 约3月7日."""
_THING: Final = "楼炉井线机库仓棚院桥车厂泵塔门桩坝渠闸站船床台窑矿道路馆区段栋岗柜表梯田塘池地标厅病令文公"
"""Things, and papers, that have numbers: 1号楼."""
DAY_ALONE: Final = re.compile(
    rf"\s*(?:[-*•●○◆■□▪]\s+)?(?P<day>{_N})(?P<more>\s*(?:-{{1,2}}|~|[至到、和])\s*{_N}(?=\s?[日号两]))?(?:两?日|(?P<gap>\s)日(?=\s)|[号號](?![{_THING}])|(?<=\d)(?:st|nd|rd|th)\b|(?=\s*[(\[][一二三四五六日天][)\]]))"
)
"""A day, or several, that leave their month to a line above. Behind a space, 日 may be a Sunday: 6 日."""
_ANYWHERE: Final = re.compile(rf"(?P<month>{_N})\s*月(?:份?的)?\s*(?P<day>{_N})\s*[日号]")
_MOST_AROUND: Final = 6
"""Characters of words, with those of the day."""
_CLOSING: Final = re.compile("[」』”’》〉>]*")
_REST: Final = " ,.;:()[]|/。~-《》「」“”‘’\"'`=<>*#_§"
_SENTENCE: Final = re.compile("[,。!?;…]")


def lone_day(text: str, year: int | None) -> DateLine | None:
    """What a line says of a day of which it may be the heading; None where it holds no day, or more than that.

    ``year`` is the last one that a line above it says.
    """
    line = words.folded(text)
    if len(line.strip()) > LONGEST_TITLE:
        return None
    found = DateLine(kind=Kind.OFFER, written=text, is_whole=True)
    if (date := _DAY.match(line)) is not None:
        closed = _CLOSING.match(line, date.end())
        known, end, _ = facts_at(_numbers(found, date), text, line, closed.end() if closed else date.end())
        return known if date["alone"] or not line[end:].strip(_REST) else None
    if _SENTENCE.search(line):
        return None
    if (told := _TOLD.match(line)) is None:
        return _mistyped(found, text, _MISTYPED.match(line)) or _within(found, line)
    title = text[told.end() :].strip(" \u3000:：")
    if told["next"] and year is not None:
        found = replace(found, year=year + 1)
        month, day = told["monthx"], told["dayx"]
    else:
        month, day = told["month"], told["day"] or told["dayn"]
    return replace(
        found, month=words.number(month) if month else None, day=words.number(day) if day else None, title=title
    )


def names_time(text: str) -> DateLine | None:
    """What a line says that only names a time without its day: 清明节; None for any other."""
    is_named = len(text) <= LONGEST_TITLE and _SEASON.match(words.folded(text))
    return DateLine(kind=Kind.OFFER, written=text, is_whole=True) if is_named else None


def _mistyped(found: DateLine, text: str, date: re.Match[str] | None) -> DateLine | None:
    """What a line says whose day was mistyped, with its year only where that is whole."""
    if date is None:
        return None
    year = date["year"] or ""
    is_year = year.isdecimal() and len(year) == 4 and year[:2] in ("19", "20")
    title = text[date.end() :].strip(" \u3000:：")
    month, day = int(date["month"]), int(date["day"])
    return replace(found, year=int(year) if is_year else None, month=month, day=day, title=title)


def _within(found: DateLine, line: str) -> DateLine | None:
    """What a line says with a day among a few other characters: 那年3月7日, 至3月7日."""
    date = _ANYWHERE.search(line)
    if date is None or re.search(_OTHER, line) or len(re.sub(r"[\W\d]", "", line)) > _MOST_AROUND:
        return None
    return replace(found, month=words.number(date["month"]), day=words.number(date["day"]))


def _numbers(found: DateLine, date: re.Match[str]) -> DateLine:
    """The numbers of a match."""

    def value(*names: str) -> int | None:
        text = next((date[name] for name in names if date[name]), None)
        return None if text is None else words.number(text)

    if date["first"]:
        pairs = dict.fromkeys(((int(date["second"]), int(date["first"])), (int(date["first"]), int(date["second"]))))
        readings = ((int(date["third"]), month, day) for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31)
        return replace(found, readings=tuple(readings))
    weekday = date["weekday"] or date["weekdayw"]
    year = value("year", "yeard", "yearn")
    return replace(
        found,
        year=year + 2000 if year is not None and year < 100 else year,
        month=words.month_named(date["name"])
        if date["name"]
        else value("month", "monthd", "months", "monthh", "monthv", "monthb"),
        day=value("day", "dayd", "dayh", "dayv", "dayn", "days", "dayw", "dayb", "from", "alone"),
        end_month=value("monthto"),
        end_day=value("to", "dayto"),
        weekday="一二三四五六日".find(weekday.replace("天", "日")) if weekday else None,
    )
