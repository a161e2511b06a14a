"""What a writer typed in an official document: headings before their text, lists of names."""

from __future__ import annotations

from generator.render.documents.arrangement import official
from generator.render.documents.blocks import Block, Heading, Listing, Paragraph, Text
from generator.render.documents.parse import parse
from generator.render.documents.runs import plain


def test_what_stands_before_the_text_of_a_paragraph_with_a_number_is_a_heading() -> None:
    def run_in(*lines: str) -> list[tuple[str, int]]:
        blocks = official(parse("<h1>题</h1>" + "".join(f"<p>{line}</p>" for line in lines)), "zh-CN").blocks
        paragraphs = (one for one in blocks if isinstance(one, Paragraph))
        texts = (part for one in paragraphs for part in one.inlines if isinstance(part, Text))
        return [(part.text, part.style.heading) for part in texts if part.style.heading and not part.style.bold]

    both = run_in("一、甲事。详情。", "<b>二、乙事，丙事。</b>详情。", "文。")
    assert both == [("一、甲事。", 1), ("二、乙事，丙事。", 1)]
    assert run_in("（一）时间：今天", "（二）地点：此地") == [("（一）时间：", 2), ("（二）地点：", 2)]
    assert run_in("一、总则", "（一）甲事。文<sup>2</sup>。", "（二）乙事。<a href='a'>文</a>", "二、附则", "文。") == [
        ("（一）甲事。", 2),
        ("（二）乙事。", 2),
    ]
    mixed = ("一、时间：今天", "二、地点：此地", "三、参会人员", "各村书记。", "四、有关要求", "请提前到。")
    assert run_in(*mixed) == [("一、时间：", 1), ("二、地点：", 1)]
    blocks = official(parse("<h1>题</h1>" + "".join(f"<p>{line}</p>" for line in mixed)), "zh-CN").blocks
    assert [plain(one.inlines) for one in blocks if isinstance(one, Heading)] == ["三、参会人员", "四、有关要求"]
    for others in (
        # Nothing follows it, it is longer than a heading, or it is counted with nothing.
        ("一、甲事。", "二、乙事。"),
        ("（一）净水厂永久用地由县自然资源和规划局在五月底以前完成报批。逾期不候。", "（二）镇上负责兑付。"),
        ("一、甲事。详情。", "文。"),
        ("十一、十二月份。文。",),
        ("一、“甲。”详情", "二、“乙。”详情"),
        ("一、县里要求：", "二、镇里要求："),
        ("一、时间：今天", "三、参会人员", "各村书记。", "文。"),
        # Most others are none.
        ("一、同意设立。", "二、四至范围：东至石板河。", "三、你镇要加强领导。"),
    ):
        assert run_in(*others) == [], others


def test_no_space_stands_behind_bold_words_that_end_with_a_sign() -> None:
    html = "<p><b>（一）甲事。</b> 详情。</p><p><b>（二）乙事。</b> <i>详</i>情。</p>"
    html += "<ul><li><b>时间：</b> 今天 <b>三点</b> 半</li></ul>"
    first, second, third = official(parse(f"<h1>题</h1>{html}"), "zh-CN").blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert isinstance(third, Listing)
    (item,) = third.items[0].blocks
    assert isinstance(item, Paragraph)
    said = [plain(one.inlines) for one in (first, second, item)]
    assert said == ["（一）甲事。详情。", "（二）乙事。详情。", "时间：今天 三点 半"]


