"""The days with which no entry begins, because they say when somebody signed: under a text, or above a whole file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from generator.render.documents.blocks import Heading
from generator.tools.importers.date_facts import DateLine
from generator.tools.importers.date_words import folded
from generator.tools.importers.layout import Marks, unlabelled
from generator.tools.importers.lines import words
from generator.tools.importers.persons import are_names
from generator.tools.importers.shapes import is_running, is_title
from generator.tools.importers.strays import has_texts

_LONGEST_SIGNED: Final = 12
"""Characters of a line with who signed."""
_LONGEST_NAME_SIGNED: Final = 4
"""Characters of the name of one person, where words around it say that it is one."""
_FEW_LINES: Final = 2
_SIGNS: Final = re.compile(
    r"(?:签[名字发]|审[核批定阅]|复核|校对|核对|(?:检查|值班|填表|填报|填写|记录|负责|经手|审核|汇报|整理|抄写|责任)[人员者]|盖章)"
    r"|(?<=[人员者名字发核批定阅对章]):|[()\[\]\s]+"
)
"""The words around the name of somebody who signed."""
_PAPER: Final = re.compile(
    r"(?:日[志记]|[手周札]记|纪实|[记实]录|台账|简报|报告|总结|汇报|材料|通[知报]|纪要|情况|方案|计划|请示)[\W\d一二三四五六七八九十则篇]*$"
)
"""How the names of what is sent or filed end."""
_AUTHOR: Final = re.compile(r"\s*[(\[]?\s*(?:作者|撰稿|供稿|文)(?:系|为|:|/)")
_BODY: Final = re.compile("[㐀-鿿]{3,16}(?:工作[队组]|委员?会|政府|办公室|党支部|[局处科站所院校])")
"""Who signs for others."""
_CLOSING: Final = re.compile(
    r"此致|(?:此致)?\s*敬礼\W*|(?:顺颂|[即敬顺]祝|祝)[^,。]{0,10}[!。]?|特此(?:通[知报]|公告|函复|说明|报告|复函|证明)。?"
)
"""How letters and notices end."""
_REMARK: Final = re.compile("[了过着到就没无不很去来在吧吗呢啊是有累困忙]")
"""What few words say that are no name: 老支书来过, 今天就到这里."""
_CLOSE: Final = 3
"""Lines."""
_MANY: Final = 2
"""Times as many."""


def signed_off(marks: Marks, sure: Collection[int]) -> frozenset[int]:
    """The days with no text of their own below who signed what stands above: 巡查人：赵, and then 2022年3月6日."""
    days = sorted(sure)
    below_names = frozenset(
        at
        for at, below in pairwise(days)
        if at and marks.lines[at].is_bare and marks.end(at) == below
        if at - 1 not in marks.lines and _is_signature(marks, at - 1)
    )
    return (
        below_names
        | unlabelled(marks, days)
        | _signing(marks, days)
        | _of_papers(marks, days)
        | _last_signed(marks, days)
        | _below_signers(marks, days)
    )


def _below_signers(marks: Marks, days: Sequence[int]) -> frozenset[int]:
    """The bare days below who wrote or sent something, among days that are written otherwise.

    Below the end of a letter, or an office, they are asked about where all are bare, too: few are signed so.
    """
    alike = [at for at in days if marks.lines[at].is_bare and marks.pieces[at].day is None]
    below = [at for at in alike if at and at - 1 not in marks.lines]
    closed = frozenset(at for at in below if _is_closed(marks, at))
    found = closed | {at for at in below if _is_signer(words(marks.pieces[at - 1].block))}
    short = {at for at in below if _is_signature(marks, at - 1)}
    ends = [marks.pieces[at - 1] for at in days[1:] if at not in short]
    # Where the other texts end with sentences, a few words are who signed.
    is_odd = bool(ends) and all(map(is_running, ends))
    usual = {bool(marks.lines[at].year) for at in alike if at not in short}
    found |= {at for at in short if (is_odd and bool(marks.lines[at].year) not in usual) or _goes_back(marks, days, at)}
    others = len(days) - len(found)
    if 2 * (len(alike) - len(found)) < others:
        return frozenset(found)
    return closed if _MANY * len(closed) <= others else frozenset()


def _is_closed(marks: Marks, at: int) -> bool:
    """Whether a day stands below an office, or below the end of a letter and a name."""
    above = [words(one.block).strip() for one in marks.pieces[max(0, at - _CLOSE) : at]]
    is_letter = any(_CLOSING.fullmatch(folded(text)) for text in above) and _is_signature(marks, at - 1)
    return is_letter or _BODY.fullmatch(above[-1]) is not None


def _goes_back(marks: Marks, days: Sequence[int], at: int) -> bool:
    """Whether a day comes before that of the entry in which it stands."""
    own, above = (marks.lines[one] for one in (at, days[max(0, bisect_left(days, at) - 1)]))
    is_same = own.year in (None, above.year) or above.year is None
    return is_same and (own.month or 0, own.day or 0) < (above.month or 0, above.day or 0)


def _last_signed(marks: Marks, days: Sequence[int]) -> frozenset[int]:
    """The last day, where nothing but a name stands below it, and something else below most others."""
    if not days:
        return frozenset()
    ends = [*days[1:], len(marks.pieces)]
    below = [
        [text for one in marks.pieces[marks.end(at) : end] if (text := words(one.block))]
        for at, end in zip(days, ends, strict=True)
    ]
    signed = [at for at, lines in zip(days, below, strict=True) if len(lines) == 1 and _is_signer(lines[0])]
    is_last = len(days) > 2 * len(signed) and signed == days[-1:] and marks.lines[days[-1]].is_bare
    return frozenset(signed) if is_last else frozenset()


def _is_signer(text: str) -> bool:
    """Whether a line is who wrote or sent something: a name, an office, 村民：江南雁."""
    label, _, name = folded(text).rpartition(":")
    is_named = bool(label) and len(label) <= _LONGEST_NAME_SIGNED and are_names(name.strip())
    return is_named or are_names(text) or _BODY.fullmatch(text) is not None or _AUTHOR.match(folded(text)) is not None


def _of_papers(marks: Marks, days: Sequence[int]) -> frozenset[int]:
    """The first day, where nothing but the name of a diary or a report stands between it and the next: a letter's."""
    if len(days) < 2 or not (marks.lines[days[0]].is_bare and marks.lines[days[0]].year):
        return frozenset()
    below = marks.pieces[marks.end(days[0]) : days[1]]
    is_named = (
        0 < len(below) <= _FEW_LINES
        and all(map(is_title, below))
        and any(_PAPER.search(words(one.block)) for one in below)
    )
    return frozenset(days[:1]) if is_named and not isinstance(marks.pieces[days[0]].block, Heading) else frozenset()


