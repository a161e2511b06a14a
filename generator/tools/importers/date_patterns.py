"""Days as they are written, as patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

from generator.tools.importers import date_words as words

_N, _Y, _M = words.NUMBER, words.YEAR, words.MONTH
_MIDDLE: Final = (
    r"(?:\s*[(\[][一二三四五六日天][)\]]|\s*[(\[]?(?:(?:星期|周|礼拜)[一二三四五六日天]|[上下]午|晚上?|早上?|[深半]?夜里?|凌晨|傍晚"
    r"|\d{1,2}(?::\d\d|[时点](?:\d{1,2}分?|半|整)?))[)\]]?){0,2}"
)
"""What may stand behind the first day of several."""
_AND: Final = rf"[和与及](?=\s*(?:{_N}\s*月\s*)?{_N}\s*[日号號])"
_SIGN: Final = rf"(?:[=_&+]|→)(?=\s*(?:{_N}\s*月\s*)?{_N}\s*[日号號])"
_TO: Final = rf"{_MIDDLE}\s*(?:-{{1,3}}|~{{1,3}}|{_SIGN}|至|到|、|{_AND}|,(?=\s*\d{{1,2}}[日号號])|/)\s*"
_NO_CLOCK: Final = r"(?!\d|:\d|[时点]|\s*(?:[~至到/-]+\s*-?\d{1,2}\s*)?(?:度|C\b))"
"""What does not follow the last day of several: 3月6日8:00-11:30 is one day, and so is 3月6日 -3~5度."""
_NO_NUMBER: Final = "(?![名个户人位条项家间场次日号號])"
"""The same behind a number that has no 日: 3月6日、7名党员."""
_BACKED: Final = rf"(?:[(\[]?(?:星期|周|礼拜)|[(\[][一二三四五六日天][)\]]|{words.HAS_SKY.pattern})"
"""What says that the numbers before it are a day."""
_SIGN_OF_DAY: Final = "(?:日(?!报(?!到|名|告)|常|语|间|程|用)|[号號](?![码召脉令文函台]|工单))"
"""What stands behind numerals, and begins no word as in 2022.3.5日常巡查."""
_UNREAD: Final = r"\d?[A-Za-z_?□]\d?\s*[日号號]"
"""What makes the number before it a part of one that cannot be read: 3月1S日."""
DATE: Final = re.compile(
    rf"""
    (?:(?P<year>{_Y})\s*[年./-]\s*\.?)? (?P<month>{_N}|元|[xX×]) \s*\.?\s*月(?:份)?\s*
        (?P<day>{_N}|[xX×])(?!{_UNREAD}|(?:\s+\d{{1,2}}(?!\d)){{2}})\s*[日号號]?
        (?:{_TO}(?:(?:(?P<year2>{_Y})\s*年\s*)?(?P<month2>{_N})\s*月\s*)?(?P<day2>{_N})(?:\s*[日号號]|{_NO_CLOCK}{_NO_NUMBER}))?
  | (?P<yeary>{_Y})\s*年\s*(?P<monthy>\d{{1,2}})(?:[./。]|-(?=\d{{1,2}}\s*{_BACKED}))(?P<dayy>\d{{1,2}})(?![\d.%])
        (?:{_TO}(?:(?P<monthy2>\d{{1,2}})[./。])?(?P<dayy2>\d{{1,2}})(?![\d.]){_NO_CLOCK})?
        (?=\s|$|\]|{_BACKED})(?!\s*{words.AMOUNT})
  | (?P<yeard>(?:19|20)\d\d)\s*(?P<sign>[./、。,-])\s*(?P<monthd>\d{{1,2}})\s*(?P=sign)\s*(?P<dayd>\d{{1,2}})(?!\d)
        {_SIGN_OF_DAY}?(?:{_TO}(?:(?:(?P<yeard2>(?:19|20)\d\d)[./-])?(?P<monthd2>\d{{1,2}})[./-])?(?P<dayd2>\d{{1,2}}){_NO_CLOCK})?
  | (?P<yearn>[12]\d)(?P<signn>[/-])(?P<monthn>0?[1-9]|1[0-2])(?P=signn)(?P<dayn>[1-9])(?=\s|$)
  | (?P<yearc>[12]\d)\.(?P<monthc>\d{{1,2}})\.(?P<dayc>\d{{1,2}})(?![\d.])
        (?=\s|$|\]|(?:星期|周|礼拜)|{words.HAS_SKY.pattern})
  | (?P<solid>(?:19|20)\d{{4,6}}|(?:19|20)\d\d[.年-]\d{{4}})(?!\d)
        (?:{_TO}(?P<solid2>(?:19|20)\d{{6}}|\d{{4}}|\d\d)(?!\d|[:时点]))?
  | (?P<monthp>\d{{1,2}})[.。](?P<dayp>\d{{1,2}})(?![\d.%]){_SIGN_OF_DAY}?
        (?:{_TO}(?:(?P<monthp2>\d{{1,2}})[.。])?(?P<dayp2>\d{{1,2}})(?![\d.]){_NO_CLOCK})?
        (?=\s|$|\]|{_BACKED}|\)\s*$)(?!\s*{words.AMOUNT})
  | (?P<first>\d{{1,2}})(?P<signs>[/-])(?P<second>\d{{1,2}})(?P=signs)(?P<third>\d{{2}}(?:\d\d)?)(?!\d)
  | (?P<monthr>\d{{1,2}})/(?P<dayr>\d{{1,2}})\s*(?:-|~|至|到)\s*(?:(?P<monthr2>\d{{1,2}})/)?
        (?P<dayr2>\d{{1,2}})(?![\d/.-])
        (?=\s|$)(?!\s*{words.AMOUNT})
  | (?P<months>\d{{1,2}})[/-](?P<days>\d{{1,2}})(?:(?:(?<=/\d)|(?<=/\d\d))[日号號])?(?![\d/.-])
        (?=\s|$)(?!\s*{words.AMOUNT})
  | (?P<alone>{_N})\s*[日号號](?:{_TO}(?P<alone2>{_N})\s*[日号號])?
        (?=\s*(?:$|[(\[]?(?:星期|周|礼拜)|{words.HAS_SKY.pattern}|(?:[上下中]午|早上?|晚上?|夜里?)\s*$))
    """,
    re.VERBOSE,
)
ENGLISH: Final = re.compile(
    rf"""
    (?:{words.WEEKDAY.pattern.replace("zh>", "zh0>").replace("en>", "en0>")},?\s+(?:the\s+)?)?
    (?: (?:(?P<yearf>(?:19|20)\d\d)[\s-]+)?(?P<name>{_M})[\s-]+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?
          (?:\s*(?:-|to)\s*(?:(?P<name2>{_M})\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?(?!\d)
          (?:,?\s+(?P<year>(?:19|20)\d\d))?
      | (?:the\s+)?(?P<dayb>\d{{1,2}})(?:st|nd|rd|th)?
          (?:\s*(?:-|to)\s*(?P<dayb2>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<nameb>{_M})
          (?:,?\s+(?P<yearb>(?:19|20)\d\d))?
      | (?P<dayc>\d{{1,2}})-?(?P<namec>{words.MONTH_NAME})-?(?P<yearc>(?:19|20)\d\d) )(?![\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SEVERAL: Final = (
    ("day", "day2", "month", "month2"),
    ("dayd", "dayd2", "monthd", "monthd2"),
    ("dayy", "dayy2", "monthy", "monthy2"),
    ("dayp", "dayp2", "monthp", "monthp2"),
    ("alone", "alone2", "month", "month2"),
)
"""The groups of patterns that hold the first day, the last one, and their months."""
_BETWEEN: Final = re.compile("[^~至到-]*[、,和与及/&+][^~至到-]*")
_MORE: Final = re.compile(rf"\s*[、,和与及]\s*(?:{words.NUMBER}\s*月\s*)?{words.NUMBER}\s*(?:[日号號]|(?=[\s、,]|$))")
_LAST_OF_MONTH: Final = 28


def is_listed(date: re.Match[str]) -> bool:
    """Whether a match names several days that are not next to each other, or more of them follow."""
    for first, last, month, month2 in _SEVERAL:
        if date[last] and _BETWEEN.fullmatch(date.string, date.end(first), date.start(last)):
            one, two = words.number(date[first]), words.number(date[last])
            over = words.number(date[month2]) - words.number(date[month]) if date[month2] else 0
            return not are_neighbours(one, two, over) or _MORE.match(date.string, date.end()) is not None
    return False


def are_neighbours(day: int, other: int, over: int) -> bool:
    """Whether a day comes next to another one, as far as their numbers and the months between them tell."""
    return other == day + 1 if over == 0 else over in (1, -11) and other == 1 and day >= _LAST_OF_MONTH
