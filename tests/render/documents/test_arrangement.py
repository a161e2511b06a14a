"""How an official document is ordered: its title, the numbers of headings, lines that are headings."""

from __future__ import annotations

from generator.render.documents.arrangement import Arranged, official
from generator.render.documents.blocks import Heading, Paragraph
from generator.render.documents.parse import parse
from generator.render.documents.runs import plain


def arranged(html: str, language: str = "zh-CN") -> Arranged:
    return official(parse(html), language)


def headings(html: str, language: str = "zh-CN") -> list[str]:
    return [plain(one.inlines) for one in arranged(html, language).blocks if isinstance(one, Heading)]


def test_headings_keep_the_numbers_that_they_have() -> None:
    cases = {
        "<h2>甲</h2><h2>乙</h2>": ["一、甲", "二、乙"],
        "<h2>3月5日 到达</h2><h4>上</h4><h4>下</h4><h2>3月6日 走访</h2>": [
            "3月5日 到达",
            "（一）上",
            "（二）下",
            "3月6日 走访",
        ],
        "<h2>一、甲</h2><h2>二、乙</h2><h2>记录</h2>": ["一、甲", "二、乙", "记录"],
        "<h2>独</h2>": ["独"],
        "<h2>第一章 甲</h2><h2>乙</h2>": ["第一章 甲", "乙"],
        "<h4>甲</h4><h3>乙</h3><h3>丙</h3>": ["一、甲", "二、乙", "三、丙"],
        "<h2>甲</h2>" * 12: [f"{number}、甲" for number in (*"一二三四五六七八九十", "十一", "十二")],
        "<h2>甲</h2>" * 100: ["甲"] * 100,
        "<h2>十部门来访</h2><h2>一百户搬迁</h2>": ["一、十部门来访", "二、一百户搬迁"],
        "<h2>一条路通车</h2><h2>3.5公里管网</h2>": ["一、一条路通车", "二、3.5公里管网"],
        "<h2>（2020）</h2><h2>三节慰问</h2>": ["一、（2020）", "二、三节慰问"],
        "<h2>十一、甲</h2><h2>乙</h2>": ["十一、甲", "乙"],
        "<h2>1.2 甲</h2><h2>乙</h2>": ["1.2 甲", "乙"],
        "<h2>1. 甲</h2><h2>乙</h2>": ["1. 甲", "乙"],
        "<h2>第2部分 甲</h2><h2>乙</h2>": ["第2部分 甲", "乙"],
        # 1.4万人 would be another figure.
        "<h2>甲</h2><h3>子</h3><h4>4万人的口罩</h4><h4>招工</h4>": ["甲", "子", "4万人的口罩", "招工"],
        "<h2>甲</h2><h3>子</h3><h4>口罩</h4><h4>招工</h4>": ["甲", "子", "1.口罩", "2.招工"],
        # The numbers of a writer, between them or beside them, are not counted anew.
        "<p>一、总的情况</p><p>文</p><h2>甲</h2><p>文</p><h2>乙</h2><p>二、下步打算</p><p>文</p>": ["甲", "乙"],
        "<h2>甲</h2><p>（一）修路</p><h3>子</h3><p>一、打井</p><h2>乙</h2>": ["一、甲", "子", "二、乙"],
        "<h2>3月5日</h2><h3>甲</h3><h3>乙</h3><h2>3月6日</h2><h3>一、丙</h3><h3>二、丁</h3>": [
            *("3月5日", "甲", "乙"),
            *("3月6日", "一、丙", "二、丁"),
        ],
        "<h2>甲</h2><h3>（一）子</h3><h2>乙</h2><h3>丑</h3><h3>寅</h3>": [
            *("一、甲", "（一）子"),
            *("二、乙", "（一）丑", "（二）寅"),
        ],
        "<h2>甲</h2><p>修路、打井（略）</p><h2>乙</h2>": ["一、甲", "二、乙"],
        # Where a writer numbered headings of a level, those of others have none, and so have those below them.
        "<h2>甲</h2><h3>一、子</h3><h3>二、丑</h3><h2>乙</h2><h3>寅</h3><h4>深</h4><h4>浅</h4>": [
            *("一、甲", "一、子", "二、丑"),
            *("二、乙", "寅", "深", "浅"),
        ],
        # Years, and another language.
        "<h2>2024年</h2><h2>2025年</h2>": ["2024年", "2025年"],
        "<h2>2024年</h2><h2>2025年打算</h2>": ["2024年", "2025年打算"],
        "<h2>2024年小结</h2><h2>2025年打算</h2>": ["一、2024年小结", "二、2025年打算"],
        "<h2>甲</h2><h3>Status of Work</h3><h3>Next</h3><h2>GDP</h2>": ["一、甲", "Status of Work", "Next", "二、GDP"],
    }
    assert {html: found for html, wanted in cases.items() if (found := headings(html)) != wanted} == {}
    assert headings("<h2>One</h2><h2>Two</h2>", "en") == ["One", "Two"]


