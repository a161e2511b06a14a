"""An article's blocks in the order of a document: as they are written, or as an official document has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import takewhile
from math import inf
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import is_han
from generator.read.vocabulary import CHINESE_NUMBERS
from generator.render.documents.annex_ends import each_signed, ends_signed, signed_below
from generator.render.documents.annexes import BLANK, annexed
from generator.render.documents.blocks import (
    Anchor,
    Block,
    Blocks,
    Break,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Table,
    Text,
)
from generator.render.documents.centred import centred
from generator.render.documents.closing import Closing
from generator.render.documents.corrections import without_corrections
from generator.render.documents.numbered_lists import CIRCLED, with_numbers
from generator.render.documents.own_signatures import side_by_side, signs_itself
from generator.render.documents.placed import ADDRESSEE, placed
from generator.render.documents.rosters import ROSTER, with_rosters
from generator.render.documents.runs import plain
from generator.render.documents.title_lines import title_lines
from generator.render.documents.typed_endings import ended, joined
from generator.render.documents.typed_headings import headed, with_run_in_headings, with_typed_headings, without_gaps
from generator.render.documents.typed_indents import without_indents
from generator.render.documents.typed_openings import above
from generator.render.documents.wide_tables import turned


@frozen
class Opening:
    """What stands above the text."""

    title: Inlines
    lines: tuple[Inlines, ...]
    """The lines below the title: whose text it is, and of which days."""


@frozen
class Arranged:
    """A document in three parts."""

    opening: Opening | None
    """None where it stands in the text."""
    blocks: Blocks
    closing: Closing | None
    """None where it stands in the text."""


def as_written(blocks: Blocks, _language: str) -> Arranged:
    """The blocks as they are."""
    return Arranged(None, blocks, None)


ATTACHMENT: Final = "attachment"
"""The role, and the class in HTML, of the name of a file that goes with the document."""
SIGNATURE: Final = "signature"
"""That of the office that signs it."""
DATE: Final = "issued"
"""That of the day on which it does."""
PUBLISHER: Final = "publisher"
"""That of the site's own office, where others sign."""
COMPILED: Final = "compiled"
"""That of the day of a document of several texts, each of which keeps the end that its writer gave it."""
FACTS: Final = "chapter-facts"
"""That of the line below a heading that says where it was and who was there."""
_UNSIGNED: Final = re.compile(
    r"(?:纪要(?:第\S{1,4}[次期号])?|讲话|讲话稿|发言|发言稿|致辞|主持词|简报|(?:统计|一览|登记|汇总)表)\s*(?:[（(][^（()）]*[)）]\s*)*$"
)
"""How the title of a document ends that nobody signs: its day stands below the title."""
_WRITTEN_DAY: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_MINUTES: Final = re.compile(r"纪要(?:第\S{1,4}[次期号])?\s*(?:[（(][^（()）]*[)）]\s*)*$")
_ATTENDED: Final = re.compile(r"\s*(?:出\s*席|参\s*[加会])(?:人员|单位)?\s*[：:]")
"""What a line about those who were there begins with, at the end of minutes."""
_LISTED: Final = re.compile(r"\s*(?:出\s*席|列\s*席|请\s*假|缺\s*席)(?:人员|单位|人)?\s*[：:]")
_OTHERS: Final = re.compile(r"\s*(?:列\s*席|请\s*假|缺\s*席|主\s*持|记\s*录|整\s*理)(?:人员|单位|人)?\s*[：:]")
_FIRST: Final = 5
"""Lines of a text that may be of its title."""
_DAY_OF_WEEK: Final = re.compile(r"\s*(?:星期[一二三四五六日]|[A-Z][a-z]+day)")
"""What stands behind the day of an entry."""
_AT_THE_END: Final = (ATTACHMENT, SIGNATURE, PUBLISHER, DATE, COMPILED)
_OFFICES: Final = (SIGNATURE, PUBLISHER)
_ABOVE: Final = ("byline", "dateline")
_BETWEEN: Final = re.compile("[ \u00a0]· ")
"""What a page puts between two facts."""
_NUMERALS: Final = {number: word for word, number in [*CHINESE_NUMBERS.items()][::-1]}
_NUMBERS: Final = ("{word}、", "（{word}）", "{figure}.", "（{figure}）", "{circled}")
"""Those of headings, by their levels: the four of the form, and the one that offices use below them."""
NUMBERED: Final = len(_NUMBERS)
"""The levels of headings that have numbers."""
_WORD: Final = "[一二三四五六七八九十百]+"
_FIGURES: Final = (3,)
"""The levels whose numbers are bare figures: before 4万亩, one would be read as 1.4万亩."""
_CHAPTER: Final = re.compile(rf"\s*第(?:{_WORD}|\d+)[编章节](?:\s|$)")
"""The heading of a part of a regulation."""
_BEGINS_AS_FIGURE: Final = re.compile(r"\s*\d")
_FORMS: Final = tuple(
    map(re.compile, (f"{_WORD}、", rf"[(（]{_WORD}[)）]", r"\d+[.．]", r"[(（]\d+[)）]", f"[{CIRCLED}]"))
)
"""How a writer may write those of headings, by their levels."""
_OWN: Final = re.compile(
    rf"\s*(?:{_WORD}[、.．]|第(?:{_WORD}|\d+)[章节条部]|[(（](?:{_WORD}|\d{{1,2}})[)）]"
    r"|\d+(?:[.．](?!\d)|(?:[.．]\d+)*\s+(?=[\u4e00-\u9fff“《])|(?:[.．]\d+)+\s|[、)）])"
    rf"|[{CIRCLED}]|{_WORD}是"
    r"|(?:\d{4}年)?\d{1,2}月|\d{4}年\s*$)"
)
"""A number that a writer gave a heading, or a day or a year, which order headings, too; 十部门, 3.5公里 are none."""


