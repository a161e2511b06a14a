"""Finds the bytes of a zip that belong to no file: before the first, between files, behind the last, in a comment.

Whoever unpacks the zip never sees them, and no manifest lists them. What programs write for themselves is none of them:
names, extra fields, and the sizes that a program repeats behind a file which it wrote without knowing them.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

MOST_DIRECTORY: Final = 24 << 20
"""Bytes of the list of files in a zip, which is held in memory as a whole."""
END: Final = 22 + (1 << 16)
"""Bytes at the end of a zip that hold the place of its list (APPNOTE 4.3.16)."""
_HEADER, _ENTRY, _END, _LARGE_END, _LOCATOR = 30, 46, 22, 56, 20
"""The lengths of what stands before a file, in the list for each, and behind the list (4.3.7, 4.3.12 to 4.3.16)."""
_REPEATED: Final = 8
"""The flag of a file whose digest and sizes stand behind it (4.4.4)."""
_BLOCK: Final = 1 << 16
Part = tuple[int, int]
"""Where something begins in the zip, and where it ends."""


def stray_bytes(file: IO[bytes], archive: zipfile.ZipFile) -> tuple[int, int]:
    """How many bytes of a zip belong to no file, and where the first of them is. Raises OSError and ValueError."""
    parts = sorted([*_files(file, archive), *_list(file, archive)])
    count, first, at = 0, 0, 0
    for start, end in (*parts, (file.seek(0, os.SEEK_END), 0)):
        if start > at:
            count, first = count + start - at, first if count else at
        at = max(at, end)
    return count, first


def _files(file: IO[bytes], archive: zipfile.ZipFile) -> Iterator[Part]:
    for info in archive.infolist():
        file.seek(info.header_offset)
        head = file.read(_HEADER)
        start = info.header_offset + _HEADER + _number(head, 26, 2) + _number(head, 28, 2)
        end = _end(file, info, start)
        yield info.header_offset, end + (_repeated(file, info, end) if info.flag_bits & _REPEATED else 0)


def _end(file: IO[bytes], info: zipfile.ZipInfo, start: int) -> int:
    """Where the contents of a file end that begin at ``start``, which may be before the zip says.

    What unfolds to more bytes than the file has is none of its contents, however far that would go on.
    """
    if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & 1:
        return start + (info.file_size if info.compress_type == zipfile.ZIP_STORED else info.compress_size)
    opened, left, size = zlib.decompressobj(-zlib.MAX_WBITS), info.compress_size, 0
    file.seek(start)
    try:
        while left and not opened.eof and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            while block and not opened.eof:
                size += len(opened.decompress(block, 1 << 20))
                block = opened.unconsumed_tail
                if size > info.file_size:
                    return start + info.compress_size - left - len(block)
    except zlib.error:
        # Whoever reads the file tells it.
        return start + info.compress_size
    return start + info.compress_size - left - len(opened.unused_data)


def _repeated(file: IO[bytes], info: zipfile.ZipInfo, at: int) -> int:
    """The length of what stands at ``at``, behind a file: its digest and sizes, in one of the forms in use (4.3.9)."""
    file.seek(at)
    found = file.read(24)
    for sign in (b"PK\7\x08", b""):
        for size in (8, 4):
            if max(info.compress_size, info.file_size) < 1 << 8 * size:
                sizes = (number.to_bytes(size, "little") for number in (info.compress_size, info.file_size))
                form = sign + info.CRC.to_bytes(4, "little") + b"".join(sizes)
                if found.startswith(form):
                    return len(form)
    return 0


def _list(file: IO[bytes], archive: zipfile.ZipFile) -> Iterator[Part]:
    """The parts of the list of files, without comments, and what says where it is."""
    start = at = archive.start_dir
    file.seek(start)
    body = file.read(MOST_DIRECTORY + END)
    for _ in archive.infolist():
        entry = body[at - start : at - start + _ENTRY]
        end = at + _ENTRY + _number(entry, 28, 2) + _number(entry, 30, 2)
        yield at, end
        at = end + _number(entry, 32, 2)
    last = body.rfind(b"PK\5\6")
    yield start + last, start + last + _END
    locator, large = last - _LOCATOR, last - _LOCATOR - _LARGE_END
    if large >= 0 and body.startswith(b"PK\6\7", locator) and body.startswith(b"PK\6\6", large):
        yield start + large, start + last


def _number(body: bytes, at: int, size: int) -> int:
    return int.from_bytes(body[at : at + size], "little")
