"""A table of contents says days at which nothing begins."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.tools.importers.contents import contents_of
from generator.tools.importers.texts_of import text_of
from tests.space import SiteSpace
from tests.tools.importers.manuscripts import made, p, reviewed, texts
from tests.tools.importers.sources import read
from tests.tools.importers.written import drafts

DAYS = ("5月6日 开班", "领书。", "5月7日 见习", "跟班。")
LINES = ("5月6日 开班\t1", "5月7日 见习……2")


@pytest.mark.parametrize("above", [("2021年日志", "目  录"), ("目录",)])
def test_a_table_of_contents_is_left_out_and_listed(above: tuple[str, ...]) -> None:
    made_of = made(*above, *LINES, *DAYS)
    found = reviewed(made_of, {"year": "2021"})
    assert [(one.title, text_of(one.blocks).strip()) for one in found.entries] == [
        ("开班", "领书。"),
        ("见习", "跟班。"),
    ]
    listed = ("a table of contents", " / ".join((above[-1], *LINES)))
    assert listed in [(str(one.kind), one.text) for one in found.left_out]
    assert texts(made_of, {"year": "2021"}) == ["领书。", "跟班。"]


def test_lines_with_numbers_are_contents_only_where_all_stand_again_below() -> None:
    cases: dict[tuple[str, ...], range] = {
        ("目录", *LINES, *DAYS): range(3),
        (*LINES, "5月8日 结业 3", *DAYS, "5月8日 结业"): range(3),
        (*LINES, *DAYS): range(0),
        ("目录", LINES[0], *DAYS): range(0),
        ("目录", "5月6日 开班 1", "5月8日 见习 2", *DAYS): range(0),
        ("目录", "5月6日 开班 2", "5月7日 见习 1", *DAYS): range(0),
        ("5月6日 开班 ........ 1", "5月7日 见习 ........ 2", *DAYS): range(2),
        ("5月6日 开班 ........ 1", "5月8日 见习 ........ 2", *DAYS): range(0),
        ("目录", "第一周 5月6日 — — 1", "见习（5月7日）2", "2021年5月6日", "领书。", "5月7日", "跟班。"): range(3),
        (): range(0),
        ("_" * 400, "…" * 400): range(0),
    }
    assert {lines: contents_of([p(line) for line in lines]) for lines in cases} == cases


def test_a_table_of_contents_that_is_a_table_is_one() -> None:
    text = "2021年日志\n目录\n5月6日 开班\t1\n5月7日 见习\t3\n5月8日 结业\t5\n"
    text += "5月6日 晴\n领书。\n5月7日 雨\n跟班。\n5月8日 晴\n合影。\n"
    found = reviewed(read(text.encode(), "a.txt"))
    assert [text_of(one.blocks).strip() for one in found.entries] == ["领书。", "跟班。", "合影。"]
    listed = ("a table of contents", "目录 / 5月6日 开班 / 1 / 5月7日 见习 / 3 / 5月8日 结业 / 5")
    assert listed in [(str(one.kind), one.text) for one in found.left_out]
    assert not found.questions


HEAD = "<!doctype html><title>日志</title><h1>2021年日志</h1>"
TEXTS = "<h2>5月6日 开班</h2><p>领书。</p><h2>5月7日 见习</h2><p>跟班。</p>"
FIRST, SECOND = (f"<a href='{{0}}'>{day}</a>" for day in ("5月6日 开班", "5月7日 见习"))
LIST, NESTED = f"<ul><li>{FIRST}<li>{SECOND}</ul>", f"<p>目录<ol><li>{FIRST}<ul><li>{SECOND}</ul></ol>"
MARKDOWN = """\
# 2021年日志
- [5月6日 开班](#a)
- [5月7日 见习](#b)

## 5月6日 开班
领书。
## 5月7日 见习
跟班。
"""


@pytest.mark.parametrize(
    "text",
    [
        *(
            HEAD + form.format(address) + TEXTS
            for form in (LIST, NESTED, f"<p>{FIRST}<p>{SECOND}", f"<p>{FIRST}<br>{SECOND}")
            for address in ("#a", "https://e.org/x#a", "file:///C:/x.html#a")
            if form in (LIST, NESTED) or not address.startswith("file")
        ),
        f"{HEAD}<p>目录</p><p>5月6日 开班</p><p>5月7日 见习</p>{TEXTS}",
        f"{HEAD}<p>{FIRST} | {SECOND}</p>{TEXTS}".format("#a"),
        f"{HEAD}<ul><li>1. {FIRST}<li>2. {SECOND}</ul>{TEXTS}".format("#a"),
        f"{HEAD}<ul><li>{FIRST}<li>{SECOND}<li><a href='#b'>附录</a></ul>{TEXTS}".format("#a"),
        f"{HEAD}{TEXTS}{LIST}".format("#a"),
        MARKDOWN,
    ],
)
def test_links_to_the_days_below_are_no_entries(text: str, space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    place = given("a.html" if text.startswith("<") else "a.md", text)
    found = json.loads(space.run(f"import --json {place}").out)[0]
    assert [(one["title"], one["text"].strip()) for one in found["entries"]] == [("开班", "领书。"), ("见习", "跟班。")]
    assert found["questions"] == []
    listed = next(one["text"] for one in found["left_out"] if "contents" in one["kind"])
    assert "5月6日 开班" in listed
    assert "5月7日 见习" in listed
    assert len(drafts(space)) == 2


def test_a_list_that_does_not_stand_again_below_is_text() -> None:
    for text in (
        "2021年5月6日\n\n- [走访](https://e.org/1)\n- [开会](https://e.org/2)\n\n走访\n",
        "2021年5月6日\n\n到村。\n\n看井。\n\n- 走访\n- 开会\n\n走访\n\n甲。\n\n开会\n\n乙。\n",
        "2021年5月6日\n\n- [走访](https://e.org/1)\n\n走访\n",
        "2021年5月6日\n\n- [走访](https://e.org/1)\n- [开会](https://e.org/2)\n\n走访三户。\n\n开会一次。\n",
        "2021年5月6日\n\n- [走访](#a)\n- [……](#b)\n\n走访三户。\n",
        "2021年5月6日\n\n- [走访](#a) ![](a.png)\n- [开会](#b)\n\n走访三户。\n\n开会一次。\n",
    ):
        (one,) = reviewed(read(text.encode(), "a.md")).entries
        assert text_of(one.blocks).count("走访") == 2, text
