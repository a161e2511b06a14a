"""The ledger of requests, filtered in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_pages import overflow
from tests.crawl import served
from tests.space import SiteSpace


@pytest.fixture
def ledger(tmp_path: Path) -> SiteSpace:
    """Seven requests of two kinds of targets, on pages of three."""
    space = SiteSpace.of(
        tmp_path,
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n"
        "-- content/targets/guoao.md --\n---\nname: 国奥社区\nkind: community\n---\n",
    )
    space.write("content/site.yaml", "title: 日志\nper_page: 3\n")
    raised = [f"{{id: t{number}, title: 厂{number}, status: raised, target: taihe}}" for number in range(4)]
    raised += [f"{{id: g{number}, title: 社{number}, status: raised, target: guoao}}" for number in range(3)]
    space.entry("a", requests=f"[{', '.join(raised)}]")
    space.entry("b", date="2020-03-06", requests="[{id: t0, status: resolved}, {id: g0, status: resolved}]")
    space.build()
    return space


def test_choices_of_several_kinds_go_together(browser: Browser, ledger: SiteSpace) -> None:
    with served(ledger.folder / "output") as root:
        page = browser.new_page()
        page.goto(f"{root}requests/")
        titles = page.locator(".ledger-title a")
        expect(titles).to_have_count(3)
        page.get_by_role("link", name=re.compile(r"^办结\s\d")).click()
        expect(titles).to_have_text(["厂0", "社0"])
        expect(page.get_by_role("status")).to_have_text("符合条件的2项")
        page.get_by_role("link", name=re.compile(r"^社区\s\d")).click()
        expect(titles).to_have_text(["社0"])
        assert str(titles.get_attribute("href")).endswith("/requests/g0/")
        page.get_by_role("link", name=re.compile(r"^办结\s\d")).click()
        expect(titles).to_have_text(["社1", "社2", "社0"])
        titles.first.click()
        expect(page).to_have_url(f"{root}requests/g1/")
        page.close()


def test_each_choice_is_a_page_without_a_script(browser: Browser, ledger: SiteSpace) -> None:
    with served(ledger.folder / "output") as root:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{root}requests/")
        page.get_by_role("link", name=re.compile(r"^社区\s\d")).click()
        expect(page).to_have_url(f"{root}requests/kind/community/")
        expect(page.locator(".ledger-title a")).to_have_text(["社1", "社2", "社0"])
        context.close()


def test_from_a_memory_stick_the_page_of_the_choice_is_opened(browser: Browser, ledger: SiteSpace) -> None:
    stick = ledger.folder / "stick"
    ledger.build("--portable", "--output", str(stick))
    page = browser.new_page()
    page.goto((stick / "requests/index.html").as_uri())
    page.get_by_role("link", name=re.compile(r"^社区\s\d")).click()
    expect(page).to_have_url((stick / "requests/kind/community/index.html").as_uri())
    page.close()


def test_the_whole_table_fits_in_letters_of_every_size(browser: Browser, site: Callable[[str], SiteSpace]) -> None:
    """With every column there is, titles keep some width; where they could not, each request is a card."""
    space = site("-- content/targets/t.md --\n---\nname: 某县某镇东沟村村民委员会\nkind: village\n---\n")
    step = "status: raised, target: t, handler: 县交通运输局农村公路管理所, deadline: 2020-03-01"
    space.entry("a", targets="[t]", requests=f"[{{id: r, title: 村东头三百米机耕路雨季积水盼望硬化, {step}}}]")
    space.entry("b", date="2020-06-05", requests="[{id: r, status: coordinating}]")
    other = "title: 西头的旧桥要加固护栏并限高, target: t, handler: 县交通运输局, deadline: 2021-11-11"
    space.entry("c", date="2020-11-22", targets="[t]", requests=f"[{{id: s, status: raised, {other}}}]")
    space.entry("d", date="2020-12-20", requests="[{id: s, status: resolved}]")
    space.entry("e", date="2020-12-31", requests="[{id: s, status: coordinating, reopened: true}]")
    space.build("--portable")
    page = browser.new_page()
    page.goto((space.folder / "output/requests/index.html").as_uri())
    for large in (False, True):
        page.evaluate(f"document.documentElement.toggleAttribute('data-large', {str(large).lower()})")
        for width in (360, 768, 1024, 1151, 1152, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow(page) == [], (large, width)
            assert page.evaluate("document.querySelector('.ledger-title').clientWidth") > 120, (large, width)
            # The day on which one was reopened stands below that on which it was raised.
            if width >= 1280 and not large:
                assert page.evaluate("document.querySelector('.ledger-title').clientWidth") > 200, width
    page.close()
