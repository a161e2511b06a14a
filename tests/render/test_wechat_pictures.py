"""Pictures as WeChat takes them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from generator.render import wechat_pictures
from generator.render.wechat_pictures import MOST_PIXELS, cover, fitted


def painted(mode: str, size: tuple[int, int], kind: str) -> bytes:
    stream = BytesIO()
    Image.new(mode, size, 200 if mode == "L" else (200, 30, 20, 128)[: len(mode)]).save(stream, kind)
    return stream.getvalue()


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body))


def is_nearly(image: Image.Image, colour: tuple[int, int, int]) -> bool:
    """Whether the middle has a colour, as far as JPEG keeps it."""
    middle = image.convert("RGB").crop(
        (image.width // 2, image.height // 2, image.width // 2 + 1, image.height // 2 + 1)
    )
    return all(abs(one - other) < 4 for one, other in zip(middle.tobytes(), colour, strict=True))


def test_what_fits_is_left_as_it_is() -> None:
    body = painted("RGB", (1080, 700), "PNG")
    assert fitted(body) == ("png", body)


def test_what_is_too_wide_or_too_large_becomes_smaller() -> None:
    ending, body = fitted(painted("RGBA", (1600, 800), "PNG"))
    assert (ending, opened(body).size, opened(body).mode) == ("png", (1080, 540), "RGBA")
    ending, body = fitted(painted("L", (1000, 9000), "JPEG"))
    width, height = opened(body).size
    assert ending == "jpg"
    assert MOST_PIXELS * 0.99 < width * height <= MOST_PIXELS


def test_what_is_too_heavy_becomes_jpeg_on_white(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wechat_pictures, "MOST_BYTES", 100)
    ending, body = fitted(painted("RGBA", (300, 200), "PNG"))
    assert (ending, opened(body).format) == ("jpg", "JPEG")
    assert is_nearly(opened(body), (227, 143, 137))


def test_a_cover_is_cut_out_above_the_middle_and_never_enlarged() -> None:
    image = Image.new("RGB", (600, 1000), "white")
    image.paste((255, 0, 0), (0, 300, 600, 500))
    stream = BytesIO()
    image.save(stream, "PNG")
    made = opened(cover(stream.getvalue()))
    assert (made.format, made.size) == ("JPEG", (600, 255))
    assert is_nearly(made, (255, 0, 0))
    assert opened(cover(painted("RGBA", (1600, 300), "PNG"))).size == (704, 300)
    assert opened(cover(painted("L", (1, 1), "PNG"))).size == (1, 1)