def test_headings_below_the_four_levels_of_the_form_are_headings() -> None:
    html = "<h2>甲</h2><h2>乙</h2><h3>子</h3><h3>丑</h3>"
    html += "".join(f"<h{level}>深</h{level}>" * 2 for level in (4, 5, 6))
    html += '<p role="heading" aria-level="7"><strong>更深</strong></p>' * 2
    blocks = arranged(html + "<p>文</p>").blocks
    assert [(one.level, plain(one.inlines)) for one in blocks if isinstance(one, Heading)][4:] == [
        (4, "1.深"), (4, "2.深"), (5, "（1）深"), (5, "（2）深"), (6, "①深"), (6, "②深"), (7, "更深"), (7, "更深"),
    ]  # fmt: skip


def test_the_offices_that_it_goes_to_stand_at_the_margin() -> None:
    def is_addressed(text: str) -> bool:
        blocks = arranged(f"<h1>题</h1><p>{text}</p><p>文</p>").blocks
        return isinstance(blocks[0], Paragraph) and blocks[0].role == "addressee"

    assert is_addressed("县防汛抗旱指挥部：")
    assert is_addressed("各乡镇人民政府，县直有关单位：")
    for others in (
        "各镇人民政府，县政府各部门",
        "各位委员",
        "尊敬的各位领导、各位来宾",
        "李院士",
        "同志们",
        "县委（代章）",
    ):
        assert is_addressed(f"{others}：")
    # What else ends with a colon begins a list.
    for lead in (
        "今天讲两点",
        "县政府决定",
        "会议要求",
        "现将有关事项通知如下",
        "一、检查时间",
        "具体有三项",
        "本期要目",
    ):
        assert not is_addressed(f"{lead}：")
    speech = arranged("<h1>讲话</h1><p>（2026年1月5日）</p><p>县长　甲乙丙</p><p>同志们：</p><p>文。</p>")
    assert speech.opening
    assert [*map(plain, speech.opening.lines)] == ["（2026年1月5日）", "县长　甲乙丙"]
    assert [one.role for one in speech.blocks if isinstance(one, Paragraph)] == ["addressee", ""]
    assert not is_addressed("水退了。县防汛抗旱指挥部：")
    letter = arranged("<h1>介绍信</h1><p>请予接洽。</p><p>此致</p><p>敬礼！</p>").blocks
    assert [one.role for one in letter if isinstance(one, Paragraph)] == ["", "", "addressee"]


def test_what_is_typed_above_a_table_is_its_name() -> None:
    table = "<table><tr><td>甲</td></tr></table>"
    for html, has in ((f"<p>表1　办理情况</p>{table}", True), (f"<p>见表1。</p>{table}", False), ("<p>表1</p>", False)):
        (found, *_) = arranged(html).blocks
        assert isinstance(found, Paragraph)
        assert (found.role == "caption") == has, html
    for unit in ("单位：万元", "（单位：人）"):
        for html, roles in (
            (f"<p>表1　办理情况</p><p>{unit}</p>{table}", ["caption", "unit"]),
            (f"<p>{unit}</p>{table}", ["unit"]),
            (f"<p>表1　办理情况</p><p>{unit}</p>", ["", ""]),
            (f"<p>主办单位：县水利局，县财政局</p>{table}", [""]),
        ):
            assert [one.role for one in arranged(html).blocks if isinstance(one, Paragraph)] == roles, html


