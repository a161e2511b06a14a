"""Pictures as WeChat takes them: JPEG, PNG or GIF, not too wide, not too heavy; and the cover in its shape."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from generator.render.image_encoding import plain, saved

WIDEST: Final = 1080
"""Pixels: what is wider, the platform makes smaller."""
MOST_BYTES: Final = 10_000_000
MOST_PIXELS: Final = 6_000_000
MOST_FRAMES: Final = 300
COVER: Final = (900, 383)
"""Pixels of the cover, whose shape is 2.35 to 1."""
_ABOVE_MIDDLE: Final = 0.4
"""Where a tall picture is cut out: faces are above its middle."""
_FORMATS: Final = ("JPEG", "PNG", "GIF")


def fitted(body: bytes) -> tuple[str, bytes]:
    """The ending and the bytes of a picture, made smaller where the platform would refuse it."""
    with Image.open(BytesIO(body), formats=_FORMATS) as image:
        kind = image.format or ""
        scale = min(1, WIDEST / image.width, math.sqrt(MOST_PIXELS / (image.width * image.height)))
        if scale == 1 and len(body) <= MOST_BYTES:
            return "jpg" if kind == "JPEG" else kind.lower(), body
        is_drawing = image.mode == "P"
        size = max(1, int(image.width * scale)), max(1, int(image.height * scale))
        smaller = _full(image).resize(size, Image.Resampling.LANCZOS)
    ending, made = plain(smaller, is_drawing=is_drawing)
    return (ending, made) if len(made) <= MOST_BYTES else ("jpg", _jpeg(smaller))


def cover(body: bytes) -> bytes:
    """The cover cut out of a picture, as JPEG; smaller than COVER where the picture is."""
    with Image.open(BytesIO(body), formats=_FORMATS) as image:
        whole = _full(image)
    width = max(1, min(COVER[0], whole.width, whole.height * COVER[0] // COVER[1]))
    size = width, max(1, round(width * COVER[1] / COVER[0]))
    return _jpeg(ImageOps.fit(whole, size, Image.Resampling.LANCZOS, centering=(0.5, _ABOVE_MIDDLE)))


def size_of(body: bytes) -> tuple[int, int]:
    """The pixels of a cover, across and down."""
    with Image.open(BytesIO(body), formats=_FORMATS) as image:
        return image.size


def frames(body: bytes) -> int:
    """The number of frames of a GIF."""
    with Image.open(BytesIO(body), formats=["GIF"]) as image:
        return int(getattr(image, "n_frames", 1))


def _full(image: Image.Image) -> Image.Image:
    """The pixels in full colour."""
    if image.mode in ("L", "RGB", "RGBA"):
        return image.copy()
    return image.convert("RGBA" if "transparency" in image.info else "RGB")


def _jpeg(image: Image.Image) -> bytes:
    """The picture as JPEG, on white where it is transparent."""
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return saved(image.convert("RGB"), "JPEG", quality=88, optimize=True, progressive=True)
