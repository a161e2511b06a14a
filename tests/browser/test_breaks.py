"""Where lines end on a phone and on a desk: not within a date, an amount or a cell, and beside a picture."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from tests.browser.big_sites import picture
from tests.space import SiteSpace

TEXT: Final = """\
![](p.jpg)

| 指标 | 一季 | 二季 | 三季 | 四季 | 五季 | 说明 |
|---|---:|---:|---:|---:|---:|---|
| 就业人数 | 7235.0 | 8119.2 | 5134.4 | 2010.3 | 8362.8 | 包括在外地务工三个月以上、年底又回到村里来的人 |

```
if households:
    return sum(1 for household in households if household.visits > 1 and household.is_at_home)
```
"""
NEWS: Final = f"""\
## 检修英语听力设备，双语老师怎么看

网址 `https://a.b.example/{"x" * 90}`。

| 学校 | 应到 | 实到 | 出勤率 | 负责人 | 备注 |
|---|---:|---:|---:|---|---|
| 兰坪白族普米族自治县德胜小学 | 92 | 66 | 78.0% | 县电教馆技术员 | 双语老师把供暖锅炉的问题又讲了一遍，从秋季就开始了 |
"""
ORGANIZATION: Final = "“组团式”教育帮扶工作联席会议办公室（西部支教专项）"
COUNTERS: Final = """\
counters:
  入户: {unit: 户次}
  捐赠图书: {unit: 册（套、件）}
  筹资: {unit: 万元}
  日志: {derived: entries, unit: 篇}
