"""Word files made of HTML: nothing of the text is lost, and each thing is what Word calls it."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO
from typing import Any, Final

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from PIL import Image

from generator.ground.dates import Day
from generator.render.documents import docx
from generator.render.documents.layout import Layout
from generator.render.documents.official import LAYOUTS
from tests.render.documents.samples import DEMO, ENTRIES, SAMPLES, footnotes, html, in_word, seen

TEXT_WIDTH: Final = 8674 * 635
DAY: Final = Day(2020, 3, 17)


def nothing(_src: str) -> bytes | None:
    return None


def made(source: str, language: str = "zh-CN", pictures: dict[str, bytes] | None = None) -> WordDocument:
    got = (pictures or {}).get
    return Document(BytesIO(docx(source, title="选编", language=language, author="某组", created=DAY, picture=got)))


def styles(document: WordDocument) -> list[tuple[str, str]]:
    return [(paragraph.style.name or "", paragraph.text) for paragraph in document.paragraphs if paragraph.style]


def painted(width: int, height: int, kind: str = "PNG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), "red").save(stream, kind, **({"dpi": (300, 300)} if kind == "JPEG" else {}))
    return stream.getvalue()


def test_all_text_is_there_in_order() -> None:
    said = {
        name: [re.sub(r"[［］\[\]]", "", one) for one in (in_word(made(source)), seen(source))]
        for name, source in SAMPLES.items()
    }
    # A footnote to which only another refers stands in a list before those at the foot of pages.
    moved = ("footnotes: Numbers in the order of the text", "footnotes: One written twice keeps both texts")
    said |= {name: ["".join(sorted(one)) for one in said[name]] for name in moved}
    assert {name: texts for name, texts in said.items() if texts[0] != texts[1]} == {}


def test_the_demo_has_its_pictures() -> None:
    pictures = {path.name: path.read_bytes() for path in ENTRIES.glob("*.png")}
    document = made("".join(DEMO.values()), pictures=pictures)
    assert len(document.inline_shapes) == len(pictures)
    assert in_word(document) == seen("".join(DEMO.values()))


def test_the_same_text_makes_the_same_bytes() -> None:
    pictures = {"a.png": painted(9, 9)}
    source = html("# 甲\n\n乙[^1]\n\n![丙](a.png)\n\n1. 丁\n\n[^1]: [注](https://a.cn)\n")
    first, second = (
        docx(source, title="选编", language="zh-CN", author="某组", created=DAY, picture=pictures.get) for _ in range(2)
    )
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml")
        assert core.count(b">2020-03-17T00:00:00Z<") == 2
        assert b"1980" not in core


def test_headings_are_words_own() -> None:
    document = made('<h1>甲</h1><p class="byline">组</p><h2>乙</h2><p class="dateline">烟台</p><h3>丙</h3><p>丁</p>')
    assert styles(document) == [
        ("Title", "甲"),
        ("Subtitle", "组"),
        ("Heading 1", "乙"),
        ("Dateline", "烟台"),
        ("Heading 2", "丙"),
        ("Body Text First Indent", "丁"),
    ]
    assert document.core_properties.title == "选编"
    assert document.core_properties.author == "某组"


def test_the_page_and_its_number() -> None:
    document = made("<p>甲</p>")
    section = document.sections[0]
    assert (section.page_width, section.page_height) == (11906 * 635, 16838 * 635)
    assert "PAGE" in section.footer.part.blob.decode()
    settings: Any = document.settings.element
    compat = [node.tag for node in settings.find(qn("w:compat"))]
    assert compat[:2] == [qn("w:doNotExpandShiftReturn"), qn("w:useFELayout")]


def test_chinese_is_indented_and_english_is_not() -> None:
    document = made('<p>甲</p><div lang="en"><p>a</p></div><ul><li>乙</li></ul>')
    assert [name for name, _ in styles(document)] == ["Body Text First Indent", "Body Text", "List Bullet"]
    assert [name for name, _ in styles(made("<p>a</p>", "en"))] == ["Body Text"]
    style: Any = document.styles["Body Text First Indent"].element
    assert style.find(f".//{qn('w:ind')}").get(qn("w:firstLineChars")) == "200"
    fonts = document.styles.element.find(f".//{qn('w:rFonts')}")
    assert fonts.get(qn("w:eastAsia")) == "宋体"


def test_lists_nest_and_count_anew() -> None:
    document = made("<ol><li>甲<ul><li>乙</li></ul></li></ol><ol start='5'><li>丙</li></ol><ul><li>丁</li></ul>")
    assert [name for name, _ in styles(document)] == ["List Number", "List Bullet 2", "List Number", "List Bullet"]
    body = document.element.body
    numbers = [node.get(qn("w:val")) for node in body.iter(qn("w:numId"))]
    assert len(set(numbers)) == 3
    assert numbers[1] == numbers[3]
    starts = [node.get(qn("w:val")) for node in document.part.numbering_part.element.iter(qn("w:startOverride"))]
    assert starts == ["1", "5"]


def test_tasks_show_their_boxes() -> None:
    assert [said for _, said in styles(made(html("- [ ] 甲\n- [x] 乙\n")))] == ["☐\t甲", "☑\t乙"]


def test_a_table_repeats_its_head() -> None:
    document = made(html("|甲|乙|\n|-|-:|\n|1|2|\n"))
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", "乙"], ["1", "2"]]
    assert table.style
    assert table.style.name == "Table Grid"
    rows = document.element.body.xpath(".//w:tr")
    assert [bool(row.xpath(".//w:tblHeader")) for row in rows] == [True, False]
    assert table.cell(1, 1).paragraphs[0].alignment == 2


def test_a_link_is_a_link() -> None:
    document = made('<p><a href="https://a.cn/甲 乙?x=%20&amp;y">甲</a><a href="javascript:x">乙</a></p>')
    link = document.paragraphs[0].hyperlinks[0]
    assert (link.text, link.address) == ("甲", "https://a.cn/%E7%94%B2%20%E4%B9%99?x=%20&y")
    assert len(document.paragraphs[0].hyperlinks) == 1


def test_a_link_within_the_article_leads_to_a_bookmark() -> None:
    document = made('<h2 id="甲">甲</h2><p><a href="#甲">见</a><a href="#nowhere">无</a></p>')
    marks = [node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))]
    links = [link.fragment for link in document.paragraphs[1].hyperlinks]
    assert links[0] in marks
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((40, 20), (40 * 9525, 20 * 9525)),
        ((2000, 1000), (TEXT_WIDTH, TEXT_WIDTH // 2)),
        ((500, 5000), (709066, 7090664)),
    ],
)
def test_a_picture_fits_and_is_never_enlarged(size: tuple[int, int], expected: tuple[int, int]) -> None:
    source = '<figure><img src="a" alt="合影&quot;&lt;"><figcaption>会场</figcaption></figure>'
    document = made(source, pictures={"a": painted(*size)})
    shape = document.inline_shapes[0]
    assert (shape.width, shape.height) == expected
    assert document.element.body.xpath(".//wp:docPr/@descr") == ['合影"<']
    assert styles(document) == [("Figure", ""), ("Caption", "会场")]
    assert document.paragraphs[0].alignment is None
    figure = document.styles["Figure"].element.find(f".//{qn('w:jc')}")
    assert figure.get(qn("w:val")) == "center"


def test_the_kinds_of_pictures() -> None:
    source = "".join(
        f'<p><img src="{kind}" alt="{kind}"></p>' for kind in ("PNG", "JPEG", "GIF", "WEBP", "SVG", "none")
    )
    pictures = {kind: painted(30, 30, kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")} | {"SVG": b"<svg/>"}
    document = made(source, pictures=pictures)
    assert [shape.width for shape in document.inline_shapes] == [30 * 9525] * 3
    assert [paragraph.text for paragraph in document.paragraphs][3:] == ["［WEBP］", "［SVG］", "［none］"]


def test_damaged_pictures_are_told_by_their_text() -> None:
    chance = random.Random(1)
    for whole in (painted(30, 30), painted(30, 30, "JPEG"), painted(30, 30, "GIF")):
        for _ in range(40):
            damaged = bytearray(whole[: chance.randint(0, len(whole))])
            for _ in range(chance.randint(0, 8)):
                if damaged:
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            document = made('<p><img src="a" alt="甲"></p>', pictures={"a": bytes(damaged)})
            assert in_word(document).strip("［］") == "甲"


def test_styles_of_text() -> None:
    source = '<p><strong>甲</strong><em>乙</em><em lang="en">a</em><s>丙</s><code>丁</code><span lang="en">b</span></p>'
    document = made(source)
    bold, dotted, slanted, struck, code, _ = document.paragraphs[0].runs
    assert bold.bold
    assert not dotted.italic
    of_run = "string(.//w:r[w:t='{}']//w:{}/@w:val)"
    assert document.element.body.xpath(of_run.format("乙", "em")) == "dot"
    assert slanted.italic
    assert struck.font.strike
    assert code.style
    assert code.style.name == "HTML Code"
    assert document.element.body.xpath(of_run.format("b", "lang")) == "en-US"


def test_a_box_beside_the_text_holds_lists() -> None:
    document = made(html(":::{note} 注意\n甲\n\n- 乙\n:::\n"))
    named = [(name, said) for name, said in styles(document) if said]
    assert named == [("Note Title", "注意"), ("Note Text", "甲"), ("List Bullet", "乙")]
    assert document.element.body.xpath(".//w:p[.//w:t='乙']//w:pBdr")


REFERENCE: Final = '<sup class="footnote-ref"><a href="#{0}">[{0}]</a></sup>'


def test_footnotes_are_words_own() -> None:
    link = "[链接](https://a.cn)"
    source = html(f"甲[^1]，乙[^2]，又甲[^1]。\n\n[^1]: 注{link}和![图](a)\n\n    - 项\n\n[^2]: 又{link}，见[^1]\n")
    document = made(source, pictures={"a": painted(9, 9)})
    assert [said for _, said in styles(document)] == ["甲，乙，又甲1。"]
    body, notes = document.element.body, footnotes(document)
    assert [node.get(qn("w:id")) for node in body.iter(qn("w:footnoteReference"))] == ["1", "2"]
    # What is referred to again is a link to where it was first.
    again = document.paragraphs[0].hyperlinks[0]
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    assert (again.text, again.fragment == marks[0]) == ("1", True)
    assert {number: [node.text for node in note.iter(qn("w:t"))] for number, note in notes.items()} == {
        1: [" ", "注", "链接", "和", "项"],
        2: [" ", "又", "链接", "，见", "1"],
    }
    assert all(len([*note.iter(qn("w:footnoteRef"))]) == 1 for note in notes.values())
    assert [node.get("descr") for node in notes[1].iter(qn("wp:docPr"))] == ["图"]
    part = next(one.target_part for one in document.part.rels.values() if one.reltype.endswith("/footnotes"))
    assert {rel.target_ref for rel in part.rels.values()} == {"https://a.cn", "media/image1.png"}
    assert not footnotes(made("<p>甲</p>"))


def test_a_footnote_that_the_text_does_not_refer_to_is_there_all_the_same() -> None:
    notes = f'<li id="1"><p>注{REFERENCE.format("2")}</p></li><li id="2"><p>内注</p></li><li id="3"><p>闲注</p></li>'
    document = made(f'<p>甲{REFERENCE.format("1")}</p><section class="footnotes"><ol>{notes}</ol></section>')
    assert [(name, said) for name, said in styles(document) if said][1:] == [
        ("List Number", "内注"),
        ("List Number", "闲注"),
    ]
    (note,) = footnotes(document).values()
    (link,) = note.iter(qn("w:hyperlink"))
    assert [node.text for node in link.iter(qn("w:t"))] == ["2"]
    assert link.get(qn("w:anchor")) in [
        node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))
    ]
    part = document.part.numbering_part.element
    assert "2" in [node.get(qn("w:val")) for node in part.iter(qn("w:startOverride"), qn("w:start"))]


def test_footnotes_with_one_name_keep_their_texts() -> None:
    notes = "".join(f'<li id="1"><p>{word}</p></li>' for word in ("先注", "后注"))
    document = made(f'<p>甲{REFERENCE.format("1")}</p><section class="footnotes"><ol>{notes}</ol></section>')
    assert in_word(document) == "甲1先注后注"


def test_code_keeps_its_lines() -> None:
    assert styles(made("<pre><code>a\n\n  b\tc\n</code></pre>")) == [("HTML Preformatted", "a\n\n  b\tc")]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "甲",
        "<p>\x00\x0b\ufffe&#0;&#12;&#xD800;]]&gt;&lt;/w:t&gt;</p>",
        "<p><b>甲</p><table><tr><td><table><tr><td>乙</td></tr></table></td></tr><tr></tr></table>",
        "<ul>甲<p>乙</p></ul><dl>丙<dd>丁</dd></dl></div></p>",
        f'<p><a href="https://a.cn/{"a" * 3000}">甲</a><a href="http://[">乙</a></p>',
        "<blockquote>" * 60 + "<p>" + "<em>" * 60 + "甲" + "</em>" * 60 + "</p>" + "</blockquote>" * 60,
        "<ul><li>" * 30 + "甲" + "</li></ul>" * 30,
        "<p>甲<!-- 乙 --><script>丙</script></p>",
    ],
)
def test_hostile_text_makes_a_file_that_opens(source: str) -> None:
    document = made(source)
    for char in "甲乙丁":
        assert (char in in_word(document)) == (char in re.sub("<!--.*?-->", "", source))


def test_the_title_may_hold_anything() -> None:
    made_bytes = docx(
        "<p>甲</p>", title="\x00<&>" * 200, language="zh-CN\x01", author="\ud800", created=DAY, picture=nothing
    )
    assert Document(BytesIO(made_bytes)).core_properties.title.startswith("\ufffd<&>")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=["ordinary", "gongwen"])
def test_chinese_signs_have_the_chinese_font(layout: Layout) -> None:
    """Word has “ ” — … · ① in the font of Latin text, unless it is told otherwise."""
    texts = (
        "他说“好”……——‘2·27’①，P₂O₅≥45。",
        "He said “yes” — it’s so… 3 ≥ 2",
        "<em>“L808”</em>与Schmidt & Söhne“甲”",
        "“Hello, don’t!”",
        "“2·27”",
    )
    source = "".join(f"<p>{text}</p>" for text in (*texts, "<ul><li>“甲”</li></ul>"))
    body = docx(source, title="选编", language="zh-CN", author="某组", created=DAY, picture=nothing, layout=layout)
    document = Document(BytesIO(body))
    hinted = {
        "".join(run.text for run in paragraph.runs if run.element.find(f".//{qn('w:rFonts')}") is not None)
        for paragraph in document.paragraphs
    }
    assert hinted == {"他说“好”……——‘2·27’①，P≥45。", "", "“L808”“甲”", "“2·27”", "“甲”"}
    fonts = [run.find(qn("w:rFonts")) for run in document.element.iter(qn("w:rPr"))]
    assert {one.get(qn("w:hint")) for one in fonts if one is not None} == {"eastAsia"}
    assert {one.get(qn("w:ascii")) for one in fonts if one is not None} == {None}
