"""A manuscript spread out, so that every line with which an entry may begin is a piece of its own."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.ground.messages import say
from generator.render.documents.blocks import (
    Block,
    Blocks,
    Break,
    Definition,
    Definitions,
    Figure,
    Heading,
    Inline,
    Inlines,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Table,
    Term,
    Text,
)
from generator.render.documents.runs import plain
from generator.tools.importers.carried import carries, ticked, with_addresses
from generator.tools.importers.contents import contents_of
from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_lines import read
from generator.tools.importers.date_words import DATE_NAME, folded, number
from generator.tools.importers.diary_tables import Diary, diary_of
from generator.tools.importers.entry_tables import Within, tables_within
from generator.tools.importers.lone_days import DAY_ALONE
from generator.tools.importers.manuscript import LeftOut, Manuscript, Piece
from generator.tools.importers.wechat import AROUND_WECHAT, is_wechat

_BEGUN: Final = (Kind.ENTRY, Kind.RUN_IN)
_UNFILLED: Final = re.compile(
    rf"\s*({DATE_NAME})\s*:[\s_.年月日/-]*"
    r"(?:(?:[单双]击|点击|请)[^,.。]{0,12}日期[.。]?|Click [a-z ]{0,20}date\.?)?\s*"
)
"""The name of a day with nothing behind it, or with what a form asks for there."""
_FILLED: Final = re.compile(rf"\s*{DATE_NAME}\s*:\s*[\d一二三四五六七八九十〇○]")
_SURE: Final = (Kind.ENTRY, Kind.RUN_IN, Kind.PUBLISHED)


def spread(
    manuscript: Manuscript, columns: Mapping[int, str] | None = None, diaries: Collection[int] = ()
) -> tuple[tuple[Piece, ...], tuple[LeftOut, ...]]:
    """The pieces of a manuscript, and what none of them takes: contents, headings of tables, WeChat's own lines.

    ``columns`` has the headings of the columns with the days that a person chose, by the numbers of their tables.
    ``diaries`` are the numbers of tables at whose rows entries begin by what a person said.
    """
    tables, found = tables_of(manuscript), within(manuscript)
    chosen = {at: columns[number] for number, at in tables.items() if columns and number in columns}
    kept = found.listing | (found.asked - {tables[number] for number in diaries})
    left_out: list[LeftOut] = []
    pieces: list[Piece] = []
    above = _above_forms(manuscript.pieces)
    lists, offered = _lists_of_days(manuscript.pieces)
    lists |= frozenset((*_lists_below_months(manuscript.pieces), *_points(manuscript.pieces)))
    contents = contents_of([piece.block for piece in manuscript.pieces])
    if listed := [manuscript.pieces[at] for at in contents]:
        text = " / ".join(with_addresses(one.block).replace("\n", " / ") for one in listed)
        left_out.append(LeftOut(kind=say("a table of contents"), text=text, where=listed[0].where))
    for at, piece in enumerate(manuscript.pieces):
        if at in above or at in contents:
            continue
        if is_wechat(words(piece.block)):
            left_out.append(LeftOut(kind=AROUND_WECHAT, text=with_addresses(piece.block), where=piece.where))
            continue
        if at in chosen and isinstance(piece.block, Table) and (diary := diary_of(piece.block, chosen[at])):
            pieces += _days(piece, diary, left_out)
            continue
        if at in kept:
            pieces.append(piece)
            continue
        if at in offered:
            piece = _holding(piece)  # noqa: PLW2901
        is_cut = at in lists or at in offered
        first, *others = _items(piece, left_out) if is_cut else _spread(piece, left_out)
        if at - 1 in above:
            first = replace(first, block=Paragraph((Text(f"{above[at - 1]} {words(first.block)}"),)))
        pieces += (first, *others)
    return tuple(_with_unfilled(pieces)), tuple(left_out)


def tables_of(manuscript: Manuscript) -> dict[int, int]:
    """The tables of a manuscript, numbered, as the numbers of its pieces."""
    return dict(enumerate((at for at, one in enumerate(manuscript.pieces) if isinstance(one.block, Table)), 1))


def asked_tables(manuscript: Manuscript) -> tuple[tuple[int, Piece], ...]:
    """The tables that may list something within an entry, by their numbers."""
    asked = within(manuscript).asked
    return tuple((number, manuscript.pieces[at]) for number, at in tables_of(manuscript).items() if at in asked)


def _with_unfilled(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with those where the day was not filled in that others have behind the same name: 日期：."""
    texts = [words(piece.block) for piece in pieces]
    labels = {at: folded(text) for at, text in enumerate(texts) if ":" in text or "：" in text}
    found = {at: one for at, text in labels.items() if (one := _UNFILLED.fullmatch(text))}
    days = {at: _read(pieces[at + 1].block) for at in found if at + 1 < len(pieces)}
    filled = {text.partition(":")[0].strip() for text in labels.values() if found and _FILLED.match(text)}
    for at, piece in enumerate(pieces):
        # The day may stand in the next line.
        is_open = at in found and found[at][1] in filled and not days.get(at) and piece.day is None
        yield replace(piece, day=DateLine(kind=Kind.ASK, written=texts[at])) if is_open else piece


