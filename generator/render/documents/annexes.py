"""Annexes that a writer put below the end of an official document: each on pages of its own (GB/T 9704-2012, 7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Final

from generator.render.documents.blocks import Block, Blocks, Heading, Inlines, Paragraph, Text
from generator.render.documents.runs import plain

ANNEX: Final = "annex"
"""The role of the line with which one begins, 附件1, at the top of a page."""
ANNEX_TITLE: Final = "annex-title"
BLANK: Final = "blank"
"""That of an empty line."""
_MARK: Final = re.compile(r"\s*(附件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?)\s*[：:]?\s*")
_TITLED: Final = re.compile(r"\s*(附件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?:\s*[：:、]\s*|\s+)(\S.*)")
"""The same with its title, as a heading has them."""
_RUNNING: Final = re.compile("[。；：;:]")
_LONGEST: Final = 60
"""Characters of a title."""


def is_mark(block: Block) -> bool:
    """Whether an annex begins with it."""
    return _marked(block) is not None


def _marked(block: Block) -> tuple[str, str] | None:
    """The mark of an annex, and its title, which is empty where it is not in the same line."""
    if not isinstance(block, Heading | Paragraph) or any(
        isinstance(one, Text) and one.style.link for one in block.inlines
    ):
        return None
    text = plain(block.inlines)
    if found := _MARK.fullmatch(text):
        return found[1], ""
    found = _TITLED.fullmatch(text) if isinstance(block, Heading) else None
    return (found[1], found[2]) if found else None


def annexed(
    blocks: Blocks, headed: Callable[[Blocks], Iterable[Block]], shaped: Callable[[Inlines], Inlines]
) -> Iterator[Block]:
    """Annexes with their marks, their titles on the third line, and texts that number headings for themselves."""
    starts = [at for at, block in enumerate(blocks) if is_mark(block)]
    for start, end in pairwise([*starts, len(blocks)]):
        found = _marked(blocks[start])
        assert found
        mark, title = found
        yield Paragraph((Text(mark),), ANNEX)
        text = blocks[start + 1 : end]
        titled: Inlines = (Text(title),) if title else _title(text)
        if titled:
            yield from (Paragraph((), BLANK), Paragraph(shaped(titled), ANNEX_TITLE), Paragraph((), BLANK))
        yield from headed(text if title or not titled else text[1:])


def _title(text: Blocks) -> Inlines:
    """The title in the first line of a text; empty for none."""
    match text:
        case (Heading(inlines=inlines), *_):
            return inlines
        case (Paragraph(inlines=inlines, role=""), _, *_) if len(plain(inlines)) < _LONGEST:
            return () if _RUNNING.search(plain(inlines)) else inlines
        case _:
            return ()