"""
SPLIT: Final = """() => {
    const TORN = /\\d+年\\d+月\\d+日|-12～3℃|册（套、件）|第[ \\u00a0]\\d+[ \\u00a0]期|\\d+天/g;
    const found = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest(".summary, .prose, form, script")) continue;
        for (const part of node.data.matchAll(TORN)) {
            const range = new Range();
            range.setStart(node, part.index);
            range.setEnd(node, part.index + part[0].length);
            const tops = [...range.getClientRects()].filter((one) => one.width).map((one) => one.top);
            if (Math.max(...tops) - Math.min(...tops) > 10) found.push(part[0]);
        }
    }
    return found;
}"""
"""The dates and amounts that stand on two lines."""


LINES: Final = """(which) => [...document.querySelectorAll(which)].map((title) => {
    const lines = [];
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    let bottom = null;
    while (walker.nextNode()) {
        for (let at = 0; at < walker.currentNode.length; at++) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            const box = range.getBoundingClientRect();
            if (bottom === null || box.bottom - bottom > 9) lines.push("");
            if (box.width) bottom = box.bottom;
            lines[lines.length - 1] += walker.currentNode.data[at];
        }
    }
    return lines;
})"""
"""The lines of each title."""


DOTS: Final = """(all) => all.map((dot) => {
    const rest = document.createRange();
    rest.setStartAfter(dot);
    rest.setEndAfter(dot.parentNode.lastChild);
    const next = [...rest.getClientRects()].find((part) => part.width);
    const box = dot.getBoundingClientRect();
    return [(next.top + next.bottom) / 2 > box.bottom, box.width > 1];
})"""
"""For each dot, whether a line ends behind it, and whether it is seen. A link is higher than its line."""


@pytest.fixture(scope="module", params=["default", "plain"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """Titles with amounts, a request, a table and code, for a memory stick."""
    space = SiteSpace.of(tmp_path_factory.mktemp("breaks"), "")
    space.write(
        "content/site.yaml",
        f"title: “组团式”帮扶支教团高原工作手记\norganization: {ORGANIZATION}\n"
        f"base_url: https://example.org/\ntheme: {request.param}\n{COUNTERS}",
    )
    space.write("content/targets/t5.md", "---\nname: 北川羌族自治县第三实验小学教育集团擂鼓校区\nkind: village\n---\n")
    for number, name in enumerate(("青石岭", "杨家寨子", "李家沟梁村", "大石桥西社区", "南山坡上新村")):
        space.write(f"content/targets/t{number}.md", f"---\nname: {name}\nkind: village\nplace: 某县某镇\n---\n")
    space.write("content/entries/p.jpg", picture("#b56a3f"))
    for number in range(1, 6):
        space.entry(
            f"e{number}",
            TEXT,
            title=f"'{'山前镇' + '农' * number}技周刊（第 32{number} 期）：直播卖苹果，一晚上卖了一千斤'",
            date=f"2023-02-2{number}",
            targets=f"[t{number - 1}]",
            place="某县某镇某某村",
            counts=f"{{入户: {number}287, 筹资: 1243}}",
            tags=f"[{'长' * number}标签]",
            requests="["
            + ("{id: r, title: 修路, status: raised}" if number == 1 else "{id: r, status: coordinating, note: 看过}")
            + "]",
        )
    space.entry(
        "e6",
        NEWS,
        title="第28期简报丨Wi-Fi、Wi-Fi与多媒体一体机同步推进",
        date="2023-02-26/03-02",
        targets="[t0, t5]",
        weather="多云转晴，-12～3℃",
        counts="{捐赠图书: 75054}",
        requests="[{id: q, title: 修桥, status: raised, handler: 县教育和体育局电化教育与装备管理中心, target: t5}]",
    )
    space.build("--portable")
    return space


def opened(page: Page, site: SiteSpace, path: str) -> None:
    file, _, query = path.partition("?")
    page.goto(Path(site.folder / "output" / file / "index.html").as_uri() + (query and f"?{query}"))


@pytest.mark.parametrize("width", [320, 360, 414, 1280])
def test_no_date_and_no_amount_is_torn(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    paths = ["", "targets/", "tags/", "requests/r/", "2023/02/23/e3/", "chronicle/", "changes/", "dates/"]
    for path in paths:
        opened(page, site, path)
        assert page.evaluate(SPLIT) == [], path
    opened(page, site, "search/?q=" + "苹果")
    if is_default(site):
        page.locator(".results li").first.wait_for()
        assert page.evaluate(SPLIT) == []
    page.close()


def test_no_date_is_torn_in_letters_of_twice_the_size(browser: Browser, site: SiteSpace) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for path in ("requests/", "targets/", "tags/"):
        opened(page, site, path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(SPLIT) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
    page.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_line_ends_in_a_dot(browser: Browser, site: SiteSpace, width: int) -> None:
    """The dot is drawn on a space, which has no width at the end of a line."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    found = []
    others = ("search/?q=农",) if is_default(site) else ()
    for path in ("", "targets/", "targets/t1/", "chronicle/", "requests/r/", "2023/02/23/e3/", *others):
        opened(page, site, path)
        if path.startswith("search"):
            page.locator(".results .mid").first.wait_for()
        found += page.locator("main .mid").evaluate_all(DOTS)
    page.close()
    assert found
    assert not [one for one in found if one[0] == one[1]]


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_a_word_in_quotes_stays_on_the_page_in_large_letters(browser: Browser, tmp_path: Path, theme: str) -> None:
    """Chromium trimmed the quotes and set the word beside the end of the line before."""
    space = SiteSpace.of(tmp_path, "")
    space.write("content/site.yaml", f"title: 手记\ntheme: {theme}\n")
    space.entry("a", "开会。\n", title="帮厦门镇大桥村申报“一村一品”")
    space.build("--portable")
    page = browser.new_page()
    for width, size in ((320, 175), (320, 200), (344, 200), (360, 200), (412, 250)):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("2020/03/05/a/", "2020/03/05/"):
            opened(page, space, path)
            page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
            assert page.evaluate("document.documentElement.scrollWidth") == width, (path, width, size)
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_figures_stand_by_their_units_and_in_columns(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    opened(page, site, "counters/")
    figures = page.locator(".figures dd, .figures b").evaluate_all(
        """all => all.map((one) => {
            const range = new Range();
            range.selectNodeContents(one);
            const boxes = [...range.getClientRects()].filter((box) => box.width);
            return [Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.bottom)),
                Math.max(...boxes.map((box) => box.right)), Math.round(boxes[0].bottom), boxes[0].left];
        })"""
    )
    assert len(figures) == 8
    assert all(apart < 12 for apart, *_ in figures)
    beside = [(one, other) for one, other in pairwise(figures) if one[2] == other[2]]
    assert all(other[3] - one[1] >= 20 for one, other in beside)
    opened(page, site, "counters/入户/")
    rows = page.locator(".made li").evaluate_all(
        """all => all.map((row) => ["time", "a", ".sum"].map((part) => {
            const box = row.querySelector(part).getBoundingClientRect();
            return [Math.round(box.left), Math.round(box.bottom)];
        }))"""
    )
    if width == 360:
        assert all(title[1] < when[1] and abs(when[1] - number[1]) < 4 for when, title, number in rows)
    else:
        assert len({title[0] for _, title, _ in rows}) <= 1
    page.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_clauses_of_titles_are_whole(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    opened(page, site, "changes/")
    lines = page.evaluate(LINES, ".words")
    assert lines
    if is_default(site):
        opened(page, site, "search/?q=苹果")
        page.locator(".results li").first.wait_for()
        found = page.evaluate(LINES, ".results .headline")
        assert found
        lines += [[line.replace("\xa0", " ") for line in title] for title in found]
    for title in (one for one in lines if "技周刊" in "".join(one)):
        for part in (r"（第 \d+ 期）：", "直播卖苹果，", "一晚上卖了一千斤"):
            assert any(re.search(part, line) for line in title), title
    page.close()


WHOLE: Final = {
    "chronicle/": ("支教团", "联席会议", "21日—3月2日"),
    "2023/02/26/e6/": ("听力设备，", "Wi-Fi", "28期简报丨", "一体机"),
    "targets/t5/": ("小学", "集团", "Wi-Fi"),
    "counters/捐赠图书/": ("Wi-Fi", "75,054 册（套、件）"),
}
"""What stands on one line each."""


def is_default(site: SiteSpace) -> bool:
    return "theme: default" in (site.folder / "content/site.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1280])
def test_words_of_headings_are_whole(browser: Browser, site: SiteSpace, width: int) -> None:
    """In titles, names, headings of texts and results of the search."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path, words in WHOLE.items():
        opened(page, site, path)
        lines = [line for title in page.evaluate(LINES, "main :is(h1, h2, h3, .byline, li, .sum)") for line in title]
        for word in words:
            assert any(word in line for line in lines), (path, word, lines)
        assert not any(re.search("Wi-$|简报$|备$|[支实]$|^[—Fi验教]", line) for line in lines), (path, lines)
    if is_default(site):
        opened(page, site, "search/?q=一体机")
        page.locator(".results li").first.wait_for()
        (lines,) = page.evaluate(LINES, ".results .headline")
        assert not any(re.search("Wi-$|简报$|[同推多一]$", line) for line in lines), lines
    page.close()


def test_what_is_said_of_a_name_stands_in_columns(browser: Browser, site: SiteSpace) -> None:
    """The values of a request's card, and titles beside neighbours, which begin on the line below if they are long."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    lefts = """(which) => [...document.querySelectorAll(which)].map((one) => {
        const range = new Range();
        range.selectNodeContents(one);
        return Math.min(...[...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.left)));
    })"""
    if is_default(site):
        opened(page, site, "requests/")
        values = page.evaluate(lefts, ".ledger [data-label]:not(:empty)")
        assert len(values) > 4
        assert len(set(values)) == 1
    opened(page, site, "2023/02/21/e1/")
    title = page.locator(":is(.beside, [aria-labelledby=_beside]) .words")
    assert (
        title.evaluate("one => one.getBoundingClientRect().left - one.parentElement.getBoundingClientRect().left") < 1
    )
    page.close()


def test_addresses_in_code_tear_no_line(browser: Browser, site: SiteSpace) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    opened(page, site, "2023/02/26/e6/")
    width = page.locator(".prose p").first.evaluate(
        """(one) => {
            const range = new Range();
            range.setStart(one.firstChild, 0);
            range.setEnd(one.firstChild, 2);
            return range.getBoundingClientRect().width;
        }"""
    )
    assert width < 60
    page.close()


def test_a_table_of_six_columns_is_seen_whole_on_a_desk(browser: Browser, site: SiteSpace) -> None:
    """It is wider than the text where its columns need it, and none is wider than what is in it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    opened(page, site, "2023/02/26/e6/")
    table = page.locator(".prose .table-wrap")
    assert table.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    assert table.locator("td").nth(4).evaluate("one => one.getBoundingClientRect().width") < 150
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    opened(page, site, "2023/02/23/e3/")
    lefts = page.locator(".prose, .prose table").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().left)"
    )
    assert max(lefts) - min(lefts) < 1
    page.close()


