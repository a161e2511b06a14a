"""Names that the words around them call so, however much they look like other words: 低保户白云, 通讯员 唐小雨."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_HARDSHIP: Final = (
    "低保户|低保对象|五保户|五保老人|特困户|特困人员|贫困户|脱贫户|监测户|困难户|困难群众|建档立卡户|残疾人|孤儿|留守儿童|留守老人"
    "|独居老人|空巢老人|孤寡老人|军属|烈属|患者|村民|户主"
)
_OF_PAPERS: Final = (
    "通讯员|记者|作者|撰稿|撰文|供稿|责编|编辑|审核|校对|请假|缺席|参会|参加|出席|列席|主持|记录人?|记录员|整理|摄影|拍摄|图片?|文字?"
    "|联系人|负责人|值班人?员?|(?:带班|值班|分管|包村)领导|带班|检查人?员?|填报人|填表人|驻村队员|老?队员|组员|姓名|大名|本名|真名|小名|外号|绰号|人称"
)
_HAN: Final = "[㐀-鿿]"
_BESIDE: Final = re.compile(rf"(?:{_HARDSHIP}|大名|本名|真名|通讯员)[“\"「]?({_HAN}{{2,12}})")
"""What stands right behind, where a word may go on."""
_APART: Final = re.compile(
    rf"(?:{_HARDSHIP}|{_OF_PAPERS})(?:\s*[:：|丨]\s*|[ \u3000]+)"
    rf"({_HAN}{{2,4}}(?:[ \u3000、，,]{{1,3}}{_HAN}{{2,4}}){{0,11}})(?!{_HAN})"
)
"""What stands behind a sign, one or several."""
_QUOTED: Final = re.compile(rf"(?:{_HARDSHIP}|外号|绰号|人称)[“\"「]({_HAN}{{1,3}})[”\"」]")
_LONE: Final = re.compile(rf"^[ \t\u3000]*({_HAN}{{2,4}})[ \t\u3000]*$", re.MULTILINE)
"""A line of its own, as a signature is."""
_VISITED: Final = re.compile(
    rf"(?:走访|看望|慰问|探望|拜访|探访|家访|搀扶|陪护|劝说)了?({_HAN}{{2,4}}(?:、{_HAN}{{2,4}}){{0,11}})(?!{_HAN})"
)
"""Who was visited, where nothing follows: 走访了李大山。"""
_SERVED: Final = re.compile(rf"[送给帮替陪接为]({_HAN}{{2,3}}?)(?=[去到回送办修买看代领找装搬拉]|申请|联系|解决)")
"""For whom something was done: 送周福生去医院."""
_PLACES: Final = re.compile("[村镇县市区乡路街庄寨组社队院校厂站]$")
_NO_OTHER: Final = -16
"""Bits that hardly any word has which follows a person's mark and is no name: 白云 has more, 满意 fewer."""
_BEHIND_SIGN: Final = -20
_LONE_LEAST: Final = 0
_SERVED_LEAST: Final = -1


def called(text: str) -> Iterator[str]:
    """The names in a text."""
    yield from (found[1] for found in _QUOTED.finditer(text))
    for found in _BESIDE.finditer(text):
        if name := _beginning(found[1]):
            yield name
    for found in _APART.finditer(text):
        yield from (one for one in re.split("[ \u3000、，,]+", found[1]) if is_name(one, _BEHIND_SIGN))
    visited = (one for found in _VISITED.finditer(text) for one in found[1].split("、"))
    served = (found[1] for found in _SERVED.finditer(text))
    yield from (one for one in (*visited, *served) if is_name(one, _SERVED_LEAST))
    yield from (found[1] for found in _LONE.finditer(text) if is_name(found[1], _LONE_LEAST))


def is_name(text: str, least: int = _NO_OTHER) -> bool:
    """Whether a text can be a name of a person as a whole; ``least`` are the bits that it needs."""
    # What guesses is slow to import.
    from generator.render.privacy.lexicon import candidates, is_word
    from generator.render.privacy.surnames import COMPOUND

    if _PLACES.search(text):
        return False
    if text[:2] in COMPOUND:
        return 2 < len(text) <= 4 and not is_word(text)
    return any((one.start, one.end) == (0, len(text)) and one.bits >= least for one in candidates(text))


def _beginning(text: str) -> str:
    """The name with which a text begins that goes on without a sign; a word is none there: 孤儿关爱工作."""
    from generator.render.privacy.lexicon import candidates, is_word

    found = [one for one in candidates(text) if one.start == 0 and one.bits >= _NO_OTHER]
    best = max(found, key=lambda one: (one.bits, one.end), default=None)
    if best is None or _PLACES.search(text[: best.end]):
        return ""
    return text[: best.end] if best.end == len(text) or not is_word(text[: best.end]) else ""
