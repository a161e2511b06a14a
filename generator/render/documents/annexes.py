"""What a writer put below the end of an official document, on pages of its own: what it issues, annexes (7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from generator.render.documents.blocks import Block, Blocks, Heading, Inlines, Paragraph, Text
from generator.render.documents.runs import plain
from generator.render.documents.typed_lists import typed_lists

ANNEX: Final = "annex"
"""The role of the line with which one begins, 附件1, at the top of a page."""
ANNEX_TITLE: Final = "annex-title"
ENCLOSED_TITLE: Final = "enclosed-title"
"""That of the title of what a notice issues, at the top of a page."""
BLANK: Final = "blank"
"""That of an empty line."""
_MARK: Final = re.compile(r"\s*(附件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?)\s*[：:]?\s*")
_FIRST: Final = re.compile(r"\s*[1一]$")
_TITLED: Final = re.compile(r"\s*(附件?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?:\s*[：:、]\s*|\s+)(\S.*)")
"""The same with its title."""
_ONLY: Final = re.compile(r"\s*(附件?)\s*[：:]\s*(?!\d{1,2}[.．、])(\S.*)")
"""The same of the only one."""
_RUN_ON: Final = re.compile(r"(附件(?:\d{1,2}|[一二三四五六七八九十]{1,3})?)\s*(\S.*)")
"""The same where nothing but the end of a line is between them, which is nothing between Chinese characters."""
_ISSUING: Final = re.compile(
    r"(?:印发|转发|批转|发布|公布|下发)(?:《(.+)》|([^《》]+))的(?:通知|公告|通告|函|令|决定)$"
)
"""The end of the title of a document with which another is issued."""
_RUNNING: Final = re.compile("[。；：;:]")
_LONGEST: Final = 60
"""Characters of a title."""


def is_mark(block: Block) -> bool:
    """Whether an annex begins with it, in a line of its own or in a heading."""
    found = _marked(block, ())
    return found is not None and (isinstance(block, Heading) or not found[1])


def marks(blocks: Blocks, names: Container[str]) -> Iterator[int]:
    """Where annexes might begin. A line with a title is one of a list if nothing but others like it follows.

    ``names`` are those of the attachments that are listed.
    """
    lists = [range(one.start, one.end) for one in typed_lists(blocks)]
    for at, (block, below) in enumerate(pairwise(blocks)):
        around = next((one for one in lists if at in one), None)
        if around is None:
            if _marked(block, names):
                yield at
        elif len(around) == 1 and isinstance(block, Paragraph) and _marked(block, names) and not _marked(below, names):
            yield at


def _marked(block: Block, names: Container[str]) -> tuple[str, str] | None:
    """The mark of an annex, and its title, which is empty where it is not in the same line."""
    if not isinstance(block, Heading | Paragraph) or any(
        isinstance(one, Text) and one.style.link for one in block.inlines
    ):
        return None
    text = plain(block.inlines).strip()
    if found := _MARK.fullmatch(text):
        return found[1], ""
    if (found := _RUN_ON.fullmatch(text)) and found[2] in names:
        return found[1], found[2]
    found = _TITLED.fullmatch(text) or _ONLY.fullmatch(text)
    is_title = found and (isinstance(block, Heading) or (len(found[2]) < _LONGEST and not _RUNNING.search(found[2])))
    return (found[1], found[2]) if found and is_title else None


def _line(block: Block) -> str:
    return plain(block.inlines) if isinstance(block, Heading | Paragraph) else ""


def enclosed(blocks: Blocks, title: str) -> Iterator[int]:
    """Where what a document with this title issues might begin: its name is alone in a line, and text follows."""
    found = _ISSUING.search("".join(title.split()))
    name = found and (found[1] or found[2])
    for at, block in enumerate(blocks[:-1]):
        line = _line(block)
        if name and at and not is_mark(blocks[at - 1]) and "".join(line.split()) in (name, f"《{name}》"):
            yield at


def issued_below(blocks: Blocks, title: str) -> Iterator[int]:
    """Where it might begin under another name, below the signature of such a document: a line that may be a title."""
    if not _ISSUING.search("".join(title.split())):
        return
    for at, block in enumerate(blocks[:-1]):
        line = _line(block).strip()
        is_title = isinstance(block, Heading) or (isinstance(block, Paragraph) and not block.role)
        if at and is_title and 1 < len(line) < _LONGEST and not _RUNNING.search(line) and _marked(block, ()) is None:
            yield at


def annexed(
    blocks: Blocks,
    names: Sequence[str],
    headed: Callable[[Blocks], Iterable[Block]],
    shaped: Callable[[Inlines], Inlines],
) -> Iterator[Block]:
    """Annexes with their marks, their titles on the third line, and texts that number headings for themselves.

    What stands above the first of them is what the document issues, which begins with its title.
    """
    # The only one is the first.
    starts = [
        at for at in marks(blocks, names) if at == 0 or not _ONLY.fullmatch(plain(getattr(blocks[at], "inlines", ())))
    ]
    match blocks[: min(starts, default=len(blocks))]:
        case (Heading(inlines=inlines) | Paragraph(inlines=inlines), *rest):
            yield from (Paragraph(shaped(inlines), ENCLOSED_TITLE), Paragraph((), BLANK))
            yield from headed(tuple(rest))
    for start, end in pairwise([*starts, len(blocks)]):
        found = _marked(blocks[start], names)
        assert found
        mark, title = found
        # The only one has no number in the list, either.
        is_only = len(starts) == len(names) == 1
        yield Paragraph((Text(_FIRST.sub("", mark) if is_only else mark),), ANNEX)
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
