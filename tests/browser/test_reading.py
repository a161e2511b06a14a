"""Larger letters and more contrast, switched on by readers and remembered; and what pages may load."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import FLAGS, executable
from tests.browser.test_pages import PAGES


def test_what_is_switched_on_is_remembered(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    before = page.evaluate("getComputedStyle(document.body).fontSize")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert (
        page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == float(before.removesuffix("px")) * 1.25
    )
    page.goto(f"{address}requests/")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="高对比")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="大字").click()
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "false")
    context.close()


def test_large_text_fits_the_narrowest_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="大字").click()
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        line = page.evaluate("parseFloat(getComputedStyle(document.body).lineHeight)")
        assert line >= 1.3 * page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    context.close()


@pytest.mark.parametrize("letters", [16, 24, 32])
def test_the_title_is_wide_whatever_the_size_of_letters(browser: Browser, address: str, letters: int) -> None:
    large = browser.browser_type.launch(
        executable_path=executable(), args=[*FLAGS, f"--blink-settings=defaultFontSize={letters}"]
    )
    page = large.new_page(viewport={"width": 360, "height": 700})
    for path in ("", "requests/"):
        page.goto(address + path)
        page.evaluate("document.querySelector('.nameplate a').textContent = '驻村工作队走访日志'.repeat(2) + '第二年'")
        assert page.evaluate(
            """() => {
                const title = document.querySelector(".nameplate a");
                return title.getBoundingClientRect().width / parseFloat(getComputedStyle(title).fontSize);
            }"""
        ) >= (6 if letters == 32 else 8)
        # What the menu does not need of the height above the headline.
        above = page.evaluate("document.querySelector('main').offsetTop - document.querySelector('.menu').offsetHeight")
        assert above <= (13 if path else 15) * letters, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    large.close()


def test_without_scripts_there_are_no_switches(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".reading")).to_be_hidden()
    context.close()


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_that_is_written_into_them(
    browser: Browser, stick: Path, address: str
) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        """() => new Promise((failed) => {
            document.body.insertAdjacentHTML("beforeend", '<img src=x onerror="window.ran = 1">');
            document.body.lastElementChild.addEventListener("error", failed);
        })"""
    )
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 2'}))")
    assert page.evaluate("window.ran") is None
    page.close()
    page = browser.new_page()
    page.goto((stick / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopStyle") == "solid"
    expect(page.get_by_role("button", name="大字")).to_be_visible()
    page.close()


def test_the_page_that_is_not_there_has_its_style_with_it(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}404.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopStyle") == "solid"
    page.close()


def test_the_link_of_an_entry_is_copied_and_the_entry_printed(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}2020/03/13/foxconn-talk/")
    page.evaluate("window.print = () => { window.isPrinted = true; }")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.isPrinted")
    link = page.evaluate("document.querySelector('link[rel=canonical]').href")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="链接已复制")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.goto(f"{address}subscribe/")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="链接已复制")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".feed-address").inner_text()
    page.goto(f"{address}2020/03/13/foxconn-talk/")
    # A page without TLS has no clipboard.
    page.reload()
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="链接已复制")).to_be_visible()
    context.close()
