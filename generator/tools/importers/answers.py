"""What a person says to the questions of a review. To change a review is to change the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from generator.ground.dates import parse_span
from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model.content import PersonRole
from generator.tools.importers.date_words import folded

Answers = Mapping[str, str]
"""By the id of a question, what a person said.

Ids are ``days``, ``titles``,
``year``, ``date:12``, ``title:12``, ``cut:12``, ``caption:12``, ``again:12``, ``again:lead`` and ``name:李四``;
numbers are those of pieces. ``cut``, ``caption`` and ``again`` take ``yes`` or ``no``, ``name`` a role or ``none``.
With ``cut``, ``date`` and ``title`` entries are joined, split, dated and named, with ``again`` what was imported before
is written once more, also where nothing is asked. ``days`` says whether they stand ``above`` or ``below`` their texts,
``titles`` whether the lines above days are their titles.
"""
ROLES: Final = (*PersonRole, "none")
_QUESTION: Final = re.compile(r"year|days|titles|(?:date|title|cut|caption|again):\d{1,9}|again:lead|name:.+", re.ASCII)


def answered(answers: Answers, question: str, answer: str) -> Answers:
    """An answer to a question; an empty one takes it back. Raises Fault for what no question can mean."""
    kind, _, _ = question.partition(":")
    if not _QUESTION.fullmatch(question):
        raise Fault(say('there is no question "{id}"', id=question), say("write an id that --json shows"))
    if not answer:
        return {key: value for key, value in answers.items() if key != question}
    if kind == "date":
        answer = parse_span(answer).iso()
    elif kind == "year":
        answer = _year(answer)
    elif kind == "days" and answer not in ("above", "below"):
        raise Fault(say('"{answer}" is neither above nor below', answer=answer), say("write above or below"))
    elif kind in ("cut", "caption", "again", "titles") and answer not in ("yes", "no"):
        raise Fault(say('"{answer}" is neither yes nor no', answer=answer), say("write yes or no"))
    elif kind == "name" and answer not in ROLES:
        roles = ", ".join(ROLES)
        raise Fault(say('"{answer}" is not a role', answer=answer), say("write one of {choices}", choices=roles))
    return {**answers, question: answer}


def _year(answer: str) -> str:
    """A year as a pinyin keyboard writes it, too: ２０２０年. Raises Fault."""
    found = re.fullmatch(r"\s*((?:19|20)\d\d)\s*年?\s*", folded(answer))
    if found is None:
        raise Fault(say('"{answer}" is not a year', answer=answer), say("write four digits, as in 2020"))
    return found[1]
