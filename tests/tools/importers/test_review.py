"""Reviews of manuscripts made by hand: figures, soft breaks, tables, notes, and answers that change them."""

from __future__ import annotations

import json
import random

import pytest

from generator.ground.errors import Fault
from generator.render.documents import commonmark
from generator.render.documents.blocks import (
    Break,
    Cell,
    Footnote,
    Footnotes,
    Heading,
    Item,
    Listing,
    Paragraph,
    Reference,
    Table,
    Text,
)
from generator.tools.importers import persons
from generator.tools.importers.answers import Answers, answered
from generator.tools.importers.drafts import planned
from generator.tools.importers.read import read_bytes
from generator.tools.importers.review_json import as_json
from generator.tools.importers.texts_of import text_of
from tests.tools.importers import feature
from tests.tools.importers.manuscripts import DAY, EMPTY, made, p, reviewed, texts


def test_a_day_of_the_moon_alone_is_asked_about() -> None:
    found = made("2021年驻村日记", "正月初六 小雪", "去了村里。", "正月初八 晴", "开会。")
    questions = {one.id: one for one in reviewed(found).questions if one.kind == "cut"}
    assert questions
    cuts = {f"cut:{at}": "yes" for at in (1, 3)}
    days = [one for one in reviewed(found, cuts).questions if one.kind == "date"]
    assert [one.options for one in days] == [("2021-02-17",), ("2021-02-19",)]


def test_a_note_of_a_date_line_or_a_title_is_kept() -> None:
    notes = Footnotes((Footnote("1", (p("注一"),)), Footnote("2", (p("注二"),))))
    title = Paragraph((Text("驻村日记"), Reference("2", "*")))
    long = "工作组到村里走访了几户群众，回来很晚。"
    found = made(title, Paragraph((Text(DAY), Reference("1", "*"))), long, long, notes)
    review_of = reviewed(found)
    assert [one.title for one in review_of.entries] == [long[:-1]]
    noted = made(title, Paragraph((Text(DAY), Reference("1", "*"))), notes, long, long)
    assert [one.title for one in reviewed(noted).entries] == [long[:-1]]
    assert texts(found)[0].startswith(f"{DAY}[^1]\n\n{long}\n\n{long}\n\n[^1]: 注一")
    assert ("a note to which nothing refers", "注二") in [(str(one.kind), one.text) for one in review_of.left_out]


def test_of_the_lines_above_the_first_day_only_the_title_is_one() -> None:
    cases: dict[tuple[str, ...], tuple[str, list[str]]] = {
        ("驻村日记", "驻村第一书记 某某某"): ("驻村日记", ["驻村第一书记 某某某"]),
        ("某某网", "驻村日记", "2020年3月23日 某某网"): ("驻村日记", ["某某网", "2020年3月23日 某某网"]),
        ("驻村日记", "2020年3月"): ("", []),
        ("驻村日记",): ("", []),
    }
    for lines, wanted in cases.items():
        found = made(*lines, DAY, "甲。", "2020年3月6日 晴", "乙。")
        shown = reviewed(found)
        assert (shown.lead_title, [text_of((one,)) for one in shown.lead]) == wanted, lines
        assert [one.text for one in shown.left_out] == ([] if wanted[0] else [*lines]), lines
        assert texts(found)[2:] == ["\n\n".join(wanted[1])][: bool(wanted[1])], lines


def test_a_title_is_made_of_prose_and_never_of_a_table() -> None:
    rows = tuple((Cell((p(one),)), Cell((p("1"),))) for one in ("户", "甲"))
    found = reviewed(made(DAY, Table(rows[:1], rows[1:]), "看了两户人家。"))
    assert [one.title for one in found.entries] == ["看了两户人家"]
    assert [one.title for one in reviewed(made(DAY, Table(rows[:1], rows[1:]))).entries] == [DAY]
    points = made(DAY, "（一）走访农户", "（二）开会")
    assert [one.title for one in reviewed(points).entries] == ["走访农户"]
    assert texts(points) == ["（一）走访农户\n\n（二）开会"]