def _signing(marks: Marks, days: Sequence[int]) -> frozenset[int]:
    """The days with nothing but who signed, and no text, below others: 2022年3月6日 审核：赵. Most have none there."""
    has_text = has_texts(marks, days) if days else {}
    signing = [at for at in days if marks.pieces[at].day is None and _is_signed(marks.lines[at])]
    found = frozenset(at for at in signing if not has_text[at])
    is_usual = 2 * len(found) <= len(signing) or not has_text[days[0]]
    return frozenset() if is_usual else found


def _is_signed(line: DateLine) -> bool:
    """Whether a line says only who signed on a day."""
    title = folded(line.title)
    name = _SIGNS.sub("", title)
    is_named = are_names(name) or (_SIGNS.search(title) is not None and len(name) <= _LONGEST_NAME_SIGNED)
    return line.day is not None and not (line.rest or line.weather) and (is_named if line.title else bool(line.author))


def _is_signature(marks: Marks, at: int) -> bool:
    """Whether a line may say who wrote, or was responsible for, what stands above it."""
    text = folded(words(marks.pieces[at].block)).strip()
    if not 0 < len(text) <= _LONGEST_SIGNED or text.endswith(("。", "!", "?", ";", ",")):
        return False
    return text.endswith(":") or are_names(text) or not _REMARK.search(text)
