"""Headings that a writer typed with a number, 一、 or （一）, as paragraphs or at their beginning; words in bold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile
from typing import Final

from generator.read.vocabulary import CHINESE_NUMBERS
from generator.render.documents.blocks import (
    Anchor,
    Block,
    Blocks,
    Heading,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Text,
)
from generator.render.documents.runs import plain

_NUMBERS: Final = tuple(
    map(re.compile, (r"([一二三四五六七八九十]{1,3})、\s*(?=\S)", r"[（(]([一二三四五六七八九十]{1,3})[)）]\s*(?=\S)"))
)
"""The numbers of headings, the outer ones first."""
_RUN_IN: Final = tuple(
    re.compile(
        rf"\s*{number.pattern}(?:[^。；：！？…;:!?]{{2,24}}。(?![”’」』）)])|[^。；：！？…;:!?，,“]{{2,12}}：)(?=\s*\S)"
    )
    for number in _NUMBERS
)
"""A heading that ends in the line in which its text begins."""
_ENDS_LEAD: Final = re.compile(r"[。；：，、！？）》”]\Z")
"""The sign with which bold words end, behind which Markdown of others needs a space."""
_CHAPTER: Final = re.compile(r"第([一二三四五六七八九十]{1,3})章\s+(?=\S)")
"""The number of a part of a regulation."""
_DECIMAL: Final = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})[ \u3000]+[\u4e00-\u9fff“《][^。；：！？;!?|]{1,23}(?<![，、,])"
)
"""A line of a plan: 1 总则, 1.1 编制目的."""
_LONGEST: Final = 28
"""Characters of a line of the form; a heading has hardly more."""
_STOPPED: Final = re.compile(r"[^。；：！？，、…]{2,9}。")
"""One that ends with a full stop, behind its number: 二、重点工作。"""
_RUNNING: Final = re.compile("[。；！？;!?]|[，,、]$")
"""What stands in a sentence, and in no heading; some end with a colon, 二、参会人员：."""


def with_typed_headings(blocks: Blocks) -> Blocks:
    """The blocks, with such lines as headings below the heading around them.

    They surely are headings where they are counted from 一 on without a gap, and text follows each of them: one line
    after another is a list. Paragraphs that begin with a heading are counted with them.
    """
    out: list[Block] = []
    level = 1
    blocks = _with_decimals(_with_chapters(blocks))
    for is_heading, group in groupby(blocks, lambda one: isinstance(one, Heading)):
        found = tuple(group)
        if is_heading:
            out += found
            level = max(1, *(one.level for one in found[-1:] if isinstance(one, Heading)))
        else:
            out += _promoted(found, level + 1, _NUMBERS)
    return tuple(out)


def _with_chapters(blocks: Blocks) -> Blocks:
    """The blocks, with the chapters that a writer typed as headings, where no others are."""
    lines = {at: found for at, block in enumerate(blocks) if (found := _number(block, _CHAPTER))}
    if not _are_counted(lines) or any(isinstance(one, Heading) for one in blocks):
        return blocks
    return tuple(
        Heading(2, tuple(map(_unmarked, block.inlines))) if at in lines and isinstance(block, Paragraph) else block
        for at, block in enumerate(blocks)
    )


def _with_decimals(blocks: Blocks) -> Blocks:
    """The blocks, with lines that decimals number as headings, 1 总则 and 1.1 编制目的, where these are all counted."""
    found = {at: number for at, block in enumerate(blocks) if (number := _decimal(block))}
    follows = all(_follows(above, below) for above, below in pairwise(((0,), *found.values())))
    if not follows or max(map(len, found.values()), default=1) == 1 or any(isinstance(one, Heading) for one in blocks):
        return blocks
    return tuple(
        Heading(1 + len(found[at]), tuple(map(_unmarked, block.inlines)))
        if at in found and isinstance(block, Paragraph)
        else block
        for at, block in enumerate(blocks)
    )


def _decimal(block: Block) -> tuple[int, ...]:
    """The number of a line that decimals number; empty for any other."""
    if not isinstance(block, Paragraph) or block.role:
        return ()
    is_line = all(isinstance(one, Text | Anchor) for one in block.inlines)
    found = _DECIMAL.fullmatch(plain(block.inlines).strip()) if is_line else None
    return tuple(map(int, found[1].split("."))) if found else ()


def _follows(above: Sequence[int], below: Sequence[int]) -> bool:
    """Whether a number is the next one, or the first within the one above."""
    level = len(below) - 1
    if len(below) > len(above):
        return [*below] == [*above, 1]
    return [*below[:level]] == [*above[:level]] and below[level] == above[level] + 1


def with_run_in_headings(blocks: Blocks, level: int) -> Blocks:
    """The blocks, with what stands before the text in paragraphs with numbers as headings, the outer ones of a level.

    It is one where others are counted with it, and most of them are headings, too.
    """
    series = [_series([*_counted(blocks, number, form)]) for number, form in zip(_NUMBERS, _RUN_IN, strict=True)]
    return tuple(_run_in(block, series[: len(series) + 1 - level], level) for block in blocks)


def _series(found: Sequence[tuple[int, str]]) -> Mapping[int, str]:
    """The numbers of those that are counted together, with the sign with which each ends if it is a heading.

    Where some are none, headings end with the same sign: others are sentences.
    """
    signs = Counter(sign for _, sign in found)
    if 2 * (len(found) - signs[""]) <= len(found):
        return {}
    (usual, _), *_ = Counter({sign: signs[sign] for sign in "：。"}).most_common()
    return {number: sign if not signs[""] or sign == usual else "" for number, sign in found}


def without_gaps(block: Block) -> Block:
    """The block without the spaces between bold words that end with a Chinese sign and what follows them."""
    match block:
        case Paragraph(inlines=inlines):
            return replace(block, inlines=tuple(_closed_up(inlines)))
        case Listing(items=items):
            return replace(
                block, items=tuple(replace(one, blocks=tuple(map(without_gaps, one.blocks))) for one in items)
            )
        case Quote(blocks=blocks):
            return Quote(tuple(map(without_gaps, blocks)))
        case _:
            return block


def _closed_up(inlines: Inlines) -> Iterator[Inline]:
    for before, one in pairwise((None, *inlines)):
        assert one is not None
        if isinstance(before, Text) and isinstance(one, Text) and before.style.bold and _ENDS_LEAD.search(before.text):
            yield replace(one, text=one.text.lstrip(" "))
        else:
            yield one


def _counted(blocks: Blocks, number: re.Pattern[str], form: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The numbers of paragraphs and headings, and the sign at the end of each that is a heading or might have one."""
    for block in blocks:
        text = _text(block)
        if found := number.match(text.lstrip()):
            whole = form.match(text)
            sign = whole[0][-1] if whole else "：" if text.endswith("：") else "。"
            yield CHINESE_NUMBERS.get(found[1], 0), sign if whole or isinstance(block, Heading) else ""


