"""Makes the pictures of the READMEs: ``python -m tests.browser.readme_pictures``, after a page has changed.

They show the demo, and a portal over sixty made-up teams. The machine needs fonts-noto-cjk, whose characters they are.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, executable
from tests.crawl import served
from tests.space import SiteSpace
from tests.tools.portal.many import write_many
from tests.tools.portal.teams import build

ROOT: Final = Path(__file__).parents[2]
PHONE: Final = (390, 760)
DESK: Final = (1200, 1000)
GAP: Final = 20
"""Pixels between two phones."""
TEAMS: Final = 60


class Shot(NamedTuple):
    """A page, and how it is looked at."""

    path: str
    light: Literal["light", "dark"] = "light"
    asked: str = ""
    """What is typed into its search."""


DEMO: Final = (
    Shot("requests/meltblown/"),
    Shot("search/", "dark", "口罩"),
    Shot("targets/foxconn/"),
)
PLAIN: Final = (Shot(""), Shot("2020/03/"), Shot("2020/03/17/policies-to-the-door/"))
PORTAL: Final = (Shot(""), Shot("regions/", "dark"), Shot("teams/team-3/"))


def main() -> None:
    """Makes all of them."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        folder = Path(name)
        with served(_demo(folder / "demo", "default")) as root:
            _save([_taken(browser, root, Shot(""), DESK)], "default/preview.png")
            _save([_taken(browser, root, one, PHONE) for one in DEMO], "default/phones.png")
        with served(_demo(folder / "plain", "plain")) as root:
            _save([_taken(browser, root, one, PHONE) for one in PLAIN], "plain/phones.png")
        with served(_portal(folder / "portal")) as root:
            _save([_taken(browser, root, one, PHONE) for one in PORTAL], "default/portal.png")
        browser.close()


def _demo(folder: Path, theme: str) -> Path:
    """The demo published in a theme."""
    shutil.copytree(ROOT / "content", folder / "content")
    space = SiteSpace(folder)
    if theme != "default":
        with (folder / "content/site.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"theme: {theme}\n")
    space.build()
    return folder / "output"


def _portal(folder: Path) -> Path:
    folder.mkdir()
    write_many(folder, TEAMS, "base_url: https://portal.example/\n")
    build(SiteSpace(folder))
    return folder / "output"


def _taken(browser: Browser, root: str, shot: Shot, size: tuple[int, int]) -> Image.Image:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=shot.light)
    page.goto(root + shot.path)
    if shot.asked:
        page.get_by_role("searchbox").fill(shot.asked)
        page.locator(".results li").first.wait_for()
    page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => {})))")
    image = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return image


def _save(images: Sequence[Image.Image], place: str) -> None:
    """Side by side, in a palette."""
    width = sum(one.width for one in images) + GAP * (len(images) - 1)
    whole = Image.new("RGB", (width, images[0].height), "#777")
    left = 0
    for one in images:
        whole.paste(one, (left, 0))
        left += one.width + GAP
    whole.quantize(256).save(ROOT / "themes" / place, optimize=True)


if __name__ == "__main__":
    main()
