"""Pictures for the tests: generated, saved as phones and programs save them, and parsed again."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageSequence
from PIL.PngImagePlugin import PngInfo

from generator.ground.errors import Fault
from generator.read.pictures import Picture, picture
from tests.space import SiteSpace

SECRET = b"at-home-31.2304N"
SIZE = (40, 24)
TURNS = range(1, 9)
ORIENTATION = 0x0112
GPS = 0x8825
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

BROKEN = "the picture is cut short or damaged"
UNREADABLE = "the file is no picture that can be read"
AGAIN = "save it again as JPEG or PNG"


def painted(mode: str = "RGB", size: tuple[int, int] = SIZE, seed: int = 1) -> Image.Image:
    """A picture of noise, in which any changed pixel is detected."""
    noise = random.Random(seed)
    if mode == "P":
        image = Image.frombytes("P", size, noise.randbytes(size[0] * size[1]))
        image.putpalette(noise.randbytes(768))
        return image
    depth = 2 if mode == "I;16" else len(mode)
    return Image.frombytes(mode, size, noise.randbytes(size[0] * size[1] * depth))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(turn: int = 1, order: str = ">") -> bytes:
    """EXIF as a phone writes it: orientation, maker, place, followed by a thumbnail."""
    tags = Image.Exif()
    tags.endian = order
    tags[ORIENTATION] = turn
    tags[0x010F] = SECRET.decode()
    tags.get_ifd(GPS).update({1: "N", 2: (31.0, 13.0, 49.0), 29: SECRET.decode()})
    return tags.tobytes() + saved(painted(size=(8, 8)), "JPEG", comment=SECRET)


def pixels(raw: bytes) -> list[tuple[str, tuple[int, int], bytes, object]]:
    """Every frame, as stored in the file."""
    with Image.open(BytesIO(raw)) as image:
        return [
            (frame.mode, frame.size, frame.convert("RGBA").tobytes() + frame.tobytes(), frame.info.get("duration"))
            for frame in ImageSequence.Iterator(image)
        ]


def tags_of(raw: bytes) -> dict[int, object]:
    with Image.open(BytesIO(raw)) as image:
        assert not image.getexif().get_ifd(GPS)
        return dict(image.getexif())


def cleaned(raw: bytes, turn: int = 1) -> Picture:
    """The cleaned picture, checked to look the same, to have no metadata, and to stay the same if cleaned again."""
    result = picture(raw)
    assert pixels(result.body) == pixels(raw)
    assert SECRET not in result.body
    assert SECRET.decode().encode("utf-16-le") not in result.body
    assert tags_of(result.body) == ({ORIENTATION: turn} if turn > 1 else {})
    assert picture(result.body) == result
    with Image.open(BytesIO(raw)) as image:
        size = image.size
    assert (result.width, result.height) == (size[::-1] if turn >= 5 else size)
    return result


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def before_scan(jpeg: bytes, *segments: bytes) -> bytes:
    at = jpeg.index(b"\xff\xda")
    return jpeg[:at] + b"".join(segments) + jpeg[at:]


def markers(jpeg: bytes) -> list[int]:
    """The markers up to the first scan."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def chunk_names(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        found.append(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return found


def with_chunks(png: bytes, *chunks: bytes) -> bytes:
    """The chunks after IHDR."""
    return png[:33] + b"".join(chunks) + png[33:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for name, body in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff_chunks(raw: bytes, at: int = 12) -> list[tuple[bytes, bytes]]:
    found = []
    while at < len(raw):
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        found.append((raw[at : at + 4], raw[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def phone_jpeg(turn: int = 1, order: str = ">") -> bytes:
    return saved(painted(), "JPEG", exif=exif(turn, order), xmp=XMP, comment=SECRET, dpi=(72, 72)) + SECRET


def phone_png(turn: int = 1, order: str = ">") -> bytes:
    notes = PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_text("Comment", SECRET.decode() * 9, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    notes.add(b"tIME", struct.pack(">HBBBBB", 2020, 3, 5, 12, 0, 0))
    notes.add(b"prVt", SECRET)
    return saved(painted("RGBA"), "PNG", exif=exif(turn, order), pnginfo=notes, dpi=(72, 72)) + SECRET


def phone_webp(turn: int = 1, order: str = ">") -> bytes:
    raw = saved(painted("RGBA"), "WEBP", exif=exif(turn, order), xmp=XMP, lossless=True)
    return riff(*riff_chunks(raw), (b"prvt", SECRET + b"!")) + SECRET


def maker_beside_gps(raw: bytes) -> object:
    with Image.open(BytesIO(raw)) as image:
        assert image.getexif().get_ifd(GPS)
        return image.getexif()[0x010F]


PHONES = {"jpeg": phone_jpeg, "png": phone_png, "webp": phone_webp}


def gif(**options: object) -> bytes:
    frames = [painted("P", seed=seed) for seed in (2, 3)]
    return saved(painted("P"), "GIF", save_all=True, append_images=frames, duration=[70, 80, 90], **options)


def fault(raw: bytes) -> tuple[str, str]:
    with pytest.raises(Fault) as caught:
        picture(raw)
    return str(caught.value.message), str(caught.value.hint)


def scene(mode: str = "RGB", size: tuple[int, int] = (80, 48)) -> Image.Image:
    """A picture like a photo: soft, with four different corners."""
    corners = Image.new("RGB", (2, 2))
    corners.putdata([(200, 30, 30), (30, 180, 40), (40, 60, 210), (240, 220, 90)])
    soft = corners.resize(size, Image.Resampling.BICUBIC)
    if mode == "P":
        return soft.quantize(64, dither=Image.Dither.NONE)
    return soft if mode == "RGB" else soft.convert(mode)


def show(space: SiteSpace, **pictures: bytes) -> None:
    """An entry that shows these pictures; ``a_jpg`` for a file ``a.jpg``."""
    names = [name.replace("_", ".") for name in pictures]
    for name, body in zip(names, pictures.values(), strict=True):
        space.write(f"content/entries/{name}", body)
    space.entry("a", body="\n\n".join(f"![图]({name})" for name in names) + "\n")