def test_soft_breaks_tables_and_frames_are_cut_at_their_days() -> None:
    lines = [one for one in feature.LINES if not one.startswith("图为")]
    soft = Paragraph(tuple(part for line in lines for part in (Text(line), Break()))[:-1])
    frame = Table((), tuple((Cell((p(line),)),) for line in lines))
    for shape in (soft, frame):
        found = reviewed(made(shape))
        assert tuple(one.span.iso() if one.span else "" for one in found.entries) == feature.SPANS
        assert found.lead_title == feature.TITLE
    rows = [("2020年3月5日", "走访。"), ("3月6日", "开会。")]
    head = (Cell((p("日期"),)), Cell((p("工作内容"),)))
    diary = Table((head,), tuple((Cell((p(day),)), Cell((p(text),))) for day, text in rows))
    assert texts(made(diary)) == ["走访。", "开会。"]
    assert [one.text for one in reviewed(made(diary)).left_out] == ["日期 工作内容"]


def test_headings_and_notes_go_where_they_belong() -> None:
    found = made(
        Heading(1, (Text("第一篇"),)),
        "2020年3月5日 星期四",
        "甲",
        Heading(3, (Text("一、情况"),)),
        "甲二。",
        Heading(1, (Text("第二篇"),)),
        "2020年3月6日 星期五",
        Paragraph((Text("乙"), Reference("n1", "[1]"))),
        Footnotes((Footnote("n1", (p("见文件。"),)),)),
    )
    assert [one.title for one in reviewed(found).entries] == ["第一篇", "第二篇"]
    assert texts(found) == ["甲\n\n## 一、情况\n\n甲二。", "乙[^1]\n\n[^1]: 见文件。"]


def test_answers_join_split_and_date() -> None:
    found = made(DAY, "甲。", "2020年3月6日 晴", "乙。", "丙。")
    assert [one.pieces for one in reviewed(found).entries] == [(0, 1), (2, 3, 4)]
    assert [one.pieces for one in reviewed(found, answered({}, "cut:2", "no")).entries] == [(0, 1, 2, 3, 4)]
    assert texts(found, answered({}, "cut:2", "no")) == ["甲。\n\n2020年3月6日 晴\n\n乙。\n\n丙。"]
    apart = reviewed(found, answered({}, "cut:4", "yes"))
    assert [one.start for one in apart.entries] == [0, 2, 4]
    assert not apart.is_ready
    ready = reviewed(found, answered(answered({}, "cut:4", "yes"), "date:4", "2020年3月7日"))
    assert ready.is_ready
    assert [one.span.iso() for one in ready.entries if one.span] == ["2020-03-05", "2020-03-06", "2020-03-07"]
    shown = json.loads(json.dumps(as_json(ready, "zh"), ensure_ascii=False))
    assert shown["answers"] == {"cut:4": "yes", "date:4": "2020-03-07"}
    for year in ("２０２０", "2020年", " ２０２０年 "):
        assert answered({}, "year", year) == {"year": "2020"}, year
    refused = (
        ("year", "20"),
        ("year", "20年"),
        ("date:0", "2月30日"),
        ("name:甲", "friend"),
        ("cut:1", "maybe"),
        ("x:1", "y"),
    )
    for question, answer in refused:
        with pytest.raises(Fault):
            answered({}, question, answer)


