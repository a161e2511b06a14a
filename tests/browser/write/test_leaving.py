"""What the program answers when somebody has gone elsewhere: it opens no window there, and leads nobody away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.write.writer import Held
from tests.space import SiteSpace


@pytest.fixture
def other(space: SiteSpace, page: Page) -> str:
    """The title of a file to which one goes."""
    space.entry("other", "另一篇。", title="另一篇")
    # An answer that was held, and one to which the page turned meanwhile, may come in any order.
    page.set_default_timeout(20_000)
    return "另一篇"


def goes(page: Page) -> None:
    page.evaluate("location.hash = '#content%2Fentries%2Fother.md'")


def is_left_alone(page: Page, other: str) -> None:
    expect(page.get_by_label("标题 必填", exact=True)).to_have_value(other)
    page.wait_for_timeout(300)
    expect(page.get_by_label("标题 必填", exact=True)).to_have_value(other)
    expect(page.get_by_role("dialog")).to_have_count(0)


def goes_while(page: Page, address: str, door: str, button: str, doing: str) -> None:
    """Somebody presses a button of the file and goes elsewhere before the program answers."""
    page.goto(f"{address}#content%2Fentries%2Fleft.md")
    held = Held(page, f"**/api/{door}")
    page.get_by_role("button", name=button).click()
    expect(page.locator(".state")).to_contain_text(doing)
    goes(page)
    held.go()


def test_no_window_opens_over_another_file(page: Page, space: SiteSpace, address: str, other: str) -> None:
    file = space.entry("left", "正文。", title="三")
    file.write_text("---\ntitle: 三 # 三\ndate: 2020-03-05\nstatus: draft\n---\n正文。\n", encoding="utf-8")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    for door, name in (("uses", "删除"), ("history", "以前的样子")):
        page.goto(f"{address}#content%2Fentries%2Fleft.md")
        page.route(f"**/api/{door}?*", hold)
        with page.expect_request(f"**/api/{door}?*"):
            page.get_by_role("button", name=name, exact=True).click()
        goes(page)
        expect(page.get_by_label("标题 必填", exact=True)).to_have_value(other)
        waiting.pop().continue_()
        is_left_alone(page, other)
        page.unroute(f"**/api/{door}?*", hold)
    # What is asked before a draft is final; what was not final stays so.
    goes_while(page, address, "publish", "定稿", "正在检查整个网站")
    is_left_alone(page, other)
    assert "status: draft" in file.read_text(encoding="utf-8")


def test_nobody_is_led_away(page: Page, space: SiteSpace, address: str, other: str) -> None:
    space.entry("left", "正文。", title="新的题目")
    goes_while(page, address, "rename", "按标题给文件改名", "正在做")
    is_left_alone(page, other)
    # A file that was being read has its turn when somebody comes back.
    page.get_by_role("link", name="返回列表").click()
    held = Held(page, "**/api/import?*")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="导入文件").click()
    chooser.value.set_files({"name": "一天.txt", "mimeType": "text/plain", "buffer": "3月5日，走访。\n".encode()})
    expect(page.get_by_text("正在读 一天.txt")).to_be_visible()
    goes(page)
    expect(page.get_by_label("标题 必填", exact=True)).to_have_value(other)
    held.go()
    is_left_alone(page, other)
    page.get_by_role("link", name="返回列表").click()
    expect(page.get_by_text("还有 1 个文件等着导入：一天.txt")).to_be_visible()
    page.get_by_role("button", name="都不导入").click()