def _run_in(block: Block, series: Sequence[Mapping[int, str]], first: int) -> Block:
    if not isinstance(block, Paragraph) or block.role:
        return block
    for level, (form, others) in enumerate(zip(_RUN_IN, series, strict=False), first):
        found = form.match(_text(block))
        number = CHINESE_NUMBERS.get(found[1], 0) if found else 0
        if found and others.get(number) and (number - 1 in others or (number == 1 and 2 in others)):
            return replace(block, inlines=tuple(headed(block.inlines, level, found.end())))
    return block


def _text(block: Block) -> str:
    """The text with which a block begins, up to its first sign that is none."""
    inlines = block.inlines if isinstance(block, Heading | Paragraph) else ()
    return plain(takewhile(lambda one: isinstance(one, Text | Anchor), inlines))


def headed(inlines: Inlines, level: int, end: int) -> Iterator[Inline]:
    """The inlines with their first characters as a heading."""
    for one in inlines:
        if not isinstance(one, Text):
            yield one
            continue
        head, rest = one.text[:end], one.text[end:]
        end -= len(head)
        parts = (Text(head, replace(one.style, bold=False, heading=level)), Text(rest, one.style))
        yield from (part for part in parts if part.text)


def _promoted(blocks: Blocks, level: int, numbers: Sequence[re.Pattern[str]]) -> Iterator[Block]:
    """The blocks, with lines of the first of these numbers as headings of this level, and those of others below."""
    if not numbers:
        yield from blocks
        return
    number, *others = numbers
    form = _RUN_IN[_NUMBERS.index(number)]
    # Among those with which a text begins, lines end as these do.
    may_stop = any(_run_in_number(block, form) for block in blocks)
    lines = {at: found for at, block in enumerate(blocks) if (found := _number(block, number, may_stop=may_stop))}
    if not lines:
        yield from _promoted(blocks, level, others)
        return
    places = lines
    if not _are_counted(lines):
        places = {at: one for at, block in enumerate(blocks) if (one := lines.get(at) or _run_in_number(block, form))}
    alone = {at for at in lines if at + 1 in places or at + 1 == len(blocks)}
    if not _are_counted(places) or not all(_run_in_number(blocks[at], form) for at in alone):
        # What is within them would be above them.
        yield from blocks
        return
    first, *_ = ends = [*places, len(blocks)]
    yield from blocks[:first]
    for at, end in pairwise(ends):
        block = blocks[at]
        if at in lines and at not in alone and isinstance(block, Paragraph):
            block = Heading(level, tuple(map(_unmarked, block.inlines)))
        yield block
        yield from _promoted(blocks[at + 1 : end], level + 1, others)


def _are_counted(places: Mapping[int, int]) -> bool:
    """Whether several are counted from 一 on."""
    return len(places) > 1 and [*places.values()] == [*range(1, len(places) + 1)]


def _run_in_number(block: Block, form: re.Pattern[str]) -> int:
    """The number of a paragraph that begins with a heading, and is counted with others; 0 for none."""
    found = form.match(_text(block)) if isinstance(block, Paragraph) and not block.role else None
    return CHINESE_NUMBERS.get(found[1], 0) if found else 0


def _number(block: Block, number: re.Pattern[str], *, may_stop: bool = False) -> int:
    """The number of a paragraph that may be a heading; 0 for none. It has no full stop, unless it ``may_stop``."""
    if not isinstance(block, Paragraph) or block.role:
        return 0
    text = plain(block.inlines).strip()
    found = number.match(text)
    is_stopped = may_stop and found and _STOPPED.fullmatch(text[found.end() :])
    is_line = all(isinstance(one, Text | Anchor) for one in block.inlines)
    if not found or not is_line or len(text) > _LONGEST or (_RUNNING.search(text) and not is_stopped):
        return 0
    return CHINESE_NUMBERS.get(found[1], 0)


def _unmarked(inline: Inline) -> Inline:
    return replace(inline, style=replace(inline.style, bold=False)) if isinstance(inline, Text) else inline