def _lists_of_days(pieces: Sequence[Piece]) -> tuple[frozenset[int], frozenset[int]]:
    """The lists that number a diary's days, the text of each behind it; those that are offered: 7月1日，开会.

    Points of a plan have days without years. Offered is a list of which each point begins with a day, where nothing
    else says one.
    """
    lists = {at: piece.block for at, piece in enumerate(pieces) if isinstance(piece.block, Listing)}
    if not lists:
        return frozenset(), frozenset()
    first = {at: [next(map(_read, item.blocks[:1]), None) for item in one.items] for at, one in lists.items()}
    is_dated = _has_dates(tuple(piece.block for piece in pieces))
    numbered = frozenset(
        at
        for at, lines in first.items()
        if lists[at].start is not None
        and all(line and line.kind in _SURE and (line.year or not is_dated) for line in lines)
    )
    offered = frozenset(
        at
        for at, lines in first.items()
        if not is_dated
        and all(line and line.day for line in lines)
        and any(line and line.kind is Kind.OFFER for line in lines)
    )
    return numbered if len(numbered) > 1 else frozenset(), offered


def _lists_below_months(pieces: Sequence[Piece]) -> Iterator[int]:
    """The lists right below a month of which each point begins with a later day of it: 2022年3月, then 7日 走访."""
    for at, (above, piece) in enumerate(itertools.pairwise(pieces), 1):
        items = piece.block.items if isinstance(piece.block, Listing) else ()
        first = [DAY_ALONE.match(folded("".join(map(words, item.blocks[:1])))) for item in items]
        days = [number(one[1]) for one in first if one]
        if days and len(days) == len(items) and all(day < later for day, later in itertools.pairwise(days)):
            line = _read(above.block)
            if line and line.kind is Kind.MONTH and line.month:
                yield at


def _points(pieces: Sequence[Piece]) -> list[int]:
    """The lists of a single point that is a day, where no other line is one: somebody gave each day a bullet."""

    def is_day(blocks: Blocks) -> bool:
        line = next(map(_read, blocks[:1]), None)
        return line is not None and line.kind is Kind.ENTRY

    lists = {at: one.block.items for at, one in enumerate(pieces) if isinstance(one.block, Listing)}
    found = [at for at, items in lists.items() if len(items) == 1 and is_day(items[0].blocks)]
    is_dated = len(found) > 1 and any(is_day((one.block,)) for at, one in enumerate(pieces) if at not in lists)
    return found if len(found) > 1 and not is_dated else []


def within(manuscript: Manuscript) -> Within:
    """The tables that stand within entries."""
    tables = {at: one.block for at, one in enumerate(manuscript.pieces) if isinstance(one.block, Table)}
    diaries = {at: diary for at, table in tables.items() if not _is_layout(table) and (diary := diary_of(table))}
    if not diaries:
        return Within()
    contents = contents_of([piece.block for piece in manuscript.pieces])
    diaries = {at: diary for at, diary in diaries.items() if at not in contents}
    lines = [(at, _sure((one.block,))) for at, one in enumerate(manuscript.pieces) if at not in tables]
    begun = [(at, line) for at, line in lines if line and line.kind in _BEGUN]
    return tables_within(diaries, begun, [words(one.block) for one in manuscript.pieces])


