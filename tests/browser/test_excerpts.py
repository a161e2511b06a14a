"""What of a text the search shows below a title."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.space import SiteSpace


def test_where_only_the_title_is_found_the_text_is_shown_from_its_beginning(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", "镇里先开会。\n", title="查看滴灌带", weather="雪", place="青山镇", authors="[联络办]")
    space.build("--portable")
    page = browser.new_page()
    page.goto((tmp_path / "output/search/index.html").as_uri() + "?q=滴灌带")
    page.locator(".results li").first.wait_for()
    assert page.locator(".results .summary").all_text_contents() == ["镇里先开会。"]
    page.close()
