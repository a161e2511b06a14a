"""A slip of the hand does no harm, and the page finds back from wherever somebody went."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.write.writer import saved
from tests.space import SiteSpace


def test_what_is_pressed_twice_is_done_once(page: Page, space: SiteSpace, address: str) -> None:
    settings = space.folder / "content/site.yaml"
    known = settings.read_text(encoding="utf-8")
    more = known.replace("counters:\n", "counters:\n  a: {label: 甲}\n  b: {label: 乙}\n")
    settings.write_text(more, encoding="utf-8")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/uses?*", hold)
    page.goto(f"{address}#content%2Fsite.yaml")
    rows = page.locator("#field-counters details")
    rows.first.locator("summary").click()
    with page.expect_request("**/api/uses?*"):
        rows.first.get_by_role("button", name="去掉").click()
    # Whether it is used is not known yet.
    rows.first.get_by_role("button", name="去掉").click()
    for route in waiting:
        route.continue_()
    page.unroute("**/api/uses?*", hold)
    expect(rows).to_have_count(2)
    saved(page)
    assert settings.read_text(encoding="utf-8") == more.replace("  a: {label: 甲}\n", "")

    # A second press comes when another thing stands there.
    space.entry("t", requests="[{id: t1, status: raised, title: 修路}, {id: t2, status: raised, title: 修桥}]")
    page.goto(f"{address}#content%2Fentries%2Ft.md")
    requests = page.locator("#field-requests > fieldset")
    requests.first.get_by_role("button", name="去掉").dblclick()
    expect(requests).to_have_count(1)
    saved(page)
    for name in ("删除", "以前的样子"):
        page.get_by_role("button", name=name, exact=True).dblclick()
        page.get_by_role("dialog").get_by_role("button", name="取消").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(requests.get_by_label("诉求内容")).to_have_value("修桥")


def test_no_button_takes_away_what_is_chosen(page: Page, space: SiteSpace, address: str) -> None:
    space.entry("chosen", "要紧的话。\n\n第二段也要紧，说的是一件很长很长的事情。\n")
    page.goto(f"{address}#content%2Fentries%2Fchosen.md")
    text = page.get_by_label("正文", exact=True)
    whole = text.input_value()
    for name in ("小标题", "加粗", "列表", "表格", "脚注"):
        text.fill(whole)
        text.press("ControlOrMeta+A")
        page.get_by_role("group", name="插入到正文").get_by_role("button", name=name, exact=True).click()
        for part in whole.split():
            assert part in text.input_value(), (name, text.input_value())


def test_half_an_address_leads_to_the_list(page: Page, address: str) -> None:
    page.goto(f"{address}#content%2Fentries%2F%E4%")
    expect(page.get_by_role("button", name="写新日志")).to_be_visible()
    expect(page.locator("main[inert]")).to_have_count(0)


def test_the_page_beside_the_text_is_its_own(page: Page, space: SiteSpace, address: str) -> None:
    space.entry("l", "见[外面](http://127.0.0.1:9/)。")
    page.goto(f"{address}#content%2Fentries%2Fl.md")
    frame, text = page.frame_locator("iframe"), page.get_by_label("正文", exact=True)
    # Another site opens in a window of its own.
    with page.expect_popup() as popup:
        frame.get_by_role("link", name="外面").click()
    popup.value.close()
    # Who has followed a link in it sees again what is being written.
    frame.get_by_role("link", name="首页").first.click()
    page.frames[-1].wait_for_url("http://127.0.0.1:*/")
    text.fill("改过了。")
    expect(frame.get_by_text("改过了。")).to_be_visible()


def test_the_site_is_called_as_its_settings_say(page: Page, address: str) -> None:
    page.goto(f"{address}#content%2Fsite.yaml")
    page.locator("#field-title").fill("驻村日志")
    saved(page)
    expect(page.get_by_role("banner").get_by_role("link", name="驻村日志")).to_be_visible()
    expect(page).to_have_title("驻村日志")
