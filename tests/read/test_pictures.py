"""Pictures are cleaned of all metadata, and their pixels stay exactly the same."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.read.pictures import picture
from tests.read.painting import (
    AGAIN,
    BROKEN,
    PHONES,
    SECRET,
    SIZE,
    SRGB,
    TURNS,
    XMP,
    before_scan,
    chunk,
    chunk_names,
    cleaned,
    exif,
    fault,
    gif,
    maker_beside_gps,
    markers,
    painted,
    phone_jpeg,
    pixels,
    riff,
    riff_chunks,
    saved,
    segment,
    with_chunks,
    with_segments,
)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("kind", PHONES)
def test_only_the_turn_is_kept_of_what_a_phone_writes(kind: str, turn: int, order: str) -> None:
    raw = PHONES[kind](turn, order)
    assert SECRET in raw
    assert maker_beside_gps(raw) == SECRET.decode()
    result = cleaned(raw, turn)
    assert result.kind == kind
    assert (result.width, result.height) == (SIZE if turn < 5 else SIZE[::-1])


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"II",
        b"MM\0*",
        b"XX\0*\0\0\0\x08\0\1",
        b"MM\0*\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff",
        b"MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0",
        b"MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\x09\0\0\0\0\0\0",
        b"MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\0\0\0\0\0\0\0",
        b"MM\0*\0\0\0\x08\0\1\1\x12\0\2\0\0\0\1\0\6\0\0\0\0\0\0",
        b"II*\0\x08\0\0\0\0\0",
    ],
)
def test_broken_exif_turns_nothing(broken: bytes) -> None:
    jpeg = with_segments(saved(painted(), "JPEG"), segment(0xE1, b"Exif\0\0" + broken + SECRET))
    png = with_chunks(saved(painted(), "PNG"), chunk(b"eXIf", broken + SECRET))
    webp = riff(*riff_chunks(saved(painted(), "WEBP", exif=exif(6)))[:-1], (b"EXIF", broken + SECRET))
    for raw in (jpeg, png, webp):
        result = picture(raw)
        assert (result.width, result.height) == SIZE
        assert b"MM\0*" not in result.body
        assert SECRET not in result.body


# JPEG.


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"optimize": True}, {"restart_marker_blocks": 1}])
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpeg_of_every_build(mode: str, options: dict[str, object]) -> None:
    result = cleaned(saved(painted(mode), "JPEG", exif=exif(6), comment=SECRET, **options) + SECRET, 6)
    assert (0xEE in markers(result.body)) == (mode == "CMYK")


def test_jpeg_keeps_a_profile_of_many_segments() -> None:
    profile = SRGB + bytes(range(256)) * 600
    raw = saved(painted(), "JPEG", icc_profile=profile, exif=exif(3))
    body = cleaned(raw, 3).body
    assert markers(body).count(0xE2) == 3
    with Image.open(BytesIO(body)) as image:
        assert image.info["icc_profile"] == profile


def test_jpeg_loses_every_segment_that_makes_no_picture() -> None:
    others = [segment(marker, SECRET) for marker in (*range(0xE0, 0xF0), 0xFE)]
    extended = segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET)
    plain = saved(painted(), "JPEG")
    raw = before_scan(with_segments(plain, segment(0xE2, b"MPF\0" + SECRET), extended, *others), *others)
    assert picture(raw).body == plain


def test_jpeg_loses_the_thumbnails_of_jfif() -> None:
    plain = saved(painted(), "JPEG")
    thumbnail = b"JFIF\0\1\2\0\0\1\0\1\x08\x08" + (SECRET * 12)[:192]
    raw = with_segments(b"\xff\xd8" + plain[20:], segment(0xE0, thumbnail), segment(0xE0, b"JFXX\0\x10" + plain))
    assert cleaned(raw).body == b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0") + plain[20:]


def test_jpeg_loses_what_hides_behind_adobes_mark_and_in_later_exif() -> None:
    plain = saved(painted("CMYK"), "JPEG")
    at = plain.index(b"Adobe")
    adobe = segment(0xEE, plain[at : at + 12] + SECRET)
    raw = with_segments(b"\xff\xd8" + plain[at + 12 :], adobe, *(segment(0xE1, exif(turn)) for turn in (8, 6)))
    cleaned(raw, 8)


def test_jpeg_passes_over_fill_bytes_strays_and_lonely_restarts() -> None:
    plain = saved(painted(), "JPEG")
    raw = plain[:2] + b"\xff\xff" + plain[2:20] + b"\0\0" + SECRET + b"\xff\xd3\xff\x01\xff\0" + plain[20:]
    assert picture(raw).body == plain


def test_jpeg_ends_at_its_first_end() -> None:
    plain = saved(painted(), "JPEG")
    assert picture(plain + phone_jpeg(6) + b"\0\0\0\x18ftypmp42").body == plain


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + segment(0xC0, b"\x08\0\x18\0\x28\1\1\x11\0") + b"\xff\xd9",
        b"\xff\xd8" + segment(0xC0, b"\x08\0\0\0\x28\1\1\x11\0") + segment(0xDA, b"") + b"\1\xff\xd9",
        b"\xff\xd8" + segment(0xC0, b"\x08\0") + segment(0xDA, b"") + b"\1\xff\xd9",
        b"\xff\xd8" + segment(0xDA, b"") + b"\1\xff\xd9",
        b"\xff\xd8\xff\xe1\0\1" + b"\xff\xd9",
        b"\xff\xd8" + segment(0xF7, b"\x08\0\x18\0\x28\1\1\x11\0") + b"\xff\xd9",
        b"\xff\xd8\xff\xd8\xff\xd9",
    ],
)
def test_jpeg_that_is_none(raw: bytes) -> None:
    assert fault(raw) == (BROKEN, f"copy it again from where it was taken, or {AGAIN}")


# PNG.


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "I;16", "P"])
def test_png_of_every_mode(mode: str) -> None:
    cleaned(saved(painted(mode), "PNG", exif=exif(7)) + SECRET, 7)


def test_png_keeps_what_decides_how_it_looks() -> None:
    raw = saved(painted("P"), "PNG", transparency=bytes(range(256)), icc_profile=SRGB, dpi=(72, 72), exif=exif(6))
    others = [(b"gAMA", 4), (b"cHRM", 32), (b"sRGB", 1), (b"cICP", 4), (b"sBIT", 3)]
    body = cleaned(with_chunks(raw, *(chunk(name, bytes(size)) for name, size in others)), 6).body
    names = [b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"iCCP", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND"]
    assert chunk_names(body) == [b"IHDR", b"eXIf", *names]
    with Image.open(BytesIO(body)) as image:
        assert image.info["icc_profile"] == SRGB


def test_png_turn_behind_the_pixels_is_found() -> None:
    plain = saved(painted(), "PNG")
    cleaned(plain[:-12] + chunk(b"eXIf", exif(5).removeprefix(b"Exif\0\0")) + plain[-12:], 5)


def test_png_loses_what_its_end_holds() -> None:
    plain = saved(painted(), "PNG")
    assert picture(plain[:-12] + chunk(b"IEND", SECRET)).body == plain


def test_animated_png() -> None:
    frames = [painted("RGBA", seed=seed) for seed in (2, 3)]
    notes = PngInfo()
    notes.add_text("Author", SECRET.decode())
    raw = saved(painted("RGBA"), "PNG", save_all=True, append_images=frames, duration=[70, 80, 90], pnginfo=notes)
    assert len(pixels(cleaned(raw).body)) == 3


@pytest.mark.parametrize(
    "raw",
    [
        saved(painted(), "PNG")[:33] + chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(12)) + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
        with_chunks(saved(painted(), "PNG"), chunk(b"CgBI", bytes(4))),
        with_chunks(saved(painted(), "PNG"), b"\xff\xff\xff\xfftEXt"),
    ],
)
def test_png_that_is_none(raw: bytes) -> None:
    assert fault(raw)[0] == BROKEN


# GIF.


def with_blocks(raw: bytes, *blocks: bytes) -> bytes:
    """The blocks after the logical screen and its colour table."""
    start = 13 + (3 << (raw[10] & 7) + 1 if raw[10] & 0x80 else 0)
    return raw[:start] + b"".join(blocks) + raw[start:]


def test_gif_keeps_its_pictures_and_how_they_run() -> None:
    plain = gif(loop=0)
    assert b"NETSCAPE2.0" in plain
    result = cleaned(gif(loop=0, comment=SECRET) + SECRET)
    assert result.body == plain
    assert (result.kind, result.width, result.height) == ("gif", *SIZE)


def test_gif_loses_every_other_extension() -> None:
    plain = gif(loop=0)
    block = bytes((len(SECRET),)) + SECRET + b"\0"
    xmp = b"!\xff\x0bXMP DataXMP" + XMP + b"\1" + bytes(range(255, -1, -1)) + b"\0"
    other = b"!\xff\x0bMGK8BIM0000" + block
    plain_text = b"!\x01\x0c" + bytes(12) + block
    raw = with_blocks(plain, xmp, other, b"!\xfe" + block, plain_text, b"!\xce" + block)
    assert SECRET in raw
    assert picture(raw).body == plain
    loops = b"!\xff\x0bANIMEXTS1.0\3\1\0\0\0"
    assert picture(with_blocks(plain, loops)).body == with_blocks(plain, loops)


def test_gif_of_one_picture() -> None:
    assert cleaned(saved(painted("P"), "GIF", comment=SECRET)).body[6:] == saved(painted("P"), "GIF")[6:]


@pytest.mark.parametrize(
    "raw",
    [
        b"GIF89a" + bytes(7) + b";",
        b"GIF89a\1\0\1\0\0\0\0;",
        b"GIF89a\1\0\1\0\0\0\0?;",
        b"GIF89a\0\0\1\0\0\0\0," + bytes(9) + b"\2\0;",
    ],
)
def test_gif_that_is_none(raw: bytes) -> None:
    assert fault(raw)[0] == BROKEN


# WebP.


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("size", [SIZE, (1, 1), (301, 77)])
def test_webp_of_every_build(mode: str, size: tuple[int, int], lossless: bool) -> None:
    image = painted(mode, size)
    plain = cleaned(saved(image, "WEBP", lossless=lossless))
    assert (plain.kind, plain.width, plain.height) == ("webp", *size)
    cleaned(saved(image, "WEBP", lossless=lossless, exif=exif(8), xmp=XMP) + SECRET, 8)


def test_webp_keeps_its_profile_and_says_what_it_holds() -> None:
    raw = saved(painted("RGBA"), "WEBP", icc_profile=SRGB, exif=exif(1), xmp=XMP)
    body = cleaned(raw).body
    assert [name for name, _ in riff_chunks(body)] == [b"VP8X", b"ICCP", b"ALPH", b"VP8 "]
    assert body[20] == 0x30
    with Image.open(BytesIO(body)) as image:
        assert image.info["icc_profile"] == SRGB
    assert picture(saved(painted("RGBA"), "WEBP", icc_profile=SRGB, exif=exif(6), xmp=XMP)).body[20] == 0x38


def test_simple_webp_loses_what_follows_its_picture() -> None:
    plain = saved(painted(), "WEBP")
    assert picture(riff(*riff_chunks(plain), (b"EXIF", exif(6)), (b"XMP ", XMP))).body == plain


def test_webp_exif_that_the_header_does_not_announce_turns_nothing() -> None:
    header, *rest = riff_chunks(saved(painted(), "WEBP", exif=exif(6)))
    raw = riff((header[0], b"\0" + header[1][1:]), *rest)
    cleaned(raw)


def test_animated_webp() -> None:
    frames = [painted("RGBA", seed=seed) for seed in (2, 3)]
    raw = saved(
        *(painted("RGBA"), "WEBP"), save_all=True, append_images=frames, duration=[70, 80, 90], exif=exif(6), xmp=XMP
    )
    assert len(pixels(cleaned(raw, 6).body)) == 3
    inner = (b"prvt", SECRET)
    hiding = riff(
        *((name, body + riff(inner)[12:] if name == b"ANMF" else body) for name, body in riff_chunks(raw) if body)
    )
    assert SECRET in hiding
    assert cleaned(hiding, 6).body == picture(raw).body


@pytest.mark.parametrize(
    "raw",
    [
        riff(),
        riff((b"VP8 ", bytes(10))),
        riff((b"VP8 ", b"\0\0\0\x9d\x01\x2a\0\0\0\0")),
        riff((b"VP8L", b"\x2f\0")),
        riff((b"EXIF", exif(6))),
        riff((b"VP8X", bytes(9)), (b"VP8 ", bytes(10))),
        riff((b"VP8X", bytes(10))),
        riff((b"VP8X", bytes(10)), (b"ANMF", bytes(15))),
        b"RIFF\0\0\0\0WEBP",
    ],
)
def test_webp_that_is_none(raw: bytes) -> None:
    assert fault(raw)[0] == BROKEN
