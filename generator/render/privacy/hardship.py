"""Guesses unregistered names of people in hardship, from the words around them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import BLOCK, CELL, folded
from generator.render.privacy.numbers import Hit
from generator.render.privacy.surnames import BUSY, COMPOUND, NOT_GIVEN, SINGLE, WORDS

NEAR: Final = 20
"""The distance in characters at which a word of hardship still counts across the end of a sentence."""
_FAR: Final = 200
"""The maximum length of a sentence, in characters, on either side of the word."""

_HAN: Final = "㐀-鿿"
_TITLE: Final = (
    "同志|先生|女士|大爷|大妈|大娘|大姐|大哥|大嫂|大叔|大婶|奶奶|爷爷|阿姨|叔叔|伯伯|婆婆|老人|老汉|师傅|同学|小朋友|"
    "一家|家里|家中|的家|夫妇|夫妻|两口子|老两口|母女|母子|父子|父女|兄弟|姐妹"
)
_ROLE = re.compile(
    "村民|居民|职工|员工|工人|困难户|低保户|贫困户|脱贫户|特困户|五保户|监测户|帮扶户|户主|党员|学生|同学|患者|病人|"
    "残疾人|退役军人|老兵|军属|烈属|老人|儿童|群众|对象|慰问|看望|走访|探望|帮扶|帮助|资助"
)
_GIVEN: Final = f"(?:(?![{NOT_GIVEN}])[{_HAN}]){{1,2}}"
_COMPOUND: Final = "|".join(COMPOUND)
_CALM: Final = "".join(char for char in SINGLE if char not in BUSY)
_START: Final = f"(?!{'|'.join(WORDS)})(?!.(?:{_TITLE}|[某×xX*＊○〇□]))"
_FULL: Final = f"(?=[{SINGLE}{''.join(name[0] for name in COMPOUND)}]){_START}(?:{_COMPOUND}|[{SINGLE}]){_GIVEN}"
_PERSON: Final = "[，,、(（]?(?:男[，,、)）]|女[，,、)）]|现年|今年[0-9]|[0-9]{1,3}岁)"
_STOP: Final = rf"$|[{CELL}{BLOCK}，。、；：！？,.;:!?()（）“”《》【】\[\]0-9—…/]"
_VERB: Final = (
    "[家等说因患的是在有和与及也已曾正还都将把被对从到为由两一夫今现丧独无住靠没收领表告介握激感流拉协申办修买送解联争]"
)
_AFTER_ROLE: Final = rf"""(?:了|过)?(?:[：:、“]|的是)?(?:
        {_START}(?P<calm>(?:{_COMPOUND}|[{_CALM}]){_GIVEN})(?={_STOP}|{_VERB})
      | (?P<busy>{_FULL})(?={_TITLE}|{_PERSON}|家|因|患|[(（]|等.?[人户]) )"""
_NEXT_IN_LIST: Final = rf"[、和]{_START}((?:{_COMPOUND}|[{_CALM}]){_GIVEN})(?={_STOP}|{_VERB})"
_BEFORE_TITLE: Final = (
    rf"(?:(?<![{_HAN}])|(?<=看望|慰问|走访|探望|来到|望了|问了|访了)|(?<=[给为向到在对把与和跟叫替]))({_FULL})$"
)
_AFTER_NAME = re.compile(f"{_TITLE}|{_PERSON}")
_NO_NAME: Final = ("慰问金", "慰问品", "慰问信")
_SENTENCE_END = re.compile(f"[。！？!?；;{BLOCK}]")


class Hardship:
    """Finds names near words of hardship. ``known`` and ``registered`` names are not reported."""

    def __init__(self, words: Iterable[str], *, known: Iterable[str], registered: Iterable[str]) -> None:
        kept = [normal for word in words if (normal := without_space(folded(word)))]
        self._words = re.compile("|".join(map(re.escape, kept)) or "(?!)")
        self._known = BLOCK.join(without_space(folded(name)) for name in known)
        self._registered = frozenset(without_space(folded(name)) for name in registered)

    def hits(self, text: str) -> Iterator[Hit]:
        """Every name near a word of hardship, in text that is folded and without white space."""
        for start, end in self._stretches(text):
            for place, name in _names(text, start, end):
                # The name of a target may contain what looks like a personal name.
                if name not in self._registered and name not in self._known:
                    yield Kind.HARDSHIP, name, place

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of the stretches to search: sentences with a word of hardship, and a margin on both sides."""
        done = 0
        for match in self._words.finditer(text):
            if match.end() <= done:
                continue
            begin = max(0, match.start() - _FAR)
            for stop in _SENTENCE_END.finditer(text, begin, match.start()):
                begin = stop.end()
            stop_after = _SENTENCE_END.search(text, match.end(), match.end() + _FAR)
            end = stop_after.start() if stop_after else match.end() + _FAR
            start, done = max(done, min(begin, max(0, match.start() - NEAR))), max(end, match.end() + NEAR)
            yield start, done


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, which holds a thousand words; compiled when it is first needed and not at every start."""
    return re.compile(pattern, re.VERBOSE)


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    after_role, next_in_list, before_title = map(_compiled, (_AFTER_ROLE, _NEXT_IN_LIST, _BEFORE_TITLE))
    for role in _ROLE.finditer(text, start, end):
        found = None if text.startswith(_NO_NAME, role.start()) else after_role.match(text, role.end())
        while found is not None:
            group = found.lastgroup or 1
            yield found.start(group), found[group]
            found = next_in_list.match(text, found.end())
    for title in _AFTER_NAME.finditer(text, start, end):
        # A name has at most four characters and ends where the title begins.
        if name := before_title.search(text, max(0, title.start() - 4), title.start()):
            yield name.start(1), name[1]


def without_space(text: str) -> str:
    """The text without white space, which means nothing between Chinese characters."""
    return "".join(text.split())