def test_lists_of_names_stand_in_columns() -> None:
    cases = {
        # What goes on with a line stands below what it goes on with.
        (
            "组　长：周正明　县长",
            "副组长：李向东　副县长",
            "方晓梅　副县长",
            "<b>成　员：</b>欧阳明德　水利局局长",
            "郑　爽　消防大队大队长、三级指挥长兼综合救援队队长",
        ): (
            "　　组　长：周正明　　县长",
            "　　副组长：李向东　　副县长",
            "　　　　　　方晓梅　　副县长",
            "　　成　员：欧阳明德　水利局局长",
            "　　　　　　郑　爽　　消防大队大队长、三级指挥长兼综合救／　　　　　　　　　　　援队队长",
        ),
        ("组长：周正明　县长", "副组长：李向东　副县长"): ("　　组　长：周正明　县长", "　　副组长：李向东　副县长"),
        ("出席：县政府办公室、县发展和改革局、县财政局、县自然资源局", "列席：王强　县税务局", "赵军　气象局"): (
            "　　出席：县政府办公室、县发展和改革局、县财政局、县自然／　　　　　资源局",
            "　　列席：王强　县税务局",
            "　　　　　赵军　气象局",
        ),
        (
            "组　长：周正明　县长",
            "副组长：李向东　副县长",
            "成　员：各乡镇党委书记，县水利局、县财政局、县教育局负责人",
        ): (
            "　　组　长：周正明　县长",
            "　　副组长：李向东　副县长",
            "　　成　员：各乡镇党委书记，县水利局、县财政局、县教育局／　　　　　　负责人",
        ),
        ("联系人：张三　电话：0577", "李四　电话：0577"): (
            "　　联系人：张三　电话：0577",
            "　　　　　　李四　电话：0577",
        ),
        ("张　伟　　李　娜　　王　强", "欧阳静怡　　钱多多"): (
            "　　张　伟　　　李　娜　　王　强",
            "　　欧阳静怡　　钱多多",
        ),
        # Too wide for the indent.
        (
            "石板村：张　伟（县水利局）　　云头村：李　娜（县财政局）",
            "大坪村：王　强（县税务局）　　河口村：周全（县工会）",
        ): (
            "石板村：张　伟（县水利局）　　云头村：李　娜（县财政局）",
            "大坪村：王　强（县税务局）　　河口村：周全（县工会）",
        ),
        ("李向东　县长<br>周全　书记",): ("　　李向东　县长", "　　周全　　书记"),
        # Names that have no room in a line: none is torn, and further lines stand below the first.
        (
            "出席：赵立新　孙国强　<b>欧阳明德</b>　李　敏　周海燕　吴　迪",
            "列席：王建国（县水利局）　刘　洋",
            "记录：冯　雪",
        ): (
            "　　出席：赵立新　孙国强　欧阳明德　李　敏　周海燕",
            "　　　　　吴　迪",
            "　　列席：王建国（县水利局）　刘　洋",
            "　　记录：冯　雪",
        ),
        ("参加人员：赵立新　孙国强　李　敏　周海燕　吴　迪　郑　凯　冯　雪",): (
            "　　参加人员：赵立新　孙国强　李　敏　周海燕　吴　迪",
            "　　　　　　　郑　凯　冯　雪",
        ),
        ("出　席：赵立新　孙国强　李　敏　周海燕　吴　迪　冯　雪", "褚卫国　蒋　沈"): (
            "　　出　席：赵立新　孙国强　李　敏　周海燕　吴　迪",
            "　　　　　　冯　雪　褚卫国　蒋　沈",
        ),
        ("出席：赵立新、孙国强、欧阳明德、李　敏、周海燕、吴　迪、郑　凯",): (
            "　　出席：赵立新、孙国强、欧阳明德、李　敏、周海燕、",
            "　　　　　吴　迪、郑　凯",
        ),
        # Beside other facts of a meeting.
        ("时间：2026年3月4日", "参加人员：赵立新　孙国强　李　敏　周海燕　吴　迪　郑　凯　冯　雪"): (
            "　　时　　间：2026年3月4日",
            "　　参加人员：赵立新　孙国强　李　敏　周海燕　吴　迪",
            "　　　　　　　郑　凯　冯　雪",
        ),
        ("时　间：2026年3月4日", "参会人员：赵立新、李　敏、诸葛文静、周　密、吴　迪、郑　凯"): (
            "　　时　　间：2026年3月4日",
            "　　参会人员：赵立新、李　敏、诸葛文静、周　密、吴　迪、",
            "　　　　　　　郑　凯",
        ),
        ("出席：赵立新、李敏、诸葛文静、周密、吴迪、郑凯、冯雪。", "列席：卫平"): (
            "　　出席：赵立新、李敏、诸葛文静、周密、吴迪、郑凯、",
            "　　　　　冯雪。",
            "　　列席：卫平",
        ),
        # One of them is longer than most names.
        ("丁　一（女）　　万里云（彝族）　　王　芳", "王建国　　李红兵（女）　　卢　伟（苗族）"): (
            "　　丁　一（女）　　万里云（彝族）　　王　芳",
            "　　王建国　　　　　李红兵（女）　　　卢　伟（苗族）",
        ),
        # Each would be alone on a line.
        ("召集人：王建国（石河镇党委书记）、卢　伟（石河镇镇长）、叶红梅（石河镇人大主席）",): (
            "　　召集人：王建国（石河镇党委书记）、卢　伟（石河镇镇长／　　　　　　）、叶红梅（石河镇人大主席）",
        ),
        # A label that is longer than others are spread to.
        ("参会单位及人员：县水利局李敏、县财政局卫平、县城管局李想。", "缺席：无"): (
            "　　参会单位及人员：县水利局李敏、县财政局卫平、县城管局／　　　　　　　　　　李想。",
            "　　缺席：无",
        ),
        ("赵立新　孙国强　欧阳明德　李　敏　周海燕　吴　迪　郑　凯",): (
            "　　赵立新　孙国强　欧阳明德　李　敏　周海燕　吴　迪",
            "　　郑　凯",
        ),
    }
    for lines, wanted in cases.items():
        blocks = official(parse("<h1>题</h1><p>文。</p>" + "".join(f"<p>{line}</p>" for line in lines)), "zh-CN").blocks
        assert tuple(map(_drawn, blocks[1:])) == wanted
    for others in (
        ("时间：2026年3月1日　星期日", "地点：县政府三楼　第二会议室"),
        ("出席：赵立新", "议题一：审议办法", "议题二：审议规划"),
        ("联系人：张三", "电话：0577"),
        ("出席：赵立新　孙国强　李　敏",),
        ("出席：赵立新、孙国强、李敏", "列席：卫平"),
        ("主要任务：修路、修桥、通水、通电、修路、修桥、通水、通电、修路、修桥",),
        ("地点：县政府办公大楼三楼东侧　综合会议厅旁边的接待室和候会区域",),
        ("周正明　县长到村里。", "李向东　县长到镇上。"),
    ):
        blocks = official(
            parse("<h1>题</h1><p>文。</p>" + "".join(f"<p>{line}</p>" for line in others)), "zh-CN"
        ).blocks
        assert [plain(one.inlines) for one in blocks[1:] if isinstance(one, Paragraph) and not one.role] == [*others]


