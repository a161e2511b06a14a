"""Scales the site's icon to the sizes that devices ask for."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image


def icon(raw: bytes, side: int) -> bytes | None:
    """A picture as a square PNG of ``side`` pixels with transparent margins; None if the picture cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(raw), formats=["PNG", "JPEG", "WEBP"]) as found:
                image = found.convert("RGBA")
    except Exception:  # noqa: BLE001 - decoders raise whatever they stumble over
        return None
    scale = side / max(image.size)
    image = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.LANCZOS
    )
    square = Image.new("RGBA", (side, side))
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    file = BytesIO()
    square.quantize(256, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()
