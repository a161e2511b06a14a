"""Where lines end in texts and lists: not within an amount or a date, and not behind a dot."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.space import SiteSpace

FILLED: Final = "".join(
    f"{'一二三四五六七八九十'[: number % 10]}共{number * 37}处，"
    f"约定{number % 12 + 1}月{number + 9}日付{number * 1100}元。"
    for number in range(1, 18)
)
"""Amounts at all places of a line."""
LINES: Final = """() => {
    const blocks = new Map();
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        let block = node.parentElement;
        while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
        if (!blocks.has(block)) blocks.set(block, []);
        for (let at = 0; at < node.length; at++) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = [...range.getClientRects()].find((one) => one.height);
            if (box && node.data[at].trim()) blocks.get(block).push([node.data[at], box]);
        }
    }
    const lines = [];
    for (const characters of blocks.values()) {
        let before = null;
        for (const [sign, box] of characters) {
            if (!before || (box.top > before.top + 8 && box.left < before.left)) lines.push([before ? "" : "¶", box]);
            lines[lines.length - 1][0] += sign;
            before = box;
        }
    }
    return lines.map(([text]) => text);
}"""
"""The lines of the page, a ¶ before the first of a paragraph."""


@pytest.fixture(scope="module", params=["default", "plain"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """Entries full of amounts, for a memory stick."""
    space = SiteSpace.of(tmp_path_factory.mktemp("amounts"), "")
    space.write("content/site.yaml", f"title: 日志\ntheme: {request.param}\n")
    space.write("content/targets/t.md", f"---\nname: 青石岭村\nkind: village\n---\n{FILLED}\n")
    for number in range(1, 4):
        text = FILLED[number:]
        space.entry(f"e{number}", f"{text}\n\n- {text}\n", date=f"2023-02-1{number}", targets="[t]", summary=text[:120])
    space.build("--portable")
    return space


def lines(page: Page, site: SiteSpace, path: str) -> list[str]:
    """The lines of a page."""
    page.goto(Path(site.folder / "output" / path / "index.html").as_uri())
    found: list[str] = page.evaluate(LINES)
    return found


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_amount_of_a_text_is_torn(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in ("", "2023/02/12/e2/", "chronicle/", "targets/t/"):
        found = lines(page, site, path)
        torn = [
            (above, below)
            for above, below in itertools.pairwise(found)
            if (above[-1:].isdigit() and below[0] in "处月日元") or (above[-1:] == "月" and below[0].isdigit())
        ]
        assert torn == [], path
    page.close()
