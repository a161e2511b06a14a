"""Every page of the demo is valid HTML, by the Nu Html Checker."""

from __future__ import annotations

from collections.abc import Callable

from tests.nu import errors
from tests.space import SiteSpace


def test_every_page_of_the_demo_is_valid(demo: SiteSpace) -> None:
    assert errors(demo.folder / "output") == []


def test_what_the_demo_has_not_is_valid_too(site: Callable[[str], SiteSpace]) -> None:
    """Corrections, withdrawals, drafts, redirects, tables, notes, boxes, code, several pages of a list, no feeds."""
    space = site("-- content/targets/t.md --\n---\nname: 甲\nkind: village\nclosed: 2020-04-01\naliases: [乙]\n---\n")
    space.write("content/site.yaml", "title: 日志\nper_page: 1\ngovernment: {id_code: '0123456789'}\n")
    body = (
        "## 一\n\n| a | b |\n|:-:|---|\n| 1 | 2 |\n\n- [x] 好\n- [ ] 坏\n\n词\n: 义\n\n注[^1]\n\n[^1]: 文\n\n"
        ":::{note} 题\n:class: x\n文\n:::\n\n```py\n1\n```\n\n> 引\n\n`x`{.a #b lang=en} ~~删~~ **粗** *斜*\n\n***\n"
    )
    space.entry("a", body=body, targets="[t]", aliases="[/old/]", corrections="[{date: 2020-03-06, note: 改}]")
    space.entry("b", withdrawn="{date: 2020-03-06, reason: 因}", date="2020-02-01/03-02")
    space.entry("c", status="draft", language="en", part="pm", authors="[甲, 乙]", tags="[x, y]", weather="晴")
    space.build("--drafts")
    assert errors(space.folder / "output") == []


def test_the_checker_finds_what_is_wrong(site: Callable[[str], SiteSpace]) -> None:
    space = site("")
    space.write("output/x.html", "<!doctype html><title>x</title><p><div></p>")
    assert errors(space.folder / "output")
