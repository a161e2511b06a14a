"""Reads one line: whether an entry begins with it, and what it says of its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generator.tools.importers import date_words as words
from generator.tools.importers.date_facts import LONGEST_TITLE, SEPARATORS, DateLine, Kind, facts_at, is_fact, place_in
from generator.tools.importers.date_numbers import full_year, readings, said_by, up_to
from generator.tools.importers.date_patterns import DATE, ENGLISH
from generator.tools.importers.labels import without_label
from generator.tools.importers.named_years import named_years
from generator.tools.importers.publication import CLOCK, EDGES, OUTLET, is_publication, published

_OPENING: Final = re.compile(
    r"(?:[\s(\[※*#>~@'‘’-]|\.(?=\s)|(?![☀-☄☔⛄-⛈❄❶-➓])[\u2022-\u2043\u2190-\u21ff\u2580-\u27bf\u2b00-\u2bff\U0001f4c5-\U0001f4dd])*"
)
"""Signs with which a line is adorned; those of the weather say something, and digits in circles are numbers."""
_DATE_LABEL: Final = re.compile(rf"(?:{words.DATE_NAME}|Date|When)(?:\s*:\s*|\s+(?=[\d〇二]))", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"(?:第\s*(?P<count>\d{1,4}|[一二三四五六七八九十百零]{1,6})\s*天|(?:Day\s*|D)(?P<count2>\d{1,4})\b)[\s,.:、|()\[\]/-]*"
    rf"|{_DATE_LABEL.pattern}|[A-Z][A-Za-z' ]{{1,20}}\s+-\s+|今天是\s*|[公西]元\s*(?=[\d一二])"
    r"|(?:第\s*(?:\d{1,4}|[一二三四五六七八九十百零]{1,6})\s*[周篇期则站次章节回]|[篇其之][一二三四五六七八九十]{1,3}"
    r"|No\.?\s*\d{1,4})[\s,.:、|()\[\]-]*"
    r"|[㐀-鿿]{0,8}(?:日志|日记|手记|周记|周志|月志)[\s(\[]*(?:之?[一二三四五六七八九十]{1,3}|\d{1,3})?[\s()\[\]:,、-]+(?=[\d一二三四五六七八九十元])",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)、]|[①-⑳❶-➓]|\d{1,3}\.(?=\s*(?:\d{1,2}(?:月|\s*月\s*[\d一二三四五六七八九十])|(?:19|20)\d\d)))\s*"
)
"""The number of a point in a list; that of 3.6 月度例会 is a month."""
_MONTH_LINE: Final = re.compile(
    rf"(?:(?!\d{{4}}|[一二]...(?=\s*年))|(?={words.NAMED_YEAR.pattern})(?!....年?\s*[~至到-]\s*\d{{4}}))(?:(?P<year>{words.YEAR})\s*(?:年|[./-](?=\d)))?\s*(?:(?P<month>{words.NUMBER})\s*(?:月(?:份)?)?)?(?P<rest>(?![日号](?:\s|$))[^,。]{{0,20}})$"
)
_MONTH_BEHIND: Final = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>[1-9]|1[0-2])\s*月(?:份)?[\s)\]]*$")
_MONTH_NAMED: Final = re.compile(rf"[(\[](?P<month>{words.NUMBER})\s*月(?:份)?[)\]]\s*$")
"""The month of what is so called: 驻村日记（六月）."""
_FRAMED: Final = re.compile(rf"\W*(?:{words.YEAR}\s*年\W*)?(?:{words.NUMBER}\s*月(?:份)?\W*)?")
_CLOCKS: Final = re.compile(rf"(?:{CLOCK.pattern})(?:\s*(?:--?|~|至|到)\s*(?:{CLOCK.pattern}))?[\s,、:]*")
_WHOLE: Final = re.compile(
    rf"{words.YEAR}\s*年\s*{words.NUMBER}\s*月\s*{words.NUMBER}\s*[日号]"
    r"|(?<![\d.])(?:19|20)\d\d\s*(?P<between>[./、。-])\s*\d{1,2}\s*(?P=between)\s*\d{1,2}(?![\d.])"
)
_WRITTEN: Final = "录入|誊[清写抄正录]?|抄[清正]|成文|定稿|修订|[归存]档|制表|填报|报送|上报|起草|草拟"
_DONE: Final = rf"{_WRITTEN}|整理|汇总|汇编|打印|[编翻]印|[再重出]版"
_PRINTED: Final = re.compile(
    rf"(?:{words.PART.pattern}|[早晚])?(?:(?P<sure>印[发制]?|制发|刊发|发布|发)|{_DONE})[。.]?\s*$"
)
"""What was done with the paper on a day: 2022年6月7日印发. Some of it may have been the work of that day."""
_COMPILED: Final = re.compile(rf"(?:春|夏|秋|冬|[上下]半年)?(?:印[发制]?|{_DONE})(?:成册|本|版)?[。.]?")
"""The same in a year, behind it: 2023年汇编."""
_SINCE: Final = re.compile(r"\s*(?:起|开始)(?:至今)?\s*[)\]]*\s*$")
"""What makes a day that from which something goes: 2020-12-01 起."""
_NOTE: Final = re.compile(r"\s*(?:更正|勘误|追记|附记|批注|注)\s*:")
"""What was written below a text later."""
_NEVER_AFTER: Final = re.compile(
    r"(?:起|以来|以前|之前|以后|之后|前后|前|后|至今|开始|当天|当日|是|在|由|的(?!\s*第)|截?止|召开|收到|凌晨(?!$)|左右|,?截至|为止|报道|电|讯|[至到]\s*$)"
)
_SLIP: Final = re.compile(
    rf"\s*(?P<year>[03-9]\d{{3}}|1[0-8]\d\d|2[1-9]\d\d)\s*年\s*(?P<month>{words.NUMBER})\s*月\s*(?P<day>{words.NUMBER})\s*[日号]"
)
_DIGITS: Final = re.compile(
    r"\s*(?P<year>[12]\d)?(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    rf"(?=\s*$|\s+(?:星期|周|礼拜|{words.HAS_SKY.pattern}|(?(year)(?!{words.AMOUNT})[㐀-鿿]|$)))"
)
_BROKEN: Final = re.compile(r"\s*(?:19|20)\d\d\s*年\s*\d{1,4}\s*[日号]\s*(?:$|[(\s])")
"""2022年36日."""
_APPOINTED: Final = re.compile(r"\s*\d{1,2}[点时](?:\d{1,2}分?|半|整)?[㐀-鿿]{2}")
"""When something is to be: 早上6点集合."""
_CAPTION: Final = re.compile(r"(?:摄|摄影)\s*[)。.]*\s*$|\([^()]*摄\)\s*。?$")
_AROUND: Final = " \u3000\xa0,:，：|｜、-—·/／~～…_＿*＊+＋"
_SHORTEST_MONTH: Final = 28
_EMPTY: Final = re.compile(r"[（(〔【\[]\s*[）)〕】\]]")
_CLOSED: Final = re.compile(r"[!?;…]|\]\].*\[\[|。(?!\s*\d)|,.*,")
_OF_PAPER: Final = re.compile(
    r"(?:制表|发布|印发|报送|打印|更新|整理|截至|截止)(?:时间|日期)?\s*:?\s*[\d一二]|[日号]\s*出?生(?![㐀-鿿])"
)
_FILLED_IN: Final = re.compile(r"填[报表写](?:时间|日期)")
"""What a form says besides the day of the work; it may be that day where nothing else is one."""
_WRAPPED: Final = re.compile(r"[（(【\[]([^（）()【】\[\]]+)[）)】\]]")
"""A title in brackets of its own."""
_SENTENCE: Final = re.compile(r"[。!?;…]|\.(?=\s|$)")
_WEEKDAY_ONLY: Final = re.compile(
    r"[\s(\[]*(?:(?:星期|周|礼拜)[一二三四五六日天]|[A-Z][a-z]+day\b|(?i:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.?\s*$)"
)
_HIDDEN: Final = re.compile(r"(?:19|20)[\dxX×*][xX×*]\s*年\s*[xX×*]{1,2}\s*月")
_UNFILLED: Final = re.compile(
    rf"(?:(?P<year>{words.YEAR})\s*年\s*)?(?P<month>{words.NUMBER})\s*月(?:\s*[_?…□]+\s*|\s+|\s*\d?[A-Za-z_?□]\d?\s*)[日号](?=\s|$)"
)
"""A day that was never filled in, or scanned badly: 3月__日, 3月S日."""
_OF_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*")
_BRIEF_TITLE: Final = re.compile(r"\s+[㐀-鿿]{1,10}\s*")
_SHORT_WEEKDAY: Final = re.compile(
    rf"\s*[(\[](?P<zh>[一二三四五六日天])[)\]]|\s+(?P<free>[一二三四五六日天])(?=\s+{words.HAS_SKY.pattern}|\s*$)"
)
_EVENTS: Final = frozenset(("降温", "寒潮", "高温", "结冰", "台风"))
"""Weather that may be what a title is about."""
_ANOTHER: Final = re.compile(
    rf"\s{words.NUMBER}\s*月\s*{words.NUMBER}\s*[日号](?=\s|$)|;\s*{words.NUMBER}\s*月\s*{words.NUMBER}\s*[日号]\s*:"
    rf"|^\W{{0,4}}(?:或者?|又|并)?\s*(?:\d{{1,2}}\s*[月.、,/])*\s*{words.NUMBER}\s*[日号](?=\W|\d|$)"
)
_WEEKDAYS: Final = re.compile(
    r"\s*[(\[]?(?:星期|周|礼拜)([一二三四五六日天])[)\]]?\s*(?:[~-]{1,3}|至|到)\s*[(\[]?(?:星期|周|礼拜)?([一二三四五六日天])(?=\W|$)[)\]]?"
)
"""A day, and how far it goes by weekdays: 3月7日 周一至周三."""
_WEEKDAYS_BEFORE: Final = re.compile(
    r"(?:\s*(?:[、,/和与及至到~]|-{1,2})\s*(?:星期|周|礼拜)?[一二三四五六日天])+(?=\s*(?:[(\[]\s*)?\d)"
)
"""The weekdays behind the first one, in front of several days: 周四、周五（4月20日、21日）."""
_NAMED: Final = re.compile(r"[㐀-鿿]{2,4}\s+(?=\d{1,2}\.\d{1,2}\s)")
_WITHIN: Final = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{2}(?:\d\d)?)\b")


def read(text: str) -> DateLine | None:
    """What a line or a paragraph says of a day; None where no entry can begin with it."""
    line = words.folded(text)
    if told := published(text, line):
        return told
    found = _read(text, line)
    if (found is None or found.kind is Kind.OFFER) and _is_heading(line) and (whole := _WHOLE.search(line)):
        # Whatever stands around its day, nobody passes over such a line.
        date = DATE.match(line, whole.start())
        known = found or (said_by(DateLine(kind=Kind.OFFER, written=text), date) if date else None)
        if known is None:
            return None
        title = known.title or _EMPTY.sub(" ", f"{text[: whole.start()]} {text[whole.end() :]}")
        return replace(_titled(replace(known, title=""), without_label(title)), is_whole=not _FILLED_IN.search(line))
    return _near(text, line) or found if found is None or found.kind is Kind.MONTH else found


def _near(text: str, line: str) -> DateLine | None:
    """A line that is nearly a day: a year of another millennium, digits without signs, a sign too many."""
    found = DateLine(kind=Kind.OFFER, written=text, is_whole=True)
    if len(line.strip()) > LONGEST_TITLE:
        return None
    if slip := _SLIP.match(line):
        years = [swapped for swapped in _swapped(slip["year"]) if swapped[:2] in ("19", "20")]
        month, day = words.number(slip["month"]), words.number(slip["day"])
        is_day = 1 <= month <= 12 and 1 <= day <= 31
        return replace(found, readings=tuple((int(year), month, day) for year in years) if is_day else ())
    if solid := _DIGITS.match(line):
        year = int(solid["year"]) if solid["year"] else None
        return replace(found, year=full_year(year), month=int(solid["month"]), day=int(solid["day"]))
    return found if _BROKEN.match(line) else None


def _swapped(year: str) -> Iterator[str]:
    """The year, and what it is with two digits changed for each other."""
    yield year
    yield from (f"{year[:at]}{year[at + 1]}{year[at]}{year[at + 2 :]}" for at in range(3))


def _is_heading(line: str) -> bool:
    """Whether a line is no running text, as far as its shape says so."""
    is_short = len(line.strip()) <= LONGEST_TITLE and not _CLOSED.search(line)
    return is_short and not _CAPTION.search(line) and not _OF_PAPER.search(line)


def _read(text: str, line: str) -> DateLine | None:
    at = _OPENING.match(line).end()  # type: ignore[union-attr]
    number = _NUMBER.match(line, at)
    at = number.end() if number else at
    found, start = _labelled(DateLine(kind=Kind.ENTRY, written=text), line, at)
    if _CAPTION.search(line) and start == at:
        return None
    found, at, is_sure = _head(found, text, line, start)
    named = _NAMED.match(line, at)
    date = DATE.match(line, named.end() if named else at)
    english = None if date else ENGLISH.match(line, at)
    if date is None and english is None:
        return _undated(text, line)
    known = said_by(found, date or english)  # type: ignore[arg-type]
    if known is None:
        return None
    end = (date or english).end()  # type: ignore[union-attr]
    if known.weekday is None and (short := _SHORT_WEEKDAY.match(line, end)):
        known, end = (
            replace(known, weekday="一二三四五六日".find((short["zh"] or short["free"]).replace("天", "日"))),
            short.end(),
        )
    if known.day and not known.end_day and (weekdays := _WEEKDAYS.match(line, end)):
        known, end = (
            _until(known, *("一二三四五六日".find(one.replace("天", "日")) for one in weekdays.groups())),
            weekdays.end(),
        )
    known, end = up_to(known, line, end)
    if named:
        known = replace(known, author=text[at : named.end()].strip(), is_doubtful=True)
    if "今天是" in line[:at] or (known.year and words.PAPER_NUMBER.match(line, end)):
        return replace(known, kind=Kind.OFFER)
    judged = _judged(known, text, line, end)
    if judged and number and judged.title + judged.rest and not judged.is_backed:
        # The points of a plan have days, too.
        return replace(judged, kind=Kind.OFFER, is_numbered=True)
    is_bare = judged is not None and judged.is_bare and not is_sure
    return replace(judged, is_bare=is_bare, is_numbered=number is not None) if judged else None


def _until(found: DateLine, first: int, last: int) -> DateLine:
    """The line with the last of its days, by their weekdays; listed where that may be in another month."""
    end = (found.day or 0) + (last - first) % 7
    is_plain = first != last and end <= _SHORTEST_MONTH
    return replace(found, weekday=first, end_day=end if is_plain else None, is_listed=not is_plain)


def _labelled(found: DateLine, line: str, at: int) -> tuple[DateLine, int]:
    """What announces a day: a label, the number of the day, the name of the diary."""
    while before := _BEFORE.match(line, at):
        if count := before["count"] or before["count2"]:
            found = replace(found, count=words.number(count))
        at = before.end()
    return found, at


def _head(found: DateLine, text: str, line: str, at: int) -> tuple[DateLine, int, bool]:
    """What stands in front of a day instead of behind it; nothing where no day follows."""
    known, end, is_sure = facts_at(found, text, line, at)
    more = _WEEKDAYS_BEFORE.match(line, end) if known.weekday is not None else None
    end = more.end() if more else end
    gap = SEPARATORS.match(line, end)
    start = gap.end() if gap else end
    label = _DATE_LABEL.match(line, start)
    start = label.end() if label else start
    is_before = end > at and (DATE.match(line, start) or ENGLISH.match(line, start))
    return (known, start, is_sure) if is_before else (found, at, False)


def _undated(text: str, line: str) -> DateLine | None:
    """A line that names no day that can be read."""
    if hidden := _HIDDEN.match(line):
        return DateLine(kind=Kind.ASK, written=text, mask=hidden[0][:4])
    start = _OPENING.match(line).end()  # type: ignore[union-attr]
    if unfilled := _UNFILLED.match(line, start):
        year = full_year(words.number(unfilled["year"])) if unfilled["year"] else None
        return DateLine(kind=Kind.ASK, written=text, year=year, month=words.number(unfilled["month"]))
    of_year = _OF_YEAR.match(line, start)
    unread = DateLine(kind=Kind.ASK, written=text, is_doubtful=True)
    known, end, _ = facts_at(unread, text, line, of_year.end() if of_year else start)
    rest = line[end:].strip(EDGES)
    if known.lunar and known.lunar[0] and (not rest or _BRIEF_TITLE.fullmatch(line, end)):
        title = text[end:].strip() if rest else known.title
        return replace(known, year=words.number(of_year["year"]) if of_year else None, title=title)
    if _WEEKDAY_ONLY.match(line):
        weekday = words.WEEKDAY.search(line)
        return DateLine(
            kind=Kind.ASK, written=text, weekday=words.weekday(weekday) if weekday else None, is_doubtful=True
        )
    if (within := _WITHIN.search(line)) and within.start() < LONGEST_TITLE:
        return DateLine(kind=Kind.OFFER, written=text, readings=readings(*within.groups()))
    # （2022年3月编印） tells of something else.
    is_framed = line[:start].strip(" ([") or _FRAMED.fullmatch(line)
    return _month(text, line[start if is_framed else 0 :].strip())


def _month(text: str, line: str) -> DateLine | None:
    """A line that names a year, or a month, for the days below it."""
    month = _MONTH_LINE.match(line)
    if month and month["year"] and _COMPILED.fullmatch(month["rest"].strip()):
        return None
    if month and (month["year"] or (month["month"] and "月" in line[: month.start("rest")])):
        year = words.number(month["year"]) if month["year"] and month["year"][-1] not in "xX" else None
        value = words.number(month["month"]) if month["month"] and "月" in line[: month.end()] else None
        # 2016年获奖 tells of that year, and is no heading of it; nor is a line with another year: 2019年项目2022年日志.
        behind = line[month.end("year") :]
        is_only = value is not None or year is None
        is_heading = is_only or (named_years(f"{full_year(year)}{behind}") == {full_year(year)} and _is_one(behind))
        if is_heading and (value is None or 1 <= value <= 12):
            return DateLine(kind=Kind.MONTH, written=text, year=full_year(year), month=value)
    if (of_name := _MONTH_NAMED.search(line)) and named_years(f"{line[: of_name.start()]}(2000年)"):
        return DateLine(kind=Kind.MONTH, written=text, month=words.number(of_name["month"]))
    behind_name = month_behind(text)
    is_named = behind_name is not None and named_years(line) == {behind_name.year}
    return behind_name if is_named else None


def month_behind(text: str) -> DateLine | None:
    """The month at the end of a name, for the days below it: 交班本 2022年3月. The year may be that of anything."""
    line = words.folded(text).strip()
    found = _MONTH_BEHIND.search(line) if len(line) <= LONGEST_TITLE else None
    if found is None:
        return None
    return DateLine(kind=Kind.MONTH, written=text, year=int(found["year"]), month=words.number(found["month"]))


def _is_one(behind: str) -> bool:
    """Whether no other year, of two digits, stands behind the year of a heading."""
    return re.search(r"(?<!\d)\d\d\s*年", behind) is None


def _judged(found: DateLine, text: str, line: str, end: int) -> DateLine | None:
    """Whether what follows the day leaves it a date line."""
    known, at, is_strong = facts_at(found, text, line, end)
    if known.kind is Kind.ASK:
        return known
    if other := _otherwise(known, text, line, end, at):
        return other
    rest, title = line[at:], text[at:].strip(" \u3000\xa0")
    if known.year and not known.end_day and is_publication(line[end:].strip()):
        return replace(known, kind=Kind.PUBLISHED, is_bare=CLOCK.fullmatch(line[end:].strip()) is not None)
    if known.year and len(rest) <= LONGEST_TITLE and OUTLET.search(CLOCK.sub("", line[end:].strip(), count=1)):
        return replace(_titled(known, title), kind=Kind.PUBLISHED, is_doubtful=True)
    if not rest.strip(EDGES):
        return replace(known, is_bare=not is_strong)
    is_short = len(title) <= LONGEST_TITLE and not _SENTENCE.search(rest) and not words.CONTENT.search(rest)
    if known.part and words.PART.search(line, at):
        # 上午开会 下午入户: it is about the whole day.
        known, title = replace(known, part=""), text[words.PART.search(line, end).start() :].strip()  # type: ignore[union-attr]
    # A second day begins in the line: 3月5日 下地 3月6日 看水.
    known = replace(known, is_listed=known.is_listed or _ANOTHER.search(rest) is not None)
    gap = line[at : at + 1] if known.part else line[end : end + 1]
    behind = text[at:].lstrip(" :：,，。;；)）]】")
    run_in = replace(known, kind=Kind.RUN_IN, written=text[: len(text) - len(behind)].rstrip(), rest=behind)
    if is_strong or gap in ("]", "。") or (gap in (":", ";") and not is_short):
        return _titled(known, title) if is_short and title[0] not in '“"' else run_in
    is_running = (
        (gap in (",", ";") and not rest.startswith(",,"))
        or _APPOINTED.match(rest)
        or _NEVER_AFTER.match(line, end)
        or (known.part and rest.startswith(","))
    )
    if is_running or _goes_on(rest) or (not is_short and (gap not in (" ", ":", "|") or known.is_doubtful)):
        return replace(known, kind=Kind.OFFER)
    return _titled(known, title) if is_short else run_in


def _otherwise(known: DateLine, text: str, line: str, end: int, at: int) -> DateLine | None:
    """What a line is that surely begins no entry: with a note, what is planned, what was done with the paper."""
    if known.year and _SINCE.match(line, end):
        return replace(known, kind=Kind.MONTH, day=None)
    if _NOTE.match(line, end) or words.PLANNED.match(line, at):
        return replace(_titled(known, text[end:]), kind=Kind.OFFER, is_whole=True)
    if known.year and (printed := _PRINTED.match(line, end)):
        return replace(known, kind=Kind.PUBLISHED if printed["sure"] else Kind.OFFER, is_whole=True)
    return None


def _goes_on(rest: str) -> bool:
    """Whether the words behind a day go on in lower case, as those of an English sentence do."""
    return bool(re.match(r"\s*,?\s*[a-z]", rest))


def _bare(title: str) -> str:
    """A title without the signs around it, and without brackets that are all around it or only close."""
    title = title.strip(_AROUND).lstrip(".．")
    if wrapped := _WRAPPED.fullmatch(title):
        return wrapped[1]
    return title if re.search(r"[（(【\[]", title) else title.strip(f"{_AROUND})）】]")


def _titled(found: DateLine, title: str) -> DateLine:
    """The line with what is left of it as place or title."""
    title = _bare(title)
    if clock := _CLOCKS.match(words.folded(title)):
        title = title[clock.end() :]
        found, at, _ = facts_at(found, title, words.folded(title), 0)
        title = _bare(title[at:])
    head, _, last = title.rpartition(" ")
    if head and not found.weather and last not in _EVENTS and words.WEATHER.fullmatch(words.folded(last)):
        found, title = replace(found, weather=last), _bare(head)
    if is_fact(title):
        # It stands among the lines from which the draft was made.
        return found
    if (place := place_in(title)) and not found.place:
        return replace(found, place=place)
    return replace(found, title=" ".join(filter(None, (found.title, title))))
