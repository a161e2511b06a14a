"""Writes a HEIF file of items: as few boxes as every reader needs, one after the other."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from itertools import accumulate, groupby
from typing import Final

from generator.ground.frozen import frozen
from generator.read.pictures.parsing import damaged

_HIDDEN: Final = 1
_ESSENTIAL: Final = 0x8000
_MOST: Final = 0x7FFF
"""Items, properties, and references from one item: what their numbers can count."""

Property = tuple[bytes, bytes, bool]
"""Name, body, and whether a reader that does not know it cannot show the item."""
Reference = tuple[bytes, int, int]
"""Its type, from which item, and to which."""


@frozen
class Item:
    """A picture, or a part of one."""

    kind: bytes
    is_hidden: bool
    properties: tuple[Property, ...]
    data: bytes


def written(brands: Iterable[bytes], primary: int, items: Mapping[int, Item], references: Iterable[Reference]) -> bytes:
    """The file. Items get new numbers, in their order. Raises Fault where there are too many."""
    number = {old: new for new, old in enumerate(items, 1)}
    properties = list(dict.fromkeys(one[:2] for item in items.values() for one in item.properties))
    if max(len(items), len(properties), *(len(item.properties) << 7 for item in items.values())) > _MOST:
        raise damaged()
    names = list(brands)
    head = _box(b"ftyp", names[0], bytes(4), *names)
    fixed = (
        _full(b"hdlr", bytes(4), b"pict", bytes(13)),
        _full(b"pitm", _short(number[primary])),
        _full(b"iinf", _short(len(items)), *(_entry(number[old], item) for old, item in items.items())),
        _references([(name, number[start], number[end]) for name, start, end in references]),
        _box(
            b"iprp",
            _box(b"ipco", *(_box(name, body) for name, body in properties)),
            _associations(items.values(), properties),
        ),
    )
    lengths = [len(item.data) for item in items.values()]
    # The table of places is as long whatever it says.
    start = len(head) + len(_full(b"meta", *fixed, _locations(lengths, 0))) + len(_box(b"mdat"))
    meta = _full(b"meta", *fixed, _locations(lengths, start))
    return head + meta + _box(b"mdat", *(item.data for item in items.values()))


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def _full(name: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", version << 24 | flags), *parts)


def _short(number: int) -> bytes:
    return struct.pack(">H", number)


def _entry(number: int, item: Item) -> bytes:
    flags = _HIDDEN if item.is_hidden else 0
    return _full(b"infe", _short(number), bytes(2), item.kind, b"\0", version=2, flags=flags)


def _locations(lengths: list[int], start: int) -> bytes:
    places = accumulate(lengths, initial=start)
    rows = (
        struct.pack(">HHHII", number, 0, 1, place, length)
        for number, (place, length) in enumerate(zip(places, lengths, strict=False), 1)
    )
    return _full(b"iloc", b"\x44\0", _short(len(lengths)), *rows)


def _associations(items: Iterable[Item], properties: list[tuple[bytes, bytes]]) -> bytes:
    index = {one: place for place, one in enumerate(properties, 1)}
    rows = [
        struct.pack(">HB", number, len(item.properties))
        + b"".join(
            _short(index[name, body] | is_essential * _ESSENTIAL) for name, body, is_essential in item.properties
        )
        for number, item in enumerate(items, 1)
    ]
    return _full(b"ipma", struct.pack(">I", len(rows)), *rows, flags=1)


def _references(references: list[Reference]) -> bytes:
    """The references, those of one type from one item together; empty if there are none."""
    boxes = []
    for (name, start), group in groupby(references, lambda one: one[:2]):
        ends = [end for _, _, end in group]
        if len(ends) > _MOST:
            raise damaged()
        boxes.append(_box(name, struct.pack(f">{len(ends) + 2}H", start, len(ends), *ends)))
    return _full(b"iref", *boxes) if boxes else b""
