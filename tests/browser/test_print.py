"""An entry and the chronicle on paper: the text with page numbers and addresses, no menus, nothing cut off."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.crawl import served
from tests.space import SiteSpace

FURNITURE = ("大字", "高对比", "跳到正文", "服务对象\n诉求台账", "订阅更新", "更正与撤回", "较早", "较晚")
"""Words of menus, switches and ways between pages."""


def printed(browser: Browser, address: str) -> list[str]:
    """The text of each sheet of A4."""
    page = browser.new_page()
    page.goto(address)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    page.close()
    return [sheet.extract_text() for sheet in reader.pages]


RADICALS = str.maketrans("⻅⻆⻓⻔⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⻳⻚⻋⻉⻙⺠", "见角长门风飞食马鱼鸟黄齐齿龙龟页车贝韦民")
"""Characters that share a glyph with another, by which a PDF's reader may call it; NFKC knows only some of them."""


def words(text: str) -> str:
    """The text without what a line end or a glyph's other name may change."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(RADICALS)


@pytest.mark.parametrize("path", ["2020/03/13/foxconn-talk/", "chronicle/", "requests/", "about/"])
def test_a_page_prints_as_a_clean_document(browser: Browser, address: str, path: str) -> None:
    sheets = printed(browser, address + path)
    for number, sheet in enumerate(sheets, 1):
        assert re.search(rf"^\s*{number} / {len(sheets)}\s|\s{number} / {len(sheets)}\s*$", sheet)
    whole = words("".join(sheets))
    assert not [one for one in FURNITURE if words(one) in whole]
    page = browser.new_page()
    page.goto(address + path)
    # Each paragraph is there whole, as far as a sheet's end does not part it.
    texts = [words(one) for one in page.locator("main .prose p, main h1, main .ledger-title").all_inner_texts()]
    page.close()
    assert texts
    missing = [one for one in texts if one not in whole and one[:12] not in whole and one[-12:] not in whole]
    assert missing == []


def test_addresses_elsewhere_are_printed_and_nothing_is_cut_off(
    browser: Browser, site: Callable[[str], SiteSpace]
) -> None:
    space = site("")
    address = "https://example.org/" + "a-long-way/" * 12
    code = "x" * 150
    table = "| " + " | ".join(f"列{number}" for number in range(9)) + " |\n" + "|---" * 9 + "|\n| " + "字数很多 | " * 9
    space.entry("a", body=f"见[那里]({address})和[自己](#a)。\n\n    {code}\n\n{table}\n\n## A {{#a}}\n\n末。\n")
    space.build()
    with served(space.folder / "output") as root:
        whole = words("".join(printed(browser, f"{root}2020/03/05/a/")))
        page = browser.new_page(viewport={"width": 660, "height": 900})
        page.goto(f"{root}2020/03/05/a/")
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= 660
        heights = page.locator("td").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
        assert max(heights) < 40  # px, one line
        page.close()
    assert f"({address})" in whole
    assert "自己。" in whole
    assert code in whole
    assert whole.count("字数很多") == 9


def test_readers_print_what_they_read(browser: Browser, stick: Path) -> None:
    assert len(printed(browser, (stick / "2020/03/13/foxconn-talk/index.html").as_uri())) == 2


def test_the_ledger_is_printed_on_pages_turned_sideways(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}requests/")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    page.goto(f"{address}chronicle/")
    upright = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    page.close()
    assert all(one.mediabox.width > one.mediabox.height for one in sheets)
    assert all(one.mediabox.width < one.mediabox.height for one in upright)


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_a_printed_list_says_which_page_it_is(browser: Browser, site: Callable[[str], SiteSpace], theme: str) -> None:
    space = site("")
    space.write("content/site.yaml", f"title: 日志\nper_page: 1\ntheme: {theme}\n")
    for number in range(3):
        space.entry(f"e{number}", tags="[走访]")
    space.build("--portable")
    whole = words("".join(printed(browser, (space.folder / "output/tags/走访/index.html").as_uri())))
    assert "第1页,共3页" in whole.replace("，", ",")
    assert "较早" not in whole
