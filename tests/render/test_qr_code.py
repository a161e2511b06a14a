"""QR codes are what readers of others take them for, at every length of an address."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import zxingcpp
from PIL import Image

from generator.render import qr_code
from tests.space import SiteSpace

MOST = 666
"""Characters of the longest address."""


def read(uri: str) -> list[str]:
    """What a reader of codes finds in a picture, as large as on a screen."""
    image = Image.open(BytesIO(base64.b64decode(uri.removeprefix("data:image/png;base64,")))).convert("L")
    large = image.resize((4 * image.width, 4 * image.height))
    return [found.text for found in zxingcpp.read_barcodes(large)]


def test_every_length_is_read_as_it_was_written() -> None:
    long = "https://example.org/" + "".join(f"%E{number % 10}/" for number in range(200))
    # The last of each size, and the first of the next.
    full = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624]
    wrong = []
    for length in (1, *full, *(one + 1 for one in full), MOST):
        uri = qr_code.data_uri(long[:length])
        assert uri is not None
        if read(uri) != [long[:length]]:
            wrong.append(length)
    assert wrong == []
    assert qr_code.data_uri(long[: MOST + 1]) is None


def test_an_entry_has_the_code_of_its_address(space: SiteSpace) -> None:
    space.entry("进村")
    space.build()
    picture = re.search(r'<img class="qr" src="([^"]*)" width="(\d+)"', space.page("2020/03/05/进村/"))
    assert picture
    assert read(picture[1]) == ["https://example.org/2020/03/05/%E8%BF%9B%E6%9D%91/"]
    assert int(picture[2]) == qr_code.side("https://example.org/2020/03/05/%E8%BF%9B%E6%9D%91/")
    for settings in ("base_url: https://example.org/\nqr: no\n", ""):
        space.write("content/site.yaml", f"title: 日志\n{settings}")
        space.build()
        assert "image/png;base64" not in space.page("2020/03/05/进村/")
