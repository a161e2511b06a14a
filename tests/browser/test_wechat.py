"""The page from which an entry is copied into WeChat, opened as a file: what arrives in an editor is the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_pages import violations
from tests.space import SiteSpace

EDITOR = """<div id="editor" contenteditable></div><script>
editor.onpaste = (event) => {
  pasted = {html: event.clipboardData.getData("text/html"), text: event.clipboardData.getData("text/plain")};
};
</script>"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Pages with a clipboard in common."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context
    context.close()


def pasted(context: BrowserContext, page: Page, name: str, number: int = 0) -> dict[str, Any]:
    """What an editor gets, once a button of the page was pressed."""
    page.bring_to_front()
    page.get_by_role("button", name=name, exact=True).nth(number).click()
    expect(page.get_by_role("status")).to_have_text("已经复制，可以去粘贴了。")
    editor = context.new_page()
    editor.set_content(EDITOR)
    editor.locator("#editor").click()
    editor.keyboard.press("Control+V")
    found: dict[str, Any] = editor.evaluate("pasted") | {"shown": editor.locator("#editor").inner_text()}
    found["pictures"] = editor.evaluate("[...editor.querySelectorAll('img')].map((one) => one.naturalWidth)")
    editor.close()
    return found


def test_what_is_pasted_is_the_article(demo: SiteSpace, context: BrowserContext, tmp_path: Path) -> None:
    entry = "2020-03-07-enterprise-village-project.md"
    ran = demo.run(f"export entry {entry}", "--format", "wechat", "--output", str(tmp_path / "out"))
    assert ran.status == 0, ran.err
    page = context.new_page()
    page.goto((tmp_path / "out/copy.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    body = re.search(r"<body[^>]*>\n(.*)\n</body>", (tmp_path / "out/article.html").read_text("utf-8"), re.DOTALL)
    assert body
    whole = pasted(context, page, "复制文章")
    number = iter(range(1, 100))
    names = re.sub(r'src="data:image/(\w+);[^"]*"', lambda kind: f'src="{next(number):02}.{kind[1]}"', whole["html"])
    assert names == body[1]
    assert "烟台泰和新材料股份有限公司" in whole["shown"]
    assert whole["pictures"]
    assert min(whole["pictures"]) > 100
    named = pasted(context, page, "只复制文字，图片处写文件名")
    assert "［01.png］" in named["html"]
    assert "<img" not in named["html"]
    title = pasted(context, page, "复制")
    assert (title["text"], title["html"]) == ((tmp_path / "out/title.txt").read_text("utf-8"), "")
