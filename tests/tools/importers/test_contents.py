"""A table of contents says days at which nothing begins."""

from __future__ import annotations

import pytest

from generator.tools.importers.contents import contents_of
from generator.tools.importers.texts_of import text_of
from tests.tools.importers.manuscripts import made, reviewed, texts

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
        (): range(0),
        ("_" * 400, "…" * 400): range(0),
    }
    assert {lines: contents_of(lines) for lines in cases} == cases
