"""Pictures and files come to stand where the caret was when they were chosen, in their order."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.write.writer import Held, saved
from tests.space import SiteSpace

PICTURE = (Path(__file__).parents[3] / "content/entries/village-office.png").read_bytes()


def picture(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": PICTURE}


def document(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n"}


def chosen(page: Page, *files: FilePayload) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="图片", exact=True).click()
    chooser.value.set_files(list(files))


def captioned(page: Page, captions: dict[int, str]) -> None:
    """Answers for each of the chosen pictures; without a caption, one is not wanted after all."""
    for number, caption in captions.items():
        window = page.get_by_role("dialog").filter(has=page.get_by_role("img", name=f"p{number}.png"))
        if caption:
            window.get_by_role("textbox", name="图片说明").fill(caption)
        window.get_by_role("button", name="插入" if caption else "取消", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def at(number: int) -> str:
    return f'![图{number}](p{number}.png "图{number}")'


def test_pictures_stand_in_their_order_where_the_caret_was(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("p", "开头一段。\n\n结尾一段。")
    page.goto(f"{address}#content%2Fentries%2Fp.md")
    text = page.get_by_label("正文", exact=True)
    text.press("Control+End")
    chosen(page, *(picture(f"p{number}.png") for number in (1, 2, 3)))
    captioned(page, {1: "图1", 2: "图2", 3: "图3"})
    expected = f"开头一段。\n\n结尾一段。\n\n{at(1)}\n\n{at(2)}\n\n{at(3)}\n\n"
    expect(text).to_have_value(expected)
    # Between two paragraphs; one that is not wanted after all is in nobody's way.
    text.press("Control+Home")
    text.press("End")
    chosen(page, *(picture(f"p{number}.png") for number in (4, 5, 6)))
    captioned(page, {4: "图4", 5: "", 6: "图6"})
    expected = expected.replace("\n\n结尾", f"\n\n{at(4)}\n\n{at(6)}\n\n结尾")
    expect(text).to_have_value(expected)
    # A window that opened over the text leaves the caret where it was; what is chosen is not replaced.
    text.press("Control+Home")
    text.press("Shift+End")
    text.evaluate(
        """(box) => {
            const data = new DataTransfer();
            const beginning = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
            data.items.add(new File([beginning], "p7.png", { type: "image/png" }));
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    captioned(page, {7: ""})
    expect(text).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.insert_text("近")
    expected = expected.replace("一段。", "一段。近", 1)
    expect(text).to_have_value(expected)
    # What is typed while a file is stored stays before and behind it, and the caret where it is typed.
    held = Held(page, "**/api/upload?*")
    chosen(page, document("a.pdf"), document("b.pdf"))
    expect(page.get_by_text("正在保存 a.pdf")).to_be_visible()
    text.press("Control+Home")
    page.keyboard.insert_text("先写的。")
    held.go()
    expected = f"先写的。{expected.replace('近', '近[a.pdf](a.pdf)[b.pdf](b.pdf)')}"
    expect(text).to_have_value(expected)
    page.keyboard.insert_text("再写的。")
    expect(text).to_have_value(expected.replace("先写的。", "先写的。再写的。"))
    text.press("Control+z")
    saved(page)
    assert file.read_text(encoding="utf-8").endswith(f"---\n{expected}")
    # What is stored while somebody leaves stands in the text for all that; nobody is asked about a picture elsewhere.
    held = Held(page, "**/api/upload?*")
    chosen(page, document("c.pdf"), picture("p8.png"))
    expect(page.get_by_text("正在保存 c.pdf")).to_be_visible()
    page.get_by_role("link", name="返回列表").click()
    expect(page.get_by_role("button", name="写新日志")).to_be_visible()
    held.go()
    page.get_by_role("link", name="标题", exact=True).first.click()
    expect(text).to_have_value(expected.replace("先写的。", "先写的。[c.pdf](c.pdf)"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    saved(page)


def test_what_is_refused_is_refused_before_its_caption_is_asked(page: Page, space: SiteSpace, address: str) -> None:
    space.entry("r", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fr.md")
    said = page.locator(".tools + .problem")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    for name, kind, body in (
        ("图.svg", "image/svg+xml", drawing),
        ("图.jpg", "image/jpeg", b"<!doctype html><p>x"),
    ):
        chosen(page, {"name": name, "mimeType": kind, "buffer": body})
        expect(said).to_contain_text(f"{name}：网页和 SVG 图里可能带有程序")
        expect(page.get_by_role("dialog")).to_have_count(0)
    # A page may become drafts all the same.
    chosen(page, {"name": "页.html", "mimeType": "text/html", "buffer": b"<!doctype html><p>x"})
    window = page.get_by_role("dialog", name="页.html")
    expect(window).to_contain_text("它不能作为附件：网页和 SVG 图里可能带有程序")
    expect(window.get_by_role("button")).to_have_text(["写成草稿", "取消"])
    window.get_by_role("button", name="取消").click()


def test_an_empty_list_says_where_it_is_filled(page: Page, space: SiteSpace, address: str) -> None:
    space.entry("s", "开头。")
    page.goto(f"{address}#content%2Fentries%2Fs.md")
    page.get_by_role("button", name="人员", exact=True).click()
    page.locator(".tools + .help").get_by_role("link", name="人员名单").click()
    expect(page.get_by_role("heading", name="人员名单")).to_be_visible()


def test_a_box_that_goes_in_the_middle_of_a_word_holds_nothing_up(page: Page, space: SiteSpace, address: str) -> None:
    space.entry("u", "开头。")
    space.entry("v", "别的。", date="2020-03-07")
    page.goto(f"{address}#content%2Fentries%2Fu.md")
    text = page.get_by_label("正文", exact=True)
    text.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionstart'))")
    held = Held(page, "**/api/upload?*")
    chosen(page, document("t.pdf"))
    expect(page.get_by_text("正在保存 t.pdf")).to_be_visible()
    page.goto(f"{address}#content%2Fentries%2Fv.md")
    expect(text).to_have_value("别的。")
    held.go()
    page.wait_for_timeout(500)
    page.goto(f"{address}#content%2Fentries%2Fu.md")
    expect(text).to_have_value(re.compile(r"\[t\.pdf]\(t\.pdf\)"))
    saved(page)


def test_nobody_who_writes_elsewhere_is_disturbed(page: Page, space: SiteSpace, address: str) -> None:
    """In another file, or in another box, when what was chosen is stored."""
    space.entry("p1", "一篇。", title="一篇")
    space.entry("p2", "另一篇。", title="另一篇")
    page.goto(f"{address}#content%2Fentries%2Fp1.md")
    text, place = page.get_by_label("正文", exact=True), page.get_by_label("地点", exact=True)
    expect(text).to_have_value("一篇。")
    held = Held(page, "**/api/upload?*")
    chosen(page, document("d.pdf"))
    expect(page.get_by_text("正在保存 d.pdf")).to_be_visible()
    page.evaluate("location.hash = '#content%2Fentries%2Fp2.md'")
    expect(text).to_have_value("另一篇。")
    text.press("Control+Home")
    held.go()
    page.keyboard.insert_text("写着。")
    expect(text).to_have_value("写着。另一篇。")
    saved(page)
    held = Held(page, "**/api/upload?*")
    chosen(page, document("e.pdf"))
    place.focus()
    held.go()
    expect(text).to_have_value("写着。[e.pdf](e.pdf)另一篇。")
    expect(place).to_be_focused()
    saved(page)
    # It is in the text for which it was chosen.
    page.goto(f"{address}#content%2Fentries%2Fp1.md")
    expect(text).to_have_value(re.compile(r"\[d\.pdf]\(d\.pdf\)"))
    saved(page)
