"""What was written elsewhere: a diary becomes drafts, a part of a page is pasted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_pages import overflow
from tests.browser.write.writer import faults, saved, typed
from tests.space import SiteSpace

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
            dataTransfer.items.add(new File(["2020年3月9日 晴\\n\\n开会。"], "另一篇.txt"));
            room.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        DIARY,
    )
    make = page.get_by_role("button", name="写成草稿")
    expect(make).to_be_disabled()
    found = {"review": faults(page)}
    page.get_by_role("group", name="星期与2020年不符").get_by_role("button", name="2021").press("Enter")
    page.get_by_role("listitem").filter(has_text="到国奥社区走访困难户张小花，她患病在家。").get_by_role(
        "button", name="普通群众"
    ).click()
    # The year is that of the days that were asked about, and no other.
    expect(page.get_by_text("问题都回答了。")).to_be_visible()
    expect(page.get_by_label("第一天").first).to_have_value("2020-03-05")
    drafts = page.get_by_role("region", name="草稿")
    expect(drafts.get_by_role("group", name="第 2 篇")).not_to_contain_text("张小花")
    page.locator("#cut-4").click()
    expect(drafts.get_by_role("group", name="第 3 篇")).to_have_count(0)
    page.locator("#cut-4").click()
    drafts.get_by_role("group", name="第 3 篇").get_by_label("标题", exact=True).fill("理账")
    make.click()
    expect(page.get_by_text("写好了 3 篇草稿")).to_be_visible()
    expect(page.get_by_text("还有 1 个文件等着导入：另一篇.txt")).to_be_visible()
    page.get_by_role("button", name="导入下一个").click()
    page.get_by_role("button", name="不要了").click()
    expect(page.get_by_text("等着导入")).to_have_count(0)
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
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("output")
    expect(page.get_by_role("dialog").locator(".problems")).to_have_count(0)
    assert (space.folder / "output/2020/03/06/b/index.html").is_file()
    found |= {"built": faults(page)}
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    exported(page)
    found |= {"corrected": corrected(page)}
    assert {where: faults for where, faults in found.items() if faults} == {}


def exported(page: Page) -> None:
    """All entries can be had as a Word file."""
    page.get_by_role("button", name="导出文件").click()
    page.get_by_role("dialog").get_by_role("button", name="导出", exact=True).click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="保存 chronicle.docx").click()
    assert saving.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()


def corrected(page: Page) -> dict[str, object]:
    """Who changes a text that readers have seen is offered the field for that; what the eye finds wrong with it."""
    page.get_by_role("link", name="进社区", exact=True).click()
    text, offer = page.get_by_label("正文", exact=True), page.get_by_role("button", name="写更正")
    expect(text).to_have_value("从前的一天。\n")
    expect(offer).to_be_hidden()
    text.press("Control+End")
    page.keyboard.insert_text("改了。")
    expect(offer).to_be_visible()
    found = faults(page)
    offer.click()
    expect(page.locator("#field-corrections").get_by_label("改了什么")).to_be_focused()
    text.fill("从前的一天。\n")
    expect(offer).to_be_hidden()
    saved(page)
    return found


PASTED = '<p style="mso-x:1"><b>座谈</b>：三件事<img src="file:///C:/a.png"></p><table><tr><td>甲</td><td>乙</td></tr></table>'


STRAY = """\
2022年7月11日 晴
开会。

7月12日
到厂里。

4月13日
看台账。

7月14日
写总结。
"""


def test_a_day_among_the_answers_says_what_it_does(page: Page, address: str) -> None:
    page.goto(address)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="导入文件").click()
    chooser.value.set_files({"name": "周.txt", "mimeType": "text/plain", "buffer": STRAY.encode()})
    asked = page.get_by_role("listitem").filter(has_text="对不上")
    expect(asked.get_by_role("button")).to_have_text(["是", "否", "是，日期是 2022-07-13"])
    asked.get_by_role("button").last.click()
    expect(asked.get_by_role("button").last).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="不要了").click()


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
    expect(page.get_by_text("浏览器读不到 Word 里的图片")).to_be_in_viewport()
    page.get_by_role("button", name="关闭").click()
    expect(page.get_by_text("浏览器读不到 Word 里的图片")).to_have_count(0)
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
