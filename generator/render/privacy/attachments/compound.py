"""Reads compound files (MS-CFB): streams in folders, as Word, Excel, PowerPoint and WPS wrote them until 2003."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_ENTRY: Final = 128
_MOST_ENTRIES: Final = 20_000
_END: Final = 0xFFFFFFFA
"""Numbers from here on mean that no sector follows."""
_MINI: Final = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class Stream(NamedTuple):
    """A stream."""

    folder: str
    """The storages that it is in, with ``/``."""
    name: str
    body: bytes


class _Entry(NamedTuple):
    name: str
    kind: int
    links: tuple[int, int, int]
    """The entries to the left, to the right, and within."""
    start: int
    size: int


class CompoundFile:
    """A compound file. Everything raises ValueError or struct.error where it is broken."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        (shift,) = struct.unpack_from("<H", body, 30)
        if shift not in (9, 12):
            raise ValueError
        self._size = 1 << shift
        (self._first_entry,) = struct.unpack_from("<I", body, 48)
        self._cutoff, self._first_mini = struct.unpack_from("<II", body, 56)
        self._is_used = bytearray(len(body) // self._size + 1)
        """For each sector, whether something is in it. Two streams never share one, so no file takes long."""
        self._next = self._table()

    def streams(self) -> Iterator[Stream]:
        """All streams, then what no stream holds: remains of what was deleted."""
        entries = self._entries()
        root = next((one for one in entries if one.kind == _ROOT), None)
        if root is None:
            raise ValueError
        mini = self._chained(root.start, root.size)
        mini_next = _numbers(self._chained(self._first_mini, len(self._body)))
        mini_used = bytearray(len(mini) // _MINI + 1)
        folders = _folders(entries)
        for number, entry in enumerate(entries):
            if entry.kind != _STREAM or not entry.size:
                continue
            if entry.size < self._cutoff:
                chain = _chain(entry.start, mini_next, mini_used)
                body = b"".join([mini[one * _MINI : (one + 1) * _MINI] for one in chain])[: entry.size]
            else:
                body = self._chained(entry.start, entry.size)
            if len(body) < entry.size:
                raise ValueError
            yield Stream(folders.get(number, ""), entry.name, body)
        yield Stream("", "", b"".join(map(self._sector, self._unused())))

    def _unused(self) -> Iterator[int]:
        count = len(self._body) // self._size - 1
        return (one for one in range(count) if not self._is_used[one])

    def _sector(self, number: int) -> bytes:
        return self._body[(number + 1) * self._size : (number + 2) * self._size]

    def _chained(self, start: int, size: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._next, self._is_used)))[:size]

    def _table(self) -> Sequence[int]:
        """For each sector, the one that follows it."""
        (count,) = struct.unpack_from("<I", self._body, 44)
        (more,) = struct.unpack_from("<I", self._body, 68)
        sectors = list(struct.unpack_from("<109I", self._body, 76))
        while more < _END:
            self._use(more)
            *found, more = struct.unpack_from(f"<{self._size // 4}I", self._body, (more + 1) * self._size)
            sectors += found
            if len(sectors) > len(self._is_used) + self._size:
                raise ValueError
        sectors = [one for one in sectors if one < _END][:count]
        for one in sectors:
            self._use(one)
        return _numbers(b"".join(map(self._sector, sectors)))

    def _use(self, sector: int) -> None:
        if sector >= len(self._is_used) or self._is_used[sector]:
            raise ValueError
        self._is_used[sector] = 1

    def _entries(self) -> list[_Entry]:
        raw = self._chained(self._first_entry, _MOST_ENTRIES * _ENTRY)
        return [_entry(raw, start) for start in range(0, len(raw) - _ENTRY + 1, _ENTRY)]


def _entry(raw: bytes, start: int) -> _Entry:
    (length, kind) = struct.unpack_from("<HB", raw, start + 64)
    name = raw[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
    links = struct.unpack_from("<III", raw, start + 68)
    return _Entry(name, kind, links, *struct.unpack_from("<II", raw, start + 116))


def _folders(entries: Sequence[_Entry]) -> dict[int, str]:
    """The storages that each entry is in, by its number."""
    folders: dict[int, str] = {}
    waiting = [(number, "") for number, entry in enumerate(entries) if entry.kind == _ROOT][:1]
    while waiting:
        number, folder = waiting.pop()
        if number in folders or number >= len(entries):
            continue
        folders[number] = folder
        entry = entries[number]
        left, right, child = entry.links
        inner = f"{folder}/{entry.name}"[-200:] if entry.kind == _STORAGE else folder
        waiting += [(left, folder), (right, folder), (child, inner)]
    return folders


def _chain(start: int, following: Sequence[int], is_used: bytearray) -> Iterator[int]:
    while start < _END:
        if start >= len(following) or start >= len(is_used) or is_used[start]:
            raise ValueError
        is_used[start] = 1
        yield start
        start = following[start]


def _numbers(raw: bytes) -> Sequence[int]:
    numbers = array("I", raw[: len(raw) // 4 * 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
