"""PDF of documents: nothing of the text is lost, nothing in it is markup, and it is what archives take."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
import typst
from pypdf import PdfReader

from generator.ground.dates import Day
from generator.ground.errors import Fault
from generator.ground.shell import install_command
from generator.pipeline.workers import isolated
from generator.render import typefaces
from generator.render.documents import pdf as typesetter
from generator.render.documents.parse import parse
from generator.render.documents.pdf import UndrawnError, is_full, pages, pdf
from generator.render.documents.runs import plain
from generator.render.documents.walk import every, texts
from generator.render.typefaces import fonts
from tests.render.documents.measured import lines
from tests.render.documents.samples import DEMO, ENTRIES, packed

REFERENCE: Final = '<sup class="footnote-ref"><a href="#fn1">[1]</a></sup>'
STRUCTURE: Final = f"""\
<h1>题目</h1><p class="byline">某组</p><h3>一</h3><p>见<a href="#x">下文</a>{REFERENCE}，又{REFERENCE}</p>
<h5>一之一</h5><h2 id="x">二</h2>
<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>丙</td></tr></tbody></table>
<figure><img src="red.png" alt="红色"><figcaption>图说</figcaption></figure><p><img src="red.png" alt=""></p>
<ul><li><input type="checkbox" checked> 办完</li></ul><dl><dt>词</dt><dd>义</dd><dd>又义</dd></dl>
<section class="footnotes"><ol><li id="fn1"><p>注文{REFERENCE}</p></li></ol></section>
"""
HOSTILE: Final = (
    '#panic("x")', "$x^2$ $", "@ref <label>", '\\ \\u{41} \\" "', "*a* _b_ `c` ~ -- ---", "// 注 /* x */", "= 题",
    '#import "@preview/x:0.1.0"', "[a]{b}(c)", "#{sys.inputs}", '#read("/etc/passwd")', "</script>", "&#0;", "שלום",
    "长" * 90, "ﬀ㊿…—“”", "+ 1. - / term: x",
)  # fmt: skip


def make(
    html: str, picture: Callable[[str], bytes | None] = lambda _: None, title: str = "题目", language: str = "zh-CN"
) -> bytes:
    document, faces = parse(html), fonts()
    return isolated(
        lambda: pdf(
            document,
            title=title,
            author="某组",
            language=language,
            created=Day(2020, 3, 5),
            picture=picture,
            fonts=faces,
        )
    )


def text(body: bytes) -> str:
    """The text without white space and page numbers."""
    shown = [re.sub(r"—\s*\d+\s*—\s*\Z", "", page.extract_text()) for page in PdfReader(BytesIO(body)).pages]
    return packed("".join(shown))


def objects(reader: PdfReader) -> list[Any]:
    return [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]


@pytest.fixture(scope="module")
def red() -> bytes:
    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, "PNG")
    return stream.getvalue()


def test_all_text_of_the_demo_is_there() -> None:
    html = f"<h1>选编</h1>{''.join(DEMO.values())}"
    body = make(html, lambda src: (ENTRIES / src).read_bytes())
    shown = text(body)
    said = (packed(plain(line)) for block in every(parse(html)) for line in texts(block) if packed(plain(line)))
    pictures = {packed(alt) for alt in re.findall('<img [^>]*alt="([^"]*)"', html)}
    assert [one for one in said if one not in shown and one not in pictures] == []


def test_it_is_what_archives_take(red: bytes) -> None:
    body = make(STRUCTURE, lambda _: red)
    assert body == make(STRUCTURE, lambda _: red)
    for sign in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert sign in body
    reader = PdfReader(BytesIO(body))
    assert not reader.is_encrypted
    assert pages(body) == len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "题目"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20200305")
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    found = [one for one in objects(reader) if isinstance(one, dict)]
    described = [one for one in found if one.get("/Type") == "/FontDescriptor"]
    assert described
    assert all(any(key.startswith("/FontFile") for key in one) for one in described)
    assert [one["/Alt"] for one in found if one.get("/S") == "/Figure"] == ["红色"]
    assert {"/TH", "/TD", "/Caption", "/Note", "/Link", "/LBody"} <= {str(one.get("/S")) for one in found}


def test_levels_of_headings_have_no_gaps(red: bytes) -> None:
    outline: list[Any] = PdfReader(BytesIO(make(STRUCTURE, lambda _: red))).outline
    found = [[inner.title for inner in one] if isinstance(one, list) else one.title for one in outline]
    assert found == ["一", ["一之一"], "二"]


def test_text_is_never_markup() -> None:
    """Each hostile text in each construct comes out as it is, as often as it was put in."""
    html = ""
    for it in map(escape, HOSTILE):
        html += (
            f'<h2>{it}</h2><p>{it} <b>{it}</b> <em>{it}</em> <code>{it}</code> <a href="{it}">{it}</a> <s>{it}</s></p>'
            f'<pre>{it}</pre><ul><li id="{it}">{it}</li></ul><dl><dt>{it}</dt><dd>{it}</dd></dl><p lang="{it}">{it}</p>'
            f'<table><tr><th>{it}</th></tr><tr><td>{it}</td></tr></table><p><img src="{it}" alt="{it}"></p>'
            f'<p><a href="#{it}">{it}</a></p>'
        )
    shown = text(make(html, title="".join(HOSTILE)))
    # Right-to-left text is stored in the order in which it stands on the page.
    counts = {one: max(shown.count(packed(one)), shown.count(packed(one)[::-1])) for one in HOSTILE}
    assert {one: count for one, count in counts.items() if count < 16} == {}


def test_quotation_marks_are_as_wide_as_their_language_has_them(tmp_path: Path) -> None:
    english = "It’s a “good” shop."
    chinese = "他说“好”了。"
    for language, html in {
        "zh-CN": f"<p>{chinese}</p><p lang=en>{english}</p><p>又<span lang=en>{english}</span></p>",
        "en": f"<p>{english}</p><p lang=zh>{chinese}</p><p>{english}</p>",
    }.items():
        place = tmp_path / f"{language}.pdf"
        place.write_bytes(make(html, language=language))
        for line in lines(place)[0]:
            if "good" in line.text:
                assert line.text.count("It’s") == 1
                # A space between words is no wider than a character; a wide mark would make it 110 points and more.
                assert line.right - line.left < 84 + 24 * ("又" in line.text) + 24, (language, line)
            if "他说" in line.text:
                assert line.right - line.left > 12 * (len(chinese) - 1.5), (language, line)


def test_long_words_stay_on_the_page() -> None:
    body = make(f"<p>{'x' * 400}</p><pre>{'y' * 400}</pre><table><tr><td>{'z' * 200}</td></tr></table>")
    edges = []
    for page in PdfReader(BytesIO(body)).pages:
        page.extract_text(visitor_text=lambda shown, _c, at, _f, _s: edges.append(at[4]) if shown.strip() else None)
    assert "x" * 400 in text(body)
    assert "y" * 400 in text(body)
    assert "z" * 200 in text(body)
    assert max(edges) < 530


def test_a_long_word_is_found_as_it_was_written() -> None:
    word, address = "CentrifugalPump_XJ2000", "www.example.gov.cn/policies/2026/0001/0002"
    cells = f"<td>{word}</td><td><code>{word}</code></td><td>{address}</td>" * 3
    body = make(f"<table><tr>{cells}</tr></table><p>见{address}。</p><pre>{address * 3}</pre>")
    characters = "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    assert not re.findall(r"[^\s\w./—见。]", characters)
    assert [packed(characters).count(one) for one in (word, address)] == [6, 7]


def test_a_character_without_a_font_is_named() -> None:
    with pytest.raises(UndrawnError) as raised:
        make("<p>一个\U00013000字</p><h2>\U00013001</h2>")
    assert set(raised.value.characters) == {"\U00013000", "\U00013001"}
    assert "\U00013000 (U+13000)" in str(raised.value.message)


def test_a_letter_with_a_mark_is_no_letter_without_a_font() -> None:
    with pytest.raises(UndrawnError) as raised:
        make("<p>1\ufe0f\u20e3 第1项，\U00013000\ue000</p>")
    assert set(raised.value.characters) == {"\u20e3", "\U00013000"}
    assert raised.value.within("第1项") is None
    found = raised.value.within("第1\ufe0f\u20e3项，2\ufe0f\u20e3项，第2项")
    assert found
    assert "1\ufe0f\u20e3 (U+0031 U+FE0F U+20E3), 2\ufe0f\u20e3 (U+0032" in str(found.message)


def test_a_text_that_forbids_it_is_less_than_archives_would_take() -> None:
    body = make("<p>甲\ue000</p>")
    assert not is_full(body)
    assert b"<pdfaid:conformance>B<" in body
    assert b"<pdfuaid:part>1<" in body


def test_without_typst_or_a_chinese_font_there_is_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typefaces, "system", lambda: bare)
    with pytest.raises(Fault) as raised:
        fonts()
    assert "no Chinese font" in str(raised.value.message)
    monkeypatch.undo()
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(Fault) as raised:
        typefaces.system.__wrapped__()
    assert str(raised.value.hint) == f"install it: {install_command('typst')}"


def test_rows_of_a_table_stay_whole_below_its_head_unless_they_fill_a_page() -> None:
    words = "工作组到车间走访座谈" * 7
    rows = [f"始{number}{words[: 20 + number % 5 * 12]}末{number}。" for number in range(60)]
    rows[30] = f"始30{words * 20}末30。"
    body = "".join(f"<tr><td>{words[:20]}</td><td>{row}</td></tr>" for row in rows)
    shown = [
        packed(page.extract_text())
        for page in PdfReader(
            BytesIO(make(f"<table><thead><tr><th>表头甲</th><th>乙</th></tr></thead><tbody>{body}</tbody></table>"))
        ).pages
    ]
    assert all("表头甲" in page for page in shown)
    ends = {
        number: [at for mark in "始末" for at, page in enumerate(shown) if re.search(rf"{mark}{number}(?!\d)", page)]
        for number in range(60)
    }
    assert [number for number, (begin, end) in ends.items() if begin != end] == [30]
    assert sum(page.count(words[:10]) for page in shown) > 20 * 7


@pytest.mark.parametrize("link", ['<a href="https://example.org/">甲</a>', '<a href="#x">甲</a>', f"甲{REFERENCE}"])
def test_a_head_with_links_is_not_repeated(link: str) -> None:
    rows = "<tr><td>丙</td></tr>" * 60
    table = f"<table><thead><tr><th>{link}</th></tr></thead><tbody>{rows}</tbody></table>"
    body = make(f'{table}<p id="x">下</p><section class="footnotes"><ol><li id="fn1"><p>注</p></li></ol></section>')
    assert b"<pdfuaid:part>1<" in body
    assert text(body).count("甲") == 1


def test_a_line_at_the_end_of_a_page_has_no_part_in_the_footnotes_below_it(red: bytes) -> None:
    notes = '<section class="footnotes"><ol><li id="fn1"><p>注</p></li></ol></section>'
    for number in range(0, 30, 3):
        tall = '<figure><img src="tall.png" alt="高"></figure>'
        html = f"<ul><li>甲{REFERENCE}</li></ul>{'<p>乙</p>' * number}<hr>{tall}{notes}"
        assert b"<pdfuaid:part>1<" in make(html, lambda _: tall_of(red)), number


def tall_of(picture: bytes) -> bytes:
    from PIL import Image

    stream = BytesIO()
    Image.open(BytesIO(picture)).resize((300, 900)).save(stream, "PNG")
    return stream.getvalue()


def test_a_text_at_which_the_typesetter_fails_is_a_pdf_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class PanicException(BaseException):
        pass

    class Failing:
        def compile(self, *_: object, pdf_tags: bool, **__: object) -> bytes:
            if pdf_tags:
                os.write(2, b"thread panicked")
                raise PanicException
            return b"%PDF"

    monkeypatch.setattr(typesetter, "_compiler", cache(lambda: (os.getpid(), Failing())))
    assert make("<p>甲</p>") == b"%PDF"
    assert capfd.readouterr().err == ""
