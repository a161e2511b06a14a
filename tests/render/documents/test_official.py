"""An official document has the measures of GB/T 9704-2012: in its XML, in LibreOffice's PDF, and in typst's."""

from __future__ import annotations

import re
import zipfile
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from generator.ground.dates import Day
from generator.pipeline.workers import isolated
from generator.render.documents import docx
from generator.render.documents.official import GONGWEN
from generator.render.documents.parse import parse
from generator.render.documents.pdf import pdf
from generator.render.documents.runs import plain
from generator.render.documents.walk import every, texts
from generator.render.typefaces import official_fonts
from tests.render.documents.measured import Line, lines, made_by_office
from tests.render.documents.samples import SAMPLES, footnotes, in_word, packed

MILLIMETRE: Final = 72 / 25.4
LEFT, RIGHT = 28 * MILLIMETRE, 184 * MILLIMETRE
TOP, BOTTOM = 37 * MILLIMETRE, 262 * MILLIMETRE
LINE: Final = 225 * MILLIMETRE / 22
TEXT: Final = "工作组到企业车间和村居院落走访座谈逐项听取意见建议并当场协调有关部门研究解决办法"
HTML: Final = f"""\
<p class="dateline">大事记</p><h1>驻点工作组“四进”日志</h1><p class="byline">某某工作组 · 2020年3月5日—17日</p>
<p class="standfirst">{TEXT}</p><h2>基本情况</h2><p class="chapter-facts">晴 · 开发区</p>{f"<p>{TEXT * 9}</p>" * 4}
<h2>下一步打算</h2><h3>企业</h3><p>乙</p><h3>村居</h3><h4>先</h4><h5>其一</h5><h5>其二</h5><h4>后</h4>
<p>见<a href="/files/a.xlsx">表</a><sup class="footnote-ref"><a href="#fn1">[1]</a></sup><br>断行。</p>
<figure><img src="red.png" alt="红色"><figcaption>图说</figcaption></figure><p>文中<img src="red.png" alt="又红">图</p>
<ul><li>甲事</li></ul>
<table><thead><tr><th rowspan="2">单位</th><th colspan="2">诉求</th></tr><tr><th>件</th><th>办结</th></tr></thead>
<tbody><tr><td>丙厂</td><td>3</td><td>2</td></tr></tbody></table>
<section class="footnotes"><ol><li id="fn1"><p>注文</p></li></ol></section>
<p class="attachment">走访企业名单</p><p class="attachment">{TEXT}</p>
<p class="signature">某某工作组</p><p class="issued">2020年3月17日</p>
"""
DAY: Final = Day(2020, 3, 17)
NAMED: Final[dict[str, Any]] = {"title": "题", "language": "zh-CN", "author": "组", "created": DAY, "layout": GONGWEN}


def painted() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (300, 200), "red").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def word() -> bytes:
    red = painted()
    return docx(HTML, picture=lambda _: red, **NAMED)


@pytest.fixture(scope="module")
def set_pdf() -> bytes:
    red, document, faces = painted(), parse(HTML), official_fonts()
    return isolated(lambda: pdf(document, picture=lambda _: red, fonts=faces, **NAMED))


