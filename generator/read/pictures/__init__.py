"""Recognises picture files and removes their metadata: what cameras and phones add to the picture itself.

Nothing is decoded. A file is parsed segment by segment, and only segments that are known to make up the picture are
copied, so its pixels stay exactly the same. Of the EXIF (CIPA DC-008) only the orientation is kept; it is written
again. So no other data reaches a decoder.
"""

from __future__ import annotations

import re
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.read.pictures.parsing import Kind, Picture, damaged

__all__ = [
    "BOXED", "ENDINGS", "MOST_BYTES", "START", "Kind", "Picture", "damaged", "is_picture", "kind_of", "picture",
    "too_heavy",
]  # fmt: skip

MOST_BYTES: Final = 60 << 20
"""Of a picture's file. Its size is looked at before it is read."""
START: Final = 2048
"""The first bytes of a file, by which pictures are recognised."""
ENDINGS: Final[dict[str, Kind]] = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".jfif": "jpeg", ".jpe": "jpeg", ".png": "png", ".gif": "gif", ".webp": "webp",
    ".avif": "avif", ".heic": "heic", ".heif": "heic",
}  # fmt: skip
"""The kind of picture for each ending of a file name."""
BOXED: Final = frozenset(("avif", "heic"))
"""Kinds that are decoded as they are, and whose originals no page shows: few browsers do."""

_STARTS: Final[dict[bytes, Kind]] = {
    rb"\xff\xd8\xff": "jpeg", rb"\x89PNG\r\n\x1a\n": "png", rb"GIF8[79]a": "gif", rb"RIFF....WEBP": "webp",
}  # fmt: skip
"""For each pattern of a file's first bytes, the kind of picture."""
_AVIF_BRANDS: Final = frozenset((b"avif", b"avis"))
_HEIC_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
)


def kind_of(raw: bytes) -> Kind:
    """The kind of picture, from the file's content and not its name. Raises Fault where it is not a picture."""
    for start, kind in _STARTS.items():
        if re.match(start, raw, re.DOTALL):
            return kind
    # HEIC and AVIF are recognised by their brands (ISO/IEC 14496-12, ``ftyp``).
    if raw[4:8] == b"ftyp":
        box = raw[8 : min(int.from_bytes(raw[:4], "big"), 1024)]
        brands = {box[at : at + 4] for at in range(0, len(box), 4)}
        if brands & _AVIF_BRANDS:
            return "avif"
        if brands & _HEIC_BRANDS:
            return "heic"
    raise Fault(say("the file is no picture that can be read"), say("save it again as JPEG or PNG"))


def is_picture(raw: bytes) -> bool:
    """Whether a file that begins like this is a picture."""
    try:
        return bool(kind_of(raw))
    except Fault:
        return False


def picture(raw: bytes, *, is_original: bool = False) -> Picture:
    """The cleaned picture in a file.

    ``is_original`` is for one that is published: then even its colour profile holds nothing but numbers. Raises Fault
    where the file is not a picture, or cannot be parsed to its end.
    """
    # Most builds only ask for the endings, or clean the theme's icon.
    match kind_of(raw):
        case "jpeg":
            from generator.read.pictures import jpeg

            return jpeg.cleaned(raw, is_original=is_original)
        case "png":
            from generator.read.pictures import png

            return png.cleaned(raw, is_original=is_original)
        case "gif":
            from generator.read.pictures import gif

            return gif.cleaned(raw)
        case "avif" | "heic" as kind:
            from generator.read.pictures import heif

            return heif.cleaned(raw, kind)
        case _:
            from generator.read.pictures import webp

            return webp.cleaned(raw, is_original=is_original)


def too_heavy(size: int, limit: int) -> Fault:
    """The fault of a picture whose file has more than ``limit`` bytes."""
    return Fault(
        say("the picture has {size} MB; {limit} is the most", size=size >> 20, limit=limit >> 20),
        say("save it smaller"),
    )