def _read(block: Block) -> DateLine | None:
    return read(words(_unpictured(block)))


def _unpictured(block: Block) -> Block:
    """A line without its pictures."""
    if not isinstance(block, Paragraph | Heading):
        return block
    return replace(block, inlines=tuple(one for one in block.inlines if not isinstance(one, Picture)))


def _apart(block: Block) -> Blocks:
    """A line that says a day, and its pictures, which stand below it; any other block as it is."""
    inlines: Inlines = getattr(block, "inlines", ())
    found = tuple(one for one in inlines if isinstance(one, Picture))
    is_one_line = not any(isinstance(one, Break) for one in inlines)
    line = _read(block) if found and is_one_line else None
    is_day = line is not None and (line.kind in (*_SURE, Kind.ASK) or line.is_whole)
    return (_unpictured(block), Paragraph(found)) if is_day else (block,)


def _sure(blocks: Blocks) -> DateLine | None:
    return next((line for block in blocks if (line := _read(block)) and line.kind in _SURE), None)


def _items(piece: Piece, left_out: list[LeftOut]) -> Iterator[Piece]:
    """The items of a list. With the day of a task that is not done, an entry begins only if a person says so."""
    if not isinstance(piece.block, Listing):
        return
    for item in piece.block.items:
        # Each task is a list of its own: what begins with one is no reason to read another in the same way.
        alone = piece if item.is_checked is None else replace(piece, held=replace(piece.block, items=(item,)))
        for one in _each(alone, ticked(item), left_out):
            line = _read(one.block) if item.is_checked is False and one.day is None else None
            is_undone = line is not None and line.kind in _SURE
            yield replace(one, day=replace(line, kind=Kind.OFFER, is_whole=True)) if line and is_undone else one


def _above_forms(pieces: Sequence[Piece]) -> dict[int, str]:
    """The lines that stand above one form after the other, each of which is a day: 驻村工作日志."""
    found = {
        at: text
        for at, (piece, form) in enumerate(itertools.pairwise(pieces))
        if (text := words(piece.block))
        and not carries(piece.block)
        and isinstance(form.block, Table)
        and (diary := diary_of(form.block))
        and diary.rows[0].line
    }
    times = Counter(found.values())
    return {at: text for at, text in found.items() if times[text] > 1}


def words(block: Block) -> str:
    """The text of a paragraph or heading without pictures; empty for any other block."""
    if isinstance(block, Paragraph | Heading) and not any(isinstance(one, Picture) for one in block.inlines):
        return plain(tuple(one for one in block.inlines if not isinstance(one, Reference))).strip()
    return ""


def pictures(block: Block) -> tuple[Picture, ...]:
    """The pictures of a block that holds nothing else; none of any other block."""
    if not isinstance(block, Paragraph | Figure):
        return ()
    others = [one for one in block.inlines if isinstance(one, Text) and one.text.strip()]
    return () if others else tuple(one for one in block.inlines if isinstance(one, Picture))


def behind(inlines: Iterable[Inline], written: str, rest: str) -> Inlines:
    """The inlines whose text is ``rest``, which stands at the end of all of it."""
    whole = plain(tuple(inlines))
    left = len(whole) - len(rest) if whole.endswith(rest) else len(written)
    out: list[Inline] = []
    for one in inlines:
        if isinstance(one, Text) and left:
            kept, left = one.text[left:], max(0, left - len(one.text))
            out += [replace(one, text=kept)] if kept else []
        elif not left or isinstance(one, Picture):
            out.append(one)
        elif isinstance(one, Break):
            left -= 1
    return tuple(out)


