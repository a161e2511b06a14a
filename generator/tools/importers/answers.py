"""What a person says to the questions of a review. To change a review is to change the answers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from generator.ground.dates import parse_span
from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model.content import PersonRole
from generator.tools.importers.date_words import folded

Answers = Mapping[str, str]
"""By the id of a question, what a person said.

Ids are ``days``, ``titles``, ``year``, ``weekdays``, ``date:12``, ``title:12``, ``cut:12``, ``cut:all``,
``caption:12``, ``again:12``, ``again:lead``, ``column:1``, ``table:1``, ``table:all`` and ``name:李四``; numbers are
those of pieces, and of tables. ``name`` takes a role or ``none``, ``days`` whether they stand ``above`` or ``below``
their texts, ``column`` the heading of the column with the days of a table, ``table`` whether an entry begins at each
of its rows; most others take ``yes`` or ``no``.
With ``cut``, ``date`` and ``title`` entries are joined, split, dated and named, with ``again`` what was imported before
is written once more, next to its draft or in its place (``replace``), also where nothing is asked.
``titles`` says whether the lines above days are their titles. ``cut:all`` holds for all offers; ``each`` asks one by
one. ``cut:odd`` does so for the days that do not fit those around them; ``cut:12`` also takes the day of an entry that
begins there. A day may be said without its year, ``3月5日``: it is that of the days around it. ``weekdays`` says
whether the year is right although most weekdays do not fit it; a no takes it back.
"""
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "yes": ("y", "是", "是的", "对", "要", "好"),
    "no": ("n", "不是", "否", "不", "不要", "不对"),
    "replace": ("替换", "换", "换掉"),
    "each": ("逐个", "一个一个", "逐个问"),
    "above": ("上", "上面", "在上面"),
    "below": ("下", "下面", "在下面", "落款"),
    "official": ("工作人员", "公职人员", "干部"),
    "representative": ("代表", "单位代表"),
    "private": ("群众", "普通群众"),
    "none": ("不是人名", "不是名字"),
}
"""What people say for the words that a question takes."""
_MEANT: Final = {said: word for word, all_said in _WORDS.items() for said in all_said}
ROLES: Final = (*PersonRole, "none")
_YES_OR_NO: Final = ("yes", "no")
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "days": ("above", "below"),
    "again": (*_YES_OR_NO, "replace"),
    "cut:all": (*_YES_OR_NO, "each"),
    "cut:odd": (*_YES_OR_NO, "each"),
    "table:all": (*_YES_OR_NO, "each"),
    "name": ROLES,
}
"""By the kind of a question, the words that it takes, if they are others than yes and no."""
_LEAP_YEAR: Final = 2000
"""A year that has every day."""
_QUESTION: Final = re.compile(
    r"year|weekdays|days|titles|(?:date|title|cut|caption|again|column|table):\d{1,9}"
    r"|again:lead|cut:all|cut:odd|table:all|name:.+",
    re.ASCII,
)


def answered(answers: Answers, question: str, answer: str) -> Answers:
    """An answer to a question; an empty one takes it back. Raises Fault for what no question can mean."""
    kind = question if question in _CHOICES else question.partition(":")[0]
    if not _QUESTION.fullmatch(question):
        raise Fault(say('there is no question "{id}"', id=question), say("write an id that --json shows"))
    if not answer:
        return {key: value for key, value in answers.items() if key != question}
    if kind == "date" or (kind == "cut" and any(map(str.isdecimal, answer))):
        answer = _day(answer)
    elif kind == "year":
        # What was said of another year's weekdays is of no use any more.
        answer, answers = _year(answer), {key: value for key, value in answers.items() if key != "weekdays"}
    elif kind == "column":
        answer = "no" if _MEANT.get(answer, answer) == "no" else answer
    elif kind != "title":
        answer = _word(kind, answer)
    if (kind, answer) == ("weekdays", "no"):
        return {key: value for key, value in answers.items() if key not in ("year", "weekdays")}
    return {**answers, question: answer}


def day_said(answers: Answers, pieces: Iterable[int]) -> str:
    """What was said of the day of an entry that begins with these pieces; empty if nothing was."""
    found = [answers.get(f"{kind}:{at}", "") for kind in ("date", "cut") for at in pieces]
    return next((one for one in found if one not in ("", *_YES_OR_NO)), "")


def columns_said(answers: Answers) -> Mapping[int, str]:
    """The headings of the columns with the days, by the numbers of their tables."""
    return {int(key[7:]): heading for key, heading in answers.items() if key.startswith("column:")}


def tables_said(answers: Answers, tables: Iterable[int]) -> frozenset[int]:
    """Those of the tables, by their numbers, at whose rows entries begin by what a person said."""
    of_all = answers.get("table:all", "each")
    said = {number: answers.get(f"table:{number}", "no" if of_all == "each" else of_all) for number in tables}
    return frozenset(number for number, answer in said.items() if answer == "yes")


def _day(answer: str) -> str:
    """A day in ISO 8601, or as it was written where it has no year. Raises Fault."""
    try:
        return parse_span(answer).iso()
    except Fault as fault:
        with contextlib.suppress(Fault):
            parse_span(answer, _LEAP_YEAR)
            return answer
        raise fault from None


def _word(kind: str, answer: str) -> str:
    """A word that a question takes, however it was said. Raises Fault."""
    meant = folded(answer).strip(" ,.。").lower()
    meant = _MEANT.get(meant, meant)
    choices = _CHOICES.get(kind, _YES_OR_NO)
    if meant in choices:
        return meant
    if choices == _YES_OR_NO:
        raise Fault(say('"{answer}" is neither yes nor no', answer=answer), say("write yes or no"))
    shown = ", ".join(choices)
    if kind == "name":
        raise Fault(say('"{answer}" is not a role', answer=answer), say("write one of {choices}", choices=shown))
    raise Fault(say('"{answer}" is no answer to this', answer=answer), say("write one of {choices}", choices=shown))


def _year(answer: str) -> str:
    """A year as a pinyin keyboard writes it, too: ２０２０年. Raises Fault."""
    found = re.fullmatch(r"\s*((?:19|20)\d\d)\s*年?\s*", folded(answer))
    if found is None:
        raise Fault(say('"{answer}" is not a year', answer=answer), say("write four digits, as in 2020"))
    return found[1]
