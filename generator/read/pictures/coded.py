"""What an item of a HEIF file is coded in, without what makes no pixel: HEVC (ITU-T H.265) and AV1 (AOMedia).

Encoders and cameras write texts and metadata into units of their own (SEI messages, metadata OBUs). Only units that a
decoder needs for the pixels are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.read.pictures.parsing import big, cut, damaged, few
from generator.read.pictures.profiles import without_texts

_SLICES: Final = range(32)
_PARAMETER_SETS: Final = (32, 33, 34)
"""VPS, SPS and PPS."""
_SEQUENCE_HEADER: Final = 1
_OBUS: Final = (_SEQUENCE_HEADER, 3, 4, 6, 7)
"""Sequence and frame headers, tiles, and frames, which are both."""
_HEVC_HEADER: Final = 22
_LENGTHS: Final = {
    b"ispe": 12, b"irot": 1, b"imir": 1, b"clap": 32, b"pasp": 8, b"a1op": 1, b"lsel": 2, b"clli": 4, b"mdcv": 24,
}  # fmt: skip
"""Properties that decide how a picture looks, and how long they are: behind that could stand anything."""
_ALPHA: Final = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")


def cleaned_property(name: bytes, body: bytes) -> bytes:
    """What is kept of an item's property; empty for one that does not decide how it looks. Raises Fault."""
    match name:
        case b"hvcC":
            return _hevc_configuration(body)
        case b"av1C":
            return cut(body, 0, 4) + _av1(body[4:], (_SEQUENCE_HEADER,))
        case b"colr":
            return _colours(body)
        case b"pixi":
            return cut(body, 0, 5 + big(body, 4, 1))
        case b"auxC":
            return bytes(4) + kind + b"\0" if (kind := _auxiliary(body)) in _ALPHA else b""
        case _:
            return cut(body, 0, _LENGTHS[name]) if name in _LENGTHS else b""


def cleaned_data(kind: bytes, data: bytes, configuration: bytes) -> bytes:
    """The coded data of an item of this type without what makes no pixel. Raises Fault."""
    if kind == b"av01":
        return _av1(data, _OBUS)
    # How many bytes give the length of a unit.
    size = (big(configuration, _HEVC_HEADER - 1, 1) & 3) + 1
    kept = (unit for unit in few(_units(data, size)) if _unit_type(unit) in (*_SLICES, *_PARAMETER_SETS))
    return b"".join(len(unit).to_bytes(size, "big") + unit for unit in kept)


def _hevc_configuration(body: bytes) -> bytes:
    """The decoder's configuration with its parameter sets, and no SEI messages (ISO/IEC 14496-15, 8.3.3)."""
    arrays, at = [], _HEVC_HEADER + 1
    for _ in range(big(body, _HEVC_HEADER, 1)):
        head, count = cut(body, at, 1), big(body, at + 1, 2)
        start, at = at + 1, at + 3
        for _ in range(count):
            at += 2 + big(body, at, 2)
        if head[0] & 0x3F in _PARAMETER_SETS:
            arrays.append(head + cut(body, start, at - start))
    return body[:_HEVC_HEADER] + bytes((len(arrays),)) + b"".join(arrays)


def _units(data: bytes, size: int) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        length = big(data, at, size)
        yield cut(data, at + size, length)
        at += size + length


def _unit_type(unit: bytes) -> int:
    return unit[0] >> 1 & 0x3F if unit else -1


def _av1(data: bytes, kept: tuple[int, ...]) -> bytes:
    """The units of these types."""
    return b"".join(unit for kind, unit in few(_obus(data)) if kind in kept)


def _obus(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The type of each unit, and the unit including its header."""
    at = 0
    while at < len(data):
        start, head = at, data[at]
        at += 2 if head & 4 else 1
        if head & 2:
            size, at = _leb128(data, at)
        else:
            size = len(data) - at
        yield head >> 3 & 15, cut(data, start, at - start + size)
        at += size


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    """A number of AV1, and where it ends."""
    number = 0
    for place in range(8):
        part = big(data, at + place, 1)
        number |= (part & 0x7F) << 7 * place
        if part < 0x80:
            return number, at + place + 1
    raise damaged()


def _colours(body: bytes) -> bytes:
    kind = body[:4]
    if kind == b"nclx":
        return cut(body, 0, 11)
    profile = without_texts(body[4:]) if kind in (b"prof", b"rICC") else None
    return b"prof" + profile if profile else b""


def _auxiliary(body: bytes) -> bytes:
    return body[4:].partition(b"\0")[0]
