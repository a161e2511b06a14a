"""Days that another text in the file lists: milestones next to a diary, the phases of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from generator.tools.importers.date_words import folded
from generator.tools.importers.layout import Marks
from generator.tools.importers.lines import words
from generator.tools.importers.shapes import is_title

_MILESTONES: Final = re.compile(r"大事|时间[轴线]|年表|沿革|历程|里程碑|节点|timeline|milestones", re.IGNORECASE)
_DIARY: Final = re.compile(r".{0,16}(?:日志|日记|手记|周记|札记|工作记录)\W*")
_PHASE: Final = re.compile(r"阶段|步骤|时间|期限|计划|安排|报名|公示|请假|假条|:$")
"""What stands above an interval that is none of the diary: 自查阶段, 报名时间."""
_FEW: Final = 2
_FAR: Final = 5
"""Lines."""
_LONGEST_NAME: Final = 20
"""Characters."""


def milestones(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """Milestones next to a diary: days without texts below the name of their list, or above that of the diary."""
    begins = [n for n, at in enumerate(days) if n == 0 or marks.end(days[n - 1]) < at]
    for begin, end in pairwise([*begins, len(days)]):
        listed = days[begin:end]
        others = len(days) - len(listed)
        # Most of the other days have texts.
        if len(listed) < _FEW or 2 * (len(begins) - 1) <= others:
            continue
        behind = marks.pieces[marks.end(listed[-1]) : days[end] if end < len(days) else len(marks.pieces)]
        is_above = begin == 0 and len(behind) == 1 and _DIARY.fullmatch(folded(words(behind[0].block)))
        # With the last one, whose text goes on, the diary may have come back, if it has days of that form.
        is_titled = begin > 0 and bool(marks.lines[listed[-1]].title) and not marks.lines[days[begin - 1]].title
        is_last = not behind or (len(behind) == 1 and is_title(behind[0])) or is_titled
        if is_above or _MILESTONES.search(_above(marks, listed[0])):
            yield from listed if is_last else listed[:-1]


def phases(marks: Marks, days: Sequence[int]) -> Iterator[int]:
    """The intervals below the name of a phase, where most days are days: 自查阶段, and then 3月6日—3月15日."""
    spans = [at for at in days if marks.lines[at].end_day and marks.pieces[at].day is None]
    if 2 * len(spans) <= len(days):
        yield from (at for at in spans if at > days[0] and marks.lines[at].is_bare and _PHASE.search(_above(marks, at)))


def _above(marks: Marks, at: int) -> str:
    """The short line right above a day, and above the months that stand over it."""
    above = next((one for one in range(at - 1, max(-1, at - _FAR), -1) if one not in marks.lines), None)
    said = "" if above is None else folded(words(marks.pieces[above].block)).strip()
    return said if len(said) <= _LONGEST_NAME and not said.endswith(("。", "!", "?", ";")) else ""
