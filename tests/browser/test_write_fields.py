"""What is put into the boxes of the writing page stands in the file as a writer would have written it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

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
title: 进社区
date: 2020-03-06
tags: [调研]
---
从前的一天。
-- content/entries/a.md --
---
title: 进企业   # 留着
date: 2020-03-05
status: draft
---
车间里。
"""
WRITTEN = """\
---
title: 进企业   # 留着
date: 2020-03-05
targets: [taihe, guoao]
tags: [调研, 慰问]
status: draft
counts: {visits: {taihe: 3, guoao: 2}}
requests:
  - {id: r1, status: raised, title: 缺口罩, target: taihe}
---
车间里。

![车间 \\[一\\]](photo.png)

**加粗的字**
"""
PICTURE = Path(__file__).parents[2] / "content/entries/village-office.png"


@pytest.fixture
def space(tmp_path: Path) -> SiteSpace:
    return SiteSpace.of(tmp_path, SITE)


@pytest.fixture
def address(space: SiteSpace) -> Iterator[str]:
    """Where the writing page of the site is."""
    command = [sys.executable, "-m", "generator", "write", str(space.folder), "--port", "0", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"RIZHI_LANGUAGE": "zh", "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        try:
            yield next(word for line in process.stdout for word in line.split() if "/.rizhi/write/" in word)
        finally:
            process.terminate()


def filled(page: Page) -> None:
    """Fills the boxes of an entry."""
    page.get_by_label("泰和新材", exact=True).check()
    page.get_by_label("国奥社区", exact=True).check()
    for tag in ("调研", "慰问", "错的"):
        page.get_by_label("标签", exact=True).fill(tag)
        page.get_by_label("标签", exact=True).press("Enter")
    page.get_by_role("button", name="去掉 错的").click()
    page.get_by_text("更多", exact=True).click()
    counts = page.get_by_role("group", name="走访（户）")
    counts.get_by_label("泰和新材").fill("3")
    counts.get_by_label("国奥社区").fill("2")
    page.get_by_role("button", name="添加：诉求").click()
    row = page.locator("#field-requests fieldset")
    row.get_by_label("编号", exact=True).fill("r1")
    row.get_by_label("状态", exact=True).select_option("raised")
    row.get_by_label("标题", exact=True).fill("缺口罩")
    row.get_by_label("服务对象", exact=True).select_option("taihe")


def pictured(page: Page, folder: Path) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for look in ("light", "dark"):
            page.emulate_media(color_scheme=look)
            page.screenshot(path=folder / f"w{width}-{look}.png", full_page=True)


def test_the_boxes_write_what_a_writer_would(browser: Browser, space: SiteSpace, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}#content%2Fentries%2Fa.md")
    filled(page)
    text = page.get_by_label("正文", exact=True)
    text.press("Control+End")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="图片", exact=True).click()
    chosen.value.set_files({"name": "photo.png", "mimeType": "image/png", "buffer": PICTURE.read_bytes()})
    page.get_by_role("textbox", name="图片说明").fill("车间 [一]")
    page.get_by_role("button", name="插入", exact=True).click()
    text.press("Control+b")
    text.press("End")
    text.press_sequentially("\n错")
    text.press("Control+z")
    expect(page.locator(".state")).to_have_text("已保存")
    if folder := os.environ.get("RIZHI_PICTURES"):
        pictured(page, Path(folder))
    written = (space.folder / "content/entries/a.md").read_text(encoding="utf-8")
    page.close()
    assert written.rstrip() == WRITTEN.rstrip()
    assert (space.folder / "content/entries/photo.png").read_bytes() == PICTURE.read_bytes()
    assert not errors
    assert space.run("check").status == 0