def ended(html: str) -> tuple[list[str], list[str], list[str]]:
    """The text of a letter with two files, what is attached, and the remarks."""
    end = '<p class="attachment">台账</p><p class="attachment">施工图</p><p class="issued">2026年1月5日</p>'
    found = arranged(f"<h1>题</h1>{html}{end}")
    assert found.closing
    texts = [plain(one.inlines) for one in found.blocks if isinstance(one, Paragraph)]
    return texts, [*map(plain, found.closing.attachments)], [*map(plain, found.closing.remarks)]


def test_attachments_that_a_writer_listed_are_the_list() -> None:
    for html in (
        "<p>附件：1. <a href='a'>台账</a></p><ol start='2'><li><a href='b'>施工图</a></li></ol>",
        "<p>附件：1.<a href='a'>台账</a>　　　2.<a href='b'>施工图</a></p>",
        "<p>附件：1.台账<br>　　　2.施工图</p>",
        "<p>附件：1.<a href='a'>台账</a>；2.<a href='b'>施工图</a></p>",
        "<p>附件：1. 台账；2. 施工图</p>",
        "<p>附件: 1、<a href='a'>台账</a>\n2、<a href='b'>施工图</a></p>",
        "<p><b>附件</b>：</p><ol><li><a href='a'>台账</a></li><li>施工图</li></ol>",
        "<p>附件：</p><p>1.<a href='a'>台账</a></p><p>2．<a href='b'>施工图</a></p>",
        "<p>附：<a href='a'>台账</a></p>",
        "<p>附件：1. 台账</p>",
        "<p>附件1：<a href='a'>台账</a></p><p>附件2：<a href='b'>施工图</a></p>",
        "<p>附件一 台账</p><p>附件二 施工图</p>",
        "<p>附件1：台账附件2：施工图</p>",
        "<p><a href='a'>附件1：台账</a></p><p><a href='b'>附件2：施工图</a></p>",
        "<p>附件：（1）<a href='a'>台账</a>（2）<a href='b'>施工图</a></p>",
        "<p>附件：①台账②施工图</p>",
        "<p>附件：1.台账；2.施工图。</p>",
        "<p>附件：台账；施工图</p>",
        "<p>附件：<a href='a'>台账</a>、<a href='b'>施工图</a></p>",
        "<p>附件：</p><p><a href='a'>台账</a></p><p><a href='b'>施工图</a></p>",
        "<p>附件：</p><ul><li><a href='a'>附件1：台账</a></li><li><a href='b'>附件2：施工图</a></li></ul>",
        "<h2>附件</h2><ul><li><a href='a'>台账</a></li><li><a href='b'>施工图</a></li></ul>",
        "<p>见台账、施工图</p>",
    ):
        texts, attached, _ = ended(f"<p>文。</p>{html}")
        assert (texts, attached) == (["文。", *(["见台账、施工图"] if "见" in html else [])], ["台账", "施工图"]), html
    # The names may begin with years and figures.
    years = ["2026年度要点", "2025年报告", "100个项目", "5G+方案"]
    lines = [f"{at}.{name}" for at, name in enumerate(years, 1)]
    for html in (
        f"<p>附件：{' '.join(lines)}</p>",
        f"<p>附件：{'<br>　　　'.join(lines)}</p>",
        f"<p>附件：{'; '.join(lines)}</p>",
        f"<p>附件：{'</p><p>'.join(lines)}</p>",
        f"<p>附件：{'</p><p>　　　'.join(lines).replace('.', '、')}</p>",
        f"<p>附件：</p><p>{'</p><p>'.join(lines).replace('.', '．')}</p>",
        "".join(f"<p>附件{at}：{name}</p>" for at, name in enumerate(years, 1)),
        "".join(f"<p>附件{at}　{name}</p>" for at, name in enumerate(years, 1)),
    ):
        assert ended(f"<p>文。</p>{html}")[:2] == (["文。"], [*years, "台账", "施工图"]), html
    for typed, name in (
        ("1.2026年要点", "2026年要点"),
        ("2026年要点", "2026年要点"),
        ("1.5万亩造林", "1.5万亩造林"),
        ("1、2季度报表", "1、2季度报表"),
        ("</p><p>1.5万亩造林", "1.5万亩造林"),
    ):
        assert ended(f"<p>文。</p><p>附件：{typed}</p>")[1][:1] == [name]
    # What is not the end of a text stays in it, and is not listed again.
    assert ended("<p>附件：1.台账<br>2.施工图</p><p>文。</p>") == (["附件：1.台账 2.施工图", "文。"], [], [])
    assert ended("<p>文。</p><p>附件：2026.1台账、施工图</p>")[1] == ["2026.1台账、施工图"]
    assert ended("<p>文。</p><p>附件：都在网上。自己下载。</p>")[0] == ["文。", "附件：都在网上。自己下载。"]
    assert ended("<p>文。</p><p>附件：自己下载。</p>")[0] == ["文。", "附件：自己下载。"]
    assert ended("<p>文。</p><p>附件1 是台账，请填写。</p>")[0] == ["文。", "附件1 是台账，请填写。"]
    assert ended("<p>文。</p><p>附件：1.《甲》2.《乙（2）》</p>")[1][:2] == ["《甲》", "《乙（2）》"]
    assert ended("<p>文。</p><p>附件：一、二季度台账</p>")[1][:1] == ["一、二季度台账"]


