"""What is wrong in a file is mended in its form, and what somebody takes away is told before it goes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_pages import violations
from tests.browser.write.writer import faults, saved
from tests.space import SiteSpace

FAULTY = """\
---
title: 走访
date: 2020-03-09
wether: 晴
targets: [红星村, taihe, guoao]
policies: [huibian]
counts: {visits: 三}
requests:
  - {id: q1, status: raised, title: 修路, how: 快}
weather: {上午: 晴}
status: draft
---
见{target}`xincun`。[新村](../targets/xincun.md)
"""


MENDED = """\
---
title: 走访
date: 2020-03-09
targets: [taihe, guoao]
counts: {visits: 3}
requests:
  - {id: q1, status: raised, title: 修路}
weather: 晴
status: draft
---
见{target}`xincun`。[新村](../targets/xincun.md)
"""


def test_faults_are_mended_in_the_form(page: Page, space: SiteSpace, address: str) -> None:
    file, target = space.folder / "content/entries/f.md", space.folder / "content/targets/xincun.md"
    target.write_text("---\nname: 新村\nkind: village\n---\n", encoding="utf-8")
    file.write_text(FAULTY, encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Ff.md")

    # What the site does not have, or no box can hold, is taken off.
    expect(page.locator("#field-wether-problem")).to_contain_text("这里没有“wether”这个字段")
    assert faults(page) == {}
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".mark")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="去掉 wether").press("Enter")
    page.get_by_role("button", name="去掉 how").click()
    page.get_by_role("button", name="去掉 天气").click()
    page.get_by_label("天气", exact=True).fill("晴")
    number = page.get_by_role("group", name="走访").get_by_label("数目")
    expect(number).to_have_value("三")
    number.fill("3")
    expect(page.locator("#field-targets-problem")).to_have_text("没有“红星村”这个服务对象")
    page.get_by_role("button", name="去掉 红星村").press("Enter")
    expect(page.get_by_label("泰和新材", exact=True)).to_be_checked()
    expect(page.locator("#field-policies-problem")).to_contain_text("huibian")
    page.get_by_role("button", name="去掉 huibian").click()
    saved(page)
    assert file.read_text(encoding="utf-8") == MENDED

    # What others use is told before it is deleted, and can be had back after a reload, too.
    page.goto(f"{address}#content%2Ftargets%2Fxincun.md")
    # What a button could not do is told where it was pressed.
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="按标题给文件改名").click()
    expect(page.get_by_role("alert")).to_contain_text("《走访》里有链接指向这个文件")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    page.get_by_role("button", name="删除").click()
    window = page.get_by_role("dialog", name="删除")
    expect(window.get_by_role("listitem")).to_have_text("走访")
    window.get_by_role("button", name="删除").click()
    expect(page.get_by_text("已删除《新村》")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    # A draft that is wrong for that is left out of the preview, and in nobody's way.
    page.get_by_role("button", name="写新日志").click()
    window = page.get_by_role("dialog", name="写新日志")
    window.get_by_label("标题").fill("第二天")
    window.get_by_role("button", name="新建").click()
    expect(page.frame_locator("iframe").get_by_role("heading", name="第二天")).to_be_visible()
    page.get_by_role("link", name="返回列表").click()
    page.reload()
    page.get_by_text("删掉的文稿").click()
    assert faults(page) == {}
    page.get_by_role("listitem").filter(has_text="新村").get_by_role("button", name="找回来").click()
    expect(page.get_by_label("名称 必填")).to_have_value("新村")
    expect(page.locator(".notice")).to_be_hidden()


def test_a_draft_with_a_number_in_it_is_left_out_of_the_preview_alone(
    page: Page, space: SiteSpace, address: str
) -> None:
    space.entry("g", "打电话。", title="留的电话", status="draft")
    space.entry("h", "别的。", date="2020-03-07")
    page.goto(f"{address}#content%2Fentries%2Fg.md")
    frame, text = page.frame_locator("iframe"), page.get_by_role("textbox", name="正文")
    expect(frame.get_by_text("打电话。")).to_be_visible()
    text.fill("打13912345678。")
    expect(page.locator("#text-problem")).to_contain_text("这里有手机号")
    expect(page.locator(".preview")).to_have_text("标出来的地方填好、改好以后，这里显示这一页。")
    expect(page.locator("iframe")).to_be_hidden()
    page.goto(f"{address}#content%2Fentries%2Fh.md")
    text.fill("别的，改过了。")
    expect(frame.get_by_text("别的，改过了。")).to_be_visible()
    page.locator(".notice").get_by_role("link", name="留的电话").click()
    expect(page.locator("#text-problem")).to_contain_text("这里有手机号")
    text.fill("不打了。")
    expect(frame.get_by_text("不打了。")).to_be_visible()
    expect(page.locator(".notice")).to_be_hidden()


def test_what_a_box_cannot_say_is_not_called_saved(page: Page, space: SiteSpace, address: str) -> None:
    file = space.entry("k", "开头。", targets="[taihe]", counts="{visits: 2}")
    before = file.read_text(encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Fk.md")
    state, first = page.locator(".state"), page.get_by_label("第一天")
    number = page.get_by_role("group", name="走访").get_by_label("数目")
    whole = "请写整数，0 或更大。"
    for typed, told in (("9999999999", "这个数太大了，最多写九位。"), ("-2", whole), ("1.5", whole)):
        number.fill(typed)
        expect(page.locator("#field-counts-problem")).to_have_text(told)
        expect(state).to_have_text("没有保存：请先改好标出来的地方。")
    # What is saved beside it does not hide that.
    with page.expect_response("**/api/file?*"):
        page.get_by_label("地点", exact=True).fill("村部")
    expect(page.locator("#field-counts-problem")).to_have_text("请写整数，0 或更大。")
    expect(state).to_have_text("没有保存：请先改好标出来的地方。")
    number.fill("4")
    expect(page.locator("#field-counts-problem")).to_be_empty()
    saved(page)
    assert file.read_text(encoding="utf-8") == before.replace("counts: {visits: 2}", "place: 村部\ncounts: {visits: 4}")
    # A year of two digits is none, nor is a day without its month.
    first.fill("0021-04-05")
    expect(page.locator("#field-date-problem")).to_contain_text("年份要在 1900 到")
    expect(state).to_have_text("没有保存：请先改好标出来的地方。")
    first.fill("2021-04-06")
    saved(page)
    first.press("Backspace")
    expect(page.locator("#field-date-problem")).to_have_text("日期没有写全，或者没有这一天。")
    page.get_by_role("button", name="改回草稿").click()
    page.get_by_role("button", name="定稿").click()
    expect(first).to_be_focused()
    assert "date: 2021-04-06\n" in file.read_text(encoding="utf-8")
    page.get_by_role("link", name="返回列表").click()
    page.get_by_role("button", name="写新日志").click()
    window = page.get_by_role("dialog", name="写新日志")
    window.get_by_label("标题").fill("远")
    window.get_by_label("第一天").fill("9021-04-05")
    window.get_by_role("button", name="新建").click()
    expect(window.get_by_role("alert")).to_contain_text("年份要在 1900 到")
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)

    # A file that no form can show is mended as it stands.
    file.write_text(before.replace("标题", "[标题"), encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Fk.md")
    expect(page.get_by_role("button", name="改回草稿")).to_be_hidden()
    page.get_by_role("button", name="改文件的原文").click()
    window = page.get_by_role("dialog", name="改文件的原文")
    expect(window.locator(".problem").first).to_contain_text("第 2 行")
    assert violations(page) == []
    window.get_by_role("textbox").fill(before)
    window.get_by_role("button", name="保存").click()
    expect(page.get_by_label("标题 必填", exact=True)).to_have_value("标题")
    assert file.read_text(encoding="utf-8") == before


def test_what_others_use_is_renamed_with_them_or_not_at_all(page: Page, space: SiteSpace, address: str) -> None:
    file, settings = space.entry("n", title="数一数", counts="{visits: 2}"), space.folder / "content/site.yaml"
    before, known = file.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    page.goto(f"{address}#content%2Fsite.yaml")
    page.get_by_text("visits", exact=True).click()
    name = page.locator("#field-counters").get_by_label("名称", exact=True)
    name.press_sequentially("2")
    expect(page.locator("#row-counters-0-problem")).to_contain_text("篇用着“visits”，只改这里，它们就找不到了。")
    expect(page.locator(".state")).to_have_text("没有保存：请先改好标出来的地方。")
    assert faults(page) == {}
    page.get_by_role("button", name="还叫“visits”").click()
    expect(name).to_have_value("visits")
    saved(page)
    assert settings.read_text(encoding="utf-8") == known
    # It is renamed there, too, and back again; no other byte is another.
    for old, new in (("visits", "入户"), ("入户", "visits")):
        name.fill(new)
        page.get_by_role("button", name=f"那些也改成“{new}”").click()
        expect(page.get_by_role("button", name=f"还叫“{old}”")).to_have_count(0)
        saved(page)
        assert file.read_text(encoding="utf-8") == before.replace("visits", new)
        assert settings.read_text(encoding="utf-8") == known.replace("visits", new)
    page.locator("#field-counters").get_by_role("button", name="去掉").click()
    window = page.get_by_role("dialog")
    expect(window.get_by_text("篇还用着它")).to_be_visible()
    expect(window.get_by_role("listitem").filter(has_text="数一数")).to_be_visible()
    window.get_by_role("button", name="取消").click()


def test_a_name_that_others_use_or_have_is_kept_until_somebody_decides(
    page: Page, space: SiteSpace, address: str
) -> None:
    target = space.folder / "content/targets/dawu.md"
    target.write_text(
        "---\nname: 大吴村\nkind: village\naliases: [大吴, 东吴]\n---\n见{target}`大吴`。\n", encoding="utf-8"
    )
    entry = space.entry("u", "{target}`吴家 <大吴>`", title="到大吴", targets="[大吴村]")
    before = target.read_text(encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/api/uses" in one.url else None)
    page.goto(f"{address}#content%2Ftargets%2Fdawu.md")
    name, state = page.get_by_label("名称 必填"), page.locator(".state")
    told, held = page.locator("#field-name-problem"), "没有保存：请先改好标出来的地方。"
    # Who only looks at a box asks nothing of the program.
    name.focus()
    page.get_by_label("别名", exact=True).focus()
    saved(page)
    assert asked == []
    # What another target is called already, by its id or by a name.
    for taken in ("taihe", "泰和新材"):
        name.fill(taken)
        expect(told).to_have_text(f"已经有“{taken}”了，请换一个名称。")
        expect(state).to_have_text(held)
    page.get_by_role("button", name="还叫“大吴村”").click()
    saved(page)
    # Nobody knows whether it is used while the program does not answer.
    page.route("**/api/uses?*", lambda route: route.abort())
    name.fill("吴家村")
    expect(told).to_have_text("程序没有回应：请看看“日志”程序是不是还开着。 会自动再试。")
    expect(state).to_have_text(held)
    assert target.read_text(encoding="utf-8") == before
    page.unroute("**/api/uses?*")
    expect(told).to_contain_text("只改这里，它们就找不到了")
    page.get_by_role("button", name="还叫“大吴村”").click()
    # An alias is a name like others; the file's own text calls it so, too.
    names = page.get_by_label("别名", exact=True)
    names.fill("吴家\n东吴")
    page.get_by_role("button", name="那些也改成“吴家”").click()
    expect(page.get_by_label("正文", exact=True)).to_have_value("见{target}`吴家`。\n")
    saved(page)
    assert "吴家 <吴家>" in entry.read_text(encoding="utf-8")
    assert target.read_text(encoding="utf-8").endswith("aliases: [吴家, 东吴]\n---\n见{target}`吴家`。\n")


def test_what_a_kind_is_called_is_a_name_too(page: Page, space: SiteSpace, address: str) -> None:
    target, settings = space.folder / "content/targets/dawu.md", space.folder / "content/site.yaml"
    known = settings.read_text(encoding="utf-8")
    target.write_text("---\nname: 大吴村\nkind: 村\n---\n", encoding="utf-8")
    settings.write_text(f"{known}kinds: {{village: 村, enterprise: 企业}}\n", encoding="utf-8")
    page.goto(f"{address}#content%2Fsite.yaml")
    page.locator("#field-kinds").get_by_text("village", exact=True).click()
    page.locator("#field-kinds details[open]").get_by_label("内容").fill("村子")
    page.get_by_role("button", name="那些也改成“村子”").click()
    saved(page)
    expect(page.get_by_role("button", name="还叫“村”")).to_have_count(0)
    assert "kind: 村子\n" in target.read_text(encoding="utf-8")
    # A row is not taken away while nobody knows who uses it.
    page.route("**/api/uses?*", lambda route: route.abort())
    page.locator("#field-kinds details[open]").get_by_role("button", name="去掉").click()
    window = page.get_by_role("dialog")
    expect(window).to_contain_text("程序没有回应")
    window.get_by_role("button", name="关闭").click()
    saved(page)
    assert "village: 村子" in settings.read_text(encoding="utf-8")


def test_what_several_targets_share_is_one_number(page: Page, space: SiteSpace, address: str) -> None:
    settings, file = space.folder / "content/site.yaml", space.entry("shared", targets="[taihe, guoao]")
    known = settings.read_text(encoding="utf-8")
    meeting = "counters:\n  meetings: {label: 座谈会, shared: true}\n"
    settings.write_text(known.replace("counters:\n", meeting), encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Fshared.md")
    expect(page.get_by_role("group", name="走访").get_by_role("spinbutton")).to_have_count(2)
    page.get_by_role("group", name="座谈会").get_by_label("数目").fill("1")
    saved(page)
    assert "meetings: 1" in file.read_text(encoding="utf-8")


def test_the_id_of_a_request_and_the_name_of_who_is_responsible_are_used(
    page: Page, space: SiteSpace, address: str
) -> None:
    people = space.folder / "content/people.yaml"
    people.write_text("people:\n  - {id: zhou, name: 周明得, role: official}\n", encoding="utf-8")
    lamp = "[{id: lamp, status: raised, title: 修灯, person: 周明得}]"
    raised = space.entry("q1", "见{request}`lamp`。", date="2020-03-05", requests=lamp)
    ended = space.entry("q2", date="2020-03-06", requests="[{id: lamp, status: resolved}]")
    page.goto(f"{address}#content%2Fentries%2Fq1.md")
    page.get_by_role("group", name="修灯").get_by_text("更多").click()
    number = page.locator("#field-requests-0-id")
    number.fill("bridge")
    expect(page.locator("#field-requests-0-id-problem")).to_have_text("已经有“bridge”了，请换一个名称。")
    number.fill("light")
    page.get_by_role("button", name="那些也改成“light”").click()
    expect(page.get_by_label("正文", exact=True)).to_have_value("见{request}`light`。")
    saved(page)
    assert "id: light" in ended.read_text(encoding="utf-8")
    page.goto(f"{address}#content%2Fpeople.yaml")
    page.get_by_text("周明得", exact=True).click()
    page.get_by_label("姓名 必填").fill("周明德")
    page.get_by_role("button", name="那些也改成“周明德”").click()
    expect(page.get_by_role("button", name="还叫“周明得”")).to_have_count(0)
    saved(page)
    assert "id: light, status: raised, title: 修灯, person: 周明德" in raised.read_text(encoding="utf-8")
    page.get_by_role("button", name="去掉").click()
    window = page.get_by_role("dialog")
    expect(window.get_by_role("listitem")).to_have_count(1)
    window.get_by_role("button", name="取消").click()
