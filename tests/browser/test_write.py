"""The writing page in a real browser: an entry written as a person does it, and nothing of it lost on the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.tools.write.forms import forms
from tests.browser.test_keyboard import FOCUS
from tests.browser.test_pages import overflow, violations
from tests.space import SiteSpace

SITE = """\
-- content/site.yaml --
title: 工作日志
language: zh-CN
counters:
  visits: {label: 走访, unit: 户}
-- content/targets/taihe.md --
---
name: 泰和新材
kind: enterprise
---
-- content/targets/guoao.md --
---
name: 国奥社区
kind: community
---
-- content/entries/b.md --
---
title: 进社区   # 留着
date: 2020-03-06
tags: [调研]
requests:
  - {id: bridge, status: raised, title: 村东头过河的便桥年久失修，雨季一到老人都要绕行三里路，请尽快修一修}
---
从前的一天。
"""
WRITTEN = """\
---
title: 进企业，进社区
date: 2020-03-05
targets: [taihe, guoao]
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
OWN = ("http://127.0.0.1", "blob:", "data:")
PICTURE = Path(__file__).parents[2] / "content/entries/village-office.png"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    return SiteSpace.of(tmp_path_factory.mktemp("written"), SITE)


@pytest.fixture(scope="module")
def address(space: SiteSpace) -> Iterator[str]:
    """Where the writing page of the site is."""
    command = [sys.executable, "-m", "generator", "write", str(space.folder), "--port", "0", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"RIZHI_LANGUAGE": "zh", "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        try:
            yield next(word for line in process.stdout for word in line.split() if "/.rizhi/write/" in word)
            assert process.poll() is None, f"the program has ended with {process.returncode}"
        finally:
            process.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must neither complain nor ask another host for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith(OWN) else complaints.append(asked.url))
    yield page
    page.close()
    assert complaints == []


