"""Pictures in addresses lose their metadata, in whichever way the addresses are written."""

from __future__ import annotations

import textwrap
from base64 import b64encode
from urllib.parse import quote

import pytest

from generator.read.data_uris import cleaned, held
from generator.read.pictures import picture
from tests.read.painting import SECRET, XMP, painted, saved

PHOTO = saved(painted(), "JPEG", xmp=XMP)
CLEAN = picture(PHOTO, is_original=True).body
LETTERS = b64encode(PHOTO).decode()
ADDRESS = f"data:image/jpeg;base64,{LETTERS}"
ROWS = textwrap.fill(LETTERS, 76)
DRAWING = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{ADDRESS}"/></svg>'
WAYS = {
    "in a style sheet": f"a{{b:url({ADDRESS})}} i{{}}",
    "in quotation marks": f"a{{b:url('{ADDRESS}')}}",
    "in rows": f'<image href="data:image/jpeg;base64,\n{ROWS}"/> word',
    "in escaped rows": '<image href="data:image/jpeg;base64,' + ROWS.replace("\n", "&#10;") + '"/>',
    "in rows of a string": '"data:image/jpeg;base64,' + ROWS.replace("\n", "\\n") + '"',
    "without quotation marks": f"<img src={ADDRESS} alt=x>",
    "in JSON": '{"a":"' + ADDRESS.replace("/", "\\/") + '"}',
    "in capitals": f"url(DATA:image/jpeg;BASE64,{LETTERS})",
    "in an attribute": f'<p style="b:url(&quot;{ADDRESS}&quot;)">',
    "without a type": f"url(data:;base64,{LETTERS})",
    "with a name": f"url(data:image/jpeg;name=a.jpg;base64,{LETTERS})",
    "of escaped letters": f"url(data:image/jpeg;base64,{quote(LETTERS, safe='')})",
    "of octets": f"url(data:image/jpeg,{quote(PHOTO)})",
    "in a drawing": f"url(data:image/svg+xml;base64,{b64encode(DRAWING.encode()).decode()})",
    "in a drawing of octets": f"url(data:image/svg+xml,{quote(DRAWING)})",
    "in a drawing as text": f"url('data:image/svg+xml;utf8,{DRAWING}')",
}


def deep(text: bytes) -> list[bytes]:
    """The files in a text, and those in them."""
    return [one for body in held(text) for one in (body, *deep(body))]


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_in_an_address_is_cleaned(way: str) -> None:
    text = WAYS[way].encode()
    assert any(SECRET in one for one in deep(text))
    found = cleaned(text)
    assert CLEAN in deep(found)
    assert not any(SECRET in one for one in deep(found))
    assert cleaned(found) == found
    assert (found[:4], found[-1:]) == (text[:4], text[-1:])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"data:",
        b"{data:{a:1,b:2}}",
        b'"data:image/png;base64," + letters',
        b"url(data:image/jpeg;base64," + b64encode(CLEAN) + b")",
        b"url(data:image/jpeg;base64," + b64encode(PHOTO[:99]) + b")",
        b"url(data:font/woff2;base64,d09GMgABAAAAAA)",
        "GB18030 文 data:image/jpeg;base64,".encode("gb18030") + b64encode(PHOTO),
    ],
)
def test_all_else_is_left(text: bytes) -> None:
    assert cleaned(text) == text
