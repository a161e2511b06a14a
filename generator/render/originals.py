"""Original pictures for publication: each pixel as it was, and nothing in the file that makes no pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Final

from PIL import Image

from generator.ground.errors import Fault
from generator.ground.fingerprint import fingerprint_of
from generator.ground.messages import say
from generator.read.pictures import damaged, gif, jpeg, picture, webp
from generator.read.pictures.parsing import Stretch

Stretches = Callable[[bytes], list[Stretch]]
Filled = Callable[[bytes, Iterable[bytes]], bytes]

_FORMATS: Final[Mapping[str, tuple[Stretches, Filled]]] = {
    "jpeg": (jpeg.stretches, jpeg.with_stretches),
    "gif": (gif.stretches, gif.with_stretches),
    "webp": (webp.stretches, webp.with_stretches),
}
"""How compressed data are found in a cleaned picture, and put back; in the other kinds, nothing can follow them."""
_SPARE: Final = 8
"""Bytes at the end of compressed data that may make no pixel; programs write fewer."""
_LINES: Final = 256
"""Lines of pixels that are looked at together."""
_MOST_PIXELS: Final = 2_000_000_000
"""Pixels that are decoded to find the ends of all compressed data."""


def original(raw: bytes) -> bytes:
    """The picture in a file, without metadata, texts of its colour profile, and data behind that of its pixels.

    Raises Fault for a file that is no picture, or that cannot be cleaned.
    """
    cleaned = picture(raw, is_original=True)
    if cleaned.kind not in _FORMATS:
        return cleaned.body
    stretches, with_stretches = _FORMATS[cleaned.kind]
    found = stretches(cleaned.body)
    if cleaned.width * cleaned.height * 2 * len(found) > _MOST_PIXELS:
        raise Fault(say("the original is too large to be cleaned"), say("save it smaller, or as PNG"))
    data = [_without_tail(one) for one in found]
    if data == [one.data for one in found]:
        return cleaned.body
    return with_stretches(cleaned.body, data)


def _without_tail(one: Stretch) -> bytes:
    """The data up to the last byte that makes a pixel."""
    whole = _pixels(one.still(one.data))

    def is_enough(size: int) -> bool:
        return _pixels(one.still(one.data[:size])) == whole

    most = len(one.data)
    if whole is None:
        raise damaged()
    if not is_enough(max(0, most - _SPARE)):
        return one.data
    return one.data[: _least(is_enough, most)]


def _least(is_enough: Callable[[int], bool], most: int) -> int:
    """The smallest number that is enough, where all larger ones are."""
    least = 0
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if is_enough(middle) else (middle + 1, most)
    return least


def _pixels(still: bytes) -> bytes | None:
    """The digest of the pixels; None where they cannot be decoded."""
    try:
        with Image.open(BytesIO(still)) as image:
            image.load()
            width, height = image.size
            tops = range(0, height, _LINES)
            return fingerprint_of(image.crop((0, top, width, min(top + _LINES, height))).tobytes() for top in tops)
    except Exception:  # noqa: BLE001 - decoders raise whatever they stumble over
        return None
