"""By keyboard alone, without motion, in the colours of the reader's system; and Chinese set as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.crawl import served
from tests.space import SiteSpace

FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const order = [...document.querySelectorAll("*")].indexOf(one);
    const onScreen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return { order, onScreen, ring, text: one.textContent.trim().slice(0, 20) };
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    # What scrolls softly is not there yet when the next key is pressed.
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield page
    page.close()


@pytest.mark.parametrize("path", ["", "requests/", "dates/", "2020/03/13/foxconn-talk/"])
def test_the_tab_key_goes_through_everything_in_its_order(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")]
            .filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"""
    )
    seen = []
    for _ in range(wanted + 1):
        page.keyboard.press("Tab")
        if (at := page.evaluate(FOCUS)) is None:
            break
        seen.append(at)
    assert len(seen) == wanted
    assert [one["order"] for one in seen] == sorted(one["order"] for one in seen)
    assert [one for one in seen if not one["onScreen"] or not one["ring"]] == []


def test_the_first_key_skips_the_menu(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_switches_filters_and_days_are_used_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}requests/")
    page.get_by_role("button", name="大字").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    resolved = page.locator("[data-by=state] a", has_text="办结").last
    resolved.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ledger-title")).to_have_count(1)
    expect(resolved).to_be_focused()
    expect(resolved).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".ledger-title")).to_have_count(2)
    page.goto(f"{address}dates/")
    page.locator(".calendar td a", has_text="16").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}2020/03/16/")


def test_who_wants_no_motion_has_none(browser: Browser, address: str) -> None:
    for wish, moves in (("reduce", False), ("no-preference", True)):
        page = browser.new_page(reduced_motion=wish)  # type: ignore[arg-type]
        page.goto(address)
        assert (page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth") is moves
        assert page.evaluate("document.getAnimations().length") == 0
        page.close()


def test_what_is_chosen_is_seen_in_the_systems_own_colours(browser: Browser, address: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(f"{address}requests/")
    page.get_by_role("button", name="大字").click()
    page.locator("[data-by=state] a").first.click()
    colour = "(one) => getComputedStyle(one).backgroundColor"
    pressed, other = (page.get_by_role("button", name=name).evaluate(colour) for name in ("大字", "高对比"))
    chosen, loose = (page.locator("[data-by=state] a").nth(number).evaluate(colour) for number in (0, 1))
    assert pressed != other
    assert chosen != loose
    page.goto(f"{address}dates/")
    day, empty = (page.locator(f".calendar td{part}").first.evaluate(colour) for part in (" a", ":not(:has(a))"))
    assert day != empty
    here, elsewhere = (
        page.locator(f".menu a{part}").first.evaluate("(one) => getComputedStyle(one).borderBottomWidth")
        for part in ("[aria-current]", ":not([aria-current])")
    )
    assert (here, elsewhere) == ("2px", "0px")
    page.close()


LINES = """() => {
    const text = document.querySelector(".prose p").firstChild;
    const lines = [];
    let last = null;
    for (let at = 0; at < text.length; at++) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const top = Math.round(range.getClientRects()[0]?.top ?? last);
        if (top !== last) lines.push("");
        lines[lines.length - 1] += text.data[at];
        last = top;
    }
    return lines;
}"""


def test_chinese_lines_break_where_they_may(browser: Browser, site: Callable[[str], SiteSpace]) -> None:
    """Clreq, 3.1.4 and 3.1.5: no line begins with a closing mark or ends with an opening one; dashes stay whole."""
    space = site("")
    space.entry(
        "a", body="说“送政策上门”——不是一句空话……（见《办法》），要办、要快：今天就办！好不好？好；记下来。" * 12 + "\n"
    )
    space.build()
    page = browser.new_page()
    with served(space.folder / "output") as root:
        page.goto(f"{root}2020/03/05/a/")
        for width in range(320, 420, 7):
            page.set_viewport_size({"width": width, "height": 800})
            lines = page.evaluate(LINES)
            assert len(lines) > 10
            assert [one for one in lines if one[0] in "，。、；：！？”’）》」…—"] == []
            assert [one for one in lines if one[-1] in "“‘（《「"] == []
    page.close()


def test_chinese_and_latin_stand_apart_without_spaces(browser: Browser, site: Callable[[str], SiteSpace]) -> None:
    """Clreq, 3.2.3 and 3.1.6: a gap between scripts; marks that follow each other close up, where a browser can."""
    space = site("")
    space.entry("a", body="到NEC厂看3条线。\n\n到 NEC 厂看 3 条线。\n\n（甲）（乙）。\n")
    space.build()
    page = browser.new_page()
    with served(space.folder / "output") as root:
        page.goto(f"{root}2020/03/05/a/")
        for name, value in (("lineBreak", "strict"), ("textAutospace", "normal"), ("textSpacingTrim", "trim-start")):
            assert page.evaluate(f"getComputedStyle(document.querySelector('.prose p')).{name}") == value
        widths = page.evaluate(
            """() => {
                const width = (style) => {
                    Object.assign(document.querySelector(".prose p").style, style);
                    const range = document.createRange();
                    range.selectNodeContents(document.querySelector(".prose p"));
                    return range.getBoundingClientRect().width;
                };
                return [width({ textAutospace: "normal" }), width({ textAutospace: "no-autospace" })];
            }"""
        )
    assert widths[0] > widths[1]
    page.close()
