"""HEIC and AVIF: the picture stays as it is, and nothing else of the file stays."""

from __future__ import annotations

import functools
import random
import struct
from collections.abc import Iterator
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from generator.ground.errors import Fault
from generator.read.pictures import picture
from generator.read.pictures.coded import cleaned_data, cleaned_property
from tests.read.painting import BROKEN, SECRET, SRGB, XMP, exif, fault, painted, saved

pillow_heif.register_heif_opener()

SIDE = 64
CAMERA = "what a camera wrote into it cannot be removed"


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def full(name: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def boxes(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        yield raw[at + 4 : at + 8], raw[at + 8 : at + size]
        at += size


@functools.cache
def coded(kind: str, seed: int) -> tuple[list[bytes], bytes]:
    """The property boxes and the data of a picture that a program has coded."""
    parts = dict(boxes(picture(saved(painted(size=(SIDE, SIDE), seed=seed), kind)).body))
    properties = dict(boxes(dict(boxes(parts[b"meta"][4:]))[b"iprp"]))[b"ipco"]
    return [box(name, body) for name, body in boxes(properties)], parts[b"mdat"]


def rows_of(given: dict[int, bytes]) -> Iterator[bytes]:
    return (struct.pack(">HB", number, len(own)) + own for number, own in sorted(given.items()))


@functools.cache
def phone(kind: str, extra: bytes = b"", *, marks_unknown: bool = False, items: int = 4) -> bytes:
    """A picture of four tiles, as phones write them, with a secret wherever there is room for one."""
    name, brand = {"HEIF": (b"hvc1", b"heic"), "AVIF": (b"av01", b"avif")}[kind]
    tiles = [coded(kind, seed) for seed in range(items)]
    noise = SECRET * 2
    unit = (
        struct.pack(">I", len(noise) + 2) + b"\x4e\1" + noise
        if kind == "HEIF"
        else b"\x2a" + bytes((len(noise),)) + noise
    )
    whole = full(b"ispe", struct.pack(">II", 2 * SIDE, 2 * SIDE))
    known = [*tiles[0][0], whole, box(b"irot", b"\1"), full(b"udes", SECRET), full(b"auxC", b"urn:depth\0" + SECRET)]
    count = len(tiles[0][0])
    of_tile = bytes(range(1, count + 1))
    others = {
        6: (name, tiles[1][1]),
        7: (b"Exif", bytes(4) + exif(3).removeprefix(b"Exif\0\0")),
        8: (b"mime", XMP),
        9: (name, tiles[2][1]),
    }
    data = {number: (name, unit + tile[1]) for number, tile in enumerate(tiles, 1)} | others
    given = dict.fromkeys((*range(1, items + 1), 6, 9), of_tile) | {
        5: bytes((count + 1, count + 2 | 0x80, count + 3 | marks_unknown << 7))
    }
    given[9] += bytes((count + 4,))
    entries = [
        full(
            b"infe",
            struct.pack(">HH", number, 0),
            item,
            SECRET + b"\0application/rdf+xml\0",
            version=2,
            flags=number < 5,
        )
        for number, item in [(number, item) for number, (item, _) in data.items()] + [(5, b"grid")]
    ]
    parts = box(b"dimg", struct.pack(f">HH{items}H", 5, items, *range(1, items + 1)))
    about = {6: b"thmb", 7: b"cdsc", 8: b"cdsc", 9: b"auxl"}
    references = [parts, *(box(how, struct.pack(">HHH", number, 1, 5)) for number, how in about.items())]

    def meta(start: int) -> bytes:
        rows = [struct.pack(">HHHHII", 5, 1, 0, 1, 0, 8)]
        for number, (_, body) in data.items():
            # In two pieces.
            rows.append(struct.pack(">HHHHIIII", number, 0, 0, 2, start, 5, start + 5, len(body) - 5))
            start += len(body)
        return full(
            b"meta",
            full(b"hdlr", bytes(4), b"pict", bytes(12), SECRET + b"\0"),
            full(b"pitm", b"\0\5"),
            full(b"iinf", struct.pack(">H", len(entries)), *entries),
            full(b"iref", *references),
            box(
                b"iprp",
                box(b"ipco", *known),
                full(b"ipma", struct.pack(">I", len(given)), *rows_of(given)),
            ),
            box(b"idat", b"\0\0\1\1" + struct.pack(">HH", 2 * SIDE, 2 * SIDE) + SECRET),
            full(b"iloc", b"\x44\0", struct.pack(">H", len(rows)), *rows, version=1),
        )  # fmt: skip

    head = box(b"ftyp", brand, SECRET[:4], brand, b"mif1", SECRET[:4]) + box(b"free", SECRET) + extra
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", *(body for _, body in data.values()), SECRET) + box(b"mpvd", SECRET)


def same(raw: bytes) -> bytes:
    """The cleaned picture, checked to look the same and to hold no secret."""
    result = picture(raw)
    assert SECRET in raw
    assert SECRET not in result.body
    assert SECRET[:4] not in result.body[:64]
    assert picture(result.body) == result
    with Image.open(BytesIO(raw)) as before, Image.open(BytesIO(result.body)) as after:
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
        # One library turns a picture when it opens it, the other one says how.
        turns = [one.getexif().get(0x0112, 1) for one in (before, after)]
        assert turns[0] == turns[1]
        assert {after.size, after.size[::-1]} >= {(result.width, result.height)}
        assert set(after.getexif()) <= {0x0112}
        assert not after.info.get("xmp")
    return result.body


def test_only_the_picture_is_kept_of_what_programs_write() -> None:
    for kind in ("HEIF", "AVIF"):
        for mode in ("RGB", "RGBA", "L"):
            for turn in (1, 6):
                given = exif(turn).removeprefix(b"Exif\0\0")
                raw = saved(painted(mode, (64, 48)), kind, exif=given, xmp=XMP, icc_profile=SRGB)
                assert b"prof" in same(raw), (kind, mode, turn)


def test_tiles_of_a_phone_are_kept_and_its_previews_and_maps_are_not() -> None:
    for kind in ("HEIF", "AVIF"):
        raw = phone(kind)
        body = same(raw)
        tiles = sum(len(coded(kind, seed)[1]) for seed in range(4))
        assert tiles < len(body) < tiles + 1000
        assert not {b"Exif", b"mime", b"thmb", b"cdsc", b"auxl", b"udes"} & {body[at : at + 4] for at in range(1000)}


def test_what_cannot_be_cleaned_is_refused() -> None:
    for kind in ("HEIF", "AVIF"):
        for raw in (phone(kind, box(b"moov", SECRET)), phone(kind, marks_unknown=True)):
            assert fault(raw)[0] == CAMERA
        raw = phone(kind)
        for old, new in ((b"grid", b"iden"), (b"hvc1", b"vvc1"), (b"av01", b"avc1")):
            assert old not in raw or fault(raw.replace(old, new))[0] == CAMERA, (kind, old)
        for name in (b"pitm", b"iinf", b"iloc", b"iprp", b"ipco", b"ipma", b"meta", b"idat"):
            assert fault(raw.replace(name, b"nono"))[0] == BROKEN, (kind, name)


def test_damage_is_a_fault_or_a_picture_that_stays_clean() -> None:
    for kind in ("HEIF", "AVIF"):
        raw, chance = phone(kind), random.Random(kind)
        for _ in range(400):
            damaged = bytearray(raw)
            for at in chance.choices(range(1500), k=2):
                damaged[at] = chance.choice((0, 1, 0xFF, chance.randrange(256)))
            try:
                result = picture(bytes(damaged))
            except Fault:
                continue
            assert picture(result.body) == result


def test_traps_are_faults_soon() -> None:
    raw = phone("HEIF")
    start = raw.index(b"iloc") - 4
    # Without sizes, a few bytes claim 65,535 pieces of everything.
    rows = b"".join(struct.pack(">HHHH", number, 0, 0, 65535) for number in range(1, 5000))
    trap = box(b"iloc", b"\1\0\0\0", b"\0\0", struct.pack(">H", 4999), rows)
    size = int.from_bytes(raw[start : start + 4], "big")
    changed = raw[:start] + trap + raw[start + size :]
    meta = changed.index(b"meta") - 4
    length = int.from_bytes(changed[meta : meta + 4], "big") + len(trap) - size
    assert fault(changed[:meta] + struct.pack(">I", length) + changed[meta + 4 :])[0] == BROKEN
    with pytest.raises(Fault):
        cleaned_data(b"av01", b"\x0a" + b"\xff" * 9, b"")
    for body in (bytes(22) + b"\1\xa0\xff\xff\0\2", bytes(22) + b"\1"):
        with pytest.raises(Fault):
            cleaned_property(b"hvcC", body)