def official(blocks: Blocks, language: str) -> Arranged:
    """The blocks as GB/T 9704-2012 orders them.

    Below the title stands, in brackets, what a page says there, without the office that signs the document at its end.
    Headings have the numbers 一、（一）1.（1） where there are several, none of which has a number or a day of its own.
    What a writer typed as such a heading is one. Where a writer numbered lines or headings of the same level, none is
    added; nor is one to English. What a writer typed at the end stands where the form has it, and annexes below it.
    """
    is_chinese = language.lower().startswith("zh")
    blocks = tuple(without_indents(blocks)) if is_chinese else blocks
    closing = _closing(blocks, is_chinese=is_chinese)
    rest = tuple(block for block in blocks if not isinstance(block, Paragraph) or block.role not in _AT_THE_END)
    rest, corrections = without_corrections(rest, "（：）" if is_chinese else "(:)")
    offices = {plain(block.inlines) for block in blocks if isinstance(block, Paragraph) and block.role in _OFFICES}
    opening, text = _opening(rest, (offices, plain(closing.date)), is_chinese=is_chinese)
    is_one = not any(_is_of(block, COMPILED) for block in blocks)
    title = plain(opening.title) if opening else ""
    day = ""
    if opening and is_one and (_UNSIGNED.search(title) or above(_lines(text), title).is_signed):
        # Nobody signs it.
        day, closing = _day_below(opening, text, plain(closing.date)), replace(closing, signature=(), date=())
    if is_chinese:
        given = closing.signature, closing.date
        text, closing, rest = ended(text, closing, title, is_one=is_one)
        if is_one and (closing.signature, closing.date) == given and signs_itself(text, title):
            text, closing = side_by_side(text), replace(closing, signature=(), date=())
        names = [*map(plain, closing.attachments)]
        annexes = annexed(closing.annexes, names, _of_annex, _shaped)
        closing = replace(closing, annexes=(*_of_annex(rest), *annexes))
        opening, text = _addressed(opening, text, is_signed=bool(closing.signature))
        text = _written(text, 1) if is_one else _written(tuple(each_signed(text)), 2)
        if not is_one and ends_signed(text, plain(closing.date)):
            closing = replace(closing, signature=(), date=())
        if is_one and _MINUTES.search(title):
            text = _attended(text)
        text = tuple(_bracketed(block) if _is_of(block, FACTS) else block for block in text)
    if opening and day:
        opening = replace(opening, lines=(*opening.lines, (Text(f"（{day}）"),)))
    closing = replace(closing, remarks=(*closing.remarks, *corrections))
    headed_text = tuple(_headed(text, is_chinese=is_chinese))
    numbered = tuple(with_numbers(headed_text)) if is_chinese else headed_text
    return Arranged(opening, turned(numbered), replace(closing, annexes=turned(closing.annexes)))


def _day_below(opening: Opening, text: Blocks, day: str) -> str:
    """The day of a document that nobody signs, which stands below the title; empty where its writer typed it there."""
    typed = "".join(plain(_inlines(block)) for block in text[:3])
    has_day = above(_lines(text), plain(opening.title)).has_day or any(
        map(_WRITTEN_DAY.search, map(plain, opening.lines))
    )
    return "" if has_day or day in typed else day


