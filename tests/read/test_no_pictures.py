"""Files that are not pictures, and damaged pictures."""

from __future__ import annotations

import itertools
import random
import struct
from collections.abc import Callable

import pytest

from generator.ground.errors import Fault
from generator.read.pictures import kind_of, picture
from tests.read.painting import (
    AGAIN,
    BROKEN,
    SECRET,
    SRGB,
    UNREADABLE,
    XMP,
    exif,
    fault,
    gif,
    painted,
    phone_png,
    phone_webp,
    saved,
    segment,
    with_segments,
)


def ftyp(*brands: bytes) -> bytes:
    return struct.pack(">I", 12 + 4 * len(brands)) + b"ftyp" + brands[0] + bytes(4) + b"".join(brands[1:]) + bytes(99)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        "日志".encode(),
        b"<!DOCTYPE html><title>x</title>",
        b"%PDF-1.7\n",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"BM" + bytes(60),
        b"II*\0" + bytes(60),
        b"GIF90a" + bytes(60),
        ftyp(b"mp42", b"isom"),
        b"\0\0\0\0ftyp",
    ],
)
def test_a_file_that_is_no_picture(raw: bytes) -> None:
    assert fault(raw) == (UNREADABLE, AGAIN)


@pytest.mark.parametrize("brands", [(b"heic", b"mif1", b"heic"), (b"mif1", b"heix"), (b"msf1", b"hevc")])
def test_heic(brands: tuple[bytes, ...]) -> None:
    assert kind_of(ftyp(*brands)) == "heic"


@pytest.mark.parametrize("raw", [ftyp(b"mif1", b"avif"), ftyp(b"avis"), saved(painted(), "AVIF")])
def test_avif(raw: bytes) -> None:
    assert kind_of(raw) == "avif"


SAMPLES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved(painted(), "JPEG", exif=exif(6), xmp=XMP, comment=SECRET, icc_profile=SRGB),
    "progressive": lambda: saved(painted("CMYK"), "JPEG", progressive=True, exif=exif(3)),
    "png": lambda: phone_png(6).removesuffix(SECRET),
    "gif": lambda: gif(loop=0, comment=SECRET),
    "webp": lambda: phone_webp(6).removesuffix(SECRET),
    "lossy": lambda: saved(painted(), "WEBP"),
    "heic": lambda: saved(painted(), "HEIF", exif=exif(6).removeprefix(b"Exif\0\0")),
    "avif": lambda: saved(painted("RGBA"), "AVIF", exif=exif(6)),
    "animation": lambda: saved(
        *(painted("RGBA"), "WEBP"), save_all=True, append_images=[painted("RGBA", seed=2)], exif=exif(6)
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_cut_short_anywhere_is_a_fault(name: str) -> None:
    raw = SAMPLES[name]()
    picture(raw)
    for length in (*range(min(len(raw), 1500)), *range(1500, len(raw), 7), len(raw) - 1):
        assert fault(raw[:length])[0] in (BROKEN, UNREADABLE)


@pytest.mark.parametrize("name", SAMPLES)
def test_damage_is_a_fault_or_a_picture_that_stays_clean(name: str) -> None:
    raw, chance = SAMPLES[name](), random.Random(name)
    for _ in range(1500):
        damaged = bytearray(raw)
        for at in chance.choices(range(min(len(raw), 400)), k=2) + chance.choices(range(len(raw)), k=2):
            damaged[at] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        try:
            result = picture(bytes(damaged))
        except Fault:
            continue
        assert picture(result.body) == result
        assert min(result.width, result.height) > 0


def test_a_large_picture_is_walked_once_and_stays_the_same() -> None:
    noise = itertools.repeat(random.Random(4).randbytes(1 << 16), 80)
    scan = b"".join(noise).replace(b"\xff", b"\xff\0")
    plain = saved(painted(), "JPEG")
    at = plain.index(b"\xff\xda") + 14
    body = plain[:at] + scan + b"\xff\xd9"
    assert picture(with_segments(body, segment(0xFE, SECRET))).body == body
