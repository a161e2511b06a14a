"""A report as a web page, on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.space import SiteSpace


def test_all_columns_of_the_figures_are_on_a_narrow_phone(demo: SiteSpace, browser: Browser, tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    ran = demo.run("export report", "--month", "2020-03", "--output", str(place))
    assert ran.status == 0, ran.err
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(place.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    table = page.locator(".table-wrap").first
    assert table.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0
    page.close()


TORN = """() => [...document.querySelectorAll("td, th")].filter((cell) => {
    const range = new Range();
    range.selectNodeContents(cell);
    const tops = [...range.getClientRects()].map((one) => one.top);
    return /^[-0-9,.%]{2,}$/.test(cell.textContent.trim()) && Math.max(...tops) - Math.min(...tops) > 10;
}).map((cell) => cell.textContent)"""
"""The figures that stand on two lines."""


@pytest.mark.parametrize("form", ["html", "wechat"])
def test_no_figure_of_a_table_is_torn_on_a_phone(form: str, browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    rows = "".join(
        f"| {name} | 82,644.32 | 1,345.0 | -3.2% | 98,227.45 | 同比下降，原因是停产检修 |\n" for name in "甲乙"
    )
    head = "| 单位 | 1月 | 2月 | 3月 | 4月 | 说明 |\n|---|---:|---:|---:|---:|---|\n"
    space.write("content/site.yaml", "title: 驻村日记\n")
    space.entry("a", head + rows, title="表", date="2025-05-01")
    name = "out" if form == "wechat" else "out.html"
    ran = space.run("export entry a.md", "--format", form, "--output", str(tmp_path / name))
    assert ran.status == 0, ran.err
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for file in ("out/copy.html", "out/article.html") if form == "wechat" else ("out.html",):
        page.goto((tmp_path / file).as_uri())
        assert page.evaluate(TORN) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
