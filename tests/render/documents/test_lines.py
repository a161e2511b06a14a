"""Lines of a document as they stand on paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document
from PIL import Image

from generator.ground.dates import Day
from generator.pipeline.workers import isolated
from generator.render.documents import docx
from generator.render.documents.layout import Layout
from generator.render.documents.official import GONGWEN
from generator.render.documents.ordinary import ORDINARY
from generator.render.documents.parse import parse
from generator.render.documents.pdf import pdf
from generator.render.documents.typeset import typeset
from generator.render.typefaces import fonts, official_fonts
from tests.render.documents.measured import Line, lines, made_by_office

LAYOUTS = {"ordinary": ORDINARY, "official": GONGWEN}


def picture(width: int, height: int) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), "red").save(stream, "PNG")
    return stream.getvalue()


PICTURES: Final = {"large.png": picture(900, 300), "small.png": picture(20, 20)}

NAMED: Final[dict[str, Any]] = {
    "title": "题目", "language": "zh-CN", "author": "某组", "created": Day(2020, 3, 5), "picture": PICTURES.get,
}  # fmt: skip


def written(html: str, form: str, layout: Layout, folder: Path) -> list[Line]:
    """The lines of the first page of a document."""
    if form == "docx":
        return lines(made_by_office(docx(html, layout=layout, **NAMED), folder))[0]
    return next(in_pdf([html], layout, folder))[0]


def in_pdf(texts: Sequence[str], layout: Layout, folder: Path) -> Iterator[list[list[Line]]]:
    """The lines of each page of each PDF. One child makes all: most of the time it reads the fonts."""
    faces = official_fonts() if layout.is_official else fonts()
    place = folder / "document.pdf"
    for made in isolated(lambda: [pdf(parse(html), fonts=faces, layout=layout, **NAMED) for html in texts]):
        place.write_bytes(made)
        yield lines(place)


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


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_no_line_is_stretched_before_a_long_word(form: str, look: str, tmp_path: Path) -> None:
    address = (
        "https://www.example.gov.cn/policies/2026/09/notice-of-the-county-office-with-a-long-name.html?id=1234567890"
    )
    html = (
        f'<p>正文里有 <a href="{address}">{address}</a> 这样一个地址，又有'
        " <b>Mittelspannungs</b>transformatorenprüfstandssteuerung 一词，还有"
        " <code>pneumonoultramicroscopicsilicovolcanoconiosis_table</code> 代码。</p>"
        "<ul><li>项目里有 Mittelspannungstransformatorenprüfstandssteuerung 一词，还有，第二次提到也在这里。</li></ul>"
        f"<p>{'没有长词的一段' * 20}，Excel 表。</p>"
    )
    usual = 16 if look == "official" else 12
    found = [line for line in written(html, form, LAYOUTS[look], tmp_path) if len(line.text) > 3]
    assert [line.text for line in found if line.character > usual + 0.8] == []
    # Other paragraphs are as wide as the page.
    first, second = [line.right for line in found if "没有长词的一段没有长词" in line.text][:2]
    assert abs(first - second) < 2


REQUESTS = [
    ("办理环评手续（6） · 华瑞食品", "75", "8月29日 协调中", "县交通运输局 队长欧阳明德", "8月27日 超期"),
    ("更换老旧变压器（25） · 白石岭村", "13", "2025年12月18日 提出", "县供电公司、青石镇人民政府 厂长尉迟", ""),
]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "<table><thead>{}</thead><tbody>{}</tbody></table>".format(
        "".join(("<tr>", *(f"<th>{cell}</th>" for cell in head), "</tr>")),
        "".join("".join(("<tr>", *(f"<td>{cell}</td>" for cell in row), "</tr>")) for row in rows),
    )


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_no_word_of_a_table_is_torn_where_others_have_room(form: str, look: str, tmp_path: Path) -> None:
    html = table(("诉求", "未办结（天）", "最近进展", "承办单位、责任人", "办理期限"), REQUESTS) + table(
        (
            "服务对象",
            *(f"{name}<br>（{unit}）" for name, unit in zip("走提协办培", ["户次"] * 5, strict=True)),
            "争取资金<br>（万元）",
        ),
        [("华瑞食品", *"123456"), ("白石岭村", *"123456")],
    )
    text = [line.text for line in written(html, form, LAYOUTS[look], tmp_path)]
    for whole in (
        "未办结",
        "2025年12月18日",
        "8月29日",
        "8月27日",
        "服务对象",
        "（户次）",
        "争取资金",
        "（万元）",
        "华瑞食品",
        "白石岭村",
    ):
        assert any(whole in line for line in text), (whole, text)


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_days_in_a_table_are_not_torn(form: str, look: str, tmp_path: Path) -> None:
    days = ("9月5日", "9月18日—20日", "9月30日—10月2日", "2025年12月28日—", "2026年1月3日", "3月13日 上午")
    text = "南关社区走访第三十七记：上午到南关社区，了解近况，听取意见，当场协调。"
    lasting = days[3] + days[4]
    rows = [(day, text, "青石镇 · 南关社区 · 灌区项目 · 新城社区 · 大柳树村") for day in (*days[:3], lasting, days[5])]
    html = table(("日期", "工作内容", "地点、服务对象"), rows)
    shown = [line.text for line in written(html, form, LAYOUTS[look], tmp_path)]
    for day in days:
        assert any(line.startswith(day.replace(" ", "")) for line in shown), (day, shown)


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_no_sign_of_a_name_is_alone_in_a_table(form: str, look: str, tmp_path: Path) -> None:
    head = [
        "序号",
        "村名",
        "户数",
        "人口",
        "耕地（亩）",
        "项目名称",
        "总投资（万元）",
        "已完成（万元）",
        "完成率",
        "开工日期",
        "责任单位",
    ]
    projects = (("石板河村", "人畜饮水巩固提升工程", "县水利局"), ("小关村民委员会", "机耕路", "云景镇人民政府"))
    rows = [
        ("1", village, "201", "907", "1,213.5", project, "153.00", "72.50", "41.5%", "2025年10月22日", office)
        for village, project, office in projects
    ]
    alone = [line.text for line in written(table(head, rows), form, LAYOUTS[look], tmp_path)]
    assert not [line for line in alone if re.fullmatch("会|府|会府|程|会程", line)], alone


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_no_figure_of_a_table_is_torn(form: str, look: str, tmp_path: Path) -> None:
    # Nine months beside two columns of texts; numbers that are easily broken at their signs.
    for months in (5, 6, 7, 9):
        numbers = [
            [f"{11000 + 7919 * (3 * month + line) % 88000:,}.{10 + month}" for month in range(months)]
            for line in range(2)
        ]
        numbers.append(["-3.2%", "1/3", "+12.5%", "2025-03", "1,345.0", *["8"] * (months - 5)])
        texts = [("远山水泥", "同比下降，原因是停产检修"), ("石板桥村民委员会", "GB/T9704-2012-WQ2210"), ("合计", "—")]
        rows = [(name, *line, told) for (name, told), line in zip(texts, numbers, strict=True)]
        head = ("单位", *(f"{month + 1}月" for month in range(months)), "说明")
        shown = written(table(head, rows), form, LAYOUTS[look], tmp_path)
        words = " ".join(line.text for line in shown)
        assert [one for line in numbers for one in line if one not in words] == [], months
        # Nothing stands beside the page, which may be on its side.
        is_turned = look == "official" and months > 6
        assert max(line.right for line in shown) < (842 if is_turned else 595) - 60


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_words_of_letters_and_units_are_whole_where_chinese_gives_way(form: str, look: str, tmp_path: Path) -> None:
    head = ("序号", "单位", "资金（万元）", "受益人数", "完成率", "完成时限", "承办单位、责任人")
    named = "Bohai-Rheinmetall 液压件有限公司"
    rows = [
        ("1", named, "112.50", "9,000", "27.9%", "2025年10月8日", "正在办理，预计下月完成"),
        ("10", "上龙潭安置社区", "25.00", "10,000", "30.1%", "2025年11月15日", "已完成"),
    ]
    shown = written(table(head, rows), form, LAYOUTS[look], tmp_path)
    words = " ".join(line.text for line in shown)
    assert [one for one in ("Rheinmetall", "（万元）", "2025年11月15日", "责任人") if one not in words] == [], words


@pytest.mark.parametrize("look", LAYOUTS)
def test_a_short_table_stays_on_one_page(look: str, tmp_path: Path) -> None:
    for before in range(10, 40, 3):
        html = "<p>甲</p>" * before + table(("类别", "日志"), [(f"第{row}", str(row)) for row in range(5)])
        written(html, "pdf", LAYOUTS[look], tmp_path)
        pages = lines(tmp_path / "document.pdf")
        assert 5 in [sum("第" in line.text for line in page) for page in pages], before


@pytest.mark.parametrize("look", LAYOUTS)
def test_a_longer_table_is_divided_with_its_head_and_no_row_is_alone(look: str, tmp_path: Path) -> None:
    fills = {"official": 22, "ordinary": 31}[look]
    given = [(before, rows) for before in range(4, fills, 2) for rows in (3, 12)]
    texts = []
    for before, rows in given:
        tall = [("第<br>一<br>行" if row < 3 else f"第{row}", str(row)) for row in range(rows)]
        texts.append(f"{'<p>甲</p>' * before}<h2>表</h2>{table(('类别', '日志'), tall)}")
    for (before, rows), pages in zip(given, in_pdf(texts, LAYOUTS[look], tmp_path), strict=True):
        shown = [sum("第" in line.text for line in page) for page in pages]
        assert sum(shown) == rows
        assert min(filter(None, shown)) > 1, (before, shown)
        assert [sum("类别" in line.text for line in page) for page in pages] == [int(bool(one)) for one in shown]
        # The heading comes along, and what has room is not on the next page.
        assert [any("表" in line.text for line in page) for page in pages].index(True) == (shown[0] == 0)
        assert shown[0] or before > fills - 13, before


@pytest.mark.parametrize("look", LAYOUTS)
def test_a_table_within_a_list_or_a_quotation_ends_with_the_line(look: str, tmp_path: Path) -> None:
    names = [f"事项{at}事项{at}" for at in range(5)]
    inner = table(names, [["12345.67"] * 5])
    for around in ("<ul><li>", "<ul><li><ol><li>", "<blockquote>", "<ul><li><ul><li><ul><li>"):
        closed = "".join(f"</{one}" for one in reversed(around.split("<")[1:]))
        written(f"{around}<p>甲</p>{inner}{closed}<p>{'乙' * 80}</p>", "pdf", LAYOUTS[look], tmp_path)
        shown = lines(tmp_path / "document.pdf")[0]
        (row,) = [line for line in shown if "12345" in line.text]
        below = next(line for line in shown if "乙乙" in line.text)
        assert row.right < max(line.right for line in shown if "乙乙" in line.text), around
        assert below.middle - row.middle > 20, around


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_the_head_of_a_table_is_on_the_page_of_its_rows_above_a_signature(rows: int, tmp_path: Path) -> None:
    tall = [("第一", "乙" * 130) for _ in range(rows)]
    for before in range(6, 18):
        html = f"{'<p>甲</p>' * before}{table(('类别', '日志'), tall)}"
        written(f'{html}<p class="issued">2020年3月5日</p>', "pdf", GONGWEN, tmp_path)
        pages = lines(tmp_path / "document.pdf")
        heads, first = ([any(word in line.text for line in page) for page in pages] for word in ("类别", "第"))
        assert heads == first, before


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_an_item_is_on_the_page_of_what_is_below_it(form: str, look: str, tmp_path: Path) -> None:
    steps = "".join(f"<li><p>诉求{at}</p><ul>{'<li>办理</li>' * (1 + at % 5)}</ul></li>" for at in range(160))
    written(f"<p>甲</p><ul>{steps}</ul>", form, LAYOUTS[look], tmp_path)
    pages = lines(tmp_path / "document.pdf")
    texts = [[line.text for line in page if re.search("诉求|办理", line.text)] for page in pages]
    assert len(pages) > 10
    assert [page[-1] for page in texts if "诉求" in page[-1]] == []


def test_the_first_and_the_last_two_rows_of_a_table_are_on_one_page() -> None:
    made = docx(
        table(("类别", "日志"), [(f"第{row}行", str(row)) for row in range(30)]),
        title="题目",
        language="zh-CN",
        author="某组",
        created=Day(2020, 3, 5),
        picture=PICTURES.get,
    )
    rows = Document(BytesIO(made)).tables[0].rows
    kept = [
        at
        for at, row in enumerate(rows)
        if all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells)
    ]
    assert kept == [0, 1, 29]


@pytest.mark.parametrize("look", LAYOUTS)
def test_the_last_row_is_not_alone_in_a_pdf(look: str, tmp_path: Path) -> None:
    numbers = range(16, 64)
    texts = [table(("类别", "日志"), [(f"第{row}", str(row)) for row in range(number)]) for number in numbers]
    for number, pages in zip(numbers, in_pdf(texts, LAYOUTS[look], tmp_path), strict=True):
        shown = [sum("第" in line.text for line in page) for page in pages]
        assert sum(shown) == number
        assert shown[-1] > 1, number


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_what_defines_a_term_is_indented_below_it(form: str, tmp_path: Path) -> None:
    html = "<p>正文在前。</p><dl><dt>四进</dt><dd>进企业。</dd></dl>"
    for look, layout in LAYOUTS.items():
        found = {line.text: line.left for line in written(html, form, layout, tmp_path)}
        assert found["进企业。"] > found["四进"] + 20, look


def test_no_line_ends_between_a_number_and_its_unit(tmp_path: Path) -> None:
    units = ("km/h", "kWh/kg", "μg/m³", "km", "kVA")
    html = "<h1>题</h1>" + "".join(f"<p>{'字' * more}共12.42 {one}以上。</p>" for one in units for more in (19, 20, 21))
    shown = [line.text for line in written(html, "pdf", GONGWEN, tmp_path)]
    assert not [one for one in shown if one.startswith(units)], shown
    # LibreOffice ends lines at such spaces, too; Word does not.
    texts = [
        one.text for one in Document(BytesIO(docx(f"{html}<p>2 people, 3 A4</p>", layout=GONGWEN, **NAMED))).paragraphs
    ]
    assert sum(f"12.42\u00a0{one}以上。" in text for text in texts for one in units) == 3 * len(units)
    assert texts[-1] == "2 people, 3 A4"


@pytest.mark.parametrize("size", [(1200, 800), (800, 1200), (300, 200)])
def test_a_picture_is_as_large_in_word_as_in_pdf(size: tuple[int, int]) -> None:
    source = '<h1>题目</h1><p>文。</p><figure><img src="a.png" alt="甲"><figcaption>图</figcaption></figure>'
    given: dict[str, Any] = NAMED | {"picture": {"a.png": picture(*size)}.get}
    (shape,) = Document(BytesIO(docx(source, layout=GONGWEN, **given))).inline_shapes
    blocks = parse(source)
    (_, inlines, *_) = typeset(blocks, GONGWEN.arrange(blocks, "zh-CN"), given["picture"], GONGWEN).nodes[-1]
    assert shape.width.pt == pytest.approx(inlines[0][3], abs=1)
    assert shape.height.pt <= 400


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("look", LAYOUTS)
def test_labels_of_one_width_stay_so(form: str, look: str, tmp_path: Path) -> None:
    labels = (
        "时　　间：2025年11月25日（星期二）上午8:30—11:30在县委党校第一报告厅集中",
        "地　　点：县委党校第一报告厅",
    )
    html = "<h1>题目</h1>" + "".join(f"<p>{label}</p>" for label in labels)
    written(html, form, LAYOUTS[look], tmp_path)
    told = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "document.pdf", "-"], capture_output=True, text=True, check=True
    )
    ends = [float(one) for one in re.findall(r'xMin="([0-9.]+)"[^>]*>[间点]：', told.stdout)]
    assert len(ends) == 2
    assert ends[0] == pytest.approx(ends[1], abs=1)


@pytest.mark.parametrize("look", LAYOUTS)
def test_an_empty_row_is_as_high_as_another(look: str, tmp_path: Path) -> None:
    heights = []
    for cell in ("", "丙"):
        html = f"<h1>题目</h1>{table(('单位', '姓名'), [(cell, cell)] * 4)}<p>乙文</p>"
        found = {line.text: line for line in written(html, "pdf", LAYOUTS[look], tmp_path)}
        heights.append(found["乙文"].middle - found["单位姓名"].middle)
    assert heights[0] == pytest.approx(heights[1], rel=0.1)
