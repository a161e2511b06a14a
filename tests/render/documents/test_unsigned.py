"""Official documents that nobody signs."""

from __future__ import annotations

from generator.render.documents.blocks import Heading, Paragraph, Text
from generator.render.documents.runs import plain
from tests.render.documents.test_arrangement import arranged


def test_minutes_and_speeches_have_no_signature() -> None:
    end = '<p class="signature">工作组</p><p class="issued">2026年1月5日</p>'
    for title, is_signed in {
        "第4次会议纪要": False,
        "会议纪要第4次": False,
        "在会上的讲话": False,
        "工作简报（第17期）": False,
        "走访统计表": False,
        "关于报送讲话的通知": True,
    }.items():
        day = '<p class="dateline">2026年1月5日 星期一</p>'
        for text in ("文。", "（2026年1月5日）"):
            found = arranged(f"<h1>{title}</h1>{day}<p>{text}</p><p>文。</p>{end}")
            assert found.opening
            assert found.closing
            assert [*map(plain, found.opening.lines)] == ["（2026年1月5日）"] * (not is_signed), title
            signed = [plain(found.closing.signature), plain(found.closing.date)]
            assert signed == (["工作组", "2026年1月5日"] if is_signed else ["", ""]), title
        lasting = arranged(f"<h1>{title}</h1><p class='dateline'>2026年1月3日—5日</p><p>文。</p>{end}")
        assert lasting.opening
        assert [*map(plain, lasting.opening.lines)] == ["（2026年1月3日—5日）"], title
        # What a writer typed is there.
        typed = arranged(f"<h1>{title}</h1><p>文。</p><p>县水利局</p><p>2026年1月4日</p>{end}").closing
        assert typed
        assert (plain(typed.signature), plain(typed.date)) == ("县水利局", "2026年1月4日")


def test_what_is_dated_below_its_title_is_not_signed_once_more() -> None:
    end = '<p class="signature">工作组</p><p class="issued">2026年1月5日</p>'
    above = "<p>县水利局局长　王芳</p><p>（2026年1月4日）</p>"
    for text, signed in {
        f"{above}<p>各位领导：</p><p>文。</p>": ["", ""],
        f"{above}<p>文。</p>": ["", ""],
        f"{above}<p>各位领导：</p><p>文。</p><p>县水利局</p><p>2026年1月6日</p>": ["县水利局", "2026年1月6日"],
        "<p>各位领导：</p><p>文。</p><p>（2026年1月4日）</p><p>文。</p>": ["工作组", "2026年1月5日"],
        "<p>文。</p><p>（2026年1月4日）</p><p>文。</p>": ["工作组", "2026年1月5日"],
        "<p>（2026年1月4日）</p><p>一、甲事</p><p>文。</p>": ["工作组", "2026年1月5日"],
    }.items():
        found = arranged(f"<h1>汇报</h1><p class='dateline'>2026年1月5日 星期一</p>{text}{end}")
        assert found.closing
        assert [plain(found.closing.signature), plain(found.closing.date)] == signed, text
        assert found.opening
        is_above = text.startswith(above)
        assert [*map(plain, found.opening.lines)] == ["县水利局局长　王芳", "（2026年1月4日）"] * is_above


