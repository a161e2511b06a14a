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


def test_no_word_and_no_number_is_cut(browser: Browser, tmp_path: Path) -> None:
    """A part of a number is another number."""
    space = SiteSpace.of(tmp_path, "")
    before, after = "村" * 20, "户" * 74
    space.entry("a", f"{before}Foxconn的采购{after}完成率到了93.7%，还要再看。\n", date="2020-03-07")
    space.entry("b", f"{before}一共1,234元的采购{after}省下{'一' * 4}18.5元。\n", date="2020-03-06")
    space.entry("c", f"{'很长' * 20}的采购{'🚜' * 50}\n", date="2020-03-05")
    space.build("--portable")
    page = browser.new_page()
    page.goto((tmp_path / "output/search/index.html").as_uri() + "?q=的采购")
    page.locator(".results li").first.wait_for()
    shown = page.locator(".results .summary").all_text_contents()
    assert [one.split("的采购")[0].strip("…村很长") for one in shown] == ["Foxconn", "一共1,234元", ""]
    assert [one.split("的采购")[1].strip("…户🚜") for one in shown] == ["完成率到了93.7%", "省下一一一一18.5元", ""]
    assert not any("\ufffd" in one for one in shown)
    page.close()


def test_a_withdrawn_entry_is_found_as_one(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", title="苹果不愁卖", withdrawn="{date: 2020-03-09, reason: 数据有误}")
    space.build("--portable")
    page = browser.new_page()
    page.goto((tmp_path / "output/search/index.html").as_uri() + "?q=苹果")
    assert page.locator(".results .dateline").inner_text() == "2020年3月5日\u00a0· 已撤回的日志"
    page.close()
