"""What a writer typed at the end of an official document and the form has elsewhere: attachments, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import (
    Anchor,
    Block,
    Blocks,
    Break,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Reference,
    Text,
)
from generator.render.documents.runs import plain

_WORD: Final = re.compile(r"\s*附件?\s*[：:]\s*")
"""What a list of attachments begins with."""
_NUMBER: Final = re.compile(r"(?:^|[;；,，]\s*|\s+)(\d{1,2})[.．、](?!\d)\s*")
"""What stands before the name of an attachment, in a line of several behind a sign; a full-width space is one, too."""
_REMARK: Final = re.compile(r"[（(](?=[^（(]*(?:联系|电话|此件|公开))[^。]{1,100}[)）]")
"""Whom to ask, and who may read it."""


@frozen
class Typed:
    """A list of attachments, and the blocks in which it is."""

    start: int
    end: int
    names: tuple[Inlines, ...]


def typed_lists(blocks: Blocks) -> list[Typed]:
    """The lists of attachments."""
    found = (_listed(blocks, at) for at in range(len(blocks)))
    return [one for one in found if one]


def is_remark(block: Block) -> bool:
    """Whether it is a remark that stands below the day (GB/T 9704-2012, 7.3.6)."""
    return isinstance(block, Paragraph) and not block.role and bool(_REMARK.fullmatch(plain(block.inlines).strip()))


CORRECTION: Final = "correction"
"""The role, and the class in HTML, of what was corrected in an entry."""


def without_corrections(blocks: Blocks, brackets: str) -> tuple[Blocks, tuple[Inlines, ...]]:
    """The blocks without corrections and their heading, and these as remarks in brackets: no text has them in it."""
    left: list[Block] = []
    label: Inlines = ()
    remarks: list[Inlines] = []
    opening, between, ending = tuple(brackets)
    for block in blocks:
        if not isinstance(block, Paragraph) or block.role != CORRECTION:
            left.append(block)
            continue
        if left and isinstance(heading := left[-1], Heading):
            label = (*heading.inlines, Text(between))
            del left[-1]
        remarks.append((Text(opening), *label, *block.inlines, Text(ending)))
    return tuple(left), tuple(remarks)


def end_of_text(blocks: Blocks) -> int:
    """Where the text ends: before its footnotes."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Footnotes):
        end -= 1
    return end


def _listed(blocks: Blocks, start: int) -> Typed | None:
    """The list that begins with a block; None where none does."""
    first = blocks[start]
    if not isinstance(first, Paragraph) or first.role or not (word := _WORD.match(plain(first.inlines))):
        return None
    names = _names(tuple(_without(first.inlines, word.end())), 1)
    end = start + 1
    while end < len(blocks) and (more := _more(blocks[end], len(names))):
        names += more
        end += 1
    if not names or not all(map(_is_name, names)):
        return None
    return Typed(start, end, tuple(names))


def _more(block: Block, before: int) -> list[Inlines]:
    """The names that a block goes on with behind ``before`` others; none where it is no part of the list."""
    match block:
        case Paragraph(inlines=inlines, role=""):
            found = _NUMBER.match(plain(inlines))
            return _names(inlines, before + 1) if found and int(found[1]) == before + 1 else []
        case Listing(items=items, start=start) if start in (None, before + 1):
            texts = [one.blocks[0] for one in items if len(one.blocks) == 1]
            lines = [one.inlines for one in texts if isinstance(one, Paragraph)]
            return lines if len(lines) == len(items) else []
        case _:
            return []


def _is_name(inlines: Inlines) -> bool:
    return all(isinstance(one, Text | Anchor | Reference) for one in inlines) and "。" not in plain(inlines)


def _names(inlines: Inlines, number: int) -> list[Inlines]:
    """The names in a line, which has ``number`` before the first of them, and the next ones before others."""
    names: list[list[Inline]] = [[]]
    for one in inlines:
        if isinstance(one, Break):
            names[-1].append(Text(" "))
            continue
        rest = one
        while isinstance(rest, Text) and (found := _next(rest.text, number)):
            names[-1].append(replace(rest, text=rest.text[: found.start()]))
            names.append([])
            rest = replace(rest, text=rest.text[found.end() :])
            number += 1
        names[-1].append(rest)
    return [stripped for name in names if (stripped := _stripped(name))]


def _next(text: str, number: int) -> re.Match[str] | None:
    return next((found for found in _NUMBER.finditer(text) if int(found[1]) == number), None)


def _without(inlines: Sequence[Inline], most: int) -> Iterator[Inline]:
    """The inlines without their first characters."""
    for one in inlines:
        if isinstance(one, Text):
            cut = min(most, len(one.text))
            most -= cut
            one = replace(one, text=one.text[cut:])  # noqa: PLW2901 - the same text, shorter
        yield one


def _stripped(inlines: Sequence[Inline]) -> Inlines:
    """The inlines without white space at both ends, and without texts that are empty; none where nothing is left."""
    text = plain(inlines)
    if not text.strip():
        return ()
    left = [*_without(inlines, len(text) - len(text.lstrip()))]
    while isinstance(last := left[-1], Text) and not last.text.strip():
        del left[-1]
    if isinstance(last, Text):
        left[-1] = replace(last, text=last.text.rstrip())
    return tuple(one for one in left if not isinstance(one, Text) or one.text)
