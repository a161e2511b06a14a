"""Pictures in a real browser: the smallest version that is sharp, nothing that jumps, nothing from elsewhere."""

from __future__ import annotations

import threading
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import PATIENCE
from tests.crawl import served
from tests.space import SiteSpace

PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 400);
})"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """An entry with a wide picture, a tall one, and text around them; no test changes it."""
    space = SiteSpace.of(tmp_path_factory.mktemp("wide"), "")
    for name, size in (("wide", (2000, 1000)), ("tall", (900, 1800))):
        made = BytesIO()
        Image.linear_gradient("L").resize(size).convert("RGB").save(made, "JPEG")
        space.write(f"content/entries/{name}.jpg", made.getvalue())
    text = "这一天走访了三户人家。" * 40
    space.entry("a", body=f"![宽](wide.jpg)\n\n{text}\n\n![高](tall.jpg)\n\n{text}\n", cover="wide.jpg")
    space.write("content/pages/b.md", "---\ntitle: 乙\n---\n![](../entries/wide.jpg)\n")
    space.build()
    return space


def watched(page: Page, url: str) -> list[str]:
    """Opens a page; the addresses that it asks for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return asked


SCREENS = [(360, 1, "480.webp"), (390, 3, "1080.webp"), (1440, 1, "1080.webp"), (1440, 2, "1600.webp")]
"""Width, device pixels for one of these, and what is to be asked for."""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["", "2020/03/05/a/"])
def test_the_smallest_version_that_is_sharp_is_asked_for(
    browser: Browser, wide: SiteSpace, path: str, screen: tuple[int, int, str]
) -> None:
    width, fine, version = screen
    context = browser.new_context(viewport={"width": width, "height": 700}, device_scale_factor=fine)
    page = context.new_page()
    with served(wide.folder / "output") as root:
        asked = watched(page, root + path)
        assert [url.rsplit("wide.jpg/")[1] for url in asked if "wide.jpg" in url] == [version]
        assert all(url.startswith(root) for url in asked)
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["", "2020/03/05/a/"])
def test_nothing_jumps_when_a_picture_comes(browser: Browser, wide: SiteSpace, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    held: list[Route] = []
    painted = threading.Event()
    page.route("**/*.webp", lambda route: route.continue_() if painted.is_set() else held.append(route))
    with served(wide.folder / "output") as root:
        # The page is painted before its first picture comes.
        with page.expect_request("**/*.webp", timeout=PATIENCE):
            page.goto(root + path, wait_until="domcontentloaded")
        page.evaluate(PAINTED)
        painted.set()
        for route in held:
            route.continue_()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTS) == 0
        assert page.evaluate("document.images[0].complete && document.images[0].naturalWidth") > 0
    context.close()


def test_a_picture_keeps_its_shape_and_waits_in_its_colour(browser: Browser, wide: SiteSpace) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 700})
    page.route("**/*.webp", lambda route: route.abort())
    with served(wide.folder / "output") as root:
        page.goto(f"{root}2020/03/05/a/")
        found = page.locator("figure img").first
        assert found.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(127, 127, 127)"
        page.unroute("**/*.webp")
        page.goto(f"{root}2020/03/05/a/")
        tall = page.locator("figure img").last
        tall.scroll_into_view_if_needed()
        assert tall.evaluate("(one) => getComputedStyle(one).objectFit") == "contain"
        box = tall.bounding_box()
        assert box
        assert box["height"] <= 0.86 * 700
        # It has no bars at its sides, on paper either, so it is not in its colour there.
        shape = "(one) => one.clientWidth / one.clientHeight - one.naturalWidth / one.naturalHeight"
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            assert abs(tall.evaluate(shape)) < 0.02, media
    page.close()


def test_a_figure_without_a_description_is_a_link_with_a_name(wide: SiteSpace) -> None:
    assert 'wide.jpg/1600.jpg" aria-label="看大图"><' in wide.page("b/")
    assert "看大图" not in wide.page("2020/03/05/a/")


def test_a_figure_leads_to_its_largest_version(browser: Browser, wide: SiteSpace) -> None:
    page = browser.new_page()
    with served(wide.folder / "output") as root:
        page.goto(f"{root}2020/03/05/a/")
        page.get_by_role("link", name="宽").click()
        assert page.url == f"{root}pictures/entries/wide.jpg/1600.jpg"
        # The page of a picture has its element once the first bytes have come.
        page.wait_for_function("document.images[0]?.complete")
        assert page.evaluate("document.images[0].naturalWidth") == 1600
    page.close()