def test_the_page_as_word_reads_it(word: bytes) -> None:
    document = Document(BytesIO(word))
    section = document.sections[0]
    measures = (section.top_margin, section.left_margin, section.page_width, section.page_height)
    assert [round(one.mm, 1) for one in measures if one] == [37, 28, 210, 297]
    assert section.right_margin is not None
    assert section.bottom_margin is not None
    assert round(210 - 28 - section.right_margin.mm, 1) == 156
    assert round(297 - 37 - section.bottom_margin.mm, 1) == 225
    body: Any = document.element.body
    grid = body.find(qn("w:sectPr")).find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch")))
    assert int(225 * MILLIMETRE * 20) // pitch == 22
    assert int(156 * MILLIMETRE * 20) // (16 * 20 + int(grid.get(qn("w:charSpace"))) / 4096 * 20) == 28
    settings: Any = document.settings.element
    assert settings.find(qn("w:evenAndOddHeaders")) is not None
    assert settings.find(f".//{qn('w:doNotExpandShiftReturn')}") is not None
    feet = {
        re.search(r'w:jc w:val="(\w+)"', foot.part.blob.decode())[1]: foot.part.blob.decode()  # type: ignore[index]
        for foot in (section.footer, section.even_page_footer)
    }
    assert list(feet) == ["right", "left"]
    assert all(re.sub("<[^>]*>", "", foot).split() == ["—", "PAGE", "1", "—"] for foot in feet.values())
    assert 'w:rightChars="100"' in feet["right"]
    assert 'w:leftChars="100"' in feet["left"]


def test_styles_have_the_fonts_and_sizes_of_the_form(word: bytes) -> None:
    document = Document(BytesIO(word))
    fonts = {}
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption", "footer"):
        element: Any = document.styles[name].element
        face, size = element.find(f".//{qn('w:rFonts')}"), element.find(f".//{qn('w:sz')}")
        fonts[name] = face.get(qn("w:eastAsia")), None if size is None else int(size.get(qn("w:val"))) / 2
        assert element.find(f".//{qn('w:b')}") is None, name
    assert fonts == {
        "Title": ("方正小标宋简体", 22),
        "Subtitle": ("楷体_GB2312", None),
        "Heading 1": ("黑体", None),
        "Heading 2": ("楷体_GB2312", None),
        "Heading 3": ("仿宋_GB2312", None),
        "Heading 4": ("仿宋_GB2312", None),
        "Caption": ("楷体_GB2312", 12),
        "footer": ("宋体", 14),
    }
    normal: Any = document.styles["Normal"].element
    assert normal.find(f".//{qn('w:sz')}").get(qn("w:val")) == "32"
    line = document.styles["Body Text First Indent"].element.find(f".//{qn('w:spacing')}")
    assert (line.get(qn("w:line")), line.get(qn("w:lineRule"))) == ("579", "exact")
    with zipfile.ZipFile(BytesIO(word)) as archive:
        table = archive.read("word/fontTable.xml").decode()
        assert not [name for name in archive.namelist() if "fonts/" in name]
    assert "华文中宋,STZhongsong,宋体" in table
    assert "仿宋,FangSong" in table


def test_word_finds_its_way(word: bytes) -> None:
    document = Document(BytesIO(word))
    shown = [(one.style.name, one.text) for one in document.paragraphs if one.style and one.text]
    assert shown[:4] == [
        ("Title", "驻点工作组“四进”日志\n大事记"),
        ("Subtitle", "（2020年3月5日—17日）"),
        ("Standfirst", TEXT),
        ("Heading 1", "一、基本情况"),
    ]
    assert [said for name, said in shown if name and name.startswith("Heading")][1:] == [
        "二、下一步打算", "（一）企业", "（二）村居", "1.先", "（1）其一", "（2）其二", "2.后",
    ]  # fmt: skip
    assert ("Dateline", "（晴，开发区）") in shown
    assert shown[-4:] == [
        ("Attachment", "附件：1.\t走访企业名单"),
        ("Attachment", f"2.\t{TEXT}"),
        ("Signature", "某某工作组"),
        ("Date", "2020年3月17日"),
    ]
    assert ["".join(one.text for one in note.iter(qn("w:t"))) for note in footnotes(document).values()] == [" 注文"]
    assert document.element.body.xpath(".//wp:docPr/@descr") == ["红色", "又红"]
    assert _rule_of_picture(document, "文中图") == "auto"
    merged = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert merged == [["单位", "诉求", "诉求"], ["单位", "件", "办结"], ["丙厂", "3", "2"]]
    assert document.core_properties.created == document.core_properties.modified
    assert document.core_properties.created is not None
    assert document.core_properties.created.date() == DAY


