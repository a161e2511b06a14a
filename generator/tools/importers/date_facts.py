"""What a date line says besides its day: weekday, weather, place, lunar day, the number of the day."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers import date_words as words
from generator.tools.importers.called import is_name
from generator.tools.importers.date_patterns import DATE

LONGEST_TITLE: Final = 40
_LABELLED: Final = re.compile(
    rf"(?:{words.LABEL.pattern})(?:\s*:\s*|(?<=地点|[录班报查写表护]人)\s+)(?P<value>[^\s,;|()\[\]]{{1,20}})",
    re.IGNORECASE,
)
_RECORDED: Final = re.compile(r"记录\s*:\s*(?P<value>[㐀-鿿]{2,4})(?=[\s,;|)\]]|$)")
_LIKELY: Final = -12
"""The bits that a name needs behind such a label: 高峰 has more, 平静 fewer."""
_PLACE_WORD: Final = re.compile(r"[㐀-鿿]{2,8}(?=[\s,、|/.)\]]+\S|[\s)\]]*$)")
_AT: Final = re.compile(r"(?:(?P<written>[早晚夜]?[写作草]|[早晚夜]记)|记)?[于於在](?P<place>[㐀-鿿]{2,10})")
"""Where something was written: 于石桥村. It is a surname, too: 于海来访."""
_ROOM: Final = re.compile(
    "(?!.?(?:走|访|到|赴|进|在|看|去|回))(?:[㐀-鿿]{2,6})?"
    "(?:村部|队部|村委会?|居委会|驻地|营地|工地|宿舍|办公室|学校|医院|家[中里]|灯下|途中|路上)"
)
_SPOT: Final = re.compile("[㐀-鿿]{1,4}[塘桥湾岭庄店沟坡坪寨屯港溪坝堡峪圩营渡渠闸站]")
"""Places by characters with which names of persons hardly end: 于东塘."""
SEPARATORS: Final = re.compile(r"(?:[\s,.;:()\[\]|/。、·~_*+<>]|-(?!\d{1,2}\s*(?:度|[~到至/-]\s*-?\d{1,2}\s*度)))+")
"""What parts the words of a date line. Before a temperature, the hyphen is a minus."""
_FACTS: Final = (words.WEATHER, words.WEEKDAY, words.LUNAR, words.COUNT, words.TERM, DATE)


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
    """It tells when the whole was published, printed or changed last."""
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
    is_listed: bool = False
    """Whether it names several days that are not next to each other: 3月5日、12日. The last of them is its end."""
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
    is_whole: bool = False
    """Whether an offered line holds a whole day, and has the shape of a heading."""
    is_doubtful: bool = False
    """Whether its numbers may be no day at all: ``2.15``."""
    is_measured: bool = False
    """Whether its numbers may be an amount: ``3.5 张书记来访``."""
    is_changed: bool = False
    """Whether it tells when the whole was changed last, and not when it was published."""
    is_numbered: bool = False
    """Whether it is a point of a list: （一）3月5日."""

    @property
    def is_backed(self) -> bool:
        """Whether it says something besides its day that hardly any other line does."""
        return self.weekday is not None or bool(self.weather or self.lunar)

    def holds(self, other: DateLine) -> bool:
        """Whether the day of another line is one of those that it says."""
        first = self.month or 0, self.day or 0
        last = self.end_month or self.month or 0, self.end_day or self.day or 0
        day = other.month or first[0], other.day or 0
        return first <= day <= last if first <= last else day >= first or day <= last


def facts_at(found: DateLine, text: str, line: str, at: int) -> tuple[DateLine, int, bool]:
    """What a line says from a place on besides its day; where that ends, and whether it makes it sure to be a day.

    ``line`` is the folded ``text``.
    """
    is_strong, first = False, at
    while at < len(line):
        gap = SEPARATORS.match(line, at)
        start = gap.end() if gap else at
        if (match := words.WEEKDAY.match(line, start)) and (found.weekday is None or found.end_day):
            weekday = words.weekday(match) if found.weekday is None else found.weekday
            found, is_strong = replace(found, weekday=weekday), True
        elif match := _label_at(line, start):
            found, is_strong = _with_label(found, text, match), True
        elif (match := words.LUNAR.match(line, start)) and found.lunar is None:
            found, is_strong = replace(found, lunar=words.lunar(match)), True
        elif (match := words.WEATHER.match(line, start)) and len(found.weather) < LONGEST_TITLE:
            weather = f"{found.weather} {text[start : match.end()].strip()}".strip()
            found, is_strong = replace(found, weather=weather), True
        elif (match := words.COUNT.match(line, start)) and not found.title:
            count = words.number(match[1] or match[2])
            found, is_strong = replace(found, count=count, title=text[start : match.end()]), True
        elif match := words.TERM.match(line, start):
            found, is_strong = replace(found, title=f"{found.title} {match['feast'] or ''}".strip()), True
        elif (match := words.PART.match(line, start)) and not found.part and _ends_word(line, match.end()):
            found = replace(found, part="" if found.end_day else match.lastgroup or "")
        elif (gap or at == first) and not found.place and (match := _place_between(line, start, is_strong=is_strong)):
            found = replace(found, place=place_in(match[0]) or match[0])
        else:
            break
        at = match.end()
    return found, at, is_strong


def _label_at(line: str, at: int) -> re.Match[str] | None:
    """A label with a place, an author or a weekday; 记录 only with a name, as it announces a text as well."""
    found = _LABELLED.match(line, at)
    if found and not found["date"] and not found["weather"]:
        return found
    recorded = _RECORDED.match(line, at)
    return recorded if recorded and is_name(recorded["value"], _LIKELY) else None


def _with_label(found: DateLine, text: str, match: re.Match[str]) -> DateLine:
    """A line with a place, an author or a weekday that stands behind a label of its own."""
    value = text[match.start("value") : match.end("value")]
    kind = match.groupdict()
    if kind.get("weekday"):
        weekday = words.WEEKDAY.match(f"周{value.removeprefix('星期').removeprefix('周')}")
        return replace(found, weekday=words.weekday(weekday)) if weekday else found
    return replace(found, place=found.place or value) if kind.get("place") else replace(found, author=value)


def _place_between(line: str, at: int, *, is_strong: bool) -> re.Match[str] | None:
    """A place, if nothing stands behind it but what a date line says."""
    match = _PLACE_WORD.match(line, at)
    if match is None:
        return None
    gap = SEPARATORS.match(line, match.end())
    behind = gap.end() if gap else match.end()
    if place_in(match[0]):
        return match if behind == len(line) or any(fact.match(line, behind) for fact in _FACTS) else None
    is_named = is_strong and gap is not None and gap[0].isspace()
    return match if is_named and any(fact.match(line, behind) for fact in _FACTS[:2]) else None


def place_in(text: str) -> str:
    """The place that a text names without saying anything else; empty if it names none."""
    at = _AT.fullmatch(text)
    if at and (at["written"] or _is_named(at["place"]) or any(one.fullmatch(at["place"]) for one in (_ROOM, _SPOT))):
        return at["place"]
    return text if text in words.PLACES or words.PLACE.fullmatch(text) else ""


def _is_named(text: str) -> bool:
    """Whether a text is a place with a name of its own, as 石桥村 is and 家村 is not."""
    return text in words.PLACES or (len(text) > 2 and words.PLACE.fullmatch(text) is not None)


def is_fact(text: str) -> bool:
    """Whether a text says nothing that can be a title: a clock, a sign, a mood, a field with its value."""
    return not any(char.isalpha() for char in text) or words.FIELD.match(words.folded(text)) is not None


def _ends_word(line: str, at: int) -> bool:
    return at == len(line) or not line[at].isalpha() or line[at] > "\u3000"


def extension(text: str, *, is_among: bool = False) -> DateLine | None:
    """What a line below a date line adds to it: a weekday, the weather, a place, who wrote it; None for any other.

    ``is_among`` says that another such line stands above it: then a village is where it was, and no title.
    """
    line = words.folded(text).strip()
    # What ends like a sentence is the text: 下雪。
    if len(line) > LONGEST_TITLE or line.endswith("。") or (line.endswith(".") and not words.WEEKDAY.match(line)):
        return None
    found, at, is_strong = facts_at(DateLine(kind=Kind.ENTRY, written=text), text.strip(), line, 0)
    if is_strong and not found.title and not line[at:].strip(" ,.;()|。"):
        return found
    label = words.LABEL.match(line)
    if label and (colon := re.compile(r"\s*:\s*").match(line, label.end())):
        value = text.strip()[colon.end() :].strip()
        said = dict.fromkeys(("place", "weather", "author"), "") | {str(label.lastgroup): value}
        known = DateLine(kind=Kind.ENTRY, written=text)
        found = replace(known, place=said["place"], weather=said["weather"], author=said["author"])
        return None if found == known else found
    is_place = line in words.PLACES or (is_among and _is_named(line))
    return DateLine(kind=Kind.ENTRY, written=text, place=line) if is_place else None
