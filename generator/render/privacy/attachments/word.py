"""Extracts the text of Word's binary documents (MS-DOC), which WPS writes, too."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Final

from generator.render.privacy.attachments.flow import ROW, TAB, Flow
from generator.render.privacy.attachments.runs import runs
from generator.render.privacy.glyphs import BLOCK, CELL

STREAM: Final = "WordDocument"
_SIGN: Final = 0xA5EC
_WORD_97: Final = 0xC1
"""The version from which on there is a table of pieces."""
_ENCRYPTED: Final = 0x0100
_TABLE: Final = 0x0200
_PIECES: Final = 0x01A2
"""Where the document says where its pieces are (FibRgFcLcb97.fcClx)."""
_8_BIT: Final = 0x40000000
_FIELDS: Final = {"\x13": Flow.begin_field, "\x14": Flow.begin_result, "\x15": Flow.end_field}
_FIELD = re.compile("[\x13-\x15]")
_MARKS: Final = str.maketrans(
    {
        "\x07": CELL,
        "\x09": TAB,
        "\x0b": "\n",
        **dict.fromkeys("\x0c\x0d\x0e", BLOCK),
        "\x1e": "-",
        # What stands for a picture, a note or a comment is no part of the text around it.
        **dict.fromkeys("\x01\x02\x03\x04\x05\x06\x08\x1f"),
    }
)


def is_encrypted(document: bytes) -> bool:
    """Whether a document can only be opened with a password."""
    return len(document) > 12 and bool(struct.unpack_from("<H", document, 10)[0] & _ENCRYPTED)


def texts(document: bytes, tables: Mapping[str, bytes]) -> Iterator[str]:
    """The text with its notes, comments, headers and text boxes, one after the other; then what was deleted from it.

    ``tables`` are the streams in the same folder, by name. Raises ValueError and struct.error where it is broken.
    """
    sign, version = struct.unpack_from("<HH", document)
    if sign != _SIGN or version < _WORD_97:
        # Older ones hold their text as it is.
        yield from runs(document)
        return
    (flags,) = struct.unpack_from("<H", document, 10)
    start, length = struct.unpack_from("<II", document, _PIECES)
    table = tables.get("1Table" if flags & _TABLE else "0Table", b"")
    flow = Flow()
    rest = bytearray(document)
    for place, size, encoding in _pieces(document, table[start : start + length]):
        _add(document[place : place + size].decode(encoding, errors="replace"), flow)
        rest[place : place + size] = bytes(len(rest[place : place + size]))
    yield flow.taken()
    # A program that saves fast leaves the old pieces where they are.
    yield from runs(bytes(rest))


def _add(text: str, flow: Flow) -> None:
    # Two ends of a cell mean the end of its row.
    text = text.replace("\x07\x07", "\x07" + ROW).translate(_MARKS)
    end = 0
    for sign in _FIELD.finditer(text):
        flow.add(text[end : sign.start()])
        _FIELDS[sign[0]](flow)
        end = sign.end()
    flow.add(text[end:])


def _pieces(document: bytes, table: bytes) -> Iterator[tuple[int, int, str]]:
    """The pieces of the text in their order: place, size and encoding of each."""
    at = 0
    while table[at : at + 1] == b"\x01":
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if table[at : at + 1] != b"\x02":
        raise ValueError
    (size,) = struct.unpack_from("<I", table, at + 1)
    count = (min(size, len(table) - at - 5) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    left = 4 * len(document)
    for number in range(count):
        (place,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)
        length = ends[number + 1] - ends[number]
        left -= length
        if length < 0 or left < 0:
            raise ValueError
        if place & _8_BIT:
            yield (place & (_8_BIT - 1)) // 2, length, "cp1252"
        else:
            yield place, 2 * length, "utf-16-le"
