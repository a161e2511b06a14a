"""What stands below the text of an official document: on its page, at the foot of the last one, on pages of its own."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from docx import Document

from generator.pipeline.workers import isolated
from generator.render.documents import docx
from generator.render.documents.parse import parse
from generator.render.documents.pdf import pdf
from generator.render.typefaces import official_fonts
from tests.render.documents.measured import lines, made_by_office
from tests.render.documents.test_official import BOTTOM, LEFT, LINE, NAMED, RIGHT, TEXT

END: Final = '<p class="signature">某某工作组</p><p class="issued">2020年3月17日</p>'
CORRECTED: Final = f'<h2>更正</h2>{"".join(f"""<p class="correction">{TEXT[:30]}</p>""" for _ in range(3))}'
LISTED: Final = "<p>附件：1.甲表</p><p>2.乙表</p><p>3.丙表</p>"
COPIED: Final = "<p>抄送：县委办公室。</p><p>县水利局 2020年3月17日印发</p>"


def in_pdf(html: str, folder: Path) -> Path:
    """A document as PDF."""
    document, faces = parse(html), official_fonts()
    place = folder / "a.pdf"
    place.write_bytes(isolated(partial(pdf, document, picture=lambda _: None, fonts=faces, **NAMED)))
    return place


def test_who_lets_out_a_document_stands_beside_its_number(tmp_path: Path) -> None:
    html = "<h1>请示</h1><p>水发〔2020〕9号　签发人：李红兵　孙　丽　吴　刚</p><p>县政府：</p><p>文。</p>"
    for made in (in_pdf(html, tmp_path), made_by_office(docx(html, picture=lambda _: None, **NAMED), tmp_path)):
        _, first, second, *_ = lines(made)[0]
        assert (first.text, second.text) == ("水发〔2020〕9号签发人：李红兵孙丽", "吴刚")
        char = (RIGHT - LEFT) / 28
        assert first.left == pytest.approx(LEFT + char, abs=2)
        assert first.right == pytest.approx(RIGHT - char, abs=3)
        # Below the first of them, who has seven characters to the end of the line.
        assert second.left == pytest.approx(first.right - 7 * char, abs=3)


@pytest.mark.parametrize("number", [12, 14, 16, 18, 20])
@pytest.mark.parametrize(
    "end",
    [LISTED, f"{LISTED}{COPIED}", CORRECTED, f"{LISTED}<p>（联系人：某某）</p>{COPIED}{CORRECTED}"],
    ids=["attachments", "copies", "corrections", "all"],
)
def test_all_that_is_below_a_text_is_on_its_page(number: int, end: str, tmp_path: Path) -> None:
    """Several attachments, corrections and what stands at the foot: no page is without text."""
    html = f"<h1>题</h1>{'<p>甲文</p>' * number}{end}{END}"
    pages = lines(in_pdf(html, tmp_path))
    assert len(pages) in (1, 2)
    assert "甲文" in [line.text for line in pages[-1]]
    assert "某某工作组" in [line.text for line in pages[-1]]
    if COPIED in end:
        office, day = BOTTOM - pages[-1][-3].middle, BOTTOM - pages[-1][-2].middle
        assert (pages[-1][-3].text, pages[-1][-2].text) == ("抄送：县委办公室。", "县水利局2020年3月17日印发")
        assert (round(office / LINE, 1), round(day / LINE, 1)) == (1.5, 0.5)


def test_word_has_all_of_it_on_one_page(tmp_path: Path) -> None:
    html = f"<h1>题</h1>{'<p>甲文</p>' * 15}{LISTED}<p>（联系人：某某）</p>{COPIED}{CORRECTED}{END}"
    made = docx(html, picture=lambda _: None, **NAMED)
    first, second = lines(made_by_office(made, tmp_path))
    assert [line.text for line in first][-2:] == ["甲文", "—1—"]
    assert [line.text for line in second][:2] == ["甲文", "附件：1.甲表"]
    assert second[-2].text == "县水利局2020年3月17日印发"
    assert abs(BOTTOM - second[-2].middle - LINE / 2) < 4
    kept = [one for one in Document(BytesIO(made)).paragraphs if one.paragraph_format.keep_with_next]
    # The last of the text, three attachments, the day and four remarks; lines that are empty have it, too.
    assert len([one for one in kept if one.text]) == 9
    whole = [one.text for one in Document(BytesIO(made)).paragraphs if one.paragraph_format.keep_together]
    assert len(whole) == 4


def test_a_small_table_fills_the_line(tmp_path: Path) -> None:
    html = "<h1>题</h1><table><tr><td>乙</td><td>丙</td></tr></table>"
    place = in_pdf(html, tmp_path)
    word = made_by_office(docx(html, picture=lambda _: None, **NAMED), tmp_path)
    for made in (place, word):
        (row,) = [line for line in lines(made)[0] if line.text == "乙丙"]
        # Each stands in the middle of a half of it.
        wide = RIGHT - LEFT
        assert abs(row.left + 6 - LEFT - wide / 4) < 9
        assert abs(row.right - 6 - LEFT - 3 * wide / 4) < 9


def test_annexes_have_pages_of_their_own(tmp_path: Path) -> None:
    table = "<table><tr><td>乙</td></tr></table>"
    annexes = f"<p>附件1</p><p>甲名单</p>{table}<p>附件2</p><p>乙方案</p><p>某文。</p>"
    end = "<p>附件：1.甲表</p><p>2.乙表</p><p>县水利局</p><p>2020年3月17日</p>"
    html = f"<h1>题</h1><p>甲文</p>{end}{annexes}{COPIED}{END}"
    place = in_pdf(html, tmp_path)
    for made in (place, made_by_office(docx(html, picture=lambda _: None, **NAMED), tmp_path)):
        pages = lines(made)
        assert [line.text for page in pages for line in page] == [
            *("题", "甲文", "附件：1.甲表", "2.乙表", "县水利局", "2020年3月17日", "—1—"),
            *("附件1", "甲名单", "乙", "—2—"),
            *("附件2", "乙方案", "某文。", "抄送：县委办公室。", "县水利局2020年3月17日印发", "—3—"),
        ]
        mark, title, *_ = pages[1]
        assert abs(mark.left - LEFT) < 1.5
        assert title.middle - mark.middle == pytest.approx(2 * LINE, abs=3)
        assert abs(BOTTOM - pages[2][-2].middle - LINE / 2) < 4


def test_annexes_with_their_titles_in_one_line_have_pages_of_their_own(tmp_path: Path) -> None:
    table = "<table><tr><td>乙</td></tr></table>"
    signed = "<p>县水利局</p><p>2020年3月17日</p>"
    two = "<p>附件：1.办法（征求意见稿）</p><p>2.反馈表</p>"
    listed = ["附件：1.办法（征求意见稿）", "2.反馈表"]
    rule = "第一条　略。"
    for list_, named, annexes, wanted in (
        (
            two,
            listed,
            f"<p>附件1：办法（征求意见稿）</p><p>{rule}</p><p><b>附件2　反馈表</b></p>{table}",
            [["附件1", "办法（征求意见稿）", "第一条略。"], ["附件2", "反馈表", "乙"]],
        ),
        ("", [], f"<p>附件：反馈表</p>{table}", [["附件", "反馈表", "乙"]]),
        # A line end between them.
        ("<p>附件：反馈表</p>", ["附件：反馈表"], f"<p>附件反馈表</p>{table}", [["附件", "反馈表", "乙"]]),
        ("<p>附件：反馈表</p>", ["附件：反馈表"], f"<p>附件　反馈表</p>{table}", [["附件", "反馈表", "乙"]]),
        ("", [], f"<p>附1：甲</p><p>某文。</p><p>附2：乙</p>{table}", [["附1", "甲", "某文。"], ["附2", "乙", "乙"]]),
        # An annex with a list of its own.
        (
            "<p>附件：甲办法</p>",
            ["附件：甲办法"],
            f"<p>附件：甲办法</p><p>{rule}</p><p>附件：乙表</p><p>某文。</p>",
            [["附件", "甲办法", "第一条略。", "附件：乙表", "某文。"]],
        ),
    ):
        html = f"<h1>题</h1><p>甲文。</p>{list_}{signed}{annexes}{END}"
        first, *pages = lines(in_pdf(html, tmp_path))
        assert [line.text for line in first] == ["题", "甲文。", *named, "县水利局", "2020年3月17日", "—1—"]
        assert [[line.text for line in page][:-1] for page in pages] == wanted
    # Nothing but a list.
    for below in ("<p>附件：甲表</p>", "<p>附件1：甲表</p><p>附件2：乙表</p>", "<p>附件：甲表</p><p>抄送：县委。</p>"):
        found = lines(in_pdf(f"<h1>题</h1><p>甲文。</p>{signed}{below}{END}", tmp_path))
        assert len(found) == 1
        assert [line.text for line in found[0]][2].startswith("附件：")


def test_what_a_notice_issues_follows_its_signature(tmp_path: Path) -> None:
    signed = "<p>县水利局</p><p>2020年3月17日</p>"
    text = "<p>第一条　乙文。</p><p>第二条　丙文。</p><p>附件：甲表</p><p>附件</p><p>甲表</p><p>某文。</p>"
    for name, first, typed in (
        ("《用水办法（试行）》", "<h2>用水办法（试行）</h2>", signed),
        ("用水办法", "<p>用水办法</p>", f"{signed}<p>（此件公开发布）</p>"),
        ("《用水办法》", "<p>《用水办法》</p>", ""),
    ):
        html = f"<h1>关于印发{name}的通知</h1><p>甲文。</p>{typed}{first}{text}{END}"
        for made in (in_pdf(html, tmp_path), made_by_office(docx(html, picture=lambda _: None, **NAMED), tmp_path)):
            notice, issued, *more = [[line.text for line in page] for page in lines(made)]
            office = ["县水利局", "2020年3月17日"] if typed else ["某某工作组", "2020年3月17日"]
            remark = ["（此件公开发布）"] if "公开" in typed else []
            assert notice == [f"关于印发{name}的通知", "甲文。", *office, *remark, "—1—"]
            title = name if "《" in first else name.strip("《》")
            assert issued == [title, "第一条乙文。", "第二条丙文。", "附件：甲表", "—2—"]
            assert more == [["附件", "甲表", "某文。", "—3—"]]
            found = lines(made)[1][0]
            assert (found.left + found.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=8)


def test_what_is_only_named_in_a_notice_stays_in_it(tmp_path: Path) -> None:
    for title, text in (
        # Another name, a list of attachments, no notice that issues it, a signature below it only.
        ("关于印发用水办法的通知", "<p>用水规定</p><p>乙文。</p>"),
        ("关于印发用水办法的通知", "<p>附件：</p><p>用水办法</p><p>县水利局</p><p>2020年3月5日</p>"),
        ("用水办法", "<p>用水办法</p><p>乙文。</p>"),
        ("关于印发用水办法的通知", "<h2>用水办法</h2><p>乙文。</p><p>县水利局</p><p>2020年3月5日</p>"),
    ):
        assert len(lines(in_pdf(f"<h1>{title}</h1><p>甲文。</p>{text}{END}", tmp_path))) == 1, text


def test_an_end_that_is_longer_than_a_page_is_divided(tmp_path: Path) -> None:
    many = "".join(f"<p>{at}.表{at}</p>" for at in range(2, 31))
    corrected = CORRECTED.replace(TEXT[:30], TEXT) * 10
    html = f"<h1>题</h1><p>甲文</p><p>附件：1.表1</p>{many}{corrected}{END}"
    pages = [[line.text for line in page] for page in lines(in_pdf(html, tmp_path))]
    assert [line for line in pages[0][:4] if "甲文" in line or "附件" in line] == ["甲文", "附件：1.表1"]
    assert "30.表30" in next(page for page in pages if "某某工作组" in page)
    assert sum(TEXT[:10] in line for page in pages for line in page) == 30
    assert all(len(page) <= 23 for page in pages)
