"""Colour profiles (ICC.1:2022) without their texts: only the numbers that colours are reckoned by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_HEADER: Final = 128
_ENTRY: Final = 12
_MOST_TAGS: Final = 100
_SPACES: Final = {
    b"RGB ": (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"wtpt", b"chad"),
    b"GRAY": (b"kTRC", b"wtpt", b"chad"),
}
"""By colour space, the tags that are kept. A profile with tables of colours instead of them is left out."""
_MAY_LACK: Final = frozenset((b"wtpt", b"chad"))
_PARAMETERS: Final = (1, 3, 4, 5, 7)
"""The numbers of a parametric curve, by its kind (10.18)."""
_D50: Final = bytes.fromhex("0000f6d6000100000000d32d")
_NAME: Final = "RGB"


def without_texts(profile: bytes) -> bytes | None:
    """The profile made again of its numbers; None where it is none, or of a kind that is not known here."""
    space = profile[16:20]
    if profile[36:40] != b"acsp" or space not in _SPACES or profile[20:24] != b"XYZ ":
        return None
    given = dict(_tags(profile))
    kept = {name: numbers for name in _SPACES[space] if (numbers := _numbers(given.get(name, b"")))}
    if any(name not in kept and name not in _MAY_LACK for name in _SPACES[space]):
        return None
    return _written(profile, kept)


def _tags(profile: bytes) -> Iterator[tuple[bytes, bytes]]:
    count = min(int.from_bytes(profile[_HEADER : _HEADER + 4], "big"), _MOST_TAGS)
    for at in range(_HEADER + 4, _HEADER + 4 + _ENTRY * count, _ENTRY):
        start, size = (int.from_bytes(profile[at + skip : at + skip + 4], "big") for skip in (4, 8))
        yield profile[at : at + 4], profile[start : start + size]


def _numbers(tag: bytes) -> bytes:
    """A tag that holds numbers, and nothing behind them; empty for any other."""
    kind, count = tag[:4], int.from_bytes(tag[8:12], "big")
    if kind == b"XYZ ":
        size = 20
    elif kind == b"sf32":
        size = 44
    elif kind == b"curv":
        size = 12 + 2 * count
    elif kind == b"para" and (form := count >> 16) < len(_PARAMETERS):
        size, tag = 12 + 4 * _PARAMETERS[form], tag[:10] + bytes(2) + tag[12:]
    else:
        return b""
    return kind + bytes(4) + tag[8:size] if len(tag) >= size else b""


def _written(profile: bytes, tags: dict[bytes, bytes]) -> bytes:
    is_new = profile[8] >= 4
    whole = {b"desc": _name(is_new=is_new), b"cprt": _text(is_new=is_new), **tags}
    at = _HEADER + 4 + _ENTRY * len(whole)
    table, bodies = len(whole).to_bytes(4, "big"), b""
    for name, body in whole.items():
        table += name + (at + len(bodies)).to_bytes(4, "big") + len(body).to_bytes(4, "big")
        bodies += body + bytes(-len(body) % 4)
    # Its size, program, version, class, spaces, day, mark, system, flags, maker, model, kind, intent, white, author.
    header = profile[8:10] + bytes(2) + b"mntr" + profile[16:24] + bytes(12) + b"acsp" + bytes(28) + _D50 + bytes(48)
    return (at + len(bodies)).to_bytes(4, "big") + bytes(4) + header + table + bodies


def _name(*, is_new: bool) -> bytes:
    if is_new:
        return _text(is_new=True)
    return b"desc" + bytes(4) + (len(_NAME) + 1).to_bytes(4, "big") + _NAME.encode() + bytes(1 + 78)


def _text(*, is_new: bool) -> bytes:
    """A text that every profile must have."""
    if not is_new:
        return b"text" + bytes(4) + _NAME.encode() + b"\0"
    body = _NAME.encode("utf-16-be")
    record = b"enUS" + len(body).to_bytes(4, "big") + (28).to_bytes(4, "big")
    return b"mluc" + bytes(4) + (1).to_bytes(4, "big") + (12).to_bytes(4, "big") + record + body
