"""Nothing that somebody has typed is lost, and nothing that somebody else has."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.test_pages import violations
from tests.browser.write.writer import saved, typed
from tests.space import SiteSpace


def refuse(page: Page, status: int) -> None:
    """No save is taken until the server is there again: what is tried again by itself would else be in time or not."""

    def answer(route: Route) -> None:
        if route.request.method == "PATCH":
            route.fulfill(status=status, body="")
        else:
            route.continue_()

    page.route("**/api/file?*", answer)


def reconnect(page: Page) -> None:
    """The server is there again, which the browser notices."""
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)


def with_old_token(route: Route) -> None:
    """The page as it was before the program was started anew."""
    if not route.request.is_navigation_request():
        route.continue_()
        return
    response = route.fetch()
    route.fulfill(response=response, body=re.sub('(rizhi-token" content=")[^"]*', r"\1old", response.text()))


def test_nothing_typed_is_lost(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("c", "开头。")
    state = page.locator(".state")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.post_data or "") if one.method == "PATCH" else None)
    # The program was started anew since, so the page has a token that counts no longer.
    page.route(address, with_old_token)
    page.goto(f"{address}#content%2Fentries%2Fc.md")
    text = page.get_by_label("正文", exact=True)

    # No server: the browser keeps it, over a reload too, until it is saved.
    page.route("**/api/file?*", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    typed(page, "断网时写的。")
    expect(state).to_contain_text("没有保存上")
    page.once("dialog", lambda window: window.accept())
    page.reload()
    expect(text).to_have_value("开头。断网时写的。")
    expect(state).to_contain_text("没有保存上")
    reconnect(page)
    assert file.read_text(encoding="utf-8").endswith("开头。断网时写的。")

    # No server, and somebody goes elsewhere: that is said, and it comes again by itself.
    page.route("**/.rizhi/write/**", lambda route: route.abort())
    page.get_by_role("link", name="返回列表").click()
    expect(page.get_by_role("alert")).to_have_text("程序没有回应：请看看“日志”程序是不是还开着。 会自动再试。")
    page.get_by_role("button", name="返回列表").click()
    page.unroute_all()
    page.locator("a[href$='c.md']").click()

    # The disk was full for a moment.
    refuse(page, 503)
    typed(page, "磁盘满时写的。")
    expect(state).to_contain_text("没有保存上")
    # What went wrong meanwhile is said no longer than that.
    page.route("**/api/history?*", lambda route: route.abort())
    page.get_by_role("button", name="以前的样子").click()
    expect(page.get_by_role("alert")).to_have_text("程序没有回应：请看看“日志”程序是不是还开着。")
    reconnect(page)
    typed(page, "又写。")
    expect(page.get_by_role("alert")).to_have_count(0)
    saved(page)
    assert file.read_text(encoding="utf-8").endswith("磁盘满时写的。又写。")

    # An answer is lost on its way: what is saved already is no conflict.
    page.route("**/api/file?*", lambda route: (route.fetch(), route.abort()))
    typed(page, "答复丢了。")
    expect(state).to_contain_text("没有保存上")
    reconnect(page)

    # Pinyin: the letters that an input method tries are nobody's words.
    keys = page.context.new_cdp_session(page)
    asked.clear()
    text.press("Control+End")
    for letters in ("n", "ni", "ni'h", "nihao"):
        keys.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        )
    page.wait_for_timeout(1500)
    assert asked == []
    keys.send("Input.insertText", {"text": "你好。"})
    saved(page)
    assert file.read_text(encoding="utf-8").endswith("答复丢了。你好。")


def test_what_is_typed_into_one_site_is_for_no_other(page: Page, space: SiteSpace, address: str) -> None:
    """The program was ended, and another site opened at the same address."""
    settings = space.folder / "content/site.yaml"
    known = settings.read_text(encoding="utf-8")
    page.goto(f"{address}#content%2Fsite.yaml")
    description = page.get_by_label("网站简介", exact=True)
    expect(description).to_have_value("")

    def other(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers=response.headers | {"x-rizhi-site": "other"})

    old: list[str] = []

    def with_its_token(route: Route) -> None:
        old.append(route.request.headers["x-rizhi-token"])
        route.fulfill(status=403, body="")

    page.route(address, other)
    page.route("**/api/**", with_its_token)
    description.fill("驻村一年。")
    expect(page.locator(".state")).to_contain_text("这个地址现在打开的是另一个网站")
    # Nothing is sent with the token of the other.
    assert len(set(old)) == 1
    assert settings.read_text(encoding="utf-8") == known
    reconnect(page)
    assert "description: 驻村一年。\n" in settings.read_text(encoding="utf-8")


def put(file: Path, old: str, new: str) -> None:
    """Somebody else changes a file."""
    found = file.read_text(encoding="utf-8")
    assert old in found
    file.write_text(found.replace(old, new), encoding="utf-8")


def test_a_file_changed_meanwhile_is_not_overwritten(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("d", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fd.md")
    text, window = page.get_by_label("正文", exact=True), page.get_by_role("dialog", name="这个文件在别处改过了")
    expect(text).to_have_value("开头。")

    def changed(by_other: str, mine: str) -> None:
        # Where nobody is writing, the page takes over what was changed elsewhere as soon as it hears of it.
        text.focus()
        put(file, "开头。", by_other + "开头。")
        typed(page, mine)
        expect(window).to_be_visible()

    def overtaking(route: Route) -> None:
        put(file, "别人三", "别人四")
        route.continue_()

    changed("别人一。", "我一。")
    expect(window.get_by_role("group", name="您写的")).to_have_text("开头。我一。")
    expect(window.get_by_role("group", name="硬盘上的")).to_have_text("别人一。开头。")
    assert violations(page) == []
    window.get_by_role("button", name="先接着写").click()
    typed(page, "又写。")
    page.get_by_role("button", name="怎么办").press("Enter")
    assert "我一" not in file.read_text(encoding="utf-8")
    window.get_by_role("button", name="用我写的").click()
    saved(page)
    expect(page.locator("main[inert]")).to_have_count(0)
    assert file.read_text(encoding="utf-8").endswith("---\n开头。我一。又写。")

    # Changed once more while the window stands there: one window again, with what is there now.
    changed("别人二。", "我二。")
    put(file, "别人二", "别人三")
    window.get_by_role("button", name="用我写的").click()
    expect(window.get_by_role("group", name="硬盘上的")).to_have_text("别人三。开头。我一。又写。")
    expect(page.get_by_role("dialog")).to_have_count(1)
    window.get_by_role("button", name="用硬盘上的").click()
    expect(text).to_have_value("别人三。开头。我一。又写。")
    expect(page.get_by_role("dialog")).to_have_count(0)
    # What gives way is kept.
    states = [one.read_text(encoding="utf-8") for one in (space.folder / ".rizhi/history").glob("*/*-*")]
    assert any(one.endswith("开头。我一。又写。我二。") for one in states), states

    # Publishing what has become another file meanwhile is not done unseen.
    page.route("**/api/publish", overtaking)
    page.get_by_role("button", name="改回草稿").click()
    saved(page)
    page.get_by_role("button", name="定稿").click()
    expect(page.locator(".state")).to_contain_text("刚才那一步没有做")
    expect(text).to_have_value("别人四。开头。我一。又写。")
    assert "status: draft" in file.read_text(encoding="utf-8")

    # An earlier state comes back; a deleted file too.
    page.get_by_role("button", name="以前的样子").click()
    window = page.get_by_role("dialog", name="以前的样子")
    window.get_by_role("listitem").get_by_role("button").last.click()
    window.get_by_role("button", name="换成这个样子").click()
    expect(text).to_have_value("别人一。开头。")
    page.get_by_role("button", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    page.get_by_role("button", name="找回来").click()
    expect(text).to_have_value("别人一。开头。")


def test_changes_at_different_places_come_together(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("h", "开头。", place="城东", weather="晴")
    # No news of builds: only what is saved tells the page of changes.
    page.route("**/.rizhi/events", lambda route: route.abort())
    page.goto(f"{address}#content%2Fentries%2Fh.md")
    text, place = page.get_by_label("正文", exact=True), page.get_by_label("地点", exact=True)
    expect(text).to_have_value("开头。")

    # Another window changes the text, this one a field; then this one writes on in the text of the other.
    put(file, "开头。", "开头。别人写的。")
    place.fill("开发区")
    expect(text).to_have_value("开头。别人写的。")
    saved(page)
    put(file, "weather: 晴", "weather: 雨")
    typed(page, "我写的。")
    expect(page.get_by_label("天气", exact=True)).to_have_value("雨")
    saved(page)
    told = file.read_text(encoding="utf-8")
    assert told.endswith("place: 开发区\nweather: 雨\n---\n开头。别人写的。我写的。"), told

    # The same done in both is no conflict; where they differ, only that is asked.
    put(file, "place: 开发区", "place: 城西")
    place.fill("城西")
    saved(page)
    put(file, "place: 城西", "place: 城南")
    place.evaluate("(box) => { box.value = '城北'; box.dispatchEvent(new InputEvent('input')); }")
    typed(page, "又写。")
    window = page.get_by_role("dialog")
    expect(window.get_by_role("group", name="您写的")).to_have_text("地点：城北")
    expect(window.get_by_role("group", name="硬盘上的")).to_have_text("地点：城南")
    window.get_by_role("button", name="用硬盘上的").click()
    expect(place).to_have_value("城南")
    expect(text).to_have_value("开头。别人写的。我写的。又写。")
    assert file.read_text(encoding="utf-8").endswith("place: 城南\nweather: 雨\n---\n开头。别人写的。我写的。又写。")


def test_a_file_that_is_gone_comes_again(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("g", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fg.md")
    text = page.get_by_label("正文", exact=True)
    expect(text).to_have_value("开头。")

    # Deleted elsewhere, while nobody writes: that is said, until it is there again.
    page.locator(":focus").blur()
    body = file.read_bytes()
    file.unlink()
    expect(page.locator(".state")).to_have_text("这个文件在别处删掉了，或者改了名。")
    file.write_bytes(body)
    saved(page)

    # Deleted elsewhere, while somebody types.
    file.unlink()
    typed(page, "还在写。")
    page.get_by_role("button", name="重新写进去").press("Enter")
    expect(text).to_have_value("开头。还在写。")
    saved(page)

    # Changed elsewhere, while nobody writes: the form follows.
    file = next(one for one in file.parent.glob("*.md") if "还在写" in one.read_text(encoding="utf-8"))
    page.locator(":focus").blur()
    put(file, "还在写", "别人又写")
    expect(text).to_have_value("开头。别人又写。")

    # Gone while there was no server: what was typed is found again from the list.
    page.route("**/api/file?*", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    typed(page, "最后一句。")
    expect(page.locator(".state")).to_contain_text("没有保存上")
    file.unlink()
    page.get_by_role("link", name="返回列表").click()
    page.unroute_all()
    page.get_by_role("link", name=file.name).click()
    page.get_by_role("button", name="重新写进去").click()
    expect(text).to_have_value("开头。别人又写。最后一句。")


def test_no_answer_is_not_told_as_nothing(page: Page, address: str) -> None:
    told = "程序没有回应：请看看“日志”程序是不是还开着。"
    page.goto(address)
    expect(page.get_by_role("button", name="写新日志")).to_be_visible()
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_text("删掉的文稿").click()
    expect(page.get_by_role("listitem").filter(has_text=told)).to_be_visible()
    page.get_by_label("查找").fill("从前")
    expect(page.get_by_role("alert")).to_have_text(told)
    page.unroute_all()
    page.get_by_label("查找").fill("从前的")
    expect(page.get_by_role("link", name="进社区")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
