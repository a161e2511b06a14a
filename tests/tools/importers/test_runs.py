"""The days of a whole file: what breaks their order is asked about, and nothing is dated wrongly unasked."""

from __future__ import annotations

from tests.tools.importers.manuscripts import made, texts

SIGNS = (":", "：", ",", "，", "。", ";", "；", "、", " ", "——", "|", "｜", "·", "…", "~", "】")


def test_a_sign_between_day_and_text_loses_nothing() -> None:
    days = ("2020年7月6日", "2020年7月6日 星期一", "2020年7月6日 晴", "7月6日上午", "第3天 2020年7月6日")
    wrong = []
    for day in days:
        for sign in SIGNS:
            for text in ("盘点。", "今天盘点，然后发货。"):
                try:
                    texts(made(f"{day}{sign}{text}"), {"year": "2020", "date:0": "2020-07-06"})
                except AssertionError as lost:
                    wrong.append((day, sign, text, lost))
    assert wrong == []
