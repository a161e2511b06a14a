"""Lines of a document as they stand on paper."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.ground.dates import Day
from generator.pipeline.workers import isolated
from generator.render.documents import docx
from generator.render.documents.layout import Layout
from generator.render.documents.official import GONGWEN
from generator.render.documents.ordinary import ORDINARY
from generator.render.documents.parse import parse
from generator.render.documents.pdf import pdf
from generator.render.typefaces import fonts, official_fonts
from tests.render.documents.measured import Line, lines, made_by_office

LAYOUTS = {"ordinary": ORDINARY, "official": GONGWEN}


def picture(width: int, height: int) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), "red").save(stream, "PNG")
    return stream.getvalue()


PICTURES = {"large.png": picture(900, 300), "small.png": picture(20, 20)}


def written(html: str, form: str, layout: Layout, folder: Path) -> list[Line]:
    """The lines of the first page of a document."""
    if form == "docx":
        made = docx(
            html,
            title="题目",
            language="zh-CN",
            author="某组",
            created=Day(2020, 3, 5),
            picture=PICTURES.get,
            layout=layout,
        )
        return lines(made_by_office(made, folder))[0]
    faces = official_fonts() if layout.is_official else fonts()
    place = folder / "document.pdf"
    body = isolated(
        lambda: pdf(
            parse(html),
            title="题目",
            author="某组",
            language="zh-CN",
            created=Day(2020, 3, 5),
            picture=PICTURES.get,
            fonts=faces,
            layout=layout,
        )
    )
    place.write_bytes(body)
    return lines(place)[0]


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_no_line_is_stretched_before_a_picture(form: str, look: str, tmp_path: Path) -> None:
    html = (
        "<h1>题目</h1>"
        '<p>请看这张大图\n<img src="large.png" alt=""></p>'
        '<p>先看<b>粗的</b>大图<img src="large.png" alt="">再看小的<img src="small.png" alt="">一张。</p>'
    )
    found = {line.text: line for line in written(html, form, LAYOUTS[look], tmp_path)}
    usual = 16 if look == "official" else 12
    assert {"请看这张大图", "先看粗的大图", "再看小的一张。"} <= found.keys()
    for text in ("请看这张大图", "先看粗的大图"):
        assert found[text].character == pytest.approx(usual, abs=1)
