"""Drawings are cleaned of what could run or request another host, and look as before."""

from __future__ import annotations

import pytest

from generator.ground.errors import Fault
from generator.read.svg import drawing
from tests.space import SiteSpace

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20.4">'


def inside(body: str) -> str:
    """What is left of a drawing's content."""
    cleaned = drawing(f"{HEAD}{body}</svg>".encode())[1].decode()
    assert drawing(cleaned.encode())[1].decode() == cleaned
    return cleaned.partition(">\n<svg")[2].partition(">")[2].removesuffix("</svg>\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<script href='x.js'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<set attributeName='onload' to='alert(1)'/>",
        "<image href='https://example.org/x.png'/>",
        "<image href='data:image/svg+xml,x'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<metadata>planted</metadata>",
        "<!-- planted -->",
        "<?planted?>",
    ],
)
def test_what_does_not_draw_is_left_out(hostile: str) -> None:
    assert inside(f"{hostile}<g>{hostile}</g>") == "<g></g>"


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'ONCLICK="alert(1)"',
        'href="javascript:alert(1)"',
        'xlink:href="https://example.org/#a"',
        'href=" #a"',
        'style="background: url(https://example.org/x)"',
        'fill="url(//example.org/#a)"',
        'style="fill: \\75rl(x)"',
        'xml:base="https://example.org/"',
        'data-x:y="1" xmlns:data-x="urn:x"',
    ],
)
def test_attributes_that_lead_out_are_left_out(attribute: str) -> None:
    assert inside(f'<rect {attribute} width="3"/>') == '<rect width="3"></rect>'


def test_what_draws_stays() -> None:
    body = (
        '<style>.a{fill:url(#b)}</style><defs><linearGradient id="b"><stop offset="1"></stop></linearGradient></defs>'
        '<use xlink:href="#a"></use><text class="a" x="1">甲 &lt;乙&gt; &amp;</text>'
    )
    assert inside(body) == body
    assert inside('<a href="https://example.org/"><path d="M0 0"/></a>') == '<g><path d="M0 0"></path></g>'
    assert inside("<style>@import url(https://example.org/x.css);</style>") == "<style></style>"


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ('width="30" height="10px"', (30, 10)),
        ('width="100%" height="100%" viewBox="0 0 40 20.4"', (40, 20)),
        ('viewBox="0,0,7,8"', (7, 8)),
        ('viewBox="0 0 -7 8"', (0, 0)),
        ('width="1e9" height="1"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_its_size(given: str, size: tuple[int, int]) -> None:
    found, _ = drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {given}/>'.encode())
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg/>",
        b"<html/>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"\x89PNG\r\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 300 + b"</g>" * 300 + b"</svg>",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>&nope;</svg>",
    ],
)
def test_what_is_none(raw: bytes) -> None:
    with pytest.raises(Fault) as caught:
        drawing(raw)
    assert str(caught.value.message) == "the file is no SVG that can be read"


def test_drawings_are_refused_unless_allowed_and_then_cleaned(space: SiteSpace) -> None:
    body = f'{HEAD}<script>alert(1)</script><rect width="4" height="4" onclick="x"/></svg>'
    space.write("content/entries/a.svg", body)
    space.entry("a", body="![图](a.svg)\n", cover="a.svg")
    assert space.fails().problems == [
        "content/entries/a.md:4:8: an SVG file can hold a script, so it is not published",
        "content/entries/a.md:6:1: an SVG file can hold a script, so it is not published",
    ]
    space.write("content/site.yaml", "title: 日志\nassets: {allow_svg: true}\n")
    space.build()
    shown = space.page("files/entries/a.svg")
    assert '<rect height="4" width="4"></rect>' in shown
    assert "alert" not in shown
    assert '<img src="../../../../files/entries/a.svg" alt="图" width="40" height="20"' in space.page("2020/03/05/a/")
    space.write("content/entries/a.svg", body.replace("</svg>", ""))
    assert "content/entries/a.md:6:1: the file is no SVG that can be read" in space.fails().problems
