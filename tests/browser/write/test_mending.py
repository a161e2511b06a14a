"""What is wrong in a file is mended in its form, and what somebody takes away is told before it goes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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
见{target}`xincun`。
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
见{target}`xincun`。
"""


def test_faults_are_mended_in_the_form(page: Page, space: SiteSpace, address: str) -> None:
    file, target = space.folder / "content/entries/f.md", space.folder / "content/targets/xincun.md"
    target.write_text("---\nname: 新村\nkind: village\n---\n", encoding="utf-8")
    file.write_text(FAULTY, encoding="utf-8")
    page.goto(f"{address}#content%2Fentries%2Ff.md")

    # What the site does not have, or no box can hold, is taken off.
    expect(page.locator("#field-wether-problem")).to_contain_text("这里没有“wether”这个字段")
    assert faults(page) == {}
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
    file.unlink()
    target.unlink()
