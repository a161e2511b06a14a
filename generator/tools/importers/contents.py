"""Tables of contents, whose lines stand again below them: they say days at which nothing begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from generator.render.documents.blocks import Anchor, Block, Break, Heading, Listing, Paragraph, Table, Text
from generator.render.documents.walk import every, texts
from generator.tools.importers.texts_of import text_of, text_of_inlines

_NAME: Final = re.compile(r"[\s\[【]*(?:目\s*[录次錄]|(?:table of )?contents)[\s\]】:：]*", re.IGNORECASE)
_LINE: Final = re.compile(
    r"(?P<text>.*?\S)(?:\s*(?P<dots>(?:[.·•．_—-]\s?){2,}|…+)\s*|\s+[-(（]?\s*|(?<=[)）]))(?P<page>\d{1,4})\s*-?[)）]?\s*"
)
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}[日号]")
_LONGEST: Final = 120
"""Characters of a line of contents."""
_LEAST: Final = 2
"""Lines of a table of contents that has a name, or links; one without any has one more."""
_FIRST: Final = 2
"""Lines that may stand above one without a name: the title of the whole, and who wrote it."""


def contents_of(blocks: Sequence[Block]) -> range:
    """The blocks that are a table of contents with its name; none where there is none."""
    lines = [text_of_inlines(one.inlines) if isinstance(one, Paragraph | Heading) else "" for one in blocks]
    return _linked(blocks, lines) or _listed(blocks, lines) or _with_pages(lines) or _in_table(blocks, lines)


def _in_table(blocks: Sequence[Block], lines: Sequence[str]) -> range:
    """A table whose rows are lines with the numbers of their pages."""
    for at, block in enumerate(blocks):
        name = lines[at - 1 : at] if _is_named(lines, at) else []
        rows = [*block.head, *block.rows] if isinstance(block, Table) and (name or at <= _FIRST) else []
        said = [*name, *("\t".join(text_of(cell.blocks).strip() for cell in row) for row in rows)]
        if rows and _with_pages([*said, *lines[at + 1 :]]) == range(len(said)):
            return range(at - len(name), at + 1)
    return range(0)


def _with_pages(lines: Sequence[str]) -> range:
    """Lines with the numbers of their pages."""
    found = [_LINE.fullmatch(line) if len(line) <= _LONGEST else None for line in lines]
    named = next((at for at, line in enumerate(lines) if _NAME.fullmatch(line)), None)
    begin = next((at for at, one in enumerate(found) if one), len(lines)) if named is None else named + 1
    end, page = begin, 0
    while end < len(lines) and (line := found[end]) and int(line["page"]) >= page:
        end, page = end + 1, int(line["page"])
    below = "\n".join(map(_squeezed, lines[end:]))
    listed = [line for line in found[begin:end] if line]
    stand_again = all(_stands_in(below, _squeezed(line["text"])) for line in listed)
    is_sure = named is not None or all(line["dots"] for line in listed)
    is_enough = end - begin >= _LEAST + (not is_sure) and (named is not None or begin <= _FIRST)
    return range(begin if named is None else named, end) if is_enough and stand_again else range(0)


def _stands_in(below: str, text: str) -> bool:
    """Whether a line of contents, or its day, stands in the text below it."""
    return text in below or any(day in below for day in _DAY.findall(text))


def _linked(blocks: Sequence[Block], lines: Sequence[str]) -> range:
    """Blocks of nothing but links to lines of the text, of which a page may say only the beginning."""
    links = [tuple(_links(block)) for block in blocks]
    others = sorted(_squeezed(line) for line, found in zip(lines, links, strict=True) if not found)
    for are_links, group in groupby(range(len(blocks)), key=lambda at: bool(links[at])):
        run = [*group] if are_links else []
        said = [one for at in run for one in links[at]]
        standing = sum(_is_among(others, text, is_whole=not address.startswith("#")) for address, text in said)
        if standing >= _LEAST and 2 * standing >= len(said):
            return range(run[0] - _is_named(lines, run[0]), run[-1] + 1)
    return range(0)


def _links(block: Block) -> Iterator[tuple[str, str]]:
    """The addresses and the words of the links of a list or a paragraph; none where it holds anything else."""
    inner = tuple(every((block,)))
    inlines = [one for each in inner for line in texts(each) for one in (*line, Break())]
    groups = [(link, text_of_inlines(tuple(group))) for link, group in groupby(inlines, _address)]
    is_plain = all(isinstance(one, Listing | Paragraph) for one in inner)
    is_plain = is_plain and all(isinstance(one, Text | Break | Anchor) for one in inlines)
    if is_plain and all(link or not any(map(str.isalpha, text)) for link, text in groups):
        yield from ((link, text) for link, text in groups if link and text.strip())


def _address(inline: object) -> str:
    return inline.style.link if isinstance(inline, Text) else ""


def _is_among(others: Sequence[str], text: str, *, is_whole: bool) -> bool:
    """Whether a text is one of the lines, which are sorted, or the beginning of one."""
    wanted = _squeezed(text)
    at = bisect_left(others, wanted)
    return bool(wanted) and at < len(others) and (others[at] == wanted if is_whole else others[at].startswith(wanted))


def _is_named(lines: Sequence[str], at: int) -> bool:
    return at > 0 and _NAME.fullmatch(lines[at - 1]) is not None


def _listed(blocks: Sequence[Block], lines: Sequence[str]) -> range:
    """A list whose lines all stand again below it; below a name, any lines."""
    last = {_squeezed(line): at for at, line in enumerate(lines) if line.strip()}
    begin, count = 0, 0
    for at, block in enumerate((*blocks, None)):
        is_named = _is_named(lines, begin)
        is_list = isinstance(block, Listing) and (is_named or begin <= _FIRST)
        inner = tuple(every((block,))) if block and (is_list or (is_named and isinstance(block, Paragraph))) else ()
        is_plain = all(isinstance(one, Listing | Paragraph) for one in inner)
        said = [_squeezed(line) for line in text_of(inner[:1]).split("\n") if line.strip()] if is_plain else []
        if said and all(last.get(line, at) > at for line in said):
            count += len(said)
        elif count >= _LEAST:
            return range(begin - is_named, at)
        else:
            begin, count = at + 1, 0
    return range(0)


def _squeezed(line: str) -> str:
    return "".join(line.split()).rstrip(".·•…．_-")
