"""Pictures and the lines around them: captions, those that are offered, and pictures that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from generator.render.documents.blocks import (
    Block,
    Break,
    Cell,
    Figure,
    Heading,
    Item,
    Listing,
    Paragraph,
    Table,
    Text,
)
from generator.tools.importers import manuscript
from generator.tools.importers.answers import answered
from generator.tools.importers.drafts import planned
from tests.space import PNG
from tests.tools.importers.manuscripts import DAY, EMPTY, PICTURE, made, p, picture, reviewed, texts


def test_a_line_below_a_picture_is_its_caption_once() -> None:
    figure = '![图为座谈](2020-03-05-1.png "图为座谈")'
    credit = "3月5日，在驻地，大家开会。某某 摄"
    shown = Paragraph((picture(),))
    cases: list[tuple[tuple[Block | str, ...], str]] = [
        ((shown, "图为座谈"), figure),
        ((shown, "图为座谈", "图为座谈"), figure),
        ((Paragraph((picture("图为座谈"),)), "图为座谈"), figure),
        ((Figure((picture("图为座谈"),), (p("图为座谈"),)), "图为座谈"), figure),
        ((Paragraph((picture(), Break(), Text("图为座谈"))),), figure),
        ((shown, "（帐篷）"), '![（帐篷）](2020-03-05-1.png "（帐篷）")'),
        ((shown, credit), f'![{credit}](2020-03-05-1.png "{credit}")'),
        ((shown, "（责任编辑：金雪）"), "![](2020-03-05-1.png)\n\n（责任编辑：金雪）"),
        ((shown, "大家都很累。"), "![](2020-03-05-1.png)\n\n大家都很累。"),
    ]
    wrong = [
        (blocks, body)
        for blocks, wanted in cases
        if (body := texts(made(DAY, "甲。", *blocks, a=PICTURE))) != [f"甲。\n\n{wanted}"]
    ]
    assert wrong == []
    twice = reviewed(made(DAY, shown, "图为座谈", "图为座谈", a=PICTURE))
    assert [(str(one.kind), one.text) for one in twice.left_out] == [("a caption that stands twice", "图为座谈")]


def test_an_unmarked_line_between_pictures_is_offered_as_caption() -> None:
    shown = Paragraph((picture(),))
    found = made(DAY, shown, "晒太阳", shown, a=PICTURE)
    assert [one.id for one in reviewed(found).questions] == ["caption:2"]
    assert texts(found) == ["![](2020-03-05-1.png)\n\n晒太阳\n\n![](2020-03-05-1.png)"]
    assert texts(found, answered({}, "caption:2", "yes"))[0].startswith('![晒太阳](2020-03-05-1.png "晒太阳")')


def test_captions_before_their_pictures_or_together_are_offered_and_not_moved() -> None:
    one, two = Paragraph((picture(src="a"),)), Paragraph((picture(src="b"),))
    first, second = "图为座谈会", "图2 走访农户"
    below, of_picture = (
        "is this the caption of the picture below it?",
        "is this the caption of picture {n} of this text?",
    )
    layouts: dict[str, tuple[tuple[Block | str, ...], list[str]]] = {
        "before each": ((first, one, second, two), [below, below]),
        "before each, with text between": ((first, one, "甲。", second, two), [below, below]),
        "below, as it says": ((one, "甲。", "下图：走访农户", two), [below]),
        "together behind": ((one, "甲。", two, "乙。", first, second), [of_picture, of_picture]),
        "together before": ((first, second, "甲。", one, "乙。", two), [of_picture, of_picture]),
        "one too many": ((one, "甲。", first, second), []),
        "behind each": ((one, first, two, second), []),
    }
    for name, (blocks, wanted) in layouts.items():
        found = made(DAY, "村里。", *blocks, a=PICTURE, b=PICTURE)
        asked = [question for question in reviewed(found).questions if question.kind == "caption"]
        assert [question.text.template for question in asked] == wanted, name
        if not wanted:
            continue
        (before,) = texts(found)
        # Nothing is moved: the drafts say the same in the order of the source.
        lines = [line for line in before.split("\n\n") if not line.startswith("![")]
        assert lines == ["村里。", *(block for block in blocks if isinstance(block, str))], name
        (after,) = texts(found, {question.id: "yes" for question in asked})
        captions = [question.source for question in asked]
        assert [after.count(f'"{caption}")') for caption in captions] == [1] * len(captions), (name, after)
        assert [line for line in after.split("\n\n") if line in captions] == [], name
        assert after.index(captions[0]) < after.index(captions[-1]) or len(captions) == 1, name


def test_a_picture_that_is_missing_is_named_and_its_caption_kept() -> None:
    gap = manuscript.Picture(name="https://example.org/1.jpg", body=None, ending="")
    damaged = manuscript.Picture(name="image2.emf", body=b"x", ending=".emf")
    found = made(DAY, Paragraph((picture(),)), "图为座谈", Paragraph((picture(src="b"),)), a=gap, b=damaged)
    plan = planned(reviewed(found), found, EMPTY, "en").value
    assert plan is not None
    assert plan.gaps == ("https://example.org/1.jpg", "image2.emf")
    assert b"# a picture is missing: image2.emf\n" in next(iter(plan.entries.values()))
    assert texts(found) == ["图为座谈"]


def test_a_caption_of_two_pictures_goes_with_both() -> None:
    one, two = Paragraph((picture(src="a"),)), Paragraph((picture(src="b"),))
    line = "左图为会场，右图为走访。"
    both = f"![左图为会场](2020-03-05-1.png)![右图为走访](2020-03-05-2.png)\n\n{line}"
    assert texts(made(DAY, "甲。", one, two, line, "乙。", a=PICTURE, b=PICTURE)) == [f"甲。\n\n{both}\n\n乙。"]
    third = manuscript.Picture(name="c.png", body=PNG, ending=".png")
    three = (Paragraph((picture(src="c"),)), one, two)
    (body,) = texts(made(DAY, "甲。", *three, line, a=PICTURE, b=PICTURE, c=third))
    assert body.startswith(
        "甲。\n\n![](2020-03-05-1.png)\n\n![左图为会场](2020-03-05-2.png)![右图为走访](2020-03-05-3.png)"
    )


def test_what_is_said_of_a_picture_that_is_missing_is_listed() -> None:
    gap = manuscript.Picture(name="z.jpg", body=None, ending="")
    shown = Paragraph((picture("闸口图", "b"),))
    found = made(DAY, "东闸。", Paragraph((Text("见"), picture("水位尺"), Text("。"))), shown, a=gap, b=PICTURE)
    kind = "what is said of a picture that is missing"
    assert [(str(one.kind), one.text) for one in reviewed(found).left_out] == [(kind, "水位尺")]
    assert texts(found) == ["东闸。\n\n见。\n\n![闸口图](2020-03-05-1.png)"]


@pytest.mark.parametrize("body", [PNG, None], ids=["there", "missing"])
def test_a_picture_in_the_line_of_a_day_stands_below_it(body: bytes | None) -> None:
    days = [(Text(day), picture()) for day in ("2020年3月5日 晴 ", "2020年3月6日 多云 闸口")]
    shown = replace(PICTURE, body=body)
    first, second = ("![](2020-03-05-1.png)\n\n", "![](2020-03-06-1.png)\n\n") if body else ("", "")
    wanted = [f"{first}检查。", f"{second}来人。"]
    for kind in (Paragraph, lambda line: Heading(2, line)):
        assert texts(made(kind(days[0]), "检查。", kind(days[1]), "来人。", a=shown)) == wanted
    broken = [Paragraph((*day, Break(), Text(text))) for day, text in zip(days, ("检查。", "来人。"), strict=True)]
    assert texts(made(*broken, a=shown)) == wanted
    items = [Item((Paragraph(day), p(text))) for day, text in zip(days, ("检查。", "来人。"), strict=True)]
    assert texts(made(Listing(tuple(items), None, is_tight=True), a=shown)) == wanted


def test_captions_below_a_row_of_pictures_go_to_those_that_they_number() -> None:
    third = replace(PICTURE, name="c.png")
    a, b, c = (Paragraph((picture(src=one),)) for one in "abc")
    both = Paragraph((picture(src="a"), picture(src="b")))
    first, second = "图1：手语舞", "图2：包饺子"
    of_picture = "is this the caption of picture {n} of this text?"
    above = "is this the caption of the picture above it?"
    rows: list[tuple[tuple[Block | str, ...], list[str], list[str]]] = [
        ((a, b, first, second), [first, second], []),
        ((a, b, first, first, second), [first, second], []),
        ((both, first, second), [first, second], []),
        ((a, b, second, first), [first, second], []),
        ((a, b, "图3 甲", "图4 乙"), ["图3 甲", "图4 乙"], []),
        ((a, b, "图2-3 甲", "图2-4 乙"), ["图2-3 甲", "图2-4 乙"], []),
        ((a, b, "照片1：甲", "照片2：乙"), ["照片1：甲", "照片2：乙"], []),
        ((a, b, "图（1）甲", "图（2）乙"), ["图（1）甲", "图（2）乙"], []),
        ((a, b, "上图：甲", "下图：乙"), ["上图：甲", "下图：乙"], []),
        ((a, b, c, "图一 甲", "图二 乙", "图三 丙"), ["图一 甲", "图二 乙", "图三 丙"], []),
        ((a, first, b, c, second, "图3 丙"), [first, second, "图3 丙"], []),
        # Where they do not agree, nothing is put anywhere unasked.
        ((a, b, c, first, second), ["", "", ""], [of_picture, of_picture]),
        ((a, b, first, second, "图3 丙"), ["", ""], [of_picture, of_picture]),
        ((a, "甲。", b, first, second), ["", ""], [of_picture, of_picture]),
        ((a, b, "▲手语舞", "▲包饺子"), ["", ""], [of_picture, of_picture]),
        ((a, b, c, f"{first}；{second}"), ["", "", ""], [above]),
        # What was plain before.
        ((a, first, b, second), [first, second], []),
        ((a, b, "图为手语舞"), ["", "图为手语舞"], []),
        ((a, "图1 会场，人员同图2"), ["图1 会场，人员同图2"], []),
    ]
    for blocks, captions, questions in rows:
        found = made(DAY, "村里。", *blocks, a=PICTURE, b=replace(PICTURE, name="b.png"), c=third)
        asked = [one for one in reviewed(found).questions if one.kind == "caption"]
        assert [one.text.template for one in asked] == questions, blocks
        shown = [line for line in texts(found)[0].split("\n\n") if line.startswith("![")]
        wanted = [f'![{one}](2020-03-05-{n}.png "{one}")' if one else f"![](2020-03-05-{n}.png)"
                  for n, one in enumerate(captions, 1)]  # fmt: skip
        assert shown == wanted, blocks
        # Whoever says yes gets each to its picture, in the order of their numbers.
        if questions == [of_picture, of_picture]:
            (after,) = texts(found, {one.id: "yes" for one in asked})
            expected = (f'1.png "{asked[0].source}"', f'2.png "{asked[1].source}"')
            assert all(one in after for one in expected), (blocks, after)


def test_one_caption_of_several_pictures_describes_each_by_its_part() -> None:
    a, b = (Paragraph((picture(src=one),)) for one in "ab")
    lines = {
        "图1 新教学楼；图2 孩子们搬书": ("图1 新教学楼", "图2 孩子们搬书"),
        "左图为会场，右图为走访。": ("左图为会场", "右图为走访"),
        "图为跳舞（上图）、包饺子（下图）。": ("图为跳舞（上图）", "包饺子（下图）"),
        "图为跳舞（上）和包饺子（下）。": ("图为跳舞（上）", "和包饺子（下）"),
    }
    for line, parts in lines.items():
        found = made(DAY, "甲。", a, b, line, a=PICTURE, b=PICTURE)
        pictures = "".join(f"![{part}](2020-03-05-{n}.png)" for n, part in enumerate(parts, 1))
        assert texts(found) == [f"甲。\n\n{pictures}\n\n{line}"]
    # The next line is about another picture.
    more = "图3：合影", Paragraph((picture(src="c"),))
    found = made(DAY, a, b, "左图：挖坑；右图：浇水。", *more, a=PICTURE, b=PICTURE, c=PICTURE)
    (asked,) = reviewed(found).questions
    assert str(asked.text) == "is this the caption of picture 3 of this text?"
    assert texts(found)[0].startswith("![左图：挖坑](2020-03-05-1.png)![右图：浇水](2020-03-05-2.png)\n\n左图：挖坑；")


def test_a_table_of_pictures_with_captions_becomes_figures() -> None:
    a, b = (Cell((Paragraph((picture(src=one),)),)) for one in "ab")
    first, second, none = Cell((p("图为分拣"),)), Cell((p("捡拾塑料瓶"),)), Cell(())
    wide = Cell((p("左图为分拣，右图为捡拾。"),), columns=2)
    covered = Cell((), covered="left")
    named = [f'![{one}](2020-03-05-{n}.png "{one}")' for n, one in enumerate(("图为分拣", "捡拾塑料瓶"), 1)]
    bare = "![](2020-03-05-1.png)"
    both = ["![左图为分拣](2020-03-05-1.png)![右图为捡拾](2020-03-05-2.png)", "左图为分拣，右图为捡拾。"]
    within = [Cell((*shown.blocks, *said.blocks)) for shown, said in ((a, first), (b, second))]
    tables: list[tuple[list[tuple[Cell, ...]], Sequence[str]]] = [
        ([(a, b), (first, second)], named),
        ([(a, none), (first, none), (b, none), (second, none)], named),
        ([tuple(within)], named),
        ([(a, none), (none, none)], [bare]),
        ([(a, b), (wide, covered)], both),
    ]
    for rows, wanted in tables:
        for table in (Table((), tuple(rows)), Table(tuple(rows[:1]), tuple(rows[1:]))):
            assert texts(made(DAY, "净滩。", table, a=PICTURE, b=PICTURE)) == ["\n\n".join(("净滩。", *wanted))], rows
    below = made(DAY, Table((), ((a, b),)), "图1 分拣", "图2 捡拾", a=PICTURE, b=PICTURE)
    assert texts(below) == ['![图1 分拣](2020-03-05-1.png "图1 分拣")\n\n![图2 捡拾](2020-03-05-2.png "图2 捡拾")']
    # A form, and pictures over texts, stay tables.
    text = Cell((p("上午去了海边，下午回来开会。"),))
    for other in (((Cell((p("照片"),)), a),), ((a, b), (text, second)), ((a, b), (first, second), (text, none))):
        found = made(DAY, "净滩。", Table((), other), a=PICTURE, b=PICTURE)
        assert "| --- |" in texts(found)[0], other
