"""What a reader's phone has to fetch and do for a page: python -m tests.bench.weight [SITE]."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.crawl import served
from tests.space import SiteSpace

PAGES = ("", "2020/03/16/ground-breaking/", "chronicle/", "requests/", "dates/", "targets/foxconn/")
COLUMNS = (
    "page", "KB without pictures", "KB of pictures", "shift", "LCP, slow line", "style sheets", "scripts that block",
    "elements",
)  # fmt: skip
WATCH = """() => {
    window.told = { shift: 0, paint: 0 };
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) window.told.shift += one.value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) window.told.paint = one.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
}"""
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""About 1.6 Mbit/s with 150 ms on the way, as Lighthouse takes a slow phone's line to be."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page cost, on an empty cache, at 360 px."""

    bytes: int
    """Transferred for everything but pictures, headers included."""
    picture_bytes: int
    shift: float
    """Cumulative layout shift."""
    paint: float
    """Milliseconds to the largest contentful paint."""
    style_sheets: int
    blocking_scripts: int
    elements: int


def weighed(browser: Browser, address: str, *, remembers: str = "", is_slow: bool = False) -> Weight:
    """A page's weight; ``remembers`` is the name of a switch that the reader has turned on before."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, device_scale_factor=2)
    page = context.new_page()
    if remembers:
        page.add_init_script(f"localStorage.setItem('rizhi-{remembers}', 'on')")
    page.add_init_script(f"({WATCH})()")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if is_slow:
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def answered(told: dict[str, Any]) -> None:
        kinds[told["requestId"]] = told["type"]

    def finished(told: dict[str, Any]) -> None:
        sizes[told["requestId"]] = int(told["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    told = page.evaluate("window.told")
    found = Weight(
        bytes=sum(size for one, size in sizes.items() if kinds[one] != "Image"),
        picture_bytes=sum(size for one, size in sizes.items() if kinds[one] == "Image"),
        shift=told["shift"],
        paint=told["paint"],
        style_sheets=page.locator("link[rel=stylesheet]").count(),
        blocking_scripts=page.locator("script[src]:not([defer]):not([async]):not([type=module])").count(),
        elements=page.locator("*").count(),
    )
    context.close()
    return found


def main() -> None:
    """Prints the table for the demo, or for the site in the folder that is given."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        SiteSpace(given).build("--output", folder)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print(f"| {' | '.join(COLUMNS)} |")
        print("|---" * len(COLUMNS) + "|")
        with served(Path(folder), packs=True) as root:
            for path in PAGES:
                one, slow = weighed(browser, root + path), weighed(browser, root + path, is_slow=True)
                print(
                    f"| /{path} | {one.bytes / 1000:.1f} | {one.picture_bytes / 1000:.1f} | {slow.shift:.3f} "
                    f"| {slow.paint / 1000:.2f} s | {one.style_sheets} | {one.blocking_scripts} | {one.elements} |"
                )
        browser.close()


if __name__ == "__main__":
    main()