def _drawn(block: Block) -> str:
    """A line of a list as it stands on paper, with its indent."""
    assert isinstance(block, Paragraph)
    assert block.role == "roster"
    text, (first, rest) = plain(block.inlines), map(int, block.indents)
    most = 28 - first
    return "　" * first + text[:most] + (f"／{'　' * rest}{text[most:]}" if text[most:] else "")


def test_numbered_lists_are_paragraphs_with_the_numbers_of_the_form() -> None:
    inner = "<ol start='2'><li>丙<ol><li>丁</li></ol></li></ol>"
    html = f"<ol><li><p>甲</p><p>文</p></li><li>乙{inner}</li></ol><ul><li>戊<ol><li>己</li></ol></li></ul><ol></ol>"
    blocks = official(parse(f"<h1>题</h1><p>文。</p>{html}"), "zh-CN").blocks
    said = [plain(one.inlines) for one in blocks if isinstance(one, Paragraph)]
    assert said == ["文。", "1.甲", "文", "2.乙", "（2）丙", "①丁"]
    # Elsewhere, the number stands before what follows it.
    assert [one.start for one in blocks if isinstance(one, Listing)] == [None]
    assert any(isinstance(one, Listing) for one in official(parse(f"<h1>A</h1><p>A.</p>{inner}"), "en").blocks)


def test_in_a_document_of_several_texts_they_are_a_level_lower() -> None:
    html = (
        "<h1>选编</h1><h2>甲</h2><p>一、乙事。详情。</p><p>（一）子事。详情。</p><p>（二）丑事。详情。</p>"
        "<p>二、丙事。详情。</p><p class='compiled'>2026年3月2日</p>"
    )
    blocks = official(parse(html), "zh-CN").blocks
    texts = (part for one in blocks if isinstance(one, Paragraph) for part in one.inlines if isinstance(part, Text))
    assert [(one.text, one.style.heading) for one in texts if one.style.heading] == [
        ("一、乙事。", 2),
        ("二、丙事。", 2),
    ]