def test_a_table_shows_where_it_goes_on(browser: Browser, site: SiteSpace) -> None:
    """The shadow at its edge is there until its end has been reached."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    opened(page, site, "2023/02/23/e3/")
    table = page.locator(".table-wrap").first
    edge = page.viewport_size and table.bounding_box()
    assert edge
    clip = FloatRect(x=edge["x"] + edge["width"] - 3, y=edge["y"] + edge["height"] / 2, width=2, height=2)
    shaded = page.screenshot(clip=clip, full_page=True)
    table.evaluate("one => { one.scrollLeft = one.scrollWidth; }")
    assert page.screenshot(clip=clip, full_page=True) != shaded
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_headlines_stand_beside_pictures(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    opened(page, site, "")
    gaps = page.evaluate(
        """() => [...document.querySelectorAll(".thumb")].map((picture) => {
            const article = picture.parentElement;
            const bottom = article.querySelector(".dateline").getBoundingClientRect().bottom;
            const range = new Range();
            range.selectNodeContents(article.querySelector(".headline a"));
            return range.getBoundingClientRect().top - bottom;
        })"""
    )
    assert all(gap < 12 for gap in gaps)
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_columns_are_as_wide_as_what_is_in_them(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    opened(page, site, "2023/02/23/e3/")
    row = page.locator(".prose tbody tr")
    lines = row.evaluate("row => row.clientHeight / parseFloat(getComputedStyle(row).lineHeight)")
    assert lines < (4 if page.locator(".masthead").count() else 9)
    cell = row.locator("td").nth(1)
    assert cell.evaluate("one => one.clientHeight && one.getBoundingClientRect().width") < 90
    page.close()


def test_code_goes_on_to_the_right_of_where_it_began(browser: Browser, site: SiteSpace) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    opened(page, site, "2023/02/23/e3/")
    lefts = page.evaluate(
        """() => {
            const text = document.querySelector(".line").firstChild;
            const at = [...text.data.matchAll(/\\w+/g)].map((word) => {
                const range = new Range();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + 1);
                return range.getBoundingClientRect().left;
            });
            return [at[0], Math.min(...at)];
        }"""
    )
    assert lefts[0] == lefts[1]
    page.close()