def _spread(piece: Piece, left_out: list[LeftOut]) -> Iterator[Piece]:
    match piece.block:
        case block if len(apart := _apart(block)) > 1:
            yield from _each(piece, apart, left_out)
        case Paragraph(inlines=inlines) | Heading(inlines=inlines) if any(isinstance(one, Break) for one in inlines):
            yield from _split(piece, inlines)
        case Quote(blocks=blocks) if _has_dates(blocks):
            yield from _each(_holding(piece), blocks, left_out)
        case Note(title=title, blocks=blocks) if _has_dates(blocks):
            yield from _each(_holding(piece), (Paragraph(title), *blocks), left_out)
        case Listing(items=items) if sum(_has_dates(item.blocks[:1]) for item in items) > 1:
            yield from _items(_holding(piece), left_out)
        case Definitions(parts=parts) if sum(_has_dates(_blocks(part)) for part in parts) > 1:
            yield from _each(_holding(piece), [block for part in parts for block in _blocks(part)], left_out)
        case Table() as table if _is_layout(table):
            rows = (*table.head, *table.rows)
            yield from _each(piece, [block for row in rows for cell in row for block in cell.blocks], left_out)
        case Table() as table if diary := diary_of(table):
            yield from _days(piece, diary, left_out)
        case _:
            yield piece


def _blocks(part: Term | Definition) -> Blocks:
    return (Paragraph(part.inlines),) if isinstance(part, Term) else part.blocks


def _holding(piece: Piece) -> Piece:
    return replace(piece, held=piece.held or piece.block)


def held_parts(pieces: Iterable[Piece]) -> Counter[int]:
    """Into how many pieces each list and quotation was spread, by its identity."""
    return Counter(id(one.held) for one in pieces if one.held)


def rejoined(body: Iterable[tuple[int, Piece]], parts: Mapping[int, int]) -> Iterator[tuple[int, Piece]]:
    """The pieces of a text, with lists and quotations as they were where all of their ``parts`` stand in it."""
    for held, group in itertools.groupby(body, key=lambda one: id(one[1].held) if one[1].held else 0):
        together = list(group)
        at, first = together[0]
        if first.held and len(together) == parts[held]:
            yield at, replace(first, block=first.held)
        else:
            yield from together


def _each(piece: Piece, blocks: Iterable[Block], left_out: list[LeftOut]) -> Iterator[Piece]:
    for block in blocks:
        if not isinstance(block, Paragraph) or block.inlines:
            yield from _spread(replace(piece, block=block), left_out)


def _split(piece: Piece, inlines: Inlines) -> Iterator[Piece]:
    """A paragraph at its line breaks, where a line says a day or is a picture."""
    lines: list[list[Inline]] = [[]]
    for one in inlines:
        if isinstance(one, Break):
            lines.append([])
        else:
            lines[-1].append(one)
    parts = [part for line in lines if line for part in _apart(Paragraph(tuple(line)))]
    if not _has_dates(tuple(parts)) and not any(map(pictures, parts)):
        yield piece
        return
    for part in parts:
        is_heading = isinstance(piece.block, Heading)
        yield replace(piece, block=Heading(piece.block.level, part.inlines) if is_heading else part)  # type: ignore[union-attr]


def _has_dates(blocks: Blocks) -> bool:
    return _sure(blocks) is not None


def _is_layout(table: Table) -> bool:
    """Whether a table only frames the text: it has one column, and days in it."""
    return table.columns == 1 and any(
        _has_dates(cell.blocks) or any(isinstance(block, Table) for block in cell.blocks)
        for row in (*table.head, *table.rows)
        for cell in row
    )


def _days(piece: Piece, diary: Diary, left_out: list[LeftOut]) -> Iterator[Piece]:
    """The days of a diary kept as a table, each with what belongs to it."""
    kind = say("the heading of a table whose rows became entries")
    left_out += [LeftOut(kind=kind, text=" ".join(diary.left), where=piece.where)] if diary.left else []
    left_out += [LeftOut(kind=say("a row that adds up others"), text=one, where=piece.where) for one in diary.sums]
    is_within = piece.is_within
    for row in diary.rows:
        row_of = say("{where}, row {number} of the table", where=piece.where, number=row.number)
        column_of = say("{where}, column {number} of the table", where=piece.where, number=row.number)
        one = replace(piece, where=column_of if diary.is_across else row_of)
        if row.line is not None:
            yield replace(one, block=Paragraph((Text(row.written),)), day=row.line)
        is_within = is_within or row.line is not None
        yield from _each(replace(one, is_within=is_within), row.body, left_out)


FILE_NAME: Final = re.compile(r"[\w() -]{1,60}\.(?:png|jpe?g|gif|bmp|webp|tiff?|heic)", re.IGNORECASE)
"""A line that is a file's name: what a web page leaves where a picture was."""
