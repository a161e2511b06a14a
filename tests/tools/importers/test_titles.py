"""Titles that are made of a text's beginning."""

from __future__ import annotations

from tests.tools.importers.manuscripts import DAY, made, reviewed


def test_a_label_is_no_title() -> None:
    lines = {
        "施工内容：钢筋绑扎，完成六成。": "钢筋绑扎，完成六成",
        "施工内容：3号楼二层梁板钢筋验收，监理魏工提出3处整改。": "3号楼二层梁板钢筋验收，监理魏工提出3处整改",
        "账算出来了：户均增收三千八百元，全村多了一百七十六万元，都很高兴。": "账算出来了",
    }
    assert {line: reviewed(made(DAY, line)).entries[0].title for line in lines} == lines
