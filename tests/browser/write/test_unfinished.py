"""What is not finished does not go out: it waits in the browser, and holds nothing else up."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.write.writer import faults, saved
from tests.space import SiteSpace


def test_what_is_not_finished_does_not_go_out_and_holds_nothing_up(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("w", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fw.md")
    state, note = page.locator(".state"), page.locator("#field-corrections-0-note")
    page.locator("summary").last.click()
    page.get_by_role("button", name="添加：更正").click()
    # The day is today unless somebody says otherwise; by itself, it is no correction.
    day = page.locator("#field-corrections-0-date")
    today = day.input_value()
    assert today
    expect(note).to_be_focused()
    saved(page)
    page.keyboard.insert_text("人数改了。")
    saved(page)
    assert f"corrections:\n  - date: {today}\n    note: 人数改了。\n" in file.read_text(encoding="utf-8")
    day.fill("")
    expect(page.locator("#field-corrections-0-date-problem")).to_have_text("请填写")
    expect(state).to_have_text("没有保存：请先改好标出来的地方。")
    # All else is saved, and the preview goes on; what waits is still there after a reload.
    page.get_by_label("正文", exact=True).fill("开头，改过。")
    expect(page.frame_locator("iframe").get_by_text("开头，改过。")).to_be_visible()
    expect(state).to_have_text("没有保存：请先改好标出来的地方。")
    expect(page.locator("#field-corrections-0-date-problem")).to_have_text("请填写")
    note.fill("人数和地点改了。")
    page.once("dialog", lambda window: window.accept())
    page.reload()
    expect(note).to_have_value("人数和地点改了。")
    expect(page.locator("#field-corrections-0-date-problem")).to_have_text("请填写")
    assert f"date: {today}" in file.read_text(encoding="utf-8")
    assert faults(page) == {}
    day.fill("2020-03-20")
    saved(page)
    assert "corrections:\n  - date: 2020-03-20\n    note: 人数和地点改了。\n" in file.read_text(encoding="utf-8")
    # Whoever has only a name yet keeps nobody from looking at the site.
    page.goto(f"{address}#content%2Fpeople.yaml")
    page.get_by_role("button", name="添加：人员").click()
    page.keyboard.insert_text("王五")
    expect(page.locator("#field-people-0-role-problem")).to_have_text("请填写")
    expect(state).to_have_text("没有保存：请先改好标出来的地方。")
    page.get_by_role("link", name="返回列表").click()
    expect(page.get_by_role("button", name="写新日志")).to_be_visible()
    expect(page.locator(".notice")).to_be_hidden()
    page.get_by_role("link", name="人员名单").click()
    page.locator("#field-people-0-role").select_option(label="公职人员")
    saved(page)
    people = (space.folder / "content/people.yaml").read_text(encoding="utf-8")
    assert people == "people:\n  - id: p1\n    name: 王五\n    role: official\n"


def test_what_says_why_is_not_taken_away_with_its_words(page: Page, space: SiteSpace, address: str) -> None:
    """A withdrawn entry would be published again, and a correction be gone."""
    known = {"withdrawn": "{date: 2020-03-09, reason: 有误}", "corrections": "[{date: 2020-03-08, note: 改了}]"}
    file = space.entry("w", "开头。", **known)
    text = file.read_text(encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Fw.md")
    for name in ("withdrawn-reason", "corrections-0-note"):
        page.locator(f"#field-{name}").evaluate(
            "box => { for (let one = box; one; one = one.parentElement) one.open = true; }"
        )
        page.locator(f"#field-{name}").fill("")
        expect(page.locator(f"#field-{name}-problem")).to_have_text("请填写")
    expect(page.locator(".state")).to_have_text("没有保存：请先改好标出来的地方。")
    assert file.read_text(encoding="utf-8") == text


def test_what_is_refused_waits_for_the_next_change(page: Page, space: SiteSpace, address: str) -> None:
    """Even where what is wrong is told of a part that waits already."""
    space.entry("y", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fy.md")
    page.get_by_label("标题 必填", exact=True).fill("")
    expect(page.locator("#field-title-problem")).to_have_text("请填写")
    sent: list[str] = []

    def refuse(route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
            return
        sent.append(route.request.post_data or "")
        problem = {"message": "对不上", "is_error": True, "field": "title", "place": ["title"]}
        route.fulfill(status=422, json={"problems": [problem]})

    page.route("**/api/file?*", refuse)
    for times, text in enumerate(("甲", "乙"), start=1):
        page.get_by_label("地点", exact=True).fill(text)
        expect(page.locator(".state")).to_contain_text("对不上")
        assert len(sent) == times


def test_an_earlier_state_takes_the_place_of_what_is_not_finished(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("x", "开头。")
    before = file.read_text(encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Fx.md")
    text, title = page.get_by_label("正文", exact=True), page.get_by_label("标题 必填", exact=True)
    text.fill("改过。")
    saved(page)
    title.fill("")
    text.fill("又改。")
    expect(page.locator("#field-title-problem")).to_have_text("请填写")
    page.get_by_role("button", name="以前的样子").click()
    window = page.get_by_role("dialog", name="以前的样子")
    window.get_by_role("listitem").get_by_role("button").last.click()
    window.get_by_role("button", name="换成这个样子").click()
    expect(text).to_have_value("开头。")
    expect(title).to_have_value("标题")
    saved(page)
    assert file.read_text(encoding="utf-8") == before
