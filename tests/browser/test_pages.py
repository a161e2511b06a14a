"""Every kind of page in each theme, light and width: nothing sticks out or is unreadable, nothing foreign is asked."""

from __future__ import annotations

import os
from typing import Any, Literal, get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

PAGES = (
    "", "2020/03/13/foxconn-talk/", "2020/03/13/meltblown-for-masks/", "2020/03/17/policies-to-the-door/", "dates/",
    "2020/", "2020/03/", "2020/03/08/", "targets/", "targets/enterprise/", "targets/foxconn/", "targets/shengli-east/",
    "tags/", "tags/调研/", "requests/", "requests/state/open/", "requests/meltblown/", "policies/",
    "policies/covid-compilation/", "counters/", "counters/走访/", "counters/走访/kind/village/", "chronicle/", "major/",
    "changes/", "corrections/", "subscribe/", "about/", "method/", "404.html",
)  # fmt: skip
"""One of each kind, and those that hold most."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


Light = Literal["light", "dark"]
EVERY: list[tuple[int, Light]] = [(width, light) for light in get_args(Light) for width in (360, 768, 1440)]
LOOKS: list[tuple[int, Light]] = EVERY if os.environ.get("RIZHI_LOOKS") == "all" else [(360, "light"), (1440, "dark")]
"""Widths and lights in which each page is looked at; RIZHI_LOOKS=all takes every one."""


THEMES = ("default", "plain")


@pytest.fixture(params=THEMES, name="theme")
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


AXE = Axe().axe_script
FAULTS = """(rules) => axe.run({runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]})
    .then(({violations}) => violations.flatMap(({id, nodes}) =>
        nodes.map(({target, failureSummary}) => [id, target, failureSummary])))"""


def violations(page: Page) -> list[tuple[str, list[str], str]]:
    """What axe finds wrong: the rule, the element, and what to do."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[tuple[str, list[str], str]] = page.evaluate(FAULTS, RULES)
    return found


def overflow(page: Page) -> list[str]:
    """By how much the page is wider than its window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{wide} px in {window}"] if wide > window else []


SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary")]
    // Links in running text are as high as their lines (WCAG 2.5.8, 2.5.5), and so are facts in a row.
    .filter((one) => !one.closest(".prose, .facts, .dateline, .card-facts, .chapter-facts, .chapter-record, .skip"))
    .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
    .map(([text, box]) => [text, box.width, box.height])"""


LOW = """() => [...document.querySelectorAll("nav a, .figures a, .head a, .more a, .days a, .name a")]
    .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
    .filter(([, height]) => height && height < 44)"""
UNFIT = {"default": SMALL, "plain": LOW}
"""What is too small for a finger: in the plain theme words are no wider than they are, and lists are close."""


CLIPPED = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => getComputedStyle(one).overflowX != "visible")
    .filter((one) => !one.closest(".table-wrap, .letters, pre, svg, .hidden"))
    .map((one) => one.outerHTML.slice(0, 100))"""
SET_CLOSE = """() => [...document.querySelectorAll("p, li, dd, dt, td, h1, h2, h3, figcaption, blockquote")]
    .filter((one) => one.getClientRects().length && one.textContent.trim() && !one.closest("svg"))
    .map((one) => [getComputedStyle(one), one])
    .filter(([style]) => parseFloat(style.lineHeight) < 1.3 * parseFloat(style.fontSize) - 0.1)
    .map(([, one]) => one.outerHTML.slice(0, 100))"""


WORDS = """() => {
    // Buttons and what finds names need a script; they hold nothing that is not on the page.
    const buttons = [...document.querySelectorAll("main button, main .finder")];
    buttons.forEach((one) => one.style.setProperty("display", "none"));
    const words = document.querySelector("main").innerText;
    buttons.forEach((one) => one.style.removeProperty("display"));
    return words;
}"""


def read(browser: Browser, url: str, width: int) -> str:
    """What a page says where no script runs."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(url)
    words = page.locator("main").inner_text()
    context.close()
    return words


def faults_of(browser: Browser, url: str, theme: str) -> list[str]:
    """A page is opened once, and looked at in all that a reader can have: a fault names the way it was looked at."""
    context = browser.new_context(color_scheme="light")
    page, complaints = visited(context, url, LOOKS[0][0])
    faults: dict[str, list[Any]] = {}
    # The theme ``plain`` has no scripts.
    if theme == "default":
        words = page.evaluate(WORDS), read(browser, url, LOOKS[0][0])
        faults["without scripts it says something else"] = list(words) if words[0] != words[1] else []
    for width, light in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=light)
        faults[f"axe, {width} px, {light}"] = violations(page)
    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        faults[f"sticks out of {width} px"] = overflow(page)
    # What is pressed and stands alone is 44 px wide and high at least (WCAG 2.5.5), in large letters too.
    page.set_viewport_size({"width": 360, "height": 800})
    faults["too small for fingers"] = page.evaluate(UNFIT[theme])
    page.evaluate("document.documentElement.toggleAttribute('data-large', true)")
    faults["too small for fingers in large letters"] = page.evaluate(UNFIT[theme])
    page.evaluate("document.documentElement.toggleAttribute('data-large', false)")
    # At 200 % of a desk's 1,280 px (WCAG 1.4.4), and with letters of twice the size on a phone; lines have air.
    for width, size in ((640, "100%"), (640, "200%"), (360, "200%")) if theme == "default" else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        faults[f"in letters of {size}, {width} px"] = overflow(page) + page.evaluate(CLIPPED) + page.evaluate(SET_CLOSE)
    # What a server shows anywhere has to name the site's own address.
    faults["complaints"] = complaints if not url.endswith("/404.html") else []
    context.close()
    return [f"{way}: {found}" for way, found in faults.items() if found]


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_it(browser: Browser, theme: str, address: str, path: str) -> None:
    told = faults_of(browser, address + path, theme)
    assert not told, "\n".join(told)