def closed(html: str, role: str = "issued") -> tuple[list[str], list[str]]:
    """The text of a letter, and what stands below its attachments."""
    found = arranged(f'<h1>题</h1>{html}<p class="signature">工作组</p><p class="{role}">2026年1月5日</p>')
    assert found.closing
    below = (found.closing.signature, found.closing.date, *found.closing.remarks)
    copies = ("|".join(map(plain, copy)) for copy in found.closing.copies)
    texts = [plain(one.inlines) for one in found.blocks if isinstance(one, Paragraph)]
    return texts, [*map(plain, below), *copies]


def test_a_signature_that_a_writer_typed_is_the_signature() -> None:
    office, day, typed = "县水利局", "2026年3月12日", ["县水利局", "2026年3月12日"]
    for html in (
        f"<p>附件：1.《甲表》2.《乙表》</p><p>{office}</p><p>{day}</p>",
        f"<p>　　{office}</p><p>　　{day}</p>",
        f"<p>{office}<br>{day}</p>",
        f"<p>{office}　{day}</p><p>附件：甲表</p>",
        f"<p>{office}{day}</p>",
    ):
        assert closed(f"<p>文。</p>{html}") == (["文。"], typed), html
    joint = f"<p>县水利局</p><p>县财政局（盖章）</p><p>{day}</p>"
    assert closed(f"<p>文。</p>{joint}") == (["文。"], ["县水利局 县财政局（盖章）", day])
    assert closed("<p>文。</p><p>二〇二六年三月十二日</p>") == (["文。"], ["工作组", "二〇二六年三月十二日"])
    joint = f"<p><b>县水利局　　县财政局</b></p><p>{day}</p>"
    assert closed(f"<p>文。</p>{joint}") == (["文。"], ["县水利局 县财政局", day])
    for signed in ("县长　周正明", "县工商业联合会（总商会）", "全体驻村队员", "周正明"):
        assert closed(f"<p>文。</p><p>{signed}</p><p>{day}</p>") == (["文。"], [signed, day])
    for when in ("2026.3.12", "2026-3-12", f"{day}星期四", f"{day}（星期四）"):
        for between in ("</p><p>", "<br>", " "):
            assert closed(f"<p>文。</p><p>{office}{between}{when}</p>") == (["文。"], [office, when])
    joint = "县人民检察院县人民法院县公安局".replace("县", "大河县")
    wanted = "大河县人民检察院 大河县人民法院 大河县公安局"
    assert closed(f"<p>文。</p><p>{joint} {day}</p>") == (["文。"], [wanted, day])
    assert closed(f"<p>文。</p><p>大河县大河镇人民政府 {day}</p>") == (["文。"], ["大河县大河镇人民政府", day])
    # What may be no signature stays, and so does its day.
    assert closed(f"<p>文。</p><p>特此报告</p><p>{day}</p>") == (["文。", "特此报告"], ["工作组", day])
    kept = ["文。", "走访了大河村村委会", day]
    assert closed("".join(f"<p>{line}</p>" for line in kept)) == (kept, ["工作组", "2026年1月5日"])


