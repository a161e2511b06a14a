"""A report as a web page, on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.big_sites import picture
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


PLACES = """() => [...document.querySelectorAll(".prose img, .chinese img, p img")].map((one) => {
    const box = one.getBoundingClientRect();
    const paragraph = one.closest("p").getBoundingClientRect();
    return [Math.round(box.left - paragraph.left), box.right <= paragraph.right + 1, box.width > 100];
})"""
"""Of each picture in a paragraph: how far it is from its left edge, whether it ends within it, whether it is large."""


def test_a_picture_within_a_paragraph_is_not_indented(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.write("content/site.yaml", "title: 驻村日记\n")
    space.write("content/entries/p.jpg", picture("#b56a3f"))
    space.entry("a", "文字在前![照片](p.jpg)文字在后。\n\n![又一张](p.jpg)文字在后。\n", title="图", date="2025-05-01")
    space.build("--portable")
    for name in ("out.html", "out"):
        options = ("--format", "wechat") if name == "out" else ()
        ran = space.run("export entry a.md", *options, "--output", str(tmp_path / name))
        assert ran.status == 0, ran.err
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for file in ("site/output/2025/05/01/a/index.html", "out.html", "out/copy.html", "out/article.html"):
        page.goto((tmp_path / file).as_uri())
        assert page.evaluate(PLACES) == [[0, True, True]] * 2, file
        assert page.evaluate("document.documentElement.scrollWidth") == 360, file
    page.close()
