"""How wide the columns of a table are: by what is in them, the same in a Word file and in a PDF."""

from __future__ import annotations

from generator.render.documents.arrangement import official
from generator.render.documents.blocks import Paragraph, Table
from generator.render.documents.columns import Columns, fitted, lined
from generator.render.documents.parse import parse
from generator.render.documents.runs import plain

SIZES = (12, 10.5, 9, 7.5)


def found(*rows: str) -> tuple[Table, Columns]:
    """A table on a page of an official document, and its columns."""
    head, *body = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    html = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in body)}</tbody></table>"
    (table,) = parse(html)
    assert isinstance(table, Table)
    columns = fitted(table, 8844, SIZES)
    assert 8800 < sum(columns.widths) <= 8844
    return lined(table, columns, SIZES[columns.size]), columns


def head(table: Table) -> list[str]:
    return [plain(one.inlines) for cell in table.head[0] for one in cell.blocks if isinstance(one, Paragraph)]


def test_figures_give_way_to_texts() -> None:
    """Their heads stand in two lines, of which none is torn, where the texts need fewer lines for that."""
    table, columns = found(
        "乡镇（街道）|走访次数|收集诉求（条）|已办结（条）|办结率|主要类型|备注",
        "青岚镇|56|48|43|89.6%|供水保障、道路修复、用工缺口|2条正在协调",
        "石板河乡|38|35|30|85.7%|农产品销售、冷链物流|",
        "云头镇|61|57|49|86.0%|融资贷款、用地审批、环境保护|3条需省级层面协调解决",
        "城关街道|106|75|65|86.7%|老旧小区改造、加装电梯、停车难|",
    )
    assert head(table)[:4] == ["乡镇 （街道）", "走访次数", "收集诉求 （条）", "已办结 （条）"]
    _, visits, *_, kinds, remarks = columns.widths
    assert 2 < (visits - 2 * columns.margin) / (20 * SIZES[columns.size]) < 3
    assert min(kinds, remarks) > 1.5 * max(columns.widths[:5])


def test_no_character_of_a_head_stands_alone_on_a_line() -> None:
    table, _ = found(
        "编号|诉求内容|提出单位|承办单位|提出时间|办理进展|责任人|联系电话|承办单位、责任人",
        "2026-0138|厂区门口道路破损严重，影响通行|宏达精密铸造有限公司|交通局|2026年5月11日|已现场勘查，列入6月计划|孙某|6234888|办理中",
    )
    lines = [line for one in head(table) for line in one.split()]
    assert not [one for one in lines if len(one.strip("、")) == 1], lines


def test_a_column_that_is_empty_has_room_for_what_somebody_will_write() -> None:
    _, columns = found("单位名称||统一社会信用代码|", "联系人||职务|", "联系电话||是否需要展位|")
    assert min(columns.widths[1], columns.widths[3]) >= columns.widths[2] > columns.widths[0]


def test_numbers_with_letters_are_whole() -> None:
    _, columns = found(
        "序号|路线名称|受损里程（公里）|主要修复内容|概算金额（万元）|计划完工时间",
        f"1|石板公路（K3+200—K5+060）|0.62|{'重建路基挡墙，恢复沥青混凝土路面' * 4}|186.40|2026年9月30日",
    )
    size = SIZES[columns.size]
    # （K3+200— in half characters, of which each digit is a little wider than that.
    assert columns.widths[1] - 2 * columns.margin > 100 * size
    assert columns.widths[3] > columns.widths[1]


def test_heads_and_short_columns_of_an_official_document_stand_in_the_middle() -> None:
    html = (
        "<h1>题</h1><table><thead><tr><th>序号</th><th>内容</th><th class='align-right'>金额</th></tr></thead>"
        f"<tbody><tr><td>1</td><td>{'字' * 9}</td><td class='align-right'>3.5</td></tr></tbody></table>"
    )
    (table,) = (one for one in official(parse(html), "zh-CN").blocks if isinstance(one, Table))
    assert [[cell.align for cell in row] for row in (*table.head, *table.rows)] == [
        ["center", "center", "right"],
        ["center", "", "right"],
    ]


def test_a_unit_stands_behind_its_head_where_both_have_room() -> None:
    for html, head in {
        "走访<br>（次）": "走访（次）",
        "Visits<br>(times)": "Visits (times)",
        "走访<br>次数": "走访 次数",
    }.items():
        (table,) = parse(f"<table><tr><th>{html}</th></tr><tr><td>3</td></tr></table>")
        assert isinstance(table, Table)
        (cell,) = table.head[0][0].blocks
        assert isinstance(cell, Paragraph)
        assert plain(cell.inlines) == head
