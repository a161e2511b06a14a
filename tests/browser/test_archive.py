"""A bundle on a computer with nothing but a browser: verify.html finds what was done to it, and the site opens."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.tools.archive.bag import PARTS
from tests.crawl import served
from tests.tools.archive.campaign import copied, shared
from tests.tools.archive.tampering import ADDED, CHANGED, EMPTY, MISSING, ROUNDS, TAMPERINGS, forge, forged

WORDS = {
    CHANGED: "被改动 · changed",
    MISSING: "缺少 · missing",
    ADDED: "多出来的 · added",
    EMPTY: "空文件夹 · an empty folder",
}

PLAYER = """<!doctype html><script src="ui.js"></script><replay-web-page embed="replayonly" source="/site.wacz"
replayBase="/replay/" url="https://rizhi.example/diary/index.html" style="height: 700px"></replay-web-page>"""
CACHE = Path(__file__).parents[1] / ".cache"


def drop(page: Page, place: Path) -> None:
    """Drags a file or folder onto the page."""
    session = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(place)], "dragOperationsMask": 1}
        session.send("Input.dispatchDragEvent", {"type": step, "x": 50, "y": 50, "data": data})
    session.detach()


@pytest.fixture
def folder_for_pages() -> Iterator[Path]:
    """A folder that Chromium hands to a page: none below ``/dev``, where other temporary files may be."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def test_a_browser_checks_a_bundle(browser: Browser, folder_for_pages: Path) -> None:
    bag = copied(folder_for_pages / "whole")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((bag / "verify.html").as_uri())
    state, faults = page.locator("#state"), page.locator("#faults li")
    page.locator("#folder").set_input_files(bag)
    expect(state).to_have_class("good")
    expect(state).to_contain_text("Empty folders cannot be seen")
    drop(page, bag / "verify.html")
    expect(state).to_contain_text("Choose the folder below")
    drop(page, bag)
    expect(state).to_have_class("good")
    expect(state).not_to_contain_text("Empty folders")
    receipt = bag.with_name(f"{bag.name}-receipt.txt").read_text(encoding="utf-8")
    digest = re.search(r"(?:[0-9a-f]{8}\s+){16}", receipt)
    assert digest
    page.locator("#receipt").fill(digest[0].upper())
    page.locator("#receipt").blur()
    expect(state).to_have_class("good")
    forged(bag)
    page.reload()
    drop(page, bag)
    expect(state).to_have_class("good")
    page.locator("#receipt").fill(digest[0])
    page.locator("#receipt").blur()
    expect(faults).to_have_text(["tagmanifest-sha512.txt: 与凭证不符 · not the one of the receipt"])
    gone = sorted(path for path in PARTS | {"README.html", "说明文件.TXT"} if path != "data/sources/content/site.yaml")
    for path in gone:
        (bag / path).unlink()
    (bag / "Fetch.txt").write_text("http://example.org/x - data/x\n")
    forge(bag)
    page.reload()
    drop(page, bag)
    expect(faults.filter(has_text=WORDS[ADDED])).to_have_text(["Fetch.txt: " + WORDS[ADDED]])
    expect(faults.filter(has_text=WORDS[MISSING])).to_have_text([re.compile(f"^{re.escape(path)}: ") for path in gone])

    missed = []
    for names in ROUNDS:
        bag = copied(folder_for_pages / names[0])
        for name in names:
            TAMPERINGS[name].tamper(bag)
        page.goto((bag / "verify.html").as_uri())
        drop(page, bag)
        expect(state).to_have_class("bad")
        found = faults.all_inner_texts()
        told = {f"{TAMPERINGS[name].path}: {WORDS[TAMPERINGS[name].fault]}" for name in names}
        missed += [(names, told - set(found))] if told - set(found) else []
        # Beyond what comes of it (the other name or PDF, an emptied folder, the number of bytes), nothing is blamed.
        assert len(found) <= len(told) + 4, found
    assert missed == []
    assert not [url for url in asked if not url.startswith("file:")]
    page.close()


def test_the_site_of_a_bundle_opens_from_a_disk(browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((shared() / "data" / "site" / "index.html").as_uri())
    page.get_by_role("link", name="到村").first.click()
    expect(page.get_by_role("heading", name="到村")).to_be_visible()
    picture = page.locator("main img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    page.locator("a[href*='search']").first.click()
    page.get_by_role("searchbox").fill("胜利东村")
    found = page.get_by_role("main").get_by_role("link", name="离村")
    expect(found.first).to_be_visible()
    assert asked
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    page.close()


def test_the_web_archive_is_replayed_by_a_program_of_others(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "replay").mkdir()
    for part, place in (("ui", "ui.js"), ("sw", "replay/sw.js")):
        program = CACHE / f"replaywebpage-2.5.3-{part}.js"
        assert program.exists(), "the player is not here; fetch it: tests/fetch"
        shutil.copy(program, tmp_path / place)
    shutil.copy(shared() / "data" / "web" / "site.wacz", tmp_path)
    (tmp_path / "index.html").write_text(PLAYER)
    page = browser.new_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    with served(tmp_path) as root:
        replayed = page.frame_locator("replay-web-page iframe").frame_locator("iframe")
        entry = replayed.get_by_role("link", name="到村").first
        for _ in range(3):
            page.goto(root)
            # On a busy machine its service worker may come too late for its own first page.
            with contextlib.suppress(AssertionError):
                expect(entry).to_be_visible(timeout=30_000)
                break
        entry.click()
        expect(replayed.get_by_role("heading", name="到村")).to_be_visible()
        expect(replayed.get_by_text("看望一位老人")).to_be_visible()
        pictures = replayed.locator("main img:not(.qr)")
        # The player may load the page once more; what is expected is waited for.
        expect(pictures).to_have_count(3)
        for number in range(3):
            pictures.nth(number).scroll_into_view_if_needed()
            expect(pictures.nth(number)).not_to_have_js_property("naturalWidth", 0)
        page.close()
    assert asked
    assert not [url for url in asked if not url.startswith((root, "data:", "blob:"))]
