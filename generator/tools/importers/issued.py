"""When a whole text was issued, a post of a blog or a briefing; and what readers wrote below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from generator.render.documents.blocks import Heading
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_words import folded
from generator.tools.importers.lines import words
from generator.tools.importers.manuscript import Piece

_COMMENTS: Final = re.compile(
    r"\W*(?:(?:最新|全部|所有|热门|网友|精[彩选]|读者|文章|用户|博友|好友)?(?:评论|留言|跟帖|回帖|回复)(?:列表|区)?"
    r"|\d+\s*条(?:评论|留言|回复)|comments?)\s*(?:[(\[][\s\d条]*[)\]][\s:]*|:\s*)?",
    re.IGNORECASE,
)
"""What stands above the words of readers."""
_CLOCK: Final = re.compile(r"\d\s+\d{1,2}:\d\d")
_OFFICE: Final = re.compile(
    "(?:[队组部办局处科站所院校社厂委]|委员会|政府|办公室|[党总]支部)\\s*(?:编印?|主办|编写|印[发制]?|编制|[(\\[].*)?[)\\]]?$"
)
"""How the names of those end who make briefings."""
_LABEL: Final = re.compile(r"\W*[㐀-鿿]{1,8}(?=\s*[:/])")
_OWN: Final = re.compile(
    r"^\W*(?:日期|时间)|日[志记]|工作|驻村|发布|发表|刊|印|来源|作者|撰|执笔|记[录者载]|文|供稿|通讯|填|汇报|报告|姓名|编"
)
"""What the label of a day, or of who wrote something, says where the day is that of the text."""
_YEAR: Final = 12 * 31
_BEGUN: Final = (Kind.ENTRY, Kind.RUN_IN)


def posted(pieces: Sequence[Piece], lines: Mapping[int, DateLine]) -> dict[int, DateLine]:
    """The times at which readers wrote, where an entry only begins if a person says so; and that of the post itself."""
    timed = {at for at, line in lines.items() if line.year and _CLOCK.search(folded(words(pieces[at].block)))}
    comments = _comments(pieces, timed)
    said = {at: words(pieces[at].block) for at in comments}
    found = {at: replace(lines[at], kind=Kind.OFFER, is_whole=True, written=text, rest="") for at, text in said.items()}
    days = [at for at, line in lines.items() if line.kind in _BEGUN and at not in comments]
    own = [at for at in timed if at not in comments and lines[at].kind in (*_BEGUN, Kind.PUBLISHED)]
    if len(own) == 1 and not {*days} - {*own} and comments:
        # Nothing else says the day of the post.
        return found | {own[0]: replace(lines[own[0]], kind=Kind.ENTRY)}
    # (2010-11-28 21:14:06) above 11月22日.
    return found | (_before(lines, own[0], days[1:]) if own and own == days[:1] and not lines[own[0]].title else {})


def issued(lines: Mapping[int, DateLine], ends: Mapping[int, int]) -> dict[int, DateLine]:
    """The day of a briefing in its head, alone or with who made it, above the days of which it tells."""
    days = [at for at, line in lines.items() if line.kind in _BEGUN]
    first = next((at for at, line in lines.items() if line.kind in (*_BEGUN, Kind.OFFER)), None)
    if first is None or not days:
        return {}
    line, below = lines[first], [at for at in days if at > first]
    is_alone = line.kind is Kind.ENTRY and line.is_bare
    is_by_office = line.kind is Kind.OFFER and line.is_whole and _OFFICE.search(folded(line.title).strip())
    is_head = (is_alone and below[:1] == [ends[first]]) or is_by_office
    found = _before(lines, first, below) if line.year and is_head else {}
    return {at: replace(line, kind=Kind.OFFER, is_whole=True) for at in found} if _is_of_others(line) else found


def _is_of_others(line: DateLine) -> bool:
    """Whether a label says that something else was done on a day than to write or to publish: 检查日期, 检查人."""
    label = _LABEL.match(folded(line.written))
    return label is not None and _OWN.search(label[0]) is None


def sourced(lines: Mapping[int, DateLine], end: int) -> dict[int, DateLine]:
    """Who wrote it and when, above the days of a file; and lines of publication, of which each has an article below."""
    days = [at for at, line in lines.items() if line.kind in _BEGUN]
    if len(days) > 1 and days[1] == days[0] + 1:
        first, second = lines[days[0]], lines[days[1]]
        said = replace(first, kind=Kind.PUBLISHED)
        if _is_of_others(first):
            said = replace(first, kind=Kind.OFFER, is_whole=True)
        return {days[0]: said} if first.author and first.year and not second.year else {}
    found = [at for at, line in lines.items() if line.kind is Kind.PUBLISHED and not line.is_bare]
    are_apart = len(found) > 1 and all(below - at > 1 for at, below in pairwise([*found, end]))
    return {at: replace(lines[at], kind=Kind.OFFER, is_whole=True) for at in found if are_apart and not days}


def _before(lines: Mapping[int, DateLine], at: int, below: Sequence[int]) -> dict[int, DateLine]:
    """A day as that of publication, where it is later than the first of those below it, which go on from there."""
    # 8.30 may be an hour of the day above it.
    is_later = bool(below) and not lines[below[0]].is_doubtful and _is_later(lines[at], lines[below[0]])
    is_backwards = len(below) > 1 and _is_later(lines[below[0]], lines[below[1]])
    return {at: replace(lines[at], kind=Kind.PUBLISHED, title="")} if is_later and not is_backwards else {}


def _comments(pieces: Sequence[Piece], timed: set[int]) -> set[int]:
    """The lines with a clock below the heading of comments, up to the next heading; none where all days have clocks."""
    found: set[int] = set()
    is_below = False
    for at, piece in enumerate(pieces):
        if _COMMENTS.fullmatch(folded(words(piece.block)) or "x"):
            is_below = sum(one < at and one not in found for one in timed) < 2
        elif isinstance(piece.block, Heading):
            is_below = False
        elif is_below and at in timed:
            found.add(at)
    return found


def _is_later(line: DateLine, below: DateLine) -> bool:
    """Whether a day comes up to half a year behind the one below it, which has the same year or none."""
    first, last = (31 * (one.month or 0) + (one.day or 0) for one in (below, line))
    return below.year in (None, line.year) and below.month is not None and 0 < (last - first) % _YEAR < _YEAR / 2
