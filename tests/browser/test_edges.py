"""Lists and columns of a site with many kinds of targets: what stands where."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.space import SiteSpace

KINDS: Final = ("企业", "项目", "乡村", "社区", "学校", "卫生院", "合作社", "乡镇（街道）办事处")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """Eight kinds with thirty targets each, for a memory stick."""
    return built(tmp_path_factory.mktemp("edges"), "default")


def built(folder: Path, theme: str) -> SiteSpace:
    space = SiteSpace.of(folder, "")
    kinds = "".join(f"  k{number}: {label}\n" for number, label in enumerate(KINDS))
    space.write("content/site.yaml", f"title: 驻村日记\ntheme: {theme}\nkinds:\n{kinds}")
    for number in range(240):
        name = f"{'青石岭杨家寨' * (number % 3)}某某村{number}"
        space.write(f"content/targets/t{number}.md", f"---\nname: {name}\nkind: k{number % 8}\n---\n")
    for number in range(10):
        targets = ", ".join(f"t{number * 8 + kind}" for kind in range(8))
        space.entry(f"e{number}", "正文。\n\n" * 3, date=f"2023-02-{number + 10}", targets=f"[{targets}]")
    space.build("--portable")
    return space


def opened(browser: Browser, site: SiteSpace, path: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(Path(site.folder / "output" / path / "index.html").as_uri())
    return page


def test_what_is_said_of_names_has_one_edge_on_a_phone(browser: Browser, site: SiteSpace) -> None:
    page = opened(browser, site, "targets", 390)
    said = page.locator(".index .quiet, .links .sum")
    assert said.count() > 80
    assert len(set(said.evaluate_all("all => all.map((one) => Math.round(one.getBoundingClientRect().left))"))) == 1
    page.close()


def test_the_side_of_the_home_page_is_no_longer_than_its_middle(browser: Browser, site: SiteSpace) -> None:
    page = opened(browser, site, "", 1280)
    bottoms = [
        page.locator(f"[aria-labelledby={name}]").bounding_box() for name in ("_newest", "_calendar", "_targets")
    ]
    newest, calendar, targets = [(box["y"], box["y"] + box["height"], box["width"]) for box in bottoms if box]
    assert calendar[1] <= newest[1] <= targets[0]
    assert targets[2] > 900
    page.close()


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_columns_of_many_kinds_can_be_read_on_a_phone(browser: Browser, tmp_path: Path, theme: str) -> None:
    page = opened(browser, built(tmp_path, theme), "dates", 390)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    heads = page.locator(".table-wrap th").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert len(heads) > len(KINDS)
    assert max(heads) < 110
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_both_columns_of_home_begin_at_one_height(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "-- content/targets/a.md --\n---\nname: 甲村\nkind: village\n---\n")
    space.entry(targets="[a]")
    # Without requests, and with one.
    for more in ({}, {"requests": "[{id: r, status: raised, title: 修路, target: a}]"}):
        space.entry(targets="[a]", **more)
        space.build("--portable")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((tmp_path / "output/index.html").as_uri())
        tops = page.evaluate(
            "[...document.querySelectorAll('.front-page .label')].map((one) => one.getBoundingClientRect().top)"
        )
        assert tops.count(min(tops)) == 2, more
        page.close()
