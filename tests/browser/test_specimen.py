"""A text with everything that a text can have, in each theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_pages import THEMES, Light, overflow, violations, visited
from tests.crawl import served
from tests.space import SiteSpace

PAGES = ("", "2020/03/05/specimen/", "2020/03/20/b/", "requests/fabric/", "requests/", "targets/taihe/", "dates/")


@pytest.fixture(scope="module", params=THEMES)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of few entries in which everything occurs: overdue, withdrawn, closed, corrected, years apart."""
    space = SiteSpace.of(
        tmp_path_factory.mktemp("specimen"),
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\nclosed: 2020-04-01\n---\n",
    )
    space.write(
        "content/site.yaml",
        f"title: 日志\ntheme: {request.param}\nbase_url: https://example.org/\ncounters: {{走访: {{unit: 次}}}}\n"
        "requests: {overdue_days: 5}\n",
    )
    space.write("content/entries/specimen.md", Path(__file__).with_name("specimen.md").read_bytes())
    space.entry("b", date="2020-03-20", withdrawn="{date: 2020-03-21, reason: 事实有误。}")
    space.entry("c", date="2019-03-20", targets="[taihe]")
    assert space.build().err == ""
    with served(space.folder / "output") as root:
        yield root


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(browser: Browser, address: str, path: str) -> None:
    looks: tuple[tuple[int, Light], ...] = ((320, "dark"), (1440, "light"))
    context = browser.new_context(color_scheme=looks[0][1])
    page, complaints = visited(context, address + path, looks[0][0])
    for width, light in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=light)
        assert violations(page) == [], (width, light)
        assert overflow(page) == []
    assert complaints == []
    context.close()
