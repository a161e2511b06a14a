"""How names are read in Latin letters: for the order of lists, and to find a name by typing its letters.

The readings of Chinese characters are those of pypinyin. They take some time to load, so they are loaded when a
Chinese name is first read. What is told of a name comes first: 长山 is chang shan in one place, zhang shan in another.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from generator.ground.errors import Fault, Field, Problem
from generator.ground.messages import say
from generator.ground.place_readings import place_readings, surname_readings
from generator.ground.text import normal

Reading = tuple[str, ...]
"""A syllable for each Chinese character, without tones: chang, shan. ü is written as v, as on keyboards."""
KnownReadings = Mapping[str, Reading]
"""The readings of names, or of parts of names."""

_MANY: Final = 9
"""Figures."""
OTHERS: Final = "#"
"""Stands for the first letter of names that begin with a figure or with letters other than Latin ones."""
_TONES: Final = "12345"
_BASES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""The letters for Latin ones that Unicode takes for letters of their own, not for letters with marks."""
_SYLLABLE: Final = re.compile("[a-z]+")
_CHINESE: Final = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN: Final = re.compile(f"([{_CHINESE}]+)|[^\\W_{_CHINESE}]+")


def syllables(text: str) -> Reading:
    """A reading as people write it: ``chang shan``, ``Cháng Shān``, ``lǜ hua``. Raises Fault."""
    plain = normal("NFD", text).casefold().replace("u\N{COMBINING DIAERESIS}", "v")
    found = "".join(char for char in plain if not unicodedata.combining(char)).split()
    if not all(_SYLLABLE.fullmatch(one) for one in found):
        raise Fault(
            say('"{value}" is no reading in Latin letters', value=text),
            say("write a syllable for each Chinese character, with spaces between them, such as chong qing"),
        )
    return tuple(found)


def characters(name: str) -> list[int]:
    """The places of the Chinese characters in a name: each has a syllable in its reading."""
    return [at for run in _RUN.finditer(name) if run[1] for at in range(*run.span())]


def reading_problems(name: str, reading: Reading, path: str, field: Field) -> Iterator[Problem]:
    """A problem where a reading that is given in ``field`` cannot be that of the name."""
    if len(reading) != (count := len(characters(name))):
        yield Problem(
            path=path,
            field=field,
            message=say(
                'the reading has {read} syllables, the name "{name}" {count} Chinese characters',
                read=len(reading),
                name=name,
                count=count,
            ),
            hint=say("write a syllable for each Chinese character, with spaces between them, such as chong qing"),
        )


class NameReader:
    """Reads names."""

    def __init__(self, known: KnownReadings) -> None:
        """``known`` comes before what the library says; of two names that overlap, the longer one counts."""
        self._known = sorted(known.items(), key=lambda pair: len(pair[0]))

    def of(self, name: str, own: KnownReadings | None = None) -> Reading:
        """The parts of a name: a syllable for each Chinese character, with its tone, and other letters as they are.

        ``own`` is what is told for this name alone.
        """
        return tuple(_parts(name, self._given(name, own or {})))

    def ways(self, name: str, own: KnownReadings) -> tuple[Reading, Reading, Reading]:
        """How people may read a name: as it is read, with surnames as such, and each character as it is read alone."""
        given = self._given(name, own)
        alone = {at: next(iter(readings(name[at])), name[at]) for at in characters(name)}
        as_surnames = {**given, **dict(surname_readings(name))}
        return tuple(_parts(name, given)), tuple(_parts(name, as_surnames)), tuple(_parts(name, alone))

    def _given(self, name: str, own: KnownReadings) -> Mapping[int, str]:
        found: dict[int, str] = {}
        for part, reading in [*self._known, *own.items()]:
            places = characters(part)
            for match in re.finditer(re.escape(part), name):
                found.update((match.start() + at, one) for at, one in zip(places, reading, strict=False))
        return found

    def place(self, name: str, reading: Reading = ()) -> tuple[bool, Reading, str]:
        """The key by which a name is sorted; ``reading`` is what is told of it, empty for nothing."""
        return order(name, self.of(name, {name: reading} if reading else {}))


def _parts(name: str, known: Mapping[int, str]) -> Iterator[str]:
    for run in _RUN.finditer(name):
        if run[1]:
            places = range(*run.span())
            read = () if all(at in known for at in places) else _from_library(run[1])
            yield from (known.get(at) or read[number] for number, at in enumerate(places))
        else:
            yield without_marks(run[0])


def without_marks(text: str) -> str:
    """A text in small letters, those with marks as the letters that people type instead: ``Łódź`` as ``lodz``."""
    plain = normal("NFKD", text).casefold().translate(_BASES)
    return "".join(char for char in plain if not unicodedata.combining(char))


@functools.lru_cache(maxsize=1 << 14)
def _from_library(chinese: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    # Characters that it does not know come back as they are, one by one.
    unknown: Any = list
    read = lazy_pinyin(chinese, style=Style.TONE3, neutral_tone_with_five=True, errors=unknown)
    found = [one if one.isascii() else char for one, char in zip(read, chinese, strict=True)]
    for at, syllable in place_readings(chinese):
        found[at] = syllable
    return found


@functools.lru_cache(maxsize=1 << 10)
def readings(char: str) -> Reading:
    """All syllables that a Chinese character is read as anywhere, without tones; nothing for other signs."""
    from pypinyin import Style, pinyin

    unknown: Any = "ignore"
    return tuple(one for found in pinyin(char, style=Style.NORMAL, heteronym=True, errors=unknown) for one in found)


def is_phrase(text: str) -> bool:
    """Whether the library knows this as a phrase: such a word has a character of several readings."""
    from pypinyin.constants import PHRASES_DICT

    return text in PHRASES_DICT


def first_letter(reading: Reading) -> str:
    """The letter under which a name is listed: A to Z, or OTHERS."""
    letter = reading[0][:1].upper() if reading else ""
    return letter if letter.isascii() and letter.isalpha() else OTHERS


def order(name: str, reading: Reading) -> tuple[bool, Reading, str]:
    """The key by which names are sorted: by syllables and tones, numbers by their size, others than letters last."""
    return first_letter(reading) == OTHERS, tuple(part.zfill(9) if part.isdigit() else part for part in reading), name


def letters(reading: Reading) -> str:
    """The reading as it is typed: ``changshan``."""
    return _joined(part.rstrip(_TONES) or part for part in reading)


def initials(reading: Reading) -> str:
    """Its first letters: ``cs``."""
    return _joined(part[0] for part in reading)


def _joined(parts: Iterable[str]) -> str:
    """The parts as one word, without figures where there are many: joined, they would look like a telephone number."""
    word = "".join(parts)
    return word if sum(map(str.isdigit, word)) < _MANY else "".join(char for char in word if not char.isdigit())
