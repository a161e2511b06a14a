"""What a line carries besides its words stands in the draft, also where the line says a title or a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.render.documents.blocks import Block, Cell, Code, Heading, Paragraph, Quote, Style, Table, Text
from generator.tools.importers import drafts as planning
from generator.tools.importers.carried import with_addresses
from generator.tools.importers.drafts import planned
from generator.tools.importers.manuscript import Manuscript
from tests.space import SiteSpace
from tests.tools.importers.manuscripts import DAY, EMPTY, made, p, reviewed, texts
from tests.tools.importers.written import drafts, field

TO = "https://example.org/list.xlsx"
LINKED, STRUCK, BOLD = Style(link=TO), Style(strike=True), Style(bold=True)


def linked(text: str, before: str = "", style: Style = LINKED) -> Paragraph:
    return Paragraph((*((Text(before),) if before else ()), Text(text, style)))


def cells(*rows: tuple[Block | str, ...]) -> Table:
    made_of = [tuple(Cell((p(one) if isinstance(one, str) else one,)) for one in row) for row in rows]
    return Table(head=tuple(made_of[:1]), rows=tuple(made_of[1:]))


LINK = f"({TO})"
STANDS: dict[str, tuple[Manuscript, list[str]]] = {
    "title": (made(DAY, linked("物资清单"), "发放口罩。"), [f"[物资清单]{LINK}\n\n发放口罩。"]),
    "struck": (made(DAY, linked("旧表", style=STRUCK), "发放口罩。"), ["~~旧表~~\n\n发放口罩。"]),
    "bold": (made(DAY, linked("每吨900元", "煤价", style=BOLD), "卸煤。"), ["煤价**每吨900元**\n\n卸煤。"]),
    "bold as a whole": (made(DAY, linked("卸煤", style=BOLD), "卸了三车煤。"), ["卸了三车煤。"]),
    "day": (made(linked("名单", f"{DAY} "), "发放。"), [f"{DAY} [名单]{LINK}\n\n发放。"]),
    "heading": (made(Heading(3, linked(DAY).inlines), "发放。"), [f"[{DAY}]{LINK}\n\n发放。"]),
    "day before its text": (made(linked(f"{DAY}：去村里，开了会。")), [f"[{DAY}：去村里，开了会。]{LINK}"]),
    "title above": (
        made(linked("走访"), DAY, "去南厂，问了煤价。"),
        [f"[走访]{LINK}\n\n去南厂，问了煤价。"],
    ),
    "table": (
        made(cells(("日期", "地点", "内容"), ("2020年3月5日", linked("南村"), "发放口罩，登记两户。"))),
        [f"[南村]{LINK}\n\n发放口罩，登记两户。"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STANDS)
def test_links_and_struck_text_stand_in_the_draft(name: str) -> None:
    found, wanted = STANDS[name]
    assert texts(found) == wanted


@pytest.mark.parametrize("line", [linked("物资清单"), linked("旧表", style=STRUCK)], ids=["link", "struck"])
def test_nothing_is_written_where_a_link_or_struck_text_would_be_lost(line: Paragraph) -> None:
    found = made(DAY, "卸煤。", line)
    whole = reviewed(found)
    entry = replace(whole.entries[0], blocks=(p("卸煤。"), p("".join(one.text for one in line.inlines))))  # type: ignore[union-attr]
    plan = planned(replace(whole, entries=(entry,)), found, EMPTY, "en")
    assert plan.value is None
    assert "would be lost" in str(plan.problems[0].message)
    assert planning.planned(whole, found, EMPTY, "en").value is not None


def test_the_link_of_the_title_of_the_whole_is_listed() -> None:
    found = reviewed(made(linked("镇政府", "驻村日志 "), DAY, "卸煤。", "2020年3月6日", "卸煤。"))
    assert [one.text for one in found.left_out] == [f"驻村日志 镇政府 <{TO}>"]


def test_a_first_line_is_text_where_the_front_matter_says_the_title(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    text = "---\ntitle: 防汛一夜\ndate: 2021-07-20\n---\n\n{}\n\n转移12户，安置在小学。\n"
    for line, body in (("大坝安全", "大坝安全\n\n转移"), ("防汛一夜", "转移")):
        assert space.run(f"import {given(f'{len(body)}.md', text.format(line))}").status == 0
        (draft,) = (text for path, text in drafts(space).items() if f"/{len(body)}/" in path)
        assert field(draft, "title") == "防汛一夜"
        assert draft.split("---\n")[2].strip().startswith(body)


def test_code_in_what_is_left_out_is_listed() -> None:
    assert with_addresses(Quote((p("甲"), Code("乙\n丙"), linked("丁")))) == f"甲\n乙\n丙\n丁 <{TO}>"
