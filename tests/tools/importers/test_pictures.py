"""Pictures and what plays: what programs write about them is no text, and what is not taken over is told."""

from __future__ import annotations

import io

import docx
from docx.oxml.ns import qn

from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.read import read_bytes
from tests.space import PNG
from tests.tools.importers.manuscripts import reviewed, texts


def read(name: str, body: bytes) -> Manuscript:
    found = read_bytes(name, "", body, beside=lambda _: PNG).value
    assert found is not None
    return found


def as_word(said: str) -> Manuscript:
    document = docx.Document()
    document.add_paragraph("2020年3月5日 晴")
    document.add_paragraph("走访。")
    document.add_picture(io.BytesIO(PNG))
    for one in document.element.body.iter(qn("wp:docPr")):
        one.set("descr", said)
    written = io.BytesIO()
    document.save(written)
    return read("a.docx", written.getvalue())


def as_page(said: str) -> Manuscript:
    return read("a.html", f'<p>2020年3月5日 晴<p>走访。<p><img src="a.png" alt="{said}">'.encode())


def as_markdown(said: str) -> Manuscript:
    return read("a.md", f"2020年3月5日 晴\n\n走访。\n\n![{said.replace(chr(92), chr(92) * 2)}](a.png)\n".encode())


def test_names_and_places_of_files_are_left_out_of_what_is_said_of_pictures() -> None:
    names = (
        r"C:\Users\zhang\Desktop\IMG_2021.jpg", r"\\server\张三\水渠.png", "file:///home/zhang/a.png",
        "/Users/zhang/Pictures/a", r"C:\Users\zhang\AppData\Local\Temp\ksohtml\wps1.jpg", "微信图片_20210305101010",
        "水渠 通水.JPG", "IMG_20210305_101010",
    )  # fmt: skip
    for read_as in (as_word, as_page, as_markdown):
        for said in names:
            found = read_as(said)
            assert texts(found) == ["走访。\n\n![](2020-03-05-1.png)"], said
            assert said in [one.text for one in reviewed(found).left_out], said
        for said in ("水渠通水", "图片包含 室内, 桌子", "1/3的水渠", "3月5日，jpg格式"):
            assert texts(read_as(said)) == [f"走访。\n\n![{said}](2020-03-05-1.png)"], said


def test_a_picture_that_is_missing_is_named_without_the_folders_of_a_machine() -> None:
    page = '<p>2020年3月5日 晴<p>走访。<p><img src="file:///C:/Users/zhang/a.png">'
    made = read_bytes("a.html", "", page.encode()).value
    assert made is not None
    assert [one.name for one in made.pictures.values()] == ["a.png"]


def test_what_plays_and_pictures_behind_a_text_are_told() -> None:
    page = (
        '<title>手记</title><p>2020年3月5日 晴<p>走访。<iframe class="video_iframe" data-src="https://v.example/x"></iframe>'
        '<mpvoice name="村歌"></mpvoice><video src="a.mp4" title="水渠通水"></video><object></object>'
        "<section style=\"color:red;background-image: url('https://pic.example/b.jpg')\"><p>回村。</p></section>"
        "<p style='background:url(data:image/png;base64,AAAA)'>开会。<svg></svg>"
    )
    told = [(one.kind.template, one.text) for one in read("a.html", page.encode()).left_out]
    assert told == [
        ("the title of the page", "手记"),
        ("what plays or draws", "https://v.example/x"),
        ("what plays or draws", "村歌"),
        ("what plays or draws", "水渠通水"),
        ("what plays or draws", "object"),
        ("a picture behind the text", "https://pic.example/b.jpg"),
    ]
