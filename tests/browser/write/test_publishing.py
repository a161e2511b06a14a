"""An entry written, corrected and published as a person does it, by keyboard and by mouse, in both widths."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.test_keyboard import FOCUS
from tests.browser.test_pages import overflow, violations
from tests.browser.write.writer import Held, faults, saved
from tests.space import SiteSpace

WRITTEN = """\
---
title: 进企业，进社区
date: 2020-03-05
targets: [taihe, guoao, 红星村]
tags: [调研, 慰问]
place: 开发区
counts:
  visits: {taihe: 3, guoao: 2}
requests:
  - id: r20200305-1
    status: raised
    title: 缺口罩
    target: taihe
---

上午到厂里。

![车间 \\[一\\]](photo.png "车间 [一]")

**加粗的字**
"""
PICTURE = Path(__file__).parents[3] / "content/entries/village-office.png"


def unreached(page: Page) -> list[object]:
    """The boxes and buttons of the form to which the Tab key does not lead, or where nobody sees that it did."""
    page.get_by_role("link", name="返回列表").focus()
    reached, blind = set(), []
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None or page.evaluate("document.activeElement.tagName") == "IFRAME":
            break
        reached.add(at["order"])
        blind += [] if at["onScreen"] and at["ring"] else [at]
    wanted: list[int] = page.evaluate(
        """() => [...document.querySelectorAll("*")].map((one, at) => [one, at])
            .filter(([one]) => one.matches(".form :is(input, select, textarea, button, summary)"))
            .filter(([one]) => one.checkVisibility())
            .map(([, at]) => at)"""
    )
    return [*blind, *(set(wanted) - reached)]


def begun(page: Page) -> None:
    """Makes a new entry, which needs a title."""
    page.get_by_role("button", name="写新日志").click()
    window = page.get_by_role("dialog", name="写新日志")
    window.get_by_label("标题").fill(" ")
    window.get_by_role("button", name="新建").click()
    expect(window.locator("#field-title-problem")).to_have_text("请填写")
    window.get_by_label("标题").fill("进企业")
    window.get_by_label("第一天").fill("2020-03-05")
    window.get_by_role("button", name="新建").press("Enter")


def filled(page: Page) -> None:
    """Fills the boxes of an entry, by keyboard and by mouse."""
    expect(page.get_by_label("泰和新材", exact=True)).to_be_visible()
    held = Held(page, "**/api/file?*")
    page.get_by_label("泰和新材", exact=True).check()
    page.get_by_label("国奥社区", exact=True).press("Space")
    # Whom the site does not have yet is made here, and chosen.
    page.get_by_role("button", name="新服务对象").click()
    window = page.get_by_role("dialog", name="新服务对象")
    window.get_by_role("button", name="新建").click()
    missing = window.locator("#field-name-problem")
    expect(missing).to_have_text("请填写")
    # What is saved behind the window takes nothing away that is said in it.
    held.go()
    saved(page)
    expect(missing).to_have_text("请填写")
    window.get_by_label("名称").fill("红星村")
    window.get_by_label("类别").select_option(label="乡村")
    window.get_by_role("button", name="新建").press("Enter")
    expect(page.get_by_label("红星村", exact=True).first).to_be_checked()
    for tag in ("调研", "慰问", "错的"):
        page.get_by_label("标签", exact=True).fill(tag)
        page.get_by_label("标签", exact=True).press("Enter")
    page.get_by_role("button", name="去掉 错的").click()
    page.get_by_label("地点", exact=True).fill("开发区")
    counts = page.get_by_role("group", name="走访（户）")
    counts.get_by_label("泰和新材").fill("3")
    counts.get_by_label("国奥社区").fill("2")
    page.get_by_role("button", name="新的诉求").click()
    row = page.locator("#field-requests fieldset")
    row.get_by_label("诉求内容").fill("缺口罩")
    row.get_by_label("谁提出的").select_option(label="泰和新材")


def picture_chosen(page: Page, name: str) -> None:
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="图片", exact=True).click()
    chosen.value.set_files({"name": name, "mimeType": "image/png", "buffer": PICTURE.read_bytes()})


def written(page: Page) -> None:
    """Writes the text, with a picture."""
    text = page.get_by_label("正文", exact=True)
    text.click()
    page.keyboard.insert_text("上午到厂里。")
    # A picture that is not wanted after all leaves nothing behind.
    picture_chosen(page, "other.png")
    page.get_by_role("button", name="取消", exact=True).click()
    picture_chosen(page, "photo.png")
    page.get_by_role("textbox", name="图片说明").fill("车间 [一]")
    page.get_by_role("button", name="插入", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    text.press("Control+b")
    text.press("End")
    text.press_sequentially("\n错")
    text.press("Control+z")


def asking(route: Route) -> None:
    """A draft has something that a person should look at before it is final."""
    sent = json.loads(route.request.post_data or "")
    if sent.get("asked"):
        route.continue_()
    else:
        ask = {"path": sent["path"], "message": "待核对：日期", "is_error": False, "is_file_name": True}
        route.fulfill(json={"asks": [ask], "version": sent["version"]})


def renaming(folder: Path, route: Route) -> None:
    sent = json.loads(route.request.post_data or "")
    path = "content/entries/2020-03-05-named.md"
    (folder / sent["path"]).rename(folder / path)
    route.fulfill(json={"path": path, "version": sent["version"]})


def renamed(page: Page, file: Path) -> Path:
    """Gives an entry another title, and its file another name."""
    title = page.get_by_label("标题 必填", exact=True)
    title.fill("")
    expect(page.locator("#field-title-problem")).to_have_text("请填写")
    # It is not asked for any longer than it is missing, whatever the server knows.
    held = Held(page, "**/api/file?*")
    title.fill("进企业")
    expect(page.locator("#field-title-problem")).to_be_empty()
    held.go()
    title.press("End")
    page.keyboard.insert_text("，进社区")
    saved(page)
    page.route("**/api/rename", partial(renaming, file.parents[2]))
    page.get_by_role("button", name="按标题给文件改名").click()
    page.wait_for_url("**named.md")
    expect(title).to_have_value("进企业，进社区")
    return file.with_name("2020-03-05-named.md")


def published(page: Page) -> list[object]:
    """Makes final what somebody should look at first; gives what is wrong with how that is asked."""
    page.route("**/api/publish", asking)
    page.get_by_role("button", name="定稿").click()
    window = page.get_by_role("dialog", name="定稿以前请看一看")
    expect(window.get_by_text("待核对：日期")).to_be_visible()
    found: list[object] = [*violations(page), *overflow(page)]
    window.get_by_role("button", name="先去改").click()
    expect(page.locator(".mark")).to_have_text("草稿")
    page.get_by_text("1 条提醒").click()
    expect(page.get_by_role("listitem").filter(has_text="待核对：日期").get_by_role("button")).to_have_count(1)
    page.get_by_role("button", name="定稿").click()
    window.get_by_role("button", name="照样定稿").click()
    expect(page.locator(".mark")).to_have_text("已定稿")
    return found


def closes_with_its_page(page: Page) -> None:
    """A published entry that is changed still has the way to the site, whose window does not stay over another page."""
    title = page.get_by_label("标题 必填", exact=True)
    title.press("End")
    page.keyboard.insert_text("。")
    title.press("Backspace")
    saved(page)
    page.get_by_role("button", name="生成网站").click()
    page.go_back()
    expect(page.get_by_role("button", name="写新日志")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def reported(page: Page) -> object:
    """A report on a month is asked for by a day in it; what the eye finds wrong in its window."""
    page.get_by_role("button", name="写报告").click()
    window = page.get_by_role("dialog")
    window.get_by_label("哪段时间").select_option("days")
    expect(window.get_by_label("最后一天")).to_be_visible()
    window.get_by_label("哪段时间").select_option("month")
    expect(window.get_by_label("最后一天")).to_be_hidden()
    window.get_by_label("这段时间里的任何一天").fill("2020-03-20")
    found = faults(page)
    window.get_by_role("button", name="写报告").click()
    expect(window.get_by_role("link", name="保存 report-2020-03.docx")).to_be_focused()
    window.get_by_role("button", name="关闭").click()
    return found


def test_an_entry_is_written_corrected_and_published(page: Page, space: SiteSpace, address: str) -> None:
    entries = space.folder / "content/entries"
    before = set(entries.glob("*.md"))
    page.goto(address)
    expect(page.get_by_role("link", name="进社区")).to_be_visible()
    seen: dict[str, object] = {"list": faults(page)}
    begun(page)
    filled(page)
    written(page)
    saved(page)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("上午到厂里。")).to_be_visible()
    page.locator("summary").last.click()
    seen |= {"editor": faults(page), "keyboard": unreached(page)}

    (path,) = set(entries.glob("*.md")) - before
    page.get_by_label("最后一天").fill("2020-03-04")
    expect(page.locator("#field-date-problem")).not_to_be_empty()
    # While the whole site is checked, that is told, and nothing is begun again.
    held = Held(page, "**/api/publish")
    page.get_by_role("button", name="定稿").click()
    expect(page.locator(".state")).to_have_text("正在检查整个网站…")
    expect(page.get_by_role("button", name="定稿")).to_be_disabled()
    held.go()
    expect(page.get_by_label("第一天")).to_be_focused()
    assert "status: draft" in path.read_text(encoding="utf-8")
    seen |= {"faulty": faults(page)}
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("最后一天").fill("")
    path = renamed(page, path)
    seen |= {"asked": published(page)}
    closes_with_its_page(page)
    seen |= {"report": reported(page)}

    assert path.read_text(encoding="utf-8").rstrip() == WRITTEN.rstrip()
    assert (path.parent / "photo.png").read_bytes() == PICTURE.read_bytes()
    assert not (path.parent / "other.png").exists()
    assert {where: found for where, found in seen.items() if found} == {}
    assert space.run("check").status == 0