def faults(page: Page) -> dict[str, object]:
    """What axe and a ruler find wrong, on a phone at night and on a desk by day."""
    found: dict[str, object] = {}
    for width, light in ((390, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        found[f"{width} {light}"] = violations(page) + overflow(page)
    return {where: faults for where, faults in found.items() if faults}


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


def saved(page: Page) -> None:
    expect(page.locator(".state")).to_have_text("已保存")


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
    page.get_by_label("泰和新材", exact=True).check()
    page.get_by_label("国奥社区", exact=True).press("Space")
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
    """A file has something that a person should look at before it is published."""
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
    title.fill("进企业")
    title.press("End")
    page.keyboard.insert_text("，进社区")
    saved(page)
    page.route("**/api/rename", partial(renaming, file.parents[2]))
    page.get_by_role("button", name="按标题给文件改名").click()
    page.wait_for_url("**named.md")
    expect(title).to_have_value("进企业，进社区")
    return file.with_name("2020-03-05-named.md")


def published(page: Page) -> list[object]:
    """Publishes what somebody should look at first; gives what is wrong with how that is asked."""
    page.route("**/api/publish", asking)
    page.get_by_role("button", name="发布").click()
    window = page.get_by_role("dialog", name="发布以前请看一看")
    expect(window.get_by_text("待核对：日期")).to_be_visible()
    found: list[object] = [*violations(page), *overflow(page)]
    window.get_by_role("button", name="先去改").click()
    expect(page.locator(".mark")).to_have_text("草稿")
    page.get_by_text("1 条提醒").click()
    expect(page.get_by_role("listitem").filter(has_text="待核对：日期").get_by_role("button")).to_have_count(1)
    page.get_by_role("button", name="发布").click()
    window.get_by_role("button", name="照样发布").click()
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


def test_an_entry_is_written_corrected_and_published(page: Page, space: SiteSpace, address: str) -> None:
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

    path = next(one for one in (space.folder / "content/entries").glob("*.md") if one.name != "b.md")
    page.get_by_label("最后一天").fill("2020-03-04")
    expect(page.locator("#field-date-problem")).not_to_be_empty()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_label("第一天")).to_be_focused()
    assert "status: draft" in path.read_text(encoding="utf-8")
    seen |= {"faulty": faults(page)}
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("最后一天").fill("")
    path = renamed(page, path)
    seen |= {"asked": published(page)}
    closes_with_its_page(page)

    assert path.read_text(encoding="utf-8").rstrip() == WRITTEN.rstrip()
    assert (path.parent / "photo.png").read_bytes() == PICTURE.read_bytes()
    assert not (path.parent / "other.png").exists()
    assert {where: found for where, found in seen.items() if found} == {}
    assert space.run("check").status == 0


def typed(page: Page, text: str) -> None:
    page.get_by_label("正文", exact=True).press("Control+End")
    page.keyboard.insert_text(text)


def refuse_once(page: Page, status: int) -> None:
    left = [status]

    def answer(route: Route) -> None:
        if route.request.method == "PATCH" and left:
            route.fulfill(status=left.pop(), body="")
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
    refuse_once(page, 503)
    typed(page, "磁盘满时写的。")
    expect(state).to_contain_text("没有保存上")
    reconnect(page)
    assert file.read_text(encoding="utf-8").endswith("磁盘满时写的。")

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


def test_a_file_changed_meanwhile_is_not_overwritten(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("d", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fd.md")
    text, window = page.get_by_label("正文", exact=True), page.get_by_role("dialog", name="这个文件在别处改过了")
    expect(text).to_have_value("开头。")

    def changed(by_other: str, mine: str) -> None:
        file.write_text(file.read_text(encoding="utf-8").replace("开头。", by_other + "开头。"), encoding="utf-8")
        typed(page, mine)
        expect(window).to_be_visible()

    changed("别人一。", "我一。")
    expect(window.get_by_role("region", name="您写的")).to_have_text("开头。我一。")
    expect(window.get_by_role("region", name="硬盘上的")).to_have_text("别人一。开头。")
    assert violations(page) == []
    window.get_by_role("button", name="先接着写").click()
    typed(page, "又写。")
    page.get_by_role("button", name="怎么办").press("Enter")
    assert "我一" not in file.read_text(encoding="utf-8")
    window.get_by_role("button", name="用我写的").click()
    expect(window).to_have_count(0)
    expect(page.locator("main[inert]")).to_have_count(0)
    assert file.read_text(encoding="utf-8").endswith("---\n开头。我一。又写。")

    changed("别人二。", "我二。")
    window.get_by_role("button", name="用硬盘上的").click()
    expect(text).to_have_value("别人二。开头。我一。又写。")

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

    # Deleted elsewhere, while somebody types.
    file.unlink()
    typed(page, "还在写。")
    page.get_by_role("button", name="重新写进去").press("Enter")
    expect(text).to_have_value("别人一。开头。还在写。")
    saved(page)

    # Changed elsewhere, while nobody writes: the form follows.
    file = next(one for one in file.parent.glob("*.md") if "还在写" in one.read_text(encoding="utf-8"))
    page.locator(":focus").blur()
    file.write_text(file.read_text(encoding="utf-8").replace("还在写", "别人又写"), encoding="utf-8")
    expect(text).to_have_value("别人一。开头。别人又写。")

    # Gone while there was no server: what was typed is found again from the list.
    page.route("**/api/file?*", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    typed(page, "最后一句。")
    expect(page.locator(".state")).to_contain_text("没有保存上")
    file.unlink()
    page.get_by_role("link", name="返回列表").click()
    page.unroute_all()
    page.get_by_role("link", name=file.name).click()
    page.get_by_role("button", name="重新写进去").click()
    expect(text).to_have_value("别人一。开头。别人又写。最后一句。")


DIARY = """\
2020年3月5日 星期四 晴
上午到泰和新材，看车间。

3月6日 星期六
到国奥社区走访困难户张小花，她患病在家。

3月7日
整理台账。
"""


def test_a_diary_is_taken_in_and_the_site_built(page: Page, space: SiteSpace, address: str) -> None:
    page.goto(address)
    page.get_by_label("查找").fill("从前的一天")
    expect(page.get_by_role("link", name="进社区")).to_be_visible()
    page.locator("main").evaluate(
        """(room, text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "日记.txt"));
            room.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        DIARY,
    )
    make = page.get_by_role("button", name="写成草稿")
    expect(make).to_be_disabled()
    found = {"review": faults(page)}
    page.get_by_role("group", name="星期与2020年不符").get_by_role("button", name="2021").press("Enter")
    page.get_by_role("group", name="张小花").get_by_role("button", name="普通群众").click()
    # The year makes another weekday wrong, which nobody has to answer.
    expect(page.get_by_text("还有 1 个问题没有回答，不回答也可以写成草稿。")).to_be_visible()
    drafts = page.get_by_role("region", name="草稿")
    expect(drafts.get_by_role("group", name="第 2 篇")).not_to_contain_text("张小花")
    page.locator("#cut-4").click()
    expect(drafts.get_by_role("group", name="第 3 篇")).to_have_count(0)
    page.locator("#cut-4").click()
    drafts.get_by_role("group", name="第 3 篇").get_by_label("标题", exact=True).fill("理账")
    make.click()
    expect(page.get_by_text("写好了 3 篇草稿")).to_be_visible()
    expect(page.get_by_role("link", name="理账", exact=True)).to_be_visible()
    assert "张小花" in (space.folder / "content/people.yaml").read_text(encoding="utf-8")

    page.get_by_role("link", name="人员名单").click()
    page.get_by_text("张小花", exact=True).click()
    page.get_by_label("化名").fill("一位居民")
    saved(page)
    page.get_by_role("link", name="网站设置").click()
    page.get_by_role("button", name="添加：统计名目").click()
    row = page.locator("#field-counters details[open]")
    row.get_by_label("名称", exact=True).fill("座谈会")
    row.get_by_label("单位", exact=True).fill("场")
    saved(page)
    found |= {"settings": faults(page)}
    assert "座谈会: {unit: 场}" in (space.folder / "content/site.yaml").read_text(encoding="utf-8").replace(
        "座谈会:\n    unit: 场", "座谈会: {unit: 场}"
    )

    page.get_by_role("link", name="返回列表").click()
    page.get_by_role("button", name="生成网站").click()
    page.get_by_role("dialog").get_by_role("button", name="生成", exact=True).click()
    expect(page.get_by_role("dialog").get_by_text("已经发布到")).to_be_visible()
    expect(page.get_by_role("dialog").locator(".problems")).to_have_count(0)
    assert (space.folder / "output/2020/03/06/b/index.html").is_file()
    found |= {"built": faults(page)}
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    page.get_by_role("button", name="导出文件").click()
    page.get_by_role("dialog").get_by_role("button", name="导出", exact=True).click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="保存 chronicle.docx").click()
    assert saving.value.path().read_bytes().startswith(b"PK")
    assert {where: faults for where, faults in found.items() if faults} == {}


PASTED = '<p style="mso-x:1"><b>座谈</b>：三件事<img src="file:///C:/a.png"></p><table><tr><td>甲</td><td>乙</td></tr></table>'


def test_what_is_pasted_comes_as_markdown(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("e", "开头。\n\n")
    page.goto(f"{address}#content%2Fentries%2Fe.md")
    text = page.get_by_label("正文", exact=True)
    expect(text).to_have_value("开头。\n\n")
    text.press("Control+End")
    text.evaluate(
        """(box, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "座谈");
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        PASTED,
    )
    expect(page.get_by_text("浏览器读不到 Word 里的图片")).to_be_visible()
    saved(page)
    assert "**座谈**：三件事" in file.read_text(encoding="utf-8")
    assert "| 甲 | 乙 |" in file.read_text(encoding="utf-8")
    page.set_viewport_size({"width": 390, "height": 844})
    frame = page.locator("iframe")
    expect(frame).to_be_hidden()
    typed(page, "file:///C:/Users/" + "documents" * 20)
    assert overflow(page) == []
    room = page.locator(".form").evaluate("(form) => form.getBoundingClientRect().right")
    assert text.evaluate("(box) => box.getBoundingClientRect().right") <= room
    page.get_by_role("button", name="预览").click()
    expect(frame).to_be_visible()
    expect(text).to_be_hidden()


def test_every_text_of_the_page_has_its_chinese() -> None:
    folder = Path(__file__).parents[2] / "generator/tools/write/page"
    texts = (folder / "texts.js").read_text(encoding="utf-8")
    known = set(re.findall(r'"((?:[^"\\]|\\.)*)": "', texts))
    code = "".join(one.read_text(encoding="utf-8") for one in folder.glob("*.js") if one.name != "texts.js")
    said = set(re.findall(r'\bt\("((?:[^"\\]|\\.)*)"\)', code))
    assert said - known == set()
    unsaid = [one for one in known if f'"{one}"' not in code and not re.search(rf"\b{re.escape(one)}:", code)]
    assert [one for one in unsaid if not one.startswith("New ")] == []


def test_no_help_speaks_of_files_and_yaml() -> None:
    def helps(fields: list[dict[str, Any]]) -> Iterator[str]:
        for field in fields:
            yield field["help"]
            yield from helps(field.get("fields", []))

    told = [text for language in ("zh", "en") for form in forms(language).values() for text in helps(form)]
    assert len(told) > 100
    assert [text for text in told if re.search(r"[`\[{]|\.ya?ml|\.md|content/", text)] == []
