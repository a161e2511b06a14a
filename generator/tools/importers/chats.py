"""Messages of a chat that somebody copied: above each stands who sent it, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_lines import read
from generator.tools.importers.date_words import PART, folded
from generator.tools.importers.lines import words
from generator.tools.importers.manuscript import Piece
from generator.tools.importers.persons import are_names

_SENT: Final = re.compile(
    r"\s*(?P<name>[^\d,。:;!?…()]{1,16}?)\s+(?P<day>(?=[\d二])[^\s,。:;!?]{3,12})\s+"
    rf"(?:{PART.pattern})?\s*\d{{1,2}}:\d\d(?::\d\d)?\s*"
)
_CALLED: Final = re.compile(
    "[老小阿][㐀-鿿]{1,2}|[㐀-鿿]{1,3}(?:主任|书记|主席|站长|队长|组长|所长|校长|院长|会计|老师|师傅|医生|大夫|工|姐|哥|叔|婶)"
)
"""How people are called who know each other; what else stands there may be what it was about: 例会."""


def sent(pieces: Sequence[Piece], lines: Mapping[int, DateLine], ends: Mapping[int, int]) -> dict[int, DateLine]:
    """The first lines of messages in a file that says no day otherwise: 老赵 2022/3/5 8:30."""
    if any(line.kind in (Kind.ENTRY, Kind.RUN_IN) for line in lines.values()):
        return {}
    found: dict[int, DateLine] = {}
    for at, piece in enumerate(pieces):
        text = words(piece.block)
        message = _SENT.fullmatch(folded(text))
        line = read(message["day"]) if message else None
        if (
            message
            and line
            and ends.get(at, at + 1) == at + 1
            and line.kind is Kind.ENTRY
            and line.is_bare
            and line.month
        ):
            name = text[message.start("name") : message.end("name")]
            is_person = are_names(name) or _CALLED.fullmatch(name)
            who = {"author" if is_person else "title": name}
            part = next((one for one in ("am", "pm", "evening") if message[one]), "")
            found[at] = replace(line, written=text, part=part, is_bare=False, **who)  # type: ignore[arg-type]
    # What publishes articles, and when each came out, looks alike: 石桥水站 2022-03-12 18:00.
    return found if len(found) > 1 and any(line.author for line in found.values()) else {}
