"""Tables of contents, whose lines stand again below them: they say days at which nothing begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NAME: Final = re.compile(r"[\s\[【]*(?:目\s*[录次錄]|(?:table of )?contents)[\s\]】:：]*", re.IGNORECASE)
_LINE: Final = re.compile(r"(?P<text>.*)(?:\s|[.·•…．_-]{2}|…)(?P<page>\d{1,4})\s*")
_LEAST: Final = 2
"""Lines of a table of contents that has a name, besides that; one without any has one more."""
_FIRST: Final = 2
"""Lines that may stand above one without a name: the title of the whole, and who wrote it."""


def contents_of(lines: Sequence[str]) -> range:
    """The lines that are a table of contents with its name; none where there is none."""
    found = [_LINE.fullmatch(line) for line in lines]
    named = next((at for at, line in enumerate(lines) if _NAME.fullmatch(line)), None)
    begin = next((at for at, one in enumerate(found) if one), len(lines)) if named is None else named + 1
    end, page = begin, 0
    while end < len(lines) and (line := found[end]) and int(line["page"]) >= page:
        end, page = end + 1, int(line["page"])
    below = {_squeezed(line) for line in lines[end:]}
    stand_again = all(_squeezed(line["text"]) in below for line in found[begin:end] if line)
    is_enough = end - begin >= _LEAST + (named is None) and (named is not None or begin <= _FIRST)
    return range(begin if named is None else named, end) if is_enough and stand_again else range(0)


def _squeezed(line: str) -> str:
    return "".join(line.split()).rstrip(".·•…．_-")