def test_of_several_texts_each_keeps_its_end() -> None:
    html = "<h2>甲</h2><p>文。</p><p>附件：甲表</p><p>县水利局</p><p>2026年3月12日</p><p>抄送：县委。</p>"
    assert closed(html, "compiled") == (
        ["文。", "附件：甲表", "县水利局", "2026年3月12日", "抄送：县委。"],
        ["工作组", "2026年1月5日"],
    )


def test_what_stands_below_a_list_of_attachments_stands_below_the_day() -> None:
    listed = "<p>文。</p><p>附件：1.甲表</p><p>2.乙表</p>"
    for line, wanted in {
        "联系人：张某，电话：123。": "（联系人：张某，电话：123）",
        "联系单位及电话：县水利局，123": "（联系单位及电话：县水利局，123）",
        "联 系 人：张某<br>联系电话：123": "（联 系 人：张某，联系电话：123）",
        "附注：此件公开发布": "（此件公开发布）",
        "（甲表请于月底前报送）": "（甲表请于月底前报送）",
    }.items():
        assert closed(f"{listed}<p>{line}</p>") == (["文。"], ["工作组", "2026年1月5日", wanted]), line
    # Where nothing says that the text has ended, it is of the text.
    for html in ("<p>联系人：张某</p>", "<p>联系人：张某</p><p>附件：甲表</p>", "<p>（甲表请于月底前报送）</p>"):
        assert len(closed(f"<p>文。</p>{html}")[0]) == 2, html


def test_copies_stand_at_the_foot() -> None:
    lines = "<p>抄送：县委，县政府</p><p>县水利局办公室　2026年3月12日印发</p>"
    for html in (lines, f"<p>附件：甲表</p><p>（联系人：张某）</p>{lines}", lines.replace("</p><p>", "<br>")):
        texts, below = closed(f"<p>文。</p>{html}")
        assert texts == ["文。"]
        assert below[-2:] == ["抄送：县委，县政府。|", "县水利局办公室|2026年3月12日印发"]
    assert closed("<p>文。</p><p>分送：各成员单位。</p>")[1][-1] == "分送：各成员单位。|"
    assert closed("<p>抄送：县委。</p><p>文。</p>")[0] == ["抄送：县委。", "文。"]


def test_what_else_stands_in_an_end_is_no_reason_to_sign_once_more() -> None:
    office, day = "<p>县委办公室</p>", "<p>2026年3月12日</p>"
    for text, signature, remarks, copies in (
        (
            f"{office}{day}<p>主题词：考核　通报</p><p>抄送：县委</p>",
            "县委办公室",
            [],
            ["主题词：考核　通报", "抄送：县委。"],
        ),
        (f"{office}{day}<p>县委办公室　　2026年3月12日印</p>", "县委办公室", [], ["县委办公室"]),
        (f"{office}<p>（印章）</p>{day}", "县委办公室 （印章）", [], []),
        (f"{office}{day}<p>此件发至乡镇</p>", "县委办公室", ["（此件发至乡镇）"], []),
        (f"<p>述职人：王建国</p>{day}", "述职人：王建国", [], []),
        ("<p>联系人：王建国</p>", "某某组", [], []),
    ):
        found = arranged(f"<h1>题</h1><p>文。</p>{text}<p class='signature'>某某组</p>").closing
        assert found
        assert plain(found.signature) == signature, text
        assert [*map(plain, found.remarks)] == remarks, text
        assert [plain(line) for line, _ in found.copies] == copies, text


def test_remarks_stand_below_the_day() -> None:
    listed, remark = "<p>附件：1.台账<br>2.施工图</p>", "（联系人：办公室，电话：见通讯录）"
    for html in (f"{listed}<p>{remark}</p>", f"<p>{remark}</p>{listed}"):
        assert ended(f"<p>文。</p>{html}") == (["文。"], ["台账", "施工图"], [remark])
    assert ended("<p>文。</p><p>（见上文）</p>")[0] == ["文。", "（见上文）"]
    corrected = "<h2>一、甲</h2><p>文。</p><h2>更正</h2><p class='correction'>1月6日 是三人</p>"
    assert headings(f"<h1>题</h1>{corrected}") == ["一、甲"]
    assert ended(corrected)[2] == ["（更正：1月6日 是三人）"]


