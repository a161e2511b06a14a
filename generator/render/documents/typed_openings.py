"""What a writer typed between the title of an official document and its text: its number, whose it is, its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from generator.ground.frozen import frozen
from generator.read.markdown.addressees import ADDRESSEE as ADDRESSEES
from generator.read.markdown.addressees import MARK, NUMBER, URGENT
from generator.render.documents.signature_forms import DAY, PERSON, signs_alone

_LINE: Final = re.compile(r"[（(]?[^。；！？：…;!?:，,]{2,30}")
"""What may stand above the line that says to whom it goes."""
_MOST: Final = 4
_ISSUE: Final = re.compile(r"[（(]?总?第\s*\S{1,5}\s*期[)）]?")
_BRACKETED_DAY: Final = re.compile(rf"[（(]\s*{DAY}\s*[)）]")
_OCCASION: Final = re.compile(
    rf"(?!{_BRACKETED_DAY.pattern}$)" r"[（(](?=[^（）()]*(?:19|20)\d\d年)[^。；（）()]{6,80}[)）]"
)
"""A day and what was then: who adopted it, from what it was written down."""
_MASTHEAD: Final = re.compile(rf"(\S{{2,30}}?)[编印]?\s+{DAY}")
_WRITTEN_DAY: Final = re.compile(r"(?:19|20)\d\d年\d{1,2}月")
_NAME: Final = re.compile(r"\s+[\u4e00-\u9fff·]{1,4}(?:\s[\u4e00-\u9fff])?")
_COUNTED: Final = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]")
"""What a day in brackets may be the day of, and not the document."""
_ADDRESSED: Final = re.compile(r"(?:通知|请示|函|批复|通报)\s*(?:[（(][^（()）]*[)）]\s*)*$|^关于.*的报告")
"""How the title of a document ends that goes to an office, which may stand alone below it."""


@frozen
class Above:
    """The first lines of a text that are of its title."""

    number: int
    is_addressed: bool
    """Whether below them stands to whom it goes."""
    is_signed: bool
    """Whether they say whose it is, or of which day: nobody signs it at the end."""
    has_day: bool


def above(lines: Sequence[str], title: str) -> Above:
    """What the first lines of a text are below this ``title``. The last of them is of the text itself."""
    near = [*takewhile(lambda one: _LINE.fullmatch(one) or _is_sure(one), lines[: min(_MOST, len(lines) - 1)])]
    is_addressed = len(near) < len(lines) and ADDRESSEES.fullmatch(lines[len(near)]) is not None
    found = near if is_addressed else near[: _number(near, "".join(lines[1:2]), title)]
    days = [one for one in found if _OCCASION.fullmatch(one) or _BRACKETED_DAY.fullmatch(one)]
    is_signed = bool(days) or any(map(_is_author, found))
    return Above(len(found), is_addressed, is_signed, any(map(_WRITTEN_DAY.search, found)))


def _number(near: Sequence[str], below: str, title: str) -> int:
    """How many lines are of the title, though nobody is addressed below them; ``below`` is the second line."""
    day = next((at for at, line in enumerate(near[1:], 1) if _BRACKETED_DAY.fullmatch(line)), 0)
    if day:
        return day + 1
    if near and _BRACKETED_DAY.fullmatch(near[0]) and not _ADDRESSED.search(title) and not _COUNTED.match(below):
        return 1
    # Above the number of an issue stands what it is one of.
    named = int(any(map(_ISSUE.fullmatch, near[1:2])))
    sure = [*near[:named], *takewhile(_is_sure, near[named:])]
    is_author = bool(near) and _is_author(near[0]) and not _ADDRESSED.search(title)
    return len(sure) if is_author or not all(map(_is_weak, sure)) else 0


def _is_sure(line: str) -> bool:
    return any(form.fullmatch(line) for form in (NUMBER, MARK, URGENT, _OCCASION)) or _is_author(line)


def _is_weak(line: str) -> bool:
    """Whether it is of the title only if another line is, too; a day alone may belong to the text."""
    is_day = _BRACKETED_DAY.fullmatch(line) or URGENT.fullmatch(line)
    return bool(is_day or (_is_author(line) and not _MASTHEAD.fullmatch(line)))


def _is_author(line: str) -> bool:
    masthead = _MASTHEAD.fullmatch(line)
    names = (masthead[1] if masthead else line, _NAME.sub("", line))
    return PERSON.fullmatch(line) is not None or any(map(signs_alone, names))