def test_what_a_private_person_is_called_by_the_given_name_is_asked_about_and_replaced() -> None:
    found = made(DAY, "走访困难户谭秀英，她丈夫患病。", "秀英嫂子做了豆腐，秀英家里有三口人，谭秀英嫂子也来了。")
    assert [one.id for one in reviewed(found).questions] == ["name:谭秀英"]
    answers = {"name:谭秀英": "private"}
    asked = reviewed(found, answers)
    assert [one.id for one in asked.questions if not one.answer] == ["name:秀英嫂子"]
    familiar = {"name:秀英嫂子": "private"}
    for both in (answers | familiar, familiar | answers):
        plan = planned(reviewed(found, both), found, EMPTY, "en").value
        assert plan is not None
        assert [(one.name, one.pseudonym) for one in plan.people] == [("谭秀英", "谭某"), ("秀英嫂子", "谭某嫂子")]
        (body,) = (text.decode() for text in plan.entries.values())
        assert "谭某嫂子做了豆腐，秀英家里有三口人，谭某嫂子也来了" in body


def test_a_title_is_no_caption_and_no_hour_and_holds_no_tab() -> None:
    night = "凌晨两点，9号楼王阿姨突发胸痛，联系120转运，大家都没有睡。"
    for lines, title in {
        ("（图1）", night): "凌晨两点，9号楼王阿姨突发胸痛，联系120转运…",
        ("排涝\t泵2台", "甲。乙，丙。"): "排涝 泵2台",
    }.items():
        assert [one.title for one in reviewed(made(DAY, *lines)).entries] == [title]


def test_targets_are_offered_with_their_whole_names() -> None:
    for text, wanted in {
        "走访烟台泰和新材料股份有限公司。": ["烟台泰和新材料股份有限公司"],
        "到红旗公司和泰丰机械有限公司调研。": ["泰丰机械有限公司"],
        "又去了华荣机电有限公司、金域河畔等社区。": ["华荣机电有限公司"],
        "单位：鑫达食品\n诉求：冷库用电价格高\n问题：无": ["鑫达食品", "冷库用电价格高"],
    }.items():
        assert [one.text for one in persons.offers(text, {})] == wanted, text
    assert [*persons.offers("单位：鑫达食品", {"鑫达食品": "xinda"})] == []


def test_a_pseudonym_keeps_the_whole_surname() -> None:
    said = {"欧阳春花": "欧阳某", "欧阳明": "欧阳某某", "李秀芬": "李某", "诸葛": "诸某", "Anna": "A."}
    taken: list[str] = []
    for name, wanted in said.items():
        taken.append(persons.pseudonym(name, taken))
        assert taken[-1] == wanted, name


def test_who_stands_in_a_list_before_a_name_is_asked_about_as_well() -> None:
    for line, wanted in {
        "志愿者：王建国、李淑芬、陈伟。": ["王建国", "李淑芬", "陈伟"],
        "带了鸡蛋、李淑芬来了。": ["李淑芬"],
    }.items():
        assert [one.source for one in reviewed(made(DAY, line)).questions] == wanted, line


def test_a_day_without_its_year_is_of_that_of_the_days_around_it() -> None:
    found = made("2020年12月30日 晴", "甲。", "乙。", "2021年1月2日 晴", "丙。")
    for said, wanted in {"12月31日": "2020-12-31", "1月1号": "2021-01-01"}.items():
        ready = reviewed(found, answered({}, "cut:2", said))
        days = [one.span.iso() for one in ready.entries if one.span]
        assert days == ["2020-12-30", wanted, "2021-01-02"], said
        assert ready.is_ready
    # One answer is stored once, and taken back at once.
    answers = answered({}, "cut:2", "12月31日")
    assert answers == {"cut:2": "12月31日"}
    assert answered({}, "cut:2", "2020年12月31日") == {"cut:2": "2020-12-31"}
    assert answered(answers, "cut:2", "") == {}
    # A title above the day changes nothing.
    titled = made(
        "# 一", Heading(1, (Text("甲"),)), "2020年3月5日 星期五", "乙。", Heading(1, (Text("丙"),)), "3月6日", "丁。"
    )
    assert [one.span.iso() for one in reviewed(titled, answered({}, "cut:5", "3月7日")).entries if one.span] == [
        "2020-03-05", "2020-03-07",
    ]  # fmt: skip
    # The weekday is wrong: the day is another one of the same year.
    weekday = made("2020年3月5日 星期五", "甲。")
    assert [one.span.iso() for one in reviewed(weekday, answered({}, "date:0", "3月6日")).entries if one.span] == [
        "2020-03-06"
    ]