def test_what_is_typed_below_a_title_stands_there() -> None:
    end = '<p class="signature">工作组</p><p class="issued">2026年1月5日</p>'
    number, day = "水发〔2026〕9号　　　签发人：王芳", "（2026年1月5日）"
    adopted = "（2026年1月4日县第五届人民代表大会第十次会议通过）"
    signed = ["工作组", "2026年1月5日"]
    for title, above, below, more, end_ in (
        ("请示", [number], "县政府：", [], signed),
        ("请示", ["特急", number], "县政府：", [], signed),
        ("请示", ["水发〔2026〕9号"], "文。", [], signed),
        ("经验材料", ["县水利局"], "文。", [day], ["", ""]),
        ("经验材料", ["县水利局　王芳"], "同志们：", [day], ["", ""]),
        ("决定", [adopted], "县人大决定：", [], ["", ""]),
        ("讲话提纲", ["（2026年1月4日，根据录音整理）"], "同志们：", [], ["", ""]),
        ("工作简报", ["第12期", "县水利局办公室　　2026年1月4日"], "文。", [], ["", ""]),
    ):
        html = "".join(f"<p>{line}</p>" for line in (*above, below, "文。"))
        found = arranged(f"<h1>{title}</h1>{html}{end}")
        assert found.opening
        assert found.closing
        assert [*map(plain, found.opening.lines)] == [*above, *more], above
        assert [plain(found.closing.signature), plain(found.closing.date)] == end_, above
        (first, *_) = found.blocks
        assert isinstance(first, Paragraph)
        assert (plain(first.inlines), first.role) == (below, "addressee" if below in ("县政府：", "同志们：") else "")
    # Above a heading, too.
    for line in (adopted, "第12号", "（公示稿）", "（征求意见稿）", "（2026年1月4日）"):
        for below in ("<h2>第一章　总则</h2><p>文。</p>", "<p>第一条　文。</p>", "<p>文。</p><p>文。</p>"):
            found = arranged(f"<h1>供水办法</h1><p>{line}</p>{below}{end}")
            assert found.opening
            assert found.closing
            assert plain(found.opening.lines[0]) == line, below
            assert plain(found.closing.signature) == ("" if "年" in line else "工作组")
            assert [one.is_centred for one in found.blocks if isinstance(one, Heading)] == [True] * below.count("<h2>")
    for title, line in (("关于修路的请示", "县政府"), ("经验材料", "特急"), ("经验材料", "走访了县水利局")):
        found = arranged(f"<h1>{title}</h1><p>{line}</p><p>文。</p>{end}")
        assert found.opening
        assert found.opening.lines == (), line
        assert found.closing
        assert plain(found.closing.signature) == "工作组"
    # What is typed at the end signs it.
    found = arranged(f"<h1>经验材料</h1><p>县水利局</p><p>文。</p><p>县财政局</p><p>2026年3月</p>{end}")
    assert found.closing
    assert [plain(found.closing.signature), plain(found.closing.date)] == ["县财政局", "2026年3月"]


def test_where_an_entry_was_made_is_of_no_letter() -> None:
    facts = "<p class='dateline'>2026年1月5日 星期一 · 晴 · 县政府</p><p class='byline'>记录：王芳</p>"
    end = '<p class="signature">工作组</p><p class="issued">2026年1月5日</p>'
    for title, text, lines in (
        ("通知", "<p>各乡镇：</p><p>文。</p>", []),
        ("通知", "<p>工发〔2026〕1号</p><p>各乡镇：</p><p>文。</p>", ["工发〔2026〕1号"]),
        ("会议纪要", "<p>第18期</p><p>文。</p>", ["第18期", "（晴，县政府）", "（记录：王芳）", "（2026年1月5日）"]),
        ("走访", "<p>文。</p>", ["（晴，县政府）", "（记录：王芳）"]),
        ("讲话", "<p>同志们：</p><p>文。</p>", ["（晴，县政府）", "（记录：王芳）", "（2026年1月5日）"]),
    ):
        found = arranged(f"<h1>{title}</h1>{facts}{text}{end}").opening
        assert found
        assert [*map(plain, found.lines)] == lines, text


def test_an_empty_line_stands_above_those_who_were_at_a_meeting() -> None:
    lines = ("出席：赵立新　孙国强　欧阳明德　李　敏　周海燕　吴　迪", "记录：冯　雪")
    for title, more, number in (
        ("会议纪要", (), 1),
        ("会议纪要第6次", (), 1),
        ("会议纪要", ("文。",), 0),
        ("会议通知", (), 0),
    ):
        html = "".join(f"<p>{line}</p>" for line in ("文。", *lines, *more))
        blocks = arranged(f"<h1>{title}</h1>{html}").blocks
        said = [plain(one.inlines) for one in blocks if isinstance(one, Paragraph)]
        assert said[:2] == (["文。", ""] if number else ["文。", "出席：赵立新　孙国强　欧阳明德　李　敏　周海燕"]), (
            title
        )
        assert said.count("") == number
        texts = [one for block in blocks if isinstance(block, Paragraph) for one in block.inlines]
        faces = [one.text for one in texts if isinstance(one, Text) and one.style.heading]
        assert faces == ["出席："] * number
    head = "<p>时间：1月5日</p><p>出席：赵立新</p>"
    blocks = arranged(f"<h1>会议纪要</h1>{head}<p>文。</p><p>主持：韩立群</p><p>{lines[0]}</p>").blocks
    assert [plain(one.inlines) for one in blocks if isinstance(one, Paragraph)][2:5] == ["文。", "", "主持：韩立群"]