def _attended(text: Blocks) -> Blocks:
    """The text of minutes, with an empty line above those who were there, where nothing else follows."""
    end = len(text)
    while end and isinstance(text[end - 1], Footnotes):
        end -= 1
    at = end
    while at and _is_of_meeting(text[at - 1]):
        at -= 1
    is_there = any(_ATTENDED.match(plain(_inlines(block))) for block in text[at:end])
    if not at or not is_there:
        return text
    return (*text[:at], Paragraph((), BLANK), *map(_with_face, text[at:end]), *text[end:])


def _with_face(block: Block) -> Block:
    """A line about those who were at a meeting, with what they were there in the face of a heading (10.3)."""
    found = _LISTED.match(plain(_inlines(block)))
    if not found or not isinstance(block, Paragraph):
        return block
    return replace(block, inlines=tuple(headed(block.inlines, 1, found.end())))


def _is_of_meeting(block: Block) -> bool:
    line = plain(_inlines(block))
    return _is_of(block, ROSTER) or bool(_ATTENDED.match(line) or _OTHERS.match(line))


def _lines(text: Blocks) -> list[str]:
    """The first lines of a text, up to what is none; an empty one stands for that."""
    lines = [plain(_inlines(block)).strip() for block in takewhile(lambda one: _is_of(one, ""), text[:_FIRST])]
    return [*lines, ""] if len(lines) < len(text[:_FIRST]) else lines


def _of_annex(blocks: Blocks) -> Iterator[Block]:
    _, text = _addressed(None, tuple(signed_below(blocks)), is_signed=False)
    return with_numbers(tuple(_headed(_written(text, 1), is_chinese=True)))


def _written(blocks: Blocks, level: int) -> Blocks:
    """The blocks of a Chinese text, each as what its writer meant it to be; ``level`` is that of its own headings."""
    blocks = tuple(centred(block) if isinstance(block, Table) else without_gaps(block) for block in placed(blocks))
    return with_rosters(with_run_in_headings(with_typed_headings(blocks), level))


def _addressed(opening: Opening | None, blocks: Blocks, *, is_signed: bool) -> tuple[Opening | None, Blocks]:
    """The blocks, with the line before the first sentence that says to whom it goes as that: it stands at the margin.

    What stands between the title and that is of the title.
    """
    found = above(_lines(blocks), plain(opening.title) if opening else "")
    lines, rest = blocks[: found.number], blocks[found.number :]
    if lines and not opening:
        return opening, blocks
    if opening and (lines or found.is_addressed):
        # Where an entry was made, and in which weather, is of no letter.
        facts = () if is_signed and found.is_addressed else opening.lines
        opening = replace(opening, lines=(*map(_inlines, lines), *facts))
    if found.is_addressed:
        addressee, *text = rest
        assert isinstance(addressee, Paragraph)
        rest = (replace(addressee, role=ADDRESSEE), *text)
    return opening, rest


def _is_of(block: Block, *roles: str) -> bool:
    return isinstance(block, Paragraph) and block.role in roles


def _closing(blocks: Blocks, *, is_chinese: bool) -> Closing:
    def found(role: str) -> tuple[Inlines, ...]:
        return tuple(block.inlines for block in blocks if isinstance(block, Paragraph) and block.role == role)

    attachments = found(ATTACHMENT)
    return Closing(
        word="附件：" if is_chinese else "Annex: " if len(attachments) == 1 else "Annexes: ",
        attachments=attachments,
        signature=joined(found(SIGNATURE)),
        date=joined((*found(DATE), *found(COMPILED))),
    )


def _opening(
    blocks: Blocks, signed: tuple[AbstractSet[str], str], *, is_chinese: bool
) -> tuple[Opening | None, Blocks]:
    """The title with the lines around it, and what stands below them. A line above it says what kind of text it is."""
    match blocks:
        case (Paragraph(role="dateline") as kind, Heading(level=1) as heading, *rest):
            above = [kind.inlines]
            if plain(heading.inlines).endswith(plain(kind.inlines)):
                above = []
        case (Heading(level=1) as heading, *rest):
            above = []
        case _:
            return None, blocks
    title = joined((_shaped(heading.inlines) if is_chinese else heading.inlines, *above))
    below = 0
    while below < len(rest) and _is_of(rest[below], *_ABOVE):
        below += 1
    lines = [
        _line(block.inlines, *signed, is_chinese=is_chinese) for block in rest[:below] if isinstance(block, Paragraph)
    ]
    return Opening(title, tuple(filter(None, lines))), tuple(rest[below:])


def _shaped(title: Inlines) -> Inlines:
    """A title of several lines with line ends in it."""
    texts = [one for one in title if isinstance(one, Text)]
    if len(texts) != 1 or any(isinstance(one, Break) for one in title):
        return title
    (text,) = texts
    at = title.index(text)
    lines = [(Text(line, text.style),) for line in title_lines(text.text)]
    return (*title[:at], *joined(lines), *title[at + 1 :])


