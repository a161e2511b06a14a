"""Files of every format become manuscripts; nothing of them is lost, and what cannot be read is said."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from generator.ground.errors import Fault
from generator.render.documents.blocks import Table
from generator.tools.importers.census import check_complete
from generator.tools.importers.lines import spread, words
from generator.tools.importers.read import read_bytes, read_manuscript
from generator.tools.importers.texts_of import text_of
from tests.office_files import package
from tests.space import PNG, SiteSpace
from tests.tools.importers import feature
from tests.tools.importers.manuscripts import reviewed
from tests.tools.importers.sources import RUN, T, W, lines_of, paragraph, problem, read, word


def test_what_word_shows_and_does_not_store_is_written_out() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    made = read(word("".join(paragraph(RUN.format("工作"), numbered) for _ in range(11)), numbering=numbering))
    assert lines_of(made)[0] == "一、工作"
    assert lines_of(made)[10] == "十一、工作"


def test_an_item_with_a_number_of_its_own_is_a_paragraph() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    texts = ("（一）走访", "（二）开会")
    file = word(
        "".join(paragraph(RUN.format(text), numbered) for text in (*texts, "1.5米宽", "修路")), numbering=numbering
    )
    page = "".join(f"<ol>{''.join(f'<li>{one}' for one in some)}</ol>" for some in (texts, ("1.5米宽", "修路")))
    for body, name in ((file, "a.docx"), (page.encode(), "a.html")):
        made = [piece.block for piece in read(body, name).pieces]
        assert [type(one).__name__ for one in made] == ["Paragraph", "Paragraph", "Listing"], name
        assert [text_of((one,)) for one in made[:2]] == [*texts], name


def test_a_frame_around_a_diary_is_no_table() -> None:
    cell = "".join(paragraph(RUN.format(f"3月{at}日 " + "长" * 60)) for at in range(5, 10))
    made = read(word(f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"))
    assert len(made.pieces) == 5


def test_pages_texts_and_markdown() -> None:
    page = (
        "<html><head><title>日志 - 某网</title><script>var ct = '1584950400';</script></head><body><nav>首页</nav>"
        "<h1>日志</h1><div id='js_content' style='visibility: hidden;'><section><section><p>3月5日<br>开会</p>"
        "<img data-src='https://a.example/1.jpg' alt='图'></section></section><p style='display:none'>藏</p></div>"
        "<figure><img src='x_files/a.png'><figcaption>图为</figcaption></figure></body></html>"
    )
    for encoding in ("utf-8", "gb18030", "utf-16"):
        made = read(page.encode(encoding), "a.html")
        assert (made.kind, made.title, made.published) == ("html", "日志", "2020-03-23"), encoding
        assert lines_of(made) == ["日志", "3月5日\n开会", "图", "", "图为"], encoding
        assert made.pieces[-1].is_caption
        assert [one.name for one in made.pictures.values()] == ["https://a.example/1.jpg", "x_files/a.png"]
        assert [one.text for one in made.left_out] == ["日志 - 某网", "首页", "藏"]
    assert lines_of(read("3月5日\n\n　　开会\n".encode("gb18030"), "a.txt")) == ["3月5日", "开会"]
    markdown = read('---\ntitle: 旧\n---\n# 三月\n\n- 一\n- **二**\n\n![图](图.jpg "说")\n'.encode(), "a.md")
    assert [type(piece.block).__name__ for piece in markdown.pieces][:2] == ["Heading", "Listing"]
    assert (markdown.title, markdown.left_out) == ("旧", ())


MENU = "<div><a href=/>首页</a> <a href=/a>新闻</a> | <a href=/b>专题</a></div>"
LIST = (
    "<div>相关新闻<ul><li><a href=1>召开推进会</a>2020-03-01<li><a href=2>春耕备耕</a>03-02"
    "<li><a href=3>开工</a></ul></div>"
)
FOOT = "<div>某某网 版权所有 未经许可不得转载 地址：某市某路1号</div>"
HEAD = f"<div class='article-header'><div class=title>{feature.TITLE}</div><div>2020-03-23 来源：某某网</div></div>"
TEXT = "".join(f"<div>{line}</div>" for line in feature.LINES[3:])
FRAMED = {
    "rooms": f"<div id=top>{MENU}</div><div>当前位置：<a href=/>首页</a> &gt; 正文</div>"
    f"<div><div>{HEAD}<div>{TEXT}</div><div class=share>分享到：</div></div><div>{LIST}{LIST}</div></div>{FOOT}",
    "tables": f"<table><tr><td>{MENU}<tr><td><table><tr><td>{LIST}<td>{HEAD}{TEXT}</table><tr><td>{FOOT}</table>",
    "flat": f"{MENU}{HEAD}{TEXT}{LIST}{FOOT}",
}


def test_an_article_among_menus_is_found_and_these_are_listed() -> None:
    lines = [feature.TITLE, "2020-03-23 来源：某某网", *feature.LINES[3:]]
    attached = "<div>附件：<a href=1.doc>政策汇编</a> <a href=2.pdf>名单</a> <a href=3.xls>统计表</a></div>"
    for name, body in FRAMED.items():
        page = f"<title>{feature.TITLE}</title><body>{body}".encode()
        made = read(page, "a.html")
        assert lines_of(made) == lines, name
        left = "".join(one.text for one in made.left_out)
        assert [word for word in ("首页", "相关新闻", "春耕备耕", "版权所有") if word not in left] == [], name
        with pytest.raises(Fault):
            check_complete(page, replace(made, left_out=made.left_out[1:]))
    # A list of links is text where nothing else is, in what is pasted, and where it leads to what goes with the text.
    assert "首页" in lines_of(read(f"<title>a</title><body>{MENU}{LIST}".encode(), "a.html"))[0]
    assert "首页" in lines_of(read(f"<body>{MENU}{TEXT}".encode(), "a.html"))[0]
    assert "政策汇编" in lines_of(read(f"<title>a</title><body>{TEXT}{attached}".encode(), "a.html"))[-1]


def test_lines_of_a_text_that_stands_as_it_was_typed_are_lines() -> None:
    page = (
        "<pre>3月5日 晴\n去了<b>村里，\n走访</b>三户\n\n<img src=a.png alt=图>\n开会</pre><pre><code>a\nb</code></pre>"
    )
    pieces = spread(read(page.encode(), "a.html"))[0]
    lines = [text_of((one.block,)) for one in pieces]
    assert lines == ["3月5日 晴", "去了村里，", "走访三户", "图", "开会", "a\nb"]


def test_text_that_is_damaged_or_of_another_encoding() -> None:
    # What is left is GB18030 as well, of other characters.
    damaged = read_bytes("a.txt", "", "三月\n工作组走访了三户人家".encode()[:-2])
    assert damaged.value is None
    said = damaged.problems[0].message.in_language("en")
    assert said == "line 2: a character is damaged here: the file is not whole UTF-8"
    taiwan = "<meta charset=big5><p>三月五日，工作組到村裡。"
    assert lines_of(read(taiwan.encode("big5"), "a.html")) == ["三月五日，工作組到村裡。"]


def test_a_cell_that_spans_others_leaves_them_empty() -> None:
    page = read(
        b"<table><tr><th colspan=2>a</th><th>b</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>", "a.html"
    )
    across = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    cells = "".join(f"<w:tc>{paragraph(RUN.format(text))}</w:tc>" for text in "123")
    file = read(
        word(f"<w:tbl><w:tr>{across}<w:tc>{paragraph(RUN.format('b'))}</w:tc></w:tr><w:tr>{cells}</w:tr></w:tbl>")
    )
    for made in (page, file):
        table = made.pieces[0].block
        assert isinstance(table, Table)
        assert [[text_of(cell.blocks) for cell in row] for row in (*table.head, *table.rows)] == [
            ["a", "", "b"],
            ["1", "2", "3"],
        ], made.kind


ROWS = {
    "<tr><td rowspan=2>甲<td>缺水<td>3<tr><td>路窄<td>4<tr><td>乙<td>无<td>5": "甲,缺水,3/,路窄,4/乙,无,5",
    "<tr><td>户<td rowspan=0>事<td>数<tr><td>甲<td>1<tr><td>乙<td>2": "户,事,数/甲,,1/乙,,2",
    "<thead><tr><th rowspan=9>a<th>b<tbody><tr><td>1<td>2": "a,b/1,2",
    "<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f": "a,,b/,,c/d,e,f",
    "<tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d<tr><td>e": "a,b/c,,d/e",
    "<tr><td rowspan=x>a<td>b<tr><td>c<td>d": "a,b/c,d",
    "<tr><td rowspan=99999999 colspan=99999999>a<tr><td>b": f"a{',' * 63}/{',' * 64}b",
    "<tr><td rowspan=2>a<td><table><tr><td>b<tr><td>c</table><tr><td>d": "",
}


def test_a_cell_that_spans_rows_leaves_those_below_it_empty() -> None:
    wrong = []
    for rows, wanted in ROWS.items():
        table = read(f"<table>{rows}</table>".encode(), "a.html").pieces[0].block
        if not isinstance(table, Table):
            assert not wanted, rows
            continue
        found = [[text_of(cell.blocks) for cell in row] for row in (*table.head, *table.rows)]
        if "/".join(map(",".join, found)) != wanted:
            wrong.append((rows, found))
    assert wrong == []


def test_raised_and_lowered_signs_are_written_in_signs_of_their_own() -> None:
    parts = (
        ("100m", ""),
        ("2", "sup"),
        ("，H", ""),
        ("２", "sub"),
        ("O，x", ""),
        ("−(n+1)", "sup"),
        ("，5", ""),
        ("th", "sup"),
    )
    page = "".join(f"<{tag}><b>{text}</b></{tag}>" if tag else text for text, tag in parts)
    runs = "".join(
        f'<w:r><w:rPr><w:vertAlign w:val="{tag}erscript"/></w:rPr>{T.format(text)}</w:r>'.replace("suber", "sub")
        if tag
        else RUN.format(text)
        for text, tag in parts
    )
    for body, name in ((f"<p>{page}</p>".encode(), "a.html"), (word(paragraph(runs)), "a.docx")):
        made = read(body, name)
        assert lines_of(made) == ["100m²，H₂O，x⁻⁽ⁿ⁺¹⁾，5th"], name
        assert [one.text for one in made.left_out] == ["th"], name
        for less in (replace(made, left_out=()), replace(made, pieces=())):
            with pytest.raises(Fault):
                check_complete(body, less)


def test_pictures_beside_a_page_are_read_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    (tmp_path / "in" / "a.png").write_bytes(png)
    (tmp_path / "out.png").write_bytes(png)
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "out.png")
    names = ("a.png", "../out.png", str(tmp_path / "out.png"), "link.png", "file:///etc/passwd", "%2e%2e/out.png")
    (tmp_path / "in" / "p.html").write_text("<p>文</p>" + "".join(f"<img src='{name}'>" for name in names))
    made = read_manuscript(tmp_path / "in" / "p.html").value
    assert made
    assert [one.body is not None for one in made.pictures.values()] == [True, *[False] * 5]


@pytest.mark.parametrize(
    ("src", "is_shown"),
    [
        ("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", False),
        (f"data:image/gif;base64,{base64.b64encode(PNG).decode()}", False),
        ("data:image/svg+xml,%3Csvg width='1px' height='1px'%3E%3C/svg%3E", False),
        (f"data:image/png;base64,{base64.b64encode(PNG[:19] + bytes([9]) + PNG[20:]).decode()}", True),
        ("data:image/gif;base64,R0lGODlhAQA=", True),
    ],
)
def test_a_pixel_in_the_place_of_a_picture_is_a_gap(src: str, *, is_shown: bool) -> None:
    address = "https://mmbiz.qpic.cn/aa/640?wx_fmt=jpeg"
    (picture,) = read(f'<p>文</p><img data-src="{address}" src="{src}">'.encode(), "a.html").pictures.values()
    assert (picture.name, picture.body is not None) == (address, is_shown)
    (alone,) = read(f'<p>文</p><img src="{src}">'.encode(), "a.html").pictures.values()
    assert (alone.body is not None) == (not src.startswith("data:image/svg"))


def test_what_cannot_be_read_is_lines_of() -> None:
    document = docx.Document()
    document.add_paragraph("文")
    stream = io.BytesIO()
    document.save(stream)
    assert lines_of(read(stream.getvalue())) == ["文"]
    bomb = word("<w:p/>" + " " * (40 << 20))
    cases = {
        b"": "the file is empty",
        b"%PDF-1.7": "PDF",
        b"PK\x03\x04x": "broken",
        b"\x89PNG\r\n\x1a\n" + bytes(80): "picture",
        "烟台\ufffd\n".encode(): "characters are lost",
        package({"xl/workbook.xml": "", "[Content_Types].xml": ""}): "workbook",
        package({"a.txt": "x"}): "archive of several",
        word('<!DOCTYPE a [<!ENTITY b "c">]>'): "DOCTYPE",
        word("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000): "nested too deep",
        bomb: "larger than is read",
        b"<div>" * 10_000 + b"x": "nested too deep",
        b"<table>" + b"<td colspan=64 rowspan=0>x<tr>" * 4_000: "span too many others",
        # One long row makes all the others as long.
        b"<table><tr>" + b"<td>x" * 2_000 + b"<tr><td>x" * 2_000: "2000 columns and 2001 rows",
        ("3月5日\t" + "晴\t" * 2_000 + "\n3月6日\t" * 2_000).encode(): "2002 columns and 2001 rows",
        word(f"<w:tbl>{'<w:tr>' + '<w:tc/>' * 999 + '</w:tr>'}{'<w:tr><w:tc/></w:tr>' * 999}</w:tbl>"): "999 columns",
    }
    assert [(key[:9], problem(key)) for key, want in cases.items() if want not in problem(key)] == []


def test_a_number_of_thousands_of_digits_is_none() -> None:
    digits = "9" * 5_000
    assert lines_of(read(f"<ol start={digits}><li>甲</ol>".encode(), "a.html"))[-1] == "甲"
    spaces = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    drawing = f"<w:r><w:drawing {spaces}><wp:inline><wp:extent cx='{digits}'/></wp:inline></w:drawing></w:r>"
    assert lines_of(read(word(paragraph(RUN.format("甲") + drawing))))[0].startswith("甲")
    heading = f"# 2021年3月\n\n## 3月5日\n\n甲。\n\n## {digits}\n\n乙。\n"
    assert len(reviewed(read(heading.encode(), "a.md")).entries) == 1


def test_comments_without_an_end_take_no_time() -> None:
    begin = time.process_time()
    for one in ("<!--", "<!-- a\n\n"):
        read(("--> 甲" + one * (320_000 // len(one))).encode(), "a.md")
    # In proportion to its length, each takes a second; with the square of it, a minute.
    assert time.process_time() - begin < 15


def test_a_picture_within_a_sentence_stands_below_it() -> None:
    document, out = docx.Document(), io.BytesIO()
    for behind in ("，会后合影。", "会后，合影。"):
        line = document.add_paragraph("签约现场")
        line.add_run().add_picture(io.BytesIO(PNG), width=docx.shared.Cm(8))
        line.add_run(behind)
    document.save(out)
    found = [words(one.block) for one in read(out.getvalue()).pieces]
    assert found == ["签约现场，会后合影。", "", "签约现场", "", "会后，合影。"]


def test_the_address_of_a_link_that_leads_nowhere_is_listed() -> None:
    links = "<a href='//e.org/x'>甲</a><a href='file:///C:/a.doc'>乙</a><a href='b/c.html'>丙</a>"
    made = read(f"<p>{links}<a href='javascript:void(0)'>丁</a><a href='d'> </a></p>".encode(), "a.html")
    assert [(str(one.kind), one.text) for one in made.left_out] == [
        ("the address of a link that leads nowhere from here", address) for address in ("file:///C:/a.doc", "b/c.html")
    ]
    assert [one.text for one in reviewed(made).left_out][:2] == ["file:///C:/a.doc", "b/c.html"]
    assert "https://e.org/x" in str(made.pieces[0].block)


def test_the_title_of_a_link_in_markdown_is_listed() -> None:
    made = read('# 日志\n\n见[清单](https://e.org/a "物资<表>&册")。\n'.encode(), "a.md")
    assert [(str(one.kind), one.text) for one in made.left_out] == [
        ("what a link shows under the pointer", "物资<表>&册")
    ]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("开工。\n\n<!-- TODO call\nbefore Friday -->\n", ["TODO call\nbefore Friday"]),
        ("开工<!-- 庚子 -->，`<!-- \"a\" & 'b' -->`。\n", ["庚子"]),
        ("开工。\n\n[x]: https://e.org/unused\n", ["[x]: https://e.org/unused"]),
        ("见[甲]。\n\n[甲]: https://e.org/a\n[甲]: https://e.org/b\n", ["[甲]: https://e.org/b"]),
        ('开工![图](z.png "plan B")。\n', ["plan B"]),
        ("```text note 1\n码\n```\n", ["note 1"]),
        (
            "见[预案][清单]，**开**工。\n\n[清单]: https://e.org/a\n",
            ["见[预案][清单]，**开**工。"],
        ),
    ],
)
def test_what_markdown_does_not_show_is_listed(text: str, listed: list[str]) -> None:
    made = read(text.encode(), "a.md")
    kind = "words that Markdown does not show"
    assert [(str(one.kind), one.text) for one in made.left_out] == [(kind, one) for one in listed]


@pytest.mark.parametrize(
    "body", ["<p>2020年2月11日</p><p>体温计40支。</p>", "<p>前言在此。</p><p>2月11日</p><p>收工。</p>"]
)
def test_the_title_of_a_page_that_stands_nowhere_in_it_is_listed(body: str) -> None:
    page = "<html><head><title>{}</title></head><body>{}</body></html>"
    found = reviewed(read(page.format("防疫 记", body).encode(), "a.html"))
    assert [(str(one.kind), one.text) for one in found.left_out] == [("the title of the page", "防疫 记")]
    again = reviewed(read(page.format("防疫 记", f"<h2>防疫记</h2>{body}").encode(), "a.html"))
    assert "the title of the page" not in [str(one.kind) for one in again.left_out]


def test_lines_below_a_day_with_a_clock_stand_in_the_draft() -> None:
    days = [f"Date: 2021年10月{at}日 08:15:00\nWeather: 1{at}°C 阴\nLocation: 石板滩\n\n收工。\n" for at in (8, 9)]
    found = reviewed(read("\n".join(days).encode(), "a.md")).entries
    texts = [text_of(one.blocks) for one in found]
    assert texts == [f"Weather: 1{at}°C 阴\nLocation: 石板滩\n收工。" for at in (8, 9)]


@pytest.mark.parametrize("before", ["", "- ", "1.\t", "> ", "> - "])
def test_an_indented_line_with_a_day_is_no_code(before: str) -> None:
    made = read(f"{before}2021年3月1日\n{before[:1].strip('-1')}       3月2日\n\n收工。\n".encode(), "a.md")
    assert "Code" not in str(made.pieces)
    assert [line.strip() for line in lines_of(made)][-1] == "收工。"


def test_days_as_other_programs_write_them_begin_entries() -> None:
    journal = "\tDate:\t2022年6月{0}日 09:00:00\n\tWeather:\t16°C 阴\n\n收工。\n\n"
    for text, wanted in {
        "".join(map(journal.format, (13, 14))): ["Weather: 16°C 阴\n收工。"] * 2,
        "# 周报\n\n### @June 13, 2022\n\n甲。\n\n### @2022年6月14日\n\n乙。\n": ["甲。", "乙。"],
        "2022年6月13日\n\n    make all\n\n6月14日\n\n乙。\n": ["make all", "乙。"],
    }.items():
        found = reviewed(read(text.encode(), "a.md"))
        assert [one.span.iso() if one.span else "" for one in found.entries] == ["2022-06-13", "2022-06-14"], text
        assert [text_of(one.blocks).strip() for one in found.entries] == wanted, text
        assert found.questions == (), text


def test_what_a_drawing_shows_under_the_pointer_is_listed_once() -> None:
    page = "<p>开工。</p><svg><title>水渠走向</title><text>一号渠</text></svg>"
    texts = "".join(one.text for one in read(page.encode(), "a.html").left_out)
    assert (texts.count("水渠走向"), texts.count("一号渠")) == (1, 1)


def test_a_picture_in_another_format_is_told_apart_from_one_that_is_missing(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    given("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    given("b.bmp", "BM" + "\0" * 60)
    place = given("a.md", "# 2021年3月2日\n\n![图](a.svg) ![图](b.bmp) ![图](c.tif)\n")
    (found,) = json.loads(space.run(f"import --json --dry-run {place}").out)
    there = "the picture {} is in a format that no page shows: save it as PNG, and put that into the draft"
    assert found["notes"] == [there.format("a.svg"), there.format("b.bmp"), "the picture c.tif is not in the file"]


def test_a_picture_in_what_is_left_out_of_a_page_is_told() -> None:
    made = read(b"<h2>2022-03-05</h2><p>x</p><form><p><input value=y><img src=z.jpg></p></form>", "a.html")
    assert [one.text for one in made.left_out] == ["y"]
    assert [str(one) for one in reviewed(made).notes] == ["the picture z.jpg is not in the file"]
