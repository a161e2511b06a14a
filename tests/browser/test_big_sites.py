"""Large sites, and one with one entry: a page of each kind is what those of the demo are; all are whole and valid.

RIZHI_BIG=1 takes all four sites, both themes and the largest page of every kind; without it the smallest is looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench.weight import weighed
from tests.browser.big_sites import BIG_SITES, big_site
from tests.browser.test_pages import THEMES, faults_of
from tests.crawl import crawl, served
from tests.nu import errors
from tests.space import SiteSpace

IS_BIG = bool(os.environ.get("RIZHI_BIG"))
SITES = [(name, theme) for name in BIG_SITES for theme in THEMES] if IS_BIG else [("one entry", "default")]
FEW = ("", "requests/", "requests/q0/", "targets/", "chronicle/")
"""The pages that are looked at without RIZHI_BIG, those that have little to show."""
ENTRY = "year/0/0/entry/"
LIGHT = {"": 40_000, ENTRY: 30_000}
"""Bytes that the largest home page and entry may cost without their pictures."""


@pytest.fixture(scope="module", params=SITES, ids=" ".join)
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteSpace, str]:
    """A site, and its theme."""
    name, theme = request.param
    return big_site(tmp_path_factory.mktemp("big"), name, theme=theme), theme


@pytest.fixture(scope="module")
def address(big: tuple[SiteSpace, str]) -> Iterator[str]:
    with served(big[0].folder / "output") as root:
        yield root


def kind(path: str) -> str:
    """The kind of the page at an address: its folders, with one word for all years, entries, tags and so on."""
    path = re.sub(r"^\d{4}/", "year/", re.sub(r"/\d\d(?=/)", "/0", path))
    path = re.sub(r"^year/0/0/[^/]+/$", ENTRY, path)
    path = re.sub(r"/page/\d+/", "/page/", path)
    path = re.sub(r"^(tags|targets|policies|counters|authors)/[^/]+/", r"\1/one/", path)
    return re.sub(r"^(requests|counters/one)/(?:(state|kind|target)/)?[^/]+/", r"\1/\2/one/", path)


def largest(output: Path) -> dict[str, str]:
    """The largest page of each kind."""
    found: dict[str, tuple[int, str]] = {}
    for file in output.rglob("*.html"):
        path = file.relative_to(output).as_posix().removesuffix("index.html")
        found[kind(path)] = max(found.get(kind(path), (0, "")), (file.stat().st_size, path))
    return {one: path for one, (_, path) in found.items()}


def test_everybody_can_use_it(browser: Browser, big: tuple[SiteSpace, str], address: str) -> None:
    space, theme = big
    paths = largest(space.folder / "output")
    assert len(paths) > 10
    chosen = paths.values() if IS_BIG else FEW
    # The search is another page where no script runs, and says so.
    wanted = [path for path in chosen if path != "search/"]
    told = [f"{path} {fault}" for path in wanted for fault in faults_of(browser, address + path, theme)]
    assert not told, "\n".join(told)


def test_every_page_is_valid_and_leads_somewhere(big: tuple[SiteSpace, str], address: str) -> None:
    output = big[0].folder / "output"
    assert errors(output) == []
    found = crawl(address)
    assert (found.broken, found.foreign_loads) == ([], [])
    assert len(found.pages) == len(list(output.rglob("*.html"))) - 1, "all but 404.html are led to"


def test_pages_are_light(browser: Browser, big: tuple[SiteSpace, str]) -> None:
    output = big[0].folder / "output"
    paths = largest(output)
    with served(output, packs=True) as address:
        found = {one: weighed(browser, address + paths[one]).bytes for one in LIGHT}
    assert {one: size for one, size in found.items() if size > LIGHT[one]} == {}