def test_of_a_day_without_its_year_the_year_is_asked_for_where_nothing_says_it() -> None:
    found = made("开会。", "走访。")
    (asked,) = reviewed(found, answered({}, "date:0", "3月6日")).questions
    assert (asked.id, asked.answer, asked.is_needed) == ("date:0", "", True)
    assert str(asked.text) == "you said 3月6日, and nothing says of which year"
    assert reviewed(found, answered(answered({}, "date:0", "3月6日"), "year", "2020")).is_ready
    over = made("2019年12月30日 晴", "甲。", "乙。", "2020年1月2日 晴", "丙。")
    (asked,) = reviewed(over, answered({}, "cut:2", "6月1日")).questions
    assert asked.options == ("2019-06-01", "2020-06-01")


def test_sentences_with_days_are_offered_and_cut_only_when_told() -> None:
    found = made("9月23日，我们到村里去。", "回来很晚。", "9月24日，我们又去了。")
    assert [one.id for one in reviewed(found).questions if one.kind == "cut"] == ["cut:0", "cut:2"]
    answers = answered(answered(answered({}, "cut:0", "yes"), "cut:2", "yes"), "year", "2019")
    assert texts(found, answers) == ["9月23日，我们到村里去。\n\n回来很晚。", "9月24日，我们又去了。"]


def test_a_draft_that_drops_a_piece_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(DAY, "甲。", "乙。")
    real = commonmark.of_blocks
    monkeypatch.setattr(commonmark, "of_blocks", lambda blocks, address: real(blocks[:-1], address=address))
    checked = planned(reviewed(found), found, EMPTY, "en")
    assert checked.value is None
    fact = str(checked.problems[0].message)
    assert fact == "these characters would be lost, so nothing was written: 。乙"


LINES = [
    "驻村日记", "秋收", "小林", "驻村工作队", "四月", "【篇二】", "***", "2022年", "（一）", "9:00", "甲做了许多事情。",
    "2021年3月1日", "2021年3月2日 星期二 晴", "3月3日", "3月4日，我们到村里去。", "小林 2021年3月5日", "1月2日",
    "① 2021年3月7日 开会", "星期五 晴", "地点：村部 记录人：小林", "20.3.5 版本", "正月廿三", "2021年3月9日 08:30",
]  # fmt: skip


def test_whatever_the_order_of_the_lines_nothing_is_lost_and_nothing_stands_twice() -> None:
    chosen = random.Random(17)
    for _ in range(25):
        found = made(*chosen.choices(LINES, k=chosen.randint(1, 14)))
        answers: Answers = {"days": chosen.choice(["above", "below"]), "titles": chosen.choice(["yes", "no"])}
        while needed := [one for one in reviewed(found, answers).questions if one.is_needed and not one.answer]:
            day = "2021" if needed[0].kind == "year" else "2021-05-05"
            answers = {**answers, needed[0].id: next(iter(needed[0].options), day)}
        entries = reviewed(found, answers).entries
        pieces = [at for one in entries for at in one.pieces]
        assert len(pieces) == len(set(pieces)), found
        assert planned(reviewed(found, answers), found, EMPTY, "en").value is not None, (found, answers)


def test_what_looks_like_markdown_stays_text() -> None:
    traps = ["2020. 不是列表", "1) 不是", "- 不是", "# 不是", "> 不是", "*星*_线_`码`", "[^1]: 不是", "<b>不是</b>"]
    traps += [
        "|a|b|",
        "~~不~~",
        "***",
        "a\\b &amp; c",
        ":::{note} 不是",
        "{target}`x`",
        "    缩进",
        "http://a.b",
        "---",
    ]
    assert len(texts(made(DAY, *traps))) == 1


