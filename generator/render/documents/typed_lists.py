"""The lists of attachments that a writer typed, in whatever way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.frozen import frozen
from generator.read.vocabulary import CHINESE_NUMBERS
from generator.render.documents.blocks import (
    Anchor,
    Block,
    Blocks,
    Break,
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
_HEADED: Final = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、)?\s*附件\s*[：:]?\s*")
"""A heading of one."""
_YEAR: Final = r"(?:19|20)\d\d(?!\d)"
_APART: Final = rf"(?:^|[;；]\s*|\s+|(?<=[》）)”])|[,，、]\s*(?=\d{{1,2}}[.．、](?:{_YEAR}|\D)))"
"""What stands before a number that is no more than a figure, in a line of several."""
_COUNTED: Final = re.compile(
    r"[;；,，、]?\s*附件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*"
    rf"(?:[：:、.．—–-]*[：:]|[、.．—–-]+(?:(?!\d)|(?={_YEAR}))|(?=[《“])|\s)\s*"
)
_FORMS: Final = (
    re.compile(rf"{_APART}(\d{{1,2}})[.．、]\s*"),
    re.compile(r"[;；,，、]?\s*[（(](\d{1,2})[)）]\s*"),
    re.compile(rf"{_APART}(\d{{1,2}})[)）]\s*"),
    re.compile(r"[;；,，、]?\s*([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])\s*"),
    _COUNTED,
)
"""What may stand before the name of an attachment: 1. and （1）, 附件1：. All of a list have the same."""
_ONE_FIGURE: Final = re.compile(rf"\s*\d{{1,2}}[.．、](?!{_YEAR})\d")
"""1.5万亩, which is no number before a name unless others follow; 1.2026年度 is one."""
_BETWEEN: Final = re.compile(r"\s*(?:[;；,，、和及]|以及)?\s*")
"""What stands between names that are links."""
_APART_ITSELF: Final = re.compile("[；;]")
"""What stands between others without numbers."""
SPACE: Final = " \u00a0\u3000\t\n"
BEHIND: Final = f"；;。.，,、{SPACE}"
"""What stands behind a name and is no part of it (GB/T 9704-2012, 7.3.4)."""


@frozen
class Typed:
    """A list of attachments, and the blocks in which it is."""

    start: int
    end: int
    names: tuple[Inlines, ...]


def typed_lists(blocks: Blocks) -> list[Typed]:
    """The lists of attachments."""
    found: list[Typed] = []
    for at in range(len(blocks)):
        if (not found or found[-1].end <= at) and (one := _listed(blocks, at)):
            found.append(one)
    return found


def _listed(blocks: Blocks, start: int) -> Typed | None:
    """The list that begins with a block; None where none does."""
    lead = _lead(blocks[start])
    if lead is None:
        return None
    form = _form(lead, 1)
    names = _names(lead, 1, form)
    first, end = lead, start + 1
    while end < len(blocks) and (more := _more(blocks[end], names, form)):
        names += more
        first = first if plain(first) else _inlines(blocks[end])
        form = form or _form(first, 1)
        end += 1
    if len(names) == 1 and _ONE_FIGURE.match(plain(first)):
        names = [bare(first, SPACE)]
    # One name that ends as a sentence is one.
    is_said = form in (None, _COUNTED) and len(names) == 1 and not _is_linked(names[0])
    found = tuple(names if is_said else map(bare, names))
    return Typed(start, end, found) if found and all(map(_is_name, found)) else None


def _lead(block: Block) -> Inlines | None:
    """What stands behind the word of a list in its first block; None where it is none."""
    text = plain(_inlines(block))
    if isinstance(block, Heading):
        return () if _HEADED.fullmatch(text) else None
    if not isinstance(block, Paragraph) or block.role:
        return None
    if word := _WORD.match(text):
        return tuple(without(block.inlines, word.end()))
    return block.inlines if _is_numbered(_COUNTED, text, 1) else None


def _more(block: Block, before: Sequence[Inlines], form: re.Pattern[str] | None) -> list[Inlines]:
    """The names that a block goes on with behind others; none where it is no part of the list."""
    number = len(before) + 1
    match block:
        case Paragraph(inlines=inlines, role=""):
            if found := form or _form(inlines, number):
                return _names(inlines, number, found) if _is_numbered(found, plain(inlines), number) else []
            return _names(inlines, number, None) if all(map(_is_linked, (*before, inlines))) else []
        case Listing(items=items, start=start) if start in (None, number):
            texts = [one.blocks[0] for one in items if len(one.blocks) == 1]
            lines = [one.inlines for one in texts if isinstance(one, Paragraph)]
            return [_unnumbered(one) for one in lines] if len(lines) == len(items) else []
        case _:
            return []


def _form(inlines: Inlines, number: int) -> re.Pattern[str] | None:
    """How the first name of a text is numbered; None where it has no number."""
    text = plain(inlines)
    return next((form for form in _FORMS if _is_numbered(form, text, number)), None)


def _is_numbered(form: re.Pattern[str], text: str, number: int) -> bool:
    found = form.match(text)
    return found is not None and _value(found) == number


def _value(found: re.Match[str]) -> int:
    text = found[1]
    return CHINESE_NUMBERS.get(text) or int(unicodedata.numeric(text[0]) if len(text) == 1 else text)


def _is_linked(inlines: Inlines) -> bool:
    """Whether it is nothing but links, with signs between them."""
    shown = [one for one in inlines if not isinstance(one, Anchor)]
    return bool(shown) and all(_is_link(one) or _is_between(one) for one in shown) and any(map(_is_link, shown))


def _is_link(inline: Inline) -> bool:
    return isinstance(inline, Text) and bool(inline.style.link)


def _is_between(inline: Inline) -> bool:
    return isinstance(inline, Break) or (isinstance(inline, Text) and bool(_BETWEEN.fullmatch(inline.text)))


def _is_name(inlines: Inlines) -> bool:
    return all(isinstance(one, Text | Anchor | Reference) for one in inlines) and "。" not in plain(inlines)


def _names(inlines: Inlines, number: int, form: re.Pattern[str] | None) -> list[Inlines]:
    """The names in a text, which has ``number`` before the first of them, and the next ones before others."""
    names: list[list[Inline]] = [[]]
    is_linked = form is None and _is_linked(inlines)
    for one in inlines:
        if is_linked and _is_link(one) and any(map(_is_link, names[-1])) and names[-1][-1:] != [one]:
            names.append([])
        if isinstance(one, Break):
            names[-1].append(Text(" "))
            continue
        rest = one
        while isinstance(rest, Text) and (found := _next(rest.text, number, form)):
            names[-1].append(replace(rest, text=rest.text[: found.start()]))
            names.append([])
            rest = replace(rest, text=rest.text[found.end() :])
            number += 1
        names[-1].append(rest)
    return [shown for name in names if (shown := bare(name, SPACE))]


def _next(text: str, number: int, form: re.Pattern[str] | None) -> re.Match[str] | None:
    found = form.finditer(text) if form else _APART_ITSELF.finditer(text)
    return next((one for one in found if not form or _value(one) == number), None)


def _unnumbered(inlines: Inlines) -> Inlines:
    """A name without a number that the list has, too: 附件1：."""
    found = _COUNTED.match(plain(inlines))
    return tuple(without(inlines, found.end())) if found else inlines


def _inlines(block: Block) -> Inlines:
    return block.inlines if isinstance(block, Heading | Paragraph) else ()


def without(inlines: Sequence[Inline], most: int) -> Iterator[Inline]:
    """The inlines without their first characters."""
    for one in inlines:
        if isinstance(one, Text):
            cut = min(most, len(one.text))
            most -= cut
            one = replace(one, text=one.text[cut:])  # noqa: PLW2901 - the same text, shorter
        yield one


def bare(inlines: Sequence[Inline], behind: str = BEHIND) -> Inlines:
    """The inlines without white space before them and signs behind; none where nothing is left."""
    text = plain(inlines)
    if not text.strip(behind):
        return ()
    left = [*without(inlines, len(text) - len(text.lstrip()))]
    while isinstance(last := left[-1], Text) and not last.text.rstrip(behind):
        del left[-1]
    if isinstance(last, Text):
        left[-1] = replace(last, text=last.text.rstrip(behind))
    return tuple(one for one in left if not isinstance(one, Text) or one.text)
