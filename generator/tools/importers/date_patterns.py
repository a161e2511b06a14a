"""Days as they are written, as patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

from generator.tools.importers import date_words as words

_N, _Y, _M = words.NUMBER, words.YEAR, words.MONTH
_MIDDLE: Final = r"(?:\s*[(\[]?(?:(?:星期|周|礼拜)[一二三四五六日天]|上午|下午|晚上?|早上?)[)\]]?){0,2}"
"""What may stand behind the first day of several."""
_TO: Final = rf"{_MIDDLE}\s*(?:--?|~|至|到|、|,(?=\s*\d{{1,2}}[日号])|/)\s*"
DATE: Final = re.compile(
    rf"""
    (?:(?P<year>{_Y})\s*[年./-]\s*\.?)? (?P<month>{_N}|元|[xX×]) \s*\.?\s*月(?:份)?\s* (?P<day>{_N}|[xX×])\s*[日号]?
        (?:{_TO}(?:(?:(?P<year2>{_Y})\s*年\s*)?(?P<month2>{_N})\s*月\s*)?(?P<day2>{_N})\s*[日号]?(?!\d))?
  | (?P<yeard>(?:19|20)\d\d)\s*(?P<sign>[./、。,-])\s*(?P<monthd>\d{{1,2}})\s*(?P=sign)\s*(?P<dayd>\d{{1,2}})(?!\d)
        [日号]?(?:{_TO}(?:(?:(?P<yeard2>(?:19|20)\d\d)[./-])?(?P<monthd2>\d{{1,2}})[./-])?(?P<dayd2>\d{{1,2}})(?!\d))?
  | (?P<yearn>[12]\d)(?P<signn>[/-])(?P<monthn>0?[1-9]|1[0-2])(?P=signn)(?P<dayn>[1-9])(?=\s|$)
  | (?P<yearc>[12]\d)\.(?P<monthc>\d{{1,2}})\.(?P<dayc>\d{{1,2}})(?![\d.])
        (?=\s|$|\]|(?:星期|周|礼拜)|{words.HAS_SKY.pattern})
  | (?P<solid>(?:19|20)\d{{4,6}}|(?:19|20)\d\d\.\d{{4}})(?!\d)
  | (?P<monthp>\d{{1,2}})\.(?P<dayp>\d{{1,2}})(?![\d.%])
        (?:{_TO}(?:(?P<monthp2>\d{{1,2}})\.)?(?P<dayp2>\d{{1,2}})(?![\d.]))?
        (?=\s|$|\]|(?:星期|周|礼拜)|{words.HAS_SKY.pattern}|\)\s*$)(?!\s*{words.AMOUNT})
  | (?P<first>\d{{1,2}})(?P<signs>[/-])(?P<second>\d{{1,2}})(?P=signs)(?P<third>\d{{2}}(?:\d\d)?)(?!\d)
  | (?P<monthr>\d{{1,2}})/(?P<dayr>\d{{1,2}})\s*(?:-|~|至|到)\s*(?:(?P<monthr2>\d{{1,2}})/)?
        (?P<dayr2>\d{{1,2}})(?![\d/.-])
        (?=\s|$)(?!\s*{words.AMOUNT})
  | (?P<months>\d{{1,2}})[/-](?P<days>\d{{1,2}})(?![\d/.-])(?=\s|$)(?!\s*{words.AMOUNT})
  | (?P<alone>{_N})\s*[日号](?:{_TO}(?P<alone2>{_N})\s*[日号])?
        (?=\s*(?:$|[(\[]?(?:星期|周|礼拜)|{words.HAS_SKY.pattern}))
    """,
    re.VERBOSE,
)
ENGLISH: Final = re.compile(
    rf"""
    (?:{words.WEEKDAY.pattern.replace("zh>", "zh0>").replace("en>", "en0>")},?\s+(?:the\s+)?)?
    (?: (?P<name>{_M})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?
          (?:\s*(?:-|to)\s*(?:(?P<name2>{_M})\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?(?!\d)
          (?:,?\s+(?P<year>(?:19|20)\d\d))?
      | (?P<dayb>\d{{1,2}})(?:st|nd|rd|th)?
          (?:\s*(?:-|to)\s*(?P<dayb2>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<nameb>{_M})
          (?:,?\s+(?P<yearb>(?:19|20)\d\d))? )(?![\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)
