"""Reads ZIP archives: office documents since 2003, e-books, and what people pack."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways to compress that office programs use and that take no more memory than what comes out."""
_DIRECTORY: Final = 8 * 1024 * 1024
"""The largest directory that is read; a file needs 46 bytes in it and its name."""
_TAIL: Final = 22 + 0xFFFF
_HEADER: Final = 30
_LENGTHS_AT: Final = 26
_HAS_DESCRIPTOR: Final = 8
_DESCRIPTOR = b"PK\x07\x08"
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    info: zipfile.ZipInfo

    @property
    def is_encrypted(self) -> bool:
        """Whether it can only be read with a password."""
        return bool(self.info.flag_bits & 1)

    @property
    def notes(self) -> bytes:
        """Its comment, and what else its maker noted."""
        return self.info.comment + b"\0\0" + self.info.extra

    @property
    def holds_strings(self) -> bool:
        """Whether it holds the strings of a workbook, to which the cells refer."""
        return self.name.lower().endswith("xl/sharedstrings.xml")


class LargeArchiveError(ValueError):
    """An archive of too many files."""


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, with its directory read. Raises what zipfile raises where it is broken, and LargeArchiveError."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + 20:
        (size,) = struct.unpack_from("<I", tail, at + 12)
        if at >= 76 and tail[at - 20 : at - 16] == _END_64:
            (size,) = struct.unpack_from("<Q", tail, at - 76 + 40)
        if size > _DIRECTORY:
            raise LargeArchiveError
    file.seek(0)
    return zipfile.ZipFile(file)


def members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The files in an archive. A folder that holds bytes is one, too."""
    for info in archive.infolist():
        if not info.is_dir() or info.file_size:
            yield Member(_name(info), info)


def folders(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The folders that an archive lists for themselves, empty ones too."""
    return (Member(_name(info), info) for info in archive.infolist() if info.is_dir() and not info.file_size)


def outside(file: IO[bytes], archive: zipfile.ZipFile) -> bytes:
    """The bytes of an archive that are neither files nor directory: deleted ones, and what stands before or behind."""
    size = file.seek(0, 2)
    used = [_extent(file, info) for info in archive.infolist()]
    used += [(archive.start_dir, _end(file, size)), (size, size)]
    found, end = [], 0
    for start, stop in sorted(used):
        if start > end:
            file.seek(end)
            found.append(file.read(start - end))
        end = max(end, stop)
    return b"".join(found)


def _extent(file: IO[bytes], info: zipfile.ZipInfo) -> tuple[int, int]:
    """Where a file begins and ends, with its header and the descriptor that may follow it."""
    file.seek(info.header_offset + _LENGTHS_AT)
    name, extra = struct.unpack("<HH", file.read(4))
    end = info.header_offset + _HEADER + name + extra + info.compress_size
    if info.flag_bits & _HAS_DESCRIPTOR:
        file.seek(end)
        end += 16 if file.read(4) == _DESCRIPTOR else 12
    return info.header_offset, end


def _end(file: IO[bytes], size: int) -> int:
    """Where the archive ends, with its comment."""
    start = max(0, size - _TAIL)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    (comment,) = struct.unpack_from("<H", tail, at + 20)
    return start + at + 22 + int(comment)


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.filename
    # Chinese Windows writes names in GB18030, others in UTF-8; the library decodes both as CP437.
    raw = info.filename.encode("cp437", errors="replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")
