"""Tables of contents, whose lines stand again below them: they say days at which nothing begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.render.documents.blocks import Block, Break, Heading, Listing, Paragraph, Text
from generator.render.documents.walk import every, texts
from generator.tools.importers.texts_of import text_of, text_of_inlines

_NAME: Final = re.compile(r"[\s\[【]*(?:目\s*[录次錄]|(?:table of )?contents)[\s\]】:：]*", re.IGNORECASE)
_LINE: Final = re.compile(r"(?P<text>.*)(?:\s|[.·•…．_-]{2}|…)(?P<page>\d{1,4})\s*")
_LEAST: Final = 2
"""Lines of a table of contents that has a name, or links; one without any has one more."""
_FIRST: Final = 2
"""Lines that may stand above one without a name: the title of the whole, and who wrote it."""


def contents_of(blocks: Sequence[Block]) -> range:
    """The blocks that are a table of contents with its name; none where there is none."""
    lines = [text_of_inlines(one.inlines) if isinstance(one, Paragraph | Heading) else "" for one in blocks]
    return _listed(blocks, lines) or _with_pages(lines)


def _with_pages(lines: Sequence[str]) -> range:
    """Lines with the numbers of their pages."""
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


def _listed(blocks: Sequence[Block], lines: Sequence[str]) -> range:
    """A list, or lines that are links; below a name, any lines."""
    last = {_squeezed(line): at for at, line in enumerate(lines) if line.strip()}
    begin, count = 0, 0
    for at, block in enumerate((*blocks, None)):
        is_named = begin > 0 and _NAME.fullmatch(lines[begin - 1]) is not None
        said = [_squeezed(line) for line in _entries(block, is_free=is_named or begin <= _FIRST, is_named=is_named)]
        if said and all(last.get(line, at) > at for line in said):
            count += len(said)
        elif count >= _LEAST:
            return range(begin - is_named, at)
        else:
            begin, count = at + 1, 0
    return range(0)


def _entries(block: Block | None, *, is_free: bool, is_named: bool) -> Iterator[str]:
    """The lines of a block that may be part of a table of contents; none of any other."""
    inner = tuple(every((block,) if block else ()))
    inlines = [one for each in inner for line in texts(each) for one in line]
    are_links = all(isinstance(one, Break) or (isinstance(one, Text) and _is_link(one)) for one in inlines)
    is_list = isinstance(block, Listing) and all(isinstance(one, Listing | Paragraph) for one in inner)
    if (is_list and (are_links or is_free)) or (isinstance(block, Paragraph) and (are_links or is_named)):
        yield from filter(str.strip, text_of(inner[:1]).split("\n"))


def _is_link(inline: Text) -> bool:
    return bool(inline.style.link) or not inline.text.strip()


def _squeezed(line: str) -> str:
    return "".join(line.split()).rstrip(".·•…．_-")