def _rule_of_picture(document: WordDocument, text: str) -> str | None:
    body: Any = document.element.body
    (found,) = (one for one in body.iter(qn("w:p")) if "".join(part.text for part in one.iter(qn("w:t"))) == text)
    value: str | None = found.find(f".//{qn('w:spacing')}").get(qn("w:lineRule"))
    return value


def test_no_text_is_lost() -> None:
    html = f"<h1>选编</h1>{''.join(SAMPLES.values())}"
    document = Document(BytesIO(docx(html, picture=lambda _: None, **NAMED)))
    shown = re.sub(r"\d", "", in_word(document))
    said = (re.sub(r"\[\d+\]|\d", "", packed(plain(line))) for block in every(parse(html)) for line in texts(block))
    pictures = {packed(alt) for alt in re.findall('<img [^>]*alt="([^"]*)"', html)}
    assert [one for one in said if one not in shown and not any(alt in one for alt in pictures if alt)] == []


def check_measures(pages: list[list[Line]]) -> None:
    """What both programs make of the document."""
    *body, foot = pages[1]
    assert len(body) == 22
    steps = [below.middle - above.middle for above, below in pairwise(body)]
    assert max(abs(step - 28.95) for step in steps) < 0.1, steps
    assert TOP < body[0].middle < TOP + 28.95
    assert BOTTOM - 28.95 < body[-1].middle < BOTTOM
    full = [line for line in body if len(line.text) == 28]
    assert len(full) > 12
    assert {round(line.character, 1) for line in full} <= {15.7, 15.8}
    assert all(abs(line.left - LEFT) < 1.2 and abs(line.right - RIGHT) < 2.5 for line in full)
    assert {len(line.text) for line in body if line.left > LEFT + 20} == {26}
    for number, page in enumerate(pages, 1):
        foot = page[-1]
        assert foot.text == f"—{number}—"
        dashes = foot.middle - BOTTOM - 7 * MILLIMETRE
        assert abs(dashes) < 3, dashes
        outer = RIGHT - foot.right if number % 2 else foot.left - LEFT
        assert abs(outer - 14) < 1, (number, outer)
    title = pages[0][1]
    assert title.text == "大事记"
    assert abs(title.character - 22) < 0.3
    assert abs((title.left + title.right) / 2 - (LEFT + RIGHT) / 2) < 2
    alone = next(line for page in pages for line in page if line.text == "乙")
    assert abs(alone.character - 16) < 0.3
    assert abs(alone.left - LEFT - 32) < 1.5
    assert "——甲事" in [line.text for page in pages for line in page]
    signed, dated = pages[-1][-3:-1]
    assert (signed.text, dated.text) == ("某某工作组", "2020年3月17日")
    assert abs(RIGHT - dated.right - 4 * 15.8) < 3
    assert abs((signed.left + signed.right) / 2 - (dated.left + dated.right) / 2) < 18


def test_the_measures_of_the_word_file(word: bytes, tmp_path: Path) -> None:
    pages = lines(made_by_office(word, tmp_path))
    check_measures(pages)
    # The footnote is at the foot of its page, above the page's number.
    assert [page[-2].text for page in pages if any("注文" in line.text for line in page)] == ["1注文"]


def test_the_measures_of_the_pdf(set_pdf: bytes, tmp_path: Path) -> None:
    place = tmp_path / "a.pdf"
    place.write_bytes(set_pdf)
    pages = lines(place)
    check_measures(pages)
    signed, dated = pages[-1][-3:-1]
    assert abs((signed.left + signed.right) / 2 - (dated.left + dated.right) / 2) < 1
    for sign in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert sign in set_pdf
    reader = PdfReader(BytesIO(set_pdf))
    outline: list[Any] = reader.outline
    assert [one.title for one in outline if not isinstance(one, list)] == ["一、基本情况", "二、下一步打算"]
    objects: list[Any] = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
    found = [one for one in objects if isinstance(one, dict)]
    assert [str(one["/Alt"]) for one in found if one.get("/S") == "/Figure"] == ["红色", "又红"]
    cells = [one["/A"] for one in found if one.get("/S") == "/TH"]
    assert {"/ColSpan", "/RowSpan"} <= {key for one in cells for part in _listed(one) for key in part.get_object()}


