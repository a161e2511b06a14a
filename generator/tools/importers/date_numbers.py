"""The numbers of a day that a pattern found in a line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from generator.tools.importers import date_words as words
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_patterns import DATE, are_neighbours, is_listed

_ENGLISH: Final = ("name", "day", "year")
"""The groups of a day in English; those of its other forms have a letter more."""
_NEXT: Final = re.compile(
    r"\s*(?:[)\]]\s*)?(?P<sign>[、/和与及]|-{1,3}|~|至|到)\s*(?:星期|周|礼拜)[一二三四五六日天]\s*(?:[(\[]\s*)?(?=[\d一二三四五六七八九十])"
)
"""What parts the first of several days from the next one, which stands behind its weekday."""


def said_by(found: DateLine, date: re.Match[str]) -> DateLine | None:
    """The line with the numbers of the day that a pattern found in it; None where they can be none."""
    return _numbers(found, date) if date.re is DATE else _english(found, date)


def up_to(found: DateLine, line: str, end: int) -> tuple[DateLine, int]:
    """The line with the last of several days, each behind its weekday, and where that ends."""
    last = found if found.day and not found.end_day else None
    while last and (sign := _NEXT.match(line, end)) and (date := DATE.match(line, sign.end())):
        said = said_by(replace(last, end_day=None), date)
        if said is None or not said.day or said.end_day:
            break
        over = (said.month or 0) - (last.month or 0) if said.month else 0
        is_next = sign["sign"][0] in "-~至到" or are_neighbours(last.day or 0, said.day, over)
        is_listed = found.is_listed or not is_next
        found = replace(found, end_year=said.year, end_month=said.month, end_day=said.day, is_listed=is_listed)
        last, end = said, date.end()
    return found, end


def _numbers(found: DateLine, date: re.Match[str]) -> DateLine | None:
    if date["solid"]:
        return _until(_solid(found, re.sub(r"\D", "", date["solid"])), date["solid2"])
    if date["first"]:
        return replace(found, kind=Kind.ASK, readings=readings(date["first"], date["second"], date["third"]))
    if date["alone"]:
        last = words.number(date["alone2"]) if date["alone2"] else None
        return replace(found, day=words.number(date["alone"]), end_day=last, is_listed=is_listed(date))
    if "x" in f"{date['month']}{date['day']}".lower().replace("×", "x"):
        return replace(found, kind=Kind.ASK, mask=(date["year"] or "")[:4])

    def value(*names: str) -> int | None:
        text = next((date[name] for name in names if date[name]), None)
        return None if text is None else 1 if text == "元" else words.number(text)

    month = value("month", "monthy", "monthd", "monthc", "monthn", "monthp", "monthr", "months")
    if month == 0 and date["month"]:
        # 0月7日 lacks a digit; 0.7 is a number.
        return replace(found, kind=Kind.ASK)
    year = date["year"] or date["yeary"] or date["yeard"] or date["yearc"] or date["yearn"]
    is_masked = year is not None and year[-1] in "xX×*"
    weekday = words.WEEKDAY.search(date[0])
    is_doubtful = bool(date["yearc"] or date["yearn"] or date["monthp"] or date["monthr"] or date["months"])
    return replace(
        found,
        weekday=words.weekday(weekday) if weekday else found.weekday,
        year=None if year is None or is_masked else full_year(words.number(year)),
        mask=year if is_masked and year else "",
        month=month,
        day=value("day", "dayy", "dayd", "dayc", "dayn", "dayp", "dayr", "days"),
        end_year=value("year2", "yeard2"),
        end_month=value("month2", "monthy2", "monthd2", "monthp2", "monthr2"),
        end_day=value("day2", "dayy2", "dayd2", "dayp2", "dayr2"),
        is_listed=is_listed(date),
        is_doubtful=is_doubtful,
        is_measured=is_doubtful and words.MEASURE.match(date.string, date.end()) is not None,
    )


def _english(found: DateLine, date: re.Match[str]) -> DateLine:
    name, day, year = (next(filter(None, map(date.group, (one, f"{one}b", f"{one}c"))), "") for one in _ENGLISH)
    last = date["day2"] or date["dayb2"]
    weekday = words.WEEKDAY.search(date[0]) if date["en0"] else None
    return replace(
        found,
        year=int(year or date["yearf"] or 0) or None,
        month=words.month_named(name),
        day=int(day),
        end_month=words.month_named(date["name2"]) if date["name2"] else None,
        end_day=int(last) if last else None,
        weekday=words.weekday(weekday) if weekday else found.weekday,
    )


def _solid(found: DateLine, digits: str) -> DateLine | None:
    """Digits whose dots were lost: ``20180224``, ``2018224``, ``20180224-0226``."""
    year, rest = int(digits[:4]), digits[4:]
    cuts = [(rest[:2], rest[2:])] if len(rest) == 4 else [(rest[:at], rest[at:]) for at in range(1, len(rest))]
    pairs = [(int(m), int(d)) for m, d in cuts if _can_be(m, d) and (m[0] != "0" or len(rest) == 4)]
    if not pairs:
        return None
    if len(pairs) > 1:
        return replace(found, kind=Kind.ASK, readings=tuple((year, m, d) for m, d in pairs))
    return replace(found, year=year, month=pairs[0][0], day=pairs[0][1], is_doubtful=len(rest) < 4)


def _until(found: DateLine | None, last: str | None) -> DateLine | None:
    """The same with the last day, of which year and month may not be written.

    -02 may be a number as well, and -0830 a clock.
    """
    if found is None or last is None or found.month is None:
        return found
    month = int(last[-4:-2] or found.month)
    return replace(
        found,
        end_year=int(last[:-4]) if last[:-4] else None,
        end_month=month,
        end_day=int(last[-2:]),
        is_listed=len(last) == 2 or (len(last) == 4 and (month - found.month) % 12 > 1),
    )


def _can_be(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and len(day) <= 2


def readings(first: str, second: str, third: str) -> tuple[tuple[int | None, int, int], ...]:
    """The days that three numbers can mean: 3/5/09."""
    year = int(third) + (2000 if len(third) == 2 else 0)
    found = [(year, int(first), int(second)), (year, int(second), int(first))]
    if len(third) == 2 and "1" <= first[0] <= "2":
        # 22-05-07, as the Chinese write it.
        found.insert(0, (2000 + int(first), int(second), int(third)))
    return tuple(dict.fromkeys(one for one in found if 1 <= one[1] <= 12 and 1 <= one[2] <= 31))


def full_year(year: int | None) -> int | None:
    """A year of which two digits may be written."""
    return year + 2000 if year is not None and year < 100 else year