def _line(inlines: Inlines, offices: AbstractSet[str], day: str, *, is_chinese: bool) -> Inlines:
    """A line below the title, without the offices and the day of an entry, which stand at the end; it may be empty."""
    found = ((fact, _DAY_OF_WEEK.sub("", fact)) for fact in _BETWEEN.split(plain(inlines)))
    facts = [fact for fact, short in found if not _is_by(fact, offices) and (short == fact or short not in ("", day))]
    anchors = tuple(inline for inline in inlines if isinstance(inline, Anchor))
    if not facts:
        return anchors
    return (*anchors, Text(f"（{'，'.join(facts)}）" if is_chinese else " · ".join(facts)))


def _is_by(fact: str, offices: AbstractSet[str]) -> bool:
    """Whether it is an office that signs, or says that such ones have written it; or nothing."""
    fact = fact.strip()
    return not fact or fact in offices or set(fact.partition("：")[2].split("、")) <= offices


def _bracketed(block: Block) -> Block:
    assert isinstance(block, Paragraph)
    inlines = (
        replace(one, text=_BETWEEN.sub("，", one.text)) if isinstance(one, Text) else one for one in block.inlines
    )
    return replace(block, inlines=(Text("（"), *inlines, Text("）")), role="dateline")


def _headed(blocks: Blocks, *, is_chinese: bool) -> Iterator[Block]:
    """The blocks, with headings that descend without gaps and have numbers."""
    groups = _groups(blocks)
    levels = {at: level for level, group in groups for at in group}
    mixed = {levels[at] for at in levels if _is_of_another(plain(_inlines(blocks[at])), levels[at])}
    numbers: dict[int, int] = {}
    for level, group in groups:
        # Below headings without numbers, those of others would count for nothing.
        if is_chinese and level < min(mixed, default=inf) and _is_free(blocks, level, group):
            numbers |= {at: number for number, at in enumerate(group, 1)}
    for at, block in enumerate(blocks):
        if not isinstance(block, Heading):
            yield block
        else:
            number = _number(levels[at], numbers[at]) if at in numbers else ()
            is_centred = is_chinese and _CHAPTER.match(plain(block.inlines)) is not None
            yield Heading(levels[at] + 1, (*number, *block.inlines), is_centred)


def _is_of_another(text: str, level: int) -> bool:
    """Whether a heading has a number that is usual at another level."""
    others = (form for other, form in enumerate(_FORMS, 1) if other != level)
    return bool(_OWN.match(text)) and any(form.match(text.strip()) for form in others)


def _is_free(blocks: Blocks, level: int, group: Sequence[int]) -> bool:
    """Whether headings that stand side by side may have numbers: they are several, and have none."""
    texts = [plain(_inlines(blocks[at])) for at in group]
    most = len(CIRCLED) if level == NUMBERED else max(_NUMERALS)
    if level > NUMBERED or not 1 < len(group) <= most:
        return False
    has_own = any(map(_OWN.match, texts)) or (level in _FIGURES and any(map(_BEGINS_AS_FIGURE.match, texts)))
    if has_own or not any(map(is_han, "".join(texts))):
        return False
    form = _FORMS[level - 1]
    return not any(form.match(plain(_inlines(blocks[at])).strip()) for at in _beside(blocks, group))


def _beside(blocks: Blocks, group: Sequence[int]) -> Iterator[int]:
    """The places of paragraphs between these headings: below one of them, or above the first, and below no other."""
    start = group[0]
    while start and not isinstance(blocks[start - 1], Heading):
        start -= 1
    is_direct = True
    for at in range(start, len(blocks)):
        block = blocks[at]
        if isinstance(block, Heading):
            is_direct = at in group
            if at > group[-1] and not is_direct:
                return
        elif is_direct and isinstance(block, Paragraph):
            yield at


def _inlines(block: Block) -> Inlines:
    return block.inlines if isinstance(block, Heading | Paragraph) else ()


def _groups(blocks: Blocks) -> list[tuple[int, list[int]]]:
    """The headings that stand side by side below the same one: their level, from 1, and their places."""
    found: list[tuple[int, list[int]]] = []
    around: list[tuple[int, list[int]]] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        group: list[int] = []
        while around and around[-1][0] >= block.level:
            group = around.pop()[1]
        around.append((block.level, group))
        if not group:
            found.append((len(around), group))
        group.append(at)
    return found


def _number(level: int, number: int) -> tuple[Inline, ...]:
    return (
        Text(_NUMBERS[level - 1].format(word=_NUMERALS[number], figure=number, circled=CIRCLED[number - 1 : number])),
    )