def _listed(one: Any) -> list[Any]:
    return list(one) if isinstance(one, list) else [one]


def test_nobody_signs_on_a_page_of_its_own(tmp_path: Path) -> None:
    """Twenty-two lines fill the page, so the last comes along to that of the signature."""
    signed = '<p class="signature">某某工作组</p><p class="issued">2020年3月17日</p>'
    source = "<p>甲</p>" * 22 + signed
    document, faces = parse(source), official_fonts()
    body = isolated(lambda: pdf(document, picture=lambda _: None, fonts=faces, **NAMED))
    place = tmp_path / "a.pdf"
    place.write_bytes(body)
    first, second = lines(place)
    assert [line.text for line in second] == ["甲", "某某工作组", "2020年3月17日", "—2—"]
    assert len(first) == 22
    table = "<table><tr><td>乙</td></tr><tr><td>丙</td></tr></table>"
    # In a table, the last row has the one before it with it.
    for last, stay in ((source, ["甲"]), (table + signed, ["乙", "丙"])):
        made = Document(BytesIO(docx(last, picture=lambda _: None, **NAMED)))
        kept = made.element.body.xpath(".//w:p[w:pPr/w:keepNext]")
        said = ["".join(node.xpath(".//w:t/text()")) for node in kept]
        assert [one for one in said if one] == stay
        assert said[-1] == ""


@pytest.mark.parametrize("number", [15, 16, 17, 18, 19, 20, 39, 41])
@pytest.mark.parametrize("kind", ["paragraph", "list", "nested", "quotation", "paragraphs", "table", "rows"])
def test_the_signature_stands_with_its_day_below_text(kind: str, number: int, tmp_path: Path) -> None:
    """However much of the page is full, and whatever stands last."""
    text = {
        "paragraph": f"<p>{'字' * (28 * number - 4)}</p>",
        "list": f"<ul>{'<li>甲</li>' * number}</ul>",
        "nested": f"<ul><li>甲<ol>{'<li>乙</li>' * number}</ol></li></ul>",
        "quotation": f"<p>甲</p><blockquote><p>甲</p><p>{'字' * (26 * number - 26)}</p></blockquote>",
        "paragraphs": "<p>甲</p>" * number,
        "table": f"{'<p>甲</p>' * number}<table><tr><td>乙</td></tr></table>",
        "rows": f"<table>{'<tr><td>乙</td></tr>' * number}</table>",
    }[kind]
    end = '<p class="signature">某某工作组</p><p class="issued">2020年3月17日</p>'
    html = f'<h1>题</h1><p class="byline">组 · 2020年3月17日</p>{text}{end}'
    place = tmp_path / "a.pdf"
    document, faces = parse(html), official_fonts()
    place.write_bytes(isolated(lambda: pdf(document, picture=lambda _: None, fonts=faces, **NAMED)))
    found = lines(place)
    last, office, day = [line.text for line in found[-1]][-4:-1]
    assert (office, day) == ("某某工作组", "2020年3月17日")
    assert set(last) <= set("字甲乙—0123456789.")
    # Every page but the last is full, as far as it can be.
    assert kind == "rows" or all(len(page) >= 18 for page in found[:-1])
    middles = [line.middle for line in found[-1] if line.text][:-1]
    if kind not in ("table", "rows"):
        assert middles[-2] - middles[-3] == pytest.approx(2 * LINE, abs=3)
    assert middles[-1] - middles[-2] == pytest.approx(LINE, abs=0.5)