def test_annexes_stand_below_the_end() -> None:
    end = "<p>附件：1.名单</p><p>2.方案</p><p>县水利局</p><p>2026年3月12日</p>"
    table = "<table><tr><td>甲</td></tr></table>"
    copies = "<p>抄送：县委。</p><p>县水利局 2026年3月12日印发</p>"
    plan = "<p>附件2</p><p>走访方案</p><p>一、甲</p><p>文</p><p>二、乙</p><p>文</p>"
    for first in ("<p>附件1</p><p>企业名单</p>", "<h2>附件1：企业名单</h2>", "<h2>附件1</h2><h3>企业名单</h3>"):
        found = arranged(f"<h1>题</h1><p>文。</p>{end}{first}{table}{plan}{copies}")
        assert found.closing
        assert [plain(one.inlines) for one in found.blocks if isinstance(one, Paragraph)] == ["文。"]
        assert [*map(plain, found.closing.attachments), plain(found.closing.signature)] == ["名单", "方案", "县水利局"]
        assert [
            (one.role if isinstance(one, Paragraph) else "", plain(getattr(one, "inlines", ())))
            for one in found.closing.annexes
        ] == [
            *(("annex", "附件1"), ("blank", ""), ("annex-title", "企业名单"), ("blank", ""), ("", "")),
            *(("annex", "附件2"), ("blank", ""), ("annex-title", "走访方案"), ("blank", "")),
            *(("", "一、甲"), ("", "文"), ("", "二、乙"), ("", "文")),
        ], first
        assert [plain(office) for office, _ in found.closing.copies] == ["抄送：县委。", "县水利局"]
    # Without an end above it, nothing says that it is one; nor does one without a text below it.
    assert closed("<p>文。</p><p>附件：甲表</p><p>附件：</p>")[0] == ["文。", "附件：甲表", "附件："]
    assert closed("<p>附件：甲表</p>")[0] == []
    assert closed(f"<p>文。</p><p>附件1</p>{table}")[0] == ["文。", "附件1"]


def test_the_day_of_an_entry_does_not_stand_twice() -> None:
    for line, wanted in {
        "2026年1月5日 星期一": [],
        "2026年1月5日 星期一 · 晴": ["（晴）"],
        "2026年1月4日 星期日": ["（2026年1月4日 星期日）"],
        "2026年1月5日": ["（2026年1月5日）"],
    }.items():
        found = arranged(
            f'<h1>题</h1><p class="dateline">{line}</p><p>文</p><p class="issued">2026年1月5日</p>'
        ).opening
        assert found
        assert [*map(plain, found.lines)] == wanted, line


def test_headings_that_were_typed_as_lines_are_headings_where_that_is_sure() -> None:
    def lines_of(*texts: str) -> str:
        return "".join(f"<p>{text}</p>" for text in texts)

    cases = {
        lines_of("一、总体情况", "文", "二、下一步打算", "文"): [(2, "一、总体情况"), (2, "二、下一步打算")],
        lines_of("一、甲", "（一）子", "文", "（二）丑", "文", "<b>二、乙</b>", "文"): [
            (2, "一、甲"),
            (3, "（一）子"),
            (3, "（二）丑"),
            (2, "二、乙"),
        ],
        "<h2>甲</h2>" + lines_of("（一）子", "文", "（二）丑", "文"): [(2, "甲"), (3, "（一）子"), (3, "（二）丑")],
        # A list, a sentence, a gap, one alone, and a last line without a text below it.
        lines_of("一、修路", "二、打井", "三、架桥", "文"): [],
        lines_of("一、路修好了。", "文", "二、井打好了。", "文"): [],
        lines_of("一、甲", "文", "三、乙", "文"): [],
        lines_of("一、甲", "文"): [],
        lines_of("一、甲", "文", "二、乙"): [],
        lines_of("一、甲。", "（一）子", "文", "（二）丑", "文", "二、乙", "文"): [],
        lines_of("一、甲<br>续", "文", "二、乙", "文"): [],
    }

    def found(html: str) -> list[tuple[int, str]]:
        return [(one.level, plain(one.inlines)) for one in arranged(html).blocks if isinstance(one, Heading)]

    assert {html: made for html, wanted in cases.items() if (made := found(html)) != wanted} == {}
    assert headings(lines_of("一、甲", "文", "二、乙", "文"), "en") == []
