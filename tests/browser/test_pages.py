"""Every kind of page in each theme, light and width: nothing sticks out or is unreadable, nothing foreign is asked."""

from __future__ import annotations

import os
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

PAGES = (
    "", "2020/03/13/foxconn-talk/", "2020/03/13/meltblown-for-masks/", "2020/03/17/policies-to-the-door/", "dates/",
    "2020/", "2020/03/", "2020/03/08/", "targets/", "targets/enterprise/", "targets/foxconn/", "targets/shengli-east/",
    "tags/", "tags/调研/", "requests/", "requests/state/open/", "requests/meltblown/", "policies/",
    "policies/covid-compilation/", "counters/", "counters/走访/", "counters/走访/kind/village/", "chronicle/",
    "corrections/", "about/", "method/", "404.html",
)  # fmt: skip
"""One of each kind, and those that hold most."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


EVERY = [(width, light) for light in ("light", "dark") for width in (360, 768, 1440)]
LOOKS = EVERY if os.environ.get("RIZHI_LOOKS") == "all" else [(360, "light"), (1440, "dark")]
"""Widths and lights in which each page is looked at; RIZHI_LOOKS=all takes every one."""


HEIGHTS = {"default": 44, "plain": 44}
"""How high controls are in each theme, in pixels."""


@pytest.fixture(params=HEIGHTS, name="theme")
def each_theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(name="address")
def in_each_theme(theme: str, address: str, plain_address: str) -> str:
    """Where the demo is served in that theme."""
    return {"default": address, "plain": plain_address}[theme]


def visited(context: BrowserContext, url: str, width: int) -> tuple[Page, list[str]]:
    """A page, and what it asked of other hosts or complained of."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith("http://127.0.0.1") else complaints.append(asked.url))
    page.goto(url)
    return page, complaints


def violations(page: Page) -> list[tuple[str, list[str], str]]:
    """What axe finds wrong: the rule, the element, and what to do."""
    found: Any = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("width", "light"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_it(
    browser: Browser, address: str, path: str, width: int, light: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=light)
    page, complaints = visited(context, address + path, width)
    assert violations(page) == []
    # What a server shows anywhere has to name the site's own address.
    assert complaints == [] or path == "404.html"
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context()
    for width in (320, 360, 768, 1440):
        page, _ = visited(context, address + path, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_fingers_hit_what_they_mean(browser: Browser, theme: str, address: str, path: str) -> None:
    """Every control that stands alone is high enough (WCAG 2.5.8 asks for 24 px)."""
    context = browser.new_context()
    page, _ = visited(context, address + path, 360)
    small = page.evaluate(
        """(enough) => [...document.querySelectorAll("nav a, .figures a, button, .head a, .more a, .days a, .name a")]
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
            .filter(([, height]) => height && height < enough)""",
        HEIGHTS[theme],
    )
    assert small == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_it_says_the_same_without_scripts(browser: Browser, address: str, path: str) -> None:
    words = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(address + path)
        words.append(page.locator("main").inner_text())
        context.close()
    assert words[0] == words[1]