def test_no_line_of_a_title_is_wider_than_the_text(tmp_path: Path) -> None:
    """However many figures and letters stand between its characters."""
    wide = (
        "第1次第2次第3次第4次第5次第6次会议纪要",
        "A区B区C区D区E区F区G区H区I区J区调查情况",
        "2026年1月1日至2026年3月31日的报告",
    )
    for title in wide:
        html = f"<h1>{title}</h1><p>文</p>"
        document, faces = parse(html), official_fonts()
        place = tmp_path / "a.pdf"
        place.write_bytes(isolated(partial(pdf, document, picture=lambda _: None, fonts=faces, **NAMED)))
        word = Document(BytesIO(docx(html, picture=lambda _: None, **NAMED))).paragraphs[0].text
        shown = [line.text for line in lines(place)[0]]
        assert shown == [*word.split("\n"), "文", "—1—"], title


def test_a_long_office_fits_on_the_page(tmp_path: Path) -> None:
    name = "某某省某某市某某县进企业进项目进乡村进社区攻坚行动工作组"
    assert len(name) == 28
    source = f'<h1>题</h1><p>文</p><p class="signature">{name}</p><p class="issued">2020年3月17日</p>'
    for office in (name[2:], name[1:], name):
        document, faces = parse(source.replace(name, office)), official_fonts()
        place = tmp_path / "a.pdf"
        place.write_bytes(isolated(partial(pdf, document, picture=lambda _: None, fonts=faces, **NAMED)))
        assert office in [line.text for line in lines(place)[0]]
    # One of half a line has two characters at its side.
    half = source.replace(name, name[:16])
    place.write_bytes(isolated(partial(pdf, parse(half), picture=lambda _: None, fonts=official_fonts(), **NAMED)))
    made = docx(half, picture=lambda _: None, **NAMED)
    for shown in (place, made_by_office(made, tmp_path)):
        (office_line,) = [line for line in lines(shown)[0] if line.text == name[:16]]
        assert office_line.right == pytest.approx(RIGHT - 2 * (RIGHT - LEFT) / 28, abs=2)
    made = docx(source, picture=lambda _: None, **NAMED)
    signed, dated = Document(BytesIO(made)).paragraphs[-2:]
    assert signed.paragraph_format.right_indent == 0
    assert dated.paragraph_format.right_indent is not None
    assert dated.paragraph_format.right_indent.pt > 9 * 15.7


def test_a_heading_before_its_text_has_the_font_of_its_level() -> None:
    html = "<h1>题</h1><p>一、甲事。详情。</p><p>（一）乙事：内容。</p><p>（二）丙事：内容。</p><p>二、丁事。详情。</p>"
    made = docx(html, picture=lambda _: None, **NAMED)
    document = Document(BytesIO(made))
    runs = [(run.style.name, run.text) for one in document.paragraphs for run in one.runs if run.style]
    assert [text for name, text in runs if name == "Run-in Heading 1"] == ["一、甲事。", "二、丁事。"]
    assert [text for name, text in runs if name == "Run-in Heading 2"] == ["（一）乙事：", "（二）丙事："]
    fonts = [
        document.styles[f"Run-in Heading {level}"].element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))
        for level in (1, 2)
    ]
    assert fonts == ["黑体", "楷体_GB2312"]
    faces = official_fonts()
    body = isolated(lambda: pdf(parse(html), picture=lambda _: None, fonts=faces, **NAMED))
    found: dict[str, str] = {}

    def note(text: str, _user: Any, _matrix: Any, font: dict[str, Any] | None, _size: float) -> None:
        for char in text.strip():
            found[char] = str((font or {}).get("/BaseFont"))

    PdfReader(BytesIO(body)).pages[0].extract_text(visitor_text=note)
    assert found["甲"] == found["丁"] != found["详"]
    assert found["容"] == found["详"]
