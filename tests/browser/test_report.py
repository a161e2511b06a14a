"""A report as a web page, on a phone."""

from __future__ import annotations

from pathlib import Path

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