def test_the_count_of_days_is_held_against_the_others() -> None:
    found = made("2020年3月5日 第1天", "甲。", "2020年3月6日 第2天", "乙。", "2020年3月8日 第3天", "丙。")
    doubts = [one for one in reviewed(found).questions if one.kind == "weekday"]
    assert [(one.id, one.options) for one in doubts] == [("date:4", ("2020-03-08", "2020-03-07"))]


def test_a_name_is_asked_about_with_its_sentence() -> None:
    far = "，又走了很远的路" * 9
    cases = {
        "先开会。到困难户李秀芬家里去了！又开会。": "到困难户李秀芬家里去了！",
        f"一早出门{far}，到困难户李秀芬家{far}。": f"…{far[-35:]}，到困难户李秀芬家{far[:39]}…",
    }
    for text, wanted in cases.items():
        (asked,) = (one for one in reviewed(made(DAY, text)).questions if one.kind == "name")
        assert (asked.source, asked.quote) == ("李秀芬", wanted)


def test_names_are_asked_about_where_a_build_notices_them_and_elsewhere_where_they_are_sure() -> None:
    cases = {
        "上午到红星村了解春耕情况，察看麦苗长势。雷阵雨。": [],
        "与富士康负责人座谈，富士康反映缺熔喷布，间位芳纶项目开工。": [],
        "困难户解春耕家的地没人种。": ["解春耕"],
        "村民车月红来了。路上遇到单小利，她说水渠漏水。": ["车月红", "单小利"],
        "慰问名单：\n\n岳大有\n\n闫大有": ["岳大有", "闫大有"],
    }
    wrong = {}
    for text, wanted in cases.items():
        asked = [one.source for one in reviewed(made(DAY, *text.split("\n\n"))).questions if one.kind == "name"]
        if asked != wanted:
            wrong[text] = asked
    assert wrong == {}


def test_front_matter_and_names_of_files_say_title_and_day() -> None:
    yaml = (
        '---\nlayout: post\ntitle: "七一走访: 老党员"\ndate: 2021-07-01 23:20:00 +0800\ntags: [走访]\n---\n走访三户。\n'
    )
    toml = '+++\ntitle = "七一走访"\ndate = 2021-07-01T10:20:00+08:00\ndraft = true\n+++\n\n走访三户。\n'
    days = "---\ntitle: 七月\ndate: 2021-07-31\n---\n## 7月1日 周四\n\n走访。\n\n## 7月2日 周五\n\n开会。\n"
    cases = {
        ("2020-01-01-a.md", yaml): (["2021-07-01 七一走访: 老党员"], ["layout: post\ntags: [走访]"]),
        ("a.md", toml): (["2021-07-01 七一走访"], ["draft = true"]),
        ("a.md", days): (["2021-07-01 走访", "2021-07-02 开会"], ["七月", "2021-07-31"]),
        ("a.md", "---\ntitle: {a\n---\n走访三户。"): (["? 走访三户"], ["title: {a"]),
        ("2021-07-01-hello.md", "走访三户。"): (["2021-07-01 走访三户"], []),
        ("20210510走访.txt", "走访三户。"): (["2021-05-10 走访三户"], []),
        ("2021年5月10日至20日.txt", "走访三户。"): (["2021-05-10/2021-05-20 走访三户"], []),
        ("20211228-0102.txt", "走访三户。"): (["2021-12-28/2022-01-02 走访三户"], []),
        ("2021.5.10-5.20周报.txt", "走访三户。"): (["2021-05-10/2021-05-20 走访三户"], []),
        ("20210510-20.txt", "走访三户。"): (["? 走访三户"], []),
        ("20210510-1030.txt", "走访三户。"): (["? 走访三户"], []),
        ("2021-05-10 中国发展网.txt", "走访三户。"): (["? 走访三户"], []),
        ("5月10日-20日.txt", "2021年驻村日记\n走访三户。"): (["2021-05-10/2021-05-20 2021年驻村日记"], []),
        ("2021-05-10.txt", "5月8日，我们到了村里。\n5月9日，走访三户。"): (["? 5月8日，我们到了村里"], []),
        ("5月10日.txt", "走访三户。"): (["? 走访三户"], []),
    }
    wrong = {}
    for (name, text), wanted in cases.items():
        found = read_bytes(name, "", text.encode()).value
        assert found, name
        shown = reviewed(found)
        entries = [f"{one.span.iso() if one.span else '?'} {one.title}" for one in shown.entries]
        if (entries, [one.text for one in shown.left_out]) != wanted:
            wrong[name] = (entries, shown.left_out)
        assert not shown.is_ready or planned(shown, found, EMPTY, "en").value, name
    assert wrong == {}


