"""Reads one line: whether an entry begins with it, and what it says of its day."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers import date_words as words

LONGEST_TITLE: Final = 40


class Kind(StrEnum):
    """What a line is."""

    ENTRY = "entry"
    """An entry begins with it, and it says nothing else."""
    RUN_IN = "run_in"
    """An entry begins with it, and its text goes on in the same paragraph."""
    OFFER = "offer"
    """It begins with a day, and may be running text: nothing is cut here unless a person says so."""
    ASK = "ask"
    """An entry seems to begin here, but the day cannot be read."""
    PUBLISHED = "published"
    """It tells when the whole was published."""
    MONTH = "month"
    """It names a year, or a month, for the days below it."""


@frozen(kw_only=True)
class DateLine:
    """What a line says of a day. Numbers are None where it says nothing."""

    kind: Kind
    written: str
    """The line, or the part of it that says these things."""
    rest: str = ""
    """The running text behind it."""
    year: int | None = None
    mask: str = ""
    """A year with hidden digits, ``20xx``."""
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    readings: tuple[tuple[int | None, int, int], ...] = ()
    """Year, month and day where they can be read in several ways."""
    weekday: int | None = None
    lunar: tuple[int, int] | None = None
    count: int | None = None
    """The day of the campaign: 74 for 第74天."""
    part: str = ""
    weather: str = ""
    place: str = ""
    author: str = ""
    title: str = ""
    is_bare: bool = False
    """Whether the line says a day and nothing else: a day under a signature looks like that."""
    is_doubtful: bool = False
    """Whether its numbers may be no day at all: ``2.15``."""


_N, _Y, _M = words.NUMBER, words.YEAR, words.MONTH
_TO: Final = r"\s*(?:--?|~|至|到|、|,(?=\s*\d{1,2}[日号])|/)\s*"
_DATE: Final = re.compile(
    rf"""
    (?:(?P<year>{_Y})\s*[年./-]\s*)? (?P<month>{_N}|元|[xX×]) \s*月(?:份)?\s* (?P<day>{_N}|[xX×])\s*[日号]?
        (?:{_TO}(?:(?:(?P<year2>{_Y})\s*年\s*)?(?P<month2>{_N})\s*月\s*)?(?P<day2>{_N})\s*[日号]?(?!\d))?
  | (?P<yeard>(?:19|20)\d\d)\s*(?P<sign>[./-])\s*(?P<monthd>\d{{1,2}})\s*(?P=sign)\s*(?P<dayd>\d{{1,2}})(?!\d)[日号]?
        (?:{_TO}(?:(?:(?P<yeard2>(?:19|20)\d\d)[./-])?(?P<monthd2>\d{{1,2}})[./-])?(?P<dayd2>\d{{1,2}})(?!\d))?
  | (?P<solid>(?:19|20)\d{{4,6}})(?!\d)
  | (?P<monthp>\d{{1,2}})\.(?P<dayp>\d{{1,2}})(?![\d.%])
        (?:{_TO}(?:(?P<monthp2>\d{{1,2}})\.)?(?P<dayp2>\d{{1,2}})(?![\d.]))?
        (?=\s|$|\]|(?:星期|周|礼拜)|{words.HAS_SKY.pattern})
  | (?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-](?P<third>\d{{2}}(?:\d\d)?)(?!\d)
  | (?P<months>\d{{1,2}})[/-](?P<days>\d{{1,2}})(?![\d/.-])(?=\s|$)
  | (?P<alone>{_N})\s*[日号](?=\s*(?:$|[(\[]?(?:星期|周|礼拜)|{words.HAS_SKY.pattern}))
    """,
    re.VERBOSE,
)
_ENGLISH: Final = re.compile(
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
_OPENING: Final = re.compile(r"[\s(\[●•◆■□★☆▶►◎○※*#>~-]*")
_BEFORE: Final = re.compile(
    r"(?:第\s*(?P<count>\d{1,4}|[一二三四五六七八九十百零]{1,6})\s*天|Day\s*(?P<count2>\d{1,4})\b)[\s,.:、(\[-]*"
    r"|(?:日期|时间|记录时间|工作日期|Date|When)\s*:\s*|[A-Z][A-Za-z' ]{1,20}\s+-\s+|今天是\s*"
    r"|[㐀-鿿]{0,8}(?:日志|日记|手记|周记)[\s(\[:,-]+(?=[\d一二三四五六七八九十元])"
    r"|(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[\s,()-]+(?=[\d一二三四五六七八九十元])",
    re.IGNORECASE,
)
_MONTH_LINE: Final = re.compile(
    rf"(?:(?P<year>{_Y})\s*(?:年|[./-](?=\d)))?\s*(?:(?P<month>{_N})\s*(?:月(?:份)?)?)?(?P<rest>[^,。]{{0,20}})$"
)
_PLACE_WORD: Final = re.compile(r"[㐀-鿿]{2,8}(?=\s+\S)")
_SEPARATORS: Final = re.compile(r"[\s,.;:()\[\]|/。·~-]+")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_PUBLISHED: Final = re.compile(
    r"来源|作者|编辑|发布|浏览|阅读|点击|字号|原创|责编|转载"
    r"|[^\s,。]{1,12}(?:网|报|社|电视台|电台|客户端|公众号|在线|新闻|融媒体?|中心)$"
)
_NEVER_AFTER: Final = re.compile(
    r"(?:起|以来|以前|之前|以后|之后|前后|前|后|至今|开始|当天|当日|是|在|由|的(?!\s*第)|召开|收到|凌晨(?!$)|左右|,?截至|为止|报道|电|讯)"
)
_CAPTION: Final = re.compile(r"(?:摄|摄影)\s*[)。.]*\s*$|\([^()]*摄\)\s*。?$")
_EDGES: Final = " ,.;:()[]|/。~-"
_AROUND: Final = " \u3000\xa0,:，：|、-—·"
_LONGEST_PUBLICATION: Final = 100
_SENTENCE: Final = re.compile(r"[。!?;…]|\.(?=\s|$)")
_WEEKDAY_ONLY: Final = re.compile(r"[\s(\[]*(?:(?:星期|周|礼拜)[一二三四五六日天]|[A-Z][a-z]+day\b)")
_HIDDEN: Final = re.compile(r"(?:19|20)[\dxX×*][xX×*]\s*年\s*[xX×*]{1,2}\s*月")
_NAMED: Final = re.compile(r"[㐀-鿿]{2,4}\s+(?=\d{1,2}\.\d{1,2}\s)")
_WITHIN: Final = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{2}(?:\d\d)?)\b")


def read(text: str) -> DateLine | None:
    """What a line or a paragraph says of a day; None where no entry can begin with it."""
    line = words.folded(text)
    at = _OPENING.match(line).end()  # type: ignore[union-attr]
    found = DateLine(kind=Kind.ENTRY, written=text)
    is_labelled = False
    while before := _BEFORE.match(line, at):
        if count := before["count"] or before["count2"]:
            found = replace(found, count=words.number(count))
        if before["weekday"]:
            found = replace(found, weekday="一二三四五六日".find(before["weekday"].replace("天", "日")))
        is_labelled, at = True, before.end()
    if _CAPTION.search(line) and not is_labelled:
        return None
    named = _NAMED.match(line, at)
    date = _DATE.match(line, named.end() if named else at)
    english = None if date else _ENGLISH.match(line, at)
    if date is None and english is None:
        return _undated(text, line)
    known = _numbers(found, date) if date else _english(found, english)  # type: ignore[arg-type]
    if known is None:
        return None
    end = (date or english).end()  # type: ignore[union-attr]
    if named:
        known = replace(known, author=text[at : named.end()].strip(), is_doubtful=True)
    if "今天是" in line[:at]:
        return replace(known, kind=Kind.OFFER)
    return _judged(known, text, line, end)


def _undated(text: str, line: str) -> DateLine | None:
    """A line that names no day that can be read."""
    if hidden := _HIDDEN.match(line):
        return DateLine(kind=Kind.ASK, written=text, mask=hidden[0][:4])
    if _WEEKDAY_ONLY.match(line):
        weekday = words.WEEKDAY.search(line)
        return DateLine(
            kind=Kind.ASK, written=text, weekday=words.weekday(weekday) if weekday else None, is_doubtful=True
        )
    if (within := _WITHIN.search(line)) and within.start() < LONGEST_TITLE:
        return DateLine(kind=Kind.OFFER, written=text, readings=_readings(*within.groups()))
    month = _MONTH_LINE.match(line.strip())
    if month and (month["year"] or (month["month"] and "月" in line[: month.start("rest")])):
        year = words.number(month["year"]) if month["year"] and month["year"][-1] not in "xX" else None
        value = words.number(month["month"]) if month["month"] and "月" in line[: month.end()] else None
        if value is None or 1 <= value <= 12:
            return DateLine(kind=Kind.MONTH, written=text, year=_full(year), month=value)
    return None


def _full(year: int | None) -> int | None:
    return year + 2000 if year is not None and year < 100 else year


def _numbers(found: DateLine, date: re.Match[str]) -> DateLine | None:
    if date["solid"]:
        return _solid(found, date["solid"])
    if date["first"]:
        return replace(found, kind=Kind.ASK, readings=_readings(date["first"], date["second"], date["third"]))
    if date["alone"]:
        return replace(found, day=words.number(date["alone"]))
    if "x" in f"{date['month']}{date['day']}".lower().replace("×", "x"):
        return replace(found, kind=Kind.ASK, mask=(date["year"] or "")[:4])

    def value(*names: str) -> int | None:
        text = next((date[name] for name in names if date[name]), None)
        return None if text is None else 1 if text == "元" else words.number(text)

    year = date["year"] or date["yeard"]
    is_masked = year is not None and year[-1] in "xX×*"
    return replace(
        found,
        year=None if year is None or is_masked else _full(words.number(year)),
        mask=year if is_masked and year else "",
        month=value("month", "monthd", "monthp", "months"),
        day=value("day", "dayd", "dayp", "days"),
        end_year=value("year2", "yeard2"),
        end_month=value("month2", "monthd2", "monthp2"),
        end_day=value("day2", "dayd2", "dayp2"),
        is_doubtful=bool(date["monthp"] or date["months"]),
    )


def _solid(found: DateLine, digits: str) -> DateLine | None:
    """Digits whose dots were lost: ``20180224``, ``2018224``."""
    year, rest = int(digits[:4]), digits[4:]
    cuts = [(rest[:2], rest[2:])] if len(rest) == 4 else [(rest[:at], rest[at:]) for at in range(1, len(rest))]
    pairs = [(int(m), int(d)) for m, d in cuts if _can_be(m, d) and (m[0] != "0" or len(rest) == 4)]
    if not pairs:
        return None
    if len(pairs) > 1:
        return replace(found, kind=Kind.ASK, readings=tuple((year, m, d) for m, d in pairs))
    return replace(found, year=year, month=pairs[0][0], day=pairs[0][1], is_doubtful=len(rest) < 4)


def _can_be(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and len(day) <= 2


def _readings(first: str, second: str, third: str) -> tuple[tuple[int | None, int, int], ...]:
    year = int(third) + (2000 if len(third) == 2 else 0)
    pairs = [(int(first), int(second)), (int(second), int(first))]
    return tuple((year, month, day) for month, day in dict.fromkeys(pairs) if 1 <= month <= 12 and 1 <= day <= 31)


def _english(found: DateLine, date: re.Match[str]) -> DateLine:
    name, day, year = (date["name"] or date["nameb"]), (date["day"] or date["dayb"]), (date["year"] or date["yearb"])
    last = date["day2"] or date["dayb2"]
    weekday = words.WEEKDAY.search(date[0]) if date["en0"] else None
    return replace(
        found,
        year=int(year) if year else None,
        month=words.month_named(name),
        day=int(day),
        end_month=words.month_named(date["name2"]) if date["name2"] else None,
        end_day=int(last) if last else None,
        weekday=words.weekday(weekday) if weekday else None,
    )


def _judged(found: DateLine, text: str, line: str, end: int) -> DateLine | None:
    """Whether what follows the day leaves it a date line."""
    known, at, is_strong = _tail(found, text, line, end)
    if known.kind is Kind.ASK:
        return known
    if known.year and _is_publication(line[end:].strip()):
        return replace(known, kind=Kind.PUBLISHED)
    rest, title = line[at:], text[at:].strip(" \u3000\xa0")
    if not rest.strip(_EDGES):
        return replace(known, is_bare=not is_strong)
    is_short = len(title) <= LONGEST_TITLE and not _SENTENCE.search(rest)
    gap = line[end : end + 1]
    run_in = replace(known, kind=Kind.RUN_IN, written=text[:at], rest=text[at:].lstrip(" :：,，"))
    if is_strong or gap == "]" or (gap == ":" and not is_short):
        return _titled(known, title) if is_short and title[0] not in '“"' else run_in
    is_running = gap in (",", ";") or _NEVER_AFTER.match(line, end) or (known.part and rest.startswith(","))
    if is_running or _goes_on(rest) or (not is_short and (gap not in (" ", ":", "|") or known.is_doubtful)):
        return replace(known, kind=Kind.OFFER)
    return _titled(known, title) if is_short else run_in


def _is_publication(behind: str) -> bool:
    """Whether what stands behind a day and its year says that something was published then."""
    if len(behind) > _LONGEST_PUBLICATION:
        return False
    after = _CLOCK.sub("", behind, count=1).strip()
    return bool(_PUBLISHED.search(after)) or (not after and bool(_CLOCK.match(behind)))


def _goes_on(rest: str) -> bool:
    """Whether the words behind a day go on in lower case, as those of an English sentence do."""
    return bool(re.match(r"\s*,?\s*[a-z]", rest))


def _titled(found: DateLine, title: str) -> DateLine:
    """The line with what is left of it as place or title."""
    title = title.strip(_AROUND if "（" in title or "(" in title else f"{_AROUND})）】]")
    title = " ".join(filter(None, (found.title, title)))
    if title in words.PLACES or words.PLACE.fullmatch(title):
        return replace(found, place=found.place or title)
    return replace(found, title=title)


def _tail(found: DateLine, text: str, line: str, at: int) -> tuple[DateLine, int, bool]:
    """Weekday, weather, lunar day and the like behind a day; where they end, and whether one of them makes it sure."""
    is_strong = False
    while at < len(line):
        gap = _SEPARATORS.match(line, at)
        start = gap.end() if gap else at
        if (match := words.WEEKDAY.match(line, start)) and found.weekday is None:
            found, is_strong = replace(found, weekday=words.weekday(match)), True
        elif (match := words.LUNAR.match(line, start)) and found.lunar is None:
            found, is_strong = replace(found, lunar=words.lunar(match)), True
        elif (match := words.WEATHER.match(line, start)) and not found.weather:
            found, is_strong = replace(found, weather=text[start : match.end()].strip()), True
        elif (match := words.COUNT.match(line, start)) and not found.title:
            count = words.number(match[1] or match[2])
            found, is_strong = replace(found, count=count, title=text[start : match.end()]), True
        elif match := words.TERM.match(line, start):
            is_strong = True
        elif (match := words.PART.match(line, start)) and not found.part and _ends_word(line, match.end()):
            found = replace(found, part=match.lastgroup or "")
        elif gap and not found.place and (match := _place_between(line, start, is_strong=is_strong)):
            found = replace(found, place=match[0])
        else:
            break
        at = match.end()
    return found, at, is_strong


def _place_between(line: str, at: int, *, is_strong: bool) -> re.Match[str] | None:
    """A place with a weekday or the weather behind it."""
    match = _PLACE_WORD.match(line, at)
    if match is None or not (is_strong or match[0] in words.PLACES):
        return None
    behind = match.end() + 1
    return match if words.WEATHER.match(line, behind) or words.WEEKDAY.match(line, behind) else None


def _ends_word(line: str, at: int) -> bool:
    return at == len(line) or not line[at].isalpha() or line[at] > "\u3000"


def extension(text: str) -> DateLine | None:
    """What a line below a date line adds to it: a weekday, the weather, a place, who wrote it; None for any other."""
    line = words.folded(text).strip()
    if len(line) > LONGEST_TITLE:
        return None
    label = words.LABEL.match(line)
    if label and (colon := re.compile(r"\s*:\s*").match(line, label.end())):
        value = text.strip()[colon.end() :].strip()
        said = dict.fromkeys(("place", "weather", "author"), "") | {str(label.lastgroup): value}
        known = DateLine(kind=Kind.ENTRY, written=text)
        found = replace(known, place=said["place"], weather=said["weather"], author=said["author"])
        return None if found == known else found
    if line in words.PLACES:
        return DateLine(kind=Kind.ENTRY, written=text, place=line)
    found, at, is_strong = _tail(DateLine(kind=Kind.ENTRY, written=text), text.strip(), line, 0)
    return found if is_strong and not line[at:].strip(" ,.;()|。") and not found.count else None
