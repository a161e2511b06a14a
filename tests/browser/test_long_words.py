"""Words of sixty letters in every field and construct: nothing sticks out of a page, in either theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.crawl import served
from tests.read.painting import saved
from tests.space import SiteSpace

WORD = "Wort" * 15
ADDRESS = f"https://example.org/{WORD}/{WORD}?{WORD}={WORD}"
SITE = f"""\
-- content/site.yaml --
title: {WORD}
description: {ADDRESS}
base_url: https://example.org/
organization: {WORD}
license: {WORD}
kinds: {{enterprise: {WORD}}}
counters: {{c: {{label: {WORD}, unit: {WORD}}}}}
menu: [{{title: {WORD}, link: /about/}}, {{title: 诉求, link: /requests/}}]
-- content/targets/t.md --
---
name: {WORD}
short_name: {WORD}b
kind: enterprise
aliases: [{WORD}c]
place: {WORD}
summary: {WORD}
---
{ADDRESS}
-- content/targets/u.md --
---
name: {WORD}u
kind: enterprise
parent: t
---
-- content/policies/p.md --
---
title: {WORD}
issuer: {WORD}
topic: {WORD}
number: {WORD}
files: [{WORD}.txt]
---
{WORD}
-- content/policies/{WORD}.txt --
文件
-- content/pages/about.md --
---
title: {WORD}
---
{WORD}
-- content/entries/b.md --
---
title: {WORD}
date: 2020-03-06
targets: [t]
tags: [{WORD}]
withdrawn: {{date: 2020-04-01, reason: {WORD}}}
---
{WORD}
-- content/entries/a.md --
---
title: {WORD}
date: 2020-03-05
place: {WORD}
weather: {WORD}
authors: [{WORD}]
targets: [t]
tags: [{WORD}]
counts: {{c: 123456789}}
policies: [p]
requests: [{{id: r, title: {WORD}, target: t, status: raised, note: {WORD}, helped_by: [{WORD}]}}]
corrections: [{{date: 2020-03-06, note: {WORD}}}]
---
{ADDRESS}

这里有一个很长的网址：{ADDRESS}，[{WORD}]({ADDRESS}) **{WORD}** `{WORD}`

## {WORD}

- {WORD}
  1. > {WORD}

| {WORD} | 二 | 三 | 四 | 五 | 六 |
|---|---|---|---|---|---|
| {WORD} | 几个字的格子 | 几个字的格子 | 几个字的格子 | 几个字的格子 | 几个字的格子 |

    {WORD} {WORD}

:::{{note}} {WORD}
{WORD}
:::

![{WORD}](p.png "{WORD}")

{WORD}
: {WORD}[^1]

[^1]: {WORD}
"""
PAGES = (
    "", "2020/03/05/a/", "2020/03/06/b/", "dates/", "2020/", "2020/03/", "2020/03/05/", "targets/",
    "targets/enterprise/", "targets/t/", "tags/", f"tags/{WORD.lower()}/", "requests/", "requests/r/", "policies/",
    "policies/p/", "counters/", "counters/c/", "chronicle/", "corrections/", "subscribe/", "search/", "about/",
    "404.html",
)  # fmt: skip
STICKS_OUT = """() => [...document.querySelectorAll("html, body *")]
    .filter((one) => !one.closest(".table-wrap, .skip, .hidden, thead, svg"))
    .map((one) => [one, one.getBoundingClientRect(), one.scrollWidth])
    .filter(([one, box, width]) => box.width && (box.right > innerWidth + 1 || box.left < -1 || width > innerWidth))
    .map(([one]) => one.outerHTML.slice(0, 80))"""
TORN = """() => [...document.querySelectorAll(".prose p")].slice(1, 2).map((one) => {
    const range = document.createRange();
    const text = one.firstChild;
    range.setStart(text, 0);
    range.setEnd(text, text.length);
    return range.getBoundingClientRect().width / text.length / parseFloat(getComputedStyle(one).fontSize);
})"""
"""How far apart the characters in front of an address are, in their own widths."""


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_nothing_sticks_out(browser: Browser, tmp_path: Path, theme: str) -> None:
    space = SiteSpace.of(tmp_path, SITE.replace("license:", f"theme: {theme}\nlicense:", 1))
    space.write("content/entries/p.png", saved(Image.new("RGB", (300, 200)), "PNG"))
    space.build()
    page = browser.new_page()
    faults = []
    with served(tmp_path / "output") as root:
        for path in PAGES:
            page.goto(root + path)
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                faults += [(path, width, one) for one in page.evaluate(STICKS_OUT)]
        page.goto(f"{root}2020/03/05/a/")
        cell = (
            page.locator(".prose td")
            .nth(1)
            .evaluate("(one) => one.clientWidth / parseFloat(getComputedStyle(one).fontSize)")
        )
        apart = page.evaluate(TORN)
    page.close()
    assert faults == []
    assert cell >= 4
    assert apart[0] < 1.1