def test_numbers_of_lists_stay_as_they_are_written() -> None:
    cases = {
        "1. 一\n2. 二\n\n2020. 不是列表": "1. 一\n2. 二\n\n2020\\. 不是列表",
        "1. 一\n2. 二\n4. 四\n5. 五": "1. 一\n2. 二\n\n4\\. 四\n\n5. 五",
        "1. 一\n1. 二\n1. 三": "1. 一\n2. 二\n3. 三",
        "```\n1. 一\n5. 五\n```": "```\n1. 一\n5. 五\n```",
        "1) 一\n   - 甲\n2) 二": "1. 一\n   - 甲\n2. 二",
        "感谢!": "感谢!",
        "感谢![网站](http://a.example/)": "感谢![网站](-1)",
        "感谢\\![网站](http://a.example/)": "感谢\\![网站](http://a.example/)",
        "**感谢!** 再见!": "**感谢!** 再见!",
    }
    wrong = {}
    for text, wanted in cases.items():
        found = read_bytes("2021-07-01.md", "", text.encode()).value
        assert found, text
        (written,) = texts(found)
        if written != wanted and "](-1)" not in wanted:
            wrong[text] = written
    assert wrong == {}


def test_what_wechat_writes_around_an_article_is_left_out_and_listed() -> None:
    own = ["预览时标签不可点", "微信扫一扫关注该公众号", "阅读 1024 在看 10", "分享 收藏 点赞 在看", "阅读原文"]
    text = ["5月17日 星期一 晴", "阅读了文件。", "分享经验。", "点赞", "微信扫一扫，就能缴费。"]
    page = (
        "<title>手记</title><div><h1>手记</h1><div id=js_content style='visibility: hidden'>"
        f"{''.join(f'<p>{line}' for line in text)}</div><div>某某发布</div></div>"
        f"{''.join(f'<p>{line}' for line in own)}"
    )
    for name, body in (("2021年.txt", "\n".join([*text, *own])), ("2021年.html", page)):
        found = read_bytes(name, "", body.encode()).value
        assert found, name
        shown = reviewed(found)
        assert text_of(shown.entries[0].blocks).split("\n") == text[1:], name
        left = [one.text for one in shown.left_out if "WeChat" in str(one.kind)]
        assert [line for line in left if line != "某某发布"] == [" ".join(line.split()) for line in own], (name, left)
        assert planned(shown, found, EMPTY, "en").value, name


def test_days_that_word_numbers_are_days() -> None:
    def item(text: str, number: int) -> Listing:
        return Listing((Item((p(text),)),), number, is_tight=True)

    found = made(item("2021年3月1日 开会", 1), "甲。", item("3月2日 走访", 2), "乙。")
    days = [f"{one.span.iso() if one.span else '?'} {one.title}" for one in reviewed(found).entries]
    assert days == ["2021-03-01 开会", "2021-03-02 走访"]
    assert texts(found) == ["甲。", "乙。"]
    plan = made(DAY, "安排：", item("3月8日 开会", 1), "再说：", item("3月9日 走访", 1))
    assert len(reviewed(plan).entries) == 1
