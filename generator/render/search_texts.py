"""The texts that the search shows and holds its findings against: documents in pieces, pieces in files of bounded size.

Whatever can be looked for stands whole in one piece. A long document is cut between lines that a hash chooses, so that
an edit leaves the pieces behind it as they are.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from generator.ground import dates
from generator.ground.search_folding import foldable
from generator.model import urls
from generator.model.search import SearchBlock, SearchDocument, present
from generator.model.settings import Settings
from generator.render.plain import words
from generator.render.prose import Label, Proses

FIELDS: Final = 4
"""The number of fields: title, names, tags, text, in the order of their weight."""
LEAST: Final = 400
"""Characters of a piece's text before it may end."""
MOST: Final = 720
"""Characters of a piece's text before it must end."""
SHORT: Final = 256
"""Characters of each other field of a piece."""
OVERLAP: Final = 200
"""Characters by which the pieces of a line overlap that is too long for one: as many as can be looked for."""
FILE_SIZE: Final = 6 * 1024
"""Bytes of a file of texts, unless a single piece is longer."""

Fields = tuple[str, str, str, str]


class Piece(NamedTuple):
    """A part of a document, which is indexed on its own."""

    document: int
    """The number of the document in its block."""
    part: int
    """The number of the piece in its document."""
    fields: Fields
    """What it has of the title, the names, the tags and the text, with line ends between their lines."""
    filters: tuple[str, ...] = ()
    """Only in the first piece: by what the document can be chosen."""


class TextFile(NamedTuple):
    """A file with the texts of some pieces."""

    first: tuple[int, int]
    """Document and part of its first piece."""
    body: bytes


def text_files(block: SearchBlock, proses: Proses, label: Label, settings: Settings) -> list[TextFile]:
    """The files with the texts of a block."""
    files: list[TextFile] = []
    rows: list[str] = []
    first, size = (0, 0), 0
    for number, document in enumerate(block.documents):
        for part, row in enumerate(_rows(number, document, _fields(document, proses, label), settings)):
            length = len(row.encode(errors="replace"))
            if rows and size + length > FILE_SIZE:
                files.append(_file(block.name, len(files), first, rows))
                rows, size = [], 0
            if not rows:
                first = (number, part)
            rows.append(row)
            size += length
    return [*files, _file(block.name, len(files), first, rows)] if rows else files


def _file(block: str, number: int, first: tuple[int, int], rows: Iterable[str]) -> TextFile:
    shown = ",\n".join(rows)
    body = f'rizhiSearch("{text_name(block, number)}",[\n{shown}\n]);\n'
    return TextFile(first, body.encode(errors="replace"))


def text_name(block: str, number: int) -> str:
    """The name of the ``number``-th file, from 0, with texts of a block."""
    return f"x-{block}-{number}"


def firsts(files: Iterable[TextFile]) -> str:
    """Document and part with which each file of a block begins. In ``0 3 4.1``, the third begins amid a document."""
    return " ".join([f"{one.first[0]}.{one.first[1]}" if one.first[1] else str(one.first[0]) for one in files])


def file_with(firsts: str, document: int, part: int) -> int:
    """The number of the file of a block that holds a piece, from the ``firsts`` of the block."""
    starts = [tuple(map(int, one.split("."))) for one in firsts.split(" ")]
    return bisect_right(starts, (document, part)) - 1


def pieces_in(body: bytes) -> list[Piece]:
    """The pieces whose texts are in a file."""
    rows = json.loads(body[body.index(b"[") : body.rindex(b"]") + 1])
    return [Piece(row[0], row[1], tuple(row[5:9]), _filters(*row[10:13])) for row in rows]


def _filters(months: Any = (), targets: Any = (), kinds: Any = ()) -> tuple[str, ...]:
    found = [f"t:{one}" for one in targets] + [f"k:{one}" for one in kinds]
    return tuple(dict.fromkeys([*found, *_later_months(*months)]))


def _later_months(first: str = "", last: str = "") -> Iterator[str]:
    """The months behind the first one that a document covers, in whose block it is."""
    while first < last:
        year, month = int(first[:4]), int(first[5:])
        first = f"{year + month // 12:04}-{month % 12 + 1:02}"
        yield f"m:{first}"


def _fields(one: SearchDocument, proses: Proses, label: Label) -> Fields:
    body = [] if one.body is None else [words(one.body, proses(one.body.text.path), label)]
    # Where only the title is found, a reader sees how this begins: facts come last.
    lines = [*one.lines, *body, *present(one.place), *one.facts]
    title, names, tags, text = one.title, "\n".join(one.names), "\n".join(one.tags), "\n".join(lines)
    return foldable(title), foldable(names), foldable(tags), foldable(text)


def _rows(number: int, one: SearchDocument, fields: Fields, settings: Settings) -> Iterator[str]:
    """The pieces of a document as JSON.

    A row has the numbers of document and piece, address, kind and date, the four fields, and the title where the piece
    does not hold it. The first one has what the document can be chosen by, too. Where the search is one over many
    sites, name, page and search of the document's site end each row.
    """
    when = dates.written(one.span, settings.language) if one.span else ""
    months = [f"{one.span.start:%Y-%m}", f"{one.span.end:%Y-%m}"] if one.span else []
    href = _href(one.url, settings)
    within = one.within and [one.within.name, _href(one.within.url, settings), one.within.search or ""]
    parts = [_parts(field, SHORT, SHORT) for field in fields[:3]] + [_parts(fields[3], LEAST, MOST)]
    for part in range(max(1, *map(len, parts))):
        own = [field[part] if part < len(field) else "" for field in parts]
        row: list[Any] = [number, part, href, one.kind, when, *own, "" if own[0] == fields[0] else fields[0]]
        if not part:
            row += [months, one.targets, one.kinds]
        if within:
            row += [within] if not part else [[], [], [], within]
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _href(url: str, settings: Settings) -> str:
    """The link from the search page to a page of its site, or of another one."""
    return urls.relative(urls.SEARCH, url, portable=settings.portable) if url.startswith("/") else url


def _parts(text: str, least: int, most: int) -> list[str]:
    """A field, cut into the parts of its pieces."""
    if len(text) <= most:
        return [text] if text else []
    found, size = [list[str]()], 0
    for line in text.split("\n"):
        for window in _windows(line, most):
            if found[-1] and (size + len(window) > most or (size >= least and _is_chosen(window))):
                found.append([])
                size = 0
            found[-1].append(window)
            size += len(window) + 1
    return ["\n".join(lines) for lines in found]


def _windows(line: str, most: int) -> Iterator[str]:
    """A line, or overlapping windows of one that is too long."""
    if len(line) <= most:
        yield line
    else:
        yield from (line[at : at + most] for at in range(0, len(line) - OVERLAP, most - OVERLAP))


def _is_chosen(line: str) -> bool:
    return zlib.crc32(line[:16].encode(errors="replace")) % 2 == 0
