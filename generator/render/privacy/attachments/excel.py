"""Extracts the text and the numbers of Excel's binary workbooks (MS-XLS), which WPS writes, too."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.render.privacy.attachments.flow import ROW, Flow
from generator.render.privacy.attachments.office_xml import LONG, LONGEST_HALF, PIECE, number, without_codes
from generator.render.privacy.attachments.runs import runs
from generator.render.privacy.glyphs import BLOCK, CELL

STREAMS: Final = ("Workbook", "Book")
_BEGIN, _CONTINUED, _PASSWORD = 0x0809, 0x003C, 0x002F
_STRINGS, _STRING_CELL = 0x00FC, 0x00FD
_LABELS: Final = (0x0204, 0x00D6)
_RESULT: Final = 0x0207
_NUMBER, _SMALL, _SMALLS = 0x0203, 0x027E, 0x00BD
_FORMULAS: Final = (0x0006, 0x0206, 0x0406)
_HEADERS: Final = (0x0014, 0x0015)
_FORMATS: Final = frozenset(
    (0x000A, 0x0042, 0x0055, 0x007D, 0x00BE, 0x00D7, 0x00E0, 0x00E5, 0x00FF, 0x0201, 0x0208, 0x020B)
)
"""Records of numbers that are no cell's: formats, blank cells, rows, offsets."""
_BIFF8: Final = 0x0600
"""The version from which on text is in Unicode."""
_FIRST_RECORDS: Final = 20


class _Record(NamedTuple):
    kind: int
    body: bytes
    more: list[bytes]
    """The bodies of the records that continue it."""


class _Cell(NamedTuple):
    row: int
    text: str


def is_encrypted(workbook: bytes) -> bool:
    """Whether a workbook can only be opened with a password."""
    return any(record.kind == _PASSWORD for record, _ in zip(_records(workbook), range(_FIRST_RECORDS), strict=False))


def texts(workbook: bytes) -> Iterator[str]:
    """The rows of all sheets, then all other text. Raises ValueError and struct.error where it is broken."""
    strings: list[str] = []
    rest: list[bytes] = []
    flow, row, is_wide = Flow(), -1, True
    for record in _records(workbook):
        if record.kind == _BEGIN:
            is_wide = struct.unpack_from("<H", record.body)[0] >= _BIFF8
            row = -1
        elif record.kind == _STRINGS:
            strings = list(_strings(record))
            yield BLOCK.join(strings)
        elif record.kind in _HEADERS:
            yield without_codes(_string(record.body, is_wide=is_wide))
        elif record.kind == _RESULT:
            flow.add(CELL + _string(record.body, is_wide=is_wide))
        elif cells := _cells(record, strings, is_wide=is_wide):
            for cell in cells:
                if cell.row != row and flow.size > PIECE:
                    yield flow.taken()
                flow.add((CELL if cell.row == row else ROW) + cell.text)
                row = cell.row
        elif record.kind not in _FORMATS:
            rest += [record.body, *record.more]
    yield flow.taken()
    yield from runs(b"\0\0\0".join(rest))


def _records(workbook: bytes) -> Iterator[_Record]:
    """The records, each with those that continue it."""
    last: _Record | None = None
    at = 0
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        body = workbook[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _CONTINUED and last is not None:
            last.more.append(body)
            continue
        if last is not None:
            yield last
        last = _Record(kind, body, [])
    if last is not None:
        yield last


def _cells(record: _Record, strings: Sequence[str], *, is_wide: bool) -> list[_Cell]:
    """The cells in a record."""
    kind, body = record.kind, record.body
    if kind == _STRING_CELL:
        row, _, _, place = struct.unpack_from("<HHHI", body)
        text = strings[place] if place < len(strings) else ""
        return [_Cell(row, text if len(text) <= LONGEST_HALF else LONG)]
    if kind in _LABELS:
        return [_Cell(_row(body), _string(body[6:], is_wide=is_wide))]
    if kind == _NUMBER:
        return [_Cell(_row(body), number(struct.unpack_from("<d", body, 6)[0]))]
    if kind == _SMALL:
        return [_Cell(_row(body), _small(body, 6))]
    if kind == _SMALLS:
        return [_Cell(_row(body), _small(body, at)) for at in range(6, len(body) - 5, 6)]
    if kind in _FORMULAS:
        # A result that is no number follows in a record of its own.
        is_number = body[12:14] != b"\xff\xff"
        return [_Cell(_row(body), number(struct.unpack_from("<d", body, 6)[0]) if is_number else "")]
    return []


def _row(body: bytes) -> int:
    row: int = struct.unpack_from("<H", body)[0]
    return row


def _small(body: bytes, at: int) -> str:
    """A number in four bytes (RK): an integer, or the first half of a floating-point number, perhaps in hundredths."""
    (bits,) = struct.unpack_from("<i", body, at)
    value: float = bits >> 2 if bits & 2 else struct.unpack("<d", struct.pack("<xxxxi", bits & ~3))[0]
    return number(value / 100 if bits & 1 else value)


def _string(raw: bytes, *, is_wide: bool) -> str:
    """A text with its length in front."""
    if len(raw) < 3:
        return ""
    (length,) = struct.unpack_from("<H", raw)
    if not is_wide:
        return raw[2 : 2 + length].decode("gb18030", errors="replace")
    if raw[2] & 1:
        return raw[3 : 3 + 2 * length].decode("utf-16-le", errors="replace")
    return raw[3 : 3 + length].decode("latin-1")


def _strings(record: _Record) -> Iterator[str]:
    """The shared strings, each with its length and flags in front, and with formats behind."""
    source = _Pieces([record.body[8:], *record.more])
    while head := source.take(3):
        length, flags = struct.unpack("<HB", head)
        formats = struct.unpack("<H", source.take(2))[0] if flags & 8 else 0
        readings = struct.unpack("<I", source.take(4))[0] if flags & 4 else 0
        yield source.text(length, is_wide=bool(flags & 1))
        source.skip(4 * formats + readings)


class _Pieces:
    """Bytes that continue from one record to the next."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._number = 0
        self._at = 0

    def take(self, size: int) -> bytes:
        """So many bytes; none at the end."""
        found = b""
        while len(found) < size and self._number < len(self._pieces):
            piece = self._pieces[self._number]
            part = piece[self._at : self._at + size - len(found)]
            found += part
            self._move(len(part))
        return found if len(found) == size else b""

    def skip(self, size: int) -> None:
        """Passes over so many bytes."""
        while size > 0 and self._number < len(self._pieces):
            step = min(size, len(self._pieces[self._number]) - self._at)
            size -= step
            self._move(step)

    def text(self, length: int, *, is_wide: bool) -> str:
        """So many characters. Where they continue in another record, its first byte says how wide they are there."""
        found = []
        while length > 0 and self._number < len(self._pieces):
            piece, width = self._pieces[self._number], 2 if is_wide else 1
            part = piece[self._at : self._at + width * length]
            found.append(part.decode("utf-16-le" if is_wide else "latin-1", errors="replace"))
            length -= max(1, len(part) // width)
            self._move(len(part))
            if length > 0 and self._at == 0 and self._number < len(self._pieces):
                is_wide = bool(self._pieces[self._number][:1] > b"\0" and self._pieces[self._number][0] & 1)
                self._move(1)
        return "".join(found)

    def _move(self, size: int) -> None:
        self._at += size
        while self._number < len(self._pieces) and self._at >= len(self._pieces[self._number]):
            self._number += 1
            self._at = 0
